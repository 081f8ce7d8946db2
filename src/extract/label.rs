//! Tells an English number that only labels from one that counts or dates: "Article 64 Minutes shall be taken",
//! "Resolutions 1718, 1874, 2087, and 2094", "the Three Mile Island plant".
//!
//! English puts the number of a division before whatever the division says, so a unit or a plural may seem to follow it.
//! The words stand in the lists `labels` and `divisions` of `rules/en/figure.toml`.

use super::{counted, date, scan};
use crate::{
    ruleset::Ruleset,
    value::{Kind, numeral::Style},
};

/// The word lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Labels {
    /// Sorted, in lower case.
    labels: Vec<String>,
    divisions: Vec<String>,
}

impl Labels {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let mut labels = rules.list("en.figure.labels").to_vec();
        labels.sort_unstable();
        Self { labels, divisions: rules.list("en.figure.divisions").to_vec() }
    }

    /// Whether a match of this kind is the number of something although its parts fit.
    pub(super) fn hold(&self, hit: &scan::Match<'_>, kind: Kind) -> bool {
        match kind {
            Kind::Date | Kind::DateRange => date::is_bare(hit) && self.lists(hit),
            Kind::Figure => self.divides(hit) || is_name(hit),
            Kind::Duration => self.divides(hit),
            _ => false,
        }
    }

    /// The last number of a list of labels, and no year.
    fn lists(&self, hit: &scan::Match<'_>) -> bool {
        let text = hit.hay.text;
        if hit.numeral("year").is_none_or(|year| year.span.start() != hit.start) {
            return false;
        }
        let listed = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\n');
        // A list of labels that is longer than this is none.
        let near = &text[text.floor_char_boundary(hit.start.saturating_sub(LONGEST_LIST))..hit.start];
        let mut left = near.trim_end_matches(listed);
        if let Some(before) = ["and", "or"].iter().find_map(|word| left.strip_suffix(word)) {
            let list = before.trim_end_matches(listed);
            if !before[list.len()..].contains(|c: char| c.is_ascii_digit()) {
                return false;
            }
            left = list;
        }
        let left = left.trim_end_matches('.');
        if counted::is_possessive(left) {
            return false;
        }
        let word = left[left.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..].to_ascii_lowercase();
        self.labels.binary_search(&word).is_ok()
    }

    /// The number of a division, and no minutes.
    fn divides(&self, hit: &scan::Match<'_>) -> bool {
        let left = hit.hay.text[..hit.start].trim_end_matches([' ', '\n']);
        hit.numeral("n")
            .or_else(|| hit.numeral("low"))
            .is_some_and(|n| n.style == Style::Arabic && n.span.start() == hit.start)
            && left.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.')
            && self.divisions.iter().any(|word| scan::ends_with_word(left, word))
    }
}

/// Bytes before a number in which a list of labels that it ends must begin.
const LONGEST_LIST: usize = 512;

/// Capitals in the middle of a sentence: "the Three Mile Island plant".
fn is_name(hit: &scan::Match<'_>) -> bool {
    let said = &hit.hay.text[hit.start..hit.end()];
    let mut words = said.split([' ', '-', '\n']);
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let left = hit.hay.text[..hit.start].trim_end_matches([' ', '\n']);
    hit.numeral("n").is_some_and(|n| n.style == Style::Words && n.span.start() == hit.start)
        && left.ends_with(|c: char| c.is_alphanumeric())
        && words.next().is_some_and(capital)
        && words.next_back().is_some_and(capital)
}
