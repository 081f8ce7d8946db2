//! Terms, laws and phrases by period, with what is new, gone or back.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Flag, Integer, Number, Text},
        field,
    },
};
use crate::{
    count::{Change, TrendRow},
    text::Language,
};

struct Row<'a> {
    period: &'a str,
    trend: &'a TrendRow,
}

/// `trends`: words, laws, phrases, each by frequency; every period from the first document to the last.
pub(in crate::report) fn trends<'r>(report: &Report<'r>) -> Table<'r> {
    let trends = &report.summary.trends;
    let row = |trend: &'r TrendRow| Row { period: &trends.periods[trend.period as usize], trend };
    Table::of("trends", trends.rows.iter().map(row).collect::<Vec<_>>(), columns())
}

fn columns<'a>() -> Vec<Field<Row<'a>>> {
    vec![
        field("term", Text, "", |row| (&*row.trend.term).into()),
        field("language", Text, "", |row| row.trend.language.map(Language::code).into()),
        field("kind", Text, "", |row| row.trend.kind.into()),
        field("period", Text, "", |row| row.period.into()),
        field("status", Text, "", |row| row.trend.status.map(Change::name).into()),
        field("documents", Integer, "documents", |row| row.trend.here.documents.into()),
        field("documents_in_period", Integer, "documents", |row| row.trend.here.of_documents.into()),
        field("coverage", Number, "share of documents", |row| Cell::number(row.trend.here.coverage())),
        field("occurrences", Integer, "occurrences", |row| row.trend.here.occurrences.into()),
        field("tokens_in_period", Integer, "tokens", |row| row.trend.here.of_tokens.into()),
        field("intensity", Number, "per 10,000 tokens", |row| Cell::number(row.trend.here.intensity())),
        field("baseline_documents", Integer, "documents", |row| row.trend.baseline.of_documents.into()),
        field("baseline_occurrences", Integer, "occurrences", |row| row.trend.baseline.occurrences.into()),
        field("baseline_intensity", Number, "per 10,000 tokens", |row| Cell::number(row.trend.baseline.intensity())),
        field("thin_baseline", Flag, "", |row| row.trend.thin.into()),
        field("p", Number, "", |row| row.trend.p.filter(|&p| p > 0.0).map_or(Cell::Empty, Cell::number)),
        field("p_bh", Number, "", |row| row.trend.q.filter(|&q| q > 0.0).map_or(Cell::Empty, Cell::number)),
        field("mw_p", Number, "", |row| row.trend.documents_p.map_or(Cell::Empty, Cell::number)),
    ]
}
