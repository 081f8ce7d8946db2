//! Bounds nesting before the parser sees it.
//!
//! 30,000 `>` on one line are 30,000 nested quotations, and every line after them is compared with all of
//! them. No document nests a hundred quotations and lists; the marks beyond that are left out.

use std::borrow::Cow;

const MAX_DEPTH: usize = 100;

/// The text with too deep a nesting taken out, and how many lines were changed.
pub(super) fn flatten(source: &str) -> (Cow<'_, str>, usize) {
    let count = source.lines().filter(|line| surplus(line).is_some()).count();
    if count == 0 {
        return (Cow::Borrowed(source), 0);
    }
    let mut flat = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        flat.push_str(surplus(line).map_or(line, |from| &line[from..]));
    }
    (Cow::Owned(flat), count)
}

/// Where the words of a line begin that opens more quotations and lists than allowed.
fn surplus(line: &str) -> Option<usize> {
    let mut marks = 0;
    let mut at = 0;
    let bytes = line.as_bytes();
    while let Some(&b) = bytes.get(at) {
        let gap = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        match b {
            b' ' | b'\t' => at += 1,
            b'>' => {
                marks += 1;
                at += 1;
            }
            b'-' | b'*' | b'+' if gap(at + 1) => {
                marks += 1;
                at += 1;
            }
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
                if !matches!(bytes.get(at + digits), Some(b'.' | b')')) || !gap(at + digits + 1) {
                    break;
                }
                marks += 1;
                at += digits + 1;
            }
            _ => break,
        }
    }
    (marks > MAX_DEPTH).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absurd_nesting_is_flattened() {
        assert_eq!(flatten("> > - 1. a\n第一条").1, 0);
        let deep = format!("a\n{}words\n", "> - 1. ".repeat(60));
        assert_eq!(flatten(&deep), (Cow::Owned("a\nwords\n".to_owned()), 1));
    }
}
