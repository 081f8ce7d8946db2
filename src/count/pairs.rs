//! Which terms and laws stand in the same sentences, counted exactly among the most frequent ones.
//!
//! A dense triangle of counters costs 1 to 6 ns a pair where a hash map costs 22 to 40, so the items are
//! limited (`ITEMS`), and the triangle of each thread is a few megabytes.

use std::io;

use rayon::prelude::*;

use super::{spool::Spool, tally::Renumbered};

/// At most this many items take part; two thousand make a triangle of 8 MB.
pub(super) const ITEMS: usize = 2_000;

/// Joint counts of items 0..n.
pub(super) struct Pairs {
    n: usize,
    single: Vec<u32>,
    joint: Vec<u32>,
}

impl Pairs {
    fn new(n: usize) -> Self {
        Self { n, single: vec![0; n], joint: vec![0; n * n.saturating_sub(1) / 2] }
    }

    const fn cell(a: usize, b: usize) -> usize {
        b * (b - 1) / 2 + a
    }

    /// Counts the sentences of all spools. `item` gives the item of a code, by code, `u32::MAX` for none.
    pub(super) fn count(n: usize, item: &[u32], spools: &mut [(Spool, Option<Renumbered>)]) -> io::Result<Self> {
        let parts: Vec<io::Result<Self>> = spools
            .par_iter_mut()
            .map(|(spool, numbers)| {
                let mut pairs = Self::new(n);
                let mut present: Vec<u32> = Vec::new();
                spool.read(|list| {
                    present.clear();
                    present.extend(list.iter().filter_map(|&code| {
                        let code = numbers.as_ref().map_or(code, |n| n.code(code));
                        item.get(code as usize).copied().filter(|&i| i != u32::MAX)
                    }));
                    present.sort_unstable();
                    for (i, &b) in present.iter().enumerate() {
                        pairs.single[b as usize] += 1;
                        for &a in &present[..i] {
                            pairs.joint[Self::cell(a as usize, b as usize)] += 1;
                        }
                    }
                })?;
                Ok(pairs)
            })
            .collect();
        let mut sum = Self::new(n);
        for part in parts {
            let part = part?;
            sum.single.iter_mut().zip(part.single).for_each(|(a, b)| *a += b);
            sum.joint.iter_mut().zip(part.joint).for_each(|(a, b)| *a += b);
        }
        Ok(sum)
    }

    /// Sentences with this item.
    pub(super) fn of(&self, item: usize) -> u64 {
        u64::from(self.single[item])
    }

    /// All pairs that occur, with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        (1..self.n)
            .flat_map(move |b| (0..b).map(move |a| (a, b, u64::from(self.joint[Self::cell(a, b)]))))
            .filter(|&(_, _, n)| n > 0)
    }
}
