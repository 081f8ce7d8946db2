//! Finds the titles and aliases of the registry by their words.
//!
//! "Clarifying Lawful Overseas Use of Data Act" is found by any grammar, but "Budapest Convention on Cybercrime",
//! "CLOUD Act" and IEEPA only by a list. The list is a tree of words, so that a line end inside a title or
//! two blanks in it make no difference.
//!
//! Always true: the longest title wins at each word; letters must agree in case, but for Chinese instruments of
//! [`LOOSE`] words and more, which translations write in small letters ("regulations on fair competition review"); what
//! several rows share has no row; abbreviations of two or three letters hold only where the text also has the full title.

use rustc_hash::FxHashMap;

use super::{
    Page, class,
    five_year_plan::is_period,
    initials,
    words::{Gap, Lexicon, Shape, Words},
};
use crate::{extract::mention::Value, ruleset::Registry, value::Kind};

/// The titles of the registry as a tree of words.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// From node and word to node.
    steps: FxHashMap<(u32, u32), u32>,
    /// The title that ends at a node, by node.
    ends: Vec<Option<End>>,
    /// Which rows are instruments of the mainland.
    chinese: Vec<bool>,
    /// Which are treaties and declarations of many states.
    treaties: Vec<bool>,
    /// What stands before "Law" in titles of the mainland, and the row; none where several have it.
    before_law: FxHashMap<Box<str>, Option<u32>>,
}

/// Titles of so many words are no chance.
const LOOSE: usize = 5;

#[derive(Clone, Debug)]
struct End {
    title: Box<str>,
    /// May be written in small letters.
    loose: bool,
    /// Is one of an instrument of the mainland.
    chinese: bool,
    /// `None` where several rows share the title.
    row: Option<u32>,
}

impl Known {
    pub(super) fn new(registry: &Registry, lexicon: &mut Lexicon) -> Self {
        // Titles are cut without classes: only their words are needed here.
        let none = Lexicon::new();
        let chinese = registry.laws.iter().map(|law| law.jurisdiction == "CN").collect();
        let treaties = registry.laws.iter().map(|law| law.jurisdiction == "INT").collect();
        let (steps, before_law) = (FxHashMap::default(), FxHashMap::default());
        let mut known = Self { steps, ends: vec![None], chinese, treaties, before_law };
        for (row, law) in (0_u32..).zip(&registry.laws) {
            let official = split_bracket(&law.title_en);
            for title in
                std::iter::once(&*law.title_en).chain(official).chain(law.aliases_en.iter().map(|alias| &**alias))
            {
                let title = title.trim_end_matches(',').trim();
                if is_usable(title) {
                    let row = (!registry.ambiguous.contains_key(title)).then_some(row);
                    known.insert(&Words::cut(title, &none), title, (row, law.jurisdiction == "CN"), lexicon);
                    let short = title.strip_suffix(" of the People's Republic of China").unwrap_or(title);
                    if law.jurisdiction == "CN"
                        && let Some(name) = short.strip_suffix(" Law")
                    {
                        let kept = known.before_law.entry(name.into()).or_insert(row);
                        if *kept != row {
                            *kept = None;
                        }
                    }
                }
            }
        }
        known
    }

    fn insert(&mut self, words: &Words<'_>, title: &str, (row, chinese): (Option<u32>, bool), lexicon: &mut Lexicon) {
        let mut node = 0;
        for at in 0..words.len() {
            let id = lexicon.add(words.str(at), if at == 0 { class::KNOWN } else { 0 });
            let next = u32::try_from(self.ends.len()).unwrap_or(0);
            node = *self.steps.entry((node, id)).or_insert(next);
            if node == next {
                self.ends.push(None);
            }
        }
        let end = &mut self.ends[node as usize];
        match end {
            Some(end) if end.row != row => end.row = None,
            Some(_) => {}
            None => *end = Some(End { title: title.into(), loose: chinese && words.len() >= LOOSE, chinese, row }),
        }
    }

    /// End and row of the longest title that begins with the word `at`.
    fn longest(&self, words: &Words<'_>, at: usize) -> Option<(usize, Option<u32>)> {
        let (mut node, mut next, mut best) = (0, at, None);
        while let Some(word) = words.get(next) {
            if word.id == 0 || (next > at && words.gap(next) == Gap::Paragraph) {
                break;
            }
            let Some(&to) = self.steps.get(&(node, word.id)) else { break };
            (node, next) = (to, next + 1);
            if let Some(end) = &self.ends[node as usize] {
                let said = words.joined(at, next).replace('’', "'");
                let small = || end.loose && !words.capital(at) && said.eq_ignore_ascii_case(&end.title);
                // "MEASURES FOR THE SECURITY ASSESSMENT OF …" over the text, "the Anti-monopoly law"
                let shouted = || {
                    end.chinese
                        && next >= at + 4
                        && !said.contains(|c: char| c.is_ascii_lowercase())
                        && words.begins_line(at)
                };
                let sentence = || {
                    end.chinese
                        && (next >= at + 3 || words.str(at).contains('-'))
                        && words.is(at.wrapping_sub(1), "the")
                        && words.capital(at)
                        && said.ends_with(" law")
                };
                if said == *end.title || small() || (shouted() || sentence()) && said.eq_ignore_ascii_case(&end.title) {
                    best = Some((next, end.row));
                }
            }
        }
        best
    }

    pub(super) fn is_chinese(&self, row: Option<u32>) -> bool {
        row.and_then(|row| self.chinese.get(row as usize)).is_some_and(|chinese| *chinese)
    }

    /// The row of the mainland's law with this name before "Law".
    pub(super) fn law_named(&self, name: &str) -> Option<u32> {
        self.before_law.get(name).copied().flatten()
    }

    /// Whether a title of the registry begins with the word.
    pub(super) fn names(&self, words: &Words<'_>, at: usize) -> bool {
        words.has(at, class::KNOWN) && self.longest(words, at).is_some()
    }

    /// … that goes on to the word `head` at least.
    pub(super) fn reaches(&self, words: &Words<'_>, at: usize, head: usize) -> bool {
        words.has(at, class::KNOWN) && self.longest(words, at).is_some_and(|(end, _)| end > head)
    }

    /// … of a treaty or a declaration of many states.
    pub(super) fn names_treaty(&self, words: &Words<'_>, at: usize) -> bool {
        let of_states = |row: u32| self.treaties.get(row as usize).is_some_and(|treaty| *treaty);
        words.has(at, class::KNOWN) && self.longest(words, at).is_some_and(|(_, row)| row.is_some_and(of_states))
    }

    /// The row of exactly these words.
    pub(super) fn row(&self, words: &Words<'_>, from: usize, to: usize) -> Option<u32> {
        let exact = |from: usize| self.longest(words, from).filter(|(end, _)| *end == to).and_then(|(_, row)| row);
        // "The New Company Law took effect"
        let new =
            || exact(from + 1).filter(|row| words.str(from) == "New" && from + 2 < to && self.is_chinese(Some(*row)));
        exact(from).or_else(new)
    }
}

/// "Regulation (EU) 2022/2065 on … (Digital Services Act)": the title without the short form behind it.
fn split_bracket(title: &str) -> Option<&str> {
    title.strip_suffix(')')?.rsplit_once(" (").map(|(title, _)| title)
}

/// Numbers and divisions are found as such, and a bare "Constitution" is the one of the state at hand.
fn is_usable(title: &str) -> bool {
    const OTHER: &[&str] = &[
        "EO ",
        "E.O. ",
        "Executive Order ",
        "Section ",
        "ISO",
        "Regulation (E",
        "Directive (",
        "Directive 9",
        "Directive 2",
    ];
    title.len() > 1
        && title != "Constitution"
        && !OTHER.iter().any(|o| title.starts_with(o))
        && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == 'e')
}

/// Reads the longest known title at the word `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let Some((end, row)) = page.grammar.known.longest(words, at) else { return initials::read(page, at) };
    // The period of a five-year plan is a stretch of years.
    let period = is_period(words, end) && words.is(end - 1, "Plan");
    if glued(words, at, end) || period {
        return;
    }
    // "CEPA 1999" where the text has defined it
    if words.shape(end) == Shape::Number && page.dated.contains(&words.joined(at, end + 1)) {
        return;
    }
    let alone = end == at + 1;
    let short = alone && words.shape(at) == Shape::Upper && words.str(at).len() <= 3;
    // "section 155 of the DPA 2018"
    if alone && words.shape(at) == Shape::Upper && initials::read_dated(page, at) {
        return;
    }
    let words = &page.words;
    if short && !defined_in(page, row) && !vouched(page, at, row) {
        return;
    }
    // "Privacy Act Regulations" is no Privacy Act.
    if words.has(at, class::OWNER) && alone {
        return;
    }
    let last_capital = words.has(end - 1, class::HEAD) && super::title::continues(words, end);
    if last_capital {
        return;
    }
    // "the Fund's Articles of Agreement": whose it is stands outside of the title.
    let owner = (at + 1..end).find(|&w| matches!(words.str(w), "'s" | "’s")).filter(|&w| words.is(w + 1, "Articles"));
    page.add_law(page.grammar.ids.registry, owner.map_or(at, |owner| owner + 1), end, None);
    if owner.is_some()
        && let Some((law, _)) = page.laws.last_mut()
        && let Value::Law(name) = &mut law.value
    {
        name.row = row;
    }
}

/// Parts of a longer word: `IRA-funded`, `PIPL/DSL` is fine.
pub(super) fn glued(words: &Words<'_>, at: usize, end: usize) -> bool {
    let glue = |mark: &str| matches!(mark, "-" | "_" | "@" | "." | "‑");
    (at > 0 && words.gap(at) == Gap::None && glue(words.str(at - 1)) && words.get(at - 1).is_some())
        || (words.gap(end) == Gap::None
            && glue(words.str(end))
            && words.gap(end + 1) == Gap::None
            && words.get(end + 1).is_some())
}

fn defined_in(page: &Page<'_>, row: Option<u32>) -> bool {
    row.is_some_and(|row| page.rows.contains(&row))
}

/// Whether what stands beside vouches for an abbreviation of three letters in a text about China: "Art. 45(2) DSL", "Article 3 of
/// the CSL", "the CSL, DSL and PIPL".
pub(super) fn vouched(page: &Page<'_>, at: usize, row: Option<u32>) -> bool {
    let (words, known) = (&page.words, &page.grammar.known);
    // "Article 41 of the PIPL bars this. The CSL raises fines.": a text with one abbreviation has the others.
    if !known.is_chinese(row) {
        return is_of_division(page, at);
    }
    let told = page.abbreviated && at > 0 && (words.is(at - 1, "the") || matches!(words.str(at - 1), "'s" | "’s"));
    if !page.speaks_of_china() && !page.abbreviated {
        return false;
    }
    // AML is money laundering as often.
    if words.str(at) == "AML" && (page.speaks_of_laundering() || words.is(at + 1, "/")) {
        return false;
    }
    let start = words.start(at);
    let gap = |end: usize| words.text.get(end..start).map(str::trim);
    let divided = page.others.last().is_some_and(|m| {
        m.kind == Kind::ArticleRef
            && matches!(gap(m.span.end()), Some("" | "of" | "of the" | "of China's" | "of China’s"))
    });
    let joined =
        |gap: &str| matches!(gap, "," | "and" | ", and" | "or" | "/" | ", the" | "and the" | ", and the" | "or the");
    let behind_law = page.laws.last().is_some_and(|(law, _)| {
        matches!(&law.value, Value::Law(name) if known.is_chinese(name.row)) && gap(law.span.end()).is_some_and(joined)
    });
    let before_law = || {
        (at + 1..at + 8)
            .take_while(|&w| {
                words.runs_on(w)
                    && (words.is_any(w - 1, &[",", "and", "or", "the", "/"])
                        || words.shape(w - 1) == Shape::Upper && words.str(w - 1).len() <= 3)
            })
            .filter(|&w| words.is_any(w - 1, &[",", "and", "the", "/"]))
            .any(|w| {
                known
                    .longest(words, w)
                    .is_some_and(|(end, row)| known.is_chinese(row) && (end > w + 1 || words.str(w).len() > 3))
            })
    };
    // "FSL Article 124", "| DSL | Art. 45 |"
    let next = at + 1 + usize::from(words.is_any(at + 1, &[",", "|"]));
    let divides = words.is_any(next, &["Article", "Articles", "Art", "Arts"])
        && words.capital(next)
        && words.shape(next + 1 + usize::from(words.is(next + 1, "."))) == Shape::Number;
    // "Under China's LCL, an employer must …"
    let owned = at > 1
        && matches!(words.str(at - 1), "'s" | "’s")
        && words.is_any(at - 2, &["China", "PRC"])
        && (words.shape(at + 1) == Shape::Mark && !words.is_any(at + 1, &["-", "/"])
            || words.has(at + 1, class::SMALL));
    owned || told || divided || divides || behind_law || words.is_any(at + 1, &[",", "and", "/"]) && before_law()
}

/// "Article 5 TEU", "Article 22 of the DSU": the abbreviation of a treaty or an act of the Union right behind an article.
fn is_of_division(page: &Page<'_>, at: usize) -> bool {
    let (words, start) = (&page.words, page.words.start(at));
    page.others.last().is_some_and(|m| {
        m.kind == Kind::ArticleRef
            && words.text[m.span.range()].to_ascii_lowercase().contains("art")
            && matches!(words.text.get(m.span.end()..start).map(str::trim), Some("" | "of the"))
    })
}
