//! Words that patterns can begin with, compared where `anchors` says that one may stand.
//!
//! Always true: every word that stands at one of the places is reported, those within others included; Latin letters
//! count in either case, and no word begins or ends inside a longer one.

use rustc_hash::FxHashMap;

use crate::{
    ruleset::pattern::literal_end,
    text::{Letters, eight},
};

/// The words with what each stands for.
#[derive(Debug)]
pub(super) struct Triggers<T> {
    /// Words of Latin letters by the first eight of those they begin with.
    latin: FxHashMap<u64, Vec<Word<T>>>,
    /// Others by their first two characters, NUL where there is one only.
    others: FxHashMap<(char, char), Vec<Word<T>>>,
}

#[derive(Debug)]
struct Word<T> {
    word: Box<str>,
    /// Its first eight bytes up to a blank, and a mask for those that it has.
    head: u64,
    mask: u64,
    /// Whether it has a blank, which may be longer in the text.
    spaced: bool,
    meaning: T,
}

impl<T> Triggers<T> {
    /// From different words in lower case, none of them empty.
    pub(super) fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let (mut latin, mut others) = (FxHashMap::<_, Vec<_>>::default(), FxHashMap::<_, Vec<_>>::default());
        for (word, meaning) in words {
            let letters = Letters::of(word.as_bytes());
            let mut characters = word.chars();
            let Some(first) = characters.next() else { continue };
            let start = (first, characters.next().unwrap_or('\0'));
            let spaced = word.contains(' ');
            let known = word.find(' ').unwrap_or(word.len()).min(8);
            let mask = u64::MAX.checked_shr(64 - 8 * known as u32).unwrap_or(0);
            let head = eight(word.as_bytes()) & mask;
            let word = Word { word: word.into_boxed_str(), head, mask, spaced, meaning };
            match letters.length {
                0 => others.entry(start).or_default().push(word),
                _ => latin.entry(letters.head).or_default().push(word),
            }
        }
        Self { latin, others }
    }

    /// The words with what each stands for.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &T)> {
        self.latin.values().chain(self.others.values()).flatten().map(|word| (&*word.word, &word.meaning))
    }

    /// Calls back with where a word begins and ends, and what it stands for, for all words at these places; none of them
    /// may be inside a Latin word.
    pub(super) fn find(&self, text: &str, places: &[u32], mut each: impl FnMut(usize, usize, &T)) {
        let bytes = text.as_bytes();
        for &place in places {
            let start = place as usize;
            let letters = Letters::of(&bytes[start..]);
            if letters.length > 0 {
                let words = self.latin.get(&letters.head).map_or(&[][..], Vec::as_slice);
                words.iter().for_each(|word| word.look(bytes, start, &mut each));
                continue;
            }
            let fold = |c: char| if c == '\n' { ' ' } else { c.to_ascii_lowercase() };
            let mut characters = text[start..].chars().map(fold);
            let Some(first) = characters.next() else { continue };
            let second = characters.next().filter(|&second| second != '\0');
            for start_of in second.into_iter().chain(Some('\0')) {
                let words = self.others.get(&(first, start_of)).map_or(&[][..], Vec::as_slice);
                words.iter().for_each(|word| word.look(bytes, start, &mut each));
            }
        }
    }
}

impl<T> Word<T> {
    /// Calls back if the word stands at a place.
    #[inline]
    fn look(&self, bytes: &[u8], start: usize, each: &mut impl FnMut(usize, usize, &T)) {
        if eight(&bytes[start..]) & self.mask != self.head {
            return;
        }
        if self.spaced {
            if let Some(end) = literal_end(bytes, start, &self.word) {
                each(start, end, &self.meaning);
            }
            return;
        }
        let end = start + self.word.len();
        let stands = self.word.len() <= 8 && end <= bytes.len()
            || bytes.get(start..end).is_some_and(|said| said.eq_ignore_ascii_case(self.word.as_bytes()));
        let cut = || bytes[end - 1].is_ascii_alphabetic() && bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
        if stands && !cut() {
            each(start, end, &self.meaning);
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
        let places = Anchors::new(triggers.words().map(|(word, _)| (word, None)), std::iter::empty()).find(text);
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

    #[test]
    fn blanks_inside_a_word_may_be_longer_or_a_line_end() {
        for word in ["the first", "百 分之"] {
            let triggers = Triggers::new([(word.to_owned(), ())]);
            let anchors = Anchors::new(triggers.words().map(|(word, ())| (word, None)), std::iter::empty());
            for text in [word.to_owned(), word.replace(' ', "\n")] {
                let mut found = 0;
                triggers.find(&text, &anchors.find(&text).words, |_, end, ()| found += usize::from(end == text.len()));
                assert_eq!(found, 1, "{text:?}");
            }
        }
        assert_eq!(found("the  first"), [(0, 7)]);
    }

    proptest! {
        #[test]
        fn an_automaton_finds_the_same(parts in prop::collection::vec(prop::sample::select(
            vec!["约", "合", "百分", "之", "Jan", "uary", "US", "$", "the ", "first", "世", "纪", ",", "é", "𠮷", "5"]), 0..40)) {
            let text = parts.concat();
            prop_assert_eq!(found(&text), by_automaton(&text));
        }
    }
}
