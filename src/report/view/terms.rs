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
    field("tf", Integer, "occurrences", |term| term.tf.into()),
    field("df", Integer, "documents", |term| term.df.into()),
    field("pmw", Number, "per million tokens", |term| Cell::number(term.pmw)),
    field("stop", Flag, "", |term| term.stop.into()),
    field("example_document", Text, "", |term| example_document(&term.quotes)),
    field("example_locator", Text, "", |term| example_locator(&term.quotes)),
    field("example_sentence", Text, "", |term| example_sentence(&term.quotes)),
];
