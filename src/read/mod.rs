//! From files to documents: the only place where input files are opened.
//!
//! Each reader is one file and one line in `READERS`. A reader is handed text and gives text back; where
//! bytes come from, what encoding they are in and what may go wrong is settled before it is called.
//!
//! Always true: [`read`] never panics and never fails. A file that cannot be read is a record with a
//! reason, and the run goes on.

mod declared;
mod decode;
mod encoding;
mod front_matter;
mod html;
mod identifier;
mod markdown;
mod metadata;
mod open;
mod record;
mod sniff;
mod txt;
mod walk;

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

pub use metadata::Metadata;
pub use record::{FileRecord, Reason, Status};
pub use walk::{Found, Source, WalkOptions, walk};

use crate::text::Document;
use declared::Parsed;
use encoding::Label;

/// A kind of file that can be read.
struct Reader {
    /// Name in records.
    format: &'static str,
    /// File name extensions, lower case.
    extensions: &'static [&'static str],
    /// Whether the file can name its own character encoding.
    label: Label,
    /// Text of the file to text of the document.
    parse: fn(String) -> Parsed,
}

/// Every kind of file that can be read.
const READERS: &[Reader] = &[
    Reader { format: "txt", extensions: &["txt", "text"], label: Label::Ignored, parse: txt::parse },
    Reader { format: "markdown", extensions: &["md", "markdown"], label: Label::Ignored, parse: markdown::parse },
    Reader { format: HTML, extensions: &["html", "htm", "xhtml", "shtml"], label: Label::Heeded, parse: html::parse },
];

/// Taken also for files of another extension that begin like a page.
const HTML: &str = "html";

/// Bounds on what one file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file that is read, in bytes; 256 MiB unless told otherwise, 1 GiB at most.
    pub max_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 256 << 20 }
    }
}

/// What reading one file gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What became of the file.
    pub record: FileRecord,
    /// The document, where the status is `ok` or `partial`.
    pub document: Option<Document>,
}

/// Reads one file. Never panics, never fails: a fault is a record without a document.
///
/// ```
/// use std::path::PathBuf;
/// use tongwen::read::{Limits, Metadata, Status, WalkOptions, read, walk};
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("notice.md"), "# 通知\n\n自2017年6月1日起施行。")?;
/// let sources = walk(&[folder.path().to_owned()], &WalkOptions::default())?;
/// let reading = read(&sources[0], &Metadata::none(), &Limits::default());
/// assert_eq!(reading.record.status, Status::Ok);
/// assert_eq!(reading.document.unwrap().text, "通知\n\n自2017年6月1日起施行。");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read(source: &Source, metadata: &Metadata, limits: &Limits) -> Reading {
    let mut record = FileRecord::new(source.id.clone(), 0);
    let document = read_into(source, limits, &mut record).map(|mut document| {
        metadata.apply(&mut document);
        document
    });
    Reading { record, document }
}

fn read_into(source: &Source, limits: &Limits, record: &mut FileRecord) -> Option<Document> {
    match &source.found {
        Found::Regular { size } => record.bytes = *size,
        Found::Skip(reason) => {
            record.refuse(Status::Skip, *reason, explain_skip(*reason));
            return None;
        }
        Found::Unreadable(reason, cause) => {
            record.refuse(Status::Error, *reason, cause);
            return None;
        }
    }
    let Some(reader) = reader_of(source) else {
        let known: Vec<&str> = READERS.iter().flat_map(|reader| reader.extensions).copied().collect();
        record.refuse(
            Status::Skip,
            Reason::UnsupportedFormat,
            format!("no reader for it; read are {}", known.join(", ")),
        );
        return None;
    };
    // A gibibyte of the densest legacy encoding still gives offsets below four (see `Span::of`).
    let limit = limits.max_file_bytes.min(1 << 30);
    let contents = match open::read_bounded(&source.path, limit) {
        Ok(contents) => contents,
        Err((reason, detail)) => {
            let status =
                if matches!(reason, Reason::Symlink | Reason::NotARegularFile) { Status::Skip } else { Status::Error };
            record.refuse(status, reason, detail);
            return None;
        }
    };
    record.bytes = contents.bytes.len() as u64;
    record.sha256 = Some(hex(&Sha256::digest(&contents.bytes)));
    if !contents.steady {
        record.lose(Reason::ChangedWhileReading, "its size changed while it was read");
    }
    // The readers walk over hostile input with other people's parsers; a fault there stays with this file.
    let understood = catch_unwind(AssertUnwindSafe(|| understand(contents.bytes, reader, record)));
    let parsed = understood.unwrap_or_else(|_| {
        record.refuse(Status::Error, Reason::Internal, "a reader failed; please report this file");
        None
    })?;
    for (reason, detail) in &parsed.notes {
        record.lose(*reason, detail);
    }
    Some(document(source.id.clone(), parsed))
}

const fn explain_skip(reason: Reason) -> &'static str {
    match reason {
        Reason::Symlink => "a symbolic link; links are not followed, or it leads out of the input folder",
        Reason::NotARegularFile => "a pipe, socket or device",
        _ => "left out",
    }
}

fn reader_of(source: &Source) -> Option<&'static Reader> {
    // The id has the name that the user sees; the path of a followed link has another.
    let name = source.id.rsplit('/').next()?;
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str()))
}

/// Bytes to text, text to what the format means. `None` where the content is no text.
fn understand(bytes: Vec<u8>, reader: &'static Reader, record: &mut FileRecord) -> Option<Parsed> {
    let verdict = match encoding::detect(&bytes, label_of(&bytes, reader)) {
        Ok(verdict) => verdict,
        Err((reason, detail)) => {
            record.refuse(Status::Skip, reason, detail);
            return None;
        }
    };
    let decoded = decode::decode(bytes, verdict);
    record.encoding = Some(verdict.encoding.name());
    if decoded.replaced > 0 {
        record.offset = decoded.first;
        record.count = Some(decoded.replaced);
        record.lose(Reason::InvalidBytes, &format!("{} invalid sequences were replaced", decoded.replaced));
    }
    if !verdict.certain {
        record.lose(Reason::LowConfidenceEncoding, &format!("the encoding was guessed: {}", verdict.encoding.name()));
    }
    let page = READERS.iter().find(|reader| reader.format == HTML).filter(|_| sniff::is_html_page(&decoded.text));
    let reader = page.unwrap_or(reader);
    record.format = Some(reader.format);
    Some((reader.parse)(decoded.text))
}

/// A page saved under the name `.txt` may name its encoding too.
fn label_of(bytes: &[u8], reader: &Reader) -> Label {
    if sniff::is_html_page(&String::from_utf8_lossy(&bytes[..bytes.len().min(256)])) {
        Label::Heeded
    } else {
        reader.label
    }
}

fn document(id: String, parsed: Parsed) -> Document {
    let Parsed { text, headings, declared, .. } = parsed;
    Document {
        id,
        text,
        headings,
        language: declared.language,
        title: declared.title,
        date: declared.date,
        issuer: declared.issuer,
        fields: declared.fields,
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_file(name: &str, bytes: &[u8]) -> Reading {
        read_within(name, bytes, &Limits::default())
    }

    fn read_within(name: &str, bytes: &[u8], limits: &Limits) -> Reading {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let sources = walk(&[folder.path().to_owned()], &WalkOptions::default()).unwrap();
        read(&sources[0], &Metadata::none(), limits)
    }

    fn outcome(reading: &Reading) -> (Status, Option<Reason>) {
        assert_eq!(reading.document.is_some(), matches!(reading.record.status, Status::Ok | Status::Partial));
        (reading.record.status, reading.record.reason)
    }

    #[test]
    fn content_wins_over_the_name() {
        let page = read_file("a.txt", b"<!DOCTYPE html><p>one<p>two");
        assert_eq!(page.record.format, Some("html"));
        assert_eq!(page.document.unwrap().text, "one\ntwo\n");
        assert_eq!(outcome(&read_file("b.txt", b"%PDF-1.7\n1 0 obj")), (Status::Skip, Some(Reason::Binary)));
        assert_eq!(outcome(&read_file("c.docx", b"PK")), (Status::Skip, Some(Reason::UnsupportedFormat)));
        assert_eq!(outcome(&read_file("README", b"text")), (Status::Skip, Some(Reason::UnsupportedFormat)));
    }

    #[test]
    fn losses_are_counted_with_their_place() {
        let reading = read_file("a.txt", "甲\0乙丙丁".as_bytes());
        assert_eq!(outcome(&reading), (Status::Partial, Some(Reason::InvalidBytes)));
        assert_eq!((reading.record.offset, reading.record.count), (Some(3), Some(1)));
        let guessed = read_file("a.txt", b"Act\xff 1");
        assert_eq!(outcome(&guessed), (Status::Partial, Some(Reason::LowConfidenceEncoding)));
    }

    #[test]
    fn records_hold_size_digest_and_encoding() {
        let reading = read_file("empty.txt", b"");
        assert_eq!(outcome(&reading), (Status::Ok, None));
        assert_eq!(
            reading.record.sha256.as_deref(),
            Some("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        );
        assert_eq!((reading.record.encoding, reading.record.bytes), (Some("UTF-8"), 0));
    }

    #[test]
    fn a_file_over_the_limit_is_an_error() {
        let limits = Limits { max_file_bytes: 3 };
        assert_eq!(outcome(&read_within("a.txt", b"four", &limits)), (Status::Error, Some(Reason::TooLarge)));
        assert_eq!(outcome(&read_within("a.txt", b"thr", &limits)), (Status::Ok, None));
    }

    #[test]
    fn a_file_that_vanished_is_an_error() {
        let source =
            Source { path: "/no/such/file.txt".into(), id: "file.txt".into(), found: Found::Regular { size: 1 } };
        let reading = read(&source, &Metadata::none(), &Limits::default());
        assert_eq!(outcome(&reading), (Status::Error, Some(Reason::NotFound)));
    }
}
