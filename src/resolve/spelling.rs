//! Titles as another country spells them: Uyghur Forced Labour Prevention Act, National Defence Mobilisation Law.
//!
//! Always true: a title that is there as it is written is never asked for in another spelling.

use rustc_hash::FxHashMap;

use crate::ruleset::Ruleset;

/// Words in British spelling and how America writes them.
#[derive(Debug, Default)]
pub(super) struct Spelling(FxHashMap<String, String>);

impl Spelling {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let pairs = rules.list("en.law.british_spelling").iter().filter_map(|entry| entry.split_once('='));
        Self(pairs.map(|(british, american)| (british.to_owned(), american.to_owned())).collect())
    }

    /// A word in small letters as America spells it.
    pub(super) fn word<'w>(&'w self, word: &'w str) -> &'w str {
        self.0.get(word).map_or(word, String::as_str)
    }

    /// A folded title as America spells it; `None` where it is written so.
    pub(super) fn american(&self, key: &str) -> Option<String> {
        if !key.is_ascii() || !key.split(' ').any(|word| self.0.contains_key(word)) {
            return None;
        }
        Some(key.split(' ').map(|word| self.word(word)).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_words() {
        let spelling = Spelling::new(&crate::ruleset::load(None).unwrap());
        assert_eq!(spelling.american("forced labour prevention act").as_deref(), Some("forced labor prevention act"));
        assert_eq!(spelling.american("forced labor prevention act"), None);
    }
}
