//! Electronic books: their chapters in the order in which they are read.
//!
//! A book is an archive of web pages; the list of its parts says which of them are text and in what order. Chapters
//! have no furniture, so all of their text is taken.

use std::collections::BTreeMap;

use super::{
    Reason, Refusal,
    declared::{Declared, Parsed},
    html,
    package::Package,
    properties,
    xml::{Piece, Pieces, Space},
};
use crate::text::{Heading, Span};

/// Text, headings and declarations of a book.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    if package.has("META-INF/encryption.xml") && package.has("META-INF/rights.xml") {
        return Err((Reason::Encrypted, "a book that only one program may read".to_owned()));
    }
    let missing = || (Reason::Malformed, "a book without a list of its parts".to_owned());
    let container = package.text("META-INF/container.xml")?.ok_or_else(missing)?;
    let list = list_of_parts(&container)?.ok_or_else(missing)?;
    let text = package.text(&list)?.ok_or_else(missing)?;
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parsed = Parsed { declared: declare(&text), ..Parsed::default() };
    let mut absent = 0_usize;
    for chapter in chapters(&text)? {
        match package.part(&resolve(folder, &chapter))? {
            Some(bytes) => add_chapter(&mut parsed, &package.text_of(bytes)?),
            None => absent = absent.saturating_add(1),
        }
    }
    if absent > 0 {
        parsed.notes.push((Reason::Malformed, format!("{absent} chapters are not there")));
    }
    parsed.notes.extend(package.losses());
    Ok(parsed)
}

/// Title and language are those of the text; the day may be that of the file.
fn declare(text: &str) -> Declared {
    let mut declared = properties::declare(text);
    declared.fields.remove("modified");
    declared
}

fn list_of_parts(container: &str) -> Result<Option<String>, Refusal> {
    let mut pieces = Pieces::of(container);
    while let Some(piece) = pieces.next()? {
        if let Piece::Open(element) = piece
            && element.name() == "rootfile"
        {
            return Ok(element.attribute("full-path"));
        }
    }
    Ok(None)
}

/// The places of the chapters, in order.
fn chapters(list: &str) -> Result<Vec<String>, Refusal> {
    let mut places = BTreeMap::new();
    let mut order = Vec::new();
    let mut pieces = Pieces::of(list);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        match (element.space, element.name()) {
            (Space::Book, "item") => {
                let is_text = element.attribute("media-type").is_some_and(|kind| kind.contains("html"));
                if let (true, Some(id), Some(place)) = (is_text, element.attribute("id"), element.attribute("href")) {
                    places.insert(id, place);
                }
            }
            (Space::Book, "itemref") => order.extend(element.attribute("idref")),
            _ => {}
        }
    }
    Ok(order.iter().filter_map(|id| places.get(id).cloned()).collect())
}

/// A place as seen from the folder of the list: `../text/1.xhtml`, `%E7%AB%A0.xhtml`.
fn resolve(folder: &str, place: &str) -> String {
    let place = place.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in place.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    unescape(&parts.join("/"))
}

/// `%20` is a blank.
fn unescape(place: &str) -> String {
    let mut bytes = Vec::with_capacity(place.len());
    let mut rest = place.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = |(digits, after)| Some((u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?, after));
        match behind.split_at_checked(2).filter(|_| first == b'%').and_then(code) {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn add_chapter(parsed: &mut Parsed, chapter: &str) {
    let (text, headings) = html::whole(chapter);
    let shift = parsed.text.len();
    parsed.text.push_str(&text);
    let place = |at: usize| at.saturating_add(shift);
    let moved = |heading: Heading| Heading {
        span: Span::of(place(heading.span.start()), place(heading.span.end())),
        level: heading.level,
    };
    parsed.headings.extend(headings.into_iter().map(moved));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::package::tests::zipped;

    #[test]
    fn chapters_come_in_reading_order() {
        let list = "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>\
            <dc:title>法律汇编</dc:title></metadata><manifest><item id='b' href='%E4%B9%99.xhtml' media-type='application/xhtml+xml'/>\
            <item id='a' href='text/a.xhtml' media-type='application/xhtml+xml'/><item id='p' href='p.png' media-type='image/png'/>\
            </manifest><spine><itemref idref='a'/><itemref idref='b'/><itemref idref='p'/></spine></package>";
        let container = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>\
            <rootfile full-path='OEBPS/list.opf'/></rootfiles></container>";
        let a = "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body><nav>目录</nav><h1>第一章</h1><p>甲</p></body></html>";
        let book = zipped(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", container.as_bytes()),
            ("OEBPS/list.opf", list.as_bytes()),
            ("OEBPS/text/a.xhtml", a.as_bytes()),
            ("OEBPS/乙.xhtml", "<html><body><h2>第二章</h2>乙</body></html>".as_bytes()),
        ]);
        let parsed = parse(&book).unwrap();
        assert_eq!(parsed.text, "目录\n第一章\n甲\n第二章\n乙\n");
        assert_eq!(
            parsed.headings.iter().map(|h| &parsed.text[h.span.range()]).collect::<Vec<_>>(),
            ["第一章", "第二章"]
        );
        assert_eq!(parsed.declared.title.as_deref(), Some("法律汇编"));
    }
}
