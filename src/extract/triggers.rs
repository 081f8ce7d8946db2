//! Words that patterns can begin with, compared where `anchors` says that one may stand.
//!
//! Always true: every word that stands at one of the places is reported, those within others included; Latin letters
//! count in either case, and no word begins or ends inside a longer one.

use rustc_hash::FxHashMap;

use crate::ruleset::pattern::eight;

/// The first two characters of a word in lower case; NUL where there is one only.
type Start = (char, char);

/// The words with what each stands for.
#[derive(Debug)]
pub(super) struct Triggers<T> {
    by_start: FxHashMap<Start, Vec<Word<T>>>,
}

#[derive(Debug)]
struct Word<T> {
    word: Box<str>,
    /// Its first eight bytes, and a mask for those that it has.
    head: u64,
    mask: u64,
    meaning: T,
}

impl<T> Triggers<T> {
    /// From different words in lower case, none of them empty.
    pub(super) fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_start = FxHashMap::<Start, Vec<Word<T>>>::default();
        for (word, meaning) in words {
            let mut characters = word.chars();
            if let Some(first) = characters.next() {
                let start = (first, characters.next().unwrap_or('\0'));
                let mask = u64::MAX >> (64 - 8 * word.len().min(8));
                let (head, word) = (eight(word.as_bytes()), word.into_boxed_str());
                by_start.entry(start).or_default().push(Word { word, head, mask, meaning });
            }
        }
        Self { by_start }
    }

    /// The words themselves.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.by_start.values().flatten().map(|word| &*word.word)
    }

    /// Calls back with where a word begins and ends, and what it stands for, for all words at these places.
    pub(super) fn find(&self, text: &str, places: &[u32], mut each: impl FnMut(usize, usize, &T)) {
        let bytes = text.as_bytes();
        for &place in places {
            let start = place as usize;
            let mut characters = text[start..].chars();
            let Some(first) = characters.next() else { continue };
            if first.is_ascii_alphabetic() && start > 0 && bytes[start - 1].is_ascii_alphabetic() {
                continue;
            }
            let (first, second) = (first.to_ascii_lowercase(), characters.next().unwrap_or('\0').to_ascii_lowercase());
            let longer = self.by_start.get(&(first, second)).filter(|_| second != '\0');
            let said = eight(&bytes[start..]);
            for Word { word, head, mask, meaning } in
                longer.into_iter().chain(self.by_start.get(&(first, '\0'))).flatten()
            {
                if said & mask != *head {
                    continue;
                }
                let end = start + word.len();
                let stands = bytes.get(start..end).is_some_and(|said| said.eq_ignore_ascii_case(word.as_bytes()));
                let cut =
                    || bytes[end - 1].is_ascii_alphabetic() && bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
                if stands && !cut() {
                    each(start, end, meaning);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use aho_corasick::AhoCorasick;
    use proptest::prelude::*;

    use super::{super::anchors::Anchors, *};

    const WORDS: [&str; 9] = ["约", "约合", "百分之", "jan", "january", "$", "us$", "the first", "世纪"];

    fn found(text: &str) -> Vec<(usize, usize)> {
        let triggers = Triggers::new(WORDS.iter().zip(0..).map(|(word, n)| ((*word).to_owned(), n)));
        let mut found = Vec::new();
        let places = Anchors::new(triggers.words(), std::iter::empty()).find(text);
        triggers.find(text, &places.words, |at, _, &n| found.push((at, n)));
        found.sort_unstable();
        found
    }

    fn by_automaton(text: &str) -> Vec<(usize, usize)> {
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).unwrap();
        let bytes = text.as_bytes();
        let cut = |at: usize| {
            at > 0 && bytes[at - 1].is_ascii_alphabetic() && bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
        };
        let hits = automaton.find_overlapping_iter(text).filter(|hit| !cut(hit.start()) && !cut(hit.end()));
        let mut found: Vec<(usize, usize)> = hits.map(|hit| (hit.start(), hit.pattern().as_usize())).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn words_within_words_are_found_and_parts_of_words_are_not() {
        assert_eq!(found("约合US$5, January"), [(0, 0), (0, 1), (6, 6), (8, 5), (12, 4)]);
        assert_eq!(found("Janus, ajan"), []);
    }

    proptest! {
        #[test]
        fn an_automaton_finds_the_same(parts in prop::collection::vec(prop::sample::select(
            vec!["约", "合", "百分", "之", "Jan", "uary", "US", "$", "the ", "first", "世", "纪", " ", "é", "𠮷", "5"]), 0..40)) {
            let text = parts.concat();
            prop_assert_eq!(found(&text), by_automaton(&text));
        }
    }
}
