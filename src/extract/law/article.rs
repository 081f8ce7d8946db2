//! Divisions of Chinese instruments: 第三十六条第一款第二项, 第二十七条第一项至第五项, 第 20、27 條, 前條第二項.
//!
//! Nine of ten 第…条 in a corpus of laws are headings ("第三条　为了…" at the start of a line), which name the
//! text itself and are no references; what follows 依照, 违反 or a title is one. In 公益勸募條例第六條第一項第二款
//! the paragraph is 項 and the item 款, on the mainland it is the other way round, so the script decides.
//!
//! Always true: divisions of one reference descend (article, paragraph, item); a reference that leaves out its
//! article says from where it takes it.

use std::fmt::Write;

use memchr::memmem;

use super::wording::Words;
use crate::{
    extract::{ArticleRef, Inherits, Side},
    ruleset::Ruleset,
    text::Span,
};

/// Levels of division, higher first; the wire form's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Part,
    Chapter,
    Section,
    Article,
    Paragraph,
    Item,
    Subitem,
}

impl Level {
    fn letters(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "a",
            Self::Paragraph => "p",
            Self::Item => "i",
            Self::Subitem => "m",
        }
    }

    fn of(unit: char, traditional: bool) -> Option<Self> {
        Some(match unit {
            '编' | '編' => Self::Part,
            '章' => Self::Chapter,
            '节' | '節' => Self::Section,
            '条' | '條' => Self::Article,
            '項' => Self::Paragraph,
            '款' if traditional => Self::Item,
            '款' => Self::Paragraph,
            '项' => Self::Item,
            '目' => Self::Subitem,
            _ => return None,
        })
    }
}

/// What stands around a reference.
pub(super) struct Surroundings {
    /// Names of instruments: behind one of them a chapter is a chapter of it.
    law_edges: Words,
    /// Papers whose articles are none of an instrument: 合同.
    other_works: Words,
    /// Words and marks before a reference.
    before: Words,
    /// Words and marks behind one.
    behind: Words,
}

impl Surroundings {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let words = |list: &str| Words::new(rules.list(list));
        Self {
            law_edges: words("zh.law.law_edges"),
            other_works: words("zh.law.other_works"),
            before: Words::new(
                &["article_before", "heads", "anaphor_heads"]
                    .map(|list| rules.list(&format!("zh.law.{list}")))
                    .concat(),
            ),
            behind: words("zh.law.article_behind"),
        }
    }

    fn law(&self, before: &str) -> bool {
        self.law_edges.ending(before.trim_end_matches(' ')).is_some()
    }

    fn other_work(&self, before: &str) -> bool {
        self.other_works.ending(before.trim_end_matches(['的', '中', ' '])).is_some()
    }

    /// 三条建议，第一条最重要, 第二款车型: nothing beside it says that a reference is meant.
    fn says_nothing(&self, before: &str, behind: &str) -> bool {
        self.before.ending(before.trim_end_matches(' ')).is_none() && self.behind.opening(behind).is_none()
    }
}

/// Finds the references of a text, in order.
pub(super) fn find(text: &str, traditional: bool, around: &Surroundings) -> Vec<(Span, ArticleRef)> {
    let mut found: Vec<(Span, ArticleRef)> = Vec::new();
    let mut done = 0;
    let mut headed = false;
    for at in memmem::find_iter(text.as_bytes(), "第") {
        if at < done {
            continue;
        }
        let Some(chain) = Chain::read(text, at, traditional) else { continue };
        let first = chain.parts[0].level;
        let before = &text[..at];
        let listed = chain.parts[0].numbers.len() > 1;
        if first <= Level::Article && !listed && opens_line(before) && is_heading(&text[chain.end..]) {
            headed |= first == Level::Article;
            done = chain.end;
            continue;
        }
        let alone = !traditional && chain.parts.len() == 1 && matches!(first, Level::Article | Level::Paragraph);
        if around.other_work(before) || alone && around.says_nothing(before, &text[chain.end..]) {
            done = chain.end;
            continue;
        }
        let previous = found.last().filter(|(span, _)| joins(&text[span.end()..at]));
        let (start, inherits) = match first {
            Level::Article => (at, Inherits::Nothing),
            Level::Part | Level::Chapter | Level::Section => {
                if !around.law(before) || opens_line(before) {
                    continue;
                }
                (at, Inherits::Nothing)
            }
            _ if before.ends_with("前条") || before.ends_with("前條") => (at - 6, Inherits::PreviousArticle),
            _ if ["本条", "本條", "前款", "前項", "前项"].iter().any(|w| before.ends_with(w)) => {
                (at - 6, Inherits::OwnArticle)
            }
            _ if previous.is_some() => (at, Inherits::Article),
            _ if before.ends_with("该条")
                || before.ends_with("該條")
                || before.ends_with("同条")
                || before.ends_with("同條") =>
            {
                (at, Inherits::Article)
            }
            _ if headed && goes_on(&text[chain.end..])
                || traditional
                || chain.bracketed
                || first == Level::Paragraph
                || is_cited(&text[chain.end..]) =>
            {
                if opens_line(before) && text[chain.end..].starts_with([' ', '　', '\n', '、']) {
                    continue;
                }
                (at, Inherits::OwnArticle)
            }
            _ => continue,
        };
        done = chain.end;
        found.push((
            Span::of(start, chain.end),
            ArticleRef { reference: chain.reference(), side: Side::Left, inherits },
        ));
    }
    found
}

/// Whether nothing but blanks and marks of layout stand before it on its line.
fn opens_line(before: &str) -> bool {
    let rest = before.trim_end_matches([' ', '　', '\t', '#', '*', '“', '「', '>']);
    rest.is_empty() || rest.ends_with('\n')
}

/// Whether what follows an article number at the start of a line makes it the heading of an article.
fn is_heading(behind: &str) -> bool {
    const CITES: &[&str] =
        &["修改", "改为", "中", "第", "规定", "規定", "的", "、", "和", "至", "增加", "删", "及", "所", "之", "与"];
    !CITES.iter().any(|w| behind.starts_with(w))
}

/// Whether what follows shows that a paragraph or an item of a law is meant, not the first of a list.
fn is_cited(behind: &str) -> bool {
    const CITES: &[&str] =
        &["规定", "規定", "所", "的规定", "之规定", "至第", "情形", "行为", "之情形", "请求权", "請求權"];
    CITES.iter().any(|w| behind.starts_with(w))
}

/// Whether a list of references goes on behind it.
fn goes_on(behind: &str) -> bool {
    behind.starts_with(['、', '和', '或', '及', '至', '与', '的', '中', '之'])
}

/// Whether a gap joins two references: 第三条、第五条; 第一项和第三项.
fn joins(gap: &str) -> bool {
    matches!(
        gap.trim_matches(' '),
        "、" | "，" | "," | "和" | "及" | "或" | "或者" | "以及" | "与" | "與" | "暨" | "、和"
    )
}

/// One reference from its first 第 on.
struct Chain {
    parts: Vec<Part>,
    end: usize,
    bracketed: bool,
}

/// 第三、五项 or 第一项至第五项 of a chain.
struct Part {
    level: Level,
    numbers: Vec<Number>,
}

#[derive(Clone, Copy, PartialEq)]
struct Number {
    from: u32,
    sub: Option<u32>,
    to: Option<(u32, Option<u32>)>,
}

impl Chain {
    fn read(text: &str, at: usize, traditional: bool) -> Option<Self> {
        let (part, mut end, bracketed) = Part::read(text, at, traditional)?;
        let mut chain = Self { parts: vec![part], end, bracketed };
        loop {
            let gap = text[end..].bytes().take(3).take_while(|&b| b == b' ').count();
            let next = end + gap;
            if text[next..].starts_with('第')
                && let Some((part, after, _)) = Part::read(text, next, traditional)
                && chain.parts.last().is_some_and(|last| last.level < part.level)
            {
                chain.parts.push(part);
                end = after;
                chain.end = end;
                continue;
            }
            break;
        }
        chain.read_on_without_ordinal(text, traditional);
        let behind = &text[chain.end..];
        if let Some(rest) = behind.strip_prefix('至').or_else(|| behind.strip_prefix('到'))
            && rest.starts_with('第')
            && let Some((to, after, _)) = Part::read(text, text.len() - rest.len(), traditional)
            && let Some(last) = chain.parts.last_mut()
            && last.level == to.level
            && let (Some(number), Some(limit)) = (last.numbers.last_mut(), to.numbers.first())
        {
            number.to = Some((limit.from, limit.sub));
            chain.end = after;
        }
        Some(chain)
    }

    /// 第三十七条、三十八条: a number with the same unit, whose 第 is left out.
    fn read_on_without_ordinal(&mut self, text: &str, traditional: bool) {
        while let Some(rest) = text[self.end..].strip_prefix(['、', '和', '及', '或'])
            && let Some((from, after)) = number(text, text.len() - rest.len())
            && let Some(unit) = text[after..].chars().next()
            && let Some(last) = self.parts.last_mut()
            && last.level == Level::Article
            && Level::of(unit, traditional) == Some(Level::Article)
            && last.numbers.last().is_some_and(|before| before.from < from)
            && last.numbers.len() < 64
        {
            let (sub, end) = subarticle(text, after + unit.len_utf8());
            last.numbers.push(Number { from, sub, to: None });
            self.end = end;
        }
    }

    fn reference(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            if !out.is_empty() {
                out.push('.');
            }
            for (i, number) in part.numbers.iter().enumerate() {
                let letters = part.level.letters();
                let comma = if i > 0 { "," } else { "" };
                let _ = write!(out, "{comma}{letters}{}", number.from);
                if let Some(sub) = number.sub {
                    let _ = write!(out, "-{sub}");
                }
                if let Some((to, sub)) = number.to {
                    let _ = write!(out, "-{letters}{to}");
                    if let Some(sub) = sub {
                        let _ = write!(out, "-{sub}");
                    }
                }
            }
        }
        out
    }
}

impl Part {
    /// 第 … 条 from its 第 on: the part, where it ends, and whether its numbers stand in brackets.
    fn read(text: &str, at: usize, traditional: bool) -> Option<(Self, usize, bool)> {
        let mut here = at + "第".len();
        let mut numbers: Vec<Number> = Vec::new();
        let mut bracketed = false;
        loop {
            here += spaces(text, here);
            bracketed |= text[here..].starts_with(['（', '(']);
            let (from, after) = number_in_brackets(text, here)?;
            here = after;
            numbers.push(Number { from, sub: None, to: None });
            here += spaces(text, here);
            let unit = text[here..].chars().next()?;
            if let Some(level) = Level::of(unit, traditional) {
                here += unit.len_utf8();
                if level == Level::Article {
                    let (sub, after) = subarticle(text, here);
                    if let (Some(sub), Some(last)) = (sub, numbers.last_mut()) {
                        last.sub = Some(sub);
                        here = after;
                    }
                }
                return Some((Self { level, numbers }, here, bracketed));
            }
            let rest = &text[here..];
            if let Some(dash) = ['-', '－', '–', '—', '～', '~', '至'].into_iter().find(|&d| rest.starts_with(d))
            {
                let behind = here + dash.len_utf8();
                let (second, after) = number_in_brackets(text, behind + spaces(text, behind))?;
                let last = numbers.last_mut()?;
                if dash == '-' && (traditional || second <= last.from) {
                    last.sub = Some(second);
                } else {
                    last.to = Some((second, None));
                }
                here = after + spaces(text, after);
                let unit = text[here..].chars().next()?;
                if let Some(level) = Level::of(unit, traditional) {
                    return Some((Self { level, numbers }, here + unit.len_utf8(), bracketed));
                }
            }
            let rest = &text[here..];
            let joint = ["、第", "、", "，", ",", "及", "和", "或"].into_iter().find(|j| rest.starts_with(j))?;
            here += joint.len();
            if numbers.len() >= 64 {
                return None;
            }
        }
    }
}

/// 之一 behind an article.
fn subarticle(text: &str, at: usize) -> (Option<u32>, usize) {
    if let Some(rest) = text[at..].strip_prefix('之')
        && let Some((sub, after)) = number(text, text.len() - rest.len())
        && !text[after..].starts_with('分')
    {
        return (Some(sub), after);
    }
    (None, at)
}

fn spaces(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().take(3).take_while(|&&b| b == b' ').count()
}

/// 三 or （三）, and where it ends.
fn number_in_brackets(text: &str, at: usize) -> Option<(u32, usize)> {
    let Some(inner) = text[at..].strip_prefix(['（', '(']) else { return number(text, at) };
    let (value, end) = number(text, text.len() - inner.len())?;
    let rest = text[end..].strip_prefix(['）', ')'])?;
    Some((value, text.len() - rest.len()))
}

/// A whole number of at most five digits, in either kind of digits, and where it ends.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text.as_bytes()[at..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        return (digits < 6).then(|| text[at..at + digits].parse().ok().map(|n| (n, at + digits)))?;
    }
    let length: usize = text[at..].chars().take(12).take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
    (length > 0).then(|| han_value(&text[at..at + length]).map(|n| (n, at + length)))?
}

/// Whether a character belongs to a Chinese numeral below ten thousand.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '十' | '百' | '千') || (digit(c).is_some() && !c.is_ascii())
}

/// The value of a digit in either script.
pub(super) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese numeral below a hundred thousand: 二百一十九, 一九八五.
pub(super) fn han_value(words: &str) -> Option<u32> {
    let scaled = words.contains(['十', '百', '千']);
    let (mut total, mut last) = (0_u32, None);
    for c in words.chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            c => {
                let d = digit(c)?;
                if scaled {
                    last = Some(d);
                } else {
                    total = total.checked_mul(10)?.checked_add(d)?;
                }
                continue;
            }
        };
        total = total.checked_add(last.take().unwrap_or(1) * scale)?;
    }
    total.checked_add(last.unwrap_or(0)).filter(|&n| n < 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, &str)]) {
        let traditional = super::super::wording::is_traditional(text);
        let rules = crate::ruleset::load(None).expect("built-in rules load");
        let found: Vec<(String, String)> = find(text, traditional, &Surroundings::new(&rules))
            .into_iter()
            .map(|(span, article)| (text[span.range()].to_owned(), article.reference))
            .collect();
        let expected: Vec<(String, String)> = expected.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn chains_ranges_and_lists() {
        reads("刑法第二百一十九条第一款第一项规定", &[("第二百一十九条第一款第一项", "a219.p1.i1")]);
        reads("本条例第二十七条第一项至第五项规定", &[("第二十七条第一项至第五项", "a27.i1-i5")]);
        reads("刑法第三条、第三十二条和第五条", &[("第三条", "a3"), ("第三十二条", "a32"), ("第五条", "a5")]);
        reads("第二十二条第(四)项、第(五)项", &[("第二十二条第(四)项", "a22.i4"), ("第(五)项", "i5")]);
        reads("依第一、二款所列手段", &[("第一、二款", "p1,p2")]);
        reads("刑法第一百二十条之一规定", &[("第一百二十条之一", "a120-1")]);
        reads("第五十八条第一款第（三）项及《", &[("第五十八条第一款第（三）项", "a58.p1.i3")]);
        reads("第十条第二款第（一）至（三）项的规定", &[("第十条第二款第（一）至（三）项", "a10.p2.i1-i3")]);
        reads("民法第十九条至第二十一条规定", &[("第十九条至第二十一条", "a19-a21")]);
    }

    #[test]
    fn in_taiwan_the_paragraph_is_called_an_item() {
        reads("修正公布第 20、27 條條文", &[("第 20、27 條", "a20,a27")]);
        reads("依本條例第六條第一項第二款規定", &[("第六條第一項第二款", "a6.p1.i2")]);
        reads("適用前條第二項至第六項規定", &[("前條第二項至第六項", "p2-p6")]);
        reads("修正公布第 2-1、3 條條文", &[("第 2-1、3 條", "a2-1,a3")]);
    }

    #[test]
    fn headings_ordinals_and_sessions_are_no_references() {
        reads("第三条　为了\n第 2 條\n第十二届全国人大第一次会议第一项议程\n第一章 总则", &[]);
        reads("“第一百二十条之一 资助恐怖活动", &[]);
    }
}
