//! Counts of documents as rows that add up by a group-by.
//!
//! Always true: what was not counted is counted itself, in rows `errors` and `lost_sections`.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    builder::{BooleanBuilder, Int64Builder, StringBuilder},
    cast::AsArray,
    types::Int64Type,
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use tongwen::{
    Error,
    count::{Counted, DocIx, Tally, Unit},
    engine::Engine,
    extract::Layers,
    read::Reading,
};

use crate::{
    attention::Stop,
    documents::{Columns, Ids, Input, stamp_of},
    engines::{Ruling, loaded},
    failure::Fault,
    mentions::STRETCH,
    options::{check_counts, cut, parsed_unit},
    stamp::{self, Stamp},
    table::Table,
};

/// A batch with so many bytes of text is closed: offsets of plain text end at two gibibytes.
const FULL: usize = 64 << 20;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let text = |name| Field::new(name, DataType::Utf8, false);
    let number = |name| Field::new(name, DataType::Int64, false);
    let names = ["table", "key", "detail", "period"].map(text);
    let stop = Field::new("stop", DataType::Boolean, false);
    Arc::new(Schema::new(names.into_iter().chain([stop, number("tf"), number("df")]).collect::<Vec<_>>()))
});

/// The documents of a period.
struct Period {
    tally: Tally,
    documents: DocIx,
    /// Rows that are no documents, by reason.
    errors: BTreeMap<&'static str, u64>,
    /// Sections that were lost, and the documents that lost some.
    lost: (u64, u64),
}

/// Counts of documents as rows that add up by name.
#[pyfunction]
#[pyo3(signature = (ruling, input, period, pairs_among, unit, max_text_bytes, progress))]
#[expect(clippy::too_many_arguments, reason = "they are those of Python")]
pub(crate) fn counts(
    py: Python<'_>,
    ruling: Ruling,
    input: Input,
    period: Option<String>,
    pairs_among: Option<Vec<String>>,
    unit: String,
    max_text_bytes: u64,
    progress: Option<Py<PyAny>>,
) -> PyResult<Table> {
    check_counts(py, period.as_deref(), pairs_among.as_ref().map(Vec::len), &unit)?;
    let (cut, unit) = (cut(py, period.as_deref())?, parsed_unit(py, &unit)?);
    let batches = input.columns(py, Ids::Optional)?;
    let engine = loaded(py, &ruling)?;
    let stop = Stop::default();
    let pairs = pairs_among.as_deref().map(|among| (among, unit));
    let all: usize = batches.iter().map(Columns::len).sum();
    let counted = stop.attend_and_tell(py, progress.as_ref(), |tell| {
        let mut periods = BTreeMap::new();
        let (mut done, mut untold) = (0, 0);
        for columns in &batches {
            for at in (0..columns.len()).take_while(|_| !stop.is_asked()) {
                add(&engine, &mut periods, columns.reading(at, max_text_bytes)?, cut, &stop);
                (done, untold) = (done + 1, untold + columns.bytes(at));
                if untold >= STRETCH || done == all {
                    tell(done, all);
                    untold = 0;
                }
            }
        }
        rows(&engine, periods, pairs)
    });
    stop.raise()?;
    let schema = Arc::new(SCHEMA.as_ref().clone().with_metadata(stamp::of(&engine, &ruling)));
    Ok(Table::new(schema, counted.map_err(|fault| fault.raised(py))?))
}

fn add(engine: &Engine, periods: &mut BTreeMap<String, Period>, reading: Reading, cut: Option<usize>, stop: &Stop) {
    let Reading { record, document } = reading;
    let date = document.as_ref().and_then(|document| document.declared_date()).map(|date| date.to_string());
    // A year is no month.
    let name = cut.and_then(|cut| date.as_deref()?.get(..cut)).unwrap_or_default();
    if !periods.contains_key(name) {
        let new = Period { tally: Tally::new(engine), documents: 0, errors: BTreeMap::new(), lost: (0, 0) };
        periods.insert(name.to_owned(), new);
    }
    let Some(period) = periods.get_mut(name) else { return };
    let Some(document) = document else {
        let reason = record.reason.map_or("unknown", |reason| reason.code());
        *period.errors.entry(reason).or_default() += 1;
        return;
    };
    let (ix, tally) = (period.documents, &mut period.tally);
    tally.open(ix, &document, None);
    let mut entities = engine.entities();
    let wanted = || !stop.is_asked();
    let lost = engine.read_while(wanted, &document, Layers::Top, &mut entities, |section, entities| {
        tally.add(engine, ix, section, entities);
    });
    period.documents += 1;
    period.lost.0 += lost as u64;
    period.lost.1 += u64::from(lost > 0);
}

impl Period {
    /// What was not counted.
    fn missing(&self) -> Vec<Counted> {
        let row = |table, key: &str, tf, df| {
            let (key, detail) = (key.to_owned(), String::new());
            Counted { table, key, detail, stop: false, tf, df }
        };
        let errors = self.errors.iter().map(|(reason, count)| row("errors", reason, *count, *count));
        let lost = (self.lost.0 > 0).then(|| row("lost_sections", "", self.lost.0, self.lost.1));
        errors.chain(lost).collect()
    }
}

fn rows(
    engine: &Engine,
    periods: BTreeMap<String, Period>,
    pairs: Option<(&[String], Unit)>,
) -> Result<Vec<RecordBatch>, Fault> {
    let mut all: Vec<(Counted, &str)> = Vec::new();
    let names: Vec<String> = periods.keys().cloned().collect();
    for (name, period) in names.iter().zip(periods.into_values()) {
        let mut counted = period.missing();
        counted.extend(period.tally.counted(engine));
        if let Some((among, unit)) = pairs {
            let pairs = period.tally.counted_pairs(engine, among, unit);
            counted.extend(pairs.map_err(|cause| Error::Write { path: "a temporary file".into(), cause })?);
        }
        all.extend(counted.into_iter().map(|row| (row, name.as_str())));
    }
    // As `merge` sorts them.
    all.sort_unstable_by(|(a, first), (b, second)| {
        (a.table, &a.key, &a.detail, first).cmp(&(b.table, &b.key, &b.detail, second))
    });
    let mut rows = Rows::default();
    for (row, period) in &all {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let names = [row.table, &row.key, &row.detail, period];
        rows.add(names, row.stop, [number(row.tf), number(row.df)])?;
    }
    Ok(rows.finish()?)
}

/// The columns of a batch that is being filled.
#[derive(Default)]
struct Rows {
    names: [StringBuilder; 4],
    stop: BooleanBuilder,
    numbers: [Int64Builder; 2],
    bytes: usize,
    full: Vec<RecordBatch>,
}

impl Rows {
    fn add(&mut self, names: [&str; 4], stop: bool, numbers: [i64; 2]) -> Result<(), ArrowError> {
        for (column, name) in self.names.iter_mut().zip(names) {
            self.bytes += name.len();
            column.append_value(name);
        }
        self.stop.append_value(stop);
        for (column, number) in self.numbers.iter_mut().zip(numbers) {
            column.append_value(number);
        }
        if self.bytes >= FULL {
            let batch = self.batch()?;
            self.full.push(batch);
        }
        Ok(())
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        self.bytes = 0;
        let names = self.names.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let stop = Arc::new(self.stop.finish()) as ArrayRef;
        let numbers = self.numbers.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        RecordBatch::try_new(Arc::clone(&SCHEMA), names.chain([stop]).chain(numbers).collect())
    }

    fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        let last = self.batch()?;
        self.full.push(last);
        Ok(self.full)
    }
}

/// Sums by name: whether it is a stop word, occurrences, documents.
type Sums = BTreeMap<[String; 4], (bool, [i64; 2])>;

/// Adds up tables of counts: rows with equal names become one.
#[pyfunction]
pub(crate) fn merge(py: Python<'_>, tables: Vec<AnyArray>) -> PyResult<Table> {
    let mut stamp = Stamp::new();
    for table in &tables {
        stamp::join(&mut stamp, &stamp_of(table)?).map_err(|error| Fault::from(error).raised(py))?;
    }
    let readers = tables.into_iter().map(AnyArray::into_reader).collect::<PyResult<Vec<_>>>()?;
    let stop = Stop::default();
    let merged = stop.attend(py, || {
        let mut sums = Sums::new();
        for reader in readers {
            for batch in reader {
                if stop.is_asked() {
                    return Ok(Vec::new());
                }
                add_batch(&mut sums, batch?.as_ref())?;
            }
        }
        let mut rows = Rows::default();
        for (names, (stop, numbers)) in &sums {
            rows.add(names.each_ref().map(String::as_str), *stop, *numbers)?;
        }
        Ok::<_, Fault>(rows.finish()?)
    });
    stop.raise()?;
    let schema = Arc::new(SCHEMA.as_ref().clone().with_metadata(stamp));
    Ok(Table::new(schema, merged.map_err(|fault| fault.raised(py))?))
}

fn add_batch(sums: &mut Sums, batch: &dyn Array) -> Result<(), Fault> {
    let wrong = |told: String| Error::usage(told, "give tables of counts");
    let Some(batch) = batch.as_struct_opt() else { return Err(wrong("a column is no table".to_owned()).into()) };
    let column = |name: &str, ty: &DataType| -> Result<ArrayRef, Fault> {
        let column = batch.column_by_name(name).ok_or_else(|| wrong(format!("no column `{name}`")))?;
        if column.null_count() > 0 {
            return Err(wrong(format!("a cell of the column `{name}` is empty")).into());
        }
        cast(column, ty).map_err(|_| wrong(format!("the column `{name}` is {}", column.data_type())).into())
    };
    let [table, key, detail, period] =
        ["table", "key", "detail", "period"].map(|name| column(name, &DataType::LargeUtf8));
    let names = [table?, key?, detail?, period?];
    let [tf, df] = ["tf", "df"].map(|name| column(name, &DataType::Int64));
    let numbers = [tf?, df?];
    let stops = batch.column_by_name("stop").map(|_| column("stop", &DataType::Boolean)).transpose()?;
    for row in 0..batch.len() {
        let name = names.each_ref().map(|column| column.as_string::<i64>().value(row).to_owned());
        let (stop, sum) = sums.entry(name).or_default();
        *stop |= stops.as_ref().is_some_and(|stops| stops.as_boolean().value(row));
        for (sum, column) in sum.iter_mut().zip(&numbers) {
            *sum = sum.saturating_add(column.as_primitive::<Int64Type>().value(row));
        }
    }
    Ok(())
}

/// The schema of tables of counts, as a table without rows.
#[pyfunction]
pub(crate) fn count_schema() -> Table {
    Table::new(Arc::clone(&SCHEMA), Vec::new())
}
