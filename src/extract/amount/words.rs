//! Words beside an amount that tell what it is not: pounds that weigh, a change from one amount to another.

use super::super::scan::{Match, ends_with_word};
use crate::ruleset::{
    Ruleset,
    pattern::{blank_length, literal_end},
};

/// Words of `rules/en/figure.toml` that tell what an amount is not.
#[derive(Debug)]
pub(in crate::extract) struct Words {
    /// Behind "pounds" that are a weight.
    pub(super) weigh: Behind,
    /// Behind a fraction that is no place in a row.
    pub(super) of: Behind,
    /// Behind "quarters" that are a share, and the longer ones behind those that are a time.
    pub(super) shared: Behind,
    pub(super) of_year: Behind,
    /// Before "pounds" that are a weight: "weighs more than 500 pounds".
    weighing: Vec<String>,
    /// Before "from 2 to 4 percent" that is a change and no range: "rose".
    changing: Vec<String>,
    /// Before the year whose prices are meant: "constant 2015 dollars".
    pub(super) pricing: Vec<String>,
    /// Before a number that is the year of a range: "in 2020 to 9 million".
    pub(super) dating: Vec<String>,
    /// Below one and other numbers alike: "one half", "three quarter".
    pub(super) parts: Vec<String>,
    /// Before "1430 hours" that are a time of the day.
    pub(super) clock: Vec<String>,
    /// 24/7 and 9/11.
    pub(super) slashed_names: Vec<String>,
}

impl Words {
    pub(in crate::extract) fn new(rules: &Ruleset) -> Self {
        let list = |name: &str| rules.list(&format!("en.figure.{name}")).to_vec();
        Self {
            weigh: Behind(list("weigh")),
            of: Behind(list("share_of")),
            shared: Behind(list("shared")),
            of_year: Behind(list("of_year")),
            weighing: list("weighing"),
            changing: list("changing"),
            pricing: list("pricing"),
            dating: list("dating"),
            parts: list("bare_parts"),
            clock: list("clock"),
            slashed_names: list("slashed_names"),
        }
    }
}

impl Words {
    pub(super) fn weighing(&self, left: &str) -> bool {
        last_words(left, NEAR).any(|word| has(&self.weighing, word))
    }

    /// Whether "from" stands right before, and before that a word of change.
    pub(super) fn changing(&self, left: &str) -> bool {
        let left = left.trim_end_matches([' ', '\n']);
        ends_with_word(left, "from")
            && last_words(left, NEAR).any(|word| has(&self.changing, &word.to_ascii_lowercase()))
    }
}

/// So many bytes before an amount are read.
const FARTHEST: usize = 256;

/// So many words before an amount tell what is done with it.
const NEAR: usize = 7;

/// The last words of a clause, the last one first.
fn last_words(left: &str, most: usize) -> impl Iterator<Item = &str> {
    let near = &left[left.ceil_char_boundary(left.len().saturating_sub(FARTHEST))..];
    let clause = near.rfind(['.', ';', '!', '?', ':']).map_or(near, |at| &near[at + 1..]);
    clause.rsplit([' ', '\n']).filter(|word| !word.is_empty()).take(most)
}

/// Words that may stand behind a match.
#[derive(Debug)]
pub(super) struct Behind(Vec<String>);

impl Behind {
    pub(super) fn stand_behind(&self, found: &Match<'_>) -> bool {
        let bytes = found.hay.text.as_bytes();
        let at = found.end() + blank_length(&bytes[found.end()..]);
        self.0.iter().any(|word| literal_end(bytes, at, word).is_some())
    }
}

pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|entry| entry == word)
}
