//! Finds the numbers by which states count their laws: Act No. 12 of 1998, Law No. 13/2003, Republic Act No. 10173.
//!
//! "Section 14 of the Central Bank Act (Act No. 12 of 1998)" has a title and a number; "Decree No. 53/2022/ND-CP" is called by its
//! number alone, and a part of it, "Decree No. 53", would be another decree.
//!
//! Always true: decrees, circulars and resolutions need the year behind a stroke; what has an issuer of a list is read elsewhere.

use super::{
    number::{Found, no, number},
    words::{Gap, Shape, Words},
};

/// Statutes, whose number may stand alone.
const STATUTES: [&str; 4] = ["Act", "Law", "Ordinance", "Decree-Law"];
/// What is counted by year behind a stroke.
const DECREES: [&str; 5] = ["Decree", "Circular", "Resolution", "Order", "Decision"];
/// What belongs to the number before the kind.
const KINDS: [&str; 10] = [
    "Republic",
    "Federal",
    "Organic",
    "Local",
    "Constitutional",
    "Royal",
    "Legislative",
    "Presidential",
    "Government",
    "Ministerial",
];

/// Reads a number at its "No", or at the word for a decree before that.
pub(super) fn read(words: &Words<'_>, at: usize) -> Option<Found> {
    let head = if words.str(at) == "No" { at.checked_sub(1)? } else { at };
    let first = no(words, head + 1);
    if words.str(head + 1) != "No" || words.gap(head + 1) > Gap::Line || words.gap(first) > Gap::Line {
        return None;
    }
    let kind = words.str(head);
    // "Statutory Rules No. 12 of 1998", "SLI No. 145 of 2013" of Australia
    let rules = kind == "Rules" && head > 0 && words.is(head - 1, "Statutory");
    let named = head > 0 && (rules || KINDS.contains(&words.str(head - 1))) && words.runs_on(head);
    let statute = STATUTES.contains(&kind);
    let regulation = kind == "Regulation" && named || rules || kind == "SLI";
    if !statute && !regulation && !DECREES.contains(&kind) {
        return None;
    }
    let word = words.str(first);
    // "152-FZ": letters only behind a hyphen.
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if words.shape(first) != Shape::Number
        || digits == 0
        || digits > 6
        || !matches!(word.as_bytes().get(digits), None | Some(b'-'))
    {
        return None;
    }
    let mut to = first + 1;
    let glued = |at: usize| words.is(at, "/") && words.gap(at) == Gap::None && words.gap(at + 1) == Gap::None;
    while glued(to) && matches!(words.shape(to + 1), Shape::Number | Shape::Upper) && to < first + 7 {
        to += 2;
    }
    let stroke = to > first + 1;
    let of_year = words.is(to, "of") && number(words, to + 1, 4) && words.str(to + 1).len() == 4;
    to += 2 * usize::from(of_year);
    if !(stroke || statute || regulation && of_year) {
        return None;
    }
    let from = head - usize::from(named);
    Some(Found { from, to, norm: words.joined(from, to), titled: false })
}
