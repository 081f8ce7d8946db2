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
    spool::Place,
    tally::{Quotes, term_code},
};
use crate::{engine::Engine, segment::Word, text::Language};

/// The terms of one worker.
#[derive(Default)]
pub(super) struct Terms {
    /// Words of the Chinese dictionary: they have the numbers below.
    entries: u32,
    /// Words outside it.
    others: Lexicon,
    /// Occurrences, by term.
    tf: Vec<u64>,
    marks: Vec<Marks>,
    /// One for each term that occurs, in the order in which they came.
    notes: Vec<TermNote>,
    stops: FxHashSet<Box<str>>,
    /// Number of the sentence; after four thousand million of them a term may be listed once too few.
    sentence: u32,
    /// The last of the documents so far.
    newest: DocIx,
}

/// Of a term: the last sentence with it, one more than the last document with it, documents with it, its note.
type Marks = [u32; 4];
const SENTENCE: usize = 0;
const SEEN: usize = 1;
const DF: usize = 2;
const NOTE: usize = 3;

/// The number of no sentence: a term with it forms no pairs.
const NEVER: u32 = u32::MAX;

/// What is known of a term beside its numbers.
pub(super) struct TermNote {
    pub(super) term: TermIx,
    pub(super) word: Arc<str>,
    pub(super) language: Language,
    /// The document of its quotation: most others come later and need not look further.
    quoted: DocIx,
    pub(super) quotes: Quotes<1>,
}

impl Terms {
    pub(super) fn new(engine: &Engine) -> Self {
        let entries = engine.segmenter.entries();
        Self {
            entries: entries as u32,
            tf: vec![0; entries],
            marks: vec![[0; 4]; entries],
            stops: engine.rules.stopwords.values().flatten().map(|word| word.as_str().into()).collect(),
            ..Self::default()
        }
    }

    /// Counts a word; tells its number.
    pub(super) fn add(&mut self, word: &Word<'_>) -> TermIx {
        let term = match word.entry {
            Some(entry) => TermIx(entry.0),
            None => self.other(word.text()),
        };
        let tf = &mut self.tf[term.0 as usize];
        *tf += 1;
        if *tf == 1 {
            self.meet(term, word.text().into(), word.language);
        }
        term
    }

    /// A word outside the dictionary.
    fn other(&mut self, word: &str) -> TermIx {
        let term = self.entries + self.others.intern(word);
        if term as usize == self.tf.len() {
            self.tf.push(0);
            self.marks.push([0; 4]);
        }
        TermIx(term)
    }

    #[cold]
    fn meet(&mut self, term: TermIx, word: Arc<str>, language: Language) {
        let mark = &mut self.marks[term.0 as usize];
        mark[NOTE] = self.notes.len() as u32;
        mark[SENTENCE] = if forms_pairs(&word, &self.stops) { 0 } else { NEVER };
        self.notes.push(TermNote { term, word, language, quoted: DocIx::MAX, quotes: Quotes::default() });
    }

    /// Takes note of the sentence that these words are of. Those that form pairs go to the list, once each; `quote`
    /// gives the sentence as quoted for a word.
    pub(super) fn add_sentence(
        &mut self,
        words: &[TermIx],
        document: DocIx,
        list: &mut Vec<u32>,
        quote: impl Fn(&str) -> (Place, Quote),
    ) {
        self.sentence = (self.sentence + 1) % NEVER;
        let late = document < self.newest;
        self.newest = self.newest.max(document);
        for &term in words {
            let mark = &mut self.marks[term.0 as usize];
            if mark[SENTENCE] != self.sentence && mark[SENTENCE] != NEVER {
                mark[SENTENCE] = self.sentence;
                list.push(term_code(term));
            }
            if mark[SEEN] != document + 1 {
                mark[SEEN] = document + 1;
                mark[DF] += 1;
                if mark[DF] == 1 || late {
                    let note = &mut self.notes[mark[NOTE] as usize];
                    if document < note.quoted {
                        note.quoted = document;
                        let (place, quoted) = quote(&note.word);
                        note.quotes.offer(place, || quoted);
                    }
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

    /// Occurrences of a term.
    pub(super) fn tf(&self, term: TermIx) -> u64 {
        self.tf[term.0 as usize]
    }

    /// Documents with a term.
    pub(super) fn df(&self, term: TermIx) -> u64 {
        u64::from(self.marks[term.0 as usize][DF])
    }

    /// Whether a word is a stop word.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// Whether a word takes part in pairs: stop words and single characters stand beside everything.
    pub(super) fn forms_pairs(&self, word: &str) -> bool {
        forms_pairs(word, &self.stops)
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
            if self.tf[mine] == 0 {
                self.meet(term, note.word, note.language);
            }
            self.tf[mine] += other.tf[theirs];
            self.marks[mine][DF] += other.marks[theirs][DF];
            self.notes[self.marks[mine][NOTE] as usize].quotes.merge(note.quotes);
        }
        numbers
    }
}

fn forms_pairs(word: &str, stops: &FxHashSet<Box<str>>) -> bool {
    word.chars().nth(1).is_some() && !stops.contains(word)
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
