//! What stands around a division and tells whose it is.

use super::super::Resolved;
use crate::{
    extract::{Value, law::wording::without_additions},
    text::Span,
    value::Kind,
};

/// Where the sentence of a place begins, but not before all of the mentions at its left that are asked about: looking
/// further would take a time without bounds in a text without full stops.
pub(super) fn sentence_start<'r>(
    text: &str,
    at: usize,
    left: impl Iterator<Item = &'r Resolved>,
    marks: &[char],
) -> usize {
    let from = left.map(|r| r.mention.span.start()).min().unwrap_or(at).min(at);
    text[from..at].rfind(marks).map_or(from, |mark| from + mark)
}

/// Whether a number is that of an instrument with divisions: an act of the Union, a law of Macao, a resolution. What 院臺規字第
/// 1010134960 號公告第 4 條 speaks of are articles of the text itself.
pub(super) fn is_instrument(number: &Resolved) -> bool {
    let Value::Norm(norm) = &number.mention.value else { return false };
    number.mention.kind == Kind::DocNumber
        && (number.entity.is_some()
            || norm.starts_with('第') && norm.contains('/')
            || norm.ends_with('号')
            || norm.ends_with("决议")
            || norm.ends_with("決議"))
}

/// Whether the title is one of texts that apply the articles of others.
pub(super) fn has_no_articles(title: &str, kinds: &[String]) -> bool {
    let bare = without_additions(title.trim_end_matches('》'));
    kinds.iter().any(|kind| bare.ends_with(kind.as_str()))
}

/// Whether a division is told to be one of something with a name of its own: no division, and not a part of this text.
pub(super) fn names_another(behind: &str) -> bool {
    const PARTS: [&str; 22] = [
        "Schedule",
        "Part",
        "Chapter",
        "Division",
        "Title",
        "Subtitle",
        "Appendix",
        "Annex",
        "Table",
        "Form",
        "Section",
        "Article",
        "Paragraph",
        "Subsection",
        "Exhibit",
        "Attachment",
        "Subpart",
        "Act",
        "Order",
        "Proclamation",
        "Memorandum",
        "Regulation",
    ];
    let behind = behind.trim_start_matches([' ', '\n']);
    let Some(name) = ["of the ", "of my "].iter().find_map(|of| behind.strip_prefix(of)) else { return false };
    let word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && !PARTS.iter().any(|part| word.strip_suffix('s').unwrap_or(word).eq_ignore_ascii_case(part))
}

/// What stands between a name and a division, without the address of a link around the name.
pub(super) fn without_address(gap: &str) -> &str {
    let behind = gap.strip_prefix("](").and_then(|address| address.split_once(')')).map_or(gap, |(_, behind)| behind);
    behind.trim_matches([' ', '\n', '['])
}

/// Whether a text goes from a law over to a division of another one: "from IEEPA to Section 301".
pub(super) fn goes_over(law: &Resolved, division: Span, text: &str) -> bool {
    let gap = text.get(law.mention.span.end()..division.start()).unwrap_or_default().trim();
    matches!(gap, "to" | "than" | "versus" | "vs." | "rather than" | "instead of" | "not" | "with")
}
