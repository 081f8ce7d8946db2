//! Words as small integers while counting.

use rustc_hash::FxHashMap;

/// A word of this worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermIx(pub u32);

/// Numbers of words. They mean nothing outside; merging goes by the words.
#[derive(Debug, Default)]
pub(super) struct Lexicon(FxHashMap<Box<str>, u32>);

impl Lexicon {
    /// The word's number, given out now if it is new.
    pub(super) fn intern(&mut self, word: &str) -> u32 {
        if let Some(&ix) = self.0.get(word) {
            return ix;
        }
        let ix = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(word.into(), ix);
        ix
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
