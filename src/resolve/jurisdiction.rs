//! Whose law a short title can be: "Privacy Act" is Australia's only in a text that speaks of Australia.
//!
//! Titles such as "Personal Data Protection Act" or "Computer Misuse Act" are common to many states, and a registry
//! holds them for a few. Without the state's name in the text the title names some law, but not that one.

use std::cell::RefCell;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::country::States;
use crate::{extract::law::wording::is_han, ruleset::Ruleset};

/// The state that is named right before a title: 日本《个人信息保护法》, "Singapore's Cybersecurity Act".
pub(super) fn state_before<'r>(text: &str, start: usize, rules: &'r Ruleset, states: &'r States) -> Option<&'r str> {
    let before = &text[text.floor_char_boundary(start.saturating_sub(60))..start];
    let before = before.trim_end_matches(['《', '〈', '“', '"', '‘', '「', '『', ' ']);
    if before.ends_with(is_han) {
        return states.told_before(before);
    }
    let before = ["'s", "’s"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let last = before.rsplit([' ', '\n', '(', '（']).next().unwrap_or(before);
    let names = |entry: &&'r String| {
        let word = entry.split_once(' ').map_or("", |(_, word)| word).trim_end();
        if word.is_ascii() {
            // "CA Canad" stands for Canada, Canadian and Canada's.
            before.ends_with(word) && !before[..before.len() - word.len()].ends_with(char::is_alphanumeric)
                || !word.contains(' ') && last.starts_with(word) && last.len() <= word.len() + 3
        } else {
            before.ends_with(word)
        }
    };
    let words = rules.list("en.law.jurisdiction_words");
    words.iter().find(names).and_then(|entry| entry.split_once(' ')).map(|(state, _)| state)
}

/// States whose own laws have short titles as others have.
const STATES: [&str; 6] = ["AU", "CA", "CN", "TW", "UK", "US"];
/// States with acts, by whose titles nobody can tell them apart.
const ALIKE: [&str; 8] = ["AU", "CA", "HK", "IN", "SG", "TW", "UK", "US"];
/// More occurrences of a word are not counted.
const MOST: usize = 1_000;

/// Which states a text speaks of, and how often, found out when it is asked.
#[derive(Default)]
pub(super) struct Spoken {
    known: RefCell<FxHashMap<String, usize>>,
}

/// How much more often than one state another one may be named whose law a short title then rather is.
const OVERSHADOWED: usize = 4;

impl Spoken {
    /// Whether the text holds a word for this state; true for those that have none in the rules.
    pub(super) fn of(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        self.times(jurisdiction, text, rules) > 0
    }

    /// Whether a text speaks of America by its codes and agencies alone, and names none of the other states whose short titles are alike.
    pub(super) fn of_america_by_cue(&self, text: &str, rules: &Ruleset) -> bool {
        const CUES: &str = "cues of US";
        let known = self.known.borrow().get(CUES).copied();
        let cues = known.unwrap_or_else(|| usize::from(is_cued("en.law.america_cues", text, rules)));
        self.known.borrow_mut().insert(CUES.to_owned(), cues);
        cues > 0
    }

    /// Whether a text speaks of a state by bodies and names that others may speak of, too ("US firms", Ofcom), and names none of the
    /// states whose short titles are alike.
    pub(super) fn by_hints(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        let list = match jurisdiction {
            "US" => "en.law.america_hints",
            "UK" => "en.law.britain_hints",
            _ => return false,
        };
        let known = self.known.borrow().get(list).copied();
        let hints = known.unwrap_or_else(|| usize::from(is_cued(list, text, rules)));
        self.known.borrow_mut().insert(list.to_owned(), hints);
        hints > 0 && !self.of_alike(jurisdiction, text, rules)
    }

    /// Whether a text speaks of another one of the states whose acts have titles that are alike.
    pub(super) fn of_alike(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        ALIKE.iter().any(|state| *state != jurisdiction && self.times(state, text, rules) > 0)
    }

    /// Whether the text speaks of other states than this one.
    pub(super) fn of_others(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        let words = rules.list("en.law.jurisdiction_words").iter().chain(rules.list("zh.law.jurisdiction_words"));
        let mut states: Vec<&str> = words.filter_map(|entry| entry.split_once(' ')).map(|(state, _)| state).collect();
        states.sort_unstable();
        states.dedup();
        // China's laws speak of Hong Kong and Macao.
        let own = |state: &str| state == jurisdiction || jurisdiction == "CN" && matches!(state, "HK" | "MO");
        states.into_iter().any(|state| !own(state) && self.times(state, text, rules) > 0)
    }

    /// Whether another state is spoken of so much more often that a short title is rather one of its own: "Criminal Code" and
    /// "Privacy Act" in an act of Canada.
    pub(super) fn overshadowed(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> bool {
        let own = self.times(jurisdiction, text, rules);
        // Taiwan's texts name China as often as their own republic.
        if jurisdiction == "CN" && self.times("TW", text, rules) >= own.max(1) {
            return true;
        }
        STATES.iter().any(|state| *state != jurisdiction && self.times(state, text, rules) > OVERSHADOWED * own)
    }

    /// Whether a state is spoken of so much less often than another one, which is named so many `times`.
    pub(super) fn is_less(&self, jurisdiction: &str, times: usize, text: &str, rules: &Ruleset) -> bool {
        times > OVERSHADOWED * self.times(jurisdiction, text, rules)
    }

    /// Whether a text speaks of a state by more than this one word: "the Chinese version" is no text about China.
    pub(super) fn by_name(&self, jurisdiction: &str, word: &str, text: &str, rules: &Ruleset) -> bool {
        self.times(jurisdiction, text, rules) > count(text, word)
    }

    /// Whether China is spoken of so much more often than each other state, and than a country that is named so many `times`.
    pub(super) fn is_less_than_china(&self, times: usize, text: &str, rules: &Ruleset) -> bool {
        let china = self.times("CN", text, rules);
        let others = STATES.iter().filter(|state| **state != "CN").map(|state| self.times(state, text, rules));
        china > OVERSHADOWED * others.chain([times]).max().unwrap_or_default()
    }

    /// Whether one state is spoken of so much more often than another one that an unknown law is rather its own.
    pub(super) fn overshadows(&self, one: &str, other: &str, text: &str, rules: &Ruleset) -> bool {
        self.times(one, text, rules) > OVERSHADOWED * self.times(other, text, rules).max(1)
    }

    /// Which of two the text speaks of at least twice as often.
    pub(super) fn rather(&self, states: [&'static str; 2], text: &str, rules: &Ruleset) -> Option<&'static str> {
        let [first, second] = states.map(|state| self.times(state, text, rules));
        match (first, second) {
            (0, 0) => None,
            _ if first >= 2 * second => Some(states[0]),
            _ if second >= 2 * first => Some(states[1]),
            _ => None,
        }
    }

    fn times(&self, jurisdiction: &str, text: &str, rules: &Ruleset) -> usize {
        if let Some(&known) = self.known.borrow().get(jurisdiction) {
            return known;
        }
        let words = rules.list("en.law.jurisdiction_words").iter().chain(rules.list("zh.law.jurisdiction_words"));
        let mut words = words.filter_map(|entry| entry.strip_prefix(jurisdiction)?.strip_prefix(' ')).peekable();
        let times = match words.peek() {
            None => 1,
            Some(_) => words.map(|word| count(text, word)).sum(),
        };
        // "China" in "Republic of China" is not the mainland.
        let republic = || {
            let peoples = count(text, "People's Republic of China") + count(text, "People’s Republic of China");
            count(text, "Republic of China").saturating_sub(peoples)
        };
        let times = match jurisdiction {
            // A text of MOFCOM speaks of China, but no more often for that.
            "CN" if times == 0 => usize::from(is_cued("en.law.china_cues", text, rules)),
            "CN" => times.saturating_sub(republic()),
            // "These Regulations are prescribed pursuant to Paragraph 3 of Article 24": so Taiwan's drafts speak, and they need not
            // name a state.
            "TW" => match times + republic() {
                0 => usize::from(is_cued("en.law.taiwan_cues", text, rules) && !self.of_others("TW", text, rules)),
                times => times,
            },
            // So does a citation of the statutes of Canada: R.S., 1985, c. F-30; 2001, c. 32, s. 76.
            "CA" if times == 0 => usize::from(is_cued("en.law.canada_cues", text, rules)),
            // A citation of the Code speaks of the Code.
            "US" => times.saturating_sub(count(text, "U.S.C.")),
            _ => times,
        };
        self.known.borrow_mut().insert(jurisdiction.to_owned(), times);
        times
    }
}

/// Whether a text holds one of the words of a list.
fn is_cued(list: &str, text: &str, rules: &Ruleset) -> bool {
    // "ICAC " has no CAC.
    let apart = |at: usize, word: &str| {
        !word.starts_with(char::is_alphanumeric) || !text[..at].ends_with(|c: char| c.is_alphanumeric() && !is_han(c))
    };
    let holds = |word: &String| memmem::find_iter(text.as_bytes(), word).take(MOST).any(|at| apart(at, word));
    rules.list(list).iter().any(holds)
}

fn count(text: &str, word: &str) -> usize {
    memmem::find_iter(text.as_bytes(), word).take(MOST).count()
}
