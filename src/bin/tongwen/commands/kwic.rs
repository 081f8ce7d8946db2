//! `kwic`: key word in context, aligned on the key word.
//!
//! The oldest tool of corpus linguistics, with two additions: a law is found under all its names in both languages,
//! and a kind (money, date) is a query too.

use std::{
    io::{self, BufWriter, Write},
    ops::Range,
};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;
use serde::Serialize;
use tongwen::{
    Error,
    engine::{Engine, Section},
    extract::Layers,
    read::{Source, Status},
    resolve::Entities,
    segment::Locator,
    text::Span,
    value::Kind,
    wire,
};

use crate::{
    Outcome,
    args::Kwic,
    input,
    terminal::{self, Paint, columns, plain},
};

/// What is looked for.
enum Query {
    Term(AhoCorasick),
    Law(String),
    Kind(Kind),
}

/// A place where it stands.
#[derive(Serialize)]
struct Place {
    document: String,
    start: u32,
    end: u32,
    left: String,
    hit: String,
    right: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(flatten)]
    locator: Locator,
}

pub(super) fn run(args: &Kwic) -> Outcome {
    let sources = input::sources(&args.inputs, &args.walk)?;
    let engine = input::engine(&args.ruling)?;
    let query = query(args, engine)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let paint = Paint(terminal::stdout_has_color());
    let mut left = args.limit.unwrap_or(usize::MAX);
    let mut documents = 0_usize;
    let mut places = 0_usize;
    let mut status = 0;
    for batch in sources.chunks(4 * rayon::current_num_threads()) {
        let found: Vec<Result<Vec<Place>, Status>> =
            batch.par_iter().map(|source| search(args, engine, &query, source)).collect();
        for of_document in found {
            let of_document = of_document.unwrap_or_else(|unread| {
                status |= u8::from(unread == Status::Error);
                Vec::new()
            });
            documents += usize::from(!of_document.is_empty() && left > 0);
            for place in of_document.into_iter().take(left) {
                if args.jsonl {
                    serde_json::to_writer(&mut out, &place).map_err(io::Error::from)?;
                    writeln!(out)?;
                } else {
                    writeln!(out, "{}", line(&place, args.width, paint))?;
                }
                left -= 1;
                places += 1;
            }
        }
        out.flush()?;
        if left == 0 {
            break;
        }
    }
    let _ = writeln!(io::stderr(), "{places} places in {documents} of {} files", sources.len());
    Ok(status)
}

fn query(args: &Kwic, engine: &Engine) -> Result<Query, Error> {
    let words = args.query.trim();
    if words.is_empty() {
        return Err(Error::usage("the query is empty", "give a term, the id of a law, or a kind such as money"));
    }
    if !args.literal {
        if let Some(kind) = Kind::from_name(words) {
            return Ok(Query::Kind(kind));
        }
        let unlisted =
            words.strip_prefix("x-").is_some_and(|hex| hex.len() == 12 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        if unlisted || engine.rules.registry.row(words).is_some() {
            return Ok(Query::Law(words.to_owned()));
        }
    }
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA))
        .build([words]);
    automaton
        .map(Query::Term)
        .map_err(|fault| Error::usage(format!("cannot search for this: {fault}"), "try a shorter query"))
}

fn search(args: &Kwic, engine: &Engine, query: &Query, source: &Source) -> Result<Vec<Place>, Status> {
    let document = input::read_document(source, &input::limits(&args.walk))?;
    let mut places = Vec::new();
    let mut entities = engine.entities();
    let layers = if matches!(query, Query::Kind(Kind::Number | Kind::Ordinal)) { Layers::All } else { Layers::Top };
    engine.read(&document, layers, &mut entities, |section, entities| {
        for (span, value) in hits(engine, query, section, entities) {
            places.push(place(args, &document.id, section, span, value));
        }
    });
    Ok(places)
}

/// The spans of a section that answer the query, in order.
fn hits(engine: &Engine, query: &Query, section: &Section<'_>, entities: &Entities) -> Vec<(Span, Option<String>)> {
    let text = section.frame.flow.as_str();
    match query {
        Query::Term(term) => {
            let spans =
                term.find_iter(text).map(|found| found.range()).filter(|range| stands_alone(text, range.clone()));
            spans.map(|range| (Span::of(range.start, range.end), None)).collect()
        }
        Query::Law(id) => {
            let names = section.mentions.iter().filter(|found| found.mention.kind != Kind::ArticleRef);
            let of_law = names
                .filter(|found| found.entity.is_some_and(|entity| entities.id(entity, &engine.rules.registry) == id));
            of_law.map(|found| (found.mention.span, None)).collect()
        }
        Query::Kind(kind) => {
            let of_kind = section.mentions.iter().filter(|found| found.mention.kind == *kind);
            let value = |found| wire::line(found, &section.frame, &engine.rules, entities).value;
            of_kind.map(|found| (found.mention.span, value(found))).collect()
        }
    }
}

/// A word in Latin letters is not looked for inside another one.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inside_left = letter(text[range.clone()].chars().next()) && letter(text[..range.start].chars().next_back());
    let inside_right = letter(text[range.clone()].chars().next_back()) && letter(text[range.end..].chars().next());
    !inside_left && !inside_right
}

fn place(args: &Kwic, document: &str, section: &Section<'_>, span: Span, value: Option<String>) -> Place {
    let text = section.frame.flow.as_str();
    // The context ends with the paragraph.
    let begin = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end()..].find('\n').map_or(text.len(), |at| span.end() + at);
    let (start, stop) = section.frame.chars(span);
    let locator = section.sentence_of(span).and_then(|at| section.places.get(section.sentences[at].1 as usize));
    Place {
        document: document.to_owned(),
        start,
        end: stop,
        left: plain(terminal::tail(&text[begin..span.start()], args.width)),
        hit: plain(&text[span.range()]),
        right: plain(terminal::head(&text[span.end()..end], args.width)),
        value,
        locator: locator.map(|place| place.locator.clone()).unwrap_or_default(),
    }
}

fn line(place: &Place, width: usize, paint: Paint) -> String {
    let before = " ".repeat(width.saturating_sub(columns(&place.left)));
    let behind = " ".repeat(width.saturating_sub(columns(&place.right)));
    let value = place.value.as_deref().map_or_else(String::new, |value| format!(" = {value}"));
    format!(
        "{before}{} {} {}{behind}  {}{}",
        place.left,
        paint.red(&place.hit),
        place.right,
        paint.dim(&format!("{} · {}", plain(&place.document), plain(&place.locator.line()))),
        plain(&value)
    )
}
