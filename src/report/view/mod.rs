//! One file a list: which columns it has and where each number comes from.
//!
//! Whatever writes all lists (CSV, the workbook, Parquet, the test of `docs/SCHEMA.md`) goes through [`VIEWS`], so a new
//! list is one line there.

mod cooccurrence;
mod dates;
mod documents;
mod figures;
mod keyness;
mod law_articles;
mod laws;
mod phrases;
mod terms;
mod trends;

pub(super) use self::{
    cooccurrence::cooccurrence, dates::dates, documents::documents, figures::figures, keyness::keyness,
    law_articles::law_articles, laws::laws, phrases::phrases, terms::terms, trends::trends,
};

use super::{
    Report,
    table::{Cell, Table},
};
use crate::count::Quote;

/// A list by its name, and how it is made.
pub(super) struct View {
    /// Name of the list and stem of its files.
    pub(super) name: &'static str,
    /// The list of a report.
    pub(super) table: for<'r> fn(&Report<'r>) -> Table<'r>,
}

/// Every list, in the order in which people see them.
pub(super) const VIEWS: &[View] = &[
    View { name: "laws", table: laws },
    View { name: "law_articles", table: law_articles },
    View { name: "dates", table: dates },
    View { name: "figures", table: figures },
    View { name: "terms", table: terms },
    View { name: "phrases", table: phrases },
    View { name: "keyness", table: keyness },
    View { name: "trends", table: trends },
    View { name: "cooccurrence", table: cooccurrence },
    View { name: "documents", table: documents },
];

fn example_document(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.document).into()
}

fn example_locator(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.locator).into()
}

fn example_sentence(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.sentence).into()
}

/// No probability is 0; one too small to be written is empty, and its logarithm says how small.
fn probability(p: f64) -> Cell<'static> {
    if p > 0.0 { Cell::number(p) } else { Cell::Empty }
}

/// `网络安全法 (120) | CSL (3)`: names or years with their counts in one cell.
fn counted<'a, T: std::fmt::Display>(counts: impl IntoIterator<Item = (T, u64)>) -> Cell<'a> {
    let parts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
    parts.join(" | ").into()
}

#[cfg(test)]
mod tests {
    use super::{super::documented, *};

    #[test]
    fn every_column_is_documented_with_type_and_unit() {
        let case = super::super::fixture::case();
        for view in VIEWS {
            let table = (view.table)(&case.report());
            assert_eq!(table.name, view.name);
            documented::hold(&format!("{}.csv", view.name), &table.columns);
        }
    }
}
