//! Makes characters visible that would otherwise act on the reader's screen.
//!
//! A file name may hold an escape sequence, a title a right-to-left override that shows 《法》txt.exe the other
//! way round. Reports show such characters as `\u{1b}`; line feeds stay, they are ordinary in quoted cells.

use std::borrow::Cow;

/// The text with control and bidi characters replaced by their visible escapes.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !any_acts(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Whether any character acts. Taken at all that is written, so bytes are looked at many at a time, each with the two
/// behind it: a few of the characters that take two or three bytes act.
fn any_acts(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = bytes.len().saturating_sub(2);
    let mut any = 0;
    for ((&a, &b), &c) in bytes[..inner].iter().zip(&bytes[inner.min(1)..]).zip(&bytes[inner.min(2)..]) {
        any |= one_acts(a) | three_act(a, b, c);
    }
    match bytes[inner..] {
        [a, b] => any |= one_acts(a) | one_acts(b) | three_act(a, b, 0),
        [a] => any |= one_acts(a),
        _ => {}
    }
    any != 0
}

/// 1 for an ASCII control character that acts.
#[inline]
const fn one_acts(a: u8) -> u8 {
    ((a < 0x20) & (a != b'\n') | (a == 0x7F)) as u8
}

/// 1 for the first byte of a longer character that acts, with the two behind it.
#[inline]
const fn three_act(a: u8, b: u8, c: u8) -> u8 {
    let two = (a == 0xC2) & (b < 0xA0) | (a == 0xD8) & (b == 0x9C);
    let marks =
        (b == 0x80) & ((c & 0xFE == 0x8E) | (c >= 0xA8) & (c <= 0xAE)) | (b == 0x81) & (c >= 0xA6) & (c <= 0xA9);
    (two | (a == 0xE2) & marks | (a == 0xEF) & (b == 0xBB) & (c == 0xBF)) as u8
}

/// C0 (line feed excepted), DEL, C1, bidi controls, line and paragraph separators, byte order mark.
fn acts(character: char) -> bool {
    match character {
        '\n' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible_and_text_stays() {
        assert_eq!(visible("网络安全法\nArt. 21"), "网络安全法\nArt. 21");
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("a\u{202e}b\u{85}"), "a\\u{202e}b\\u{85}");
        for character in ('\0'..='\u{ffff}').filter(|&c| acts(c)) {
            assert!(any_acts(&format!("网{character}络")), "{character:?}");
        }
    }
}
