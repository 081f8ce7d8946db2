//! One pass over a text for all places where a word of a list may begin.
//!
//! Words that patterns begin with and titles of laws are thousands, and nearly nowhere does one stand. Of Latin text a
//! whole word at a time is looked at, of other text two characters in a row: hashed, they say so with one look into a
//! table that stays in the cache and one branch that is hardly ever taken.
//!
//! Always true: no place is left out; that one is given says nothing yet.

use crate::{ruleset::pattern::blank_length, text::Letters};

/// What the lists hold, by the first characters of their words.
#[derive(Debug)]
pub(super) struct Anchors {
    /// By the hash of the Latin letters that a word begins with.
    latin: Box<[u8; LATIN]>,
    /// By the hash of two Latin words in a row, for words of patterns that are two or need another behind.
    latin_pairs: Box<[bool; TABLE]>,
    /// ASCII characters with which words begin.
    ascii: [bool; 128],
    /// By the hash of two characters.
    pairs: Box<[u8; TABLE]>,
    /// By the hash of three, for words of patterns that have so many, since there are too many of them for two.
    triples: Box<[bool; TABLE]>,
    /// By the last bits of the character, for words that have no other.
    lone: Box<[u8; LONE]>,
}

/// First bytes of places, ascending.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Where a word with which a pattern begins may stand.
    pub(super) words: Vec<u32>,
    /// Where a known Chinese title may stand.
    pub(super) titles: Vec<u32>,
}

/// A word of one or two characters, or a Latin one with anything or nothing behind.
const WORD: u8 = 1;
const TITLE: u8 = 2;
/// A longer word, or a Latin one with another behind.
const LONG_WORD: u8 = 4;
/// A Latin word that counts only with one of some others behind; what is no Latin word may always follow.
const FOLLOWED: u8 = 8;
const TABLE: usize = 1 << 16;
const LATIN: usize = 1 << 15;
const LONE: usize = 1 << 12;

impl Anchors {
    /// From the words of patterns, each with those that must follow it, if not just anything may, and from titles; words
    /// of patterns are in lower case.
    pub(super) fn new<'w>(
        words: impl Iterator<Item = (&'w str, Option<Vec<&'w str>>)>,
        titles: impl Iterator<Item = &'w str>,
    ) -> Self {
        let mut anchors = Self {
            latin: table(),
            latin_pairs: table(),
            ascii: [false; 128],
            pairs: table(),
            triples: table(),
            lone: table(),
        };
        for (word, followers) in words {
            match followers.filter(|_| Letters::count(word.as_bytes()) == word.len()) {
                Some(followers) => anchors.add_followed(word, &followers),
                None => anchors.add(word, WORD),
            }
        }
        titles.for_each(|title| anchors.add(title, TITLE));
        anchors
    }

    fn add_followed(&mut self, word: &str, followers: &[&str]) {
        let first = Letters::of(word.as_bytes());
        self.latin[latin(first.head)] |= FOLLOWED;
        for second in followers.iter().map(|word| Letters::of(word.as_bytes())) {
            self.latin_pairs[latin_pair(first.head, second.head)] = true;
        }
    }

    fn add(&mut self, word: &str, class: u8) {
        let first = Letters::of(word.as_bytes());
        if first.length > 0 {
            let second = next_word(word.as_bytes(), first.length).filter(|_| class == WORD);
            if let Some(second) = second {
                self.latin_pairs[latin_pair(first.head, second.head)] = true;
            }
            self.latin[latin(first.head)] |= if second.is_some() { LONG_WORD } else { class };
            return;
        }
        if let Some(known) = word.bytes().next().and_then(|first| self.ascii.get_mut(usize::from(first))) {
            *known = true;
        }
        let mut characters = word.chars().map(fold);
        match (characters.next(), characters.next(), characters.next()) {
            (Some(first), Some(second), Some(third)) if class == WORD => {
                self.pairs[pair(first, second)] |= LONG_WORD;
                self.triples[triple(first, second, third)] = true;
            }
            (Some(first), Some(second), _) => self.pairs[pair(first, second)] |= class,
            (Some(lone), None, _) => self.lone[lone as usize % LONE] |= class,
            (None, ..) => {}
        }
    }

    /// All places of a text.
    pub(super) fn find(&self, text: &str) -> Places {
        let mut places = Places::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                at = self.look_at_word(bytes, at, &mut places);
                at += usize::from(bytes.get(at) == Some(&b' '));
                continue;
            }
            if self.ascii.get(usize::from(byte)) == Some(&false) {
                at += 1;
                continue;
            }
            let (mut first, mut width) = character(text, at);
            let (mut second, mut next) = character(text, at + width);
            // Up to the next Latin word.
            loop {
                let (third, behind) = character(text, at + width + next);
                self.look([first, second, third], at, &mut places);
                at += width;
                (first, width, second, next) = (second, next, third, behind);
                if first <= u32::from(b' ') || is_letter(first) {
                    break;
                }
            }
        }
        places
    }

    /// Takes note of a place if the Latin word there is one of those looked for; tells where it ends.
    #[inline]
    fn look_at_word(&self, bytes: &[u8], at: usize, places: &mut Places) -> usize {
        let word = Letters::of(&bytes[at..]);
        let end = at + word.length;
        let class = self.latin[latin(word.head)];
        if class != 0 {
            let followed = class & (LONG_WORD | FOLLOWED) != 0
                && match next_word(bytes, end) {
                    Some(second) => self.latin_pairs[latin_pair(word.head, second.head)],
                    None => class & FOLLOWED != 0,
                };
            if class & WORD != 0 || followed {
                places.words.push(at as u32);
            }
            if class & TITLE != 0 {
                places.titles.push(at as u32);
            }
        }
        end
    }

    /// Takes note of a place by three characters.
    #[inline]
    fn look(&self, [first, second, third]: [u32; 3], start: usize, places: &mut Places) {
        let class = self.pairs[pair(first, second)] | self.lone[first as usize % LONE];
        if class == 0 {
            return;
        }
        if class & WORD != 0 || class & LONG_WORD != 0 && self.triples[triple(first, second, third)] {
            places.words.push(start as u32);
        }
        if class & TITLE != 0 {
            places.titles.push(start as u32);
        }
    }
}

/// The Latin word behind the blanks that stand at a place.
#[inline]
fn next_word(bytes: &[u8], at: usize) -> Option<Letters> {
    let behind = at + blank_length(&bytes[at..]);
    Some(Letters::of(&bytes[behind..])).filter(|word| behind > at && word.length > 0)
}

/// The character at a place, folded, and its width; at the end a blank of no width. Most are Han characters of three
/// bytes or ASCII.
#[inline]
fn character(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes().get(at..) {
        // A line end is a blank.
        Some([b'\n', ..]) => (u32::from(b' '), 1),
        Some(&[byte @ ..0x80, ..]) => (u32::from(byte.to_ascii_lowercase()), 1),
        Some(&[a @ 0xE0..0xF0, b, c, ..]) => {
            (u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3)
        }
        _ => text[at..].chars().next().map_or((0, 0), |c| (fold(c), c.len_utf8())),
    }
}

fn table<T: Clone + Default, const SIZE: usize>() -> Box<[T; SIZE]> {
    vec![T::default(); SIZE].try_into().ok().expect("the size of the table")
}

/// Whether a folded character is a Latin letter.
const fn is_letter(c: u32) -> bool {
    c >= b'a' as u32 && c <= b'z' as u32
}

const fn fold(c: char) -> u32 {
    c.to_ascii_lowercase() as u32
}

const fn latin(word: u64) -> usize {
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49) as usize
}

const fn latin_pair(first: u64, second: u64) -> usize {
    ((first.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ second).wrapping_mul(0xC2B2_AE3D_27D4_EB4F) >> 48) as usize
}

const fn pair(first: u32, second: u32) -> usize {
    (first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77)) as usize >> 13 & (TABLE - 1)
}

const fn triple(first: u32, second: u32, third: u32) -> usize {
    pair(first.wrapping_mul(0xC2B2_AE35) ^ second, third)
}
