//! Titles of instruments that change another one: Regulations Amending the Small Vessel Regulations.
//!
//! "Order Amending Schedule 1 to the Species at Risk Act" and "An Act to amend the Canada Elections Act" name the instrument
//! that they change inside their own title; without the first words the text would seem to speak of the old instrument only.
//!
//! Always true: the end lies behind a head noun, at most [`LONGEST`] words behind the deed.

use super::{
    Page, class,
    title::LONGEST,
    title_end::suffix,
    words::{Shape, Words},
};

/// End of a title whose head is followed by what it does to another instrument.
pub(super) fn amending(page: &Page<'_>, head: usize) -> Option<usize> {
    let words = &page.words;
    let deed = head + 1;
    let from = if matches!(words.str(deed), "Amending" | "Repealing") {
        deed + 1
    } else if words.is(head, "Act")
        && words.str(deed) == "to"
        && matches!(words.str(deed + 1), "amend" | "repeal")
        && words.is(deed + 2, "the")
    {
        deed + 2
    } else {
        return None;
    };
    if !words.runs_on(deed) {
        return None;
    }
    let (mut at, mut end) = (from, None);
    while at < words.len() && at - from < LONGEST && words.runs_on(at) {
        match words.shape(at) {
            // "the Budget Act and the …" is the next one.
            Shape::Lower if end == Some(at) && words.is_any(at, &["and", "or", "in", "by", "as"]) => break,
            Shape::Lower if words.has(at, class::SMALL) || words.is(at, "made") => {}
            Shape::Capital | Shape::Upper if words.has(at, class::MONTH) && words.shape(at + 1) == Shape::Number => {
                break;
            }
            Shape::Capital | Shape::Upper => {
                if words.has(at, class::HEAD) || words.is_any(at, &["Tariff", "List", "Lists"]) {
                    end = Some(at + 1);
                }
            }
            // "Schedule 1 to the …", "Parts 1 and 2 of Schedule 3"
            Shape::Number if of_division(words, at) => {
                if words.is(at - 1, "Schedule") {
                    end = Some(at + 1);
                }
            }
            Shape::Mark if words.is_any(at, &["'s", "’s"]) => {}
            _ => break,
        }
        at += 1;
    }
    let end = consequential(words, suffix(page, end? - 1, end?));
    // "An Act to amend the Criminal Code, the Official Secrets Act, …": where it ends cannot be told.
    let more = words.is(end, ",") && words.is_any(end + 1, &["the", "An", "Schedule"])
        || words.is(end, "and") && words.is_any(end + 1, &["to", "the"]);
    if words.is(head, "Act") && more {
        return None;
    }
    Some(named_in_brackets(words, end).unwrap_or(end))
}

/// Whether a number counts a division: "Schedule 1", "Parts 1 and 2".
fn of_division(words: &Words<'_>, at: usize) -> bool {
    let before = at - 1;
    words.is_any(before, &["Schedule", "Schedules", "Part", "Parts", "Annex"])
        || words.is_any(before, &["and", "to"]) && words.shape(before - 1) == Shape::Number
}

/// "An Act to amend the Criminal Code and to make consequential amendments to other Acts"
fn consequential(words: &Words<'_>, end: usize) -> usize {
    const TAIL: [&str; 3] = ["and", "to", "make"];
    if !TAIL.iter().enumerate().all(|(i, word)| words.is(end + i, word)) || !words.runs_on(end) {
        return end;
    }
    let amendments = (end + 3..end + 8).find(|&w| words.is_any(w, &["amendments", "amendment"]));
    let Some(to) = amendments.filter(|&w| words.is(w + 1, "to")).map(|w| w + 2) else { return end };
    let other = words.is_any(to, &["other", "another", "certain"]) && words.is_any(to + 1, &["Acts", "Act"]);
    if other { to + 2 } else { end }
}

/// "(Miscellaneous Program)", "(Fees and Small Vessels)": what tells several amendments of one instrument apart.
fn named_in_brackets(words: &Words<'_>, open: usize) -> Option<usize> {
    let close = words.closing(open, 12).filter(|close| close - open > 2 && words.runs_on(open))?;
    let told = (open + 1..close).all(|w| words.shape(w) == Shape::Capital || words.has(w, class::SMALL));
    // "(Small Vessel Regulations)" gives a short form.
    let short = words.has(close - 1, class::HEAD);
    (told && !short && words.shape(open + 1) == Shape::Capital).then_some(close + 1)
}
