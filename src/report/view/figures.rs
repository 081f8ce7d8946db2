//! Stated amounts, percentages, quantities and lengths of time.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Decimal, Integer, Text},
        field,
    },
};
use super::examples;
use crate::count::FigureRow;

/// `figures`: most mentions first.
pub(in crate::report) fn figures<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("figures", report.summary.figures.as_slice(), [COLUMNS, &examples()].concat())
}

const COLUMNS: &[Field<FigureRow>] = &[
    field("kind", Text, "", |figure| figure.kind.into()),
    field("value", Text, "", |figure| figure.value.as_str().into()),
    field("modifier", Text, "", |figure| figure.modifier.into()),
    field("low", Decimal, "see unit", |figure| Cell::decimal(&figure.low)),
    field("high", Decimal, "see unit", |figure| Cell::decimal(&figure.high)),
    field("unit", Text, "", |figure| figure.unit.as_str().into()),
    field("per", Text, "", |figure| figure.per.as_str().into()),
    field("mentions", Integer, "mentions", |figure| figure.mentions.into()),
    field("documents", Integer, "documents", |figure| figure.documents.into()),
];
