//! Mentions of documents: as JSON for one text, as a table for many.
//!
//! The table has a row for each mention, with the columns of `tables/mentions.parquet`, and a row with an `error` for
//! whatever went wrong with a document. Numbers have a sign and text is plain UTF-8, since not every engine takes more.

use std::sync::{Arc, LazyLock};

use arrow_array::{
    RecordBatch,
    builder::{Date32Builder, Int64Builder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};
use pyo3::{exceptions::PyRuntimeError, prelude::*};
use rayon::prelude::*;
use tongwen::{
    count::{around, law_token},
    engine::{Engine, Section, Token},
    extract::Layers,
    resolve::{Entities, Link},
    segment::{Locator, Scratch},
    text::{Document, Language, Span},
    value::{Basis, Grain, Modifier, Role},
    wire::{self, DocumentLine, MentionLine, ObjectWriter},
};

use crate::{
    documents::{Input, Row, rows},
    engines::{Ruling, loaded},
    failure::usage,
    table::Table,
};

/// Bytes of text that are worked on together.
const CHUNK: usize = 1 << 20;
/// A batch with so many bytes of text is closed: offsets of plain text end at two gibibytes.
const FULL: usize = 64 << 20;

/// The columns of texts, numbers and days, in the order of the table.
static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |&(name, ref ty): &(&str, DataType)| Field::new(name, ty.clone(), name != "id");
    Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()))
});

const COLUMNS: &[(&str, DataType)] = &[
    ("id", DataType::Utf8),
    ("kind", DataType::Utf8),
    ("start", DataType::Int64),
    ("end", DataType::Int64),
    ("text", DataType::Utf8),
    ("value", DataType::Utf8),
    ("canonical", DataType::Utf8),
    ("title_zh", DataType::Utf8),
    ("title_en", DataType::Utf8),
    ("link", DataType::Utf8),
    ("candidates", DataType::Utf8),
    ("edition", DataType::Utf8),
    ("status", DataType::Utf8),
    ("law", DataType::Utf8),
    ("instrument", DataType::Utf8),
    ("identifiers", DataType::Utf8),
    ("antecedent", DataType::Int64),
    ("grain", DataType::Utf8),
    ("first", DataType::Date32),
    ("last", DataType::Date32),
    ("basis", DataType::Utf8),
    ("mod", DataType::Utf8),
    ("role", DataType::Utf8),
    ("per", DataType::Utf8),
    ("unit", DataType::Utf8),
    ("rule", DataType::Utf8),
    ("sentence", DataType::Utf8),
    ("sentence_start", DataType::Int64),
    ("heading", DataType::Utf8),
    ("article", DataType::Utf8),
    ("paragraph", DataType::Int64),
    ("error", DataType::Utf8),
];

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
    let (json, lost) = py.detach(|| {
        let mut out = b"[".to_vec();
        let mut entities = engine.entities();
        let lost = engine.read(&document, layers, &mut entities, |section, entities| {
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
    });
    if lost > 0 {
        return Err(PyRuntimeError::new_err(told_lost(lost)));
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
    let (sentences, lost) = py.detach(|| {
        let (mut sentences, mut scratch, mut entities) = (Vec::new(), Scratch::default(), engine.entities());
        let lost = engine.read(&document, Layers::Top, &mut entities, |section, entities| {
            for sentence in 0..section.sentences.len() {
                let mut tokens = Vec::new();
                section.tokens(sentence, engine, &mut scratch, |token| {
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
    });
    if lost > 0 {
        return Err(PyRuntimeError::new_err(told_lost(lost)));
    }
    Ok(sentences)
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
    let batches = input.batches(py)?;
    let engine = loaded(py, &ruling)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool =
        pool.map_err(|fault| usage(py, format!("cannot start {jobs} threads: {fault}"), "give a smaller jobs"))?;
    let all: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let (mut found, mut done) = (Vec::new(), 0);
    for batch in batches {
        let rows = rows(&batch, done, max_text_bytes).map_err(|fault| PyRuntimeError::new_err(fault.to_string()))?;
        done += batch.num_rows();
        found.extend(py.detach(|| pool.install(|| mentions(engine, rows))).map_err(told)?);
        if let Some(progress) = &progress {
            progress.call1(py, (done, all))?;
        }
        py.check_signals()?;
    }
    Ok(Table::new(Arc::clone(&SCHEMA), found))
}

/// The schema of the table of mentions, as a table without rows.
#[pyfunction]
pub(crate) fn mention_schema() -> Table {
    Table::new(Arc::clone(&SCHEMA), Vec::new())
}

fn told(fault: ArrowError) -> PyErr {
    PyRuntimeError::new_err(fault.to_string())
}

fn told_lost(lost: usize) -> String {
    format!("{lost} sections could not be read because of a mistake in the program; please report the text")
}

/// The batches of mentions of these documents, in their order.
fn mentions(engine: &Engine, rows: Vec<Row>) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut chunks: Vec<Vec<Row>> = vec![Vec::new()];
    let mut bytes = 0;
    for row in rows {
        bytes += row.document.as_ref().map_or(0, |document| document.text.len());
        chunks.last_mut().expect("there is always one").push(row);
        if bytes >= CHUNK {
            chunks.push(Vec::new());
            bytes = 0;
        }
    }
    let found = chunks.into_par_iter().map(|rows| {
        let mut rows_out = Rows::new();
        rows.into_iter().try_for_each(|row| rows_out.add(engine, row))?;
        rows_out.finish()
    });
    Ok(found.collect::<Result<Vec<_>, ArrowError>>()?.into_iter().flatten().collect())
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days())
}

/// The columns of a batch that is being filled.
struct Rows {
    texts: Vec<StringBuilder>,
    numbers: Vec<Int64Builder>,
    days: Vec<Date32Builder>,
    bytes: usize,
    any: bool,
    full: Vec<RecordBatch>,
    fault: Option<ArrowError>,
}

/// Where a mention stands.
struct Tail<'a> {
    sentence: &'a str,
    start: u32,
    locator: &'a Locator,
}

impl Rows {
    fn new() -> Self {
        let count = |ty: &DataType| COLUMNS.iter().filter(|(_, of)| of == ty).count();
        Self {
            texts: (0..count(&DataType::Utf8)).map(|_| StringBuilder::new()).collect(),
            numbers: (0..count(&DataType::Int64)).map(|_| Int64Builder::new()).collect(),
            days: (0..count(&DataType::Date32)).map(|_| Date32Builder::new()).collect(),
            bytes: 0,
            any: false,
            full: Vec::new(),
            fault: None,
        }
    }

    /// Adds the mentions of a document, and what went wrong with it.
    fn add(&mut self, engine: &Engine, row: Row) -> Result<(), ArrowError> {
        let mut wrong: Vec<String> = row.note.into_iter().collect();
        match row.document {
            Ok(document) => {
                let mut entities = engine.entities();
                let lost = engine.read(&document, Layers::Top, &mut entities, |section, entities| {
                    self.section(engine, &row.id, section, entities);
                });
                wrong.extend((lost > 0).then(|| told_lost(lost)));
            }
            Err(reason) => wrong.push(reason),
        }
        if !wrong.is_empty() {
            self.fail(&row.id, &wrong.join("; "));
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    fn section(&mut self, engine: &Engine, id: &str, section: &Section<'_>, entities: &Entities) {
        let default = Locator::default();
        let text = section.frame.flow.as_str();
        for found in &section.mentions {
            let span = found.mention.span;
            let (sentence, locator): (Span, &Locator) = match section.sentence_of(span) {
                Some(at) => {
                    let (sentence, place) = &section.sentences[at];
                    (sentence.span, section.places.get(*place as usize).map_or(&default, |place| &place.locator))
                }
                None => (span, &default),
            };
            let (shown, _) = around(text, sentence, span);
            let tail = Tail { sentence: &shown, start: section.frame.chars(sentence).0, locator };
            self.mention(id, &wire::line(found, &section.frame, &engine.rules, entities), &tail);
        }
    }

    fn mention(&mut self, id: &str, line: &MentionLine<'_>, tail: &Tail<'_>) {
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(" | "));
        let candidates = (!line.candidates.is_empty()).then(|| line.candidates.join(" | "));
        let identifiers = joined(&line.identifiers);
        let texts = [
            Some(id),
            Some(line.kind),
            Some(line.text),
            line.value.as_deref(),
            line.canonical,
            line.title_zh,
            line.title_en,
            line.link.map(Link::name),
            candidates.as_deref(),
            line.edition.as_deref(),
            line.status,
            line.law,
            line.instrument,
            identifiers.as_deref(),
            line.grain.map(Grain::name),
            line.basis.map(Basis::name),
            line.modifier.map(Modifier::code),
            line.role.map(Role::code),
            line.per,
            line.unit.as_deref(),
            Some(line.rule),
            Some(tail.sentence),
            tail.locator.heading.as_deref(),
            tail.locator.article.as_deref(),
            None,
        ];
        let numbers =
            [Some(line.start), Some(line.end), line.antecedent, Some(tail.start), Some(tail.locator.paragraph)];
        self.row(texts, numbers, [line.first.as_deref(), line.last.as_deref()]);
    }

    fn fail(&mut self, id: &str, error: &str) {
        let mut texts = [None; 25];
        texts[0] = Some(id);
        texts[24] = Some(error);
        self.row(texts, [None; 5], [None; 2]);
    }

    fn row(&mut self, texts: [Option<&str>; 25], numbers: [Option<u32>; 5], ends: [Option<&str>; 2]) {
        for (column, text) in self.texts.iter_mut().zip(texts) {
            self.bytes += text.map_or(0, str::len);
            column.append_option(text);
        }
        for (column, number) in self.numbers.iter_mut().zip(numbers) {
            column.append_option(number.map(i64::from));
        }
        for (column, day) in self.days.iter_mut().zip(ends) {
            column.append_option(day.and_then(days));
        }
        self.any = true;
        if self.bytes >= FULL {
            match self.batch() {
                Ok(batch) => self.full.push(batch),
                Err(fault) => self.fault = Some(fault),
            }
        }
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let (mut texts, mut numbers, mut days) = (self.texts.iter_mut(), self.numbers.iter_mut(), self.days.iter_mut());
        let columns = COLUMNS.iter().filter_map(|(_, ty)| match ty {
            DataType::Int64 => numbers.next().map(|column| Arc::new(column.finish()) as _),
            DataType::Date32 => days.next().map(|column| Arc::new(column.finish()) as _),
            _ => texts.next().map(|column| Arc::new(column.finish()) as _),
        });
        let batch = RecordBatch::try_new(Arc::clone(&SCHEMA), columns.collect());
        (self.bytes, self.any) = (0, false);
        batch
    }

    fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        if self.any {
            let last = self.batch()?;
            self.full.push(last);
        }
        Ok(self.full)
    }
}
