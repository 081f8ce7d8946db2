//! Comma-separated values that open right in Excel and do nothing there.
//!
//! A byte order mark makes Excel read 汉字 as UTF-8; CRLF and quotes follow RFC 4180. A title such as
//! `=HYPERLINK("http://…")` would run as a formula, so text that starts like one gets an apostrophe.
//! Numbers stay numbers: `-0.25` is written as it is, in its shortest form that reads back as the same value.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use csv::{Terminator, WriterBuilder};

use super::super::{
    table::{Cell, Table},
    visible::visible,
};

/// Writes the table with its header.
pub(super) fn write(table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).buffer_capacity(1 << 16).from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    let mut digits = Digits { whole: itoa::Buffer::new(), decimal: zmij::Buffer::new() };
    for at in 0..table.len() {
        let mut fault = None;
        table.row(at, |cell| fault = fault.take().or(writer.write_field(text_of(&cell, &mut digits).as_bytes()).err()));
        fault.map_or(Ok(()), Err)?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Where numbers are written.
struct Digits {
    whole: itoa::Buffer,
    decimal: zmij::Buffer,
}

fn text_of<'a>(cell: &'a Cell<'_>, digits: &'a mut Digits) -> Cow<'a, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => digits.whole.format(*number).into(),
        Cell::Number(number) => decimal(*number, &mut digits.decimal),
        Cell::Decimal(digits) => harmless(digits),
        Cell::Date(date) => date.to_string().into(),
        Cell::Flag(flag) => (if *flag { "true" } else { "false" }).into(),
    }
}

/// The shortest digits that read back as the same number, never with an exponent.
fn decimal(number: f64, digits: &mut zmij::Buffer) -> Cow<'_, str> {
    let shortest = digits.format_finite(number);
    if shortest.contains('e') {
        return number.to_string().into();
    }
    shortest.strip_suffix(".0").unwrap_or(shortest).into()
}

/// Text that no spreadsheet takes for a formula, with its control characters visible.
fn harmless(text: &str) -> Cow<'_, str> {
    let formula = !text.as_bytes().first().is_some_and(|first| (b'A'..0xEF).contains(first))
        && text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && !is_number(text);
    if formula { format!("'{}", visible(text)).into() } else { visible(text) }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
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
    fn text_that_looks_like_a_formula_gets_an_apostrophe() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+86 10", "'+86 10"),
            ("-网络", "'-网络"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\\u{9}=1"),
            ("\r=1", "'\\u{d}=1"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠1", "'＠1"),
            ("-1e5", "'-1e5"),
            ("网络=安全", "网络=安全"),
        ] {
            assert_eq!(lines(vec![text.into()]), format!("{cell}\r\n"));
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(lines(vec![Cell::number(-0.25)]), "-0.25\r\n");
        assert_eq!(lines(vec![Cell::decimal("-0.25")]), "-0.25\r\n");
        assert_eq!(lines(vec!["-0.25".into()]), "-0.25\r\n");
        assert_eq!(lines(vec![Cell::number(0.1 + 0.2)]), "0.30000000000000004\r\n");
        assert_eq!(lines(vec![Cell::number(1.0)]), "1\r\n");
        for number in [0.0, -0.0, 1e-7, 1.5e-5, 123_456_789.25, 1e15, 1e16, 1e21, 2.5e300, f64::MAX, f64::MIN_POSITIVE]
        {
            assert_eq!(lines(vec![Cell::number(number)]), format!("{number}\r\n"));
        }
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
