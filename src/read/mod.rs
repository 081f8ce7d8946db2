//! From files to documents: the only place where input files are opened.
//!
//! Each reader is one file and one entry in `FORMATS`. A reader is handed text, or the bytes of a file, and gives text
//! back; where bytes come from, what encoding they are in and what may go wrong is settled before it is called.
//!
//! Always true: [`read`] never panics and never fails. A file that cannot be read is a record with a
//! reason, and the run goes on. The lints below refuse what could panic on a hostile file: indices, cuts, sums, `unwrap`.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::panic
    )
)]

mod composer;
mod declared;
mod decode;
mod doc;
mod docx;
mod encoding;
mod epub;
mod fetch;
mod formats;
mod front_matter;
mod html;
mod identifier;
mod isolation;
mod markdown;
mod members;
mod metadata;
mod odt;
mod open;
mod package;
mod parquet;
mod pdf;
mod properties;
mod radicals;
mod record;
mod results;
mod row;
mod rtf;
mod sniff;
mod stamp;
mod txt;
mod walk;
mod xlsx;
mod xml;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

pub use fetch::{Fetched, fetch};
pub use isolation::{ARGUMENT as CHILD_ARGUMENT, Isolation, serve};
pub use members::{Member, holds_members, read_all, unpack};
pub use metadata::Metadata;
pub use record::{FileCounts, FileRecord, KnownName, Reason, Status};
pub use results::{PUBLISHING, RUN, results_in};
pub use row::{row, row_as_it_is, row_id};
pub use stamp::Stamp;
pub use walk::{Found, Source, WalkOptions, walk, walk_past_reports};

use crate::text::Document;
use declared::Parsed;
use encoding::Label;
use fetch::digest;
use formats::{Format, Parse};

/// Why something cannot be read, as a code and for people.
type Refusal = (Reason, String);

/// Bounds on what one file may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest file that is read, in bytes; 256 MiB unless told otherwise, 1 GiB at most.
    pub max_file_bytes: u64,
    /// Where formats are read whose readers can hang, crash or eat memory (PDF). `None`: in this process, where a panic
    /// is still that file's error, but a hang or a crash is everybody's.
    pub isolation: Option<Arc<Isolation>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 256 << 20, isolation: None }
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
    fetch(source, limits).read(metadata, limits)
}

/// The document in the bytes of a file whose name stands in its record.
fn read_bytes(bytes: Vec<u8>, limits: &Limits, record: &mut FileRecord) -> Option<Document> {
    let promised = formats::by_extension(&record.path);
    if promised.is_none() && matches!(sniff::content(&bytes), None | Some(sniff::Content::Other(_))) {
        record.refuse(Status::Skip, Reason::UnsupportedFormat, "no reader for it");
        return None;
    }
    // The readers walk over hostile input with other people's parsers; a fault there stays with this file.
    let understood = catch_unwind(AssertUnwindSafe(|| understand(bytes, promised, limits, record)));
    let mut parsed = understood.unwrap_or_else(|_| {
        record.refuse(Status::Error, Reason::Internal, "a reader failed; please report this file");
        None
    })?;
    radicals::fold(&mut parsed);
    for (reason, detail) in &parsed.notes {
        record.lose(*reason, detail);
    }
    Some(document(record.path.clone(), parsed))
}

/// Bytes to text, text to what the format means. `None` where the content is not what it should be.
fn understand(
    bytes: Vec<u8>,
    promised: Option<&'static Format>,
    limits: &Limits,
    record: &mut FileRecord,
) -> Option<Parsed> {
    let parsed = formats::by_content(promised, &bytes).and_then(|format| {
        record.format = Some(format.name);
        match format.parse {
            Parse::Text(label, parse) => text_of(bytes, label, record).map(|text| parse_text(text, parse, record)),
            Parse::Bytes(parse) => parse(&bytes),
            Parse::Isolated(parse) => match &limits.isolation {
                Some(isolation) => isolation.parse(format.name, &bytes),
                None => parse(&bytes),
            },
        }
    });
    parsed.map_err(|(reason, detail)| record.refuse(status_of(reason), reason, detail)).ok()
}

/// What is no document at all is left out; everything else should have been read.
const fn status_of(reason: Reason) -> Status {
    match reason {
        Reason::Binary | Reason::UnsupportedEncoding | Reason::NoTexts => Status::Skip,
        _ => Status::Error,
    }
}

/// The bytes of a text file as text.
fn text_of(bytes: Vec<u8>, label: Label, record: &mut FileRecord) -> Result<String, Refusal> {
    let verdict = encoding::detect(&bytes, label)?;
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
    Ok(decoded.text)
}

/// A page in UTF-16 is known for one only now.
fn parse_text(text: String, parse: fn(String) -> Parsed, record: &mut FileRecord) -> Parsed {
    if sniff::is_html_page(&text) {
        record.format = Some(formats::HTML);
        return html::parse(text);
    }
    parse(text)
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
        assert_eq!(outcome(&read_file("b.txt", b"\x89PNG\r\n")), (Status::Skip, Some(Reason::Binary)));
        assert_eq!(outcome(&read_file("c.docx", b"PK")), (Status::Error, Some(Reason::Malformed)));
        let rich = read_file("d.txt", b"{\\rtf1 text}");
        assert_eq!((rich.record.format, rich.document.unwrap().text.as_str()), (Some("rtf"), "text\n"));
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
        let limits = Limits { max_file_bytes: 3, ..Limits::default() };
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
