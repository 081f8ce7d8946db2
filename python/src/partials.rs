//! Parts of a report: counted anywhere, added up here.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use arrow_array::{BinaryArray, Int64Array, LargeBinaryArray, RecordBatch, cast::AsArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::{prelude::*, types::PyDict};
use pyo3_arrow::input::AnyRecordBatch;
use rayon::prelude::*;
use tongwen::{
    Error,
    engine::Engine,
    pipeline::{self, Gathered, Request, count_part},
    read::Reading,
};

use crate::{
    analysis::answer,
    attention::{Ask, Onlooker, Quiet, Stop},
    documents::{Columns, Ids, Input},
    engines::{Ruling, loaded},
    failure::{Fault, told, usage},
    mentions::pool,
    options::Options,
    table::Table,
};

/// Bytes of text that are counted into one part.
const PART: usize = 64 << 20;

/// The largest text there is; what was counted is not too large for its examples.
const LARGEST: u64 = 1 << 30;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let number = |name| Field::new(name, DataType::Int64, false);
    let fields = vec![number("documents"), number("bytes"), Field::new("partial", DataType::Binary, false)];
    Arc::new(Schema::new(fields))
});

/// The counts of documents, packed for [`report`].
#[pyfunction]
#[pyo3(signature = (ruling, input, options, max_text_bytes, progress))]
pub(crate) fn partials(
    py: Python<'_>,
    ruling: Ruling,
    input: Input,
    options: Options,
    max_text_bytes: u64,
    progress: Option<Py<PyAny>>,
) -> PyResult<Table> {
    let request = options.request(py, &ruling)?;
    let batches = input.columns(py, Ids::Needed)?;
    let engine = loaded(py, &ruling)?;
    let pool = pool(py, options.jobs)?;
    let stop = Stop::default();
    let all: usize = batches.iter().map(Columns::len).sum();
    let packed = stop.attend_and_tell(py, progress.as_ref(), |tell| {
        let (mut packed, mut done) = (Vec::new(), 0);
        let mut parts = Parts::of(&batches);
        loop {
            // As many at a time as there are threads, since each holds its texts a second time.
            let some: Vec<_> = parts.by_ref().take(pool.current_num_threads()).collect();
            if some.is_empty() || stop.is_asked() {
                return Ok(packed);
            }
            done += some.iter().map(Vec::len).sum::<usize>();
            let pack = |rows: Vec<(usize, usize)>| part(&engine, &request, &batches, &rows, max_text_bytes, &stop);
            packed.extend(pool.install(|| some.into_par_iter().map(pack).collect::<Result<Vec<_>, Fault>>())?);
            tell(done, all);
        }
    });
    stop.raise()?;
    Ok(Table::new(Arc::clone(&SCHEMA), packed.map_err(|fault: Fault| fault.raised(py))?))
}

/// Rows of all batches, part by part.
struct Parts<'b> {
    batches: &'b [Columns],
    batch: usize,
    row: usize,
}

impl<'b> Parts<'b> {
    const fn of(batches: &'b [Columns]) -> Self {
        Self { batches, batch: 0, row: 0 }
    }
}

impl Iterator for Parts<'_> {
    type Item = Vec<(usize, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while let Some(columns) = self.batches.get(self.batch).filter(|_| bytes < PART) {
            if self.row == columns.len() {
                (self.batch, self.row) = (self.batch + 1, 0);
                continue;
            }
            bytes += columns.bytes(self.row);
            rows.push((self.batch, self.row));
            self.row += 1;
        }
        (!rows.is_empty()).then_some(rows)
    }
}

/// One part, in a batch of its own: cells of bytes end at two gibibytes together.
fn part(
    engine: &Engine,
    request: &Request,
    batches: &[Columns],
    rows: &[(usize, usize)],
    max_text_bytes: u64,
    stop: &Stop,
) -> Result<RecordBatch, Fault> {
    let reading = |(batch, row): &(usize, usize)| batches[*batch].reading(*row, max_text_bytes);
    let readings = rows.iter().map(reading).collect::<Result<Vec<Reading>, Fault>>()?;
    let (documents, bytes) = (readings.len(), readings.iter().map(|reading| reading.record.bytes).sum::<u64>());
    let packed = count_part(engine, request, readings, &Quiet(stop))?;
    if i32::try_from(packed.len()).is_err() {
        let told = format!("a part of {documents} documents has {} bytes", packed.len());
        return Err(Error::usage(told, "leave out the formats jsonl and parquet").into());
    }
    let number = |number: u64| Arc::new(Int64Array::from(vec![i64::try_from(number).unwrap_or(i64::MAX)]));
    let partial = Arc::new(BinaryArray::from_iter_values([packed]));
    let columns = vec![number(documents as u64) as _, number(bytes) as _, partial as _];
    Ok(RecordBatch::try_new(Arc::clone(&SCHEMA), columns)?)
}

/// Parts to a report folder; `texts` gives the table of the documents with these ids once more.
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
    let request = options.request(py, &ruling)?;
    let parameters = options.parameters(request.formats, &ruling);
    let gathered = Gathered {
        out,
        foreign: options.foreign(),
        request,
        sheet_rows: options.sheet_rows,
        counts: options.counts(py)?,
        period: options.questions(py)?.period,
        threads: options.jobs,
        parameters,
    };
    let reader = parts.into_reader()?;
    if reader.schema().column_with_name("partial").is_none() {
        return Err(usage(py, "no column `partial`", "give the table that tongwen.partials made"));
    }
    let read = || {
        let mut columns: Vec<LargeBinaryArray> = Vec::new();
        for batch in reader {
            let batch = batch?;
            let column =
                batch.column_by_name("partial").map(|column| cast(column, &DataType::LargeBinary)).transpose()?;
            columns.extend(column.map(|column| column.as_binary::<i64>().clone()));
        }
        Ok::<_, ArrowError>(columns)
    };
    let columns = py.detach(read).map_err(told)?;
    let parts: Vec<&[u8]> = columns.iter().flat_map(|column| column.iter().flatten()).collect();
    let engine = loaded(py, &ruling)?;
    let onlooker = Onlooker::new(progress);
    let job = |ask: &Ask<Vec<String>, Vec<Reading>>| {
        let mut again = |ids| match &texts {
            Some(_) => ask.ask(ids).ok_or(Error::Stopped { signal: 2 }),
            None => Ok(Vec::new()),
        };
        pipeline::report(&engine, &parts, &gathered, &onlooker, &mut again)
    };
    let again = |py: Python<'_>, ids: Vec<String>| match &texts {
        Some(texts) => fetch(py, texts, ids),
        None => Ok(Vec::new()),
    };
    let outcome = onlooker.stop.attend_and_answer(py, job, again);
    answer(py, &onlooker, outcome)
}

fn fetch(py: Python<'_>, texts: &Py<PyAny>, ids: Vec<String>) -> PyResult<Vec<Reading>> {
    let input: Input = texts.call1(py, (ids,))?.extract(py)?;
    let batches = input.columns(py, Ids::Needed)?;
    let readings = || {
        let rows = batches.iter().flat_map(|columns| (0..columns.len()).map(move |at| columns.reading(at, LARGEST)));
        rows.collect::<Result<Vec<Reading>, Fault>>()
    };
    py.detach(readings).map_err(|fault| fault.raised(py))
}

/// The schema of tables of parts, as a table without rows.
#[pyfunction]
pub(crate) fn partial_schema() -> Table {
    Table::new(Arc::clone(&SCHEMA), Vec::new())
}
