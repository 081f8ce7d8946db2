//! Terms with their frequencies.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Flag, Integer, Number, Text},
        field,
    },
};
use super::{example_document, example_locator, example_sentence};
use crate::{count::TermRow, text::Language};

/// `terms`: most frequent first, stop words included and marked.
pub(in crate::report) fn terms<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("terms", report.summary.terms.as_slice(), COLUMNS)
}

const COLUMNS: &[Field<TermRow>] = &[
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
    field("DP", Number, "", |term| Cell::number(term.dispersion.dp)),
    field("DPnorm", Number, "", |term| Cell::number(term.dispersion.dp_norm)),
    field("vmr", Number, "", |term| Cell::number(term.dispersion.vmr)),
    field("burst_mean", Number, "occurrences", |term| Cell::number(term.dispersion.burst_mean)),
    field("arf", Number, "occurrences", |term| Cell::number(term.dispersion.arf)),
    field("idf_ln", Number, "", |term| Cell::number(term.dispersion.idf)),
    field("tfidf_tidy_max", Number, "", |term| Cell::number(term.dispersion.tf_idf)),
    field("first_document", Text, "EDTF", |term| term.first_document.map(|date| date.to_string()).into()),
    field("last_document", Text, "EDTF", |term| term.last_document.map(|date| date.to_string()).into()),
    field("stop", Flag, "", |term| term.stop.into()),
    field("example_document", Text, "", |term| example_document(&term.quotes)),
    field("example_locator", Text, "", |term| example_locator(&term.quotes)),
    field("example_sentence", Text, "", |term| example_sentence(&term.quotes)),
];
