//! What 本法, 该条例 and "the Act" are tied to, of all that may say so.
//!
//! 本条例 in a decision that amends regulations is these, 该法 the law named last; "the Executive Order I have issued" is a new
//! one, which the letter about it does not number.
//!
//! Always true: what a definition of the document says goes before what is only near.

use super::{EntityIx, Link, Pass, Resolved, antecedent, context::Context};
use crate::extract::Anaphor;

impl Pass<'_> {
    pub(super) fn anaphor(&mut self, resolved: &mut Resolved, anaphor: &Anaphor, context: &mut Context) {
        let span = resolved.mention.span;
        let words = &self.names.text[span.range()];
        // "the Executive Order I have issued" is a new one, which the letter about it does not number.
        let issued = self.names.text[span.end()..].starts_with(" I have issued");
        let inferred = |entity| (entity, false);
        let mut meant = self.names.of_amended(anaphor, context).map(inferred);
        if !issued {
            meant = meant.or_else(|| antecedent::of_anaphor(words, anaphor, context));
        }
        if meant.is_none() && anaphor.own {
            meant = self
                .names
                .applied(&anaphor.head, context)
                .or_else(|| context.publishes(&anaphor.head))
                .or_else(|| antecedent::own_of_report(anaphor, context))
                .or_else(|| self.law_of_report(words, context))
                .map(inferred);
        }
        // Nor is "the order" that it announces one of those with numbers which that one changes.
        let announced = words.get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the "))
            && self.names.announced(&anaphor.head) < span.start();
        if announced && meant.is_some_and(|(entity, _)| self.names.has_number(entity)) {
            meant = None;
        }
        if let Some((entity, defined)) = meant {
            resolved.entity = Some(entity);
            resolved.link = Some(if defined { Link::ShortForm } else { Link::Inferred });
            resolved.antecedent = self.last_mention_of(entity);
        }
    }

    /// "The Food Safety Law was revised. Article 12 of this Law covers milk.": in a text that has no articles of its own, the law named
    /// last.
    fn law_of_report(&self, words: &str, context: &Context) -> Option<EntityIx> {
        let said = matches!(words, "this Law" | "This Law") && context.own.is_none() && context.headings.is_empty();
        let text = self.names.text;
        let divided =
            || *self.names.divided.get_or_init(|| text.starts_with("Article ") || text.contains("\nArticle "));
        if !said || divided() {
            return None;
        }
        { context.recent.iter().rev() }
            .find(|(title, _)| antecedent::main_head(title) == "law" || title.ends_with('法'))
            .map(|(_, entity)| *entity)
    }
}
