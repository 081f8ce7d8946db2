//! A corpus counted in parts: documents that come as rows become partial counts, and those a report folder.
//!
//! The parts may be counted on many machines, in any order and cut in any way; what is written is what one machine would
//! have written. A part holds the tally of its documents with their sentences as numbers, what became of each, and
//! its rows for the files that list every mention and sentence.
//!
//! Always true: parts of different rules, registries, versions or settings are never added up.

use std::{
    collections::BTreeMap,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::{
    Highlights, Outcome, PUBLISHING, Watch,
    document::Counter,
    examples::{self, Places},
    groups,
    rows::{Rows, Streams},
    run_info,
};
use crate::{
    count::{self, DocIx, Tally},
    engine::Engine,
    error::{Error, Result},
    read::{FileRecord, Reading, Reason, Status},
    report::{self, Foreign, Formats, OutputFolder, Report, RunInfo, Timing},
    text::{Document, GroupBy},
};

/// What a part begins with.
const MARK: &[u8] = b"tongwen partial\n";

/// Bytes of the digest over all that follows.
const DIGEST: usize = 32;

/// What all parts of a report must have in common beside version and rules.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What makes the groups.
    pub group_by: GroupBy,
    /// Formats that list every mention or sentence make a part larger.
    pub formats: Formats,
    /// Whether unknown words are guessed.
    pub guess_words: bool,
}

/// The counts of some documents.
pub struct Partial;

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

/// What stands before the counts, with the names of the documents.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: String,
    rules: String,
    registry: String,
    request: String,
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
    fn told(&self) -> String {
        format!("{:?} {:?} {}", self.group_by, self.formats.names(), self.guess_words)
    }

    fn head(&self, engine: &Engine) -> Head {
        Head {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: engine.rules.fingerprint.clone(),
            registry: engine.rules.registry_fingerprint.clone(),
            request: self.told(),
        }
    }
}

impl Partial {
    /// Counts documents.
    ///
    /// # Errors
    /// Where a temporary file cannot be written or read back.
    pub fn of(engine: &Engine, request: &Request, mut readings: Vec<Reading>) -> io::Result<Vec<u8>> {
        readings.sort_by(|a, b| a.record.path.cmp(&b.record.path));
        let mut tally = Tally::new(engine);
        let names: Vec<String> = readings.iter().map(|reading| reading.record.path.clone()).collect();
        let (mut records, mut rows) = (Vec::new(), Vec::new());
        let counter = Counter { engine, group_by: &request.group_by, formats: request.formats, watch: None };
        for (ix, Reading { mut record, document }) in (0..).zip(readings) {
            let found = document.map(|document| counter.count(&document, &mut record, None, ix, &mut tally));
            records.push(Kept::of(record));
            rows.push(found.map(Rows::into_bytes).transpose()?);
        }
        let body = Body { records, rows, tally: tally.pack()? };
        let mut out = [MARK, &[0; DIGEST]].concat();
        out = postcard::to_extend(&(request.head(engine), names), out).map_err(io::Error::other)?;
        let mut packed = DeflateEncoder::new(out, Compression::fast());
        packed.write_all(&postcard::to_stdvec(&body).map_err(io::Error::other)?)?;
        let mut out = packed.finish()?;
        let digest = Sha256::digest(&out[MARK.len() + DIGEST..]);
        out[MARK.len()..][..DIGEST].copy_from_slice(&digest);
        Ok(out)
    }
}

/// A part as it came.
struct Part<'p> {
    names: Vec<String>,
    packed: &'p [u8],
}

impl<'p> Part<'p> {
    /// A part that was counted by this engine for this request.
    fn of(engine: &Engine, request: &Request, bytes: &'p [u8]) -> Result<Self> {
        let rest = bytes.strip_prefix(MARK).ok_or_else(damaged)?;
        let (digest, rest) = rest.split_at_checked(DIGEST).ok_or_else(damaged)?;
        if Sha256::digest(rest)[..] != *digest {
            return Err(damaged());
        }
        let ((head, names), packed) = postcard::take_from_bytes::<(Head, Vec<String>)>(rest).map_err(|_| damaged())?;
        let wanted = request.head(engine);
        let differ = |what: &str| {
            Error::usage(
                format!("a part was counted with {what}"),
                "count and report with the same version and settings",
            )
        };
        if head.version != wanted.version {
            return Err(differ(&format!("version {} of tongwen and not {}", head.version, wanted.version)));
        }
        if (&head.rules, &head.registry) != (&wanted.rules, &wanted.registry) {
            return Err(differ("other rules"));
        }
        if head.request != wanted.request {
            return Err(differ("another group_by, other formats or another guess_words"));
        }
        Ok(Self { names, packed })
    }

    fn open(&self) -> Result<Body> {
        let mut bytes = Vec::new();
        DeflateDecoder::new(self.packed).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let body: Body = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
        let counts = [body.records.len(), body.rows.len()];
        if counts == [self.names.len(); 2] { Ok(body) } else { Err(damaged()) }
    }
}

fn damaged() -> Error {
    Error::usage("a part is damaged, or is none", "count its documents again")
}

/// Rows of documents, kept until all are there and it is known in which order they go.
struct Shelf {
    file: SpooledTempFile,
    end: u64,
    /// Start and lengths by document.
    places: Vec<Option<(u64, [Option<usize>; 3])>>,
}

/// Adds up the parts and writes the report folder. `texts` reads the documents of these names once more, for the sentences
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
    let folder = OutputFolder::open(&gathered.out)?;
    let cannot_write = |cause| Error::Write { path: gathered.out.clone(), cause };
    let go_on = || watch.stopped().map_or(Ok(()), |signal| Err(Error::Stopped { signal }));
    watch.stage("adding up");
    let parts = parts.iter().map(|part| Part::of(engine, &gathered.request, part)).collect::<Result<Vec<_>>>()?;
    let numbers = numbers(&parts)?;
    let mut records: Vec<Option<FileRecord>> = vec![None; numbers.len()];
    let mut shelf = Shelf { file: SpooledTempFile::new(64 << 20), end: 0, places: vec![None; numbers.len()] };
    let mut tally = Tally::new(engine);
    for part in &parts {
        go_on()?;
        let body = part.open()?;
        let here: Vec<DocIx> = part.names.iter().map(|name| numbers[name.as_str()]).collect();
        let number = |ix: DocIx| here.get(ix as usize).copied().unwrap_or(DocIx::MAX);
        tally
            .add_parcel(engine, &body.tally, number)
            .map_err(|fault| Error::usage(format!("a part cannot be added: {fault}"), "count its documents again"))?;
        let documents = body.records.into_iter().zip(body.rows).zip(part.names.iter().zip(&here));
        for ((kept, rows), (name, ix)) in documents {
            let record = kept.record(name);
            watch.done(&record);
            records[*ix as usize] = Some(record);
            rows.map_or(Ok(()), |rows| shelf.add(*ix, &rows)).map_err(cannot_write)?;
        }
    }
    let records: Vec<FileRecord> = records.into_iter().flatten().collect();
    let mut streams = Streams::begin(&folder, gathered.request.formats)?;
    shelf.empty(&mut streams).map_err(cannot_write)?;
    let streamed = streams.close().map_err(cannot_write)?;
    watch.stage("counting");
    let questions = count::Questions { group_by: gathered.request.group_by.clone(), period: gathered.period };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(gathered.threads).build().map_err(|fault| {
        Error::usage(format!("cannot start {} threads: {fault}", gathered.threads), "give a smaller number of jobs")
    })?;
    let tallies = vec![tally];
    let mut warnings: Vec<String> = groups::missing(&questions.group_by, &tallies)?.into_iter().collect();
    let mut summary =
        pool.install(|| count::finish(engine, tallies, &questions, &gathered.counts)).map_err(cannot_write)?;
    let wanted = examples::places(&summary, gathered.counts.phrase_examples);
    let ids = wanted.keys().filter_map(|ix| records.get(*ix as usize)).map(|record| record.path.clone()).collect();
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
        go_on()?;
        watch.stage(PUBLISHING);
        Ok(())
    };
    pool.install(|| report::write(&folder, &written, gathered.request.formats, streamed, ready))?;
    let highlights = Highlights::of(&summary);
    Ok(Outcome { highlights, warnings: run.warnings, ..Outcome::of(&records) })
}

/// The numbers of all documents, in the order of their names.
fn numbers<'p>(parts: &'p [Part<'_>]) -> Result<BTreeMap<&'p str, DocIx>> {
    let mut numbers = BTreeMap::new();
    for name in parts.iter().flat_map(|part| &part.names) {
        if numbers.insert(name.as_str(), 0).is_some() {
            return Err(Error::usage(format!("the document {name} is there twice"), "give every row an id of its own"));
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

impl Shelf {
    fn add(&mut self, ix: DocIx, rows: &[Option<Vec<u8>>; 3]) -> io::Result<()> {
        self.places[ix as usize] = Some((self.end, rows.each_ref().map(|rows| rows.as_ref().map(Vec::len))));
        for rows in rows.iter().flatten() {
            self.file.write_all(rows)?;
            self.end += rows.len() as u64;
        }
        Ok(())
    }

    /// Writes all rows in the order of the documents.
    fn empty(mut self, streams: &mut Streams) -> io::Result<()> {
        for (start, lengths) in self.places.into_iter().flatten() {
            self.file.seek(SeekFrom::Start(start))?;
            let mut rows = [const { None }; 3];
            for (rows, len) in rows.iter_mut().zip(lengths) {
                if let Some(len) = len {
                    let mut bytes = vec![0; len];
                    self.file.read_exact(&mut bytes)?;
                    *rows = Some(bytes);
                }
            }
            streams.add(Rows::from_bytes(rows))?;
        }
        Ok(())
    }
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
