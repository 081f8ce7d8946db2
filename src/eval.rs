//! How good are the results? Precision, recall and F1 against annotated documents, by kind and language.
//!
//! Spans are compared in characters and must be equal; `over_f1` also counts those that overlap. Values are
//! compared by what they denote, not by spelling: 2016-10/2016-12 is 2016-Q4, P24M is P2Y, "CNY 1.4e7" is
//! "CNY 14000000". A law is right when its id or its title leads to the same row of the registry as the title in
//! the annotation, or, outside the registry, when the folded titles are equal.

mod denote;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{engine::Engine, extract::Layers, ruleset::Registry, text::Document, wire};
pub use denote::same_value;

/// An annotated document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// Its id.
    pub id: Value,
    /// Its language: `zh-Hans`, `en`.
    pub lang: String,
    /// Its text.
    pub text: String,
    /// Its date, where the annotators knew one.
    #[serde(default, alias = "ref_date")]
    pub date: Option<String>,
    /// Its title, where the annotators knew one.
    #[serde(default)]
    pub title: Option<String>,
    /// What stands in it.
    pub mentions: Vec<GoldMention>,
}

/// An annotated mention.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldMention {
    /// Kind, as the wire form names it.
    pub kind: String,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words.
    #[serde(default)]
    pub text: String,
    /// The meaning, in fields that depend on the kind.
    #[serde(default)]
    pub value: GoldValue,
    /// The value of a date or figure as the wire form writes it.
    #[serde(default)]
    pub neutral: Option<String>,
}

/// The meaning of an annotated mention.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldValue {
    /// Official title of the instrument.
    pub canonical: Option<String>,
    /// Official title of the instrument that an anaphor means.
    pub refers_to: Option<String>,
    /// Official title of the instrument of a division.
    pub law: Option<String>,
    /// Division: `a28.p3`.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Normal form of a number.
    pub norm: Option<String>,
}

/// What the program says of the same document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    kind: &'static str,
    start: u32,
    end: u32,
    value: Option<String>,
    canonical: Option<String>,
    law: Option<String>,
}

/// Counts of one kind in one language.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    gold: u64,
    pred: u64,
    exact: u64,
    over: u64,
    val: u64,
    law_n: u64,
    law_ok: u64,
    unit_n: u64,
    unit_ok: u64,
}

/// Measures of one kind in one language.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Annotated mentions.
    pub gold: u64,
    /// Mentions found.
    pub pred: u64,
    /// Share of those found whose span is annotated.
    pub span_p: f64,
    /// Share of those annotated whose span was found.
    pub span_r: f64,
    /// Harmonic mean of both.
    pub span_f1: f64,
    /// The same where any overlap counts.
    pub over_f1: f64,
    /// Share of right values among equal spans.
    pub value_acc: Option<f64>,
    /// F1 where span and value must be right.
    pub strict_f1: f64,
    /// Share of right instruments among equal spans of divisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_acc: Option<f64>,
    /// Share of right units among equal spans of figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_acc: Option<f64>,
}

/// A difference between annotation and result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Id of the document.
    pub id: String,
    /// `wrong`, `missed` or `extra`.
    pub what: &'static str,
    /// Kind.
    pub kind: String,
    /// Annotated words.
    pub gold: String,
    /// Their value.
    pub gold_value: Option<String>,
    /// Words found.
    pub found: String,
    /// Their value.
    pub found_value: Option<String>,
}

/// All measures.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// By language (`*` for all) and kind (`*` for all, `law set` for the distinct laws of each document).
    pub scores: BTreeMap<(String, String), Scores>,
    /// Every difference, in the order of the documents.
    pub differences: Vec<Difference>,
}

/// Reads the annotated documents and compares.
#[must_use]
pub fn evaluate(engine: &Engine, gold: &[GoldDocument]) -> Evaluation {
    let titles = Titles::new(&engine.rules.registry);
    let predictions: Vec<Vec<Prediction>> = gold.par_iter().map(|document| predict(engine, document)).collect();
    score(gold, &predictions, &titles)
}

fn predict(engine: &Engine, gold: &GoldDocument) -> Vec<Prediction> {
    let document = Document {
        text: gold.text.clone(),
        date: gold.date.as_deref().and_then(|date| date.parse().ok()),
        language: crate::text::Language::from_code(&gold.lang),
        title: gold.title.clone(),
        ..Document::default()
    };
    let mut all = Vec::new();
    let mut entities = engine.entities();
    engine.read(&document, Layers::Top, &mut entities, |section, entities| {
        all.extend(section.mentions.iter().map(|found| {
            let line = wire::line(found, &section.frame, &engine.rules, entities);
            Prediction {
                kind: line.kind,
                start: line.start,
                end: line.end,
                canonical: line.canonical.map(str::to_owned),
                law: line.law.map(str::to_owned),
                value: line.value,
            }
        }));
    });
    all
}

fn score(gold: &[GoldDocument], predictions: &[Vec<Prediction>], titles: &Titles) -> Evaluation {
    let mut board = Board::default();
    let kinds: BTreeSet<&str> = gold.iter().flat_map(|d| &d.mentions).map(|m| group(&m.kind)).collect();
    for (document, found) in gold.iter().zip(predictions) {
        let found = distinct(found, &kinds);
        compare(document, &found, titles, &mut board);
        compare_law_sets(document, &found, titles, &mut board);
    }
    Evaluation {
        scores: board.tallies.into_iter().map(|(key, tally)| (key, tally.scores())).collect(),
        differences: board.differences,
    }
}

#[derive(Default)]
struct Board {
    tallies: BTreeMap<(String, String), Tally>,
    differences: Vec<Difference>,
}

impl Board {
    /// Adds to the language and kind, and to the rows for all languages and all kinds.
    fn add(&mut self, language: &str, kind: &str, mut change: impl FnMut(&mut Tally)) {
        for key in [(language, kind), ("*", kind), ("*", "*"), (language, "*")] {
            change(self.tallies.entry((key.0.to_owned(), key.1.to_owned())).or_default());
        }
    }
}

/// Date and range are one kind: which of them it is follows from the value.
fn group(kind: &str) -> &str {
    if kind == "daterange" { "date" } else { kind }
}

/// Mentions of the annotated kinds; of two with the same kind and span the later one, in the place of the first.
fn distinct<'p>(found: &'p [Prediction], kinds: &BTreeSet<&str>) -> Vec<&'p Prediction> {
    let mut places: HashMap<(&str, u32, u32), usize> = HashMap::new();
    let mut all: Vec<&Prediction> = Vec::new();
    for p in found.iter().filter(|p| kinds.contains(group(p.kind))) {
        let at = *places.entry((group(p.kind), p.start, p.end)).or_insert(all.len());
        if at == all.len() { all.push(p) } else { all[at] = p }
    }
    all
}

fn compare(document: &GoldDocument, found: &[&Prediction], titles: &Titles, board: &mut Board) {
    let language = document.lang.get(..2).unwrap_or(&document.lang);
    let gold = &document.mentions;
    let mut pairs = Vec::new();
    for (gi, g) in gold.iter().enumerate() {
        for (pi, p) in found.iter().enumerate().filter(|(_, p)| group(p.kind) == group(&g.kind)) {
            let overlap = i64::from(g.end.min(p.end)) - i64::from(g.start.max(p.start));
            if overlap > 0 {
                let inexact = (g.start, g.end) != (p.start, p.end);
                pairs.push((inexact, !right(g, p, titles), -overlap, gi, pi));
            }
        }
    }
    // Equal spans first, then right values, then the longest overlap; each mention is matched once.
    pairs.sort_unstable();
    let (mut gold_used, mut found_used) = (vec![false; gold.len()], vec![false; found.len()]);
    for (inexact, wrong, _, gi, pi) in pairs {
        if gold_used[gi] || found_used[pi] {
            continue;
        }
        (gold_used[gi], found_used[pi]) = (true, true);
        let (g, p) = (&gold[gi], found[pi]);
        let law_ok = titles.key([g.value.law.as_deref()]) == titles.key([p.law.as_deref(), p.canonical.as_deref()]);
        let unit = |value: Option<&str>| norm(value.unwrap_or_default().split_once(' ').map_or("", |(_, unit)| unit));
        let unit_ok = unit(g.neutral.as_deref()) == unit(p.value.as_deref());
        board.add(language, group(&g.kind), |tally| {
            tally.over += 1;
            tally.exact += u64::from(!inexact);
            tally.val += u64::from(!inexact && !wrong);
            if g.kind == "article_ref" && !inexact {
                tally.law_n += 1;
                tally.law_ok += u64::from(law_ok);
            }
            if g.kind == "figure" && !inexact {
                tally.unit_n += 1;
                tally.unit_ok += u64::from(unit_ok);
            }
        });
        if inexact || wrong {
            board.differences.push(difference(document, "wrong", Some(g), Some(p)));
        }
    }
    for (g, used) in gold.iter().zip(gold_used) {
        board.add(language, group(&g.kind), |tally| tally.gold += 1);
        if !used {
            board.differences.push(difference(document, "missed", Some(g), None));
        }
    }
    for (p, used) in found.iter().zip(found_used) {
        board.add(language, group(p.kind), |tally| tally.pred += 1);
        if !used {
            board.differences.push(difference(document, "extra", None, Some(p)));
        }
    }
}

/// The distinct laws of a document, as a report would list them.
fn compare_law_sets(document: &GoldDocument, found: &[&Prediction], titles: &Titles, board: &mut Board) {
    let language = document.lang.get(..2).unwrap_or(&document.lang);
    let want: BTreeSet<String> = document
        .mentions
        .iter()
        .filter(|g| g.kind == "law")
        .map(|g| titles.key([g.value.canonical.as_deref()]))
        .collect();
    let have: BTreeSet<String> = found
        .iter()
        .filter(|p| p.kind == "law")
        .map(|p| titles.key([p.canonical.as_deref(), p.value.as_deref()]))
        .collect();
    let both = want.intersection(&have).count() as u64;
    for language in [language, "*"] {
        let tally = board.tallies.entry((language.to_owned(), "law set".to_owned())).or_default();
        tally.gold += want.len() as u64;
        tally.pred += have.len() as u64;
        tally.exact += both;
        tally.over += both;
        tally.val += both;
    }
}

fn right(gold: &GoldMention, found: &Prediction, titles: &Titles) -> bool {
    let meaning = &gold.value;
    match gold.kind.as_str() {
        "law" | "law_anaphor" => {
            let want = meaning.canonical.as_deref().filter(|t| !t.is_empty()).or(meaning.refers_to.as_deref());
            titles.key([want]) == titles.key([found.canonical.as_deref(), found.value.as_deref()])
        }
        "date" | "daterange" | "duration" | "money" | "percent" | "figure" => {
            let (mut want, mut have) =
                (gold.neutral.as_deref().unwrap_or("None"), found.value.as_deref().unwrap_or_default());
            let mut kind = gold.kind.as_str();
            if kind == "figure" {
                // The number must be right; the unit is judged apart.
                (want, have) = (want.split(' ').next().unwrap_or_default(), have.split(' ').next().unwrap_or_default());
                kind = if want.contains("..") { "number_range" } else { "number" };
            }
            same_value(kind, want, have)
        }
        "article_ref" => {
            norm(meaning.reference.as_deref().unwrap_or_default()) == norm(found.value.as_deref().unwrap_or_default())
        }
        _ => norm(meaning.norm.as_deref().unwrap_or_default()) == norm(found.value.as_deref().unwrap_or_default()),
    }
}

fn difference(
    document: &GoldDocument,
    what: &'static str,
    gold: Option<&GoldMention>,
    found: Option<&Prediction>,
) -> Difference {
    let words = |from: u32, to: u32| -> String {
        document.text.chars().skip(from as usize).take((to - from) as usize).collect()
    };
    let meaning = |g: &GoldMention| {
        let v = &g.value;
        let told = [&g.neutral, &v.canonical, &v.refers_to, &v.reference, &v.norm];
        told.into_iter().flatten().next().cloned()
    };
    Difference {
        id: document.id.as_str().map_or_else(|| document.id.to_string(), str::to_owned),
        what,
        kind: gold.map_or_else(|| found.map_or("", |p| p.kind).to_owned(), |g| g.kind.clone()),
        gold: gold.map(|g| words(g.start, g.end)).unwrap_or_default(),
        gold_value: gold.and_then(meaning),
        found: found.map(|p| words(p.start, p.end)).unwrap_or_default(),
        found_value: found.and_then(|p| p.canonical.clone().or_else(|| p.value.clone())),
    }
}

impl Tally {
    fn scores(&self) -> Scores {
        let (span_p, span_r, span_f1) = precision_recall(self.exact, self.pred, self.gold);
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        Scores {
            gold: self.gold,
            pred: self.pred,
            span_p,
            span_r,
            span_f1,
            over_f1: precision_recall(self.over, self.pred, self.gold).2,
            value_acc: share(self.val, self.exact),
            strict_f1: precision_recall(self.val, self.pred, self.gold).2,
            law_acc: share(self.law_ok, self.law_n),
            unit_acc: share(self.unit_ok, self.unit_n),
        }
    }
}

/// Precision, recall and F1; where there is nothing to find and nothing was found, all is well.
fn precision_recall(hits: u64, pred: u64, gold: u64) -> (f64, f64, f64) {
    let share = |whole: u64, other: u64| match (whole, other) {
        (0, 0) => 1.0,
        (0, _) => 0.0,
        _ => hits as f64 / whole as f64,
    };
    let (p, r) = (share(pred, gold), share(gold, pred));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// Titles and ids to ids.
struct Titles(HashMap<String, String>);

impl Titles {
    fn new(registry: &Registry) -> Self {
        let mut by = HashMap::new();
        let full = registry.laws.iter().flat_map(|law| [&law.title_zh, &law.title_en].map(|title| (title, law)));
        let others = registry.laws.iter().flat_map(|law| {
            law.aliases_zh.iter().chain(&law.aliases_en).chain(&law.doc_numbers).map(move |title| (title, law))
        });
        for (title, law) in full.chain(others).filter(|(title, _)| !title.is_empty()) {
            by.entry(fold(title)).or_insert_with(|| law.id.to_string());
        }
        for law in &registry.laws {
            by.insert(law.id.to_string(), law.id.to_string());
        }
        Self(by)
    }

    /// The id that the first known name leads to, else the first name folded.
    fn key<const N: usize>(&self, names: [Option<&str>; N]) -> String {
        let names = || names.into_iter().flatten().filter(|name| !name.is_empty());
        names()
            .find_map(|name| self.0.get(name).or_else(|| self.0.get(&fold(name))).cloned())
            .unwrap_or_else(|| fold(names().next().unwrap_or_default()))
    }
}

/// A title without marks, case, the country's name and, in Chinese, blanks.
fn fold(title: &str) -> String {
    const MARKS: &str = "《》〈〉<>“”\"'’‘()[]{}·,，、。.;；:：-—–";
    let text: String =
        half_width(title).to_lowercase().chars().map(|c| if MARKS.contains(c) { ' ' } else { c }).collect();
    let mut text = text;
    for words in ["of the people s republic of china", "people s republic of china", "the"] {
        text = without_words(&text, words);
    }
    let text = text.replace("中华人民共和国", "");
    let han = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    text.split_whitespace().collect::<Vec<_>>().join(if han { "" } else { " " })
}

/// A text with a blank for these words, where they stand alone.
fn without_words(text: &str, words: &str) -> String {
    let inner = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(words) {
        let (before, behind) = (&rest[..at], &rest[at + words.len()..]);
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        let alone = !last.is_some_and(inner) && !behind.chars().next().is_some_and(inner);
        out.push_str(before);
        out.push_str(if alone { " " } else { words });
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Full-width letters, digits and marks as plain ones.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}

/// A number of a document without blanks and stops.
fn norm(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_the_country() {
        assert_eq!(fold("《中华人民共和国网络安全法》"), "网络安全法");
        assert_eq!(fold("Cybersecurity Law of the People’s Republic of China"), "cybersecurity law");
        assert_eq!(fold("The Data Security Law"), "data security law");
        assert_eq!(fold("Theory Act"), "theory act");
    }

    #[test]
    fn nothing_found_where_nothing_is_counts_as_right() {
        assert_eq!(precision_recall(0, 0, 0), (1.0, 1.0, 1.0));
        assert_eq!(precision_recall(0, 2, 0), (0.0, 0.0, 0.0));
        assert_eq!(precision_recall(1, 2, 1).0, 0.5);
    }
}
