//! Running heads, running feet and page numbers: what stands on every page is not text of the document.
//!
//! 中华人民共和国国务院公报 at the head of forty pages would be the most frequent name of the document.

use std::collections::BTreeMap;

use super::sheet::{Line, Sheet};

/// Lines at the head and at the foot of a page that may be furniture.
const EDGE: usize = 3;

/// Takes lines out that return at the same place of many pages, and page numbers.
pub(super) fn leave_out(sheets: &mut [Sheet]) {
    let mut returns: BTreeMap<Key, usize> = BTreeMap::new();
    for (number, sheet) in (1..).zip(sheets.iter()) {
        for line in edges(sheet).into_iter().filter_map(|index| sheet.lines.get(index)) {
            for key in keys(line, sheet, number) {
                let count = returns.entry(key).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let pages = sheets.iter().filter(|sheet| !sheet.lines.is_empty()).count();
    // Heads may differ between left and right pages.
    let enough = |count: usize| pages >= 3 && count >= 2 && count.saturating_mul(5) >= pages.saturating_mul(2);
    for (number, sheet) in (1..).zip(sheets.iter_mut()) {
        let mut gone: Vec<usize> = edges(sheet)
            .into_iter()
            .filter(|index| {
                let Some(line) = sheet.lines.get(*index) else { return false };
                let counts = keys(line, sheet, number).map(|key| returns.get(&key).copied().unwrap_or(0));
                let count = counts.into_iter().max().unwrap_or(0);
                enough(count) || (is_at_margin(line, sheet) && is_page_number(&line.text, number, pages, count))
            })
            .collect();
        gone.sort_unstable();
        for index in gone.into_iter().rev() {
            sheet.lines.remove(index);
        }
    }
}

/// The highest and the lowest lines, and those that are written across.
fn edges(sheet: &Sheet) -> Vec<usize> {
    let mut order: Vec<(usize, &Line)> = sheet.lines.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.base.total_cmp(&b.base));
    let foot = order.len().saturating_sub(EDGE).max(EDGE.min(order.len()));
    let inner = order.get(EDGE..foot).unwrap_or_default().iter().filter(|(_, line)| !line.is_upright());
    let last = order.iter().skip(foot);
    let mut edges: Vec<usize> = order.iter().take(EDGE).chain(inner).chain(last).map(|(index, _)| *index).collect();
    edges.sort_unstable();
    edges
}

/// What a line says and where it stands, in hundredths of the height: heads do not move, but page sizes differ by a hair.
type Key = (String, i64);

/// A line as it stands, and with its number in relation to that of the page: 第9條 and 第18條 at the head of two pages
/// are no running head, `- 9 -` and `- 10 -` on page 9 and 10 are.
fn keys(line: &Line, sheet: &Sheet, page: usize) -> [Key; 2] {
    let place = (line.base / sheet.height.max(1.0) * 100.0).round() as i64;
    let words: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let moving = relation(&words, page).unwrap_or_else(|| format!("{words}##"));
    [(words, place), (moving, place)]
}

/// A line with its first number counted from the number of the page.
fn relation(words: &str, page: usize) -> Option<String> {
    let (before, from) = words.split_at_checked(words.find(|c: char| c.is_ascii_digit())?)?;
    let (number, behind) = from.split_at_checked(from.bytes().take_while(u8::is_ascii_digit).count())?;
    let beyond = number.parse::<i64>().ok()?.saturating_sub(page as i64);
    Some(format!("{before}#{beyond}#{behind}"))
}

fn is_at_margin(line: &Line, sheet: &Sheet) -> bool {
    let place = line.base / sheet.height.max(1.0);
    !(0.09..=0.91).contains(&place)
}

/// `- 3 -`, `第 3 页`, `3/12`, `Page 3 of 12`; a bare number only where others like it stand on the other pages.
fn is_page_number(text: &str, number: usize, pages: usize, count: usize) -> bool {
    let words: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let bare = words.trim_matches(['-', '—', '–', '－', '·', '.']);
    let is_number = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if is_number(bare) {
        return bare != words || bare.parse() == Ok(number) || (pages > 1 && count > 1);
    }
    let inner = bare.strip_prefix('第').and_then(|rest| rest.split_once('页').or_else(|| rest.split_once('頁')));
    if let Some((digits, rest)) = inner {
        return is_number(digits) && rest.chars().all(|c| c.is_ascii_digit() || "共页頁/，,（）()".contains(c));
    }
    let parts = bare.strip_prefix("page").map(|rest| rest.split_once("of").unwrap_or((rest, "0")));
    let parts = parts.or_else(|| bare.split_once('/'));
    parts.is_some_and(|(a, b)| is_number(a) && is_number(b))
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Vec2;

    use super::*;

    fn sheet(lines: &[(f64, &str)]) -> Sheet {
        let mut sheet = Sheet::new(800.0);
        sheet.lines = lines
            .iter()
            .map(|(base, text)| Line {
                text: (*text).to_owned(),
                base: *base,
                along: Vec2::new(1.0, 0.0),
                ..Line::default()
            })
            .collect();
        sheet
    }

    #[test]
    fn running_heads_and_page_numbers_go() {
        let mut sheets: Vec<Sheet> = (1..=5)
            .map(|n| {
                let (body, foot) = (format!("第{n}条 正文不同{}", "字".repeat(n)), format!("- {n} -"));
                sheet(&[(40.0, "国务院公报 2016·31"), (300.0, &body), (400.0, "2016"), (770.0, &foot)])
            })
            .collect();
        leave_out(&mut sheets);
        let left: Vec<&str> = sheets[1].lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(left, ["第2条 正文不同字字"], "what stands at the same place of all pages goes, too");
    }

    #[test]
    fn headings_at_the_head_of_pages_stay() {
        let mut sheets = [9, 18, 30].map(|n| {
            sheet(&[(40.0, format!("第{n}條").as_str()), (300.0, "a"), (400.0, "b"), (500.0, "c"), (600.0, "d")])
        });
        leave_out(&mut sheets);
        assert_eq!(sheets[1].lines[0].text, "第18條");
    }

    #[test]
    fn a_single_page_keeps_its_lines() {
        let mut sheets =
            [sheet(&[(40.0, "通知"), (60.0, "2016"), (700.0, "2016年11月7日"), (780.0, "第 1 页 共 1 页")])];
        leave_out(&mut sheets);
        assert_eq!(sheets[0].lines.len(), 3);
    }

    #[test]
    fn page_numbers_come_in_many_ways() {
        for text in ["- 3 -", "3", "— 3 —", "第 3 页", "第3页 共12页", "3/12", "Page 3 of 12"] {
            assert!(is_page_number(text, 3, 12, 1), "{text}");
        }
        for text in ["2016", "第三条", "12,000", "3/4 of all", ""] {
            assert!(!is_page_number(text, 3, 12, 1), "{text}");
        }
    }
}
