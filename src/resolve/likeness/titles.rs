//! English titles by their words: which one has the words of a title that stands in no list.
//!
//! Number, part of speech, spelling and the words that translators put for one another (administration, management) tell nothing.
//! Rare words weigh more than frequent ones: ln(1 + N / (1 + n)) of N titles, n of which have the word.
//!
//! Always true: one row is far nearer than the next one, or there is no answer.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::{resolve::spelling::Spelling, ruleset::Ruleset};

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
/// Of the weight of all words of two titles, what both must have, and by how much more than with any other row.
pub(super) const ENOUGH: f32 = 0.84;
/// What both have where hardly a word may be another.
pub(super) const NEARLY_ALL: f32 = 0.93;
const MARGIN: f32 = 0.12;
/// Most words that a title may leave out of another one.
const LEFT_OUT: usize = 2;

/// Titles by their words.
#[derive(Debug, Default)]
pub(super) struct Titles {
    heads: &'static [&'static str],
    same: FxHashMap<String, String>,
    /// What some write in other words, or by its letters.
    written: Vec<(String, String)>,
    spelling: Spelling,
    words: FxHashMap<String, u32>,
    /// How many titles have a word.
    frequency: Vec<u32>,
    titles: Vec<Title>,
    /// Titles with a word, by word.
    with: Vec<Vec<u32>>,
}

#[derive(Debug)]
struct Title {
    row: u32,
    head: &'static str,
    words: Vec<u32>,
}

/// Whether a title with this head, of this row, may be meant at all; the flag says that it has all words that are asked for.
pub(super) type Fits<'f> = dyn Fn(&str, u32, bool) -> bool + 'f;

impl Titles {
    /// No titles yet; these are the words that say what an instrument is, singular.
    pub(super) fn new(rules: &Ruleset, heads: &'static [&'static str]) -> Self {
        let mut this = Self { heads, spelling: Spelling::new(rules), ..Self::default() };
        let written = rules.list("en.law.same_phrases").iter().filter_map(|entry| entry.split_once('='));
        this.written = written.map(|(words, others)| (words.to_owned(), others.to_owned())).collect();
        for group in rules.list("en.law.same_words") {
            let mut words = group.split(' ');
            if let Some(first) = words.next() {
                this.same.extend(words.map(|word| (stem(word), stem(first))));
            }
        }
        this
    }

    pub(super) fn add(&mut self, title: &str, row: u32) {
        let Some((head, words)) = self.read(title).filter(|(_, words)| !words.is_empty()) else { return };
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

    /// Whether a title has this word alone, and none that tells nothing: "Lawyer Law", not "State Enterprise Law".
    pub(super) fn is_of_one_word(title: &str) -> bool {
        title.split(' ').count() == 2
    }

    /// Head and words of an English title, each word once.
    pub(super) fn read(&self, title: &str) -> Option<(&'static str, BTreeSet<String>)> {
        let mut lower = title.to_ascii_lowercase();
        for (words, others) in &self.written {
            lower = replaced(lower, words, others);
        }
        let lower = ON_TRIAL.iter().find_map(|trial| lower.strip_suffix(trial)).unwrap_or(&lower);
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let stems: Vec<String> = words.map(|word| stem(self.spelling.word(word))).collect();
        let head_of = |word: &String| self.heads.iter().copied().find(|head| head == word);
        // "Measures for …" begins with its head, "… Measures" ends with it.
        let leads = stems.iter().take(3).find_map(head_of);
        let connected = ["for ", "on ", "of ", "concerning ", "governing "].iter().any(|c| lower.contains(c));
        let last = stems.iter().rev().find_map(head_of);
        let head = if connected { leads.or(last) } else { last }?;
        let mut words: BTreeSet<String> = stems
            .into_iter()
            .filter(|word| word != head && !EMPTY.contains(&word.as_str()))
            .map(|word| self.alike(&word).to_owned())
            .collect();
        // What goes out goes over a border: "Outbound Data Transfer", "Data Exit", "Cross-border Data Transfer".
        if words.contains("outbound") {
            words.retain(|word| word != "transfer" && word != "border");
        }
        Some((head, words))
    }

    /// The word that stands for all that translators put for one another.
    pub(super) fn alike<'w>(&'w self, word: &'w str) -> &'w str {
        self.same.get(word).map_or(word, String::as_str)
    }

    pub(super) fn id(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    fn weight(&self, word: u32) -> f32 {
        let all = self.titles.len() as f32;
        (1.0 + all / (1.0 + self.frequency[word as usize] as f32)).ln()
    }

    /// The row with nearly these words that `fits`; words that are `weak` tell nothing here.
    pub(super) fn nearest(&self, words: &BTreeSet<String>, fits: &Fits<'_>, weak: &[u32], enough: f32) -> Option<u32> {
        let foreign = (1.0 + self.titles.len() as f32).ln();
        let known: Vec<u32> = words.iter().filter_map(|word| self.id(word)).collect();
        if known.is_empty() || known.len() < words.len().min(2) {
            return None;
        }
        let mine: f32 = known.iter().map(|&w| self.weight(w)).sum();
        let own = mine + (words.len() - known.len()) as f32 * foreign;
        if mine < enough * own {
            return None;
        }
        // What is near enough to count has one of the rarer words, so that nobody need look at all titles with "security".
        let mut rare = known.clone();
        rare.sort_by(|&a, &b| self.weight(a).total_cmp(&self.weight(b)).then(a.cmp(&b)));
        let mut rest = (1.0 - enough + MARGIN) * own;
        rare.retain(|&word| {
            rest -= self.weight(word);
            rest < 0.0
        });
        let titles: BTreeSet<u32> = rare.iter().flat_map(|&word| &self.with[word as usize]).copied().collect();
        let mut best: BTreeMap<u32, f32> = BTreeMap::new();
        for title in titles {
            let title = &self.titles[title as usize];
            let common = || known.iter().filter(|id| title.words.binary_search(id).is_ok());
            if fits(title.head, title.row, common().count() == words.len()) {
                let both: f32 = common().map(|&w| self.weight(w)).sum();
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

    /// The row that `fits` and has all these words, two at least, and few others: "Labor Dispute Mediation Law". Of the weight of its
    /// words `enough` must be theirs, and no second row may have them with hardly more.
    pub(super) fn holding(&self, words: &BTreeSet<String>, fits: &Fits<'_>, weak: &[u32], enough: f32) -> Option<u32> {
        let ids: Option<Vec<u32>> = words.iter().map(|word| self.id(word)).collect();
        let ids = ids.filter(|ids| ids.len() >= 2)?;
        let rarest = ids.iter().copied().min_by_key(|&id| self.frequency[id as usize])?;
        let kept: f32 = ids.iter().map(|&id| self.weight(id)).sum();
        let mut fewest: BTreeMap<u32, (usize, bool)> = BTreeMap::new();
        for &title in &self.with[rarest as usize] {
            let title = &self.titles[title as usize];
            if fits(title.head, title.row, true) && ids.iter().all(|id| title.words.binary_search(id).is_ok()) {
                let told = || title.words.iter().filter(|word| !weak.contains(word));
                let others = told().count().saturating_sub(ids.len());
                let all: f32 = told().map(|&word| self.weight(word)).sum();
                let known = fewest.entry(title.row).or_insert((usize::MAX, false));
                *known = (others, kept >= enough * all).min(*known);
            }
        }
        let mut ranked: Vec<((usize, bool), u32)> = fewest.into_iter().map(|(row, others)| (others, row)).collect();
        ranked.sort_unstable();
        let &((others, much), row) = ranked.first()?;
        let apart = ranked.get(1).is_none_or(|((second, _), _)| *second >= others + 2);
        (much && others <= LEFT_OUT && apart).then_some(row)
    }
}

/// "Noise Pollution Prevention Law" and "2021" of "Noise Pollution Prevention Law of 2021", "… Law (2021)", "… Law 2021".
pub(in crate::resolve) fn year_behind(title: &str) -> Option<(&str, &str)> {
    let bare = title.strip_suffix(')').unwrap_or(title);
    let year = bare.get(bare.len().checked_sub(4)?..).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &bare[..bare.len() - 4];
    let open = [" (", " of ", ", ", " "].iter().find_map(|before| rest.strip_suffix(before))?;
    Some((open, year))
}

/// A title with other words for these, where they begin one: "un convention", but not in "run by".
fn replaced(title: String, words: &str, others: &str) -> String {
    let apart = |at: usize| !title[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let Some((at, _)) = title.match_indices(words).find(|(at, _)| apart(*at)) else { return title };
    format!("{}{others}{}", &title[..at], &title[at + words.len()..])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_behind_titles() {
        for title in ["Box Law of 2021", "Box Law (2021)", "Box Law 2021", "Box Law, 2021"] {
            assert_eq!(year_behind(title), Some(("Box Law", "2021")), "{title}");
        }
        assert_eq!(year_behind("Box Law (Draft)"), None);
        assert_eq!(year_behind("法"), None);
    }
}
