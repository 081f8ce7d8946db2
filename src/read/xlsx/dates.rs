//! Which numbers of a spreadsheet are days.
//!
//! Source: ECMA-376 Part 1, 18.8.30 (number formats) and 18.17.4 (dates): days since 30 December 1899, or since
//! 1 January 1904 in workbooks of old Macintosh programs.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::date};

use crate::read::xml::{Piece, Pieces};

/// The styles of a workbook that show numbers as days.
#[derive(Default)]
pub(super) struct Dates {
    styles: Vec<bool>,
    from_1904: bool,
}

impl Dates {
    /// Reads `styles.xml` and what the workbook says of its calendar; what is broken of it gives no days.
    pub(super) fn of(styles: &str, workbook: &str) -> Self {
        let mut dates = Self::default();
        let mut formats: BTreeMap<u32, bool> = BTreeMap::new();
        let mut in_cells = false;
        let mut pieces = Pieces::of(styles);
        while let Ok(Some(piece)) = pieces.next() {
            match piece {
                Piece::Open(element) => match element.name() {
                    "numFmt" => {
                        let code = element.attribute("formatCode").unwrap_or_default();
                        if let Some(id) = element.attribute("numFmtId").and_then(|id| id.parse().ok()) {
                            formats.insert(id, shows_a_day(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        dates.styles.push(formats.get(&id).copied().unwrap_or_else(|| is_built_in_day(id)));
                    }
                    _ => {}
                },
                Piece::Close(_, name) if name == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
        let mut pieces = Pieces::of(workbook);
        while let Ok(Some(piece)) = pieces.next() {
            if let Piece::Open(element) = piece
                && element.name() == "workbookPr"
            {
                dates.from_1904 = matches!(element.attribute("date1904").as_deref(), Some("1" | "true"));
            }
        }
        dates
    }

    /// The day that a number means; `None` where it is a number.
    pub(super) fn date(&self, style: usize, value: &str) -> Option<String> {
        if !self.styles.get(style).copied().unwrap_or(false) {
            return None;
        }
        let days = value.trim().parse::<f64>().ok().filter(|days| (1.0..2_958_466.0).contains(days))?;
        let origin = if self.from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
        origin.checked_add((days as i64).days()).ok().map(|day| day.to_string())
    }
}

const fn is_built_in_day(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format has years or days in it, outside quotes and brackets.
fn shows_a_day(code: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            'y' | 'Y' | 'd' | 'D' if !quoted && !bracket => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_days_from_numbers() {
        for code in ["yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d", "d-mmm-yy"] {
            assert!(shows_a_day(code), "{code}");
        }
        for code in ["0.00", "#,##0\"day\"", "[Red]0", "\\y0", "General"] {
            assert!(!shows_a_day(code), "{code}");
        }
    }
}
