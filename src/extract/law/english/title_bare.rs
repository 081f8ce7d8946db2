//! Heads that name an instrument only with what it is about, and do so here without it: the Care Homes Order 2009, the Toy Safety
//! Directive.
//!
//! Always true: a year and a division before it tell an order, the Union a directive.

use super::{
    Page, class,
    title::is_year,
    words::{Gap, Shape, Words},
};

/// "article 3 of the Care Homes Order 2009": an order of the United Kingdom.
pub(super) fn is_order_of_year(words: &Words<'_>, start: usize, head: usize) -> bool {
    words.str(head) == "Order"
        && is_year(words.str(head + 1))
        && words.gap(head + 1) == Gap::Blank
        && start + 2 <= head
        && words.is(start.wrapping_sub(1), "the")
        // "the Merchant Shipping Order 2019": a year with nothing behind it that it could count
        && (words.is(start.wrapping_sub(2), "of") && words.shape(start.wrapping_sub(3)) == Shape::Number
            || words.shape(head + 2) == Shape::Mark && !words.is_any(head + 2, &["-", "%", "$"])
            || words.gap(head + 2) >= Gap::Line
            || words.is_any(head + 2, &["is", "was", "and", "or", "to", "in", "applies", "provides", "makes", "amends", "requires", "came"]))
        && !(start..head).any(|w| words.is_any(w, &["Executive", "Court", "Supreme", "Presidential"]))
}

/// "the Toy Safety Directive" in a text that speaks of the Union.
pub(super) fn is_directive_of_union(page: &Page<'_>, start: usize, head: usize, end: usize) -> bool {
    const OTHERS: [&str; 9] = [
        "Policy",
        "Security",
        "Presidential",
        "Operational",
        "Management",
        "Council",
        "Commission",
        "Emergency",
        "Final",
    ];
    let words = &page.words;
    words.str(head) == "Directive"
        && end == head + 1
        && start + 2 <= head
        && words.is_any(start.wrapping_sub(1), &["the", "'s", "’s", "and"])
        && !words.is_any(head - 1, &OTHERS)
        && (start..head).all(|w| words.shape(w) == Shape::Capital || words.has(w, class::SMALL))
        && page.speaks_of_union()
}
