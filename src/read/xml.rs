//! Walks over the XML inside office documents, within bounds.
//!
//! A document type can define an entity that stands for a gigabyte, or for `/etc/passwd`; no program that writes
//! office documents uses one, so it is refused. 60,000 attributes on one element and 100,000 open elements are
//! refused or ignored for the same reason.
//!
//! Always true: nothing is fetched, no entity but the five of XML is resolved, and no work is done twice for an
//! attribute or a level.

use std::borrow::Cow;

use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

use super::{
    Reason, Refusal,
    decode::decode,
    encoding::{Label, detect},
};

/// Open elements at a time.
const MAX_DEPTH: usize = 256;
/// Attributes of an element that are looked at.
const MAX_ATTRIBUTES: usize = 1000;

/// Whose an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// `w:` of Word.
    Word,
    /// `mc:`: the same content for programs of different age.
    Compatibility,
    /// `m:`: formulas.
    Math,
    /// `dc:`, `dcterms:`, `cp:` and `meta:`: what a file says of itself.
    Properties,
    /// Relationships between the parts of a package.
    Relations,
    /// `office:`, `text:`, `table:`, `draw:` and `style:` of OpenDocument.
    OpenOffice,
    /// The same.
    OpenText,
    /// The same.
    OpenTable,
    /// The same.
    OpenDraw,
    /// The parts of an electronic book.
    Book,
    /// Anything else.
    Other,
}

/// Namespaces, of the standard in both of its editions.
const SPACES: &[(&str, Space)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Space::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Space::Word),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Space::Compatibility),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Space::Math),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Space::Math),
    ("http://purl.org/dc/elements/1.1/", Space::Properties),
    ("http://purl.org/dc/terms/", Space::Properties),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", Space::Properties),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", Space::Properties),
    ("http://schemas.openxmlformats.org/package/2006/relationships", Space::Relations),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", Space::OpenOffice),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", Space::OpenText),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", Space::OpenTable),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", Space::OpenDraw),
    ("http://www.idpf.org/2007/opf", Space::Book),
    ("urn:oasis:names:tc:opendocument:xmlns:container", Space::Book),
];

/// A piece of a part. An empty element is an opening and a closing piece.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// A start tag.
    Open(Element<'a>),
    /// An end tag.
    Close(Space, Cow<'a, str>),
    /// Text with its references resolved.
    Text(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Whose it is.
    pub(super) space: Space,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.tag.attributes();
        let found = all
            .with_checks(false)
            .take(MAX_ATTRIBUTES)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Whether a switch (`<w:b/>`, `<w:b w:val="0"/>`) is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The pieces of one part, in order.
pub(super) struct Pieces<'a> {
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Pieces<'a> {
    /// Walks over a text.
    pub(super) fn of(text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Refusal> {
        loop {
            let read = self.reader.read_resolved_event().map(|(space, event)| (space_of(&space), event));
            let (space, event) = read.map_err(|fault| self.malformed(&fault))?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > MAX_DEPTH {
                        return Err((Reason::TooDeep, format!("elements stand deeper than {MAX_DEPTH} levels")));
                    }
                    Piece::Open(Element { space, tag })
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(space, Cow::Owned(tag.local_name().into_inner().to_owned()))
                }
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(name) => Piece::Text(resolve(&name)?),
                Event::DocType(_) => return Err(doctype()),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof if self.depth > 0 => {
                    return Err((Reason::Malformed, "it ends in the middle of an element".to_owned()));
                }
                Event::Eof => return Ok(None),
            }));
        }
    }

    /// Leaves out everything up to the end of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// Hands each element inside the one that was opened last to `visit`; where it answers `false`, what stands inside
    /// that element is left out.
    pub(super) fn inside(&mut self, mut visit: impl FnMut(&Element<'a>) -> bool) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Open(element)) => {
                    if !visit(&element) {
                        self.skip()?;
                    }
                }
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The text inside the element that was opened last, on one line.
    pub(super) fn text(&mut self) -> Result<String, Refusal> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Text(part)) => text.push_str(&part),
                Some(_) => {}
                None => break,
            }
        }
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn malformed(&self, fault: &quick_xml::Error) -> Refusal {
        (Reason::Malformed, format!("not XML at byte {}: {fault}", self.reader.error_position()))
    }
}

fn doctype() -> Refusal {
    (Reason::ForbiddenMarkup, "it declares a document type, whose entities are never resolved".to_owned())
}

fn space_of(space: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(name)) = space else { return Space::Other };
    SPACES.iter().find(|(known, _)| known == name).map_or(Space::Other, |(_, space)| *space)
}

fn resolve<'a>(name: &quick_xml::events::BytesRef<'a>) -> Result<Cow<'a, str>, Refusal> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        // NUL and the other control characters are no characters of XML.
        let c = if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { '\u{fffd}' } else { c };
        return Ok(Cow::Owned(c.to_string()));
    }
    let name: &str = name;
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => Ok(Cow::Borrowed(text)),
        None => Err((Reason::ForbiddenMarkup, format!("an entity that XML does not have: &{};", name.escape_debug()))),
    }
}

/// The bytes of a part as text, and how many places of them were replaced.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<(String, u64), Refusal> {
    let verdict = detect(&bytes, Label::Heeded).map_err(|(_, detail)| (Reason::Malformed, detail))?;
    let decoded = decode(bytes, verdict);
    Ok((decoded.text, decoded.replaced))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<String, Reason> {
        let mut pieces = Pieces::of(text);
        let mut out = String::new();
        while let Some(piece) = pieces.next().map_err(|refusal| refusal.0)? {
            match piece {
                Piece::Open(element) => out.push_str(&format!("<{}", element.name())),
                Piece::Close(..) => out.push('>'),
                Piece::Text(text) => out.push_str(&text),
            }
        }
        Ok(out)
    }

    #[test]
    fn references_are_resolved_and_entities_refused() {
        assert_eq!(words("<a>x &lt; &#x7b2c;<b/>&amp;</a>").unwrap(), "<ax < 第<b>&>");
        assert_eq!(words("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), Err(Reason::ForbiddenMarkup));
        assert_eq!(words("<a>&x;</a>"), Err(Reason::ForbiddenMarkup));
        assert!(!words("<a>&#0;</a>").unwrap_or_default().contains('\0'));
    }

    #[test]
    fn broken_and_deep_markup_is_refused() {
        assert_eq!(words("<a><b></a>"), Err(Reason::Malformed));
        assert_eq!(words("<a><b>"), Err(Reason::Malformed));
        assert_eq!(words(&"<a>".repeat(300)), Err(Reason::TooDeep));
    }

    #[test]
    fn many_attributes_cost_no_more_than_their_length() {
        let attributes: String = (0..60_000).map(|n| format!(" a{n}=''")).collect();
        let text = format!("<a{attributes} last='1'><b first='2'/></a>");
        let mut pieces = Pieces::of(&text);
        let Some(Piece::Open(element)) = pieces.next().unwrap() else { panic!() };
        assert_eq!((element.attribute("a7").as_deref(), element.attribute("last")), (Some(""), None));
    }
}
