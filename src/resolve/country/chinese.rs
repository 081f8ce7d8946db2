//! Whose law a Chinese text tells a title to be: 法国《民法典》, 印尼国会通过个人信息保护法, 泰国的《个人信息保护法》.
//!
//! The state stands right before the title, or its body and what that did with the law stand between.
//!
//! Always true: of two names that fit the longer one is meant (印度尼西亚, not 西亚), and a few words are looked at.

use rustc_hash::FxHashMap;

use super::super::{EntityIx, Link, Names, Tie, title::Lookup};
use crate::{
    extract::{LawName, law::wording::canonical_spelling},
    ruleset::Ruleset,
    text::Language,
};

/// What bodies do with laws.
const DEEDS: [&str; 13] =
    ["通过", "颁布", "公布", "出台", "制定", "制订", "修订", "修改", "实施", "施行", "发布", "推出", "通過"];
/// Between the state and the title.
const BODIES: [&str; 16] = [
    "国民议会",
    "联邦议院",
    "国民大会",
    "国会",
    "议会",
    "政府",
    "众议院",
    "参议院",
    "下议院",
    "上议院",
    "立法会",
    "当局",
    "总统",
    "內閣",
    "国家杜马",
    "国家立法会议",
];
const BETWEEN: [&str; 14] =
    ["现行", "現行", "修订后的", "修改后的", "新修订的", "最新", "新", "原", "的", "了", "已", "正式", "于", "在"];
/// Before a state that something is done to.
const TOWARDS: [char; 7] = ['对', '對', '向', '与', '同', '在', '和'];

/// The states by their Chinese names, each list by its last or first character.
#[derive(Debug, Default)]
pub(in crate::resolve) struct States {
    by_last: FxHashMap<char, Vec<Named>>,
    by_first: FxHashMap<char, Vec<Named>>,
}

/// A name and the code of its state.
type Named = (Box<str>, Box<str>);

impl States {
    /// From the lists of the rules; of one name in both the second is meant.
    pub(in crate::resolve) fn new(rules: &Ruleset) -> Self {
        let spoken = rules.list("zh.law.jurisdiction_words").iter().filter_map(|entry| entry.split_once(' '));
        let listed = rules.list("zh.law.countries").iter().filter_map(|entry| entry.split_once(' '));
        let words = listed.flat_map(|(state, words)| words.split(' ').map(move |word| (state, word)));
        // 陸方公布的《資料安全法》, 大陸《網路安全法》 in a text of Taiwan
        let mainland = ["大陸", "大陆", "陸方"].map(|word| ("CN", word));
        let mut states = Self::default();
        for (state, word) in mainland {
            let ends = word.chars().next_back().map(|last| states.by_last.entry(last).or_default());
            ends.into_iter().for_each(|list| list.push((word.into(), state.into())));
        }
        for (state, word) in spoken.chain(words) {
            let ends = word.chars().next_back().map(|last| states.by_last.entry(last).or_default());
            ends.into_iter().for_each(|list| list.push((word.into(), state.into())));
            let begins = word.chars().next().map(|first| states.by_first.entry(first).or_default());
            begins.into_iter().for_each(|list| list.push((word.into(), state.into())));
        }
        states
    }

    /// The state that is named right before a title, by its code.
    pub(in crate::resolve) fn told_before(&self, before: &str) -> Option<&str> {
        let mut rest = before;
        let mut done = false;
        for _ in 0..8 {
            if let Some((word, state)) = self.ending(rest) {
                let acted_on = done && rest[..rest.len() - word.len()].ends_with(TOWARDS);
                return (!acted_on).then_some(state);
            }
            let shorter = if let Some(left) = DEEDS.iter().find_map(|word| rest.strip_suffix(word)) {
                done = true;
                left
            } else if let Some(dated) = rest.strip_suffix(['年', '月', '日']) {
                // 日本2003年《个人信息保护法》, 美国国会一九四七年通过《国家安全法》
                dated.trim_end_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c))
            } else {
                let words = BETWEEN.iter().chain(done.then_some(&BODIES).into_iter().flatten());
                { words }.find_map(|word| rest.strip_suffix(word))?
            };
            rest = shorter.trim_end_matches(['《', '“', '’', ' ']);
        }
        None
    }

    /// The name that a text ends with, and its state.
    fn ending(&self, text: &str) -> Option<(&str, &str)> {
        longest(self.by_last.get(&text.chars().next_back()?)?, |word| text.ends_with(word))
    }

    /// The state with whose name a title begins, and the rest: 日本个人信息保护法.
    pub(in crate::resolve) fn opening<'t>(&self, title: &'t str) -> Option<(&str, &'t str)> {
        let (word, state) = longest(self.by_first.get(&title.chars().next()?)?, |word| title.starts_with(word))?;
        Some((state, &title[word.len()..]))
    }
}

fn longest(names: &[Named], fits: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let found = names.iter().filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len());
    found.map(|(word, state)| (&**word, &**state))
}

impl Names<'_> {
    /// 澳门《网络安全法》 in a text of the mainland: the row of that region, and never the mainland's law of the same title.
    pub(in crate::resolve) fn of_region_told(&mut self, state: &str, name: &LawName, key: &str) -> Option<Tie> {
        let region = match state {
            "HK" => "香港",
            "MO" => "澳门",
            _ => return None,
        };
        if self.traditional || name.language != Some(Language::Zh) {
            return None;
        }
        let tied = |entity: EntityIx, link| Some(Tie { entity: Some(entity), link, candidates: Vec::new() });
        if let Lookup::One(row, _) = self.index.lookup(&format!("{region}{key}")) {
            return tied(self.entities.listed(row), Link::Alias);
        }
        let Lookup::One(row, _) = self.index.lookup(key) else { return None };
        let law = self.rules.registry.law(row)?;
        let mainland = law.jurisdiction == "CN" && law.level != "constitution" && !law.title_zh.contains("特别行政区");
        if !mainland {
            return None;
        }
        let title = canonical_spelling(&name.title);
        tied(self.entities.unlisted(&format!("{state} {key}"), &title, Language::Zh), Link::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_before_a_title() {
        let states = States::new(&crate::ruleset::load(None).unwrap());
        for (before, state) in [
            ("参照法国", Some("FR")),
            ("印度尼西亚", Some("ID")),
            ("印尼国会通过了", Some("ID")),
            ("美国国会一九四七年七月通过", Some("US")),
            ("越南国会2018年通过的", Some("VN")),
            ("依據大陸", Some("CN")),
            ("陸方公布的", Some("CN")),
            ("日本2003年", Some("JP")),
            ("泰国现行的", Some("TH")),
            ("澳门", Some("MO")),
            ("国务院", Some("CN")),
            ("对美国实施", None),
            ("内蒙古", None),
            ("日本企业依照", None),
            ("会议通过", None),
            ("", None),
        ] {
            assert_eq!(states.told_before(before), state, "{before}");
        }
        assert_eq!(states.opening("日本个人信息保护法"), Some(("JP", "个人信息保护法")));
        assert_eq!(states.opening("网络安全法"), None);
    }
}
