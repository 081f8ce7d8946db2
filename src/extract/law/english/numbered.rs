//! Finds the short form in the brackets behind the number of an act of the Union: Directive 2008/57/EC (the Interoperability Directive).
//!
//! One word before the head is no title elsewhere ("the Services Directive"), but here the number says whose name it is.
//!
//! Always true: the bracket opens right behind the number and the short form ends with the kind of the act.

use super::{
    Page, class,
    words::{Shape, Words},
};
use crate::{extract::mention::Value, value::Kind};

/// Words of the longest short form.
const LONGEST: usize = 6;

/// Reads the short form whose head is the word `head`.
pub(super) fn read(page: &mut Page<'_>, head: usize) -> bool {
    let words = &page.words;
    if !matches!(words.str(head), "Directive" | "Regulation" | "Decision") {
        return false;
    }
    let kind = words.str(head);
    // "the CEF Regulation (Regulation (EU) 2021/1153; OJ L 249)"
    let begins = words.is(head + 1, "(")
        && words.str(head + 2) == kind
        && (words.is(head + 3, "(") || words.shape(head + 3) == Shape::Number)
        && words.is(head.wrapping_sub(2), "the")
        && words.capital(head - 1);
    if begins {
        page.add_law(page.grammar.ids.title, head - 1, head + 1, None);
        return true;
    }
    let Some((start, open)) = begin(words, head) else { return false };
    let behind = |m: &crate::extract::Mention| {
        let gap = words.text.get(m.span.end()..words.start(open)).is_some_and(|gap| gap.trim().is_empty());
        gap && m.kind == Kind::DocNumber && matches!(&m.value, Value::Norm(norm) if norm.contains(kind))
    };
    if !page.others.iter().rev().take(8).any(behind) {
        return false;
    }
    page.add_law(page.grammar.ids.title, start, head + 1, None);
    true
}

/// First word of the short form and the bracket that opens before it.
fn begin(words: &Words<'_>, head: usize) -> Option<(usize, usize)> {
    let quote = |at: usize| matches!(words.str(at), "“" | "\"" | "‘" | "'" | "’" | "”");
    let close = head + 1 + usize::from(quote(head + 1));
    if !words.is(close, ")") {
        return None;
    }
    let inside =
        |at: usize| words.capital(at) || words.has(at, class::SMALL) && !words.is(at, "the") || words.is(at, "-");
    let mut start = head;
    while start > 0 && head - start < LONGEST && inside(start - 1) {
        start -= 1;
    }
    let mut open = start.checked_sub(1)?;
    open -= usize::from(quote(open) && open > 0);
    open -= usize::from(words.is(open, "the") && open > 0);
    open -= usize::from(quote(open) && open > 0);
    (start < head && words.capital(start) && words.is(open, "(")).then_some((start, open))
}
