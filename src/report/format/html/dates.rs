//! Stated dates: how they lie in time, and those named most.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::charts::{YearBars, year_bars};
use super::{
    Context, Cut,
    overview::period,
    quote::Shown,
    share,
    words::{self, Both},
};
use crate::{
    count::DateRow,
    report::{table::grouped, view},
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    chart: String,
    first: i16,
    last: i16,
    /// Mentions before and after the drawn years; empty where there are none.
    before: String,
    after: String,
    /// Years of the documents, drawn as a line below the axis.
    band: Option<(i16, i16)>,
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    grain: Both,
    width: String,
    quotes: Vec<Shown>,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let dates = &context.report.summary.dates;
    let table = view::dates(context.report);
    let most = dates.iter().map(|date| date.mentions).max().unwrap_or_default();
    let mut chosen: Vec<usize> = (0..dates.len()).collect();
    chosen.sort_by_key(|at| (std::cmp::Reverse(dates[*at].mentions), *at));
    chosen.truncate(context.caps.dates);
    chosen.sort_unstable();
    let row = |at: usize| Row {
        n: table.shown(at),
        grain: words::grain(dates[at].grain),
        width: share(dates[at].mentions, most),
        quotes: dates[at].quotes.iter().take(3).map(|quote| context.sources.sentence(quote)).collect(),
    };
    let cut = Cut::new(chosen.len(), dates.len(), "dates.csv");
    let by_year = by_year(dates);
    let band = period(context.report).map(|(first, last)| (first.year(), last.year()));
    let (first, last) = window(&by_year, band);
    let outside = |count: u64| if count == 0 { String::new() } else { grouped(&count.to_string()) };
    Section {
        chart: chart(&by_year, first, last, band),
        first,
        last,
        before: outside(by_year.range(..first).map(|(_, count)| count).sum()),
        after: outside(by_year.iter().filter(|(year, _)| **year > last).map(|(_, count)| count).sum()),
        band,
        rows: chosen.into_iter().map(row).collect(),
        cut,
    }
}

/// Mentions by the year of the first day.
pub(super) fn by_year(dates: &[DateRow]) -> BTreeMap<i16, u64> {
    let mut counts = BTreeMap::new();
    for date in dates {
        if let Some(first) = date.first {
            *counts.entry(first.year()).or_default() += date.mentions;
        }
    }
    counts
}

/// The years worth drawing: at most 120, ending no later than forty years after the documents.
fn window(by_year: &BTreeMap<i16, u64>, band: Option<(i16, i16)>) -> (i16, i16) {
    let (Some(first), Some(last)) = (by_year.keys().next(), by_year.keys().last()) else { return (0, 0) };
    let middle = by_year.iter().max_by_key(|(_, count)| **count).map_or(*last, |(year, _)| *year);
    let last = (*last).min(band.map_or(middle, |(_, last)| last).saturating_add(40)).max(*first);
    ((*first).max(last.saturating_sub(119)), last)
}

fn chart(by_year: &BTreeMap<i16, u64>, first: i16, last: i16, band: Option<(i16, i16)>) -> String {
    if by_year.is_empty() {
        return String::new();
    }
    let parts: BTreeMap<i16, Vec<u64>> = by_year.iter().map(|(year, count)| (*year, vec![*count])).collect();
    year_bars(&YearBars { first, last, parts: &parts, classes: &["date"], height: 110, band })
}
