//! Finds the title of an order in brackets or quotes behind its number and date.
//!
//! "Executive Order 14257 of April 2, 2025 (Regulating Imports With a Reciprocal Tariff to Rectify Trade Practices …)" names the
//! same order twice.
//!
//! Always true: what stands in the brackets is in title case, and no body and no citation.

use super::{Page, class, words::Shape};

/// The title of an order in brackets or quotes behind its number and date.
pub(super) fn title_in_brackets(page: &mut Page<'_>, from: usize, norm: Option<&str>) {
    let words = &page.words;
    let mut at = from;
    if words.is(at, "of") || words.is(at, "dated") || words.is(at, ",") && words.has(at + 1, class::MONTH) {
        // "of April 2, 2025"
        if words.has(at + 1, class::MONTH) && words.shape(at + 2) == Shape::Number {
            at += 3;
            at += 2 * usize::from(words.is(at, ",") && words.shape(at + 1) == Shape::Number);
        }
    }
    // 'Executive Order 14269, entitled "Restoring …,"'
    let mut open = at + usize::from(words.is(at, ","));
    open += usize::from(words.is_any(open, &["entitled", "titled"]));
    open += usize::from(open > at && words.is(open, ",") && words.is_any(open - 1, &["entitled", "titled"]));
    let quoted = matches!(words.str(open), "“" | "\"") && words.runs_on(open);
    let (first, last) = if words.is(at, "(") {
        let Some(close) = words.closing(at, 60) else { return };
        (at + 1, close)
    } else if quoted {
        let mark = if words.is(open, "“") { "”" } else { "\"" };
        let Some(close) = (open + 1..words.len().min(open + 60)).find(|w| words.is(*w, mark)) else { return };
        (open + 1, close)
    } else {
        return;
    };
    // "(DEI Order)", "(January Order)" give a short form.
    if last - first <= 2 && words.is(last - 1, "Order") {
        return;
    }
    let mut last = last;
    while last > first && matches!(words.str(last - 1), "," | ".") {
        last -= 1;
    }
    let (first, last) =
        if words.is(first, "“") && words.is(last - 1, "”") { (first + 1, last - 1) } else { (first, last) };
    let capitals = (first..last).filter(|w| words.capital(*w)).count();
    let lower = (first..last)
        .filter(|w| words.shape(*w) == Shape::Lower && !words.has(*w, class::SMALL | class::CONNECTOR))
        .count();
    if capitals < 2
        || lower > capitals
        || !words.capital(first)
        || words.shape(first) == Shape::Upper && words.str(first).contains('.')
        || (words.shape(first) == Shape::Upper && last == first + 1)
        || words.is_any(first, &["Executive", "E.O.", "EO"])
    {
        return;
    }
    // A citation has a number beside its code; "(Protecting the Federal Workforce)" has none.
    let number = |w: usize| words.shape(w) == Shape::Number;
    if (first..last).any(|w| {
        words.is_any(w, &[";", "Register"]) || words.has(w, class::CODE) && (number(w + 1) || number(w.wrapping_sub(1)))
    }) {
        return;
    }
    // "(Environmental Protection Agency)" says who has to do with it.
    let body = words.is_any(
        last - 1,
        &["Agency", "Administration", "Department", "Commission", "Council", "Committee", "Office", "Bureau", "Board"],
    );
    let body = body || words.is_any(first, &["Department", "Office", "Bureau"]) && words.is(first + 1, "of");
    // "(Establishment of the Climate Change Support Office)"
    let deed = words.is(first + 1, "of") && words.str(first).ends_with("ment") && !words.is(first, "Department");
    if body && last - first <= 7 && !words.str(first).ends_with("ing") && !deed {
        return;
    }
    page.add_law(page.grammar.ids.order_title, first, last, norm.map(str::to_owned));
}
