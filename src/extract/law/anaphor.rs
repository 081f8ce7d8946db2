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
}

impl AnaphorGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        Self {
            heads: Words::new(rules.list("zh.law.anaphor_heads")),
            not_before: Words::new(rules.list("zh.law.anaphor_not_before")),
            not_after: Words::new(rules.list("zh.law.anaphor_not_after")),
            not_after_law: Words::new(rules.list("zh.law.fa_words")),
        }
    }

    pub(super) fn find(&self, text: &str, out: &mut Vec<(Span, Anaphor)>) {
        for (determiner, own) in [("本", true), ("该", false), ("該", false)] {
            for at in memmem::find_iter(text.as_bytes(), determiner) {
                let behind = &text[at + determiner.len()..];
                let Some(head) = self.heads.opening(behind) else { continue };
                let rest = &behind[head.len()..];
                let cut = if head.ends_with('法') { &self.not_after_law } else { &self.not_after };
                if cut.opening(rest).is_some() || self.not_before.ending(&text[..at]).is_some() {
                    continue;
                }
                out.push((Span::of(at, at + determiner.len() + head.len()), Anaphor { head: head.to_owned(), own }));
            }
        }
    }
}
