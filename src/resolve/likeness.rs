//! Which instrument a title means that stands in no list: a translation of one's own, an abbreviation.
//!
//! "Outbound Data Transfer Security Assessment Measures" and "Measures for the Security Assessment of Outbound Data Transfers" have the
//! same words and one head; 反电诈法 has characters of 反电信网络诈骗法 in their order. Order, number and the words that translators put
//! for one another (administration, management) tell nothing; a head (Measures, Provisions) does.
//!
//! Always true: only rows of the mainland, the same head, nearly all words in common and no second row nearly as
//! near; else nothing is said, because a wrong instrument is worse than none.

mod abroad;
mod titles;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use self::titles::{ENOUGH, NEARLY_ALL, Titles};
pub(super) use self::{abroad::Abroad, titles::year_behind};
use super::title::fold;
use crate::{extract::law::abbreviation::Abbreviations, ruleset::Ruleset};

/// Heads of English titles, singular.
const HEADS: &[&str] = &[
    "law",
    "code",
    "regulation",
    "measure",
    "provision",
    "rule",
    "decision",
    "opinion",
    "plan",
    "outline",
    "notice",
    "interpretation",
    "guideline",
    "announcement",
    "catalogue",
    "standard",
    "resolution",
    "charter",
    "program",
    "circular",
    "strategy",
    "specification",
];
/// Kinds of regulations that are put for one another.
const KINDS: [&str; 4] = ["regulation", "measure", "provision", "rule"];
/// Of a title whose other words are left out, so much of the weight.
const MOST: f32 = 0.64;
/// Of a title in a text that speaks of no state, so many words and so much of their weight.
const WHOLE: usize = 4;
/// Of one that can hardly be another state's.
const OF_CHINA: [(&str, usize); 3] = [("law", 2), ("measure", 3), ("provision", 3)];

/// English titles by their words, and the statutes that Chinese abbreviations mean.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    titles: Titles,
    /// Words that are put for one another in some titles only: "Yellow River Conservation Law".
    others: Vec<(String, String)>,
    abbreviations: Abbreviations,
    /// What writers call a law that none of its titles leads to, by key.
    called: FxHashMap<String, u32>,
}

impl Likeness {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let registry = &rules.registry;
        let titles = Titles::new(rules, HEADS);
        let pair = |entry: &String| {
            let (word, other) = entry.split_once(' ')?;
            Some((titles.alike(word).to_owned(), titles.alike(other).to_owned()))
        };
        let others = rules.list("en.law.other_words").iter().filter_map(pair).collect();
        let mut this = Self { titles, others, abbreviations: Abbreviations::new(rules), ..Self::default() };
        let called: Vec<(&str, &str)> =
            rules.list("en.law.called").iter().filter_map(|entry| entry.split_once('=')).collect();
        for (law, row) in registry.laws.iter().zip(0..) {
            if law.jurisdiction != "CN" {
                continue;
            }
            for title in std::iter::once(&law.title_en).chain(&law.aliases_en) {
                this.titles.add(title, row);
            }
            let short = law.title_zh.strip_prefix("中华人民共和国").unwrap_or(&law.title_zh);
            this.called.extend(called.iter().filter(|(_, title)| *title == short).map(|(name, _)| (fold(name), row)));
        }
        this
    }

    /// The row of a name from the list of what writers call laws.
    pub(super) fn called(&self, title: &str) -> Option<u32> {
        let key = fold(title);
        let key = key.strip_suffix(" of prc").or_else(|| key.strip_prefix("prc ")).unwrap_or(&key);
        self.called.get(key.strip_suffix(" of china").unwrap_or(key)).copied()
    }

    /// The row whose English title, or one of its other names, has nearly the same words.
    pub(super) fn translated(&self, title: &str) -> Option<u32> {
        let (head, words) = self.titles.read(title)?;
        if words.len() < 2 {
            return None;
        }
        self.titles.nearest(&words, &|known, _, _| known == head, &[], ENOUGH)
    }

    /// The same in a text that speaks of no state: many words, and nearly all of them. Laws, measures and provisions are China's
    /// also by fewer words, laws by some of their words, since others have acts, regulations and rules.
    pub(super) fn whole(&self, title: &str) -> Option<u32> {
        let (head, words) = self.titles.read(title)?;
        if OF_CHINA.iter().any(|(kind, least)| head == *kind && words.len() >= *least)
            && let Some(row) = self.titles.nearest(&words, &|known, _, _| known == head, &[], ENOUGH)
        {
            return Some(row);
        }
        if head == "law" && words.len() > 1 {
            return self.law(&words);
        }
        if words.len() < WHOLE || !words.iter().all(|word| self.titles.id(word).is_some()) {
            return None;
        }
        self.titles.nearest(&words, &|known, _, _| known == head, &[], NEARLY_ALL)
    }

    /// The same of a title that its text says to be China's: the kinds of regulations may be put for one another (Rules for
    /// Provisions), a law may have one word (Physician Law) and be called an act, and what it promotes, prevents or guarantees may be
    /// said without that word. A title of one word that tells anything has no others, unless the state stands `beside` it.
    pub(super) fn loosely(&self, title: &str, beside: bool) -> Option<u32> {
        const STATES: [&str; 4] =
            [" of China", " of the PRC", " of the People's Republic of China", " of the People’s Republic of China"];
        const HEADS: [(&str, &str); 2] = [(" Act", " Law"), (" Ordinance", " Regulations")];
        let title = STATES.iter().find_map(|state| title.strip_suffix(state)).unwrap_or(title);
        let other = HEADS.iter().find_map(|(act, law)| title.strip_suffix(act).map(|stem| format!("{stem}{law}")));
        let (head, words) = self.titles.read(other.as_deref().unwrap_or(title))?;
        let loose = |words: &BTreeSet<String>| match head {
            "law" if words.len() > 1 || beside || Titles::is_of_one_word(title) => self.law(words),
            _ if KINDS.contains(&head) => self.regulation(head, words),
            _ => None,
        };
        let swapped = |(word, other): &(String, String)| {
            let mut words = words.clone();
            if words.remove(word) {
                words.insert(other.clone());
                loose(&words)
            } else {
                None
            }
        };
        loose(&words).or_else(|| self.others.iter().find_map(swapped))
    }

    /// "Noise Pollution Law", "Rural Revitalization Law", "Food Security Law", "Labor Dispute Mediation Law"
    fn law(&self, words: &BTreeSet<String>) -> Option<u32> {
        let law = |known: &str, _: u32, _: bool| known == "law";
        let with = |word: &str| {
            let mut words = words.clone();
            let more = words.insert(self.titles.alike(word).to_owned());
            if more { self.titles.nearest(&words, &law, &[], ENOUGH) } else { None }
        };
        let found = self.titles.nearest(words, &law, &[], ENOUGH);
        let found = found.or_else(|| ["promotion", "prevention", "construction"].into_iter().find_map(with));
        found.or_else(|| self.titles.holding(words, &law, &[], MOST))
    }

    /// "Internet Culture Provisions" of Interim Provisions on the Administration of Internet Culture
    fn regulation(&self, head: &str, words: &BTreeSet<String>) -> Option<u32> {
        const WEAK: [&str; 2] = ["interim", "management"];
        let weak = WEAK.map(|word| self.titles.id(word).unwrap_or(u32::MAX));
        let words: BTreeSet<String> = words.iter().filter(|word| !WEAK.contains(&word.as_str())).cloned().collect();
        // Measures on Urban Trees are no Regulations on Trees.
        let fits = |known: &str, _: u32, all: bool| known == head || all && KINDS.contains(&known);
        // "Administrative Regulations on Telecom"
        let enough = if words.len() > 1 { ENOUGH } else { NEARLY_ALL };
        let found = self.titles.nearest(&words, &fits, &weak, enough);
        found.or_else(|| self.titles.holding(&words, &fits, &weak, MOST).filter(|_| words.len() > 2))
    }

    /// The one instrument that an abbreviation means in a text of this day: 反电诈法, 《数据出境评估办法》.
    pub(super) fn abbreviated(&self, title: &str, day: &str) -> Option<u32> {
        self.abbreviations.meant(title, day)
    }
}
