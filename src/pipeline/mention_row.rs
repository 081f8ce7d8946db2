//! The row of a mention as tables have it, wherever they are: which columns, in which order, with what in them.
//!
//! `tables/mentions.parquet` and the tables that Python, Spark and Ray get are one list of columns, filled here.

use crate::{
    report::{Column, Record, Type},
    resolve::Link,
    segment::Locator,
    value::{Basis, Grain, Modifier, Role},
    wire::MentionLine,
};

const fn column(name: &'static str, ty: Type, unit: &'static str) -> Column {
    Column { name, ty, unit }
}

/// Every mention, as in `mentions.jsonl`.
pub const MENTION_COLUMNS: &[Column] = &[
    column("document", Type::Text, ""),
    column("kind", Type::Text, ""),
    column("start", Type::Integer, "characters"),
    column("end", Type::Integer, "characters"),
    column("text", Type::Text, ""),
    column("value", Type::Text, ""),
    column("canonical", Type::Text, ""),
    column("title_zh", Type::Text, ""),
    column("title_en", Type::Text, ""),
    column("link", Type::Text, ""),
    column("candidates", Type::Text, ""),
    column("edition", Type::Text, ""),
    column("status", Type::Text, ""),
    column("law", Type::Text, ""),
    column("instrument", Type::Text, ""),
    column("identifiers", Type::Text, ""),
    column("antecedent", Type::Integer, "characters"),
    column("grain", Type::Text, ""),
    column("first", Type::Date, ""),
    column("last", Type::Date, ""),
    column("basis", Type::Text, ""),
    column("mod", Type::Text, ""),
    column("role", Type::Text, ""),
    column("per", Type::Text, ""),
    column("unit", Type::Text, ""),
    column("rule", Type::Text, ""),
    column("sentence", Type::Text, ""),
    column("sentence_start", Type::Integer, "characters"),
    column("heading", Type::Text, ""),
    column("article", Type::Text, ""),
    column("paragraph", Type::Integer, ""),
];

/// Takes the cells of a row, one after the other.
pub trait Cells {
    /// A text, where there is one.
    fn text(&mut self, text: Option<&str>);
    /// A whole number, where there is one.
    fn whole(&mut self, number: Option<u64>);
    /// A day as ISO 8601 writes it, where there is one.
    fn day(&mut self, day: Option<&str>);
    /// A list of texts as one, parts joined by ` | `.
    fn texts(&mut self, texts: &[impl AsRef<str>]) {
        match texts {
            [] => self.text(None),
            [one] => self.text(Some(one.as_ref())),
            many => self.text(Some(&many.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" | "))),
        }
    }
}

/// Where a mention stands: what its row ends with.
pub struct Tail<'a> {
    /// The sentence, cut where it is long.
    pub sentence: &'a str,
    /// First character of the whole sentence.
    pub start: u32,
    /// Heading, article, paragraph.
    pub locator: &'a Locator,
}

/// The cells of [`MENTION_COLUMNS`] before those of [`Tail`].
pub fn write_mention(cells: &mut impl Cells, document: &str, mention: &MentionLine<'_>) {
    cells.text(Some(document));
    cells.text(Some(mention.kind));
    cells.whole(Some(mention.start.into()));
    cells.whole(Some(mention.end.into()));
    cells.text(Some(mention.text));
    cells.text(mention.value.as_deref());
    cells.text(mention.canonical);
    cells.text(mention.title_zh);
    cells.text(mention.title_en);
    cells.text(mention.link.map(Link::name));
    cells.texts(&mention.candidates);
    cells.text(mention.edition.as_deref());
    cells.text(mention.status);
    cells.text(mention.law);
    cells.text(mention.instrument);
    cells.texts(&mention.identifiers);
    cells.whole(mention.antecedent.map(u64::from));
    cells.text(mention.grain.map(Grain::name));
    cells.day(mention.first.as_deref());
    cells.day(mention.last.as_deref());
    cells.text(mention.basis.map(Basis::name));
    cells.text(mention.modifier.map(Modifier::code));
    cells.text(mention.role.map(Role::code));
    cells.text(mention.per);
    cells.text(mention.unit.as_deref());
    cells.text(Some(mention.rule));
}

impl Tail<'_> {
    /// The cells of the tail.
    pub fn write(&self, cells: &mut impl Cells) {
        cells.text(Some(self.sentence));
        cells.whole(Some(self.start.into()));
        cells.text(self.locator.heading.as_deref());
        cells.text(self.locator.article.as_deref());
        cells.whole(Some(self.locator.paragraph.into()));
    }
}

impl Cells for Record<'_> {
    fn text(&mut self, text: Option<&str>) {
        Record::text(self, text);
    }

    fn whole(&mut self, number: Option<u64>) {
        Record::whole(self, number);
    }

    fn day(&mut self, day: Option<&str>) {
        Record::day(self, day);
    }
}
