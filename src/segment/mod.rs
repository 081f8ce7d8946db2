//! A document in pieces: sections that fit in memory, sentences with their language and place, words.
//!
//! Words are handed on one by one (a callback with the folded word and, for a Chinese one, its number in the
//! dictionary) and never kept in a list.

mod en;
mod folding;
mod outline;
mod section;
mod sentence;
#[allow(dead_code, reason = "build.rs uses the rest")]
mod trie;
mod zh;

pub use folding::{FoldingChoice, Simplifier};
pub use outline::{Locator, Outline};
pub use section::{SECTION_BYTES, sections};
pub use sentence::{Sentence, SentenceScanner};

use std::{borrow::Cow, ops::Range};

use memchr::memmem;

use self::folding::Folding;
use crate::{ruleset::Ruleset, text::Language};

/// Whether words outside the dictionary are guessed by the hidden Markov model of the Chinese segmenter.
///
/// Off by default; `docs/DESIGN.md` gives the measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownWords {
    /// Characters outside the dictionary stay single.
    Split,
    /// They are joined by the model.
    Guess,
}

/// Everything segmentation prepares once.
pub struct Segmenter {
    chinese: zh::Chinese,
    sentences: SentenceScanner,
    folding: Option<Folding>,
}

impl Segmenter {
    /// Loads the dictionary, the registry's titles and the word list.
    #[must_use]
    pub fn new(rules: &Ruleset, unknown: UnknownWords) -> Self {
        Self { chinese: zh::Chinese::new(rules, unknown), sentences: SentenceScanner::new(rules), folding: None }
    }

    /// The same, with words folded as chosen.
    #[must_use]
    pub fn folding(self, choice: &FoldingChoice) -> Self {
        Self { folding: (!choice.is_none()).then(|| Folding::new(choice)), ..self }
    }

    /// A term as it is counted.
    #[must_use]
    pub fn folded(&self, term: &str) -> String {
        self.folding.as_ref().map_or_else(|| term.to_owned(), |folding| folding.term(term))
    }

    /// Where a term, as it is counted, first stands in a text: as written, else in other letters' case.
    #[must_use]
    pub fn place_of(&self, text: &str, term: &str) -> Option<Range<usize>> {
        if let Some(folding) = &self.folding {
            return folding.places(text, term).into_iter().next();
        }
        let find = |text: &str| memmem::find(text.as_bytes(), term.as_bytes());
        let at = find(text).or_else(|| find(&text.to_ascii_lowercase()))?;
        Some(at..at + term.len())
    }

    /// All places of a term in a text, where terms are folded.
    #[must_use]
    pub fn folded_places(&self, text: &str, term: &str) -> Option<Vec<Range<usize>>> {
        self.folding.as_ref().map(|folding| folding.places(text, term))
    }

    /// The sentences of a text (a flow), in order; they cover all of it but blanks between them.
    pub fn sentences(&self, text: &str, each: impl FnMut(Sentence)) {
        self.sentences.scan(text, each);
    }

    /// Calls back with each word of a stretch of text: folded (lower case), without numbers and marks.
    pub fn words(&self, text: &str, scratch: &mut Scratch, mut each: impl FnMut(Word<'_>)) {
        let Some(folding) = &self.folding else { return self.words_as_written(text, scratch, &mut each) };
        let simplified = folding.simplified(text);
        let mut left_out = false;
        self.words_as_written(&simplified, scratch, &mut |word| {
            let folded = folding.word(word.text(), word.language);
            if !folding.counts(&folded, word.language) {
                left_out = true;
                return;
            }
            let gap = std::mem::take(&mut left_out);
            let bond = Bond { joined: word.bond.joined && !gap, ..word.bond };
            match &folded {
                Cow::Borrowed(same) if same.len() == word.text().len() => each(Word { bond, ..word }),
                folded => each(Word { source: folded, start: 0, end: folded.len() as u32, bond, ..word }),
            }
        });
    }

    fn words_as_written(&self, text: &str, scratch: &mut Scratch, each: &mut impl FnMut(Word<'_>)) {
        let (latin, han) = text
            .bytes()
            .fold((false, false), |(latin, han), b| (latin | is_latin(b), han | (0xE4..=0xE9).contains(&b)));
        if han && !latin {
            self.han_words(text, scratch, each);
            return;
        }
        for (run, language) in script_runs(text) {
            match language {
                Language::Zh => self.han_words(run, scratch, each),
                Language::En => en::words(run, &mut scratch.folded, &mut |text, _, bond| {
                    each(Word { source: text, start: 0, end: text.len() as u32, language, entry: None, bond });
                }),
            }
        }
    }

    fn han_words(&self, text: &str, scratch: &mut Scratch, each: &mut impl FnMut(Word<'_>)) {
        // Words are parts of the text, so the place where one ends is that where the next one begins.
        let mut behind = None;
        self.chinese.words(text, &mut scratch.chinese, &mut |source, start, end, entry| {
            let from = source.as_ptr().addr();
            let joined = behind == Some(from + start as usize);
            behind = Some(from + end as usize);
            let bond = Bond { joined, possessive: false };
            each(Word { source, start, end, language: Language::Zh, entry, bond });
        });
    }

    /// One more than the highest [`WordIx`].
    #[must_use]
    pub fn entries(&self) -> usize {
        self.chinese.size()
    }

    /// The same dictionary in jieba-rs, which our own cut is held against in tests and benches.
    #[must_use]
    pub fn jieba(&self) -> jieba_rs::Jieba {
        self.chinese.jieba()
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// What it is a part of, folded; it is cut out only for those who want to see it.
    source: &'t str,
    start: u32,
    end: u32,
    /// The language of its script.
    pub language: Language,
    /// Its number in the Chinese dictionary; the same number is the same word.
    pub entry: Option<WordIx>,
    /// How it is bound to its neighbours.
    pub bond: Bond,
}

/// What stands between a word and its neighbours; phrases are made of words that are bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bond {
    /// Nothing stands between it and the word before: no mark, number or mention; of an English one blanks or a hyphen.
    pub joined: bool,
    /// It stood with 's.
    pub possessive: bool,
}

impl<'t> Word<'t> {
    /// The word, folded.
    #[must_use]
    pub fn text(&self) -> &'t str {
        &self.source[self.start as usize..self.end as usize]
    }
}

/// A word of the Chinese dictionary by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordIx(pub u32);

/// Buffers that one call of [`Segmenter::words`] leaves to the next.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    chinese: zh::Scratch,
}

/// Whether a Latin letter begins with this byte.
const fn is_latin(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | 0xC3..=0xCF)
}

/// Stretches of Han characters and of everything else, in order. Marks and digits between two Han
/// characters stay with them.
fn script_runs(text: &str) -> impl Iterator<Item = (&str, Language)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let mut language = None;
        let mut end = at;
        while at < bytes.len() {
            let byte = bytes[at];
            let (width, script) = match byte {
                _ if is_latin(byte) => (if byte < 0x80 { 1 } else { 2 }, Some(Language::En)),
                0x00..=0x7F => (1, None),
                0xE3 if bytes.get(at + 1).is_some_and(|&b| b >= 0x90) => (3, Some(Language::Zh)),
                0xE4..=0xE9 => (3, Some(Language::Zh)),
                0xE0..=0xEF => (3, None),
                0xF0..=0xFF => (4, Some(Language::Zh)),
                _ => (2, None),
            };
            match (language, script) {
                (Some(l), Some(s)) if l != s => break,
                (None, Some(s)) => language = Some(s),
                _ => {}
            }
            at += width;
            end = at;
        }
        Some((&text[start..end.min(text.len())], language.unwrap_or(Language::En)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_put_the_text_back_together() {
        for text in ["", "GDP增长5.2%，其中A股", "The 《网络安全法》 of 2016", "𠮷野家 é ü —— 年"]
        {
            assert_eq!(script_runs(text).map(|(run, _)| run).collect::<String>(), text);
        }
        let runs: Vec<_> = script_runs("第5条 GDP增长").collect();
        assert_eq!(runs, [("第5条 ", Language::Zh), ("GDP", Language::En), ("增长", Language::Zh)]);
    }
}
