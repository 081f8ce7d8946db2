//! Pairs that stand together: counts, and every measure computed from them.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Integer, Number, Text},
        field,
    },
};
use super::{examples, probability};
use crate::count::{
    PairRow, chi2_tail, chi2_tail_log10, delta_p, dice, expected, jaccard, npmi_interval, ochiai, pmi, t_score,
};

/// `cooccurrence`: unit by unit, strongest first.
pub(in crate::report) fn cooccurrence<'r>(report: &Report<'r>) -> Table<'r> {
    Table::of("cooccurrence", report.summary.pairs.as_slice(), [COLUMNS, &examples()].concat())
}

const COLUMNS: &[Field<PairRow>] = &[
    field("unit", Text, "", |pair| pair.unit.to_string().into()),
    field("a", Text, "", |pair| (&*pair.a).into()),
    field("b", Text, "", |pair| (&*pair.b).into()),
    field("kind_a", Text, "", |pair| pair.kinds.0.into()),
    field("kind_b", Text, "", |pair| pair.kinds.1.into()),
    field("id_a", Text, "", |pair| pair.ids.0.as_deref().into()),
    field("id_b", Text, "", |pair| pair.ids.1.as_deref().into()),
    field("n_ab", Integer, "units", |pair| pair.n_ab.into()),
    field("n_a", Integer, "units", |pair| pair.n_a.into()),
    field("n_b", Integer, "units", |pair| pair.n_b.into()),
    field("total", Integer, "units", |pair| pair.total.into()),
    field("E", Number, "units", |pair| Cell::number(expected(pair.joint()))),
    field("pmi", Number, "bits", |pair| Cell::number(pmi(pair.joint()))),
    field("npmi", Number, "", |pair| Cell::number(pair.npmi)),
    field("npmi_lo", Number, "", |pair| interval(pair).map(|(low, _)| Cell::number(low)).into()),
    field("npmi_hi", Number, "", |pair| interval(pair).map(|(_, high)| Cell::number(high)).into()),
    field("logdice", Number, "", |pair| Cell::number(pair.logdice)),
    field("dice", Number, "", |pair| Cell::number(dice(pair.joint()))),
    field("jaccard", Number, "", |pair| Cell::number(jaccard(pair.joint()))),
    field("cosine", Number, "", |pair| Cell::number(ochiai(pair.joint()))),
    field("t_score", Number, "", |pair| Cell::number(t_score(pair.joint()))),
    field("g2", Number, "", |pair| Cell::number(pair.g2)),
    field("p", Number, "", |pair| tested(pair, chi2_tail).map(probability).into()),
    field("log10_p", Number, "", |pair| tested(pair, chi2_tail_log10).map(Cell::number).into()),
    field("p_bh", Number, "", |pair| probability(pair.q)),
    field("dp_b_given_a", Number, "", |pair| Cell::number(delta_p(pair.joint()))),
    field("dp_a_given_b", Number, "", |pair| Cell::number(delta_p(pair.joint().turned()))),
];

/// What follows from G²; nothing where that is no number.
fn tested(pair: &PairRow, of: fn(f64) -> f64) -> Option<f64> {
    (!pair.g2.is_nan()).then(|| of(pair.g2))
}

/// Windows have none: a place is no trial.
fn interval(pair: &PairRow) -> Option<(f64, f64)> {
    pair.unit.is_whole().then(|| npmi_interval(pair.joint()))
}
