//! Tables (CSV, TSV) as text: a row a line, cells parted by tabs.

use super::declared::Parsed;

/// The table as text.
pub(super) fn parse(text: String) -> Parsed {
    let mut reader = reader(&text);
    let mut out = String::with_capacity(text.len());
    let mut row = csv::StringRecord::new();
    let mut write = |row: &csv::StringRecord| {
        for (number, cell) in row.iter().enumerate() {
            if number > 0 {
                out.push('\t');
            }
            out.extend(cell.trim().chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
        }
        out.push('\n');
    };
    if let Ok(header) = reader.headers() {
        if !header.is_empty() {
            write(header);
        }
    }
    while let Ok(true) = reader.read_record(&mut row) {
        write(&row);
    }
    Parsed { text: out, ..Parsed::default() }
}

/// A reader of rows; what parts the cells is told by the first line.
pub(super) fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    // Of equal ones the last is taken.
    let delimiter = [';', '\t', ','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(',');
    csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_and_cells_have_tabs() {
        assert_eq!(parse("年,值\n2016,\"1,000\n元\"\n".to_owned()).text, "年\t值\n2016\t1,000 元\n");
        assert_eq!(parse("a\tb;c\n1\t2\n".to_owned()).text, "a\tb;c\n1\t2\n");
        assert_eq!(parse(String::new()).text, "");
    }
}
