//! Titles of policy documents without title marks: 国务院办公厅关于做好暑期安全工作的通知.
//!
//! A plan that is only described (我国乙烯工业发展规划) is no title, but who issued it, 关于 and 的通知 together are one, in the
//! middle of a sentence too. 市长关于这个问题的决定 has no issuer that the rules know.
//!
//! Always true: a title begins with an issuer of the list, has 关于 behind it and ends with 的 and a head noun,
//! all within one clause.

use memchr::memmem;

use super::wording::Words;
use crate::{ruleset::Ruleset, text::Span};

/// Longest stretch from 关于 to the head, in characters.
const LONGEST: usize = 70;

pub(super) struct PolicyGrammar {
    issuers: Words,
    heads: Words,
    not_behind: Words,
    pointers: Words,
}

impl PolicyGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let words = |list: &str| Words::new(rules.list(list));
        Self {
            issuers: words("zh.law.title_issuers"),
            heads: words("zh.law.issued_heads"),
            not_behind: words("zh.law.anaphor_not_after"),
            pointers: words("zh.law.pointers"),
        }
    }

    /// Whether these words are the name of a body that issues instruments.
    pub(super) fn issues(&self, body: &str) -> bool {
        self.issuers.ending(body).is_some_and(|known| known == body)
    }

    /// All titles, in text order.
    pub(super) fn find(&self, text: &str) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for at in memmem::find_iter(text.as_bytes(), "关于") {
            if found.last().is_some_and(|last| at < last.end()) {
                continue;
            }
            if let Some(span) = self.read(text, at) {
                found.push(span);
            }
        }
        found
    }

    fn read(&self, text: &str, at: usize) -> Option<Span> {
        let before = without_others(&text[..at]);
        let issuer = self.issuers.ending(before)?;
        let mut start = before.len() - issuer.len();
        // 国务院、中央军委关于…
        while let Some(before) = text[..start].strip_suffix(['、', ' '])
            && let Some(joint) = self.issuers.ending(before)
        {
            start = before.len() - joint.len();
        }
        let about = at + "关于".len();
        if self.pointers.opening(&text[about..]).is_some() {
            return None;
        }
        let mut depth = 0_u32;
        let mut end = None;
        for (i, c) in text[about..].char_indices().take(LONGEST) {
            match c {
                '《' | '〈' | '（' | '(' => depth += 1,
                '》' | '〉' | '）' | ')' => depth = depth.checked_sub(1)?,
                '。' | '；' | '，' | '：' | '！' | '？' | '\n' if depth == 0 => break,
                '的' if depth == 0 => {
                    let behind = &text[about + i + c.len_utf8()..];
                    let Some(head) = self.heads.opening(behind) else { continue };
                    let rest = &behind[head.len()..];
                    if self.not_behind.opening(rest).is_some() {
                        continue;
                    }
                    end = Some(about + i + c.len_utf8() + head.len() + numbered(rest));
                    if is_general(&text[..start], issuer, &text[about..about + i], head) {
                        return None;
                    }
                    // …的规定的决定
                    if !rest.starts_with('的') {
                        break;
                    }
                }
                _ => {}
            }
        }
        end.map(|end| Span::of(start, end))
    }
}

/// Whether what an issuer has laid down is meant, and no instrument by its title: 应当遵守中国人民银行关于支付账户管理的规定,
/// 撤销全国人民代表大会常务委员会关于预算的不适当的决议.
fn is_general(before: &str, issuer: &str, about: &str, head: &str) -> bool {
    const BY: [&str; 6] = ["遵守", "按照", "依照", "符合", "违反", "以及"];
    let named = issuer.starts_with("最高") || ["《", "问题", "第"].iter().any(|word| about.contains(word));
    let by = head == "规定" && !named && BY.iter().any(|word| before.ends_with(word));
    by || about.ends_with("不适当")
}

/// The length of （二） at the beginning.
fn numbered(behind: &str) -> usize {
    let number =
        |inside: &str| (1..=3).contains(&inside.chars().count()) && inside.chars().all(super::article::is_numeral);
    let inside = behind.strip_prefix('（').and_then(|rest| rest.split_once('）')).map(|(inside, _)| inside);
    inside.filter(|inside| number(inside)).map_or(0, |inside| inside.len() + "（）".len())
}

/// 教育部 of 教育部等八部门: the first of those that issue a document together.
fn without_others(text: &str) -> &str {
    let others = |tail: &str| {
        let rest = text.strip_suffix(tail)?.trim_end_matches(|c| super::article::is_numeral(c) || c == '个');
        rest.strip_suffix('等')
    };
    ["部门", "部委", "单位", "机关"].into_iter().find_map(others).unwrap_or(text)
}
