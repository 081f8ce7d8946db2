//! Whether a division word with its number is a reference at all, and what the reference leaves out.
//!
//! "part 2" and "title 5" are references only with a capital or an "of"; "articles 2.3 m long" are wares.
//!
//! Always true: a part of an article or section that names neither inherits it.

use super::{
    super::words::{Gap, Words},
    Part, Unit,
};
use crate::extract::Inherits;

/// Whether these words are a reference at all: "part 2" and "title 5" are so only with a capital or an "of".
pub(super) fn fits(words: &Words<'_>, at: usize, part: &Part) -> bool {
    let first = part.numbers.first().map_or("", String::as_str);
    match part.unit {
        Unit::Part | Unit::Chapter | Unit::Title | Unit::Division | Unit::Subtitle => {
            words.capital(at)
                || first.starts_with(|c: char| c.is_ascii_uppercase())
                || part.unit == Unit::Part && first.starts_with(|c: char| c.is_ascii_digit())
        }
        Unit::Annex | Unit::Schedule | Unit::Principle => false,
        Unit::Clause => {
            words.is_any(at, &["clause", "clauses"]) && !words.is_any(at.wrapping_sub(1), &["sunset"])
                || words.is_any(at, &["point", "points"]) && first.starts_with('(')
                || words.is_any(at, &["item", "items"]) && words.capital(at)
        }
        Unit::Article => words.capital(at) || is_lower_article(words, at, part),
        _ => true,
    }
}

fn numeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// "the penalties of article 29"; wares have no numbers, but sizes: "articles 2.3 m long".
fn is_lower_article(words: &Words<'_>, at: usize, part: &Part) -> bool {
    let number = |n: &String| n.len() <= 6 && n.starts_with(|c: char| c.is_ascii_digit()) && !n.contains('.');
    let range = || {
        part.numbers.first().and_then(|n| n.split_once('-')).is_some_and(|(low, high)| numeric(low) && numeric(high))
    };
    let short = |n: &String| number(n) || n.len() <= 9 && range();
    // "the Energy Law, art. 14", not "… and arts." at the end of a line over the number of the next item
    let dotted = words.is_any(at, &["art", "arts"])
        && words.is(at + 1, ".")
        && words.gap(at + 2) <= Gap::Blank
        && words.is_any(at.wrapping_sub(1), &[",", "(", "[", ";", "under", "see", "per", "in"]);
    part.numbers.iter().all(short) && (dotted || words.is(at, "article") || part.numbers.len() > 1 || range())
}

pub(super) fn inherits(parts: &[Part]) -> Inherits {
    let top = parts.iter().map(|p| p.unit).min().unwrap_or(Unit::Clause);
    let complete = parts.iter().any(|p| {
        p.numbers.first().is_some_and(|n| !n.starts_with('('))
            && matches!(p.unit, Unit::Subsection | Unit::Paragraph | Unit::Subparagraph)
            && p.numbers.iter().any(|n| n.contains('('))
    });
    match top {
        Unit::Subsection | Unit::Paragraph | Unit::Subparagraph | Unit::Clause if !complete => Inherits::OwnArticle,
        _ => Inherits::Nothing,
    }
}
