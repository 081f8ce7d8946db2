//! Titles of standards, whose number stands behind them in a bracket: Environmental Quality Standard for Noise (GB 3096-2008).
//!
//! Few of their heads are heads of instruments: a specification may be anybody's, one with a number is a standard.
//!
//! Always true: the bracket begins with the letters and the number of a standard, year and all.

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};

/// A title has no more words on one side of its head.
const LONGEST: usize = 16;

/// Reads the title whose head is the word `head`.
pub(super) fn read(page: &mut Page<'_>, head: usize) {
    let words = &page.words;
    if !words.capital(head) {
        return;
    }
    let inside = |w: usize| {
        words.runs_on(w)
            && (words.capital(w)
                || words.has(w, class::SMALL)
                || words.is_any(w, &["-", "/", "'s", "’s", ",", "&"]) && words.capital(w + 1))
    };
    let end = (head + 1..head + LONGEST).find(|&w| !inside(w)).unwrap_or(head + 1);
    let quoted = matches!(words.str(end), "”" | "\"");
    let open = end + usize::from(quoted);
    if !words.is(open, "(") || words.gap(open) > Gap::Line {
        return;
    }
    let Some(norm) = number(words, open + 1) else { return };
    let mut start = (head.saturating_sub(LONGEST)..head)
        .rev()
        .take_while(|&w| inside(w + 1) && inside_left(words, w))
        .last()
        .unwrap_or(head);
    while start < head && (words.has(start, class::SMALL | class::OPENER) || !words.capital(start)) {
        start += 1;
    }
    // "China National Standard", "GB Standard"
    if quoted && !matches!(words.str(start.wrapping_sub(1)), "“" | "\"") || end - start < 3 {
        return;
    }
    page.add_law(page.grammar.ids.title, start, end, Some(norm));
}

fn inside_left(words: &Words<'_>, at: usize) -> bool {
    words.capital(at) && !words.has(at, class::DETERMINER | class::MONTH)
        || words.has(at, class::SMALL) && !words.is(at, "the")
        || words.is_any(at, &["-", "/"]) && words.gap(at) == Gap::None
}

/// `GB 3096-2008`, `JT/T 1234-2019`, `GB/T 35273—2020` in one spelling.
fn number(words: &Words<'_>, at: usize) -> Option<String> {
    let letters = |w: usize| words.shape(w) == Shape::Upper && (1..=4).contains(&words.str(w).len());
    let slash = words.is(at + 1, "/") && letters(at + 2);
    let from = at + 1 + 2 * usize::from(slash);
    let year = |year: &str| year.len() == 4 && year.starts_with(['1', '2']) && year.bytes().all(|b| b.is_ascii_digit());
    let dated = |w: usize| words.str(w).rsplit_once('-').is_some_and(|(_, behind)| year(behind));
    let last = from + 2 * usize::from(words.is(from + 1, "."));
    let apart = matches!(words.str(last + 1), "-" | "–" | "—") && year(words.str(last + 2));
    let sound = letters(at)
        && words.str(at).len() > 1
        && words.shape(from) == Shape::Number
        && words.gap(from) <= Gap::Blank
        && (apart || dated(last));
    let to = last + 1 + 2 * usize::from(apart);
    sound.then(|| format!("{} {}", words.joined(at, from), words.joined(from, to).replace(['–', '—'], "-")))
}
