//! How the numbers were made: the command, every parameter, the fingerprints of what decided.

use serde::Serialize;
use serde_json::Value;

use super::{Context, words::Both};
use crate::count::wilson;

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    command: String,
    parameters: Vec<(String, String)>,
    rules: String,
    registry: String,
    version: String,
    accuracy: Vec<Accuracy>,
}

/// How well the rules did on annotated texts of the project.
#[derive(Serialize)]
struct Accuracy {
    what: Both,
    mentions: usize,
    f1: String,
    low: String,
    high: String,
}

/// Data set in `quality/scores.toml`, what it is, and how many mentions it has.
const GOLD: [(&str, &str, &str, usize); 2] = [
    ("gold-dev-strict", "policy texts, first set", "政策文本，第一组", 231),
    ("gold-dev2-strict", "policy texts, second set", "政策文本，第二组", 659),
];

const SCORES: &str = include_str!("../../../../quality/scores.toml");

fn accuracy() -> Vec<Accuracy> {
    let Ok(scores) = SCORES.parse::<toml::Table>() else { return Vec::new() };
    let score = |set: &str| scores.get(set)?.get("*/*")?.as_float();
    let row = |(set, en, zh, mentions): (&str, &str, &str, usize)| {
        let f1 = score(set)?;
        let right = (f1 * mentions as f64).round() as u64;
        let (low, high) = wilson(right, mentions as u64);
        let shown = |share: f64| format!("{share:.2}");
        Some(Accuracy { what: Both::new(en, zh), mentions, f1: shown(f1), low: shown(low), high: shown(high) })
    };
    GOLD.into_iter().filter_map(row).collect()
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let run = context.report.run;
    let parameters = run.parameters.iter().filter(|(name, _)| *name != "command");
    Section {
        command: run.parameters.get("command").map(shown).unwrap_or_default(),
        parameters: parameters.map(|(name, value)| (name.clone(), shown(value))).collect(),
        rules: run.rules_fingerprint.clone(),
        registry: run.registry_fingerprint.clone(),
        version: run.version.clone(),
        accuracy: accuracy(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "—".to_owned(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(" · "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sets_have_a_score_inside_its_interval() {
        let rows = accuracy();
        assert_eq!(rows.len(), GOLD.len());
        assert!(rows.iter().all(|row| row.low < row.f1 && row.f1 < row.high));
    }
}
