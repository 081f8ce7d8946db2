//! What 本法 and a bare article mean in a text that is about an instrument and is none itself.
//!
//! 关于检查《中华人民共和国湿地保护法》实施情况的报告 means that law by 本法 and 依据法律第十四条; 行政院會通過「殯葬管理條例」部分條文修正草案。卓院長表示，
//! 本條例… means the one instrument so far that answers to the word.
//!
//! Always true: a text with articles of its own, and one that says that it is made (制定本法), means itself.

use super::{
    EntityIx, Names, Pass,
    antecedent::fits,
    context::Context,
    title::{Lookup, fold},
};
use crate::{
    extract::{Anaphor, law::wording::canonical_spelling},
    text::Span,
};

/// Heads of instruments that other texts speak of; 本通知 and 本方案 are mostly the text itself.
const HEADS: [&str; 20] = [
    "法", "法典", "条例", "條例", "办法", "辦法", "规定", "規定", "细则", "細則", "规则", "規則", "规程", "規程",
    "准则", "準則", "公约", "公約", "协定", "協定",
];
/// What the titles of texts that only speak of instruments end with.
const REPORTS: [&str; 12] =
    ["报告", "報告", "说明", "說明", "白皮书", "白皮書", "讲话", "综述", "公报", "公報", "解读", "解讀"];
/// Behind these an instrument speaks of itself.
const MADE: [&str; 6] = ["制定", "制订", "訂定", "制訂", "修改", "修订"];
/// So does one that goes on with these.
const OWN_WORDS: [&str; 10] =
    ["所称", "所稱", "用词", "用詞", "适用于", "適用於", "自发布之日", "自公布之日", "自印发之日", "自發布日"];
/// Words of a report's title before the law that it speaks of.
const ABOUT: [&str; 6] = ["检查《", "實施《", "实施《", "贯彻《", "执行《", "关于《"];
/// And behind it.
const CARRIED_OUT: [&str; 6] = ["实施情况", "執行情形", "执行情况", "贯彻情况", "贯彻实施情况", "贯彻执行情况"];

/// The title in the title of a report on how a law is carried out.
fn inspected(title: &str) -> Option<&str> {
    let (before, rest) = ABOUT.iter().find_map(|about| title.split_once(about))?;
    let (law, behind) = rest.split_once('》')?;
    let told = CARRIED_OUT.iter().any(|word| behind.trim_start().starts_with(word));
    (told && !before.contains('《') && REPORTS.iter().any(|kind| behind.trim_end().ends_with(kind))).then_some(law)
}

impl Names<'_> {
    /// The law whose carrying out a text reports on.
    pub(super) fn inspected(&self, context: &Context) -> Option<EntityIx> {
        let law = canonical_spelling(inspected(&context.own_title)?);
        match self.index.lookup(&fold(&law)) {
            Lookup::One(row, _) => Some(self.entities.listed(row)),
            _ => context.recent.iter().find(|(title, _)| *title == law).map(|(_, entity)| *entity),
        }
    }
}

impl Pass<'_> {
    /// The instrument that 本法 means in a text that only speaks of it.
    pub(super) fn spoken_of(&self, anaphor: &Anaphor, span: Span, context: &mut Context) -> Option<EntityIx> {
        if !HEADS.contains(&anaphor.head.as_str()) || self.headings.last().is_some() || context.article.is_some() {
            return None;
        }
        let report = REPORTS.iter().any(|kind| context.own_title.ends_with(kind));
        if context.own.is_some() && !report {
            return None;
        }
        let text = self.names.text;
        let (before, behind) = (&text[..span.start()], &text[span.end()..]);
        let made =
            MADE.iter().any(|word| before.ends_with(word)) || OWN_WORDS.iter().any(|word| behind.starts_with(word));
        if let Some(known) = context.spoken_of.get(&anaphor.head).filter(|_| !made) {
            return *known;
        }
        let told = || inspected(&context.own_title).is_some_and(|title| fits(title, &anaphor.head));
        let law = || self.names.inspected(context).filter(|_| told()).or_else(|| only(&anaphor.head, context));
        // 违反本法规定，依照《治安管理处罚法》处罚: where none was named yet, the text means itself from then on.
        let found = if made { None } else { law() };
        context.spoken_of.insert(anaphor.head.clone(), found);
        found
    }
}

/// The one instrument named so far that answers to a head.
fn only(head: &str, context: &Context) -> Option<EntityIx> {
    let mut named = context.recent.iter().filter(|(title, _)| fits(title, head)).map(|(_, entity)| *entity);
    let first = named.next()?;
    named.all(|entity| entity == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_which_law_was_inspected() {
        for (title, law) in [
            ("执法检查组关于检查《中华人民共和国湿地保护法》实施情况的报告", Some("中华人民共和国湿地保护法")),
            ("关于《种子法》贯彻实施情况的报告", Some("种子法")),
            ("关于检查《甲法》实施情况的决定", None),
            ("关于《种子法（草案）》审议结果的报告", None),
        ] {
            assert_eq!(inspected(title), law, "{title}");
        }
    }
}
