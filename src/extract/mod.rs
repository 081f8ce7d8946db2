//! Segmented text to mentions.

pub mod law;
mod mention;

pub use mention::{Anaphor, Anchor, ArticleRef, Inherits, LawName, Mention, Relative, Said, Shape, Side, Timing, Value};
