//! What a text makes that has a name of its own: "makes the annexed Sill Marine Protected Area Regulations" in an order in council.
//!
//! The record of such a text is called Order in Council P.C. 2026-0388, and below the order stand the regulations under their title.
//! "These Regulations" and "section 3" are theirs.
//!
//! Always true: nothing is the text's own for this but what it makes and what then stands on a line of its own.

use super::{EntityIx, Names, context::Context};
use crate::{
    extract::LawName,
    text::{Language, Span},
};

/// Words before the title of what is made.
const MAKES: [&str; 9] = [
    "makes the annexed",
    "make the annexed",
    "makes the attached",
    "makes the following",
    "approves the annexed",
    "issues the annexed",
    "issues the following",
    "hereby makes the",
    "establishes the annexed",
];

impl Names<'_> {
    /// Takes note of what is made, and of its title over its text.
    pub(super) fn note_made(&self, span: Span, name: &LawName, entity: EntityIx, context: &mut Context) {
        if name.language != Some(Language::En) {
            return;
        }
        let before = self.text[..span.start()].trim_end_matches([' ', '\n', '“', '"']);
        if MAKES.iter().any(|makes| before.ends_with(makes)) {
            context.made = Some(entity);
            return;
        }
        let heads = context.made == Some(entity)
            && self.text[..span.start()].trim_end_matches(['#', '*', ' ']).ends_with('\n')
            && self.text[span.end()..].trim_start_matches(['*', ' ', '\r']).starts_with('\n');
        if heads && context.own != Some(entity) {
            context.own = Some(entity);
            context.own_title.clone_from(&name.title);
        }
    }
}
