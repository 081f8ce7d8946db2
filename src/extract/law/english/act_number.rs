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
    if matches!(words.str(at), "Law" | "Act") {
        return bare(words, at);
    }
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
    // "Law No. 13.709/2018", "Law No. 19.300": points part the thousands.
    let grouped = is_grouped(word);
    if statute && grouped {
        let to = first + 1 + 2 * usize::from(words.is(first + 1, "/") && is_year(words, first + 2));
        let of_year = words.is(to, "of") && is_year(words, to + 1);
        let (from, to) = (head - usize::from(named), to + 2 * usize::from(of_year));
        return Some(Found { from, to, norm: words.joined(from, to), titled: false });
    }
    if words.shape(first) != Shape::Number
        || digits == 0
        || digits > 6
        || !matches!(word.as_bytes().get(digits), None | Some(b'-'))
    {
        return None;
    }
    let mut to = first + 1;
    // "Law No. 19,300"
    if statute
        && digits <= 3
        && word.len() == digits
        && words.is(to, ",")
        && words.gap(to) == Gap::None
        && words.gap(to + 1) == Gap::None
        && words.str(to + 1).len() == 3
        && number(words, to + 1, 3)
    {
        to += 2;
    }
    let glued = |at: usize| words.is(at, "/") && words.gap(at) == Gap::None && words.gap(at + 1) == Gap::None;
    while glued(to) && matches!(words.shape(to + 1), Shape::Number | Shape::Upper) && to < first + 7 {
        to += 2;
    }
    let stroke = to > first + 1 && words.is(to - 2, "/");
    let of_year = words.is(to, "of") && number(words, to + 1, 4) && words.str(to + 1).len() == 4;
    to += 2 * usize::from(of_year);
    if !(stroke || statute || regulation && of_year) {
        return None;
    }
    let from = head - usize::from(named);
    Some(Found { from, to, norm: words.joined(from, to), titled: false })
}

/// "Law 27/2006", "Law 2251 of 2022": the number of a statute without "No.", which its year proves.
fn bare(words: &Words<'_>, head: usize) -> Option<Found> {
    let first = head + 1;
    let word = words.str(first);
    let plain = number(words, first, 6) || is_grouped(word);
    // "the Companies Act 71 of 2008" and "Public Law 117 of" are read elsewhere.
    let titled = head > 0 && words.capital(head - 1) && words.runs_on(head) && !KINDS.contains(&words.str(head - 1));
    if !plain || words.gap(first) != Gap::Blank || titled {
        return None;
    }
    let glued = words.is(first + 1, "/") && words.gap(first + 1) == Gap::None && words.gap(first + 2) == Gap::None;
    let of = words.is(first + 1, "of");
    // "under Act 4 of 2020 cases": the year ends there.
    if !(glued || of) || !is_year(words, first + 2) || words.is(first + 3, "-") {
        return None;
    }
    let named = head > 0 && KINDS.contains(&words.str(head - 1)) && words.runs_on(head);
    let (from, to) = (head - usize::from(named), first + 3);
    Some(Found { from, to, norm: words.joined(from, to), titled: false })
}

/// "13.709"
fn is_grouped(word: &str) -> bool {
    let mut groups = word.split('.');
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|first| digits(first) && first.len() <= 3);
    let rest: Vec<&str> = groups.collect();
    first && !rest.is_empty() && rest.iter().all(|group| digits(group) && group.len() == 3)
}

fn is_year(words: &Words<'_>, at: usize) -> bool {
    let word = words.str(at);
    word.len() == 4 && number(words, at, 4) && (word.starts_with("19") || word.starts_with("20"))
}
