//! Finds titles by their head noun: Act, Law, Regulations, Convention, Plan.
//!
//! The head stands last ("Trade Expansion Act of 1962", "Canada Shipping Act, 2001") or first ("Regulations
//! Governing the Use of Radio Frequencies", "Law of the People's Republic of China on Foreign Investment").
//! From the head the title grows to the left over capital and small words, and to the right over a year, a
//! country, an edition, or what a connector leads to.
//!
//! Always true: a title has at most [`LONGEST`] words on each side of its head, begins with a capital and ends with a capital word, a number or a bracket; a head alone is no title.

use super::{
    Page, amendment, class,
    not_title::{is_excluded, thin},
    numbered,
    order_title::title_in_brackets,
    recalled::read_rules,
    title_amending::amending,
    title_bare::{is_directive_of_union, is_order_of_year},
    title_behind::connected,
    title_end::suffix,
    title_inside::{article_inside, body_of_act, opening_in_title},
    title_start::{is_convention_of_place, only_said, trim},
    words::{Gap, Shape, Words},
};

/// What a letter and a point name: "Appendix B."
const LETTERED: &[&str] =
    &["Appendix", "Table", "Exhibit", "Company", "Vitamin", "Class", "Group", "Type", "Form", "Phase"];
/// What an act of a state's own may say that it does.
const DOING: &[&str] = &["Strengthening", "Protecting", "Keeping", "Promoting", "Securing", "Growing", "Rebuilding"];

/// Heads that name an instrument with any words before them.
const PLANS: [&str; 7] = ["Plan", "Outline", "Strategy", "Standards", "Guidelines", "Opinions", "Catalogue"];

/// Words on one side of a head.
pub(super) const LONGEST: usize = 40;

/// Reads the title whose head is the word `head`.
pub(super) fn read(page: &mut Page<'_>, head: usize) {
    if amendment::read(page, head) || numbered::read(page, head) {
        return;
    }
    // A text may begin in the middle of "the Constitution and the laws of the United States".
    if head == 0 && page.words.is(0, "Constitution") && page.words.is(1, "and") && page.words.is(3, "laws") {
        page.add_law(page.grammar.ids.title, 0, 1, None);
        return;
    }
    // "Presidential Memorandum of January 27, 2021 (Restoring Trust in Government …)"
    // "Executive Order of April 2, 2025 (Regulating Imports …)"
    let order = page.words.is(head, "Memorandum")
        || page.words.is(head, "Order") && page.words.is(head.wrapping_sub(1), "Executive");
    if order && page.words.is(head + 1, "of") && page.words.has(head + 2, class::MONTH) {
        title_in_brackets(page, head + 1, None);
    }
    let words = &page.words;
    // "Trump Restores Law and Order", "Imposes Measures"
    if words.has(head.wrapping_sub(1), class::HEADLINE) && words.capital(head - 1) {
        return;
    }
    let policy = words.has(head, class::POLICY);
    // A head in capital letters only is a heading or shouting.
    if words.shape(head) == Shape::Upper && words.str(head).len() > 1 && !upper_heading(words, head) {
        return;
    }
    let mut start = only_said(page, left(page, head), head);
    // "China Eases Cross-Border Data Rules": a headline names no instrument but the statute behind its verb.
    let verb = (start + 1..head).rev().find(|&w| {
        // "Treasury Issues Regulations", but "Several Issues"
        let issued = words.is_any(w, &["Issues", "Releases"])
            && (words.has(w - 1, class::OWNER)
                || words.is_any(w - 1, &["Treasury", "Commerce", "BIS", "CAC", "MOFCOM", "SAMR"]));
        issued || words.has(w, class::HEADLINE) && !words.is(w - 1, "to")
    });
    if let Some(verb) = verb {
        if !words.has(head, class::STATUTE) {
            return;
        }
        start = trim(words, verb + 1, head);
        // "Export Controls Meet Data Law": of one word only what is known.
        if start + 1 == head && !page.grammar.known.names(words, start) {
            return;
        }
    }
    // "How Beijing Uses Trade Law"; "Directive 2003/88/EC (the Working Time Directive) and Regulation": the EC ends a number
    if words.is_any(start, &["How", "Why", "What", "When", "Where"])
        || words.text[..words.start(start)].ends_with('/') && words.is_any(start, &["EC", "EU", "EEC"])
    {
        return;
    }
    // "the 2021 Blocking Rules", "the 2008 Anti-Monopoly Law": the year says when; a plan has it in its name.
    // "the 2002 Opinions on Several Issues", "GB 5749–2022 Standards for …"
    let told = words.is_any(head, &["Opinions", "Notice", "Circular", "Decision", "Interpretation"])
        && start + 1 == head
        || words.gap(start) == Gap::None && matches!(words.str(start.wrapping_sub(1)), "–" | "-");
    if is_year(words.str(start)) && told {
        start += 1;
    }
    if is_year(words.str(start))
        && !policy
        && start + 1 < head
        && words.capital(start + 1)
        && !page.dated.contains(&words.joined(start, head + 1))
    {
        start += 1;
    }
    // "The 2018 Constitution amendment": the year is the amendment's.
    if words.is(head, "Constitution")
        && start + 1 == head
        && is_year(words.str(start))
        && words.is_any(head + 1, &["amendment", "amendments"])
    {
        page.add_law(page.grammar.ids.title, head, head + 1, None);
        return;
    }
    // "the NDRC Notice on Improving Electricity Prices": the body stands outside of what else would be none.
    let behind =
        policy && !words.is_any(head, &PLANS) && words.has(head + 1, class::CONNECTOR) && words.runs_on(head + 1);
    if behind && start < head && page.grammar.issuers.iter().any(|(body, _)| *body == words.joined(start, head)) {
        start = head;
    }
    // "The Vietnamese Law on Food Safety": whose it is stands outside, but for the PRC.
    let onto = words.is_any(head + 1, &["on", "concerning", "governing", "regarding"]) && words.capital(head + 2);
    let of_country = start + 1 == head && words.shape(start) == Shape::Capital && words.has(start, class::OWNER);
    if onto && of_country && words.is_any(head, &["Law", "Act", "Ordinance", "Decree", "Code"]) {
        start = head;
    }
    let named = start < head;
    // "conferred by this Act on the Minister"
    if !named && words.is_any(head.wrapping_sub(1), &["this", "these", "such"]) {
        return;
    }
    // "State Administration for Market Regulation" is a body.
    let body = |w: usize| {
        words.is_any(w, &["Administration", "Bureau", "Commission", "Authority", "Office"])
            && words.is_any(w + 1, &["for", "of"])
            && head - w <= 4
    };
    if words.is(head, "Regulation") && (start..head).any(body) {
        return;
    }
    // "the PRC Law on Foreign Relations"
    let of_china =
        start + 1 == head && matches!(words.str(start), "PRC" | "P.R.C.") && words.has(head + 1, class::CONNECTOR);
    let modified = of_china || (start..head).all(|w| words.has(w, class::MODIFIER | class::SMALL) || words.is(w, "'s"));
    // "Article 44 of its Implementing Regulations"
    if named && modified && read_rules(page, start, head) {
        return;
    }
    let words = &page.words;
    let mut end = suffix(page, head, head + 1);
    if is_order_of_year(words, start, head) {
        end = end.max(head + 2);
    }
    let changes = amending(page, head);
    let extended = if changes.is_some() {
        changes
    } else if modified || !words.has(head, class::STATUTE) {
        connected(page, head, end, named && !modified)
    } else {
        None
    };
    // "the 2011 Agreement between the Government of the Sudan and …"
    if extended.is_some() && start + 1 == head && !policy && is_year(words.str(start)) {
        start = head;
    }
    if let Some(to) = extended {
        end = suffix(page, head, to);
        // "Outline of the 14th Five-Year Plan (2021-2025) for National Economic and Social Development"
        if end > to
            && page.words.is(end - 1, ")")
            && let Some(more) = connected(page, head, end, false)
        {
            end = suffix(page, head, more);
        }
    } else {
        let bare = end == head + 1;
        // "the Sea Fisheries (Enforcement) (Scotland) Order 1999"
        let british_order = named && words.is(head, "Order") && end == head + 2 && words.is(head - 1, ")");
        // "Marine Spatial Plan (2021-2035)"
        let dated = policy && named && !bare && words.is(end - 1, ")") || british_order;
        let dated = dated || is_order_of_year(words, start, head) || is_directive_of_union(page, start, head, end);
        if (!named && (bare || !words.has(head, class::STATUTE) || country_only(words, head, end)))
            || policy && !dated
            || (bare && continues(words, end))
        {
            return;
        }
        if bare && thin(page, start, head) {
            return;
        }
        if words.is_any(head.wrapping_sub(1), &["of", "with", "under", "to", "by", "for", "from", "in"])
            || !is_convention_of_place(words, start, head)
                && (named
                    && modified
                    && bare
                    && !page.words.has(head, class::STATUTE)
                    && !words.is(start, "Enforcement"))
        {
            return;
        }
    }
    let words = &page.words;
    // "the 1961 Vienna Convention": the year tells which of them.
    if extended.is_none() && is_convention_of_place(words, start, head) && is_year(words.str(start.wrapping_sub(1))) {
        start -= 1;
    }
    // "President Biden Approves Disaster Declaration for …" is no instrument.
    if policy
        && named
        && !modified
        && !is_directive_of_union(page, start, head, end)
        && !(end == head + 2 && words.is(head, "Order") && words.shape(head + 1) == Shape::Number)
        && changes.is_none()
        && !words.is_any(head, &PLANS)
    {
        return;
    }
    // "PART 300—INTERNATIONAL FISHERIES REGULATIONS": a part of the Code of Federal Regulations.
    let part = matches!(words.str(start.wrapping_sub(1)), "—" | "–" | "-")
        && words.shape(start.wrapping_sub(2)) == Shape::Number
        && words.is(start.wrapping_sub(3), "Part");
    if part || is_excluded(page, start, head, end) || in_heading(words, start) {
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
    let marked = words.is_any(start - 1, &[".", ":", "："]);
    let Some(unit) = unit.checked_sub(usize::from(marked)) else { return false };
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
        // "the Oceans Act Footnote a"
        && !words.is(end, "Footnote")
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
    // "CANADIAN ENVIRONMENTAL PROTECTION ACT, 1999"
    let dated = words.is(head + 1, ",") && is_year(words.str(head + 2)) && words.ends_line(head + 3);
    words.gap(at) >= Gap::Line && (dated || words.ends_line(head + 1))
}

/// First word of the title that leads up to the head.
fn left(page: &Page<'_>, head: usize) -> usize {
    let words = &page.words;
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
        // "Related Amendments" over "Access to Information Act": two headings.
        if words.gap(at) == Gap::Line
            && words.capital(at)
            && words.is_any(prev, &["Amendments", "Repeal", "Repeals", "Interpretation", "Title"])
        {
            break;
        }
        match words.shape(prev) {
            Shape::Mark => match words.str(prev) {
                // "Medium- and Long-Term Plan for …"
                "-" if words.gap(prev) == Gap::None
                    && words.gap(at) == Gap::Blank
                    && words.is_any(at, &["and", "or"])
                    && words.capital(prev.wrapping_sub(1)) => {}
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
                // "Banking Regulation and Supervision Law": here it is what the law does.
                let deed = words.str(prev) == "Regulation"
                    && words.is(at, "and")
                    && words.is_any(at + 1, &["Supervision", "Control", "Promotion", "Development", "Management"]);
                // "Hong Kong Bill of Rights Ordinance"
                let deed = deed || words.is(prev, "Bill") && words.is(at, "of") && words.is(at + 1, "Rights");
                // "Civil Code and Food Safety Law", but "Tax Code and Revenue Act" as far as nobody knows that code
                let code = words.is(prev, "Code")
                    && !(words.is(at, "and") && prev > 0 && page.grammar.known.names(words, prev - 1));
                if crossed && words.has(prev, class::HEAD) && !code && !deed {
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
                        && !words.is(prev, "U")
                        // "the FD&C Act"
                        && !(words.is(prev.wrapping_sub(1), "&")
                            && words.gap(prev) == Gap::None
                            && words.is(head, "Act")
                            && words.str(prev.wrapping_sub(2)).len() > 1))
                {
                    break;
                }
                if words.has(prev, class::ABOUT) && words.is_any(at, &["of", "to"]) && !body_of_act(words, prev, head) {
                    break;
                }
                // "Select Luxury Items Tax Act"
                // "Dual-Use Items Export Control Regulations"
                let named = words.is_any(prev, &["Item", "Items", "Points"])
                    && at < head
                    && words.capital(at)
                    && words.capital(prev - 1);
                // "Native Title Act 1993", "General Clauses Act, 1897"
                let named = named
                    || words.is_any(prev, &["Title", "Titles", "Clauses", "Articles"])
                        && at == head
                        && words.has(head, class::STATUTE)
                        && words.capital(prev.wrapping_sub(1))
                        && !words.has(prev.wrapping_sub(1), class::UNIT | class::OPENER);
                if words.has(prev, class::MONTH | class::UNIT) && !(words.is(prev, "March") && at == head) && !named {
                    break;
                }
                // "WRECKED, ABANDONED OR HAZARDOUS VESSELS ACT"
                list |= upper && words.is_any(prev, &["AND", "OR"]);
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
            Shape::Number if words.is(at, "(") && is_year(words.str(prev)) && words.has(prev - 1, class::STATUTE) => {}
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

pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn ordinal(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    matches!(&word[digits..], "st" | "nd" | "rd" | "th") || word.len() == 4 && word.starts_with("20") && digits == 4
}
