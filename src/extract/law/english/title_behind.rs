//! What stands behind a head and belongs to its title: Regulations Governing the Use of Radio Frequencies.
//!
//! A connector leads from the head to what the instrument is about, in title case: "on Foreign Investment", "between … and …".
//! Where another title begins ("and the Cybersecurity Law"), this one ends.
//!
//! Always true: the end lies at most [`LONGEST`] words behind the connector, at a capital word, a number or a bracket.

use super::{
    Page, class,
    title::{LONGEST, ordinal},
    words::{Gap, Shape, Words},
};

/// End of what a connector behind the head leads to: `Regulations Governing the Use of Radio Frequencies`.
pub(super) fn connected(page: &Page<'_>, head: usize, end: usize, named: bool) -> Option<usize> {
    let words = &page.words;
    if let Some(to) = implementing(page, head, end) {
        return Some(to);
    }
    if !words.has(end, class::CONNECTOR) || !words.runs_on(end) {
        return None;
    }
    let mut at = end;
    // "of the Supreme People's Court on …", "of Implementation of": only some heads go on with "of".
    let of = words.is(at, "of");
    if words.is_any(at, &["between", "with", "to", "against"])
        && !words.is_any(head, &["Convention", "Agreement", "Treaty", "Protocol", "Measures"])
    {
        return None;
    }
    let policy = words.has(head, class::POLICY);
    let onto = words.is_any(at, &["to", "with"]);
    while words.has(at, class::CONNECTOR)
        || words.is_any(at, &["the", "a", "an"])
        || words.is_any(at, &["respect", "regard"])
    {
        at += 1;
        if at > end + 4 {
            return None;
        }
    }
    // "Protocol on the implementation of the Fisheries Partnership Agreement with …": one instrument carries out another.
    let carried = CARRIED_OUT.contains(&words.str(at)) && words.is_any(at + 1, &["of", "to"]) && words.runs_on(at);
    if carried {
        at += 2 + usize::from(words.is(at + 2, "the"));
    }
    if !words.capital(at) && !(words.shape(at) == Shape::Number && ordinal(words.str(at)))
        || words.has(at, class::MONTH | class::UNIT)
        || !words.runs_on(at)
    {
        return None;
    }
    if words.has(at, class::HEAD)
        && at == end + 1
        && words.capital(at)
        && !words.has(at + 1, class::CONNECTOR | class::SMALL)
        && !words.capital(at + 1)
        && !words.is(at, "Law")
    {
        return None;
    }
    // "Implementing Rules of the Tax Collection and Administration Law": one law is named.
    let carries_out =
        of && words.is_any(head.wrapping_sub(1), &["Implementing", "Implementation", "Enforcement", "Detailed"]);
    let to = phrase(page, at, carries_out || carried)?;
    let long = to - at >= 2;
    if carried && !(at..to).any(|w| words.has(w, class::HEAD)) {
        return None;
    }
    // "the Fisheries Partnership Agreement with the Republic of Mali" names the other party.
    let party = words.is(end, "with") && (at..to).any(|w| STATES.contains(&words.str(w)) && words.is(w + 1, "of"));
    // "Protocol to the Convention on …", not "Protocol to the Depositary".
    if onto
        && !party
        && !(at..to).any(|w| {
            words.has(w, class::HEAD)
                || words.is_any(w, &["Avoid", "Eliminate", "Combat", "Prevent", "Prohibit", "Promote"])
        })
    {
        return None;
    }
    if of {
        let about = (at..to).any(|w| {
            words.is_any(w, &["on", "for", "concerning", "regarding", "to", "governing"]) && !words.capital(w)
                || words.is(w, "Governing")
        });
        let open = words.is_any(
            head,
            &[
                "Code",
                "Charter",
                "Constitution",
                "Treaty",
                "Convention",
                "Regulations",
                "Rules",
                "Measures",
                "Standards",
                "Outline",
                "Schedule",
                "Directions",
                "Statute",
                "Protocol",
            ],
        );
        // "Organization Act of the Ministry of Digital Affairs"
        let organic = words.is_any(head.wrapping_sub(1), &["Organization", "Organizational", "Organic"]);
        // "Implementing Regulations of the Food Safety Law"
        let of_law = carries_out && (at..to).any(|w| words.has(w, class::STATUTE) && words.capital(w));
        // "Act of Military Service System" over its articles
        let heading = head <= 1 && words.has(head, class::STATUTE) && words.begins_line(0) && words.ends_line(to);
        // "Outline of the National Innovation Strategy"
        let of_plan = words.is(head, "Outline") && words.has(to - 1, class::HEAD);
        if !(about || open || organic || of_law || heading)
            || (words.is(end + 1, "the")
                && !about
                && !organic
                && !of_plan
                && !of_law
                && !heading
                && !words.is_any(head, &["Charter", "Constitution", "Schedule", "Rules", "Convention", "Statute"]))
        {
            return None;
        }
        if words.is_any(head, &["Rules", "Standards", "Convention"]) && !long {
            return None;
        }
    }
    // "the Paris Agreement on Monday", "Senate Rules for Members".
    // "the Shenzhen Special Economic Zone Regulations on AI"
    let acronym = to == at + 1
        && words.is(end, "on")
        && words.shape(at) == Shape::Upper
        && words.str(at).len() > 1
        && words.is_any(head, &["Regulations", "Measures", "Provisions", "Act"]);
    if (policy || named) && !long && !acronym {
        return None;
    }
    Some(to)
}

/// End of the law that regulations carry out: "Regulations Implementing the Foreign Investment Law".
fn implementing(page: &Page<'_>, head: usize, end: usize) -> Option<usize> {
    let words = &page.words;
    let kind = words.is_any(head, &["Regulations", "Rules", "Measures", "Provisions"]) && end == head + 1;
    if !kind || !words.is(end, "Implementing") || !words.runs_on(end) || !words.runs_on(end + 1) {
        return None;
    }
    let at = end + 1 + usize::from(words.is(end + 1, "the"));
    let to = phrase(page, at, true)?;
    (words.has(to - 1, class::STATUTE) && words.capital(to - 1) && to - at >= 2).then_some(to)
}

/// What an instrument is about that carries out or changes another one, in small letters within its title.
const CARRIED_OUT: [&str; 9] = [
    "implementation",
    "application",
    "amendment",
    "interpretation",
    "execution",
    "accession",
    "extension",
    "modification",
    "termination",
];
/// How states call themselves.
const STATES: [&str; 7] = ["Republic", "Kingdom", "Government", "State", "Principality", "Union", "Commonwealth"];

/// What an instrument does to another one, whose whole name follows: "on Amending the Science and Technology Law".
const DONE_TO: [&str; 5] = ["Amending", "Revising", "Implementing", "Implementation", "Amendment"];
/// What a court or a council speaks of, before what it is about: "Several Issues concerning the Application of Law".
const MATTERS: [&str; 9] =
    ["Issues", "Matters", "Problems", "Questions", "Policies", "Affairs", "Disputes", "Cases", "Crimes"];
const ABOUT_THEM: [&str; 8] =
    ["concerning", "relating", "regarding", "related", "involving", "respecting", "arising", "over"];

/// What is done over something.
const OVER: [&str; 8] = [
    "Supervision",
    "Control",
    "Administration",
    "Management",
    "Inspection",
    "Oversight",
    "Jurisdiction",
    "Sovereignty",
];

/// End of a phrase in title case from `from`; `names_law` says that it is the title of one law.
fn phrase(page: &Page<'_>, from: usize, names_law: bool) -> Option<usize> {
    let words = &page.words;
    let (mut at, mut end) = (from, None);
    let mut has_head = false;
    let mut one_law = names_law;
    let mut listing = false;
    // "Outline of the 15th Five-Year Plan … and the Food Safety Law": the only head so far is a plan's.
    let mut plan_only = false;
    while at < words.len() && at - from < LONGEST {
        if at > from && !words.runs_on(at) {
            break;
        }
        match words.shape(at) {
            Shape::Capital | Shape::Upper => {
                // "Incentives To The Forestry Management Industry"
                let within = words.is(at, "The") && at > from && words.has(at - 1, class::SMALL);
                let those = words.is_any(at, &["Those", "Such"]);
                if (words.has(at, class::DETERMINER) && !within && !those)
                    || (words.has(at, class::MONTH) && words.shape(at + 1) == Shape::Number)
                {
                    break;
                }
                if words.has(at, class::UNIT) && words.shape(at + 1) == Shape::Number {
                    break;
                }
                plan_only = if words.has(at, class::HEAD) {
                    words.is(at, "Plan") && (plan_only || !has_head)
                } else {
                    plan_only
                };
                has_head |= words.has(at, class::HEAD);
                one_law = (one_law || DONE_TO.contains(&words.str(at))) && !has_head;
                if !words.has(at, class::SMALL) || words.str(at).len() == 1 {
                    end = Some(at + 1);
                }
            }
            Shape::Number => {
                if !ordinal(words.str(at)) {
                    break;
                }
                end = Some(at + 1);
            }
            Shape::Lower => {
                let about = at > from
                    && ABOUT_THEM.contains(&words.str(at))
                    && MATTERS.contains(&words.str(at - 1))
                    && (words.capital(at + 1)
                        || words.has(at + 1, class::SMALL) && (at + 2..at + 4).any(|w| words.capital(w)));
                // "Regulations concerning the Hygiene Supervision over Cosmetics"
                let about = about
                    || words.is(at, "over")
                        && OVER.contains(&words.str(at.saturating_sub(1)))
                        && (words.capital(at + 1) || words.is(at + 1, "the") && words.capital(at + 2));
                if !words.has(at, class::SMALL) && !about {
                    break;
                }
                if words.is_any(at, &["and", "or"])
                    && (new_title(words, at + 1, has_head || one_law)
                        || plan_only && names_statute(page, at + 1)
                        || words.has(at + 1, class::RECITAL) && !words.has(at - 1, class::RECITAL))
                {
                    break;
                }
            }
            Shape::Mark => match words.str(at) {
                "'s" | "’s" => end = Some(at + 1),
                "'" | "’"
                    if words.gap(at) == Gap::None && words.str(at - 1).ends_with('s') && words.capital(at + 1) => {}
                "-" | "–" | "/" | "&" => {
                    if words.str(at) != "&" && (words.gap(at) != Gap::None || words.gap(at + 1) != Gap::None) {
                        break;
                    }
                }
                // "the Blueprint for an AI Bill of Rights, the AI Risk Management Framework, and …"
                "," if words.is(at + 1, "the") && !words.capital(at + 1) => break,
                "," => {
                    if new_title(words, at + 1, has_head)
                        || !(listing && words.is_any(at + 1, &["and", "or"]) && words.capital(at + 2)
                            || goes_on(words, at + 1))
                    {
                        break;
                    }
                    listing = true;
                }
                // 'Notice on Printing and Distributing the "Work Plan for …"': what is issued stands in quotes.
                "“" | "\"" if issued(words, from, at) => {
                    let close = (at + 1..at + LONGEST).find(|&w| matches!(words.str(w), "”" | "\""));
                    let close = close.filter(|&close| close > at + 1 && (at + 1..close).all(|w| words.runs_on(w)));
                    end = close.map(|close| close + 1).or(end);
                    break;
                }
                "(" => match words.closing(at, 6) {
                    Some(close)
                        if words.capital(close + 1)
                            && (at + 1..close).all(|w| words.capital(w))
                            && words.shape(at + 1) == Shape::Capital =>
                    {
                        at = close + 1;
                        end = Some(at);
                        continue;
                    }
                    _ => break,
                },
                _ => break,
            },
        }
        at += 1;
    }
    // "the Law on Personal Information Protection in 2021" says when.
    end.map(|end| {
        let year = words.shape(end - 1) == Shape::Number && words.str(end - 1).len() == 4;
        let when = end > from + 2 && words.is_any(end - 2, &["in", "by", "from", "to", "on", "at"]);
        if year && when { end - 2 } else { end }
    })
}

/// "the Food Safety Law" from an article on, as the registry knows it.
fn names_statute(page: &Page<'_>, from: usize) -> bool {
    const LONGEST: usize = 10;
    let words = &page.words;
    let title = from + 1;
    let head = (title..title + LONGEST).find(|&w| words.has(w, class::STATUTE) && words.capital(w));
    words.str(from) == "the" && head.is_some_and(|head| page.grammar.known.reaches(words, title, head))
}

/// Whether the words before a quote say that the instrument in it is given out.
fn issued(words: &Words<'_>, from: usize, quote: usize) -> bool {
    let last = quote - 1 - usize::from(words.is(quote - 1, "the"));
    last >= from
        && matches!(
            words.str(last),
            "Distributing" | "Issuing" | "Forwarding" | "Printing" | "Issuance" | "Publishing" | "Promulgating"
        )
}

/// Whether a list goes on from `from`, with an "and" before its last part.
fn goes_on(words: &Words<'_>, from: usize) -> bool {
    if !words.capital(from) && !words.has(from, class::SMALL) {
        return false;
    }
    for at in from..from + 10 {
        if words.is_any(at, &["and", "or"]) && at > from {
            return words.capital(at + 1);
        }
        if !(words.capital(at) || words.has(at, class::SMALL) || words.is(at, ",")) || (at > from && !words.runs_on(at))
        {
            return false;
        }
    }
    false
}

/// Whether a title of its own begins at `from`, behind "and" or a comma: "and the Cybersecurity Law",
/// "and Several Provisions on …".
fn new_title(words: &Words<'_>, from: usize, has_head: bool) -> bool {
    let from = from + usize::from(words.is_any(from, &["and", "or"]));
    let article = words.is(from, "the") && !words.capital(from);
    let mut at = from + usize::from(article);
    // "and the 2022 Provisions on Algorithm Recommendation"
    at += usize::from(article && words.str(at).len() == 4 && words.shape(at) == Shape::Number);
    let first = at;
    // "the Regulations on … in Rural Areas and the Plan": what the text has named before.
    if article && words.has(at, class::HEAD) && words.capital(at) && !words.capital(at + 1) {
        return true;
    }
    while at < first + 14 && (words.capital(at) || (at > first && words.has(at, class::SMALL))) {
        if words.has(at, class::HEAD) {
            let leads = words.has(at + 1, class::CONNECTOR) && (first..at).all(|w| words.has(w, class::MODIFIER));
            let ends = !words.capital(at + 1)
                && at > first
                && !words.is(at - 1, "of")
                && !has_head
                && (article || words.has(at, class::STATUTE));
            if leads || ends {
                return true;
            }
        }
        at += 1;
    }
    false
}
