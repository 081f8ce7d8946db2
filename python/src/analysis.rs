//! `analyze`: options from Python to settings; somebody who looks on, in Python.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use pyo3::{prelude::*, types::PyDict};
use tongwen::{
    count::{Limits as Counts, Period, Questions, Unit},
    pipeline::{self, Keep, Outcome, Settings, Watch},
    read::{self, FileCounts, FileRecord, Isolation, Limits, Metadata, WalkOptions},
    report::{Foreign, Format, Formats},
    text::GroupBy,
};

use crate::{
    engines::{Ruling, loaded},
    failure::{raised, usage},
};

/// How often the waiting looks for signals.
const GLANCE: Duration = Duration::from_millis(20);

/// The options of the command, by their names in Python.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Options {
    pub(crate) formats: Option<Vec<String>>,
    pub(crate) group_by: Option<String>,
    pub(crate) period: String,
    pub(crate) unit: Vec<String>,
    pub(crate) matrix: usize,
    pub(crate) network_nodes: usize,
    pub(crate) network_edges: usize,
    pub(crate) keyness_rows: usize,
    pub(crate) sheet_rows: usize,
    pub(crate) force: bool,
    pub(crate) jobs: usize,
    pub(crate) command: String,
}

impl Options {
    pub(crate) fn formats(&self, py: Python<'_>) -> PyResult<Formats> {
        let Some(names) = &self.formats else { return Ok(Formats::ALL) };
        let known = || format!("formats are {}", Format::ALL.map(Format::name).join(", "));
        let one = |name: &String| Format::named(name).ok_or_else(|| usage(py, format!("no format `{name}`"), &known()));
        names.iter().map(one).collect()
    }

    pub(crate) fn questions(&self, py: Python<'_>) -> PyResult<Questions> {
        let period = Period::named(&self.period);
        let period = period
            .ok_or_else(|| usage(py, format!("no period `{}`", self.period), "write year, quarter, month or plan"))?;
        Ok(Questions { group_by: self.group_by.as_deref().map(GroupBy::named).unwrap_or_default(), period })
    }

    pub(crate) fn counts(&self, py: Python<'_>) -> PyResult<Counts> {
        let mut units: Vec<Unit> = Vec::new();
        for name in &self.unit {
            let unit = name.parse().map_err(|told: String| usage(py, format!("no unit `{name}`"), &told))?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        let defaults = Counts::default();
        Ok(Counts {
            units: if units.is_empty() { defaults.units.clone() } else { units },
            matrix_items: self.matrix,
            network_nodes: self.network_nodes,
            network_edges: self.network_edges,
            keyness_rows: self.keyness_rows,
            ..defaults
        })
    }

    /// What is done with files of others in the report folder.
    pub(crate) const fn foreign(&self) -> Foreign {
        if self.force { Foreign::Replace } else { Foreign::Keep }
    }

    /// The options as `run.json` shows them.
    pub(crate) fn parameters(&self, formats: Formats) -> BTreeMap<String, serde_json::Value> {
        BTreeMap::from([
            ("command".to_owned(), self.command.clone().into()),
            ("format".to_owned(), formats.names().into()),
            ("group_by".to_owned(), self.group_by.clone().into()),
            ("period".to_owned(), self.period.clone().into()),
            ("sheet_rows".to_owned(), self.sheet_rows.into()),
        ])
    }
}

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
    let mut parameters = options.parameters(formats);
    let shown = |path: &PathBuf| serde_json::Value::from(path.to_string_lossy());
    parameters.insert("inputs".to_owned(), reading.inputs.iter().map(shown).collect::<Vec<_>>().into());
    parameters.insert("guess_words".to_owned(), ruling.guess_words.into());
    parameters.insert("hidden".to_owned(), reading.hidden.into());
    parameters.insert("follow_links".to_owned(), reading.follow_links.into());
    parameters.insert("max_file_size".to_owned(), reading.max_file_bytes.into());
    parameters.insert("rules".to_owned(), ruling.folder.as_ref().map(shown).into());
    parameters.insert("meta".to_owned(), reading.meta.as_ref().map(shown).into());
    let stopped = Arc::clone(&onlooker.stopped);
    let isolation = reading.reader.split_first().map(|(program, arguments)| {
        let sign = move || stopped.load(Ordering::Relaxed);
        Arc::new(Isolation::new(program.into(), sign).with_arguments(arguments.iter().map(Into::into)))
    });
    let settings = Settings {
        inputs: reading.inputs,
        out: reading.out,
        metadata,
        walk: WalkOptions { hidden: reading.hidden, follow_links: reading.follow_links },
        limits: Limits { max_file_bytes: reading.max_file_bytes, isolation },
        foreign: options.foreign(),
        formats,
        sheet_rows: options.sheet_rows,
        keep: Keep { store: reading.store, fresh: reading.fresh, stamps: true },
        counts: options.counts(py)?,
        questions: options.questions(py)?,
        threads: options.jobs,
        parameters,
    };
    let engine = loaded(py, &ruling)?;
    let outcome = onlooker.attend(py, || pipeline::analyze(engine, &settings, &onlooker));
    onlooker.answer(py, outcome)
}

/// Reads files for a parent process; see `tongwen.read::serve`.
#[pyfunction]
pub(crate) fn serve(py: Python<'_>) -> PyResult<()> {
    Ok(py.detach(read::serve)?)
}

/// Somebody in Python who looks on; Ctrl-C ends the run.
pub(crate) struct Onlooker {
    began: Instant,
    progress: Option<Py<PyAny>>,
    stopped: Arc<AtomicBool>,
    fault: Mutex<Option<PyErr>>,
}

/// What a run tells its onlooker.
enum Event<'e> {
    Found(u64, u64),
    Done(&'e FileRecord),
    Stage(&'e str),
}

impl Onlooker {
    pub(crate) fn new(progress: Option<Py<PyAny>>) -> Self {
        Self { began: Instant::now(), progress, stopped: Arc::default(), fault: Mutex::default() }
    }

    /// Does the job in a thread of its own; the one that Python has called waits for signals.
    pub(crate) fn attend<T: Send>(&self, py: Python<'_>, job: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| {
            let job = scope.spawn(job);
            while !job.is_finished() {
                py.detach(|| thread::sleep(GLANCE));
                if let Err(fault) = py.check_signals() {
                    self.stop(fault);
                }
            }
            job.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn stop(&self, fault: PyErr) {
        self.stopped.store(true, Ordering::Relaxed);
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }

    /// Tells Python; what the callback raises ends the run.
    fn tell(&self, event: &Event<'_>) {
        let Some(progress) = &self.progress else { return };
        if let Err(fault) = Python::attach(|py| call(py, progress, event)) {
            self.stop(fault);
        }
    }

    /// What Python gets to know of the end.
    pub(crate) fn answer<'py>(
        &self,
        py: Python<'py>,
        outcome: Result<Outcome, tongwen::Error>,
    ) -> PyResult<Bound<'py, PyDict>> {
        if let Some(fault) = self.fault.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(fault);
        }
        let outcome = outcome.map_err(|error| raised(py, &error))?;
        let told = PyDict::new(py);
        let FileCounts { found, ok, partial, error, skip } = outcome.counts;
        let counts = [("found", found), ("ok", ok), ("partial", partial), ("error", error), ("skip", skip)];
        for (name, count) in counts.into_iter().chain([("reused", outcome.reused)]) {
            told.set_item(name, count)?;
        }
        told.set_item("warnings", &outcome.warnings)?;
        let failure = |record: &FileRecord| -> PyResult<Bound<'py, PyDict>> {
            let failure = PyDict::new(py);
            failure.set_item("path", &record.path)?;
            failure.set_item("status", record.status.code())?;
            failure.set_item("reason", record.reason.map(|reason| reason.code()))?;
            failure.set_item("detail", &record.detail)?;
            Ok(failure)
        };
        told.set_item("failures", outcome.failures.iter().map(failure).collect::<PyResult<Vec<_>>>()?)?;
        Ok(told)
    }
}

fn call(py: Python<'_>, progress: &Py<PyAny>, event: &Event<'_>) -> PyResult<()> {
    let told = PyDict::new(py);
    match event {
        Event::Found(files, bytes) => {
            told.set_item("event", "found")?;
            told.set_item("files", files)?;
            told.set_item("bytes", bytes)?;
        }
        Event::Done(record) => {
            told.set_item("event", "done")?;
            told.set_item("path", &record.path)?;
            told.set_item("status", record.status.code())?;
            told.set_item("bytes", record.bytes)?;
        }
        Event::Stage(name) => {
            told.set_item("event", "stage")?;
            told.set_item("name", name)?;
        }
    }
    progress.call1(py, (told,))?;
    Ok(())
}

impl Watch for Onlooker {
    fn found(&self, files: u64, bytes: u64) {
        self.tell(&Event::Found(files, bytes));
    }

    fn done(&self, record: &FileRecord) {
        self.tell(&Event::Done(record));
    }

    fn stage(&self, name: &str) {
        self.tell(&Event::Stage(name));
    }

    fn stopped(&self) -> Option<i32> {
        self.stopped.load(Ordering::Relaxed).then_some(2)
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}
