//! Documents for the commands that take a file, a folder or standard input.

use std::{
    io::{self, BufRead, BufReader, Read},
    ops::ControlFlow,
    path::Path,
    sync::{Arc, mpsc},
    thread,
};

use rayon::prelude::*;
use serde_json::Value;
use tongwen::{
    Error, Result,
    engine::Engine,
    error::JsonFault,
    read::{self, FileRecord, Isolation, Limits, Metadata, Source, Status, WalkOptions},
    segment::{FoldingChoice, UnknownWords},
    text::Document,
    wire::DocumentLine,
};

use crate::{
    args::{DeclaredArgs, Ruling, Walk},
    diagnostics::{hint, warn},
};

/// Loads rules and dictionaries as the options say. They serve to the end of the program, which need not take them apart.
pub(crate) fn engine(ruling: &Ruling) -> Result<&'static Engine> {
    folding_engine(ruling, &FoldingChoice::default())
}

/// The same, with words folded as chosen.
pub(crate) fn folding_engine(ruling: &Ruling, choice: &FoldingChoice) -> Result<&'static Engine> {
    let unknown = if ruling.guess_words { UnknownWords::Guess } else { UnknownWords::Split };
    let engine = Engine::load(ruling.rules.as_deref(), unknown)?;
    Ok(&*Box::leak(Box::new(if choice.is_none() { engine } else { engine.folding(choice) })))
}

pub(crate) fn walk_options(walk: &Walk) -> WalkOptions {
    WalkOptions { hidden: walk.hidden, follow_links: walk.follow_links }
}

/// Bounds as the options say; formats that need it are read by children of this process.
pub(crate) fn limits(walk: &Walk) -> Limits {
    limits_until(walk, || false)
}

/// The same, with children that end where `stopped` says so.
pub(crate) fn limits_until(walk: &Walk, stopped: impl Fn() -> bool + Send + Sync + 'static) -> Limits {
    Limits { max_file_bytes: walk.max_file_size, isolation: isolation(stopped) }
}

/// Children that read for this process, until `stopped` says that they are to end.
fn isolation(stopped: impl Fn() -> bool + Send + Sync + 'static) -> Option<Arc<Isolation>> {
    let program = std::env::current_exe().ok()?;
    Some(Arc::new(Isolation::new(program, stopped)))
}

/// Files of inputs; none is a mistake of usage.
pub(crate) fn sources(inputs: &[std::path::PathBuf], walk: &Walk) -> Result<Vec<Source>> {
    let sources = read::walk(inputs, &walk_options(walk))?;
    if sources.is_empty() {
        let names: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::usage(
            format!("no file in {}", names.join(", ")),
            "hidden files are left out; give --hidden to read them",
        ));
    }
    Ok(sources)
}

/// Whether a path means standard input.
pub(crate) fn is_stdin(file: Option<&Path>) -> bool {
    file.is_none_or(|path| path.as_os_str() == "-")
}

/// One document: a file, or the text on standard input. `None` where the file cannot be read; then it was said why.
pub(crate) fn document(file: Option<&Path>, declared: &DeclaredArgs) -> Result<Option<Document>> {
    let mut document = match file.filter(|path| path.as_os_str() != "-") {
        None => Document { id: "-".into(), text: stdin_text()?, ..Document::default() },
        Some(path) if path.is_dir() => {
            return Err(Error::usage(
                format!("{} is a folder", path.display()),
                "this command reads one document; `tongwen analyze` and `tongwen kwic` read folders",
            ));
        }
        Some(path) => {
            let sources = read::walk(&[path.to_owned()], &WalkOptions { hidden: true, follow_links: true })?;
            match sources.first().map(one_document).transpose()?.flatten() {
                Some(document) => document,
                None => return Ok(None),
            }
        }
    };
    document.date = declared.date.or(document.date);
    document.language = declared.lang.or(document.language);
    Ok(Some(document))
}

/// The document of a file; one that holds several is a mistake of usage.
fn one_document(source: &Source) -> Result<Option<Document>> {
    let limits = Limits { isolation: isolation(|| false), ..Limits::default() };
    let (mut first, mut more, mut skipped) = (None, false, false);
    read::read_all(source, &Metadata::none(), &limits, &mut |reading| {
        tell_losses(&reading.record);
        skipped |= reading.record.status == Status::Skip;
        if first.is_some() && reading.document.is_some() {
            more = true;
            return ControlFlow::Break(());
        }
        first = first.take().or(reading.document);
        ControlFlow::Continue(())
    });
    if more {
        return Err(Error::usage(
            format!("{} holds several documents", source.id),
            "this command reads one document; `tongwen analyze` and `tongwen kwic` read all of them",
        ));
    }
    if first.is_none() && skipped {
        hint("text in a file of another kind can be piped in: tongwen ... - < FILE");
    }
    Ok(first)
}

/// Reads the documents of a file, with what a table of metadata says of them; answers with the records of what could
/// not be read whole.
pub(crate) fn read_documents(
    source: &Source,
    metadata: &Metadata,
    limits: &Limits,
    mut each: impl FnMut(Document),
) -> Vec<FileRecord> {
    let mut lost = Vec::new();
    read::read_all(source, metadata, limits, &mut |reading| {
        if reading.record.status != Status::Ok {
            lost.push(reading.record);
        }
        reading.document.into_iter().for_each(&mut each);
        ControlFlow::Continue(())
    });
    lost
}

/// Says on standard error what could not be read, in the order in which it is told.
#[derive(Default)]
pub(crate) struct Losses {
    told: usize,
    untold: usize,
    skipped: Vec<String>,
    skipped_in_all: usize,
    failed: bool,
}

impl Losses {
    /// So many files are named.
    const NAMED: usize = 20;
    /// So many of those that are left out on purpose.
    const NAMED_SKIPS: usize = 3;

    /// Says what became of these files; those left out on purpose are told together at the end.
    pub(crate) fn tell(&mut self, records: Vec<FileRecord>) {
        for record in records {
            self.failed |= record.status == Status::Error;
            if record.status == Status::Skip {
                self.skipped_in_all += 1;
                if self.skipped.len() < Self::NAMED_SKIPS {
                    self.skipped.push(record.path);
                }
            } else if self.told < Self::NAMED {
                self.told += 1;
                tell_losses(&record);
            } else {
                self.untold += 1;
            }
        }
    }

    /// Says the rest; answers whether a file could not be read.
    pub(crate) fn end(self) -> bool {
        if self.untold > 0 {
            warn(&format!("{} more could not be read whole; `tongwen analyze` lists all of them", self.untold));
        }
        if self.skipped_in_all > 0 {
            let files = if self.skipped_in_all == 1 { "file" } else { "files" };
            let more = if self.skipped_in_all > self.skipped.len() { ", …" } else { "" };
            let names = self.skipped.join(", ");
            warn(&format!("{} {files} of another kind left out: {names}{more}", self.skipped_in_all));
        }
        self.failed
    }
}

fn tell_losses(record: &FileRecord) {
    if record.status != Status::Ok {
        let detail = record.detail.as_deref().unwrap_or("not read");
        warn(&format!("{}: {} ({detail})", record.path, record.status.code()));
    }
}

fn stdin_text() -> Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|cause| Error::Read { path: "standard input".into(), cause })?;
    let text = String::from_utf8(bytes).unwrap_or_else(|fault| {
        warn("standard input is not UTF-8; what could not be read was replaced (a file in another encoding can be given by name)");
        String::from_utf8_lossy(fault.as_bytes()).into_owned()
    });
    let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
    Ok(tongwen::text::fold_radicals(text))
}

/// Lines of JSON that are worked on together: what was there without waiting.
struct Chunk {
    first: u64,
    lines: Vec<Vec<u8>>,
}

/// Bytes that one chunk holds, about.
const CHUNK_BYTES: usize = 256 << 10;
/// Bytes that are worked on at the same time, for each thread.
const BATCH_BYTES: usize = 1 << 20;

/// Hands each line of a JSONL stream to `work` on all threads, and the answers in order to `write`.
///
/// A line is answered as soon as nothing more can be read without waiting, so that a program at the other end of
/// two pipes can ask line by line.
///
/// # Errors
/// Where the stream cannot be read, and what `write` says.
pub(crate) fn json_lines<A: Send, E: From<Error>>(
    file: Option<&Path>,
    work: impl Fn(u64, &[u8]) -> A + Sync,
    mut write: impl FnMut(Vec<A>) -> Result<(), E>,
) -> Result<(), E> {
    let reader: Box<dyn Read + Send> = match file.filter(|path| path.as_os_str() != "-") {
        None => Box::new(io::stdin()),
        Some(path) => {
            Box::new(std::fs::File::open(path).map_err(|cause| Error::Read { path: path.to_owned(), cause })?)
        }
    };
    let name = file.unwrap_or(Path::new("standard input")).to_owned();
    let (send, receive) = mpsc::sync_channel::<io::Result<Chunk>>(4);
    // The thread ends with the stream or when nobody listens any more; a reader that waits for ever ends with us.
    thread::spawn(move || send_chunks(reader, &send));
    let limit = BATCH_BYTES * rayon::current_num_threads();
    while let Ok(first) = receive.recv() {
        let mut lines: Vec<(u64, Vec<u8>)> = Vec::new();
        let mut bytes = 0;
        let mut next = Some(first);
        let mut fault = None;
        while let Some(chunk) = next.take() {
            match chunk {
                Ok(chunk) => {
                    bytes += chunk.lines.iter().map(Vec::len).sum::<usize>();
                    lines.extend((chunk.first..).zip(chunk.lines));
                }
                Err(cause) => fault = Some(cause),
            }
            if bytes < limit && fault.is_none() {
                next = receive.try_recv().ok();
            }
        }
        let lines: Vec<_> = lines.into_iter().filter(|(_, line)| !line.trim_ascii().is_empty()).collect();
        write(lines.par_iter().map(|(number, line)| work(*number, line)).collect())?;
        if let Some(cause) = fault {
            return Err(Error::Read { path: name, cause }.into());
        }
    }
    Ok(())
}

fn send_chunks(reader: Box<dyn Read + Send>, send: &mpsc::SyncSender<io::Result<Chunk>>) {
    let mut reader = BufReader::with_capacity(CHUNK_BYTES, reader);
    let mut number = 1;
    loop {
        let mut chunk = Chunk { first: number, lines: Vec::new() };
        let mut bytes = 0;
        let ended = loop {
            let mut line = Vec::new();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) => break true,
                Ok(n) => bytes += n,
                Err(cause) => {
                    let _ = send.send(Ok(chunk));
                    let _ = send.send(Err(cause));
                    return;
                }
            }
            number += 1;
            chunk.lines.push(line);
            if bytes >= CHUNK_BYTES || !reader.buffer().contains(&b'\n') {
                break false;
            }
        };
        if send.send(Ok(chunk)).is_err() || ended {
            return;
        }
    }
}

/// A document of a JSONL stream, with what its line says beyond the wire form.
pub(crate) struct LineDocument {
    /// Its id, as given.
    pub(crate) id: Value,
    /// The document.
    pub(crate) document: Document,
    /// What looked odd.
    pub(crate) note: Option<String>,
}

/// A line that is not a document: its id where it has one, and why.
pub(crate) struct BadLine {
    /// Its id, or null.
    pub(crate) id: Value,
    /// Why.
    pub(crate) error: String,
}

/// A line of JSON as a document.
pub(crate) fn parse_line(line: &[u8]) -> Result<LineDocument, BadLine> {
    let parsed: DocumentLine = serde_json::from_slice(strip_mark(line)).map_err(|fault| bad_line(line, &fault))?;
    let id = parsed.id.clone();
    let (mut document, note) = parsed.into_document();
    document.fields = group_of(line).map(|group| ("group".to_owned(), group)).into_iter().collect();
    Ok(LineDocument { id, document, note })
}

/// The group that a line states beside the wire form.
fn group_of(line: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Grouped {
        group: Option<String>,
    }
    // Most lines have none, and reading a long text twice takes its time.
    memchr::memmem::find(line, b"\"group\"")?;
    serde_json::from_slice::<Grouped>(strip_mark(line)).ok()?.group
}

fn strip_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

fn bad_line(line: &[u8], fault: &serde_json::Error) -> BadLine {
    let id = match serde_json::from_slice::<Value>(strip_mark(line)) {
        Ok(Value::Object(mut all)) => all.remove("id").unwrap_or(Value::Null),
        _ => Value::Null,
    };
    let JsonFault { column, message, .. } = JsonFault::of(fault, strip_mark(line));
    let place = if column > 0 { format!(" (column {column})") } else { String::new() };
    BadLine { id, error: format!("{message}{place}") }
}
