//! Finds the word beside a date that says which year is meant: 去年12月31日, "March 5 of last year".
//!
//! The word belongs to the date: without it the year would be taken from the date before, and 去年 would mean next year. The
//! words stand in `[words.year_before]` and `[words.year_behind]` of the date
//! files, each with the years between the document's and the one that is meant.

use super::mention::{Mention, Said, Value};
use crate::{
    ruleset::{
        Ruleset,
        pattern::{blank_length, literal_end},
    },
    text::Span,
    value::Point,
};

/// The words, the longer before the shorter.
#[derive(Debug)]
pub(super) struct YearWords {
    before: Vec<(Box<str>, i8)>,
    behind: Vec<(Box<str>, i8)>,
}

impl YearWords {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let words = |name: &str| -> Vec<(Box<str>, i8)> {
            let entries = rules.table(name).map_or(&[][..], |table| &table.entries);
            entries.iter().filter_map(|(word, shift)| Some((word.clone(), shift.parse().ok()?))).collect()
        };
        Self { before: words("zh.date.year_before"), behind: words("en.date.year_behind") }
    }

    /// Says of a date that leaves out its year which one its neighbour means, and takes the neighbour into it; `reach` is
    /// where the mentions before it end.
    pub(super) fn apply(&self, text: &str, mention: &mut Mention, reach: usize) {
        let span = mention.span;
        let Value::Time(timing) = &mut mention.value else { return };
        let Said::Fixed(when) = timing.said else { return };
        if !when.points().into_iter().flatten().next().is_some_and(Point::lacks_year) {
            return;
        }
        let left = text[..span.start()].trim_end_matches([' ', '的']);
        let behind = span.end() + blank_length(&text.as_bytes()[span.end()..]);
        let before = self.before.iter().find(|(word, _)| left.ends_with(&**word));
        if let Some((word, shift)) = before {
            timing.year = Some(*shift);
            if left.len() - word.len() >= reach {
                mention.span = Span::of(left.len() - word.len(), span.end());
            }
            return;
        }
        let found = self.behind.iter().find_map(|(word, shift)| {
            let end = literal_end(text.as_bytes(), behind, word)?;
            Some((end, *shift))
        });
        if let Some((end, shift)) = found {
            timing.year = Some(shift);
            mention.span = Span::of(span.start(), end);
        }
    }
}
