//! Analyses to counts: sums that do not depend on the order of work.

mod summary;

pub use summary::{DateRow, DocumentRow, FigureRow, LawRow, PairRow, Quote, Summary, TermRow, Totals};
