//! Instruments: a row that reads as a line of a list, and under it everything known about the instrument.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::charts::{HEAT, HeatRow, columns, heat, sparkline};
use super::{
    Context, Cut,
    labels::{Label, Title, names, short as short_title},
    overview::period,
    quote::Shown,
    share,
    words::{self, Both},
};
use crate::{
    count::LawRow,
    report::{table::grouped, view},
    text::Language,
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    rows: Vec<Row>,
    cut: Cut,
    first_year: i16,
    last_year: i16,
    /// The most mentioned ones by year; empty where fewer than two years are known.
    heat: String,
    heat_rows: usize,
    heat_steps: [u64; 5],
}

/// Rows of the heat map.
const HEAT_ROWS: usize = 24;

#[derive(Serialize)]
struct Row {
    /// The cells of `laws.csv`, as people read them.
    n: BTreeMap<&'static str, String>,
    /// Mentions by name, by which the list is ordered.
    named: String,
    zh: Option<Title>,
    en: Option<Title>,
    search: String,
    /// Widths of the parts of the bar, in percent of the longest.
    bar: [String; 3],
    spark: String,
    listed: bool,
    status_code: String,
    status: Both,
    level: Both,
    first_year: String,
    last_year: String,
    surfaces: Vec<Surface>,
    more_surfaces: usize,
    articles: String,
    article_count: usize,
    quotes: Vec<Shown>,
    quotes_whole: bool,
}

#[derive(Serialize)]
struct Surface {
    label: Label,
    count: String,
    width: String,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let table = view::laws(context.report);
    let laws = &context.report.summary.laws;
    let (first_year, last_year) = years(context);
    let most = laws.iter().map(|law| law.mentions).max().unwrap_or_default();
    let shown = laws.len().min(context.caps.laws);
    let row = |(at, law): (usize, &LawRow)| {
        let cells = table.shown(at);
        let quotes = if at < 40 { context.caps.law_quotes } else { 2 };
        row(context, law, cells, most, quotes, (first_year, last_year))
    };
    let (heat, heat_rows) = heat_map(context, first_year, last_year);
    Section {
        heat,
        heat_rows,
        heat_steps: HEAT,
        rows: laws.iter().enumerate().take(shown).map(row).collect(),
        cut: Cut::new(shown, laws.len(), "laws.csv"),
        first_year,
        last_year,
    }
}

fn heat_map(context: &Context<'_>, first: i16, last: i16) -> (String, usize) {
    let title =
        |first: Option<&str>, second: Option<&str>, id: &str| short_title(first.or(second).unwrap_or(id)).to_owned();
    let names = |law: &LawRow| {
        let (zh, en) = (law.title_zh.as_deref(), law.title_en.as_deref());
        [title(zh, en, &law.id), title(en, zh, &law.id)]
    };
    let dated = context.report.summary.laws.iter().filter(|law| law.by_year.range(first..=last).next().is_some());
    let rows: Vec<HeatRow> =
        dated.take(HEAT_ROWS).map(|law| HeatRow { names: names(law), by_year: law.by_year.clone() }).collect();
    if rows.len() < 2 || first == last {
        return (String::new(), 0);
    }
    (heat(&rows, first, last), rows.len())
}

/// The years that all sparklines share; at most sixty.
fn years(context: &Context<'_>) -> (i16, i16) {
    let all = || context.report.summary.laws.iter().flat_map(|law| law.by_year.keys().copied());
    let (first, last) = match period(context.report) {
        Some((first, last)) => (first.year(), last.year()),
        None => (all().min().unwrap_or_default(), all().max().unwrap_or_default()),
    };
    (first.max(last - 59), last)
}

fn row(
    context: &Context<'_>,
    law: &LawRow,
    n: BTreeMap<&'static str, String>,
    most: u64,
    quotes: usize,
    (first_year, last_year): (i16, i16),
) -> Row {
    let named = |language| law.named.get(&language).copied().unwrap_or_default();
    let (zh, en) = (named(Language::Zh), named(Language::En));
    let year = |date: Option<jiff::civil::Date>| date.map(|date| date.year().to_string()).unwrap_or_default();
    let most_named = law.surfaces.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let (articles, article_count) = articles(law);
    Row {
        n,
        named: grouped(&law.named_mentions().to_string()),
        zh: law.title_zh.as_deref().map(Title::of),
        en: law.title_en.as_deref().map(Title::of),
        search: names(law),
        bar: [share(zh, most), share(en, most), share(law.mentions.saturating_sub(zh + en), most)],
        spark: if law.by_year.is_empty() { String::new() } else { sparkline(&law.by_year, first_year, last_year) },
        listed: law.listed,
        status_code: law.status.clone(),
        status: words::status(if law.listed { &law.status } else { "" }),
        level: words::level(&law.level),
        first_year: year(law.first_document),
        last_year: year(law.last_document),
        surfaces: law.surfaces.iter().take(8).map(|(name, count)| surface(name, *count, most_named)).collect(),
        more_surfaces: law.surfaces.len().saturating_sub(8),
        articles,
        article_count,
        quotes: law.quotes.iter().take(quotes).map(|quote| context.sources.line(quote)).collect(),
        quotes_whole: law.quotes.len() as u64 == law.mentions,
    }
}

fn surface(name: &str, count: u64, most: u64) -> Surface {
    Surface { label: Label::plain(name), count: grouped(&count.to_string()), width: share(count, most) }
}

/// The articles cited most, in the order of the instrument: `a21` and `a21.p1` both count for 21.
fn articles(law: &LawRow) -> (String, usize) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (article, count) in &law.articles {
        *counts.entry(article.split('.').next().unwrap_or(article)).or_default() += count;
    }
    let different = counts.len();
    if different == 0 {
        return (String::new(), 0);
    }
    let mut most: Vec<(&str, u64)> = counts.into_iter().collect();
    most.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| order(left.0).cmp(&order(right.0))));
    most.truncate(14);
    most.sort_by_key(|(article, _)| order(article));
    let bars: Vec<(String, u64)> = most.into_iter().map(|(article, count)| (short(article), count)).collect();
    (columns(&bars), different)
}

/// Divisions other than articles come last; articles by number.
fn order(article: &str) -> (bool, u64, &str) {
    let number =
        article.strip_prefix('a').and_then(|rest| rest.split('-').next()).and_then(|number| number.parse().ok());
    (number.is_none(), number.unwrap_or_default(), article)
}

fn short(article: &str) -> String {
    let plain = article.strip_prefix('a').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    super::super::charts::cut(plain.unwrap_or(article), 6.0)
}
