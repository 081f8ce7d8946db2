//! What stands around a reference and tells whether it is one, and of what.

use super::super::wording::Words;
use crate::ruleset::Ruleset;

/// What stands around a reference.
pub(in crate::extract::law) struct Surroundings {
    /// Names of instruments: behind one of them a chapter is a chapter of it.
    law_edges: Words,
    /// Words that end like one.
    no_laws: Words,
    /// Names that end like such a word: 公司法 like 司法.
    laws_all_the_same: Words,
    /// What 本 and 该 stand before.
    anaphor_heads: Words,
    /// Papers whose articles are none of an instrument: 合同.
    other_works: Words,
    /// Words and marks before a reference.
    before: Words,
    /// Words and marks behind one.
    pub(super) behind: Words,
}

impl Surroundings {
    pub(in crate::extract::law) fn new(rules: &Ruleset) -> Self {
        let words = |list: &str| Words::new(rules.list(list));
        Self {
            law_edges: Words::new(&[rules.list("zh.law.law_edges"), rules.list("zh.law.bare_heads")].concat()),
            no_laws: words("zh.law.no_heads"),
            laws_all_the_same: Words::new(&["公司法"]),
            anaphor_heads: words("zh.law.anaphor_heads"),
            other_works: words("zh.law.other_works"),
            before: Words::new(
                &["article_before", "heads", "anaphor_heads"]
                    .map(|list| rules.list(&format!("zh.law.{list}")))
                    .concat(),
            ),
            behind: words("zh.law.article_behind"),
        }
    }

    /// Whether the name of an instrument ends there: 》, 本规则, 企业破产法, 刑法分则. 方法 is none.
    pub(super) fn law(&self, before: &str) -> bool {
        // “该修订草案”第八章
        let before = without_note(before.trim_end_matches([' ', '的', '之', '”', '」']));
        let anaphor = || {
            let head = self.anaphor_heads.ending(before)?;
            Some(before[..before.len() - head.len()].ends_with(['本', '该', '該', '此']))
        };
        anaphor() == Some(true)
            || self.law_edges.ending(before).is_some()
                && (self.no_laws.ending(before).is_none() || self.laws_all_the_same.ending(before).is_some())
    }

    pub(super) fn other_work(&self, before: &str) -> bool {
        self.other_works.ending(before.trim_end_matches(['的', '中', ' '])).is_some()
    }

    /// 三条建议，第一条最重要, 第二款车型: nothing beside it says that a reference is meant.
    pub(super) fn says_nothing(&self, before: &str, behind: &str) -> bool {
        let before = before.trim_end_matches(' ');
        // EAR第744.23条
        self.before.ending(before).is_none()
            && self.behind.opening(behind).is_none()
            && !before.ends_with(|c: char| c.is_ascii_uppercase())
    }
}

/// What stands before the brackets behind a title in marks: 《区域全面经济伙伴关系协定》（RCEP）.
fn without_note(before: &str) -> &str {
    const LONGEST: usize = 120;
    const MOST: usize = 4;
    let mut title = before;
    for _ in 0..MOST {
        if !title.ends_with(['）', ')']) {
            break;
        }
        let from = title.floor_char_boundary(title.len().saturating_sub(LONGEST));
        let Some(open) = title[from..].rfind(['（', '(']) else { break };
        title = &title[..from + open];
    }
    if title.ends_with('》') { title } else { before }
}
