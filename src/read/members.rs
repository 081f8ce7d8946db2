//! Files that hold several documents: archives, and tables with a row for each document.
//!
//! Each member becomes a document with a record of its own, named `archive.zip/inner/notice.docx`. That name is a
//! label: nothing is unpacked to disk, and `../../etc/passwd` in an archive leads nowhere.
//!
//! Always true: members come in the order of the file, one at a time; their labels are unique; what comes out of a
//! file, archives inside archives included, is bounded.

mod archive;
mod rows;

use std::{collections::HashSet, ops::ControlFlow};

use super::{
    Fetched, FileRecord, Found, Limits, Metadata, Reading, Reason, Refusal, Source, Status, declared::Parsed, document,
    fetch, formats, identifier::escape_into, read_bytes, sniff,
};

/// Archives inside archives.
const MAX_DEPTH: usize = 3;

/// One document inside a file, or what became of it.
pub struct Member {
    record: FileRecord,
    content: Content,
}

enum Content {
    /// A file in an archive.
    Bytes(Vec<u8>),
    /// A row of a table.
    Parsed(Box<Parsed>),
    /// Not to be read; the record says why.
    Nothing,
}

impl Member {
    /// Bytes that it holds in memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Parsed(parsed) => parsed.text.len() as u64,
            Content::Nothing => 0,
        }
    }

    /// Reads it like a file. Never panics, never fails.
    #[must_use]
    pub fn read(self, metadata: &Metadata, limits: &Limits) -> Reading {
        let Self { mut record, content } = self;
        let read = match content {
            Content::Bytes(bytes) => read_bytes(bytes, limits, &mut record),
            Content::Parsed(parsed) => Some(document(record.path.clone(), *parsed)),
            Content::Nothing => None,
        };
        let document = read.map(|mut document| {
            metadata.apply(&mut document);
            document
        });
        Reading { record, document }
    }
}

/// Kinds of files with members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Tar,
    TarGz,
    Gzip,
    Jsonl,
    Csv,
    Parquet,
}

impl Kind {
    /// All of them.
    pub(super) const ALL: [Self; 7] =
        [Self::Zip, Self::Tar, Self::TarGz, Self::Gzip, Self::Jsonl, Self::Csv, Self::Parquet];

    fn of_name(id: &str) -> Option<Self> {
        let name = id.rsplit('/').next()?.to_ascii_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        Some(match () {
            () if ends(&[".zip"]) => Self::Zip,
            () if ends(&[".tar.gz", ".tgz"]) => Self::TarGz,
            () if ends(&[".tar"]) => Self::Tar,
            () if ends(&[".gz"]) => Self::Gzip,
            () if ends(&[".jsonl", ".ndjson"]) => Self::Jsonl,
            () if ends(&[".csv", ".tsv", ".tab"]) => Self::Csv,
            () if ends(&[".parquet", ".pq"]) => Self::Parquet,
            () => return None,
        })
    }

    /// Its name in records.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::TarGz => "tar.gz",
            Self::Gzip => "gzip",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => formats::PARQUET,
        }
    }
}

/// Extensions of files with members, for messages.
pub(super) const EXTENSIONS: &[&str] =
    &["zip", "tar", "tar.gz", "tgz", "gz", "jsonl", "ndjson", "csv", "tsv", "parquet"];

/// Whether a file may hold several documents, by its name: then it is for [`unpack`], not for [`read`](super::read()).
#[must_use]
pub fn holds_members(source: &Source) -> bool {
    matches!(source.found, Found::Regular { .. }) && Kind::of_name(&source.id).is_some()
}

/// Takes a file apart and hands its members to `each` in order; where `each` breaks off, the rest is not looked at.
///
/// The record of the file itself says `ok` where all of it could be taken apart; what became of the members is known
/// to the caller. `None` where the file is one document: it was handed on as the only member, under its own name.
pub fn unpack(source: &Source, limits: &Limits, each: &mut dyn FnMut(Member) -> ControlFlow<()>) -> Option<FileRecord> {
    fetch(source, limits).unpack(limits, each)
}

impl Fetched {
    /// See [`unpack`](unpack()).
    pub fn unpack(self, limits: &Limits, each: &mut dyn FnMut(Member) -> ControlFlow<()>) -> Option<FileRecord> {
        let Self { mut record, bytes, .. } = self;
        let Some(bytes) = bytes else { return Some(record) };
        let Some(kind) = Kind::of_name(&record.path) else { return Some(record) };
        record.format = Some(kind.name());
        let mut unpacker = Unpacker { limits, labels: HashSet::new(), each, stopped: false };
        unpacker.take_apart(kind, record, bytes, 1)
    }

    /// The document in these bytes, or each of its members and then what became of the file itself.
    pub fn read_all(self, limits: &Limits, each: &mut dyn FnMut(Reading)) {
        let metadata = Metadata::none();
        if Kind::of_name(&self.record.path).is_none() {
            return each(self.read(&metadata, limits));
        }
        let own = self.unpack(limits, &mut |member| {
            each(member.read(&metadata, limits));
            ControlFlow::Continue(())
        });
        own.into_iter().for_each(|record| each(Reading { record, document: None }));
    }
}

/// Reads a file, or each of its members and then what became of the file itself.
pub fn read_all(
    source: &Source,
    metadata: &Metadata,
    limits: &Limits,
    each: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) {
    if !holds_members(source) {
        let _ = each(super::read(source, metadata, limits));
    } else if let Some(record) = unpack(source, limits, &mut |member| each(member.read(metadata, limits))) {
        let _ = each(Reading { record, document: None });
    }
}

/// Hands members on.
struct Unpacker<'e> {
    limits: &'e Limits,
    labels: HashSet<String>,
    each: &'e mut dyn FnMut(Member) -> ControlFlow<()>,
    /// The caller wants no more.
    stopped: bool,
}

impl Unpacker<'_> {
    /// The record of the file once its members are handed on; `None` where it is a document itself.
    fn take_apart(&mut self, kind: Kind, mut record: FileRecord, bytes: Vec<u8>, depth: usize) -> Option<FileRecord> {
        if is_document(kind, &bytes) {
            record.format = None;
            self.hand_on(record, Content::Bytes(bytes));
            return None;
        }
        let done = match kind {
            Kind::Zip => self.zip(&bytes, &mut record, depth),
            Kind::Tar => self.tar(bytes.as_slice(), bytes.len() as u64, &mut record, depth),
            Kind::TarGz => self.tar_gz(&bytes, &mut record, depth),
            Kind::Gzip => self.gzip(&bytes, &mut record, depth),
            Kind::Jsonl => self.json_lines(bytes, &mut record),
            Kind::Csv => self.csv_rows(bytes, &mut record),
            Kind::Parquet => self.parquet_rows(&bytes, &mut record),
        };
        if let Err((reason, detail)) = done {
            record.refuse(super::status_of(reason), reason, detail);
        }
        Some(record)
    }

    fn hand_on(&mut self, record: FileRecord, content: Content) {
        if !self.stopped {
            self.stopped = (self.each)(Member { record, content }).is_break();
        }
    }

    /// A member of an archive with its bytes: read, or taken apart in turn.
    fn member(&mut self, mut record: FileRecord, bytes: Vec<u8>, depth: usize) {
        record.bytes = bytes.len() as u64;
        record.sha256 = Some(super::digest(&bytes));
        let Some(kind) = Kind::of_name(&record.path) else {
            return self.hand_on(record, Content::Bytes(bytes));
        };
        if depth >= MAX_DEPTH && !matches!(kind, Kind::Jsonl | Kind::Csv | Kind::Parquet) {
            let detail = format!("archives inside archives are read {MAX_DEPTH} deep");
            record.refuse(Status::Error, Reason::TooDeep, detail);
            return self.hand_on(record, Content::Nothing);
        }
        record.format = Some(kind.name());
        if let Some(record) = self.take_apart(kind, record, bytes, depth.saturating_add(1)) {
            self.hand_on(record, Content::Nothing);
        }
    }

    fn refused(&mut self, mut record: FileRecord, (reason, detail): Refusal) {
        record.refuse(super::status_of(reason), reason, detail);
        self.hand_on(record, Content::Nothing);
    }

    /// The record of a member; a name that comes twice gets a number.
    fn record_of(&mut self, file: &FileRecord, name: &Name) -> FileRecord {
        let label = format!("{}/{}", file.path, name.label);
        let mut unique = label.clone();
        let mut n = 2_u32;
        while !self.labels.insert(unique.clone()) {
            unique = format!("{label}~{n}");
            n = n.saturating_add(1);
        }
        let mut record = FileRecord::new(unique, 0);
        if name.leads_out {
            record.lose(Reason::UnsafeName, "its name leads out of the archive; it is only a label here");
        }
        record
    }
}

/// Whether the content is a document, although the name says archive or table.
fn is_document(kind: Kind, bytes: &[u8]) -> bool {
    match sniff::content(bytes) {
        Some(sniff::Content::Zip) => {
            let found = formats::in_archive(bytes).ok();
            found.is_some_and(|found| formats::named(found).is_some()) || kind != Kind::Zip
        }
        Some(sniff::Content::Other(what)) => !(what == "gzip" && matches!(kind, Kind::TarGz | Kind::Gzip)),
        Some(_) => true,
        None => false,
    }
}

/// The name of a member as a label.
struct Name {
    label: String,
    /// `../x`, `/x`.
    leads_out: bool,
    /// A part of it begins with a dot, like a file that folders do not show.
    hidden: bool,
}

impl Name {
    /// Chinese programs write names in GBK and do not say so.
    fn of(raw: &[u8]) -> Self {
        let (gbk, faults) = encoding_rs::GB18030.decode_without_bom_handling(raw);
        let text =
            if std::str::from_utf8(raw).is_err() && !faults { gbk.into_owned().into_bytes() } else { raw.to_vec() };
        // Some programs write backslashes between folders.
        let text = if text.contains(&b'/') {
            text
        } else {
            text.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect()
        };
        let mut name = Self { label: String::new(), leads_out: false, hidden: false };
        for (index, part) in text.split(|b| *b == b'/').enumerate() {
            if index > 0 {
                name.label.push('/');
            }
            match part {
                b"" => {
                    name.leads_out |= index == 0;
                    name.label.push_str("\\x2f");
                }
                b".." => {
                    name.leads_out = true;
                    name.label.push_str("\\x2e\\x2e");
                }
                b"." => name.label.push_str("\\x2e"),
                part => {
                    name.hidden |= part.starts_with(b".") || part == b"__MACOSX";
                    escape_into(&mut name.label, part);
                }
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{WalkOptions, package::tests::zipped, walk};

    /// Label, status, reason and text of a member.
    type Row = (String, Status, Option<Reason>, String);

    /// All members, and the file's own record.
    fn members(name: &str, bytes: &[u8]) -> (Vec<Row>, Option<FileRecord>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let sources = walk(&[folder.path().to_owned()], &WalkOptions::default()).unwrap();
        assert!(holds_members(&sources[0]));
        let mut all = Vec::new();
        let own = unpack(&sources[0], &Limits::default(), &mut |member| {
            let reading = member.read(&Metadata::none(), &Limits::default());
            let text = reading.document.map(|document| document.text).unwrap_or_default();
            all.push((reading.record.path, reading.record.status, reading.record.reason, text));
            ControlFlow::Continue(())
        });
        (all, own)
    }

    fn row(label: &str, status: Status, reason: Option<Reason>, text: &str) -> Row {
        (label.to_owned(), status, reason, text.to_owned())
    }

    #[test]
    fn members_of_an_archive_are_documents() {
        let inner = zipped(&[("c.txt", "丙".as_bytes())]);
        let bytes = zipped(&[
            ("a/甲.txt", "甲".as_bytes()),
            ("../x.txt", b"x"),
            ("in.zip", &inner),
            ("p.png", b"\x89PNG"),
            (".x/y.txt", b""),
        ]);
        let (all, own) = members("z.zip", &bytes);
        let expected = [
            row("z.zip/a/甲.txt", Status::Ok, None, "甲"),
            row("z.zip/\\x2e\\x2e/x.txt", Status::Partial, Some(Reason::UnsafeName), "x"),
            row("z.zip/in.zip/c.txt", Status::Ok, None, "丙"),
            row("z.zip/in.zip", Status::Ok, None, ""),
            row("z.zip/p.png", Status::Skip, Some(Reason::UnsupportedFormat), ""),
        ];
        assert_eq!(all, expected);
        assert_eq!(own.unwrap().status, Status::Ok);
    }

    #[test]
    fn archives_are_read_three_deep() {
        let mut bytes = zipped(&[("x.txt", b"x")]);
        for _ in 0..4 {
            bytes = zipped(&[("z.zip", &bytes)]);
        }
        let (all, _) = members("z.zip", &bytes);
        assert_eq!(all[0], row("z.zip/z.zip/z.zip/z.zip", Status::Error, Some(Reason::TooDeep), ""));
    }

    #[test]
    fn lines_and_rows_are_documents() {
        let lines = "{\"id\":\"a\",\"text\":\"甲\"}\n{\"id\":\"cut\",\"te\n\n{\"text\":\"乙\",\"title\":\"T\"}\n[1]\n";
        let (all, own) = members("l.jsonl", lines.as_bytes());
        let bad = |label| row(label, Status::Error, Some(Reason::Malformed), "");
        let expected = [
            row("l.jsonl/a", Status::Ok, None, "甲"),
            bad("l.jsonl/#2"),
            row("l.jsonl/#4", Status::Ok, None, "乙"),
            bad("l.jsonl/#5"),
        ];
        assert_eq!((all, own.unwrap().status), (expected.to_vec(), Status::Ok));
        let (all, own) = members("t.csv", "id,正文,date\n1,\"甲,\n乙\",2016-11-07\n1,丙,\n".as_bytes());
        assert_eq!(all, [row("t.csv/1", Status::Ok, None, "甲,\n乙"), row("t.csv/1~2", Status::Ok, None, "丙")]);
        assert!(own.is_some());
        for (name, text) in [("t.csv", "年,GDP\n2016,74.6\n"), ("t.jsonl", "{\"path\":\"a.txt\"}\n")] {
            let (all, own) = members(name, text.as_bytes());
            assert_eq!(
                (all.len(), own.map(|own| (own.status, own.reason))),
                (0, Some((Status::Skip, Some(Reason::NoTexts))))
            );
        }
    }

    #[test]
    fn tar_archives_come_packed_or_not() {
        let mut tar = tar::Builder::new(Vec::new());
        for (name, text) in [("a.txt", "甲"), ("b/c.md", "# 乙\n")] {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        let plain = tar.into_inner().unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packed, &plain).unwrap();
        for (name, bytes) in [("t.tar", plain), ("t.tgz", packed.finish().unwrap())] {
            let (all, own) = members(name, &bytes);
            let expected = [
                row(&format!("{name}/a.txt"), Status::Ok, None, "甲"),
                row(&format!("{name}/b/c.md"), Status::Ok, None, "乙"),
            ];
            assert_eq!((all, own.unwrap().status), (expected.to_vec(), Status::Ok));
        }
    }

    #[test]
    fn what_is_no_archive_is_said() {
        let (all, own) = members("z.zip", b"PK\x03\x04torn");
        assert!(all.is_empty());
        assert_eq!(own.map(|own| (own.status, own.reason)), Some((Status::Error, Some(Reason::Malformed))));
        let (all, own) = members("page.csv", b"<html><p>x</p></html>");
        assert_eq!((all, own.is_none()), (vec![row("page.csv", Status::Ok, None, "x\n")], true));
    }

    #[test]
    fn names_in_gbk_are_read() {
        assert_eq!(Name::of(b"\xb7\xa8\xc2\xc9.txt").label, "法律.txt");
        assert_eq!(Name::of(b"a\\b.txt").label, "a/b.txt");
        assert!(Name::of(b"/etc/x").leads_out && Name::of(b"a/../b").leads_out && Name::of(b"__MACOSX/x").hidden);
    }
}
