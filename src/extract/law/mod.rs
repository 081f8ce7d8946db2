//! stub
use super::Mention;
use crate::{ruleset::Ruleset, value::numeral::Numeral};
/// stub
#[derive(Debug)]
pub struct LawGrammar;
impl LawGrammar {
    /// stub
    #[must_use]
    pub fn new(_rules: &Ruleset) -> Self { Self }
    /// stub
    pub fn find(&self, _text: &str, _numerals: &[Numeral], _out: &mut Vec<Mention>) {}
}
