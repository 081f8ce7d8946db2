//! Measures of association: plain functions of counts, with the names and formulas of the literature.
//!
//! All logarithms are natural unless written log2. `f` units hold both, `x` hold a, `y` hold b, of `T`; a unit is a
//! document, a paragraph, a sentence, or a place in a window. What is not defined is not a number (`NaN`), never a guess.

/// How often two things occur, and occur together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// The 97.5 % point of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Units with both, were the two independent: `E = x·y / T`.
///
/// ```
/// use tongwen::count::{Joint, expected};
/// assert_eq!(expected(Joint { both: 8, left: 16, right: 32, total: 128 }), 4.0);
/// ```
#[must_use]
pub fn expected(j: Joint) -> f64 {
    j.left as f64 * j.right as f64 / j.total as f64
}

/// Pointwise mutual information in bits: `log2(f / E)`.
///
/// Source: Church & Hanks (1990), *Computational Linguistics* 16(1).
///
/// ```
/// use tongwen::count::{Joint, pmi};
/// assert_eq!(pmi(Joint { both: 8, left: 16, right: 32, total: 128 }), 1.0);
/// ```
#[must_use]
pub fn pmi(j: Joint) -> f64 {
    (j.both as f64 / expected(j)).log2()
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

/// NPMI with `f` moved to the ends of the 95 % Wilson interval of `f/T`, `x`, `y` and `T` held: a reminder of how little
/// a pair seen three times says. Only for units that hold a pair or do not (not for windows).
///
/// Source of the interval: Wilson (1927), *Journal of the American Statistical Association* 22.
///
/// ```
/// use tongwen::count::{Joint, npmi, npmi_interval};
/// let rare = Joint { both: 3, left: 10, right: 10, total: 1000 };
/// let (low, high) = npmi_interval(rare);
/// assert!(low < npmi(rare) && npmi(rare) < high);
/// ```
#[must_use]
pub fn npmi_interval(j: Joint) -> (f64, f64) {
    let total = j.total as f64;
    let end = |share: f64| {
        let moved = (share * total).min(j.left.min(j.right) as f64);
        if moved <= 0.0 {
            -1.0
        } else if moved >= total {
            1.0
        } else {
            (moved / expected(j)).log2() / -(moved / total).log2()
        }
    };
    let (low, high) = wilson_interval(j.both as f64, total);
    (end(low), end(high))
}

/// The 95 % interval of a share of which `k` of `n` were seen; not a number where `n` is 0.
fn wilson_interval(k: f64, n: f64) -> (f64, f64) {
    let (share, square) = (k / n, Z * Z);
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let spread = (share * (1.0 - share) / n + square / (4.0 * n * n)).max(0.0).sqrt();
    let half = Z / (1.0 + square / n) * spread;
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// `2f / (x + y)`, 0 to 1.
///
/// Source: Dice (1945), *Ecology* 26(3).
///
/// ```
/// use tongwen::count::{Joint, dice};
/// assert_eq!(dice(Joint { both: 2, left: 3, right: 5, total: 99 }), 0.5);
/// ```
#[must_use]
pub fn dice(j: Joint) -> f64 {
    2.0 * j.both as f64 / (j.left as f64 + j.right as f64)
}

/// `14 + log2(dice)`; at most 14, and comparable between corpora of different size.
///
/// Source: Rychlý (2008), RASLAN.
///
/// ```
/// use tongwen::count::{Joint, logdice};
/// assert_eq!(logdice(Joint { both: 5, left: 5, right: 5, total: 99 }), 14.0);
/// ```
#[must_use]
pub fn logdice(j: Joint) -> f64 {
    14.0 + dice(j).log2()
}

/// `f / (x + y − f)`: of the units with either, the share with both.
///
/// Source: Jaccard (1901), *Bulletin de la Société Vaudoise des Sciences Naturelles* 37.
///
/// ```
/// use tongwen::count::{Joint, jaccard};
/// assert_eq!(jaccard(Joint { both: 2, left: 3, right: 5, total: 99 }), 2.0 / 6.0);
/// ```
#[must_use]
pub fn jaccard(j: Joint) -> f64 {
    let either = j.left as f64 + j.right as f64 - j.both as f64;
    if either == 0.0 { f64::NAN } else { j.both as f64 / either }
}

/// Ochiai's coefficient, the cosine of presence: `f / √(x·y)`, 0 to 1.
///
/// Source: Ochiai (1957), *Bulletin of the Japanese Society of Scientific Fisheries* 22(9).
///
/// ```
/// use tongwen::count::{Joint, ochiai};
/// assert_eq!(ochiai(Joint { both: 2, left: 4, right: 4, total: 99 }), 0.5);
/// ```
#[must_use]
pub fn ochiai(j: Joint) -> f64 {
    j.both as f64 / (j.left as f64 * j.right as f64).sqrt()
}

/// `(f − E) / √f`: how far the count lies above chance, in standard deviations of the count.
///
/// Source: Church, Gale, Hanks & Hindle (1991), in *Lexical Acquisition*.
///
/// ```
/// use tongwen::count::{Joint, t_score};
/// assert_eq!(t_score(Joint { both: 9, left: 16, right: 24, total: 128 }), 2.0);
/// ```
#[must_use]
pub fn t_score(j: Joint) -> f64 {
    (j.both as f64 - expected(j)) / (j.both as f64).sqrt()
}

/// How much more often the second stands where the first does than where it does not: `P(b|a) − P(b|¬a)`, −1 to 1. Its
/// twin is that of [`Joint::turned`]. Not a number where a cell would be negative or the first is everywhere.
///
/// Source: Gries (2013), *International Journal of Corpus Linguistics* 18(1).
///
/// ```
/// use tongwen::count::{Joint, delta_p};
/// let pair = Joint { both: 5, left: 10, right: 25, total: 100 };
/// assert_eq!(delta_p(pair), 5.0 / 10.0 - 20.0 / 90.0);
/// assert_eq!(delta_p(pair.turned()), 5.0 / 25.0 - 5.0 / 75.0);
/// ```
#[must_use]
pub fn delta_p(j: Joint) -> f64 {
    let (f, x, y, t) = (j.both as f64, j.left as f64, j.right as f64, j.total as f64);
    if x - f < 0.0 || y - f < 0.0 || t - x - y + f < 0.0 || t == x {
        return f64::NAN;
    }
    f / x - (y - f) / (t - x)
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

impl Joint {
    /// The same pair, seen from the other side.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { left: self.right, right: self.left, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_everywhere_says_nothing_and_is_no_infinity() {
        let everywhere = Joint { both: 7, left: 7, right: 7, total: 7 };
        assert_eq!((npmi(everywhere), g2(everywhere)), (1.0, 0.0));
        assert!(delta_p(everywhere).is_nan());
        let in_each = Joint { both: 3, left: 7, right: 3, total: 7 };
        assert_eq!((g2(in_each), pmi(in_each)), (0.0, 0.0));
        let once = Joint { both: 1, left: 1, right: 1, total: 1 };
        for value in [pmi(once), npmi(once), logdice(once), jaccard(once), ochiai(once), t_score(once), g2(once)] {
            assert!(value.is_finite(), "{value}");
        }
    }

    #[test]
    fn in_a_window_a_pair_may_come_more_often_than_its_words() {
        let crowded = Joint { both: 9, left: 4, right: 5, total: 12 };
        assert!(g2(crowded).is_nan() && delta_p(crowded).is_nan() && jaccard(crowded).is_nan());
        assert!(pmi(crowded) > 0.0 && dice(crowded) == 2.0);
    }
}
