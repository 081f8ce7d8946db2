//! Articles without their 第: 个保法13条, 民法典1165条第1款, 勞動基準法79條1項, 《民法典》§577.
//!
//! Only right behind the name of a law: 共13条 counts, and 《若干措施》25条 has 25 measures.

use memchr::memmem;

use super::{Surroundings, is_numeral};
use crate::text::Span;

/// Longest number, in bytes.
const LONGEST: usize = 24;

/// Behind an article they say that it is cited.
const CITING: [&str; 6] = ["规定", "規定", "的规定", "的規定", "之规定", "之規定"];

/// Where the numbers of such articles begin, in text order.
pub(super) fn find(text: &str, around: &Surroundings) -> Vec<usize> {
    let units = ["条", "條"].map(|unit| memmem::find_iter(text.as_bytes(), unit));
    let [simple, traditional] = units.map(|found| found.filter_map(|at| begin(text, at, around)));
    let marked = memmem::find_iter(text.as_bytes(), "§").filter(|&at| {
        let number = text[at + "§".len()..].trim_start_matches(' ');
        let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let before = text[..at].trim_end_matches(' ');
        // 30日内（§11） in a table of articles
        let alone = before.ends_with(['（', '｜']) && behind.starts_with(['）', '｜', '\n', '、', '，']);
        let listed = before.strip_suffix(['、', '和', '及']).is_some_and(|rest| rest.ends_with(['条', '條']));
        behind.len() < number.len() && (alone || listed || around.law(before))
    });
    let mut found: Vec<usize> = simple.chain(traditional).chain(marked).collect();
    found.sort_unstable();
    found
}

/// Where the number before the unit at `at` begins, if it is that of an article of the law before it.
fn begin(text: &str, at: usize, around: &Surroundings) -> Option<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let number = |c: char| c.is_ascii_digit() || is_numeral(c);
    let digits = text[from..at].trim_end_matches(' ');
    let start = from + digits.trim_end_matches(number).len();
    let span = Span::of(start, from + digits.len());
    let before = text[..start].trim_end_matches(' ');
    let title = before.strip_suffix('》').unwrap_or(before);
    let behind = &text[at + "条".len()..];
    // 管理办法20条 may have so many; 《促进条例》25条规定 has not.
    let cited = behind.starts_with(|c: char| c.is_ascii_digit()) || CITING.iter().any(|word| behind.starts_with(word));
    let lawful = title.ends_with(['法', '典']) && !["办法", "辦法"].iter().any(|head| title.ends_with(head));
    (!span.is_empty()
        && start > from
        && (lawful || cited && title.ends_with('例'))
        && around.law(before)
        && (behind.is_empty()
            || behind.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace())
            || around.behind.opening(behind).is_some()))
    .then_some(start)
}
