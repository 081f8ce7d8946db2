//! Chinese words: the cut of jieba, by a trie of our own, with the registry's titles and our word list kept whole.
//!
//! Of all ways to cut a run of characters into words of the dictionary, the one whose words have the greatest
//! product of frequencies is taken, just as jieba does; `tests/dictionary.rs` holds both against each other. The
//! trie is walked from each character while the best cut of the rest is known, so no graph is kept, and a word is
//! handed on with the slot of the trie in which it ends, so that whoever counts need not hash it.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::{
    UnknownWords, WordIx,
    trie::{Room, Trie},
};
use crate::ruleset::Ruleset;

/// The dictionary.
pub(super) struct Chinese {
    trie: Trie,
    /// ln(frequency) − ln(sum of all), by the number of the frequency; first that of a character no word has.
    weights: Vec<f64>,
    /// Codes of the characters that write numbers.
    numerals: Vec<u16>,
    /// For words outside the dictionary, where they are wanted.
    guesser: Option<OnceLock<Jieba>>,
    added: Vec<Box<str>>,
}

/// Buffers of one call, for the next.
#[derive(Default)]
pub(super) struct Scratch {
    codes: Vec<u16>,
    starts: Vec<u32>,
    steps: Vec<Step>,
}

/// The best cut from a character on.
#[derive(Clone, Copy, Default)]
struct Step {
    /// The logarithm of its probability.
    chance: f64,
    /// The character after its first word.
    end: u32,
    /// The slot of its first word, 0 for a character no word has.
    slot: u32,
}

/// The dictionary as `build.rs` laid it out.
static DICTIONARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.trie"));
/// The sum of its frequencies.
const TOTAL: u64 = 60_101_964;
/// How often an added word is taken to occur: enough that it is not cut, little enough that the total, and
/// with it every other score, hardly moves.
const ADDED_FREQUENCY: u32 = 1_000;

impl Chinese {
    pub(super) fn new(rules: &Ruleset, unknown: UnknownWords) -> Self {
        let mut trie = Trie::from_bytes(DICTIONARY).expect("build.rs wrote the dictionary");
        let titles = rules.registry.laws.iter().flat_map(|law| std::iter::once(&law.title_zh).chain(&law.aliases_zh));
        let titles = titles.filter(|t| t.chars().count() >= 3 && t.chars().all(is_han));
        let added: Vec<Box<str>> = titles.chain(&rules.words).map(|word| word.as_str().into()).collect();
        let mut room = Room::of(trie.nodes());
        let mut total = TOTAL;
        for word in &added {
            total += u64::from(ADDED_FREQUENCY);
            total -= trie.add(word, ADDED_FREQUENCY, &mut room).map_or(0, u64::from);
        }
        let total = (total as f64).ln();
        let weight = |&n: &u32| f64::from(n.max(1)).ln() - total;
        Self {
            weights: trie.frequencies().iter().map(weight).collect(),
            numerals: NUMERALS.chars().map(|c| trie.code(c)).filter(|&code| code != 0).collect(),
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
        each: &mut impl FnMut(&'t str, Option<WordIx>),
    ) {
        if let Some(guesser) = &self.guesser {
            for token in guesser.get_or_init(|| self.jieba()).cut(text, true) {
                if token.word.starts_with(is_han) && !token.word.chars().all(|c| NUMERALS.contains(c)) {
                    each(token.word, None);
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
                    each(&text[at..at + c.len_utf8()], None);
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
        scratch.codes.clear();
        scratch.starts.clear();
        let bytes = text.as_bytes();
        let mut end = at;
        while let Some(&first) = bytes.get(end) {
            let (c, width) = match (first, bytes.get(end + 1), bytes.get(end + 2)) {
                (0x00..=0x7F, ..) => (u32::from(first), 1),
                (0xE0..=0xEF, Some(&second), Some(&third)) => {
                    ((u32::from(first) & 0xF) << 12 | (u32::from(second) & 0x3F) << 6 | u32::from(third) & 0x3F, 3)
                }
                _ => {
                    let c = text[end..].chars().next().unwrap_or_default();
                    (u32::from(c), c.len_utf8())
                }
            };
            let Some(c) = char::from_u32(c).filter(|&c| in_words(c)) else { break };
            scratch.codes.push(self.trie.code(c));
            scratch.starts.push(end as u32);
            end += width;
        }
        scratch.starts.push(end as u32);
        end
    }

    /// Finds the best cut of the block, from its end to its beginning.
    fn weigh(&self, scratch: &mut Scratch) {
        let Scratch { codes, steps, .. } = scratch;
        let nodes = self.trie.nodes();
        let unknown = self.weights[0];
        steps.clear();
        steps.resize(codes.len() + 1, Step::default());
        for from in (0..codes.len()).rev() {
            let mut best = Step { chance: unknown + steps[from + 1].chance, end: from as u32 + 1, slot: 0 };
            let mut known = false;
            let mut code = codes[from];
            let mut slot = usize::from(code);
            let mut end = from;
            while let Some(node) = nodes.get(slot).filter(|node| code != 0 && node.check() == code) {
                end += 1;
                if node.weight() != 0 {
                    let chance = self.weights[node.weight()] + steps[end].chance;
                    if !known || chance >= best.chance {
                        best = Step { chance, end: end as u32, slot: slot as u32 };
                        known = true;
                    }
                }
                match codes.get(end) {
                    Some(&next) if node.may_lead_by(next) => (code, slot) = (next, node.child(next)),
                    _ => break,
                }
            }
            steps[from] = best;
        }
    }

    /// Hands on the words of the best cut. Letters and digits stand in blocks, too, but begin no Chinese word.
    fn cut<'t>(&self, text: &'t str, scratch: &Scratch, each: &mut impl FnMut(&'t str, Option<WordIx>)) {
        let mut at = 0;
        while at < scratch.codes.len() {
            let Step { end, slot, .. } = scratch.steps[at];
            let end = end as usize;
            let (first, last) = (scratch.starts[at] as usize, scratch.starts[end] as usize);
            let said = &scratch.codes[at..end];
            if !text.as_bytes()[first].is_ascii() && !said.iter().all(|code| self.numerals.contains(code)) {
                each(&text[first..last], (slot != 0).then_some(WordIx(slot)));
            }
            at = end;
        }
    }

    /// One more than the highest number of a word.
    pub(super) fn size(&self) -> usize {
        self.trie.nodes().len()
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

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word of nothing but these says a number and is no term.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两萬億兩";
