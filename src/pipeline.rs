//! The main job: a folder of documents becomes a folder of reports.
//!
//! Files are read and analysed in parallel, batch by batch in sorted order; each worker adds to its own tally,
//! and the rows of `mentions.jsonl` leave in input order while the counting goes on. Only counts stay.
//!
//! Always true: found = ok + partial + error + skip; the same inputs and settings give the same bytes for any
//! number of threads; nothing appears in the output folder before everything is there.

mod examples;
mod highlights;
mod outcome;
mod parameters;
mod partial;
mod rows;

use std::{collections::BTreeMap, ops::ControlFlow, path::PathBuf, sync::Mutex};

use rayon::prelude::*;

pub use self::highlights::{Highlights, NamedLaw, NamedTerm};
pub use self::outcome::Outcome;
pub use self::partial::{Gathered, Partial, Request, report};
use self::rows::{Rows, Streams};
use crate::{
    count::{self, DocIx, Tally},
    engine::Engine,
    error::{Error, Result},
    extract::Layers,
    read::{self, FileRecord, Found, Limits, Member, Metadata, Reading, Reason, Source, Status, WalkOptions},
    report::{self, Formats, OutputFolder, PendingFile, Report, RunInfo},
    text::GroupBy,
};

/// What a run is to do.
pub struct Settings {
    /// Folders and files.
    pub inputs: Vec<PathBuf>,
    /// The report folder.
    pub out: PathBuf,
    /// Metadata by path.
    pub metadata: Metadata,
    /// What is looked at in folders.
    pub walk: WalkOptions,
    /// Bounds of reading.
    pub limits: Limits,
    /// What is written.
    pub formats: Formats,
    /// What is counted together, and how much of it is shown.
    pub counts: count::Limits,
    /// What makes the groups of documents, and the periods.
    pub questions: count::Questions,
    /// Threads; 0 for all cores.
    pub threads: usize,
    /// The options as `run.json` shows them.
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// Somebody who looks on: a progress bar, a signal handler, a clock.
pub trait Watch: Sync {
    /// So many files with so many bytes were found.
    fn found(&self, files: u64, bytes: u64);
    /// A file is done.
    fn done(&self, record: &FileRecord);
    /// A new stage begins.
    fn stage(&self, name: &str);
    /// The signal that asks the run to stop, if one came.
    fn stopped(&self) -> Option<i32>;
    /// Seconds since the run began; only for the block `timing`.
    fn seconds(&self) -> f64;
}

/// Bytes of files that are worked on at the same time, for each thread.
const BATCH_BYTES: u64 = 4 << 20;

/// Reads, analyses, counts, and writes the report folder.
///
/// # Errors
/// [`Error::Usage`] where there is nothing to read; [`Error::Write`], [`Error::Locked`] where the folder cannot
/// be written; [`Error::Stopped`] after a signal. A file that cannot be read is no error but a record.
pub fn analyze(engine: &Engine, settings: &Settings, watch: &dyn Watch) -> Result<Outcome> {
    watch.stage("looking for files");
    let mut sources = read::walk(&settings.inputs, &settings.walk)?;
    leave_out_results(&mut sources, settings);
    // The order in which inputs are named says nothing.
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    if sources.is_empty() {
        let names: Vec<String> = settings.inputs.iter().map(|p| p.display().to_string()).collect();
        return Err(Error::usage(
            format!("no file in {}", names.join(", ")),
            "hidden files are left out; give --hidden to read them",
        ));
    }
    let mut metadata = settings.metadata.clone();
    let warnings = metadata.settle(&sources);
    watch.found(sources.len() as u64, sources.iter().map(size).sum());
    let folder = OutputFolder::open(&settings.out)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build().map_err(|fault| {
        Error::usage(format!("cannot start {} threads: {fault}", settings.threads), "give a smaller --jobs")
    })?;
    let run = Run { engine, settings, metadata: &metadata, watch, folder: &folder };
    pool.install(|| run.all(&sources, warnings))
}

/// The report of an earlier run inside an input folder is no document.
fn leave_out_results(sources: &mut Vec<Source>, settings: &Settings) {
    let Ok(out) = settings.out.canonicalize() else { return };
    let inside = |input: &PathBuf| input.canonicalize().is_ok_and(|input| out.starts_with(&input) && out != input);
    if settings.inputs.iter().any(inside) {
        sources.retain(|source| !source.path.canonicalize().is_ok_and(|path| path.starts_with(&out)));
    }
}

fn size(source: &Source) -> u64 {
    match source.found {
        Found::Regular { size } => size,
        _ => 0,
    }
}

struct Run<'a> {
    engine: &'a Engine,
    settings: &'a Settings,
    metadata: &'a Metadata,
    watch: &'a dyn Watch,
    folder: &'a OutputFolder,
}

/// What a worker is to read.
enum Task<'s> {
    File(&'s Source),
    Member(Member),
}

/// What has been read so far, and what is to be read together next.
#[derive(Default)]
struct Desk<'s> {
    /// By number of the document; `None` for a file that is being taken apart or is no document itself.
    records: Vec<Option<FileRecord>>,
    /// The file of each document, likewise.
    origins: Vec<usize>,
    batch: Vec<(DocIx, Task<'s>)>,
    bytes: u64,
    /// Rows of what was read last, not yet written.
    waiting: Vec<Rows>,
}

impl<'s> Desk<'s> {
    /// The number of the next document.
    fn number(&mut self, source: usize) -> DocIx {
        self.records.push(None);
        self.origins.push(source);
        DocIx::try_from(self.origins.len() - 1).unwrap_or(DocIx::MAX)
    }

    fn add(&mut self, source: usize, bytes: u64, task: Task<'s>) {
        let number = self.number(source);
        self.bytes += bytes.max(1);
        self.batch.push((number, task));
    }
}

impl Run<'_> {
    fn all(&self, sources: &[Source], warnings: Vec<String>) -> Result<Outcome> {
        self.watch.stage("reading");
        let mut streams = Streams::begin(self.folder, self.settings.formats)?;
        let tallies: Vec<Mutex<Tally>> =
            (0..rayon::current_num_threads()).map(|_| Mutex::new(Tally::new(self.engine))).collect();
        let mut desk = Desk::default();
        for (number, source) in sources.iter().enumerate() {
            if desk.bytes > 0 && desk.bytes + size(source) > batch_limit() {
                self.work(&mut desk, &tallies, &mut streams)?;
            }
            if read::holds_members(source) {
                self.take_apart(number, source, &mut desk, &tallies, &mut streams)?;
            } else {
                desk.add(number, size(source), Task::File(source));
            }
        }
        self.work(&mut desk, &tallies, &mut streams)?;
        self.write_rows(&mut streams, std::mem::take(&mut desk.waiting))?;
        let streamed = streams.close().map_err(|cause| self.cannot_write(cause))?;
        self.finish(sources, tallies, desk, streamed, warnings)
    }

    /// Reads what lies on the desk on all threads; meanwhile the rows of what was read before are written.
    fn work(&self, desk: &mut Desk<'_>, tallies: &[Mutex<Tally>], streams: &mut Streams) -> Result<()> {
        desk.bytes = 0;
        let (batch, waiting) = (std::mem::take(&mut desk.batch), std::mem::take(&mut desk.waiting));
        let read = || -> Vec<(DocIx, FileRecord, Option<Rows>)> {
            let one = |(ix, task)| {
                let worker = rayon::current_thread_index().unwrap_or(0) % tallies.len();
                let file = matches!(task, Task::File(_));
                let (record, rows) = self.one(task, ix, &tallies[worker]);
                if file {
                    self.watch.done(&record);
                }
                (ix, record, rows)
            };
            batch.into_par_iter().map(one).collect()
        };
        let (done, written) = rayon::join(read, || self.write_rows(streams, waiting));
        written?;
        if let Some(signal) = self.watch.stopped() {
            return Err(Error::Stopped { signal });
        }
        for (ix, record, rows) in done {
            desk.records[ix as usize] = Some(record);
            desk.waiting.extend(rows);
        }
        Ok(())
    }

    /// Adds rows to the files that grow while documents are read.
    fn write_rows(&self, streams: &mut Streams, rows: Vec<Rows>) -> Result<()> {
        rows.into_iter().try_for_each(|rows| streams.add(rows)).map_err(|cause| self.cannot_write(cause))
    }

    /// Reads the members of a file; its own record says what became of them together.
    fn take_apart<'s>(
        &self,
        number: usize,
        source: &'s Source,
        desk: &mut Desk<'s>,
        tallies: &[Mutex<Tally>],
        streams: &mut Streams,
    ) -> Result<()> {
        let own = desk.number(number) as usize;
        let mut fault = None;
        let record = read::unpack(source, &self.settings.limits, &mut |part| {
            desk.add(number, part.bytes(), Task::Member(part));
            if desk.bytes >= batch_limit() {
                fault = self.work(desk, tallies, streams).err();
            }
            if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        self.work(desk, tallies, streams)?;
        let members = desk.records[own + 1..].iter().flatten();
        match record {
            Some(mut record) => {
                let lost = members.filter(|record| matches!(record.status, Status::Error | Status::Partial)).count();
                if lost > 0 {
                    record.lose(Reason::Members, &format!("{lost} of its members could not be read whole"));
                }
                self.watch.done(&record);
                desk.records[own] = Some(record);
            }
            None => members.for_each(|record| self.watch.done(record)),
        }
        Ok(())
    }

    fn cannot_write(&self, cause: std::io::Error) -> Error {
        Error::Write { path: self.settings.out.clone(), cause }
    }

    fn finish(
        &self,
        sources: &[Source],
        tallies: Vec<Mutex<Tally>>,
        desk: Desk<'_>,
        streamed: Vec<PendingFile>,
        mut warnings: Vec<String>,
    ) -> Result<Outcome> {
        self.watch.stage("counting");
        let tallies =
            tallies.into_iter().map(|t| t.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)).collect();
        let limits = &self.settings.counts;
        let mut summary = count::finish(self.engine, tallies, &self.settings.questions, limits)
            .map_err(|cause| self.cannot_write(cause))?;
        warnings.extend(self.quote_examples(sources, &desk, &mut summary));
        let records: Vec<FileRecord> = desk.records.into_iter().flatten().collect();
        self.watch.stage("writing");
        let run = RunInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            parameters: parameters::all(&self.settings.parameters, limits, &summary),
            rules_fingerprint: self.engine.rules.fingerprint.clone(),
            registry_fingerprint: self.engine.rules.registry_fingerprint.clone(),
            timing: report::Timing {
                seconds: self.watch.seconds(),
                bytes: sources.iter().map(size).sum(),
                threads: rayon::current_num_threads(),
            },
        };
        let report = Report { summary: &summary, files: &records, run: &run };
        report::write(self.folder, &report, self.settings.formats, streamed)?;
        let highlights = Highlights::of(&summary);
        Ok(Outcome { highlights, warnings, ..Outcome::of(records) })
    }

    /// Reads and counts one document.
    fn one(&self, task: Task<'_>, ix: DocIx, tally: &Mutex<Tally>) -> (FileRecord, Option<Rows>) {
        let limits = &self.settings.limits;
        let reading = match task {
            Task::File(source) => read::read(source, self.metadata, limits),
            Task::Member(member) => member.read(self.metadata, limits),
        };
        let mut tally = tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let wanted = || self.watch.stopped().is_none();
        count(self.engine, wanted, reading, ix, &self.settings.questions.group_by, self.settings.formats, &mut tally)
    }
}

/// Counts a document that was read.
fn count(
    engine: &Engine,
    wanted: impl Fn() -> bool,
    reading: Reading,
    ix: DocIx,
    group_by: &GroupBy,
    formats: Formats,
    tally: &mut Tally,
) -> (FileRecord, Option<Rows>) {
    let Reading { mut record, document } = reading;
    let Some(document) = document.filter(|_| wanted()) else { return (record, None) };
    let mut rows = Rows::for_text(document.text.len(), formats);
    tally.open(ix, &document, group_by.of(&document, None));
    let mut entities = engine.entities();
    let lost = engine.read_while(wanted, &document, Layers::Top, &mut entities, |section, entities| {
        tally.add(engine, ix, section, entities);
        rows.add(engine, &document, section, entities);
    });
    if lost > 0 {
        record.status = if rows.is_empty() { Status::Error } else { Status::Partial };
        record.reason = Some(Reason::Internal);
        record.detail = Some(format!("{lost} sections could not be analysed because of a mistake in the program"));
    }
    (record, Some(rows))
}

/// Bytes of files that are worked on together.
fn batch_limit() -> u64 {
    BATCH_BYTES * rayon::current_num_threads() as u64
}
