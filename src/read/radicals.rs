//! Radicals in what a reader has made of a file.
//!
//! A PDF tells ⽹ for 网, in headings and titles as in the text; [`crate::text::fold_radicals`] knows which is which.
//!
//! Always true: headings stay on their words.

use super::declared::Parsed;
use crate::text::{Span, fold_radicals, holds_radical};

/// Ideographs in place of radicals; headings stay on their words.
pub(super) fn fold(parsed: &mut Parsed) {
    if !holds_radical(parsed.text.as_bytes()) {
        return;
    }
    let folded = fold_radicals(parsed.text.clone());
    // A few ideographs have four bytes where their radicals have three.
    let pairs = parsed.text.char_indices().zip(folded.chars());
    let longer: Vec<usize> = pairs.filter(|((_, a), b)| b.len_utf8() > a.len_utf8()).map(|((at, _), _)| at).collect();
    let place = |at: usize| at.saturating_add(longer.partition_point(|longer| *longer < at));
    for heading in &mut parsed.headings {
        heading.span = Span::of(place(heading.span.start()), place(heading.span.end()));
    }
    parsed.text = folded;
    parsed.declared.title = parsed.declared.title.take().map(fold_radicals);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Heading;

    #[test]
    fn headings_stay_on_their_words() {
        let text = "\u{2e87}\n\u{2f79}络".to_owned();
        let headings = vec![Heading { span: Span::of(4, 10), level: 1 }];
        let mut parsed = Parsed { text, headings, ..Parsed::default() };
        fold(&mut parsed);
        assert_eq!(&parsed.text[parsed.headings[0].span.range()], "网络");
    }
}
