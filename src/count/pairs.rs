//! Which terms and laws stand in the same sentences, counted exactly among the most frequent ones.
//!
//! A dense triangle of counters costs 1 to 6 ns a pair where a hash map costs 22 to 40, so the items are
//! limited (`ITEMS`), and the triangle of each thread is some megabytes.

use std::io;

use rayon::prelude::*;

use super::{
    DocIx,
    spool::{Place, Spool},
    tally::Renumbered,
};

/// At most this many items take part; two thousand make a triangle of 24 MB.
pub(super) const ITEMS: usize = 2_000;

/// Joint counts of items 0..n.
pub(super) struct Pairs {
    n: usize,
    single: Vec<u32>,
    joint: Vec<Cell>,
}

/// Two items: in how many sentences they stand together, and the place of the first of these, document and byte,
/// each taken from the greatest number. So a cell that is all zeros says nothing, and memory that nothing was
/// written to need not be there.
type Cell = [u32; 3];

const fn from_end((document, byte): Place) -> [u32; 2] {
    [DocIx::MAX - document, u32::MAX - byte]
}

impl Pairs {
    fn new(n: usize) -> Self {
        Self { n, single: vec![0; n], joint: vec![[0; 3]; n * n.saturating_sub(1) / 2] }
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
                spool.read(|place, list| {
                    present.clear();
                    present.extend(list.iter().filter_map(|token| {
                        let code = numbers.as_ref().map_or(token.code(), |n| n.code(token.code()));
                        item.get(code as usize).copied().filter(|&i| i != u32::MAX)
                    }));
                    present.sort_unstable();
                    present.dedup();
                    pairs.add(place, &present);
                })?;
                Ok(pairs)
            })
            .collect();
        let mut sum: Option<Self> = None;
        for part in parts {
            let part = part?;
            match &mut sum {
                Some(sum) => sum.merge(&part),
                none => *none = Some(part),
            }
        }
        Ok(sum.unwrap_or_else(|| Self::new(n)))
    }

    /// A sentence with these items, in ascending order.
    fn add(&mut self, place: Place, present: &[u32]) {
        let place = from_end(place);
        for (i, &b) in present.iter().enumerate() {
            self.single[b as usize] += 1;
            for &a in &present[..i] {
                let [sentences, first @ ..] = &mut self.joint[Self::cell(a as usize, b as usize)];
                *sentences += 1;
                if *first < place {
                    *first = place;
                }
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.single.iter_mut().zip(&other.single).for_each(|(a, b)| *a += b);
        for (mine, theirs) in self.joint.iter_mut().zip(&other.joint) {
            mine[0] += theirs[0];
            [mine[1], mine[2]] = [mine[1], mine[2]].max([theirs[1], theirs[2]]);
        }
    }

    /// How many sentences hold both, and the first of them by document and position; the smaller item first.
    pub(super) fn together(&self, a: usize, b: usize) -> (u64, Option<Place>) {
        let [sentences, document, byte] = self.joint[Self::cell(a, b)];
        (u64::from(sentences), (sentences > 0).then_some((DocIx::MAX - document, u32::MAX - byte)))
    }

    /// Sentences with this item.
    pub(super) fn of(&self, item: usize) -> u64 {
        u64::from(self.single[item])
    }

    /// All pairs that occur, with their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        (1..self.n)
            .flat_map(move |b| (0..b).map(move |a| (a, b, u64::from(self.joint[Self::cell(a, b)][0]))))
            .filter(|&(_, _, n)| n > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{TermIx, spool::Spooled},
        *,
    };
    use crate::segment::Bond;

    #[test]
    fn the_first_sentence_is_the_first_by_place_in_whatever_order_they_come() {
        let sentences = [((2, 5), [0, 2, 4]), ((1, 90), [0, 4, 6]), ((1, 70), [4, 6, 8])];
        let item = [0, u32::MAX, 1, u32::MAX, 2, u32::MAX, 3, u32::MAX, u32::MAX];
        let counted = |split: usize| {
            let mut spools: Vec<(Spool, Option<Renumbered>)> = vec![(Spool::default(), None), (Spool::default(), None)];
            for (at, (place, list)) in sentences.iter().enumerate() {
                let list = list.map(|code| Spooled::word(TermIx(code / 2), Bond::default()));
                spools[usize::from(at >= split)].0.push(*place, &list);
            }
            let pairs = Pairs::count(4, &item, &mut spools).unwrap();
            let rows: Vec<_> = pairs.iter().map(|(a, b, n)| (a, b, n, pairs.together(a, b).1.unwrap())).collect();
            (rows, (0..4).map(|i| pairs.of(i)).collect::<Vec<_>>())
        };
        let expected =
            [(0, 1, 1, (2, 5)), (0, 2, 2, (1, 90)), (1, 2, 1, (2, 5)), (0, 3, 1, (1, 90)), (2, 3, 2, (1, 70))];
        for split in 0..=3 {
            assert_eq!(counted(split), (expected.to_vec(), vec![2, 1, 3, 2]));
        }
    }
}
