//! Makes characters visible that would otherwise act on the reader's screen.
//!
//! A file name may hold an escape sequence, a title a right-to-left override that shows 《法》txt.exe the other
//! way round. Reports show such characters as `\u{1b}`; line feeds stay, they are ordinary in quoted cells.

use std::borrow::Cow;

/// The text with control and bidi characters replaced by their visible escapes.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !may_act(text) || !text.contains(acts) {
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

/// The same for XML 1.0, which knows no way to write two of the characters that mean nothing.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.contains(['\u{fffe}', '\u{ffff}']) {
        shown.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}").into()
    } else {
        shown
    }
}

/// Whether any character may act. Taken at all that is written, so bytes are looked at many at a time. 汉字 and most of
/// their marks begin with other bytes than what acts; for “” and … the characters are looked at then.
fn may_act(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut any = 0;
    let begins = |a: u8| u8::from((a < 0x20) & (a != b'\n') | (a == 0x7F) | (a == 0xC2) | (a == 0xD8) | (a == 0xE2));
    for (&a, &b) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        any |= begins(a) | u8::from((a == 0xEF) & (b == 0xBB));
    }
    any | bytes.last().map_or(0, |&last| begins(last)) != 0
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
            assert!(may_act(&format!("网{character}络")) && may_act(&format!("{character}")), "{character:?}");
        }
    }
}
