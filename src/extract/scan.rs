//! One pass over the text that says where each pattern could begin.
//!
//! Hundreds of rules tried at each place would cost as many passes. Every pattern names the words or the number it
//! can begin with; those words are looked for together, and numbers are already known. So a rule is tried only
//! where its first part stands, and a number only with the rules that fit the character behind it.

use rustc_hash::FxHashMap;

use super::triggers::Triggers;
use crate::{
    ruleset::{
        Rule, RuleId, Ruleset,
        pattern::{Filled, Follow, Found, Glance, Haystack, Pattern, Start, blank_length, literal_end},
    },
    value::{
        Kind, Number,
        numeral::{Numeral, Style},
    },
};

/// A pattern by rule and position in it.
type PatternAt = (u16, u16);

/// A pattern that begins with a number, and what the numerals around it must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NumberFirst {
    at: PatternAt,
    first: Glance,
    follow: Follow,
    /// The most bytes to the next numeral, blanks left out, where a match needs it.
    reach: Option<usize>,
    /// The number tells how many, so one that tells which (第三) will not do.
    counts: bool,
}

/// A pattern that begins with a word, and what must stand behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WordFirst {
    at: PatternAt,
    follow: Follow,
}

/// Patterns that begin alike, and what may stand behind the first part of any of them.
#[derive(Clone, Debug)]
struct Firsts<T> {
    follow: Follow,
    patterns: Vec<T>,
}

impl<T: PartialEq> Firsts<T> {
    fn new(mut patterns: Vec<T>, follow: impl Fn(&T) -> Follow) -> Self {
        patterns.dedup();
        Self { follow: patterns.iter().map(follow).fold(Follow::default(), Follow::or), patterns }
    }
}

/// All patterns of a ruleset, ready to be looked for.
#[derive(Debug)]
pub(super) struct Scanner {
    /// Patterns by the words that they begin with.
    words: Triggers<Firsts<WordFirst>>,
    /// Patterns that begin with a number, by the character behind it, and those that can go on with any.
    by_next: FxHashMap<char, Firsts<NumberFirst>>,
    by_number: Vec<NumberFirst>,
    kinds: Vec<Kind>,
}

/// A match with what it was matched by.
#[derive(Clone, Copy)]
pub(super) struct Match<'a> {
    /// The text and its numerals.
    pub(super) hay: &'a Haystack<'a>,
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Its number.
    pub(super) id: RuleId,
    /// Its kind.
    pub(super) kind: Kind,
    /// The pattern of the rule that matched.
    pub(super) pattern: &'a Pattern,
    /// What filled the holes.
    pub(super) found: &'a Found,
    /// First byte.
    pub(super) start: usize,
}

impl Scanner {
    /// Prepares the patterns of the rules that `wanted` picks.
    #[must_use]
    pub(super) fn new(rules: &Ruleset, wanted: impl Fn(&Rule) -> bool) -> Self {
        let mut texts: FxHashMap<String, Vec<WordFirst>> = FxHashMap::default();
        let mut by_next: FxHashMap<char, Vec<NumberFirst>> = FxHashMap::default();
        let mut by_number = Vec::new();
        for (r, rule) in (0..).zip(&rules.rules).filter(|(_, rule)| wanted(rule)) {
            let quantity = matches!(Kind::from_name(&rule.entry.kind), Some(Kind::Figure | Kind::Duration));
            for (p, pattern) in (0..).zip(&rule.patterns) {
                let counts = quantity && pattern.counts();
                let (first, reach) = (pattern.first(), pattern.reach(&rules.tables));
                for (start, follow) in pattern.starts(&rules.tables) {
                    let number_first = NumberFirst { at: (r, p), first, follow, reach, counts };
                    match start {
                        Start::Text(text) => {
                            // A longer phrase is rare enough.
                            let follow = if text.contains(' ') { Follow::ANY } else { follow };
                            for trigger in triggers(&text) {
                                texts.entry(trigger).or_default().push(WordFirst { at: (r, p), follow });
                            }
                        }
                        Start::NumberThen(c) => by_next.entry(c).or_default().push(number_first),
                        Start::Number => by_number.push(number_first),
                    }
                }
            }
        }
        let words = texts.into_iter().filter(|(text, _)| !text.is_empty());
        let mut words: Vec<(String, Firsts<WordFirst>)> =
            words.map(|(text, patterns)| (text, Firsts::new(patterns, |word| word.follow))).collect();
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let by_next = by_next.into_iter().map(|(next, all)| (next, Firsts::new(all, |number| number.follow))).collect();
        let kinds = rules.rules.iter().map(|r| Kind::from_name(&r.entry.kind).unwrap_or(Kind::Figure)).collect();
        Self { words: Triggers::new(words), by_next, by_number, kinds }
    }

    /// The words that patterns begin with.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.words()
    }

    /// Calls back with every match, in no particular order. `places` are those where one of the words may begin.
    pub(super) fn scan(
        &self,
        rules: &Ruleset,
        text: &str,
        numerals: &[Numeral],
        places: &[u32],
        mut each: impl FnMut(Match<'_>),
    ) {
        let hay = Haystack::new(text, numerals, &rules.tables);
        let mut found = Found::default();
        let bytes = text.as_bytes();
        let mut near = 0;
        self.words.find(text, places, |start, end, patterns| {
            let behind = end + blank_length(&bytes[end..]);
            near += numerals[near..].iter().take_while(|n| n.span.start() < start).count();
            let number = || numerals[near..].iter().map(|n| n.span.start()).find(|&at| at >= behind) == Some(behind);
            if !patterns.follow.allows(&bytes[behind..], number) {
                return;
            }
            for word in &patterns.patterns {
                if word.follow.allows(&bytes[behind..], number) {
                    self.attempt(rules, &hay, word.at, start, &mut found, &mut each);
                }
            }
        });
        for (index, numeral) in numerals.iter().enumerate() {
            let (start, end) = (numeral.span.start(), numeral.span.end());
            let after = end + blank_length(&bytes[end..]);
            let number_behind = || hay.numeral_at(after).is_some();
            let following = text[after..].chars().next().and_then(|next| self.by_next.get(&next));
            let following = following.filter(|all| all.follow.allows(&bytes[after..], number_behind));
            if following.is_none() && self.by_number.is_empty() {
                continue;
            }
            let (glance, which) = (Glance::at(numeral), tells_which(text, numeral));
            let gap = gap_behind(&hay, index);
            for first in following.into_iter().flat_map(|all| &all.patterns).chain(&self.by_number) {
                if first.first.meets(glance)
                    && !(first.counts && which)
                    && first.follow.allows(&bytes[after..], number_behind)
                    && first.reach.is_none_or(|reach| gap.is_some_and(|gap| gap <= reach))
                {
                    self.attempt(rules, &hay, first.at, start, &mut found, &mut each);
                }
            }
        }
    }

    fn attempt(
        &self,
        rules: &Ruleset,
        hay: &Haystack<'_>,
        (r, p): PatternAt,
        start: usize,
        found: &mut Found,
        each: &mut impl FnMut(Match<'_>),
    ) {
        let rule = &rules.rules[usize::from(r)];
        let pattern = &rule.patterns[usize::from(p)];
        if pattern.match_at(hay, start, found) && context_allows(rule, hay.text, start, found.end) {
            each(Match { hay, rule, id: RuleId(r), kind: self.kinds[usize::from(r)], pattern, found, start });
        }
    }
}

/// Characters between 第 and the last number of its label, at most.
const LONGEST_LABEL: usize = 16;

/// 第三 and 第34 tell which, not how many.
pub(super) fn tells_which(text: &str, numeral: &Numeral) -> bool {
    let left = text[..numeral.span.start()].trim_end_matches(' ');
    match numeral.style {
        Style::Han => left.ends_with(['第', '“', '「']),
        // 第34次, 第 2-1 條
        Style::Arabic => {
            let label = |c: &char| !(c.is_ascii_digit() || matches!(c, '-' | ' '));
            left.chars().rev().take(LONGEST_LABEL).find(label) == Some('第')
        }
        Style::Formal | Style::Words => false,
    }
}

/// Bytes between a numeral and the next one, blanks left out; far is far enough.
fn gap_behind(hay: &Haystack<'_>, index: usize) -> Option<usize> {
    let (this, next) = (hay.numerals.get(index)?, hay.numerals.get(index + 1)?);
    let gap = hay.text.as_bytes()[this.span.end()..next.span.start()].iter();
    Some(gap.filter(|&&b| b != b' ' && b != b'\n').take(FAR).count())
}

/// No pattern has so many bytes between two numbers.
const FAR: usize = 1 << 10;

/// What is looked for in the text to find words that a pattern begins with: the first two of them, since "the"
/// alone stands everywhere, with a blank or a line end between.
fn triggers(words: &str) -> Vec<String> {
    let words = words.to_ascii_lowercase();
    match words.match_indices(' ').nth(1).map_or(words.as_str(), |(at, _)| &words[..at]).split_once(' ') {
        Some((first, second)) => vec![format!("{first} {second}"), format!("{first}\n{second}")],
        None => vec![words],
    }
}

fn context_allows(rule: &Rule, text: &str, start: usize, end: usize) -> bool {
    let entry = &rule.entry;
    let after = |words: &[String]| {
        let at = end + blank_length(&text.as_bytes()[end..]);
        // A line end stands for the end of what is written.
        let ends = text[end..].trim_start_matches(' ').bytes().next().is_none_or(|b| b == b'\n');
        let stands =
            |at: usize, word: &str| if word == "\n" { ends } else { literal_end(text.as_bytes(), at, word).is_some() };
        words.iter().any(|word| stands(end, word) || at > end && stands(at, word))
    };
    let before = |words: &[String]| {
        let left = text[..start].trim_end_matches([' ', '\n']);
        words.iter().any(|w| ends_with_word(left, w))
    };
    (entry.followed_by.is_empty() || after(&entry.followed_by))
        && (entry.not_followed_by.is_empty() || !after(&entry.not_followed_by))
        && (entry.preceded_by.is_empty() || before(&entry.preceded_by))
        && (entry.not_preceded_by.is_empty() || !before(&entry.not_preceded_by))
}

/// Whether the text ends with these words, Latin letters in either case and not within a longer word.
#[must_use]
pub(super) fn ends_with_word(left: &str, word: &str) -> bool {
    let (bytes, wanted) = (left.as_bytes(), word.as_bytes());
    let Some(start) = bytes.len().checked_sub(wanted.len()) else { return false };
    bytes[start..].eq_ignore_ascii_case(wanted)
        && !(wanted.first().is_some_and(u8::is_ascii_alphabetic) && start > 0 && bytes[start - 1].is_ascii_alphabetic())
}

impl<'a> Match<'a> {
    /// One past the last byte.
    #[must_use]
    pub(super) const fn end(&self) -> usize {
        self.found.end
    }

    /// The numeral in a hole.
    #[must_use]
    pub(super) fn numeral(&self, name: &str) -> Option<&'a Numeral> {
        match self.pattern.hole(self.found, name)? {
            Filled::Numeral(i) => self.hay.numerals.get(i as usize),
            Filled::Word { .. } => None,
        }
    }

    /// The number in a hole: a numeral's, or a word's meaning.
    #[must_use]
    pub(super) fn number(&self, name: &str) -> Option<Number> {
        match self.numeral(name) {
            Some(numeral) => numeral.number,
            None => Number::parse(self.code(name)?),
        }
    }

    /// A small whole number in a hole.
    #[must_use]
    pub(super) fn int(&self, name: &str) -> Option<i16> {
        self.number(name)?.to_u32().and_then(|n| i16::try_from(n).ok())
    }

    /// The meaning of the word in a hole, or what the rule gives under this name.
    #[must_use]
    pub(super) fn code(&self, name: &str) -> Option<&'a str> {
        match self.pattern.hole(self.found, name) {
            Some(Filled::Word { table, entry }) => {
                Some(&self.hay.tables.get(usize::from(table))?.entries.get(usize::from(entry))?.1)
            }
            _ => self.rule.entry.with.get(name).map(String::as_str),
        }
    }

    /// Whether a word of one Latin letter, if that ends the match, is spelled as the table has it.
    #[must_use]
    pub(super) fn spelled(&self, name: &str) -> bool {
        let Some(Filled::Word { table, .. }) = self.pattern.hole(self.found, name) else { return true };
        match self.word(name).map(str::as_bytes) {
            Some([letter]) if letter.is_ascii_alphabetic() => {
                let said = self.hay.text.as_bytes()[self.end() - 1];
                let entries = self.hay.tables.get(usize::from(table)).map_or(&[][..], |table| &table.entries);
                !said.eq_ignore_ascii_case(letter) || entries.iter().any(|(word, _)| word.as_bytes() == [said])
            }
            _ => true,
        }
    }

    /// The words that fill a hole, as written.
    #[must_use]
    pub(super) fn word(&self, name: &str) -> Option<&'a str> {
        match self.pattern.hole(self.found, name)? {
            Filled::Word { table, entry } => {
                Some(&self.hay.tables.get(usize::from(table))?.entries.get(usize::from(entry))?.0)
            }
            Filled::Numeral(_) => None,
        }
    }
}
