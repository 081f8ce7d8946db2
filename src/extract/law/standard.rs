//! Numbers of standards: GB/T 35273-2020, GB3838-2002, ISO/IEC 27001:2022, NIST SP 800-53.
//!
//! "GB3838-2002", "GB 3838—2002" and "GB 3838-2002" are one standard, so the normal form puts one blank
//! behind the letters and a hyphen before the year.
//!
//! Always true: a number starts with the letters of a known series and does not touch other letters.

use super::wording::{Words, next_byte};
use crate::{ruleset::Ruleset, text::Span};

pub(super) struct StandardGrammar {
    series: Words,
    /// Second bytes of the series: no word in small letters opens one.
    seconds: [bool; 256],
}

impl StandardGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let list = rules.list("zh.law.standard_series");
        let mut seconds = [list.iter().any(|series| series.len() == 1); 256];
        list.iter()
            .filter_map(|series| series.as_bytes().get(1))
            .for_each(|&second| seconds[usize::from(second)] = true);
        Self { series: Words::new(list), seconds }
    }

    /// All numbers with their normal forms, in text order.
    pub(super) fn find(&self, text: &str) -> Vec<(Span, String)> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            at = next_byte(bytes, at, u8::is_ascii_uppercase);
            if !bytes.get(at).is_some_and(u8::is_ascii_uppercase) {
                at += 1;
                continue;
            }
            let word = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let known = bytes.get(at + 1).is_some_and(|&second| self.seconds[usize::from(second)]);
            let lone = || {
                at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && !matches!(bytes[at - 1], b'/' | b'-' | b'#' | b'_')
            };
            match if known && lone() { self.read(text, at) } else { None } {
                Some((span, norm)) => {
                    at = span.end();
                    found.push((span, norm));
                }
                None => at += word.max(1),
            }
        }
        found
    }

    /// The number at `at`, and a second one that names the same standard.
    fn read(&self, text: &str, at: usize) -> Option<(Span, String)> {
        let (span, norm) = self.read_one(text, at)?;
        // YY/T 0287-2017/ISO 13485:2016
        if norm.contains('-')
            && ["/ISO", "/IEC", "/IEEE"].iter().any(|other| text[span.end()..].starts_with(other))
            && let Some((second, other)) = self.read_one(text, span.end() + 1)
        {
            return Some((Span::of(at, second.end()), format!("{norm}/{other}")));
        }
        Some((span, norm))
    }

    fn read_one(&self, text: &str, at: usize) -> Option<(Span, String)> {
        let bytes = text.as_bytes();
        let listed = self.series.opening(&text[at..]);
        let general =
            of_association(&text[at..]).filter(|series| listed.is_none_or(|known| known.len() < series.len()));
        let mut series = general.or(listed)?.to_owned();
        let mut here = at + series.len();
        // Local series carry the code of their province: DB11/T.
        if series == "DB" {
            let digits = bytes[here..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
            series.push_str(&text[here..here + digits]);
            here += digits;
            if text[here..].starts_with("/T") {
                series.push_str("/T");
                here += 2;
            } else if text[here..].starts_with('/') {
                series.push('/');
                here += 1;
            } else {
                return None;
            }
        }
        let gap = bytes[here..].iter().take(3).take_while(|&&b| b == b' ').count();
        // TSG T5002-2017 has a letter before its number.
        let head = here + gap;
        let letters = bytes[head..].iter().take(3).take_while(|b| b.is_ascii_uppercase()).count();
        let mut end = head + if series == "TSG" && letters < 3 { letters } else { 0 };
        let from = end;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || matches!(bytes[end], b'.' | b'-')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
                    && end > from)
        {
            end += 1;
        }
        if end == from {
            return None;
        }
        // European standards set their numbers in groups of three: EN 301 549.
        if matches!(series.as_str(), "EN" | "ETSI EN" | "ETSI TS" | "ETSI TR") {
            let group = |at: usize| bytes[at..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
            if end - from == 3 && bytes.get(end) == Some(&b' ') && group(end + 1) == 3 {
                end += 4;
                while bytes.get(end) == Some(&b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
                    end += 1 + group(end + 1);
                }
            }
            if end - from < 3 {
                return None;
            }
        }
        // The Special Publications of NIST count from 500 on: "the printer SP 12" is none.
        if series.starts_with("SP") && !["500-", "800-", "1800-"].iter().any(|s| text[from..].starts_with(s)) {
            return None;
        }
        let mut number = text[head..end].to_owned();
        if let Some(joint) = [':', '：', '—', '–', '－'].into_iter().find(|&j| text[end..].starts_with(j)) {
            let after = end + joint.len_utf8();
            let digits = bytes[after..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
            if matches!(digits, 2 | 4) {
                number.push(if joint == ':' || joint == '：' { ':' } else { '-' });
                number.push_str(&text[after..after + digits]);
                end = after + digits;
            }
        }
        // Of a series that stands in no list, the year says that a standard is meant.
        if general.is_some() && !number.get(number.len().saturating_sub(5)..).is_some_and(|year| year.starts_with('-'))
        {
            return None;
        }
        if bytes.get(end).is_some_and(|b| b.is_ascii_alphabetic()) {
            let letters = bytes[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if letters > 2 || series.starts_with("GB") {
                return None;
            }
            number.push_str(&text[end..end + letters]);
            end += letters;
        }
        if series.starts_with("SP") {
            series = format!("NIST {series}");
        }
        if series.starts_with("FIPS") {
            series.truncate("FIPS".len());
        }
        let blank = if series.ends_with('.') { "" } else { " " };
        let norm = format!("{series}{blank}{number}");
        Some((Span::of(at, end), norm))
    }
}

/// The letters of a series of an association or an enterprise: T/CECA-G, Q/GDW.
fn of_association(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("T/").or_else(|| text.strip_prefix("Q/"))?;
    let letters = |rest: &str| rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let first = letters(rest);
    if !(2..=10).contains(&first) {
        return None;
    }
    let second = rest[first..].strip_prefix('-').map_or(0, |rest| match letters(rest) {
        0 => 0,
        more => more + 1,
    });
    Some(&text[..2 + first + second])
}
