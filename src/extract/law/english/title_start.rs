//! Where a title begins: what stands before it in capitals only because a sentence begins, or says what is done with it.
//!
//! "Under the Company Law" and "Applying Labor Law, we won" begin with a word that is none of the title.
//!
//! Always true: the title begins at its head at the latest.

use super::{
    Page, class,
    title::is_year,
    words::{Gap, Shape, Words},
};

/// Drops openers ("Under", "Pursuant to") and small words from the left.
pub(super) fn trim(words: &Words<'_>, start: usize, head: usize) -> usize {
    let mut at = start;
    while at < head {
        // "the No Technology for Terror Act"
        let no = words.str(at) == "No" && at + 1 < head && words.is(at.wrapping_sub(1), "the");
        // "SUMMARY OF MINNESOTA HOME KITCHEN ENTERPRISE ACT"
        let told = words.str(at) == "SUMMARY" && words.is(at + 1, "of");
        let opener = told
            || words.has(at, class::OPENER) && !no
            || (words.is_any(at, &["All", "Every", "No", "Each", "Any"]) && at + 1 == head);
        let small = at > start && (words.has(at, class::SMALL) || words.is(at, ",")) && !words.capital(at);
        if opener || small {
            at += 1;
        } else {
            break;
        }
    }
    if words.shape(at) == Shape::Mark { head } else { at }
}

/// "Enforcing Environmental Protection Law", "Revised Food Safety Law takes effect", "the New Company Law": where the title begins behind a
/// word that tells what is done with a law that the registry knows.
pub(super) fn only_said(page: &Page<'_>, start: usize, head: usize) -> usize {
    const TOLD: [&str; 5] = ["Revised", "Amended", "Newly", "Updated", "Existing"];
    let words = &page.words;
    let start = behind_deed(words, start, head);
    let known = &page.grammar.known;
    let word = words.str(start);
    // "the Protecting Privacy Act" has the word in its name; a sentence does not begin with an article and one.
    let opens = words.begins_line(start)
        || matches!(words.str(start.wrapping_sub(1)), "." | "!" | "?" | ":" | ";" | "," | "-" | "“" | "\"");
    let heading = words.begins_line(start) && words.ends_line(head + 1);
    let deed = opens && !heading && word.len() > 5 && word.ends_with("ing");
    let next = start + 1 + usize::from(words.is_any(start + 1, &["Revised", "Amended", "the"]) && start + 2 < head);
    let defined = || page.dated.contains(&words.joined(start, head + 1)) || is_defined(page, start, head);
    let whole = |from: usize| known.reaches(words, from, head);
    // "the Revised Penal Code" is one of the Philippines.
    let told = || TOLD.contains(&word) && known.is_chinese(known.row(words, next, head + 1));
    if next < head && words.has(head, class::STATUTE) && !whole(start) && whole(next) && (deed || told()) && !defined()
    {
        next
    } else {
        start
    }
}

/// "Notice on Printing and Distributing Several Measures for …": where what is given out begins.
fn behind_deed(words: &Words<'_>, start: usize, head: usize) -> usize {
    const DEEDS: [&str; 9] = [
        "Printing",
        "Distributing",
        "Issuing",
        "Forwarding",
        "Promulgating",
        "Publishing",
        "Transmitting",
        "Circulating",
        "Releasing",
    ];
    if !words.is_any(start.wrapping_sub(1), &["on", "of", "concerning", "regarding"]) {
        return start;
    }
    let mut at = start;
    while at < head && (DEEDS.contains(&words.str(at)) || at > start && words.is_any(at, &["and", "the"])) {
        at += 1;
    }
    let instrument = (at..=head).find(|&w| !words.has(w, class::MODIFIER)) == Some(head);
    if at > start && instrument { at } else { start }
}

/// Whether the text has called a law so: the “New Company Law”.
fn is_defined(page: &Page<'_>, start: usize, head: usize) -> bool {
    let said = page.words.joined(start, head + 1);
    page.laws
        .iter()
        .rev()
        .take(60)
        .any(|(law, _)| matches!(&law.value, crate::extract::mention::Value::Law(name) if name.defines.contains(&said)))
}

/// "The 1949 Geneva Convention", "Article 7 of the Vienna Convention": a convention that is called by the place where it was made.
pub(super) fn is_convention_of_place(words: &Words<'_>, start: usize, head: usize) -> bool {
    const PLACES: [&str; 10] =
        ["Geneva", "Vienna", "Hague", "Rome", "Athens", "Montreal", "Warsaw", "Paris", "Berne", "Brussels"];
    let before = start.wrapping_sub(1);
    let dated = is_year(words.str(before)) && words.gap(start) == Gap::Blank;
    let the = if dated { before.wrapping_sub(1) } else { before };
    // "the older 1949 Geneva Convention"
    let divided = words.is(the.wrapping_sub(1), "of") && words.shape(the.wrapping_sub(2)) == Shape::Number;
    words.is_any(head, &["Convention", "Protocol"])
        && start + 1 == head
        && PLACES.contains(&words.str(start))
        && (dated || words.is(the, "the") && divided)
        && !words.is_any(head + 1, &["on", "for", "concerning", "relating", "Center", "Centre"])
}
