//! Finds for each of what an amount is: "1,000 yuan per day", "$5 an hour", 80元/平方米, 每亩不超过20元.
//!
//! The words stay outside the mention and become its `per`. English ones stand in the list `rates` of
//! `rules/en/figure.toml`, Chinese ones in the tables `period` (behind a stroke) and `per` of `rules/zh/figure.toml`;
//! between 每亩 and its amount may stand modifiers and the words of the list `per_links`.
//!
//! What is counted in each stretch of time is a rate, and the time a part of its unit: "9,000 visits per day" are 9000
//! visit/day, 每小时6次 are 6 次/小时 (the tables `rate_period` of both figure files).

use super::mention::{Mention, Value};
use crate::{
    ruleset::{
        Ruleset,
        pattern::{blank_length, literal_end},
    },
    value::{Kind, Unit},
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
    /// Words that say in each of what time, with the time: behind an English count, before a Chinese one.
    periods: Vec<(Box<str>, Box<str>)>,
    period_links: Vec<Box<str>>,
    /// Units that are no rate: 倍.
    no_rates: Vec<Box<str>>,
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
            periods: ["zh.figure.rate_period", "en.figure.rate_period"]
                .into_iter()
                .flat_map(|name| rules.table(name).map_or(&[][..], |table| &table.entries).to_vec())
                .collect(),
            period_links: longest_first([list("zh.figure.rate_links"), table("zh.figure.before")].concat()),
            no_rates: list("zh.figure.no_rates"),
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
            let bytes = text.as_bytes();
            let behind = self.behind(bytes, mention.span.end(), article).or_else(|| match &amount.unit {
                // "9,000 visits per day": the noun stands between.
                Unit::Of(noun) if mention.kind == Kind::Figure && noun.is_ascii() => {
                    self.behind(bytes, words_end(bytes, mention.span.end(), noun.split(' ').count())?, false)
                }
                _ => None,
            });
            let ahead = || self.ahead(&text[..mention.span.start()]).filter(|_| mention.kind == Kind::Money);
            amount.per = behind.or_else(ahead).map(Into::into);
        }
        if mention.kind == Kind::Figure
            && let Unit::Of(unit) = &amount.unit
            && !unit.contains('/')
            && !self.no_rates.contains(unit)
        {
            let period = match &amount.per {
                Some(per) => self.periods.iter().find(|(word, _)| word == per).map(|(_, period)| &**period),
                None => self.each_time(&text[..mention.span.start()]),
            };
            if let Some(period) = period {
                amount.unit = Unit::Of(format!("{unit}/{period}").into());
            }
        }
    }

    /// 每小时 in 每小时不得超过: the time right before a count, linking words left out.
    fn each_time(&self, left: &str) -> Option<&str> {
        let mut left = left.trim_end_matches(' ');
        for _ in 0..=MOST_LINKS {
            if let Some((_, period)) = self.periods.iter().find(|(word, _)| !word.is_ascii() && left.ends_with(&**word))
            {
                return Some(period);
            }
            left = self.period_links.iter().find_map(|link| left.strip_suffix(&**link))?.trim_end_matches(' ');
        }
        None
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

/// Where the next words end, as many as told.
fn words_end(bytes: &[u8], mut at: usize, words: usize) -> Option<usize> {
    for _ in 0..words {
        let start = at + blank_length(&bytes[at..]);
        let length =
            bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'\'')).count();
        if start == at || length == 0 {
            return None;
        }
        at = start + length;
    }
    Some(at)
}

/// How many words may stand between 每年 and its count.
const MOST_LINKS: usize = 2;

/// Bytes before an amount in which 每亩 must stand.
const FARTHEST: usize = 48;

#[cfg(test)]
mod tests {
    use crate::{
        extract::{Extractor, Layers, Value},
        ruleset,
    };

    #[test]
    fn the_time_of_a_rate_belongs_to_its_unit() {
        let rules = ruleset::load(None).unwrap();
        let extractor = Extractor::new(&rules);
        for (text, expected) in [
            ("it has 9,000 visits per day", "9000 visit/day"),
            ("最高车速不得超过每小时120公里", "120 公里/小时"),
            ("董事会会议每年至少召开1次", "1 次/年"),
            ("日均20万公斤", "200000 公斤"),
            ("每年提高2倍", "2 倍"),
            ("every year 300 schools open", "300 school"),
        ] {
            let found = extractor.extract(&rules, text, Layers::Top);
            let value = found.iter().find_map(|m| match &m.value {
                Value::Amount(amount) => Some(amount.to_string()),
                _ => None,
            });
            assert_eq!(value.as_deref(), Some(expected), "{text}");
        }
    }

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
