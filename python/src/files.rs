//! Files that lie in a table, with their names and bytes, as documents: by the readers of folders, within their limits.

use std::sync::{Arc, LazyLock};

use arrow_array::{
    Array, ArrayRef, LargeBinaryArray, LargeStringArray, RecordBatch, builder::StringBuilder, cast::AsArray,
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use rayon::prelude::*;
use tongwen::read::{Fetched, Limits, Reading, Status};

use crate::{
    analysis::isolation,
    attention::Stop,
    failure::{told, usage},
    mentions::pool,
    table::Table,
};

/// What is said of a document.
const COLUMNS: [&str; 10] = ["id", "text", "lang", "title", "date", "issuer", "group", "format", "status", "error"];

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |name: &str| Field::new(name, DataType::Utf8, !matches!(name, "id" | "status"));
    Arc::new(Schema::new(COLUMNS.map(field).to_vec()))
});

/// Files with their bytes.
struct Files {
    paths: LargeStringArray,
    contents: LargeBinaryArray,
}

/// The documents in files: a row for each, and one with an `error` for what is none.
#[pyfunction]
#[pyo3(signature = (files, jobs, max_file_bytes, reader))]
pub(crate) fn read_documents(
    py: Python<'_>,
    files: AnyRecordBatch,
    jobs: usize,
    max_file_bytes: u64,
    reader: Vec<String>,
) -> PyResult<Table> {
    let schema = files.schema()?;
    let is_path = |ty: &DataType| matches!(ty, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let is_content = |ty: &DataType| matches!(ty, DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
    for (name, what, fits) in [("path", "text", is_path as fn(&_) -> _), ("content", "binary", is_content)] {
        match schema.field_with_name(name).ok() {
            Some(field) if fits(field.data_type()) => {}
            Some(field) => {
                let told = format!("the column `{name}` is {}, which is not {what}", field.data_type());
                return Err(usage(py, told, "give the columns `path` and `content`, as Spark's binaryFile does"));
            }
            None => {
                let told = format!("the table has no column `{name}`");
                return Err(usage(py, told, "give the columns `path` and `content`, as Spark's binaryFile does"));
            }
        }
    }
    let pool = pool(py, jobs)?;
    let stop = Arc::new(Stop::default());
    let limits = Limits { max_file_bytes, isolation: isolation(&reader, &stop) };
    let source = files.into_reader()?;
    let read = stop.attend(py, || {
        let mut all = Vec::new();
        for batch in source {
            let files = Files::of(&batch?)?;
            let one = |at: usize| files.documents(at, &limits);
            let rows = 0..files.paths.len();
            let found = pool.install(|| rows.into_par_iter().filter(|_| !stop.is_asked()).map(one));
            let found: Vec<_> = pool.install(|| found.collect());
            for documents in found {
                all.push(table(&documents)?);
            }
        }
        Ok::<_, ArrowError>(all)
    });
    stop.raise()?;
    Ok(Table::new(Arc::clone(&SCHEMA), read.map_err(told)?))
}

impl Files {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowError> {
        let column = |name: &str, ty: &DataType| {
            let column = batch.column_by_name(name);
            cast(column.ok_or_else(|| ArrowError::SchemaError(format!("no column {name}")))?, ty)
        };
        let paths = column("path", &DataType::LargeUtf8)?.as_string::<i64>().clone();
        let contents = column("content", &DataType::LargeBinary)?.as_binary::<i64>().clone();
        Ok(Self { paths, contents })
    }

    /// The documents in a file.
    fn documents(&self, at: usize, limits: &Limits) -> Vec<Cells> {
        let name = if self.paths.is_valid(at) { self.paths.value(at) } else { "" };
        let wrong = |error: String| vec![Cells::wrong(name, error)];
        if name.is_empty() {
            return wrong("no path".to_owned());
        }
        if self.contents.is_null(at) {
            return wrong("no content".to_owned());
        }
        let content = self.contents.value(at);
        let largest = limits.max_file_bytes.min(1 << 30);
        if content.len() as u64 > largest {
            return wrong(format!("a file of {} bytes, more than {largest}", content.len()));
        }
        let mut found = Vec::new();
        Fetched::given(name, content.to_vec()).read_all(limits, &mut |reading| found.extend(Cells::of(reading)));
        found
    }
}

/// The cells of a row.
struct Cells([Option<String>; 10]);

impl Cells {
    /// `None` for a file whose members have told all.
    fn of(reading: Reading) -> Option<Self> {
        let Reading { record, document } = reading;
        let status = record.status.code().to_owned();
        let format = record.format.map(str::to_owned);
        let error = (record.status != Status::Ok).then(|| {
            let reason = record.reason.map_or("unknown", |reason| reason.code());
            record.detail.clone().unwrap_or_else(|| reason.to_owned())
        });
        let id = Some(record.path);
        let Some(document) = document else {
            error.as_ref()?;
            return Some(Self([id, None, None, None, None, None, None, format, Some(status), error]));
        };
        let field = |name: &str| document.fields.get(name).cloned();
        let date = document.date.map(|date| date.to_string()).or_else(|| field("date"));
        let lang = document.language.map(|language| language.code().to_owned());
        let group = field("group");
        let (title, issuer, text) = (document.title, document.issuer, Some(document.text));
        Some(Self([id, text, lang, title, date, issuer, group, format, Some(status), error]))
    }

    fn wrong(name: &str, error: String) -> Self {
        let mut cells = [const { None }; 10];
        (cells[0], cells[8], cells[9]) = (Some(name.to_owned()), Some("error".to_owned()), Some(error));
        Self(cells)
    }
}

/// The documents of one file in a batch of their own: a text may have a gibibyte.
fn table(rows: &[Cells]) -> Result<RecordBatch, ArrowError> {
    let column = |at: usize| {
        let mut column = StringBuilder::new();
        rows.iter().for_each(|row| column.append_option(row.0[at].as_deref()));
        Arc::new(column.finish()) as ArrayRef
    };
    RecordBatch::try_new(Arc::clone(&SCHEMA), (0..COLUMNS.len()).map(column).collect())
}

/// The columns of [`read_documents`], as a table without rows.
#[pyfunction]
pub(crate) fn document_schema() -> Table {
    Table::new(Arc::clone(&SCHEMA), Vec::new())
}
