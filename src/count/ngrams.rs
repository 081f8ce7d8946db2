//! Runs of words that often stand together, counted exactly in bounded memory.
//!
//! Two words that meet ten million times make millions of different pairs, most of them once. So sentences are read from
//! the spool twice: first every pair adds to one of sixteen million small counters by its hash, then only pairs whose
//! counter is high enough get a counter of their own (Park, Chen & Yu 1995). A run of three words can only be frequent
//! where both its pairs are (Agrawal & Srikant 1994): for each length the rows of frequent shorter runs, ever fewer, are
//! all that is read.
//!
//! Always true: which runs are found, and how often, does not depend on the order of the sentences.

use std::io;

use rustc_hash::FxHashMap;

use super::{
    pair_counter::{PairCounter, pair},
    pairs::Reels,
    spool::{Place, Reel, Spool, Spooled},
    tally::Renumbered,
};

/// Longest run, in words.
pub(super) const LONGEST: usize = 6;

/// A neighbour that is none: the border of a stretch.
pub(super) const BORDER: u32 = u32::MAX;

/// The frequent runs of one length.
pub(super) struct Level {
    /// The two shorter ones that a run consists of (of two words: the words), by the number of the run.
    pub(super) parts: Vec<(u32, u32)>,
    /// First and last word.
    pub(super) ends: Vec<(u32, u32)>,
    /// Occurrences.
    pub(super) frequency: Vec<u32>,
    /// Where they stand: the word before the first run, the word behind the last, the runs, each one word on.
    rows: Reel,
}

/// Frequent runs of two to six words.
pub(super) struct Ngrams {
    /// Runs of n words at n − 2.
    pub(super) levels: Vec<Level>,
}

/// The tokens of a sentence in stretches that marks, numbers and mentions separate; `each` gets two or more words.
fn stretches(tokens: &[Spooled], numbers: Option<&Renumbered>, scratch: &mut Vec<u32>, mut each: impl FnMut(&[u32])) {
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

/// An occurrence of a run: its number, the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Number among the runs of its length.
    pub(super) number: u32,
    /// The word before, or [`BORDER`].
    pub(super) left: u32,
    /// The word behind, or [`BORDER`].
    pub(super) right: u32,
}

/// Runs of one length that stand one word after the other, or the words themselves.
struct Row<'a> {
    left: u32,
    right: u32,
    runs: &'a [u32],
}

impl Ngrams {
    /// Counts the runs that occur at least so often.
    pub(super) fn count(reels: &Reels, least: u32, tokens: u64) -> io::Result<Self> {
        let mut scratch = Vec::new();
        let mut pairs = PairCounter::new(least, tokens);
        for counts in [false, true] {
            for (reel, numbers) in reels {
                reel.read(|_, tokens| {
                    stretches(tokens, numbers.as_ref(), &mut scratch, |words| {
                        words.array_windows().for_each(|&[a, b]| pairs.add(a, b));
                    });
                })?;
            }
            if !counts {
                pairs.begin_counting();
            }
        }
        let mut writer = Writer::new(pairs.finish(), |word| (word, word));
        for (reel, numbers) in reels {
            reel.read(|place, tokens| {
                stretches(tokens, numbers.as_ref(), &mut scratch, |words| {
                    writer.write(place, &Row { left: BORDER, right: BORDER, runs: words });
                });
            })?;
        }
        let mut pairs_left = writer.pairs;
        let mut levels = vec![writer.close()?];
        while levels.len() + 2 <= LONGEST {
            let Some(Level { ends, rows, .. }) = levels.last() else { break };
            let mut pairs = PairCounter::new(least, pairs_left);
            for counts in [false, true] {
                rows.read(|_, row| {
                    let runs = &row[2..];
                    runs.array_windows().for_each(|[a, b]| pairs.add(a.number(), b.number()));
                })?;
                if !counts {
                    pairs.begin_counting();
                }
            }
            let mut next = Writer::new(pairs.finish(), |run: u32| ends[run as usize]);
            rows.read(|place, row| {
                scratch.clear();
                scratch.extend(row.iter().map(|run| run.number()));
                if let [left, right, runs @ ..] = scratch.as_slice() {
                    next.write(place, &Row { left: *left, right: *right, runs });
                }
            })?;
            pairs_left = next.pairs;
            levels.push(next.close()?);
        }
        Ok(Self { levels })
    }

    /// Calls back with place, length and occurrence of every run, length by length.
    pub(super) fn read(&self, mut each: impl FnMut(Place, usize, Occurrence)) -> io::Result<()> {
        for (Level { ends, rows, .. }, length) in self.levels.iter().zip(2..) {
            rows.read(|place, row| {
                let number = |at: usize| row.get(at).map(|run| run.number());
                let end = |at: usize| number(at).and_then(|run| ends.get(run as usize));
                for at in 2..row.len() {
                    let before = if at == 2 { number(0) } else { end(at - 1).map(|(first, _)| *first) };
                    let behind = if at + 1 == row.len() { number(1) } else { end(at + 1).map(|(_, last)| *last) };
                    let (left, right) = (before.unwrap_or(BORDER), behind.unwrap_or(BORDER));
                    each(place, length, Occurrence { number: row[at].number(), left, right });
                }
            })?;
        }
        Ok(())
    }

    /// The words of a run.
    pub(super) fn words(&self, length: usize, number: u32) -> Vec<u32> {
        let (mut length, mut at) = (length, number);
        let mut words = Vec::with_capacity(length);
        // The last word of each beginning, from the longest to the pair.
        while length > 2 {
            let level = &self.levels[length - 2];
            words.push(level.ends[at as usize].1);
            (length, at) = (length - 1, level.parts[at as usize].0);
        }
        let (first, second) = self.levels[0].parts[at as usize];
        words.extend([second, first]);
        words.reverse();
        words
    }

    /// Occurrences of a run of two words or more.
    pub(super) fn frequency(&self, length: usize, number: u32) -> u32 {
        self.levels[length - 2].frequency[number as usize]
    }
}

/// Writes rows of runs as rows of the runs that are one word longer.
struct Writer<E> {
    counts: Vec<((u32, u32), u32)>,
    numbers: FxHashMap<u64, u32>,
    rows: Spool,
    /// First and last word of a run of the rows that are read.
    ends: E,
    /// Pairs of neighbours in the rows written.
    pairs: u64,
    row: Vec<Spooled>,
}

impl<E: Fn(u32) -> (u32, u32)> Writer<E> {
    fn new(counts: Vec<((u32, u32), u32)>, ends: E) -> Self {
        let numbers = (0..).zip(&counts).map(|(number, &((a, b), _))| (pair(a, b), number)).collect();
        Self { counts, numbers, rows: Spool::default(), ends, pairs: 0, row: Vec::new() }
    }

    /// The level of the runs that were written.
    fn close(self) -> io::Result<Level> {
        let ends = |&((a, b), _): &((u32, u32), u32)| ((self.ends)(a).0, (self.ends)(b).1);
        Ok(Level {
            parts: self.counts.iter().map(|&(parts, _)| parts).collect(),
            ends: self.counts.iter().map(ends).collect(),
            frequency: self.counts.iter().map(|&(_, count)| count).collect(),
            rows: self.rows.close()?,
        })
    }

    fn write(&mut self, place: Place, row: &Row<'_>) {
        let runs = row.runs;
        self.row.clear();
        for (at, &[a, b]) in runs.array_windows().enumerate() {
            match self.numbers.get(&pair(a, b)) {
                Some(&number) => {
                    if self.row.is_empty() {
                        let left = if at == 0 { row.left } else { (self.ends)(runs[at - 1]).0 };
                        self.row.extend([left, BORDER].map(Spooled::of_number));
                    }
                    self.row.push(Spooled::of_number(number));
                }
                None => self.end(place, (self.ends)(b).1),
            }
        }
        self.end(place, row.right);
    }

    /// The row is over; behind it comes this word.
    fn end(&mut self, place: Place, right: u32) {
        if let [_, behind, runs @ ..] = self.row.as_mut_slice() {
            *behind = Spooled::of_number(right);
            self.pairs += runs.len() as u64 - 1;
            self.rows.push(place, &self.row);
            self.row.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::TermIx, *};
    use crate::segment::Bond;

    fn reel(sentences: &[&[u32]]) -> (Reel, Option<Renumbered>) {
        let mut spool = Spool::default();
        for (number, sentence) in (0..).zip(sentences) {
            let joined = |at: usize| Bond { joined: at > 0, possessive: false };
            let tokens: Vec<Spooled> =
                sentence.iter().enumerate().map(|(at, &word)| Spooled::word(TermIx(word), joined(at))).collect();
            spool.push((0, number), &tokens);
        }
        (spool.close().unwrap(), None)
    }

    #[test]
    fn runs_of_all_lengths_are_counted_wherever_they_stand() {
        let long: Vec<u32> = (1..=8).collect();
        let reels = [reel(&[&long, &[9, 1, 2, 3]]), reel(&[&[], &[], &long, &long, &[1, 2], &[4, 3]])];
        let ngrams = Ngrams::count(&reels, 3, 30).unwrap();
        let counts: Vec<usize> = ngrams.levels.iter().map(|level| level.parts.len()).collect();
        assert_eq!(counts, [7, 6, 5, 4, 3]);
        let code = |word: u32| word * 2;
        let mut found = Vec::new();
        let each = |place: Place, length, run: Occurrence| found.push((place.1, length, run));
        ngrams.read(each).unwrap();
        let mut of_first: Vec<(u32, Vec<u32>, u32, u32)> = found
            .iter()
            .filter(|(sentence, ..)| *sentence == 1)
            .map(|&(_, length, run)| {
                (ngrams.frequency(length, run.number), ngrams.words(length, run.number), run.left, run.right)
            })
            .collect();
        of_first.sort();
        let run = |frequency, words: &[u32], left, right| {
            (frequency, words.iter().map(|&word| code(word)).collect(), left, right)
        };
        assert_eq!(
            of_first,
            [run(4, &[1, 2, 3], code(9), BORDER), run(4, &[2, 3], code(1), BORDER), run(5, &[1, 2], code(9), code(3)),]
        );
        // Of eight words, each run of two to six, with its neighbours.
        let of_long: Vec<&(u32, usize, Occurrence)> = found.iter().filter(|(sentence, ..)| *sentence == 0).collect();
        assert_eq!(of_long.len(), 7 + 6 + 5 + 4 + 3);
        for &&(_, length, run) in &of_long {
            let words = ngrams.words(length, run.number);
            let before = if words[0] == code(1) { BORDER } else { words[0] - 2 };
            let behind = if words[length - 1] == code(8) { BORDER } else { words[length - 1] + 2 };
            assert_eq!((run.left, run.right), (before, behind), "{words:?}");
            assert!(words.array_windows().all(|[a, b]| a + 2 == *b));
        }
    }
}
