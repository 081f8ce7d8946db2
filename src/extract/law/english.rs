//! English titles and references; to come.

use crate::{extract::Mention, ruleset::Ruleset, value::numeral::Numeral};

pub(super) struct EnglishGrammar;

impl EnglishGrammar {
    pub(super) fn new(_rules: &Ruleset) -> Self {
        Self
    }

    pub(super) fn find(&self, _text: &str, _numerals: &[Numeral], _out: &mut Vec<Mention>) {}
}
