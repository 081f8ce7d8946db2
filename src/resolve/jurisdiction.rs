//! Whose law a short title can be: "Privacy Act" is Australia's only in a text that speaks of Australia.
//!
//! Titles such as "Personal Data Protection Act" or "Computer Misuse Act" are common to many states, and a registry
//! holds them for a few. Without the state's name in the text the title names some law, but not that one.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::ruleset::Ruleset;

/// Which states a text speaks of, found out when it is asked.
#[derive(Default)]
pub(super) struct Spoken {
    known: RefCell<FxHashMap<String, bool>>,
}

impl Spoken {
    /// Whether the text holds a word for this state; true for those that have none in the rules.
    pub(super) fn of(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        if let Some(&known) = self.known.borrow().get(jurisdiction) {
            return known;
        }
        let words = rules.list("en.law.jurisdiction_words").iter().chain(rules.list("zh.law.jurisdiction_words"));
        let mut words = words.filter_map(|entry| entry.strip_prefix(jurisdiction)?.strip_prefix(' ')).peekable();
        let spoken = words.peek().is_none() || words.any(|word| text.contains(word));
        self.known.borrow_mut().insert(jurisdiction.to_owned(), spoken);
        spoken
    }
}
