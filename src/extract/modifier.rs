//! Finds the word beside a number that says which side of it is meant: 超过, "not more than", 以上, 左右.
//!
//! The words stay outside the mention (GUIDELINES) and become its modifier. Longest first: "not less than"
//! holds "less than" and means the opposite.

use super::{
    mention::{Mention, Value},
    scan::ends_with_word,
};
use crate::{
    ruleset::{
        Ruleset,
        pattern::{WordTable, blank_length, literal_end},
    },
    value::{Extent, Kind, Modifier},
};

/// The words that modify numbers, from `[words.before]` and `[words.after]` of the figure files.
#[derive(Debug)]
pub(super) struct Modifiers {
    before: Vec<WordTable>,
    after: Vec<WordTable>,
}

impl Modifiers {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let tables = |name: &str| {
            ["zh.figure", "en.figure"]
                .iter()
                .filter_map(|file| rules.table(&format!("{file}.{name}")).cloned())
                .collect()
        };
        Self { before: tables("before"), after: tables("after") }
    }

    /// Sets the modifier of an amount or a length of time that has none yet.
    pub(super) fn apply(&self, text: &str, mention: &mut Mention) {
        if !matches!(mention.kind, Kind::Money | Kind::Percent | Kind::Figure | Kind::Duration) {
            return;
        }
        let slot = match &mut mention.value {
            // What lies on one side of a number says the side itself.
            Value::Amount(amount) if !matches!(amount.extent, Extent::Open(..)) => &mut amount.modifier,
            Value::Length(length) => &mut length.modifier,
            _ => return,
        };
        // 1400余万元以上: what stands outside says more than what stands inside.
        let found = self.behind(text, mention.span.end()).or_else(|| self.ahead(text, mention.span.start()));
        if let Some(modifier) = found {
            *slot = Some(modifier);
        }
    }

    fn ahead(&self, text: &str, start: usize) -> Option<Modifier> {
        let left = text[..start].trim_end_matches([' ', '\n']);
        self.before
            .iter()
            .flat_map(|t| &t.entries)
            .find(|(word, _)| ends_with_word(left, word))
            .and_then(|(_, code)| Modifier::from_code(code))
    }

    fn behind(&self, text: &str, end: usize) -> Option<Modifier> {
        let bytes = text.as_bytes();
        let at = end + blank_length(&bytes[end..]);
        self.after
            .iter()
            .flat_map(|t| &t.entries)
            .find(|(word, _)| literal_end(bytes, at, word).is_some())
            .and_then(|(_, code)| Modifier::from_code(code))
    }
}
