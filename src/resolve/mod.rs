//! What the mentions of a document refer to: which instrument, which year.
//!
//! One pass from left to right. What a later part of the document needs from an earlier one (its title,
//! short forms it defined, the year it speaks of) is carried in a [`Context`], so that a long document can be
//! read in sections. Definitions never leave their document.

mod entity;
mod time;

pub use entity::{Entities, EntityIx, Unlisted, unlisted_id};
pub use time::Clock;
use serde::Serialize;

use crate::{
    extract::Mention,
    text::Span,
    value::{Basis, When},
};

/// How a mention was tied to its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// A mention with what it refers to.
#[derive(Clone, Debug)]
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
        Self { mention, entity: None, link: None, candidates: Vec::new(), antecedent: None, reference: None, time: None, basis: None }
    }
}

/// stub
#[derive(Debug, Default)]
pub struct TitleIndex;
impl TitleIndex {
    /// stub
    #[must_use]
    pub fn new(_: &crate::ruleset::Registry) -> Self { Self }
}
/// stub
#[derive(Debug, Default)]
pub struct Context;
impl Context {
    /// stub
    #[must_use]
    pub fn for_document(_: &crate::text::Document, _: &TitleIndex, _: &mut Entities) -> Self { Self }
}
/// stub
#[must_use]
pub fn resolve(_: &str, mentions: Vec<Mention>, _: &crate::ruleset::Ruleset, _: &TitleIndex, _: &mut Entities, _: &mut Context) -> Vec<Resolved> {
    mentions.into_iter().map(Resolved::plain).collect()
}
