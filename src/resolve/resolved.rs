//! A mention with what it refers to, as the rest of the program sees it.
//!
//! 第三条 alone is a place in a text; that it is one of the 《网络安全法》, and which words say so, is found out here.
//!
//! Always true: a mention has an entity or candidates, and never both.

use serde::{Deserialize, Serialize};

use super::{EntityIx, Link};
use crate::{
    extract::Mention,
    text::Span,
    value::{Basis, When},
};

/// A mention with what it refers to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resolved {
    /// The mention.
    pub mention: Mention,
    /// The instrument: of a law, an anaphor, an article reference, or a number that names one.
    pub entity: Option<EntityIx>,
    /// How it was found.
    pub link: Option<Link>,
    /// Rows of the registry that it may mean, where that cannot be decided; then there is no entity.
    pub candidates: Vec<u32>,
    /// The earlier mention that settled it, in bytes of the flow.
    pub antecedent: Option<Span>,
    /// The complete reference of an article (`a28.p3`), where it inherits a part.
    pub reference: Option<String>,
    /// The time, with the year filled in where it was missing.
    pub time: Option<When>,
    /// Where the time comes from.
    pub basis: Option<Basis>,
}

impl Resolved {
    /// A mention that refers to nothing beyond itself.
    #[must_use]
    pub const fn plain(mention: Mention) -> Self {
        Self {
            mention,
            entity: None,
            link: None,
            candidates: Vec::new(),
            antecedent: None,
            reference: None,
            time: None,
            basis: None,
        }
    }
}
