//! How a mention was tied to its instrument, from the full title to an inference.
//!
//! A report tells "Cybersecurity Law of the People's Republic of China" from "the Law" by it.
//!
//! Always true: what is in no list, or may be several, has [`Link::None`].

use serde::{Deserialize, Serialize};

/// How a mention was tied to its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Link {
    /// The full official title, in either language.
    Exact,
    /// Another title of the registry.
    Alias,
    /// A short form that this document defines.
    ShortForm,
    /// A number that belongs to the instrument.
    Number,
    /// By rule: word order, the country's name, a neighbouring mention.
    Inferred,
    /// Not in the registry, or ambiguous.
    None,
}

impl Link {
    /// As the wire form writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::ShortForm => "short_form",
            Self::Number => "number",
            Self::Inferred => "inferred",
            Self::None => "none",
        }
    }
}
