//! Lists that grow while documents are read: a row for every mention and every sentence.
//!
//! The workers write rows as records into a buffer, whichever document they have at hand; the records then become
//! rows of a Parquet file in the order of the documents.

use std::io;

use jiff::civil::Date;

use super::{
    OutputFolder, PendingFile,
    format::Rows,
    table::{Cell, Column, Type},
};
use crate::{Error, Result};

/// Name, file and columns of a list of records.
pub struct StreamKind {
    /// Name of the list.
    pub name: &'static str,
    /// Its file below the report folder.
    pub file: &'static str,
    /// The cells of a record, in order.
    pub columns: &'static [Column],
}

/// A list of records on its way into its file.
pub struct Stream {
    kind: &'static StreamKind,
    rows: Rows<PendingFile>,
}

impl Stream {
    /// Begins the list.
    ///
    /// # Errors
    /// [`Error::Write`] where the folder does not take new files.
    pub fn begin(folder: &OutputFolder, kind: &'static StreamKind) -> Result<Self> {
        let file = folder.begin(kind.file)?;
        let place = folder.path().join(kind.file);
        let rows = Rows::new(kind.name, kind.columns, file).map_err(|cause| Error::Write { path: place, cause })?;
        Ok(Self { kind, rows })
    }

    /// Adds the rows of a buffer of whole records.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn add(&mut self, records: &[u8]) -> io::Result<()> {
        let mut rest = records;
        while !rest.is_empty() {
            for (at, column) in self.kind.columns.iter().enumerate() {
                match column.ty {
                    Type::Text | Type::Decimal => match read_text(&mut rest)? {
                        Text::Same => self.rows.repeat_text(at),
                        Text::Some(text) => self.rows.push_text(at, text),
                    },
                    ty => self.rows.push(at, &read(&mut rest, ty)?),
                }
            }
            self.rows.end()?;
        }
        Ok(())
    }

    /// The finished file.
    ///
    /// # Errors
    /// Where its end cannot be written.
    pub fn close(self) -> io::Result<PendingFile> {
        self.rows.close()
    }
}

/// Writes the cells of a record, in the order of its columns.
pub struct Record<'b>(pub &'b mut Vec<u8>);

/// What stands for an unknown text, number, day.
const NO_TEXT: u32 = u32::MAX;
/// What stands for the text of the record before.
const SAME_TEXT: u32 = u32::MAX - 1;
const NO_NUMBER: u64 = u64::MAX;
const NO_DAY: [i16; 3] = [i16::MIN; 3];

impl Record<'_> {
    /// A text, where there is one.
    pub fn text(&mut self, text: Option<&str>) {
        let text = text.filter(|text| !text.is_empty());
        let len = text
            .map_or(NO_TEXT, |text| u32::try_from(text.len()).ok().filter(|len| *len < SAME_TEXT).unwrap_or(NO_TEXT));
        self.0.extend_from_slice(&len.to_le_bytes());
        if let Some(text) = text.filter(|_| len != NO_TEXT) {
            self.0.extend_from_slice(text.as_bytes());
        }
    }

    /// The text that the record before has at this place, or nothing as there.
    pub fn same_text(&mut self) {
        self.0.extend_from_slice(&SAME_TEXT.to_le_bytes());
    }

    /// A whole number, where there is one.
    pub fn whole(&mut self, number: Option<u64>) {
        self.0.extend_from_slice(&number.unwrap_or(NO_NUMBER).to_le_bytes());
    }

    /// A list of texts as one, parts joined by ` | `.
    pub fn texts(&mut self, texts: &[impl AsRef<str>]) {
        match texts {
            [] => self.text(None),
            [one] => self.text(Some(one.as_ref())),
            many => self.text(Some(&many.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" | "))),
        }
    }

    /// A text with blanks for its line ends.
    pub fn line(&mut self, text: &str) {
        let start = self.0.len();
        self.text(Some(text));
        if text.contains('\n') {
            self.0[start + 4..].iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
        }
    }

    /// A day as ISO 8601 writes it, where there is one.
    pub fn day(&mut self, day: Option<&str>) {
        let day = day.and_then(|day| day.parse::<Date>().ok());
        let parts = day.map_or(NO_DAY, |day| [day.year(), day.month().into(), day.day().into()]);
        parts.iter().for_each(|part| self.0.extend_from_slice(&part.to_le_bytes()));
    }
}

/// A text of a record.
#[derive(Debug, PartialEq, Eq)]
enum Text<'r> {
    Same,
    Some(Option<&'r [u8]>),
}

fn read_text<'r>(rest: &mut &'r [u8]) -> io::Result<Text<'r>> {
    Ok(match u32::from_le_bytes(take(rest)?) {
        SAME_TEXT => Text::Same,
        NO_TEXT => Text::Some(None),
        len => Text::Some(Some(part(rest, len as usize)?)),
    })
}

fn read<'r>(rest: &mut &'r [u8], ty: Type) -> io::Result<Cell<'r>> {
    Ok(match ty {
        Type::Integer => match u64::from_le_bytes(take(rest)?) {
            NO_NUMBER => Cell::Empty,
            number => Cell::Integer(number),
        },
        Type::Date => {
            let [year, month, day] =
                [i16::from_le_bytes(take(rest)?), i16::from_le_bytes(take(rest)?), i16::from_le_bytes(take(rest)?)];
            Date::new(year, month as i8, day as i8).ok().filter(|_| [year, month, day] != NO_DAY).into()
        }
        Type::Text | Type::Decimal | Type::Number | Type::Flag => Cell::Empty,
    })
}

fn take<const N: usize>(rest: &mut &[u8]) -> io::Result<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or_else(cut)?;
    *rest = tail;
    Ok(*head)
}

fn part<'r>(rest: &mut &'r [u8], len: usize) -> io::Result<&'r [u8]> {
    let (head, tail) = rest.split_at_checked(len).ok_or_else(cut)?;
    *rest = tail;
    Ok(head)
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "a record ends too early")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_record_reads_back() {
        let mut bytes = Vec::new();
        let mut record = Record(&mut bytes);
        record.text(Some("网络安全法"));
        record.text(None);
        record.whole(Some(7));
        record.whole(None);
        record.day(Some("2016-11-07"));
        record.day(None);
        record.texts(&["a", "b"]);
        record.line("a\nb");
        record.same_text();
        let mut rest = bytes.as_slice();
        let mut text = || read_text(&mut rest).unwrap();
        assert_eq!((text(), text()), (Text::Some(Some("网络安全法".as_bytes())), Text::Some(None)));
        let expected = [
            (Type::Integer, Cell::Integer(7)),
            (Type::Integer, Cell::Empty),
            (Type::Date, Cell::Date(date(2016, 11, 7))),
            (Type::Date, Cell::Empty),
        ];
        for (ty, cell) in expected {
            assert_eq!(read(&mut rest, ty).unwrap(), cell);
        }
        for words in ["a | b", "a b"] {
            assert_eq!(read_text(&mut rest).unwrap(), Text::Some(Some(words.as_bytes())));
        }
        assert_eq!(read_text(&mut rest).unwrap(), Text::Same);
        assert!(rest.is_empty() && read_text(&mut &bytes[..9]).is_err());
    }
}
