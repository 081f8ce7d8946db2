//! Pairs that stand in the same sentences.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Integer, Number, Text},
        field,
    },
};
use super::{example_document, example_locator, example_sentence};
use crate::count::PairRow;

/// `cooccurrence`: strongest first.
pub(in crate::report) fn cooccurrence<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("cooccurrence", report.summary.pairs.as_slice(), COLUMNS)
}

const COLUMNS: &[Field<PairRow>] = &[
    field("a", Text, "", |pair| (&*pair.a).into()),
    field("b", Text, "", |pair| (&*pair.b).into()),
    field("kind_a", Text, "", |pair| pair.kinds.0.into()),
    field("kind_b", Text, "", |pair| pair.kinds.1.into()),
    field("n_ab", Integer, "sentences", |pair| pair.n_ab.into()),
    field("n_a", Integer, "sentences", |pair| pair.n_a.into()),
    field("n_b", Integer, "sentences", |pair| pair.n_b.into()),
    field("total", Integer, "sentences", |pair| pair.total.into()),
    field("npmi", Number, "", |pair| Cell::number(pair.npmi)),
    field("logdice", Number, "", |pair| Cell::number(pair.logdice)),
    field("g2", Number, "", |pair| Cell::number(pair.g2)),
    field("example_document", Text, "", |pair| example_document(&pair.quotes)),
    field("example_locator", Text, "", |pair| example_locator(&pair.quotes)),
    field("example_sentence", Text, "", |pair| example_sentence(&pair.quotes)),
];
