//! Instruments of regions that have the titles of national ones: Guangdong's 14th Five-Year Plan, Hong Kong's National Security Law.
//!
//! Always true: the region stands right before the title, or right behind it.

use super::{
    Link, Names, Tie,
    choice::of_a_region,
    title::{Lookup, fold},
};
use crate::{
    extract::{LawName, law::wording::canonical_spelling},
    text::{Language, Span},
};

impl Names<'_> {
    /// The plan of a region, a body or another country, which is none of the registry.
    pub(super) fn plan_of_region(&mut self, span: Span, name: &LawName, key: &str) -> Option<Tie> {
        if name.language != Some(Language::En) || !key.contains("five year plan") {
            return None;
        }
        let before = &self.text[..span.start()];
        let behind = &self.text[span.end()..];
        let owner = if of_a_region(before) {
            let before = before.trim_end_matches(['“', '"', ' ', '\'', '’', 's']);
            before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned()
        } else {
            let place = behind.strip_prefix(" of ")?;
            let place = place.strip_prefix("the ").unwrap_or(place);
            let provinces = self.rules.list("en.law.provinces").iter().filter_map(|entry| entry.split_once('='));
            let province = { provinces }.map(|(name, _)| name).find(|name| place.starts_with(name));
            let country = self.index.countries.beginning(place).map(|(code, _)| code).filter(|code| *code != "CN");
            province.or(country)?.to_owned()
        };
        let key = format!("{} {key}", fold(&owner));
        let entity = self.entities.unlisted(&key, &canonical_spelling(&name.title), Language::En);
        Some(Tie { entity: Some(entity), link: Link::None, candidates: Vec::new() })
    }

    /// "Hong Kong's National Security Law", "Macao's Basic Law": the row of the region, or the one of the state for it; what is in
    /// nobody's list is not the mainland's law with the same title.
    pub(super) fn of_region(&mut self, region: &str, name: &LawName, key: &str) -> Option<Tie> {
        let (names, chinese) = match region {
            "HK" => (["hong kong", "hksar"], "香港"),
            _ => (["macao", "macau"], "澳门"),
        };
        let rows = |lookup| match lookup {
            Lookup::One(row, _) => vec![row],
            Lookup::Several(rows) => rows,
            Lookup::None => Vec::new(),
        };
        let all = rows(self.index.lookup(key));
        let mut own: Vec<u32> =
            names.iter().flat_map(|name| rows(self.index.lookup(&format!("{name} {key}")))).collect();
        own.extend(&all);
        own.sort_unstable();
        own.dedup();
        own.retain(|&row| {
            let law = self.rules.registry.law(row);
            law.is_some_and(|law| law.jurisdiction == region || law.title_zh.contains(chinese))
        });
        let entity = match own[..] {
            [row] => self.entities.listed(row),
            [] if !all.is_empty() => {
                let key = format!("{region} {key}");
                let entity = self.entities.unlisted(&key, &canonical_spelling(&name.title), Language::En);
                return Some(Tie { entity: Some(entity), link: Link::None, candidates: Vec::new() });
            }
            _ => return None,
        };
        Some(Tie { entity: Some(entity), link: Link::Inferred, candidates: Vec::new() })
    }
}
