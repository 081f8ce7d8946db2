//! The table of mentions while it is being filled: the columns of `tables/mentions.parquet` with `id` in the place of
//! `document`, and `error`.
//!
//! Numbers have a sign and text is plain UTF-8, since not every engine takes more.

use std::sync::{Arc, LazyLock};

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{Date32Builder, Int64Builder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};
use tongwen::{
    count::around,
    engine::{Engine, Section},
    extract::Layers,
    pipeline::{Cells, MENTION_COLUMNS, Tail, write_mention},
    report::Type,
    resolve::Entities,
    segment::Locator,
    text::Span,
    wire,
};

use crate::documents::Row;

/// A batch with so many bytes of text is closed: offsets of plain text end at two gibibytes.
const FULL: usize = 64 << 20;

/// The columns, in the order of the table.
pub(crate) static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let ours = MENTION_COLUMNS[1..].iter().map(|column| Field::new(column.name, type_of(column.ty), true));
    let id = Field::new("id", DataType::Utf8, false);
    let error = Field::new("error", DataType::Utf8, true);
    Arc::new(Schema::new(std::iter::once(id).chain(ours).chain([error]).collect::<Vec<_>>()))
});

fn type_of(ty: Type) -> DataType {
    match ty {
        Type::Integer => DataType::Int64,
        Type::Date => DataType::Date32,
        _ => DataType::Utf8,
    }
}

pub(crate) fn told_lost(lost: usize) -> String {
    format!("{lost} sections could not be read because of a mistake in the program; please report the text")
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days())
}

enum Column {
    Text(StringBuilder),
    Number(Int64Builder),
    Day(Date32Builder),
}

/// The columns of a batch that is being filled.
pub(crate) struct Rows {
    columns: Vec<Column>,
    /// The column of the next cell.
    at: usize,
    bytes: usize,
    full: Vec<RecordBatch>,
    fault: Option<ArrowError>,
}

impl Cells for Rows {
    fn text(&mut self, text: Option<&str>) {
        // What is empty says nothing, as in the table of a report.
        let text = text.filter(|text| !text.is_empty() || self.at == 0);
        self.bytes += text.map_or(0, str::len);
        if let Some(Column::Text(column)) = self.next() {
            column.append_option(text);
        }
    }

    fn whole(&mut self, number: Option<u64>) {
        if let Some(Column::Number(column)) = self.next() {
            column.append_option(number.and_then(|number| i64::try_from(number).ok()));
        }
    }

    fn day(&mut self, day: Option<&str>) {
        if let Some(Column::Day(column)) = self.next() {
            column.append_option(day.and_then(days));
        }
    }
}

impl Rows {
    pub(crate) fn new() -> Self {
        let columns = SCHEMA.fields().iter().map(|field| match field.data_type() {
            DataType::Int64 => Column::Number(Int64Builder::new()),
            DataType::Date32 => Column::Day(Date32Builder::new()),
            _ => Column::Text(StringBuilder::new()),
        });
        Self { columns: columns.collect(), at: 0, bytes: 0, full: Vec::new(), fault: None }
    }

    fn next(&mut self) -> Option<&mut Column> {
        let at = self.at;
        self.at = (at + 1) % self.columns.len();
        self.columns.get_mut(at)
    }

    /// Adds the mentions of a document, and what went wrong with it.
    pub(crate) fn add(&mut self, engine: &Engine, row: Row, wanted: impl Fn() -> bool) -> Result<(), ArrowError> {
        let mut wrong: Vec<String> = row.note.into_iter().collect();
        match row.document {
            Ok(document) => {
                let mut entities = engine.entities();
                let lost = engine.read_while(wanted, &document, Layers::Top, &mut entities, |section, entities| {
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
            write_mention(self, id, &wire::line(found, &section.frame, &engine.rules, entities));
            Tail { sentence: &shown, start: section.frame.chars(sentence).0, locator }.write(self);
            self.text(None);
            self.settle();
        }
    }

    /// A row that says what went wrong.
    fn fail(&mut self, id: &str, error: &str) {
        self.text(Some(id));
        for column in &MENTION_COLUMNS[1..] {
            match type_of(column.ty) {
                DataType::Int64 => self.whole(None),
                DataType::Date32 => self.day(None),
                _ => self.text(None),
            }
        }
        self.text(Some(error));
        self.settle();
    }

    /// Closes the batch where it is full; to be called where a row ends.
    fn settle(&mut self) {
        if self.bytes >= FULL {
            match self.batch() {
                Ok(batch) => self.full.push(batch),
                Err(fault) => self.fault = Some(fault),
            }
        }
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        self.bytes = 0;
        let columns = self.columns.iter_mut().map(|column| match column {
            Column::Text(column) => Arc::new(column.finish()) as ArrayRef,
            Column::Number(column) => Arc::new(column.finish()) as ArrayRef,
            Column::Day(column) => Arc::new(column.finish()) as ArrayRef,
        });
        RecordBatch::try_new(Arc::clone(&SCHEMA), columns.collect())
    }

    /// The batches, none of them empty.
    pub(crate) fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        let last = self.batch()?;
        self.full.extend((last.num_rows() > 0).then_some(last));
        Ok(self.full)
    }
}
