//! Comma-separated values that open right in Excel and do nothing there.
//!
//! A byte order mark makes Excel read 汉字 as UTF-8; CRLF and quotes follow RFC 4180; text is that of `spreadsheet.rs`.
//! Numbers stay numbers: `-0.25` is written as it is, in its shortest form that reads back as the same value.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{
    super::{
        spreadsheet::harmless,
        table::{Cell, Table},
    },
    Out,
};

/// So many bytes are handed on at a time.
const BUFFER: usize = 1 << 16;

/// Writes the table with its header.
pub(super) fn write(table: &Table<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let mut rows = Rows::under(table.columns.iter().map(|column| column.name));
    for at in 0..table.len() {
        rows.begin();
        table.row(at, |cell| rows.cell(&cell));
        rows.end();
        rows.flush(out)?;
    }
    rows.finish(out)
}

/// Writes rows under these names: what the tables of a report are written by, for other lists.
///
/// # Errors
/// Where nothing more can be written.
///
/// ```
/// use tongwen::report::{Cell, write_csv};
/// let mut out = Vec::new();
/// write_csv(["hit", "n"], [vec![Cell::from("=1+1"), Cell::from(2)]], &mut out)?;
/// assert_eq!(out, "\u{feff}hit,n\r\n'=1+1,2\r\n".as_bytes());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_csv<'c>(
    names: impl IntoIterator<Item: AsRef<str>>,
    rows: impl IntoIterator<Item = Vec<Cell<'c>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut written = Rows::under(names);
    for row in rows {
        written.begin();
        row.iter().for_each(|cell| written.cell(cell));
        written.end();
        written.flush(out)?;
    }
    written.finish(out)
}

/// Rows on their way out.
struct Rows {
    buffer: Vec<u8>,
    /// Where the row at hand begins.
    row: usize,
    whole: itoa::Buffer,
}

impl Rows {
    /// The beginning of a file, with its header.
    fn under(names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        let mut rows = Self { buffer: Vec::with_capacity(2 * BUFFER), row: 0, whole: itoa::Buffer::new() };
        rows.buffer.extend_from_slice("\u{feff}".as_bytes());
        rows.begin();
        names.into_iter().for_each(|name| rows.text(name.as_ref()));
        rows.end();
        rows
    }

    /// Hands on what has gathered, once that is much.
    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.buffer.len() >= BUFFER {
            out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Hands on the rest.
    fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.buffer)
    }

    const fn begin(&mut self) {
        self.row = self.buffer.len();
    }

    fn end(&mut self) {
        // The comma behind the last cell; a row of one empty cell would otherwise be an empty line.
        self.buffer.pop();
        if self.buffer.len() == self.row {
            self.buffer.extend_from_slice(b"\"\"");
        }
        self.buffer.extend_from_slice(b"\r\n");
    }

    /// A cell with nothing to quote in it.
    fn plain(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
        self.buffer.push(b',');
    }

    fn text(&mut self, text: &str) {
        let text = harmless(text);
        // Bytes and no truth values, so that many are looked at together.
        let quoted = |byte: u8| u8::from((byte == b'"') | (byte == b',') | (byte == b'\n') | (byte == b'\r'));
        let mut any = 0;
        text.as_bytes().iter().for_each(|&byte| any |= quoted(byte));
        if any == 0 {
            return self.plain(&text);
        }
        self.buffer.push(b'"');
        for (part, between) in text.split('"').zip(std::iter::once("").chain(std::iter::repeat("\"\""))) {
            self.buffer.extend_from_slice(between.as_bytes());
            self.buffer.extend_from_slice(part.as_bytes());
        }
        self.buffer.extend_from_slice(b"\",");
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty => self.buffer.push(b','),
            Cell::Text(text) => self.text(text),
            Cell::Integer(number) => {
                self.buffer.extend_from_slice(self.whole.format(*number).as_bytes());
                self.buffer.push(b',');
            }
            Cell::Number(number) => self.plain(&decimal(*number, &mut zmij::Buffer::new())),
            Cell::Decimal(digits) => self.text(digits),
            Cell::Date(date) => self.plain(&date.to_string()),
            Cell::Flag(flag) => self.plain(if *flag { "true" } else { "false" }),
        }
    }
}

/// The shortest digits that read back as the same number; with an exponent only where a p is all but nothing.
fn decimal(number: f64, digits: &mut zmij::Buffer) -> Cow<'_, str> {
    let shortest = digits.format_finite(number);
    if number.abs() < 1e-9 && number != 0.0 {
        return shortest.into();
    }
    if shortest.contains('e') {
        return number.to_string().into();
    }
    shortest.strip_suffix(".0").unwrap_or(shortest).into()
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::table::{Type, field},
        *,
    };

    fn lines(cells: Vec<Cell<'static>>) -> String {
        let table = Table::of("test", cells, vec![field("value", Type::Text, "", |cell: &Cell<'static>| cell.clone())]);
        let mut out = Vec::new();
        write(&table, &mut out).unwrap();
        String::from_utf8(out).unwrap().strip_prefix("\u{feff}value\r\n").unwrap().to_owned()
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(lines(vec![Cell::number(-0.25)]), "-0.25\r\n");
        assert_eq!(lines(vec![Cell::decimal("-0.25")]), "-0.25\r\n");
        assert_eq!(lines(vec!["-0.25".into()]), "-0.25\r\n");
        assert_eq!(lines(vec![Cell::number(0.1 + 0.2)]), "0.30000000000000004\r\n");
        assert_eq!(lines(vec![Cell::number(1.0)]), "1\r\n");
        for number in [0.0, -0.0, 1e-7, 1.5e-5, 123_456_789.25, 1e15, 1e16, 1e21, 2.5e300, f64::MAX] {
            assert_eq!(lines(vec![Cell::number(number)]), format!("{number}\r\n"));
        }
        assert_eq!(lines(vec![Cell::number(2.5e-300)]), "2.5e-300\r\n");
    }

    #[test]
    fn quotes_commas_and_line_feeds_are_quoted_and_controls_visible() {
        assert_eq!(lines(vec!["a,\"b\"\nc".into()]), "\"a,\"\"b\"\"\nc\"\r\n");
        assert_eq!(lines(vec!["a\u{1b}[0m\u{202e}".into()]), "a\\u{1b}[0m\\u{202e}\r\n");
    }

    #[test]
    fn an_empty_only_cell_is_still_a_row() {
        assert_eq!(lines(vec![Cell::Empty]), "\"\"\r\n");
    }
}
