//! Analyses to counts: sums that do not depend on the order of work.
//!
//! A worker adds what it reads to its own [`Tally`], with small integers for words and laws. At the end the
//! tallies merge by name, and [`finish`] turns the sum into sorted rows. That one law (merging is associative
//! and commutative) gives threads now and clusters later.

mod cooccurrence;
mod dossier;
mod finish;
mod least;
mod lexicon;
mod matrix;
mod measure;
mod network;
mod pairs;
mod quote;
mod spool;
mod summary;
mod tally;
mod terms;
mod unit;

pub use finish::{Limits, finish, law_token};
pub use least::Least;
pub use lexicon::TermIx;
pub use measure::{
    Joint, delta_p, dice, expected, g2, g2_log10_p, g2_p, jaccard, logdice, npmi, npmi_interval, ochiai, pmi, t_score,
};
pub use quote::{around, is_short, pair_quote, quote};
pub use summary::{
    ArticleRow, CoCited, DateRow, DocumentRow, FigureRow, LawRow, Matrix, MatrixItem, Network, NetworkEdge,
    NetworkNode, PairRow, Quote, Summary, TermRow, Totals,
};
pub use tally::{DocIx, Tally};
pub use unit::Unit;
