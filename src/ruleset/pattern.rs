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
mod follow;

pub use follow::Follow;

use std::cell::Cell;

use rustc_hash::FxHashMap;

use crate::value::numeral::{Numeral, Style};

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
    /// Eight digits: 20240307.
    Compact,
    /// 1 to 12.
    Month,
    /// 1 to 31.
    Day,
    /// One of the words of a table.
    Words(usize),
}

impl Hole {
    const NAMES: [(&'static str, Self); 9] = [
        ("n", Self::Number),
        ("int", Self::Integer),
        ("year", Self::Year),
        ("spoken", Self::SpokenYear),
        ("yy", Self::ShortYear),
        ("roc", Self::RocYear),
        ("ymd", Self::Compact),
        ("month", Self::Month),
        ("day", Self::Day),
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
            Self::RocYear => numeral.modifier.is_none() && numeral.within(1, 200).is_some(),
            Self::Month => plain && short && numeral.within(1, 12).is_some() && !matches!(numeral.style, Style::Words),
            Self::Day => plain && short && numeral.within(1, 31).is_some() && !matches!(numeral.style, Style::Words),
            Self::Words(_) => false,
        }
    }
}

/// Kinds of holes that a numeral fits, a bit each; many patterns are sorted out by it before one is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance(u16);

impl Glance {
    /// What any numeral fits.
    const ANY: Self = Self(1 << 15);

    fn of(hole: &Hole) -> Self {
        Hole::NAMES.iter().position(|(_, named)| named == hole).map_or(Self::ANY, |bit| Self(1 << bit))
    }

    /// All that a numeral fits as the first part of a match; C919 is a name.
    #[must_use]
    pub fn at(numeral: &Numeral) -> Self {
        if numeral.glued {
            return Self::ANY;
        }
        let fitting = Hole::NAMES.iter().zip(0..).filter(|((_, hole), _)| hole.fits(numeral));
        Self(fitting.fold(Self::ANY.0, |all, (_, bit)| all | 1 << bit))
    }

    /// Whether the two have a kind in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Words with their meanings, longest first, grouped by first character.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    /// Word and meaning.
    pub entries: Vec<(Box<str>, Box<str>)>,
    by_first: FxHashMap<char, Vec<u16>>,
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
        let mut by_first: FxHashMap<char, Vec<u16>> = FxHashMap::default();
        for (i, (word, _)) in entries.iter().enumerate() {
            if let Some(first) = word.chars().next() {
                by_first.entry(first.to_ascii_lowercase()).or_default().push(u16::try_from(i).unwrap_or(u16::MAX));
            }
        }
        Self { entries, by_first }
    }
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
    slots: Vec<Box<str>>,
}

/// How a match can begin: what the scanner looks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// With these characters.
    Text(Box<str>),
    /// With a number that is followed by this character, blanks left out.
    NumberThen(char),
    /// With a number, whatever follows.
    Number,
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
}

impl<'a> Haystack<'a> {
    /// A text with its numerals, which stand in text order.
    #[must_use]
    pub const fn new(text: &'a str, numerals: &'a [Numeral], tables: &'a [WordTable]) -> Self {
        Self { text, numerals, tables, last: Cell::new(0) }
    }

    /// The numeral that starts at a byte.
    #[must_use]
    pub fn numeral_at(&self, at: usize) -> Option<u32> {
        let last = self.last.get();
        let near = (last..last + 2).find(|&i| self.numerals.get(i).is_some_and(|n| n.span.start() == at));
        let index = match near {
            Some(index) => index,
            None => self.numerals.binary_search_by_key(&at, |n| n.span.start()).ok()?,
        };
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

    /// What a numeral must be like that a match starts with, as far as a glance tells: one of these [`Glance`]s.
    #[must_use]
    pub fn first(&self) -> Glance {
        match &self.steps[0] {
            Step::Hole { hole: Hole::Words(_), .. } => Glance::ANY,
            Step::Hole { hole, .. } => Glance::of(hole),
            _ => Glance::ANY,
        }
    }

    /// Where every match begins with a number and holds another: the most bytes between the two, blanks left out.
    #[must_use]
    pub fn reach(&self, tables: &[WordTable]) -> Option<usize> {
        match self.steps[0] {
            Step::Hole { hole: Hole::Words(_), .. } => None,
            Step::Hole { .. } => self.farthest_number(1, tables),
            _ => None,
        }
    }

    fn farthest_number(&self, step: usize, tables: &[WordTable]) -> Option<usize> {
        let after = |width: usize| Some(width + self.farthest_number(step + 1, tables)?);
        match &self.steps[step] {
            Step::Literal(literal) => after(literal.len()),
            Step::Blank { .. } => after(0),
            Step::Hole { hole: Hole::Words(table), .. } => {
                after(tables.get(*table)?.entries.iter().map(|(word, _)| word.len()).max()?)
            }
            Step::Hole { .. } => Some(0),
            Step::Either(a, b) => Some(self.farthest_number(*a, tables)?.max(self.farthest_number(*b, tables)?)),
            Step::Jump(to) => self.farthest_number(*to, tables),
            Step::Done => None,
        }
    }

    /// Whether a match begins with the number that tells how many.
    #[must_use]
    pub fn counts(&self) -> bool {
        let first = match self.steps[0] {
            Step::Hole { slot, .. } => self.slots.get(usize::from(slot)).map_or("", |name| name),
            _ => "",
        };
        first == "low" || first == "n" && !self.has("low")
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
    pub fn hole(&self, found: &Found, name: &str) -> Option<Filled> {
        let slot = self.slots.iter().position(|s| &**s == name)?;
        found.filled.iter().find(|(s, _)| usize::from(*s) == slot).map(|&(_, f)| f)
    }

    /// Whether the pattern has a hole of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.slots.iter().any(|s| &**s == name)
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
                    let words = hay.tables.get(*table)?;
                    let first = hay.text.get(at..)?.chars().next()?.to_ascii_lowercase();
                    for &entry in words.by_first.get(&first)? {
                        let Some(end) = literal_end(bytes, at, &words.entries[usize::from(entry)].0) else { continue };
                        let depth = filled.len();
                        filled.push((*slot, Filled::Word { table: *table as u16, entry }));
                        if let Some(end) = self.run(hay, step + 1, start, end, filled) {
                            return Some(end);
                        }
                        filled.truncate(depth);
                    }
                    return None;
                }
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

    /// Every way in which a match can begin, and what then follows.
    #[must_use]
    pub fn starts(&self, tables: &[WordTable]) -> Vec<(Start, Follow)> {
        let mut starts = Vec::new();
        self.collect_starts(0, tables, &mut starts);
        starts.sort_by(|a, b| a.0.cmp(&b.0));
        starts.dedup_by(|next, first| {
            first.1 = if first.0 == next.0 { first.1.or(next.1) } else { first.1 };
            first.0 == next.0
        });
        starts
    }

    fn collect_starts(&self, step: usize, tables: &[WordTable], starts: &mut Vec<(Start, Follow)>) {
        match &self.steps[step] {
            Step::Literal(literal) => starts.push((Start::Text(literal.clone()), self.follow(step, tables))),
            Step::Blank { .. } => self.collect_starts(step + 1, tables, starts),
            Step::Hole { hole: Hole::Words(table), .. } => {
                if let Some(words) = tables.get(*table) {
                    let follow = self.follow(step, tables);
                    starts.extend(words.entries.iter().map(|(word, _)| (Start::Text(word.clone()), follow)));
                }
            }
            Step::Hole { .. } => match self.next_characters(step + 1, tables) {
                Some(next) => {
                    let follow = self.follow(step, tables);
                    starts.extend(next.into_iter().map(|next| (Start::NumberThen(next), follow)));
                }
                None => starts.push((Start::Number, Follow::ANY)),
            },
            Step::Either(a, b) => {
                self.collect_starts(*a, tables, starts);
                self.collect_starts(*b, tables, starts);
            }
            Step::Jump(to) => self.collect_starts(*to, tables, starts),
            Step::Done => {}
        }
    }

    /// The characters that can follow here, blanks left out; `None` where anything can.
    fn next_characters(&self, step: usize, tables: &[WordTable]) -> Option<Vec<char>> {
        match &self.steps[step] {
            Step::Literal(literal) => literal.chars().next().map(both_cases),
            Step::Blank { .. } => self.next_characters(step + 1, tables),
            Step::Hole { hole: Hole::Words(table), .. } => Some(
                tables.get(*table)?.entries.iter().filter_map(|(w, _)| w.chars().next()).flat_map(both_cases).collect(),
            ),
            Step::Hole { .. } | Step::Done => None,
            Step::Either(a, b) => {
                let mut next = self.next_characters(*a, tables)?;
                next.extend(self.next_characters(*b, tables)?);
                Some(next)
            }
            Step::Jump(to) => self.next_characters(*to, tables),
        }
    }
}

fn both_cases(c: char) -> Vec<char> {
    if c.is_ascii_alphabetic() { vec![c.to_ascii_lowercase(), c.to_ascii_uppercase()] } else { vec![c] }
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
