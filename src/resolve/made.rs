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
            // "under section 35 of the Oceans Act, makes the annexed …"
            let clause = self.clause(span);
            let last = context.recent.iter().rev().skip(1).find(|(title, _)| is_statute(title));
            let last = last.filter(|(title, _)| clause.contains(title.as_str())).map(|(_, act)| *act);
            context.enabling = context.enabling.or(last);
            return;
        }
        if context.enabling.is_none() && is_statute(&name.title) && self.is_enabling(span) {
            context.enabling = Some(entity);
        }
        let heads = context.made == Some(entity)
            && self.text[..span.start()].trim_end_matches(['#', '*', ' ']).ends_with('\n')
            && self.text[span.end()..].trim_start_matches(['*', ' ', '\r']).starts_with('\n');
        if heads && context.own != Some(entity) {
            context.own = Some(entity);
            context.own_title.clone_from(&name.title);
        }
    }

    /// "Statutory authority: Canada Shipping Act, 2001", "makes the annexed Widget Regulations under section 128 of the Widget Act".
    fn is_enabling(&self, span: Span) -> bool {
        const LABELS: [&str; 5] =
            ["Statutory authority", "Statutory authorities", "Enabling authority", "Enabling Act", "Enabling act"];
        let before = self.text[..span.start()].trim_end_matches([' ', '\n', '*', '_', ':', '|']);
        if LABELS.iter().any(|label| before.ends_with(label)) {
            return true;
        }
        let clause = self.clause(span);
        let made = MAKES.iter().filter_map(|makes| clause.rfind(makes).map(|at| at + makes.len())).max();
        made.is_some_and(|at| [" under ", " pursuant to ", " by virtue of "].iter().any(|by| clause[at..].contains(by)))
    }

    /// What stands before a place in its sentence.
    fn clause(&self, span: Span) -> &str {
        const FAR: usize = 480;
        let from = self.text.floor_char_boundary(span.start().saturating_sub(FAR));
        let near = &self.text[from..span.start()];
        let stop = near.rfind(". ").max(near.rfind("\n\n"));
        &near[stop.map_or(0, |at| at + 2)..]
    }
}

/// Whether a title is one of an act.
fn is_statute(title: &str) -> bool {
    title.split([' ', ',']).any(|word| word == "Act")
}
