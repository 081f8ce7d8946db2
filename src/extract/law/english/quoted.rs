//! Titles in quotes, which keep them together whatever their words: the “Notice on further strengthening the management of apps”.
//!
//! Always true: a title begins right behind its opening quote and ends before the closing one.

use super::{
    Page, class,
    five_year_plan::is_period,
    not_title::is_excluded,
    title_end::suffix,
    words::{Gap, Shape},
};

/// Reads a title in quotes that open at the word `open`.
pub(super) fn read(page: &mut Page<'_>, open: usize) {
    let words = &page.words;
    let mark = words.str(open);
    let close_marks: &[&str] = match mark {
        "“" => &["”"],
        "‘" => &["’"],
        "\"" => &["\"", "”"],
        _ => return,
    };
    let from = open + 1;
    if !words.capital(from) && words.shape(from) != Shape::Number || words.gap(from) != Gap::None {
        return;
    }
    // 'The words "Article 238 of the Civil Procedure Law" are replaced': a division, and the law beside it.
    if words.has(from, class::UNIT) && (words.shape(from + 1) == Shape::Number || words.is(from + 1, "(")) {
        return;
    }
    let Some(close) = (from + 1..words.len().min(from + 45))
        .find(|at| close_marks.contains(&words.str(*at)) || words.gap(*at) == Gap::Paragraph)
    else {
        return;
    };
    if !close_marks.contains(&words.str(close)) {
        return;
    }
    let mut to = close;
    while to > from && matches!(words.str(to - 1), "," | "." | ";") {
        to -= 1;
    }
    if words.is(to - 1, "Plan") && is_period(words, close) {
        return;
    }
    // "Copyright Law and the Patent Law" are two.
    let two = |w: usize| {
        words.is(w, "and") && words.has(w - 1, class::STATUTE) && words.capital(w - 1) && words.str(w + 1) == "the"
    };
    if (from + 1..to).any(two) && words.has(to - 1, class::STATUTE) {
        return;
    }
    let Some(end) = quoted_title(page, from, to) else { return };
    if end == to && to - from >= 2 && !is_excluded(page, from, to, to) {
        page.add_law(page.grammar.ids.quoted, from, to, None);
    }
}

/// Where the quoted words fit a title, its end.
fn quoted_title(page: &Page<'_>, from: usize, to: usize) -> Option<usize> {
    let words = &page.words;
    let capitals = (from..to).filter(|w| words.capital(*w)).count();
    let lower = (from..to)
        .filter(|w| words.shape(*w) == Shape::Lower && !words.has(*w, class::SMALL | class::CONNECTOR))
        .filter(|w| !(words.str(*w) == "v" && words.is(*w + 1, ".")))
        .count();
    // "Colonel John M. McHugh Tuition Fairness for Survivors Act of 2021"
    let statute = (to.saturating_sub(3)..to).any(|w| words.has(w, class::STATUTE));
    // and "Brown v. Board of Education National Historical Park Expansion and Redesignation Act"
    let initial = |w: usize| {
        statute && words.is(w, ".") && (words.capital(w - 1) && words.str(w - 1).len() <= 3 || words.str(w - 1) == "v")
    };
    // “Notice on further strengthening the safety of school buses” is in sentence case.
    let sentence = to - from >= 6
        && words.has(from + 1, class::CONNECTOR)
        && words.is_any(
            from,
            &[
                "Notice",
                "Announcement",
                "Opinions",
                "Measures",
                "Provisions",
                "Regulations",
                "Interpretation",
                "Circular",
                "Decision",
                "Guidelines",
            ],
        );
    if (from..to).any(|w| matches!(words.str(w), ";" | "." | "?" | "!" | ":") && !initial(w))
        || capitals < 2 && !sentence
    {
        return None;
    }
    if sentence {
        return Some(to);
    }
    // Head first: modifiers, head, connector.
    let first = (from..to).find(|w| !words.has(*w, class::MODIFIER) || words.has(*w, class::HEAD))?;
    let long_enough = to - first >= if words.has(first, class::STATUTE) { 5 } else { 4 };
    if words.has(first, class::HEAD) && words.has(first + 1, class::CONNECTOR) && long_enough && lower <= capitals + 4 {
        return Some(to);
    }
    // Head last, with its suffix; title case.
    let head = (from + 1..to)
        .rev()
        .find(|w| words.has(*w, class::HEAD) && words.capital(*w) && suffix(page, *w, w + 1).min(to) == to)?;
    (lower == 0 && !words.has(head - 1, class::SMALL)).then_some(to)
}
