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
        let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else { return Cow::Borrowed(raw) };
        let mut text = String::with_capacity(raw.len());
        text.push_str(&raw[..first]);
        let mut rest = &raw[first..];
        while let Some(after) = rest.strip_prefix('&') {
            let taken = match self.reference(after) {
                Some((value, length)) => {
                    text.push_str(&value);
                    1 + length
                }
                None => {
                    text.push('&');
                    1
                }
            };
            rest = &rest[taken..];
            let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
            text.push_str(&rest[..next]);
            rest = &rest[next..];
        }
        Cow::Owned(text)
    }

    /// Value and length of a reference, without its `&`.
    fn reference(&mut self, after: &str) -> Option<(String, usize)> {
        if let Some(number) = after.strip_prefix('#') {
            return numeric(number).map(|(c, length)| (c.to_string(), length + 1));
        }
        let end = after.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
        let name = &after[..end];
        if after[end..].starts_with(';') {
            return self.named(name).map(|value| (value, end + 1));
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
        old.iter().find(|(known, _)| *known == name).map(|(_, value)| ((*value).to_owned(), end))
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

/// Value and length of `65;` or `x41;`, with or without the semicolon.
fn numeric(number: &str) -> Option<(char, usize)> {
    let (radix, skip) = if number.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = number[skip..].bytes().take(10).take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(number.get(skip..skip + digits).filter(|digits| !digits.is_empty())?, radix)
        .unwrap_or(u32::MAX);
    let length = skip + digits + usize::from(number[skip + digits..].starts_with(';'));
    let value = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next(),
        Ok(0) => None,
        _ => char::from_u32(code),
    };
    Some((value.unwrap_or('\u{fffd}'), length))
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
