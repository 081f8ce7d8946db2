//! Finds instruments that a text calls again by less than their title: the 2018 Act, the FY2024 NDAA, its Implementing Regulations.
//!
//! "The Wine Regulations 2011 … Regulation 14(2) of the 2011 Regulations" has kind and year in the place of a title; "Article 42 of the
//! Foreign Investment Law and Article 44 of its Implementing Regulations" has what they do, and the law stands before.
//!
//! Always true: the year and the kind are those of one title before, and rules that carry out a law have one not far before them.

use super::{
    Page, class,
    title::continues,
    words::{Gap, Words},
};
use crate::extract::{LawName, mention::Value};

/// So many titles back a year may point.
const TITLES: usize = 80;
/// So many bytes before its rules the law is named.
const NEAR: usize = 240;

/// Reads "the 2018 Act" at its determiner.
pub(super) fn read_dated(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let (year, head) = (at + 1, at + 2);
    let kinds = ["Act", "Regulations", "Rules", "Order", "Ordinance"];
    if !words.is(at, "the")
        || !is_year(words.str(year))
        || !kinds.contains(&words.str(head))
        || words.gap(year) > Gap::Line
        || words.gap(head) > Gap::Line
        || page.dated.contains(&words.joined(year, head + 1))
        || leads_on(words, head + 1)
    {
        return;
    }
    let (year_word, kind) = (words.str(year), words.str(head));
    let named = |title: &str| {
        let before = title.strip_suffix(year_word).and_then(|rest| rest.strip_suffix(' '));
        let before = before.map(|rest| rest.strip_suffix(" of").unwrap_or(rest).trim_end_matches(','));
        before.is_some_and(|rest| rest.strip_suffix(kind).is_some_and(|rest| rest.ends_with(' ')))
    };
    let found = page.laws.iter().rev().take(TITLES).find_map(|(law, _)| match &law.value {
        Value::Law(name) if named(&name.title) => Some((name.title.clone(), name.row)),
        _ => None,
    });
    let Some((title, row)) = found else { return };
    page.add_law(page.grammar.ids.title, year, head + 1, None);
    call(page, |name| (name.title, name.row) = (title, row));
}

/// Reads "the FY2024 NDAA", "the NDAA for Fiscal Year 2024" at its abbreviation; false where no year stands beside it.
pub(super) fn read_fiscal(page: &mut Page<'_>, at: usize) -> bool {
    let words = &page.words;
    if words.str(at) != "NDAA" {
        return false;
    }
    let before = at.checked_sub(1).filter(|_| words.gap(at) <= Gap::Line).and_then(|w| fiscal_year(words.str(w)));
    let behind = || {
        let year = match (words.is(at + 1, "for"), words.is(at + 2, "Fiscal"), words.is(at + 2, "FY")) {
            (true, true, _) => at + 4,
            (true, _, true) => at + 3,
            (true, ..) => at + 2,
            _ => return None,
        };
        fiscal_year(words.str(year)).filter(|_| words.gap(year) <= Gap::Line).map(|told| (year, told))
    };
    let (from, to, year) = match (before, behind()) {
        (Some(year), _) => (at - 1 - usize::from(at > 1 && words.is(at - 2, "FY")), at + 1, year),
        (None, Some((last, year))) => (at, last + 1, year),
        _ => return false,
    };
    page.add_law(page.grammar.ids.title, from, to, None);
    call(page, |name| name.title = format!("National Defense Authorization Act for Fiscal Year {year}"));
    true
}

/// Reads "its Implementing Regulations", whose words are `start..=head`.
pub(super) fn read_rules(page: &mut Page<'_>, start: usize, head: usize) -> bool {
    let words = &page.words;
    let carried = words.is_any(start.wrapping_sub(1), &["its", "their"])
        && words.is_any(start, &["Implementing", "Implementation", "Enforcement", "Detailed"])
        && words.is_any(head, &["Regulations", "Rules", "Measures", "Provisions"])
        && !words.is_any(head - 1, &["Detailed"])
        && !leads_on(words, head + 1)
        && !continues(words, head + 1);
    let near = |(law, _): &(crate::extract::Mention, _)| {
        let statute = |name: &LawName| name.title.split(' ').any(|w| words.class_of(w) & class::STATUTE != 0);
        law.span.end() + NEAR > words.start(start)
            && matches!(&law.value, Value::Law(name) if statute(name) || name.row.is_some())
    };
    if !carried || !page.laws.last().is_some_and(near) {
        return false;
    }
    page.add_law(page.grammar.ids.title, start, head + 1, None);
    true
}

/// Gives the law that was added last its whole title.
fn call(page: &mut Page<'_>, change: impl FnOnce(&mut LawName)) {
    if let Some((law, _)) = page.laws.last_mut()
        && let Value::Law(name) = &mut law.value
    {
        change(name);
    }
}

/// Whether the words from `at` go on with a title: "the 2011 Agreement on Border Security".
fn leads_on(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1 + usize::from(words.is(at + 1, "the"));
    words.gap(at) <= Gap::Line && (words.has(at, class::CONNECTOR) && words.capital(next) || continues(words, at))
}

/// The year of "FY2024", "FY24", "2024".
fn fiscal_year(word: &str) -> Option<u32> {
    let digits = word.strip_prefix("FY").unwrap_or(word);
    let year: u32 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    match digits.len() {
        4 if (1960..2100).contains(&year) => Some(year),
        2 if word.starts_with("FY") && year < 60 => Some(2000 + year),
        2 if word.starts_with("FY") => Some(1900 + year),
        _ => None,
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1700..2100).contains(&year))
}
