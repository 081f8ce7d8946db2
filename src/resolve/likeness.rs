//! Which instrument a title means that stands in no list: a translation of one's own, an abbreviation.
//!
//! "Outbound Data Transfer Security Assessment Measures" and "Measures for the Security Assessment of Outbound Data Transfers" have the
//! same words and one head; 反电诈法 has characters of 反电信网络诈骗法 in their order. Order, number and the words that translators put
//! for one another (administration, management) tell nothing; a head (Measures, Provisions) does.
//!
//! Always true: only rows of the mainland, the same head, nearly all words in common and no second row nearly as
//! near; else nothing is said, because a wrong instrument is worse than none.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{spelling::Spelling, title::fold};
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
/// Words that tell nothing.
const EMPTY: &[&str] = &[
    "of",
    "the",
    "and",
    "for",
    "on",
    "in",
    "to",
    "with",
    "by",
    "at",
    "or",
    "a",
    "an",
    "as",
    "its",
    "their",
    "prc",
    "china",
    "chinese",
    "people",
    "republic",
    "s",
    "concerning",
    "regarding",
    "governing",
    "relating",
    "about",
    "national",
    "state",
    "several",
    "certain",
    "implementing",
    "further",
    "related",
    "person",
    "mainland",
    "territory",
    "within",
];
/// Behind these words a registry's title only says that it is on trial.
const ON_TRIAL: [&str; 4] = [" (for trial implementation)", " (trial implementation)", " (for trial)", " (trial)"];
/// What some write as one word or by its letters.
const WRITTEN: [(&str, &str); 10] = [
    ("healthcare", "health care"),
    ("cybersecurity", "cyber security"),
    ("pre-school", "preschool"),
    ("arable land", "farmland"),
    ("cultivated land", "farmland"),
    ("black land", "black soil"),
    ("extra-territorial", "extraterritorial"),
    ("solid wastes", "solid waste"),
    ("ngo ", "non governmental organization "),
    ("ngos", "non governmental organizations"),
];
/// Of the weight of all words of two titles, what both must have, and by how much more than with any other row.
const ENOUGH: f32 = 0.84;
const MARGIN: f32 = 0.12;
/// Of a title in a text that speaks of no state, so many words and so much of their weight.
const WHOLE: usize = 4;
const NEARLY_ALL: f32 = 0.93;

/// English titles by their words, and the statutes that Chinese abbreviations mean.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    same: FxHashMap<String, String>,
    spelling: Spelling,
    words: FxHashMap<String, u32>,
    /// How many titles have a word.
    frequency: Vec<u32>,
    titles: Vec<Title>,
    /// Titles with a word, by word.
    with: Vec<Vec<u32>>,
    abbreviations: Abbreviations,
    /// What writers call a law that none of its titles leads to, by key.
    called: FxHashMap<String, u32>,
}

#[derive(Debug)]
struct Title {
    row: u32,
    head: &'static str,
    words: Vec<u32>,
}

impl Likeness {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let registry = &rules.registry;
        let (abbreviations, spelling) = (Abbreviations::new(rules), Spelling::new(rules));
        let mut this = Self { abbreviations, spelling, ..Self::default() };
        let called: Vec<(&str, &str)> =
            rules.list("en.law.called").iter().filter_map(|entry| entry.split_once('=')).collect();
        for group in rules.list("en.law.same_words") {
            let mut words = group.split(' ');
            if let Some(first) = words.next() {
                this.same.extend(words.map(|word| (stem(word), stem(first))));
            }
        }
        for (law, row) in registry.laws.iter().zip(0..) {
            if law.jurisdiction != "CN" {
                continue;
            }
            for title in std::iter::once(&law.title_en).chain(&law.aliases_en) {
                this.add(title, row);
            }
            let short = law.title_zh.strip_prefix("中华人民共和国").unwrap_or(&law.title_zh);
            this.called.extend(called.iter().filter(|(_, title)| *title == short).map(|(name, _)| (fold(name), row)));
        }
        this
    }

    fn add(&mut self, title: &str, row: u32) {
        let Some((head, words)) = self.read(title) else { return };
        if words.is_empty() || words.len() < 2 && head != "law" {
            return;
        }
        let number = u32::try_from(self.titles.len()).unwrap_or(u32::MAX);
        let mut ids: Vec<u32> = Vec::with_capacity(words.len());
        for word in words {
            let next = u32::try_from(self.frequency.len()).unwrap_or(u32::MAX);
            let id = *self.words.entry(word).or_insert(next);
            if id == next {
                self.frequency.push(0);
                self.with.push(Vec::new());
            }
            self.frequency[id as usize] += 1;
            self.with[id as usize].push(number);
            ids.push(id);
        }
        ids.sort_unstable();
        self.titles.push(Title { row, head, words: ids });
    }

    /// Head and words of an English title, each word once.
    fn read(&self, title: &str) -> Option<(&'static str, BTreeSet<String>)> {
        let mut lower = title.to_ascii_lowercase();
        for (short, long) in WRITTEN {
            if lower.contains(short) {
                lower = lower.replace(short, long);
            }
        }
        let lower = ON_TRIAL.iter().find_map(|trial| lower.strip_suffix(trial)).unwrap_or(&lower);
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let stems: Vec<String> = words.map(|word| stem(self.spelling.word(word))).collect();
        let head_of = |word: &String| HEADS.iter().copied().find(|head| head == word);
        // "Measures for …" begins with its head, "… Measures" ends with it.
        let leads = stems.iter().take(3).find_map(head_of);
        let connected = ["for ", "on ", "of ", "concerning ", "governing "].iter().any(|c| lower.contains(c));
        let last = stems.iter().rev().find_map(head_of);
        let head = if connected { leads.or(last) } else { last }?;
        let mut words: BTreeSet<String> = stems
            .into_iter()
            .filter(|word| word != head && !EMPTY.contains(&word.as_str()))
            .map(|word| self.same.get(&word).cloned().unwrap_or(word))
            .collect();
        // What goes out goes over a border: "Outbound Data Transfer", "Data Exit", "Cross-border Data Transfer".
        if words.contains("outbound") {
            words.retain(|word| word != "transfer" && word != "border");
        }
        Some((head, words))
    }

    fn weight(&self, word: u32) -> f32 {
        let all = self.titles.len() as f32;
        (1.0 + all / (1.0 + self.frequency[word as usize] as f32)).ln()
    }

    /// The row of a name from the list of what writers call laws.
    pub(super) fn called(&self, title: &str) -> Option<u32> {
        let key = fold(title);
        let key = key.strip_suffix(" of prc").or_else(|| key.strip_prefix("prc ")).unwrap_or(&key);
        self.called.get(key.strip_suffix(" of china").unwrap_or(key)).copied()
    }

    /// The row whose English title, or one of its other names, has nearly the same words.
    pub(super) fn translated(&self, title: &str) -> Option<u32> {
        let (head, words) = self.read(title)?;
        if words.len() < 2 {
            return None;
        }
        self.nearest(words, &|known| known == head, &[], ENOUGH)
    }

    /// The same in a text that speaks of no state: many words, and nearly all of them.
    pub(super) fn whole(&self, title: &str) -> Option<u32> {
        let (head, words) = self.read(title)?;
        if words.len() < WHOLE || !words.iter().all(|word| self.words.contains_key(word)) {
            return None;
        }
        self.nearest(words, &|known| known == head, &[], NEARLY_ALL)
    }

    /// The same of a title that its text says to be China's: the kinds of regulations may be put for one another (Rules for
    /// Provisions), a law may have one word (Physician Law) and be called an act, and what it promotes, prevents or guarantees may be
    /// said without that word.
    pub(super) fn loosely(&self, title: &str) -> Option<u32> {
        const KINDS: [&str; 4] = ["regulation", "measure", "provision", "rule"];
        const STATES: [&str; 4] =
            [" of China", " of the PRC", " of the People's Republic of China", " of the People’s Republic of China"];
        const HEADS: [(&str, &str); 2] = [(" Act", " Law"), (" Ordinance", " Regulations")];
        let title = STATES.iter().find_map(|state| title.strip_suffix(state)).unwrap_or(title);
        let other = HEADS.iter().find_map(|(act, law)| title.strip_suffix(act).map(|stem| format!("{stem}{law}")));
        let (head, mut words) = self.read(other.as_deref().unwrap_or(title))?;
        if KINDS.contains(&head) {
            // "Internet Culture Provisions" of Interim Provisions on the Administration of Internet Culture
            let weak = ["interim", "management"].map(|word| self.words.get(word).copied().unwrap_or(u32::MAX));
            words.retain(|word| !matches!(word.as_str(), "interim" | "management"));
            let fits = |known: &str| KINDS.contains(&known);
            return if words.len() > 1 { self.nearest(words, &fits, &weak, ENOUGH) } else { None };
        }
        if head != "law" {
            return None;
        }
        let law = |known: &str| known == "law";
        let found = self.nearest(words.clone(), &law, &[], ENOUGH);
        // "Noise Pollution Law", "Rural Revitalization Law", "Food Security Law"
        let with = |word: &str| {
            let word = self.same.get(word).cloned().unwrap_or_else(|| word.to_owned());
            let mut words = words.clone();
            if words.insert(word) { self.nearest(words, &law, &[], ENOUGH) } else { None }
        };
        found.or_else(|| ["promotion", "prevention", "construction"].into_iter().find_map(with))
    }

    /// The row with nearly these words whose head `fits`; words that are `weak` tell nothing here.
    fn nearest(&self, words: BTreeSet<String>, fits: &dyn Fn(&str) -> bool, weak: &[u32], enough: f32) -> Option<u32> {
        let foreign = (1.0 + self.titles.len() as f32).ln();
        let known: Vec<u32> = words.iter().filter_map(|word| self.words.get(word).copied()).collect();
        if known.is_empty() || known.len() < words.len().min(2) {
            return None;
        }
        let own: f32 =
            known.iter().map(|&w| self.weight(w)).sum::<f32>() + (words.len() - known.len()) as f32 * foreign;
        let mut common: BTreeMap<u32, f32> = BTreeMap::new();
        for &word in &known {
            for &title in &self.with[word as usize] {
                *common.entry(title).or_default() += self.weight(word);
            }
        }
        let mut best: BTreeMap<u32, f32> = BTreeMap::new();
        for (title, both) in common {
            let title = &self.titles[title as usize];
            if fits(title.head) {
                let told = title.words.iter().filter(|w| !weak.contains(w));
                let theirs: f32 = told.map(|&w| self.weight(w)).sum();
                let share = both / (own + theirs - both);
                let known = best.entry(title.row).or_default();
                *known = known.max(share);
            }
        }
        let mut ranked: Vec<(u32, f32)> = best.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (row, share) = *ranked.first()?;
        let second = ranked.get(1).map_or(0.0, |r| r.1);
        (share >= enough && share - second >= MARGIN).then_some(row)
    }

    /// The one instrument that an abbreviation means in a text of this day: 反电诈法, 《数据出境评估办法》.
    pub(super) fn abbreviated(&self, title: &str, day: &str) -> Option<u32> {
        self.abbreviations.meant(title, day)
    }
}

/// The word without the endings that change with number and part of speech.
fn stem(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    if word.len() > 4
        && let Some(rest) = word.strip_suffix("ies")
    {
        return format!("{rest}y");
    }
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    if plural { word[..word.len() - 1].to_owned() } else { word }
}
