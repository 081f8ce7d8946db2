//! How evenly a term is spread over documents: measures of one term, from its counts by document.
//!
//! A frequency alone hides that a word may come from one long document. Parts of the corpus are its documents, of
//! unequal size; those without tokens are left out. `v` is the count in a document, `s` the share that the document has
//! of all tokens, `f = Σv`, `N` all tokens, `n` the documents.

use super::{keyness::Z, postings::Posting};

/// The documents as the measures see them.
pub(super) struct Parts {
    /// Tokens of each document.
    pub(super) sizes: Vec<u64>,
    /// Tokens before each document, in input order.
    pub(super) offsets: Vec<u64>,
    /// All tokens.
    pub(super) tokens: u64,
    /// Tokens of the smallest document.
    pub(super) smallest: u64,
}

impl Parts {
    pub(super) fn new(sizes: Vec<u64>) -> Self {
        let mut tokens = 0;
        let before = |size: &u64| {
            tokens += size;
            tokens - size
        };
        let offsets = sizes.iter().map(before).collect();
        Self { offsets, tokens, smallest: sizes.iter().copied().min().unwrap_or_default(), sizes }
    }
}

/// What is said of the spread of a term; not a number where it is not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dispersion {
    /// `½ Σ |v/f − s|`: 0 as even as the documents are long, towards 1 in few small ones. Gries (2008), *IJCL* 13(4).
    pub dp: f64,
    /// `DP / (1 − smallest s)`, at most 1; undefined with one document. Lijffijt & Gries (2012), *IJCL* 17(1).
    pub dp_norm: f64,
    /// Variance of v (over n − 1) by its mean: 1 as for words thrown at random, more for bursts.
    pub vmr: f64,
    /// `f / df`: occurrences in a document that has the term. Church & Gale (1995).
    pub burst_mean: f64,
    /// Average reduced frequency, `(1/w) Σ min(d, w)` with `w = N/f` and the distances d between neighbours in the
    /// corpus taken as a circle: as many as there would be if clumps counted once. Savický & Hlaváčová (2002).
    pub arf: f64,
    /// `ln(n/df)`.
    pub idf: f64,
    /// The greatest `v/size · ln(n/df)` of any document: tf-idf as in tidytext.
    pub tf_idf: f64,
}

/// The measures of a term with these postings, by document and not empty.
pub(super) fn dispersion(postings: &[Posting], parts: &Parts) -> Dispersion {
    let n = parts.sizes.len() as f64;
    let all = parts.tokens as f64;
    let frequency: u64 = postings.iter().map(|posting| u64::from(posting.count)).sum();
    let f = frequency as f64;
    let (mut apart, mut held, mut squares, mut share) = (0.0, 0, 0_u128, 0.0_f64);
    for posting in postings {
        let size = parts.sizes[posting.document as usize];
        let v = f64::from(posting.count);
        apart += (v / f - size as f64 / all).abs();
        held += size;
        squares += u128::from(posting.count).pow(2);
        share = share.max(v / size as f64);
    }
    let dp = 0.5 * (apart + (parts.tokens - held) as f64 / all);
    let many = parts.sizes.len() > 1;
    let defined = |value: f64| if many { value } else { f64::NAN };
    let spread = (parts.sizes.len() as u128 * squares).saturating_sub(u128::from(frequency).pow(2)) as f64;
    let idf = (n / postings.len() as f64).ln();
    Dispersion {
        dp,
        dp_norm: defined(dp / (1.0 - parts.smallest as f64 / all)),
        vmr: defined(spread / ((n - 1.0) * f)),
        burst_mean: f / postings.len() as f64,
        arf: reduced_frequency(postings, parts, f),
        idf,
        tf_idf: share * idf,
    }
}

fn reduced_frequency(postings: &[Posting], parts: &Parts, f: f64) -> f64 {
    let (Some(first), Some(last)) = (postings.first(), postings.last()) else { return 0.0 };
    let even = parts.tokens as f64 / f;
    let place = |document: u32, position: u32| parts.offsets[document as usize] + u64::from(position);
    let (mut near, mut far) = (0, 0);
    let mut add = |distance: u64| {
        if (distance as f64) < even {
            near += distance;
        } else {
            far += 1;
        }
    };
    for [one, next] in postings.array_windows() {
        add(place(next.document, next.first) - place(one.document, one.last));
    }
    add(place(first.document, first.first) + parts.tokens - place(last.document, last.last));
    near += postings.iter().map(|posting| u64::from(posting.near)).sum::<u64>();
    far += postings.iter().map(|posting| u64::from(posting.far)).sum::<u64>();
    near as f64 / even + far as f64
}

/// The 95 % interval of a share `k/n`, tokens taken as independent: too narrow for words that come in bursts.
///
/// Source: Wilson (1927), *JASA* 22.
///
/// ```
/// use tongwen::count::wilson;
/// let (low, high) = wilson(10, 100);
/// assert!((low - 0.0552).abs() < 1e-4 && (high - 0.1744).abs() < 1e-4);
/// ```
#[must_use]
pub fn wilson(k: u64, n: u64) -> (f64, f64) {
    let (p, n, square) = (k as f64 / n as f64, n as f64, Z * Z);
    let middle = (p + square / (2.0 * n)) / (1.0 + square / n);
    let half = Z / (1.0 + square / n) * (p * (1.0 - p) / n + square / (4.0 * n * n)).max(0.0).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(counts: &[u32], sizes: &[u64]) -> Dispersion {
        let postings: Vec<Posting> = (0..)
            .zip(counts)
            .filter(|&(_, &count)| count > 0)
            .map(|(document, &count)| Posting {
                document,
                count,
                last: count - 1,
                near: count - 1,
                ..Posting::default()
            })
            .collect();
        dispersion(&postings, &Parts::new(sizes.to_vec()))
    }

    #[test]
    fn published_figures_come_out() {
        // Gries 2008: five parts of 9, 10, 10, 10, 11 words with 1 to 5 of "a".
        assert!((spread(&[1, 2, 3, 4, 5], &[9, 10, 10, 10, 11]).dp - 0.18).abs() < 0.005);
        // Lijffijt & Gries 2012, p. 148.
        assert!((spread(&[2, 1, 0], &[9; 3]).dp_norm - 0.5).abs() < 1e-12);
        assert_eq!(spread(&[2, 2, 2], &[10; 3]).dp, 0.0);
    }

    #[test]
    fn a_clump_counts_once_and_even_words_in_full() {
        // Positions 0, 1, 2 of 30; and 0, 10, 20.
        assert!((spread(&[3], &[30]).arf - 1.2).abs() < 1e-12);
        assert_eq!(spread(&[1, 1, 1], &[10; 3]).arf, 3.0);
    }

    #[test]
    fn one_document_leaves_undefined_what_it_cannot_say() {
        let one = spread(&[3], &[30]);
        assert!(one.dp_norm.is_nan() && one.vmr.is_nan());
        assert_eq!((one.dp, one.idf, one.tf_idf, one.burst_mean), (0.0, 0.0, 0.0, 3.0));
        let everywhere = spread(&[1, 1], &[1, 1]);
        assert_eq!((everywhere.dp, everywhere.vmr, everywhere.idf), (0.0, 0.0, 0.0));
    }
}
