//! The documents as statistics see them: sizes, groups, dates, in input order.
//!
//! Documents without a counted token are no part of any statistic; the others have seats, numbers without gaps.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocIx, DocumentRow, dispersion::Parts};
use crate::text::{DeclaredDate, GroupBy, Language};

/// The documents that have tokens.
pub(super) struct Corpus {
    /// The seat of each document, by its number in the run.
    pub(super) seats: Vec<u32>,
    /// Their sizes in tokens.
    pub(super) parts: Parts,
    /// The language of most of each.
    pub(super) languages: Vec<Option<Language>>,
    /// The group of each, as a place in `group_names`.
    pub(super) groups: Vec<Option<u32>>,
    /// The groups, by code point.
    pub(super) group_names: Vec<String>,
    /// The date of each.
    pub(super) dates: Vec<Option<DeclaredDate>>,
}

impl Corpus {
    pub(super) fn new(documents: &BTreeMap<DocIx, DocumentRow>, group_by: &GroupBy) -> Self {
        let held: Vec<(DocIx, &DocumentRow)> =
            documents.iter().filter(|(_, row)| size(row) > 0).map(|(&ix, row)| (ix, row)).collect();
        let mut seats = vec![0; held.last().map_or(0, |&(ix, _)| ix as usize + 1)];
        for (seat, &(ix, _)) in (0..).zip(&held) {
            seats[ix as usize] = seat;
        }
        let group = |row: &DocumentRow| match group_by {
            GroupBy::Language => row.language.map(|language| language.code().to_owned()),
            _ => row.group.clone(),
        };
        let names: BTreeSet<String> = held.iter().filter_map(|(_, row)| group(row)).collect();
        let group_names: Vec<String> = names.into_iter().collect();
        let place = |name: String| group_names.binary_search(&name).ok().and_then(|at| u32::try_from(at).ok());
        Self {
            seats,
            parts: Parts::new(held.iter().map(|(_, row)| size(row)).collect()),
            languages: held.iter().map(|(_, row)| row.language).collect(),
            groups: held.iter().map(|(_, row)| group(row).and_then(place)).collect(),
            dates: held.iter().map(|(_, row)| row.declared).collect(),
            group_names,
        }
    }

    /// How many documents there are.
    pub(super) const fn len(&self) -> usize {
        self.parts.sizes.len()
    }
}

/// Counted tokens of a document.
fn size(row: &DocumentRow) -> u64 {
    row.tokens.iter().sum()
}
