//! A corpus counted in parts: documents that come as rows become partial counts, and those a report folder.
//!
//! The parts may be counted on many machines, in any order and cut in any way; what is written is what one machine would
//! have written. A part holds the tally of its documents with their sentences as numbers, what became of each, and
//! its rows for the files that list every mention and sentence.
//!
//! Always true: parts of different rules, registries, programs or settings are never added up.

use std::{
    collections::BTreeMap,
    io::{self, Read as _},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    Highlights, Outcome, PUBLISHING, Watch,
    document::Counter,
    examples::{self, Places},
    groups,
    rows::{Rows, Shelf, Streams},
    run_info,
};
use crate::{
    count::{self, DocIx, Tally},
    engine::Engine,
    error::{Error, Result},
    read::{FileRecord, Reading, Reason, Status, row_id},
    report::{self, Foreign, Formats, OutputFolder, Report, RunInfo, Timing},
    text::{Document, GroupBy},
};

/// What a part begins with.
const MARK: &[u8] = b"tongwen partial\n";

/// Raised whenever parts are laid out in another way.
const LAYOUT: u32 = 2;

/// Bytes of the digest over all that follows.
const DIGEST: usize = 32;

/// As far as this packing pays: more takes twice the time for a twentieth of the bytes.
const LEVEL: i32 = 9;

/// Repetitions so many bytes apart (as a power of two) are found: the rows of a document tell its sentences twice.
const WINDOW: u32 = 24;

/// What all parts of a report must have in common beside program and rules.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What makes the groups.
    pub group_by: GroupBy,
    /// Formats that list every mention or sentence make a part larger.
    pub formats: Formats,
    /// Whether unknown words are guessed.
    pub guess_words: bool,
}

/// What is done with the parts.
pub struct Gathered {
    /// The report folder.
    pub out: PathBuf,
    /// What is done with files of others in it.
    pub foreign: Foreign,
    /// What the parts were asked for.
    pub request: Request,
    /// Rows of a sheet of the workbook at most.
    pub sheet_rows: usize,
    /// What is counted together, and how much of it is shown.
    pub counts: count::Limits,
    /// How time is cut.
    pub period: count::Period,
    /// Threads; 0 for all cores.
    pub threads: usize,
    /// The options as `run.json` shows them.
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// What stands first: who counted, and how.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: String,
    /// The digest of the program's source.
    source: String,
    rules: String,
    registry: String,
    request: String,
}

/// What a part holds, readable without unpacking it.
#[derive(Serialize, Deserialize)]
struct Contents {
    /// Names of the documents, in their order.
    names: Vec<String>,
    /// Bytes of their texts.
    bytes: u64,
    /// Bytes of the body as it was before it was packed.
    body: u64,
}

#[derive(Serialize, Deserialize)]
struct Body {
    records: Vec<Kept>,
    /// Rows for the files that grow while documents are read.
    rows: Vec<Option<[Option<Vec<u8>>; 3]>>,
    tally: Vec<u8>,
}

/// What became of a document.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: Status,
    reason: Option<Reason>,
    detail: Option<String>,
    count: Option<u64>,
    bytes: u64,
    sha256: Option<String>,
}

impl Request {
    fn head(&self, engine: &Engine) -> Head {
        let Self { group_by, formats, guess_words } = self;
        let (formats, folding) = (formats.names().join(","), engine.folding);
        let words = format!("guess_words={guess_words} {folding}");
        Head {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            source: env!("TONGWEN_SOURCE").to_owned(),
            rules: engine.rules.fingerprint.clone(),
            registry: engine.rules.registry_fingerprint.clone(),
            request: format!("group_by={group_by} formats={formats} {words}"),
        }
    }
}

/// Counts documents into a part of a report.
///
/// # Errors
/// [`Error::Usage`] where two rows have one name; [`Error::Write`] where a temporary file cannot be written or read back;
/// [`Error::Stopped`] after a signal.
pub fn count_part(
    engine: &Engine,
    request: &Request,
    mut readings: Vec<Reading>,
    watch: &dyn Watch,
) -> Result<Vec<u8>> {
    readings.sort_by(|a, b| a.record.path.cmp(&b.record.path));
    if let Some([one, _]) = readings.array_windows().find(|[a, b]| a.record.path == b.record.path) {
        return Err(there_twice(&one.record.path));
    }
    let names: Vec<String> = readings.iter().map(|reading| reading.record.path.clone()).collect();
    let bytes = readings.iter().map(|reading| reading.record.bytes).sum();
    let mut tally = Tally::new(engine);
    let (mut records, mut rows) = (Vec::new(), Vec::new());
    let counter = Counter { engine, group_by: &request.group_by, formats: request.formats, watch, alone: false };
    for (ix, Reading { mut record, document }) in (0..).zip(readings) {
        go_on(watch)?;
        let found = document.map(|document| counter.count(&document, &mut record, None, ix, &mut tally));
        records.push(Kept::of(record));
        rows.push(found.map(Rows::into_bytes).transpose().map_err(temporary)?);
    }
    go_on(watch)?;
    pack(&request.head(engine), names, bytes, &Body { records, rows, tally: tally.pack().map_err(temporary)? })
        .map_err(temporary)
}

fn pack(head: &Head, names: Vec<String>, bytes: u64, body: &Body) -> io::Result<Vec<u8>> {
    let body = postcard::to_stdvec(body).map_err(io::Error::other)?;
    let contents = Contents { names, bytes, body: body.len() as u64 };
    let mut out = [MARK, &[0; DIGEST]].concat();
    out = postcard::to_extend(&LAYOUT, out).map_err(io::Error::other)?;
    out = postcard::to_extend(&(head, contents), out).map_err(io::Error::other)?;
    let mut packer = zstd::Encoder::new(out, LEVEL)?;
    packer.window_log(WINDOW)?;
    packer.set_pledged_src_size(Some(body.len() as u64))?;
    io::Write::write_all(&mut packer, &body)?;
    let mut out = packer.finish()?;
    let digest = Sha256::digest(&out[MARK.len() + DIGEST..]);
    out[MARK.len()..][..DIGEST].copy_from_slice(&digest);
    Ok(out)
}

fn go_on(watch: &dyn Watch) -> Result<()> {
    watch.stopped().map_or(Ok(()), |signal| Err(Error::Stopped { signal }))
}

/// A temporary file could not be written.
fn temporary(cause: io::Error) -> Error {
    Error::Write { path: "a temporary file".into(), cause }
}

fn there_twice(name: &str) -> Error {
    Error::usage(format!("the document {name} is there twice"), "give every row an id of its own")
}

/// A part as it came.
struct Part<'p> {
    contents: Contents,
    packed: &'p [u8],
}

impl<'p> Part<'p> {
    /// A part that was counted by this program for this request.
    fn of(wanted: &Head, bytes: &'p [u8]) -> Result<Self> {
        let rest = bytes.strip_prefix(MARK).ok_or_else(damaged)?;
        let (digest, rest) = rest.split_at_checked(DIGEST).ok_or_else(damaged)?;
        if Sha256::digest(rest)[..] != *digest {
            return Err(damaged());
        }
        let differ = |what: &str| {
            Error::usage(
                format!("a part was counted with {what}"),
                "count and report with the same version and settings",
            )
        };
        let (layout, rest) = postcard::take_from_bytes::<u32>(rest).map_err(|_| damaged())?;
        if layout != LAYOUT {
            return Err(differ("another version of tongwen"));
        }
        let ((head, contents), packed) = postcard::take_from_bytes::<(Head, Contents)>(rest).map_err(|_| damaged())?;
        if head.version != wanted.version {
            return Err(differ(&format!("version {} of tongwen and not {}", head.version, wanted.version)));
        }
        if head.source != wanted.source {
            return Err(differ("another build of tongwen"));
        }
        if (&head.rules, &head.registry) != (&wanted.rules, &wanted.registry) {
            return Err(differ("other rules"));
        }
        if head.request != wanted.request {
            let settings = "another group_by, other formats or another guess_words, fold, stem or min_length";
            return Err(differ(&format!("{settings}: {} and not {}", head.request, wanted.request)));
        }
        Ok(Self { contents, packed })
    }

    fn open(&self) -> Result<Body> {
        let Contents { names, body, .. } = &self.contents;
        let mut bytes = Vec::new();
        // What unpacks to more than it was is no part, however small it looks.
        let mut unpacker = zstd::Decoder::with_buffer(self.packed).map_err(|_| damaged())?;
        unpacker.window_log_max(WINDOW).map_err(|_| damaged())?;
        unpacker.take(body.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let fits = bytes.len() as u64 == *body;
        let body: Body = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
        let counts = [body.records.len(), body.rows.len()];
        if fits && counts == [names.len(); 2] { Ok(body) } else { Err(damaged()) }
    }
}

fn damaged() -> Error {
    Error::usage("a part is damaged, or is none", "count its documents again")
}

/// What is known of the documents while parts are added up.
struct Gathering {
    records: Vec<Option<FileRecord>>,
    shelf: Shelf,
}

/// Adds up the parts and writes the report folder. `texts` reads the documents of these ids once more, for the sentences
/// that stand for pairs and phrases; what it does not give has none.
///
/// # Errors
/// [`Error::Usage`] where parts do not belong together or a document is there twice; [`Error::Write`] where the folder
/// cannot be written.
pub fn report(
    engine: &Engine,
    parts: &[&[u8]],
    gathered: &Gathered,
    watch: &dyn Watch,
    texts: &mut dyn FnMut(Vec<String>) -> Result<Vec<Reading>>,
) -> Result<Outcome> {
    report::look(&gathered.out, gathered.foreign)?;
    watch.stage("adding up");
    let wanted = gathered.request.head(engine);
    let parts = parts.iter().map(|part| Part::of(&wanted, part)).collect::<Result<Vec<_>>>()?;
    let numbers = numbers(&parts)?;
    watch.found(numbers.len() as u64, parts.iter().map(|part| part.contents.bytes).sum());
    let folder = OutputFolder::open(&gathered.out)?;
    let cannot_write = |cause| Error::Write { path: gathered.out.clone(), cause };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(gathered.threads).build().map_err(|fault| {
        Error::usage(format!("cannot start {} threads: {fault}", gathered.threads), "give a smaller number of jobs")
    })?;
    let gathering = Gathering { records: vec![None; numbers.len()], shelf: Shelf::for_documents(numbers.len()) };
    let (tallies, gathering) = pool.install(|| add_up(engine, &parts, &numbers, gathering, watch))?;
    let Gathering { records, shelf } = gathering;
    let records: Vec<FileRecord> = records.into_iter().flatten().collect();
    let mut streams = Streams::begin(&folder, gathered.request.formats)?;
    shelf.empty(&mut streams).map_err(cannot_write)?;
    let streamed = streams.close().map_err(cannot_write)?;
    go_on(watch)?;
    watch.stage("counting");
    let questions = count::Questions { group_by: gathered.request.group_by.clone(), period: gathered.period };
    let mut warnings: Vec<String> = groups::missing(&questions.group_by, &tallies)?.into_iter().collect();
    let mut summary =
        pool.install(|| count::finish(engine, tallies, &questions, &gathered.counts)).map_err(cannot_write)?;
    go_on(watch)?;
    let wanted = examples::places(&summary, gathered.counts.phrase_examples);
    let ids = wanted.keys().filter_map(|ix| records.get(*ix as usize)).map(|record| row_id(&record.path)).collect();
    let (documents, missing) = same(texts(ids)?, &wanted, &numbers, &records);
    warnings.extend(missing);
    warnings.extend(summary.trends_too_long());
    let (pairs, phrases) = (&summary.pairs, &summary.phrases);
    let wanting = examples::Wanting { segmenter: &engine.segmenter, pairs, phrases };
    let quotes: Vec<_> = pool.install(|| {
        let of = |(ix, document): (&DocIx, &Document)| {
            let mut quotes = Vec::new();
            examples::quote(engine, document, wanted[ix].clone(), wanting, &mut quotes);
            quotes
        };
        documents.par_iter().flat_map_iter(of).collect()
    });
    examples::file(&mut summary, quotes);
    watch.stage("writing");
    let timing = Timing {
        seconds: watch.seconds(),
        bytes: records.iter().map(|record| record.bytes).sum(),
        threads: pool.current_num_threads(),
        reused: 0,
    };
    let info = run_info(engine, gathered.parameters.clone(), &gathered.counts, &summary, timing);
    let run = RunInfo { warnings, sheet_rows: gathered.sheet_rows, ..info };
    let written = Report { summary: &summary, files: &records, run: &run };
    let ready = || {
        watch.stage(PUBLISHING);
        go_on(watch)
    };
    pool.install(|| report::write(&folder, &written, gathered.request.formats, streamed, ready))?;
    let highlights = Highlights::of(&summary);
    Ok(Outcome { highlights, warnings: run.warnings, ..Outcome::of(&records) })
}

/// Adds up the parts, each thread into a tally of its own.
fn add_up(
    engine: &Engine,
    parts: &[Part<'_>],
    numbers: &BTreeMap<&str, DocIx>,
    gathering: Gathering,
    watch: &dyn Watch,
) -> Result<(Vec<Tally>, Gathering)> {
    let threads = rayon::current_num_threads().min(parts.len());
    let tallies: Vec<Mutex<Tally>> = (0..threads).map(|_| Mutex::new(Tally::new(engine))).collect();
    let gathering = Mutex::new(gathering);
    parts.par_iter().try_for_each(|part| {
        go_on(watch)?;
        let body = part.open()?;
        let names = &part.contents.names;
        let here: Vec<DocIx> = names.iter().map(|name| numbers[name.as_str()]).collect();
        let tally = &tallies[rayon::current_thread_index().unwrap_or(0) % tallies.len()];
        tally
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .add_parcel(engine, &body.tally, |ix| here.get(ix as usize).copied())
            .map_err(|fault| Error::usage(format!("a part cannot be added: {fault}"), "count its documents again"))?;
        let records: Vec<FileRecord> =
            body.records.into_iter().zip(names).map(|(kept, name)| kept.record(name)).collect();
        records.iter().for_each(|record| watch.done(record));
        let mut gathering = gathering.lock().unwrap_or_else(PoisonError::into_inner);
        for ((record, rows), ix) in records.into_iter().zip(body.rows).zip(here) {
            gathering.records[ix as usize] = Some(record);
            rows.map_or(Ok(()), |rows| gathering.shelf.add(ix, &rows)).map_err(temporary)?;
        }
        Ok(())
    })?;
    let tallies = tallies.into_iter().map(|tally| tally.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok((tallies.collect(), gathering.into_inner().unwrap_or_else(PoisonError::into_inner)))
}

/// The numbers of all documents, in the order of their names.
fn numbers<'p>(parts: &'p [Part<'_>]) -> Result<BTreeMap<&'p str, DocIx>> {
    let mut numbers = BTreeMap::new();
    for name in parts.iter().flat_map(|part| &part.contents.names) {
        if numbers.insert(name.as_str(), 0).is_some() {
            return Err(there_twice(name));
        }
    }
    if numbers.is_empty() {
        return Err(Error::usage("there is no document", "give at least one row"));
    }
    (0..).zip(numbers.values_mut()).for_each(|(at, number)| *number = at);
    Ok(numbers)
}

/// The documents that are wanted, where they are still what was counted, and a word where some are not.
fn same(
    readings: Vec<Reading>,
    wanted: &BTreeMap<DocIx, Places>,
    numbers: &BTreeMap<&str, DocIx>,
    records: &[FileRecord],
) -> (BTreeMap<DocIx, Document>, Vec<String>) {
    let mut documents = BTreeMap::new();
    for Reading { record, document } in readings {
        let Some((ix, document)) = numbers.get(record.path.as_str()).copied().zip(document) else { continue };
        if wanted.contains_key(&ix) && records[ix as usize].sha256 == record.sha256 {
            documents.insert(ix, document);
        }
    }
    let missing = wanted.len() - documents.len();
    let told =
        format!("{missing} documents were not given again as they were counted; nothing has an example from them");
    (documents, (missing > 0).then_some(told).into_iter().collect())
}

impl Kept {
    fn of(record: FileRecord) -> Self {
        let FileRecord { status, reason, detail, count, bytes, sha256, .. } = record;
        Self { status, reason, detail, count, bytes, sha256 }
    }

    /// As [`crate::read::row`] made it.
    fn record(self, name: &str) -> FileRecord {
        let Self { status, reason, detail, count, bytes, sha256 } = self;
        let path = name.to_owned();
        let encoding = sha256.is_some().then_some("UTF-8");
        FileRecord { path, status, reason, detail, offset: None, count, encoding, format: Some("txt"), bytes, sha256 }
    }
}
