//! Which instruments are called by their numbers: standards, acts of the European Union, orders of a president.
//!
//! 《冷链物流分类与基本要求》 is GB/T 28577-2024 where its number stands beside it, before and behind that place, too.
//!
//! Always true: a number is a normal form as extraction writes it.

use rustc_hash::FxHashMap;

use super::{EntityIx, Pass, title::fold};
use crate::{
    extract::{Mention, Value},
    ruleset::identifiers,
};

/// The numbers of standards by the keys of the titles beside which they stand; of several the first counts.
pub(super) fn standards(mentions: &[Mention]) -> FxHashMap<String, String> {
    let mut found = FxHashMap::default();
    for mention in mentions {
        if let Value::Law(name) = &mention.value
            && let Some(number) = name.number.as_ref().filter(|number| is_standard(number))
        {
            found.entry(fold(&name.title)).or_insert_with(|| number.clone());
        }
    }
    found
}

impl Pass<'_> {
    /// The law right beside which this number stands.
    pub(super) fn numbered(&self, norm: &str) -> Option<EntityIx> {
        self.out
            .iter()
            .rev()
            .take(4)
            .find(|r| matches!(&r.mention.value, Value::Law(name) if name.number.as_deref() == Some(norm)))
            .and_then(|r| r.entity)
    }
}

/// Whether a normal form is a standard's: Latin letters, a blank, digits.
pub(super) fn is_standard(norm: &str) -> bool {
    norm.split_once(' ').is_some_and(|(series, number)| {
        series.bytes().all(|b| b.is_ascii_uppercase() || b == b'/' || b.is_ascii_digit())
            && number.ends_with(|c: char| c.is_ascii_alphanumeric())
    }) && !norm.starts_with("EO")
}

/// Whether a normal form is the number by which an act of the European Union or of a president is called.
pub(super) fn is_act(norm: &str) -> bool {
    let union = || identifiers(norm).first().is_some_and(|first| first.starts_with("celex:"));
    ["Regulation (", "Directive ", "Decision (", "Recommendation (", "Executive Order ", "Proclamation "]
        .iter()
        .any(|word| norm.strip_prefix(word).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit())))
        && !norm.contains(',')
        || norm.is_ascii() && union()
}
