//! Tells a unit from what only looks like one: the mark that opens a quotation, the letter of a licence, the dollars of a year.

use super::{super::scan::Match, words::Words};
use crate::value::{Kind, numeral::Style};

/// Before a mark, so many bytes are looked through for the one that opens the quotation.
const LONGEST_QUOTE: usize = 256;
/// Amounts in prices of a year are told with years like these.
const PRICE_YEARS: (u32, u32) = (1950, 2060);
/// An amount of so many dollars may look like a year.
const ROUND: u32 = 50;

/// Whether what a pattern took for a unit or a currency is none.
pub(super) fn is_none(found: &Match<'_>, words: &Words) -> bool {
    let text = found.hay.text;
    let (left, inside, behind) = (&text[..found.start], &text[found.start..found.end()], &text[found.end()..]);
    let next = behind.bytes().next();
    // 91310115MA1K4X7Q2B: letters between digits are no unit.
    if inside.ends_with(|c: char| c.is_ascii_alphabetic()) && next.is_some_and(|byte| byte.is_ascii_digit()) {
        return true;
    }
    // 5G and 64K are names, 5 g is a weight: a unit of one letter counts as it is spelled.
    if !found.spelled("unit") {
        return true;
    }
    if found.kind == Kind::Money {
        // "412   $31.6": the sign of the next sum in a table.
        return inside.ends_with('$') && next.is_some_and(|byte| byte.is_ascii_digit()) || prices_of_year(found, words);
    }
    match found.word("unit") {
        // In "Title 42" the mark ends what is quoted; in the 1995 "Education Law" and three "red lines" it opens.
        Some("\"") => {
            inside.trim_end_matches('"').ends_with(char::is_whitespace)
                || next.is_some_and(|byte| byte.is_ascii_uppercase())
                || leaves_open(left)
        }
        // "2019 Cal. Stat. ch. 757"
        Some("Cal") => next == Some(b'.'),
        // GL 8L: a licence behind the letters of its series
        Some(letter)
            if letter.len() == 1 && found.numeral("n").is_some_and(|n| text[n.span.end()..].starts_with(letter)) =>
        {
            let word = left.strip_suffix(' ').map(|left| left.rsplit([' ', '\n', '(']).next().unwrap_or_default());
            word.is_some_and(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
        }
        _ => false,
    }
}

/// "(present value, 2024 dollars)", "converted to 2019 yuan": the year whose prices are meant.
fn prices_of_year(found: &Match<'_>, words: &Words) -> bool {
    let Some(numeral) = found.numeral("n").filter(|n| n.style == Style::Arabic && n.digits == 4) else { return false };
    let (first, last) = PRICE_YEARS;
    let left = found.hay.text[..found.start].trim_end_matches([' ', '\n']);
    numeral.span.start() == found.start
        && found.code("currency").is_some()
        && numeral.within(first, last).is_some_and(|year| year % ROUND != 0)
        && words.pricing.iter().any(|word| left.ends_with(word.as_str()))
}

/// Whether a mark before the end of the line opens a quotation.
fn leaves_open(left: &str) -> bool {
    let near = &left[left.ceil_char_boundary(left.len().saturating_sub(LONGEST_QUOTE))..];
    near.rsplit('\n').next().is_some_and(|line| line.matches('"').count() % 2 == 1)
}
