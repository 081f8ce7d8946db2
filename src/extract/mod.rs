//! Segmented text to mentions.

mod mention;

pub use mention::{Anaphor, Anchor, ArticleRef, Inherits, LawName, Mention, Relative, Said, Shape, Side, Timing, Value};
