//! References without a name: 本法, 本條例, 该办法.
//!
//! 本法 stands 5,905 times in the corpus, but 本法院, 本法官, 基本法 and 根本法 are none, and 应该条例 is two
//! words; 本规范化车间 has no 本规范; 本条例 begins like 本条. So the longest head wins and both neighbours are looked at.
//!
//! Always true: the span is the determiner and the head, nothing else.

use memchr::memmem;

use super::wording::Words;
use crate::{extract::Anaphor, ruleset::Ruleset, text::Span};

pub(super) struct AnaphorGrammar {
    heads: Words,
    not_before: Words,
    not_after: Words,
    not_after_law: Words,
    not_after_statute: Words,
    /// What ends like a word of `not_before` and begins like one of `not_after_law`, and is another one.
    before: Words,
    after_law: Words,
    /// Heads that make an anaphor with 本 alone.
    own_heads: Vec<String>,
}

impl AnaphorGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        Self {
            heads: Words::new(rules.list("zh.law.anaphor_heads")),
            not_before: Words::new(rules.list("zh.law.anaphor_not_before")),
            not_after: Words::new(rules.list("zh.law.anaphor_not_after")),
            not_after_law: Words::new(rules.list("zh.law.fa_words")),
            not_after_statute: Words::new(rules.list("zh.law.anaphor_not_after_statute")),
            before: Words::new(rules.list("zh.law.anaphor_before")),
            after_law: Words::new(rules.list("zh.law.fa_no_words")),
            own_heads: rules.list("zh.law.anaphor_own_heads").to_vec(),
        }
    }

    pub(super) fn find(&self, text: &str, out: &mut Vec<(Span, Anaphor)>) {
        for (determiner, own) in [("本", true), ("该", false), ("該", false)] {
            for at in memmem::find_iter(text.as_bytes(), determiner) {
                let behind = &text[at + determiner.len()..];
                let Some(head) = self.heads.opening(behind) else { continue };
                let rest = &behind[head.len()..];
                if !own && self.own_heads.iter().any(|word| word == head) {
                    continue;
                }
                let goes_on = if head.ends_with('法') {
                    // 本法定义务, but 本法定义
                    let length = |word: Option<&str>| word.map_or(0, str::len);
                    length(self.not_after_law.opening(rest)) > length(self.after_law.opening(rest))
                } else if head == "法律" {
                    self.not_after_statute.opening(rest).is_some()
                } else {
                    self.not_after.opening(rest).is_some()
                };
                let before = &text[..at];
                if goes_on || self.not_before.ending(before).is_some() && self.before.ending(before).is_none() {
                    continue;
                }
                out.push((Span::of(at, at + determiner.len() + head.len()), Anaphor { head: head.to_owned(), own }));
            }
        }
        self.find_same(text, out);
        self.find_said(text, out);
    }

    /// 上述办法第三条, 前揭條例第5條: what was named before, where a reference follows. 前述规定第七条 is of whatever was named last.
    fn find_said(&self, text: &str, out: &mut Vec<(Span, Anaphor)>) {
        const SAID: [&str; 6] = ["上述", "前述", "前揭", "前開", "上開", "上揭"];
        const HEADS: [&str; 8] = ["法", "条例", "條例", "办法", "辦法", "细则", "細則", "準則"];
        for said in SAID {
            for at in memmem::find_iter(text.as_bytes(), said) {
                let behind = &text[at + said.len()..];
                let Some(head) = self.heads.opening(behind).filter(|head| HEADS.contains(head)) else { continue };
                if behind[head.len()..].trim_start_matches(' ').starts_with('第') {
                    let span = Span::of(at, at + said.len() + head.len());
                    out.push((span, Anaphor { head: head.to_owned(), own: false }));
                }
            }
        }
    }

    /// 違反同法第十五條: the law named last, where a reference follows; 合同法, 赞同决定 and 不同办法 are none.
    fn find_same(&self, text: &str, out: &mut Vec<(Span, Anaphor)>) {
        const BEFORE: [char; 38] = [
            '依', '據', '据', '反', '及', '或', '與', '与', '、', '，', '按', '照', '無', '有', '用', '犯', '以', '。',
            '；', '：', '「', '（', '惟', '但', '又', '而', '且', '並', '复', '酌', '於', '从', '從', '对', '對', '由',
            '合', '将',
        ];
        for at in memmem::find_iter(text.as_bytes(), "同") {
            let behind = &text[at + "同".len()..];
            let Some(head) = self.heads.opening(behind) else { continue };
            let cites = behind[head.len()..].trim_start_matches(' ').starts_with('第');
            let before = text[..at].trim_end_matches(' ');
            if cites && (before.ends_with(BEFORE) || before.is_empty() || before.ends_with('\n')) {
                let span = Span::of(at, at + "同".len() + head.len());
                out.push((span, Anaphor { head: head.to_owned(), own: false }));
            }
        }
    }
}
