//! Analyses to counts: sums that do not depend on the order of work.
//!
//! A worker adds what it reads to its own [`Tally`], with small integers for words and laws. At the end the
//! tallies merge by name, and [`finish`] turns the sum into sorted rows. That one law (merging is associative
//! and commutative) gives threads now and clusters later.

mod cooccurrence;
mod corpus;
mod counted;
mod dispersion;
mod dossier;
mod finish;
mod keyness;
mod keywords;
mod least;
mod lexicon;
mod matrix;
mod measure;
mod network;
mod ngrams;
mod pair_counter;
mod pairs;
mod parcel;
mod period;
mod phrases;
mod postings;
mod quote;
mod ranks;
mod resample;
mod sentences;
mod spool;
mod statistics;
mod summary;
mod tail;
mod tally;
mod term_rows;
mod terms;
mod trends;
mod unit;

pub use counted::Counted;
pub use dispersion::{Dispersion, wilson};
pub use finish::{Limits, Questions, finish, law_token};
pub use keyness::Split;
pub use keywords::{KeyGroup, KeyRow, Keyness};
pub use least::Least;
pub use lexicon::TermIx;
pub use measure::{Joint, delta_p, dice, expected, g2, jaccard, logdice, npmi, npmi_interval, ochiai, pmi, t_score};
pub use period::Period;
pub use phrases::PhraseRow;
pub use quote::{around, is_short, pair_quote, quote, word_quote};
pub use ranks::{MannWhitney, benjamini_hochberg, holm};
pub use resample::SEED;
pub use summary::{
    ArticleRow, CoCited, DateRow, DocumentRow, FigureRow, LawRow, Matrix, MatrixItem, Network, NetworkEdge,
    NetworkNode, PairRow, Quote, Summary, TermRow, Totals,
};
pub use tail::{chi2_tail, chi2_tail_log10, normal_tails};
pub use tally::{DocIx, Tally};
pub use trends::{Change, Share, TrendRow, Trends};
pub use unit::Unit;
