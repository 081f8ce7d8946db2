//! The head of the page: which documents, of which years, and which files could not be read.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::charts::{YearBars, year_bars};
use super::{Context, labels::Label, words::Both};
use crate::{
    read::FileCounts,
    report::{Report, table::grouped},
    text::Language,
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    heading: Label,
    version: String,
    documents: String,
    one_document: bool,
    /// Whether anything could be read.
    any: bool,
    zh: String,
    en: String,
    first: String,
    last: String,
    undated: String,
    sentences: String,
    tokens: String,
    /// Documents per year; empty where no document has a date.
    strip: String,
    found: String,
    error: String,
    partial: String,
    skip: String,
    problems: bool,
    /// What looked odd.
    warnings: Vec<String>,
    more_warnings: usize,
}

/// So many of the things that looked odd are told; run.json has all.
const WARNINGS: usize = 5;

pub(super) fn section(context: &Context<'_>) -> Section {
    let Report { summary, files, run } = context.report;
    let counts = FileCounts::of(files);
    let written_in = |language| summary.documents.iter().filter(|document| document.language == Some(language)).count();
    let shown = |number: u64| grouped(&number.to_string());
    let period = period(context.report);
    let undated = summary.documents.iter().filter(|document| document.date.is_none()).count();
    Section {
        heading: heading(run.parameters.get("inputs")),
        version: run.version.clone(),
        documents: shown(summary.documents.len() as u64),
        one_document: summary.documents.len() == 1,
        any: !summary.documents.is_empty(),
        zh: shown(written_in(Language::Zh) as u64),
        en: shown(written_in(Language::En) as u64),
        first: period.map(|(first, _)| first.to_string()).unwrap_or_default(),
        last: period.map(|(_, last)| last.to_string()).unwrap_or_default(),
        undated: if undated == 0 || period.is_none() { String::new() } else { shown(undated as u64) },
        sentences: shown(summary.totals.sentences),
        tokens: shown(summary.totals.tokens.values().sum()),
        strip: strip(context.report),
        found: shown(counts.found),
        error: if counts.error == 0 { String::new() } else { shown(counts.error) },
        partial: if counts.partial == 0 { String::new() } else { shown(counts.partial) },
        skip: if counts.skip == 0 { String::new() } else { shown(counts.skip) },
        problems: counts.error + counts.partial + counts.skip > 0,
        warnings: run.warnings.iter().take(WARNINGS).cloned().collect(),
        more_warnings: run.warnings.len().saturating_sub(WARNINGS),
    }
}

/// First and last date of the documents.
pub(super) fn period(report: &Report<'_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let dates = || report.summary.documents.iter().filter_map(|document| document.date);
    Some((dates().min()?, dates().max()?))
}

fn heading(inputs: Option<&Value>) -> Label {
    let text = match inputs {
        Some(Value::String(input)) => last_part(input).to_owned(),
        Some(Value::Array(inputs)) => {
            inputs.iter().filter_map(Value::as_str).map(last_part).collect::<Vec<_>>().join(" · ")
        }
        _ => String::new(),
    };
    Label::plain(&text)
}

/// The name of a folder or file; where it has none (`.`), the path.
fn last_part(path: &str) -> &str {
    let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() || name.chars().all(|c| c == '.') { path } else { name }
}

fn strip(report: &Report<'_>) -> String {
    let Some((first, last)) = period(report) else { return String::new() };
    let mut parts: BTreeMap<i16, Vec<u64>> = BTreeMap::new();
    for document in &report.summary.documents {
        if let Some(date) = document.date {
            let part = usize::from(document.language == Some(Language::En));
            parts.entry(date.year()).or_insert_with(|| vec![0, 0])[part] += 1;
        }
    }
    let (first, last) = (first.year().max(last.year() - 119), last.year());
    year_bars(&YearBars { first, last, parts: &parts, classes: &["zh", "en"], height: 64, band: None })
}

/// The same phrase in both languages for a number of documents.
pub(super) fn documents(count: u64) -> Both {
    let number = grouped(&count.to_string());
    Both::new(format!("{number} {}", if count == 1 { "document" } else { "documents" }), format!("{number}份文件"))
}
