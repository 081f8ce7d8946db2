//! Do the rules do what they say? Runs every `case` and `not` of every rule, with all rules in place.
//!
//! A rule whose case is taken by another rule is as wrong as one that finds nothing: reports name the rule that
//! found a mention, and its `why` must be the true reason.

use std::{fs, path::PathBuf};

use rayon::prelude::*;

use crate::{
    engine::Engine,
    extract::Layers,
    ruleset::{Rule, schema::Case},
    text::Document,
    wire,
};

/// What came of checking.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// How many rules there are.
    pub rules: usize,
    /// How many sentences were tried, `not` included.
    pub cases: usize,
    /// What is wrong, in the order of the rules.
    pub wrong: Vec<Wrong>,
}

/// A sentence that does not come out as its rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The rule, by name.
    pub rule: String,
    /// The file it stands in; built-in ones begin with `built-in:`.
    pub path: PathBuf,
    /// Line of the sentence, or of the rule where the file is not at hand; from 1.
    pub line: usize,
    /// Column of the sentence, from 1, in characters; 0 where the file is not at hand.
    pub column: usize,
    /// What was expected and what was found.
    pub message: String,
    /// What to try.
    pub hint: String,
}

/// A mention, as far as a case speaks of it.
struct Found {
    rule: String,
    text: String,
    value: Option<String>,
    modifier: Option<&'static str>,
}

/// Runs every case of every rule.
///
/// ```no_run
/// use tongwen::{check::check, engine::Engine, segment::UnknownWords};
/// let engine = Engine::load(None, UnknownWords::Split)?;
/// assert!(check(&engine).wrong.is_empty());
/// # Ok::<(), tongwen::Error>(())
/// ```
#[must_use]
pub fn check(engine: &Engine) -> Checked {
    let rules = &engine.rules.rules;
    let wrong: Vec<Vec<Wrong>> = rules.par_iter().map(|rule| check_rule(engine, rule)).collect();
    Checked {
        rules: rules.len(),
        cases: rules.iter().map(|rule| rule.entry.case.len() + rule.entry.not.len()).sum(),
        wrong: wrong.into_iter().flatten().collect(),
    }
}

/// Runs the cases of one rule.
#[must_use]
pub fn check_rule(engine: &Engine, rule: &Rule) -> Vec<Wrong> {
    let cases = rule.entry.case.iter().filter_map(|case| check_case(engine, rule, case));
    cases.chain(rule.entry.not.iter().filter_map(|sentence| check_not(engine, rule, sentence))).collect()
}

/// Tries a sentence in which the rule must find something.
#[must_use]
pub fn check_case(engine: &Engine, rule: &Rule, case: &Case) -> Option<Wrong> {
    let found = read(engine, &case.text, case.date.as_deref(), layers(rule));
    let (message, hint) = judge(rule, case, &found)?;
    Some(wrong_at(rule, &case.text, message, hint))
}

/// Tries a sentence in which the rule must find nothing.
#[must_use]
pub fn check_not(engine: &Engine, rule: &Rule, sentence: &str) -> Option<Wrong> {
    let found = read(engine, sentence, None, layers(rule));
    let found = found.iter().find(|found| found.rule == rule.name)?;
    let message = format!("found {} in `{sentence}`, where it must find nothing", found.show());
    Some(wrong_at(rule, sentence, message, "narrow the pattern, or add what follows to not_followed_by".into()))
}

const fn layers(rule: &Rule) -> Layers {
    if rule.entry.nested { Layers::All } else { Layers::Top }
}

fn read(engine: &Engine, text: &str, date: Option<&str>, layers: Layers) -> Vec<Found> {
    let document =
        Document { text: text.to_owned(), date: date.and_then(|date| date.parse().ok()), ..Document::default() };
    let mut all = Vec::new();
    let mut entities = engine.entities();
    let lost = engine.read(&document, layers, &mut entities, |section, entities| {
        all.extend(section.mentions.iter().map(|found| {
            let line = wire::line(found, &section.frame, &engine.rules, entities);
            Found {
                rule: line.rule.to_owned(),
                text: line.text.to_owned(),
                value: line.value.clone(),
                modifier: line.modifier.map(crate::value::Modifier::code),
            }
        }));
    });
    if lost > 0 {
        all.push(Found {
            rule: "(the program failed on this sentence)".into(),
            text: text.to_owned(),
            value: None,
            modifier: None,
        });
    }
    all
}

/// What is wrong with a case, and what to try.
fn judge(rule: &Rule, case: &Case, all: &[Found]) -> Option<(String, String)> {
    let same_words: Vec<&Found> = all.iter().filter(|found| found.text == case.finds).collect();
    let own: Vec<&Found> = all.iter().filter(|found| found.rule == rule.name).collect();
    let right = |found: &&Found| {
        (case.value.is_none() || found.value == case.value)
            && (case.modifier.is_none() || found.modifier == case.modifier.as_deref())
    };
    let mine: Vec<&Found> = same_words.iter().copied().filter(|found| found.rule == rule.name).collect();
    if mine.iter().any(right) {
        return None;
    }
    let expected = format!("`{}` in `{}`", case.finds, case.text);
    if let Some(found) = mine.first() {
        let value = |value: Option<&str>| value.unwrap_or("none").to_owned();
        if case.value.is_some() && found.value != case.value {
            let (want, have) = (value(case.value.as_deref()), value(found.value.as_deref()));
            return Some((
                format!("{expected} has the value {have}, not {want}"),
                "correct the value of the case, or the words of the rule".into(),
            ));
        }
        let (want, have) = (value(case.modifier.as_deref()), value(found.modifier));
        return Some((
            format!("{expected} has the modifier {have}, not {want}"),
            "modifiers are gt, ge, lt, le, approx, start, mid, end".into(),
        ));
    }
    if let Some(other) = same_words.first() {
        let hint = "the rules agree on the words; move the case there, or make this rule come first".to_owned();
        return Some((format!("{expected} is found by {} ({})", other.rule, other.show()), hint));
    }
    if !case.text.contains(&case.finds) {
        return Some((
            format!("`{}` does not stand in `{}`", case.finds, case.text),
            "copy the words from the sentence".into(),
        ));
    }
    if let Some(found) = own.first() {
        return Some((
            format!("expected {expected}, found {}", found.show()),
            "the words must be the same, blanks included".into(),
        ));
    }
    let others: Vec<String> = all.iter().map(|found| format!("{} by {}", found.show(), found.rule)).collect();
    let told = if others.is_empty() { "nothing".to_owned() } else { others.join(", ") };
    Some((
        format!("expected {expected}, found {told}"),
        "another rule may take the words first, or the pattern leaves something out".into(),
    ))
}

impl Found {
    fn show(&self) -> String {
        let mut told = format!("`{}`", self.text);
        if let Some(value) = &self.value {
            told.push_str(&format!(" = {value}"));
        }
        if let Some(modifier) = self.modifier {
            told.push_str(&format!(" ({modifier})"));
        }
        told
    }
}

fn wrong_at(rule: &Rule, sentence: &str, message: String, hint: String) -> Wrong {
    let (path, line) = &rule.place;
    let (line, column) = place_of(rule, sentence).unwrap_or((*line, 0));
    Wrong { rule: rule.name.clone(), path: path.clone(), line, column, message, hint }
}

/// Where a sentence stands below its rule, where the file can be read.
fn place_of(rule: &Rule, sentence: &str) -> Option<(usize, usize)> {
    let (path, from) = &rule.place;
    let text = fs::read_to_string(path).ok()?;
    let (line, found) = text.lines().enumerate().skip(from - 1).find(|(_, line)| line.contains(sentence))?;
    let column = found.find(sentence).map_or(0, |at| found[..at].chars().count() + 1);
    Some((line + 1, column))
}
