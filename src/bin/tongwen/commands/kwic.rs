//! `kwic`: key word in context, aligned on the key word.
//!
//! The oldest tool of corpus linguistics, with three additions: a law is found under all its names in both languages,
//! a kind (money, date) is a query too, and every place says how to cite it.

use std::{
    cell::RefCell,
    cmp::Ordering,
    collections::BTreeSet,
    io::{self, BufWriter, Write},
    ops::Range,
    sync::Arc,
};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rayon::prelude::*;
use serde::Serialize;
use tongwen::{
    Error,
    engine::{Engine, Section},
    extract::Layers,
    read::{FileRecord, Limits, Metadata, Source},
    report::{Cell, write_csv},
    resolve::Entities,
    segment::Locator,
    text::{Document, GroupBy, Span},
    value::Kind,
    wire,
};

use crate::{
    Failure, Outcome,
    args::Kwic,
    diagnostics::warn,
    input::{self, Losses},
    terminal::{self, Paint, columns, plain},
};

/// What is looked for.
enum Query {
    Term(AhoCorasick),
    /// A term as it is counted, where words are folded.
    Folded(String),
    Law(String),
    Kind(Kind),
}

/// The document of a place, as far as it is known.
#[derive(Serialize)]
struct About {
    document: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
}

/// A place where it stands.
#[derive(Serialize)]
struct Place {
    #[serde(flatten)]
    about: Arc<About>,
    start: u32,
    end: u32,
    left: String,
    hit: String,
    right: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(flatten)]
    locator: Locator,
    citation: String,
}

/// What a search needs beside the document.
struct Search<'a> {
    args: &'a Kwic,
    engine: &'a Engine,
    query: Query,
    metadata: Metadata,
    limits: Limits,
    group_by: GroupBy,
}

pub(super) fn run(args: &Kwic) -> Outcome {
    let mut sources = input::sources(&args.inputs, &args.walk)?;
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    let mut metadata = args.meta.as_deref().map_or_else(|| Ok(Metadata::none()), Metadata::load)?;
    metadata.settle(&sources).iter().for_each(|stray| warn(stray));
    let engine = input::folding_engine(&args.ruling, &args.folds.choice([1; 2]))?;
    let group_by = args.group_by.clone().unwrap_or_default();
    let query = query(args, engine)?;
    let search = Search { args, engine, query, metadata, limits: input::limits(&args.walk), group_by };
    let losses = RefCell::new(Losses::default());
    let batches = sources.chunks(4 * rayon::current_num_threads());
    // Files are read as far as their places are asked for.
    let places = batches.flat_map(|batch| {
        let found: Vec<(Vec<Place>, Vec<FileRecord>)> = batch.par_iter().map(|source| search.places(source)).collect();
        found
            .into_iter()
            .flat_map(|(places, lost)| {
                losses.borrow_mut().tell(lost);
                places
            })
            .collect::<Vec<_>>()
    });
    let limit = args.limit.unwrap_or(usize::MAX);
    let shown = match args.sort.as_str() {
        "left" => write(args, first(places, limit, by_left))?,
        "right" => write(args, first(places, limit, by_right))?,
        _ => write(args, places.take(limit))?,
    };
    let failed = losses.into_inner().end();
    if let Some(by) = args.group_by.as_ref().filter(|_| shown.places > 0 && !shown.grouped) {
        warn(&format!("no document with the query has a group by {by}"));
    }
    let _ = writeln!(io::stderr(), "{} places in {} of {} files", shown.places, shown.documents, sources.len());
    Ok(u8::from(failed))
}

/// The first places in an order. Of many no more than some times the limit are kept.
fn first(
    places: impl Iterator<Item = Place>,
    limit: usize,
    order: fn(&Place, &Place) -> Ordering,
) -> impl Iterator<Item = Place> {
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        kept.push(place);
        if kept.len() >= limit.saturating_mul(4).max(1 << 12) {
            kept.sort_by(order);
            kept.truncate(limit);
        }
    }
    kept.sort_by(order);
    kept.truncate(limit);
    kept.into_iter()
}

/// By what follows, then by the hit; equal ones stay as documents and texts go.
fn by_right(a: &Place, b: &Place) -> Ordering {
    let key = |place: &Place| (units(&place.right), folded(&place.hit));
    key(a).cmp(&key(b))
}

/// By the word before, then the one before that.
fn by_left(a: &Place, b: &Place) -> Ordering {
    let key = |place: &Place| {
        let mut units = units(&place.left);
        units.reverse();
        (units, folded(&place.hit))
    };
    key(a).cmp(&key(b))
}

fn folded(words: &str) -> String {
    words.to_lowercase()
}

/// What is compared: words of Latin letters and numbers whole, other characters one by one, blanks left out.
fn units(words: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut inside = false;
    for c in words.chars().flat_map(char::to_lowercase) {
        let latin = c.is_alphanumeric() && c < '\u{2e80}';
        match units.last_mut() {
            Some(last) if latin && inside => last.push(c),
            _ if !c.is_whitespace() => units.push(c.to_string()),
            _ => {}
        }
        inside = latin;
    }
    units
}

/// How much was written.
struct Shown {
    places: usize,
    documents: usize,
    /// Whether any of them has a group.
    grouped: bool,
}

fn write(args: &Kwic, places: impl Iterator<Item = Place>) -> Result<Shown, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut count, mut documents, mut grouped) = (0, BTreeSet::new(), false);
    let places = places.inspect(|place| {
        count += 1;
        grouped |= place.about.group.is_some();
        if !documents.contains(&place.about.document) {
            documents.insert(place.about.document.clone());
        }
    });
    match if args.jsonl { "jsonl" } else { args.format.as_str() } {
        "csv" => write_csv(COLUMNS, places.map(|place| cells(&place)), &mut out)?,
        "jsonl" => {
            for place in places {
                serde_json::to_writer(&mut out, &place).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        _ => {
            let paint = Paint(terminal::stdout_has_color());
            for place in places {
                writeln!(out, "{}", line(&place, args.width, paint))?;
            }
        }
    }
    out.flush()?;
    Ok(Shown { places: count, documents: documents.len(), grouped })
}

const COLUMNS: [&str; 16] = [
    "document",
    "title",
    "date",
    "issuer",
    "group",
    "start",
    "end",
    "left",
    "hit",
    "right",
    "value",
    "heading",
    "path",
    "article",
    "paragraph",
    "citation",
];

fn cells(place: &Place) -> Vec<Cell<'static>> {
    let about = &place.about;
    let text = |words: Option<&str>| Cell::from(words.map(str::to_owned));
    vec![
        about.document.clone().into(),
        text(about.title.as_deref()),
        text(about.date.as_deref()),
        text(about.issuer.as_deref()),
        text(about.group.as_deref()),
        u64::from(place.start).into(),
        u64::from(place.end).into(),
        place.left.clone().into(),
        place.hit.clone().into(),
        place.right.clone().into(),
        text(place.value.as_deref()),
        text(place.locator.heading.as_deref()),
        text(place.locator.path.as_deref()),
        text(place.locator.article.as_deref()),
        u64::from(place.locator.paragraph).into(),
        place.citation.clone().into(),
    ]
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
    if args.folds.fold.is_some() || args.folds.stem.is_some() {
        return Ok(Query::Folded(engine.segmenter.folded(&words.to_lowercase())));
    }
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA))
        .build([words]);
    automaton
        .map(Query::Term)
        .map_err(|fault| Error::usage(format!("cannot search for this: {fault}"), "try a shorter query"))
}

impl Search<'_> {
    /// The places in the documents of a file, and what of it could not be read.
    fn places(&self, source: &Source) -> (Vec<Place>, Vec<FileRecord>) {
        let mut places = Vec::new();
        let every_layer = matches!(self.query, Query::Kind(Kind::Number | Kind::Ordinal));
        let layers = if every_layer { Layers::All } else { Layers::Top };
        let lost = input::read_documents(source, &self.metadata, &self.limits, |document| {
            let about = Arc::new(self.about(&document));
            let mut entities = self.engine.entities();
            self.engine.read(&document, layers, &mut entities, |section, entities| {
                for (span, value) in hits(self.engine, &self.query, section, entities) {
                    places.push(place(self.args, &about, section, span, value));
                }
            });
        });
        (places, lost)
    }

    fn about(&self, document: &Document) -> About {
        About {
            document: document.id.clone(),
            title: document.title.as_deref().map(plain),
            date: document.date.map(|date| date.to_string()),
            issuer: document.issuer.as_deref().map(plain),
            group: self.group_by.of(document, None).as_deref().map(plain),
        }
    }
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
        Query::Folded(term) => {
            let places = engine.segmenter.folded_places(text, term).unwrap_or_default();
            let alone = places.into_iter().filter(|range| stands_alone(text, range.clone()));
            alone.map(|range| (Span::of(range.start, range.end), None)).collect()
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

fn place(args: &Kwic, about: &Arc<About>, section: &Section<'_>, span: Span, value: Option<String>) -> Place {
    let text = section.frame.flow.as_str();
    // The context ends with the paragraph.
    let begin = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end()..].find('\n').map_or(text.len(), |at| span.end() + at);
    let (start, stop) = section.frame.chars(span);
    let locator = section.sentence_of(span).and_then(|at| section.places.get(section.sentences[at].1 as usize));
    let locator = locator.map(|place| place.locator.clone()).unwrap_or_default();
    Place {
        about: Arc::clone(about),
        start,
        end: stop,
        left: plain(terminal::tail(&text[begin..span.start()], args.width)),
        hit: plain(&text[span.range()]),
        right: plain(terminal::head(&text[span.end()..end], args.width)),
        value,
        citation: citation(about, &locator),
        locator,
    }
}

/// Who says so, in which document, when and where: `国务院. 关于…的意见. 2015-07-04. 第二章 › 一 · 第三条 · ¶2`. What is not
/// known is left out; a document without a title has its path.
fn citation(about: &About, locator: &Locator) -> String {
    let headings = locator.path.as_ref().or(locator.heading.as_ref());
    let paragraph = format!("¶{}", locator.paragraph);
    let parts: Vec<&str> =
        [headings.map(|h| &**h), locator.article.as_deref(), Some(paragraph.as_str())].into_iter().flatten().collect();
    let place = plain(&parts.join(" · "));
    let title = about.title.as_deref().unwrap_or(&about.document);
    let known = [about.issuer.as_deref(), Some(title), about.date.as_deref(), Some(place.as_str())];
    known.into_iter().flatten().map(|part| part.trim_end_matches(['.', '。'])).collect::<Vec<_>>().join(". ")
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
        paint.dim(&format!("{} · {}", plain(&place.about.document), plain(&place.locator.line()))),
        plain(&value)
    )
}
