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
    /// What was not read yet.
    rest: &'a str,
    /// How much of the page is left from the last of each quote on: an attribute that opens there is never closed.
    left_from_quotes: (usize, usize),
    /// How much is left from the last `>` on: what opens there is no tag.
    left_from_end: usize,
    /// Opaque elements for which no end tag follows any more.
    unclosed: Vec<&'static str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(page: &'a str) -> Self {
        let left_from = |mark: u8| page.len().saturating_sub(memrchr(mark, page.as_bytes()).unwrap_or(0));
        Self {
            rest: page,
            left_from_quotes: (left_from(b'"'), left_from(b'\'')),
            left_from_end: left_from(b'>'),
            unclosed: Vec::new(),
        }
    }

    /// The tag that begins here; `None` where the `<` is only a character.
    fn tag(&mut self) -> Option<Option<Piece<'a>>> {
        let inside = self.rest.strip_prefix('<')?;
        if inside.starts_with(['!', '?']) {
            self.rest = behind_comment(self.rest);
            return Some(None);
        }
        let begins_name = |inside: &str| inside.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some(inside) = inside.strip_prefix('/').filter(|inside| begins_name(inside)) {
            let (name, behind) = split_name(inside);
            self.rest = self.split_tag(behind).1;
            return Some(Some(element(name).map_or(Piece::Unknown, |(name, role)| Piece::Close(name, role))));
        }
        begins_name(inside).then(|| self.start_tag(inside))
    }

    fn start_tag(&mut self, inside: &'a str) -> Option<Piece<'a>> {
        let (name, behind) = split_name(inside);
        let (tag, rest) = self.split_tag(behind);
        let attributes = tag.get(..tag.len().saturating_sub(1)).unwrap_or_default();
        self.rest = rest;
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
        let end_tag = |at: usize| {
            let (content, closing) = self.rest.split_at_checked(at)?;
            let (found, behind) = closing.strip_prefix("</")?.split_at_checked(name.len())?;
            found.eq_ignore_ascii_case(name).then_some((content, behind))
        };
        let Some((content, behind)) = memmem::find_iter(self.rest.as_bytes(), b"</").find_map(end_tag) else {
            self.unclosed.push(name);
            return None;
        };
        self.rest = self.split_tag(behind).1;
        Some(content)
    }

    /// Cuts behind the `>` of a tag, from inside it; a `>` in a quoted value does not end it.
    fn split_tag(&self, inside: &'a str) -> (&'a str, &'a str) {
        let mut bytes = inside.as_bytes().iter();
        let mut after_equals = false;
        while let Some(&b) = bytes.next() {
            let left_from_last = if b == b'"' { self.left_from_quotes.0 } else { self.left_from_quotes.1 };
            match b {
                b'>' => break,
                b'"' | b'\'' if after_equals && bytes.len() >= left_from_last => {
                    if let Some(closing) = memchr(b, bytes.as_slice()) {
                        bytes.nth(closing);
                    }
                    after_equals = false;
                }
                b'=' => after_equals = true,
                b if b.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
        }
        inside.split_at_checked(inside.len().saturating_sub(bytes.len())).unwrap_or((inside, ""))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let (first, behind) = self.rest.as_bytes().split_first()?;
            if *first == b'<' && self.rest.len() > self.left_from_end {
                match self.tag() {
                    Some(Some(piece)) => return Some(piece),
                    Some(None) => continue,
                    None => {}
                }
            }
            // A `<` is one byte; any other first byte may begin a longer character, and no `<` is inside one.
            let end = memchr(b'<', behind).map_or(self.rest.len(), |at| at.saturating_add(1));
            let (text, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
            self.rest = rest;
            return Some(Piece::Text(text));
        }
    }
}

fn split_name(inside: &str) -> (&str, &str) {
    let end = inside.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    end.and_then(|end| inside.split_at_checked(end)).unwrap_or((inside, ""))
}

/// What stands behind a comment, document type or processing instruction.
fn behind_comment(rest: &str) -> &str {
    // `<!-->` and `<!--->` are whole comments; one that is never closed reaches to the end.
    let comment = rest.strip_prefix("<!").filter(|inside| inside.starts_with("--"));
    let (inside, end) = comment.map_or((rest, ">"), |inside| (inside, "-->"));
    let from_end = memmem::find(inside.as_bytes(), end.as_bytes()).and_then(|at| inside.get(at..));
    from_end.and_then(|from_end| from_end.strip_prefix(end)).unwrap_or_default()
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
        let (name, behind) = rest.split_at_checked(end)?;
        let name = name.to_ascii_lowercase();
        rest = behind.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(after) = rest.strip_prefix('=') else { return Some((name, "")) };
        let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quoted =
            |quote: char| after.strip_prefix(quote).map(|inside| inside.split_once(quote).unwrap_or((inside, "")));
        let (value, behind) = ['"', '\''].into_iter().find_map(quoted).unwrap_or_else(|| {
            let end = after.find(|c: char| c.is_ascii_whitespace());
            end.and_then(|end| after.split_at_checked(end)).unwrap_or((after, ""))
        });
        rest = behind;
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
