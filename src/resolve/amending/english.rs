//! Decisions that amend a law: "Article 1 is amended to read" in one is an article of the law.
//!
//! "Decision of the Standing Committee of the National People's Congress on Amending the Cybersecurity Law" goes through the law
//! article by article. "This Decision" is the decision, and "This Law" in the new wording the law.
//!
//! Always true: in a text that is no such decision nothing changes.

use super::super::{EntityIx, Resolved, antecedent, context::Context};
use crate::value::Kind;

/// Words right before the name of the law that is amended.
const BEFORE: [&str; 8] = [
    "mending the ",
    "mend the ",
    "evising the ",
    "evise the ",
    "mending of the ",
    "mendment of the ",
    "mendments to the ",
    "mendment to the ",
];

/// Whether a title is that of a decision to amend.
pub(in crate::resolve) fn is_decision(title: &str) -> bool {
    antecedent::main_head(title) == "decision"
        && (title.contains("mending ") || title.contains("mend ") || title.contains("evising "))
}

/// Whether the words that end here lead to the law that is amended.
pub(in crate::resolve) fn leads_to_law(before: &str) -> bool {
    BEFORE.iter().any(|words| before.ends_with(words))
}

/// From which byte on which law is amended.
pub(in crate::resolve) struct Amended(Vec<(usize, EntityIx)>);

impl Amended {
    pub(in crate::resolve) fn of(text: &str, mentions: &[Resolved], context: &Context) -> Self {
        if !is_decision(&context.own_title) {
            return Self(Vec::new());
        }
        let laws = mentions.iter().filter(|r| r.mention.kind == Kind::Law && Some(r.entity) != Some(context.own));
        let named = laws.filter(|r| leads_to_law(&text[..r.mention.span.start()]));
        let mut stops: Vec<(usize, EntityIx)> =
            named.filter_map(|r| Some((r.mention.span.start(), r.entity?))).collect();
        // Before the first, and in later parts of a long text, it is the one named before.
        if let Some(first) = context.before_amended.or_else(|| stops.first().map(|(_, entity)| *entity)) {
            stops.insert(0, (0, first));
        }
        Self(stops)
    }

    pub(in crate::resolve) fn at(&self, at: usize) -> Option<EntityIx> {
        let next = self.0.partition_point(|&(start, _)| start <= at);
        self.0.get(next.checked_sub(1)?).map(|(_, entity)| *entity)
    }

    pub(in crate::resolve) fn last(&self) -> Option<EntityIx> {
        self.0.last().map(|(_, entity)| *entity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_names_what_it_amends() {
        assert!(is_decision("Decision of the Standing Committee on Amending the Cybersecurity Law"));
        assert!(!is_decision("Decision on Strengthening the Cybersecurity Law"));
        assert!(leads_to_law("decides to amend the "));
        assert!(!leads_to_law("in accordance with the "));
    }
}
