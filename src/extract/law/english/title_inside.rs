//! What may stand inside a title before its head: a bracket, an article, the name of a body.
//!
//! "Personal Data (Privacy) Ordinance", "Securing the Nation Act" and "Department of Industry Act" go on over what ends other titles.
//!
//! Always true: what stands in a bracket of a title is in title case.

use super::{
    class,
    title::is_year,
    words::{Shape, Words},
};

/// "Department of the Interior Act", "Securing the Nation Act": an article within a title.
pub(super) fn article_inside(words: &Words<'_>, the: usize) -> bool {
    let Some(before) = the.checked_sub(1) else { return false };
    if words.capital(before) {
        // "Trading With the Enemy Act"
        return words.str(before).ends_with("ing") && !words.has(before, class::OPENER | class::RECITAL)
            || words.str(before) == "With" && before > 0 && words.str(before - 1) == "Trading";
    }
    words.is(before, "of")
        && before > 0
        && words.is_any(before - 1, &["Department", "Office", "Ministry", "Law", "Rights"])
        && words.capital(before - 1)
}

/// "the Department of Industry Act", "the Parliament of Canada Act": acts that set up the body.
pub(super) fn body_of_act(words: &Words<'_>, body: usize, head: usize) -> bool {
    // "the Government of Wales Act 2006"
    let dated = head + 1 + usize::from(words.is(head + 1, ","));
    if words.is(body, "Government")
        && words.is(body + 1, "of")
        && words.is(head, "Act")
        && head - body <= 4
        && (words.is(body.wrapping_sub(1), "the") || words.begins_line(body))
        && is_year(words.str(dated))
        && (body + 2..head).all(|w| words.shape(w) == Shape::Capital && !words.has(w, class::HEAD))
    {
        return true;
    }
    words.is_any(body, &["Department", "Parliament"])
        && words.is(head, "Act")
        && head - body <= 9
        && !words.has(head - 1, class::HEAD)
        && (words.begins_line(body) || words.is(body.wrapping_sub(1), "the") && !words.is(head - 1, "Defense"))
        && (body + 1..head).all(|w| words.capital(w) || words.is_any(w, &["of", "and", ","]))
}

/// The bracket of "Personal Data (Privacy) Ordinance", "Right to Organize (PRO) Act".
pub(super) fn opening_in_title(words: &Words<'_>, close: usize) -> Option<usize> {
    const KINDS: [&str; 6] = ["Regulations", "Order", "Rules", "Act", "Scheme", "("];
    // "Merchant Shipping (Control and Management of Ballast Water and Sediments) Regulations 2022"
    let longest = if words.is_any(close + 1, &KINDS) { 16 } else { 7 };
    let open = (close.saturating_sub(longest)..close).rev().find(|at| words.is(*at, "("))?;
    // "Health Protection (Coronavirus, Restrictions) (England) Regulations 2020"
    // "the Animal Welfare (Fees, etc.) Regulations 2013"
    let and_others = |w: usize| words.is(w, "etc") || words.is(w, ".") && words.is(w - 1, "etc");
    let title_case =
        (open + 1..close).all(|w| words.capital(w) || words.has(w, class::SMALL) || words.is(w, ",") || and_others(w));
    // "Administrative Monetary Penalties and Notices (CSA 2001) Regulations"
    let dated = close == open + 3
        && words.shape(open + 1) == Shape::Upper
        && words.shape(open + 2) == Shape::Number
        && words.str(open + 2).len() == 4
        && words.is_any(close + 1, &["Regulations", "Order", "Rules"])
        && words.capital(open.wrapping_sub(1));
    if dated {
        return Some(open);
    }
    // "Environment Act 2021 (Commencement No. 3) Regulations 2022"
    let of_act = words.shape(open.wrapping_sub(1)) == Shape::Number
        && is_year(words.str(open.wrapping_sub(1)))
        && words.has(open.wrapping_sub(2), class::STATUTE)
        // "the Reservoirs Act 1975 (Exemptions) (England) Regulations 2013"
        && (words.is_any(close + 1, &["Regulations", "Order", "Rules"])
            || words.is(close + 1, "(")
                && words.closing(close + 1, 8).is_some_and(|next| words.is_any(next + 1, &["Regulations", "Order", "Rules"])))
        && words.shape(open + 1) == Shape::Capital;
    if of_act {
        return Some(open);
    }
    let acronym = close == open + 2 && words.is(close + 1, "Act") && words.str(open + 1).len() > 2;
    (open > 0
        && close > open + 1
        && title_case
        && (words.capital(open - 1) || words.is(open - 1, ")"))
        // "Retained EU Law (Revocation and Reform) Act 2023"
        && (!words.has(open - 1, class::HEAD) || words.is(close + 1, "Act") && words.shape(close + 2) == Shape::Number)
        // "Privacy and Electronic Communications (EC Directive) Regulations 2003"
        && (acronym || words.shape(open + 1) == Shape::Capital || close > open + 2 && words.shape(open + 2) == Shape::Capital))
        .then_some(open)
}
