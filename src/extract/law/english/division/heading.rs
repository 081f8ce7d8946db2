//! Which divisions are no references: headings of the text's own, and chapters of novels.
//!
//! Always true: a heading begins its line, its sentence or its quote.

use super::super::{
    class,
    words::{Gap, Shape, Words},
};

/// A line that begins with the division is a heading of the text's own, unless a sentence goes on behind it.
pub(super) fn is_heading(words: &Words<'_>, at: usize, to: usize) -> bool {
    if !words.capital(at) {
        return false;
    }
    // "Article 17 GDPR grants a right": the name of the instrument follows.
    if words.shape(to) == Shape::Upper && words.has(to, class::KNOWN) && !words.capital(to + 1) {
        return false;
    }
    // “Article 9 Enterprises may deduct …”: the new wording of an article begins with its heading.
    let quoted = at > 0
        && matches!(words.str(at - 1), "“" | "\"")
        && words.gap(at) == Gap::None
        && words.is(at, "Article")
        && words.gap(to) == Gap::Blank
        && words.shape(to) == Shape::Capital
        && !words.has(to, class::UNIT)
        && words.shape(to + 1) == Shape::Lower;
    if quoted {
        return true;
    }
    let begins = words.begins_line(at);
    if words.is(at, "Sec") && words.is(to, ".") {
        return true;
    }
    // "Article 6" over "(Deleted)"
    let ends = words.gap(to) >= Gap::Line || words.is_any(to + 1, &["Deleted", "Repealed"]);
    let new_sentence = words.is(to, ".")
        && words.gap(to + 1) >= Gap::Blank
        && (words.capital(to + 1) || words.shape(to + 1) == Shape::Mark);
    let after_stop = at > 0 && matches!(words.str(at - 1), "." | ":" | ";");
    // "Item 1. Licence for a vessel — $24 Item 2. Vessel of 6 m": items of a list that lost its lines
    if new_sentence
        && (begins || after_stop || words.str(at) == "Item" && words.shape(at.wrapping_sub(1)) == Shape::Number)
    {
        return true;
    }
    begins
        && !(words.shape(to) == Shape::Lower && words.gap(to) == Gap::Blank
            || words.is(to, ",")
            || words.is(to, "(") && !ends)
}

/// "Chapter 7 of the novel", "Part II of his trilogy": no instrument has this division.
pub(super) fn of_another_work(words: &Words<'_>, from: usize, at: usize) -> bool {
    // "Canada Gazette Part I", "Canada Gazette, Part II"
    let before = from.wrapping_sub(1 + usize::from(from > 1 && words.is(from - 1, ",")));
    if words.is(before, "Gazette") {
        return true;
    }
    // "Case C-65/20, para. 42": of a judgment
    let court = words.str(before.wrapping_sub(2));
    if words.is(before.wrapping_sub(1), "/") && ["C-", "T-", "F-"].iter().any(|letter| court.starts_with(letter)) {
        return true;
    }
    // "the Gazette of India, Extraordinary, Part II, Section 3"
    let leads = |&w: &usize| words.capital(w) || words.is_any(w, &["of", "the", ","]);
    if (from.saturating_sub(12)..from).rev().take_while(leads).any(|w| words.str(w) == "Gazette") {
        return true;
    }
    // "the section 301 Committee" is a body.
    if words.is_any(at, &["Committee", "Board", "Panel", "Commission", "Office", "Team"]) && words.capital(at) {
        return words.gap(at) == Gap::Blank;
    }
    if !words.is_any(at, &["of", "in"]) {
        return false;
    }
    let determined =
        words.is_any(at + 1, &["the", "a", "an", "this", "that", "his", "her", "their", "my", "our", "its"]);
    let noun = (at + 2..at + 4).find(|&w| words.has(w, class::OTHER_WORK | class::SMALL));
    determined && noun.is_some_and(|w| words.shape(w) == Shape::Lower && words.has(w, class::OTHER_WORK))
}
