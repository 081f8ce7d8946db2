//! One document, as a reader hands it on: text, what is known about it, and nothing of where it came from.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Language, Span};

/// A text with its metadata. From here on the text never changes, and every span indexes it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Name in results: the path below the input folder with `/` between its parts, or the wire form's `id`.
    pub id: String,
    /// The text. Paragraphs end with a line feed; `\r\n` was turned into `\n` by the reader.
    pub text: String,
    /// Language as declared (metadata, `lang` of the wire form, `<html lang>`); `None` where nobody said.
    pub language: Option<Language>,
    /// Title as declared (front matter, `<title>`, metadata); `None` where nobody said.
    pub title: Option<String>,
    /// Date of the document; the anchor of relative dates.
    pub date: Option<Date>,
    /// Issuing body as declared.
    pub issuer: Option<String>,
    /// Everything else that front matter and `--meta` said, by lower-case key.
    pub fields: BTreeMap<String, String>,
    /// Headings that the format marks (`#`, `<h2>`), in text order. Headings that only the wording
    /// marks (第一章, Article 5) are found by `segment`.
    pub headings: Vec<Heading>,
}

/// A heading that the document's format marks as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Where its words stand in [`Document::text`].
    pub span: Span,
    /// 1 for the highest.
    pub level: u8,
}
