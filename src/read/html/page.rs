//! Writes down the text of a page line by line, and marks which parts of it are what.
//!
//! Nothing is left out here but what no reader sees (`hidden`, `display: none`): a footer is written and
//! marked, and [`region`](super::region) decides with the whole page in view. Some sites wrap
//! everything in one `<form>`, some name the body `has-sidebar`: seen from inside, all of it looks like
//! furniture.
//!
//! Always true: at most [`MAX_DEPTH`] elements are open; deeper ones lose their tags, never their text.

use std::collections::BTreeMap;

use super::{
    element::Role,
    reference::References,
    region::{Kind, Region, is_furniture_name, rank_of_name},
    tags::{Piece, Pieces, attributes},
};
use crate::text::{Heading, Span};

/// Browsers stop at 512 too.
const MAX_DEPTH: usize = 512;

/// The text of a page with its parts marked.
#[derive(Default)]
pub(super) struct Page {
    /// All of the text: blocks end with a line feed, cells are parted by tabs.
    pub(super) text: String,
    /// Headings in it.
    pub(super) headings: Vec<Heading>,
    /// Parts of it that may be the article, or furniture.
    pub(super) regions: Vec<Region>,
    /// Content of `<title>`.
    pub(super) title: Option<String>,
    /// `lang` of the page.
    pub(super) language: Option<String>,
    /// `<meta>` elements, by lower-case name.
    pub(super) meta: BTreeMap<String, String>,
    /// Tags that were dropped for standing too deep.
    pub(super) too_deep: usize,
    open: Vec<Frame>,
    /// White space that stands before the next character.
    space: Space,
    /// Open elements that no reader sees.
    hidden: usize,
    preformatted: usize,
    articles: usize,
    in_link: bool,
    links: Links,
}

/// How much of the text so far is links.
#[derive(Clone, Copy, Default)]
struct Links {
    count: usize,
    bytes: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Space {
    #[default]
    None,
    Blank,
    LineEnd,
}

/// An open element.
struct Frame {
    name: &'static str,
    role: Role,
    start: usize,
    kind: Option<Kind>,
    hidden: bool,
    /// Whether it is a row that has a cell already.
    has_cell: bool,
    headings: usize,
    links: Links,
}

impl Page {
    /// Reads a page, or a piece of one.
    pub(super) fn of(source: &str) -> Self {
        let mut page = Self::default();
        let mut references = References::default();
        for piece in Pieces::of(source) {
            match piece {
                Piece::Text(raw) => page.write(&references.resolve(raw)),
                Piece::Open(name, role, tag) => page.open(name, role, tag, &mut references),
                Piece::Close(name, role) => page.close(name, role),
                Piece::Title(raw) if page.title.is_none() => page.title = Some(one_line(&references.resolve(raw))),
                Piece::Title(_) | Piece::Unknown => {}
            }
        }
        page.leave_to(0);
        page.end_line();
        // A heading in a heading was complete before the one around it.
        page.headings.sort_by_key(|heading| heading.span.start());
        page
    }

    fn write(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let before = self.text.len();
        for c in text.chars() {
            if self.preformatted > 0 {
                self.text.push(if c == '\t' { ' ' } else { c });
            } else if c.is_ascii_whitespace() {
                self.space = if c == '\n' || self.space == Space::LineEnd { Space::LineEnd } else { Space::Blank };
            } else if self.at_line_start() && c.is_whitespace() {
                // Paragraphs are indented by two ideographic or no-break spaces.
            } else {
                self.write_space(c);
                self.text.push(c);
            }
        }
        if self.in_link {
            self.links.bytes = self.links.bytes.saturating_add(self.text.len().saturating_sub(before));
        }
    }

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(['\n', '\t'])
    }

    /// One blank for any white space; none where only the source's line was broken between Han characters.
    fn write_space(&mut self, next: char) {
        let space = std::mem::take(&mut self.space);
        if space == Space::None || self.at_line_start() {
            return;
        }
        let han = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        if space == Space::LineEnd && han(next) && self.text.ends_with(han) {
            return;
        }
        self.text.push(' ');
    }

    fn end_line(&mut self) {
        self.space = Space::None;
        if self.preformatted == 0 {
            self.text.truncate(self.text.trim_end_matches(|c: char| c != '\n' && c.is_whitespace()).len());
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Begins a cell behind another one: what the cell before ended its lines with becomes one tab.
    fn end_cell(&mut self, row_start: usize) {
        self.space = Space::None;
        if self.text.len() > row_start && self.text.ends_with('\n') {
            self.text.pop();
        }
        self.text.push('\t');
    }

    fn open(&mut self, name: &'static str, role: Role, tag: &str, references: &mut References) {
        match role {
            Role::Look | Role::Opaque => return,
            Role::Void => return self.void(name, tag, references),
            Role::Block => {
                self.close_implied(name);
                self.end_line();
            }
            Role::Cell => {
                self.close_implied(name);
                self.begin_cell();
            }
            Role::Inline | Role::Aside => {}
        }
        if name == "a" {
            self.in_link = true;
            self.links.count = self.links.count.saturating_add(1);
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = self.too_deep.saturating_add(1);
            return;
        }
        let marks = Marks::of(name, role, tag, references);
        if name == "html" {
            self.language = self.language.take().or(marks.language);
        }
        self.hidden = self.hidden.saturating_add(usize::from(marks.hidden));
        self.preformatted = self.preformatted.saturating_add(usize::from(name == "pre"));
        self.articles = self.articles.saturating_add(usize::from(matches!(marks.kind, Some(Kind::Main(_)))));
        self.open.push(Frame {
            name,
            role,
            start: self.text.len(),
            kind: marks.kind,
            hidden: marks.hidden,
            has_cell: false,
            headings: self.headings.len(),
            links: self.links,
        });
    }

    fn void(&mut self, name: &str, tag: &str, references: &mut References) {
        match name {
            "br" | "hr" if self.preformatted > 0 => self.text.push('\n'),
            "br" | "hr" => self.end_line(),
            "meta" => {
                let all: BTreeMap<String, &str> = attributes(tag).take(32).collect();
                let key = ["name", "property", "itemprop"].iter().find_map(|key| all.get(*key));
                if let (Some(key), Some(content)) = (key, all.get("content")) {
                    self.meta
                        .entry(key.trim().to_lowercase())
                        .or_insert_with(|| one_line(&references.resolve(content)));
                }
            }
            _ => {}
        }
    }

    fn begin_cell(&mut self) {
        match self.open.last_mut() {
            Some(row) if row.name == "tr" => {
                let start = row.start;
                if std::mem::replace(&mut row.has_cell, true) {
                    self.end_cell(start);
                }
            }
            _ if !self.text.is_empty() && !self.text.ends_with('\n') => self.end_cell(0),
            _ => {}
        }
    }

    /// A new paragraph ends the one before it, a new row the one before it: their end tags are optional.
    fn close_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir", "td", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "table"]),
            "td" => (&["td"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr"], &["table"]),
            _ => (&["p"], &["td", "table"]),
        };
        let stops = |frame: &Frame| ends.contains(&frame.name) || within.contains(&frame.name);
        match self.open.iter().enumerate().rfind(|(_, frame)| stops(frame)) {
            Some((depth, frame)) if ends.contains(&frame.name) => self.leave_to(depth),
            _ => {}
        }
    }

    fn close(&mut self, name: &'static str, role: Role) {
        if name == "a" {
            self.in_link = false;
            return;
        }
        if name == "br" {
            return self.end_line();
        }
        // An end tag reaches its start tag inside the same cell; that of a row or table goes further.
        let wall = |frame: &Frame| match role {
            Role::Inline | Role::Aside => frame.role != Role::Inline && frame.role != Role::Aside,
            _ => {
                matches!(frame.name, "td" | "table")
                    && !matches!(name, "td" | "tr" | "tbody" | "thead" | "tfoot" | "table" | "body" | "html")
            }
        };
        match self.open.iter().enumerate().rfind(|(_, frame)| frame.name == name || wall(frame)) {
            Some((depth, frame)) if frame.name == name => self.leave_to(depth),
            _ if role == Role::Block => self.end_line(),
            _ => {}
        }
    }

    fn leave_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(frame) = self.open.pop() {
                self.leave(&frame);
            }
        }
    }

    fn leave(&mut self, frame: &Frame) {
        self.hidden = self.hidden.saturating_sub(usize::from(frame.hidden));
        if frame.name == "pre" {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if frame.role == Role::Block {
            self.end_line();
            self.in_link = false;
        }
        let start = frame.start.min(self.text.len());
        if let [b'h', level @ b'1'..=b'6'] = frame.name.as_bytes() {
            let words = self.text.get(start..).unwrap_or_default().trim_end();
            let end = start.saturating_add(words.len());
            if end > start {
                self.headings.push(Heading { span: Span::of(start, end), level: level.saturating_sub(b'0') });
            }
        }
        if matches!(frame.kind, Some(Kind::Main(_))) {
            self.articles = self.articles.saturating_sub(1);
        }
        if let Some(kind) = self.kind_of(frame) {
            self.regions.push(Region { start, end: self.text.len(), kind });
        }
    }

    /// What a part turned out to be, now that its end is reached.
    fn kind_of(&self, frame: &Frame) -> Option<Kind> {
        if frame.name == "header"
            && self.articles > 0
            && self.headings.iter().skip(frame.headings).any(|heading| heading.level == 1)
        {
            return None;
        }
        if frame.kind.is_some() || frame.role != Role::Block || self.articles > 0 {
            return frame.kind;
        }
        let length = self.text.len().saturating_sub(frame.start);
        let count = self.links.count.saturating_sub(frame.links.count);
        let bytes = self.links.bytes.saturating_sub(frame.links.bytes);
        (count >= 3 && bytes.saturating_mul(10) >= length.saturating_mul(6)).then_some(Kind::Furniture)
    }
}

/// What the attributes of a start tag say.
struct Marks {
    hidden: bool,
    kind: Option<Kind>,
    language: Option<String>,
}

impl Marks {
    fn of(name: &str, role: Role, tag: &str, references: &mut References) -> Self {
        let mut marks =
            Self { hidden: role == Role::Aside || name == "dialog", kind: Kind::of_element(name), language: None };
        // Attributes beyond the first hundred are no page's own.
        for (attribute, value) in attributes(tag).take(100) {
            match attribute.as_str() {
                "hidden" => marks.hidden |= !value.eq_ignore_ascii_case("until-found"),
                "style" => marks.hidden |= hides(value),
                "aria-hidden" if value.eq_ignore_ascii_case("true") => marks.kind = Some(Kind::Furniture),
                "role" => marks.kind = Kind::of_role(value).or(marks.kind),
                "lang" | "xml:lang" => marks.language = Some(references.resolve(value).into_owned()),
                "class" | "id" if role == Role::Block || role == Role::Cell => {
                    if is_furniture_name(value) && !matches!(name, "html" | "body" | "main" | "article") {
                        marks.kind = Some(Kind::Furniture);
                    } else if marks.kind.is_none() {
                        marks.kind = rank_of_name(value).map(Kind::Main);
                    }
                }
                _ => {}
            }
        }
        marks
    }
}

fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        let rule: String =
            rule.chars().filter(|c| !c.is_whitespace()).take(40).collect::<String>().to_ascii_lowercase();
        rule.starts_with("display:none") || rule.starts_with("visibility:hidden")
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
