//! Cuts a page into text and tags.
//!
//! Always true: every step moves forward over its piece once, whatever stands there, so the time grows
//! with the length of the page and with nothing else. Comments, scripts and drawings never come out.

use memchr::{memchr, memmem, memrchr};

use super::element::{Role, element};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, with its character references unresolved.
    Text(&'a str),
    /// A start tag: element, role, and everything between its name and `>`.
    Open(&'static str, Role, &'a str),
    /// An end tag.
    Close(&'static str, Role),
    /// The content of `<title>`.
    Title(&'a str),
    /// A tag of an element that HTML does not have, `<o:p>`: its content is text.
    Unknown,
}

/// The pieces of a page in order.
pub(super) struct Pieces<'a> {
    page: &'a str,
    at: usize,
    /// Last place of each quote: an attribute that opens after it is never closed.
    last_quotes: (usize, usize),
    /// Last `>`: what opens after it is no tag.
    last_end: usize,
    /// Opaque elements for which no end tag follows any more.
    unclosed: Vec<&'static str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(page: &'a str) -> Self {
        let last = |quote: u8| memrchr(quote, page.as_bytes()).unwrap_or(0);
        Self { page, at: 0, last_quotes: (last(b'"'), last(b'\'')), last_end: last(b'>'), unclosed: Vec::new() }
    }

    fn bytes(&self) -> &'a [u8] {
        self.page.as_bytes()
    }

    /// The tag that begins at `self.at`; `None` where the `<` is only a character.
    fn tag(&mut self) -> Option<Option<Piece<'a>>> {
        let rest = &self.page[self.at..];
        match rest.as_bytes().get(1)? {
            b'!' | b'?' => {
                self.at += comment_length(rest);
                Some(None)
            }
            b'/' if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = name_of(&rest[2..]);
                self.at = self.tag_end(self.at + 2 + name.len());
                Some(Some(element(name).map_or(Piece::Unknown, |(name, role)| Piece::Close(name, role))))
            }
            b if b.is_ascii_alphabetic() => Some(self.start_tag(name_of(&rest[1..]))),
            _ => None,
        }
    }

    fn start_tag(&mut self, name: &'a str) -> Option<Piece<'a>> {
        let attributes = self.at + 1 + name.len();
        let end = self.tag_end(attributes);
        let attributes = self.page.get(attributes..end.saturating_sub(1).max(attributes)).unwrap_or_default();
        self.at = end;
        let Some((name, role)) = element(name) else { return Some(Piece::Unknown) };
        if role != Role::Opaque || attributes.ends_with('/') && name == "svg" {
            return Some(Piece::Open(name, role, attributes));
        }
        let content = self.skip_opaque(name)?;
        (name == "title").then_some(Piece::Title(content))
    }

    /// Goes behind the end tag of a script, style or drawing; where none follows, only the start tag is left out.
    fn skip_opaque(&mut self, name: &'static str) -> Option<&'a str> {
        if self.unclosed.contains(&name) {
            return None;
        }
        let rest = &self.bytes()[self.at..];
        let closing = memmem::find_iter(rest, b"</").find(|at| {
            let after = &rest[at + 2..];
            after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        });
        let Some(closing) = closing else {
            self.unclosed.push(name);
            return None;
        };
        let content = &self.page[self.at..self.at + closing];
        self.at = self.tag_end(self.at + closing + 2 + name.len());
        Some(content)
    }

    /// One past the `>` of a tag; a `>` in a quoted value does not end it.
    fn tag_end(&self, from: usize) -> usize {
        let bytes = self.bytes();
        let mut at = from;
        let mut after_equals = false;
        while let Some(&b) = bytes.get(at) {
            let last = if b == b'"' { self.last_quotes.0 } else { self.last_quotes.1 };
            match b {
                b'>' => return at + 1,
                b'"' | b'\'' if after_equals && at < last => {
                    at += 1 + memchr(b, &bytes[at + 1..]).unwrap_or(0);
                    after_equals = false;
                }
                b'=' => after_equals = true,
                b if b.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
        bytes.len()
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.at >= self.page.len() {
                return None;
            }
            let start = self.at;
            if self.bytes()[start] == b'<' && start < self.last_end {
                match self.tag() {
                    Some(Some(piece)) => return Some(piece),
                    Some(None) => continue,
                    None => {}
                }
            }
            let end = memchr(b'<', &self.bytes()[start + 1..]).map_or(self.page.len(), |at| start + 1 + at);
            // A `<` is one byte; any other first byte may begin a longer character, and no `<` is inside one.
            self.at = end;
            return Some(Piece::Text(&self.page[start..end]));
        }
    }
}

fn name_of(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
    &rest[..end]
}

/// Length of a comment, document type or processing instruction.
fn comment_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    if !bytes.starts_with(b"<!--") {
        return memchr(b'>', bytes).map_or(rest.len(), |at| at + 1);
    }
    // `<!-->` and `<!--->` are whole comments; one that is never closed reaches to the end.
    memmem::find(&bytes[2..], b"-->").map_or(rest.len(), |at| at + 5)
}

/// The attributes of a tag: lower-case name, raw value.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let ends = |c: char| c.is_ascii_whitespace() || c == '=' || c == '/';
        let end = rest.char_indices().skip(1).find(|(_, c)| ends(*c)).map_or(rest.len(), |(at, _)| at);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(after) = rest.strip_prefix('=') else { return Some((name, "")) };
        let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => after[1..].split(quote).next().unwrap_or_default(),
            None => after.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default(),
        };
        let taken = value.len() + if quote.is_some() { 2 } else { 0 };
        rest = after.get(taken.min(after.len())..).unwrap_or_default();
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(page: &str) -> Vec<Piece<'_>> {
        Pieces::of(page).collect()
    }

    #[test]
    fn quoted_values_may_hold_brackets() {
        assert_eq!(pieces("<p title='a>b'>x"), [Piece::Open("p", Role::Block, " title='a>b'"), Piece::Text("x")]);
        assert_eq!(pieces("<p title='a>b"), [Piece::Open("p", Role::Block, " title='a"), Piece::Text("b")]);
    }

    #[test]
    fn what_is_not_a_tag_is_text() {
        assert_eq!(pieces("1 < 2<中>"), [Piece::Text("1 "), Piece::Text("< 2"), Piece::Text("<中>")]);
        assert_eq!(pieces("a<"), [Piece::Text("a"), Piece::Text("<")]);
        assert_eq!(pieces("<"), [Piece::Text("<")]);
    }

    #[test]
    fn scripts_and_comments_do_not_come_out() {
        assert_eq!(
            pieces("<script>if (a<b) '</p>'</SCRIPT >x<!-- </p> -->y<!-->z"),
            [Piece::Text("x"), Piece::Text("y"), Piece::Text("z")]
        );
        assert_eq!(pieces("<svg>x<title>a</title>"), [Piece::Text("x"), Piece::Title("a")]);
    }

    #[test]
    fn attributes_come_in_any_form() {
        let found: Vec<_> = attributes(" ID=zoom class=\"a b\" hidden data-x='>' é=ü /").collect();
        let expected = [("id", "zoom"), ("class", "a b"), ("hidden", ""), ("data-x", ">"), ("é", "ü")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
    }
}
