//! Mentions of documents: as JSON for one text, as a table for many.
//!
//! A row with an `error` says whatever went wrong with a document.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use rayon::prelude::*;
use tongwen::{
    count::law_token,
    engine::{Engine, Token},
    extract::Layers,
    segment::Scratch,
    text::{Document, Language},
    wire::{self, DocumentLine, ObjectWriter},
};

use crate::{
    attention::Stop,
    documents::{Columns, Ids, Input},
    engines::{Ruling, loaded},
    failure::{told, usage},
    mention_rows::{Rows, SCHEMA, told_lost},
    table::Table,
};

/// Bytes of text that one thread works on in a row.
const CHUNK: usize = 1 << 20;
/// Bytes of text for each thread between two calls of `progress`.
pub(crate) const STRETCH: usize = 4 << 20;
/// A text of fewer bytes is read before anybody presses Ctrl-C; a thread of its own would cost more than it does.
const SHORT: usize = 64 << 10;

/// The mentions of one text as a JSON list.
#[pyfunction]
#[pyo3(signature = (ruling, text, lang, date, title, nested))]
pub(crate) fn extract(
    py: Python<'_>,
    ruling: Ruling,
    text: String,
    lang: Option<String>,
    date: Option<String>,
    title: Option<String>,
    nested: bool,
) -> PyResult<String> {
    let document = declared(py, text, lang, date, title)?;
    let engine = loaded(py, &ruling)?;
    let layers = if nested { Layers::All } else { Layers::Top };
    let stop = Stop::default();
    let wanted = || !stop.is_asked();
    let (json, lost) = attended(py, &stop, document.text.len(), || {
        let mut out = b"[".to_vec();
        let mut entities = engine.entities();
        let lost = engine.read_while(wanted, &document, layers, &mut entities, |section, entities| {
            for found in &section.mentions {
                if out.len() > 1 {
                    out.push(b',');
                }
                let mut object = ObjectWriter::begin(&mut out);
                wire::line(found, &section.frame, &engine.rules, entities).write(&mut object);
                object.end();
            }
        });
        out.push(b']');
        (String::from_utf8_lossy(&out).into_owned(), lost)
    })?;
    if lost > 0 {
        return Err(told(told_lost(lost)));
    }
    Ok(json)
}

/// The sentences of one text as lists of tokens.
#[pyfunction]
#[pyo3(signature = (ruling, text, lang, date, title, ids))]
pub(crate) fn segment(
    py: Python<'_>,
    ruling: Ruling,
    text: String,
    lang: Option<String>,
    date: Option<String>,
    title: Option<String>,
    ids: bool,
) -> PyResult<Vec<Vec<String>>> {
    let document = declared(py, text, lang, date, title)?;
    let engine = loaded(py, &ruling)?;
    let stop = Stop::default();
    let wanted = || !stop.is_asked();
    let (sentences, lost) = attended(py, &stop, document.text.len(), || {
        let (mut sentences, mut scratch, mut entities) = (Vec::new(), Scratch::default(), engine.entities());
        let lost = engine.read_while(wanted, &document, Layers::Top, &mut entities, |section, entities| {
            for sentence in 0..section.sentences.len() {
                let mut tokens = Vec::new();
                section.tokens(sentence, &engine, &mut scratch, |token| {
                    tokens.push(match token {
                        Token::Word(word) => word.text().to_string(),
                        Token::Law(law) if ids => entities.id(law, &engine.rules.registry).to_owned(),
                        Token::Law(law) => law_token(entities.canonical(law, &engine.rules.registry)),
                    });
                });
                if !tokens.is_empty() {
                    sentences.push(tokens);
                }
            }
        });
        (sentences, lost)
    })?;
    if lost > 0 {
        return Err(told(told_lost(lost)));
    }
    Ok(sentences)
}

/// Reads one text while other threads of the interpreter run; Ctrl-C ends the reading of a long one.
fn attended<T: Send>(py: Python<'_>, stop: &Stop, bytes: usize, job: impl FnOnce() -> T + Send) -> PyResult<T> {
    let done = if bytes < SHORT { py.detach(job) } else { stop.attend(py, job) };
    stop.raise()?;
    Ok(done)
}

/// A text with what the caller knows of it; what says nothing is a mistake.
fn declared(
    py: Python<'_>,
    text: String,
    lang: Option<String>,
    date: Option<String>,
    title: Option<String>,
) -> PyResult<Document> {
    if let Some(lang) = lang.as_deref().filter(|lang| Language::from_code(lang).is_none()) {
        return Err(usage(py, format!("`{lang}` is not a language"), "write zh or en"));
    }
    if let Some(date) = date.as_deref().filter(|date| wire::first_day(date).is_none()) {
        return Err(usage(py, format!("`{date}` is not a date"), "write 2016, 2016-11 or 2016-11-07"));
    }
    Ok(DocumentLine { id: "-".into(), text, lang, date, title }.into_document().0)
}

/// The mentions of many documents as a table.
#[pyfunction]
#[pyo3(signature = (ruling, input, jobs, max_text_bytes, progress))]
pub(crate) fn extract_batch(
    py: Python<'_>,
    ruling: Ruling,
    input: Input,
    jobs: usize,
    max_text_bytes: u64,
    progress: Option<Py<PyAny>>,
) -> PyResult<Table> {
    let batches = input.columns(py, Ids::Optional)?;
    let engine = loaded(py, &ruling)?;
    let pool = pool(py, jobs)?;
    let all: usize = batches.iter().map(Columns::len).sum();
    let stop = Stop::default();
    let (mut found, mut done) = (Vec::new(), 0);
    for columns in &batches {
        let mut from = 0;
        while from < columns.len() {
            let to = columns.stretch(from, STRETCH * pool.current_num_threads());
            let job = || pool.install(|| mentions(&engine, columns, from..to, max_text_bytes, &stop));
            found.extend(stop.attend(py, job).map_err(told)?);
            stop.raise()?;
            done += to - from;
            from = to;
            if let Some(progress) = &progress {
                progress.call1(py, (done, all))?;
            }
        }
    }
    Ok(Table::new(Arc::clone(&SCHEMA), found))
}

/// The threads of a call.
pub(crate) fn pool(py: Python<'_>, jobs: usize) -> PyResult<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    pool.map_err(|fault| usage(py, format!("cannot start {jobs} threads: {fault}"), "give a smaller jobs"))
}

/// The schema of the table of mentions, as a table without rows.
#[pyfunction]
pub(crate) fn mention_schema() -> Table {
    Table::new(Arc::clone(&SCHEMA), Vec::new())
}

/// The batches of mentions of these rows, in their order.
fn mentions(
    engine: &Engine,
    columns: &Columns,
    rows: std::ops::Range<usize>,
    max_text_bytes: u64,
    stop: &Stop,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let (mut chunks, mut from) = (Vec::new(), rows.start);
    while from < rows.end {
        let to = columns.stretch(from, CHUNK).min(rows.end);
        chunks.push(from..to);
        from = to;
    }
    let wanted = || !stop.is_asked();
    let found = chunks.into_par_iter().map(|rows| {
        let mut found = Rows::new();
        for at in rows.take_while(|_| wanted()) {
            found.add(engine, columns.row(at, max_text_bytes), wanted)?;
        }
        found.finish()
    });
    Ok(found.collect::<Result<Vec<_>, ArrowError>>()?.into_iter().flatten().collect())
}
