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

/// Whether any character acts; taken at all that is written, so Han characters and letters are stepped over.
fn any_acts(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += match bytes[at] {
            b'\n' | 0x20..=0x7E => 1,
            0xE0 | 0xE1 | 0xE3..=0xEE => 3,
            _ => match text[at..].chars().next() {
                Some(character) if acts(character) => return true,
                Some(character) => character.len_utf8(),
                None => return false,
            },
        };
    }
    false
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
