//! Which terms a group of documents uses more, or less, than all the others: measures of one term in two parts.
//!
//! A target has `a` of its `C` tokens, the rest `b` of `D`; `N = C + D`, `E1 = C(a+b)/N`, `E2 = D(a+b)/N`. G² says how
//! sure a difference is if every token were drawn by itself, the log ratio how large it is. Words come in bursts: one
//! regulation on pesticides makes 农药 "key" at p = 10⁻¹²². So the test over documents stands beside G², and a term is
//! called key where both agree.

use super::tail::{chi2_tail, chi2_tail_log10, lower_logit};

/// The half width of a 95 % interval of the normal distribution, in standard errors.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// How often a term stands in a target and in the rest, with the sizes of both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Occurrences in the target.
    pub a: u64,
    /// Occurrences in the rest.
    pub b: u64,
    /// Tokens of the target.
    pub target: u64,
    /// Tokens of the rest.
    pub rest: u64,
}

impl Split {
    const fn floats(self) -> (f64, f64, f64, f64) {
        (self.a as f64, self.b as f64, self.target as f64, self.rest as f64)
    }

    /// Log-likelihood over two cells: `2(a ln(a/E1) + b ln(b/E2))`.
    ///
    /// Source: Rayson & Garside (2000), *Comparing Corpora*. The four cells of Dunning (1993) give a little more.
    ///
    /// ```
    /// use tongwen::count::Split;
    /// assert_eq!(Split { a: 5, b: 5, target: 100, rest: 100 }.g2(), 0.0);
    /// ```
    #[must_use]
    pub fn g2(self) -> f64 {
        let (a, b, c, d) = self.floats();
        let (e1, e2) = (c * (a + b) / (c + d), d * (a + b) / (c + d));
        let part =
            |observed: f64, expected: f64| if observed == 0.0 { 0.0 } else { observed * (observed / expected).ln() };
        (2.0 * (part(a, e1) + part(b, e2))).max(0.0)
    }

    /// 1 where the target has more of the term, −1 where the rest has, 0 where both have the same share.
    #[must_use]
    pub fn sign(self) -> i8 {
        let (a, b, c, d) = self.floats();
        i8::from(a / c > b / d) - i8::from(a / c < b / d)
    }

    /// `log2((a/C) / (b/D))`, with 0.5 for a count of 0; +1 is twice as frequent.
    ///
    /// Source: Hardie (2014), *Log Ratio – an informal introduction*.
    #[must_use]
    pub fn log_ratio(self) -> f64 {
        let (_, _, c, d) = self.floats();
        let (a, b) = self.shifted();
        ((a / c) / (b / d)).log2()
    }

    /// The counts, 0.5 for 0.
    const fn shifted(self) -> (f64, f64) {
        (if self.a == 0 { 0.5 } else { self.a as f64 }, if self.b == 0 { 0.5 } else { self.b as f64 })
    }

    /// The 95 % interval of the log ratio: ± 1.96 · √(1/a − 1/C + 1/b − 1/D) / ln 2 (delta method).
    #[must_use]
    pub fn log_ratio_interval(self) -> (f64, f64) {
        let (_, _, c, d) = self.floats();
        let (a, b) = self.shifted();
        let half = Z * (1.0 / a - 1.0 / c + 1.0 / b - 1.0 / d).max(0.0).sqrt() / std::f64::consts::LN_2;
        (self.log_ratio() - half, self.log_ratio() + half)
    }

    /// The conservative log ratio: of the exact interval of a/(a+b) at `1 − 0.05/tests`, as a log ratio, the end nearer
    /// to 0; 0 where the interval holds it. Rankings by it need no other filter.
    ///
    /// Source: Evert (2023), *Measuring Keyness*; Clopper & Pearson (1934).
    ///
    /// ```
    /// use tongwen::count::Split;
    /// assert_eq!(Split { a: 3, b: 2, target: 1_000, rest: 1_000 }.conservative_log_ratio(10), 0.0);
    /// assert!(Split { a: 90, b: 10, target: 1_000, rest: 2_000 }.conservative_log_ratio(10) > 2.8);
    /// ```
    #[must_use]
    pub fn conservative_log_ratio(self, tests: usize) -> f64 {
        let alpha = 0.05 / tests.max(1) as f64 / 2.0;
        if self.is_surely_within(alpha) {
            return 0.0;
        }
        let (_, _, c, d) = self.floats();
        let n = self.a + self.b;
        let balance = (d / c).log2();
        let of = |logit: f64| logit / std::f64::consts::LN_2;
        let low = lower_logit(self.a, n, alpha).map_or(f64::NEG_INFINITY, |logit| of(logit) + balance);
        let high = lower_logit(self.b, n, alpha).map_or(f64::INFINITY, |logit| balance - of(logit));
        if low > 0.0 { low } else { high.min(0.0) }
    }

    /// Whether the exact interval certainly holds the share that chance gives, which spares the search for its ends.
    ///
    /// With share k/n = λ the tail beyond k is at least `e^(−G²/2) / √(8nλ(1−λ))` (Ash 1990, *Information Theory*,
    /// lemma 4.7.2), since G² is 2n times the divergence; with λ = 1 it is `e^(−G²/2)` itself.
    fn is_surely_within(self, alpha: f64) -> bool {
        let (a, b, ..) = self.floats();
        let width = (8.0 * a * b / (a + b)).max(1.0);
        -self.g2() / 2.0 - 0.5 * width.ln() > alpha.ln()
    }

    /// `100 · (a/C − b/D) / (b/D)`, with 10⁻¹⁸ for a share of 0.
    ///
    /// Source: Gabrielatos & Marchi (2011), *Keyness: Matching metrics to definitions*.
    #[must_use]
    pub fn diff_percent(self) -> f64 {
        let (a, b, c, d) = self.floats();
        let share = if self.b == 0 { 1e-18 } else { b / d };
        100.0 * (a / c - share) / share
    }

    /// `(a + ½)(d + ½) / ((b + ½)(c + ½))`, where c and d are the other tokens.
    ///
    /// Source: Haldane (1956), Anscombe (1956).
    #[must_use]
    pub fn odds_ratio(self) -> f64 {
        let (a, b, c, d) = self.floats();
        ((a + 0.5) * (d - b + 0.5)) / ((b + 0.5) * (c - a + 0.5))
    }

    /// `G² − ln N`: over 2 positive evidence, over 6 strong, over 10 very strong, below 0 none.
    ///
    /// Source: Wilson (2013), *Embracing Bayes factors for key item analysis*.
    #[must_use]
    pub fn bic(self) -> f64 {
        let (.., c, d) = self.floats();
        self.g2() - (c + d).ln()
    }

    /// The upper tail of χ² with one degree of freedom at G².
    #[must_use]
    pub fn p(self) -> f64 {
        chi2_tail(self.g2())
    }

    /// Its decimal logarithm, for p too small to be written.
    #[must_use]
    pub fn log10_p(self) -> f64 {
        chi2_tail_log10(self.g2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(a: u64, b: u64, target: u64, rest: u64) -> Split {
        Split { a, b, target, rest }
    }

    #[test]
    fn published_figures_come_out() {
        // Gabrielatos & Marchi 2011; Pojanapunya & Todd 2016.
        assert!((split(206_523, 178_174, 959_641, 1_562_358).diff_percent() - 88.7).abs() < 0.05);
        assert!((split(16_217, 735, 2_796_938, 2_087_946).odds_ratio() - 16.6).abs() < 0.05);
        assert!(split(1, 1, 1_000_000, 1_000_000).log_ratio().abs() < 1e-12);
    }

    #[test]
    fn what_is_spared_is_zero() {
        for (a, b) in [(0, 1), (1, 0), (5, 5), (9, 1), (20, 3), (3, 20), (200, 120), (0, 40), (40, 0)] {
            for tests in [1, 10, 100_000] {
                let split = split(a, b, 1_000, 900);
                let alpha = 0.05 / tests as f64 / 2.0;
                if split.is_surely_within(alpha) {
                    let (_, _, c, d) = split.floats();
                    let low = lower_logit(a, a + b, alpha).map_or(f64::NEG_INFINITY, |l| l + (d / c).ln());
                    let high = lower_logit(b, a + b, alpha).map_or(f64::INFINITY, |l| (d / c).ln() - l);
                    assert!(low <= 0.0 && high >= 0.0, "{a} {b} {tests}: {low} {high}");
                }
            }
        }
    }

    #[test]
    fn the_conservative_log_ratio_turns_with_the_sides() {
        let there = split(90, 10, 1_000, 2_000).conservative_log_ratio(10);
        let back = split(10, 90, 2_000, 1_000).conservative_log_ratio(10);
        assert!(there > 0.0 && (there + back).abs() < 1e-12);
    }
}
