//! Stated figures: the largest amounts by currency, the largest percentages, the quantities named most.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Context, Cut,
    labels::Label,
    quote::Shown,
    words::{self, Both},
};
use crate::{
    count::FigureRow,
    report::{
        table::{Table, grouped},
        view,
    },
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: Both,
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    sign: &'static str,
    amount: String,
    unit: Label,
    /// The same amount in words of size, where it has many digits.
    size: Option<Both>,
    quotes: Vec<Shown>,
}

/// Currencies that get a group of their own.
const CURRENCIES: usize = 4;

pub(super) fn section(context: &Context<'_>) -> Section {
    let figures = &context.report.summary.figures;
    let table = view::figures(context.report);
    let of = |kind: &'static str| {
        figures.iter().enumerate().filter(move |(_, figure)| figure.kind == kind).map(|(at, _)| at)
    };
    let mut groups = Vec::new();

    let mut currencies: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in of("money") {
        currencies.entry(&figures[at].unit).or_default().push(at);
    }
    let mut currencies: Vec<(&str, Vec<usize>)> = currencies.into_iter().collect();
    currencies.sort_by(|left, right| right.1.len().cmp(&left.1.len()).then_with(|| left.0.cmp(right.0)));
    for (code, rows) in currencies.into_iter().take(CURRENCIES) {
        let name = words::currency(code);
        let title = Both::new(format!("Largest amounts in {}", name.en), format!("最大金额：{}", name.zh));
        groups.push(group(context, &table, title, largest(figures, rows)));
    }
    let titles = [
        ("percent", Both::new("Largest percentages", "最大百分比")),
        ("figure", Both::new("Quantities named most", "最常见的数量")),
        ("duration", Both::new("Lengths of time named most", "最常见的期限")),
    ];
    for (kind, title) in titles {
        let rows = if kind == "percent" { largest(figures, of(kind).collect()) } else { of(kind).collect() };
        groups.push(group(context, &table, title, rows));
    }
    groups.retain(|group| !group.rows.is_empty());
    Section { groups }
}

/// Rows by the number itself, highest first.
pub(super) fn largest(figures: &[FigureRow], mut rows: Vec<usize>) -> Vec<usize> {
    let mut sized: Vec<(f64, usize)> = rows.drain(..).map(|at| (size(&figures[at]), at)).collect();
    sized.sort_unstable_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    rows.extend(sized.into_iter().map(|(_, at)| at));
    rows
}

/// Only to compare and to name the order of magnitude; the digits shown are those of the table.
fn size(figure: &FigureRow) -> f64 {
    let number = |digits: &str| digits.parse::<f64>().ok().filter(|number| number.is_finite());
    number(&figure.high).or_else(|| number(&figure.low)).unwrap_or(f64::MIN)
}

fn group(context: &Context<'_>, table: &Table<'_>, title: Both, rows: Vec<usize>) -> Group {
    let shown = rows.len().min(context.caps.figures);
    Group {
        title,
        cut: Cut::new(shown, rows.len(), "figures.csv"),
        rows: rows.into_iter().take(shown).map(|at| row(context, table, at)).collect(),
    }
}

fn row(context: &Context<'_>, table: &Table<'_>, at: usize) -> Row {
    let figure = &context.report.summary.figures[at];
    Row {
        n: table.shown(at),
        sign: sign(figure.modifier),
        amount: amount(figure),
        unit: Label::plain(if figure.kind == "duration" { "" } else { &figure.unit }),
        size: if figure.low == figure.high { in_words(size(figure)) } else { None },
        quotes: figure.quotes.iter().take(2).map(|quote| context.sources.sentence(quote)).collect(),
    }
}

/// The number, the ends of a range, or the value itself where it is not a number (`P15BD`).
pub(super) fn amount(figure: &FigureRow) -> String {
    if figure.kind == "duration" || (figure.low.is_empty() && figure.high.is_empty()) {
        return figure.value.clone();
    }
    match (figure.low.as_str(), figure.high.as_str()) {
        (low, high) if low == high || high.is_empty() => grouped(low),
        ("", high) => grouped(high),
        (low, high) => format!("{}–{}", grouped(low), grouped(high)),
    }
}

/// The sign of a modifier.
pub(super) fn sign(modifier: &str) -> &'static str {
    match modifier {
        "gt" => ">",
        "ge" => "≥",
        "lt" => "<",
        "le" => "≤",
        "approx" => "≈",
        _ => "",
    }
}

fn in_words(number: f64) -> Option<Both> {
    let english = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    let chinese = [(1e12, "万亿"), (1e8, "亿"), (1e4, "万")];
    let (en_unit, en_name) = english.into_iter().find(|(unit, _)| number >= *unit)?;
    let (zh_unit, zh_name) = chinese.into_iter().find(|(unit, _)| number >= *unit)?;
    let round = |number: f64| (number * 100.0).round() / 100.0;
    Some(Both::new(format!("{} {en_name}", round(number / en_unit)), format!("{}{zh_name}", round(number / zh_unit))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_they_were_meant() {
        let figure = |low: &str, high: &str| FigureRow { low: low.into(), high: high.into(), ..FigureRow::default() };
        assert_eq!(amount(&figure("14000000", "14000000")), "14,000,000");
        assert_eq!(amount(&figure("1400", "20000")), "1,400–20,000");
        assert_eq!(amount(&figure("0.5", "")), "0.5");
        assert_eq!(in_words(14e6), Some(Both::new("14 million", "1400万")));
        assert_eq!(in_words(2.5e9), Some(Both::new("2.5 billion", "25亿")));
        assert_eq!(in_words(999.0), None);
    }
}
