//! What became of one file, in words that stay the same from release to release.
//!
//! A folder of 10,000 with three unreadable files gives 9,997 results and three lines that say why.
//! Scripts act on the code (`permission_denied`), people read the detail.
//!
//! Always true: every file found has exactly one record, and ok + partial + error + skip = found.

use encoding_rs::Encoding;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::formats;

/// How far a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Read whole.
    Ok,
    /// Read, but something was replaced or left out; the reason says what.
    Partial,
    /// Not read, although it should have been.
    Error,
    /// Not meant to be read: a link, an unknown format, a binary file.
    Skip,
}

impl Status {
    /// The word in reports.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Error => "error",
            Self::Skip => "skip",
        }
    }
}

/// Why a file is not simply `ok`. The codes never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// It was there when the folder was listed and is gone now.
    NotFound,
    /// The operating system forbids it.
    PermissionDenied,
    /// Any other fault of the disk or the network.
    IoError,
    /// Larger than [`Limits::max_file_bytes`](super::Limits::max_file_bytes).
    TooLarge,
    /// A pipe, socket or device.
    NotARegularFile,
    /// A symbolic link, and links are not followed, or it leads out of the input folder.
    Symlink,
    /// Its size changed between the first and the last byte.
    ChangedWhileReading,
    /// Its content is not text, whatever its name says.
    Binary,
    /// No reader for this kind of file.
    UnsupportedFormat,
    /// No decoder for this character encoding (UTF-32).
    UnsupportedEncoding,
    /// Some bytes mean nothing in the file's encoding, or are NUL; each became U+FFFD.
    InvalidBytes,
    /// The encoding had to be guessed from too little.
    LowConfidenceEncoding,
    /// Nested deeper than any real document; the nesting was flattened, the text kept.
    TooDeep,
    /// Broken, cut off, or not what its name and its first bytes say.
    Malformed,
    /// A document type or an entity in XML; none is ever resolved.
    ForbiddenMarkup,
    /// More comes out of it than any real document holds: the bounds of unpacking.
    ExpandsTooMuch,
    /// Locked with a password.
    Encrypted,
    /// Pages that are only pictures: recognise their characters first (OCR).
    NeedsOcr,
    /// The name of a member leads out of its archive; it is only a label here.
    UnsafeName,
    /// Some members of an archive, or rows of a table, could not be read; each has a record of its own.
    Members,
    /// A table without a column of texts: a list of files, figures.
    NoTexts,
    /// Reading took longer than allowed.
    TimeLimit,
    /// The process that read it needed more memory than allowed, or crashed.
    ReaderDied,
    /// A reader gave up in a way it never should.
    Internal,
}

impl Reason {
    /// The code in reports: `permission_denied`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::PermissionDenied => "permission_denied",
            Self::IoError => "io_error",
            Self::TooLarge => "too_large",
            Self::NotARegularFile => "not_a_regular_file",
            Self::Symlink => "symlink",
            Self::ChangedWhileReading => "changed_while_reading",
            Self::Binary => "binary",
            Self::UnsupportedFormat => "unsupported_format",
            Self::UnsupportedEncoding => "unsupported_encoding",
            Self::InvalidBytes => "invalid_bytes",
            Self::LowConfidenceEncoding => "low_confidence_encoding",
            Self::TooDeep => "too_deep",
            Self::Malformed => "malformed",
            Self::ForbiddenMarkup => "forbidden_markup",
            Self::ExpandsTooMuch => "expands_too_much",
            Self::Encrypted => "encrypted",
            Self::NeedsOcr => "needs_ocr",
            Self::UnsafeName => "unsafe_name",
            Self::Members => "members",
            Self::NoTexts => "no_texts",
            Self::TimeLimit => "time_limit",
            Self::ReaderDied => "reader_died",
            Self::Internal => "internal",
        }
    }

    /// The reason behind a fault of the operating system.
    #[must_use]
    pub fn of_io(cause: &std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ => Self::IoError,
        }
    }
}

/// A name from the program's own lists.
pub type KnownName = &'static str;

/// One record a file; it goes into `run.json` and `documents.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Name of the file in results: [`Source::id`](super::Source::id).
    pub path: String,
    /// How far it was read.
    pub status: Status,
    /// Why it is not simply ok.
    pub reason: Option<Reason>,
    /// The reason for people, with what the operating system or the reader says.
    pub detail: Option<String>,
    /// First byte of the file that could not be read as text.
    pub offset: Option<u64>,
    /// How many places were replaced by U+FFFD.
    pub count: Option<u64>,
    /// Character encoding, by its name in the WHATWG Encoding Standard.
    #[serde(deserialize_with = "encoding")]
    pub encoding: Option<KnownName>,
    /// Format that it was read as: `txt`, `markdown`, `html`, `docx`, …
    #[serde(deserialize_with = "format")]
    pub format: Option<KnownName>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 over the bytes read, in hexadecimal.
    pub sha256: Option<String>,
}

/// The name of an encoding that there is.
fn encoding<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static str>, D::Error> {
    let known = |name: String| Encoding::for_label(name.as_bytes()).map(Encoding::name);
    one_of(from, known)
}

/// The name of a format that there is.
fn format<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static str>, D::Error> {
    one_of(from, |name| formats::name_in_records(&name))
}

fn one_of<'de, D: Deserializer<'de>>(
    from: D,
    known: impl Fn(String) -> Option<&'static str>,
) -> Result<Option<&'static str>, D::Error> {
    let Some(name) = Option::<String>::deserialize(from)? else { return Ok(None) };
    known(name).map(Some).ok_or_else(|| D::Error::custom("a name that nobody knows"))
}

impl FileRecord {
    /// Whether reading the same bytes again gives the same record: nothing in it is the doing of the clock, of memory
    /// or of a disk.
    #[must_use]
    pub const fn is_lasting(&self) -> bool {
        use Reason::{ChangedWhileReading, Internal, IoError, ReaderDied, TimeLimit};
        !matches!(self.reason, Some(ChangedWhileReading | IoError | TimeLimit | ReaderDied | Internal))
    }

    /// A record of a file of which nothing is known yet but its name and size.
    pub(crate) const fn new(path: String, bytes: u64) -> Self {
        Self {
            path,
            status: Status::Ok,
            reason: None,
            detail: None,
            offset: None,
            count: None,
            encoding: None,
            format: None,
            bytes,
            sha256: None,
        }
    }

    /// The file was not read.
    pub(super) fn refuse(&mut self, status: Status, reason: Reason, detail: impl Into<String>) {
        self.status = status;
        self.reason = Some(reason);
        self.detail = Some(detail.into());
    }

    /// The file was read with a loss. The first loss gives the reason, later ones add their detail.
    pub fn lose(&mut self, reason: Reason, detail: &str) {
        self.status = Status::Partial;
        self.reason.get_or_insert(reason);
        match &mut self.detail {
            Some(told) => {
                told.push_str("; ");
                told.push_str(detail);
            }
            None => self.detail = Some(detail.to_owned()),
        }
    }
}

/// Files by what became of them; found = ok + partial + error + skip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// All of them.
    pub found: u64,
    /// Read whole.
    pub ok: u64,
    /// Read in part; the record says what is missing.
    pub partial: u64,
    /// Not read.
    pub error: u64,
    /// Left out on purpose; the record says why.
    pub skip: u64,
}

impl FileCounts {
    /// Counts the records.
    #[must_use]
    pub fn of(files: &[FileRecord]) -> Self {
        let mut counts = Self { found: files.len() as u64, ..Self::default() };
        for file in files {
            let count = match file.status {
                Status::Ok => &mut counts.ok,
                Status::Partial => &mut counts.partial,
                Status::Error => &mut counts.error,
                Status::Skip => &mut counts.skip,
            };
            *count = count.saturating_add(1);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_serde_writes() {
        for reason in [Reason::NotFound, Reason::NotARegularFile, Reason::LowConfidenceEncoding, Reason::NeedsOcr] {
            assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.code()));
        }
        assert_eq!(serde_json::to_string(&Status::Partial).unwrap(), format!("\"{}\"", Status::Partial.code()));
    }

    #[test]
    fn the_first_loss_names_the_reason() {
        let mut record = FileRecord::new("a.txt".into(), 1);
        record.lose(Reason::InvalidBytes, "one");
        record.lose(Reason::TooDeep, "two");
        assert_eq!((record.reason, record.detail.as_deref()), (Some(Reason::InvalidBytes), Some("one; two")));
    }
}
