//! Do the rules agree with each other? A sentence must give all its mentions and no other, a Chinese and an English
//! sentence that say the same must give the same laws, dates and amounts, and a trap no date and no figure at all.
//!
//! The cases stand in `tests/cases/*.toml`; a single rule's own cases stand beside it in `rules/`.

use std::{collections::BTreeSet, fs, path::Path, sync::OnceLock};

use serde::{Deserialize, de::DeserializeOwned};
use tongwen::{engine::Engine, extract::Layers, segment::UnknownWords, text::Document, wire};

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
    /// Sentences in which nothing is a date, a length of time or a quantity.
    text: Vec<String>,
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

fn mentions(text: &str) -> Vec<Mention> {
    let engine = engine();
    let document = Document { text: text.to_owned(), ..Document::default() };
    let mut entities = engine.entities();
    let mut found = Vec::new();
    engine.read(&document, Layers::Top, &mut entities, |section, entities| {
        for mention in &section.mentions {
            let line = wire::line(mention, &section.frame, &engine.rules, entities);
            let value = line.value.unwrap_or_else(|| "-".to_owned());
            let value = match line.law.or(line.instrument).filter(|_| line.kind == "article_ref") {
                Some(law) => format!("{value} @ {law}"),
                None => value,
            };
            found.push((line.kind.to_owned(), line.text.to_owned(), value));
        }
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

/// What a trap must not be taken for.
const NEVER_IN_A_TRAP: [&str; 6] = ["date", "daterange", "duration", "money", "percent", "figure"];

#[test]
fn no_trap_is_taken_for_a_date_or_a_figure() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("traps-") && name.ends_with(".toml"))
        .collect();
    files.sort();
    let mut caught = Vec::new();
    for file in files {
        for trap in cases::<Traps>(&file).trap {
            for text in trap.text {
                let found: Vec<Mention> =
                    mentions(&text).into_iter().filter(|(kind, ..)| NEVER_IN_A_TRAP.contains(&kind.as_str())).collect();
                if !found.is_empty() {
                    caught.push(format!("{file}: {}\n    {text}\n    finds {found:?}", trap.why));
                }
            }
        }
    }
    assert!(caught.is_empty(), "{} traps:\n{}", caught.len(), caught.join("\n"));
}
