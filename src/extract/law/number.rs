//! Numbers of documents: 国发〔2015〕50号, 国务院令第147号, 總統（69）台統（一）義字第 3786 號令.
//!
//! Each is anchored at its 号 and read to the left: number, year, issuing word. The left edge is the hard
//! part ("我院以法发〔2009〕60号", "12月18日中华人民共和国国务院令第707号"): a known issuer settles it,
//! else the run of Han characters is cut behind the last cue word.
//!
//! Always true: a number has one normal form, with 〔〕, Arabic digits and neither blanks nor 中华人民共和国.

mod code;
mod court;
mod foreign;
mod letter;
mod paper;
mod published;
mod serial;
mod year;

use memchr::memmem;

use self::{
    code::{office_behind_year, place_in_brackets, without_body},
    court::case_number,
    foreign::{States, foreign},
    serial::{Serial, joined},
    year::{year_before, year_in_brackets},
};
use super::wording::{Words, is_han, trim_blanks_end};
use crate::{ruleset::Ruleset, text::Span};

const STATE: &str = "中华人民共和国";
/// Longest issuing word, in characters.
const LONGEST_ISSUER: usize = 40;
/// How many numbers may stand between an announcement and one that names its body.
const LOOK_BACK: usize = 16;
/// Longest code of an issuer before the year (教外际, 国发改环资), in characters.
const LONGEST_CODE: usize = 12;
/// What the issuing word of a published number ends with.
const ORDERS: [&str; 3] = ["令", "公告", "通告"];
/// Last characters of the codes of issuers: 国发, 财税字, 银办函, 证监规.
const CODES: [char; 5] = ['发', '發', '字', '函', '规'];

pub(super) struct NumberGrammar {
    issuers: Words,
    /// Short names of bodies, which count beside the name of another one.
    short_issuers: Words,
    cues: Words,
    /// What the names of bodies end with.
    bodies: Words,
    /// Names of bodies with 和 in them, in two halves.
    joined: Vec<(Box<str>, Box<str>)>,
}

impl NumberGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let list = |name| Words::new(rules.list(name));
        Self {
            issuers: list("zh.law.issuers"),
            short_issuers: list("zh.law.short_issuers"),
            cues: list("zh.law.number_cues"),
            bodies: list("zh.law.body_endings"),
            joined: rules
                .list("zh.law.joined_bodies")
                .iter()
                .filter_map(|name| name.split_once('和').map(|(first, second)| (first.into(), second.into())))
                .collect(),
        }
    }

    /// All numbers with their normal forms, in text order.
    pub(super) fn find(&self, text: &str) -> Vec<(Span, String)> {
        let states = States::of(text);
        let mut found: Vec<(Span, String)> = Vec::new();
        let mut simple = memmem::find_iter(text.as_bytes(), "号").peekable();
        let mut traditional = memmem::find_iter(text.as_bytes(), "號").peekable();
        loop {
            let at = match (simple.peek(), traditional.peek()) {
                (Some(&a), Some(&b)) if a < b => simple.next(),
                (Some(_), None) => simple.next(),
                _ => traditional.next(),
            };
            let Some(at) = at else { break };
            let floor = found.last().map_or(0, |(span, _)| span.end());
            if let Some((span, norm)) = found.last_mut()
                && text[..span.end()].ends_with(['号', '號'])
                && let Some(number) = joined(&text[span.end()..at], &text[at + "号".len()..])
            {
                let mark = if norm.ends_with('號') { '號' } else { '号' };
                *norm = format!("{norm}, {number}{mark}");
                *span = Span::of(span.start(), at + "号".len());
                continue;
            }
            // 调查机关发布2025年第1号公告 is of the body whose announcement was named before.
            let issued = |word: &str| {
                let earlier = found.iter().rev().take(LOOK_BACK);
                let mut named = earlier.filter_map(|(_, norm)| norm.split_once(word));
                named.find(|(body, _)| !body.is_empty()).map(|(body, _)| body.to_owned())
            };
            if let Some(number) = self.read(&states, floor, at, &issued) {
                found.push(number);
            }
        }
        foreign::unmarked(&states, &mut found);
        let read = found.len();
        paper::files(text, &mut found);
        if found.len() > read {
            found.sort_by_key(|(span, _)| span.start());
        }
        found
    }

    /// The number whose 号 stands at `at`; nothing before `floor` belongs to it.
    fn read(
        &self,
        states: &States<'_>,
        floor: usize,
        at: usize,
        issued: &dyn Fn(&str) -> Option<String>,
    ) -> Option<(Span, String)> {
        let text = states.text();
        let from = text.floor_char_boundary(at.saturating_sub(240)).max(floor);
        let left = &text[from..at];
        let end = at + "号".len();
        if let Some(number) = foreign(states, from, left, end) {
            return Some(number);
        }
        if let Some(number) = paper::paper(text, from, left, end) {
            return Some(number);
        }
        let serial = Serial::before(left)?;
        let rest = trim_blanks_end(&left[..serial.start], 4);
        if let Some(number) = case_number(text, from, left, &serial, end) {
            return Some(number);
        }
        if let Some(rest) = rest.strip_suffix("字第") {
            return self.letter(text, from, rest, &left[serial.start..], serial.value, end);
        }
        // 深市监处罚〔2024〕福田123号
        if let Some(office) = office_behind_year(rest)
            && let Some((year, open)) = year_in_brackets(&rest[..rest.len() - office.len()])
            && let Some((start, code)) = self.code(&rest[..open])
        {
            return Some((
                Span::of(from + start, end),
                format!("{code}〔{year}〕{office}{}号", left[serial.start..].trim()),
            ));
        }
        let ordinal = rest.ends_with('第');
        let rest = trim_blanks_end(rest.strip_suffix('第').unwrap_or(rest), 6);
        if let Some((year, open)) = year_in_brackets(rest) {
            // 〔2024〕0713号 keeps its nought, and 〔2024〕152024007890号 is longer than a number that is counted.
            let digits = left[serial.start..].trim_end();
            let whole = digits.starts_with('0') || serial.value.is_none();
            let value = match serial.value {
                _ if whole && digits.bytes().all(|b| b.is_ascii_digit()) => digits.to_owned(),
                value => value?.to_string(),
            };
            // A decision carries its number on the line below its name.
            let alone = |before: &str| {
                before.is_empty() && from == 0 || before.ends_with('\n') && !is_order(before.trim_end_matches('\n'))
            };
            if rest[open..].starts_with('〔')
                && !ordinal
                && alone(&rest[..open])
                && (text[end..].is_empty() || text[end..].starts_with('\n'))
            {
                return Some((Span::of(from + open, end), format!("〔{year}〕{value}号")));
            }
            let (start, code) = self.code(&rest[..open])?;
            let start = from + start;
            // 中国人民银行令〔2021〕第3号
            let ordinal = if ordinal && code.ends_with('令') { "第" } else { "" };
            return Some((Span::of(start, end), format!("{code}〔{year}〕{ordinal}{value}号")));
        }
        let value = serial.value?;
        // 立法院議案關係文書　院總第20號　委員提案第11013872號
        const BILLS: [&str; 4] = ["院總", "委員提案", "政府提案", "黨團提案"];
        if ordinal && let Some(word) = BILLS.into_iter().find(|word| rest.ends_with(word)) {
            return Some((Span::of(from + rest.len() - word.len(), end), format!("{word}第{value}號")));
        }
        if let Some((year, open)) = year_before(rest) {
            let issuer = trim_blanks_end(&rest[..open], 4);
            // 海关总署公告（2024年第12号）
            if let Some(issuer) = issuer.strip_suffix(['（', '(']).filter(|_| ordinal)
                && let issuer = trim_blanks_end(issuer, 4)
                && let Some(close) = text[end..].chars().next().filter(|c| matches!(c, '）' | ')'))
                && let Some(word) = ["公告", "通告", "令"].into_iter().find(|w| issuer.ends_with(w))
                && let Some((start, body)) = self.issuer(&issuer[..issuer.len() - word.len()])
            {
                let norm = format!("{}{word}{year}年第{value}号", body.replace(STATE, ""));
                return Some((Span::of(from + start, end + close.len_utf8()), norm));
            }
            if ordinal {
                // 商务部公告2024年第5号, 国家发展改革委2024年第21号令
                let words = ["公告", "通告", "令"];
                // 2025年第58號法律公告 of Hong Kong
                if text[end..].starts_with("法律公告") {
                    let norm = format!("{year}年第{value}號法律公告");
                    return Some((Span::of(from + open, end + "法律公告".len()), norm));
                }
                let (word, left, end) = match words.into_iter().find(|w| issuer.ends_with(w)) {
                    Some(word) => (word, &issuer[..issuer.len() - word.len()], end),
                    None => {
                        let word = words.into_iter().find(|w| text[end..].starts_with(w))?;
                        let end = end + word.len();
                        if word == "公告"
                            && let Some(body) = self.published(issuer, &|| issued(word))
                        {
                            return Some((Span::of(from + open, end), format!("{body}公告{year}年第{value}号")));
                        }
                        (word, issuer, end)
                    }
                };
                let (start, body) = self.issuer(left)?;
                let norm = format!("{}{word}{year}年第{value}号", body.replace(STATE, ""));
                return Some((Span::of(from + start, end), norm));
            }
            let code = match issuer {
                _ if !text[end..].starts_with("文件") => return None,
                _ if issuer.ends_with("国务院办公厅") => ("国务院办公厅", "国办发"),
                _ if issuer.ends_with("国务院") => ("国务院", "国发"),
                _ => return None,
            };
            let span = Span::of(from + issuer.len() - code.0.len(), end + "文件".len());
            return Some((span, format!("{}〔{year}〕{value}号", code.1)));
        }
        // 国务院745号令
        if !ordinal
            && text[end..].starts_with('令')
            && let Some(body) = self.issuers.ending(rest)
        {
            let span = Span::of(from + rest.len() - body.len(), end + "令".len());
            return Some((span, format!("{body}令第{value}号")));
        }
        if ordinal {
            let rest = rest.strip_suffix(['（', '(']).map_or(rest, |r| trim_blanks_end(r, 4));
            if let Some(word) = ["令", "公告", "通告"].into_iter().find(|w| rest.ends_with(w)) {
                let bracketed = rest.len() < left.len() && left[rest.len()..].contains(['（', '(']);
                let end = if bracketed {
                    end + text[end..].chars().next().filter(|c| matches!(c, '）' | ')'))?.len_utf8()
                } else {
                    end
                };
                let left = &rest[..rest.len() - word.len()];
                // （国令第803号）
                if word == "令"
                    && let Some(before) = left.strip_suffix('国')
                    && (!before.ends_with(is_han) || self.cues.ending(before).is_some())
                {
                    return Some((Span::of(from + before.len(), end), format!("国务院令第{value}号")));
                }
                let (start, body) = self.issuer(left)?;
                let norm = format!("{}{word}第{value}号", body.replace(STATE, ""));
                return Some((Span::of(from + start, end), norm));
            }
            // 签署第766号国务院令
            if let Some(body) = self.issuers.opening(&text[end..])
                && text[end + body.len()..].starts_with('令')
            {
                let norm = format!("{}令第{value}号", body.replace(STATE, ""));
                return Some((Span::of(from + rest.len(), end + body.len() + "令".len()), norm));
            }
            // 北京市人民政府第15号令, 海关总署第35号公告
            if let Some(word) = ["令", "公告"].into_iter().find(|w| text[end..].starts_with(w)) {
                let known = word == "令" || self.issuers.ending(rest).is_some();
                let (start, body) = self.issuer(rest).filter(|_| known)?;
                let norm = format!("{}{word}第{value}号", body.replace(STATE, ""));
                return Some((Span::of(from + start, end + word.len()), norm));
            }
        }
        None
    }

    /// The issuing word at the end of `left`, before blanks, and where it begins: a known body with the state's name, or the
    /// run behind the last cue.
    fn issuer<'t>(&self, left: &'t str) -> Option<(usize, &'t str)> {
        let left = trim_blanks_end(left, 4);
        let run = self.run(left, LONGEST_ISSUER);
        let body = match self.issuers.ending(left) {
            Some(known) => {
                let mut start = left.len() - known.len();
                // A province or city before a body that every place has (北京市 人民政府) belongs to it.
                if left[..start].ends_with(['省', '市', '区', '县', '州']) {
                    start = left.len() - run.len();
                }
                if left[..start].ends_with(STATE) {
                    start -= STATE.len();
                }
                // 商务部、海关总署公告2023年第23号 has several issuers.
                &left[self.joined_issuers(left, start)..]
            }
            // 原国家发展计划委员会令第1号 is of a body that has another name now.
            None => {
                let renamed = |body: &&str| self.bodies.ending(body).is_some() && !body.ends_with("政府");
                run.strip_prefix('原').filter(renamed).unwrap_or(run)
            }
        };
        (body.chars().count() >= 2).then_some((left.len() - body.len(), body))
    }

    /// The code before a bracketed year, and where it begins.
    fn code<'t>(&self, left: &'t str) -> Option<(usize, &'t str)> {
        let whole = left;
        // 教育部令 〔2020〕第46号, and on the line below; a blank behind other words parts them from the year.
        let left = trim_blanks_end(whole, 4);
        let gap = &whole[left.len()..];
        if !gap.is_empty() && !is_order(left) && (gap.contains('\n') || !left.ends_with(CODES)) {
            return None;
        }
        // 中国证券监督管理委员会江苏监管局行政处罚决定书〔2024〕9号
        let named = ["决定书", "告知书", "通知书", "意见书"].iter().any(|word| left.ends_with(word));
        let run = self.run(left, if named { LONGEST_ISSUER } else { LONGEST_CODE });
        // 中国人民银行 国家金融监督管理总局令〔2025〕第11号
        if let Some(word) = ORDERS.into_iter().find(|word| run.ends_with(word))
            && let before = &left[..left.len() - word.len()]
            && let Some(body) = self.issuers.ending(before).or_else(|| self.short_issuers.ending(before))
            && let start = left.len() - word.len() - body.len()
            && let joined = self.joined_issuers(left, start)
            && joined < start
        {
            return Some((joined, &left[joined..]));
        }
        let run = if named { run } else { without_body(run) };
        (!run.is_empty()).then(|| (left.len() - run.len(), run))
    }

    /// Whether 和 stands within the name of a body: 林业和草原.
    fn is_within_body(&self, before: &str, behind: &str) -> bool {
        self.joined.iter().any(|(first, second)| before.ends_with(&**first) && behind.starts_with(&**second))
    }

    /// The Han characters at the end of `left`, behind the last cue word.
    fn run<'t>(&self, left: &'t str, most: usize) -> &'t str {
        let mut start = left.len();
        let mut bracket = usize::MAX;
        for (i, c) in left.char_indices().rev().take(most) {
            let upto = i + c.len_utf8();
            if i >= bracket {
                continue;
            }
            if start < left.len()
                && let Some(open) = place_in_brackets(&left[..upto])
            {
                (start, bracket) = (open, open);
                continue;
            }
            // 和 of 中华人民共和国 joins nothing, nor does that of 国家林业和草原局.
            let state = matches!(c, '和')
                && (left[upto..].starts_with(['国', '國']) && left[..i].ends_with(['共'])
                    || self.is_within_body(&left[..i], &left[upto..]));
            let economy = c == '经' && code::is_economy(&left[..i], &left[upto..]);
            if !is_han(c) || !state && !economy && self.cues.ending(&left[..upto]).is_some() {
                break;
            }
            let dated = matches!(c, '日' | '年' | '月')
                && left[..i].ends_with(|d: char| d.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(d));
            if dated {
                break;
            }
            start = i;
        }
        &left[start..]
    }
}

/// Whether the issuing word of a published number ends there.
fn is_order(before: &str) -> bool {
    ORDERS.iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(grammar: &NumberGrammar, text: &str, words: &str, norm: &str) {
        let found = grammar.find(text).into_iter().map(|(span, norm)| (&text[span.range()], norm));
        assert_eq!(found.collect::<Vec<_>>(), [(words, norm.to_owned())], "{text}");
    }

    #[test]
    fn blanks_before_a_year_in_brackets_move_nothing() {
        let grammar = NumberGrammar::new(&crate::ruleset::load(None).expect("built-in rules load"));
        for blank in ["", " ", "  ", "\n"] {
            for (body, rest, norm) in [
                ("中国人民银行令", "〔2021〕第3号", "中国人民银行令〔2021〕第3号"),
                ("教育部、公安部令", "[2020] 第46号", "教育部、公安部令〔2020〕第46号"),
                ("交通运输部令", "〔2020〕4号", "交通运输部令〔2020〕4号"),
                ("财政部公告", "（2021年第3号）", "财政部公告2021年第3号"),
                ("财政部令", "（2021年第3号）", "财政部令2021年第3号"),
            ] {
                let text = format!("按照{body}{blank}{rest}执行");
                finds(&grammar, &text, &format!("{body}{blank}{rest}"), norm);
            }
        }
    }

    #[test]
    fn blanks_before_the_kind_of_number_move_nothing() {
        let grammar = NumberGrammar::new(&crate::ruleset::load(None).expect("built-in rules load"));
        for blank in ["", " ", "  ", "   ", "\n"] {
            for (body, rest, norm) in [
                ("国务院", "令第748号", "国务院令第748号"),
                ("财政部", "公告2020年第90号", "财政部公告2020年第90号"),
                ("北京市人民政府", "第15号令", "北京市人民政府令第15号"),
            ] {
                let text = format!("按照{body}{blank}{rest}执行");
                finds(&grammar, &text, &format!("{body}{blank}{rest}"), norm);
            }
        }
    }
}
