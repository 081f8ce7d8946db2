//! Terms of several words.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Integer, Number, Text},
        field,
    },
};
use super::{example_document, example_locator, example_sentence};
use crate::{count::PhraseRow, text::Language};

/// `phrases`: by C-value.
pub(in crate::report) fn phrases<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("phrases", report.summary.phrases.as_slice(), COLUMNS)
}

const COLUMNS: &[Field<PhraseRow>] = &[
    field("term", Text, "", |phrase| (&*phrase.term).into()),
    field("language", Text, "", |phrase| phrase.language.map(Language::code).into()),
    field("words", Integer, "words", |phrase| u64::from(phrase.words).into()),
    field("tf", Integer, "occurrences", |phrase| phrase.tf.into()),
    field("df", Integer, "documents", |phrase| phrase.df.into()),
    field("c_value", Number, "", |phrase| Cell::number(phrase.c_value)),
    field("left_entropy", Number, "nats", |phrase| Cell::number(phrase.left_entropy)),
    field("right_entropy", Number, "nats", |phrase| Cell::number(phrase.right_entropy)),
    field("npmi", Number, "", |phrase| Cell::number(phrase.npmi)),
    field("DP", Number, "", |phrase| Cell::number(phrase.dispersion.dp)),
    field("DPnorm", Number, "", |phrase| Cell::number(phrase.dispersion.dp_norm)),
    field("vmr", Number, "", |phrase| Cell::number(phrase.dispersion.vmr)),
    field("burst_mean", Number, "occurrences", |phrase| Cell::number(phrase.dispersion.burst_mean)),
    field("idf_ln", Number, "", |phrase| Cell::number(phrase.dispersion.idf)),
    field("tfidf_tidy_max", Number, "", |phrase| Cell::number(phrase.dispersion.tf_idf)),
    field("first_document", Text, "EDTF", |phrase| phrase.first_document.map(|date| date.to_string()).into()),
    field("last_document", Text, "EDTF", |phrase| phrase.last_document.map(|date| date.to_string()).into()),
    field("example_document", Text, "", |phrase| example_document(&phrase.quotes)),
    field("example_locator", Text, "", |phrase| example_locator(&phrase.quotes)),
    field("example_sentence", Text, "", |phrase| example_sentence(&phrase.quotes)),
];
