//! Where a word of an English text ends, and how it is written.
//!
//! "U.S.C.", "1395dd", "5-year" and "McCain's" are words; addresses and HTML tags are one mark each, since nothing inside them is a
//! citation. Canadian histories glue one citation to the next: "s. 622021, c. 23" and "SOR/2016-40SOR/2022-275" are cut again.
//!
//! Always true: a word or mark has at least one byte, and ends on a character boundary.

use super::words::Shape;
use crate::text::Letters;

/// End and shape of the word or mark at `at`.
pub(super) fn token(text: &str, at: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let byte = bytes[at];
    if byte.is_ascii_alphanumeric() {
        let opens = |begin: &[u8]| bytes[at..].starts_with(begin);
        if byte == b'h' && (opens(b"http://") || opens(b"https://")) || byte == b'w' && opens(b"www.") {
            return (address_end(bytes, at), Shape::Mark);
        }
        return letters(bytes, at).unwrap_or_else(|| word(text, at));
    }
    match byte {
        b'<' if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!')) => {
            let tag = bytes[at..].iter().take(400).position(|b| *b == b'>');
            (tag.map_or(at + 1, |length| at + length + 1), Shape::Mark)
        }
        b'#' if at > 0 && bytes[at - 1] == b'(' => (address_end(bytes, at), Shape::Mark),
        b'\'' if is_possessive(bytes, at + 1) => (at + 2, Shape::Mark),
        0..0x80 => (at + 1, Shape::Mark),
        _ => {
            let c = text[at..].chars().next().unwrap_or('?');
            if c == '’' && is_possessive(bytes, at + 3) {
                return (at + 4, Shape::Mark);
            }
            if is_han(byte) {
                // With the Chinese marks between Han characters, which are no marks of an English sentence.
                let mut end = at + 3;
                loop {
                    while bytes.get(end).copied().is_some_and(is_han) {
                        end += 3;
                    }
                    let Some(next) = bytes.get(end..end + 3) else { break };
                    let inside = || is_wide_mark(next[0]) && bytes.get(end + 3).copied().is_some_and(is_han);
                    if !inside() {
                        break;
                    }
                    end += 3;
                }
                return (end.min(bytes.len()), Shape::Mark);
            }
            if c.is_alphabetic() { word(text, at) } else { (at + c.len_utf8(), Shape::Mark) }
        }
    }
}

/// Lead bytes of Han, Kana and Hangul.
pub(super) const fn is_han(byte: u8) -> bool {
    matches!(byte, 0xE4..=0xED)
}

/// Lead bytes of 、。《》 and of full-width forms.
const fn is_wide_mark(byte: u8) -> bool {
    matches!(byte, 0xE3 | 0xEF)
}

fn is_possessive(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b's') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

fn address_end(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at..]
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b')' | b'>' | b'"' | b']') || *b >= 0x80);
    length.map_or(bytes.len(), |length| (at + length).max(at + 1))
}

/// A word of nothing but Latin letters, as most are.
#[inline]
fn letters(bytes: &[u8], from: usize) -> Option<(usize, Shape)> {
    let length = Letters::count(&bytes[from..]);
    let end = from + length;
    let last = || bytes[end - 1];
    let ends = match bytes.get(end) {
        Some(b'.') => length > 0 && last().is_ascii_lowercase(),
        Some(b'-' | b'\'' | b'0'..=b'9' | 0x80..) => false,
        _ => true,
    };
    (length > 0 && ends).then(|| {
        let shape = match &bytes[from..end] {
            [b'a'..=b'z', ..] => Shape::Lower,
            [_, rest @ ..] if rest.iter().any(u8::is_ascii_lowercase) => Shape::Capital,
            _ => Shape::Upper,
        };
        (end, shape)
    })
}

/// A run of letters and digits with single hyphens, apostrophes, or (in numbers and initials) dots inside.
fn word(text: &str, from: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let number = bytes[from].is_ascii_digit();
    let (mut at, mut upper, mut letters) = (from, true, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let is_letter = match byte {
            b'a'..=b'z' => {
                upper = false;
                true
            }
            // "SOR/2016-40SOR/2022-275" lost its mark between two numbers.
            b'S' if number && letters == 0 && is_glued_series(&bytes[at..]) => break,
            b'A'..=b'Z' => true,
            b'0'..=b'9' => {
                at += 1;
                continue;
            }
            b'-' | b'\'' => {
                if !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
                    || (byte == b'\'' && is_possessive(bytes, at + 1))
                {
                    break;
                }
                at += 1;
                continue;
            }
            b'.' => {
                let next = bytes.get(at + 1);
                let initials = at > from
                    && bytes[at - 1].is_ascii_uppercase()
                    && (at == from + 1 || bytes.get(at.wrapping_sub(2)) == Some(&b'.'));
                if initials && (at > from + 1 || next.is_some_and(u8::is_ascii_uppercase)) {
                    at += 1;
                    if bytes.get(at).is_some_and(u8::is_ascii_uppercase) && bytes.get(at + 1) == Some(&b'.') {
                        continue;
                    }
                    break;
                }
                if !number || !next.is_some_and(u8::is_ascii_digit) {
                    break;
                }
                at += 1;
                continue;
            }
            0..0x80 => break,
            _ => {
                let Some(c) = text[at..].chars().next() else { break };
                if c == '’' {
                    if is_possessive(bytes, at + 3) || !bytes.get(at + 3).is_some_and(u8::is_ascii_alphabetic) {
                        break;
                    }
                    at += 3;
                    continue;
                }
                if is_han(byte) || !c.is_alphabetic() {
                    break;
                }
                upper &= c.is_uppercase();
                at += c.len_utf8() - 1;
                true
            }
        };
        letters += usize::from(is_letter);
        at += 1;
    }
    if number && letters == 0 && bytes[at..].starts_with(b", c. ") {
        at -= glued_year(&bytes[from..at]);
    }
    let shape = if number {
        Shape::Number
    } else if upper && letters > 0 {
        Shape::Upper
    } else if text[from..].chars().next().is_some_and(char::is_uppercase) {
        Shape::Capital
    } else {
        Shape::Lower
    };
    (at.max(from + 1), shape)
}

fn is_glued_series(bytes: &[u8]) -> bool {
    bytes.starts_with(b"SOR/") || bytes.starts_with(b"SI/")
}

/// Bytes of the year of the next citation that is glued to a number: "2018, c. 27, s. 622021, c. 23".
fn glued_year(word: &[u8]) -> usize {
    let year = word.len().checked_sub(4).filter(|&at| at > 0 && word.iter().all(u8::is_ascii_digit));
    year.filter(|&at| matches!(&word[at..at + 2], b"19" | b"20")).map_or(0, |_| 4)
}
