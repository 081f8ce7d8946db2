//! The shape of a rule file. Unknown keys are refused, so that a misspelt `patern` is an error with a
//! place and not a rule that never fires.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// One `rules/<language>/<topic>.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Word lists by name; the parsers and patterns of the same file use them.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<String>>,
    /// Words with a meaning by name: `"January|Jan." = "1"`. Patterns use them as `{name}`.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, Meaning>>,
    /// The rules.
    #[serde(default)]
    pub rule: Vec<RuleEntry>,
}

/// What a word stands for: a number, a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Meaning {
    /// A whole number.
    Number(i64),
    /// A code that the kind's builder knows.
    Code(String),
}

impl Meaning {
    /// As text.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Code(code) => code.clone(),
        }
    }
}

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// `language.topic.name`, unique.
    pub id: Spanned<String>,
    /// The kind of mention, as the wire form names it.
    pub kind: String,
    /// Why the rule is there: the sentence or habit that made it necessary.
    pub why: String,
    /// Standard or paper, where there is one.
    pub source: Option<String>,
    /// What it looks like; several wordings of one meaning may share a rule.
    pub pattern: Option<Spanned<Wordings>>,
    /// Name of the parser in Rust, for rules that a pattern cannot say.
    pub parser: Option<String>,
    /// Given meanings that the wording leaves out: `part = "3"`.
    #[serde(default)]
    pub with: BTreeMap<String, String>,
    /// The rule holds only if one of these follows at once.
    #[serde(default)]
    pub followed_by: Vec<String>,
    /// … only if none of these follows.
    #[serde(default)]
    pub not_followed_by: Vec<String>,
    /// … only if one of these stands right before.
    #[serde(default)]
    pub preceded_by: Vec<String>,
    /// … only if none of these stands right before.
    #[serde(default)]
    pub not_preceded_by: Vec<String>,
    /// Shown only among all layers (`extract --nested`): 今年, "next month".
    #[serde(default)]
    pub nested: bool,
    /// Sentences in which the rule must find something.
    #[serde(default)]
    pub case: Vec<Case>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub not: Vec<String>,
}

/// A sentence with what the rule finds in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The sentence.
    pub text: String,
    /// The words that are found.
    pub finds: String,
    /// Their value in the wire form.
    pub value: Option<String>,
    /// Their modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// Date of the document, for relative dates.
    pub date: Option<String>,
}

/// `pattern = "…"` or `pattern = ["…", "…"]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Wordings {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl RuleEntry {
    /// The patterns, each with the byte of the file at which it stands.
    #[must_use]
    pub fn patterns(&self, file: &str) -> Vec<(&str, usize)> {
        let Some(wordings) = &self.pattern else { return Vec::new() };
        let all = match wordings.get_ref() {
            Wordings::One(one) => std::slice::from_ref(one),
            Wordings::Many(many) => many,
        };
        let mut at = wordings.span().start;
        all.iter()
            .map(|pattern| {
                // A pattern with escapes is not written as it reads; then the list's own place must do.
                if let Some(found) = file.get(at..).and_then(|rest| rest.find(pattern.as_str())) {
                    at += found;
                }
                (pattern.as_str(), at)
            })
            .collect()
    }
}
