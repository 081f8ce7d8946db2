//! Reads the numbers of a division: 15, 8(1)(b), 46~48, b), VI:2, Three, and how one goes on to the next.
//!
//! "sections 45C(1), (3)(c), (4)(d)" leaves out what stays the same, "Paragraph Three, Article 8" spells the number, and
//! "subparagraph b) of paragraph 5" closes a bracket that nobody opened.
//!
//! Always true: a label has no blanks, and a spelled number comes out in digits.

use super::{
    super::{
        class,
        title::is_year,
        words::{Gap, Shape, Words},
    },
    Unit,
};
use crate::extract::law::wording::is_roman;

/// Words for numbers: cardinal, ordinal, ordinal in digits.
const SPELLED: [[&str; 3]; 12] = [
    ["one", "first", "1st"],
    ["two", "second", "2nd"],
    ["three", "third", "3rd"],
    ["four", "fourth", "4th"],
    ["five", "fifth", "5th"],
    ["six", "sixth", "6th"],
    ["seven", "seventh", "7th"],
    ["eight", "eighth", "8th"],
    ["nine", "ninth", "9th"],
    ["ten", "tenth", "10th"],
    ["eleven", "eleventh", "11th"],
    ["twelve", "twelfth", "12th"],
];

/// The number that a word spells: `3` of "Three".
pub(super) fn cardinal(word: &str) -> Option<usize> {
    SPELLED.iter().position(|[cardinal, ..]| cardinal.eq_ignore_ascii_case(word)).map(|at| at + 1)
}

/// The place that a word gives: `3` of "third" and "3rd".
pub(super) fn ordinal(word: &str) -> Option<usize> {
    let of_digits = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && digits < 3 && is_ordinal(word)).then(|| word[..digits].parse().ok())?
    };
    let spelled = SPELLED.iter().position(|[_, ordinal, _]| ordinal.eq_ignore_ascii_case(word)).map(|at| at + 1);
    spelled.or_else(|| of_digits(word))
}

/// `2(a)` and `(b)` make `2(b)`; `45C(3)(c)` and `(4)(d)` make `45C(4)(d)`.
pub(super) fn shared(last: Option<&String>, text: &str) -> String {
    let Some(last) = last else { return text.to_owned() };
    let last = last.rsplit_once('-').map_or(last.as_str(), |(a, _)| a);
    let numbered = |label: &str| label.starts_with(|c: char| c.is_ascii_digit());
    let text_numbered = text.strip_prefix('(').is_some_and(numbered);
    // A number in brackets takes the place of a number in brackets.
    let alike = last.match_indices('(').find(|(open, _)| text_numbered && numbered(&last[open + 1..]));
    match alike.map(|(open, _)| open).or_else(|| last.rfind('(')) {
        Some(open) => format!("{}{text}", &last[..open]),
        None => format!("{last}{text}"),
    }
}

/// "(e)(iii) and (iv)" share what stands above the last label, where both labels are of one kind.
pub(super) fn alike(last: Option<&String>, text: &str) -> bool {
    let kind = |label: &str| match label {
        _ if label.bytes().all(|b| b.is_ascii_digit()) => 1,
        _ if label.bytes().all(|b| b"ivx".contains(&b)) => 2,
        _ if label.len() > 1 => 0,
        _ if label.bytes().all(|b| b.is_ascii_lowercase()) => 3,
        _ => 4,
    };
    let Some(last) = last.filter(|last| last.matches('(').count() > 1 && text.matches('(').count() == 1) else {
        return false;
    };
    let lowest = last.rfind('(').map_or("", |open| &last[open..]).trim_matches(['(', ')']);
    let text = text.trim_matches(['(', ')']);
    // (h), (i), (m): letters go on, and (i) behind (h) is one.
    let letters = [lowest, text].iter().all(|label| label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase()));
    letters && lowest < text || kind(lowest) == kind(text) && kind(text) > 0
}

/// The joint behind a number: its end and whether it makes a range.
pub(super) fn joint(words: &Words<'_>, at: usize) -> Option<(usize, bool)> {
    if words.is_any(at, &["to", "through"]) || matches!(words.str(at), "~" | "～") && words.gap(at) < Gap::Line {
        return Some((at + 1, true));
    }
    if matches!(words.str(at), "-" | "–" | "—") && words.gap(at) == Gap::None {
        return Some((at + 1, true));
    }
    // "Articles 38-4、51" as some translators write.
    let comma = usize::from(matches!(words.str(at), "," | "、"));
    let and = usize::from(words.is_any(at + comma, &["and", "or", "&"]));
    (comma + and > 0).then_some((at + comma + and, false))
}

/// Whether a number behind a singular unit continues its list: "Article 5, 9, 48, and 53".
pub(super) fn continues(
    words: &Words<'_>,
    joint: usize,
    next: usize,
    end: usize,
    (from, unit, taken): (usize, Unit, usize),
) -> bool {
    let word = words.str(next);
    if words.is(joint, ",") && !words.is_any(joint + 1, &["and", "or"]) {
        return list_goes_on(words, next, unit, taken);
    }
    // "Articles 1~3", and "Article 1~3" as well.
    if matches!(words.str(joint), "~" | "～") {
        return words.shape(next) == Shape::Number;
    }
    let bracketed = end > next + 1 && words.is(end - 1, ")");
    let clear = bracketed || ends_clearly(words, end);
    words.shape(next) == Shape::Number && clear && !(is_year(word) && words.str(from).len() < 4)
}

/// Whether the number that ends here is over: a mark, "of" or a verb follows.
pub(super) fn ends_clearly(words: &Words<'_>, end: usize) -> bool {
    words.shape(end) == Shape::Mark
        || words.has(end, class::CONNECTOR | class::SMALL)
        || GOES_ON.contains(&words.str(end))
}

/// What stands behind a reference that is over, and behind no number that counts.
const GOES_ON: [&str; 41] = [
    "shall",
    "may",
    "must",
    "will",
    "can",
    "should",
    "cannot",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "applies",
    "apply",
    "does",
    "do",
    "did",
    "as",
    "if",
    "has",
    "have",
    "had",
    "not",
    "includes",
    "include",
    "including",
    "amended",
    "deleted",
    "added",
    "repealed",
    "revised",
    "promulgated",
    "respectively",
    "above",
    "below",
    "thereof",
    "hereof",
    "which",
    "when",
    "where",
];

/// A list that runs into "and", every part of it a number; of articles also one of three numbers without "and":
/// "Article 2, 9, 19, 21". So many numbers of it are `taken` already.
fn list_goes_on(words: &Words<'_>, next: usize, unit: Unit, taken: usize) -> bool {
    let mut at = next;
    for more in taken.saturating_sub(1)..taken + 20 {
        let Some(stop) = number(words, at, Unit::Article).filter(|_| words.shape(at) == Shape::Number) else {
            return unit == Unit::Article && more > 1;
        };
        let Some((go, _)) = joint(words, stop) else {
            return unit == Unit::Article && more > 0 && ends_clearly(words, stop) && !is_year(words.str(at));
        };
        if words.is_any(go - 1, &["and", "or"]) {
            return words.shape(go) == Shape::Number;
        }
        at = go;
    }
    false
}

/// End of the number at `at`: digits or a Roman number or a letter in brackets, with brackets behind.
pub(super) fn number(words: &Words<'_>, at: usize, unit: Unit) -> Option<usize> {
    if words.gap(at) == Gap::Paragraph {
        return None;
    }
    let mut to = at;
    match words.shape(at) {
        Shape::Number if words.str(at).len() <= 12 && !is_ordinal(words.str(at)) && !runs_into(words.str(at)) => {
            to = at + 1
        }
        // "Article VI:2" of the GATT
        Shape::Upper
            if unit == Unit::Article
                && is_roman(words.str(at))
                && words.is(at + 1, ":")
                && words.gap(at + 1) == Gap::None
                && words.shape(at + 2) == Shape::Number
                && words.gap(at + 2) == Gap::None =>
        {
            to = at + 3
        }
        Shape::Upper if is_roman(words.str(at)) && !matches!(unit, Unit::Subsection | Unit::Paragraph) => to = at + 1,
        Shape::Upper
            if words.str(at).len() == 1
                && matches!(unit, Unit::Division | Unit::Part | Unit::Subtitle | Unit::Annex) =>
        {
            to = at + 1
        }
        Shape::Lower | Shape::Upper if unit >= Unit::Subsection && half_bracket(words, at) => return Some(at + 2),
        // "division BB" of an act that has gone through the alphabet
        Shape::Upper if unit == Unit::Division && is_doubled(words.str(at)) => to = at + 1,
        Shape::Mark if words.is(at, "(") => {}
        _ => return None,
    }
    while words.is(to, "(")
        && (words.gap(to) == Gap::None || to == at || spaced(words, to))
        && is_label(words.str(to + 1))
    {
        // (v.6), (4.1): a label that came in between.
        let inserted = words.is(to + 2, ".") && words.shape(to + 3) == Shape::Number && words.gap(to + 3) == Gap::None;
        let close = if inserted { to + 4 } else { to + 2 };
        if !words.is(close, ")") {
            break;
        }
        to = close + 1;
    }
    (to > at).then_some(to)
}

fn is_doubled(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second] if first == second)
}

/// "Articles 21 (1), 23 and 25 (2)": translators put a blank before the bracket; an item of a list has its words behind it.
fn spaced(words: &Words<'_>, at: usize) -> bool {
    words.gap(at) == Gap::Blank
        && words.is(at + 2, ")")
        && (words.shape(at + 3) == Shape::Mark
            || words.is_any(at + 3, &["of", "and", "or", "to"])
            || GOES_ON.contains(&words.str(at + 3))
            || words.gap(at + 3) >= Gap::Line)
}

/// "Subparagraph 2-Being a student": a number with a word glued to it.
fn runs_into(word: &str) -> bool {
    word.split_once('-').is_some_and(|(_, rest)| rest.len() > 1 && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// `b)`, where no bracket is open before it.
fn half_bracket(words: &Words<'_>, at: usize) -> bool {
    words.str(at).len() <= 2
        && words.is(at + 1, ")")
        && words.gap(at + 1) == Gap::None
        && !(at.saturating_sub(12)..at).rev().take_while(|&w| !words.is(w, ")")).any(|w| words.is(w, "("))
}

fn is_label(word: &str) -> bool {
    word.len() <= 5
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && (word.len() <= 3 || word.bytes().all(|b| b.is_ascii_digit() || b"ivxlcdmIVXLCDM".contains(&b)))
}

fn is_ordinal(word: &str) -> bool {
    word.ends_with("th") || word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd")
}

/// Whether a word of digits has the "of" behind it glued to it: "Paragraph 3of Article 54-2".
pub(super) fn of_glued(word: &str) -> bool {
    word.strip_suffix("of").is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty())
}

/// A hyphen that is part of a number while a plain one makes a range.
pub(super) const PART: char = '\u{2011}';

/// "Section 319.56-4", "section 300aa-15": the number of one section, and no range, with its hyphen as [`PART`].
pub(super) fn whole(unit: Unit, label: String) -> String {
    let Some((low, high)) = label.split_once('-').filter(|_| unit == Unit::Section) else { return label };
    let first = low.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let counted = |text: &str| text.parse::<u32>().ok();
    let one = match (counted(low), counted(high)) {
        (Some(low), Some(high)) => low >= high,
        (None, Some(high)) => low.contains('.') || counted(first).is_some_and(|first| first >= high),
        _ => false,
    };
    if one { label.replacen('-', PART.encode_utf8(&mut [0; 4]), 1) } else { label }
}

/// The label of the number `from..to`.
pub(super) fn label(words: &Words<'_>, from: usize, to: usize) -> String {
    let first = words.str(from);
    if let Some(spelled) = cardinal(first).filter(|_| to == from + 1) {
        return spelled.to_string();
    }
    if to == from + 1 && of_glued(first) {
        return first[..first.len() - 2].to_owned();
    }
    let label = words.joined(from, to).replace(' ', "");
    // `b)`
    if label.starts_with('(') || label.contains('(') { label } else { label.trim_end_matches(')').to_owned() }
}
