//! Chinese names that no list has and that are cut from a title: 《数据出境评估办法》, 財劃法, 刑修（十一）.
//!
//! What the text itself has named in full goes first, then the one instrument of the mainland that has the words of the name in its
//! title. The amendments to the criminal law have numbers, which are written in many ways and are never left out.
//!
//! Always true: in a text that speaks of other states far more than of China, and behind the name of another place, nothing is said.

use super::{
    EntityIx, Link, Names, Tie,
    context::Context,
    jurisdiction::state_before,
    title::{Lookup, fold},
};
use crate::{
    extract::{
        LawName,
        law::{
            amendment, amendment_number,
            wording::{canonical_spelling, without_additions},
        },
    },
    text::{Language, Span},
};

/// States whose own laws Chinese texts discuss.
const ABROAD: [&str; 14] = ["AU", "BR", "CA", "DE", "EU", "FR", "IN", "JP", "KR", "RU", "SG", "TW", "UK", "US"];
/// Behind these a rule is a place's or a firm's own.
const OWNERS: [&str; 24] = [
    "省",
    "市",
    "县",
    "州",
    "盟",
    "旗",
    "乡",
    "镇",
    "自治区",
    "新区",
    "开发区",
    "校",
    "大学",
    "学院",
    "医院",
    "公司",
    "集团",
    "银行",
    "协会",
    "交易所",
    "平台",
    "本单位",
    "我院",
    "我区",
];

impl Names<'_> {
    /// The instrument that an abbreviation means whose full title the text has named: 財劃法 for 財政收支劃分法, 健保法 for
    /// 全民健康保險法.
    pub(super) fn abbreviated_here(&self, name: &LawName, context: &Context) -> Option<EntityIx> {
        let body = name.title.strip_suffix('法').filter(|_| name.language == Some(Language::Zh))?;
        let length = body.chars().count();
        if !(2..=4).contains(&length) {
            return None;
        }
        let mut found = None;
        for (title, entity) in &context.recent {
            let Some(full) = without_additions(title).strip_suffix('法') else { continue };
            let mut rest = full.chars();
            let fits = !full.ends_with(body)
                && full.chars().count() >= length + 2
                && body.chars().all(|c| rest.any(|f| f == c));
            if fits && found.is_some_and(|known| known != *entity) {
                return None;
            }
            found = found.or_else(|| fits.then_some(*entity));
        }
        found
    }

    /// The one instrument of the mainland from whose title a name is cut: 《数据出境评估办法》, 反电诈法.
    pub(super) fn shortened(&self, span: Span, name: &LawName, context: &Context) -> Option<u32> {
        if name.language != Some(Language::Zh) || self.traditional || name.heading {
            return None;
        }
        // 《某某法》（Data Protection Act）
        let foreign = name.defines.iter().any(|short| short.is_ascii())
            || self.index.states.opening(&name.title).is_some_and(|(state, _)| state != "CN")
            || state_before(self.text, span.start(), self.rules, &self.index.states).is_some_and(|state| state != "CN")
            || ABROAD.iter().any(|state| self.spoken.overshadows(state, "CN", self.text, self.rules));
        if foreign {
            return None;
        }
        let statute = name.title.ends_with('法') && !name.title.ends_with("办法");
        let before = self.text[..span.start()].trim_end_matches(['《', '“', ' ']);
        if !statute && OWNERS.iter().any(|owner| before.ends_with(owner)) {
            return None;
        }
        // The end of a title that the text has named is that one.
        let longer = |(title, _): &(String, EntityIx)| {
            let title = without_additions(title);
            title.len() > name.title.len() && title.ends_with(name.title.as_str())
        };
        if !statute && (context.recent.iter().any(longer) || context.own_title.ends_with(name.title.as_str())) {
            return None;
        }
        let day = context.date.map(|day| day.to_string()).unwrap_or_default();
        self.index.likeness(self.rules).abbreviated(&name.title, &day)
    }

    /// “水十条”: the policy document that everybody calls so.
    pub(super) fn nicknamed(&mut self, title: &str) -> Option<Tie> {
        let mut names = self.rules.list("zh.law.nicknames").iter().filter_map(|entry| entry.split_once('='));
        let (_, whole) = names.find(|(name, _)| *name == title)?;
        let key = fold(whole);
        let (entity, link) = match self.index.lookup(&key) {
            Lookup::One(row, _) => (self.entities.listed(row), Link::Alias),
            _ => (self.entities.unlisted(&key, whole, Language::Zh), Link::Inferred),
        };
        Some(Tie { entity: Some(entity), link, candidates: Vec::new() })
    }

    /// 刑法修正案八, 刑法第十二修正案, 刑修（十一）, 刑九: the amendment with that number, and never the one of 1999, which has none.
    /// "Canada debated the Third Amendment to the Criminal Law" speaks of none of them.
    pub(super) fn criminal_amendment(&mut self, span: Span, name: &LawName) -> Option<Tie> {
        let title = name.title.as_str();
        let of_another = || {
            let told = state_before(self.text, span.start(), self.rules, &self.index.states);
            let told =
                told.or_else(|| self.country(span, name)).or_else(|| self.index.countries.of_clause(self.text, span));
            let behind = &self.text[span.end()..];
            told.is_some_and(|state| state != "CN")
                || [" Bill", " Act", " of ", " ("].iter().any(|word| behind.starts_with(word))
        };
        if name.language == Some(Language::En) && of_another() {
            return None;
        }
        let Some(number) = amendment::number(title).or_else(|| amendment_number(title)) else {
            // 刑法修正案（草案） is none of those that were passed.
            let short = title.strip_prefix("中华人民共和国").unwrap_or(title);
            let draft = short.strip_prefix("刑法修正案").is_some_and(|rest| rest.contains("草案"));
            let entity =
                draft.then(|| self.entities.unlisted(&fold(title), &canonical_spelling(title), Language::Zh))?;
            return Some(Tie { entity: Some(entity), link: Link::None, candidates: Vec::new() });
        };
        let title = match number {
            1 => "中华人民共和国刑法修正案".to_owned(),
            number => format!("中华人民共和国刑法修正案（{}）", amendment::in_han(number)),
        };
        let (entity, link) = match self.index.lookup(&fold(&title)) {
            Lookup::One(row, link) => (self.entities.listed(row), link),
            _ => (self.entities.unlisted(&fold(&title), &title, Language::Zh), Link::None),
        };
        Some(Tie { entity: Some(entity), link, candidates: Vec::new() })
    }
}
