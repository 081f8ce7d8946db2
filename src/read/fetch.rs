//! The bytes of a file before anybody has made sense of them: who has read the same bytes before need not read on.

use sha2::{Digest, Sha256};

use super::{
    FileRecord, Found, Limits, Metadata, Reading, Reason, Source, Stamp, Status, formats, members, open, read_bytes,
};

/// The bytes of a file, or why they cannot be had.
pub struct Fetched {
    pub(super) record: FileRecord,
    pub(super) bytes: Option<Vec<u8>>,
    stamp: Option<Stamp>,
}

/// Reads the bytes of a file, where its kind can be read at all. Never fails: a fault stands in its record.
#[must_use]
pub fn fetch(source: &Source, limits: &Limits) -> Fetched {
    let mut fetched = Fetched { record: FileRecord::new(source.id.clone(), 0), bytes: None, stamp: None };
    fetched.fetch(source, limits);
    fetched
}

impl Fetched {
    /// Bytes that come from elsewhere, as those of a file of that name.
    #[must_use]
    pub fn given(id: &str, bytes: Vec<u8>) -> Self {
        let mut record = FileRecord::new(id.to_owned(), bytes.len() as u64);
        record.sha256 = Some(digest(&bytes));
        Self { record, bytes: Some(bytes), stamp: None }
    }

    /// SHA-256 of the bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.record.sha256.as_deref()
    }

    /// What the file system said of the file when it was read; `None` where it changed meanwhile.
    #[must_use]
    pub const fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// What is known of the file so far: where it has no bytes, why.
    #[must_use]
    pub const fn record(&self) -> &FileRecord {
        &self.record
    }

    /// Makes sense of the bytes. Never panics, never fails: a fault is a record without a document.
    #[must_use]
    pub fn read(self, metadata: &Metadata, limits: &Limits) -> Reading {
        let Self { mut record, bytes, .. } = self;
        let document = bytes.and_then(|bytes| read_bytes(bytes, limits, &mut record)).map(|mut document| {
            metadata.apply(&mut document);
            document
        });
        Reading { record, document }
    }

    fn fetch(&mut self, source: &Source, limits: &Limits) {
        let record = &mut self.record;
        match &source.found {
            Found::Regular { size } => record.bytes = *size,
            Found::Skip(reason) => return record.refuse(Status::Skip, *reason, explain_skip(*reason)),
            Found::Unreadable(reason, cause) => return record.refuse(Status::Error, *reason, cause),
        }
        if formats::by_extension(&source.id).is_none() && !members::holds_members(source) {
            let detail = format!("no reader for it; read are {}", formats::extensions().join(", "));
            return record.refuse(Status::Skip, Reason::UnsupportedFormat, detail);
        }
        // A gibibyte of the densest legacy encoding still gives offsets below four (see `Span::of`).
        let limit = limits.max_file_bytes.min(1 << 30);
        let contents = match open::read_bounded(&source.path, limit) {
            Ok(contents) => contents,
            Err((reason, detail)) => {
                let left_out = matches!(reason, Reason::Symlink | Reason::NotARegularFile);
                return record.refuse(if left_out { Status::Skip } else { Status::Error }, reason, detail);
            }
        };
        record.bytes = contents.bytes.len() as u64;
        record.sha256 = Some(digest(&contents.bytes));
        if !contents.steady {
            record.lose(Reason::ChangedWhileReading, "its size changed while it was read");
        }
        self.stamp = contents.stamp;
        self.bytes = Some(contents.bytes);
    }
}

const fn explain_skip(reason: Reason) -> &'static str {
    match reason {
        Reason::Symlink => "a symbolic link; links are not followed, or it leads out of the input folder",
        Reason::NotARegularFile => "a pipe, socket or device",
        _ => "left out",
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
