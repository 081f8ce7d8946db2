//! English words by the Unicode rules (UAX 29), in lower case, without numbers.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Bond;

/// Calls back with each word of a stretch of Latin text, where it stands, and how it is bound to its neighbours.
/// `scratch` is a buffer for folding.
pub(super) fn words(text: &str, scratch: &mut String, each: &mut dyn FnMut(&str, Range<usize>, Bond)) {
    let mut behind = None;
    for (start, whole) in text.unicode_word_indices() {
        let word = whole.strip_suffix("'s").or_else(|| whole.strip_suffix("’s")).unwrap_or(whole);
        if !word.starts_with(char::is_alphabetic) {
            continue;
        }
        let joined = behind.is_some_and(|behind: usize| is_joint(&text[behind..start]));
        behind = Some(start + whole.len());
        let bond = Bond { joined, possessive: word.len() < whole.len() };
        let place = start..start + word.len();
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            each(word, place, bond);
            continue;
        }
        scratch.clear();
        scratch.extend(word.chars().flat_map(char::to_lowercase));
        each(scratch, place, bond);
    }
}

/// Whether words with this between them may be one phrase: a blank, a line end, a hyphen.
fn is_joint(between: &str) -> bool {
    match between.as_bytes() {
        [byte] => matches!(byte, b' ' | b'-' | b'\n'),
        _ => !between.is_empty() && between.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_end_at_marks_and_numbers_and_pass_over_blanks_and_hyphens() {
        let mut found = String::new();
        words("The People's low-income  families, in 2016 years", &mut String::new(), &mut |word, _, bond| {
            found.push_str(if bond.joined { "+" } else { "|" });
            found.push_str(word);
            found.push_str(if bond.possessive { "'s" } else { "" });
        });
        assert_eq!(found, "|the+people's+low+income+families|in|years");
    }
}
