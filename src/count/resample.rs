//! Intervals of rates by drawing documents anew: what another sample of such documents would give.
//!
//! Words come in bursts, so an interval that takes tokens for independent is too narrow: on 57 Chinese regulations by a
//! factor of 2.6 (median). Here whole documents are drawn with replacement, as many as there are, and the rate is taken
//! each time (Efron 1979). One set of draws serves all terms, so that a term costs one pass over its postings.
//!
//! Draws are those of PCG XSL RR 128/64 (O'Neill 2014) with a stated seed, one stream a resample: the same everywhere.

use rand_core::Rng;
use rand_pcg::Pcg64;

use super::{dispersion::Parts, postings::Posting};

/// The state that every stream starts from; the stream is the number of the resample.
pub const SEED: u64 = 20_240_424;

/// How often each document comes in each resample, at most so many bytes.
const ROOM: usize = 64 << 20;

/// What was drawn.
pub(super) struct Draws {
    resamples: usize,
    /// Times that a document was drawn, all resamples of the first document first.
    times: Vec<u8>,
    /// Tokens of each resample.
    tokens: Vec<f64>,
    most: u8,
}

impl Draws {
    /// Draws so many times, or less often (200 times at least) where there are very many documents.
    pub(super) fn new(parts: &Parts, wanted: usize) -> Self {
        let documents = parts.sizes.len();
        let resamples = wanted.min((ROOM / documents.max(1)).max(200));
        let mut times = vec![0_u8; documents * resamples];
        for resample in 0..resamples {
            let mut stream = Pcg64::new(SEED.into(), resample as u128);
            for _ in 0..documents {
                // Lemire 2019; its bias of documents / 2^64 is nothing.
                let drawn = (u128::from(stream.next_u64()) * documents as u128) >> 64;
                let cell = &mut times[drawn as usize * resamples + resample];
                *cell = cell.saturating_add(1);
            }
        }
        let mut tokens = vec![0.0; resamples];
        for (row, &size) in times.chunks_exact(resamples.max(1)).zip(&parts.sizes) {
            tokens.iter_mut().zip(row).for_each(|(sum, &times)| *sum += f64::from(times) * size as f64);
        }
        Self { resamples, most: times.iter().copied().max().unwrap_or_default(), times, tokens }
    }

    /// How many resamples there are.
    pub(super) const fn resamples(&self) -> usize {
        self.resamples
    }

    /// The middle 95 % of the rates per million of a term; undefined with one document or one that has it.
    pub(super) fn interval(&self, postings: &[Posting]) -> (f64, f64) {
        let documents = self.times.len() / self.resamples.max(1);
        if documents < 2 || postings.len() < 2 {
            return (f64::NAN, f64::NAN);
        }
        let frequency: u64 = postings.iter().map(|posting| u64::from(posting.count)).sum();
        let mut rates = if frequency * u64::from(self.most) <= u64::from(u16::MAX) {
            self.rates(&self.narrow_sums(postings))
        } else {
            self.rates(&self.wide_sums(postings))
        };
        rates.retain(|rate| rate.is_finite());
        middle(&mut rates)
    }

    fn of(&self, document: u32) -> &[u8] {
        &self.times[document as usize * self.resamples..][..self.resamples]
    }

    fn narrow_sums(&self, postings: &[Posting]) -> Vec<u16> {
        let mut sums = vec![0_u16; self.resamples];
        for posting in postings {
            let count = posting.count as u16;
            // Nothing wraps: the sum of all counts times the most draws fits.
            let times = self.of(posting.document).iter().map(|&times| u16::from(times).wrapping_mul(count));
            sums.iter_mut().zip(times).for_each(|(sum, drawn)| *sum = sum.wrapping_add(drawn));
        }
        sums
    }

    fn wide_sums(&self, postings: &[Posting]) -> Vec<f64> {
        let mut sums = vec![0.0; self.resamples];
        for posting in postings {
            let count = f64::from(posting.count);
            sums.iter_mut().zip(self.of(posting.document)).for_each(|(sum, &times)| *sum += f64::from(times) * count);
        }
        sums
    }

    fn rates<T: Copy + Into<f64>>(&self, sums: &[T]) -> Vec<f64> {
        sums.iter().zip(&self.tokens).map(|(&sum, tokens)| 1e6 * sum.into() / tokens).collect()
    }
}

/// The 2.5th and the 97.5th percentile, between neighbours by a straight line.
///
/// Both lie in the tails, so that a pass which picks those leaves little to sort.
fn middle(rates: &mut [f64]) -> (f64, f64) {
    let Some(last) = rates.len().checked_sub(1) else { return (f64::NAN, f64::NAN) };
    let count = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / count;
    let spread = TAIL * (rates.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / count).sqrt();
    let places = [0.025, 0.975].map(|share: f64| share * last as f64);
    let [below, above] = places.map(|place| place.floor() as usize);
    let [low_part, high_part] = [places[0] - below as f64, places[1] - above as f64];
    let mut tail: Vec<f64> = rates.iter().copied().filter(|&rate| rate < mean - spread).collect();
    let low = match tail.len() > below + 1 {
        true => between(&mut tail, below, low_part),
        false => between(rates, below, low_part),
    };
    tail.clear();
    tail.extend(rates.iter().copied().filter(|&rate| rate > mean + spread));
    let high = match above.checked_sub(rates.len() - tail.len()) {
        Some(place) => between(&mut tail, place, high_part),
        None => between(rates, above, high_part),
    };
    (low, high)
}

/// Standard deviations from the mean where the tails begin: each holds some 7 % of what is like a normal distribution.
const TAIL: f64 = 1.5;

/// So far from the value at a place of the sorted rates to the next one.
fn between(rates: &mut [f64], place: usize, part: f64) -> f64 {
    let (_, &mut low, above) = rates.select_nth_unstable_by(place, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + (high - low) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_holds_the_rate_and_is_the_same_each_time() {
        let parts = Parts::new(vec![100; 40]);
        let posting = |document, count| Posting { document, count, ..Posting::default() };
        let postings: Vec<Posting> = (0..20).map(|document| posting(document, 1 + document % 3)).collect();
        let rate = 1e6 * postings.iter().map(|p| f64::from(p.count)).sum::<f64>() / 4_000.0;
        let draws = Draws::new(&parts, 1_000);
        let (low, high) = draws.interval(&postings);
        assert!(low < rate && rate < high, "{low} {rate} {high}");
        assert_eq!(Draws::new(&parts, 1_000).interval(&postings), (low, high));
        assert!(draws.narrow_sums(&postings).iter().zip(draws.wide_sums(&postings)).all(|(&a, b)| f64::from(a) == b));
        let clumped = draws.interval(&[posting(0, 20), posting(1, 19)]);
        assert!(clumped.1 - clumped.0 > high - low);
        assert!(draws.interval(&postings[..1]).0.is_nan());
        assert!(Draws::new(&Parts::new(vec![7]), 1_000).interval(&postings[..1]).0.is_nan());
    }

    #[test]
    fn percentiles_are_those_of_numpy() {
        let mut rates: Vec<f64> = (0..1_000).rev().map(f64::from).collect();
        let (low, high) = middle(&mut rates);
        assert!((low - 24.975).abs() < 1e-9 && (high - 974.025).abs() < 1e-9);
    }

    #[test]
    fn tails_give_what_sorting_gives() {
        // All equal, two values, one far away, a skewed row: the tails may hold too little or nothing.
        let rows: [Vec<f64>; 5] = [
            vec![3.0; 50],
            (0..100).map(|n| f64::from(n % 2)).collect(),
            (0..99).map(|_| 1.0).chain([1e9]).collect(),
            (0..1_000).map(|n| f64::from(n).powi(4)).collect(),
            vec![1.0, 2.0],
        ];
        for mut rates in rows {
            let last = (rates.len() - 1) as f64;
            let mut sorted = rates.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let sought = [0.025, 0.975].map(|share: f64| {
                let place = share * last;
                let (at, part) = (place.floor() as usize, place - place.floor());
                sorted[at] + (sorted[(at + 1).min(sorted.len() - 1)] - sorted[at]) * part
            });
            assert_eq!(middle(&mut rates), sought.into());
        }
    }
}
