//! Divisions of instruments: one row each.

use super::super::{
    Report,
    table::{
        Field, Table,
        Type::{Integer, Text},
        field,
    },
};
use super::examples;
use crate::count::ArticleRow;

/// `law_articles`: in the order of `laws`, most cited first.
pub(in crate::report) fn law_articles<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("law_articles", report.summary.law_articles.as_slice(), [COLUMNS, &examples()].concat())
}

const COLUMNS: &[Field<ArticleRow>] = &[
    field("law", Text, "", |row| row.law.as_str().into()),
    field("title_zh", Text, "", |row| row.title_zh.as_deref().into()),
    field("title_en", Text, "", |row| row.title_en.as_deref().into()),
    field("article", Text, "", |row| row.article.as_str().into()),
    field("mentions", Integer, "references", |row| row.mentions.into()),
    field("documents", Integer, "documents", |row| row.documents.into()),
];
