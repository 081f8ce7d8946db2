//! Do the rules agree with each other? A sentence must give all its mentions and no other, a Chinese and an English
//! sentence that say the same must give the same laws, dates and amounts, and a trap no date and no figure, or no law, at all.
//! Names of laws, numbers, references and what they mean have tables of their own (`laws-*.toml`, `western.toml`); how many of
//! their fields are right is printed by the run.
//!
//! The cases stand in `tests/cases/*.toml`; a single rule's own cases stand beside it in `rules/`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::Path,
    sync::OnceLock,
};

use serde::{Deserialize, de::DeserializeOwned};
use tongwen::{
    engine::Engine,
    extract::Layers,
    resolve::{Entities, Resolved},
    segment::UnknownWords,
    text::Document,
    wire::{self, MentionLine},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    finds: Vec<Mention>,
    /// What would be right, where the answer is known to be wrong.
    wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    zh: String,
    en: String,
    both: BTreeSet<String>,
    #[serde(default)]
    zh_only: BTreeSet<String>,
    #[serde(default)]
    en_only: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Traps {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    /// What kind of look-alike the sentences are.
    why: String,
    /// Sentences in which nothing of the file's kinds may be found.
    text: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Laws {
    case: Vec<LawCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LawCase {
    text: String,
    /// Kind, words, value, and of an article reference the instrument. The value of a law or an anaphor is the
    /// instrument: its id in the registry, or its canonical title where it has none; `-` where it is left open.
    finds: Vec<Vec<String>>,
    /// What would be right, where the answer is known to be wrong.
    wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Years {
    text: Vec<YearCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearCase {
    why: String,
    text: String,
    date: Option<String>,
    title: Option<String>,
    /// Words and value of each time.
    finds: Vec<(String, String)>,
}

/// Kind, words, value; `-` for no value.
type Mention = (String, String, String);

fn cases<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    toml::from_str(&fs::read_to_string(path).expect("the cases are there"))
        .unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(None, UnknownWords::Split).expect("the built-in rules load"))
}

/// Calls back with each mention of a text, as resolved and as written.
fn read(text: &str, each: impl FnMut(&Resolved, MentionLine<'_>, &Entities)) {
    read_document(&Document { text: text.to_owned(), ..Document::default() }, each);
}

fn read_document(document: &Document, mut each: impl FnMut(&Resolved, MentionLine<'_>, &Entities)) {
    let engine = engine();
    engine.read(document, Layers::Top, &mut engine.entities(), |section, entities| {
        for mention in &section.mentions {
            each(mention, wire::line(mention, &section.frame, &engine.rules, entities), entities);
        }
    });
}

fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    read(text, |_, line, _| {
        let value = line.value.unwrap_or_else(|| "-".to_owned());
        let value = match line.law.or(line.instrument).filter(|_| line.kind == "article_ref") {
            Some(law) => format!("{value} @ {law}"),
            None => value,
        };
        found.push((line.kind.to_owned(), line.text.to_owned(), value));
    });
    found
}

/// What a sentence says, without its words.
fn says(text: &str) -> BTreeSet<String> {
    mentions(text)
        .into_iter()
        .map(|(kind, _, value)| match kind.as_str() {
            "figure" => format!("figure:{}", value.split(' ').next().unwrap_or_default()),
            _ => format!("{kind}:{value}"),
        })
        .collect()
}

#[test]
fn a_sentence_gives_all_its_mentions_and_no_other() {
    let mut wrong = Vec::new();
    for case in cases::<Sentences>("sentences.toml").sentence {
        let found = mentions(&case.text);
        if found != case.finds {
            let known = case
                .wrong
                .map(|right| format!("\n    known to be wrong so far; right would be: {right}"))
                .unwrap_or_default();
            wrong.push(format!("{}\n    finds {found:?}\n    not   {:?}{known}", case.text, case.finds));
        }
    }
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn both_languages_say_the_same() {
    let pairs = cases::<Pairs>("pairs.toml").pair;
    assert!(pairs.len() >= 12);
    let mut wrong = Vec::new();
    for pair in pairs {
        for (text, only) in [(&pair.zh, &pair.zh_only), (&pair.en, &pair.en_only)] {
            let (found, expected): (_, BTreeSet<String>) = (says(text), pair.both.union(only).cloned().collect());
            if found != expected {
                wrong.push(format!("{text}\n    says {found:?}\n    not  {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
}

/// Files of law cases, by language.
const LAW_CASES: [(&str, &str); 4] =
    [("en", "laws-en.toml"), ("en", "western.toml"), ("zh", "laws-zh.toml"), ("zh", "laws-tw.toml")];

/// How many of the expected fields were found.
#[derive(Default)]
struct Score {
    expected: usize,
    spans: usize,
    kinds: usize,
    values: usize,
    with_law: usize,
    laws: usize,
    beyond: usize,
}

#[test]
fn laws_and_what_points_into_them() {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (language, file) in LAW_CASES {
        for case in cases::<Laws>(file).case {
            count += 1;
            let found = laws(&case.text);
            let score = scores.entry(language).or_default();
            score.add(&case.finds, &found);
            if found != case.finds {
                let known = case.wrong.map(|right| format!("\n    known to be wrong: {right}")).unwrap_or_default();
                wrong.push(format!("{file}: {}\n    finds {found:?}\n    not   {:?}{known}", case.text, case.finds));
            }
        }
    }
    for (language, score) in &scores {
        // Past the harness, which keeps what a passing test prints.
        let _ = writeln!(std::io::stderr(), "law cases, {language}: {score}");
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 600, "{count} cases");
}

/// All mentions of laws with the instrument each means.
fn laws(text: &str) -> Vec<Vec<String>> {
    let registry = &engine().rules.registry;
    let mut found = Vec::new();
    read(text, |mention, line, entities| {
        if !NEVER_A_LAW.contains(&line.kind) {
            return;
        }
        let instrument = match mention.entity {
            Some(entity) if entities.row(entity).is_some() => entities.id(entity, registry),
            Some(entity) => entities.canonical(entity, registry),
            None => "-",
        };
        let mut fields = vec![line.kind.to_owned(), line.text.to_owned()];
        match line.kind {
            "law" | "law_anaphor" => fields.push(instrument.to_owned()),
            "article_ref" => fields.extend([line.value.unwrap_or_default(), instrument.to_owned()]),
            _ => fields.push(line.value.unwrap_or_default()),
        }
        found.push(fields);
    });
    found
}

impl Score {
    /// Mentions are paired by their words, in order.
    fn add(&mut self, expected: &[Vec<String>], found: &[Vec<String>]) {
        let mut rest: Vec<&Vec<String>> = found.iter().collect();
        for right in expected {
            self.expected += 1;
            self.with_law += usize::from(right[0] == "article_ref" || right[0].starts_with("law"));
            let same_kind = rest.iter().position(|m| m[..2] == right[..2]);
            let Some(at) = same_kind.or_else(|| rest.iter().position(|m| m[1] == right[1])) else { continue };
            let answer = rest.remove(at);
            self.spans += 1;
            self.kinds += usize::from(answer[0] == right[0]);
            if right[0].starts_with("law") {
                self.values += usize::from(answer[0] == right[0]);
                self.laws += usize::from(answer == right);
            } else {
                self.values += usize::from(answer[..3.min(answer.len())] == right[..3]);
                self.laws += usize::from(right[0] == "article_ref" && answer.get(3) == right.get(3));
            }
        }
        self.beyond += rest.len();
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |right: usize, all: usize| format!("{right}/{all}");
        write!(
            f,
            "spans {}, kinds {}, values {}, instruments {}; {} beyond",
            of(self.spans, self.expected),
            of(self.kinds, self.expected),
            of(self.values, self.expected),
            of(self.laws, self.with_law),
            self.beyond
        )
    }
}

/// What the traps of `traps-*.toml` must not be taken for, and those of `traps-law-*.toml`.
const NEVER_A_FIGURE: [&str; 6] = ["date", "daterange", "duration", "money", "percent", "figure"];
const NEVER_A_LAW: [&str; 6] = ["law", "law_anaphor", "doc_number", "standard", "code_ref", "article_ref"];

#[test]
fn no_trap_is_taken_for_a_date_or_a_figure() {
    assert!(traps(|name| !name.starts_with("traps-law-"), &NEVER_A_FIGURE) >= 300);
}

#[test]
fn no_trap_is_taken_for_a_law() {
    assert!(traps(|name| name.starts_with("traps-law-"), &NEVER_A_LAW) >= 300);
}

/// Reads the traps of some files, in none of which a mention of these kinds may be found, and counts them.
fn traps(wanted: impl Fn(&str) -> bool, never: &[&str]) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("traps-") && name.ends_with(".toml") && wanted(name))
        .collect();
    files.sort();
    let (mut caught, mut count) = (Vec::new(), 0);
    for file in files {
        for trap in cases::<Traps>(&file).trap {
            count += trap.text.len();
            for text in trap.text {
                let found: Vec<Mention> =
                    mentions(&text).into_iter().filter(|(kind, ..)| never.contains(&kind.as_str())).collect();
                if !found.is_empty() {
                    caught.push(format!("{file}: {}\n    {text}\n    finds {found:?}", trap.why));
                }
            }
        }
    }
    assert!(caught.is_empty(), "{} traps:\n{}", caught.len(), caught.join("\n"));
    count
}

#[test]
fn a_date_without_its_year_takes_it_from_the_text_the_title_or_the_document() {
    for case in cases::<Years>("years.toml").text {
        let date = case.date.map(|date| date.parse().expect("a day"));
        let document = Document { text: case.text, date, title: case.title, ..Document::default() };
        let mut found = Vec::new();
        read_document(&document, |mention, line, _| {
            if mention.time.is_some() || mention.basis.is_some() {
                found.push((line.text.to_owned(), line.value.unwrap_or_else(|| "-".to_owned())));
            }
        });
        assert_eq!(found, case.finds, "{}", case.why);
    }
}
