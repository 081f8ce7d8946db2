//! Words as small integers while counting.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A word in this worker's lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermIx(pub u32);

/// Words by number and back. Numbers mean nothing outside; merging goes by the words.
#[derive(Debug, Default)]
pub struct Lexicon {
    by_word: FxHashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
}

impl Lexicon {
    /// The word's number, given out now if it is new.
    pub fn intern(&mut self, word: &str) -> TermIx {
        if let Some(&ix) = self.by_word.get(word) {
            return TermIx(ix);
        }
        let ix = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word: Arc<str> = word.into();
        self.by_word.insert(Arc::clone(&word), ix);
        self.words.push(word);
        TermIx(ix)
    }

    /// The word behind a number.
    #[must_use]
    pub fn word(&self, ix: TermIx) -> &str {
        self.words.get(ix.0 as usize).map_or("", |w| w)
    }

    /// All words, in the order of their numbers.
    pub fn words(&self) -> impl Iterator<Item = (TermIx, &Arc<str>)> {
        self.words.iter().enumerate().map(|(i, w)| (TermIx(u32::try_from(i).unwrap_or(u32::MAX)), w))
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
