//! What has the form of a title and names no instrument: Stock Purchase Agreement, Da Vinci Code, Jude Law, Ohm's Law.
//!
//! "Federal Law" and "General Provisions" speak of law in general, "Purchase Agreement" of a contract; Captain Code is a man. The
//! words stand in lists of the rules, where others can add to them.
//!
//! Always true: a title of the registry is found by its letters whatever is said here.

use rustc_hash::FxHashMap;

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};
use crate::text::Span;

pub(super) fn is_excluded(page: &Page<'_>, start: usize, head: usize, end: usize) -> bool {
    let words = &page.words;
    let title = words.joined(start, end).to_lowercase();
    if page.grammar.not_titles.contains(&title) {
        return true;
    }
    if ends_like_none(page, &title) || end == head + 1 && named_after_nature_or_person(words, start, head) {
        return true;
    }
    // "Our Supplier Code of Conduct"
    if words.is(head, "Code") && words.is(end, "of") && words.is_any(end + 1, &["Conduct", "Ethics", "Practice"]) {
        return true;
    }
    // "Title 5, United States Code": a citation of the code.
    if words.is(head, "Code")
        && (words.is(head.wrapping_sub(1), "States") || words.is(head.wrapping_sub(1), "U.S."))
        && end == head + 1
    {
        return true;
    }
    // "Public Law 117-167", "Local Law No. 5", "Regulation (EU) 2016/679".
    words.shape(end) == Shape::Number
        && words.gap(end) == Gap::Blank
        && end == head + 1
        && words.is_any(head.wrapping_sub(1), &["Public", "Private", "Local"])
        || (end == head + 1 && words.is(end, "No") && !words.is(end.wrapping_sub(1), "Act"))
}

/// Titles that name a class of instruments: "under a Covered Tax Agreement", "any Maanulth Law", twice at least, or once where it
/// is said what each of them is: “Covered Tax Agreement” means an agreement.
pub(super) fn classes<'t>(words: &Words<'t>, titles: impl Iterator<Item = Span>) -> Vec<&'t str> {
    const ONE_OF_MANY: [&str; 9] = ["a", "an", "any", "each", "every", "such", "all", "two", "another"];
    let text = words.text;
    let mut spoken = FxHashMap::<&str, u32>::default();
    for span in titles {
        let title = &text[span.range()];
        // "An Act respecting Telefilm Canada" has its head in front.
        let headed = title.rsplit([' ', '\n']).next().is_some_and(|last| words.class_of(last) & class::HEAD != 0);
        let before = text[..span.start()].trim_end_matches([' ', '\n']);
        let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let of_many = headed && span.start() > before.len() && ONE_OF_MANY.iter().any(|w| word.eq_ignore_ascii_case(w));
        let behind = text[span.end()..].trim_start_matches(['”', '"', '*', '’', ' ']);
        // "state party to the Fish Stocks Agreement means a state …" defines the party.
        let opens = before.trim_end_matches(['“', '"', '*', '‘', ' ']);
        let opens = opens.is_empty()
            || opens.ends_with(['.', ';', ':'])
            || text[opens.len()..].starts_with('\n')
            || !word.is_empty() && of_many;
        let means = opens && ["means a ", "means an ", "means any "].iter().any(|words| behind.starts_with(words));
        *spoken.entry(title).or_default() += u32::from(of_many) + 2 * u32::from(means);
    }
    let mut classes: Vec<&str> = spoken.into_iter().filter(|&(_, times)| times > 1).map(|(title, _)| title).collect();
    classes.sort_unstable();
    classes
}

/// "Stock Purchase Agreement", "Da Vinci Code": by the words before its head.
fn ends_like_none(page: &Page<'_>, title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or(title);
    page.grammar.not_endings.get(last).is_some_and(|endings| {
        endings.iter().any(|end| {
            title.strip_suffix(end.as_str()).is_some_and(|before| before.is_empty() || before.ends_with([' ', '-']))
        })
    })
}

/// Jude Law and Captain Code are people, Ohm's Law is none of a state (Megan's Law is).
fn named_after_nature_or_person(words: &Words<'_>, start: usize, head: usize) -> bool {
    if !words.is_any(head, &["Law", "Code", "Bill"]) {
        return false;
    }
    let counted = words.is_any(head - 1, &["First", "Second", "Third", "Fourth", "Iron", "Golden"]);
    let owner = head - 1 - usize::from(counted);
    if matches!(words.str(owner), "'s" | "’s") && owner > 0 {
        return words.is(head, "Law") && words.has(owner - 1, class::FINDER);
    }
    let dotted = words.is(start.wrapping_sub(1), ".") && words.has(start.wrapping_sub(2), class::PERSON);
    words.has(start, class::PERSON) && start + 1 == head || dotted && start + 1 >= head
}

/// One word before a head that is as often generic: "Related Provisions", "Proposed Agreement".
pub(super) fn thin(page: &Page<'_>, start: usize, head: usize) -> bool {
    let words = &page.words;
    // "The CBDT Provisions exempt it" in a text about China
    let short = words.shape(start) == Shape::Upper && words.str(start).len() >= 3 && start + 1 == head;
    if short && words.is_any(head, &["Provisions", "Measures"]) && page.speaks_of_china() {
        return !words.is(start.wrapping_sub(1), "the");
    }
    if words.is_any(head, &["Provisions", "Schedule"]) {
        // "China's Internet Culture Provisions"
        let mark = matches!(words.str(start.wrapping_sub(1)), "'s" | "’s");
        let owned = mark && words.is_any(start.wrapping_sub(2), &["China", "PRC", "Council"]);
        // "Article 17 of the Automobile Data Security Management Provisions"
        let managed = words.is_any(head - 1, &["Management", "Administration", "Protection", "Supervision"]);
        let whole = start + 2 < head && words.is(start.wrapping_sub(1), "the") && managed;
        return !((owned && start + 1 < head || whole) && words.is(head, "Provisions"));
    }
    // "makes the annexed Widget Regulations", "the Ventilation Regulation (Cap. 59)"
    let annexed = words.is_any(start.wrapping_sub(1), &["annexed", "attached"]) && start + 1 == head;
    if annexed || words.is(head + 1, "(") && words.is_any(head + 2, &["Cap", "SOR"]) {
        return false;
    }
    let generic = words.is_any(head, &["Rules", "Measures", "Regulations", "Regulation", "Directions"]);
    let participle = words.str(start).ends_with("ed")
        && words.is_any(head, &["Agreement", "Bill", "Protocol", "Convention", "Treaty"]);
    start + 1 == head && (generic || participle) && !words.has(start, class::KNOWN)
}
