//! Instruments: one row each, both languages together.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Date, Flag, Integer, Text},
        field,
    },
};
use super::{counted, examples};
use crate::{
    count::{LawRow, Quote},
    text::Language,
};

/// `laws`: most mentions first.
pub(in crate::report) fn laws<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("laws", report.summary.laws.as_slice(), [COLUMNS, &examples()].concat())
}

const COLUMNS: &[Field<LawRow>] = &[
    field("id", Text, "", |law| law.id.as_str().into()),
    field("title_zh", Text, "", |law| law.title_zh.as_deref().into()),
    field("title_en", Text, "", |law| law.title_en.as_deref().into()),
    field("listed", Flag, "", |law| law.listed.into()),
    field("jurisdiction", Text, "", |law| law.jurisdiction.as_str().into()),
    field("level", Text, "", |law| law.level.as_str().into()),
    field("status", Text, "", |law| law.status.as_str().into()),
    field("identifiers", Text, "", |law| law.identifiers.join(" | ").into()),
    field("promulgated", Text, "", |law| law.promulgated.as_str().into()),
    field("effective", Text, "", |law| law.effective.as_str().into()),
    field("mentions", Integer, "mentions", |law| law.mentions.into()),
    field("named_zh", Integer, "mentions", |law| named(law, Language::Zh).into()),
    field("named_en", Integer, "mentions", |law| named(law, Language::En).into()),
    field("anaphora", Integer, "mentions", |law| law.anaphora.into()),
    field("article_refs", Integer, "references", |law| law.article_refs.into()),
    field("documents", Integer, "documents", |law| law.documents.into()),
    field("documents_zh", Integer, "documents", |law| documents(law, Language::Zh).into()),
    field("documents_en", Integer, "documents", |law| documents(law, Language::En).into()),
    field("first_document", Date, "", |law| law.first_document.into()),
    field("last_document", Date, "", |law| law.last_document.into()),
    field("by_year", Text, "", |law| counted(law.by_year.iter().map(|(year, count)| (year, *count)))),
    field("names", Text, "", |law| counted(law.surfaces.iter().map(|(name, count)| (name, *count)))),
    field("articles", Text, "", |law| counted(law.articles.iter().map(|(article, count)| (article, *count)))),
    field("documents_by_year", Text, "", |law| counted(law.documents_by_year.iter().map(|(year, n)| (year, *n)))),
    field("names_zh", Text, "", |law| names(law, Language::Zh)),
    field("names_en", Text, "", |law| names(law, Language::En)),
    field("issuers", Text, "", |law| counted(law.issuers.iter().map(|(issuer, count)| (issuer, *count)))),
    field("cocited", Text, "", cocited),
    field("first_mention_date", Date, "", |law| law.first_mention.as_ref().and_then(|(date, _)| *date).into()),
    field("first_mention_document", Text, "", |law| first_mention(law).map(|quote| &*quote.document).into()),
    field("first_mention_locator", Text, "", |law| first_mention(law).map(|quote| &*quote.locator).into()),
    field("first_mention_sentence", Text, "", |law| first_mention(law).map(|quote| &*quote.sentence).into()),
];

fn named(law: &LawRow, language: Language) -> u64 {
    law.named.get(&language).copied().unwrap_or_default()
}

fn documents(law: &LawRow, language: Language) -> u64 {
    law.documents_by_language.get(&language).copied().unwrap_or_default()
}

/// Names as written, of one language by its letters.
fn names(law: &LawRow, language: Language) -> Cell<'_> {
    let of_language = law.surfaces.iter().filter(|(name, _)| Language::of_letters(name) == language);
    counted(of_language.map(|(name, count)| (name, *count)))
}

/// `cn-data-security-law (12; logDice 11.80; q 0.0020)`.
fn cocited(law: &LawRow) -> Cell<'_> {
    let parts = law.cocited.iter().map(|other| {
        let q = if other.q < 0.0001 { "q <0.0001".to_owned() } else { format!("q {:.4}", other.q) };
        format!("{} ({}; logDice {:.2}; {q})", other.id, other.documents, other.logdice)
    });
    parts.collect::<Vec<String>>().join(" | ").into()
}

fn first_mention(law: &LawRow) -> Option<&Quote> {
    law.first_mention.as_ref().map(|(_, quote)| quote)
}
