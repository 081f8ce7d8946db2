//! Finds judicial interpretations by the law that they interpret: "Company Law Interpretation (III)", "Judicial Interpretation III of
//! the Company Law", "the Interpretation of the Contract Part of the Civil Code".
//!
//! The Supreme People's Court numbers its interpretations of a law, and writers in English name them by law and number. The law
//! itself they are not.
//!
//! Always true: an interpretation has a number, a part of the law, or the word "Judicial" before it; "interpretation of the law" alone
//! is what anybody does.

use super::{
    Page, class,
    words::{Gap, Words},
};
use crate::extract::law::wording::is_roman;

/// A law's name has no more words.
const LAW: usize = 9;

/// Reads the interpretation whose head is the word `head`; whether there is one.
pub(super) fn read(page: &mut Page<'_>, head: usize) -> bool {
    let words = &page.words;
    if !words.is_any(head, &["Interpretation", "Interpretations"]) {
        return false;
    }
    let Some((from, to)) = behind_law(page, head).or_else(|| before_law(page, head)) else { return false };
    page.add_law(page.grammar.ids.title, from, to, None);
    true
}

/// "Company Law Interpretation (III)", "Company Law Judicial Interpretation III"
fn behind_law(page: &Page<'_>, head: usize) -> Option<(usize, usize)> {
    let words = &page.words;
    let judicial = usize::from(words.is(head.wrapping_sub(1), "Judicial"));
    let law = head.checked_sub(1 + judicial)?;
    if !words.is_any(law, &["Law", "Code"]) || words.gap(head) > Gap::Line {
        return None;
    }
    // "Article 93 of the Civil Procedure Law Interpretation"
    let the = || (law.saturating_sub(LAW)..law).rev().find(|&w| !words.capital(w)).is_some_and(|w| words.is(w, "the"));
    let to = numbered(words, head + 1).or((judicial > 0 || the() && !words.capital(head + 1)).then_some(head + 1))?;
    // The longest name of the registry that ends with this law.
    let from = (law.saturating_sub(LAW)..law)
        .filter(|&from| words.capital(from) && (from..=law).skip(1).all(|w| words.runs_on(w)))
        .find(|&from| is_law(page, from, law + 1))?;
    Some((from, to))
}

/// Whether these words are the name of a law of China; the Civil Code is Taiwan's, too.
fn is_law(page: &Page<'_>, from: usize, to: usize) -> bool {
    let (words, known) = (&page.words, &page.grammar.known);
    known.is_chinese(known.row(words, from, to)) || words.joined(from, to) == "Civil Code" && page.speaks_of_china()
}

/// "Judicial Interpretation (III) of the Company Law", "Interpretation of the Contract Part of the Civil Code"
fn before_law(page: &Page<'_>, head: usize) -> Option<(usize, usize)> {
    let words = &page.words;
    let judicial = words.is(head.wrapping_sub(1), "Judicial") && words.capital(head - 1);
    let from = head - usize::from(judicial);
    let number = numbered(words, head + 1);
    let mut at = number.unwrap_or(head + 1);
    let of = |at: usize| words.is_any(at, &["of", "on"]) && words.is(at + 1, "the");
    if !of(at) {
        return None;
    }
    at += 2;
    // "the Marriage and Family Part of the"
    let part = (at + 1..at + 6)
        .take_while(|&w| words.capital(w) || words.is(w, "and"))
        .find(|&w| words.is_any(w, &["Part", "Book", "Chapter", "Section"]) && of(w + 1));
    if let Some(part) = part {
        at = part + 3;
    }
    if number.is_none() && part.is_none() && !judicial {
        return None;
    }
    let end = (at + 1..at + LAW + 1)
        .take_while(|&w| words.runs_on(w))
        .find(|&w| words.has(w, class::STATUTE) && is_law(page, at, w + 1))?;
    // "… of the Company Law (III)"
    let behind = numbered(words, end + 1).filter(|_| number.is_none() && words.is(end + 1, "("));
    Some((from, behind.unwrap_or(end + 1)))
}

/// "(III)", "III", "(3)", "No. 3": the word behind the number at `at`.
fn numbered(words: &Words<'_>, at: usize) -> Option<usize> {
    let digit = |w: usize| words.str(w).len() < 3 && words.str(w).bytes().all(|b| b.is_ascii_digit());
    if words.gap(at) > Gap::Line {
        return None;
    }
    if words.is(at, "(") && words.is(at + 2, ")") && (is_roman(words.str(at + 1)) || digit(at + 1)) {
        return Some(at + 3);
    }
    if words.is(at, "No") && words.is(at + 1, ".") && digit(at + 2) {
        return Some(at + 3);
    }
    is_roman(words.str(at)).then_some(at + 1)
}
