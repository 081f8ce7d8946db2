//! Terms with their frequencies.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Flag, Integer, Number, Text},
        field,
    },
};
use super::{examples, spread, weight};
use crate::{count::TermRow, text::Language};

/// `terms`: most frequent first, stop words included and marked.
pub(in crate::report) fn terms<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("terms", report.summary.terms.as_slice(), columns())
}

fn columns() -> Vec<Field<TermRow>> {
    [COUNTS, &spread(), &[AVERAGE], &weight(), &[STOP], &examples()].concat()
}

const COUNTS: &[Field<TermRow>] = &[
    field("term", Text, "", |term| (&*term.term).into()),
    field("language", Text, "", |term| term.language.map(Language::code).into()),
    field("kind", Text, "", |term| term.kind.into()),
    field("id", Text, "", |term| term.id.as_str().into()),
    field("tf", Integer, "occurrences", |term| term.tf.into()),
    field("df", Integer, "documents", |term| term.df.into()),
    field("pmw", Number, "per million tokens", |term| Cell::number(term.pmw)),
    field("pmw_lo", Number, "per million tokens", |term| Cell::number(term.pmw_interval.0)),
    field("pmw_hi", Number, "per million tokens", |term| Cell::number(term.pmw_interval.1)),
    field("boot_lo", Number, "per million tokens", |term| Cell::number(term.resampled.0)),
    field("boot_hi", Number, "per million tokens", |term| Cell::number(term.resampled.1)),
    field("pmw_language", Number, "per million tokens", |term| Cell::number(term.pmw_language)),
];

const AVERAGE: Field<TermRow> = field("arf", Number, "occurrences", |term| Cell::number(term.dispersion.arf));

const STOP: Field<TermRow> = field("stop", Flag, "", |term| term.stop.into());
