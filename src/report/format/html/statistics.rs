//! Phrases, what distinguishes the groups, and what is new, rising, gone: lists of statistics, where the run has them.
//!
//! The section reads the tables by name, so it shows what there is: a run without groups has no keyness, one without
//! dates no trends.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Context, Cut,
    columns::{Column, columns},
    labels::Label,
    words::{self, Both},
};
use crate::report::{
    table::{Cell, Table},
    view::{self, View},
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    phrases: Option<Phrases>,
    keyness: Vec<Group>,
    trends: Option<Trends>,
}

#[derive(Serialize)]
struct Phrases {
    columns: Vec<Column<Row>>,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    label: Label,
}

/// A group against all other documents.
#[derive(Serialize)]
struct Group {
    name: String,
    rows: Vec<KeyRow>,
    cut: Cut,
}

#[derive(Serialize)]
struct KeyRow {
    n: BTreeMap<&'static str, String>,
    label: Label,
    /// Whether it passed its tests; others are grey.
    key: bool,
    more: bool,
    /// Percent of the widest bar.
    width: String,
}

#[derive(Serialize)]
struct Trends {
    rows: Vec<TrendRow>,
    cut: Cut,
    first: String,
    last: String,
}

/// What happened to a term in a period, with its course over all of them.
#[derive(Serialize)]
struct TrendRow {
    n: BTreeMap<&'static str, String>,
    label: Label,
    status: Both,
    /// Percent of the documents of the period.
    coverage: String,
    /// Corrected probability, as far as two digits tell it.
    q: String,
    /// The course as a line of bars.
    course: String,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    Section {
        phrases: table(context, "phrases").map(|table| phrases(context, &table)),
        keyness: table(context, "keyness").map(|table| keyness(context, &table)).unwrap_or_default(),
        trends: table(context, "trends").map(|table| trends(context, &table)),
    }
}

/// The list of that name, where there is one and it has rows.
fn table<'r>(context: &Context<'r>, name: &str) -> Option<Table<'r>> {
    let view: &View = view::VIEWS.iter().find(|view| view.name == name)?;
    Some((view.table)(context.report)).filter(|table| !table.is_empty())
}

fn phrases(context: &Context<'_>, table: &Table<'_>) -> Phrases {
    let columns = columns("phrases.csv", |language| {
        let of_language = |at: &usize| text(table, *at, "language") == language.code();
        let all: Vec<usize> = (0..table.len()).filter(of_language).collect();
        let row = |at: &usize| Row { n: table.shown(*at), label: Label::plain(&text(table, *at, "term")) };
        (all.iter().take(context.caps.terms).map(row).collect(), all.len())
    });
    Phrases { columns }
}

/// Groups that are shown, and rows of each side of a group.
const GROUPS: usize = 8;
const SIDE: usize = 14;

fn keyness(context: &Context<'_>, table: &Table<'_>) -> Vec<Group> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for at in 0..table.len() {
        let name = text(table, at, "group");
        match groups.iter().position(|(known, _)| *known == name) {
            Some(place) => groups[place].1.push(at),
            None if groups.len() < GROUPS => groups.push((name, vec![at])),
            None => {}
        }
    }
    groups.into_iter().map(|(name, rows)| group(context, table, name, &rows)).collect()
}

fn group(context: &Context<'_>, table: &Table<'_>, name: String, rows: &[usize]) -> Group {
    let ratio = |at: usize| number(table, at, "log_ratio").unwrap_or_default();
    let stop: BTreeSet<&str> =
        context.report.summary.terms.iter().filter(|term| term.stop).map(|term| &*term.term).collect();
    let tells = |at: usize| !stop.contains(text(table, at, "term").as_str());
    let side = |more: bool| rows.iter().copied().filter(move |at| (ratio(*at) > 0.0) == more && tells(*at)).take(SIDE);
    let mut shown: Vec<usize> = side(true).chain(side(false)).collect();
    shown.sort_by(|a, b| ratio(*b).total_cmp(&ratio(*a)).then(a.cmp(b)));
    let widest = shown.iter().map(|at| ratio(*at).abs()).fold(1.0, f64::max);
    let row = |at: usize| KeyRow {
        n: table.shown(at),
        label: context.labels.term(&text(table, at, "term"), &text(table, at, "kind")),
        key: text(table, at, "key") == "true",
        more: ratio(at) > 0.0,
        width: format!("{:.1}", ratio(at).abs() / widest * 100.0),
    };
    Group { name, cut: Cut::new(shown.len(), rows.len(), "keyness.csv"), rows: shown.into_iter().map(row).collect() }
}

/// Changes that are shown.
const CHANGES: usize = 48;

fn trends(context: &Context<'_>, table: &Table<'_>) -> Trends {
    let mut periods: Vec<String> = (0..table.len()).map(|at| text(table, at, "period")).collect();
    periods.sort();
    periods.dedup();
    let key = |at: usize| (text(table, at, "kind"), text(table, at, "term"));
    let mut courses: BTreeMap<(String, String), BTreeMap<String, f64>> = BTreeMap::new();
    let mut changes: Vec<usize> = Vec::new();
    for at in 0..table.len() {
        let intensity = number(table, at, "intensity").unwrap_or_default();
        courses.entry(key(at)).or_default().insert(text(table, at, "period"), intensity);
        if !text(table, at, "status").is_empty() {
            changes.push(at);
        }
    }
    let p = |at: usize| number(table, at, "p_bh").or_else(|| number(table, at, "p")).unwrap_or(1.0);
    let mut order: Vec<(f64, usize)> = changes.iter().map(|at| (p(*at), *at)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let shown = order.len().min(CHANGES);
    let row = |(_, at): &(f64, usize)| TrendRow {
        n: table.shown(*at),
        label: context.labels.term(&text(table, *at, "term"), &text(table, *at, "kind")),
        status: words::change(&text(table, *at, "status")),
        coverage: number(table, *at, "coverage").map(|share| format!("{:.0}", 100.0 * share)).unwrap_or_default(),
        q: number(table, *at, "p_bh").map(probability).unwrap_or_default(),
        course: courses
            .get(&key(*at))
            .map(|course| super::super::charts::course(&periods, course, &text(table, *at, "period")))
            .unwrap_or_default(),
    };
    Trends {
        rows: order.iter().take(shown).map(row).collect(),
        cut: Cut::new(shown, order.len(), "trends.csv"),
        first: periods.first().cloned().unwrap_or_default(),
        last: periods.last().cloned().unwrap_or_default(),
    }
}

/// A small probability by its order of size.
fn probability(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// A cell by the name of its column, as text.
fn text(table: &Table<'_>, at: usize, column: &str) -> String {
    cell(table, at, column, |cell| match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        other => other.shown(),
    })
    .unwrap_or_default()
}

/// A cell by the name of its column, as a measure.
fn number(table: &Table<'_>, at: usize, column: &str) -> Option<f64> {
    cell(table, at, column, |cell| match cell {
        Cell::Number(number) => Some(*number),
        Cell::Integer(number) => Some(*number as f64),
        _ => None,
    })
    .flatten()
}

fn cell<T>(table: &Table<'_>, at: usize, column: &str, read: impl Fn(&Cell<'_>) -> T) -> Option<T> {
    let wanted = table.columns.iter().position(|known| known.name == column)?;
    let (mut place, mut found) = (0, None);
    table.row(at, |cell| {
        if place == wanted {
            found = Some(read(&cell));
        }
        place += 1;
    });
    found
}
