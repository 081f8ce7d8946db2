//! The instrument that an interview or an explanation is about: 就《家政服务信用信息管理办法》答记者问, 解读《快递市场管理办法》.
//!
//! 本办法, 《办法》 and a bare 第二十一条 in its answers are of that one, whatever other instruments the answer before has named.
//!
//! Always true: it is the first that is asked about, and a text that is an instrument itself has none.

use super::{
    Entities, EntityIx, Names,
    antecedent::fits,
    antecedent::names_instrument,
    context::Context,
    title::{Lookup, TitleIndex, fold},
};
use crate::{
    extract::law::wording::{canonical_spelling, without_additions},
    ruleset::Ruleset,
    text::{Language, Span},
};

/// Right before a title they say that it is explained.
const EXPLAINED: [&str; 12] =
    ["解读", "解读了", "介绍", "介绍了", "介绍一下", "请介绍", "谈谈", "解讀", "介紹", "说说", "详解", "解析"];
/// These say so with words of the next list behind it.
const ABOUT: [&str; 9] = ["就", "对", "围绕", "关于", "請就", "就修订", "就制定", "圍繞", "针对"];
const BEHIND: [&str; 14] = [
    "答记者问",
    "答記者問",
    "答问",
    "有关问题",
    "有关情况",
    "相关问题",
    "相关情况",
    "公开征求意见",
    "向社会公开征求意见",
    "公开征求社会意见",
    "热点问题",
    "进行解读",
    "进行了解读",
    "接受记者采访",
];
/// Words of titles that say that a text asks or explains.
const TITLES: [&str; 10] =
    ["答记者问", "答記者問", "解读", "解讀", "问答", "公开征求意见", "有关情况", "一图读懂", "答问", "新闻发布会"];
/// So far behind a title the words may stand, in bytes.
const NEAR: usize = 90;

/// What a text asks about, with its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The title.
    pub title: String,
    /// The instrument.
    pub entity: EntityIx,
}

/// The instrument that the declared title of a text says it to be about.
pub(super) fn of_title(title: &str, rules: &Ruleset, index: &TitleIndex, entities: &mut Entities) -> Option<Topic> {
    let told = TITLES.iter().any(|word| title.contains(word));
    let inner = title.split_once('《').and_then(|(_, rest)| rest.rsplit_once('》')).map(|(inner, _)| inner);
    let named = inner.filter(|inner| told && !inner.contains("》、《") && names_instrument(inner, rules))?;
    let entity = match index.lookup(&fold(named)) {
        Lookup::One(row, _) => entities.listed(row),
        _ => entities.unlisted(&fold(named), &canonical_spelling(named), Language::Zh),
    };
    Some(Topic { title: named.to_owned(), entity })
}

impl Context {
    /// What a head noun alone means in a text that asks about an instrument: 《办法》, 本办法.
    pub(super) fn asked(&self, head: &str) -> Option<EntityIx> {
        let topic = self.topic.as_ref().filter(|_| self.own.is_none())?;
        fits(&topic.title, head).then_some(topic.entity)
    }
}

impl Names<'_> {
    /// Whether the words around a title in marks say that the text asks about it or explains it.
    pub(super) fn is_asked_about(&self, span: Span) -> bool {
        let text = self.text;
        let Some(behind) = text[span.end()..].strip_prefix('》') else { return false };
        let Some(before) = text[..span.start()].strip_suffix('《') else { return false };
        // Its number may stand in brackets.
        let behind = &behind[..behind.floor_char_boundary(2 * NEAR)];
        let rest = behind.strip_prefix('（').and_then(|note| note.split_once('）')).map_or(behind, |(_, rest)| rest);
        let clause = &rest[..rest.floor_char_boundary(NEAR)];
        let clause = clause.split(['。', '\n', '；', '《']).next().unwrap_or_default();
        let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
        // 《办法》共8章, 《条例》共分七章
        let counted = || {
            let rest = rest.strip_prefix("共分").or_else(|| rest.strip_prefix('共')).unwrap_or_default();
            let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
            let unit = rest.trim_start_matches([' ', '为']).trim_start_matches(number);
            rest.trim_start_matches([' ', '为']).starts_with(number) && unit.trim_start().starts_with(['章', '条'])
        };
        ends(&EXPLAINED) || ends(&ABOUT) && BEHIND.iter().any(|word| clause.contains(word)) || counted()
    }

    /// Whether the text is one of questions and answers.
    fn asks(&self) -> bool {
        const QUESTIONS: [&str; 6] = ["问：", "答记者问", "問：", "答記者問", "问:", "记者："];
        *self.asks.get_or_init(|| QUESTIONS.iter().any(|word| self.text.contains(word)))
    }

    /// What a bare article is of in a text of questions and answers.
    pub(super) fn asked_article(&self, context: &Context) -> Option<EntityIx> {
        let topic = context.topic.as_ref().filter(|_| context.own.is_none() && context.headings.is_empty())?;
        self.asks().then_some(topic.entity)
    }

    /// 问：本办法适用哪些主体？: where only one such instrument is named anywhere, the questions are about that one. `named` knows all
    /// that the text names.
    pub(super) fn ask_about_only(&self, named: &Context, context: &mut Context) {
        const RULES: [&str; 6] = ["办法", "条例", "规定", "细则", "规则", "方案"];
        if context.own.is_some() || named.topic.is_some() || !self.asks() {
            return;
        }
        // 《办法》 is not yet one.
        let whole = |title: &str| title.chars().count() > 4;
        let rules = |title: &str| RULES.iter().any(|head| whole(title) && without_additions(title).ends_with(head));
        let mut found = named.recent.iter().filter(|(title, _)| rules(title));
        let Some((title, entity)) = found.next() else { return };
        if found.all(|(_, other)| other == entity) {
            context.topic = Some(Topic { title: title.clone(), entity: *entity });
        }
    }

    /// 《办法》 in a text that asks about one: that one.
    pub(super) fn asked_head(&self, title: &str, context: &Context) -> Option<EntityIx> {
        let head = without_additions(title);
        let lone = self.rules.list("zh.law.lone_heads").iter().any(|known| known == head);
        lone.then(|| context.asked(head))?
    }
}
