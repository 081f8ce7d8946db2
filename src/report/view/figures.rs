//! Stated amounts, percentages, quantities and lengths of time.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Decimal, Integer, Text},
        field,
    },
};
use super::{example_document, example_locator, example_sentence};
use crate::count::FigureRow;

/// `figures`: most mentions first.
pub(in crate::report) fn figures<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("figures", report.summary.figures.as_slice(), COLUMNS)
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
    field("example_document", Text, "", |figure| example_document(&figure.quotes)),
    field("example_locator", Text, "", |figure| example_locator(&figure.quotes)),
    field("example_sentence", Text, "", |figure| example_sentence(&figure.quotes)),
];
