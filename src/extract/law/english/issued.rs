//! Finds announcements whose issuer stands elsewhere: its Announcement No. 61 of 2025; Announcements No. 55, 56 and 57.
//!
//! "MOFCOM used that power: its Announcement No. 61 of 2025 demanded licenses. Announcements No. 55, 56, 57 and 58, issued the same
//! day, …" is how reports speak; issuer and year are those that the text named last.
//!
//! Always true: a single announcement without an issuer needs its year; several have commas alone between their numbers.

use super::{
    Page, body,
    number::{Found, issuer_from, no, number},
    words::Words,
};
use crate::{extract::mention::Value, value::Kind};

/// How far back the issuer may stand, in bytes.
const NEAR: usize = 600;

/// Reads announcements at their word.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let several = words.str(at) == "Announcements";
    if !several && words.str(at) != "Announcement" {
        return None;
    }
    if !several && let Some(found) = bracketed(page, at) {
        return Some(found);
    }
    let (mut to, numbers) = numbers(words, at + 1)?;
    if several != (numbers.len() > 1) {
        return None;
    }
    let of_year = words.is(to, "of") && number(words, to + 1, 4) && words.str(to + 1).len() == 4;
    let last = last(page);
    let year = if of_year {
        words.str(to + 1).to_owned()
    } else {
        last.as_ref().filter(|_| several).map(|(_, year)| year.clone())?
    };
    to += 2 * usize::from(of_year);
    let named = issuer_from(words, at);
    let issuer = words.joined(named, at).replace('’', "'");
    let issuers = &page.grammar.issuers;
    let spoken = issuers.iter().find(|(english, _)| issuer.ends_with(english.as_str())).map(|(_, body)| body.clone());
    let known = spoken.is_some();
    let body = spoken.or_else(|| near(page, at)).or_else(|| last.map(|(body, _)| body));
    let from = if known { named } else { at };
    let norm = match body {
        Some(body) => {
            format!("{}公告{year}年第{}号", body.strip_prefix("中华人民共和国").unwrap_or(&body), numbers.join(","))
        }
        None => {
            let plural = if several { "s" } else { "" };
            format!("Announcement{plural} No. {} of {year}", numbers.join(", "))
        }
    };
    Some(Found { from, to, norm, titled: false })
}

/// "CSRC Announcement [2024] No. 8": the year in brackets before the number, as the Chinese form has it.
fn bracketed(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let bracket = matches!(words.str(at + 1), "[" | "〔" | "(") && matches!(words.str(at + 3), "]" | "〕" | ")");
    let serial = no(words, at + 4);
    if !bracket
        || !number(words, at + 2, 4)
        || words.str(at + 2).len() != 4
        || serial == at + 4
        || !number(words, serial, 4)
    {
        return None;
    }
    let from = issuer_from(words, at);
    // "National Medical Products Administration (NMPA) Announcement [2021] No. 32"
    let named = if words.is(at.wrapping_sub(1), ")") && words.is(at.wrapping_sub(3), "(") {
        words.str(at - 2).to_owned()
    } else {
        words.joined(from, at).replace('’', "'")
    };
    let body = body::issuers(page, &named)?;
    let norm = format!("{body}公告〔{}〕{}号", words.str(at + 2), words.str(serial));
    Some(Found { from, to: serial + 1, norm, titled: false })
}

/// `No. 55, 56, 57 and 58`, `No. 61 and No. 62`, `Nos. 55 and 56`.
fn numbers<'t>(words: &Words<'t>, at: usize) -> Option<(usize, Vec<&'t str>)> {
    let first = no(words, at);
    if first == at || !number(words, first, 4) {
        return None;
    }
    let mut found = vec![words.str(first)];
    let mut to = first + 1;
    while found.len() < 20 {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        let serial = no(words, next);
        // "No. 61, 2025"
        if next == to || !number(words, serial, 4) || words.str(serial).len() == 4 && serial == next {
            break;
        }
        found.push(words.str(serial));
        to = serial + 1;
    }
    Some((to, found))
}

/// Issuer and year of the announcement named last.
fn last(page: &Page<'_>) -> Option<(String, String)> {
    page.others.iter().rev().take(40).filter(|m| m.kind == Kind::DocNumber).find_map(|m| {
        let Value::Norm(norm) = &m.value else { return None };
        let (body, rest) = norm.split_once("公告")?;
        let (year, _) = rest.split_once('年')?;
        Some((body.to_owned(), year.to_owned()))
    })
}

/// The issuer of the list that stands last before the word.
fn near(page: &Page<'_>, at: usize) -> Option<String> {
    let text = page.words.text;
    let end = page.words.start(at);
    let before = &text[text.floor_char_boundary(end.saturating_sub(NEAR))..end];
    let found = page.grammar.issuers.iter().filter_map(|(english, body)| {
        let place = before.rfind(english.as_str())?;
        let apart = !before[place + english.len()..].starts_with(|c: char| c.is_alphanumeric())
            && !before[..place].ends_with(|c: char| c.is_alphanumeric());
        apart.then_some((place + english.len(), english.len(), body))
    });
    found.max_by_key(|(place, length, _)| (*place, *length)).map(|(_, _, body)| body.clone())
}
