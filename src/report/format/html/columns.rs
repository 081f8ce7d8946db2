//! Lists of both languages, side by side.

use serde::Serialize;

use super::Cut;
use crate::text::Language;

/// The list of one language.
#[derive(Serialize)]
pub(super) struct Column<R> {
    language: &'static str,
    rows: Vec<R>,
    cut: Cut,
}

/// The columns with what `rows` gives of each language and how much there is of it in the file; a language without rows
/// has none.
pub(super) fn columns<R>(file: &'static str, rows: impl Fn(Language) -> (Vec<R>, usize)) -> Vec<Column<R>> {
    let column = |language: Language| {
        let (rows, all) = rows(language);
        Column { language: language.code(), cut: Cut::new(rows.len(), all, file), rows }
    };
    Language::ALL.map(column).into_iter().filter(|column| !column.rows.is_empty()).collect()
}
