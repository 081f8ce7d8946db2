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
    /// The same of what falls, where the higher amount comes first.
    falling: Vec<String>,
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
            falling: list("falling"),
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

    /// Whether a bare number is one of two between which something rose or fell: "fell from 110 to 74", "from 95 in 2012 to 99 in 2020".
    pub(super) fn changed(&self, found: &Match<'_>) -> bool {
        let (left, right) = (&found.hay.text[..found.start], &found.hay.text[found.end()..]);
        let verb = |left: &str| {
            let left = left.trim_end_matches([' ', '\n']);
            let moves = |word: &str| has(&self.changing, word) || has(&self.falling, word);
            // "rose by 300 to 4,500"
            (ends_with_word(left, "from") || ends_with_word(left, "by"))
                && last_words(left, NEAR).any(|word| moves(&word.to_ascii_lowercase()))
        };
        let bare = |behind: &str| {
            let behind = behind.trim_start_matches([' ', '\n']);
            ["in", "by", "between", "over", "since", "during", "as", "and", "per", "last", "this", "at", "from"]
                .iter()
                .any(|word| behind.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\n'])))
                || behind.is_empty()
                || behind.starts_with(['.', ',', ';', ')', '('])
                    && !behind[1..].starts_with(|c: char| c.is_ascii_digit())
        };
        // "110 to 74 in", "95 in 2012 to 99."
        if verb(left) {
            return upper(right).is_some_and(bare);
        }
        let Some(before) = left.strip_suffix("to ") else { return false };
        let before = before.trim_end_matches([' ', '\n']);
        let before = before.strip_suffix(|c: char| c.is_ascii_digit()).map_or(before, |_| {
            let year = before.trim_end_matches(|c: char| c.is_ascii_digit());
            if before.len() - year.len() == 4 { year.strip_suffix(" in ").unwrap_or(before) } else { before }
        });
        let lower = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        lower.len() < before.len() && !is_year(&before[lower.len()..]) && verb(lower) && bare(right)
    }

    /// Whether "from" stands right before, and before that a word of change.
    pub(super) fn changing(&self, left: &str) -> bool {
        let left = left.trim_end_matches([' ', '\n']);
        ends_with_word(left, "from")
            && last_words(left, NEAR).any(|word| has(&self.changing, &word.to_ascii_lowercase()))
    }
}

/// What follows the upper one of two numbers: " in" behind " to 74 in", " in 2012 to 99 in".
fn upper(right: &str) -> Option<&str> {
    let dated = right.strip_prefix(" in ").and_then(|rest| rest.get(4..).filter(|_| is_year(&rest[..4])));
    let number = dated.unwrap_or(right).strip_prefix(" to ")?;
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest =
        rest.strip_prefix([',', '.']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < number.len() && !is_year(&number[..number.len() - rest.len()])).then_some(rest)
}

/// Whether a number of four digits may be a year of ours.
fn is_year(number: &str) -> bool {
    number.len() == 4 && number.parse().is_ok_and(|year| (1900..=2100).contains(&year))
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
