//! Chinese words: the cut of jieba, by a trie of our own, with the registry's titles and our word list kept whole.
//!
//! Of all ways to cut a run of characters into words of the dictionary, the one whose words have the greatest
//! product of frequencies is taken, just as jieba does; `tests/dictionary.rs` holds both against each other. The
//! trie is walked from each character while the best cut of the rest is known, so no graph is kept, and a word is
//! handed on with its number, so that whoever counts need not hash it; frequent words have low numbers, so that what is
//! kept for them lies close together.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::{
    UnknownWords, WordIx,
    trie::{ADDED_FREQUENCY, Node, ROOT, Trie, is_added_title, is_han},
};
use crate::ruleset::Ruleset;

/// The dictionary.
pub(super) struct Chinese {
    trie: Trie,
    /// ln(frequency) − ln(sum of all), by rank; no word is infinitely rare. Frequencies are few, so the cache holds them.
    weights: Vec<f64>,
    /// The weight of a character that no word has.
    unknown: f64,
    /// Whether a character writes numbers, by code, and whether it is a Han character that does not.
    numerals: Vec<bool>,
    plain: Vec<bool>,
    /// Codes of the characters of the Basic Multilingual Plane that may stand in words, [`NO_WORD`] for the others.
    codes: Box<[u16; 0x1_0000]>,
    /// For words outside the dictionary, where they are wanted.
    guesser: Option<OnceLock<Jieba>>,
    added: Vec<Box<str>>,
}

/// Buffers of one call, for the next.
#[derive(Default)]
pub(super) struct Scratch {
    characters: Vec<Coded>,
    short: Vec<Short>,
    steps: Vec<Step>,
}

/// A character of a block.
#[derive(Clone, Copy)]
struct Coded {
    code: u16,
    /// Its first byte.
    start: u32,
}

/// The words of one and two characters from a character on.
#[derive(Clone, Copy)]
struct Short {
    /// Their weights.
    one: f64,
    two: f64,
    /// The number of the one.
    word: u32,
    /// Where the two lead on, and their number.
    node: Node,
}

/// The best cut from a character on.
#[derive(Clone, Copy, Default)]
struct Step {
    /// The logarithm of its probability.
    chance: f64,
    /// The character after its first word.
    end: u32,
    /// The number of its first word, 0 for a character no word has.
    word: u32,
}

/// The dictionary as `build.rs` laid it out, with the built-in words of our own. Lies at a multiple of 64 bytes, so that no
/// slot lies across two lines of the cache.
static DICTIONARY: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.trie")));

#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

impl Chinese {
    pub(super) fn new(rules: &Ruleset, unknown: UnknownWords) -> Self {
        let mut trie = Trie::from_bytes(&DICTIONARY.0).expect("build.rs wrote the dictionary");
        let titles = rules.registry.laws.iter().flat_map(|law| std::iter::once(&law.title_zh).chain(&law.aliases_zh));
        let titles = titles.map(|title| &**title).filter(|title| is_added_title(title));
        let added: Vec<Box<str>> = titles.chain(rules.words.iter().map(String::as_str)).map(Into::into).collect();
        let mut room = None;
        for word in &added {
            // Only an overlay has others than the built-in ones.
            if trie.frequency(word) != Some(ADDED_FREQUENCY) {
                trie.add(word, ADDED_FREQUENCY, &mut room);
            }
        }
        let total = trie.total();
        let total = (total as f64).ln();
        let weight = |n: u32| f64::from(n.max(1)).ln() - total;
        let ranked = trie.frequencies().iter().skip(1).map(|&n| weight(n));
        Self {
            weights: std::iter::once(f64::NEG_INFINITY).chain(ranked).collect(),
            unknown: weight(1),
            plain: trie.characters().iter().map(|&c| !NUMERALS.contains(c) && is_han(c)).collect(),
            numerals: trie.characters().iter().map(|&c| NUMERALS.contains(c)).collect(),
            codes: codes(&trie),
            trie,
            guesser: (unknown == UnknownWords::Guess).then(OnceLock::new),
            added,
        }
    }

    /// Calls back with each word of a stretch of Chinese text that begins with a Han character.
    pub(super) fn words<'t>(
        &self,
        text: &'t str,
        scratch: &mut Scratch,
        each: &mut impl FnMut(&'t str, u32, u32, Option<WordIx>),
    ) {
        if let Some(guesser) = &self.guesser {
            for token in guesser.get_or_init(|| self.jieba()).cut(text, true) {
                if token.word.starts_with(is_han) && !token.word.chars().all(|c| NUMERALS.contains(c)) {
                    each(token.word, 0, token.word.len() as u32, None);
                }
            }
            return;
        }
        let mut at = 0;
        while at < text.len() {
            let end = self.block(text, at, scratch);
            if end == at {
                let c = text[at..].chars().next().unwrap_or_default();
                if is_han(c) {
                    each(text, at as u32, (at + c.len_utf8()) as u32, None);
                }
                at += c.len_utf8();
                continue;
            }
            self.weigh(scratch);
            self.cut(text, scratch, each);
            at = end;
        }
    }

    /// Reads characters that words may consist of, from a place on; tells where they end.
    fn block(&self, text: &str, at: usize, scratch: &mut Scratch) -> usize {
        let bytes = text.as_bytes();
        scratch.characters.clear();
        let mut end = at;
        while end < bytes.len() {
            let (code, width) = match bytes[end..] {
                [a @ 0xE3..0xF0, b, c, ..] => {
                    let point = u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
                    (self.codes[usize::from(point)], 3)
                }
                [byte @ ..0x80, ..] => (self.codes[usize::from(byte)], 1),
                _ => {
                    let c = text[end..].chars().next().unwrap_or_default();
                    let code = match self.codes.get(c as usize) {
                        Some(&code) => code,
                        None if in_words(c) => 0,
                        None => NO_WORD,
                    };
                    (code, c.len_utf8())
                }
            };
            if code == NO_WORD {
                break;
            }
            scratch.characters.push(Coded { code, start: end as u32 });
            end += width;
        }
        // A last one that is no character says where the block ends.
        scratch.characters.push(Coded { code: 0, start: end as u32 });
        end
    }

    /// Finds the best cut of the block, from its end to its beginning.
    ///
    /// What a branch would depend on is mostly unforeseeable here. Most words have one or two characters, so these are
    /// looked up for all places first, where no step waits for another, and are compared without a branch.
    fn weigh(&self, scratch: &mut Scratch) {
        let Scratch { characters, short, steps } = scratch;
        short.clear();
        short.extend(characters.array_windows().map(|&[Coded { code, .. }, Coded { code: next, .. }]| {
            let first = self.trie.at(ROOT + usize::from(code), code);
            // Slot 0 is empty.
            let node = self.trie.at(if self.trie.may_begin(code, next) { first.child(next) } else { 0 }, next);
            Short { one: self.weights[first.rank()], two: self.weights[node.rank()], word: first.word, node }
        }));
        steps.clear();
        steps.resize(characters.len() + 1, Step::default());
        let (mut rest, mut behind) = (0.0, 0.0);
        for (from, &Short { one, two, word, node }) in short.iter().enumerate().rev() {
            let end = from as u32;
            let (one, two) = (one + rest, two + behind);
            let mut best = if two >= one {
                Step { chance: two, end: end + 2, word: node.word }
            } else {
                Step { chance: one, end: end + 1, word }
            };
            // Behind the last character stands the code 0, by which nothing leads on.
            let (mut node, mut last) = (node, from + 2);
            while let Some(&Coded { code, .. }) = characters.get(last)
                && node.may_lead_by(code)
            {
                node = self.trie.at(node.child(code), code);
                if node == Node::default() {
                    break;
                }
                last += 1;
                let chance = self.weights[node.rank()] + steps[last].chance;
                best = if chance >= best.chance { Step { chance, end: last as u32, word: node.word } } else { best };
            }
            if best.chance == f64::NEG_INFINITY {
                best = Step { chance: self.unknown + rest, end: end + 1, word: 0 };
            }
            steps[from] = best;
            (rest, behind) = (best.chance, rest);
        }
    }

    /// Hands on the words of the best cut. Letters and digits stand in blocks, too, but begin no Chinese word.
    fn cut<'t>(&self, text: &'t str, scratch: &Scratch, each: &mut impl FnMut(&'t str, u32, u32, Option<WordIx>)) {
        let mut at = 0;
        while at + 1 < scratch.characters.len() {
            let Step { end, word, .. } = scratch.steps[at];
            let end = end as usize;
            let (first, behind) = (scratch.characters[at], scratch.characters[end]);
            let says_number = || scratch.characters[at..end].iter().all(|said| self.numerals[usize::from(said.code)]);
            if self.plain[usize::from(first.code)]
                || !text.as_bytes()[first.start as usize].is_ascii() && !says_number()
            {
                each(text, first.start, behind.start, (word != 0).then_some(WordIx(word)));
            }
            at = end;
        }
    }

    /// One more than the highest number of a word.
    pub(super) const fn size(&self) -> usize {
        self.trie.size() as usize
    }

    /// The same dictionary in jieba-rs: it guesses words and is what our own cut is held against.
    pub(super) fn jieba(&self) -> Jieba {
        let mut jieba = Jieba::new();
        for word in &self.added {
            jieba.add_word(word, Some(ADDED_FREQUENCY as usize), None);
        }
        jieba
    }
}

/// The code of a character that ends every word.
const NO_WORD: u16 = u16::MAX;

fn codes(trie: &Trie) -> Box<[u16; 0x1_0000]> {
    let code = |c: u32| char::from_u32(c).filter(|&c| in_words(c)).map_or(NO_WORD, |c| trie.code(c));
    let codes: Box<[u16]> = (0..0x1_0000).map(code).collect();
    codes.try_into().expect("a code for each")
}

/// What jieba takes for a part of a word: Han characters, Latin letters, digits and the marks inside names.
fn in_words(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        _ => matches!(c,
            '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2A6DF}' | '\u{2A700}'..='\u{2CEAF}'
            | '\u{2CEB0}'..='\u{2EBEF}' | '\u{2F800}'..='\u{2FA1F}'
        ),
    }
}

/// A word of nothing but these says a number and is no term.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两萬億兩";
