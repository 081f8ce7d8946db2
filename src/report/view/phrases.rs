//! Terms of several words.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Integer, Number, Text},
        field,
    },
};
use super::{examples, spread, weight};
use crate::{count::PhraseRow, text::Language};

/// `phrases`: by C-value.
pub(in crate::report) fn phrases<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("phrases", report.summary.phrases.as_slice(), [COLUMNS, &spread(), &weight(), &examples()].concat())
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
];
