//! Reads the short form that stands behind a title.
//!
//! "section 301 of the Trade Act of 1974, as amended (19 U.S.C. 2411) (Trade Act)", "the Labor Insurance Act
//! (hereinafter referred to as the Act)", "(TFEU)", "(the ‘Charter’)", "” or “PRRADA”".
//!
//! Always true: the short form has no quotes and no article; the brackets that hold one are remembered,
//! so that "the Act" in them is not taken for a reference.

use super::{
    class,
    standard::CODED,
    title::is_year,
    words::{Gap, Shape, Words},
};
use crate::text::Span;

const QUOTES: &[&str] = &["“", "\"", "‘", "'", "”", "’"];
const LEAD: &[&str] = &[
    "hereinafter",
    "hereafter",
    "herein",
    "referred",
    "to",
    "as",
    "called",
    "known",
    "or",
    "collectively",
    "the",
    "simply",
    "short",
    "for",
    "abbreviated",
    "cited",
    "in",
    "below",
    "this",
];

/// The short forms defined right behind the title `from..end` (or inside it: "Act (FISMA) of 2014"), and the
/// brackets behind it that hold them.
pub(super) fn behind(words: &Words<'_>, from: usize, end: usize) -> (Vec<String>, Vec<Span>) {
    let (mut found, mut brackets) = (Vec::new(), Vec::new());
    if end > from + 5
        && words.is(end - 2, "of")
        && words.is(end - 3, ")")
        && words.is(end - 5, "(")
        && words.shape(end - 4) == Shape::Upper
    {
        found.push(words.str(end - 4).to_owned());
    }
    let mut at = end;
    at = behind_marks(words, at);
    if words.is(at, ",") && words.is(at + 1, "as") && words.is(at + 2, "amended") {
        at += 3;
    }
    // "…, 89 FR 42932* (HON Rule)"
    if words.is(at, ",") && words.shape(at + 1) == Shape::Number && words.has(at + 2, class::CODE) {
        let behind = (at + 3..at + 7).find(|w| words.is(*w, "("));
        at = behind.unwrap_or(at);
    }
    if words.is_any(at, &["or", "and"])
        && QUOTES.contains(&words.str(at + 1))
        && words.shape(at + 2) == Shape::Upper
        && let Some(close) = (at + 3..at + 6).find(|c| QUOTES.contains(&words.str(*c)))
    {
        found.push(words.joined(at + 2, close));
        brackets.push(span(words, at + 1, close));
        at = close + 1;
    }
    if words.is(at, ",") && words.is_any(at + 1, &["(", "hereinafter", "hereafter"]) {
        at += 1;
    }
    for _ in 0..3 {
        let bare = words.is_any(at, &["hereinafter", "hereafter"]);
        let close = if bare { Some((at + 12).min(words.len())) } else { words.closing(at, 40) };
        let Some(close) = close else { break };
        let first = if bare { at } else { at + 1 };
        if let Some((from, to)) = short_form(words, first, close).or_else(|| behind_number(words, first, close)) {
            // "(hereinafter referred to as this Act)" stands there as it is used.
            if from > at + 1 && words.is_any(from - 1, &["this", "This"]) {
                found.push(format!("this {}", words.joined(from, to)));
                at = close + 1;
                if bare {
                    break;
                }
                continue;
            }
            found.push(words.joined(from, to).replace('’', "'"));
            // "(CEPA 1999 or CEPA)"
            if words.is(to, "or")
                && to + 2 == close
                && words.shape(to + 1) == Shape::Upper
                && words.str(to + 1).len() > 2
            {
                found.push(words.str(to + 1).to_owned());
            }
            brackets.push(span(words, at, if bare { to - 1 } else { close }));
        }
        if bare {
            break;
        }
        at = close + 1 + usize::from(words.is(close + 1, ",") && words.is(close + 2, "("));
    }
    (found, brackets)
}

/// Past what closes a title and is no part of it: a quote, the stars of an emphasis, the address of a link.
fn behind_marks(words: &Words<'_>, at: usize) -> usize {
    let mut at = at;
    for _ in 0..6 {
        if words.gap(at) != Gap::None {
            break;
        }
        if matches!(words.str(at), "”" | "\"" | "’" | "*" | "_") {
            at += 1;
        } else if words.is(at, "]") && words.is(at + 1, "(") && words.gap(at + 1) == Gap::None {
            let Some(close) = words.closing(at + 1, 24) else { break };
            at = close + 1;
        } else {
            break;
        }
    }
    at
}

/// The short form behind the number in one bracket: (State Council Order No. 784; the "Provisions").
fn behind_number(words: &Words<'_>, from: usize, close: usize) -> Option<(usize, usize)> {
    let mark = (from..close).rev().find(|&at| words.is_any(at, &[";", ","]))?;
    let quote = mark + 1 + usize::from(words.is(mark + 1, "the"));
    let told = words.is_any(mark + 1, &["hereinafter", "hereafter"]) || QUOTES.contains(&words.str(quote));
    if !told { None } else { short_form(words, mark + 1, close) }
}

fn span(words: &Words<'_>, from: usize, to: usize) -> Span {
    Span::of(words.start(from), words.end(to.min(words.len().saturating_sub(1))))
}

/// The words of the short form in the bracket `from..close`.
fn short_form(words: &Words<'_>, from: usize, close: usize) -> Option<(usize, usize)> {
    // (collectively, the "Three Laws") are all that were named.
    if (from..close.min(from + 8)).any(|at| words.is(at, "collectively")) {
        return None;
    }
    let mut at = from;
    let mut led = false;
    // (the **"Labeling Measures"**)
    let starred = |at: usize| matches!(words.str(at), "*" | "_");
    while at < close && (words.is_any(at, LEAD) || QUOTES.contains(&words.str(at)) || words.is(at, ",") || starred(at))
    {
        led |= words.is_any(at, &["hereinafter", "hereafter", "the"]) || QUOTES.contains(&words.str(at));
        at += 1;
    }
    let start = at;
    // ("new PLD")
    let anew = words.is_any(start, &["new", "revised", "old", "current", "former"])
        && words.shape(start + 1) == Shape::Upper
        && start > from
        && QUOTES.contains(&words.str(start - 1))
        && QUOTES.contains(&words.str(start + 2));
    if anew && start + 2 < close {
        return Some((start, start + 2));
    }
    // "(Title I of the Trade and Development Act of 2000)" says where the act stands.
    if words.has(start, class::UNIT) {
        return None;
    }
    while at < close
        && (words.capital(at)
            || (words.has(at, class::SMALL)
                && at > start
                && !(words.is(at, "or") && words.shape(start) == Shape::Upper))
            || words.shape(at) == Shape::Number
            || words.is(at, "&")
            || words.is(at, "’s")
            || words.is(at, "'s"))
    {
        at += 1;
    }
    let mut end = at;
    while end > start && words.has(end - 1, class::SMALL) {
        end -= 1;
    }
    // "(Public Law 87-195)" is a number.
    if words.shape(at.wrapping_sub(1)) == Shape::Number
        && words.str(at - 1).contains('-')
        && !words.has(at - 1, class::HEAD)
    {
        return None;
    }
    // “the 2007 Act”, "2024 Negative List"
    let quoted = start > from && QUOTES.contains(&words.str(start - 1)) && QUOTES.contains(&words.str(end));
    // "(the 2018 Farm Bill)"
    let led_year = led && (2..=4).contains(&(end - start)) && words.has(end - 1, class::HEAD);
    let of_year = is_year(words.str(start))
        && (led_year
            || end == start + 2 && words.has(start + 1, class::HEAD)
            || quoted && (2..=4).contains(&(end - start)) && (start + 1..end).all(|w| words.capital(w)));
    if end == start || (words.shape(start) == Shape::Number || !words.capital(start)) && !of_year {
        return None;
    }
    // What follows the short form inside the bracket: a closing quote, a comma, the bracket.
    if at < close && !QUOTES.contains(&words.str(at)) && !starred(at) && !words.is_any(at, &[",", ";", "or", "and"]) {
        return None;
    }
    let acronym = end == start + 1
        && words.shape(start) == Shape::Upper
        && words.str(start).len() > 1
        // "the Amendment to the Criminal Law (XII)" is counted.
        && !words.str(start).bytes().all(|b| b"IVX".contains(&b))
        && !words.has(start, class::CODE | class::NUMBER);
    // "the Canada Shipping Act, 2001 (CSA 2001)"
    let dated = end == start + 2
        && words.str(start).len() > 2
        && words.str(start).bytes().all(|b| b.is_ascii_uppercase())
        && is_year(words.str(start + 1))
        && !words.has(start, class::CODE | class::NUMBER)
        && (!words.has(start, class::STANDARD) || CODED.contains(&words.str(start)));
    // (“SySR”)
    let mixed = quoted
        && end == start + 1
        && (3..=8).contains(&words.str(start).len())
        && words.str(start).bytes().skip(1).any(|b| b.is_ascii_uppercase())
        && words.str(start).bytes().all(|b| b.is_ascii_alphanumeric());
    let acronym = acronym || dated || mixed;
    let named = (start..end).any(|w| words.has(w, class::HEAD | class::UNION))
        || end > start + 1 && words.str(end - 1) == "Rule";
    (acronym || named || of_year || (led && end - start <= 4 && words.is_any(from, &["hereinafter", "hereafter"])))
        .then_some((start, end))
}
