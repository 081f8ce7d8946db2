//! Finds for each of what an English amount is: "1,000 yuan per day", "$5 an hour", "1.5 million barrels per day".
//!
//! The words stay outside the mention and become its `per`; they stand in the list `rates` of `rules/en/figure.toml`.

use super::mention::{Mention, Value};
use crate::{
    ruleset::{
        Ruleset,
        pattern::{blank_length, literal_end},
    },
    value::Kind,
};

/// The words that rates name, the longer before the shorter.
#[derive(Debug)]
pub(super) struct Rates(Vec<Box<str>>);

impl Rates {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let mut words: Vec<Box<str>> = rules.list("en.figure.rates").iter().map(|word| word.as_str().into()).collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Self(words)
    }

    /// Sets what an amount is for each of, where nothing has said it yet.
    pub(super) fn apply(&self, text: &str, mention: &mut Mention) {
        let article = match mention.kind {
            Kind::Money => true,
            Kind::Percent | Kind::Figure => false,
            _ => return,
        };
        let Value::Amount(amount) = &mut mention.value else { return };
        if amount.per.is_none() {
            amount.per = self.behind(text.as_bytes(), mention.span.end(), article).map(Into::into);
        }
    }

    fn behind(&self, bytes: &[u8], end: usize, article: bool) -> Option<&str> {
        let at = match bytes.get(end)? {
            b'/' => end + 1,
            b' ' | b'\n' => {
                let at = end + blank_length(&bytes[end..]);
                let links = if article { &["per", "a", "an", "for each", "for every"][..] } else { &["per"] };
                let link = links.iter().find_map(|link| literal_end(bytes, at, link))?;
                let gap = blank_length(&bytes[link..]);
                if gap == 0 {
                    return None;
                }
                link + gap
            }
            _ => return None,
        };
        self.0.iter().find(|word| literal_end(bytes, at, word).is_some()).map(|word| &**word)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        extract::{Extractor, Layers, Value},
        ruleset,
    };

    #[test]
    fn what_an_amount_is_for_each_of() {
        let rules = ruleset::load(None).unwrap();
        let extractor = Extractor::new(&rules);
        for (text, expected) in [
            ("a fine of 1,000 yuan per day", Some("day")),
            ("NT$200 per person", Some("person")),
            ("$5 an hour", Some("hour")),
            ("a capacity of 1.5 million barrels per day", Some("day")),
            ("3 yuan/ton", Some("ton")),
            ("it costs $5 a mile away", Some("mile")),
            ("it pays $5 and more", None),
            ("a tariff of 25 percent per se", None),
        ] {
            let found = extractor.extract(&rules, text, Layers::Top);
            let per = found.iter().find_map(|m| match &m.value {
                Value::Amount(amount) => amount.per.as_deref(),
                _ => None,
            });
            assert_eq!(per, expected, "{text}");
        }
    }
}
