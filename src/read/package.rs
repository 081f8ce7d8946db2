//! The parts of a ZIP archive (DOCX, ODT, EPUB, XLSX), within bounds.
//!
//! 42 KB can expand to petabytes, an entry can lie about its size, and ten thousand entries can share the same
//! compressed bytes. So what counts is what comes out, never what the archive says of itself.
//!
//! Always true: nothing is written to disk; names are labels; at most [`MAX_PART`] bytes come out of a part and
//! [`MAX_ARCHIVE`] out of an archive.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::{Reason, Refusal};

/// Bytes that one part may expand to.
pub(super) const MAX_PART: u64 = 100 << 20;
/// Bytes that all parts of an archive may expand to.
pub(super) const MAX_ARCHIVE: u64 = 256 << 20;
/// Entries of an archive.
pub(super) const MAX_ENTRIES: usize = 10_000;
/// Bytes that may come out for each one that goes in, once [`FREE`] bytes have come out.
const MAX_RATIO: u64 = 200;
/// So much may come out of a part whatever its ratio.
const FREE: u64 = 1 << 20;

/// What may still come out of an archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    left: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: MAX_ARCHIVE }
    }
}

impl Budget {
    /// Bytes that may still come out.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// Reads a part to its end, or to a bound. `packed` is its size in the archive.
    pub(super) fn read(&mut self, mut from: impl Read, packed: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = match from.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(read) => read,
                Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err((Reason::Malformed, format!("a part cannot be unpacked: {cause}"))),
            };
            let size = (bytes.len() as u64).saturating_add(read as u64);
            self.left = self.left.saturating_sub(read as u64);
            if self.left == 0 {
                return Err(too_much(MAX_ARCHIVE, "the archive"));
            }
            if size > MAX_PART {
                return Err(too_much(MAX_PART, "a part"));
            }
            if size > FREE && size / MAX_RATIO > packed {
                let detail = format!("a part expands more than {MAX_RATIO} times");
                return Err((Reason::ExpandsTooMuch, detail));
            }
            bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
        }
    }
}

fn too_much(limit: u64, what: &str) -> Refusal {
    (Reason::ExpandsTooMuch, format!("{what} expands to more than {} MiB", limit >> 20))
}

/// An open archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    size: u64,
    budget: Budget,
    /// Places replaced by U+FFFD in the texts read so far.
    replaced: u64,
}

impl<'a> Package<'a> {
    /// Reads the list of entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let too_many = || (Reason::ExpandsTooMuch, format!("it has more than {MAX_ENTRIES} entries"));
        // The list costs memory for each entry, so it is counted before it is made. Archives inside add theirs.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_ENTRIES * 10).count() >= MAX_ENTRIES * 10 {
            return Err(too_many());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| refusal(&fault))?;
        if archive.len() > MAX_ENTRIES {
            return Err(too_many());
        }
        Ok(Self { archive, size: bytes.len() as u64, budget: Budget::default(), replaced: 0 })
    }

    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.archive.len()
    }

    /// Whether nothing more may come out.
    pub(super) const fn is_spent(&self) -> bool {
        self.budget.left() == 0
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part by its name; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.archive.index_for_name(name) {
            Some(index) => self.bytes(index).map(Some),
            None => Ok(None),
        }
    }

    /// A part by its name, as text.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        self.part(name)?.map(|bytes| self.text_of(bytes)).transpose()
    }

    /// The bytes of a part as text; what is not text in them is counted.
    pub(super) fn text_of(&mut self, bytes: Vec<u8>) -> Result<String, Refusal> {
        let (text, replaced) = super::xml::text_of(bytes)?;
        self.replaced = self.replaced.saturating_add(replaced);
        Ok(text)
    }

    /// What was lost of the texts read so far.
    pub(super) fn losses(&self) -> Option<(Reason, String)> {
        let told = || (Reason::InvalidBytes, format!("{} invalid sequences were replaced", self.replaced));
        (self.replaced > 0).then(told)
    }

    /// An entry by its number.
    pub(super) fn bytes(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let Self { archive, size, budget, .. } = self;
        let entry = archive.by_index(index).map_err(|fault| refusal(&fault))?;
        let packed = entry.compressed_size().min(*size);
        budget.read(entry, packed)
    }

    /// The name of an entry as it stands, whether it is a folder, and whether it is a link.
    pub(super) fn entry(&self, index: usize) -> Result<Entry, Refusal> {
        let entry = self.archive.by_index_data(index).map_err(|fault| refusal(&fault))?;
        Ok(Entry { name: entry.name_raw().to_vec(), folder: entry.is_dir(), link: entry.is_symlink() })
    }
}

/// What an archive says of an entry.
pub(super) struct Entry {
    /// Bytes in an unknown encoding.
    pub(super) name: Vec<u8>,
    /// Holds nothing itself.
    pub(super) folder: bool,
    /// Points to something else.
    pub(super) link: bool,
}

fn refusal(fault: &ZipError) -> Refusal {
    match fault {
        ZipError::UnsupportedArchive(told) if *told == ZipError::PASSWORD_REQUIRED => {
            (Reason::Encrypted, "it is locked with a password; save it without one".to_owned())
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            (Reason::UnsupportedFormat, format!("packed in a way that is not supported: {fault}"))
        }
        _ => (Reason::Malformed, format!("not a whole ZIP archive: {fault}")),
    }
}

#[cfg(test)]
pub(in crate::read) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive with these parts.
    pub(in crate::read) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = zipped(&[("a/b.xml", b"<x/>"), ("c", b"")]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.text("a/b.xml").unwrap().as_deref(), Some("<x/>"));
        assert!(package.has("c") && package.part("d").unwrap().is_none());
    }

    #[test]
    fn bombs_are_refused_by_what_comes_out() {
        let reason = |parts: &[(&str, &[u8])], name: &str| {
            let bytes = zipped(parts);
            Package::open(&bytes).and_then(|mut package| package.part(name)).unwrap_err().0
        };
        assert_eq!(reason(&[("a", &vec![b'x'; 4 << 20])], "a"), Reason::ExpandsTooMuch);
        let small = zipped(&[("a", &[b'x'; 1000])]);
        assert!(Package::open(&small).unwrap().part("a").is_ok(), "a small part may be as dull as it likes");
        let mut budget = Budget { left: 10 };
        assert_eq!(budget.read(&[0; 11][..], 11).unwrap_err().0, Reason::ExpandsTooMuch);
    }

    #[test]
    fn a_torn_archive_is_malformed() {
        let bytes = zipped(&[("a", b"text")]);
        assert_eq!(Package::open(&bytes[..30]).err().unwrap().0, Reason::Malformed);
    }
}
