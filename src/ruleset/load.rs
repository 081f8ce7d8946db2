//! Reads the embedded rule files and an overlay folder; says file, line, column and hint for what is wrong.

mod known;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::{
    Registry, Rule, Ruleset,
    pattern::{Pattern, WordTable},
    registry::{Law, Text},
    schema::RuleFile,
};
use crate::{
    error::{Error, Result},
    text::Language,
    value::Kind,
};

/// The built-in files, by path below `rules/`.
const BUILT_IN: &[(&str, &str)] = &[
    ("zh/law.toml", include_str!("../../rules/zh/law.toml")),
    ("en/law.toml", include_str!("../../rules/en/law.toml")),
    ("zh/date.toml", include_str!("../../rules/zh/date.toml")),
    ("en/date.toml", include_str!("../../rules/en/date.toml")),
    ("zh/figure.toml", include_str!("../../rules/zh/figure.toml")),
    ("en/figure.toml", include_str!("../../rules/en/figure.toml")),
    ("zh/language.toml", include_str!("../../rules/zh/language.toml")),
    ("en/language.toml", include_str!("../../rules/en/language.toml")),
    ("zh/words.txt", include_str!("../../rules/zh/words.txt")),
    ("zh/stopwords.txt", include_str!("../../rules/zh/stopwords.txt")),
    ("en/stopwords.txt", include_str!("../../rules/en/stopwords.txt")),
    ("registry/laws.tsv", include_str!("../../rules/registry/laws.tsv")),
    ("registry/added.tsv", include_str!("../../rules/registry/added.tsv")),
    ("registry/ambiguous_aliases.tsv", include_str!("../../rules/registry/ambiguous_aliases.tsv")),
    ("registry/issuers.tsv", include_str!("../../rules/registry/issuers.tsv")),
];

/// A file: where it stands, its path below `rules/`, its text.
type Source = (PathBuf, String, Text);

/// The built-in rules, with those of a folder laid over them.
///
/// # Errors
/// [`Error::Data`] for a mistake in a file, [`Error::Read`] where the folder cannot be read.
pub fn load(overlay: Option<&Path>) -> Result<Ruleset> {
    let mut sources: Vec<Source> = BUILT_IN
        .iter()
        .map(|&(name, text)| (PathBuf::from(format!("built-in:{name}")), name.to_owned(), Cow::Borrowed(text)))
        .collect();
    if let Some(folder) = overlay {
        sources.extend(overlay_files(folder)?);
    }
    let rules = |name: &str| name.ends_with(".toml");
    let parsed = sources.par_iter().map(|(path, name, text)| rules(name).then(|| parse(path, text)).transpose());
    // All first, so that of several mistakes always the first one is told.
    let parsed: Vec<Result<Option<RuleFile>>> = parsed.collect();
    let mut loader = Loader::default();
    for ((path, name, text), file) in sources.iter().zip(parsed) {
        loader.take(path, name, text, file?)?;
    }
    loader.finish()
}

fn parse(path: &Path, text: &str) -> Result<RuleFile> {
    toml::from_str(text).map_err(|fault| {
        let (line, column) = place(text, fault.span().map_or(0, |s| s.start));
        Error::Data { path: path.into(), line, column, message: fault.message().to_owned(), hint: None }
    })
}

fn overlay_files(folder: &Path) -> Result<Vec<Source>> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|cause| Error::Read { path: path.into(), cause });
    if !folder.is_dir() {
        return Err(Error::usage(
            format!("there is no folder {}", folder.display()),
            "give --rules the folder that holds zh/ and en/ with rule files",
        ));
    }
    let mut files = Vec::new();
    for part in ["zh", "en", "registry"] {
        let inner = folder.join(part);
        if !inner.is_dir() {
            continue;
        }
        let mut paths: Vec<PathBuf> = fs::read_dir(&inner)
            .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
            .map_err(|cause| Error::Read { path: inner.clone(), cause })?
            .into_iter()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        for path in paths {
            let Some(file) = path.file_name().and_then(|n| n.to_str()).map(str::to_owned) else { continue };
            if file.starts_with('.') || file.ends_with('~') || file.ends_with(".md") {
                continue;
            }
            let name = format!("{part}/{file}");
            if !BUILT_IN.iter().any(|(known, _)| *known == name) {
                let known: Vec<&str> = BUILT_IN.iter().map(|(n, _)| *n).filter(|n| n.starts_with(part)).collect();
                return Err(Error::Data {
                    path,
                    line: 0,
                    column: 0,
                    message: "no rule file has this name".into(),
                    hint: Some(format!("files of {part}/ are {}", known.join(", "))),
                });
            }
            files.push((path.clone(), name, Cow::Owned(read(&path)?)));
        }
    }
    if files.is_empty() {
        return Err(Error::usage(
            format!("{} holds no rule file", folder.display()),
            "put files such as zh/date.toml or registry/laws.tsv in it",
        ));
    }
    Ok(files)
}

#[derive(Default)]
struct Loader {
    rules: Vec<Rule>,
    lists: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<(String, String)>>,
    /// Places of the rules by name.
    by_name: FxHashMap<String, usize>,
    /// Patterns are compiled when all word tables are known.
    sources: Vec<(PathBuf, Rc<str>)>,
    segmenter_words: Vec<String>,
    stopwords: BTreeMap<Language, BTreeSet<String>>,
    /// In the order in which their ids first came.
    laws: Vec<Law>,
    law_places: FxHashMap<Text, usize>,
    ambiguous: Vec<(String, Vec<String>)>,
    rules_digest: Sha256,
    registry_digest: Sha256,
}

impl Loader {
    /// Takes in a file; `file` is what a rule file says.
    fn take(&mut self, path: &Path, name: &str, text: &Text, file: Option<RuleFile>) -> Result<()> {
        let digest = if name.starts_with("registry/") { &mut self.registry_digest } else { &mut self.rules_digest };
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
        let topic = name.trim_end_matches(".toml").replace('/', ".");
        if let Some(file) = file {
            return self.take_rules(path, &topic, text, file);
        }
        match name {
            _ if name.ends_with("words.txt") && !name.ends_with("stopwords.txt") => {
                self.segmenter_words.extend(lines(text));
                Ok(())
            }
            _ if name.ends_with("stopwords.txt") => {
                let language = Language::from_code(&name[..2]).unwrap_or(Language::En);
                self.stopwords.entry(language).or_default().extend(lines(text));
                Ok(())
            }
            "registry/laws.tsv" | "registry/added.tsv" => match text {
                Cow::Borrowed(text) => self.take_laws(path, text, Cow::Borrowed, name == "registry/laws.tsv"),
                // Whatever a user lists is listed.
                Cow::Owned(text) => self.take_laws(path, text, |cell| Cow::Owned(cell.to_owned()), true),
            },
            "registry/ambiguous_aliases.tsv" => self.take_ambiguous(path, text),
            _ => Ok(()),
        }
    }

    fn take_rules(&mut self, path: &Path, topic: &str, text: &str, file: RuleFile) -> Result<()> {
        if !path.to_string_lossy().starts_with("built-in:") {
            self.know_words(path, topic, text, &file)?;
            self.know_meanings(path, topic, text, &file)?;
        }
        for (name, list) in file.lists {
            let words = self.lists.entry(format!("{topic}.{name}")).or_default();
            // Some words are counted: one that an overlay repeats is still one.
            let known: FxHashSet<String> = words.iter().cloned().collect();
            words.extend(list.into_iter().filter(|word| !known.contains(word)));
        }
        for (name, table) in file.words {
            self.words
                .entry(format!("{topic}.{name}"))
                .or_default()
                .extend(table.into_iter().map(|(w, m)| (w, m.code())));
        }
        let shared: Rc<str> = text.into();
        let line_ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        for entry in file.rule {
            let start = entry.id.span().start;
            let line = line_ends.partition_point(|&end| end < start) + 1;
            let wrong = |message: String, hint: Option<String>| Error::Data {
                path: path.into(),
                line,
                column: place(text, start).1,
                message,
                hint,
            };
            let name = entry.id.get_ref().clone();
            if !name.starts_with(&format!("{topic}.")) {
                return Err(wrong(
                    format!("rule {name} stands in the wrong file"),
                    Some(format!("its name must begin with {topic}.")),
                ));
            }
            if Kind::from_name(&entry.kind).is_none() {
                let known: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
                return Err(wrong(
                    format!("rule {name}: unknown kind {}", entry.kind),
                    Some(format!("kinds are {}", known.join(", "))),
                ));
            }
            if entry.case.is_empty() || entry.why.trim().is_empty() {
                return Err(wrong(
                    format!("rule {name} needs a why and at least one case"),
                    Some("case = [{ text = \"…\", finds = \"…\" }]".into()),
                ));
            }
            if entry.pattern.is_none() == entry.parser.is_none() {
                return Err(wrong(format!("rule {name} needs either a pattern or a parser"), None));
            }
            let rule = Rule::new(name.clone(), (path.into(), line), entry);
            match self.by_name.get(&name).copied() {
                Some(known) if self.sources[known].0 != path => {
                    self.rules[known] = rule;
                    self.sources[known] = (path.into(), shared.clone());
                }
                Some(_) => return Err(wrong(format!("rule {name} is there twice"), None)),
                None => {
                    self.by_name.insert(name, self.rules.len());
                    self.rules.push(rule);
                    self.sources.push((path.into(), shared.clone()));
                }
            }
        }
        Ok(())
    }

    /// Takes in laws; `text` says whose words their cells are.
    fn take_laws<'t>(&mut self, path: &Path, text: &'t str, own: fn(&'t str) -> Text, reference: bool) -> Result<()> {
        let table = Table::of(path, text, &["id", "title_zh"])?;
        let column = |name: &str| table.column(name);
        let (id, jurisdiction, level) = (column("id"), column("jurisdiction"), column("level"));
        let titles = [column("title_zh"), column("title_en"), column("aliases_zh"), column("aliases_en")];
        let (issuer_zh, numbers, status) = (column("issuer_zh"), column("doc_number"), column("status"));
        let dates = ["promulgated", "effective", "last_amended", "repealed"].map(column);
        let mut known = FxHashSet::default();
        for row in table.rows() {
            let row = row?;
            let get = |at: Option<usize>| own(row.cell(at));
            let list = |at: Option<usize>| -> Vec<Text> {
                let cell = row.cell(at);
                if cell.is_empty() { Vec::new() } else { cell.split('|').filter(|s| !s.is_empty()).map(own).collect() }
            };
            let law = Law {
                id: get(id),
                reference,
                jurisdiction: get(jurisdiction),
                level: get(level),
                title_zh: get(titles[0]),
                title_en: get(titles[1]),
                aliases_zh: list(titles[2]),
                aliases_en: list(titles[3]),
                issuer_zh: get(issuer_zh),
                promulgated: get(dates[0]),
                effective: get(dates[1]),
                last_amended: get(dates[2]),
                repealed: get(dates[3]),
                status: get(status),
                doc_numbers: list(numbers),
            };
            let wrong = |message: &str| Error::Data {
                path: path.into(),
                line: row.line,
                column: 1,
                message: message.into(),
                hint: None,
            };
            let sound = law.id.split_once('-').is_some_and(|(j, rest)| j.len() >= 2 && !rest.is_empty())
                && law.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !sound {
                return Err(wrong(&format!(
                    "`{}` is no id: write jurisdiction-name in lower-case letters, digits and hyphens",
                    law.id
                )));
            }
            if law.title_zh.is_empty() && law.title_en.is_empty() {
                return Err(wrong("a law needs a title"));
            }
            if !known.insert(row.cell(id)) {
                return Err(wrong(&format!("the id {} is there twice", law.id)));
            }
            match self.law_places.get(&law.id) {
                Some(&place) => self.laws[place] = law,
                None => {
                    self.law_places.insert(law.id.clone(), self.laws.len());
                    self.laws.push(law);
                }
            }
        }
        Ok(())
    }

    fn take_ambiguous(&mut self, path: &Path, text: &str) -> Result<()> {
        let table = Table::of(path, text, &["alias", "ids"])?;
        let (alias, ids) = (table.column("alias"), table.column("ids"));
        for row in table.rows() {
            let row = row?;
            let ids: Vec<String> = row.cell(ids).split('|').map(str::to_owned).collect();
            if let Some(unknown) = ids.iter().find(|id| !self.law_places.contains_key(id.as_str())) {
                return Err(Error::Data {
                    path: path.into(),
                    line: row.line,
                    column: 1,
                    message: format!("no law has the id {unknown}"),
                    hint: None,
                });
            }
            self.ambiguous.push((row.cell(alias).to_owned(), ids));
        }
        Ok(())
    }

    fn finish(self) -> Result<Ruleset> {
        let names: Vec<&String> = self.words.keys().collect();
        let mut by_topic = FxHashMap::<&str, FxHashMap<&str, usize>>::default();
        for (number, name) in names.iter().enumerate() {
            let (topic, table) = name.rsplit_once('.').unwrap_or_default();
            by_topic.entry(topic).or_default().insert(table, number);
        }
        let tables: Vec<WordTable> = self
            .words
            .values()
            .map(|words| WordTable::new(words.iter().map(|(w, m)| (w.as_str(), m.clone()))))
            .collect();
        let mut rules = self.rules;
        for (rule, (path, text)) in rules.iter_mut().zip(&self.sources) {
            let topic = rule.name.rsplit_once('.').map_or("", |(t, _)| t).to_owned();
            if let Err(list) = rule.name_lists(&self.lists) {
                let (path, line) = rule.place.clone();
                let message = format!("rule {} names a list @{list} that is not there", rule.name);
                let hint = Some("lists stand under [lists] of the same file".into());
                return Err(Error::Data { path, line, column: 1, message, hint });
            }
            let tables = by_topic.get(topic.as_str());
            let table = |name: &str| tables.and_then(|tables| tables.get(name)).copied();
            let spaced = topic.starts_with("en");
            rule.patterns = rule
                .entry
                .patterns(text)
                .into_iter()
                .map(|(source, at)| {
                    Pattern::new(source, &table, spaced).map_err(|fault| {
                        let (line, column) = place(text, at);
                        Error::Data {
                            path: path.clone(),
                            line,
                            column: column + fault.at,
                            message: fault.message,
                            hint: fault.hint,
                        }
                    })
                })
                .collect::<Result<_>>()?;
        }
        let mut ucum = FxHashMap::default();
        for (name, table) in names.iter().zip(&tables) {
            if matches!(name.as_str(), "en.figure.ucum" | "zh.figure.ucum") {
                for (unit, code) in &table.entries {
                    ucum.entry(unit.clone()).or_insert_with(|| code.clone());
                }
            }
        }
        Ok(Ruleset {
            ucum,
            table_names: names.into_iter().cloned().collect(),
            tables,
            rules,
            lists: self.lists,
            registry: Registry::new(self.laws, self.ambiguous),
            words: self.segmenter_words,
            stopwords: self.stopwords.into_iter().map(|(l, words)| (l, words.into_iter().collect())).collect(),
            fingerprint: hex(self.rules_digest),
            registry_fingerprint: hex(self.registry_digest),
        })
    }
}

fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// Lines of a word list, without blanks and comments.
fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|l| l.split('#').next().unwrap_or_default().trim().to_owned()).filter(|l| !l.is_empty())
}

/// A tab-separated table whose first line names the columns.
struct Table<'p, 't> {
    path: &'p Path,
    header: Vec<&'t str>,
    text: &'t str,
}

/// A row of a table.
struct Row<'t> {
    /// From 1.
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// What stands in a column; nothing where the table has no such column.
    fn cell(&self, column: Option<usize>) -> &'t str {
        column.and_then(|at| self.cells.get(at)).copied().unwrap_or_default()
    }
}

impl<'p, 't> Table<'p, 't> {
    fn of(path: &'p Path, text: &'t str, needed: &[&str]) -> Result<Self> {
        let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').split('\t').collect();
        let table = Self { path, header, text };
        match needed.iter().find(|name| table.column(name).is_none()) {
            Some(missing) => Err(table.wrong(
                1,
                format!("there is no column {missing}"),
                "the first line names the columns, separated by tabs",
            )),
            None => Ok(table),
        }
    }

    /// Place of a column.
    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| *column == name)
    }

    fn rows(&self) -> impl Iterator<Item = Result<Row<'t>>> {
        let lines = (2..).zip(self.text.lines().skip(1)).filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(line, text)| {
            let mut cells = Vec::with_capacity(self.header.len());
            cells.extend(memchr::memchr_iter(b'\t', text.as_bytes()).scan(0, |from, tab| {
                let cell = &text[*from..tab];
                *from = tab + 1;
                Some(cell)
            }));
            cells.push(&text[memchr::memrchr(b'\t', text.as_bytes()).map_or(0, |tab| tab + 1)..]);
            if cells.len() == self.header.len() {
                return Ok(Row { line, cells });
            }
            let message = format!("{} cells, but the header names {}", cells.len(), self.header.len());
            Err(self.wrong(line, message, "cells are separated by tabs"))
        })
    }

    fn wrong(&self, line: usize, message: String, hint: &str) -> Error {
        Error::Data { path: self.path.into(), line, column: 1, message, hint: Some(hint.into()) }
    }
}

/// Line and column (both from 1, in characters) of a byte.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1)
}
