//! Ordinances of a province or a city that have the title of a national one: 上海市《物业管理条例》.
//!
//! The place stands right before the marks, because the title between them begins with it when it is written whole.
//!
//! Always true: only titles of ordinances and rules, since a 法 is never a place's; 杭州市《信访工作条例》实施细则 carries out the
//! national one.

use super::{
    Link, Names, Tie,
    title::{Lookup, fold},
};
use crate::{
    extract::{
        LawName,
        law::wording::{canonical_spelling, is_han},
    },
    text::{Language, Span},
};

/// What stands before 市 or 县 and is no name of one.
const ANY: [char; 10] = ['全', '各', '本', '我', '该', '城', '省', '级', '等', '区'];

impl Names<'_> {
    /// The instrument of the place that is named right before a title in marks.
    pub(super) fn of_place(&mut self, span: Span, name: &LawName, key: &str) -> Option<Tie> {
        let local = ["条例", "办法", "规定", "规则"].iter().any(|head| name.title.ends_with(head));
        if !local || self.traditional || name.language != Some(Language::Zh) {
            return None;
        }
        let before = self.text[..span.start()].strip_suffix('《')?;
        if self.text[span.end()..].starts_with("》实施") {
            return None;
        }
        let Lookup::One(row, _) = self.index.lookup(key) else { return None };
        let law = self.rules.registry.law(row).filter(|law| law.jurisdiction == "CN")?;
        if matches!(&*law.level, "law" | "local_regulation" | "treaty") {
            return None;
        }
        let provinces = self.rules.list("zh.law.provinces").iter().filter_map(|entry| entry.split_once(' '));
        let province = { provinces }.find(|(full, short)| before.ends_with(full) || before.ends_with(short));
        let title = canonical_spelling(&name.title);
        let (key, title) = match province {
            Some((full, _)) => (fold(&format!("{full}{title}")), format!("{full}{title}")),
            None => {
                let city = before.strip_suffix(['市', '县'])?;
                let mut name = city.chars().rev();
                let (last, first) = (name.next()?, name.next()?);
                if !is_han(last) || !is_han(first) || ANY.contains(&last) {
                    return None;
                }
                (format!("{first}{last} {key}"), title)
            }
        };
        let (entity, link) = match self.index.lookup(&key) {
            Lookup::One(row, _) => (self.entities.listed(row), Link::Alias),
            _ => (self.entities.unlisted(&key, &title, Language::Zh), Link::None),
        };
        Some(Tie { entity: Some(entity), link, candidates: Vec::new() })
    }
}
