//! Word lists held against the edges of a stretch of text: does it end in a head noun, open with a cue?
//!
//! 道路交通安全法实施条例 ends in 条例, 依刑事訴訟法 opens with 依; both lists are edited by people who know
//! policy and grow to hundreds of words, so a look at an edge must not walk through the list.
//!
//! Always true: the longest word wins, and a look costs as many comparisons as there are words with that
//! edge character, whatever the text.

use rustc_hash::FxHashMap;

/// Words looked for at the end or at the start of a text.
#[derive(Debug, Default)]
pub struct Words {
    by_last: FxHashMap<char, Vec<Box<str>>>,
    by_first: FxHashMap<char, Vec<Box<str>>>,
}

impl Words {
    /// From a list of the rule files.
    #[must_use]
    pub fn new<S: AsRef<str>>(list: &[S]) -> Self {
        let mut words = Self::default();
        for word in list.iter().map(AsRef::as_ref) {
            if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
                words.by_first.entry(first).or_default().push(word.into());
                words.by_last.entry(last).or_default().push(word.into());
            }
        }
        for list in words.by_first.values_mut().chain(words.by_last.values_mut()) {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        words
    }

    /// The longest word with which the text ends.
    #[must_use]
    pub fn ending<'s>(&'s self, text: &str) -> Option<&'s str> {
        let words = self.by_last.get(&text.chars().next_back()?)?;
        words.iter().find(|w| text.ends_with(&***w)).map(|w| &**w)
    }

    /// The longest word with which the text opens.
    #[must_use]
    pub fn opening<'s>(&'s self, text: &str) -> Option<&'s str> {
        let words = self.by_first.get(&text.chars().next()?)?;
        words.iter().find(|w| text.starts_with(&***w)).map(|w| &**w)
    }
}

/// The first byte of a kind at or behind a place, or the end: where there are few, stretches without any are passed
/// over many bytes at a time.
#[must_use]
pub(super) fn next_byte(bytes: &[u8], mut at: usize, of_kind: impl Fn(&u8) -> bool) -> usize {
    const STRETCH: usize = 64;
    while let Some(stretch) = bytes.get(at..at + STRETCH) {
        if stretch.iter().fold(false, |any, b| any | of_kind(b)) {
            break;
        }
        at += STRETCH;
    }
    bytes.get(at..).and_then(|rest| rest.iter().position(of_kind)).map_or(bytes.len(), |n| at + n)
}

/// Whether a character is Han (with the circle that serves as a zero).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// The title without bracketed additions at its end: （试行）, (2018修正), （2020－2025年）.
#[must_use]
pub fn without_additions(title: &str) -> &str {
    let mut title = title.trim_end();
    for _ in 0..4 {
        let open = match title.chars().next_back() {
            Some('）') => title.rfind('（'),
            Some(')') => title.rfind('('),
            _ => None,
        };
        let Some(open) = open.filter(|&open| open > 0) else { break };
        title = title[..open].trim_end();
    }
    title
}

/// The title without a bracket that tells its history, its number or how much of it follows: 私募条例（2023-09-01施行）, 登山管理办法（1991年7月13日
/// 国务院批准）, 性別平等工作法（原名性別工作平等法）.
#[must_use]
pub fn without_history(title: &str) -> &str {
    const TOLD: [&str; 10] = ["施行", "批准", "公布", "发布", "發布", "颁布", "頒布", "通过", "通過", "订立"];
    let open = match title.chars().next_back() {
        Some('）') => title.rfind('（'),
        Some(')') => title.rfind('('),
        _ => None,
    };
    let Some(open) = open.filter(|&open| open > 0) else { return title };
    let (bare, note) = (title[..open].trim_end(), title[open..].trim_matches([' ', '（', '(', '）', ')']));
    let dated = note.starts_with(|c: char| c.is_ascii_digit() || "一二〇○零民中".contains(c));
    // 关于某项目的批复（苏环审〔2024〕18号）
    let number = note.ends_with(['号', '號']) && note.contains(['〔', '[', '令']);
    let part = ["节选", "節選", "摘录", "摘錄", "摘要", "全文"].contains(&note);
    if number || part || note.starts_with("原名") || dated && TOLD.iter().any(|word| note.ends_with(word)) {
        bare
    } else {
        title
    }
}

/// A title in canonical spelling: no line ends, no blanks beside Han characters, inner marks as 《》.
#[must_use]
pub fn canonical_spelling(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut blank = false;
    for c in title.chars() {
        let c = match c {
            '〈' | '<' => '《',
            '〉' | '>' => '》',
            c if c.is_whitespace() => {
                blank = true;
                continue;
            }
            c => c,
        };
        if blank && c.is_ascii() && out.ends_with(|l: char| l.is_ascii()) && !out.is_empty() {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    out
}

/// Length of the blanks with which the text opens: spaces and line ends, at most `most` bytes.
#[must_use]
pub fn blanks(text: &str, most: usize) -> usize {
    text.bytes().take(most).take_while(|b| matches!(b, b' ' | b'\n' | b'\t')).count()
}

/// The text without blanks at its end, of which at most `most` bytes are dropped.
#[must_use]
pub fn trim_blanks_end(text: &str, most: usize) -> &str {
    let blanks = text.bytes().rev().take(most).take_while(|b| matches!(b, b' ' | b'\n' | b'\t')).count();
    &text[..text.len() - blanks]
}

/// Whether the text is written in traditional characters, by a sample of its beginning: what is sixteen ahead wins.
#[must_use]
pub fn is_traditional(text: &str) -> bool {
    let sample = &text[..text.floor_char_boundary(6_000)];
    let mut balance = 0_i32;
    for c in sample.chars() {
        match c {
            '條' | '國' | '規' | '為' | '與' | '會' | '對' | '應' | '時' | '機' | '關' | '項' | '請' | '處' => {
                balance += 1
            }
            '条' | '国' | '规' | '为' | '与' | '会' | '对' | '应' | '时' | '机' | '关' | '项' | '请' | '处' => {
                balance -= 1
            }
            _ => continue,
        }
        if balance.abs() >= 16 {
            break;
        }
    }
    balance > 0
}

/// A whole number below a hundred thousand, in either kind of digits.
#[must_use]
pub fn han_or_arabic(words: &str) -> Option<u32> {
    if words.is_empty() {
        return None;
    }
    if words.bytes().all(|b| b.is_ascii_digit()) {
        words.parse().ok().filter(|&n| n < 100_000)
    } else {
        super::article::han_value(words)
    }
}

/// The number of a Roman numeral in small letters: 2 of "ii"; "i", "v" and "x" alone may be letters.
pub(crate) fn small_roman(label: &str) -> Option<u32> {
    let sound = label.len() > 1 && label.bytes().all(|b| b"ivx".contains(&b));
    sound.then(|| roman(&label.to_ascii_uppercase()))?
}

/// The number that Roman numerals up to C write.
pub fn roman(number: &str) -> Option<u32> {
    if number.is_empty() || !is_roman(number) {
        return None;
    }
    let worth = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 100,
    };
    let (mut sum, mut highest) = (0_u32, 0);
    for byte in number.bytes().rev() {
        let n = worth(byte);
        if n < highest {
            sum = sum.checked_sub(n)?;
        } else {
            highest = n;
            sum += n;
        }
    }
    Some(sum)
}

/// Whether a word is made of the letters of Roman numerals.
pub fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| b"IVXLC".contains(&b)) && word.len() <= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_edge() {
        let words = Words::new(&["法", "办法", "依", "依据"]);
        assert_eq!(words.ending("管理办法"), Some("办法"));
        assert_eq!(words.opening("依据刑法"), Some("依据"));
        assert_eq!(words.ending(""), None);
    }

    #[test]
    fn additions_are_taken_off_and_titles_spelt_in_one_way() {
        assert_eq!(without_additions("刑法修正案（十二）"), "刑法修正案");
        assert_eq!(without_additions("（试行）"), "（试行）");
        assert_eq!(without_history("登山管理办法（1991年7月13日国务院批准）"), "登山管理办法");
        assert_eq!(without_history("关于某项目的批复（苏环审〔2024〕18号）"), "关于某项目的批复");
        assert_eq!(without_history("管理办法（2018年修订）"), "管理办法（2018年修订）");
        assert_eq!(canonical_spelling("关于修改〈刑 法〉\n\n的决定 A B"), "关于修改《刑法》的决定A B");
    }
}
