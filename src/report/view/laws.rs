//! Instruments: one row each, both languages together.

use super::super::{
    Report,
    table::{
        Field, Table,
        Type::{Date, Flag, Integer, Text},
        field,
    },
};
use super::{counted, example_document, example_locator, example_sentence};
use crate::{count::LawRow, text::Language};

/// `laws`: most mentions first.
pub(in crate::report) fn laws<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("laws", report.summary.laws.as_slice(), COLUMNS)
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
    field("example_document", Text, "", |law| example_document(&law.quotes)),
    field("example_locator", Text, "", |law| example_locator(&law.quotes)),
    field("example_sentence", Text, "", |law| example_sentence(&law.quotes)),
];

fn named(law: &LawRow, language: Language) -> u64 {
    law.named.get(&language).copied().unwrap_or_default()
}

fn documents(law: &LawRow, language: Language) -> u64 {
    law.documents_by_language.get(&language).copied().unwrap_or_default()
}
