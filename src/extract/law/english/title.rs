//! Finds titles by their head noun: Act, Law, Regulations, Convention, Plan.
//!
//! The head stands last ("Trade Expansion Act of 1962", "Canada Shipping Act, 2001") or first ("Regulations
//! Governing the Use of Radio Frequencies", "Law of the People's Republic of China on Foreign Investment").
//! From the head the title grows to the left over capital and small words, and to the right over a year, a
//! country, an edition, or what a connector leads to.
//!
//! Always true: a title has at most [`LONGEST`] words on each side of its head, begins with a capital and ends with a capital word, a number or a bracket; a head alone is no title.

use super::{
    Page, class,
    not_title::{is_excluded, thin},
    title_end::suffix,
    words::{Gap, Shape, Words},
};

/// What a letter and a point name: "Appendix B."
const LETTERED: &[&str] =
    &["Appendix", "Table", "Exhibit", "Company", "Vitamin", "Class", "Group", "Type", "Form", "Phase"];
/// What an act of a state's own may say that it does.
const DOING: &[&str] = &["Strengthening", "Protecting", "Keeping", "Promoting", "Securing", "Growing", "Rebuilding"];

/// Words on one side of a head.
const LONGEST: usize = 40;

/// Reads the title whose head is the word `head`.
pub(super) fn read(page: &mut Page<'_>, head: usize) {
    let words = &page.words;
    let policy = words.has(head, class::POLICY);
    // A head in capital letters only is a heading or shouting.
    if words.shape(head) == Shape::Upper && words.str(head).len() > 1 && !upper_heading(words, head) {
        return;
    }
    let start = left(words, head);
    let named = start < head;
    let modified = (start..head).all(|w| words.has(w, class::MODIFIER | class::SMALL) || words.is(w, "'s"));
    let mut end = suffix(page, head, head + 1);
    let extended = if modified || !words.has(head, class::STATUTE) {
        connected(page, head, end, named && !modified)
    } else {
        None
    };
    if let Some(to) = extended {
        end = suffix(page, head, to);
    } else {
        let bare = end == head + 1;
        // "Marine Spatial Plan (2021-2035)"
        let dated = policy && named && !bare && words.is(end - 1, ")");
        if (!named && (bare || !words.has(head, class::STATUTE) || country_only(words, head, end)))
            || policy && !dated
            || (bare && continues(words, end))
        {
            return;
        }
        if bare && thin(words, start, head) {
            return;
        }
        if words.is_any(head.wrapping_sub(1), &["of", "with", "under", "to", "by", "for", "from", "in"])
            || (named && modified && bare && !page.words.has(head, class::STATUTE) && !words.is(start, "Enforcement"))
        {
            return;
        }
    }
    let words = &page.words;
    // "President Biden Approves Disaster Declaration for …" is no instrument.
    if policy
        && named
        && !modified
        && !words.is_any(head, &["Plan", "Outline", "Strategy", "Standards", "Guidelines", "Opinions", "Catalogue"])
    {
        return;
    }
    if is_excluded(page, start, head, end) || in_heading(words, start) {
        return;
    }
    page.add_law(page.grammar.ids.title, start, end, None);
}

/// "Law of the People's Republic of China" without a subject is no title, but the Constitution is.
fn country_only(words: &Words<'_>, head: usize, end: usize) -> bool {
    end > head + 1 && !words.is_any(head, &["Constitution", "Charter", "Code"])
}

/// "Chapter VIII Special Management Measures for …" heads a chapter.
fn in_heading(words: &Words<'_>, start: usize) -> bool {
    let Some(unit) = start.checked_sub(2) else { return false };
    let unit = if words.is_any(start - 1, &[".", ":"]) { unit.saturating_sub(1) } else { unit };
    words.has(unit, class::UNIT)
        && words.is_any(unit, &["Chapter", "Section", "Part", "Division", "Title"])
        && words.begins_line(unit)
        && words.gap(start) <= Gap::Blank
}

/// Whether the head is only a part of a longer name: "Law Enforcement Agency", "Code Section".
pub(super) fn continues(words: &Words<'_>, end: usize) -> bool {
    if words.gap(end) == Gap::None && matches!(words.str(end), "-" | "‑") {
        return true;
    }
    words.gap(end) <= Gap::Blank
        && words.gap(end) > Gap::None
        && words.capital(end)
        && !words.has(end, class::UNIT | class::OPENER | class::MONTH | class::CODE)
        && !(words.shape(end) == Shape::Upper && words.has(end, class::KNOWN))
}

fn upper_heading(words: &Words<'_>, head: usize) -> bool {
    let mut at = head;
    while at > 0 && words.gap(at) < Gap::Line && head - at < 14 {
        if words.shape(at) == Shape::Lower {
            return false;
        }
        at -= 1;
    }
    words.gap(at) >= Gap::Line && words.ends_line(head + 1)
}

/// First word of the title that leads up to the head.
fn left(words: &Words<'_>, head: usize) -> usize {
    let upper = words.shape(head) == Shape::Upper && words.str(head).len() > 1;
    let (mut at, mut start) = (head, head);
    // Where the title would begin if it stopped at the first comma; whether a list proves the comma.
    let mut before_comma: Option<usize> = None;
    let mut list = false;
    while at > 0 && head - at < LONGEST {
        if !words.runs_on(at) {
            break;
        }
        let prev = at - 1;
        match words.shape(prev) {
            Shape::Mark => match words.str(prev) {
                "&" | "/" | "–" | "-" => {
                    if words.str(prev) != "&" && (words.gap(prev) != Gap::None || words.gap(at) != Gap::None) {
                        break;
                    }
                }
                "'s" | "’s" => {
                    // "Strengthening Canada's Economy Act"
                    let object = prev > 1 && words.capital(prev - 2) && words.is_any(prev - 2, DOING);
                    if prev > 0 && words.has(prev - 1, class::OWNER) && !object {
                        break;
                    }
                }
                "'" | "’"
                    if words.gap(prev) == Gap::None
                        && prev > 0
                        && words.str(prev - 1).ends_with('s')
                        && words.capital(prev - 1) => {}
                "," if list || words.is_any(at, &["and", "or"]) => {
                    before_comma.get_or_insert(start);
                    list = true;
                }
                // "John F. Kennedy Assassination Records Act"
                "." if prev > 1
                    && (words.shape(prev - 1) == Shape::Upper && words.str(prev - 1).len() == 1
                        || words.str(prev - 1) == "St")
                    && words.gap(prev) == Gap::None
                    && (words.shape(prev - 2) == Shape::Capital || words.is_any(prev - 2, &["the", "of"]))
                    && words.gap(prev - 1) == Gap::Blank
                    && (!words.has(prev - 2, class::OPENER | class::DETERMINER | class::SMALL | class::UNIT)
                        && !words.is_any(prev - 2, LETTERED)
                        || words.str(prev - 1) == "St") =>
                {
                    at = prev - 1;
                    continue;
                }
                ")" => match opening_in_title(words, prev) {
                    Some(open) => {
                        at = open;
                        continue;
                    }
                    None => break,
                },
                _ => break,
            },
            Shape::Capital | Shape::Upper => {
                let crossed = words.has(at, class::SMALL) || words.is(at, ",");
                if crossed && words.has(prev, class::HEAD) && !words.is(prev, "Code") {
                    break;
                }
                // "Part IX of that Act", "Part IX Excise Tax Act", "SCHEDULE II Convention …"
                if prev > 0
                    && (words.has(prev - 1, class::UNIT) || words.is(prev - 1, "SCHEDULE"))
                    && words.shape(prev) == Shape::Upper
                {
                    break;
                }
                if words.has(prev, class::DETERMINER)
                    || (words.shape(prev) == Shape::Upper
                        && !upper
                        && words.str(prev).len() == 1
                        && !words.is(prev, "U"))
                {
                    break;
                }
                if words.has(prev, class::ABOUT) && words.is_any(at, &["of", "to"]) {
                    break;
                }
                if words.has(prev, class::MONTH | class::UNIT) && !(words.is(prev, "March") && at == head) {
                    break;
                }
                start = prev;
            }
            Shape::Lower if words.has(prev, class::SMALL) => {
                if words.is_any(prev, &["that", "this", "its", "their"])
                    || (words.is(prev, "the") && !article_inside(words, prev))
                {
                    break;
                }
                list |= words.is_any(prev, &["and", "or"]);
            }
            Shape::Number if ordinal(words.str(prev)) => start = prev,
            _ => break,
        }
        at = prev;
    }
    if let Some(inner) = before_comma {
        // "Food, Drug, and Cosmetic Act" behind "the" or a quote is one title; elsewhere the comma parts.
        let before = words.str(start.wrapping_sub(1));
        let proven = start > 0 && (before.eq_ignore_ascii_case("the") || matches!(before, "“" | "‘" | "\"" | "("));
        if !proven && !words.begins_line(start) {
            start = inner;
        }
    }
    trim(words, start, head)
}

/// Drops openers ("Under", "Pursuant to") and small words from the left.
fn trim(words: &Words<'_>, start: usize, head: usize) -> usize {
    let mut at = start;
    while at < head {
        let opener = words.has(at, class::OPENER)
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

/// "Department of the Interior Act", "Securing the Nation Act": an article within a title.
fn article_inside(words: &Words<'_>, the: usize) -> bool {
    let Some(before) = the.checked_sub(1) else { return false };
    if words.capital(before) {
        // "Trading With the Enemy Act"
        return words.str(before).ends_with("ing") && !words.has(before, class::OPENER)
            || words.str(before) == "With" && before > 0 && words.str(before - 1) == "Trading";
    }
    words.is(before, "of")
        && before > 0
        && words.is_any(before - 1, &["Department", "Office", "Ministry", "Law", "Rights"])
        && words.capital(before - 1)
}

/// The bracket of "Personal Data (Privacy) Ordinance", "Right to Organize (PRO) Act".
fn opening_in_title(words: &Words<'_>, close: usize) -> Option<usize> {
    let open = (close.saturating_sub(7)..close).rev().find(|at| words.is(*at, "("))?;
    let title_case = (open + 1..close).all(|w| words.capital(w) || words.has(w, class::SMALL));
    let acronym = close == open + 2 && words.is(close + 1, "Act") && words.str(open + 1).len() > 2;
    (open > 0
        && close > open + 1
        && title_case
        && words.capital(open - 1)
        && !words.has(open - 1, class::HEAD)
        && (acronym || words.shape(open + 1) == Shape::Capital))
        .then_some(open)
}

pub(super) fn ordinal(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    matches!(&word[digits..], "st" | "nd" | "rd" | "th") || word.len() == 4 && word.starts_with("20") && digits == 4
}

/// End of what a connector behind the head leads to: `Regulations Governing the Use of Radio Frequencies`.
pub(super) fn connected(page: &Page<'_>, head: usize, end: usize, named: bool) -> Option<usize> {
    let words = &page.words;
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
    let to = phrase(words, at)?;
    let long = to - at >= 2;
    // "Protocol to the Convention on …", not "Protocol to the Depositary".
    if onto
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
        // "Outline of the National Innovation Strategy"
        let of_plan = words.is(head, "Outline") && words.has(to - 1, class::HEAD);
        if !(about || open || organic)
            || (words.is(end + 1, "the")
                && !about
                && !organic
                && !of_plan
                && !words.is_any(head, &["Charter", "Constitution", "Schedule", "Rules", "Convention", "Statute"]))
        {
            return None;
        }
        if words.is_any(head, &["Rules", "Standards", "Convention"]) && !long {
            return None;
        }
    }
    // "the Paris Agreement on Monday", "Senate Rules for Members".
    if (policy || named) && !long {
        return None;
    }
    Some(to)
}

/// End of a phrase in title case from `from`.
fn phrase(words: &Words<'_>, from: usize) -> Option<usize> {
    let (mut at, mut end) = (from, None);
    let mut has_head = false;
    let mut listing = false;
    while at < words.len() && at - from < LONGEST {
        if at > from && !words.runs_on(at) {
            break;
        }
        match words.shape(at) {
            Shape::Capital | Shape::Upper => {
                // "Incentives To The Forestry Management Industry"
                let within = words.is(at, "The") && at > from && words.has(at - 1, class::SMALL);
                if (words.has(at, class::DETERMINER) && !within)
                    || (words.has(at, class::MONTH) && words.shape(at + 1) == Shape::Number)
                {
                    break;
                }
                if words.has(at, class::UNIT) && words.shape(at + 1) == Shape::Number {
                    break;
                }
                has_head |= words.has(at, class::HEAD);
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
                if !words.has(at, class::SMALL) {
                    break;
                }
                if words.is_any(at, &["and", "or"]) && new_title(words, at + 1, has_head) {
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
    let first = at;
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
