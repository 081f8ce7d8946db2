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
    table::{
        Cell, Field, Table,
        Type::{Number, Text},
        field,
    },
};
use crate::{
    count::{ArticleRow, DateRow, Dispersion, FigureRow, LawRow, PairRow, PhraseRow, Quote, TermRow},
    text::DeclaredDate,
};

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

/// A row with places in the texts that show it.
trait Quoted {
    fn quotes(&self) -> &[Quote];
}

/// Rows that keep them under that name.
macro_rules! quoted {
    ($($row:ty),+) => {
        $(impl Quoted for $row {
            fn quotes(&self) -> &[Quote] {
                &self.quotes
            }
        })+
    };
}

quoted!(ArticleRow, DateRow, FigureRow, LawRow, PairRow, PhraseRow, TermRow);

/// The first place: document, locator, sentence.
const fn examples<R: Quoted>() -> [Field<R>; 3] {
    [
        field("example_document", Text, "", |row| row.quotes().first().map(|quote| &*quote.document).into()),
        field("example_locator", Text, "", |row| row.quotes().first().map(|quote| &*quote.locator).into()),
        field("example_sentence", Text, "", |row| row.quotes().first().map(|quote| &*quote.sentence).into()),
    ]
}

/// A row of which is known how it is spread over the documents.
trait Spread {
    fn dispersion(&self) -> &Dispersion;
    /// Dates of the first and the last document with it.
    fn dates(&self) -> [Option<DeclaredDate>; 2];
}

impl Spread for TermRow {
    fn dispersion(&self) -> &Dispersion {
        &self.dispersion
    }

    fn dates(&self) -> [Option<DeclaredDate>; 2] {
        [self.first_document, self.last_document]
    }
}

impl Spread for PhraseRow {
    fn dispersion(&self) -> &Dispersion {
        &self.dispersion
    }

    fn dates(&self) -> [Option<DeclaredDate>; 2] {
        [self.first_document, self.last_document]
    }
}

/// How evenly it is spread.
const fn spread<R: Spread>() -> [Field<R>; 4] {
    [
        field("DP", Number, "", |row| Cell::number(row.dispersion().dp)),
        field("DPnorm", Number, "", |row| Cell::number(row.dispersion().dp_norm)),
        field("vmr", Number, "", |row| Cell::number(row.dispersion().vmr)),
        field("burst_mean", Number, "occurrences", |row| Cell::number(row.dispersion().burst_mean)),
    ]
}

/// How much it says of the documents that have it, and when they were written.
const fn weight<R: Spread>() -> [Field<R>; 4] {
    [
        field("idf_ln", Number, "", |row| Cell::number(row.dispersion().idf)),
        field("tfidf_tidy_max", Number, "", |row| Cell::number(row.dispersion().tf_idf)),
        field("first_document", Text, "EDTF", |row| row.dates()[0].map(|date| date.to_string()).into()),
        field("last_document", Text, "EDTF", |row| row.dates()[1].map(|date| date.to_string()).into()),
    ]
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
