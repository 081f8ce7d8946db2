//! Tells whose 元 a text means: the new Taiwan dollar where it speaks of Taiwan in Taiwan's own characters.
//!
//! A law of Taiwan says 新臺幣 at its first fine and 元 from then on, or 元 alone under the name of its Republic; its
//! translation says "yuan". The words stand in the lists `taiwan` of the figure files; the Chinese ones are in traditional
//! characters, so a text of the mainland never has them. The list `taiwan_bare` holds the words that need them.

use std::cell::OnceCell;

use aho_corasick::AhoCorasick;

use super::{mention::Value, scan::Match};
use crate::{
    ruleset::Ruleset,
    value::{Amount, Unit},
};

/// The words that speak of Taiwan.
#[derive(Debug)]
pub(super) struct Taiwan {
    names: AhoCorasick,
    bare: Vec<String>,
}

impl Taiwan {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let names = [rules.list("zh.figure.taiwan"), rules.list("en.figure.taiwan")].concat();
        let bare = [rules.list("zh.figure.taiwan_bare"), rules.list("en.figure.taiwan_bare")].concat();
        Self { names: AhoCorasick::new(names).expect("few short words"), bare }
    }

    /// A text that may speak of Taiwan.
    pub(super) const fn read<'t>(&'t self, text: &'t str) -> Reading<'t> {
        Reading { taiwan: self, text, named_at: OnceCell::new() }
    }
}

/// A text; whether it speaks of Taiwan is looked for when a sum asks.
pub(super) struct Reading<'t> {
    taiwan: &'t Taiwan,
    text: &'t str,
    named_at: OnceCell<usize>,
}

impl Reading<'_> {
    /// Where the text first speaks of Taiwan; a place behind all places if it never does.
    fn named_at(&self) -> usize {
        *self.named_at.get_or_init(|| self.taiwan.names.find(self.text).map_or(usize::MAX, |name| name.start()))
    }

    /// The amount with its currency, where a bare 元 behind the place that names Taiwan is meant.
    pub(super) fn dollars(&self, found: &Match<'_>, value: Value) -> Value {
        let bare = |word: &str| self.taiwan.bare.iter().any(|bare| bare == word);
        match value {
            Value::Amount(amount)
                if found.code("currency") == Some("CNY")
                    && found.word("currency").is_some_and(bare)
                    && self.named_at() < found.start =>
            {
                Value::Amount(Amount { unit: Unit::Currency("TWD".into()), ..amount })
            }
            other => other,
        }
    }
}
