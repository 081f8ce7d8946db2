//! Word documents of 1993 to 2007 (`.doc`): what many offices still send.
//!
//! `undoc` reads the container, the pieces of the text and the properties of paragraphs and characters; here they are
//! put in the order in which a person reads them, as for newer ones (`docx`). Deleted and hidden text, running heads and
//! comments do not come out; notes stand behind the paragraph that refers to them.

use std::collections::BTreeMap;

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
    let parsed = DocParser::from_bytes(bytes.to_vec()).and_then(|mut parser| parser.parse());
    let Document { metadata, sections, .. } = parsed.map_err(|fault| refusal(&fault))?;
    let blocks: Vec<Block> = sections.into_iter().flat_map(|section| section.content).collect();
    let mut body = Body::default();
    for block in &blocks {
        if let Block::Note { label, content } = block {
            let words: Vec<String> = content.iter().map(Paragraph::plain_text).collect();
            body.notes.insert(label, words.join("\n"));
        }
    }
    blocks.iter().for_each(|block| body.block(block));
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
        Error::Encrypted => (Reason::Encrypted, "it is locked with a password; save it without one".to_owned()),
        // The same container holds spreadsheets, presentations and mails.
        Error::InvalidData(what) if what.contains("WordDocument stream is missing") => {
            (Reason::UnsupportedFormat, "an old Office file, but no text; save it as docx or xlsx".to_owned())
        }
        fault => (Reason::Malformed, fault.to_string()),
    }
}

#[derive(Default)]
struct Body<'d> {
    composer: Composer,
    /// Notes by their labels.
    notes: BTreeMap<&'d str, String>,
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
        if let Some(note) = run.note.as_ref().and_then(|label| self.notes.get(label.as_str())) {
            self.composer.aside(note);
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
                cell.nested_tables.iter().for_each(|table| self.table(table));
            }
            self.composer.end_row();
        }
        self.composer.end_table();
    }
}
