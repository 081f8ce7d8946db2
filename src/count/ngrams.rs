//! Runs of words that often stand together, counted exactly in bounded memory.
//!
//! Two words that meet ten million times make millions of different pairs, most of them once. So sentences are read from
//! the spool twice for each length: first every pair adds to one of sixteen million small counters by its hash, then
//! only pairs whose counter is high enough get a counter of their own (Park, Chen & Yu 1995). A run of three words can
//! only be frequent where both its pairs are (Agrawal & Srikant 1994): for each length the stretches of frequent
//! shorter runs, ever fewer, are all that is read.
//!
//! Always true: which runs are found, and how often, does not depend on the order of the sentences.

use std::io;

use rustc_hash::FxHashMap;

use super::{
    spool::{Spool, Spooled},
    tally::Renumbered,
};

/// Longest run, in words.
pub(super) const LONGEST: usize = 6;

const COUNTERS: usize = 1 << 24;

/// The frequent runs of one length.
#[derive(Default)]
pub(super) struct Level {
    /// Numbers of the runs by the two shorter ones that they consist of (of two words: by the words).
    numbers: FxHashMap<(u32, u32), u32>,
    /// The two shorter ones.
    pub(super) parts: Vec<(u32, u32)>,
    /// Occurrences.
    pub(super) frequency: Vec<u32>,
}

/// Frequent runs of two to six words.
pub(super) struct Ngrams {
    /// Runs of n words at n − 2.
    pub(super) levels: Vec<Level>,
}

/// The tokens of a sentence in stretches that marks, numbers and mentions separate; `each` gets two or more words.
pub(super) fn stretches(
    tokens: &[Spooled],
    numbers: Option<&Renumbered>,
    scratch: &mut Vec<u32>,
    mut each: impl FnMut(&[u32]),
) {
    scratch.clear();
    for token in tokens {
        let word = token.bound_word(numbers);
        if (word.is_none() || !token.is_joined()) && !scratch.is_empty() {
            if scratch.len() > 1 {
                each(scratch);
            }
            scratch.clear();
        }
        scratch.extend(word);
    }
    if scratch.len() > 1 {
        each(scratch);
    }
}

impl Ngrams {
    /// Counts the runs that occur at least so often.
    pub(super) fn count(spools: &mut [(Spool, Option<Renumbered>)], least: u32) -> io::Result<Self> {
        let mut scratch = Vec::new();
        let mut filter = Filter::new(least);
        for (spool, numbers) in &mut *spools {
            spool.read(|_, tokens| {
                stretches(tokens, numbers.as_ref(), &mut scratch, |words| {
                    words.array_windows().for_each(|&[a, b]| filter.add(a, b))
                });
            })?;
        }
        let mut counts = FxHashMap::default();
        for (spool, numbers) in &mut *spools {
            spool.read(|_, tokens| {
                stretches(tokens, numbers.as_ref(), &mut scratch, |words| filter.count(words, &mut counts));
            })?;
        }
        let mut level = Level::of(counts, least);
        let mut rest = Spool::default();
        filter.clear();
        for (spool, numbers) in &mut *spools {
            spool.read(|_, tokens| {
                stretches(tokens, numbers.as_ref(), &mut scratch, |words| level.rewrite(words, &mut rest, &mut filter));
            })?;
        }
        let mut levels = Vec::new();
        while levels.len() + 3 <= LONGEST {
            levels.push(level);
            let mut counts = FxHashMap::default();
            rest.read(|_, runs| {
                scratch.clear();
                scratch.extend(runs.iter().map(|run| run.number()));
                filter.count(&scratch, &mut counts);
            })?;
            level = Level::of(counts, least);
            let mut next = Spool::default();
            filter.clear();
            if levels.len() + 3 <= LONGEST {
                rest.read(|_, runs| {
                    scratch.clear();
                    scratch.extend(runs.iter().map(|run| run.number()));
                    level.rewrite(&scratch, &mut next, &mut filter);
                })?;
            }
            rest = next;
        }
        levels.push(level);
        Ok(Self { levels })
    }

    /// The runs in a stretch: calls back with place, length and number of each.
    pub(super) fn find(&self, words: &[u32], scratch: &mut Vec<Option<u32>>, mut each: impl FnMut(usize, usize, u32)) {
        scratch.clear();
        scratch.extend(words.iter().map(|&word| Some(word)));
        for (level, length) in self.levels.iter().zip(2..) {
            let mut any = false;
            for at in 0..scratch.len().saturating_sub(1) {
                let found = match (scratch[at], scratch[at + 1]) {
                    (Some(a), Some(b)) => level.numbers.get(&(a, b)).copied(),
                    _ => None,
                };
                scratch[at] = found;
                if let Some(number) = found {
                    any = true;
                    each(at, length, number);
                }
            }
            if !any {
                break;
            }
            scratch.pop();
        }
    }

    /// The words of a run.
    pub(super) fn words(&self, length: usize, number: u32) -> Vec<u32> {
        let (mut length, mut at) = (length, number);
        let mut words = Vec::with_capacity(length);
        // The last word of each beginning, from the longest to the pair.
        while length > 2 {
            let (before, behind) = self.levels[length - 2].parts[at as usize];
            words.push(self.last(length - 1, behind));
            (length, at) = (length - 1, before);
        }
        let (first, second) = self.levels[0].parts[at as usize];
        words.extend([second, first]);
        words.reverse();
        words
    }

    fn last(&self, length: usize, number: u32) -> u32 {
        let (mut length, mut at) = (length, number);
        while length > 1 {
            at = self.levels[length - 2].parts[at as usize].1;
            length -= 1;
        }
        at
    }

    /// Occurrences of a run of two words or more.
    pub(super) fn frequency(&self, length: usize, number: u32) -> u32 {
        self.levels[length - 2].frequency[number as usize]
    }
}

impl Level {
    fn of(counts: FxHashMap<(u32, u32), u32>, least: u32) -> Self {
        let mut kept: Vec<((u32, u32), u32)> = counts.into_iter().filter(|&(_, count)| count >= least).collect();
        kept.sort_unstable();
        Self {
            numbers: (0..).zip(&kept).map(|(number, &(parts, _))| (parts, number)).collect(),
            parts: kept.iter().map(|&(parts, _)| parts).collect(),
            frequency: kept.iter().map(|&(_, count)| count).collect(),
        }
    }

    /// Writes a stretch as the numbers of its frequent runs, as far as two or more follow each other, and counts these
    /// for the next length.
    fn rewrite(&self, words: &[u32], to: &mut Spool, filter: &mut Filter) {
        let mut row: Vec<Spooled> = Vec::new();
        let mut end = |row: &mut Vec<Spooled>| {
            if row.len() > 1 {
                row.array_windows().for_each(|[a, b]| filter.add(a.number(), b.number()));
                to.push((0, 0), row);
            }
            row.clear();
        };
        for &[a, b] in words.array_windows() {
            match self.numbers.get(&(a, b)) {
                Some(&number) => row.push(Spooled::of_number(number)),
                None => end(&mut row),
            }
        }
        end(&mut row);
    }
}

/// Small counters shared by all pairs of the same hash.
struct Filter {
    counters: Vec<u8>,
    least: u8,
}

impl Filter {
    fn new(least: u32) -> Self {
        Self { counters: vec![0; COUNTERS], least: u8::try_from(least).unwrap_or(u8::MAX) }
    }

    fn clear(&mut self) {
        self.counters.fill(0);
    }

    const fn place(a: u32, b: u32) -> usize {
        let mixed = ((a as u64) << 32 | b as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 40) as usize
    }

    fn add(&mut self, a: u32, b: u32) {
        let counter = &mut self.counters[Self::place(a, b)];
        *counter = counter.saturating_add(1);
    }

    /// Counts the pairs of neighbours that may be frequent.
    fn count(&self, words: &[u32], counts: &mut FxHashMap<(u32, u32), u32>) {
        for &[a, b] in words.array_windows() {
            if self.counters[Self::place(a, b)] >= self.least {
                *counts.entry((a, b)).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::TermIx, *};
    use crate::segment::Bond;

    fn spool(sentences: &[&[u32]]) -> (Spool, Option<Renumbered>) {
        let mut spool = Spool::default();
        for sentence in sentences {
            let joined = |at: usize| Bond { joined: at > 0, possessive: false };
            let tokens: Vec<Spooled> =
                sentence.iter().enumerate().map(|(at, &word)| Spooled::word(TermIx(word), joined(at))).collect();
            spool.push((0, 0), &tokens);
        }
        (spool, None)
    }

    #[test]
    fn runs_of_all_lengths_are_counted_wherever_they_stand() {
        let long: Vec<u32> = (1..=8).collect();
        let mut spools = [spool(&[&long, &[9, 1, 2, 3], &long]), spool(&[&long, &[1, 2], &[4, 3]])];
        let ngrams = Ngrams::count(&mut spools, 3).unwrap();
        let counts: Vec<usize> = ngrams.levels.iter().map(|level| level.parts.len()).collect();
        assert_eq!(counts, [7, 6, 5, 4, 3]);
        let code = |word: u32| word * 2;
        let mut found = Vec::new();
        ngrams.find(&[1, 2, 3].map(code), &mut Vec::new(), |at, length, number| {
            found.push((at, ngrams.words(length, number), ngrams.frequency(length, number)));
        });
        assert_eq!(found, [(0, vec![2, 4], 5), (1, vec![4, 6], 4), (0, vec![2, 4, 6], 4)]);
        ngrams.find(&long.iter().map(|&word| code(word)).collect::<Vec<_>>(), &mut Vec::new(), |at, length, number| {
            let words: Vec<u32> = long[at..at + length].iter().map(|&word| code(word)).collect();
            assert_eq!(ngrams.words(length, number), words);
        });
    }
}
