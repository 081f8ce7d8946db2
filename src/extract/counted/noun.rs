//! The noun behind a number: "12.44 million urban jobs" counts urban jobs, up to the first plural word.

use super::{Counted, MORE, is_year, words_end};
use crate::ruleset::pattern::blank_length;

/// A line with fewer bytes is not one of running text that was wrapped.
const SHORT_LINE: usize = 48;

/// How far behind the number its noun may stand.
const MOST_WORDS: usize = 6;

impl Counted {
    /// The noun phrase behind a number, singular, and its end: its first plural word ends it.
    pub(super) fn noun(&self, text: &str, end: usize) -> Option<(String, usize)> {
        let bytes = text.as_bytes();
        // "12,000-odd cases", "400-plus cases", "1,000+ firms"
        let rest = &text[end..];
        let more =
            ["-odd ", "-plus ", "+ "].iter().find(|more| rest.starts_with(**more)).map_or(0, |more| more.len() - 1);
        let end = end + more;
        if bytes.get(end) == Some(&b'-') {
            let length = word_length(&bytes[end + 1..]);
            let noun = text[end + 1..end + 1 + length].to_ascii_lowercase();
            return self.members.binary_search(&noun).is_ok().then_some((noun, end + 1 + length));
        }
        // "two or more members"
        let mut at = MORE.iter().find_map(|word| words_end(bytes, end, word)).unwrap_or(end);
        let mut phrase = String::new();
        // "the 2027 NAICS and NAPCS revision process" is that of a year.
        let year = is_year(&text[..end]);
        for _ in 0..MOST_WORDS {
            let gap = blank_length(&bytes[at..]);
            if gap == 0 {
                return None;
            }
            let start = at + gap;
            // "3.2\nReserves were high": what begins the line below a row of a table is not counted.
            if phrase.is_empty()
                && text[at..start].contains('\n')
                && bytes.get(start).is_some_and(u8::is_ascii_uppercase)
                && at - text[..at].rfind('\n').map_or(0, |line| line + 1) < SHORT_LINE
            {
                return None;
            }
            // "5,189 H-1B workers", "773,000 COVID-19 deaths"
            let named = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
            let length = bytes[start..]
                .iter()
                .take_while(|b| {
                    b.is_ascii_alphabetic() || named && b.is_ascii_digit() || matches!(b, b'-' | b'\'' | b'.')
                })
                .count();
            let word = text[start..start + length].trim_end_matches(['.', '\'', '-']);
            if word.is_empty() || !word.as_bytes()[0].is_ascii_alphabetic() {
                // "six Boeing 787 aircraft": the number of a model.
                let model = model_length(&bytes[start..]);
                let named =
                    phrase.rsplit(' ').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_uppercase()));
                if model == 0 || !named {
                    return None;
                }
                phrase.push(' ');
                phrase.push_str(&text[start..start + model]);
                at = start + model;
                continue;
            }
            let lower = word.to_ascii_lowercase();
            // "3,000 known cultural and historic sites"
            let plain = !phrase.is_empty() && !phrase.bytes().any(|b| b.is_ascii_uppercase());
            let joins = lower == "and" && plain && !year;
            if !joins && self.stops.binary_search(&lower).is_ok() {
                return None;
            }
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            let states = lower == "states" && phrase.ends_with("United ");
            if let Some(singular) = self.singular(word, &lower).filter(|_| !states) {
                // "49 amended and articles 12 and 13 added"
                let division = self.divisions.binary_search(&singular.to_ascii_lowercase()).is_ok();
                phrase.push_str(&singular);
                let end = start + word.len();
                return Some((phrase, end)).filter(|(phrase, _)| !(division && phrase.contains(" and ")));
            }
            phrase.push_str(word);
            at = start + word.len();
            // "154,000 U.S. jobs": the last point belongs to the abbreviation.
            if word.contains('.') && bytes.get(at) == Some(&b'.') {
                phrase.push('.');
                at += 1;
            }
        }
        None
    }

    fn singular(&self, word: &str, lower: &str) -> Option<String> {
        if let Some((_, singular)) = self.plurals.iter().find(|(plural, _)| *plural == lower) {
            return Some(singular.clone());
        }
        let stem = word.strip_suffix('s').filter(|s| s.len() >= 2)?;
        // "5,000 TEUs"
        if stem.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(stem.to_owned());
        }
        if lower == "gas"
            || lower.ends_with("ss")
            || lower.ends_with("us")
            || lower.ends_with("is")
            || lower.ends_with("'s")
        {
            return None;
        }
        Some(match stem {
            _ if lower.ends_with("ies") && stem.len() > 3 => format!("{}y", &stem[..stem.len() - 2]),
            _ if ["ches", "shes", "sses", "xes", "zes"].iter().any(|e| lower.ends_with(e)) => {
                stem[..stem.len() - 1].to_owned()
            }
            _ => stem.to_owned(),
        })
    }
}

/// Length of the letters that stand here.
pub(super) fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Length of `787`, `787-9`.
fn model_length(bytes: &[u8]) -> usize {
    let length = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b'-').count();
    let whole = !bytes.get(length).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b'.' | b'%'));
    if whole && bytes.first().is_some_and(u8::is_ascii_digit) { length } else { 0 }
}
