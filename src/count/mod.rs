//! Analyses to counts: sums that do not depend on the order of work.
//!
//! A worker adds what it reads to its own [`Tally`], with small integers for words and laws. At the end the
//! tallies merge by name, and [`finish`] turns the sum into sorted rows. That one law (merging is associative
//! and commutative) gives threads now and clusters later.

mod finish;
mod least;
mod lexicon;
mod measure;
mod pairs;
mod quote;
mod spool;
mod summary;
mod tally;
mod terms;

pub use finish::{Limits, finish, law_token};
pub use least::Least;
pub use lexicon::TermIx;
pub use measure::{Joint, g2, logdice, npmi, pmi};
pub use quote::{around, is_short, pair_quote, quote};
pub use summary::{DateRow, DocumentRow, FigureRow, LawRow, PairRow, Quote, Summary, TermRow, Totals};
pub use tally::{DocIx, Tally};
