//! The block of `key: value` lines between two `---` at the top of a text.
//!
//! ```text
//! ---
//! date: '2023-09-22'
//! title: "A Proclamation on Asian American and Native American Pacific Islander-Serving\
//!   \ Institutions Week,\_2023"
//! ---
//! ```
//! Small on purpose: keys with a value, quotes, folded lines and lists. A block with anything else in it
//! is text: an article may well begin with a line of dashes.

use super::declared::Declared;

/// The declarations and where the text proper begins (in bytes); `None` where there is no such block.
pub(super) fn front_matter(text: &str) -> Option<(Declared, usize)> {
    let body = text.strip_prefix("---")?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut at = text.len().saturating_sub(body.len());
    for line in body.split_inclusive('\n') {
        at = at.saturating_add(line.len());
        let line = line.trim_end();
        match line {
            "---" | "..." if !entries.is_empty() => return Some((declare(&entries), at)),
            _ if line.is_empty() || line.starts_with('#') => {}
            _ if line.starts_with([' ', '\t']) || line.starts_with("- ") => {
                continue_value(&mut entries.last_mut()?.1, line.trim_start())
            }
            _ => {
                let (key, value) = line.split_once(':')?;
                let plain = value.is_empty() || value.starts_with(' ');
                if !plain || key.contains(char::is_whitespace) {
                    return None;
                }
                entries.push((key.to_owned(), value.trim_start().to_owned()));
            }
        }
    }
    None
}

/// Adds a folded line or a list item. A backslash at the line end joins without a space.
fn continue_value(value: &mut String, line: &str) {
    if let Some(item) = line.strip_prefix("- ") {
        if !value.is_empty() {
            value.push_str(", ");
        }
        value.push_str(&unquote(item));
    } else if value.starts_with('"') && value.ends_with('\\') {
        value.pop();
        value.push_str(line);
    } else {
        value.push(' ');
        value.push_str(line);
    }
}

fn declare(entries: &[(String, String)]) -> Declared {
    let mut declared = Declared::default();
    for (key, value) in entries {
        declared.say(key, &unquote(value));
    }
    declared
}

fn unquote(value: &str) -> String {
    let inside = |quote: char| value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
    if let Some(single) = inside('\'') {
        return single.replace("''", "'");
    }
    let Some(double) = inside('"') else {
        return value.to_owned();
    };
    let mut plain = String::with_capacity(double.len());
    let mut chars = double.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('_') => plain.push('\u{a0}'),
                Some('u') => {
                    let code: String = chars.by_ref().take(4).collect();
                    plain.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(c) => plain.push(c),
                None => {}
            },
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_and_quoted_values_are_put_together() {
        let text = "---\ndate: '2023-09-22'\ntags:\n- law\n- order\ntitle: \"A Proclamation on Pacific Islander-Serving\\\n  \\ Institutions Week,\\_2023\"\n---\n\nText";
        let (declared, at) = front_matter(text).unwrap();
        assert_eq!(
            declared.title.as_deref(),
            Some("A Proclamation on Pacific Islander-Serving Institutions Week,\u{a0}2023")
        );
        assert_eq!(declared.date.unwrap().to_string(), "2023-09-22");
        assert_eq!(declared.fields["tags"], "law, order");
        assert_eq!(&text[at..], "\nText");
    }

    #[test]
    fn a_text_that_begins_with_dashes_is_text() {
        assert!(front_matter("---\n第一条 为了规范：\n---\n").is_none());
        assert!(front_matter("---\nSection 1. Purpose: to do\n---\n").is_none());
        assert!(front_matter("---\ntitle: never closed\n").is_none());
        assert!(front_matter("---\n---\n").is_none());
    }
}
