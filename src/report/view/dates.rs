//! Stated dates and periods.

use super::super::{
    Report,
    table::{
        Field, Table,
        Type::{Date, Integer, Text},
        field,
    },
};
use super::examples;
use crate::count::DateRow;

/// `dates`: in calendar order.
pub(in crate::report) fn dates<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("dates", report.summary.dates.as_slice(), [COLUMNS, &examples()].concat())
}

const COLUMNS: &[Field<DateRow>] = &[
    field("value", Text, "EDTF", |date| date.value.as_str().into()),
    field("kind", Text, "", |date| date.kind.into()),
    field("grain", Text, "", |date| date.grain.into()),
    field("first", Date, "", |date| date.first.into()),
    field("last", Date, "", |date| date.last.into()),
    field("mentions", Integer, "mentions", |date| date.mentions.into()),
    field("documents", Integer, "documents", |date| date.documents.into()),
];
