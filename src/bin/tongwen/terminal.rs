//! What the terminal can show: colour, and how wide a character is.

use std::io::{self, IsTerminal};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether the user asked for no colour (<https://no-color.org>).
pub(crate) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Whether standard output takes colour.
pub(crate) fn stdout_has_color() -> bool {
    !no_color() && io::stdout().is_terminal()
}

/// Whether standard error takes colour and a bar.
pub(crate) fn stderr_has_color() -> bool {
    !no_color() && io::stderr().is_terminal()
}

/// A text in one of a few colours, or plain.
#[derive(Clone, Copy)]
pub(crate) struct Paint(pub(crate) bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }
    pub(crate) fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }
    pub(crate) fn cyan(self, text: &str) -> String {
        self.with("36", text)
    }
    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }
}

/// Columns that a text takes; a Han character takes two.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// A text on one line, without characters that a terminal would act on. Right-to-left overrides are among them.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}') =>
            {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
}

/// The last characters of a text that fit into so many columns.
pub(crate) fn tail(text: &str, columns: usize) -> &str {
    let mut room = columns;
    let start = text.char_indices().rev().take_while(|(_, c)| take(&mut room, *c)).last();
    start.map_or("", |(at, _)| &text[at..])
}

/// The first characters of a text that fit into so many columns.
pub(crate) fn head(text: &str, columns: usize) -> &str {
    let mut room = columns;
    let end = text.char_indices().take_while(|(_, c)| take(&mut room, *c)).last();
    end.map_or("", |(at, c)| &text[..at + c.len_utf8()])
}

fn take(room: &mut usize, c: char) -> bool {
    let wide = c.width().unwrap_or(0);
    let fits = wide <= *room;
    if fits {
        *room -= wide;
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_count_columns_not_characters() {
        assert_eq!(head("网络安全", 5), "网络");
        assert_eq!(tail("a网络安全", 5), "安全");
        assert_eq!((head("", 3), tail("abc", 9)), ("", "abc"));
        assert_eq!(columns("a网"), 3);
    }

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(plain("a\x1b[31m\nb"), "a\u{fffd}[31m b");
    }
}
