//! Tells a minus sign from other dashes: C-919, the mark of a list, a pause, one half of +/-5%.

use super::super::scan::Match;
use crate::value::Kind;

/// Before a sign these say that both are meant.
const BOTH: [&str; 7] = ["+", "+/", "plus/", "±", "-", "–", "正"];

/// So many bytes before a dash tell whether it opens its line.
const NEAR: usize = 40;

/// Whether what a pattern took for a sign is none.
pub(super) fn is_none(found: &Match<'_>) -> bool {
    let text = found.hay.text;
    let left = &text[..found.start];
    let negative = found.code("sign") == Some("-");
    // 正负10% and "+/-5%" have both signs; 修正-5% has one.
    if negative
        && BOTH.iter().any(|sign| left.ends_with(sign))
        && !(left.ends_with('正') && text[found.start..].starts_with('-'))
    {
        return true;
    }
    let dash = ["sign", "low_sign"].iter().any(|sign| matches!(found.word(sign), Some("-" | "–" | "−")));
    if !dash {
        return false;
    }
    // In C-919 and "three-nought" the dash joins.
    if left.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    // "- 5%", "Title I - $5 million": the mark of a list, a pause.
    let apart = |dash: char| text[found.start..].strip_prefix(dash).is_some_and(|rest| rest.starts_with(' '));
    let near = &left[left.ceil_char_boundary(left.len().saturating_sub(NEAR))..];
    let line = &near[near.rfind('\n').map_or(0, |at| at + 1)..];
    let opens = line.trim_start_matches([' ', '\t', '\u{3000}']).is_empty();
    let pause = matches!(found.kind, Kind::Money | Kind::Percent) || opens && !left.is_empty();
    apart('-') && pause || apart('–')
}
