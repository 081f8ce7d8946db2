//! One row a file found: what became of it, and the document read from it.
//!
//! A file that could not be read is a row too, with its reason; a reader who counts rows counts files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Date, Integer, Text},
        field,
    },
};
use crate::{count::DocumentRow, read::FileRecord, text::Language};

struct Row<'a> {
    path: &'a str,
    file: Option<&'a FileRecord>,
    document: Option<&'a DocumentRow>,
}

/// `documents`: in input order; documents without a record of their own (members of a file) at the end.
pub(in crate::report) fn documents<'r>(report: &Report<'r>) -> Table<'r> {
    let mut by_id: BTreeMap<&'r str, &'r DocumentRow> =
        report.summary.documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let mut rows: Vec<Row<'r>> = Vec::with_capacity(report.files.len());
    for file in report.files {
        rows.push(Row { path: &file.path, file: Some(file), document: by_id.remove(file.path.as_str()) });
    }
    rows.extend(by_id.into_iter().map(|(path, document)| Row { path, file: None, document: Some(document) }));
    Table::of("documents", rows, columns())
}

fn columns<'a>() -> Vec<Field<Row<'a>>> {
    vec![
        field("path", Text, "", |row| row.path.into()),
        field("status", Text, "", |row| from_file(row, |file| code(&file.status))),
        field("reason", Text, "", |row| from_file(row, |file| code(&file.reason))),
        field("detail", Text, "", |row| from_file(row, |file| file.detail.as_deref().into())),
        field("offset", Integer, "bytes", |row| from_file(row, |file| file.offset.into())),
        field("replaced", Integer, "places", |row| from_file(row, |file| file.count.into())),
        field("encoding", Text, "", |row| from_file(row, |file| file.encoding.into())),
        field("format", Text, "", |row| from_file(row, |file| file.format.into())),
        field("bytes", Integer, "bytes", |row| from_file(row, |file| file.bytes.into())),
        field("sha256", Text, "", |row| from_file(row, |file| file.sha256.as_deref().into())),
        field("title", Text, "", |row| from_document(row, |document| document.title.as_deref().into())),
        field("date", Date, "", |row| from_document(row, |document| document.date.into())),
        field("issuer", Text, "", |row| from_document(row, |document| document.issuer.as_deref().into())),
        field("group", Text, "", |row| from_document(row, |document| document.group.as_deref().into())),
        field("language", Text, "", |row| from_document(row, |document| document.language.map(Language::code).into())),
        field("characters", Integer, "characters", |row| from_document(row, |document| document.characters.into())),
        field("sentences", Integer, "sentences", |row| from_document(row, |document| document.sentences.into())),
        field("tokens_zh", Integer, "tokens", |row| from_document(row, |document| tokens(document, Language::Zh))),
        field("tokens_en", Integer, "tokens", |row| from_document(row, |document| tokens(document, Language::En))),
        field("laws", Integer, "instruments", |row| from_document(row, |document| document.laws.into())),
        field("mentions", Integer, "mentions", |row| {
            from_document(row, |document| document.mentions.iter().sum::<u64>().into())
        }),
        field("mentions_law", Integer, "mentions", |row| mentions(row, "law")),
        field("mentions_law_anaphor", Integer, "mentions", |row| mentions(row, "law_anaphor")),
        field("mentions_article_ref", Integer, "mentions", |row| mentions(row, "article_ref")),
        field("mentions_doc_number", Integer, "mentions", |row| mentions(row, "doc_number")),
        field("mentions_standard", Integer, "mentions", |row| mentions(row, "standard")),
        field("mentions_code_ref", Integer, "mentions", |row| mentions(row, "code_ref")),
        field("mentions_date", Integer, "mentions", |row| mentions(row, "date")),
        field("mentions_daterange", Integer, "mentions", |row| mentions(row, "daterange")),
        field("mentions_duration", Integer, "mentions", |row| mentions(row, "duration")),
        field("mentions_money", Integer, "mentions", |row| mentions(row, "money")),
        field("mentions_percent", Integer, "mentions", |row| mentions(row, "percent")),
        field("mentions_figure", Integer, "mentions", |row| mentions(row, "figure")),
    ]
}

fn from_file<'a>(row: &Row<'a>, cell: fn(&'a FileRecord) -> Cell<'a>) -> Cell<'a> {
    row.file.map_or(Cell::Empty, cell)
}

fn from_document<'a>(row: &Row<'a>, cell: fn(&'a DocumentRow) -> Cell<'a>) -> Cell<'a> {
    row.document.map_or(Cell::Empty, cell)
}

fn tokens(document: &DocumentRow, language: Language) -> Cell<'static> {
    document.tokens[language as usize].into()
}

fn mentions(row: &Row<'_>, kind: &str) -> Cell<'static> {
    row.document.map_or(Cell::Empty, |document| document.mentions_of(kind).into())
}

/// The code under which a status or a reason stands in `run.json`.
fn code(value: &impl Serialize) -> Cell<'static> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code.into(),
        _ => Cell::Empty,
    }
}
