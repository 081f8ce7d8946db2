//! Where in the document a sentence stands: heading, article, paragraph.
//!
//! A researcher's first question is "where does it say so?". 第二章 · 第二十一条 · ¶3 answers it; a byte offset
//! does not.

use std::sync::Arc;

use crate::{text::Heading, value::numeral};

/// The path to a place, carried from paragraph to paragraph.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Headings by level, outermost first.
    headings: Vec<(u8, Arc<str>)>,
    /// The headings in one line, where there are several.
    path: Option<Arc<str>>,
    article: Option<Arc<str>>,
    number: Option<u32>,
    /// Paragraphs since the article, or since the start.
    paragraph: u32,
}

/// A place in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Locator {
    /// Innermost heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Arc<str>>,
    /// All headings above, the outermost first: `第二编 物权 › 第一章 一般规定`; left out where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Arc<str>>,
    /// 第二十一条, Article 5, Sec. 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Arc<str>>,
    /// Paragraph within the article, or within the document where there are no articles; from 1.
    pub paragraph: u32,
}

impl Locator {
    /// In one line: `第二章 总则 · 第二十一条 · ¶3`.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = String::with_capacity(LONGEST_HEADING);
        for part in [&self.heading, &self.article].into_iter().flatten() {
            line.push_str(part);
            line.push_str(" · ");
        }
        line.push('¶');
        line.push_str(itoa::Buffer::new().format(self.paragraph));
        line
    }
}

const LONGEST_HEADING: usize = 120;

impl Outline {
    /// Takes note of the paragraph (a hard line of the flow) that begins here.
    pub fn enter(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        let marks = line.bytes().take_while(|&b| b == b'#').count();
        if marks > 0 && line.as_bytes().get(marks) == Some(&b' ') {
            self.heading(u8::try_from(marks).unwrap_or(6), line[marks..].trim());
            return;
        }
        if let Some((label, level)) = division(line) {
            if level == ARTICLE {
                self.number =
                    numeral::scan(label).first().and_then(|n| n.number).and_then(crate::value::Number::to_u32);
                self.article = Some(label.split_whitespace().collect::<Vec<_>>().join(" ").into());
                self.paragraph = 1;
            } else {
                self.heading(level, line);
            }
            return;
        }
        self.paragraph += 1;
    }

    /// Takes note of a heading that the format marks.
    pub fn enter_heading(&mut self, heading: &Heading, words: &str) {
        if division(words.trim()).is_none_or(|(_, level)| level != ARTICLE) {
            self.heading(heading.level, words.trim());
        }
    }

    fn heading(&mut self, level: u8, words: &str) {
        while self.headings.last().is_some_and(|(l, _)| *l >= level) {
            self.headings.pop();
        }
        let cut = words.floor_char_boundary(LONGEST_HEADING);
        self.headings.push((level, words[..cut].replace('\n', " ").into()));
        let several = || self.headings.iter().map(|(_, words)| &**words).collect::<Vec<_>>().join(" › ");
        self.path = (self.headings.len() > 1).then(|| several().into());
        self.article = None;
        self.number = None;
        self.paragraph = 0;
    }

    /// The place of the current paragraph.
    #[must_use]
    pub fn locator(&self) -> Locator {
        Locator {
            heading: self.headings.last().map(|(_, words)| words.clone()),
            path: self.path.clone(),
            article: self.article.clone(),
            paragraph: self.paragraph.max(1),
        }
    }

    /// Number of the current article, for references that leave it out.
    #[must_use]
    pub const fn article_number(&self) -> Option<u32> {
        self.number
    }
}

const ARTICLE: u8 = 200;

/// The label of a division at the start of a line, and its level.
fn division(line: &str) -> Option<(&str, u8)> {
    if line.starts_with('第') {
        let (at, mark) =
            line.char_indices().take(14).find(|(_, c)| matches!(c, '编' | '編' | '章' | '节' | '節' | '条' | '條'))?;
        let label = &line[..at + mark.len_utf8()];
        let inner = &line['第'.len_utf8()..at];
        let number = inner.chars().all(|c| c.is_ascii_digit() || " 〇零一二三四五六七八九十百千-之".contains(c))
            && !inner.trim().is_empty();
        let rest = &line[at + mark.len_utf8()..];
        let opens =
            rest.is_empty() || rest.starts_with([' ', '\u{3000}', '【', '（', '(', '：']) || rest.starts_with("之");
        if !number || !opens {
            return None;
        }
        return Some(match mark {
            '编' | '編' => (label, 101),
            '章' => (label, 102),
            '节' | '節' => (label, 103),
            _ => (label, ARTICLE),
        });
    }
    for (word, level) in [
        ("Article ", ARTICLE),
        ("Sec. ", ARTICLE),
        ("Section ", ARTICLE),
        ("Chapter ", 102),
        ("CHAPTER ", 102),
        ("Part ", 101),
        ("PART ", 101),
    ] {
        if let Some(rest) = line.strip_prefix(word) {
            let number = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
            let after = rest[number..].bytes().next();
            let short = number > 0
                && number < 9
                && rest.as_bytes()[0].is_ascii_alphanumeric()
                && !rest.as_bytes()[0].is_ascii_lowercase();
            if short
                && (after.is_none()
                    || after == Some(b'.')
                    || after == Some(b':')
                    || (level != ARTICLE && after == Some(b' ')))
            {
                return Some((&line[..word.len() + number], level));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_headings_make_a_path() {
        let mut outline = Outline::default();
        for line in ["# 数据安全法", "第二章 总则", "第二十一条 国家建立制度。", "各地区应当确定目录。"]
        {
            outline.enter(line);
        }
        assert_eq!(outline.locator().line(), "第二章 总则 · 第二十一条 · ¶2");
        assert_eq!(outline.article_number(), Some(21));
        assert!(division("第二十一条规定的行为").is_none());
        assert_eq!(division("Article 5"), Some(("Article 5", ARTICLE)));
        assert!(division("Section 301 of the Act").is_none());
    }
}
