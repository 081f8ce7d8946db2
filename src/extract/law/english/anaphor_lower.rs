//! References in small letters to an instrument that was named not far before: "the law stipulates", "Article 3 of the regulations".
//!
//! News and reports write so, and statutes speak of law in general in the same letters: "in accordance with the law".
//!
//! Always true: an instrument of the kind was named last, and a division of it or what only an instrument does stands beside.

use super::{Page, anaphor::is_divided, class, words::Gap};
use crate::extract::{LawName, mention::Value};

/// So far back the instrument is named, in bytes; before "The law has teeth" also twice as far.
const FAR: usize = 600;

/// Kinds as they are referred to, and as titles have them.
const KINDS: [(&str, &str); 10] = [
    ("law", "Law"),
    ("act", "Act"),
    ("code", "Code"),
    ("ordinance", "Ordinance"),
    ("statute", "Law"),
    ("regulations", "Regulations"),
    ("measures", "Measures"),
    ("provisions", "Provisions"),
    ("rules", "Rules"),
    ("guidelines", "Guidelines"),
];

/// Whether the word `head` behind the determiner `at` refers to an instrument named before.
pub(super) fn of_law_before(page: &Page<'_>, at: usize, head: usize) -> bool {
    let words = &page.words;
    let Some((said, kind)) = KINDS.into_iter().find(|(said, _)| *said == words.str(head)) else { return false };
    // "the above-mentioned law", "Article 13 of that law"
    let pointed = head == at + 2;
    if words.gap(head) > Gap::Line || !(head == at + 1 || pointed) || !words.is_any(at, &["the", "that"]) {
        return false;
    }
    let plural = said.ends_with('s');
    if plural && (pointed || !words.is(at, "the")) {
        return false;
    }
    let start = words.start(at);
    let of_kind = |name: &LawName| {
        let has = |kind: &str| name.title.split([' ', ',']).any(|word| word == kind);
        has(kind) || said == "statute" && (has("Act") || has("Code"))
    };
    // "The law" is the one named last; "the code" the code among them. What has another head is no law.
    let headless = |name: &LawName| {
        kind == "Law"
            && name.row.is_some()
            && !name.title.split(' ').any(|word| words.class_of(word) & class::HEAD != 0)
    };
    let last = page.laws.iter().rev().take(8).find_map(|(law, _)| match &law.value {
        Value::Law(name) if plural || of_kind(name) || headless(name) => Some((law, name)),
        _ => None,
    });
    let next = head + 1;
    let opens = words.str(at) == "The" && !pointed;
    let far = if opens && !plural { 2 * FAR } else { FAR };
    if !last.is_some_and(|(law, name)| law.span.end() + far > start && of_kind(name)) {
        return false;
    }
    let made = words.is(next, ",") && words.is_any(next + 1, &["made", "which", "adopted"]);
    let states = opens && !plural && (words.is_any(next, &STATES) || made);
    // "Under the law, firms must …" opens a sentence.
    let leads = matches!(words.str(at.wrapping_sub(1)), "Under")
        || words.is(at.wrapping_sub(1), "to") && words.str(at.wrapping_sub(2)) == "According";
    let led = leads && words.is(next, ",");
    is_divided(page, at) || pointed || states || led || said == "statute" || does(page, next)
}

/// What only an instrument does: "the law stipulates", "the regulations took effect", "the measures, which come into force".
fn does(page: &Page<'_>, at: usize) -> bool {
    let words = &page.words;
    let at = at + 2 * usize::from(words.is(at, ",") && words.is(at + 1, "which"));
    let at = at
        + usize::from(
            words.is_any(at, &["also", "will", "shall", "explicitly", "clearly", "further", "formally", "officially"]),
        );
    // "the law, voted through on June 28"
    let history = words.is(at, ",") && words.is_any(at + 1, &["voted", "adopted", "passed", "promulgated", "enacted"]);
    let force = words.is_any(
        at,
        &["took", "take", "takes", "taking", "came", "come", "comes", "entered", "enter", "enters", "went", "go"],
    ) && words.is_any(at + 1, &["effect", "into"]);
    let made = words.is_any(at, &["was", "were", "has", "have"]) && {
        let at = at + 1 + usize::from(words.is(at + 1, "been"));
        words.is_any(at, &["adopted", "passed", "promulgated", "enacted", "revised", "amended", "repealed"])
    };
    let rules = words.is_any(
        at,
        &[
            "stipulates",
            "stipulate",
            "clarifies",
            "clarify",
            "specifies",
            "specify",
            "prohibits",
            "prohibit",
            "comprises",
            "comprise",
        ],
    );
    force || made || rules || history
}

/// What is said of a law that was named before.
const STATES: [&str; 24] = [
    "consists",
    "comprises",
    "contains",
    "came",
    "comes",
    "took",
    "takes",
    "entered",
    "enters",
    "stipulates",
    "has",
    "was",
    "is",
    "also",
    "requires",
    "provides",
    "defines",
    "lists",
    "listed",
    "applies",
    "clarifies",
    "covers",
    "prohibits",
    "sets",
];
