//! Terms: the most frequent of each language, stop words left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Context,
    columns::{Column, columns},
    labels::Label,
    quote::Shown,
    share,
};
use crate::{report::view, text::Language};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    columns: Vec<Column<Row>>,
    stop_words: bool,
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
    let terms = &context.report.summary.terms;
    let columns = columns("terms.csv", |language| {
        let all = terms.iter().filter(|term| term.language == Some(language)).count();
        (rows(context, language), all)
    });
    Section { columns, stop_words: terms.iter().any(|term| term.stop) }
}

fn rows(context: &Context<'_>, language: Language) -> Vec<Row> {
    let terms = &context.report.summary.terms;
    let table = view::terms(context.report);
    let shown = (0..terms.len()).filter(|at| terms[*at].language == Some(language) && !terms[*at].stop);
    let shown: Vec<usize> = shown.take(context.caps.terms).collect();
    let most = shown.first().map_or(0, |at| terms[*at].tf);
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
    shown.into_iter().map(row).collect()
}
