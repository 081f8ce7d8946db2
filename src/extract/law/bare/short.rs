//! Short forms of statutes that no list has, without marks: 违反职防法的, 新修订的未保法, 劳动法、未保法等法律.
//!
//! Any characters before 法 may be such a form, so one counts only behind a word that cites a law, beside another law or
//! between quotation marks, or at the start of a clause that says what it provides.
//!
//! Always true: exactly one statute of the registry has the characters in their order, and four places are looked at for
//! each 法.

use memchr::memmem;

use super::{Bare, BareGrammar, article, is_han};
use crate::{extract::law::abbreviation::BODY, text::Span};

impl BareGrammar {
    /// Whether a name is cut from the title of one statute: 劳合法.
    pub(in crate::extract::law) fn is_cut_statute(&self, name: &str) -> bool {
        self.abbreviations.statute(name).is_some()
    }

    /// The short forms, in text order.
    pub(super) fn find_short(&self, text: &str, out: &mut Vec<Bare>) {
        for at in memmem::find_iter(text.as_bytes(), "法") {
            let end = at + "法".len();
            let behind = &text[end..];
            // 劳合法第三十九条, though 合法 is a word
            let none = || self.no_heads.ending(&text[..end]).is_some() && !is_place(behind);
            if !text[..at].ends_with(is_han) || self.meets_word(behind) || none() {
                continue;
            }
            let mut start = at;
            for length in 1..=*BODY.end() {
                let Some(c) = text[..start].chars().next_back().filter(|&c| is_han(c)) else { break };
                start -= c.len_utf8();
                let name = &text[start..end];
                if length < *BODY.start() || !self.is_cited(&text[..start], behind) {
                    continue;
                }
                let usual = self.no_names.iter().any(|no| no == name) || self.generic.is_match(name);
                if let Some(row) = self.abbreviations.statute(name).filter(|_| !usual) {
                    out.push(Bare { span: Span::of(start, end), row: Some(row), known: true, inner: false });
                    break;
                }
            }
        }
    }

    /// Policy documents by the names that everybody gives them: “水十条”.
    pub(in crate::extract::law) fn find_nicknames(&self, text: &str, out: &mut Vec<Bare>) {
        let named = self.nicknames.find_iter(text).map(|hit| Span::of(hit.start(), hit.end()));
        out.extend(named.map(|span| Bare { span, row: None, known: true, inner: false }));
    }

    /// The longer ones, which leave little out: 依据军人权益保障法, 国务院公布的政务数据条例.
    pub(super) fn find_shortened(&self, text: &str, out: &mut Vec<Bare>) {
        const LONGEST: usize = 16;
        for head in ["法", "条例", "办法"] {
            let shortest = if head == "法" { BODY.end() + 1 } else { 3 };
            for at in memmem::find_iter(text.as_bytes(), head) {
                let (before, end) = (&text[..at], at + head.len());
                let behind = &text[end..];
                if !before.ends_with(is_han) || head == "法" && (before.ends_with('办') || self.meets_word(behind)) {
                    continue;
                }
                let mut start = at;
                for length in 1..=LONGEST {
                    let Some(c) = text[..start].chars().next_back().filter(|&c| is_han(c)) else { break };
                    start -= c.len_utf8();
                    if length < shortest || !self.is_cited(&text[..start], behind) {
                        continue;
                    }
                    if self.abbreviations.meant(&text[start..end], "").is_some() {
                        out.push(Bare { span: Span::of(start, end), row: None, known: true, inner: false });
                        break;
                    }
                }
            }
        }
    }

    /// 大陸的個稅法對…, 內地勞動合同法規定: in a text of Taiwan or Hong Kong the mainland's laws by what stands right before them.
    pub(super) fn find_of_mainland(&self, text: &str, out: &mut Vec<Bare>) {
        const LONGEST: usize = 8;
        const BEHIND: [&str; 10] = ["規定", "第", "對", "於", "施行", "實施", "要求", "修正", "明定", "所稱"];
        for at in ["大陸", "內地"].iter().flat_map(|side| memmem::find_iter(text.as_bytes(), side)) {
            let side = at + "大陸".len();
            let start = side + if text[side..].starts_with('的') { "的".len() } else { 0 };
            let length = text[start..].chars().take(LONGEST).take_while(|&c| is_han(c) && c != '法');
            let end = start + length.map(char::len_utf8).sum::<usize>() + "法".len();
            let Some(name) = text.get(start..end).filter(|name| name.ends_with('法')) else { continue };
            let behind = &text[end..];
            let body = name.chars().count() - 1;
            let none = self.no_heads.ending(name).is_some()
                || self.no_names.iter().any(|no| no == name)
                || self.openings.opening(name).is_some()
                || self.generic.is_match(name)
                || name.contains(['的', '之', '辦', '地']);
            if (2..=LONGEST).contains(&body) && !none && BEHIND.iter().any(|word| behind.starts_with(word)) {
                out.push(Bare { span: Span::of(start, end), row: None, known: false, inner: false });
            }
        }
    }

    /// Whether a statute is cited between these two.
    fn is_cited(&self, before: &str, behind: &str) -> bool {
        if let Some(list) = before.strip_suffix(['、', '和', '及', '与', '或']) {
            return list.ends_with(['法', '》', '”']) || list.ends_with("条例");
        }
        if before.ends_with('“') {
            return behind.starts_with('”');
        }
        if before.ends_with(is_han) {
            // 数据|出境评估办法 is cut from no such name.
            let word = ["数据", "证据", "票据", "单据", "收据"].iter().any(|word| before.ends_with(word));
            return !word && self.short_cues.ending(before).is_some();
        }
        !before.ends_with(['《', '〈', '「']) && (self.short_said.opening(behind).is_some() || leads_to_law(behind))
    }
}

/// Whether another law follows a joint: 城建税法|与增值税法, 城建税法|、车购税法.
fn leads_to_law(behind: &str) -> bool {
    const LONGEST: usize = 8;
    let Some(next) = behind.strip_prefix(['、', '和', '与', '及']) else { return false };
    let name = next.chars().take(LONGEST).take_while(|&c| is_han(c));
    name.skip(2).any(|c| c == '法')
}

/// Whether an article number follows: 第三十九条, 第2条.
pub(super) fn is_place(behind: &str) -> bool {
    let number = |c: char| article::digit(c).is_some() || article::is_numeral(c);
    let rest = behind.strip_prefix('第').unwrap_or_default();
    rest.trim_start_matches(number).starts_with(['条', '條']) && rest.starts_with(number)
}
