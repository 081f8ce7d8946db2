//! Tells whose 元 a text means: the new Taiwan dollar where it speaks of Taiwan in Taiwan's own characters, and so the
//! dollar of Hong Kong and the pataca of Macau.
//!
//! A law of Taiwan says 新臺幣 at its first fine and 元 from then on, or 元 alone under the name of its Republic; its
//! translation says "yuan". The words stand in the lists `taiwan`, `hong_kong` and `macau` of the figure files; the Chinese
//! ones are in traditional characters, so a text of the mainland never has them. The list `local_bare` holds the words
//! that need them. In a text that speaks of several places, the mainland among them (`mainland`), the one named last is meant.

use std::cell::OnceCell;

use aho_corasick::AhoCorasick;

use super::{mention::Value, scan::Match};
use crate::{
    ruleset::Ruleset,
    value::{Amount, Unit},
};

/// The places, each with the list of words that speak of it and its currency.
const PLACES: [(&str, &str); 4] = [("taiwan", "TWD"), ("hong_kong", "HKD"), ("macau", "MOP"), ("mainland", "CNY")];

/// The words that speak of a place with a currency of its own.
#[derive(Debug)]
pub(super) struct LocalCurrency {
    names: AhoCorasick,
    /// By name: the currency.
    codes: Vec<&'static str>,
    bare: Vec<String>,
}

impl LocalCurrency {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let both = |list: &str| ["zh", "en"].map(|language| rules.list(&format!("{language}.figure.{list}"))).concat();
        let (mut names, mut codes) = (Vec::new(), Vec::new());
        for (list, code) in PLACES {
            let words = both(list);
            codes.extend(words.iter().map(|_| code));
            names.extend(words);
        }
        Self { names: AhoCorasick::new(names).expect("few short words"), codes, bare: both("local_bare") }
    }

    /// A text that may speak of such a place.
    pub(super) const fn read<'t>(&'t self, text: &'t str) -> Reading<'t> {
        Reading { currency: self, text, named: OnceCell::new(), japanese: OnceCell::new() }
    }
}

/// A text; whether it speaks of such places is looked for when a sum asks.
pub(super) struct Reading<'t> {
    currency: &'t LocalCurrency,
    text: &'t str,
    named: OnceCell<Vec<(usize, &'static str)>>,
    japanese: OnceCell<bool>,
}

impl Reading<'_> {
    /// The currency of the place that the text has named last before a byte, or first at all.
    fn named(&self, before: usize) -> Option<&'static str> {
        let named = self.named.get_or_init(|| {
            let codes = &self.currency.codes;
            let found = self.currency.names.find_iter(self.text);
            found.filter_map(|name| Some((name.start(), *codes.get(name.pattern().as_usize())?))).collect()
        });
        let last = named.partition_point(|&(at, _)| at < before).saturating_sub(1);
        named.get(last).map(|&(_, code)| code)
    }

    /// Whether the text speaks of Japan and not of China.
    fn is_japanese(&self) -> bool {
        *self.japanese.get_or_init(|| {
            let says = |words: &[&str]| words.iter().any(|word| self.text.contains(word));
            says(&["Japan", "日本", "Tokyo"])
                && !says(&["China", "Chinese", "中国", "中國", "yuan", "RMB", "人民币", "人民幣"])
                && !says(&["Beijing", "Shanghai", "Guang", "Shenzhen", "北京", "上海", "广东", "廣東", "深圳"])
                && !says(&["市场监管", "市場監管", "国务院", "國務院", "人民法院"])
        })
    }

    /// The amount with its currency, where a bare 元 of the place that is named is meant.
    pub(super) fn localised(&self, found: &Match<'_>, value: Value) -> Value {
        let bare = |word: &str| self.currency.bare.iter().any(|bare| bare == word);
        // ¥ is the sign of the yen, too, in a text about Japan that never speaks of China.
        let sign = ["currency", "symbol"].iter().any(|hole| matches!(found.word(hole), Some("¥" | "￥")));
        match value {
            Value::Amount(amount) if sign && found.code("currency") == Some("CNY") && self.is_japanese() => {
                Value::Amount(Amount { unit: Unit::Currency("JPY".into()), ..amount })
            }
            Value::Amount(amount)
                if found.code("currency") == Some("CNY")
                    && found.word("currency").is_some_and(bare)
                    && let Some(code) = self.named(found.start) =>
            {
                Value::Amount(Amount { unit: Unit::Currency(code.into()), ..amount })
            }
            other => other,
        }
    }
}
