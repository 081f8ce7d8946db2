//! Terms: the most frequent of each language, stop words left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Context, Cut, labels::Label, quote::Shown, share};
use crate::{report::view, text::Language};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    columns: Vec<Column>,
    stop_words: bool,
}

#[derive(Serialize)]
struct Column {
    language: &'static str,
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    label: Label,
    search: String,
    width: String,
    quotes: Vec<Shown>,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let columns =
        Language::ALL.map(|language| column(context, language)).into_iter().filter(|column| !column.rows.is_empty());
    Section { columns: columns.collect(), stop_words: context.report.summary.terms.iter().any(|term| term.stop) }
}

fn column(context: &Context<'_>, language: Language) -> Column {
    let terms = &context.report.summary.terms;
    let table = view::terms(context.report);
    let of_language = || (0..terms.len()).filter(|at| terms[*at].language == Some(language));
    let rows: Vec<usize> = of_language().filter(|at| !terms[*at].stop).take(context.caps.terms).collect();
    let most = rows.first().map_or(0, |at| terms[*at].tf);
    let row = |at: usize| {
        let term = &terms[at];
        Row {
            n: table.shown(at),
            label: context.labels.term(&term.term, term.kind),
            search: context.labels.other_names(&term.term, term.kind),
            width: share(term.tf, most),
            quotes: term.quotes.iter().take(3).map(|quote| context.sources.sentence(quote)).collect(),
        }
    };
    Column {
        language: language.code(),
        cut: Cut::new(rows.len(), of_language().count(), "terms.csv"),
        rows: rows.into_iter().map(row).collect(),
    }
}
