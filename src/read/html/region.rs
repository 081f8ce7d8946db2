//! Decides which part of a page is the document.
//!
//! An `<article>`, or the box that the publishing system always uses (`TRS_Editor`, `zoom`,
//! `UCAP-CONTENT`), or `<main>`, or a box called `content`: the first of them that holds a fair share
//! of the page's words. Without any, the whole page less its furniture.
//!
//! Always true: furniture that would be more than half of all words is no furniture.

use super::page::Page;
use crate::{
    read::{
        Reason,
        declared::{Declared, Parsed, date},
    },
    text::{Heading, Language, Span},
};

/// A part of a page's text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Perhaps the document; 0 is the best sign for it.
    Main(u8),
    /// Navigation, footer, related links.
    Furniture,
}

const ARTICLE: u8 = 0;
const EDITOR: u8 = 1;
const MAIN: u8 = 2;
const CONTENT: u8 = 3;

impl Kind {
    pub(super) fn of_element(name: &str) -> Option<Self> {
        match name {
            "article" => Some(Self::Main(ARTICLE)),
            "main" => Some(Self::Main(MAIN)),
            "nav" | "header" | "footer" | "aside" | "form" | "menu" | "search" => Some(Self::Furniture),
            _ => None,
        }
    }

    pub(super) fn of_role(role: &str) -> Option<Self> {
        match role.to_ascii_lowercase().as_str() {
            "article" => Some(Self::Main(ARTICLE)),
            "main" => Some(Self::Main(MAIN)),
            "navigation" | "banner" | "contentinfo" | "search" | "complementary" => Some(Self::Furniture),
            _ => None,
        }
    }
}

/// How sure a class or id names the document's box.
pub(super) fn rank_of_name(names: &str) -> Option<u8> {
    const EDITORS: [&str; 9] = [
        "trs_editor",
        "zoom",
        "ucap-content",
        "pages_content",
        "article-content",
        "article_content",
        "articlecontent",
        "entry-content",
        "post-content",
    ];
    const CONTENTS: [&str; 12] = [
        "article",
        "content",
        "main-content",
        "main_content",
        "maincontent",
        "detail",
        "detail-content",
        "detail_content",
        "news_content",
        "body-content",
        "law-content",
        "con_text",
    ];
    names
        .split_ascii_whitespace()
        .filter_map(|name| {
            let is = |known: &&str| known.eq_ignore_ascii_case(name);
            if EDITORS.iter().any(is) { Some(EDITOR) } else { CONTENTS.iter().any(is).then_some(CONTENT) }
        })
        .min()
}

/// Whether a word of a class or id names what stands around a document: `left-sidebar`, `pageFooter`.
pub(super) fn is_furniture_name(names: &str) -> bool {
    const WORDS: [&str; 22] = [
        "nav",
        "navbar",
        "navigation",
        "topnav",
        "subnav",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "bread",
        "footer",
        "foot",
        "sidebar",
        "related",
        "share",
        "sharing",
        "copyright",
        "pagination",
        "pager",
        "toolbar",
        "xgxx",
    ];
    names.split(|c: char| !c.is_ascii_alphanumeric()).any(|name| {
        let starts = name.char_indices().filter(|(at, c)| *at == 0 || c.is_ascii_uppercase()).map(|(at, _)| at);
        let word = |start: usize| {
            let rest = name.get(start..).unwrap_or_default();
            let end =
                rest.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase()).map_or(rest.len(), |(at, _)| at);
            rest.get(..end).unwrap_or(rest)
        };
        let is = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
        is(name) || starts.map(word).any(is)
    })
}

/// The document in a page.
pub(super) fn main_text(page: Page) -> Parsed {
    let furniture = Furniture::of(&page);
    let chosen = choose(&page, &furniture);
    let mut parsed = Parsed { declared: declare(&page), ..Parsed::default() };
    if page.too_deep > 0 {
        parsed.notes.push((
            Reason::TooDeep,
            format!("{} tags stand deeper than 512 levels; their text was kept", page.too_deep),
        ));
    }
    let outside = heading_above(&page, &furniture, chosen);
    let parts = outside.into_iter().chain([chosen]).flat_map(|part| furniture.without(part));
    let mut headings = page.headings.iter().peekable();
    for (start, end) in parts {
        let to = parsed.text.len();
        parsed.text.push_str(page.text.get(start..end).unwrap_or_default());
        if !parsed.text.is_empty() && !parsed.text.ends_with('\n') {
            parsed.text.push('\n');
        }
        while let Some(heading) = headings.next_if(|heading| heading.span.start() < end) {
            if heading.span.start() >= start {
                let shift = |at: usize| at.min(end).saturating_sub(start).saturating_add(to);
                let span = Span::of(shift(heading.span.start()), shift(heading.span.end()));
                parsed.headings.push(Heading { span, level: heading.level });
            }
        }
    }
    let first = parsed.headings.iter().find(|heading| heading.level == 1);
    let first = first.and_then(|heading| parsed.text.get(heading.span.range()));
    parsed.declared.title =
        first.map(|title| title.replace('\n', " ")).or(page.title.filter(|title| !title.is_empty()));
    parsed
}

/// The parts that are left out, in order, none inside another.
struct Furniture {
    parts: Vec<(usize, usize)>,
    /// Bytes of furniture before each part.
    before: Vec<usize>,
}

impl Furniture {
    fn of(page: &Page) -> Self {
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut all: Vec<&Region> =
            page.regions.iter().filter(|region| region.kind == Kind::Furniture && region.end > region.start).collect();
        all.retain(|region| region.end.saturating_sub(region.start).saturating_mul(2) <= page.text.len());
        all.sort_by_key(|region| (region.start, std::cmp::Reverse(region.end)));
        for region in all {
            match parts.last_mut() {
                Some(last) if region.start < last.1 => last.1 = last.1.max(region.end),
                _ => parts.push((region.start, region.end)),
            }
        }
        let before = parts
            .iter()
            .scan(0, |sum, (start, end)| {
                let before = *sum;
                *sum = end.saturating_sub(*start).saturating_add(before);
                Some(before)
            })
            .collect();
        Self { parts, before }
    }

    /// Bytes of furniture before a place.
    fn up_to(&self, place: usize) -> usize {
        let last = self.parts.partition_point(|part| part.0 < place).checked_sub(1);
        let part = last.and_then(|last| self.parts.get(last).zip(self.before.get(last)));
        let Some((&(start, end), before)) = part else { return 0 };
        place.min(end).saturating_sub(start).saturating_add(*before)
    }

    /// Bytes of a part that are not furniture.
    fn useful(&self, (start, end): (usize, usize)) -> usize {
        let furniture = self.up_to(end).saturating_sub(self.up_to(start));
        end.saturating_sub(start).saturating_sub(furniture)
    }

    /// A part with the furniture cut out.
    fn without(&self, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
        let mut kept = Vec::new();
        let mut at = start;
        for &(from, to) in self.parts.iter().skip_while(|part| part.1 <= start).take_while(|part| part.0 < end) {
            if from > at {
                kept.push((at, from));
            }
            at = at.max(to);
        }
        if at < end {
            kept.push((at, end));
        }
        kept
    }
}

/// The part that is the document: the whole page where no other is good enough.
fn choose(page: &Page, furniture: &Furniture) -> (usize, usize) {
    let whole = (0, page.text.len());
    let all = furniture.useful(whole);
    for rank in [ARTICLE, EDITOR, MAIN, CONTENT] {
        let candidates = page
            .regions
            .iter()
            .filter(|region| region.kind == Kind::Main(rank))
            .map(|region| (region.start, region.end));
        let best = candidates.clone().max_by_key(|part| (furniture.useful(*part), std::cmp::Reverse(*part)));
        let Some(best) = best else { continue };
        // Of several articles on one page (a list of news) none is the document.
        let beside = |part: &(usize, usize)| part.1 <= best.0 || part.0 >= best.1;
        let others = candidates.filter(beside).map(|part| furniture.useful(part)).max().unwrap_or(0);
        let useful = furniture.useful(best);
        if useful > others.saturating_mul(2) && useful.saturating_mul(4) >= all {
            return best;
        }
    }
    whole
}

/// The page's main heading where it stands above the chosen part, not in it.
fn heading_above(page: &Page, furniture: &Furniture, chosen: (usize, usize)) -> Option<(usize, usize)> {
    let mut above = None;
    for heading in page.headings.iter().filter(|heading| heading.level == 1) {
        let part = (heading.span.start(), heading.span.end());
        if part.0 >= chosen.0 && part.1 <= chosen.1 {
            return None;
        }
        if part.1 <= chosen.0 && furniture.useful(part) > 0 {
            above = Some(part);
        }
    }
    above
}

fn declare(page: &Page) -> Declared {
    const DATES: [&str; 12] = [
        "article:published_time",
        "pubdate",
        "publishdate",
        "publish_date",
        "firstpublishedtime",
        "citation_publication_date",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dc.date.issued",
        "datepublished",
        "date",
    ];
    let meta = |name: &str| page.meta.get(name).filter(|value| !value.is_empty());
    let mut declared = Declared {
        language: page.language.as_deref().and_then(Language::from_code),
        date: DATES.iter().find_map(|name| meta(name).and_then(|value| date(value))),
        issuer: ["dc.publisher", "dcterms.publisher", "dc.creator", "dcterms.creator"]
            .iter()
            .find_map(|name| meta(name).cloned()),
        ..Declared::default()
    };
    if let Some(source) = meta("contentsource") {
        declared.fields.insert("source".to_owned(), source.clone());
    }
    declared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_furniture_are_whole_words() {
        for name in ["nav", "left-sidebar", "pageFooter", "article_share", "breadCrumb", "Copyright"] {
            assert!(is_furniture_name(name), "{name}");
        }
        for name in ["navy", "content", "football", "shareholder", "menus2"] {
            assert!(!is_furniture_name(name), "{name}");
        }
        assert_eq!(
            (rank_of_name("x TRS_Editor"), rank_of_name("Content"), rank_of_name("contents")),
            (Some(EDITOR), Some(CONTENT), None)
        );
    }
}
