//! `segment`: sentences as the tokens that `analyze` counts.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use rayon::prelude::*;
use tongwen::{
    count::law_token,
    engine::{Engine, Token},
    extract::Layers,
    read::{self, FileRecord, Limits, Metadata, Source},
    resolve::Entities,
    segment::Scratch,
    text::{Document, GroupBy, Language},
};

use crate::{
    Failure, Outcome,
    args::{DeclaredArgs, Segment},
    diagnostics::{tell_line, warn},
    input::{self, BadLine, Losses},
};

pub(super) fn run(args: &Segment) -> Outcome {
    if args.jsonl {
        return stream(args);
    }
    match args.file.as_deref().filter(|_| !input::is_stdin(args.file.as_deref())) {
        Some(path) if path.is_dir() => folder(args, path),
        path => {
            let Some(document) = input::document(path, &DeclaredArgs::default())? else { return Ok(1) };
            let engine = input::folding_engine(&args.ruling, &args.folds.choice(args.shortest.min_length))?;
            io::stdout().lock().write_all(lines(engine, &document, args, &engine.entities()).as_bytes())?;
            Ok(0)
        }
    }
}

fn folder(args: &Segment, path: &Path) -> Outcome {
    let mut sources = input::sources(&[path.to_owned()], &args.walk)?;
    // As `analyze` takes them, so that positions in the corpus are the same.
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    let mut metadata = args.meta.as_deref().map_or_else(|| Ok(Metadata::none()), Metadata::load)?;
    metadata.settle(&sources).iter().for_each(|stray| warn(stray));
    let engine = input::folding_engine(&args.ruling, &args.folds.choice(args.shortest.min_length))?;
    let limits: Limits = input::limits(&args.walk);
    let titles = if args.ids { engine.entities() } else { titles(engine, &sources, &metadata, &limits) };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut losses = Losses::default();
    for batch in sources.chunks(4 * rayon::current_num_threads()) {
        let texts: Vec<(String, Vec<FileRecord>)> = batch
            .par_iter()
            .map(|source| {
                let mut text = String::new();
                let lost = input::read_documents(source, &metadata, &limits, |document| {
                    text.push_str(&lines(engine, &document, args, &titles));
                });
                (text, lost)
            })
            .collect();
        for (text, lost) in texts {
            out.write_all(text.as_bytes())?;
            losses.tell(lost);
        }
    }
    out.flush()?;
    Ok(u8::from(losses.end()))
}

fn stream(args: &Segment) -> Outcome {
    let engine = input::folding_engine(&args.ruling, &args.folds.choice(args.shortest.min_length))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = 0;
    let work = |number: u64, line: &[u8]| match input::parse_line(line) {
        Ok(parsed) => Ok(lines(engine, &parsed.document, args, &engine.entities())),
        Err(bad) => Err((number, bad)),
    };
    input::json_lines(args.file.as_deref(), work, |texts| -> Result<(), Failure> {
        for text in texts {
            match text {
                Ok(text) => out.write_all(text.as_bytes())?,
                Err((number, BadLine { id, error })) => {
                    let id = if id.is_null() { String::new() } else { format!(" (id {id})") };
                    tell_line(number, &format!("{error}{id}"));
                    status = 1;
                }
            }
        }
        Ok(out.flush()?)
    })?;
    Ok(status)
}

/// The titles of instruments that no registry lists: documents write them differently, the tables in one way.
fn titles(engine: &Engine, sources: &[Source], metadata: &Metadata, limits: &Limits) -> Entities {
    let merge = |mut all: Entities, some: Entities| {
        for title in some.all_unlisted() {
            all.unlisted(&title.key, &title.title, title.language);
        }
        all
    };
    let of = |source: &Source| {
        let mut entities = engine.entities();
        if let Some(document) = read::read(source, metadata, limits).document {
            engine.read(&document, Layers::Top, &mut entities, |_, _| {});
        }
        entities
    };
    sources.par_iter().map(of).reduce(|| engine.entities(), merge)
}

/// The sentences of a document that hold a token, one a line; `titles` are those of unlisted instruments.
fn lines(engine: &Engine, document: &Document, args: &Segment, titles: &Entities) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let mut languages = [0_usize; 2];
    let mut scratch = Scratch::default();
    let mut entities = engine.entities();
    let lost = engine.read(document, Layers::Top, &mut entities, |section, entities| {
        for index in 0..section.sentences.len() {
            let mut line = String::new();
            section.tokens(index, engine, &mut scratch, |token| {
                if !line.is_empty() {
                    line.push(' ');
                }
                match token {
                    Token::Word(word) => {
                        line.push_str(word.text());
                        languages[word.language as usize] += 1;
                    }
                    Token::Law(entity) => {
                        if args.ids {
                            line.push_str(entities.id(entity, &engine.rules.registry));
                        } else {
                            let known = entities.title(entity).and_then(|local| titles.by_key(&local.key));
                            let title = known.map_or_else(
                                || entities.canonical(entity, &engine.rules.registry),
                                |known| known.title.as_str(),
                            );
                            line.push_str(&law_token(title));
                        }
                        languages[section.sentences[index].0.language.unwrap_or(Language::Zh) as usize] += 1;
                    }
                }
            });
            if !line.is_empty() {
                sentences.push(line);
            }
        }
    });
    if lost > 0 {
        warn(&format!("{}: {lost} sections could not be read because of a mistake in the program", document.id));
    }
    let mostly = Some(if languages[0] >= languages[1] { Language::Zh } else { Language::En });
    // Without a choice and without the field, the language is what separates documents best.
    let group = match &args.group {
        Some(by) => by.of(document, mostly),
        None => GroupBy::Declared.of(document, mostly).or_else(|| GroupBy::Language.of(document, mostly)),
    };
    let group = group.unwrap_or_else(|| "-".to_owned());
    let head = format!("{}\t{}\t", cell(&document.id), cell(&group));
    sentences.iter().map(|sentence| format!("{head}{sentence}\n")).collect()
}

/// A cell of a table without quotes: no tabs, no line ends.
fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
