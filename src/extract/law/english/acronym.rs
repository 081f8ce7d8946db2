//! Abbreviations that a text explains, or that nothing but a law can have: "FRL (Foreign Relations Law, 2023)", "section 10 of FIPPA".
//!
//! A bracket behind a title defines what stands in it (define.rs); here it is the other way round, or nothing is defined at all.
//!
//! Always true: an explained abbreviation has the first letters of the title; one that is not explained stands behind a section or
//! an article of it and ends as acts and laws do.

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};
use crate::extract::{LawName, mention::Value};

/// What ends like an act or a law and is a body or no name at all.
const NO_LAWS: [&str; 16] = [
    "USDA", "EPA", "FDA", "FEMA", "NASA", "NOAA", "OSHA", "NSA", "TSA", "USA", "FAA", "CIA", "IAEA", "NCAA", "ICAL",
    "ANNUAL",
];

/// What a sentence says of a law.
const GOES_ON: [&str; 22] = [
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "shall",
    "may",
    "must",
    "will",
    "does",
    "applies",
    "apply",
    "requires",
    "require",
    "provides",
    "provide",
    "prohibits",
    "allows",
    "bars",
    "states",
    "sets",
];
/// So many laws back an abbreviation may point.
const LAWS: usize = 60;
/// … and so many one that defines it.
const DEFINED: usize = 400;

fn is_acronym(words: &Words<'_>, at: usize) -> bool {
    words.shape(at) == Shape::Upper
        && (3..=8).contains(&words.str(at).len())
        && words.str(at).bytes().all(|b| b.is_ascii_uppercase())
}

/// The abbreviation of the title `from..to` that stands before the bracket around it, or is told behind it: its word.
pub(super) fn explained(words: &Words<'_>, from: usize, to: usize) -> Option<usize> {
    let before = from.checked_sub(2).filter(|_| words.is(from - 1, "(") && words.gap(from - 1) == Gap::Blank);
    let behind = (words.is(to, "as") && words.is(to + 1, "the")).then_some(to + 2);
    let spelled = |at: &usize| {
        let letters = |w: usize| words.str(w).split('-').filter_map(|part| part.bytes().next());
        let mut first = (from..to).filter(|w| words.capital(*w)).flat_map(letters).filter(u8::is_ascii_uppercase);
        is_acronym(words, *at) && words.str(*at).bytes().all(|b| first.next() == Some(b)) && first.next().is_none()
    };
    [before, behind].into_iter().flatten().find(spelled)
}

/// Reads "FIPPA" of "section 10 of FIPPA", whose division ends before `to`.
pub(super) fn read_of_division(page: &mut Page<'_>, to: usize) {
    let words = &page.words;
    if !words.is(to, "of") || words.gap(to + 1) > Gap::Line {
        return;
    }
    let at = to + 1 + usize::from(words.is(to + 1, "the"));
    let word = words.str(at);
    // "Section 3 of the ABA rules" is of the rules.
    let ends = words.shape(at + 1) == Shape::Mark && !words.is_any(at + 1, &["-", "/", "&"])
        || words.has(at + 1, class::SMALL | class::CONNECTOR)
        || words.is_any(at + 1, &GOES_ON);
    if !is_acronym(words, at)
        || !word.ends_with(['A', 'L'])
        || word.bytes().all(|b| b"IVXL".contains(&b))
        || NO_LAWS.contains(&word)
        || words.has(at, class::CODE | class::NUMBER | class::STANDARD | class::HEAD)
        || page.grammar.known.names(words, at)
        || !(ends || words.gap(at + 1) >= Gap::Line)
    {
        return;
    }
    // What the text defines is found as its short form.
    let defined = |name: &LawName| name.defines.iter().any(|short| short == word);
    if { page.laws.iter().rev().take(DEFINED) }.any(|(law, _)| matches!(&law.value, Value::Law(name) if defined(name)))
    {
        return;
    }
    // "section 706 of the FRAA": the Foreign Relations Authorization Act that was named before.
    let called = |title: &str| {
        let first = |part: &str| part.chars().next().filter(char::is_ascii_uppercase);
        title.split([' ', '-']).filter_map(first).collect::<String>().contains(word)
    };
    let found = page.laws.iter().rev().take(LAWS).find_map(|(law, _)| match &law.value {
        Value::Law(name) if name.title.contains(' ') && called(&name.title) => Some((name.title.clone(), name.row)),
        _ => None,
    });
    page.add_law(page.grammar.ids.title, at, at + 1, None);
    if let (Some((title, row)), Some((law, _))) = (found, page.laws.last_mut())
        && let Value::Law(name) = &mut law.value
    {
        (name.title, name.row) = (title, row);
    }
}
