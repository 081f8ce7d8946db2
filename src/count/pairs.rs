//! Which terms and laws stand in the same sentences, counted exactly among the most frequent ones.
//!
//! A dense triangle of counters costs 1 to 6 ns a pair where a hash map costs 22 to 40, so the items are
//! limited (`ITEMS`), and the triangle of each thread is a few megabytes.

use std::io;

use rayon::prelude::*;

use super::{
    spool::{Place, Spool},
    tally::Renumbered,
};

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
                present_items(item, spool, numbers.as_ref(), |_, present| {
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

    /// For each of these pairs (smaller item first) the first sentence that holds both. The pairs are the caller's,
    /// so only their places are kept.
    pub(super) fn first_sentences(
        n: usize,
        wanted: &[(u32, u32)],
        item: &[u32],
        spools: &mut [(Spool, Option<Renumbered>)],
    ) -> io::Result<Vec<Option<Place>>> {
        let mut row_of = vec![u32::MAX; n * n.saturating_sub(1) / 2];
        let mut asked = vec![false; n];
        for (row, &(a, b)) in (0..).zip(wanted) {
            (asked[a as usize], asked[b as usize]) = (true, true);
            row_of[Self::cell(a as usize, b as usize)] = row;
        }
        let item: Vec<u32> =
            item.iter().map(|&i| if asked.get(i as usize) == Some(&true) { i } else { u32::MAX }).collect();
        let parts: Vec<io::Result<Vec<Option<Place>>>> = spools
            .par_iter_mut()
            .map(|(spool, numbers)| {
                let mut first: Vec<Option<Place>> = vec![None; wanted.len()];
                present_items(&item, spool, numbers.as_ref(), |place, present| {
                    for (i, &b) in present.iter().enumerate() {
                        for &a in &present[..i] {
                            let row = row_of[Self::cell(a as usize, b as usize)];
                            if let Some(known) = first.get_mut(row as usize)
                                && known.is_none_or(|known| place < known)
                            {
                                *known = Some(place);
                            }
                        }
                    }
                })?;
                Ok(first)
            })
            .collect();
        let mut all = vec![None; wanted.len()];
        for part in parts {
            for (mine, theirs) in all.iter_mut().zip(part?) {
                *mine = [*mine, theirs].into_iter().flatten().min();
            }
        }
        Ok(all)
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

/// Calls back with the items of each sentence, in ascending order.
fn present_items(
    item: &[u32],
    spool: &mut Spool,
    numbers: Option<&Renumbered>,
    mut each: impl FnMut(Place, &[u32]),
) -> io::Result<()> {
    let mut present: Vec<u32> = Vec::new();
    spool.read(|place, list| {
        present.clear();
        present.extend(list.iter().filter_map(|&code| {
            let code = numbers.map_or(code, |n| n.code(code));
            item.get(code as usize).copied().filter(|&i| i != u32::MAX)
        }));
        present.sort_unstable();
        each(place, &present);
    })
}
