//! Finds references without a name: this Act, these Regulations, this order, the Act.
//!
//! "Paragraph 1 of Article 58 of the Act" and "the date of this order" refer to an instrument that stands
//! elsewhere. A capital makes the difference between "these Measures" and "these measures were effective".
//!
//! Always true: the span holds the determiner; what runs on into a title (the Act of 1974, the Trade Act) is
//! no reference.

use super::{
    Page,
    anaphor_lower::of_law_before,
    class,
    words::{Shape, Words},
};
use crate::{
    extract::{
        Anaphor, LawName,
        mention::{Mention, Value},
    },
    value::Kind,
};

/// Reads a reference at the determiner `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let mut head = at + 1;
    if words.is_any(
        head,
        &[
            "said",
            "draft",
            "aforementioned",
            "above",
            "same",
            "aforesaid",
            "present",
            "above-mentioned",
            "abovementioned",
        ],
    ) && !words.is(at, "said")
    {
        head += 1;
    }
    // "Article 4 of those Measures", "under such Rules": only where a division stands before, or the text has named one
    if words.is_any(at, &["those", "such"]) && !(is_divided(page, at) || words.is(at, "those") && is_named(page, head))
    {
        return;
    }
    // "the newly revised Measures"
    if words.is(at, "the")
        && words.is(head, "newly")
        && words.is_any(head + 1, &["revised", "amended", "issued"])
        && words.has(head + 2, class::REFERS_CAPITAL)
    {
        head += 2;
    }
    // "the new Provisions"
    if words.is_any(at, &["the"])
        && matches!(words.str(head), "new" | "revised" | "amended")
        && words.has(head + 1, class::REFERS_CAPITAL)
    {
        head += 1;
    }
    // "these Enforcement Rules"
    if words.is_any(at, &["this", "these"])
        && words.is_any(head, &["Enforcement", "Implementation", "Interim"])
        && words.has(head + 1, class::REFERS_CAPITAL)
    {
        head += 1;
    }
    // "This action plan is formulated", "the Action Plan is hereby issued"
    if words.is_any(head, &["Action", "Implementation", "Work"])
        && words.is(head + 1, "plan")
        && words.capital(head) == words.capital(head + 1)
        && (words.is(at, "this") || is_plan_before(page, head))
    {
        head += 1;
    }
    if words.is(head, "Executive") && words.is(head + 1, "order") {
        head += 1;
    }
    if words.is(head, "Presidential") && words.is(head + 1, "memorandum") {
        head += 1;
    }
    // "the Parties to the present Convention"
    let present = words.is(head.wrapping_sub(1), "present");
    let own = words.is_any(at, &["this", "these"]) || present;
    // "The final rule amends" in the Federal Register
    let published = words.is(head, "final") && words.is(head + 1, "rule") || words.is(head, "rule");
    let published = published && is_rule(page);
    if published && words.is(at, "the") && words.is(head, "final") {
        head += 1;
    }
    // "This final rule amends"
    let kind = words.is_any(head, &["final", "proposed", "interim"]);
    if own
        && (kind && words.is_any(head + 1, &["rule", "rules"])
            || kind && words.is_any(head + 1, &["final"]) && words.is(head + 2, "rule"))
    {
        head += 1 + usize::from(words.is(head + 1, "final"));
    }
    let lower = words.shape(head) == Shape::Lower;
    let fits = if lower {
        let rule = words.is(head, "rule") && (head > at + 1 || words.capital(at) && states(words, head + 1));
        published && (own || head > at + 1) && words.is(head, "rule")
            || own && (words.has(head, class::REFERS_LOWER) || rule || is_own_plural(page, head))
            || own && is_bound_to(words, at, head)
            || present && words.is_any(head, &["resolution", "decision"])
            || is_own_plural(page, head) && words.str(at) == "The" && enacted(words, head + 1)
            || own && is_own_plan(page, head)
            || of_law_before(page, at, head)
            || words.is(head, "instrument") && words.str(at) == "This" && makes(page, head + 1)
            || of_number(page, at, head)
    } else {
        words.capital(head)
            && (words.has(head, class::REFERS_CAPITAL)
                || own && words.has(head, class::REFERS_OWN)
                || words.has(head, class::REFERS_NAMED) && is_named_before(page, head))
    };
    if !fits || words.gap(head) == super::words::Gap::Paragraph || words.gap(head) == super::words::Gap::None {
        return;
    }
    // The film "The Bill" is a title of its own.
    if words.capital(at) && at > 0 && words.has(at - 1, class::QUOTE) && matches!(words.str(head + 1), "”" | "\"" | "’")
    {
        return;
    }
    let word = words.str(head);
    // "the Presidential Memorandum of July 12, 2019" names one by its day.
    if !own
        && words.is_any(head, &["Memorandum", "Proclamation", "Order"])
        && words.is(head + 1, "of")
        && words.has(head + 2, class::MONTH)
    {
        return;
    }
    if words.is(head, "Constitution") {
        if !own && !named_on(words, head + 1) {
            page.add_law(page.grammar.ids.title, head, head + 1, None);
        }
        return;
    }
    if words.is(head, "document") && words.str(at) != "This" {
        return;
    }
    let plural = words.is_any(at, &["these", "those"]);
    // Some translations write "this Regulations" for one instrument.
    if plural && !is_plural(word) && words.is_any(at, &["this", "these", "that", "those"]) {
        return;
    }
    // "this order on China", "Annex I to this proclamation from all countries": the text's own has no title behind it.
    let speaks_on = own && words.is_any(head + 1, &["on", "for", "concerning", "governing", "regarding", "from"]);
    if !speaks_on
        && (named_on(words, head + 1)
            || (lower && words.is_any(head + 1, &["of", "enforcement", "from"]) && !words.is(head + 2, "the")))
    {
        return;
    }
    // "the Rules of the house" are none that the text has named.
    if words.is(at, "the")
        && words.is(head + 1, "of")
        && words.is_any(head + 2, &["the", "a", "its"])
        && words.shape(head + 3) == Shape::Lower
    {
        return;
    }
    let value = Value::Anaphor(Anaphor { head: singular(word), own });
    page.add(Kind::LawAnaphor, page.grammar.ids.anaphor, at, head + 1, value);
}

/// "Reaffirming the 2030 Agenda …, and recalling that Agenda": only where the text has named one not long before.
fn is_named_before(page: &Page<'_>, head: usize) -> bool {
    let word = page.words.str(head);
    page.laws.iter().rev().take(40).any(|(law, _)| {
        matches!(&law.value, Value::Law(name) if name.title.split(' ').any(|part| part.trim_end_matches(',') == word))
    })
}

/// Whether the text is a rule of the Federal Register, as its opening says.
fn is_rule(page: &Page<'_>) -> bool {
    const OPENING: usize = 3_000;
    let text = page.words.text;
    let opening = &text[..text.floor_char_boundary(OPENING)];
    ["Final rule", "Proposed rule", "final rule;", "proposed rule;", "Interim rule"]
        .iter()
        .any(|kind| opening.contains(kind))
        && ["ACTION", "SUMMARY", "AGENCY", "CFR Part"].iter().any(|label| opening.contains(label))
}

/// "those Measures" of a text that has named Measures.
fn is_named(page: &Page<'_>, head: usize) -> bool {
    let word = page.words.str(head);
    is_plural(word)
        && page.laws.iter().rev().take(12).any(|(law, _)| {
            matches!(&law.value, Value::Law(name) if name.title.split([' ', ',']).any(|part| part.eq_ignore_ascii_case(word)))
        })
}

/// "the Action Plan" of a text that has named "Action Plan for …".
fn is_plan_before(page: &Page<'_>, head: usize) -> bool {
    let called = page.words.joined(head, head + 2);
    let named = |name: &LawName| name.title.contains(called.as_str());
    page.words.capital(head)
        && page.laws.iter().rev().take(40).any(|(law, _)| matches!(&law.value, Value::Law(name) if named(name)))
}

/// "This plan is formulated", below a heading that names a plan.
fn is_own_plan(page: &Page<'_>, head: usize) -> bool {
    page.words.is(head, "plan")
        && page.laws.iter().take(3).any(|(law, _)| {
            matches!(&law.value, Value::Law(name) if name.heading && name.title.split(' ').any(|word| word == "Plan"))
        })
}

/// "This instrument amends the Wine Regulations 2011": a statutory instrument, and none of finance.
fn makes(page: &Page<'_>, at: usize) -> bool {
    let deeds =
        ["amends", "makes", "corrects", "revokes", "extends", "implements", "transposes", "replaces", "repeals"];
    page.words.is_any(at, &deeds)
        && page.words.is_any(at + 1, &["the", "to", "certain", "a", "amendments", "changes", "and", "several"])
}

/// What an order does, or what follows a word that ends its clause.
const ORDERS: [&str; 44] = [
    "directs",
    "directed",
    "requires",
    "required",
    "prohibits",
    "prohibited",
    "imposes",
    "imposed",
    "authorizes",
    "authorized",
    "provides",
    "provided",
    "states",
    "stated",
    "establishes",
    "established",
    "defines",
    "revokes",
    "revoked",
    "amends",
    "declares",
    "declared",
    "instructs",
    "instructed",
    "calls",
    "called",
    "also",
    "is",
    "was",
    "does",
    "did",
    "shall",
    "will",
    "would",
    "may",
    "can",
    "has",
    "had",
    "and",
    "or",
    "but",
    "as",
    "applies",
    "took",
];

/// "That order", "Section 7(a) of the order", "The order directs": an executive order that was called by its number not far before.
fn of_number(page: &Page<'_>, at: usize, head: usize) -> bool {
    const FAR: usize = 2_000;
    let words = &page.words;
    let kind = match words.str(head) {
        "order" => "Executive Order",
        "proclamation" => "Proclamation",
        _ => return false,
    };
    if !words.is_any(at, &["the", "that"]) || words.gap(head) > super::words::Gap::Line {
        return false;
    }
    let after = head + 1;
    let ends = matches!(words.str(after), "." | "," | ";" | ":" | ")" | "’s" | "'s" | "”")
        || ORDERS.contains(&words.str(after));
    // "section 7(a) of the order"
    let divided = is_divided(page, at);
    let begins = matches!(words.str(at), "The" | "That") || words.is(at, "that");
    let from = words.start(at).saturating_sub(FAR);
    (divided
        || ends && begins
        || ends && words.is(at, "the") && words.is_any(at.wrapping_sub(1), &["of", "under", "in", "to", "by"]))
        && page
            .others
            .iter()
            .rev()
            .take(60)
            .take_while(|m| m.span.start() >= from)
            .any(|m| matches!(&m.value, Value::Norm(norm) if m.kind == Kind::DocNumber && norm.starts_with(kind)))
}

/// "This rule is effective on", "This rule amends"; not "This rule is not applied if".
fn states(words: &Words<'_>, at: usize) -> bool {
    words.is_any(
        at,
        &["amends", "revises", "implements", "adopts", "involves", "finalizes", "establishes", "removes", "adds"],
    ) || words.is(at, "is") && words.is(at + 1, "effective")
}

/// "These regulations shall be implemented from the date of promulgation": translations write the own name in small letters.
fn is_own_plural(page: &Page<'_>, head: usize) -> bool {
    let words = &page.words;
    const KINDS: [&str; 8] =
        ["regulations", "rules", "standards", "guidelines", "directions", "measures", "opinions", "provisions"];
    // "The aforesaid provisions shall be implemented" are some of an instrument's.
    let several = words.is_any(head, &["opinions", "provisions"]) && !words.is(head.wrapping_sub(1), "these");
    if !words.is_any(head, &KINDS) || several {
        return false;
    }
    // "These rules may be called the Mediation Rules. … In these rules, unless the context otherwise requires"
    let called = || {
        page.others.iter().take(60).any(|m| {
            m.kind == Kind::LawAnaphor
                && page.words.text[m.span.end()..].starts_with(" may be called")
                && page.words.text[m.span.range()].to_ascii_lowercase().ends_with(&words.str(head).to_ascii_lowercase())
        })
    };
    // "These measures are valid for 3 years" below the title of measures
    let lasts = || {
        words.is_any(head.wrapping_sub(1), &["these"])
            && (words.is_any(head + 1, &["are", "shall"])
                && (words.is_any(head + 2, &["valid", "effective"])
                    || words.is(head + 2, "be") && words.is_any(head + 3, &["valid", "effective"]))
                || words.is_any(head + 1, &["apply", "applies"]) && words.is(head + 2, "to"))
            && is_named(page, head)
    };
    let own = called() || lasts() || page.laws.iter().take(3).any(|(law, _)| {
        matches!(&law.value, Value::Law(name) if name.heading && name.title.to_ascii_lowercase().contains(&words.str(head).to_ascii_lowercase()))
    });
    own || enacted(words, head + 1)
}

/// "The fees as referred to in this standard shall be", "in accordance with these measures, the authority shall": what binds
/// somebody speaks of itself.
fn is_bound_to(words: &Words<'_>, at: usize, head: usize) -> bool {
    const FAR: usize = 160;
    if !words.is_any(head, &["standard", "standards", "measures", "regulations", "rules", "guidelines", "directions"])
        || head != at + 1
    {
        return false;
    }
    let before = |back: usize, any: &[&str]| at >= back && words.is_any(at - back, any);
    let leads = before(1, &["with"]) && before(2, &["accordance", "compliance"])
        || before(1, &["in"])
            && (before(2, &["stipulated", "prescribed", "specified", "mentioned", "defined"])
                || before(2, &["to"]) && before(3, &["referred"])
                || before(2, &["out", "forth", "down"]) && before(3, &["set", "laid"])
                || before(2, &["for"]) && before(3, &["provided"]))
        || before(1, &["of"]) && before(2, &["violation", "purposes"])
        || before(1, &["violate", "violates", "violating", "violated"]);
    let (from, to) = (words.start(at), words.end(head));
    let text = words.text;
    let left = &text[text.floor_char_boundary(from.saturating_sub(FAR))..from];
    let left = left.rsplit(['.', '\n', ';']).next().unwrap_or_default();
    let right = &text[to..text.floor_char_boundary((to + FAR).min(text.len()))];
    let right = right.split(['.', '\n', ';']).next().unwrap_or_default();
    leads && [left, right].iter().any(|side| side.contains(" shall "))
}

/// Whether what is spoken of shall come into force, or is enacted under a law.
fn enacted(words: &Words<'_>, at: usize) -> bool {
    let shall = words.is_any(at, &["shall", "will"])
        && (words.is_any(at + 1, &["come", "enter", "become"])
            || words.is(at + 1, "take") && words.is(at + 2, "effect")
            || words.is(at + 1, "be")
                && words.is_any(at + 2, &["implemented", "enforced", "effective", "promulgated"]));
    let verb = at + 1 + usize::from(words.is_any(at + 1, &["hereby", "duly"]));
    let enacted =
        ["promulgated", "enacted", "stipulated", "prescribed", "formulated", "established", "adopted", "set", "issued"];
    let called = words.is(at, "may") && words.is(at + 1, "be") && words.is_any(at + 2, &["called", "cited"]);
    shall
        || called
        || words.is_any(at, &["are", "were"])
            && words.is_any(verb, &enacted)
            && (words.is_any(verb + 1, &["in", "pursuant", "according", "under", "by", "to"])
                // "these opinions are hereby formulated."
                || verb > at + 1 && words.is_any(verb + 1, &[".", ":", ",", ";", "as"]))
}

fn is_plural(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "measures"
            | "regulations"
            | "provisions"
            | "rules"
            | "guidelines"
            | "opinions"
            | "directions"
            | "standards"
            | "acts"
            | "laws"
            | "orders"
            | "principles"
    )
}

fn singular(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    if is_plural(&word) { word[..word.len() - 1].to_owned() } else { word }
}

/// Whether the words from `at` go on with a title: a capital word, "of 1974", "on the Protection …".
fn named_on(words: &Words<'_>, at: usize) -> bool {
    if words.gap(at) > super::words::Gap::Blank {
        return false;
    }
    if words.gap(at) == super::words::Gap::None && matches!(words.str(at), "-" | "/" | "_") {
        return true;
    }
    // "the Act Section 5", but "the Treaty Section answers"
    let numbered = words.shape(at + 1) == Shape::Number || words.is(at + 1, "(") || words.shape(at + 1) == Shape::Upper;
    if words.has(at, class::UNIT) && words.capital(at) && !numbered {
        return true;
    }
    let unit = words.has(at, class::UNIT | class::MONTH);
    if words.capital(at) && !unit && !words.has(at, class::OPENER) {
        return true;
    }
    if words.is(at, "No") {
        return true;
    }
    if !words.has(at, class::CONNECTOR) {
        return false;
    }
    let next = at + 1 + usize::from(words.is(at + 1, "the"));
    if words.is(at, "of") {
        return words.shape(next) == Shape::Number || (words.capital(next) && !words.has(next, class::MONTH));
    }
    words.is_any(at, &["on", "for", "concerning", "governing", "regarding"])
        && words.capital(next)
        && !words.has(next, class::MONTH)
}

/// "section 7(a) of the order": whether a division of it stands right before.
pub(super) fn is_divided(page: &Page<'_>, at: usize) -> bool {
    let words = &page.words;
    let behind = |m: &Mention| m.kind == Kind::ArticleRef && m.span.end() + 1 == words.start(at - 1);
    words.is_any(at.wrapping_sub(1), &["of", "under"]) && page.others.iter().rev().take(4).any(behind)
}
