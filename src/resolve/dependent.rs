//! Titles that mean something only with what the text has named before: its Implementing Regulations, the Trade Act.
//!
//! "Article 44 of its Implementing Regulations" behind "Foreign Investment Law" is of 外商投资法实施条例; "the Trade Act" behind "the Trade
//! Act of 1974" is that act.
//!
//! Always true: two acts with one title and different years leave the title without its year untied.

use super::{
    EntityIx, Link, Names, Tie,
    antecedent::main_head,
    context::Context,
    title::{Lookup, dated, fold},
};
use crate::{extract::LawName, text::Language};

impl Names<'_> {
    /// "its Implementing Regulations": those of the statute that was named last.
    pub(super) fn rules_of_law(&mut self, name: &LawName, context: &Context) -> Option<Tie> {
        if name.language != Some(Language::En) {
            return None;
        }
        let words = name.title.strip_prefix("Detailed ").unwrap_or(&name.title);
        let kind =
            ["Implementing ", "Implementation ", "Enforcement "].iter().find_map(|word| words.strip_prefix(word))?;
        if !matches!(kind, "Regulations" | "Rules" | "Measures" | "Provisions") {
            return None;
        }
        let statute = |title: &str| matches!(main_head(title).as_str(), "act" | "law" | "code" | "statute");
        let (title, law) = context.recent.iter().rev().find(|(title, _)| statute(title))?;
        let whole = self.entities.canonical(*law, &self.rules.registry);
        let chinese: &[&str] = match kind {
            _ if whole.is_ascii() => &[],
            "Regulations" => &["实施条例", "实施细则", "施行細則"],
            "Rules" => &["实施细则", "施行細則", "实施条例"],
            "Measures" => &["实施办法"],
            _ => &["实施规定", "实施条例"],
        };
        let english = format!("{} of the {title}", name.title);
        let titles = chinese.iter().map(|rules| format!("{whole}{rules}")).chain(std::iter::once(english.clone()));
        let row = titles.map(|title| fold(&title)).find_map(|key| match self.index.lookup(&key) {
            Lookup::One(row, _) => Some(row),
            _ => None,
        });
        let (entity, link) = match row {
            Some(row) => (self.entities.listed(row), Link::Inferred),
            None => (self.entities.unlisted(&fold(&english), &english, Language::En), Link::None),
        };
        Some(Tie { entity: Some(entity), link, candidates: Vec::new() })
    }

    /// "the Trade Act" in a text that has named the Trade Act of 1974, and none of another year.
    pub(super) fn dated_before(&self, name: &LawName, key: &str, context: &Context) -> Option<EntityIx> {
        if name.language != Some(Language::En) || dated(key).is_some() {
            return None;
        }
        let named = |title: &str| dated(&fold(title)).is_some_and(|(bare, _)| bare == key);
        let mut found = context.recent.iter().filter(|(title, _)| named(title)).map(|(_, entity)| *entity);
        let first = found.next()?;
        found.all(|entity| entity == first).then_some(first)
    }

    /// Whether rows are laws of the two regions, and the text speaks of one of these.
    pub(super) fn is_of_region(&self, rows: &[u32]) -> bool {
        let of_region =
            |&row: &u32| self.rules.registry.law(row).is_some_and(|law| law.title_zh.contains("特别行政区"));
        !rows.is_empty()
            && rows.iter().all(of_region)
            && self.spoken.rather(["HK", "MO"], self.text, self.rules).is_some()
    }
}
