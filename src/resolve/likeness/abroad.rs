//! Titles of other states and of treaties by their words: "Holding Foreign Companies Accountable Law", "EU Data Protection
//! Regulation", "UN Climate Convention".
//!
//! Always true: the same kind of instrument, of a state that the caller names.

use super::titles::{ENOUGH, NEARLY_ALL, Titles, year_behind};
use crate::ruleset::Ruleset;

/// Heads of such titles, singular.
const HEADS: &[&str] = &[
    "act",
    "law",
    "statute",
    "ordinance",
    "code",
    "regulation",
    "rule",
    "directive",
    "decision",
    "convention",
    "covenant",
    "treaty",
    "pact",
    "agreement",
    "accord",
    "protocol",
    "charter",
    "declaration",
];
/// Heads that are put for one another.
const KINDS: [&[&str]; 3] = [
    &["act", "law", "statute", "ordinance", "code"],
    &["convention", "covenant", "treaty", "pact"],
    &["agreement", "accord", "pact"],
];
/// The Union calls some of its regulations acts.
const REGULATIONS: [&str; 3] = ["regulation", "rule", "act"];

/// Of a title whose other words are left out, so much of the weight: there are few titles that it could be.
const HALF: f32 = 0.45;

/// English titles of all states but China.
#[derive(Debug)]
pub(in crate::resolve) struct Abroad(Titles);

impl Abroad {
    pub(in crate::resolve) fn new(rules: &Ruleset) -> Self {
        let mut titles = Titles::new(rules, HEADS);
        for (law, row) in rules.registry.laws.iter().zip(0..) {
            if law.jurisdiction == "CN" {
                continue;
            }
            for title in std::iter::once(&law.title_en).chain(&law.aliases_en) {
                titles.add(without_year(title), row);
            }
        }
        Self(titles)
    }

    /// The row with nearly the words of a title, of those that `may` be meant. States have acts by the hundred whose titles differ by
    /// a word; only of those that have `few` may a word be left out.
    pub(in crate::resolve) fn meant(
        &self,
        title: &str,
        may: &dyn Fn(u32) -> bool,
        few: &dyn Fn(u32) -> bool,
    ) -> Option<u32> {
        let (head, words) = self.0.read(without_year(title))?;
        if words.len() < 2 {
            return None;
        }
        let both = |kinds: &[&str], known: &str| kinds.contains(&known) && kinds.contains(&head);
        let kind = |known: &str| known == head || KINDS.iter().any(|kinds| both(kinds, known));
        let fits = |known: &str, row: u32, _: bool| kind(known) && may(row);
        let few = |known: &str, row: u32, _: bool| (kind(known) || both(&REGULATIONS, known)) && may(row) && few(row);
        let found =
            self.0.nearest(&words, &fits, &[], NEARLY_ALL).or_else(|| self.0.nearest(&words, &few, &[], ENOUGH));
        found.or_else(|| self.0.holding(&words, &few, &[], HALF))
    }
}

/// "Export Control Reform Act of 2018", "Online Safety Act 2023"
fn without_year(title: &str) -> &str {
    year_behind(title).map_or(title, |(bare, _)| bare)
}
