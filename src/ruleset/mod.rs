//! `rules/` on disk becomes a [`Ruleset`] in memory: wording, checked and ready, without meaning.
//!
//! What a year is worth or which law a title names is decided elsewhere; here stands only how people
//! write it. The built-in files are embedded; a folder given with `--rules` is laid over them file by
//! file: a rule with a known id replaces it, lists and words are added to.

mod identifier;
mod load;
mod meaning;
mod name;
pub mod pattern;
mod registry;
pub mod schema;

use std::collections::BTreeMap;

pub use identifier::identifiers;
pub use load::load;
pub use name::Name;
pub use registry::{Ambiguous, Law, Registry, Text};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::text::Language;

/// Position of a rule in the [`Ruleset`]. Stable within a run only; reports use the rule's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(pub u16);

/// All rules, word lists and the registry.
#[derive(Debug)]
pub struct Ruleset {
    /// Rules in the order of their files; the order decides between equals.
    pub rules: Vec<Rule>,
    /// The word tables that patterns refer to by number.
    pub tables: Vec<pattern::WordTable>,
    /// Their names, `language.topic.name`, in the same order.
    table_names: Vec<String>,
    /// Word lists by `language.topic.name`.
    lists: BTreeMap<String, Vec<String>>,
    /// Codes of units in UCUM by their names, of the tables `ucum`.
    ucum: FxHashMap<Box<str>, Box<str>>,
    /// The known instruments.
    pub registry: Registry,
    /// Extra words for the segmenter.
    pub words: Vec<String>,
    /// Words that are counted but not ranked, folded.
    pub stopwords: BTreeMap<Language, Vec<String>>,
    /// SHA-256 of all rule files and word lists, in hex.
    pub fingerprint: String,
    /// SHA-256 of the registry, in hex.
    pub registry_fingerprint: String,
}

/// One rule, loaded.
#[derive(Debug)]
pub struct Rule {
    /// `zh.date.month`
    pub name: String,
    /// File it stands in, and its line, for messages.
    pub place: (std::path::PathBuf, usize),
    /// As written.
    pub entry: schema::RuleEntry,
    /// Its patterns, compiled; empty where a parser in Rust does the work.
    pub patterns: Vec<pattern::Pattern>,
    /// `entry.with` by name.
    given: Vec<(Name, Box<str>)>,
}

impl Rule {
    /// A rule as written, whose patterns are not compiled yet.
    #[must_use]
    pub fn new(name: String, place: (std::path::PathBuf, usize), entry: schema::RuleEntry) -> Self {
        let given = entry.with.iter().map(|(name, value)| (Name::of(name), value.as_str().into())).collect();
        Self { name, place, entry, patterns: Vec::new(), given }
    }

    /// Puts the words of a list where `with` names one (`said_before = "@republic"`); the name of a list that is not there.
    fn name_lists(&mut self, lists: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
        let topic = self.name.rsplit_once('.').map_or("", |(topic, _)| topic).to_owned();
        for (_, value) in &mut self.given {
            if let Some(name) = value.strip_prefix('@') {
                *value = lists.get(&format!("{topic}.{name}")).ok_or(name)?.join("|").into();
            }
        }
        Ok(())
    }

    /// The meaning that the rule gives under a name.
    #[must_use]
    pub fn given(&self, name: Name) -> Option<&str> {
        self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| &**value)
    }
}

impl Ruleset {
    /// A rule's number by its name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<RuleId> {
        self.rules.iter().position(|r| r.name == name).and_then(|i| u16::try_from(i).ok()).map(RuleId)
    }

    /// A rule's number by its name, for rules that the code relies on: a missing one is the last rule,
    /// which the loader's check of parsers makes impossible for the built-in files.
    #[must_use]
    pub fn expect_id(&self, name: &str) -> RuleId {
        self.id(name).unwrap_or(RuleId(u16::MAX))
    }

    /// Its name by its number.
    #[must_use]
    pub fn name(&self, id: RuleId) -> &str {
        self.rules.get(usize::from(id.0)).map_or("?", |r| &r.name)
    }

    /// The same rules, with the lists that are held against counted words folded as these are.
    #[must_use]
    pub fn folding(mut self, fold: impl Fn(&str) -> String) -> Self {
        let phrase_lists = self.lists.iter_mut().filter(|(name, _)| name.contains(".language.phrase_"));
        for words in self.stopwords.values_mut().chain(phrase_lists.map(|(_, words)| words)) {
            words.iter_mut().for_each(|word| *word = fold(word));
        }
        self
    }

    /// A word table, `language.topic.name`.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&pattern::WordTable> {
        self.table_names.iter().position(|n| n == name).map(|i| &self.tables[i])
    }

    /// The code in UCUM (<https://ucum.org>) of a unit by its name in the tables `ucum`: `t` for a metric ton.
    #[must_use]
    pub fn ucum(&self, unit: &str) -> Option<&str> {
        self.ucum.get(unit).map(|code| &**code)
    }

    /// A word list, `language.topic.name`; empty where there is none.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}
