//! Finds both ends of a range among its words: 2016年11月 and 2017年6月 in 2016年11月至2017年6月.
//!
//! The ends are parts of what the range says and no mentions of their own: whoever sums the layers would count three
//! periods where the text names one. So they stand beside the range, for those who ask for all layers.
//!
//! The words that join two ends stand in the lists `joins` of the date files, the first that is found first.

use super::{
    mention::{Mention, Said, Value},
    scan::ends_with_word,
};
use crate::{
    ruleset::{Ruleset, pattern::literal_end},
    text::Span,
    value::{Extent, When},
};

/// The words around the ends of a range.
#[derive(Debug)]
pub(super) struct Ends {
    /// Between the ends, in the order in which they are looked for.
    joins: Vec<String>,
    /// Before the lower end: 从, "between".
    openers: Vec<String>,
    /// Behind the upper end: 以下.
    closers: Vec<String>,
}

impl Ends {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let both =
            |name: &str| [rules.list(&format!("zh.date.{name}")), rules.list(&format!("en.date.{name}"))].concat();
        Self { joins: both("joins"), openers: both("openers"), closers: both("closers") }
    }

    /// Says of a range where its ends stand.
    pub(super) fn apply(&self, text: &str, mention: &mut Mention) {
        if !has_two_ends(&mention.value) {
            return;
        }
        let (start, said) = (mention.span.start(), &text[mention.span.range()]);
        let Some((left, right)) = self.joins.iter().find_map(|join| split(said, join)) else { return };
        let left =
            self.openers.iter().filter_map(|opener| strip_opener(left, opener)).min_by_key(|l| l.len()).unwrap_or(left);
        let right = self.closers.iter().find_map(|closer| right.strip_suffix(closer.as_str())).unwrap_or(right);
        let span = |part: &str| {
            let at = start + (part.as_ptr() as usize - said.as_ptr() as usize);
            Span::of(at, at + part.len())
        };
        mention.ends = Some(Box::new([span(left.trim()), span(right.trim())]));
    }
}

fn has_two_ends(value: &Value) -> bool {
    match value {
        Value::Time(timing) => matches!(
            timing.said,
            Said::Fixed(When::Interval(Some(_), Some(_))) | Said::Yearly(When::Interval(Some(_), Some(_)))
        ),
        Value::Amount(amount) => matches!(amount.extent, Extent::Range(..)),
        Value::Length(length) => matches!(length.parts[..], [(Extent::Range(..), _)]),
        _ => false,
    }
}

/// What stands before and behind a joining word; of several dashes (2018-12-30 - 2019-01-01) the middle one joins.
fn split<'t>(said: &'t str, join: &str) -> Option<(&'t str, &'t str)> {
    let says = |part: &str| part.contains(|c: char| c.is_alphanumeric());
    let places: Vec<usize> =
        said.match_indices(join.trim()).map(|(at, _)| at).filter(|&at| stands(said, at, join.trim())).collect();
    let at = *places.get(places.len() / 2)?;
    let (left, right) = (&said[..at], &said[at + join.trim().len()..]);
    (says(left) && says(right)).then_some((left, right))
}

/// Whether a joining word stands here as a whole word.
fn stands(said: &str, at: usize, join: &str) -> bool {
    literal_end(said.as_bytes(), at, join).is_some()
        && !(join.is_ascii() && said[..at].ends_with(|c: char| c.is_ascii_alphabetic()))
}

fn strip_opener<'t>(left: &'t str, opener: &str) -> Option<&'t str> {
    let trimmed = left.trim_start();
    let end = literal_end(trimmed.as_bytes(), 0, opener)?;
    ends_with_word(&trimmed[..end], opener).then_some(&trimmed[end..])
}

#[cfg(test)]
mod tests {
    use crate::{
        extract::{Extractor, Layers},
        ruleset,
    };

    #[test]
    fn both_ends_of_a_range() {
        let rules = ruleset::load(None).unwrap();
        let extractor = Extractor::new(&rules);
        for (text, expected) in [
            ("2016年11月至2017年6月实施", Some(["2016年11月", "2017年6月"])),
            ("时间从2016年至2018年", Some(["2016年", "2018年"])),
            ("处2万元以上10万元以下罚款", Some(["2万元", "10万元"])),
            ("满一年以上不满三年的", Some(["一年", "三年"])),
            ("held from January 15 to 16, 2019", Some(["January 15", "16, 2019"])),
            ("between March and May 2020", Some(["March", "May 2020"])),
            ("six months but no more than five years", Some(["six months", "five years"])),
            ("2018-12-30 - 2019-01-01", Some(["2018-12-30", "2019-01-01"])),
            ("为期两三年", None),
            ("2016年11月实施", None),
        ] {
            let found = extractor.extract(&rules, text, Layers::All);
            let ends = found.iter().filter(|m| m.kind != crate::value::Kind::Figure).find_map(|m| m.ends.as_ref());
            assert_eq!(ends.map(|ends| ends.map(|span| &text[span.range()])), expected, "{text}");
        }
    }
}
