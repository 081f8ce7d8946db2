//! A document that is a row of somebody else's table: a text and what is said about it, and no file.
//!
//! It counts like a text file of that name in UTF-8 with a row in the table of metadata, so a corpus gives the same report
//! from a folder and from a table.

use super::{FileRecord, Limits, Reading, Reason, Status, declared::Declared, declared::Parsed, decode::tidy, digest};

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
    let mut record = FileRecord::new(id.to_owned(), 0);
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
    let mut declared = Declared::default();
    for (name, value) in about {
        match name.as_str() {
            "ref_date" => declared.say("date", &value),
            _ => declared.say(&name, &value),
        }
    }
    let mut parsed = Parsed { text, declared, ..Parsed::default() };
    super::radicals::fold(&mut parsed);
    Reading { record, document: Some(super::document(id.to_owned(), parsed)) }
}
