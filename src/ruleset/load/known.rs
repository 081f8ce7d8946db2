//! Does a user's file say anything? Lists, tables and meanings that nothing reads are most likely misspelt.

use std::path::Path;

use super::{Loader, place};
use crate::{
    error::{Error, Result},
    ruleset::{
        meaning::{self, Fault, Topic},
        schema::{RuleEntry, RuleFile},
    },
    value::Modifier,
};

impl Loader {
    /// Refuses lists and tables of an overlay that nobody reads: most likely their names are misspelt.
    pub(super) fn know_words(&self, path: &Path, topic: &str, text: &str, file: &RuleFile) -> Result<()> {
        let wrong = |header: &str, message: String, hint: Option<String>| {
            let (line, column) = place(text, text.find(header).unwrap_or_default());
            Err(Error::Data { path: path.into(), line, column, message, hint })
        };
        let known = |names: Vec<&String>| {
            let prefix = format!("{topic}.");
            let names: Vec<&str> = names.into_iter().filter_map(|name| name.strip_prefix(prefix.as_str())).collect();
            (!names.is_empty()).then(|| format!("those of this file are {}", names.join(", ")))
        };
        let unread = |name: &&String| !self.lists.contains_key(&format!("{topic}.{name}"));
        if let Some(name) = file.lists.keys().find(unread) {
            return wrong(name, format!("no rule reads a list {name}"), known(self.lists.keys().collect()));
        }
        for (name, table) in &file.words {
            let header = format!("[words.{name}]");
            let patterns = || file.rule.iter().flat_map(|rule| rule.patterns(text)).map(|(pattern, _)| pattern);
            let holes = [format!("{{{name}}}"), format!(":{name}}}")];
            if !self.words.contains_key(&format!("{topic}.{name}"))
                && !patterns().any(|pattern| holes.iter().any(|hole| pattern.contains(hole.as_str())))
            {
                let hint = known(self.words.keys().collect());
                return wrong(&header, format!("no rule reads a table {name}"), hint);
            }
            if table.keys().any(|words| words.split('|').any(|word| word.trim().is_empty())) {
                return wrong(&header, format!("a word of the table {name} is empty"), None);
            }
            let modifies = topic.ends_with(".figure") && matches!(name.as_str(), "before" | "after");
            for (word, meaning) in table.iter().filter(|_| modifies) {
                let code = meaning.code();
                if !code.is_empty() && Modifier::from_code(&code).is_none() {
                    return wrong(
                        &format!("\"{word}\""),
                        format!("{word}: unknown modifier {code}"),
                        Some("modifiers are gt, ge, lt, le, approx".into()),
                    );
                }
            }
        }
        Ok(())
    }

    /// Refuses meanings that would come out as nothing: a season of 7, a plan of "2031-2035", `with = { seson = "2" }`.
    pub(super) fn know_meanings(&self, path: &Path, topic: &str, text: &str, file: &RuleFile) -> Result<()> {
        let wrong = |at: usize, message: String, hint: Option<String>| {
            let (line, column) = place(text, at);
            Err(Error::Data { path: path.into(), line, column, message, hint })
        };
        for entry in &file.rule {
            let from = entry.id.span().start;
            for (name, value) in &entry.with {
                let Some(topic) = topic_of(topic, entry) else { continue };
                let at = || from + text[from..].find(name.as_str()).unwrap_or_default();
                match meaning::check_with(topic, name, value) {
                    Ok(()) => {}
                    Err(Fault::Expected(expected)) => {
                        return wrong(
                            at(),
                            format!("{name} cannot mean {value}"),
                            Some(format!("it may be {expected}")),
                        );
                    }
                    Err(Fault::Unread) => {
                        let hint = "docs/RULES.md lists the names of holes and what they mean".to_owned();
                        return wrong(at(), format!("no rule of the kind {} reads {name}", entry.kind), Some(hint));
                    }
                }
            }
        }
        for (table, words) in &file.words {
            let header = format!("[words.{table}]");
            let built_in = self.rules.iter().zip(&self.sources).map(|(rule, (_, source))| (&rule.entry, &**source));
            let own = file.rule.iter().map(|entry| (entry, text));
            let uses = built_in.filter(|(entry, _)| entry.id.get_ref().starts_with(&format!("{topic}."))).chain(own);
            for (entry, source) in uses {
                let Some(topic) = topic_of(topic, entry) else { continue };
                for name in entry.patterns(source).iter().flat_map(|(pattern, _)| names_of(pattern, table)) {
                    for (word, meaning) in words {
                        let code = meaning.code();
                        if let Err(Fault::Expected(expected)) = meaning::check_word(topic, name, &code) {
                            let start = text.find(&header).unwrap_or_default();
                            let at = start + text[start..].find(&format!("\"{word}\"")).unwrap_or_default();
                            let message = format!("{word}: {name} cannot mean {code}");
                            return wrong(at, message, Some(format!("it may be {expected}")));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// What the names in a rule of this file are about; laws have no patterns.
fn topic_of(topic: &str, entry: &RuleEntry) -> Option<Topic> {
    match topic.rsplit('.').next()? {
        "date" => Some(Topic::Dates),
        "figure" => Some(Topic::Figures { lengths: entry.kind == "duration" }),
        _ => None,
    }
}

/// The names of the holes of a pattern that a table fills: `season` of `{season}`, `low_unit` of `{low_unit:unit}`.
fn names_of<'p>(pattern: &'p str, table: &str) -> Vec<&'p str> {
    let holes = pattern.split('{').skip(1).filter_map(|hole| hole.split('}').next());
    holes
        .filter_map(|hole| match hole.split_once(':') {
            Some((name, kind)) => (kind == table).then_some(name),
            None => (hole.trim_end_matches(|c: char| c.is_ascii_digit()) == table).then_some(hole),
        })
        .collect()
}
