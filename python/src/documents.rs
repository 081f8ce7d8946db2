//! Documents from Python: a list of texts, or a table with a column `text` and what else is known of each.
//!
//! A row that is no document costs itself and no other; a table without texts is a mistake of the caller and is said
//! before anything is read.

use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, cast::AsArray};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{ArrowError, DataType, Schema};
use pyo3::{exceptions::PyRuntimeError, prelude::*};
use pyo3_arrow::input::AnyRecordBatch;
use serde_json::Value;
use tongwen::{text::Document, wire::DocumentLine};

use crate::failure::usage;

/// A row as a document, or why it is none.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) document: Result<Document, String>,
    /// What of the row says nothing.
    pub(crate) note: Option<String>,
}

/// Columns of a batch that say something of a document.
struct Columns {
    id: Option<StringArray>,
    text: LargeStringArray,
    lang: Option<StringArray>,
    date: Option<StringArray>,
    title: Option<StringArray>,
}

/// What Python handed over.
#[derive(FromPyObject)]
pub(crate) enum Input {
    Table(AnyRecordBatch),
    Texts(Vec<Option<String>>),
}

impl Input {
    /// The batches; a table must have a column of texts, and every column that is read must be readable as text.
    pub(crate) fn batches(self, py: Python<'_>) -> PyResult<Vec<RecordBatch>> {
        match self {
            Self::Texts(texts) => {
                let texts: ArrayRef = std::sync::Arc::new(LargeStringArray::from(texts));
                let batch = RecordBatch::try_from_iter_with_nullable([("text", texts, true)]);
                Ok(vec![batch.map_err(|fault| PyRuntimeError::new_err(fault.to_string()))?])
            }
            Self::Table(table) => {
                check(py, &*table.schema()?)?;
                let reader = table.into_reader()?;
                let batches = py.detach(|| reader.collect::<Result<Vec<_>, ArrowError>>());
                batches.map_err(|fault| PyRuntimeError::new_err(fault.to_string()))
            }
        }
    }
}

/// Says what a table lacks.
fn check(py: Python<'_>, schema: &Schema) -> PyResult<()> {
    if schema.index_of("text").is_err() {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let told = format!("the table has no column `text`; its columns are {}", names.join(", "));
        return Err(usage(py, told, "name the column of texts `text`, that of their names `id`"));
    }
    for name in ["id", "text", "lang", "date", "title"] {
        let Ok(field) = schema.field_with_name(name) else { continue };
        let textual = match field.data_type() {
            DataType::Dictionary(_, values) => values.as_ref(),
            other => other,
        };
        let sound = if name == "text" {
            matches!(textual, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
        } else {
            can_cast_types(field.data_type(), &DataType::Utf8)
                && !matches!(textual, DataType::Binary | DataType::List(_))
        };
        if !sound {
            let told = format!("the column `{name}` is {}, which is no text", field.data_type());
            return Err(usage(py, told, "cast it to a string first"));
        }
    }
    Ok(())
}

/// The documents of a batch; rows without an id are called by their number, from `first`.
pub(crate) fn rows(batch: &RecordBatch, first: usize, max_bytes: u64) -> Result<Vec<Row>, ArrowError> {
    let column = |name: &str| batch.column_by_name(name).map(|column| cast(column, &DataType::Utf8)).transpose();
    let text = |name: &str| Ok::<_, ArrowError>(column(name)?.map(|column| column.as_string::<i32>().clone()));
    let texts = batch.column_by_name("text").map(|column| cast(column, &DataType::LargeUtf8)).transpose()?;
    let Some(texts) = texts else { return Ok(Vec::new()) };
    let columns = Columns {
        id: text("id")?,
        text: texts.as_string::<i64>().clone(),
        lang: text("lang")?,
        date: text("date")?.or(text("ref_date")?),
        title: text("title")?,
    };
    Ok((0..batch.num_rows()).map(|at| columns.row(at, first + at, max_bytes)).collect())
}

impl Columns {
    fn row(&self, at: usize, number: usize, max_bytes: u64) -> Row {
        let cell = |column: &Option<StringArray>| {
            let column = column.as_ref()?;
            column.is_valid(at).then(|| column.value(at).to_owned())
        };
        let id = cell(&self.id).unwrap_or_else(|| number.to_string());
        if self.text.is_null(at) {
            return Row { id, document: Err("no text".to_owned()), note: None };
        }
        let text = self.text.value(at);
        if text.len() as u64 > max_bytes {
            let told = format!("a text of {} bytes, more than {max_bytes}", text.len());
            return Row { id, document: Err(told), note: None };
        }
        let lang = cell(&self.lang).filter(|lang| !lang.trim().is_empty());
        let unknown = lang.as_deref().filter(|lang| tongwen::text::Language::from_code(lang).is_none());
        let unknown = unknown.map(|lang| format!("`{lang}` is not a language (zh, en); read without it"));
        let line = DocumentLine {
            id: Value::from(id.as_str()),
            text: text.to_owned(),
            lang,
            date: cell(&self.date),
            title: cell(&self.title),
        };
        let (document, note) = line.into_document();
        let notes: Vec<String> = note.into_iter().chain(unknown).collect();
        Row { id, document: Ok(document), note: (!notes.is_empty()).then(|| notes.join("; ")) }
    }
}
