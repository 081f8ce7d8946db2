//! One file a list: which columns it has and where each number comes from.

mod cooccurrence;
mod dates;
mod documents;
mod figures;
mod keyness;
mod laws;
mod phrases;
mod terms;
mod trends;

pub(super) use self::{
    cooccurrence::cooccurrence, dates::dates, documents::documents, figures::figures, keyness::keyness, laws::laws,
    phrases::phrases, terms::terms, trends::trends,
};

use super::table::Cell;
use crate::count::Quote;

fn example_document(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.document).into()
}

fn example_locator(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.locator).into()
}

fn example_sentence(quotes: &[Quote]) -> Cell<'_> {
    quotes.first().map(|quote| &*quote.sentence).into()
}

/// `网络安全法 (120) | CSL (3)`: names or years with their counts in one cell.
fn counted<'a, T: std::fmt::Display>(counts: impl IntoIterator<Item = (T, u64)>) -> Cell<'a> {
    let parts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
    parts.join(" | ").into()
}
