//! The main job: a folder of documents becomes a folder of reports.
//!
//! Files are read and analysed in parallel, batch by batch in sorted order; each worker adds to its own tally,
//! and the rows of `mentions.jsonl` leave in input order while the counting goes on. Only counts stay.
//!
//! Always true: found = ok + partial + error + skip; the same inputs and settings give the same bytes for any
//! number of threads; nothing appears in the output folder before everything is there.

mod desk;
mod document;
mod examples;
mod groups;
mod highlights;
mod keeping;
mod mention_row;
mod outcome;
mod partial;
mod rows;

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use self::{
    desk::{Desk, Done, Task},
    document::Counter,
    keeping::{Ended, Keeping, Whole},
    rows::Streams,
};
pub use self::{
    highlights::{Highlights, NamedLaw, NamedTerm},
    keeping::Keep,
    mention_row::{Cells, MENTION_COLUMNS, Tail, write_mention},
    outcome::Outcome,
    partial::{Gathered, Request, count_part, report},
};
use crate::{
    count::{self, DocIx, Summary, Tally},
    engine::Engine,
    error::{Error, Result},
    read::{self, FileRecord, Found, Limits, Metadata, Reading, Reason, Source, Status, WalkOptions},
    report::{self, Foreign, Formats, OutputFolder, Report, RunInfo, Timing},
    store::{Analysis, Key, Recorder},
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
    /// What is done with files of others in it.
    pub foreign: Foreign,
    /// What is written.
    pub formats: Formats,
    /// Rows of a sheet of the workbook at most.
    pub sheet_rows: usize,
    /// What is counted together, and how much of it is shown.
    pub counts: count::Limits,
    /// What makes the groups of documents, and the periods.
    pub questions: count::Questions,
    /// What is kept for the next run, and taken from the last one.
    pub keep: Keep,
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

/// The stage in which files become visible one after the other; whoever ends the program leaves it the time for that.
pub const PUBLISHING: &str = "publishing";

/// Bytes of files that are worked on at the same time, for each thread.
const BATCH_BYTES: u64 = 2 << 20;

/// After so many batches the workers put together what they keep: each would hold nearly the same in the end.
const BATCHES_APART: u64 = 6;

/// Reads, analyses, counts, and writes the report folder.
///
/// # Errors
/// [`Error::Usage`] where there is nothing to read; [`Error::Write`], [`Error::Locked`] where the folder cannot
/// be written; [`Error::Stopped`] after a signal. A file that cannot be read is no error but a record.
pub fn analyze(engine: &Engine, settings: &Settings, watch: &dyn Watch) -> Result<Outcome> {
    report::look(&settings.out, settings.foreign)?;
    watch.stage("looking for files");
    let mut warnings = Vec::new();
    let own = settings.out.canonicalize().ok();
    let left_out = &mut |folder: &Path| {
        if folder.canonicalize().ok() != own {
            warnings.push(format!("{} holds the report of an earlier run, whose files are left out", folder.display()));
        }
    };
    let mut sources = read::walk_past_reports(&settings.inputs, &settings.walk, left_out)?;
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
    let odd = |row: String| format!("the table of metadata names {row}, which is not among the inputs");
    warnings.extend(metadata.settle(&sources).into_iter().map(odd));
    watch.found(sources.len() as u64, sources.iter().map(size).sum());
    let folder = OutputFolder::open(&settings.out)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build().map_err(|fault| {
        Error::usage(format!("cannot start {} threads: {fault}", settings.threads), "give a smaller --jobs")
    })?;
    let keeping = Keeping::open(engine, settings, &metadata, &folder)?;
    let run = Run { engine, settings, metadata: &metadata, watch, folder: &folder, keeping, warnings };
    pool.install(|| run.unchanged(&sources).map_or_else(|| run.all(&sources), Ok))
}

fn size(source: &Source) -> u64 {
    match source.found {
        Found::Regular { size } => size,
        _ => 0,
    }
}

/// Where a document is counted.
#[derive(Clone, Copy)]
struct Seat<'t> {
    tally: &'t Mutex<Tally>,
    /// Whether nothing else is read meanwhile: only then may other threads help, since whoever waits for them holds `tally`
    /// and would be given another document's work.
    alone: bool,
}

struct Run<'a> {
    engine: &'a Engine,
    settings: &'a Settings,
    metadata: &'a Metadata,
    watch: &'a dyn Watch,
    folder: &'a OutputFolder,
    keeping: Option<Keeping<'a>>,
    /// What looked odd before anything was read.
    warnings: Vec<String>,
}

impl Run<'_> {
    fn all(&self, sources: &[Source]) -> Result<Outcome> {
        self.watch.stage("reading");
        let mut streams = Streams::begin(self.folder, self.settings.formats)?;
        let tallies: Vec<Mutex<Tally>> =
            (0..rayon::current_num_threads()).map(|_| Mutex::new(Tally::new(self.engine))).collect();
        let mut desk = Desk::for_files(sources.len());
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
        self.finish(sources, tallies, desk, streams)
    }

    /// Reads what lies on the desk on all threads; meanwhile the rows of what was read before are written.
    fn work(&self, desk: &mut Desk<'_>, tallies: &[Mutex<Tally>], streams: &mut Streams) -> Result<()> {
        let (batch, waiting) = (desk.take_batch(), desk.take_waiting());
        let alone = batch.len() == 1;
        let read = || -> Vec<(DocIx, Done)> {
            let one = |(ix, task)| {
                let worker = rayon::current_thread_index().unwrap_or(0) % tallies.len();
                let file = matches!(task, Task::File(_));
                let done = self.one(task, ix, Seat { tally: &tallies[worker], alone });
                if file {
                    self.watch.done(&done.record);
                }
                (ix, done)
            };
            batch.into_par_iter().map(one).collect()
        };
        let (done, written) = rayon::join(read, || self.write_rows(streams, waiting));
        written?;
        done.into_iter().for_each(|(ix, done)| desk.file(ix, done));
        if desk.apart >= BATCHES_APART * batch_limit() {
            desk.apart = 0;
            put_together(tallies);
        }
        self.go_on().inspect_err(|_| {
            // What was read whole before the signal need not be read again.
            self.keep(desk.take_waiting().1);
        })
    }

    /// Adds rows to the files that grow while documents are read, and keeps what was found.
    fn write_rows(&self, streams: &mut Streams, (rows, entries): desk::Waiting) -> Result<()> {
        rows.into_iter().try_for_each(|rows| streams.add(rows)).map_err(|cause| self.cannot_write(cause))?;
        self.keep(entries);
        Ok(())
    }

    fn keep(&self, entries: Vec<(Key, Vec<u8>)>) {
        if let Some(keeping) = &self.keeping {
            keeping.put(entries);
        }
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
        let limits = &self.settings.limits;
        let own = desk.number(number) as usize;
        let mut looked = self.keeping.as_ref().map(|keeping| keeping.look(source, limits)).unwrap_or_default();
        let mut known = 0;
        let mut whole = None;
        if let Some((keeping, key)) = self.keeping.as_ref().zip(looked.key) {
            whole = keeping.find_whole(&key);
            while let Some(analysis) = keeping.find(&key.part(known)) {
                desk.add(number, analysis.bytes(), Task::Kept(Box::new(analysis), key.part(known)));
                known += 1;
                if desk.bytes >= batch_limit() {
                    self.work(desk, tallies, streams)?;
                }
            }
            whole = whole.filter(|whole| whole.members == known);
        }
        let whole = match whole {
            Some(whole) => whole,
            None => {
                if let Some(keeping) = self.keeping.as_ref().filter(|_| looked.fetched.is_none()) {
                    looked = keeping.fetch(source, limits);
                }
                let fetched = looked.fetched.take().unwrap_or_else(|| read::fetch(source, limits));
                // The first ones are on the desk already.
                let (mut members, mut fault) = (0, None);
                let record = fetched.unpack(limits, &mut |part| {
                    members += 1;
                    if members <= known {
                        return ControlFlow::Continue(());
                    }
                    if desk.bytes > 0 && desk.bytes + part.bytes() > batch_limit() {
                        fault = self.work(desk, tallies, streams).err();
                    }
                    let key = looked.key.map(|key| key.part(members - 1));
                    desk.add(number, part.bytes(), Task::Member(part, key));
                    if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
                if let Some(fault) = fault {
                    return Err(fault);
                }
                Whole { record, members }
            }
        };
        self.work(desk, tallies, streams)?;
        desk.file_whole(own, number, &looked, &whole);
        let members = desk.records[own + 1..].iter().flatten();
        match whole.record {
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

    /// Says no where a signal came.
    fn go_on(&self) -> Result<()> {
        self.watch.stopped().map_or(Ok(()), |signal| Err(Error::Stopped { signal }))
    }

    fn cannot_write(&self, cause: std::io::Error) -> Error {
        Error::Write { path: self.settings.out.clone(), cause }
    }

    fn finish(
        &self,
        sources: &[Source],
        tallies: Vec<Mutex<Tally>>,
        mut desk: Desk<'_>,
        mut streams: Streams,
    ) -> Result<Outcome> {
        self.watch.stage("counting");
        let mut warnings = self.warnings.clone();
        let tallies: Vec<Tally> =
            tallies.into_iter().map(|t| t.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
        warnings.extend(groups::missing(&self.settings.questions.group_by, &tallies)?);
        let limits = &self.settings.counts;
        let waiting = desk.take_waiting();
        let close = || {
            self.write_rows(&mut streams, waiting)?;
            streams.close().map_err(|cause| self.cannot_write(cause))
        };
        let finish = || count::finish(self.engine, tallies, &self.settings.questions, limits);
        let (streamed, summary) = rayon::join(close, finish);
        let (streamed, mut summary) = (streamed?, summary.map_err(|cause| self.cannot_write(cause))?);
        self.go_on()?;
        let odd = self.quote_examples(sources, &desk, &mut summary);
        let lasting = odd.is_empty() && desk.records.iter().flatten().all(FileRecord::is_lasting);
        warnings.extend(odd);
        warnings.extend(summary.trends_too_long());
        let Desk { records, origins, keys, stamps, reused, .. } = desk;
        let there = records.into_iter().zip(origins).filter_map(|(record, origin)| Some((record?, origin)));
        let (records, origins): (Vec<FileRecord>, Vec<usize>) = there.unzip();
        self.go_on()?;
        self.watch.stage("writing");
        let timing = Timing {
            seconds: self.watch.seconds(),
            bytes: sources.iter().map(size).sum(),
            threads: rayon::current_num_threads(),
            reused,
        };
        let run = RunInfo {
            warnings,
            sheet_rows: self.settings.sheet_rows,
            ..run_info(self.engine, self.settings.parameters.clone(), limits, &summary, timing)
        };
        let report = Report { summary: &summary, files: &records, run: &run };
        let ready = || {
            self.watch.stage(PUBLISHING);
            self.go_on()
        };
        let outputs = report::write(self.folder, &report, self.settings.formats, streamed, ready)?;
        let highlights = Highlights::of(&summary);
        let mut outcome = Outcome { highlights, warnings: run.warnings, reused, ..Outcome::of(&records) };
        let ended = Ended { records: &records, origins: &origins, keys: &keys, stamps: &stamps, lasting };
        self.remember(sources, ended, outputs, &outcome);
        // The report is the same without a store, so this stands nowhere in it.
        outcome.warnings.extend(self.keeping.as_ref().and_then(Keeping::fault));
        // Millions of small pieces; nobody waits until all of them are given back.
        let _beside = std::thread::Builder::new().spawn(move || drop(summary));
        Ok(outcome)
    }

    /// Reads and counts one document, or counts what is kept of it.
    fn one(&self, task: Task<'_>, ix: DocIx, seat: Seat<'_>) -> Done {
        let limits = &self.settings.limits;
        let source = match task {
            Task::File(source) => source,
            Task::Member(member, key) => return self.count(member.read(self.metadata, limits), key, ix, seat),
            Task::Kept(analysis, key) => return self.count_again(*analysis, key, ix, seat),
        };
        let Some(keeping) = &self.keeping else {
            return self.count(read::read(source, self.metadata, limits), None, ix, seat);
        };
        let mut looked = keeping.look(source, limits);
        let analysis = looked.key.and_then(|key| Some((key, keeping.find(&key)?)));
        let mut done = if let Some((key, analysis)) = analysis {
            self.count_again(analysis, key, ix, seat)
        } else {
            if looked.fetched.is_none() {
                looked = keeping.fetch(source, limits);
            }
            let reading = looked.fetched.map(|fetched| fetched.read(self.metadata, limits));
            let reading = reading.unwrap_or_else(|| read::read(source, self.metadata, limits));
            self.count(reading, looked.key, ix, seat)
        };
        done.stamp = looked.stamp;
        done
    }

    /// Analyses and counts what was read.
    fn count(&self, reading: Reading, key: Option<Key>, ix: DocIx, seat: Seat<'_>) -> Done {
        let Reading { mut record, document } = reading;
        let key = key.filter(|_| record.is_lasting());
        let mut recorder = Recorder::default();
        let rows = document.as_ref().filter(|_| self.watch.stopped().is_none()).map(|document| {
            let mut tally = seat.tally.lock().unwrap_or_else(PoisonError::into_inner);
            self.counter(seat.alone).count(document, &mut record, key.map(|_| &mut recorder), ix, &mut tally)
        });
        // After a signal the rest of the document may be missing.
        let key = key.filter(|_| record.is_lasting() && self.watch.stopped().is_none());
        let entry = key.and_then(|key| Some((key, recorder.into_bytes(&record, document.as_ref())?)));
        Done { record, rows, key, entry, stamp: None, reused: false }
    }

    /// Counts what is kept of a document as if it had been read.
    fn count_again(&self, analysis: Analysis, key: Key, ix: DocIx, seat: Seat<'_>) -> Done {
        let Analysis { mut record, document, sections } = analysis;
        let rows = document.map(|document| {
            let mut tally = seat.tally.lock().unwrap_or_else(PoisonError::into_inner);
            self.counter(seat.alone).count_again(&document, sections, &mut record, ix, &mut tally)
        });
        Done { record, rows, key: Some(key), entry: None, stamp: None, reused: true }
    }

    fn counter(&self, alone: bool) -> Counter<'_> {
        let Settings { questions, formats, .. } = self.settings;
        Counter { engine: self.engine, group_by: &questions.group_by, formats: *formats, watch: self.watch, alone }
    }
}

/// Leaves one of the workers with what all have kept.
fn put_together(tallies: &[Mutex<Tally>]) {
    let mut tallies = tallies.iter().map(|tally| tally.lock().unwrap_or_else(PoisonError::into_inner));
    let Some(mut first) = tallies.next() else { return };
    tallies.for_each(|mut other| other.hand_over(&mut first));
}

/// Bytes of files that are worked on together.
fn batch_limit() -> u64 {
    BATCH_BYTES * rayon::current_num_threads() as u64
}

/// What `run.json` tells of a run.
fn run_info(
    engine: &Engine,
    mut parameters: BTreeMap<String, serde_json::Value>,
    limits: &count::Limits,
    summary: &Summary,
    timing: Timing,
) -> RunInfo {
    let told = limits.told().into_iter().chain(summary.told());
    parameters.extend(told.map(|(name, value)| (name.to_owned(), value)));
    RunInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        parameters,
        rules_fingerprint: engine.rules.fingerprint.clone(),
        registry_fingerprint: engine.rules.registry_fingerprint.clone(),
        timing,
        ..RunInfo::default()
    }
}
