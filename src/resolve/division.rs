//! Where divisions stand: which words tie 第三条 to a law, what a bare 第三項 leaves out, which article is being read.
//!
//! "適用前條第二項至第六項" in article 29 means article 28, and only the heading 第 29 條 three lines above says so.
//!
//! Always true: an inherited reference keeps the divisions above it and replaces its own level and those below.

use std::cell::OnceCell;

use memchr::memmem;

use crate::{extract::law::wording, value::Kind};

/// Whether nothing but marks and joints stand between an instrument (or a reference) and what points into it.
pub(super) fn is_beside(gap: &str, kind: Kind, parts: &[String]) -> bool {
    let gap = gap.trim_matches(['》', '〉', '>', '”', '」', ' ', '》', '*']);
    // 民法典侵权责任编第七章
    if gap.is_empty() || parts.iter().any(|part| part == gap) {
        return true;
    }
    if kind == Kind::ArticleRef {
        return matches!(gap, "、" | "，" | "," | "和" | "及" | "或" | "或者" | "以及" | "与" | "與" | "至" | "第");
    }
    // 财税〔2016〕36号附件3第一条
    let annex = ["文件附件", "附件", "附表"].iter().find_map(|annex| gap.strip_prefix(annex));
    if annex.is_some_and(|number| number.chars().count() <= 2 && number.chars().all(is_han_digit)) {
        return true;
    }
    // 国税函〔2009〕777号文件第一条
    if kind == Kind::DocNumber && matches!(gap, "文件" | "文" | "通知" | "公告") {
        return true;
    }
    // 《X法》（以下简称《法》）第三条
    gap.len() < 240 && gap.starts_with(['（', '(']) && gap.ends_with(['）', ')']) && is_bracketed(gap)
        || matches!(gap, "的" | "之" | "中" | "中的" | "（" | "(")
}

/// Whether all of it stands in brackets: （第240章）第13條訂明收費。(b) is none that belong to a title.
fn is_bracketed(gap: &str) -> bool {
    let mut depth = 0_usize;
    gap.chars().all(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                return true;
            }
            _ => {}
        }
        depth > 0 || c == ' '
    })
}

/// Whether the words between a division and a name, or a division of what is named later, say that it is a division of it.
pub(super) fn is_of(gap: &str, kind: Kind) -> bool {
    let gap = gap.trim().trim_end_matches(['“', '"', '《', '‘', '*', '[']).trim_end();
    // "sections 403 (42 U.S.C. 5170b), 502 (42 U.S.C. 5192), and 503 (42 U.S.C. 5193) of the Stafford Act"
    if kind != Kind::CodeRef && gap.starts_with('(') && gap.len() < 160 {
        return without_citations(gap).is_some_and(|gap| is_of(&gap, kind));
    }
    // "paragraph (a) of the definition firearm in subsection 84(1)"
    if kind == Kind::ArticleRef
        && gap.len() < 100
        && gap.starts_with("of the definition ")
        && gap.ends_with(" in")
        && !gap.contains(['.', ';', '\n'])
    {
        return true;
    }
    // "Paragraph 3 of Article 53; and Article 58 of the Act"
    // "under Art. 87, read with Article 47, of the Labour Contract Law"
    if kind == Kind::ArticleRef
        && matches!(
            gap,
            ";" | "; and" | "; or" | "of, and" | "to, and" | "read with" | ", read with" | ", read together with"
        )
    {
        return true;
    }
    matches!(
        gap,
        "of" | "of the"
            | "under"
            | "under the"
            | "to"
            | "to the"
            | "in"
            | "in the"
            | ","
            | "of that"
            | "of, the"
            | "to, the"
            | ""
            | ", of the"
            | "and"
            | "or"
            | ", and"
            | "and of"
            | ", of"
    ) || gap.len() < 40
        && gap.starts_with("of ")
        // "Section 1201 of WRDA 2020 and Section 8 of the WIIN Act"
        && !(gap.contains(" and ") && ["ection ", "rticle ", "§"].iter().any(|unit| gap.contains(unit)))
        && (gap.ends_with(" of the") || gap.ends_with(" of") || gap.ends_with("'s") || gap.ends_with("’s"))
        || kind != Kind::ArticleRef && (is_told(gap) || is_put_into(gap))
}

/// Words between "of the" and a name that tell which edition is meant: "Article 44 of the revised Anti-Espionage Law".
const TOLD: [&str; 19] = [
    "revised", "amended", "new", "newly", "current", "proposed", "draft", "existing", "old", "former", "original",
    "same", "said", "updated", "recently", "then", "present", "PRC", "Chinese",
];

fn is_told(gap: &str) -> bool {
    let Some(rest) = ["of ", "under ", "in "].iter().find_map(|of| gap.strip_prefix(of)) else { return false };
    let mut words = rest.split_whitespace();
    let first = words.next().unwrap_or_default();
    let owned =
        matches!(first, "the" | "this" | "that" | "its" | "their") || first.ends_with("'s") || first.ends_with("’s");
    owned && rest.len() < 60 && words.all(|word| TOLD.contains(&word) || word.len() == 4 && word.parse::<u16>().is_ok())
}

/// "Article 20 was added to the Cybersecurity Law".
fn is_put_into(gap: &str) -> bool {
    let gap = gap.strip_suffix(" the").unwrap_or(gap);
    let verb = ["was ", "is ", "were ", "are ", "has been ", "have been ", "be "]
        .iter()
        .find_map(|verb| gap.strip_prefix(verb));
    matches!(
        verb.unwrap_or(gap),
        "added to"
            | "included in"
            | "inserted into"
            | "inserted in"
            | "contained in"
            | "set out in"
            | "set forth in"
            | "laid down in"
            | "newly added to"
    )
}

/// The words without the brackets in them and the numbers that these part; `None` where something else stands there.
fn without_citations(gap: &str) -> Option<String> {
    let mut rest = gap;
    loop {
        let inside = rest.strip_prefix('(')?;
        let (bracket, behind) = inside.split_once(')')?;
        if bracket.contains('(') && !bracket.contains("U.S.C") && !bracket.contains("USC") {
            return None;
        }
        // "(42 U.S.C. 1395w(a))" has brackets of its own.
        let mut behind = behind;
        for _ in 0..bracket.matches('(').count() {
            behind = behind.split_once(')')?.1;
        }
        let next = behind.trim_start_matches(|c: char| c == ' ' || c == '\n' || c == ',' || c.is_ascii_digit());
        let next = next
            .strip_prefix("and ")
            .map_or(next, |next| next.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()));
        if !next.starts_with('(') {
            return Some(next.to_owned());
        }
        rest = next;
    }
}

/// What of an earlier reference stands above a later one: `a22` of `a22.i4` for `i5`.
pub(super) fn above(before: &str, reference: &str) -> Option<String> {
    let rank = |part: &str| {
        ["part", "chapter", "section", "a", "p", "i", "m"].iter().position(|l| {
            part.trim_end_matches(|c: char| !c.is_ascii_alphabetic()).starts_with(l)
                && part[l.len()..].starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let lowest = rank(reference.split('.').next()?)?;
    let kept: Vec<&str> = before.split('.').take_while(|part| rank(part).is_some_and(|r| r < lowest)).collect();
    // Of 第三条、第五条 and 第(二)项 the last article is meant.
    (!kept.is_empty()).then(|| kept.join("."))
}

/// The number of an article, with that of one put in behind it later: 第 31-2 條, 第一百二十条之一.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleNumber {
    number: u32,
    sub: Option<u32>,
}

impl ArticleNumber {
    /// The article before it, as far as numbers tell: 前條 of 第 31-2 條 is 第 31-1 條.
    pub(super) fn before(self) -> Option<Self> {
        match self.sub {
            Some(sub) if sub > 1 => Some(Self { sub: Some(sub - 1), ..self }),
            Some(_) => Some(Self { sub: None, ..self }),
            None => self.number.checked_sub(1).filter(|&number| number > 0).map(|number| Self { number, sub: None }),
        }
    }
}

impl std::fmt::Display for ArticleNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a{}", self.number)?;
        self.sub.map_or(Ok(()), |sub| write!(f, "-{sub}"))
    }
}

/// The articles whose headings stand in a text: 第三条　…, and from where on.
pub(super) struct Headings {
    articles: Vec<(usize, ArticleNumber)>,
    /// Where the paragraphs of articles begin, with their numbers; found out when it is asked.
    paragraphs: OnceCell<Vec<(usize, u32)>>,
}

impl Headings {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Vec::new();
        for at in memmem::find_iter(text.as_bytes(), "第") {
            let before = text[..at].trim_end_matches([' ', '\u{3000}', '#', '*']);
            if !(before.is_empty() || before.ends_with('\n')) {
                continue;
            }
            if let Some(number) = heading(&text[at + "第".len()..]) {
                found.push((at, number));
            }
        }
        Self { articles: found, paragraphs: OnceCell::new() }
    }

    /// The article in which `at` stands; before the first heading, the one before that.
    pub(super) fn at(&self, at: usize) -> Option<ArticleNumber> {
        let next = self.articles.partition_point(|&(start, _)| start <= at);
        match next.checked_sub(1) {
            Some(i) => Some(self.articles[i].1),
            None => self.articles.first().and_then(|&(_, article)| article.before()),
        }
    }

    pub(super) fn last(&self) -> Option<ArticleNumber> {
        self.articles.last().map(|&(_, article)| article)
    }

    /// Which paragraph of its article a place stands in; its items belong to it.
    pub(super) fn paragraph(&self, text: &str, at: usize) -> Option<u32> {
        let paragraphs = self.paragraphs.get_or_init(|| self.paragraphs_of(text));
        let next = paragraphs.partition_point(|&(start, _)| start <= at);
        next.checked_sub(1).map(|last| paragraphs[last].1)
    }

    /// Each line of an article is a paragraph, but not （一）…, and not what goes on in the middle of a sentence.
    fn paragraphs_of(&self, text: &str) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        let (mut next, mut number, mut ended) = (0, 0, true);
        let mut start =
            self.articles.first().map_or(text.len(), |&(first, _)| text[..first].rfind('\n').map_or(0, |n| n + 1));
        while start < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length);
            let line = text[start..end].trim_matches([' ', '\u{3000}', '\t', '#', '*', '\r']);
            let headed = self.articles.get(next).is_some_and(|&(article, _)| article < end);
            if headed {
                next += 1;
                let rest = line.split_once(['条', '條']).map_or("", |(_, rest)| rest);
                // The number of 第二十条之一 and a name in brackets are no text.
                let bare = rest.strip_prefix('之').map_or(rest, |rest| rest.trim_start_matches(is_han_digit));
                let bare = bare.trim_start_matches([' ', '\u{3000}', '*']);
                let named = bare.starts_with(['（', '(', '【', '〔']) && bare.ends_with(['）', ')', '】', '〕']);
                number = u32::from(!bare.is_empty() && !named);
            } else if line.is_empty() || is_item(line) {
                ended |= !line.is_empty();
                start = end + 1;
                continue;
            } else if ended {
                number += 1;
            }
            found.push((start, number));
            ended = number == 0 || line.ends_with(['。', '：', '；', ':', ';', '”', '」', '）', '…', '，']);
            start = end + 1;
        }
        found
    }
}

/// Whether a line is an item of a list: （一）, 一、, 1., (2).
fn is_item(line: &str) -> bool {
    let inside = line.trim_start_matches(['（', '(', '“', '「']);
    let label = inside.trim_start_matches(is_han_digit);
    label.len() < inside.len() && label.starts_with(['、', '）', ')', '.', '．', ' ', '\u{3000}'])
}

fn is_han_digit(c: char) -> bool {
    c.is_ascii_digit() || "零〇一二三四五六七八九十百".contains(c)
}

/// The number of the article with whose heading a text opens, behind its 第.
fn heading(text: &str) -> Option<ArticleNumber> {
    let (number, behind) = leading_number(text)?;
    if let Some(sub) = behind.strip_prefix('-') {
        let (sub, behind) = leading_number(sub)?;
        return behind.starts_with(['条', '條']).then_some(ArticleNumber { number, sub: Some(sub) });
    }
    let behind = behind.strip_prefix(['条', '條'])?;
    let sub = behind.strip_prefix('之').and_then(leading_number).map(|(sub, _)| sub);
    Some(ArticleNumber { number, sub })
}

/// The number with which a text opens, and what follows it.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(' ');
    let digit = |c: &char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(*c);
    let length = text.chars().take(8).take_while(digit).map(char::len_utf8).sum();
    let (number, behind) = text.split_at(length);
    Some((wording::han_or_arabic(number)?, behind.trim_start_matches(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_the_lines_of_an_article_that_are_no_items() {
        let text = "第五条　甲：\n（一）乙；\n（二）丙。\n丁。\n第 6 條\n戊：\n一、己\n庚跨\n行。\n辛。\n第七条之一　壬。\n癸。";
        let headings = Headings::of(text);
        let at = |words: &str| headings.paragraph(text, text.find(words).unwrap()).unwrap();
        assert_eq!(
            [at("甲"), at("丙"), at("丁"), at("戊"), at("己"), at("庚"), at("行"), at("辛")],
            [1, 1, 2, 1, 1, 2, 2, 3]
        );
        assert_eq!([at("壬"), at("癸")], [1, 2]);
        assert_eq!(Headings::of("甲\n乙").paragraph("甲\n乙", 4), None);
    }

    #[test]
    fn only_brackets_stand_between_a_title_and_its_article() {
        let beside = |gap| is_beside(gap, Kind::Law, &[]);
        assert!(beside("》（以下简称《法》（草案））") && beside("》（第374章）（《主體條例》）") && beside("》"));
        assert!(beside("》附件2") && !beside("》附件所列"));
        assert!(!beside("》（第240章）訂明收費。\n(b)"));
    }

    #[test]
    fn articles_put_in_later_keep_their_second_number() {
        let text = "第 31-2 條\n本文\n第一百二十条之一　有下列\n第 5 條\n";
        let headings = Headings::of(text);
        let at = |words: &str| headings.at(text.find(words).unwrap()).unwrap().to_string();
        assert_eq!([at("本文"), at("有下列")], ["a31-2", "a120-1"]);
        assert_eq!(headings.last().unwrap().to_string(), "a5");
        let before = |text| heading(text).unwrap().before().unwrap().to_string();
        assert_eq!([before("31-2 條"), before("31-1條"), before("九条")], ["a31-1", "a31", "a8"]);
    }
}
