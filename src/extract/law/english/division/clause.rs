//! Clauses of bills: "Clause 3 of the Public Office (Accountability) Bill", "clause 4(1) of the Finance Bill".
//!
//! A clause in brackets is written like a section elsewhere; of a bill all are written in one way.
//!
//! Always true: a bill is named right behind.

use super::{
    super::words::{Gap, Words},
    Part, Unit,
    unit::is_titled,
};

/// The reference where the only part `parts` is a clause and a bill is named from `to`.
pub(super) fn of_bill(words: &Words<'_>, at: usize, to: usize, parts: &[Part]) -> Option<String> {
    let [Part { unit: Unit::Clause, numbers }] = parts else { return None };
    let clause =
        words.is_any(at, &["clause", "clauses"]) && numbers.iter().all(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    if !clause || !words.is(to, "of") || words.gap(to) > Gap::Line {
        return None;
    }
    let from = to + 1 + usize::from(words.is_any(to + 1, &["the", "this", "that"]));
    let bill = is_titled(words, from, "Bill");
    let told = |number: &String| match number.split_once('-') {
        Some((low, high)) => format!("i{low}-i{high}"),
        None => format!("i{number}"),
    };
    bill.then(|| numbers.iter().map(told).collect::<Vec<_>>().join(","))
}
