//! What stands right before and right behind a known name: 经济合同法 is not 合同法, and 电影法国展映 names no law.
//!
//! A short title is the end of many longer ones. Behind a word that leads to it (依照, 修订, 的) it is meant itself; behind two
//! characters that titles of the registry have in them (经济, 个人) the whole is another instrument's title, which is taken where
//! it is plain where that begins.
//!
//! Always true: no more than a few characters are looked at on either side.

use super::{Bare, BareGrammar, article, bracket, is_han};
use crate::text::Span;

/// Titles of more characters are not the ends of others.
const SHORT: usize = 6;
/// Longest part of a title before one that is known, in characters.
const LONGEST_PART: usize = 10;

/// Whether 解释 behind the name of a law is what is done with it (按照仲裁法解释合同条款), or its interpretation another one than the
/// known one without a number: 植物新品种司法解释（二）.
pub(super) fn explains(before: &str, title: &str, behind: &str) -> bool {
    const BY: [&str; 6] = ["按照", "依照", "根据", "依据", "按", "依"];
    const NAMED: [&str; 12] = ["第", "规定", "的", "施行", "实施", "和", "及", "与", "或", "等", "对", "中"];
    const WORDS: [&str; 10] = ["学", "规则", "方法", "工作", "论", "权", "力", "技术", "路径", "立场"];
    if !title.ends_with("解释") {
        return false;
    }
    let numbered = behind.strip_prefix(['（', '(']).is_some_and(|inside| {
        let number = inside.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
        number.len() < inside.len() && number.starts_with(['）', ')'])
    });
    let begins = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    let verb = !title.ends_with("司法解释")
        && behind.starts_with(is_han)
        && BY.iter().any(|word| before.ends_with(word))
        && !begins(&NAMED);
    numbered || verb || begins(&WORDS)
}

/// What is before a known name.
pub(super) enum Before {
    /// A word that leads to it, a mark or nothing.
    Lead,
    /// The beginning of a longer name; where it begins, if that is plain.
    Part(Option<usize>),
}

impl BareGrammar {
    /// Whether a known name begins where its letters do.
    pub(super) fn before(&self, text: &str, start: usize, title: &str) -> Before {
        let before = &text[..start];
        let length = title.chars().count();
        let named = || {
            title.starts_with("中华人民共和国")
                || title == "宪法"
                || self.leads.ending(before).is_some()
                || self.nation.ending(before).is_some()
                || self.nouns.ending(before).is_some()
                || self.countries.ending(before).is_some()
                || before.ends_with("中华人民共和国")
                || is_numbered(before)
        };
        // 信用卡诈骗司法解释 is another one than that on 诈骗.
        let short = length <= SHORT || title.ends_with("司法解释");
        if !short || !(self.ends_like_a_title(before) || self.opens_a_title(before)) || named() {
            return Before::Lead;
        }
        Before::Part(self.part(before, &text[start..start + title.len()]).filter(|_| length > "刑法".chars().count()))
    }

    /// The same for a five-year plan, which may be a province's or a firm's.
    pub(super) fn before_plan(&self, text: &str, start: usize, traditional: bool) -> Before {
        let before = &text[..start];
        let owned = self.owners.ending(before).is_some();
        let led = || self.leads.ending(before).is_some() || is_numbered(before) || !self.ends_like_a_title(before);
        if traditional || self.nation.ending(before).is_some() || !owned && led() {
            return Before::Lead;
        }
        Before::Part(self.part(before, ""))
    }

    /// Whether a text ends with two characters that stand together in a title of the registry.
    fn ends_like_a_title(&self, before: &str) -> bool {
        let mut last = before.chars().rev();
        matches!((last.next(), last.next()), (Some(b), Some(a)) if self.title_pairs.contains(&(a, b)))
    }

    /// Whether the characters that end here begin with a country or with 反: 反强迫|劳动法, 美国反强迫|劳动法.
    fn opens_a_title(&self, before: &str) -> bool {
        let mut start = before.len();
        for (at, c) in before.char_indices().rev().take(LONGEST_PART) {
            let led = start < before.len() && self.leads.ending(&before[..at + c.len_utf8()]).is_some();
            if !is_han(c) || led {
                break;
            }
            start = at;
        }
        let name = &before[start..];
        let rest = self.countries.opening(name).map_or(name, |country| &name[country.len()..]);
        rest.starts_with('反') && rest.chars().count() >= 2
    }

    /// Where the name begins whose first part ends here; its rest follows.
    fn part(&self, before: &str, rest: &str) -> Option<usize> {
        let mut start = before.len();
        for (length, (at, c)) in before.char_indices().rev().enumerate() {
            let led = start < before.len() && self.leads.ending(&before[..at + c.len_utf8()]).is_some();
            if !is_han(c) || led {
                break;
            }
            if length == LONGEST_PART {
                return None;
            }
            start = at;
        }
        let name = &before[start..];
        let none = rest.ends_with('法') && self.no_heads.ending(&format!("{name}{rest}")).is_some();
        let plain = self.pointers.opening(name).is_none() && !self.generic.is_match(name) && !none;
        (name.chars().count() >= 2 && plain).then_some(start)
    }

    /// Whether 法 and what follows are a word of their own: 公司|法定代表人, 环境保护|法规 (but 刑法|规定, 刑法|定罪).
    pub(super) fn meets_word(&self, behind: &str) -> bool {
        // 最高人民法 / 院: a line may end within the word.
        if behind.starts_with("\n院") {
            return true;
        }
        let length = |word: Option<&str>| word.map_or(0, str::len);
        length(self.fa_words.opening(behind)) > length(self.fa_no_words.opening(behind))
            || behind.starts_with(['规', '規']) && !behind.starts_with("规定") && !behind.starts_with("規定")
    }

    /// Where the title ends with its edition: （试行）, （2018修正）.
    pub(super) fn edition(&self, text: &str, end: usize) -> usize {
        let Some(close) = bracket(text, end) else { return end };
        let inside = text[end..close].trim_matches(['（', '）', '(', ')', '〔', '〕', '[', ']']);
        let ordinal = inside.chars().all(|c| "一二三四五六七八九十".contains(c));
        let listed = inside.len() < 40 && self.editions.iter().any(|e| inside.ends_with(e.as_str()));
        if (ordinal || listed) && !inside.contains("以下") { close } else { end }
    }

    /// A plan without marks, with the name of whose it is: 江苏省“十四五”规划; `None` for other countries' and where the name is
    /// not plain.
    pub(in crate::extract::law) fn plan(
        &self,
        text: &str,
        span: Span,
        row: Option<u32>,
        traditional: bool,
    ) -> Option<Bare> {
        if self.is_foreign(&text[..span.start()]) {
            return None;
        }
        match self.before_plan(text, span.start(), traditional) {
            Before::Lead => Some(Bare { span, row, known: true, inner: false }),
            Before::Part(start) => {
                start.map(|start| Bare { span: Span::of(start, span.end()), row: None, known: true, inner: false })
            }
        }
    }
}

/// Whether a text ends with a date or with a division: 1979年, 第三条, （一）项.
fn is_numbered(before: &str) -> bool {
    let numbered = before.strip_suffix(['年', '月', '日', '条', '款', '项', '條', '項', '目', '次', '届']);
    numbered.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || article::is_numeral(c) || c == '）'))
}
