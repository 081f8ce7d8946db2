//! How the numbers were made: the command, every parameter, the fingerprints of what decided.

use serde::Serialize;
use serde_json::Value;

use super::Context;

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    command: String,
    parameters: Vec<(String, String)>,
    rules: String,
    registry: String,
    version: String,
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
