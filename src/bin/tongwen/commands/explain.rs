//! `explain`: which rule found what, and why it means that.

use std::{
    fmt::Write as _,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tongwen::{
    Error,
    engine::{Engine, Section},
    extract::Layers,
    resolve::{Entities, Link, Resolved},
    text::Document,
    value::Basis,
    wire::{self, MentionLine},
};

use crate::{
    Outcome,
    args::Explain,
    diagnostics::warn,
    input,
    terminal::{self, Paint, columns, plain},
};

pub(super) fn run(args: &Explain) -> Outcome {
    let (file, line) = place(&args.place);
    let Some(document) = input::document(Some(&file), &args.declared)? else { return Ok(1) };
    if let Some(line) = line {
        let lines = document.text.split('\n').count();
        if line == 0 || line > lines {
            return Err(Error::usage(
                format!("there is no line {line} in {}", file.display()),
                format!("as read, it has {lines} lines"),
            )
            .into());
        }
    }
    let engine = input::engine(&args.ruling)?;
    let layers = if args.nested { Layers::All } else { Layers::Top };
    let line_ends = memchr::memchr_iter(b'\n', document.text.as_bytes()).collect();
    let paint = Paint(terminal::stdout_has_color());
    let explainer = Explainer { engine, document: &document, line_ends, line, paint };
    let mut out = String::new();
    let mut entities = engine.entities();
    let lost = engine
        .read(&document, layers, &mut entities, |section, entities| explainer.section(&mut out, section, entities));
    if lost > 0 {
        warn(&format!("{lost} sections could not be read because of a mistake in the program"));
    }
    if out.is_empty() {
        out.push_str("no law, date or figure here\n");
    }
    io::stdout().lock().write_all(out.as_bytes())?;
    Ok(0)
}

/// `notice.md:12`; a file whose name ends like that is taken whole.
fn place(whole: &Path) -> (PathBuf, Option<usize>) {
    let words = whole.to_str().filter(|_| !whole.exists()).unwrap_or_default();
    match words.rsplit_once(':').and_then(|(file, line)| Some((PathBuf::from(file), line.parse().ok()?))) {
        Some((file, line)) => (file, Some(line)),
        None => (whole.to_owned(), None),
    }
}

struct Explainer<'a> {
    engine: &'a Engine,
    document: &'a Document,
    /// Bytes of the line feeds.
    line_ends: Vec<usize>,
    /// The line that was asked for, from 1.
    line: Option<usize>,
    paint: Paint,
}

impl Explainer<'_> {
    /// The sentences of a section that have mentions, each with them.
    fn section(&self, out: &mut String, section: &Section<'_>, entities: &Entities) {
        for (sentence, place) in &section.sentences {
            let original = section.frame.original(sentence.span);
            let (first, last) = (self.line_of(original.start()), self.line_of(original.end()));
            if self.line.is_some_and(|line| !(first..=last).contains(&line)) {
                continue;
            }
            let found = section.mentions_of(sentence.span);
            if found.is_empty() && self.line.is_none() {
                continue;
            }
            let locator = section.places.get(*place as usize).map(|place| place.locator.line()).unwrap_or_default();
            let head = format!("line {first} · {}", plain(&locator));
            let _ = writeln!(out, "{}", self.paint.dim(&head));
            let _ = writeln!(out, "  {}", self.marked(section, sentence.span, found));
            if found.is_empty() {
                let _ = writeln!(out, "    {}", self.paint.dim("no law, date or figure"));
            }
            for found in found {
                self.mention(out, section, found, entities);
            }
            out.push('\n');
        }
    }

    /// Line of a byte, from 1.
    fn line_of(&self, byte: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < byte)
    }

    /// The sentence with its mentions in brackets.
    fn marked(&self, section: &Section<'_>, span: tongwen::text::Span, found: &[Resolved]) -> String {
        let text = section.frame.flow.as_str();
        let end = found.iter().map(|m| m.mention.span.end()).max().unwrap_or(0).max(span.end());
        let mut marks: Vec<(usize, u8, usize, &str)> = Vec::new();
        for mention in found.iter().map(|found| &found.mention) {
            marks.push((mention.span.start(), 1, usize::MAX - mention.span.end(), "["));
            marks.push((mention.span.end(), 0, usize::MAX - mention.span.start(), "]"));
        }
        marks.sort_unstable();
        let mut out = String::new();
        let mut at = span.start();
        for (place, _, _, mark) in marks {
            out.push_str(&plain(&text[at..place]));
            out.push_str(&self.paint.red(mark));
            at = place;
        }
        out.push_str(&plain(&text[at..end]));
        out
    }

    fn mention(&self, out: &mut String, section: &Section<'_>, found: &Resolved, entities: &Entities) {
        let rules = &self.engine.rules;
        let line = wire::line(found, &section.frame, rules, entities);
        let indent = if line.nested { "      " } else { "    " };
        let value = line.value.as_deref().unwrap_or("no value");
        let modifier =
            line.modifier.map_or_else(String::new, |modifier| format!(" ({})", told_modifier(modifier.code())));
        let _ = writeln!(
            out,
            "{indent}{}  {} {}{modifier}",
            self.paint.bold(&plain(line.text)),
            line.kind,
            self.paint.cyan(&plain(value))
        );
        let mut row = |name: &str, told: &str| {
            let pad = " ".repeat(9_usize.saturating_sub(columns(name)));
            let _ = writeln!(out, "{indent}  {}{pad}{}", self.paint.dim(name), plain(told));
        };
        let why = rules.rules.get(usize::from(found.mention.rule.0)).map_or("", |rule| rule.entry.why.as_str());
        row("rule", &format!("{}: {why}", line.rule));
        if let (Some(canonical), Some(link)) = (line.canonical, line.link) {
            let law = if line.law.or(line.instrument).is_some() { "of " } else { "" };
            row("law", &format!("{law}{canonical}, {}", self.told_link(link, &line)));
        } else if !line.candidates.is_empty() {
            row("law", &format!("could be {}; nothing here decides it", line.candidates.join(" or ")));
        }
        if let Some(per) = line.per {
            row("per", per);
        }
        if let Some(role) = line.role {
            row("role", role.code());
        }
        if let Some(basis) = line.basis.filter(|basis| *basis != Basis::Explicit) {
            row("time", &self.told_basis(basis, &line));
        }
    }

    fn told_link(&self, link: Link, line: &MentionLine<'_>) -> String {
        let told = match link {
            Link::Exact => "its full official title",
            Link::Alias => "another of its titles in the registry",
            Link::ShortForm => "a short form that this document defines",
            Link::Number => "by its number",
            Link::Inferred => "inferred",
            Link::None => "a title that is not in the registry",
        };
        match line.antecedent {
            Some(at) => format!("{told}, from {}", self.around(at)),
            None => told.to_owned(),
        }
    }

    fn told_basis(&self, basis: Basis, line: &MentionLine<'_>) -> String {
        match (basis, line.antecedent) {
            (Basis::FromText, Some(at)) => format!("completed from {}", self.around(at)),
            (Basis::FromText, None) => "completed from an earlier date in the text".to_owned(),
            (Basis::FromDocumentDate, _) => match self.document.date {
                Some(date) => format!("counted from the document's date, {date}"),
                None => "counted from the document's date".to_owned(),
            },
            (Basis::Unresolved, _) => {
                "the text does not say which year; give --date if you know the document's date".to_owned()
            }
            (Basis::Explicit, _) => "all of it is written here".to_owned(),
        }
    }

    /// The words that begin at a character of the document, with its line.
    fn around(&self, at: u32) -> String {
        let rest: String = self.document.text.chars().skip(at as usize).take(24).take_while(|c| *c != '\n').collect();
        let line = 1 + self.document.text.chars().take(at as usize).filter(|c| *c == '\n').count();
        format!("`{rest}…` (line {line})")
    }
}

fn told_modifier(code: &str) -> &str {
    match code {
        "gt" => "more than",
        "ge" => "at least",
        "lt" => "less than",
        "le" => "at most",
        "approx" => "about",
        "start" => "its beginning",
        "mid" => "its middle",
        "end" => "its end",
        other => other,
    }
}
