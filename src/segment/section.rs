//! Cuts a long document into sections that are read one after the other.
//!
//! A 200 MB line must not need 200 MB of everything. Sections end where a paragraph does, near 1 MiB; a text
//! without paragraphs is cut behind a sentence, and one without sentences anywhere between two characters.
//!
//! Always true: the sections put the text back together.

/// About how long a section is.
pub const SECTION_BYTES: usize = 1 << 20;

/// The sections of a text, in order, as byte ranges.
pub fn sections(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let end = cut(text, start);
        let section = start..end;
        start = end;
        Some(section)
    })
}

fn cut(text: &str, start: usize) -> usize {
    if text.len() - start <= SECTION_BYTES + SECTION_BYTES / 4 {
        return text.len();
    }
    let limit = text.floor_char_boundary(start + SECTION_BYTES);
    let window = &text[start..limit];
    // The latest good place in the second half; a cut too early would make many small sections.
    let half = window.floor_char_boundary(SECTION_BYTES / 2);
    let tail = &window[half..];
    let place = ["\n\n", "\n", "。", ". ", "；", "，", " "]
        .iter()
        .find_map(|mark| tail.rfind(mark).map(|at| half + at + mark.len()));
    start + place.unwrap_or(window.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_put_the_text_back_together() {
        for text in [String::new(), "一".repeat(1_500_000), "第一条。\n".repeat(400_000), "x".repeat(3 << 20)] {
            let whole: String = sections(&text).map(|r| &text[r]).collect();
            assert!(whole == text);
            assert!(sections(&text).all(|r| r.len() <= 2 * SECTION_BYTES));
        }
    }
}
