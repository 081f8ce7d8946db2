//! OpenDocument texts: LibreOffice, WPS, government templates of many states.
//!
//! White space in the file is layout of the file: several blanks are one, and what the author typed stands in
//! `<text:s>`, `<text:tab>` and `<text:line-break>`. Deleted text is kept in `<text:tracked-changes>` and left out.

use super::{
    Reason, Refusal,
    composer::Composer,
    declared::{Declared, Parsed},
    package::Package,
    properties,
    xml::{Element, Piece, Pieces, Space},
};

/// Blanks of one `<text:s>`; more are no text.
const MAX_BLANKS: usize = 100;

/// Text, headings and declarations of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    let declared = package.text("meta.xml").ok().flatten().map(|text| properties::declare(&text)).unwrap_or_default();
    if let Some(manifest) = package.text("META-INF/manifest.xml").ok().flatten()
        && manifest.contains("encryption-data")
    {
        return Err((Reason::Encrypted, "it is locked with a password; save it without one".to_owned()));
    }
    let Some(text) = package.text("content.xml")? else {
        return Err((Reason::Malformed, "an OpenDocument file without its content".to_owned()));
    };
    let mut body = Body::default();
    let fault = body.read(&text).err();
    let mut parsed = body.parsed(fault, declared)?;
    parsed.notes.extend(package.losses());
    Ok(parsed)
}

#[derive(Default)]
struct Body {
    composer: Composer,
    /// Inside `<office:text>` (or a sheet, or slides).
    inside: bool,
    /// Levels of the open paragraphs; `None` is no heading.
    paragraphs: Vec<Option<u8>>,
    /// White space that stands before the next character.
    blank: bool,
}

impl Body {
    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        let mut pieces = Pieces::of(text);
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Open(element) if element.space == Space::OpenOffice => match element.name() {
                    "body" => self.inside = true,
                    "annotation" | "annotation-end" | "forms" | "scripts" => pieces.skip()?,
                    _ => {}
                },
                Piece::Open(element) if self.inside => self.open(&element, &mut pieces)?,
                Piece::Close(space, name) if self.inside => self.close(space, &name),
                Piece::Text(text) if !self.paragraphs.is_empty() => self.write(&text),
                _ => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        match (element.space, element.name()) {
            (Space::OpenText, name @ ("p" | "h")) => {
                let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
                self.paragraphs.push((name == "h").then(|| level.unwrap_or(1)));
                self.composer.begin_paragraph();
                self.blank = false;
            }
            (Space::OpenText, "s") => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.take_blank();
                self.composer.push(&" ".repeat(count.min(MAX_BLANKS)));
            }
            (Space::OpenText, "tab") => {
                self.blank = false;
                self.composer.push("\t");
            }
            (Space::OpenText, "line-break") => {
                self.blank = false;
                self.composer.break_line();
            }
            (Space::OpenText, "note") => self.begin_aside(),
            (Space::OpenDraw, "text-box") => self.begin_aside(),
            (Space::OpenText, "tracked-changes" | "note-citation" | "ruby-text" | "hidden-text" | "sequence-decls") => {
                pieces.skip()?;
            }
            (Space::OpenTable, "table") => self.composer.begin_table(),
            (Space::OpenTable, "table-row") => self.composer.begin_row(),
            (Space::OpenTable, "table-cell" | "covered-table-cell") => self.composer.begin_cell(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, space: Space, name: &str) {
        match (space, name) {
            (Space::OpenText, "p" | "h") => {
                let level = self.paragraphs.pop().flatten();
                self.blank = false;
                self.composer.end_paragraph(level);
            }
            (Space::OpenText, "note") | (Space::OpenDraw, "text-box") => {
                self.blank = false;
                self.composer.end_aside();
            }
            (Space::OpenTable, "table-row") => self.composer.end_row(),
            (Space::OpenTable, "table") => self.composer.end_table(),
            (Space::OpenOffice, "body") => self.inside = false,
            _ => {}
        }
    }

    fn begin_aside(&mut self) {
        self.take_blank();
        self.composer.begin_aside();
    }

    fn take_blank(&mut self) {
        if std::mem::take(&mut self.blank) {
            self.composer.push(" ");
        }
    }

    /// White space becomes one blank; none at the beginning and the end of a paragraph.
    fn write(&mut self, text: &str) {
        let mut words = text.split([' ', '\n', '\t', '\r']);
        if let Some(first) = words.next().filter(|word| !word.is_empty()) {
            self.take_blank();
            self.composer.push(first);
        }
        for word in words {
            self.blank = true;
            if !word.is_empty() {
                if self.composer.in_paragraph() {
                    self.take_blank();
                }
                self.blank = false;
                self.composer.push(word);
            }
        }
    }

    fn parsed(self, fault: Option<Refusal>, declared: Declared) -> Result<Parsed, Refusal> {
        let mut notes = Vec::new();
        if let Some((reason, detail)) = fault {
            if reason == Reason::ForbiddenMarkup || self.composer.is_empty() {
                return Err((reason, detail));
            }
            notes.push((reason, format!("{detail}; what stands behind it is missing")));
        }
        let (text, headings) = self.composer.finish();
        Ok(Parsed { text, headings, declared, notes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::package::tests::zipped;

    fn document(body: &str) -> Parsed {
        let content = format!(
            "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
            xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
            xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'><office:body><office:text>{body}</office:text></office:body>\
            </office:document-content>"
        );
        parse(&zipped(&[("content.xml", content.as_bytes())])).unwrap()
    }

    #[test]
    fn white_space_is_what_the_author_typed() {
        let parsed = document(
            "<text:h text:outline-level='2'>总则</text:h>\n <text:p> the \n Act<text:s text:c='2'/>of<text:span> 2016</text:span>\
            <text:line-break/>第一条</text:p>",
        );
        assert_eq!(parsed.text, "总则\nthe Act  of 2016\n第一条\n");
        assert_eq!(parsed.headings[0].level, 2);
    }

    #[test]
    fn notes_boxes_and_tables_are_in_order_and_deleted_text_is_out() {
        let parsed = document(
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
            <text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>乙\
            <office:annotation><text:p>comment</text:p></office:annotation></text:p>\
            <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>\
            </table:table-cell></table:table-row></table:table><text:p><draw:text-box><text:p>框</text:p></draw:text-box></text:p>",
        );
        assert_eq!(parsed.text, "甲乙\n注\na\tb\n框\n");
    }
}
