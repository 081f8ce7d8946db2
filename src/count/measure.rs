//! Measures of association: plain functions of counts, with the names and formulas of the literature.
//!
//! All logarithms are natural unless written log2. `f` sentences hold both, `x` hold a, `y` hold b, of `T`.

/// How often two things occur, and occur together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// Units with both.
    pub both: u64,
    /// Units with the first.
    pub left: u64,
    /// Units with the second.
    pub right: u64,
    /// All units.
    pub total: u64,
}

/// Pointwise mutual information in bits: `log2(f·T / (x·y))`.
///
/// Source: Church & Hanks (1990), *Computational Linguistics* 16(1).
///
/// ```
/// use tongwen::count::{Joint, pmi};
/// assert_eq!(pmi(Joint { both: 8, left: 16, right: 32, total: 128 }), 1.0);
/// ```
#[must_use]
pub fn pmi(j: Joint) -> f64 {
    let expected = j.left as f64 * j.right as f64 / j.total as f64;
    (j.both as f64 / expected).log2()
}

/// Normalised PMI, −1 (never together) to 1 (never apart): `pmi / -log2(f/T)`, 1 where `f = T`.
///
/// Source: Bouma (2009), GSCL.
///
/// ```
/// use tongwen::count::{Joint, npmi};
/// assert_eq!(npmi(Joint { both: 10, left: 10, right: 10, total: 100 }), 1.0);
/// ```
#[must_use]
pub fn npmi(j: Joint) -> f64 {
    if j.both == j.total {
        return 1.0;
    }
    pmi(j) / -(j.both as f64 / j.total as f64).log2()
}

/// `14 + log2(2f / (x + y))`; at most 14, and comparable between corpora of different size.
///
/// Source: Rychlý (2008), RASLAN.
///
/// ```
/// use tongwen::count::{Joint, logdice};
/// assert_eq!(logdice(Joint { both: 5, left: 5, right: 5, total: 99 }), 14.0);
/// ```
#[must_use]
pub fn logdice(j: Joint) -> f64 {
    14.0 + (2.0 * j.both as f64 / (j.left as f64 + j.right as f64)).log2()
}

/// Log-likelihood ratio over the four cells: `2 Σ O ln(O/E)`; not a number where a cell would be negative.
///
/// Source: Dunning (1993), *Computational Linguistics* 19(1).
///
/// ```
/// use tongwen::count::{Joint, g2};
/// let printed_in_the_paper = 167.23;
/// assert!((g2(Joint { both: 10, left: 10, right: 13, total: 31_777 }) - printed_in_the_paper).abs() < 0.005);
/// ```
#[must_use]
pub fn g2(j: Joint) -> f64 {
    let (f, x, y, t) = (j.both as f64, j.left as f64, j.right as f64, j.total as f64);
    let cells =
        [(f, x * y / t), (x - f, x * (t - y) / t), (y - f, (t - x) * y / t), (t - x - y + f, (t - x) * (t - y) / t)];
    if cells.iter().any(|&(o, _)| o < 0.0) {
        return f64::NAN;
    }
    let sum: f64 = cells.iter().map(|&(o, e)| if o == 0.0 { 0.0 } else { o * (o / e).ln() }).sum();
    (2.0 * sum).max(0.0)
}
