//! Word documents of 1993 to 2007 (`.doc`): what many offices still send.
//!
//! `undoc` reads the container, the pieces of the text and the properties of paragraphs and characters; here they are
//! put in the order in which a person reads them, as for newer ones (`docx`). Deleted and hidden text, running heads and
//! comments do not come out. Notes stand behind the paragraph that refers to them, as they are: what was deleted in a note
//! is still in it.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;
use undoc::{
    Block, Document, Error, Paragraph, Table,
    doc::DocParser,
    model::{RevisionType, TextRun},
};

use super::{
    Reason, Refusal,
    composer::Composer,
    declared::{Declared, Parsed},
    properties,
};

/// Text, headings and declarations of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    look(bytes)?;
    let parsed = DocParser::from_bytes(bytes.to_vec()).and_then(|mut parser| parser.parse());
    let Document { metadata, sections, .. } = parsed.map_err(|fault| refusal(&fault))?;
    let blocks: Vec<Block> = sections.into_iter().flat_map(|section| section.content).collect();
    let mut body = Body::default();
    for block in &blocks {
        if let Block::Note { label, content } = block {
            let words: Vec<String> = content.iter().map(Paragraph::plain_text).collect();
            body.notes.push((label, words.join("\n")));
        }
    }
    blocks.iter().for_each(|block| body.block(block));
    // Those with marks of their own, to which nothing refers.
    for (_, words) in std::mem::take(&mut body.notes) {
        body.composer.begin_paragraph();
        body.composer.push(&words);
        body.composer.end_paragraph(None);
    }
    let title = metadata.title.as_deref().and_then(properties::title);
    let mut declared = Declared { title, ..Declared::default() };
    let keywords = metadata.keywords.join(", ");
    for (name, value) in [("author", metadata.author), ("subject", metadata.subject), ("keywords", Some(keywords))] {
        declared.say(name, value.as_deref().unwrap_or_default());
    }
    let (text, headings) = body.composer.finish();
    Ok(Parsed { text, headings, declared, ..Parsed::default() })
}

fn refusal(fault: &Error) -> Refusal {
    match fault {
        Error::Encrypted => locked(),
        fault => (Reason::Malformed, fault.to_string()),
    }
}

/// Where the numbers of characters stand in the file information block of Word 97, and how many there are.
const COUNTS: std::ops::Range<usize> = 0x4c..0x6c;

/// Says no to what is no Word document, and to one that promises more text than it has bytes.
fn look(bytes: &[u8]) -> Result<(), Refusal> {
    let torn = |fault: std::io::Error| (Reason::Malformed, format!("its container cannot be read: {fault}"));
    let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(torn)?;
    if container.is_stream("/EncryptedPackage") {
        return Err(locked());
    }
    // The same container holds spreadsheets, presentations and mails.
    if !container.is_stream("/WordDocument") {
        return Err((Reason::UnsupportedFormat, "an old Office file, but no Word document".to_owned()));
    }
    let mut stream = container.open_stream("/WordDocument").map_err(torn)?;
    let (size, mut block) = (stream.len(), [0; COUNTS.end]);
    // A shorter one is an older one, whose counts stand elsewhere.
    if stream.read_exact(&mut block).is_ok() && block[..2] == [0xec, 0xa5] {
        let (counts, _) = block[COUNTS].as_chunks();
        let characters = counts.iter().map(|count| u64::from(u32::from_le_bytes(*count))).sum::<u64>();
        if characters > size {
            return Err((Reason::Malformed, format!("it promises {characters} characters in {size} bytes")));
        }
    }
    Ok(())
}

/// Whether a container holds a newer document that is locked.
pub(super) fn is_locked_package(bytes: &[u8]) -> bool {
    CompoundFile::open(Cursor::new(bytes)).is_ok_and(|container| container.is_stream("/EncryptedPackage"))
}

fn locked() -> Refusal {
    (Reason::Encrypted, "it is locked with a password; save it without one".to_owned())
}

#[derive(Default)]
struct Body<'d> {
    composer: Composer,
    /// Notes with their labels, as far as they are not written yet.
    notes: Vec<(&'d str, String)>,
}

impl Body<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Table(table) => self.table(table),
            Block::Note { .. } | Block::PageBreak | Block::SectionBreak | Block::Image { .. } => {}
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.composer.begin_paragraph();
        paragraph.runs.iter().for_each(|run| self.run(run));
        self.composer.end_paragraph(Some(paragraph.heading.level()).filter(|level| *level > 0));
    }

    fn run(&mut self, run: &TextRun) {
        if run.revision == RevisionType::Deleted {
            return;
        }
        self.composer.push(&run.text);
        let note = run.note.as_ref().and_then(|label| self.notes.iter().position(|(known, _)| known == label));
        if let Some(note) = note {
            self.composer.aside(&self.notes.remove(note).1);
        }
        if run.line_break || run.page_break {
            self.composer.break_line();
        }
    }

    fn table(&mut self, table: &Table) {
        self.composer.begin_table();
        for row in &table.rows {
            self.composer.begin_row();
            for cell in &row.cells {
                self.composer.begin_cell();
                cell.content.iter().for_each(|paragraph| self.paragraph(paragraph));
            }
            self.composer.end_row();
        }
        self.composer.end_table();
    }
}
