//! What a text holds besides names, and which number stands beside a name: 《车用柴油》（GB 19147-2016）.
//!
//! Always true: numbers and standards are sorted by where they stand.

use super::{
    bracketed::{Behind, Pair},
    wording::{blanks, trim_blanks_end},
};
use crate::text::Span;

/// What a text holds, gathered before names are made of it.
pub(super) struct Finds<'t> {
    pub(super) text: &'t str,
    pub(super) numbers: Vec<(Span, String)>,
    pub(super) standards: Vec<(Span, String)>,
    /// Numbers in English of acts of the European Union and the United States.
    pub(super) foreign: Vec<(Span, String)>,
    /// Whether the text is Macao's, whose laws are called 制度, too.
    pub(super) of_macao: bool,
    /// Whether it is written in traditional characters.
    pub(super) traditional: bool,
}

impl Finds<'_> {
    /// The document or standard number that opens one of the brackets.
    pub(super) fn number_in(&self, notes: &[Span]) -> Option<String> {
        notes.iter().find_map(|note| {
            let of = |list: &[(Span, String)]| {
                let at = list.partition_point(|(span, _)| span.start() < note.start());
                list.get(at).filter(|(span, _)| note.contains(*span)).map(|(_, norm)| norm.clone())
            };
            // （Regulation (EU) 2025/40，下稱 PPWR）
            let opening = || {
                let at = self.foreign.binary_search_by_key(&note.start(), |(span, _)| span.start()).ok()?;
                Some(self.foreign[at].1.clone())
            };
            of(&self.numbers).or_else(|| of(&self.standards)).or_else(opening)
        })
    }

    /// Whether a number that stands in one of the brackets is a standard's.
    pub(super) fn is_standard(&self, notes: &[Span], number: &str) -> bool {
        notes.iter().any(|note| {
            let at = self.standards.partition_point(|(span, _)| span.start() < note.start());
            self.standards.get(at).is_some_and(|(span, norm)| note.contains(*span) && norm == number)
        })
    }

    /// The standard right before or right behind a title in marks.
    pub(super) fn standard_beside(&self, pair: Pair, _behind: &Behind) -> Option<String> {
        let before = trim_blanks_end(&self.text[..pair.open], 3).len();
        let at = self.standards.partition_point(|(span, _)| span.end() < before);
        if let Some((span, norm)) = self.standards.get(at)
            && span.end() == before
        {
            return Some(norm.clone());
        }
        let after = pair.end + blanks(&self.text[pair.end..], 3);
        let at = self.standards.partition_point(|(span, _)| span.start() < after);
        self.standards.get(at).filter(|(span, _)| span.start() == after).map(|(_, norm)| norm.clone())
    }
}
