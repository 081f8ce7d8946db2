//! Finds for each of what an amount is: "1,000 yuan per day", "$5 an hour", 80元/平方米, 每亩不超过20元.
//!
//! The words stay outside the mention and become its `per`. English ones stand in the list `rates` of
//! `rules/en/figure.toml`, Chinese ones in the tables `period` (behind a stroke) and `per` of `rules/zh/figure.toml`;
//! between 每亩 and its amount may stand modifiers and the words of the list `per_links`.

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
pub(super) struct Rates {
    /// Behind "per", an article or a stroke.
    behind: Vec<Box<str>>,
    /// 每亩
    each: Vec<Box<str>>,
    /// What may stand between 每亩 and the amount.
    links: Vec<Box<str>>,
}

impl Rates {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let list = |name: &str| rules.list(name).iter().map(|word| word.as_str().into()).collect::<Vec<Box<str>>>();
        let table = |name: &str| {
            let entries = rules.table(name).map_or(&[][..], |table| &table.entries);
            entries.iter().map(|(word, _)| word.clone()).collect::<Vec<_>>()
        };
        let longest_first = |mut words: Vec<Box<str>>| {
            words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            words
        };
        Self {
            behind: longest_first([list("en.figure.rates"), table("zh.figure.period")].concat()),
            each: longest_first(table("zh.figure.per")),
            links: longest_first([list("zh.figure.per_links"), table("zh.figure.before")].concat()),
        }
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
            let behind = self.behind(text.as_bytes(), mention.span.end(), article);
            let ahead = || self.ahead(&text[..mention.span.start()]).filter(|_| mention.kind == Kind::Money);
            amount.per = behind.or_else(ahead).map(Into::into);
        }
    }

    /// 每亩 in 每亩补助不超过: the last 每 of the clause and its noun, where nothing but linking words stands behind.
    fn ahead<'t>(&self, left: &'t str) -> Option<&'t str> {
        let near = &left[left.ceil_char_boundary(left.len().saturating_sub(FARTHEST))..];
        let from = near.rfind('每')?;
        let each = self.each.iter().find(|each| near[from..].starts_with(&***each))?;
        let mut between = near[from + each.len()..].trim_matches(' ');
        while !between.is_empty() {
            between = self.links.iter().find_map(|link| between.strip_prefix(&**link))?;
        }
        near.get(from..from + each.len())
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
        self.behind.iter().find(|word| literal_end(bytes, at, word).is_some()).map(|word| &**word)
    }
}

/// Bytes before an amount in which 每亩 must stand.
const FARTHEST: usize = 48;

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
            ("均价80元/平方米", Some("平方米")),
            ("每亩不超过20元", Some("每亩")),
            ("每户最高补助5000元", Some("每户")),
            ("每年新增投资5000元", None),
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
