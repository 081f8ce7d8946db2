//! Rows of one document: its mentions as JSON lines and as records, its sentences as records, waiting for their turn.
//!
//! Documents are read in parallel and written in order, so what a worker has found waits here; beyond
//! [`IN_MEMORY`] in a temporary file.

use std::{
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    ops::Range,
};

use tempfile::SpooledTempFile;

use super::mention_row::{MENTION_COLUMNS, Tail, write_mention};
use crate::{
    count,
    engine::{Engine, Section},
    report::{Column, Format, Formats, OutputFolder, PendingFile, Record, Stream, StreamKind, Type},
    resolve::Entities,
    segment::Locator,
    text::{Document, Language, Span},
    wire::{self, ObjectWriter},
};

/// Rows of one document stay in memory up to this size, for each file.
const IN_MEMORY: usize = 8 << 20;

/// Rows of all documents stay in memory up to this size where they come in any order.
const SHELF: usize = 64 << 20;

/// The files that grow while documents are read.
pub(super) struct Streams {
    jsonl: Option<PendingFile>,
    mentions: Option<Stream>,
    sentences: Option<Stream>,
}

impl Streams {
    /// Begins those that the formats ask for.
    pub(super) fn begin(folder: &OutputFolder, formats: Formats) -> crate::Result<Self> {
        let jsonl = formats.contains(Format::Jsonl).then(|| folder.begin("mentions.jsonl")).transpose()?;
        let table = |kind| formats.contains(Format::Parquet).then(|| Stream::begin(folder, kind)).transpose();
        Ok(Self { jsonl, mentions: table(&MENTIONS)?, sentences: table(&SENTENCES)? })
    }

    /// Adds the rows of a document.
    pub(super) fn add(&mut self, rows: Rows) -> io::Result<()> {
        if let Some((file, lines)) = self.jsonl.as_mut().zip(rows.jsonl) {
            lines.each_block(|block| file.write_all(block))?;
        }
        for (stream, records) in [(&mut self.mentions, rows.mentions), (&mut self.sentences, rows.sentences)] {
            if let Some((stream, records)) = stream.as_mut().zip(records) {
                records.each_block(|block| stream.add(block))?;
            }
        }
        Ok(())
    }

    /// The finished files.
    pub(super) fn close(self) -> io::Result<Vec<PendingFile>> {
        let tables = [self.mentions, self.sentences].into_iter().flatten().map(Stream::close);
        self.jsonl.into_iter().map(Ok).chain(tables).collect()
    }
}

const fn column(name: &'static str, ty: Type, unit: &'static str) -> Column {
    Column { name, ty, unit }
}

/// Every mention, as in `mentions.jsonl`.
const MENTIONS: StreamKind = StreamKind { name: "mentions", file: "tables/mentions.parquet", columns: MENTION_COLUMNS };

/// Every sentence in full.
const SENTENCES: StreamKind = StreamKind {
    name: "sentences",
    file: "tables/sentences.parquet",
    columns: &[
        column("document", Type::Text, ""),
        column("start", Type::Integer, "characters"),
        column("end", Type::Integer, "characters"),
        column("language", Type::Text, ""),
        column("heading", Type::Text, ""),
        column("article", Type::Text, ""),
        column("paragraph", Type::Integer, ""),
        column("sentence", Type::Text, ""),
    ],
};

/// The rows of one document.
pub(super) struct Rows {
    jsonl: Option<Spill>,
    mentions: Option<Spill>,
    sentences: Option<Spill>,
    any: bool,
}

/// What the last row ends with, for the next mentions of the same sentence.
struct Told {
    sentence: Span,
    /// Where that was written in the buffer of lines.
    line: Range<usize>,
    start: u32,
    paragraph: u32,
}

impl Rows {
    /// Room for the rows of a document with a text of so many bytes.
    pub(super) fn for_text(bytes: usize, formats: Formats) -> Self {
        let spill = |format, bytes: usize| formats.contains(format).then(|| Spill::with_capacity(bytes.min(IN_MEMORY)));
        // A document's rows take about twice its own bytes.
        Self {
            jsonl: spill(Format::Jsonl, 2 * bytes),
            mentions: spill(Format::Parquet, 2 * bytes),
            sentences: spill(Format::Parquet, bytes + bytes / 2),
            any: false,
        }
    }

    /// Whether nothing was added.
    pub(super) const fn is_empty(&self) -> bool {
        !self.any
    }

    /// The rows of each file as bytes.
    pub(super) fn into_bytes(self) -> io::Result<[Option<Vec<u8>>; 3]> {
        let [jsonl, mentions, sentences] =
            [self.jsonl, self.mentions, self.sentences].map(|spill| spill.map(Spill::into_bytes).transpose());
        Ok([jsonl?, mentions?, sentences?])
    }

    /// Rows from their bytes.
    pub(super) fn from_bytes(bytes: [Option<Vec<u8>>; 3]) -> Self {
        let [jsonl, mentions, sentences] = bytes.map(|bytes| bytes.map(|memory| Spill { memory, ..Spill::default() }));
        Self { jsonl, mentions, sentences, any: true }
    }

    /// Adds what was found in a section.
    pub(super) fn add(&mut self, engine: &Engine, document: &Document, section: &Section<'_>, entities: &Entities) {
        if self.jsonl.is_some() || self.mentions.is_some() {
            self.add_mentions(engine, document, section, entities);
        }
        if let Some(records) = &mut self.sentences {
            write_sentences(&mut records.memory, document, section);
        }
        self.any = true;
        [&mut self.jsonl, &mut self.mentions, &mut self.sentences].into_iter().flatten().for_each(Spill::settle);
    }

    fn add_mentions(&mut self, engine: &Engine, document: &Document, section: &Section<'_>, entities: &Entities) {
        let (mut lines, mut records) = (self.jsonl.as_mut(), self.mentions.as_mut());
        let text = section.frame.flow.as_str();
        let default = Locator::default();
        let mut head = Vec::new();
        ObjectWriter::begin(&mut head).text("document", &document.id);
        let mut told: Option<Told> = None;
        for found in &section.mentions {
            let span = found.mention.span;
            let (sentence, locator) = match section.sentence_of(span) {
                Some(i) => (
                    section.sentences[i].0.span,
                    section.places.get(section.sentences[i].1 as usize).map_or(&default, |place| &place.locator),
                ),
                None => (span, &default),
            };
            let mention = wire::line(found, &section.frame, &engine.rules, entities);
            let again = told.as_ref().filter(|told| told.sentence == sentence && sentence.contains(span));
            if let Some(told) = again {
                if let Some(lines) = &mut lines {
                    let mut row = ObjectWriter::resume(&mut lines.memory, &head);
                    mention.write(&mut row);
                    row.repeat(told.line.clone());
                }
                if let Some(records) = &mut records {
                    write_mention(&mut Record(&mut records.memory), &document.id, &mention);
                    told.end_record(&mut records.memory);
                }
                continue;
            }
            let (shown, _) = count::around(text, sentence, span);
            let tail = Tail { sentence: &shown, start: section.frame.chars(sentence).0, locator };
            let line = lines.as_mut().map(|lines| {
                let mut row = ObjectWriter::resume(&mut lines.memory, &head);
                mention.write(&mut row);
                let start = row.written();
                end_line(&tail, row);
                lines.memory.push(b'\n');
                start..lines.memory.len()
            });
            if let Some(records) = &mut records {
                let mut record = Record(&mut records.memory);
                write_mention(&mut record, &document.id, &mention);
                tail.write(&mut record);
            }
            // A long sentence is cut around each mention in its own way.
            let whole = sentence.contains(span) && count::is_short(text, sentence);
            let (line, start, paragraph) = (line.unwrap_or_default(), tail.start, locator.paragraph);
            told = whole.then_some(Told { sentence, line, start, paragraph });
        }
    }
}

impl Told {
    /// The cells of [`Tail::write`], the texts as in the record before.
    fn end_record(&self, to: &mut Vec<u8>) {
        let mut record = Record(to);
        record.same_text();
        record.whole(Some(self.start.into()));
        record.same_text();
        record.same_text();
        record.whole(Some(self.paragraph.into()));
    }
}

/// The same as a line of `mentions.jsonl` ends.
fn end_line(tail: &Tail<'_>, mut row: ObjectWriter<'_>) {
    row.text("sentence", tail.sentence);
    row.number("sentence_start", tail.start);
    row.text_if("heading", tail.locator.heading.as_deref());
    row.text_if("article", tail.locator.article.as_deref());
    row.number("paragraph", tail.locator.paragraph);
    row.end();
}

/// The records of [`SENTENCES`].
fn write_sentences(to: &mut Vec<u8>, document: &Document, section: &Section<'_>) {
    let default = Locator::default();
    for (sentence, place) in &section.sentences {
        let locator = section.places.get(*place as usize).map_or(&default, |place| &place.locator);
        let (start, end) = section.frame.chars(sentence.span);
        let words = &section.frame.flow.as_str()[sentence.span.range()];
        let mut record = Record(to);
        record.text(Some(&document.id));
        record.whole(Some(start.into()));
        record.whole(Some(end.into()));
        record.text(sentence.language.map(Language::code));
        record.text(locator.heading.as_deref());
        record.text(locator.article.as_deref());
        record.whole(Some(locator.paragraph.into()));
        record.line(words);
    }
}

/// Bytes that wait: the last of them in memory, those before in a file, block by block.
#[derive(Default)]
struct Spill {
    memory: Vec<u8>,
    file: Option<SpooledTempFile>,
    fault: Option<io::Error>,
}

impl Spill {
    fn with_capacity(bytes: usize) -> Self {
        Self { memory: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// Moves what has become too much out of memory; to be called where a row ends.
    fn settle(&mut self) {
        if self.memory.len() > IN_MEMORY && self.fault.is_none() {
            self.fault = self.spill().err();
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        let file = self.file.get_or_insert_with(|| SpooledTempFile::new(0));
        file.write_all(&(self.memory.len() as u64).to_le_bytes())?;
        file.write_all(&self.memory)?;
        self.memory.clear();
        Ok(())
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        if self.file.is_none() && self.fault.is_none() {
            return Ok(self.memory);
        }
        let mut all = Vec::new();
        let gather = |block: &[u8]| {
            all.extend_from_slice(block);
            Ok(())
        };
        self.each_block(gather)?;
        Ok(all)
    }

    /// Calls back with all that was added, in order and in whole rows.
    fn each_block(self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if let Some(mut file) = self.file {
            let end = file.stream_position()?;
            file.seek(SeekFrom::Start(0))?;
            let mut block = Vec::new();
            while file.stream_position()? < end {
                let mut len = [0; 8];
                file.read_exact(&mut len)?;
                block.clear();
                (&mut file).take(u64::from_le_bytes(len)).read_to_end(&mut block)?;
                each(&block)?;
            }
        }
        each(&self.memory)
    }
}

/// Rows of documents that come in any order, kept until all are there and it is known in which order they go.
pub(super) struct Shelf {
    file: SpooledTempFile,
    end: u64,
    /// Start and lengths by document.
    places: Vec<Option<(u64, [Option<usize>; 3])>>,
}

impl Shelf {
    /// Room for the rows of so many documents.
    pub(super) fn for_documents(count: usize) -> Self {
        Self { file: SpooledTempFile::new(SHELF), end: 0, places: vec![None; count] }
    }

    /// Keeps the rows of a document.
    pub(super) fn add(&mut self, ix: count::DocIx, rows: &[Option<Vec<u8>>; 3]) -> io::Result<()> {
        self.places[ix as usize] = Some((self.end, rows.each_ref().map(|rows| rows.as_ref().map(Vec::len))));
        for rows in rows.iter().flatten() {
            self.file.write_all(rows)?;
            self.end += rows.len() as u64;
        }
        Ok(())
    }

    /// Writes all rows in the order of the documents.
    pub(super) fn empty(mut self, streams: &mut Streams) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_documented_with_type_and_unit() {
        for kind in [MENTIONS, SENTENCES] {
            crate::report::documented::hold(kind.file, kind.columns);
        }
    }

    #[test]
    fn what_was_spilled_comes_back_in_order() {
        let mut spill = Spill::default();
        let mut expected = Vec::new();
        for row in [b'a', b'b', b'c'] {
            spill.memory.extend(std::iter::repeat_n(row, IN_MEMORY / 2 + 1));
            expected.extend(std::iter::repeat_n(row, IN_MEMORY / 2 + 1));
            spill.settle();
        }
        assert!(spill.file.is_some() && !spill.memory.is_empty());
        let mut read = Vec::new();
        let gather = |block: &[u8]| {
            read.extend_from_slice(block);
            Ok(())
        };
        spill.each_block(gather).unwrap();
        assert!(read == expected);
    }
}
