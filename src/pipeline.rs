//! The main job: a folder of documents becomes a folder of reports.
//!
//! Files are read and analysed in parallel, batch by batch in sorted order; each worker adds to its own tally,
//! and the rows of `mentions.jsonl` leave in input order while the counting goes on. Only counts stay.
//!
//! Always true: found = ok + partial + error + skip; the same inputs and settings give the same bytes for any
//! number of threads; nothing appears in the output folder before everything is there.

mod highlights;
mod rows;

use std::{collections::BTreeMap, path::PathBuf, sync::Mutex};

use rayon::prelude::*;

pub use self::highlights::{Highlights, NamedLaw, NamedTerm};
use self::rows::{Rows, Streams};
use crate::{
    count::{self, DocIx, Quote, Summary, Tally},
    engine::Engine,
    error::{Error, Result},
    extract::Layers,
    read::{self, FileRecord, Found, Limits, Metadata, Reading, Reason, Source, Status, WalkOptions},
    report::{self, Formats, OutputFolder, PendingFile, Report, RunInfo},
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

/// What came of the files.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Files found.
    pub found: u64,
    /// Read whole.
    pub ok: u64,
    /// Read in part; the record says what is missing.
    pub partial: u64,
    /// Not read.
    pub error: u64,
    /// Left out on purpose; the record says why.
    pub skip: u64,
    /// Records of error and partial files, in order.
    pub failures: Vec<FileRecord>,
    /// What is named most.
    pub highlights: Highlights,
    /// What looked odd in the settings (metadata for files that are not there).
    pub warnings: Vec<String>,
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

/// What became of a file, and its rows.
type Read = (FileRecord, Option<Rows>);

struct Run<'a> {
    engine: &'a Engine,
    settings: &'a Settings,
    metadata: &'a Metadata,
    watch: &'a dyn Watch,
    folder: &'a OutputFolder,
}

impl Run<'_> {
    fn all(&self, sources: &[Source], warnings: Vec<String>) -> Result<Outcome> {
        self.watch.stage("reading");
        let mut streams = Streams::begin(self.folder, self.settings.formats)?;
        let tallies: Vec<Mutex<Tally>> =
            (0..rayon::current_num_threads()).map(|_| Mutex::new(Tally::new(self.engine))).collect();
        let mut records = Vec::with_capacity(sources.len());
        // While a batch is read, the rows of the one before are written.
        let mut waiting: Vec<Read> = Vec::new();
        for (first, batch) in batches(sources) {
            let read = || -> Vec<Read> {
                let one = |(i, source)| {
                    let worker = rayon::current_thread_index().unwrap_or(0) % tallies.len();
                    let read = self.one(source, DocIx::try_from(first + i).unwrap_or(DocIx::MAX), &tallies[worker]);
                    self.watch.done(&read.0);
                    read
                };
                batch.par_iter().enumerate().map(one).collect()
            };
            let (done, written) = rayon::join(read, || self.write_rows(&mut streams, waiting));
            records.extend(written?);
            waiting = done;
            if let Some(signal) = self.watch.stopped() {
                return Err(Error::Stopped { signal });
            }
        }
        records.extend(self.write_rows(&mut streams, waiting)?);
        let streamed = streams.close().map_err(|cause| self.cannot_write(cause))?;
        self.finish(sources, tallies, records, streamed, warnings)
    }

    /// Adds rows to the files that grow while documents are read, and keeps the records.
    fn write_rows(&self, streams: &mut Streams, read: Vec<Read>) -> Result<Vec<FileRecord>> {
        let mut records = Vec::with_capacity(read.len());
        for (record, rows) in read {
            if let Some(rows) = rows {
                streams.add(rows).map_err(|cause| self.cannot_write(cause))?;
            }
            records.push(record);
        }
        Ok(records)
    }

    fn cannot_write(&self, cause: std::io::Error) -> Error {
        Error::Write { path: self.settings.out.clone(), cause }
    }

    fn finish(
        &self,
        sources: &[Source],
        tallies: Vec<Mutex<Tally>>,
        records: Vec<FileRecord>,
        streamed: Vec<PendingFile>,
        mut warnings: Vec<String>,
    ) -> Result<Outcome> {
        self.watch.stage("counting");
        let tallies =
            tallies.into_iter().map(|t| t.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)).collect();
        let limits = &self.settings.counts;
        let mut summary = count::finish(self.engine, tallies, &self.settings.questions, limits)
            .map_err(|cause| self.cannot_write(cause))?;
        warnings.extend(self.quote_examples(sources, &records, &mut summary));
        self.watch.stage("writing");
        let mut parameters = self.settings.parameters.clone();
        for (name, value) in [
            ("pair_terms", limits.pair_terms as u64),
            ("pair_sentences", limits.pair_sentences),
            ("pairs", limits.pairs as u64),
            ("pair_examples", limits.pair_examples as u64),
            ("matrix", limits.matrix_items as u64),
            ("network_nodes", limits.network_nodes as u64),
            ("network_edges", limits.network_edges as u64),
            ("resamples", summary.resamples as u64),
            ("resampled_terms", limits.resampled_terms as u64),
            ("resample_seed", count::SEED),
            ("keyness_groups", limits.keyness_groups as u64),
            ("keyness_rows", limits.keyness_rows as u64),
            ("trend_words", limits.trend_words as u64),
            ("trend_laws", limits.trend_laws as u64),
            ("trend_rows", limits.trend_rows as u64),
            ("trend_phrases", limits.trend_phrases as u64),
            ("phrases", limits.phrases as u64),
            ("phrase_examples", limits.phrase_examples as u64),
            ("phrase_occurrences", limits.phrase_occurrences),
            ("phrase_frequency", summary.phrase_frequency),
            ("trend_documents_without_date", summary.trends.undated),
            ("trend_documents_outside_periods", summary.trends.outside),
        ] {
            parameters.insert(name.to_owned(), value.into());
        }
        let units: Vec<String> = limits.units.iter().map(ToString::to_string).collect();
        parameters.insert("unit".to_owned(), units.into());
        let run = RunInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            parameters,
            rules_fingerprint: self.engine.rules.fingerprint.clone(),
            registry_fingerprint: self.engine.rules.registry_fingerprint.clone(),
            timing: report::Timing {
                seconds: self.watch.seconds(),
                bytes: records.iter().map(|r| r.bytes).sum(),
                threads: rayon::current_num_threads(),
            },
        };
        let report = Report { summary: &summary, files: &records, run: &run };
        report::write(self.folder, &report, self.settings.formats, streamed)?;
        let highlights = Highlights::of(&summary);
        let mut outcome = Outcome { found: records.len() as u64, highlights, warnings, ..Outcome::default() };
        for record in records {
            match record.status {
                Status::Ok => outcome.ok += 1,
                Status::Partial => outcome.partial += 1,
                Status::Error => outcome.error += 1,
                Status::Skip => outcome.skip += 1,
            }
            if matches!(record.status, Status::Error | Status::Partial) {
                outcome.failures.push(record);
            }
        }
        Ok(outcome)
    }

    /// Fetches the sentences that stand for pairs and phrases from their files; names files that are no longer what they
    /// were.
    fn quote_examples(&self, sources: &[Source], records: &[FileRecord], summary: &mut Summary) -> Vec<String> {
        let Summary { pairs, phrases, .. } = summary;
        let phrases = &mut phrases[..];
        let some = phrases.iter().take(self.settings.counts.phrase_examples).map(|phrase| phrase.first);
        let mut wanted: BTreeMap<DocIx, Vec<(u32, usize)>> = BTreeMap::new();
        for (row, first) in pairs.iter().map(|pair| pair.first).chain(some).enumerate() {
            if let Some((document, start)) = first {
                wanted.entry(document).or_default().push((start, row));
            }
        }
        let wanted: Vec<(DocIx, Vec<(u32, usize)>)> = wanted.into_iter().collect();
        let read: Vec<std::result::Result<Vec<(usize, Quote)>, String>> = wanted
            .into_par_iter()
            .map(|(ix, mut places)| {
                let (source, record) = (&sources[ix as usize], &records[ix as usize]);
                let again = read::read(source, self.metadata, &self.settings.limits);
                let Some(document) = again.document.filter(|_| again.record.sha256 == record.sha256) else {
                    return Err(format!("{}: changed while it was read; nothing has an example from it", record.path));
                };
                places.sort_unstable();
                let mut quotes = Vec::with_capacity(places.len());
                let id = document.id.as_str().into();
                self.engine.sentences(&document, |section| {
                    for (number, (sentence, _)) in section.sentences.iter().enumerate() {
                        let start = section.frame.original(sentence.span).start() as u32;
                        let from = places.partition_point(|&(at, _)| at < start);
                        for &(_, row) in places[from..].iter().take_while(|&&(at, _)| at == start) {
                            let quote = match pairs.get(row) {
                                Some(pair) => count::pair_quote(&id, section, number, pair),
                                None => count::word_quote(&id, section, number, &phrases[row - pairs.len()].term),
                            };
                            quotes.push((row, quote));
                        }
                    }
                });
                Ok(quotes)
            })
            .collect();
        let mut changed = Vec::new();
        for part in read {
            match part {
                Ok(quotes) => quotes.into_iter().for_each(|(row, quote)| match row.checked_sub(pairs.len()) {
                    None => pairs[row].quotes = vec![quote],
                    Some(phrase) => phrases[phrase].quotes = vec![quote],
                }),
                Err(warning) => changed.push(warning),
            }
        }
        changed
    }

    /// Reads and counts one file.
    fn one(&self, source: &Source, ix: DocIx, tally: &Mutex<Tally>) -> Read {
        let Reading { mut record, document } = read::read(source, self.metadata, &self.settings.limits);
        let Some(document) = document.filter(|_| self.watch.stopped().is_none()) else { return (record, None) };
        let mut tally = tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut rows = Rows::for_text(document.text.len(), self.settings.formats);
        tally.open(ix, &document, self.settings.questions.group_by.of(&document, None));
        let mut entities = self.engine.entities();
        let wanted = || self.watch.stopped().is_none();
        let lost = self.engine.read_while(wanted, &document, Layers::Top, &mut entities, |section, entities| {
            tally.add(self.engine, ix, section, entities);
            rows.add(self.engine, &document, section, entities);
        });
        if lost > 0 {
            record.status = if rows.is_empty() { Status::Error } else { Status::Partial };
            record.reason = Some(Reason::Internal);
            record.detail = Some(format!("{lost} sections could not be analysed because of a mistake in the program"));
        }
        (record, Some(rows))
    }
}

/// Runs of files of about the same size together, with the position of the first.
fn batches(sources: &[Source]) -> impl Iterator<Item = (usize, &[Source])> {
    let limit = BATCH_BYTES * rayon::current_num_threads() as u64;
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = at;
        let mut bytes = 0;
        while at < sources.len() && (bytes == 0 || bytes + size(&sources[at]) <= limit) {
            bytes += size(&sources[at]).max(1);
            at += 1;
        }
        (first < at).then(|| (first, &sources[first..at]))
    })
}
