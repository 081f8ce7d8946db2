//! The pattern language of the rule files: words as they stand, holes for numbers and word lists.
//!
//! `{year}年{month}月[{day}日]` reads as it looks. Between the parts blanks are optional in Chinese
//! (8 月 11 日), and a blank in the pattern is any run of blanks, so nobody writes `\s*`. There is no
//! repetition, so that a pattern reads a bounded stretch of text and a rule cannot become slow.
//!
//! | in a pattern | means |
//! |---|---|
//! | `年`, `of the` | these characters (Latin letters in either case, at word boundaries) |
//! | `{month}`, `{to:month}` | a hole; the part before the colon names it where one kind is needed twice |
//! | `{year2}` | a hole of the kind `year` named `year2` |
//! | `[…]`, `[a\|b]` | may be missing |
//! | `(a\|b)` | one of these, the first that fits |
//! | `_` | an optional blank, where none would be allowed |
//! | `\\` | the next character as it is |

mod compile;
mod prefix;

pub use prefix::{Branch, Candidates, Prefixes, Start};

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::Name;
use crate::{
    text::eight,
    value::numeral::{Numeral, Style},
};

/// What may fill a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole {
    /// Any number.
    Number,
    /// A whole number written in digits or characters, without a scale word.
    Integer,
    /// Four digits, or four characters written digit by digit: 2016, 二〇一六.
    Year,
    /// A year in English words: "nineteen seventy-eight", "two thousand and five".
    SpokenYear,
    /// Two digits: 99.
    ShortYear,
    /// 1 to 200: a year of the Republic.
    RocYear,
    /// 101 to 130 in three digits or in characters, 112, 一一二 or 一百十二: a recent year of the Republic.
    RecentRocYear,
    /// 30 to 130 in characters, 六十八, 一百零八: an earlier one, or a recent one that is not said digit by digit.
    EarlyRocYear,
    /// Digits with a scale word from a million on: 1.41 billion.
    Scaled,
    /// A number in digits, with or without a scale word.
    Digits,
    /// Eight digits: 20240307.
    Compact,
    /// 1 to 12.
    Month,
    /// 1 to 31.
    Day,
    /// A short remark in round brackets: 1月1日（周四）至3日.
    Aside,
    /// One word of Latin letters: "500 grams of strawberries".
    Word,
    /// One of the words of a table.
    Words(usize),
}

impl Hole {
    const NAMES: [(&'static str, Self); 15] = [
        ("n", Self::Number),
        ("int", Self::Integer),
        ("year", Self::Year),
        ("spoken", Self::SpokenYear),
        ("yy", Self::ShortYear),
        ("roc", Self::RocYear),
        ("recent", Self::RecentRocYear),
        ("early", Self::EarlyRocYear),
        ("scaled", Self::Scaled),
        ("digits", Self::Digits),
        ("ymd", Self::Compact),
        ("month", Self::Month),
        ("day", Self::Day),
        ("aside", Self::Aside),
        ("word", Self::Word),
    ];

    fn fits(&self, numeral: &Numeral) -> bool {
        let plain = numeral.scale == 0 && numeral.modifier.is_none();
        let short = numeral.digits <= 2;
        match self {
            Self::Number => numeral.number.is_some() || numeral.between.is_some(),
            Self::Integer => plain && numeral.within(0, u32::MAX).is_some(),
            Self::Year => numeral.digits == 4 && numeral.within(1000, 2999).is_some(),
            Self::SpokenYear => numeral.style == Style::Words && numeral.within(1100, 2099).is_some(),
            Self::ShortYear => numeral.digits == 2,
            Self::Compact => numeral.digits == 8 && numeral.within(19_000_101, 20_991_231).is_some(),
            Self::RecentRocYear => {
                let spelt = plain && numeral.style == Style::Han && numeral.digits == 0;
                (numeral.digits == 3 || spelt) && numeral.within(101, 130).is_some()
            }
            Self::EarlyRocYear => {
                plain && numeral.style == Style::Han && numeral.digits == 0 && numeral.within(30, 130).is_some()
            }
            // A number with a letter for its scale is shorter and mostly a label: 800-63B.
            Self::Scaled => {
                numeral.style == Style::Arabic
                    && numeral.number.is_some()
                    && numeral.scale >= 6
                    && numeral.span.len() >= "2 million".len()
            }
            Self::Digits => numeral.style == Style::Arabic && numeral.number.is_some(),
            Self::RocYear => numeral.modifier.is_none() && numeral.within(1, 200).is_some(),
            Self::Month => plain && short && numeral.within(1, 12).is_some() && !matches!(numeral.style, Style::Words),
            Self::Day => plain && short && numeral.within(1, 31).is_some() && !matches!(numeral.style, Style::Words),
            Self::Words(_) | Self::Aside | Self::Word => false,
        }
    }
}

/// Words with their meanings, longest first.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    /// Word and meaning.
    pub entries: Vec<(Box<str>, Box<str>)>,
    /// Entries by the head of the word.
    by_head: FxHashMap<u32, Vec<Beginning>>,
}

impl WordTable {
    /// From words with meanings; `a|b` are two words of one meaning.
    #[must_use]
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut entries: Vec<(Box<str>, Box<str>)> = words
            .into_iter()
            .flat_map(|(spelling, code)| {
                spelling.split('|').map(|w| (Box::from(w), Box::from(code.as_str()))).collect::<Vec<_>>()
            })
            .collect();
        entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut by_head = FxHashMap::<_, Vec<Beginning>>::default();
        for (i, (word, _)) in (0..).zip(&entries) {
            by_head.entry(head(word.as_bytes())).or_default().push(Beginning::of(word, i));
        }
        Self { entries, by_head }
    }

    /// Calls back with each entry that stands at a place and with its end, the longest first, until it gets something.
    fn standing<T>(&self, text: &str, at: usize, mut each: impl FnMut(u16, usize) -> Option<T>) -> Option<T> {
        let bytes = text.as_bytes();
        let rest = bytes.get(at..)?;
        let said = eight(rest);
        let entries = heads(rest).filter_map(|head| self.by_head.get(&head)).flatten();
        entries.copied().find_map(|beginning| {
            let end = beginning.end(bytes, at, said, &self.entries[beginning.word as usize].0)?;
            each(beginning.word as u16, end)
        })
    }
}

/// What words are told apart by before they are compared: their first two bytes, of a Han character three, in lower case. A blank may
/// be longer in the text than in the word, so nothing behind one counts.
#[must_use]
pub fn head(bytes: &[u8]) -> u32 {
    let (first, second, third) = match bytes {
        [a @ 0xE0..=0xFF, b, c, ..] => (*a, *b, *c),
        [a, b' ' | b'\n', ..] => (*a, b' ', 0),
        [a, b, ..] => (*a, *b, 0),
        [a] => (*a, 0, 0),
        [] => (0, 0, 0),
    };
    u32::from_le_bytes([first.to_ascii_lowercase(), second.to_ascii_lowercase(), third, 0])
}

/// The heads of all words that may stand at the beginning of a text: of the longer ones, then of those of one byte.
pub fn heads(bytes: &[u8]) -> impl Iterator<Item = u32> {
    std::iter::once(head(bytes)).chain((bytes.len() > 1).then(|| head(&bytes[..1])))
}

#[derive(Clone, Debug)]
enum Step {
    Literal(Box<str>),
    /// At least one blank, or any number of them.
    Blank {
        required: bool,
    },
    Hole {
        hole: Hole,
        slot: u8,
    },
    /// Try the first, then the second.
    Either(usize, usize),
    Jump(usize),
    Done,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    steps: Vec<Step>,
    /// Names of the holes by slot.
    slots: Vec<Name>,
}

/// A mistake in a pattern, with its place in characters from the pattern's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 0.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to try.
    pub hint: Option<String>,
}

/// What fills a hole in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Filled {
    /// The numeral with this index.
    Numeral(u32),
    /// A word of a table.
    Word {
        /// The table.
        table: u16,
        /// Its entry.
        entry: u16,
    },
}

/// A match.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// One past its last byte.
    pub end: usize,
    filled: Vec<(u8, Filled)>,
}

/// What patterns match against.
pub struct Haystack<'a> {
    /// The text.
    pub text: &'a str,
    /// Its numerals, in order.
    pub numerals: &'a [Numeral],
    /// The word tables of the ruleset.
    pub tables: &'a [WordTable],
    /// The numeral asked for last: most patterns ask for the same or the next one.
    last: Cell<usize>,
    /// Words that were asked for, and whether the text holds them.
    held: RefCell<Vec<(Box<str>, bool)>>,
}

impl<'a> Haystack<'a> {
    /// A text with its numerals, which stand in text order.
    #[must_use]
    pub const fn new(text: &'a str, numerals: &'a [Numeral], tables: &'a [WordTable]) -> Self {
        Self { text, numerals, tables, last: Cell::new(0), held: RefCell::new(Vec::new()) }
    }

    /// Whether a word stands anywhere in the text; the text is searched once for each.
    #[must_use]
    pub fn holds(&self, word: &str) -> bool {
        let mut held = self.held.borrow_mut();
        if let Some((_, holds)) = held.iter().find(|(known, _)| **known == *word) {
            return *holds;
        }
        let holds = self.text.contains(word);
        held.push((word.into(), holds));
        holds
    }

    /// The numeral that starts at a byte.
    #[must_use]
    pub fn numeral_at(&self, at: usize) -> Option<u32> {
        let starts = |index: usize| self.numerals.get(index).map(|n| n.span.start());
        // Most ask for one near the last.
        let mut index = self.last.get();
        for _ in 0..4 {
            match starts(index) {
                Some(start) if start == at => {
                    self.last.set(index);
                    return u32::try_from(index).ok();
                }
                Some(start) if start < at => index += 1,
                _ if index > 0 && starts(index - 1).is_some_and(|start| start >= at) => index -= 1,
                _ => return None,
            }
        }
        let index = self.numerals.binary_search_by_key(&at, |n| n.span.start()).ok()?;
        self.last.set(index);
        u32::try_from(index).ok()
    }
}

impl Pattern {
    /// Compiles a pattern. `tables` gives the number of a word table by name; `spaced` is false for
    /// languages that write without blanks, where they are optional between all parts.
    ///
    /// # Errors
    /// A [`Mistake`] for an unknown hole or an unclosed bracket.
    pub fn new(source: &str, tables: &dyn Fn(&str) -> Option<usize>, spaced: bool) -> Result<Self, Mistake> {
        let (steps, slots) = compile::compile(source, tables, spaced)?;
        Ok(Self { steps, slots })
    }

    /// Where every match holds a number: the most bytes before the first one, blanks left out.
    #[must_use]
    pub fn before_number(&self, tables: &[WordTable]) -> Option<usize> {
        self.before_number_from(0, tables)
    }

    fn before_number_from(&self, step: usize, tables: &[WordTable]) -> Option<usize> {
        let after = |width: usize| Some(width + self.before_number_from(step + 1, tables)?);
        match &self.steps[step] {
            Step::Literal(literal) => after(literal.len()),
            Step::Blank { .. } => after(0),
            Step::Hole { hole: Hole::Words(table), .. } => {
                after(tables.get(*table)?.entries.iter().map(|(word, _)| word.len()).max()?)
            }
            Step::Hole { hole: Hole::Aside, .. } => after(LONGEST_ASIDE),
            Step::Hole { hole: Hole::Word, .. } => after(LONGEST_WORD),
            Step::Hole { .. } => Some(0),
            Step::Either(a, b) => Some(self.before_number_from(*a, tables)?.max(self.before_number_from(*b, tables)?)),
            Step::Jump(to) => self.before_number_from(*to, tables),
            Step::Done => None,
        }
    }

    /// Whether a match begins with the number that tells how many.
    #[must_use]
    pub fn counts(&self) -> bool {
        let first = match self.steps[0] {
            Step::Hole { slot, .. } => self.slots.get(usize::from(slot)).copied(),
            _ => None,
        };
        first == Some(Name::of("low")) || first == Some(Name::of("n")) && !self.has("low")
    }

    /// Whether a match starts at byte `at`; `found` then tells of it.
    pub fn match_at(&self, hay: &Haystack<'_>, at: usize, found: &mut Found) -> bool {
        found.filled.clear();
        let Some(end) = self.run(hay, 0, at, at, &mut found.filled) else { return false };
        // An optional last part leaves behind the blank before it.
        found.end = at + hay.text[at..end].trim_end_matches([' ', '\n']).len();
        true
    }

    /// What fills the hole of this name.
    #[must_use]
    pub fn hole(&self, found: &Found, name: Name) -> Option<Filled> {
        let slot = self.slots.iter().position(|&slot| slot == name)?;
        found.filled.iter().find(|(s, _)| usize::from(*s) == slot).map(|&(_, f)| f)
    }

    /// Whether the pattern has a hole of this name.
    #[inline(always)]
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.slots.contains(&Name::of(name))
    }

    fn run(
        &self,
        hay: &Haystack<'_>,
        mut step: usize,
        start: usize,
        mut at: usize,
        filled: &mut Vec<(u8, Filled)>,
    ) -> Option<usize> {
        let bytes = hay.text.as_bytes();
        loop {
            match &self.steps[step] {
                Step::Literal(literal) => at = literal_end(bytes, at, literal)?,
                Step::Blank { required } => {
                    let end = at + blank_length(&bytes[at..]);
                    if *required && end == at {
                        return None;
                    }
                    at = end;
                }
                Step::Hole { hole: Hole::Words(table), slot } => {
                    return hay.tables.get(*table)?.standing(hay.text, at, |entry, end| {
                        let depth = filled.len();
                        filled.push((*slot, Filled::Word { table: *table as u16, entry }));
                        let end = self.run(hay, step + 1, start, end, filled);
                        if end.is_none() {
                            filled.truncate(depth);
                        }
                        end
                    });
                }
                Step::Hole { hole: Hole::Aside, .. } => at = aside_end(hay.text, at)?,
                Step::Hole { hole: Hole::Word, .. } => at = word_end(bytes, at)?,
                Step::Hole { hole, slot } => {
                    let index = hay.numeral_at(at)?;
                    let numeral = &hay.numerals[index as usize];
                    // C919 is a name, but in USD115 and FY2024 the letters are parts of the pattern.
                    if !hole.fits(numeral) || (numeral.glued && at == start) {
                        return None;
                    }
                    filled.push((*slot, Filled::Numeral(index)));
                    at = numeral.span.end();
                }
                Step::Either(first, second) => {
                    let depth = filled.len();
                    if let Some(end) = self.run(hay, *first, start, at, filled) {
                        return Some(end);
                    }
                    filled.truncate(depth);
                    step = *second;
                    continue;
                }
                Step::Jump(to) => {
                    step = *to;
                    continue;
                }
                Step::Done => return Some(at),
            }
            step += 1;
        }
    }
}

/// The longest remark that a pattern may pass over, in bytes.
const LONGEST_ASIDE: usize = 60;

/// Where a remark in round brackets ends that begins at `at`.
fn aside_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let inside = rest.strip_prefix('（').or_else(|| rest.strip_prefix('('))?;
    let end = inside.find(['）', ')', '（', '(', '\n'])?;
    let close = inside[end..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    (end <= LONGEST_ASIDE).then(|| text.len() - inside.len() + end + close.len_utf8())
}

/// No word that a hole reads is longer, in bytes.
const LONGEST_WORD: usize = 24;

/// Where a word of Latin letters ends that begins here.
fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().take(LONGEST_WORD + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let whole = (2..=LONGEST_WORD).contains(&length) && !rest.get(length).is_some_and(u8::is_ascii_alphanumeric);
    whole.then_some(at + length)
}

/// Where `literal` ends if it stands at `at`: letters in either case, blanks of any length, whole words.
#[must_use]
#[inline]
pub fn literal_end(bytes: &[u8], at: usize, literal: &str) -> Option<usize> {
    let (wanted, said) = (literal.as_bytes(), bytes.get(at..)?);
    if let ([want @ 0..=0x7F, ..], [byte, ..]) = (wanted, said)
        && !want.eq_ignore_ascii_case(byte)
        && *want != b' '
    {
        return None;
    }
    // A character of three bytes has no other case.
    if let ([0xE0..=0xEF, second, third, ..], [_, b, c, ..]) = (wanted, said) {
        if b != second || c != third {
            return None;
        }
        if said.starts_with(wanted) && !wanted.last().is_some_and(u8::is_ascii_alphabetic) {
            return Some(at + wanted.len());
        }
    }
    whole_literal_end(bytes, at, literal)
}

fn whole_literal_end(bytes: &[u8], at: usize, literal: &str) -> Option<usize> {
    let wanted = literal.as_bytes();
    let first = *wanted.first()?;
    if first.is_ascii_alphabetic() && at > 0 && bytes[at - 1].is_ascii_alphabetic() {
        return None;
    }
    let mut end = at;
    for &want in wanted {
        if want == b' ' {
            let blank = blank_length(&bytes[end..]);
            if blank == 0 {
                return None;
            }
            end += blank;
        } else if bytes.get(end)?.eq_ignore_ascii_case(&want) {
            end += 1;
        } else {
            return None;
        }
    }
    let cut_word = wanted.last()?.is_ascii_alphabetic() && bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
    (!cut_word).then_some(end)
}

/// The first eight bytes of a word, up to a blank, in lower case, with a mask for those that it has: most words that do
/// not stand at a place are told by them.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    bytes: u64,
    mask: u64,
    /// Number of the word.
    word: u32,
    /// Its length where these are all of it, else 0.
    length: u8,
}

impl Beginning {
    fn of(word: &str, number: u32) -> Self {
        let known = word.as_bytes().iter().take(8).take_while(|byte| **byte != b' ').count();
        let mask = u64::MAX.checked_shr(64 - 8 * known as u32).unwrap_or(0);
        let length = if known == word.len() { known as u8 } else { 0 };
        Self { bytes: eight(word.as_bytes()) & mask, mask, word: number, length }
    }

    /// Where the word ends, if it stands at a place where the text says these eight bytes; see [`literal_end`].
    #[inline]
    fn end(self, bytes: &[u8], at: usize, said: u64, word: &str) -> Option<usize> {
        if said & self.mask != self.bytes {
            return None;
        }
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        match usize::from(self.length) {
            0 => literal_end(bytes, at, word),
            length => {
                let end = at + length;
                let cut = at > 0 && letter(at) && letter(at - 1) || letter(end) && letter(end - 1);
                (!cut).then_some(end)
            }
        }
    }
}

/// Length of the blanks at the start: spaces, and at most one line end among them.
#[must_use]
#[inline]
pub fn blank_length(bytes: &[u8]) -> usize {
    if matches!(bytes, [b' ' | b'\n', ..]) { blanks(bytes) } else { 0 }
}

fn blanks(bytes: &[u8]) -> usize {
    let mut ends = 0;
    let blank = |&&b: &&u8| {
        ends += usize::from(b == b'\n');
        (b == b' ' || b == b'\n') && ends < 2
    };
    bytes.iter().take_while(blank).count()
}

#[cfg(test)]
mod tests;
