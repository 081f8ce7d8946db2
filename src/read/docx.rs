//! Word documents: what a person reads on the page, in that order.
//!
//! Text that was deleted under tracked changes is in the file and must not come out; text that was inserted must. A
//! text box is in the file twice, once for each generation of programs. A paragraph whose mark was deleted goes on in
//! the next one.
//!
//! The parts are read one by one without building a tree. Running heads, comments and field codes are left out.

mod numbering;
mod styles;

use std::collections::BTreeMap;

use super::{
    Reason, Refusal,
    composer::Composer,
    declared::Parsed,
    package::Package,
    properties,
    xml::{Element, Piece, Pieces, Space},
};
use numbering::Numbering;
use styles::Styles;

/// Text, headings and declarations of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let styles = package.text(&beside("styles.xml"))?.map(|text| Styles::of(&text)).unwrap_or_default();
    let mut notes = Notes::default();
    for name in ["footnotes.xml", "endnotes.xml"] {
        if let Some(text) = package.text(&beside(name))? {
            let mut body = Body { styles: Some(&styles), ..Body::default() };
            // A broken note costs itself; that something is missing is found out below, where it is referred to.
            let _ = body.read(&text);
            notes.insert(name, body.notes);
        }
    }
    let declared = package.text("docProps/core.xml").ok().flatten().map(|text| properties::declare(&text));
    let Some(text) = package.text(&main)? else {
        return Err((Reason::Malformed, "a Word document without its main part".to_owned()));
    };
    let numbering = package.text(&beside("numbering.xml"))?.map(|text| Numbering::of(&text)).unwrap_or_default();
    let mut body = Body { styles: Some(&styles), notes_of: Some(&notes), numbering, ..Body::default() };
    let fault = body.read(&text).err();
    let mut parsed = body.parsed(fault, declared.unwrap_or_default())?;
    parsed.notes.extend(package.losses());
    Ok(parsed)
}

/// Footnotes and endnotes by the name of their part, then by their id.
type Notes = BTreeMap<&'static str, BTreeMap<String, String>>;

/// The part with the text: `word/document.xml`, unless the package says otherwise.
fn main_part(package: &mut Package<'_>) -> Result<String, Refusal> {
    let usual = "word/document.xml";
    if package.has(usual) {
        return Ok(usual.to_owned());
    }
    let relations = package.text("_rels/.rels")?.unwrap_or_default();
    let mut pieces = Pieces::of(&relations);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        let is_main = element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        if element.space == Space::Relations && is_main {
            return Ok(element.attribute("Target").unwrap_or_default().trim_start_matches('/').to_owned());
        }
    }
    Ok(usual.to_owned())
}

/// What encloses the place that is read.
enum Frame {
    Paragraph(Paragraph),
    /// Whether its text is hidden.
    Run(bool),
    /// A text box: paragraphs in it are no part of the run around it.
    TextBox,
}

#[derive(Default)]
struct Paragraph {
    level: Option<u8>,
    /// Its mark was deleted.
    goes_on: bool,
}

#[derive(Default)]
struct Body<'s> {
    composer: Composer,
    styles: Option<&'s Styles>,
    /// Notes of the other parts, while the main part is read.
    notes_of: Option<&'s Notes>,
    /// Lists that are counted.
    numbering: Numbering,
    /// Notes of this part.
    notes: BTreeMap<String, String>,
    frames: Vec<Frame>,
    /// Whether one of the alternatives was read, for each set of them.
    alternatives: Vec<bool>,
    /// Open elements that hold text.
    in_text: usize,
    /// References to notes that are not there.
    missing: usize,
}

impl Body<'_> {
    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        let mut pieces = Pieces::of(text);
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Open(element) => match element.space {
                    Space::Word => self.open(&element, &mut pieces)?,
                    Space::Compatibility => self.open_alternative(&element, &mut pieces)?,
                    Space::Math if element.name() == "t" => self.in_text = self.in_text.saturating_add(1),
                    _ => {}
                },
                Piece::Close(Space::Word, name) => self.close(&name),
                Piece::Close(Space::Math, name) if name == "t" => self.in_text = self.in_text.saturating_sub(1),
                Piece::Close(Space::Compatibility, name) if name == "AlternateContent" => {
                    self.alternatives.pop();
                }
                Piece::Text(text) if self.in_text > 0 => self.composer.push(&text),
                _ => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        match element.name() {
            "p" => {
                self.composer.begin_paragraph();
                self.frames.push(Frame::Paragraph(Paragraph::default()));
            }
            "pPr" => self.paragraph_properties(pieces)?,
            "r" => self.frames.push(Frame::Run(false)),
            "rPr" => self.run_properties(pieces)?,
            "t" if !self.is_hidden() => self.in_text = self.in_text.saturating_add(1),
            "tab" | "ptab" if self.in_run() => self.composer.push("\t"),
            "br" | "cr" if self.in_run() => self.composer.break_line(),
            "noBreakHyphen" if self.in_run() => self.composer.push("-"),
            "footnoteReference" => self.note("footnotes.xml", element),
            "endnoteReference" => self.note("endnotes.xml", element),
            "footnote" | "endnote" if element.attribute("type").is_some_and(|kind| kind.contains("eparator")) => {
                pieces.skip()?;
            }
            "footnote" | "endnote" => {
                self.composer.begin_aside();
                self.notes.insert(String::new(), element.attribute("id").unwrap_or_default());
            }
            "tbl" => self.composer.begin_table(),
            "tr" => self.composer.begin_row(),
            "tc" => self.composer.begin_cell(),
            "trPr" => self.row_properties(pieces)?,
            "txbxContent" => {
                self.composer.begin_aside();
                self.frames.push(Frame::TextBox);
            }
            // Deleted or moved away, or the pronunciation above a word, or not text at all.
            "del" | "moveFrom" | "rt" | "sectPr" | "sdtPr" | "tblPr" | "tcPr" | "instrText" | "delInstrText" => {
                pieces.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = self.in_text.saturating_sub(1),
            "r" => {
                if matches!(self.frames.last(), Some(Frame::Run(_))) {
                    self.frames.pop();
                }
            }
            "p" => {
                if let Some(Frame::Paragraph(_)) = self.frames.last()
                    && let Some(Frame::Paragraph(paragraph)) = self.frames.pop()
                    && !paragraph.goes_on
                {
                    self.composer.end_paragraph(paragraph.level);
                }
            }
            "tr" => self.composer.end_row(),
            "tbl" => self.composer.end_table(),
            "txbxContent" => {
                self.frames.pop();
                self.composer.end_aside();
            }
            "footnote" | "endnote" => {
                if let Some(id) = self.notes.remove("") {
                    let text = self.composer.take_aside();
                    self.notes.insert(id, text);
                }
            }
            _ => {}
        }
    }

    /// Of the same content for several programs the first is read.
    fn open_alternative(&mut self, element: &Element<'_>, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        match (element.name(), self.alternatives.last_mut()) {
            ("AlternateContent", _) => self.alternatives.push(false),
            ("Choice" | "Fallback", Some(read)) if *read => pieces.skip()?,
            ("Choice" | "Fallback", Some(read)) => *read = true,
            _ => {}
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        let mut paragraph = Paragraph::default();
        let mut direct = None;
        let (mut list, mut depth) = (None, None);
        pieces.inside(|element| {
            match element.name() {
                "pStyle" => {
                    let style = element.attribute("val").unwrap_or_default();
                    paragraph.level = self.styles.and_then(|styles| styles.level(&style));
                    let of_style = self.styles.and_then(|styles| styles.list(&style));
                    (list, depth) = of_style.map_or((None, None), |(list, depth)| (Some(list), Some(depth)));
                }
                "numId" => list = element.attribute("val"),
                "ilvl" => depth = element.attribute("val").and_then(|level| level.parse().ok()),
                "outlineLvl" => direct = Some(styles::outline_level(element)),
                "del" | "moveFrom" => paragraph.goes_on = true,
                "pPrChange" | "rPrChange" | "sectPr" => return false,
                _ => {}
            }
            true
        })?;
        paragraph.level = direct.unwrap_or(paragraph.level);
        if let Some(Frame::Paragraph(open)) = self.frames.last_mut() {
            *open = paragraph;
        }
        if let Some(number) = list.and_then(|list| self.numbering.next(&list, depth.unwrap_or(0))) {
            self.composer.push(&number);
        }
        Ok(())
    }

    fn run_properties(&mut self, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        let mut hidden = false;
        pieces.inside(|element| {
            hidden |= element.name() == "vanish" && element.is_on();
            element.name() != "rPrChange"
        })?;
        if let Some(Frame::Run(run)) = self.frames.last_mut() {
            *run = hidden;
        }
        Ok(())
    }

    /// A row that was deleted is left out.
    fn row_properties(&mut self, pieces: &mut Pieces<'_>) -> Result<(), Refusal> {
        let mut deleted = false;
        pieces.inside(|element| {
            deleted |= element.name() == "del";
            true
        })?;
        if deleted {
            // The row is the element that is open now.
            pieces.skip()?;
            self.composer.end_row();
        }
        Ok(())
    }

    fn note(&mut self, part: &str, element: &Element<'_>) {
        let id = element.attribute("id").unwrap_or_default();
        match self.notes_of.and_then(|notes| notes.get(part)?.get(&id)) {
            Some(text) => self.composer.aside(text),
            None => self.missing = self.missing.saturating_add(1),
        }
    }

    fn in_run(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Run(false)))
    }

    fn is_hidden(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Run(true)))
    }

    fn parsed(self, fault: Option<Refusal>, declared: super::declared::Declared) -> Result<Parsed, Refusal> {
        let mut notes = Vec::new();
        if let Some((reason, detail)) = fault {
            if reason == Reason::ForbiddenMarkup || self.composer.is_empty() {
                return Err((reason, detail));
            }
            notes.push((reason, format!("{detail}; what stands behind it is missing")));
        }
        if self.missing > 0 {
            notes.push((Reason::Malformed, format!("{} notes that the text refers to are not there", self.missing)));
        }
        let (text, headings) = self.composer.finish();
        Ok(Parsed { text, headings, declared, notes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::package::tests::zipped;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
        xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml'";

    fn document(body: &str, others: &[(&str, &str)]) -> Result<Parsed, Refusal> {
        let main = format!("<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>");
        let mut parts = vec![("word/document.xml", main.as_bytes())];
        parts.extend(others.iter().map(|(name, text)| (*name, text.as_bytes())));
        parse(&zipped(&parts))
    }

    fn text_of(body: &str) -> String {
        document(body, &[]).unwrap().text
    }

    #[test]
    fn tracked_changes_come_out_as_accepted() {
        let body = "<w:p><w:r><w:t>罚款</w:t></w:r><w:del><w:r><w:delText>五</w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>十</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>\
            <w:moveFrom><w:p><w:r><w:t>moved</w:t></w:r></w:p></w:moveFrom>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>第一</w:t></w:r></w:p><w:p><w:r><w:t>条</w:t></w:r></w:p>";
        assert_eq!(text_of(body), "罚款十万元\n第一条\n");
    }

    #[test]
    fn a_text_box_is_read_once_behind_its_paragraph() {
        let boxed = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>";
        let body = format!(
            "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice>\
            <mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
        );
        assert_eq!(text_of(&body), "前后\n框\n");
    }

    #[test]
    fn notes_and_headings_are_placed() {
        let styles = format!(
            "<w:styles {W}><w:style w:styleId='a1'><w:name w:val='heading 1'/></w:style>\
            <w:style w:styleId='b'><w:basedOn w:val='a1'/></w:style></w:styles>"
        );
        let notes = format!(
            "<w:footnotes {W}><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>\
            <w:footnote w:id='2'><w:p><w:r><w:t>见《网络安全法》。</w:t></w:r></w:p></w:footnote></w:footnotes>"
        );
        let body = "<w:p><w:pPr><w:pStyle w:val='b'/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>\
            <w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>乙</w:t></w:r></w:p>";
        let others = [("word/styles.xml", styles.as_str()), ("word/footnotes.xml", notes.as_str())];
        let parsed = document(body, &others).unwrap();
        assert_eq!(parsed.text, "总则\n甲乙\n见《网络安全法》。\n");
        assert_eq!((parsed.headings[0].level, &parsed.text[parsed.headings[0].span.range()]), (1, "总则"));
        assert!(parsed.notes.is_empty());
    }

    #[test]
    fn tables_are_read_by_rows() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let body = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p>",
            cell("年"),
            cell("元"),
            cell("删"),
            cell("2016"),
            cell("5")
        );
        assert_eq!(text_of(&body), "年\t元\n2016\t5\nx\n");
    }

    #[test]
    fn what_no_reader_sees_stays_out() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>h</w:t></w:r>\
            <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>";
        assert_eq!(text_of(body), "a\tb\nc\n");
    }

    #[test]
    fn a_torn_document_is_partial_and_an_entity_an_error() {
        let torn = document("<w:p><w:r><w:t>前</w:t></w:r></w:p><w:p></w:x>", &[]).unwrap();
        assert_eq!((torn.text.as_str(), torn.notes[0].0), ("前\n", Reason::Malformed));
        assert_eq!(document("<w:p><w:r><w:t>a&x;</w:t></w:r></w:p>", &[]).unwrap_err().0, Reason::ForbiddenMarkup);
        assert_eq!(parse(&zipped(&[("other.xml", b"<a/>")])).unwrap_err().0, Reason::Malformed);
    }
}
