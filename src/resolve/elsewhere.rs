//! Whether a Chinese text can mean another state's law by a title that any state's may have: 《人工智能法》, 《隐私法》.
//!
//! 全国人大代表建议加快制定《人工智能法》 speaks of a law that China does not have yet, not of the one of the European Union that
//! carries this title.
//!
//! Always true: behind the name of its state, or with its name in English behind it, such a title is that state's.

use super::Names;
use crate::{
    extract::{LawName, law::wording::is_han},
    ruleset::Law,
    text::{Language, Span},
};

/// Longest title that says little, in characters.
const LONGEST: usize = 6;
/// By these a sentence speaks of lawmaking at home.
const HOME: [&str; 13] = [
    "我国",
    "我國",
    "本国",
    "中国",
    "全国人大",
    "人大代表",
    "全国政协",
    "政协委员",
    "国务院",
    "立法规划",
    "立法计划",
    "立法工作计划",
    "我们",
];
/// And by these behind the title.
const PLANNED: [&str; 3] = ["立法规划", "立法计划", "立法工作计划"];
/// So far behind the title they may stand, in bytes.
const NEAR: usize = 60;
/// Longest part of a sentence that is looked at, in bytes.
const SENTENCE: usize = 300;

impl Names<'_> {
    /// Whether a title is none of this foreign law here, though the law has it.
    pub(super) fn is_elsewhere(&self, span: Span, name: &LawName, law: &Law) -> bool {
        let state = &*law.jurisdiction;
        let title = name.title.as_str();
        let plain = title.chars().count() <= LONGEST
            && title.chars().all(is_han)
            && (title.ends_with('法') || title.ends_with("条例"));
        if name.language != Some(Language::Zh)
            || self.traditional
            || matches!(state, "CN" | "TW" | "HK" | "MO" | "INT")
            || !plain
            || name.defines.iter().any(|short| short.is_ascii())
            || self.index.states.opening(title).is_some()
        {
            return false;
        }
        if !self.spoken.of(state, self.text, self.rules) {
            return true;
        }
        let from = self.text.floor_char_boundary(span.start().saturating_sub(SENTENCE));
        let before = self.text[from..span.start()].rsplit(['。', '；', '\n', '！', '？']).next().unwrap_or_default();
        let last = |words: &mut dyn Iterator<Item = &str>| words.filter_map(|word| before.rfind(word)).max();
        let words = self.rules.list("zh.law.jurisdiction_words").iter();
        let mut own = words.filter_map(|entry| entry.strip_prefix(state)?.strip_prefix(' '));
        let (home, abroad) = (last(&mut HOME.into_iter()), last(&mut own));
        let behind = &self.text[span.end()..self.text.floor_char_boundary((span.end() + NEAR).min(self.text.len()))];
        let planned = abroad.is_none() && PLANNED.iter().any(|word| behind.contains(word));
        planned || home.is_some_and(|home| abroad.is_none_or(|abroad| abroad < home))
    }
}
