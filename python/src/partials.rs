//! Counts of some documents, as data: rows that add up by a group-by, and parts that add up to a report.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use arrow_array::{
    Array, BinaryArray, Int64Array, LargeBinaryArray, RecordBatch, StringArray,
    builder::{Int64Builder, StringBuilder},
    cast::AsArray,
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::{exceptions::PyRuntimeError, prelude::*, types::PyDict};
use pyo3_arrow::input::AnyRecordBatch;
use rayon::prelude::*;
use tongwen::{
    Error,
    count::{Tally, Unit},
    engine::Engine,
    extract::Layers,
    pipeline::{self, Gathered, Partial, Request},
    read::{self, Limits, Reading},
    report::Formats,
    text::{Document, GroupBy},
};

use crate::{
    analysis::{Onlooker, Options},
    documents::Input,
    engines::{Ruling, loaded},
    failure::usage,
    table::Table,
};

/// Bytes of text that are counted into one part.
const PART: u64 = 64 << 20;

/// So many terms may take part in pairs.
const MOST: usize = 2_000;

static PARTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let number = |name| Field::new(name, DataType::Int64, false);
    let fields = vec![number("documents"), number("bytes"), Field::new("partial", DataType::Binary, false)];
    Arc::new(Schema::new(fields))
});

static COUNTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    let text = |name| Field::new(name, DataType::Utf8, false);
    let number = |name| Field::new(name, DataType::Int64, false);
    let fields = vec![text("table"), text("key"), text("detail"), text("period"), number("tf"), number("df")];
    Arc::new(Schema::new(fields))
});

fn told(fault: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(fault.to_string())
}

/// The documents of a batch with all that its columns say.
fn readings(batch: &RecordBatch, first: usize, limits: &Limits) -> Result<Vec<Reading>, ArrowError> {
    let schema = batch.schema();
    let mut columns: Vec<(String, StringArray)> = Vec::new();
    let mut texts = None;
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        if field.name() == "text" {
            texts = Some(cast(column, &DataType::LargeUtf8)?);
        } else if let Ok(column) = cast(column, &DataType::Utf8) {
            columns.push((field.name().to_lowercase(), column.as_string::<i32>().clone()));
        }
    }
    let Some(texts) = texts else { return Ok(Vec::new()) };
    let texts = texts.as_string::<i64>();
    let one = |at: usize| {
        let said = |(name, column): &(String, StringArray)| {
            column.is_valid(at).then(|| (name.clone(), column.value(at).to_owned()))
        };
        let (ids, about): (Vec<_>, Vec<_>) = columns.iter().filter_map(said).partition(|(name, _)| name == "id");
        let id = ids.into_iter().next().map_or_else(|| (first + at).to_string(), |(_, id)| id);
        let text = texts.is_valid(at).then(|| texts.value(at).to_owned());
        read::row(&id, text, about, limits)
    };
    Ok((0..batch.num_rows()).map(one).collect())
}

fn request(options: &Options, formats: Formats, ruling: &Ruling) -> Request {
    let group_by = options.group_by.as_deref().map(GroupBy::named).unwrap_or_default();
    Request { group_by, formats, guess_words: ruling.guess_words }
}

/// The counts of documents, packed for [`report`].
#[pyfunction]
#[pyo3(signature = (ruling, input, options, max_text_bytes))]
pub(crate) fn partials(
    py: Python<'_>,
    ruling: Ruling,
    input: Input,
    options: Options,
    max_text_bytes: u64,
) -> PyResult<Table> {
    let batches = input.batches(py)?;
    let engine = loaded(py, &ruling)?;
    let formats = options.formats(py)?;
    let request = request(&options, formats, &ruling);
    let limits = Limits { max_file_bytes: max_text_bytes, isolation: None };
    let mut parts: Vec<Vec<Reading>> = vec![Vec::new()];
    let (mut first, mut bytes) = (0, 0);
    for batch in &batches {
        for reading in readings(batch, first, &limits).map_err(told)? {
            bytes += reading.record.bytes;
            parts.last_mut().expect("there is always one").push(reading);
            if bytes >= PART {
                parts.push(Vec::new());
                bytes = 0;
            }
        }
        first += batch.num_rows();
    }
    parts.retain(|part| !part.is_empty());
    let sizes: Vec<(i64, i64)> = parts
        .iter()
        .map(|part| (part.len() as i64, part.iter().map(|reading| reading.record.bytes as i64).sum()))
        .collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build().map_err(told)?;
    let pack = |part| Partial::of(engine, &request, part);
    let packed = py.detach(|| pool.install(|| parts.into_par_iter().map(pack).collect::<Result<Vec<_>, _>>()));
    let packed = packed.map_err(told)?;
    if packed.is_empty() {
        return Ok(Table::new(Arc::clone(&PARTS), Vec::new()));
    }
    let batch = RecordBatch::try_new(
        Arc::clone(&PARTS),
        vec![
            Arc::new(sizes.iter().map(|(documents, _)| *documents).collect::<Int64Array>()),
            Arc::new(sizes.iter().map(|(_, bytes)| *bytes).collect::<Int64Array>()),
            Arc::new(BinaryArray::from_iter_values(packed)),
        ],
    );
    Ok(Table::new(Arc::clone(&PARTS), vec![batch.map_err(told)?]))
}

/// Parts to a report folder; `texts` gives the table of the documents with these names once more.
#[pyfunction]
#[pyo3(signature = (ruling, parts, out, options, texts, progress))]
pub(crate) fn report<'py>(
    py: Python<'py>,
    ruling: Ruling,
    parts: AnyRecordBatch,
    out: PathBuf,
    options: Options,
    texts: Option<Py<PyAny>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let reader = parts.into_reader()?;
    let batches = py.detach(|| reader.collect::<Result<Vec<RecordBatch>, ArrowError>>()).map_err(told)?;
    let mut columns: Vec<LargeBinaryArray> = Vec::new();
    for batch in &batches {
        let column = batch.column_by_name("partial");
        let column =
            column.ok_or_else(|| usage(py, "no column `partial`", "give the table that tongwen.partials made"))?;
        columns.push(cast(column, &DataType::LargeBinary).map_err(told)?.as_binary::<i64>().clone());
    }
    let parts: Vec<&[u8]> = columns.iter().flat_map(|column| column.iter().flatten()).collect();
    let engine = loaded(py, &ruling)?;
    let formats = options.formats(py)?;
    let gathered = Gathered {
        out,
        foreign: options.foreign(),
        request: request(&options, formats, &ruling),
        sheet_rows: options.sheet_rows,
        counts: options.counts(py)?,
        period: options.questions(py)?.period,
        threads: options.jobs,
        parameters: options.parameters(formats),
    };
    let onlooker = Onlooker::new(progress);
    let mut fault = None;
    let limits = Limits::default();
    let mut again = |ids: Vec<String>| -> Result<Vec<Reading>, Error> {
        let Some(texts) = &texts else { return Ok(Vec::new()) };
        fetch(texts, ids, &limits).map_err(|raised| {
            fault = Some(raised);
            Error::Stopped { signal: 2 }
        })
    };
    let outcome = onlooker.attend(py, || pipeline::report(engine, &parts, &gathered, &onlooker, &mut again));
    match fault {
        Some(fault) => Err(fault),
        None => onlooker.answer(py, outcome),
    }
}

fn fetch(texts: &Py<PyAny>, ids: Vec<String>, limits: &Limits) -> PyResult<Vec<Reading>> {
    Python::attach(|py| {
        let table: AnyRecordBatch = texts.call1(py, (ids,))?.extract(py)?;
        let mut all = Vec::new();
        for batch in table.into_reader()? {
            all.extend(readings(&batch.map_err(told)?, 0, limits).map_err(told)?);
        }
        Ok(all)
    })
}

/// Counts of documents as rows that add up by name.
#[pyfunction]
#[pyo3(signature = (ruling, input, period, pairs_among, unit, max_text_bytes))]
pub(crate) fn counts(
    py: Python<'_>,
    ruling: Ruling,
    input: Input,
    period: Option<String>,
    pairs_among: Option<Vec<String>>,
    unit: String,
    max_text_bytes: u64,
) -> PyResult<Table> {
    let batches = input.batches(py)?;
    let engine = loaded(py, &ruling)?;
    let cut = match period.as_deref() {
        None => None,
        Some("year") => Some(4),
        Some("month") => Some(7),
        Some(other) => return Err(usage(py, format!("no period `{other}`"), "write year or month, or nothing")),
    };
    let unit: Unit = unit.parse().map_err(|told: String| usage(py, format!("no unit `{unit}`"), &told))?;
    let pairs = pairs_among.as_deref().map(|among| (among, unit));
    if let Some((among, _)) = pairs.filter(|(among, _)| among.len() > MOST) {
        let told = format!("pairs among {} terms", among.len());
        return Err(usage(py, told, &format!("give the most frequent ones, {MOST} at most")));
    }
    let limits = Limits { max_file_bytes: max_text_bytes, isolation: None };
    let mut documents: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    let mut first = 0;
    for batch in &batches {
        for reading in readings(batch, first, &limits).map_err(told)? {
            let Some(document) = reading.document else { continue };
            let date = document.declared_date().map(|date| date.to_string()).unwrap_or_default();
            // A year is no month.
            let period = cut.and_then(|cut| date.get(..cut)).unwrap_or_default().to_owned();
            documents.entry(period).or_default().push(document);
        }
        first += batch.num_rows();
    }
    let batch = py.detach(|| {
        let counted: Vec<(String, Tally)> =
            documents.into_iter().map(|(period, documents)| (period, tally(engine, &documents))).collect();
        rows(engine, counted, pairs)
    });
    Ok(Table::new(Arc::clone(&COUNTS), vec![batch?]))
}

fn tally(engine: &Engine, documents: &[Document]) -> Tally {
    let mut tally = Tally::new(engine);
    for (ix, document) in (0..).zip(documents) {
        tally.open(ix, document, None);
        let mut entities = engine.entities();
        engine.read(document, Layers::Top, &mut entities, |section, entities| {
            tally.add(engine, ix, section, entities);
        });
    }
    tally
}

fn rows(engine: &Engine, counted: Vec<(String, Tally)>, pairs: Option<(&[String], Unit)>) -> PyResult<RecordBatch> {
    let mut texts: [StringBuilder; 4] = std::array::from_fn(|_| StringBuilder::new());
    let mut numbers: [Int64Builder; 2] = std::array::from_fn(|_| Int64Builder::new());
    for (period, tally) in counted {
        let mut all = tally.counted(engine);
        if let Some((among, unit)) = pairs {
            all.extend(tally.counted_pairs(engine, among, unit).map_err(told)?);
        }
        for row in all {
            for (column, text) in texts.iter_mut().zip([row.table, &row.key, &row.detail, &period]) {
                column.append_value(text);
            }
            for (column, number) in numbers.iter_mut().zip([row.tf, row.df]) {
                column.append_value(i64::try_from(number).unwrap_or(i64::MAX));
            }
        }
    }
    let [table, key, detail, period] = texts.map(|mut column| Arc::new(column.finish()) as _);
    let [tf, df] = numbers.map(|mut column| Arc::new(column.finish()) as _);
    RecordBatch::try_new(Arc::clone(&COUNTS), vec![table, key, detail, period, tf, df]).map_err(told)
}

/// Adds up tables of counts: rows with equal names become one.
#[pyfunction]
pub(crate) fn merge(py: Python<'_>, tables: Vec<AnyRecordBatch>) -> PyResult<Table> {
    let mut sums: BTreeMap<[String; 4], [i64; 2]> = BTreeMap::new();
    for table in tables {
        for batch in table.into_reader()? {
            let batch = batch.map_err(told)?;
            let column = |name: &str, ty: &DataType| {
                let column = batch.column_by_name(name);
                let column = column.ok_or_else(|| usage(py, format!("no column `{name}`"), "give tables of counts"))?;
                cast(column, ty).map_err(told)
            };
            let names = ["table", "key", "detail", "period"].map(|name| column(name, &DataType::Utf8));
            let [table, key, detail, period] = names;
            let names = [table?, key?, detail?, period?];
            let [tf, df] = ["tf", "df"].map(|name| column(name, &DataType::Int64));
            let numbers = [tf?, df?];
            for row in 0..batch.num_rows() {
                let name = names.each_ref().map(|column| column.as_string::<i32>().value(row).to_owned());
                let sum = sums.entry(name).or_default();
                for (sum, column) in sum.iter_mut().zip(&numbers) {
                    *sum += column.as_primitive::<arrow_array::types::Int64Type>().value(row);
                }
            }
        }
    }
    let texts = [0, 1, 2, 3]
        .map(|at| Arc::new(sums.keys().map(|name| Some(name[at].as_str())).collect::<StringArray>()) as Arc<dyn Array>);
    let numbers = [0, 1].map(|at| Arc::new(sums.values().map(|sum| sum[at]).collect::<Int64Array>()) as Arc<dyn Array>);
    let batch = RecordBatch::try_new(Arc::clone(&COUNTS), texts.into_iter().chain(numbers).collect());
    Ok(Table::new(Arc::clone(&COUNTS), vec![batch.map_err(told)?]))
}

/// The schemas of the tables of parts and of counts.
#[pyfunction]
pub(crate) fn count_schemas() -> (Table, Table) {
    (Table::new(Arc::clone(&PARTS), Vec::new()), Table::new(Arc::clone(&COUNTS), Vec::new()))
}
