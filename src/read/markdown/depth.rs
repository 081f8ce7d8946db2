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
        flat.push_str(surplus(line).unwrap_or(line));
    }
    (Cow::Owned(flat), count)
}

/// The words of a line that opens more quotations and lists than allowed.
fn surplus(line: &str) -> Option<&str> {
    let mut words = line.trim_start_matches([' ', '\t']);
    let mut marks = 0_usize;
    while let Some(behind) = behind_mark(words) {
        marks = marks.saturating_add(1);
        words = behind.trim_start_matches([' ', '\t']);
    }
    (marks > MAX_DEPTH).then_some(words)
}

/// What stands behind the mark of a quotation or of a list's item.
fn behind_mark(words: &str) -> Option<&str> {
    let number = || {
        let digits = words.bytes().take(10).take_while(u8::is_ascii_digit).count();
        words.get(digits..).filter(|_| digits > 0)?.strip_prefix(['.', ')'])
    };
    let gap = |behind: &&str| behind.bytes().next().is_none_or(|b| b.is_ascii_whitespace());
    words.strip_prefix('>').or_else(|| words.strip_prefix(['-', '*', '+']).or_else(number).filter(gap))
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
