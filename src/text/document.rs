//! One document, as a reader hands it on: text, what is known about it, and nothing of where it came from.

use std::{collections::BTreeMap, fmt};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Language, Span};

/// A text with its metadata. From here on the text never changes, and every span indexes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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

impl Document {
    /// Its date as far as it was declared: a report "of 1954" has a year and no day.
    ///
    /// ```
    /// use tongwen::text::Document;
    /// let mut report = Document::default();
    /// report.fields.insert("date".into(), "1954-09".into());
    /// assert_eq!(report.declared_date().map(|date| date.to_string()).as_deref(), Some("1954-09"));
    /// ```
    #[must_use]
    pub fn declared_date(&self) -> Option<DeclaredDate> {
        match self.date {
            Some(day) => Some(DeclaredDate { year: day.year(), month: Some(day.month()), day: Some(day.day()) }),
            None => self.fields.get("date").and_then(|words| DeclaredDate::coarse(words)),
        }
    }
}

/// A day, a month or a year. Prints as EDTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeclaredDate {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day, from 1.
    pub day: Option<i8>,
}

impl DeclaredDate {
    /// `1954` or `1954-09`.
    fn coarse(words: &str) -> Option<Self> {
        let (year, month) = words.split_once('-').map_or((words, None), |(year, month)| (year, Some(month)));
        let number = |digits: &str, length| digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        if !number(year, 4) || !month.is_none_or(|month| number(month, 2)) {
            return None;
        }
        let month: Option<i8> = month.and_then(|month| month.parse().ok());
        month.is_none_or(|month| (1..=12).contains(&month)).then_some(())?;
        Some(Self { year: year.parse().ok()?, month, day: None })
    }
}

impl fmt::Display for DeclaredDate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:04}", self.year)?;
        [self.month, self.day].into_iter().flatten().try_for_each(|part| write!(to, "-{part:02}"))
    }
}

/// A heading that the document's format marks as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Where its words stand in [`Document::text`].
    pub span: Span,
    /// 1 for the highest.
    pub level: u8,
}
