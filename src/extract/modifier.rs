//! Finds the word beside a number that says which side of it is meant: 超过, "not more than", 以上, 左右.
//!
//! The words stay outside the mention (GUIDELINES) and become its modifier. Longest first: "not less than"
//! holds "less than" and means the opposite.

use rustc_hash::FxHashMap;

use super::{
    mention::{Mention, Value},
    scan::ends_with_word,
};
use crate::{
    ruleset::{
        Ruleset,
        pattern::{blank_length, literal_end},
    },
    value::{Amount, Extent, Kind, Modifier, Unit},
};

/// The words that modify numbers, from `[words.before]` and `[words.after]` of the figure files: Chinese ones first,
/// the longer before the shorter, by the character beside the number in lower case.
#[derive(Debug)]
pub(super) struct Modifiers {
    before: Words,
    after: Words,
    /// 每小时 in 不超过每小时50公里, by their last character.
    periods: FxHashMap<char, Vec<Box<str>>>,
    /// Nouns that things stand under: "37 entities under 42 entries".
    headings: Vec<String>,
}

/// Words by a character, each with its meaning; 届满 in 有效期届满30日前 has none and hides the 满 in it.
type Words = FxHashMap<char, Vec<(Box<str>, Option<Modifier>)>>;

impl Modifiers {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let index = |name: &str, beside: fn(&str) -> Option<char>| {
            let mut index = Words::default();
            let tables = ["zh.figure", "en.figure"].map(|file| rules.table(&format!("{file}.{name}")));
            for (word, code) in tables.into_iter().flatten().flat_map(|table| &table.entries) {
                if let Some(beside) = beside(word) {
                    let entry = (word.clone(), Modifier::from_code(code));
                    index.entry(beside.to_ascii_lowercase()).or_default().push(entry);
                }
            }
            index
        };
        let mut periods: FxHashMap<char, Vec<Box<str>>> = FxHashMap::default();
        for (word, _) in rules.table("zh.figure.rate_period").into_iter().flat_map(|table| &table.entries) {
            if let Some(last) = word.chars().next_back() {
                periods.entry(last).or_default().push(word.clone());
            }
        }
        Self {
            before: index("before", |word| word.chars().next_back()),
            after: index("after", |word| word.chars().next()),
            periods,
            headings: rules.list("en.figure.headings").to_vec(),
        }
    }

    /// Sets the modifier of an amount or a length of time that has none yet.
    pub(super) fn apply(&self, text: &str, mention: &mut Mention) {
        if !matches!(mention.kind, Kind::Money | Kind::Percent | Kind::Figure | Kind::Duration) {
            return;
        }
        // 一年以上不满三年: the range has said which of its ends is left out.
        let range = match &mention.value {
            Value::Amount(amount) => matches!(amount.extent, Extent::Range(..)) && amount.modifier.is_some(),
            Value::Length(length) => matches!(length.parts[..], [(Extent::Range(..), _)]) && length.modifier.is_some(),
            _ => false,
        };
        if range {
            return;
        }
        let two_ends = match &mention.value {
            Value::Amount(amount) => matches!(amount.extent, Extent::Range(..)),
            Value::Length(length) => matches!(length.parts[..], [(Extent::Range(..), _)]),
            _ => false,
        };
        let under_heads = match &mention.value {
            Value::Amount(Amount { unit: Unit::Of(noun), .. }) => {
                self.headings.iter().any(|head| noun.rsplit(' ').next() == Some(head))
            }
            _ => false,
        };
        let slot = match &mut mention.value {
            // What lies on one side of a number says the side itself.
            Value::Amount(amount) if !matches!(amount.extent, Extent::Open(..)) => &mut amount.modifier,
            Value::Length(length) => &mut length.modifier,
            _ => return,
        };
        // 1400余万元以上: what stands outside says more than what stands inside.
        // "not less than NT$500 but not more than NT$20,000": a range says both sides itself.
        let ahead = || {
            let (word, side) = self.ahead(text, mention.span.start())?;
            side.filter(|side| !two_ends || *side == Modifier::Approx).filter(|_| word != "under" || !under_heads)
        };
        let found = self.behind(text, mention.span.end()).or_else(ahead);
        if let Some(modifier) = found {
            *slot = Some(modifier);
        }
    }

    fn ahead(&self, text: &str, start: usize) -> Option<(&str, Option<Modifier>)> {
        let mut left = text[..start].trim_end_matches([' ', '\n']);
        if let Some(words) = left.chars().next_back().and_then(|last| self.periods.get(&last)) {
            left = words.iter().find_map(|word| left.strip_suffix(&**word)).unwrap_or(left);
        }
        let beside = left.chars().next_back()?.to_ascii_lowercase();
        self.before
            .get(&beside)?
            .iter()
            .find(|(word, _)| ends_with_word(left, word))
            .map(|(word, modifier)| (&**word, *modifier))
    }

    fn behind(&self, text: &str, end: usize) -> Option<Modifier> {
        let bytes = text.as_bytes();
        let at = end + blank_length(&bytes[end..]);
        let beside = text[at..].chars().next()?.to_ascii_lowercase();
        let words = self.after.get(&beside)?;
        words.iter().find(|(word, _)| literal_end(bytes, at, word).is_some()).and_then(|(_, modifier)| *modifier)
    }
}
