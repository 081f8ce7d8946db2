//! Which terms and laws stand together, counted exactly among the most frequent ones.
//!
//! A dense triangle of counters costs 1 to 6 ns a pair where a hash map costs 22 to 40, so the items are
//! limited (`ITEMS`), and the triangle of each thread is some megabytes.

use std::io;

use rayon::prelude::*;

use super::{
    DocIx, Joint, Unit,
    spool::{Place, Reel, Spooled},
    tally::Renumbered,
};

/// At most this many items take part; two thousand make a triangle of 24 MB.
pub(super) const ITEMS: usize = 2_000;

/// The sentences of each worker, with the numbers that its words and laws have here.
pub(super) type Reels = [(Reel, Option<Renumbered>)];

/// The item of a code that is none.
pub(super) const NO_ITEM: u32 = u32::MAX;

/// Joint counts of items 0..n.
pub(super) struct Pairs {
    n: usize,
    /// All units; of windows all tokens.
    total: u64,
    single: Vec<u64>,
    joint: Vec<Cell>,
}

/// Two items: in how many units they stand together, and the place of the first of these, document and byte,
/// each taken from the greatest number. So a cell that is all zeros says nothing, and memory that nothing was
/// written to need not be there.
type Cell = [u32; 3];

const fn from_end((document, byte): Place) -> [u32; 2] {
    [DocIx::MAX - document, u32::MAX - byte]
}

impl Pairs {
    fn new(n: usize) -> Self {
        Self { n, total: 0, single: vec![0; n], joint: vec![[0; 3]; n * (n + 1) / 2] }
    }

    const fn cell(a: usize, b: usize) -> usize {
        b * (b + 1) / 2 + a
    }

    /// Counts over all reels. `item` gives the item of a code, by code, [`NO_ITEM`] for none.
    pub(super) fn count(n: usize, item: &[u32], unit: Unit, reels: &Reels) -> io::Result<Self> {
        let parts: Vec<io::Result<Self>> = reels
            .par_iter()
            .map(|(reel, numbers)| {
                let item_of = |token: &Spooled| {
                    let code = numbers.as_ref().map_or(token.code(), |n| n.code(token.code()));
                    item.get(code as usize).copied().unwrap_or(NO_ITEM)
                };
                match unit {
                    Unit::Window(width) => Self::in_windows(n, width as usize, reel, item_of),
                    _ => Self::in_units(n, unit, reel, item_of),
                }
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

    fn in_units(n: usize, unit: Unit, reel: &Reel, item_of: impl Fn(&Spooled) -> u32) -> io::Result<Self> {
        let mut pairs = Self::new(n);
        let mut at: Option<Place> = None;
        let mut present: Vec<u32> = Vec::new();
        // The number of the last unit with an item, so that it is listed once.
        let mut last = vec![0; n];
        let mut number = 0_u32;
        reel.read(|place, tokens| {
            let begins = match unit {
                Unit::Document => at.is_none_or(|(document, _)| document != place.0),
                Unit::Paragraph => at.is_none() || tokens.first().is_some_and(|first| first.begins_paragraph()),
                Unit::Sentence | Unit::Window(_) => true,
            };
            if begins {
                pairs.add(at, &mut present);
                at = Some(place);
                number = number.wrapping_add(1);
            }
            for item in tokens.iter().map(&item_of).filter(|&item| item != NO_ITEM) {
                if last[item as usize] != number {
                    last[item as usize] = number;
                    present.push(item);
                }
            }
        })?;
        pairs.add(at, &mut present);
        Ok(pairs)
    }

    /// The unit that begins at a place holds these items.
    fn add(&mut self, place: Option<Place>, present: &mut Vec<u32>) {
        let Some(place) = place.map(from_end) else { return };
        self.total += 1;
        present.sort_unstable();
        for (i, &b) in present.iter().enumerate() {
            self.single[b as usize] += 1;
            let row = Self::cell(0, b as usize);
            for &a in &present[..i] {
                Self::take(&mut self.joint[row + a as usize], place);
            }
        }
        present.clear();
    }

    fn take([count, first @ ..]: &mut Cell, place: [u32; 2]) {
        *count = count.saturating_add(1);
        if *first < place {
            *first = place;
        }
    }

    /// Pairs of places of a sentence that are at most `width` tokens apart. Every token is a place.
    fn in_windows(n: usize, width: usize, reel: &Reel, item_of: impl Fn(&Spooled) -> u32) -> io::Result<Self> {
        let mut pairs = Self::new(n);
        let mut items: Vec<u32> = Vec::new();
        reel.read(|place, tokens| {
            items.clear();
            items.extend(tokens.iter().map(&item_of));
            pairs.total += items.len() as u64;
            let place = from_end(place);
            for (at, &a) in items.iter().enumerate().filter(|&(_, &a)| a != NO_ITEM) {
                pairs.single[a as usize] += 1;
                for &b in items[at + 1..].iter().take(width).filter(|&&b| b != NO_ITEM) {
                    Self::take(&mut pairs.joint[Self::cell(a.min(b) as usize, a.max(b) as usize)], place);
                }
            }
        })?;
        Ok(pairs)
    }

    fn merge(&mut self, other: &Self) {
        self.total += other.total;
        self.single.iter_mut().zip(&other.single).for_each(|(a, b)| *a += b);
        for (mine, theirs) in self.joint.iter_mut().zip(&other.joint) {
            mine[0] = mine[0].saturating_add(theirs[0]);
            [mine[1], mine[2]] = [mine[1], mine[2]].max([theirs[1], theirs[2]]);
        }
    }

    /// The counts of two items.
    pub(super) fn joint(&self, a: usize, b: usize) -> Joint {
        let both = u64::from(self.joint[Self::cell(a.min(b), a.max(b))][0]);
        Joint { both, left: self.single[a], right: self.single[b], total: self.total }
    }

    /// The place of the first unit (of a window: sentence) that holds both, by document and position.
    pub(super) fn first(&self, a: usize, b: usize) -> Option<Place> {
        let [units, document, byte] = self.joint[Self::cell(a.min(b), a.max(b))];
        (units > 0).then_some((DocIx::MAX - document, u32::MAX - byte))
    }

    /// Units with this item; of windows its occurrences.
    pub(super) fn of(&self, item: usize) -> u64 {
        self.single[item]
    }

    /// All pairs that occur, the smaller item first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.n)
            .flat_map(|b| (0..=b).map(move |a| (a, b)))
            .zip(&self.joint)
            .filter(|(_, cell)| cell[0] > 0)
            .map(|(pair, _)| pair)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{TermIx, spool::Spool},
        *,
    };
    use crate::segment::Bond;

    fn token(item: u32) -> Spooled {
        Spooled::word(TermIx(item), Bond::default())
    }

    /// Words of even codes are the items 0 to 3; the word 4 is none.
    const ITEM: [u32; 9] = [0, NO_ITEM, 1, NO_ITEM, 2, NO_ITEM, 3, NO_ITEM, NO_ITEM];

    fn counted(unit: Unit, sentences: &[(Place, &[u32], bool)], split: usize) -> Pairs {
        let mut spools = [Spool::default(), Spool::default()];
        for (at, (place, words, paragraph)) in sentences.iter().enumerate() {
            let mut tokens: Vec<Spooled> = words.iter().map(|&word| token(word)).collect();
            if let Some(first) = tokens.first_mut().filter(|_| *paragraph) {
                *first = first.beginning_paragraph();
            }
            spools[usize::from(at >= split)].push(*place, &tokens);
        }
        let reels = spools.map(|spool| (spool.close().unwrap(), None));
        Pairs::count(4, &ITEM, unit, &reels).unwrap()
    }

    fn rows(pairs: &Pairs) -> Vec<(usize, usize, u64)> {
        pairs.iter().map(|(a, b)| (a, b, pairs.joint(a, b).both)).collect()
    }

    #[test]
    fn the_first_sentence_is_the_first_by_place_in_whatever_order_they_come() {
        let sentences: [(Place, &[u32], bool); 3] =
            [((2, 5), &[0, 1, 2, 1], true), ((1, 90), &[0, 2, 3, 4], true), ((1, 70), &[2, 3, 4, 2], true)];
        let expected =
            [(0, 1, 1, (2, 5)), (0, 2, 2, (1, 90)), (1, 2, 1, (2, 5)), (0, 3, 1, (1, 90)), (2, 3, 2, (1, 70))];
        for split in 0..=3 {
            let pairs = counted(Unit::Sentence, &sentences, split);
            let rows: Vec<_> =
                pairs.iter().map(|(a, b)| (a, b, pairs.joint(a, b).both, pairs.first(a, b).unwrap())).collect();
            assert_eq!(rows, expected);
            assert_eq!((0..4).map(|i| pairs.of(i)).collect::<Vec<_>>(), [2, 1, 3, 2]);
            assert_eq!(pairs.total, 3);
        }
    }

    #[test]
    fn paragraphs_and_documents_take_their_sentences_together() {
        let sentences: [(Place, &[u32], bool); 4] =
            [((0, 0), &[0], true), ((0, 9), &[1, 0], false), ((0, 20), &[2], true), ((1, 0), &[0, 4], true)];
        let paragraphs = counted(Unit::Paragraph, &sentences, 3);
        assert_eq!((rows(&paragraphs), paragraphs.total), (vec![(0, 1, 1)], 3));
        assert_eq!(paragraphs.first(0, 1), Some((0, 0)));
        let documents = counted(Unit::Document, &sentences, 3);
        assert_eq!((rows(&documents), documents.total), (vec![(0, 1, 1), (0, 2, 1), (1, 2, 1)], 2));
        assert_eq!(documents.joint(0, 2), Joint { both: 1, left: 2, right: 1, total: 2 });
    }

    #[test]
    fn a_window_counts_pairs_of_places_and_lets_a_word_meet_itself() {
        // Distances are counted over all words, those that are no items included.
        let sentences: [(Place, &[u32], bool); 2] = [((0, 0), &[0, 4, 1, 0], true), ((0, 9), &[1, 0], false)];
        let near = counted(Unit::Window(1), &sentences, 2);
        assert_eq!((rows(&near), near.total), (vec![(0, 1, 2)], 6));
        let wide = counted(Unit::Window(3), &sentences, 1);
        assert_eq!(rows(&wide), [(0, 0, 1), (0, 1, 3)]);
        assert_eq!((wide.of(0), wide.of(1)), (3, 2));
    }

    #[test]
    fn nothing_at_all_is_no_pair() {
        for unit in [Unit::Document, Unit::Paragraph, Unit::Sentence, Unit::Window(2)] {
            let none = counted(unit, &[], 0);
            assert_eq!((rows(&none), none.total), (vec![], 0));
            let alone = counted(unit, &[((0, 0), &[3], true)], 0);
            assert_eq!((rows(&alone), alone.of(3), alone.total), (vec![], 1, 1));
        }
    }
}
