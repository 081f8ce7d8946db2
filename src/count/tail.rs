//! How unlikely a statistic is: tails of distributions, exact far out, where `1 − P` would be nothing but rounding.
//!
//! G² of 572 means p = 10⁻¹²⁶. Programs that print 0 there cannot rank what they found, and a correction for many
//! tests multiplies nothing. So every tail is computed as such, and its logarithm where even that is too small.

use std::f64::consts::{LN_10, PI, SQRT_2};

/// Upper tail of χ² with one degree of freedom: `erfc(√(x/2))`. What G² is held against.
///
/// 0 beyond x = 1,424.98 (8·10⁻³¹²), where numbers this small have no digits left; SciPy ends there, too. Its
/// logarithm goes on.
///
/// ```
/// use tongwen::count::chi2_tail;
/// assert!((chi2_tail(3.841_458_820_694_124) - 0.05).abs() < 1e-12);
/// assert!((chi2_tail(1_000.0) / 1.795_832_784_800_737e-219 - 1.0).abs() < 1e-10);
/// ```
#[must_use]
pub fn chi2_tail(x: f64) -> f64 {
    if x > LARGEST {
        return 0.0;
    }
    libm::erfc((x.max(0.0) / 2.0).sqrt())
}

/// Beyond it a tail is no number any more.
const LARGEST: f64 = 1_424.98;

/// Its decimal logarithm, finite for every x.
///
/// From `erfc(z) = e^(−z²) / (z√π) · (1 − 1/2z² + 3/4z⁴ − …)` (Abramowitz & Stegun 7.1.23) where the tail itself is
/// too small for a number.
///
/// ```
/// use tongwen::count::chi2_tail_log10;
/// assert!((chi2_tail_log10(3.841_458_820_694_124) - 0.05_f64.log10()).abs() < 1e-12);
/// assert!((chi2_tail_log10(100_000.0) + 21_717.32).abs() < 0.01);
/// ```
#[must_use]
pub fn chi2_tail_log10(x: f64) -> f64 {
    if x < 1_000.0 {
        return chi2_tail(x).log10();
    }
    let square = x / 2.0;
    let series = 1.0 - 0.5 / square * (1.0 - 1.5 / square * (1.0 - 2.5 / square * (1.0 - 3.5 / square)));
    (series.ln() - square - 0.5 * (square * PI).ln()) / LN_10
}

/// Both tails of the normal distribution beyond ±z; 1 where z is below 0.
#[must_use]
pub fn normal_tails(z: f64) -> f64 {
    libm::erfc(z / SQRT_2).min(1.0)
}

/// `ln(p / (1 − p))` for the p at which so many or more of `n` come with probability `alpha`: the lower end of the
/// exact binomial interval (Clopper & Pearson 1934), as a logit, since `1 − p` may be tiny.
///
/// The tail is the chance of exactly `k`, times a series of falling ratios. Its logarithm is concave in the logit (the
/// second derivative is a difference of variances), so Newton's steps from below never pass the root. None where `k` is 0.
pub(super) fn lower_logit(k: u64, n: u64, alpha: f64) -> Option<f64> {
    if k == 0 || k > n {
        return None;
    }
    let (hits, misses) = (k as f64, (n - k) as f64);
    if k == n {
        let ln_p = alpha.ln() / hits;
        return Some(ln_p - (-ln_p.exp_m1()).ln());
    }
    let ways = libm::lgamma(hits + misses + 1.0) - libm::lgamma(hits + 1.0) - libm::lgamma(misses + 1.0);
    let mut logit = (hits / misses).ln() - 3.0 * (1.0 / hits + 1.0 / misses).sqrt();
    for _ in 0..60 {
        let (ln_p, ln_q) = (-(-logit).exp().ln_1p(), -logit.exp().ln_1p());
        let rest = tail_over_first(hits, misses, logit.exp());
        let tail = ways + hits * ln_p + misses * ln_q + rest.ln();
        let slope = hits * ln_q.exp() / rest;
        let step = (tail - alpha.ln()) / slope;
        logit -= step;
        if step.abs() <= 1e-15 * logit.abs().max(1e-3) {
            break;
        }
    }
    Some(logit)
}

/// `P(X ≥ k) / P(X = k)` for a binomial X with these odds.
fn tail_over_first(hits: f64, misses: f64, odds: f64) -> f64 {
    let (mut sum, mut term, mut more) = (1.0, 1.0, 0.0);
    while more < misses {
        let ratio = odds * (misses - more) / (hits + more + 1.0);
        term *= ratio;
        sum += term;
        more += 1.0;
        if ratio < 1.0 && term < 1e-17 * sum * (1.0 - ratio) {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_scipy_at_any_size() {
        // scipy.stats.chi2.sf(x, 1)
        for (x, p) in [
            (0.0, 1.0),
            (1e-8, 0.999_920_211_544_052_6),
            (10.0, 0.001_565_402_258_002_549),
            (167.23, 2.979_823_891_941_983e-38),
            (572.0, 2.061_884_134_202_463_4e-126),
        ] {
            let close = (chi2_tail(x) / p - 1.0).abs();
            assert!(close < 1e-12, "{x}: {} {p}", chi2_tail(x));
        }
        assert!((chi2_tail_log10(999.999_999) - chi2_tail_log10(1_000.0) - 2.174e-7).abs() < 1e-9);
        assert_eq!(normal_tails(-0.5), 1.0);
    }

    #[test]
    fn the_exact_interval_is_the_one_at_which_the_tail_is_alpha() {
        for (k, n, alpha) in [(1, 1, 0.025), (3, 10, 0.025), (90, 100, 1e-4), (399, 400, 1e-7), (60_000, 200_000, 1e-6)]
        {
            let logit = lower_logit(k, n, alpha).unwrap();
            let p = 1.0 / (1.0 + (-logit).exp());
            let (n, k) = (n as f64, k as f64);
            let mut tail = 0.0;
            let mut i = k;
            while i <= n {
                let ways = libm::lgamma(n + 1.0) - libm::lgamma(i + 1.0) - libm::lgamma(n - i + 1.0);
                tail += (ways + i * p.ln() + (n - i) * (-p).ln_1p()).exp();
                i += 1.0;
            }
            assert!((tail / alpha - 1.0).abs() < 1e-6, "{k} of {n}: {tail}");
        }
        assert_eq!(lower_logit(0, 5, 0.025), None);
    }
}
