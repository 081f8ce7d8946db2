//! `analyze`: files to a report folder, and what of the outcome Python gets to know.

use std::{path::PathBuf, sync::Arc};

use pyo3::{prelude::*, types::PyDict};
use tongwen::{
    pipeline::{self, Keep, Outcome, Settings},
    read::{self, FileCounts, FileRecord, Isolation, Limits, Metadata, WalkOptions},
};

use crate::{
    attention::{Onlooker, Stop},
    engines::{Ruling, loaded},
    failure::{by_argument, raised},
    options::Options,
};

/// What is read, and how.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Reading {
    inputs: Vec<PathBuf>,
    out: PathBuf,
    meta: Option<PathBuf>,
    hidden: bool,
    follow_links: bool,
    max_file_bytes: u64,
    store: bool,
    fresh: bool,
    stamps: bool,
    /// The program that reads files in another process, and its arguments.
    reader: Vec<String>,
}

/// Folders and files to a report folder; hands back how many files became what.
#[pyfunction]
#[pyo3(signature = (ruling, reading, options, progress))]
pub(crate) fn analyze<'py>(
    py: Python<'py>,
    ruling: Ruling,
    reading: Reading,
    options: Options,
    progress: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let metadata = reading.meta.as_deref().map_or_else(|| Ok(Metadata::none()), Metadata::load);
    let metadata = metadata.map_err(|error| raised(py, &error))?;
    let onlooker = Onlooker::new(progress);
    let formats = options.formats(py)?;
    let mut parameters = options.parameters(formats, &ruling);
    let shown = |path: &PathBuf| serde_json::Value::from(path.to_string_lossy());
    parameters.insert("inputs".to_owned(), reading.inputs.iter().map(shown).collect::<Vec<_>>().into());
    parameters.insert("hidden".to_owned(), reading.hidden.into());
    parameters.insert("follow_links".to_owned(), reading.follow_links.into());
    parameters.insert("max_file_size".to_owned(), reading.max_file_bytes.into());
    parameters.insert("meta".to_owned(), reading.meta.as_ref().map(shown).into());
    let isolation = isolation(&reading.reader, &onlooker.stop);
    let settings = Settings {
        inputs: reading.inputs,
        out: reading.out,
        metadata,
        walk: WalkOptions { hidden: reading.hidden, follow_links: reading.follow_links },
        limits: Limits { max_file_bytes: reading.max_file_bytes, isolation },
        foreign: options.foreign(),
        formats,
        sheet_rows: options.sheet_rows,
        keep: Keep { store: reading.store, fresh: reading.fresh, stamps: reading.stamps },
        counts: options.counts(py)?,
        questions: options.questions(py)?,
        threads: options.jobs,
        parameters,
    };
    let engine = loaded(py, &ruling)?;
    let outcome = onlooker.stop.attend(py, || pipeline::analyze(&engine, &settings, &onlooker));
    answer(py, &onlooker, outcome)
}

/// Another process for what may hang or crash.
pub(crate) fn isolation(reader: &[String], stop: &Arc<Stop>) -> Option<Arc<Isolation>> {
    let (program, arguments) = reader.split_first()?;
    let stop = Arc::clone(stop);
    let sign = move || stop.is_asked();
    Some(Arc::new(Isolation::new(program.into(), sign).with_arguments(arguments.iter().map(Into::into))))
}

/// Reads files for a parent process; see `tongwen.read::serve`.
#[pyfunction]
pub(crate) fn serve(py: Python<'_>) -> PyResult<()> {
    Ok(py.detach(read::serve)?)
}

/// What Python gets to know of the end.
pub(crate) fn answer<'py>(
    py: Python<'py>,
    onlooker: &Onlooker,
    outcome: Result<Outcome, tongwen::Error>,
) -> PyResult<Bound<'py, PyDict>> {
    onlooker.stop.raise()?;
    let outcome = outcome.map_err(|error| raised(py, &error))?;
    let told = PyDict::new(py);
    let FileCounts { found, ok, partial, error, skip } = outcome.counts;
    let counts = [("found", found), ("ok", ok), ("partial", partial), ("error", error), ("skip", skip)];
    for (name, count) in counts.into_iter().chain([("reused", outcome.reused)]) {
        told.set_item(name, count)?;
    }
    told.set_item("unchanged", outcome.unchanged)?;
    told.set_item("warnings", outcome.warnings.iter().map(|told| by_argument(told)).collect::<Vec<_>>())?;
    let failure = |record: &FileRecord| -> PyResult<Bound<'py, PyDict>> {
        let failure = PyDict::new(py);
        failure.set_item("path", &record.path)?;
        failure.set_item("status", record.status.code())?;
        failure.set_item("reason", record.reason.map(|reason| reason.code()))?;
        failure.set_item("detail", record.detail.as_deref().map(by_argument))?;
        Ok(failure)
    };
    told.set_item("failures", outcome.failures.iter().map(failure).collect::<PyResult<Vec<_>>>()?)?;
    Ok(told)
}
