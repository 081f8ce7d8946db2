//! Spreadsheets: a row a line, cells parted by tabs, sheets one behind the other.
//!
//! A cell holds the number of a string, or a number that is a day only by its format: 42681 is 2016-11-07. Formulas
//! are not calculated; the value that was saved is read. Hidden sheets are left out, and so are macros.

mod dates;

use std::collections::BTreeMap;

use super::{
    Reason, Refusal,
    declared::Parsed,
    package::Package,
    properties,
    xml::{Element, Piece, Pieces},
};
use crate::text::{Heading, Span};
use dates::Dates;

/// Columns of a sheet, as far as a program writes them.
const MAX_COLUMNS: usize = 16_384;

/// Text and declarations of a workbook; the names of its sheets are headings where there are several.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    let missing = || (Reason::UnsupportedFormat, "a workbook in a form that is not read; save it as xlsx".to_owned());
    let workbook = package.text("xl/workbook.xml")?.ok_or_else(missing)?;
    let relations = package.text("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let strings =
        package.text("xl/sharedStrings.xml")?.map(|text| shared_strings(&text)).transpose()?.unwrap_or_default();
    let dates = Dates::of(&package.text("xl/styles.xml")?.unwrap_or_default(), &workbook);
    let sheets = sheets(&workbook, &relations)?;
    let declared = package.text("docProps/core.xml").ok().flatten().map(|text| properties::declare(&text));
    let mut parsed = Parsed { declared: declared.unwrap_or_default(), ..Parsed::default() };
    let several = sheets.len() > 1;
    for (name, place) in sheets {
        let Some(text) = package.text(&place)? else { continue };
        let start = parsed.text.len();
        if several && !name.is_empty() {
            parsed.text.push_str(&name);
            parsed.headings.push(Heading { span: Span::of(start, parsed.text.len()), level: 1 });
            parsed.text.push('\n');
        }
        if let Err((reason, detail)) = sheet(&text, &strings, &dates, &mut parsed.text) {
            if reason == Reason::ForbiddenMarkup {
                return Err((reason, detail));
            }
            parsed.notes.push((reason, format!("the sheet {name}: {detail}; what stands behind it is missing")));
        }
    }
    parsed.notes.extend(package.losses());
    Ok(parsed)
}

/// Names and places of the sheets that are seen, in order.
fn sheets(workbook: &str, relations: &str) -> Result<Vec<(String, String)>, Refusal> {
    let mut places = BTreeMap::new();
    let mut pieces = Pieces::of(relations);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
            let place = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            places.insert(id, place);
        }
    }
    let mut sheets = Vec::new();
    let mut pieces = Pieces::of(workbook);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        if element.name() == "sheet" && element.attribute("state").is_none_or(|state| state == "visible") {
            let name = element.attribute("name").unwrap_or_default();
            let usual = || format!("xl/worksheets/sheet{}.xml", sheets.len().saturating_add(1));
            let place = element.attribute("id").and_then(|id| places.get(&id).cloned()).unwrap_or_else(usual);
            sheets.push((name, place));
        }
    }
    Ok(sheets)
}

/// Strings by number, without the readings of Japanese words.
fn shared_strings(text: &str) -> Result<Vec<String>, Refusal> {
    let mut strings: Vec<String> = Vec::new();
    let mut pieces = Pieces::of(text);
    let mut in_text = false;
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.name() {
                "si" => strings.push(String::new()),
                "rPh" => pieces.skip()?,
                "t" => in_text = true,
                _ => {}
            },
            Piece::Close(_, name) if name == "t" => in_text = false,
            Piece::Text(part) if in_text => {
                if let Some(string) = strings.last_mut() {
                    string.push_str(&part);
                }
            }
            _ => {}
        }
    }
    Ok(strings)
}

/// What a cell holds.
#[derive(Default)]
struct Cell {
    /// `s`: the number of a string, `b`: a truth, `n` or nothing: a number, others: text.
    kind: String,
    style: usize,
    value: String,
}

impl Cell {
    fn of(element: &Element<'_>) -> Self {
        let style = element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Self { kind: element.attribute("t").unwrap_or_default(), style, value: String::new() }
    }

    fn text(&self, strings: &[String], dates: &Dates) -> String {
        let words = match self.kind.as_str() {
            "s" => self.value.trim().parse().ok().and_then(|number: usize| strings.get(number)).cloned(),
            "b" => Some(if self.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "e" => None,
            "" | "n" => Some(dates.date(self.style, &self.value).unwrap_or_else(|| self.value.trim().to_owned())),
            _ => Some(self.value.clone()),
        };
        words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn sheet(text: &str, strings: &[String], dates: &Dates, out: &mut String) -> Result<(), Refusal> {
    let mut pieces = Pieces::of(text);
    let mut cell = Cell::default();
    let (mut columns, mut in_value, mut row_start) = (0_usize, false, out.len());
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.name() {
                "row" => (columns, row_start) = (0, out.len()),
                "c" => {
                    let column = element.attribute("r").and_then(|place| column_of(&place)).unwrap_or(columns);
                    let next = column.saturating_add(1);
                    // Empty cells are not in the file.
                    let tabs = if out.len() == row_start { column } else { next.saturating_sub(columns).max(1) };
                    out.extend(std::iter::repeat_n('\t', tabs.min(MAX_COLUMNS)));
                    columns = next;
                    cell = Cell::of(&element);
                }
                "v" | "t" => in_value = true,
                "rPh" | "f" => pieces.skip()?,
                _ => {}
            },
            Piece::Close(_, name) => match &*name {
                "v" | "t" => in_value = false,
                "c" => out.push_str(&cell.text(strings, dates)),
                "row" => {
                    let kept = out.get(row_start..).unwrap_or_default().trim_end_matches('\t').len();
                    out.truncate(row_start.saturating_add(kept));
                    if kept > 0 {
                        out.push('\n');
                    }
                }
                _ => {}
            },
            Piece::Text(part) if in_value => cell.value.push_str(&part),
            Piece::Text(_) => {}
        }
    }
    Ok(())
}

/// The column of a place, from 0: `AB12` is 27.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(3);
    // A is 10 among the digits of base 36, and 1 here.
    let values = letters.filter_map(|letter| char::from(letter).to_digit(36)?.checked_sub(9));
    let column = values.fold(0_usize, |sum, value| sum.saturating_mul(26).saturating_add(value as usize));
    column.checked_sub(1).filter(|column| *column < MAX_COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::package::tests::zipped;

    #[test]
    fn rows_are_lines_and_days_are_days() {
        let parts: [(&str, &str); 5] = [
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><sheets><sheet name='表' r:id='x'/><sheet name='h' state='hidden' r:id='y'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='x' Target='worksheets/sheet1.xml'/></Relationships>",
            ),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>日期</t><rPh><t>x</t></rPh></si><si><r><t>罚</t></r><r><t>款</t></r></si></sst>",
            ),
            ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row><row/>\
                <row><c r='A3' s='1'><v>42681</v></c><c r='B3' t='inlineStr'><is><t>a\nb</t></is></c><c r='C3'><f>1+1</f><v>2</v></c></row>\
                </sheetData></worksheet>",
            ),
        ];
        let bytes = zipped(&parts.map(|(name, text)| (name, text.as_bytes())));
        assert_eq!(parse(&bytes).unwrap().text, "日期\t\t罚款\n2016-11-07\ta b\t2\n");
        assert_eq!((column_of("AB12"), column_of("12"), column_of("ZZZ1")), (Some(27), None, None));
    }
}
