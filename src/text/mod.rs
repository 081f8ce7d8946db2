//! Documents and places in them; knows nothing of policy or files.

mod document;
mod flow;
mod group;
mod language;
mod letters;
mod offsets;
mod radicals;
mod span;

pub use document::{DeclaredDate, Document, Heading};
pub use flow::Flow;
pub use group::GroupBy;
pub use language::{Language, Script};
pub use letters::{Letters, eight};
pub use offsets::OffsetMap;
pub use radicals::fold_radicals;
pub(crate) use radicals::holds_radical;
pub use span::Span;
