//! Finds the numbers of standards: NIST SP 800-53, ISO/IEC 27001:2022, FIPS 140-2, GB/T 35273-2020.
//!
//! "[SP 800-53](#SP800-53) or equivalent": the issuer of a Special Publication is always the same, so the
//! normal form names it.
//!
//! Always true: the normal form has one blank between letters and number.

use super::{
    Page,
    words::{Gap, Shape, Words},
};
use crate::{extract::mention::Value, value::Kind};

/// Reads the number of a standard whose letters begin with the word `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    if at > 0 && words.gap(at) == Gap::None && matches!(words.str(at - 1), "/" | "-" | "#" | "_") {
        return;
    }
    if let Some((end, norm)) = coded(words, at) {
        page.add(Kind::Standard, page.grammar.ids.standard, at, end, Value::Norm(norm));
        return;
    }
    if CODED.contains(&words.str(at)) && !words.is(at + 1, "/") {
        return;
    }
    let Some((letters, number)) = letters(words, at) else { return };
    if words.shape(number) != Shape::Number || words.gap(number) == Gap::Paragraph {
        return;
    }
    let mut end = number + 1;
    while matches!(words.str(end), ":" | "-" | "–" | "—")
        && words.gap(end) == Gap::None
        && words.gap(end + 1) == Gap::None
        && words.shape(end + 1) == Shape::Number
    {
        end += 2;
    }
    if letters == "NIST SP" && !words.str(number).starts_with(|c: char| c.is_ascii_digit() && c != '0') {
        return;
    }
    // "[SP 800-52]" is the mark of a reference, with an address behind it a citation.
    let bracketed = at > 0 && words.is(at - 1, "[") && words.is(end, "]");
    if bracketed && !matches!(words.str(end + 1), "(" | "]") {
        return;
    }
    let norm = format!("{letters} {}", words.joined(number, end).replace(['–', '—'], "-"));
    page.add(Kind::Standard, page.grammar.ids.standard, at, end, Value::Norm(norm));
}

/// Bodies that number their standards in a way of their own.
pub(super) const CODED: [&str; 5] = ["ASTM", "ANSI", "CSA", "NFPA", "CXS"];

/// `ASTM D1655-20`, `CSA Standard Z271-10`, `ANSI Z359.1`, `NFPA 70`, `CXS 193-1995`: bodies whose letters mean other things, too,
/// so the number must have the form of theirs.
fn coded(words: &Words<'_>, at: usize) -> Option<(usize, String)> {
    let body = words.str(at);
    let told = words.is(at + 1, "Standard");
    let code = at + 1 + usize::from(told);
    let number = words.str(code);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let of_letter = number.len() > 2
        && number.len() < 12
        && number.starts_with(|c: char| c.is_ascii_uppercase())
        && number[1..].starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let sound = match body {
        "ASTM" | "ANSI" | "CSA" => of_letter,
        "NFPA" => digits(number) && number.len() < 5,
        "CXS" => number.split_once('-').is_some_and(|(number, year)| digits(number) && digits(year) && year.len() == 4),
        _ => false,
    };
    if !sound || words.gap(code) != Gap::Blank || told && words.gap(at + 1) != Gap::Blank {
        return None;
    }
    let mut end = code + 1;
    while words.is(end, ".")
        && words.gap(end) == Gap::None
        && words.gap(end + 1) == Gap::None
        && words.shape(end + 1) == Shape::Number
    {
        end += 2;
    }
    Some((end, format!("{body} {}", words.joined(code, end))))
}

/// The letters of the normal form, and where the number begins.
fn letters(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    if words.shape(at) == Shape::Lower {
        return None;
    }
    if words.is(at, "NIST") || words.is(at, "SP") || words.is(at, "Special") {
        let from = at + usize::from(words.is(at, "NIST"));
        if words.is(from, "SP")
            && (from > at
                || words.str(from + 1).starts_with("800")
                || words.str(from + 1).starts_with("1800")
                || words.str(from + 1).starts_with("500"))
        {
            return Some(("NIST SP".into(), from + 1));
        }
        if words.is(from, "Special") && words.is(from + 1, "Publication") {
            let bracket = if words.is(from + 2, "(") && words.is(from + 3, "SP") { 3 } else { 0 };
            return Some(("NIST SP".into(), from + 2 + bracket));
        }
        return None;
    }
    if words.is(at, "FIPS") {
        let from = at + 1 + usize::from(words.is_any(at + 1, &["PUB", "Publication"]));
        return Some(("FIPS".into(), from));
    }
    // ISO/IEC, GB/T, GB: the letters as they stand.
    let mut end = at + 1;
    while words.is(end, "/") && words.gap(end) == Gap::None && words.shape(end + 1) == Shape::Upper && end < at + 6 {
        end += 2;
    }
    if words.is(end, "Standard") {
        return Some((words.joined(at, end), end + 1));
    }
    Some((words.joined(at, end), end))
}
