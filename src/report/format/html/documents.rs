//! Files that could not be read in full, and the documents themselves.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Context, Cut,
    labels::Label,
    words::{self, Both},
};
use crate::{
    read::{FileRecord, Status},
    report::{table::Table, view},
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    problems: Vec<Row>,
    problems_cut: Cut,
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    name: Label,
    titled: bool,
    reason: Both,
    status: Both,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let table = view::documents(context.report);
    let files = context.report.files;
    let mut problems: Vec<usize> = (0..files.len()).filter(|at| !matches!(files[*at].status, Status::Ok)).collect();
    problems.sort_by_key(|at| (gravity(&files[*at]), *at));
    let read: Vec<usize> = (0..table.len()).filter(|at| is_document(&table, *at)).collect();
    let most = context.caps.documents;
    let rows = |places: &[usize]| places.iter().take(most).map(|at| row(&table, *at)).collect();
    Section {
        problems_cut: Cut::new(problems.len().min(most), problems.len(), "documents.csv"),
        problems: rows(&problems),
        cut: Cut::new(read.len().min(most), read.len(), "documents.csv"),
        rows: rows(&read),
    }
}

/// Errors before partial files, skipped files last.
const fn gravity(file: &FileRecord) -> u8 {
    match file.status {
        Status::Error => 0,
        Status::Partial => 1,
        Status::Skip => 2,
        Status::Ok => 3,
    }
}

fn is_document(table: &Table<'_>, at: usize) -> bool {
    let characters = table.columns.iter().position(|column| column.name == "characters");
    characters.is_some_and(|column| !table.is_blank(at, column))
}

fn row(table: &Table<'_>, at: usize) -> Row {
    let n = table.shown(at);
    let title = if n["title"].is_empty() { &n["path"] } else { &n["title"] };
    Row {
        name: Label::plain(title),
        titled: !n["title"].is_empty(),
        reason: words::reason(&n["reason"]),
        status: words::file_status(&n["status"]),
        n,
    }
}
