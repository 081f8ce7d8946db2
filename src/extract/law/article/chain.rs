//! One reference as it is read: 第三十六条第一款第二项, 第三、五项, 第 3-1、38-2～38-6 條.
//!
//! A chain is a list of parts, each a level with its numbers; 第 may be left out before the second number of a list.
//!
//! Always true: the parts of a chain descend, and a part has at most 64 numbers.

use std::fmt::Write;

use super::Usage;

/// Levels of division, higher first; the wire form's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Part,
    Division,
    Chapter,
    Section,
    Article,
    Paragraph,
    Item,
    Subitem,
}

impl Level {
    pub(super) fn letters(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Division => "div",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Article => "a",
            Self::Paragraph => "p",
            Self::Item => "i",
            Self::Subitem => "m",
        }
    }

    pub(super) fn of(unit: char, usage: Usage) -> Option<Self> {
        Some(match unit {
            '编' | '編' => Self::Part,
            '部' if usage == Usage::HongKong => Self::Part,
            '章' => Self::Chapter,
            '节' | '節' => Self::Section,
            '条' | '條' => Self::Article,
            '項' if usage == Usage::HongKong => Self::Item,
            '項' => Self::Paragraph,
            '款' if usage == Usage::Taiwan => Self::Item,
            '款' => Self::Paragraph,
            '项' => Self::Item,
            '目' => Self::Subitem,
            _ => return None,
        })
    }
}

/// One reference from its first 第 on, or from its number where 第 is left out.
pub(super) struct Chain {
    pub(super) parts: Vec<Part>,
    pub(super) end: usize,
    pub(super) bracketed: bool,
}

/// 第三、五项 or 第一项至第五项 of a chain.
pub(super) struct Part {
    pub(super) level: Level,
    pub(super) numbers: Vec<Number>,
    /// What an article's number has more: `.2` of 第1.2条, `A` of 第60A條, `.p1.ia` of 第23(1)(a)條.
    detail: String,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) struct Number {
    from: u32,
    sub: Option<u32>,
    to: Option<(u32, Option<u32>)>,
}

impl Chain {
    /// Whether it has one number only, as headings do.
    pub(super) fn is_single(&self) -> bool {
        matches!(&*self.parts, [part] if matches!(&*part.numbers, [number] if number.to.is_none()))
    }

    pub(super) fn read(text: &str, at: usize, usage: Usage) -> Option<Self> {
        let (part, mut end, bracketed) = match text[at..].strip_prefix('§') {
            Some(rest) => Part::read_marked(text, text.len() - rest.len())?,
            None => Part::read(text, at, usage)?,
        };
        let mut chain = Self { parts: vec![part], end, bracketed };
        loop {
            let gap = text[end..].bytes().take(3).take_while(|&b| b == b' ').count();
            let mut next = end + gap;
            // 第四條第三項但書第一款
            if let Some(behind) = super::without_aside(&text[next..]).filter(|behind| behind.starts_with('第')) {
                next = text.len() - behind.len();
            }
            if text[next..].starts_with('第')
                && let Some((part, after, _)) = Part::read(text, next, usage)
                && chain.parts.last().is_some_and(|last| last.level < part.level)
            {
                chain.parts.push(part);
                end = after;
                chain.end = end;
                continue;
            }
            // 第72条1、3款, 197条1款
            if text[next..].starts_with(|c: char| c.is_ascii_digit())
                && let Some((part, after, _)) = Part::read(text, next, usage)
                && part.level > Level::Article
                && chain.parts.last().is_some_and(|last| last.level < part.level && last.level >= Level::Article)
            {
                chain.parts.push(part);
                end = after;
                chain.end = end;
                continue;
            }
            if let Some((part, after)) = Part::read_in_brackets(text, next, usage)
                && chain.parts.last().is_some_and(|last| last.level < part.level && last.level >= Level::Article)
            {
                chain.parts.push(part);
                end = after;
                chain.end = end;
                continue;
            }
            if let Some((part, after)) = Part::read_letter(text, next, usage)
                && chain.parts.last().is_some_and(|last| last.level < part.level && last.level >= Level::Article)
            {
                chain.parts.push(part);
                chain.end = after;
            }
            break;
        }
        chain.read_on_without_ordinal(text, usage);
        let behind = &text[chain.end..];
        if let Some(rest) = behind.strip_prefix('至').or_else(|| behind.strip_prefix('到'))
            && rest.starts_with('第')
            && let Some((to, after, _)) = Part::read(text, text.len() - rest.len(), usage)
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
    fn read_on_without_ordinal(&mut self, text: &str, usage: Usage) {
        while let Some(rest) = text[self.end..].strip_prefix(['、', '和', '及', '或'])
            && let Some((from, after)) = number(text, text.len() - rest.len())
            && let Some(unit) = text[after..].chars().next()
            && let Some(last) = self.parts.last_mut()
            && last.level == Level::Article
            && Level::of(unit, usage) == Some(Level::Article)
            && last.numbers.last().is_some_and(|before| before.from < from)
            && last.numbers.len() < 64
        {
            let (sub, end) = subarticle(text, after + unit.len_utf8());
            last.numbers.push(Number { from, sub, to: None });
            self.end = end;
        }
    }

    pub(super) fn reference(&self) -> String {
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
            out.push_str(&part.detail);
        }
        out
    }
}

impl Part {
    fn plain(level: Level, numbers: Vec<Number>) -> Self {
        Self { level, numbers, detail: String::new() }
    }

    /// 577 of §577, an article as lawyers write it.
    fn read_marked(text: &str, at: usize) -> Option<(Self, usize, bool)> {
        let (from, after) = number(text, at + spaces(text, at))?;
        let (sub, after) = suffix(text, after).map_or((None, after), |(sub, after)| (Some(sub), after));
        Some((Self::plain(Level::Article, vec![Number { from, sub, to: None }]), after, false))
    }

    /// （三）项 without its 第, behind an article or a paragraph.
    fn read_in_brackets(text: &str, at: usize, usage: Usage) -> Option<(Self, usize)> {
        let (from, after) = text[at..].starts_with(['（', '(']).then(|| number_in_brackets(text, at))??;
        let unit = text[after..].chars().next()?;
        let level = Level::of(unit, usage).filter(|level| *level > Level::Article)?;
        Some((Self::plain(level, vec![Number { from, sub: None, to: None }]), after + unit.len_utf8()))
    }

    /// （b）项, a項, 第(ii)项 behind an article or a paragraph.
    fn read_letter(text: &str, at: usize, usage: Usage) -> Option<(Self, usize)> {
        const LONGEST: usize = 4;
        let rest = text[at..].strip_prefix('第').unwrap_or(&text[at..]);
        let inside = rest.strip_prefix(['（', '(']).unwrap_or(rest);
        let letters = &inside[..inside.bytes().take(LONGEST).take_while(u8::is_ascii_lowercase).count()];
        let mut behind = &inside[letters.len()..];
        if inside.len() < rest.len() {
            behind = behind.strip_prefix(['）', ')'])?;
        }
        let unit = behind.chars().next().filter(|_| !letters.is_empty())?;
        let level = match unit {
            // Letters are items wherever the text is from.
            '項' | '项' | '款' => Level::Item,
            _ => Level::of(unit, usage).filter(|level| *level > Level::Article)?,
        };
        let detail = format!("{}{letters}", level.letters());
        let end = text.len() - behind.len() + unit.len_utf8();
        Some((Self { level, numbers: Vec::new(), detail }, end))
    }

    /// 第 … 条 from its 第 on, or from its number where 第 is left out: the part, where it ends, and whether its numbers
    /// stand in brackets.
    fn read(text: &str, at: usize, usage: Usage) -> Option<(Self, usize, bool)> {
        let mut here = at + if text[at..].starts_with('第') { "第".len() } else { 0 };
        let mut numbers: Vec<Number> = Vec::new();
        let mut bracketed = false;
        loop {
            here += spaces(text, here);
            bracketed |= text[here..].starts_with(['（', '(']);
            let (from, after) = number_in_brackets(text, here)?;
            here = after;
            numbers.push(Number { from, sub: None, to: None });
            if let [_] = numbers[..]
                && let Some((detail, after)) = detail(text, here)
            {
                return Some((Self { level: Level::Article, numbers, detail }, after, bracketed));
            }
            here += spaces(text, here);
            if usage == Usage::HongKong && text[here..].starts_with("分部") {
                return Some((Self::plain(Level::Division, numbers), here + "分部".len(), bracketed));
            }
            let unit = text[here..].chars().next()?;
            if let Some(level) = Level::of(unit, usage) {
                here += unit.len_utf8();
                if matches!(level, Level::Chapter | Level::Article | Level::Subitem) {
                    let (sub, after) = subarticle(text, here);
                    if let (Some(sub), Some(last)) = (sub, numbers.last_mut()) {
                        last.sub = Some(sub);
                        here = after;
                    }
                }
                return Some((Self::plain(level, numbers), here, bracketed));
            }
            if let Some((second, after)) = suffix(text, here)
                && numbers.last().is_some_and(|last| usage != Usage::Mainland || second <= last.from)
            {
                numbers.last_mut()?.sub = Some(second);
                here = after + spaces(text, after);
            }
            let rest = &text[here..];
            if let Some(dash) = DASHES.into_iter().find(|&dash| rest.starts_with(dash)) {
                let behind = here + dash.len_utf8();
                let behind = behind + spaces(text, behind);
                let behind = behind + if text[behind..].starts_with('第') { "第".len() } else { 0 };
                let (second, after) = number_in_brackets(text, behind + spaces(text, behind))?;
                let (sub, after) = suffix(text, after).map_or((None, after), |(sub, after)| (Some(sub), after));
                numbers.last_mut()?.to = Some((second, sub));
                here = after + spaces(text, after);
            }
            let unit = text[here..].chars().next()?;
            if let Some(level) = Level::of(unit, usage) {
                return Some((Self::plain(level, numbers), here + unit.len_utf8(), bracketed));
            }
            let rest = &text[here..];
            // 第三十六条第（四）（五）项
            let side_by_side = bracketed && rest.starts_with(['（', '(']);
            if side_by_side && numbers.len() < 64 {
                continue;
            }
            let joint = ["、第", "、", "，", ",", "及", "和", "或"].into_iter().find(|j| rest.starts_with(j))?;
            here += joint.len();
            if numbers.len() >= 64 {
                return None;
            }
        }
    }
}

/// What an article's number has more before its 条, and where that ends: 第734.9(h)条, 第60A條, 第23(1)(a)條.
fn detail(text: &str, at: usize) -> Option<(String, usize)> {
    const DEEPEST: usize = 4;
    let mut detail = String::new();
    let mut end = at;
    let capitals = text[end..].bytes().take(3).take_while(u8::is_ascii_uppercase).count();
    // 德國刑法第315c條
    let small = capitals == 0 && text[end..].starts_with(|c: char| c.is_ascii_lowercase());
    let letters = if small { 1 } else { capitals };
    detail.push_str(&text[end..end + letters]);
    end += letters;
    for _ in 0..DEEPEST {
        let digits =
            text[end..].strip_prefix('.').map_or(0, |rest| rest.bytes().take(4).take_while(u8::is_ascii_digit).count());
        if digits == 0 {
            break;
        }
        detail.push_str(&text[end..=end + digits]);
        end += digits + 1;
    }
    let dotted = detail.contains('.');
    for level in 0..DEEPEST {
        let Some(rest) = text[end..].strip_prefix(['(', '（']) else { break };
        let inside = &rest[..rest.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count()];
        let close = rest[inside.len()..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
        if inside.is_empty() {
            return None;
        }
        // 第40(1AA)條: a paragraph put in later
        let numbered = inside.trim_end_matches(|c: char| c.is_ascii_uppercase()).bytes().all(|b| b.is_ascii_digit())
            && inside.starts_with(|c: char| c.is_ascii_digit());
        let _ = write!(detail, ".{}{inside}", if level == 0 && numbered && !dotted { 'p' } else { 'i' });
        end = text.len() - rest.len() + inside.len() + close.len_utf8();
    }
    let unit = text[end..].chars().next().filter(|c| matches!(c, '条' | '條'))?;
    (end > at).then(|| (detail, end + unit.len_utf8()))
}

/// What stands between the ends of a range.
const DASHES: [char; 7] = ['-', '－', '–', '—', '～', '~', '至'];

/// -2 behind a number: 第 38-2 條.
fn suffix(text: &str, at: usize) -> Option<(u32, usize)> {
    let behind = at + text[at..].strip_prefix('-').map(|_| 1)?;
    number_in_brackets(text, behind + super::super::wording::blanks(&text[behind..], 4))
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
pub(in crate::extract::law) fn is_numeral(c: char) -> bool {
    matches!(c, '十' | '百' | '千') || (digit(c).is_some() && !c.is_ascii())
}

/// The value of a digit in either script.
pub(in crate::extract::law) fn digit(c: char) -> Option<u32> {
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
pub(in crate::extract::law) fn han_value(words: &str) -> Option<u32> {
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
