//! Lines become paragraphs again.
//!
//! A title broken at the end of a line (《中华人民共和国|网络安全法》) would be found by nobody. A line goes on in the next
//! one where the next one's first word would not have fitted behind it, and where the next one is not indented.

use super::sheet::{Line, Sheet, is_han};

/// The text of all pages.
pub(super) fn text_of(sheets: &[Sheet]) -> String {
    let mut text = String::new();
    let mut before: Option<(&Line, Edges, bool)> = None;
    for sheet in sheets {
        let edges = Edges::of(&sheet.lines);
        for (index, line) in sheet.lines.iter().enumerate() {
            let goes_on =
                before.is_some_and(|(above, its, inner)| continues(above, its, inner, line, edges, index == 0));
            if before.is_some() {
                if goes_on { join(&mut text, &line.text) } else { text.push('\n') }
            }
            text.push_str(&line.text);
            before = Some((line, edges, goes_on));
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Where most lines of a page begin and end.
#[derive(Clone, Copy)]
struct Edges {
    left: f64,
    right: f64,
}

impl Edges {
    fn of(lines: &[Line]) -> Self {
        let mut starts: Vec<f64> = lines.iter().filter(|line| line.is_upright()).map(|line| line.start).collect();
        let mut ends: Vec<f64> = lines.iter().filter(|line| line.is_upright()).map(|line| line.end).collect();
        starts.sort_by(f64::total_cmp);
        ends.sort_by(f64::total_cmp);
        // A stray line at the margin does not move the edge.
        let left = starts.get(starts.len() / 20).copied().unwrap_or(0.0);
        let right =
            ends.get((ends.len().saturating_mul(19) / 20).min(ends.len().saturating_sub(1))).copied().unwrap_or(0.0);
        Self { left, right }
    }
}

/// Whether `line` goes on with the paragraph of `above`; `inner`: `above` itself went on with one.
fn continues(above: &Line, its: Edges, inner: bool, line: &Line, edges: Edges, new_page: bool) -> bool {
    let em = above.size.max(0.1);
    if (above.size - line.size).abs() > em * 0.15 || above.along.dot(line.along) < 0.99 || above.text.contains('\t') {
        return false;
    }
    let step = line.base - above.base;
    let near = (0.5..2.4).contains(&(step / em));
    // The next column or page begins higher up.
    if !near && !(new_page || step < -em) {
        return false;
    }
    let right = if new_page || near { its.right } else { its.right.min(above.end + em) };
    let fits = above.end + width_of_first_word(line) < right - em * 0.3;
    let column = line.start > its.right || step < -em;
    let at_edge = (line.start - edges.left).abs() < em * 0.6 || (column && !new_page);
    let outdented = line.start < above.start - em * 0.6;
    let aligned = inner && (line.start - above.start).abs() < em * 0.6;
    !fits && (at_edge || outdented || aligned)
}

/// How much room the first word of a line takes, in points, with the blank before it.
fn width_of_first_word(line: &Line) -> f64 {
    let all = line.text.chars().count().max(1);
    let mut chars = line.text.chars();
    let word = match chars.next() {
        // Marks that may not begin a line pull the character before them along.
        Some(first) if is_han(first) => chars.take_while(|c| "，。、；：？！）》〉」』”’".contains(*c)).count(),
        _ => line.text.chars().take_while(|c| !c.is_whitespace() && !is_han(*c)).count(),
    };
    // One more for the Han character, or for the blank.
    let word = word.saturating_add(1);
    (line.end - line.start) * word as f64 / all as f64
}

/// Writes what stands between two lines of a paragraph.
fn join(text: &mut String, next: &str) {
    let first = next.chars().next();
    if text.ends_with('\u{ad}') {
        text.pop();
        return;
    }
    let mut last = text.chars().rev();
    let hyphen = last.next() == Some('-') && last.next().is_some_and(char::is_lowercase);
    if hyphen && first.is_some_and(char::is_lowercase) {
        text.pop();
    } else if !(text.ends_with(is_han) || text.ends_with(['“', '‘', '—', '-', '/']) || first.is_some_and(is_han))
    {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Vec2;

    use super::*;

    fn line(start: f64, base: f64, text: &str) -> Line {
        let width = text.chars().map(|c| if is_han(c) { 10.0 } else { 5.0 }).sum::<f64>();
        Line { text: text.to_owned(), start, end: start + width, base, size: 10.0, along: Vec2::new(1.0, 0.0) }
    }

    fn joined(lines: Vec<Line>) -> String {
        let mut sheet = Sheet::new(800.0);
        sheet.lines = lines;
        text_of(&[sheet])
    }

    #[test]
    fn full_lines_go_on_and_indented_ones_begin() {
        let lines = vec![
            line(20.0, 10.0, "第一条为了规范数据处理，"),
            line(0.0, 25.0, "根据《中华人民共和国网络安全"),
            line(0.0, 40.0, "法》，制定本法。"),
            line(20.0, 55.0, "第二条在中华人民共和国境"),
            line(0.0, 70.0, "内开展活动，适用本法。"),
        ];
        assert_eq!(
            joined(lines),
            "第一条为了规范数据处理，根据《中华人民共和国网络安全法》，制定本法。\n第二条在中华人民共和国境内开展活动，适用本法。\n"
        );
    }

    #[test]
    fn english_lines_are_joined_by_a_blank_or_at_a_hyphen() {
        let lines = vec![
            line(0.0, 10.0, "This Act may be cited as the Data Protec-"),
            line(0.0, 22.0, "tion Act and it shall come into force on a"),
            line(0.0, 34.0, "day to be named."),
            line(0.0, 46.0, "Section 2."),
        ];
        let expected = "This Act may be cited as the Data Protection Act and it shall come into force on a day to be named.\nSection 2.\n";
        assert_eq!(joined(lines), expected);
    }
}
