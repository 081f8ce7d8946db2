//! `extract`: one document to its mentions, or a stream of documents to a stream of mentions.

use std::io::{self, BufWriter, Write};

use serde_json::Value;
use tongwen::{
    engine::Engine,
    extract::Layers,
    text::Document,
    wire::{self, ObjectWriter},
};

use crate::{
    Failure, Outcome,
    args::Extract,
    diagnostics::{tell_line, warn},
    input::{self, BadLine, LineDocument},
};

pub(super) fn run(args: &Extract) -> Outcome {
    let layers = if args.nested { Layers::All } else { Layers::Top };
    if args.jsonl { stream(args, layers) } else { single(args, layers) }
}

fn single(args: &Extract, layers: Layers) -> Outcome {
    let Some(document) = input::document(args.file.as_deref(), &args.declared)? else { return Ok(1) };
    let engine = input::engine(&args.ruling)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut fault = None;
    let lost = mentions(engine, &document, layers, |line| {
        if fault.is_none() {
            fault = out.write_all(line).and_then(|()| out.write_all(b"\n")).err();
        }
    });
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    out.flush()?;
    if lost > 0 {
        warn(&told_lost(lost));
    }
    Ok(u8::from(lost > 0))
}

/// The answer to a line: what goes to standard output, and what is said about it.
struct Answer {
    number: u64,
    line: Vec<u8>,
    note: Option<String>,
    bad: bool,
}

fn stream(args: &Extract, layers: Layers) -> Outcome {
    let engine = input::engine(&args.ruling)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = 0;
    let work = |number: u64, line: &[u8]| answer(engine, layers, args, number, line);
    input::json_lines(args.file.as_deref(), work, |answers: Vec<Answer>| -> Result<(), Failure> {
        for answer in answers {
            out.write_all(&answer.line)?;
            match &answer.note {
                Some(note) if answer.bad => tell_line(answer.number, note),
                Some(note) => warn(&format!("line {}: {note}", answer.number)),
                None => {}
            }
            status |= u8::from(answer.bad);
        }
        Ok(out.flush()?)
    })?;
    Ok(status)
}

fn answer(engine: &Engine, layers: Layers, args: &Extract, number: u64, line: &[u8]) -> Answer {
    match input::parse_line(line) {
        Ok(LineDocument { id, mut document, note }) => {
            document.date = document.date.or(args.declared.date);
            document.language = document.language.or(args.declared.lang);
            let mut out = format!("{{\"id\":{id},\"mentions\":[").into_bytes();
            let start = out.len();
            let lost = mentions(engine, &document, layers, |mention| {
                if out.len() > start {
                    out.push(b',');
                }
                out.extend_from_slice(mention);
            });
            out.extend_from_slice(b"]}\n");
            let note = note.or_else(|| (lost > 0).then(|| told_lost(lost)));
            Answer { number, line: out, note, bad: lost > 0 }
        }
        Err(BadLine { id, error }) => {
            let line = format!("{{\"id\":{id},\"error\":{}}}\n", Value::from(error.as_str()));
            Answer { number, line: line.into_bytes(), note: Some(error), bad: true }
        }
    }
}

/// Calls back with each mention as a JSON object; tells how many sections could not be read.
fn mentions(engine: &Engine, document: &Document, layers: Layers, mut each: impl FnMut(&[u8])) -> usize {
    let mut entities = engine.entities();
    let mut json = Vec::new();
    engine.read(document, layers, &mut entities, |section, entities| {
        for found in &section.mentions {
            json.clear();
            let mut object = ObjectWriter::begin(&mut json);
            wire::line(found, &section.frame, &engine.rules, entities).write(&mut object);
            object.end();
            each(&json);
        }
    })
}

fn told_lost(lost: usize) -> String {
    format!("{lost} sections could not be read because of a mistake in the program; please report the text")
}
