//! Tells whose 元 a text means: the new Taiwan dollar where it speaks of Taiwan in Taiwan's own characters.
//!
//! A law of Taiwan says 新臺幣 at its first fine and 元 from then on, or 元 alone under the name of its Republic; its
//! translation says "yuan". The words stand in the lists `taiwan` of the figure files; the Chinese ones are in traditional
//! characters, so a text of the mainland never has them. The list `taiwan_bare` holds the words that need them.

use memchr::memmem::Finder;

use super::{mention::Value, scan::Match};
use crate::{
    ruleset::Ruleset,
    value::{Amount, Unit},
};

/// The words that speak of Taiwan.
#[derive(Debug)]
pub(super) struct Taiwan {
    names: Vec<Finder<'static>>,
    bare: Vec<String>,
}

impl Taiwan {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let names = [rules.list("zh.figure.taiwan"), rules.list("en.figure.taiwan")].concat();
        let bare = [rules.list("zh.figure.taiwan_bare"), rules.list("en.figure.taiwan_bare")].concat();
        Self { names: names.iter().map(|word| Finder::new(word.as_bytes()).into_owned()).collect(), bare }
    }

    /// Where a text first speaks of Taiwan; a place behind all places if it never does.
    pub(super) fn named_at(&self, text: &str) -> usize {
        self.names.iter().filter_map(|word| word.find(text.as_bytes())).min().unwrap_or(usize::MAX)
    }

    /// The amount with its currency, where a bare 元 behind the place that names Taiwan is meant.
    pub(super) fn dollars(&self, found: &Match<'_>, value: Value, named_at: usize) -> Value {
        let bare = |word: &str| self.bare.iter().any(|bare| bare == word);
        match value {
            Value::Amount(amount)
                if named_at < found.start
                    && found.code("currency") == Some("CNY")
                    && found.word("currency").is_some_and(bare) =>
            {
                Value::Amount(Amount { unit: Unit::Currency("TWD".into()), ..amount })
            }
            other => other,
        }
    }
}
