//! Character references: `&nbsp;`, `&#146;`, `&#x7b2c;`.
//!
//! Old pages write `&#146;` for the apostrophe of Windows-1252 and leave out semicolons (`&nbsp&nbsp`);
//! browsers understand both. The 2,231 names of HTML are known to the Markdown parser, so it is asked.

use std::{borrow::Cow, collections::HashMap};

use encoding_rs::WINDOWS_1252;
use pulldown_cmark::{Event, Parser};

/// Distinct names that are looked up in one page; HTML has fewer.
const MAX_NAMES: usize = 4096;

/// Resolves references, and remembers the names of one page.
#[derive(Default)]
pub(super) struct References {
    names: HashMap<String, Option<String>>,
}

impl References {
    /// The text with its references resolved; what is none stays as it is.
    pub(super) fn resolve<'a>(&mut self, raw: &'a str) -> Cow<'a, str> {
        let Some((before, mut rest)) = at_next(raw) else { return Cow::Borrowed(raw) };
        let mut text = String::with_capacity(raw.len());
        text.push_str(before);
        while let Some(after) = rest.strip_prefix('&') {
            match self.reference(after) {
                Some((value, behind)) => {
                    text.push_str(&value);
                    rest = behind;
                }
                None => {
                    text.push('&');
                    rest = after;
                }
            }
            let (plain, next) = at_next(rest).unwrap_or((rest, ""));
            text.push_str(plain);
            rest = next;
        }
        Cow::Owned(text)
    }

    /// Value of a reference, without its `&`, and what stands behind it.
    fn reference<'a>(&mut self, after: &'a str) -> Option<(String, &'a str)> {
        if let Some(number) = after.strip_prefix('#') {
            return numeric(number).map(|(c, behind)| (c.to_string(), behind));
        }
        let end = after.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
        let (name, behind) = after.split_at_checked(end)?;
        if let Some(behind) = behind.strip_prefix(';') {
            return self.named(name).map(|value| (value, behind));
        }
        let old = [
            ("nbsp", "\u{a0}"),
            ("amp", "&"),
            ("lt", "<"),
            ("gt", ">"),
            ("quot", "\""),
            ("copy", "©"),
            ("middot", "·"),
        ];
        old.iter().find(|(known, _)| *known == name).map(|(_, value)| ((*value).to_owned(), behind))
    }

    fn named(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        if self.names.len() >= MAX_NAMES {
            return None;
        }
        let value = look_up(name);
        self.names.insert(name.to_owned(), value.clone());
        value
    }
}

/// The text before its first `&`, and the rest with it.
fn at_next(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(memchr::memchr(b'&', text.as_bytes())?)
}

fn look_up(name: &str) -> Option<String> {
    let written = format!("x&{name};x");
    let text: String = Parser::new(&written)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    if text == written {
        return None;
    }
    text.strip_prefix('x')?.strip_suffix('x').map(str::to_owned)
}

/// Value of `65;` or `x41;`, with or without the semicolon, and what stands behind it.
fn numeric(number: &str) -> Option<(char, &str)> {
    let (radix, number) = number.strip_prefix(['x', 'X']).map_or((10, number), |number| (16, number));
    let digits = number.bytes().take(10).take_while(|b| char::from(*b).is_digit(radix)).count();
    let (digits, behind) = number.split_at_checked(digits).filter(|(digits, _)| !digits.is_empty())?;
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    let value = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next(),
        Ok(0) => None,
        _ => char::from_u32(code),
    };
    Some((value.unwrap_or('\u{fffd}'), behind.strip_prefix(';').unwrap_or(behind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_as_in_a_browser() {
        let mut references = References::default();
        for (raw, text) in [
            ("&amp;&lt;&mdash;&NotEqualTilde;", "&<—≂̸"),
            ("&#31532;&#x4E00;&#146;&#0;&#xD800;&#9999999999;", "第一’\u{fffd}\u{fffd}\u{fffd}"),
            ("&nbsp&nbsp第&amp", "\u{a0}\u{a0}第&"),
            ("AT&T &; &#; &#x; &bogus; &é;", "AT&T &; &#; &#x; &bogus; &é;"),
        ] {
            assert_eq!(references.resolve(raw), text);
        }
    }
}
