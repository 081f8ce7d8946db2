//! Tests over many terms and over documents: Mann-Whitney, Holm, Benjamini-Hochberg.

use super::tail::normal_tails;

/// What the Mann-Whitney test says of two sets of documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// U of the target: pairs of documents of which the one of the target has more, ties half.
    pub u: f64,
    /// Two-sided p, by the normal approximation with corrections for ties and continuity.
    pub p: f64,
    /// `U / (n1·n2)`: the chance that a document of the target has more than one of the rest.
    pub auc: f64,
}

/// Relative frequencies of a term in documents, ranked once for all groups.
///
/// Most documents do not have the term; they share one rank and need not be listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    /// Rank of each listed document, ties sharing their mean; in the order of the values given.
    pub(super) ranks: Vec<f64>,
    pub(super) ranked: Ranked,
}

/// What a test asks of a ranking beside the ranks of its target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ranked {
    /// Rank of all documents without the term.
    pub(super) absent: f64,
    /// Σ (t³ − t) over the ties.
    ties: f64,
    documents: f64,
}

impl Ranking {
    /// Ranks the shares (all above 0) of those documents that have the term, among so many in all.
    pub(super) fn of(shares: &[f64], documents: usize) -> Self {
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_unstable_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        let zeros = documents.saturating_sub(shares.len()) as f64;
        let cube = |t: f64| t * t * t - t;
        let mut ranks = vec![0.0; shares.len()];
        let mut ranked = Ranked { absent: (zeros + 1.0) / 2.0, ties: cube(zeros), documents: documents as f64 };
        let mut from = 0;
        while from < order.len() {
            let same = order[from..].iter().take_while(|&&at| shares[at] == shares[order[from]]).count();
            let rank = zeros + from as f64 + (same as f64 + 1.0) / 2.0;
            order[from..from + same].iter().for_each(|&at| ranks[at] = rank);
            ranked.ties += cube(same as f64);
            from += same;
        }
        Self { ranks, ranked }
    }
}

impl Ranked {
    /// The test for a target of `n1` documents with this sum of ranks; none where a side is empty or all are equal.
    ///
    /// Source: Mann & Whitney (1947); for corpora Kilgarriff (2001), Lijffijt et al. (2016).
    pub(super) fn test(&self, rank_sum: f64, n1: usize) -> Option<MannWhitney> {
        let n = self.documents;
        let n1 = n1 as f64;
        let n2 = n - n1;
        let all_equal = self.ties >= n * n * n - n;
        if n1 < 1.0 || n2 < 1.0 || all_equal {
            return None;
        }
        let u = rank_sum - n1 * (n1 + 1.0) / 2.0;
        let deviation = (n1 * n2 / 12.0 * ((n + 1.0) - self.ties / (n * (n - 1.0)))).sqrt();
        let z = (u.max(n1 * n2 - u) - n1 * n2 / 2.0 - 0.5) / deviation;
        Some(MannWhitney { u, p: normal_tails(z), auc: u / (n1 * n2) })
    }
}

/// Holm's correction: p for all tests together being wrong at most once in so many.
///
/// Source: Holm (1979), *Scandinavian Journal of Statistics* 6(2).
///
/// ```
/// use tongwen::count::holm;
/// assert_eq!(holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
/// ```
#[must_use]
pub fn holm(ps: &[f64]) -> Vec<f64> {
    let order = ascending(ps);
    let mut corrected = vec![0.0; ps.len()];
    let mut least = 0.0_f64;
    for (before, &at) in order.iter().enumerate() {
        least = least.max(ps[at as usize] * (ps.len() - before) as f64);
        corrected[at as usize] = least.min(1.0);
    }
    corrected
}

/// Benjamini and Hochberg's correction: the share of false ones among all that are called significant at this level.
///
/// Source: Benjamini & Hochberg (1995), *JRSS B* 57(1).
///
/// ```
/// use tongwen::count::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.01, 0.02, 0.03, 0.5]), [0.04, 0.04, 0.04, 0.5]);
/// ```
#[must_use]
pub fn benjamini_hochberg(ps: &[f64]) -> Vec<f64> {
    let order = ascending(ps);
    let mut corrected = vec![0.0; ps.len()];
    let mut most = 1.0_f64;
    for (before, &at) in order.iter().enumerate().rev() {
        most = most.min(ps[at as usize] * ps.len() as f64 / (before + 1) as f64);
        corrected[at as usize] = most;
    }
    corrected
}

fn ascending(ps: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ps.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| ps[a as usize].total_cmp(&ps[b as usize]).then(a.cmp(&b)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_kilgarriff_comes_out() {
        // Kilgarriff 2001, p. 238: ranks of 12, 15, 18, 24, 88 against 3, 3, 13, 27, 33 sum to 31 (U = 16).
        let shares = [12.0, 15.0, 18.0, 24.0, 88.0, 3.0, 3.0, 13.0, 27.0, 33.0];
        let ranking = Ranking::of(&shares, 10);
        let test = ranking.ranked.test(ranking.ranks[..5].iter().sum(), 5).unwrap();
        assert_eq!((test.u, test.auc), (16.0, 0.64));
        // scipy.stats.mannwhitneyu(…, method="asymptotic")
        assert!((test.p - 0.529_619_299_003_451_7).abs() < 1e-12, "{}", test.p);
    }

    #[test]
    fn documents_without_the_term_share_a_rank() {
        let listed = Ranking::of(&[0.0, 0.0, 0.0, 0.2, 0.5], 5);
        let short = Ranking::of(&[0.2, 0.5], 5);
        assert_eq!((short.ranked.absent, &short.ranks[..]), (2.0, &listed.ranks[3..]));
        assert_eq!(short.ranked.test(4.0 + 2.0, 2), listed.ranked.test(listed.ranks[3] + listed.ranks[0], 2));
        assert_eq!(Ranking::of(&[], 5).ranked.test(4.0, 2), None);
        assert_eq!(Ranking::of(&[0.1, 0.1], 2).ranked.test(1.5, 1), None);
        assert_eq!(short.ranked.test(0.0, 0), None);
    }
}
