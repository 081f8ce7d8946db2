//! A document that is a row of somebody else's table: a text and what is said about it, and no file.
//!
//! It counts like a text file of that name in UTF-8 with a row in the table of metadata, so a corpus gives the same report
//! from a folder and from a table.

use super::{
    FileRecord, Limits, Reading, Reason, Status,
    declared::{Declared, Parsed},
    decode::tidy,
    digest,
    identifier::escape_into,
};
use crate::text::{Document, fold_radicals};

/// The document of a row: its name, its text where it has one, and all else that is said about it.
///
/// ```
/// use tongwen::read::{Limits, Status, row};
/// let about = [("date".to_owned(), "2017-06-01".to_owned()), ("region".to_owned(), "north".to_owned())];
/// let reading = row("notice", Some("自6月1日起施行。".to_owned()), about, &Limits::default());
/// assert_eq!(reading.document.unwrap().fields["region"], "north");
/// let nothing = row("empty", None, [], &Limits::default());
/// assert_eq!(nothing.record.status, Status::Error);
/// ```
#[must_use]
pub fn row(
    id: &str,
    text: Option<String>,
    about: impl IntoIterator<Item = (String, String)>,
    limits: &Limits,
) -> Reading {
    let name = named(id);
    let mut record = FileRecord::new(name.clone(), 0);
    record.format = Some("txt");
    let Some(mut text) = text else {
        record.refuse(Status::Error, Reason::Malformed, "no text");
        return Reading { record, document: None };
    };
    record.bytes = text.len() as u64;
    let limit = limits.max_file_bytes.min(1 << 30);
    if record.bytes > limit {
        record.refuse(Status::Error, Reason::TooLarge, format!("a text of {} bytes, more than {limit}", record.bytes));
        return Reading { record, document: None };
    }
    record.sha256 = Some(digest(text.as_bytes()));
    record.encoding = Some("UTF-8");
    // As at the beginning of a file.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    text.drain(..mark);
    let (text, nuls) = tidy(text);
    if nuls > 0 {
        record.count = Some(nuls);
        record.lose(Reason::InvalidBytes, &format!("{nuls} NUL characters were replaced"));
    }
    let mut parsed = Parsed { text, declared: declared(about), ..Parsed::default() };
    super::radicals::fold(&mut parsed);
    Reading { record, document: Some(super::document(name, parsed)) }
}

/// The document of a row with its text as it is, for those who count characters in it: line ends, a mark at the beginning
/// and NUL stay. What the columns say is understood as for [`row`].
///
/// ```
/// use tongwen::read::row_as_it_is;
/// let document = row_as_it_is("a", "1.\r\n".to_owned(), [("Language".to_owned(), "en".to_owned())]);
/// assert_eq!((document.text.as_str(), document.language.is_some()), ("1.\r\n", true));
/// ```
#[must_use]
pub fn row_as_it_is(id: &str, text: String, about: impl IntoIterator<Item = (String, String)>) -> Document {
    let declared = declared(about);
    let title = declared.title.map(fold_radicals);
    let parsed = Parsed { text: fold_radicals(text), declared: Declared { title, ..declared }, ..Parsed::default() };
    super::document(id.to_owned(), parsed)
}

/// What is said about a document, column by column; `date` counts more than `ref_date`.
fn declared(about: impl IntoIterator<Item = (String, String)>) -> Declared {
    let mut declared = Declared::default();
    let (anchors, others): (Vec<_>, Vec<_>) =
        about.into_iter().partition(|(name, _)| name.eq_ignore_ascii_case("ref_date"));
    anchors.iter().for_each(|(_, value)| declared.say("date", value));
    others.iter().for_each(|(name, value)| declared.say(name, value));
    declared
}

/// The name of a row as reports have it: on one line, and different where ids are different.
fn named(id: &str) -> String {
    let mut name = String::new();
    escape_into(&mut name, id.as_bytes());
    name
}

/// The id of the row that reports call so.
///
/// ```
/// use tongwen::read::{Limits, row, row_id};
/// let name = row("a\\b\n\u{1b}", None, [], &Limits::default()).record.path;
/// assert_eq!(name, "a\\\\b\\n\\u{1b}");
/// assert_eq!(row_id(&name), "a\\b\n\u{1b}");
/// ```
#[must_use]
pub fn row_id(name: &str) -> String {
    let mut id = String::new();
    let mut rest = name;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        id.push_str(plain);
        let (code, after) = match escaped.strip_prefix("u{").and_then(|code| code.split_once('}')) {
            Some((code, after)) => (u32::from_str_radix(code, 16).ok().and_then(char::from_u32), after),
            None => {
                let mut characters = escaped.chars();
                let code = characters.next().map(|c| match c {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
                (code, characters.as_str())
            }
        };
        id.extend(code);
        rest = after;
    }
    id.push_str(rest);
    id
}
