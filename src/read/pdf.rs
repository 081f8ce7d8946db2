//! PDF: glyphs at places on pages become the paragraphs that they were.
//!
//! A PDF has no text, only drawings of characters; what character a drawing is, where a blank was and which lines make
//! a paragraph has to be found out. Characters come from the file's own tables (`hayro` reads them, and the files
//! locked with an empty password); the rest is told by the places: see `sheet`, `furniture` and `paragraphs`.
//!
//! Pages that are only pictures have no text at all: that is said, never passed over.

mod furniture;
mod paragraphs;
mod sheet;

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf},
    interpret_page,
    kurbo::Rect,
};

use super::{
    Reason, Refusal,
    declared::{Declared, Parsed},
    package::MAX_PART,
    properties,
};
use sheet::Sheet;

/// Text and declarations of a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|fault| refusal(&fault))?;
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let mut sheets = Vec::new();
    let mut size = 0_u64;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let mut sheet = Sheet::new(height);
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let place = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(place, bounds, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut sheet);
        sheet.finish();
        sheet.torn = page.raw().contains_key(b"Contents") && page.page_stream().is_none_or(<[u8]>::is_empty);
        size = sheet.lines.iter().fold(size, |size, line| size.saturating_add(line.text.len() as u64));
        if size > MAX_PART {
            return Err((Reason::ExpandsTooMuch, format!("its text is more than {} MiB", MAX_PART >> 20)));
        }
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err((Reason::Malformed, "a PDF file without pages".to_owned()));
    }
    let notes = notes_on(&sheets)?;
    furniture::leave_out(&mut sheets);
    let metadata = pdf.metadata();
    let said = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(words).unwrap_or_default();
    let mut declared = Declared { title: properties::title(&said(&metadata.title)), ..Declared::default() };
    for (name, value) in
        [("author", &metadata.author), ("subject", &metadata.subject), ("keywords", &metadata.keywords)]
    {
        declared.say(name, &said(value));
    }
    Ok(Parsed { text: paragraphs::text_of(&sheets), declared, notes, ..Parsed::default() })
}

/// What cannot be read of the pages; an error where it is everything.
fn notes_on(sheets: &[Sheet]) -> Result<Vec<(Reason, String)>, Refusal> {
    let numbers = |wanted: &dyn Fn(&Sheet) -> bool| -> Vec<usize> {
        (1..).zip(sheets).filter(|(_, sheet)| wanted(sheet)).map(|(number, _)| number).collect()
    };
    let pictures = numbers(&Sheet::is_picture);
    let unreadable = numbers(&Sheet::is_unreadable);
    let with_text = sheets.iter().filter(|sheet| !sheet.lines.is_empty() && !sheet.is_unreadable()).count();
    let mut notes = Vec::new();
    if !pictures.is_empty() {
        notes.push((
            Reason::NeedsOcr,
            format!("{} only pictures; recognise their characters first (OCR)", pages(&pictures)),
        ));
    }
    if !unreadable.is_empty() {
        let told = "in fonts that do not say which characters they draw; recognise them first (OCR)";
        notes.push((Reason::NeedsOcr, format!("{} {told}", pages(&unreadable))));
    }
    let torn = numbers(&|sheet| sheet.torn);
    if !torn.is_empty() {
        notes.push((Reason::Malformed, format!("{} torn", pages(&torn))));
    }
    if with_text == 0 && !notes.is_empty() {
        return Err(notes.swap_remove(0));
    }
    Ok(notes)
}

/// `page 3 is`, `pages 1, 2, 5 … are`.
fn pages(numbers: &[usize]) -> String {
    let shown: Vec<String> = numbers.iter().take(20).map(usize::to_string).collect();
    let more = if numbers.len() > 20 { format!(" … ({} in all)", numbers.len()) } else { String::new() };
    match numbers.len() {
        1 => format!("page {} is", shown.join("")),
        _ => format!("pages {}{more} are", shown.join(", ")),
    }
}

fn refusal(fault: &LoadPdfError) -> Refusal {
    match fault {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            (Reason::Encrypted, "it is locked with a password; save it without one".to_owned())
        }
        LoadPdfError::Decryption(fault) => (Reason::Encrypted, format!("it is locked in a way not known: {fault:?}")),
        LoadPdfError::Invalid => (Reason::Malformed, "not a whole PDF file".to_owned()),
    }
}

/// A string of the document's information: UTF-16 with a mark, UTF-8, or Latin letters.
fn words(bytes: &[u8]) -> String {
    let (text, _, faults) = encoding_rs::UTF_8.decode(bytes);
    let text = if faults { encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0 } else { text };
    text.replace('\0', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one page with this content, as simple as can be.
    fn file(content: &str) -> Vec<u8> {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
                .to_owned(),
            format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        ];
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            offsets.push(file.len());
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
        }
        let start = file.len();
        file.extend(b"xref\n0 6\n0000000000 65535 f \n");
        offsets.iter().for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").bytes()));
        file.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
        file
    }

    #[test]
    fn words_and_lines_are_told_by_their_places() {
        let parsed =
            parse(&file("BT /F1 12 Tf 40 700 Td (Under the) Tj 70 0 Td (Act) Tj -70 -30 Td (Section 1.) Tj ET"))
                .unwrap();
        assert_eq!(parsed.text, "Under the Act\nSection 1.\n");
    }

    #[test]
    fn broken_files_are_refused() {
        assert_eq!(parse(b"%PDF-1.5\nrubbish").unwrap_err().0, Reason::Malformed);
        assert_eq!(parse(&file("BT ET")).unwrap().text, "");
    }

    #[test]
    fn strings_have_three_encodings() {
        assert_eq!(words(b"\xfe\xff\x7b\x2c\x4e\x00"), "第一");
        assert_eq!((words("第一".as_bytes()), words(b"caf\xe9")), ("第一".to_owned(), "café".to_owned()));
    }
}
