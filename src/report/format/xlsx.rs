//! `report.xlsx`: the lists as sheets of one workbook, behind a first sheet that says what they are.
//!
//! Cells hold what the CSV files hold: text is written as text, so nothing runs and nothing becomes a link; numbers
//! and days are numbers and days of the spreadsheet as far as it can hold them exactly. What is too long for a cell,
//! or too much for a sheet, is cut where one sees it, and the sheet says where the rest is.
//!
//! Always true: equal reports give equal bytes (the workbook's date of creation is fixed); memory is that of the
//! rows that a sheet holds at most, whatever the size of the run.

use std::{borrow::Cow, io};

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr as _;

use super::{
    super::{
        Report,
        spreadsheet::harmless,
        table::{Cell, Column, Table, Type, grouped},
        view::VIEWS,
        visible::xml,
    },
    Out,
};
use crate::read::FileCounts;

/// What a cell of Excel holds, in UTF-16 units.
const CELL: usize = 32_767;
const CUT: &str = " … [cut]";
/// Whole numbers up to here are exact in a spreadsheet.
const EXACT: u64 = 1 << 53;

/// Writes the workbook.
pub(super) fn write(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let bytes = workbook(report).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(1);
    // The day is part of the bytes, and the clock is none of our inputs.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("tongwen").set_creation_datetime(&day));
    let tables: Vec<Table<'_>> = VIEWS.iter().map(|view| (view.table)(report)).collect();
    about(workbook.add_worksheet_with_constant_memory()?, report, &tables)?;
    let styles = Styles::new();
    for table in &tables {
        sheet(workbook.add_worksheet_with_constant_memory()?, table, report.run.sheet_rows, &styles)?;
    }
    workbook.save_to_buffer()
}

struct Styles {
    head: Format,
    whole: Format,
    measure: Format,
    day: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            whole: Format::new().set_num_format("#,##0"),
            measure: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }

    /// How a column of a type shows its numbers.
    const fn of(&self, ty: Type) -> Option<&Format> {
        match ty {
            Type::Integer => Some(&self.whole),
            Type::Number => Some(&self.measure),
            Type::Date => Some(&self.day),
            Type::Text | Type::Decimal | Type::Flag => None,
        }
    }
}

/// What the run was, what the sheets hold, and what their columns mean.
fn about(sheet: &mut Worksheet, report: &Report<'_>, tables: &[Table<'_>]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let title = Format::new().set_bold().set_font_size(16);
    sheet.set_name("about")?;
    for (column, width) in [(0, 24.0), (1, 34.0), (2, 16.0), (3, 60.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, "同文 tongwen", &title)?;
    let mut row = 2;
    for (name, value) in facts(report) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, text(&value))?;
        row += 1;
    }
    row += 1;
    for (column, head) in (0..).zip(["sheet", "rows in the sheet", "rows in all", "all rows are in"]) {
        sheet.write_string_with_format(row, column, head, &bold)?;
    }
    for table in tables {
        row += 1;
        sheet.write_url_with_text(row, 0, &*format!("internal:'{}'!A1", table.name), table.name)?;
        sheet.write_number(row, 1, table.len().min(report.run.sheet_rows) as f64)?;
        sheet.write_number(row, 2, table.len() as f64)?;
        sheet.write_string(row, 3, whole_list(table))?;
    }
    row += 2;
    for (column, head) in (0..).zip(["sheet", "column", "type", "unit"]) {
        sheet.write_string_with_format(row, column, head, &bold)?;
    }
    for (table, column) in tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column))) {
        row += 1;
        for (place, word) in (0..).zip([table.name, column.name, type_name(column.ty), column.unit]) {
            sheet.write_string(row, place, word)?;
        }
    }
    Ok(())
}

fn facts(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let counts = FileCounts::of(report.files);
    let totals = &report.summary.totals;
    let sum = |counts: &mut dyn Iterator<Item = u64>| grouped(&counts.sum::<u64>().to_string());
    let parameter = |name: &str| match report.run.parameters.get(name) {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(word)) => Some(word.clone()),
        Some(serde_json::Value::Array(words)) => {
            Some(words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(", "))
        }
        Some(other) => Some(other.to_string()),
    };
    let mut facts = vec![
        ("version", report.run.version.clone()),
        ("inputs", parameter("inputs").unwrap_or_default()),
        ("files found", grouped(&counts.found.to_string())),
        ("read whole", grouped(&counts.ok.to_string())),
        ("read in part", grouped(&counts.partial.to_string())),
        ("not read", grouped(&counts.error.to_string())),
        ("left out", grouped(&counts.skip.to_string())),
        ("documents", grouped(&totals.documents.to_string())),
        ("sentences", grouped(&totals.sentences.to_string())),
        ("tokens", sum(&mut totals.tokens.values().copied())),
        ("mentions", sum(&mut totals.mentions.values().copied())),
        ("instruments", grouped(&totals.laws.to_string())),
        ("rules", report.run.rules_fingerprint.clone()),
        ("registry", report.run.registry_fingerprint.clone()),
    ];
    facts.extend(parameter("group_by").map(|field| ("groups by", field)));
    facts.extend([
        ("where to look", "report.html is the page for people; run.json records the run".to_owned()),
        (
            "limits",
            format!(
                "a sheet shows the first {} rows of its list, a cell the first {} characters; text that a spreadsheet \
                 would take for a formula begins with an apostrophe",
                grouped(&report.run.sheet_rows.to_string()),
                grouped(&CELL.to_string())
            ),
        ),
    ]);
    facts
}

fn whole_list(table: &Table<'_>) -> String {
    format!("{0}.csv, tables/{0}.parquet", table.name)
}

const fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Text => "text",
        Type::Integer => "whole number",
        Type::Number => "number",
        Type::Decimal => "decimal number",
        Type::Date => "date",
        Type::Flag => "true or false",
    }
}

fn sheet(sheet: &mut Worksheet, table: &Table<'_>, most: usize, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    // On paper as on the screen: names stand above every page.
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    for ((at, column), width) in (0..).zip(&table.columns).zip(widths(table)) {
        sheet.set_column_width(at, width)?;
        // A format of the column costs once what a format of each cell costs a million times.
        if let Some(format) = styles.of(column.ty) {
            sheet.set_column_format(at, format)?;
        }
        sheet.write_string_with_format(0, at, column.name, &styles.head)?;
    }
    let rows = table.len().min(most);
    for at in 0..rows {
        let (row, mut column, mut written) = (at as u32 + 1, 0, Ok(()));
        table.row(at, |value| {
            if written.is_ok() {
                written = cell(sheet, row, column, &value);
            }
            column += 1;
        });
        written?;
    }
    sheet.autofilter(0, 0, rows as u32, u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1))?;
    if rows < table.len() {
        let shown = [rows, table.len()].map(|count| grouped(&count.to_string()));
        let note = format!("… {} of {} rows; all in {}", shown[0], shown[1], whole_list(table));
        sheet.write_string_with_format(rows as u32 + 1, 0, note, &styles.head)?;
    }
    Ok(())
}

/// Writes a cell in the format of its column.
fn cell(sheet: &mut Worksheet, row: u32, column: u16, value: &Cell<'_>) -> Result<(), XlsxError> {
    match value {
        Cell::Empty => return Ok(()),
        Cell::Text(words) => sheet.write_string(row, column, text(words))?,
        Cell::Integer(number) if *number <= EXACT => sheet.write_number(row, column, *number as f64)?,
        Cell::Integer(number) => sheet.write_string(row, column, number.to_string())?,
        Cell::Number(number) => sheet.write_number(row, column, *number)?,
        Cell::Decimal(digits) => match exact(digits) {
            Some(number) => sheet.write_number(row, column, number)?,
            None => sheet.write_string(row, column, text(digits))?,
        },
        Cell::Date(date) => match day(*date) {
            Some(day) => sheet.write_datetime(row, column, &day)?,
            None => sheet.write_string(row, column, date.to_string())?,
        },
        Cell::Flag(flag) => sheet.write_boolean(row, column, *flag)?,
    };
    Ok(())
}

/// Digits that a spreadsheet, which keeps fifteen of them, shows as they are.
fn exact(digits: &str) -> Option<f64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let number = digits.bytes().filter(u8::is_ascii_digit).count();
    if plain && number <= 15 { digits.parse().ok() } else { None }
}

/// A day as a spreadsheet counts it; its calendar is wrong before March 1900.
fn day(date: Date) -> Option<ExcelDateTime> {
    if date < jiff::civil::date(1900, 3, 1) {
        return None;
    }
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

/// Text as a cell holds it: harmless, and cut visibly where it is too long.
fn text(words: &str) -> Cow<'_, str> {
    // Most text is far from the limit, and a character has a byte at least.
    let shown = match harmless(words) {
        Cow::Borrowed(words) => xml(words),
        Cow::Owned(words) => xml(&words).into_owned().into(),
    };
    if shown.len() <= CELL || shown.encode_utf16().count() <= CELL {
        return shown;
    }
    let room = CELL - CUT.len();
    let mut used = 0;
    let end = shown.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > room
    });
    format!("{}{CUT}", &shown[..end.map_or(shown.len(), |(at, _)| at)]).into()
}

/// Widths that show the names of columns and most of the first rows, in characters of the spreadsheet.
fn widths(table: &Table<'_>) -> Vec<f64> {
    let mut widths: Vec<usize> = table.columns.iter().map(|column| column.name.width() + 3).collect();
    for at in 0..table.len().min(60) {
        let mut column = 0;
        table.row(at, |cell| {
            widths[column] = widths[column].max(width(&cell, &table.columns[column]));
            column += 1;
        });
    }
    widths.into_iter().map(|width| width.clamp(6, 60) as f64).collect()
}

fn width(cell: &Cell<'_>, column: &Column) -> usize {
    match (cell, column.ty) {
        (Cell::Empty, _) => 0,
        (_, Type::Date) => 11,
        (Cell::Text(words), _) => words.chars().take(60).collect::<String>().width() + 1,
        _ => cell.shown().len() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    #[test]
    fn long_text_is_cut_where_one_sees_it() {
        for words in ["网".repeat(CELL), "a".repeat(CELL)] {
            assert_eq!(text(&words), words);
        }
        for words in ["网".repeat(CELL + 1), "𠮷".repeat(CELL), "a".repeat(CELL + 1)] {
            let cut = text(&words);
            assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= CELL);
        }
        assert_eq!(text("=1+1\u{1b}\u{ffff}"), "'=1+1\\u{1b}\u{fffd}");
    }

    #[test]
    fn numbers_and_days_are_exact_or_text() {
        assert_eq!(exact("14000000"), Some(14e6));
        assert_eq!((exact("1234567890123456"), exact("2/3"), exact("-0.5")), (None, None, Some(-0.5)));
        assert!(day(jiff::civil::date(1900, 2, 28)).is_none() && day(jiff::civil::date(1949, 10, 1)).is_some());
    }

    #[test]
    fn equal_reports_are_equal_workbooks() {
        let case = fixture::case();
        assert!(workbook(&case.report()).unwrap() == workbook(&case.report()).unwrap());
    }
}
