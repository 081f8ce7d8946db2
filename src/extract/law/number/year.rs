//! The year before the serial of a number: 〔2015〕, 2025年, 111年 of the Republic.
//!
//! Always true: a year is one of four digits since 1900, or one of the Republic.

use crate::extract::law::article;

/// 〔2015〕 at the end: its year, and where it opens.
pub(super) fn year_in_brackets(left: &str) -> Option<(u32, usize)> {
    let inner = left.strip_suffix(['〕', '］', ']', '）', ')', '】', '﹞'])?;
    let (year, start) = year_at_end(inner.trim_end_matches(' '))?;
    let before = inner[..start].trim_end_matches(' ');
    let open = before.chars().next_back().filter(|c| matches!(c, '〔' | '［' | '[' | '（' | '(' | '【' | '﹝'))?;
    Some((year, before.len() - open.len_utf8()))
}

/// 2025年 at the end: its year, and where it starts.
pub(super) fn year_before(left: &str) -> Option<(u32, usize)> {
    year_at_end(left.strip_suffix('年')?)
}

fn year_at_end(left: &str) -> Option<(u32, usize)> {
    let start = left.char_indices().rev().nth(3)?.0;
    let mut year = 0;
    for c in left[start..].chars() {
        year = year * 10 + article::digit(c)?;
    }
    (1900..2100).contains(&year).then_some((year, start))
}

/// 111 of 111年 at the end, a year of the Republic, and where it starts.
pub(super) fn year_of_republic(left: &str) -> Option<(u32, usize)> {
    let left = left.trim_end_matches(' ').strip_suffix('年')?;
    let start = left.trim_end_matches(' ').trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let year = left[start..].trim().parse().ok().filter(|year| (50..300).contains(year))?;
    Some((year, start))
}
