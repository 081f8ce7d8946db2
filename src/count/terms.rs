//! How often each word occurs, in how many documents, and where first.
//!
//! Adding a word to its counter is done for every word of the text, so a word of the Chinese dictionary is its own
//! number there: frequent words have low numbers, and what is touched all the time lies close together. Other words
//! get numbers behind those as they come. What is asked of a term only once is kept apart.
//!
//! Always true: a table that is all zeros says nothing, so memory for words that never come need not be there.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    DocIx, Quote, TermIx,
    lexicon::Lexicon,
    spool::{Place, Spooled},
    tally::Quotes,
};
use crate::{engine::Engine, segment::Word, text::Language};

/// The terms of one worker.
#[derive(Default)]
pub(super) struct Terms {
    /// Words of the Chinese dictionary: they have the numbers below.
    entries: u32,
    /// Words outside it.
    others: Lexicon,
    /// Which terms have come, a bit each.
    met: Vec<u64>,
    counters: Vec<Counter>,
    /// Terms whose occurrences have passed 2^32, as often as they have.
    carried: Vec<TermIx>,
    /// Places in `notes`, by term.
    noted: Vec<u32>,
    /// One for each term that occurs, in the order in which they came.
    notes: Vec<TermNote>,
    /// So many of them have given their quotations away.
    handed: usize,
    stops: FxHashSet<Box<str>>,
    /// The last of the documents so far.
    newest: DocIx,
}

/// Of a term: one more than the last document with it, documents with it, occurrences.
/// Whatever happens to a word of the text happens to these twelve bytes.
type Counter = [u32; 3];
const SEEN: usize = 0;
const DF: usize = 1;
const TF: usize = 2;

/// What is known of a term beside its numbers.
pub(super) struct TermNote {
    pub(super) term: TermIx,
    pub(super) word: Arc<str>,
    pub(super) language: Language,
    /// The document of its quotation: most others come later and need not look further.
    quoted: DocIx,
    pub(super) quotes: Quotes<1>,
}

/// A term on its way elsewhere; what it counts is counted again there, from the sentences.
pub(super) struct Told {
    pub(super) term: TermIx,
    /// Whether its number is that of the dictionary.
    pub(super) listed: bool,
    pub(super) word: Arc<str>,
    pub(super) language: Language,
    pub(super) quotes: Quotes<1>,
}

impl Terms {
    pub(super) fn new(engine: &Engine) -> Self {
        let entries = engine.segmenter.entries();
        Self {
            entries: entries as u32,
            met: vec![0; entries.div_ceil(64)],
            counters: vec![[0; 3]; entries],
            noted: vec![0; entries],
            stops: engine.rules.stopwords.values().flatten().map(|word| word.as_str().into()).collect(),
            ..Self::default()
        }
    }

    /// The number of a word, which must then be counted by [`Self::add_sentence`].
    #[inline]
    pub(super) fn number(&mut self, word: &Word<'_>) -> TermIx {
        let term = match word.entry {
            Some(entry) => TermIx(entry.0),
            None => self.other(word.text()),
        };
        if !self.is_known(term) {
            self.meet(term, word.text().into(), word.language);
        }
        term
    }

    #[inline]
    fn is_known(&self, term: TermIx) -> bool {
        self.met[term.0 as usize / 64] >> (term.0 % 64) & 1 != 0
    }

    /// A word outside the dictionary.
    fn other(&mut self, word: &str) -> TermIx {
        let term = self.entries + self.others.intern(word);
        if term as usize == self.counters.len() {
            self.counters.push([0; 3]);
            self.noted.push(0);
            self.met.resize((term as usize + 1).div_ceil(64), 0);
        }
        TermIx(term)
    }

    #[cold]
    fn meet(&mut self, term: TermIx, word: Arc<str>, language: Language) {
        self.met[term.0 as usize / 64] |= 1 << (term.0 % 64);
        self.noted[term.0 as usize] = self.notes.len() as u32;
        self.notes.push(TermNote { term, word, language, quoted: DocIx::MAX, quotes: Quotes::default() });
    }

    /// Counts the words among the tokens of a sentence; `quote` gives the sentence as quoted for a word.
    pub(super) fn add_sentence(&mut self, tokens: &[Spooled], document: DocIx, quote: impl Fn(&str) -> (Place, Quote)) {
        let late = document < self.newest;
        self.newest = self.newest.max(document);
        for term in tokens.iter().filter_map(|token| token.term()) {
            if self.count(term, document) && (self.counters[term.0 as usize][DF] == 1 || late) {
                let note = &mut self.notes[self.noted[term.0 as usize] as usize];
                if document < note.quoted {
                    note.quoted = document;
                    let (place, quoted) = quote(&note.word);
                    note.quotes.offer(place, || quoted);
                }
            }
        }
    }

    /// The terms that occur, in no particular order.
    pub(super) fn notes(&self) -> &[TermNote] {
        &self.notes
    }

    /// The same, to keep; their numbers stay.
    pub(super) fn take_notes(&mut self) -> Vec<TermNote> {
        std::mem::take(&mut self.notes)
    }

    /// All that is known of each term, to be taken elsewhere.
    pub(super) fn told(&mut self) -> impl Iterator<Item = Told> {
        let entries = self.entries;
        self.take_notes().into_iter().map(move |note| Told {
            term: note.term,
            listed: note.term.0 < entries,
            word: note.word,
            language: note.language,
            quotes: note.quotes,
        })
    }

    /// Takes in a term that was told elsewhere and has not come yet; its number here, unless it is not as it should be.
    pub(super) fn take_told(&mut self, told: Told) -> Option<TermIx> {
        let term = match told.listed {
            true => Some(told.term).filter(|term| term.0 < self.entries)?,
            false => self.other(&told.word),
        };
        if self.is_known(term) {
            return None;
        }
        self.meet(term, told.word, told.language);
        self.notes.last_mut()?.quotes = told.quotes;
        Some(term)
    }

    /// Counts the words among the tokens of a sentence whose terms came with their quotations.
    pub(super) fn recount(&mut self, tokens: &[Spooled], document: DocIx) {
        for term in tokens.iter().filter_map(|token| token.term()) {
            self.count(term, document);
        }
    }

    /// Counts a word; whether it is the first time in its document.
    #[inline]
    fn count(&mut self, term: TermIx, document: DocIx) -> bool {
        let counter = &mut self.counters[term.0 as usize];
        counter[TF] = counter[TF].wrapping_add(1);
        if counter[TF] == 0 {
            self.carried.push(term);
        }
        let first = counter[SEEN] != document + 1;
        if first {
            counter[SEEN] = document + 1;
            counter[DF] += 1;
        }
        first
    }

    /// Occurrences of a term.
    pub(super) fn tf(&self, term: TermIx) -> u64 {
        let carried = self.carried.iter().filter(|&&carried| carried == term).count() as u64;
        (carried << 32) + u64::from(self.counters[term.0 as usize][TF])
    }

    /// Documents with a term.
    pub(super) fn df(&self, term: TermIx) -> u64 {
        u64::from(self.counters[term.0 as usize][DF])
    }

    /// Whether a word is a stop word.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// Whether a word takes part in pairs: stop words and single characters stand beside everything.
    pub(super) fn forms_pairs(&self, word: &str) -> bool {
        word.chars().nth(1).is_some() && !self.stops.contains(word)
    }

    /// Gives the quotations to another worker; see [`Tally::hand_over`](super::Tally::hand_over).
    pub(super) fn hand_over(&mut self, to: &mut Self) {
        for note in &mut self.notes[self.handed..] {
            let term = if note.term.0 < self.entries { note.term } else { to.other(&note.word) };
            if !to.is_known(term) {
                to.meet(term, Arc::clone(&note.word), note.language);
            }
            let mine = &mut to.notes[to.noted[term.0 as usize] as usize];
            mine.quotes.merge(std::mem::take(&mut note.quotes));
            mine.quoted = mine.quoted.min(note.quoted);
        }
        self.handed = self.notes.len();
    }

    /// Takes in the terms of another worker; tells their numbers here.
    pub(super) fn merge(&mut self, other: Self) -> TermNumbers {
        let mut numbers = TermNumbers { entries: self.entries, others: vec![0; other.others.len()] };
        for note in other.notes {
            let theirs = note.term.0 as usize;
            let term = match note.term.0.checked_sub(self.entries) {
                None => note.term,
                Some(at) => {
                    let term = self.other(&note.word);
                    numbers.others[at as usize] = term.0;
                    term
                }
            };
            let mine = term.0 as usize;
            if !self.is_known(term) {
                self.meet(term, note.word, note.language);
            }
            let (sum, carries) = self.counters[mine][TF].overflowing_add(other.counters[theirs][TF]);
            self.counters[mine][TF] = sum;
            self.carried.extend(carries.then_some(term));
            self.carried.extend(other.carried.iter().filter(|&&carried| carried == note.term).map(|_| term));
            self.counters[mine][DF] += other.counters[theirs][DF];
            self.notes[self.noted[mine] as usize].quotes.merge(note.quotes);
        }
        numbers
    }
}

/// The numbers that another worker's terms have in this one.
pub(super) struct TermNumbers {
    entries: u32,
    others: Vec<u32>,
}

impl TermNumbers {
    /// The number here of a term there.
    pub(super) fn of(&self, term: u32) -> u32 {
        term.checked_sub(self.entries).map_or(term, |at| self.others[at as usize])
    }
}
