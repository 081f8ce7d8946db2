//! The amendments to the criminal law by their numbers: 刑法修正案（八）, 刑法修正案八, 刑法第十二修正案, 刑修（十一）, 刑九.
//!
//! There is one without a number, of 1999, which the letters 刑法修正案 alone mean; a number behind them is never left out, or 刑法
//! 修正案（十三） would be that one.
//!
//! Always true: 刑九 counts only where no word goes on with it (刑八年, 刑一庭, 死刑二次).

use memchr::memmem;

use super::wording::{han_or_arabic, is_han};
use crate::text::Span;

/// More than there will be for long.
const MOST: u32 = 40;
/// How a number is written.
const DIGITS: &str = "一二三四五六七八九十";

/// The number of the amendment that a title names.
#[must_use]
pub fn number(title: &str) -> Option<u32> {
    let title = title.strip_prefix("中华人民共和国").unwrap_or(title);
    let digits = if let Some(rest) = title.strip_prefix("刑法第") {
        rest.strip_suffix("修正案")?
    } else {
        let rest = ["刑法修正案", "刑修", "刑"].iter().find_map(|lead| title.strip_prefix(lead))?;
        let bare = |open, close| rest.strip_prefix(open)?.strip_suffix(close);
        bare('（', '）').or_else(|| bare('(', ')')).unwrap_or(rest).trim_matches(' ')
    };
    han_or_arabic(digits).filter(|number| (1..=MOST).contains(number))
}

/// A number up to forty in Han characters.
#[must_use]
pub fn in_han(number: u32) -> String {
    let digit = |n: u32| DIGITS.chars().nth(n.saturating_sub(1) as usize).filter(|_| n > 0);
    let tens = match number / 10 {
        0 => None,
        1 => Some("十".to_owned()),
        tens => digit(tens).map(|tens| format!("{tens}十")),
    };
    tens.into_iter().chain(digit(number % 10).map(String::from)).collect()
}

/// The amendments that a text names with their numbers.
pub(super) fn find(text: &str, out: &mut Vec<Span>) {
    for at in memmem::find_iter(text.as_bytes(), "刑") {
        if let Some(end) = end(text, at) {
            out.push(Span::of(at, end));
        }
    }
}

/// Where the name of an amendment ends that begins at `at`.
fn end(text: &str, at: usize) -> Option<usize> {
    let behind = &text[at..];
    let numeral = |rest: &str| {
        let length = rest.chars().take(4).take_while(|&c| c.is_ascii_digit() || DIGITS.contains(c));
        length.map(char::len_utf8).sum::<usize>()
    };
    if let Some(rest) = behind.strip_prefix("刑法第") {
        let end = at + "刑法第".len() + numeral(rest) + "修正案".len();
        return text.get(at..end).and_then(number).map(|_| end);
    }
    let lead = ["刑法修正案", "刑修", "刑"].into_iter().find(|lead| behind.starts_with(lead))?;
    let rest = &behind[lead.len()..];
    if lead.len() > "刑".len()
        && let Some(inside) = rest.strip_prefix(['（', '('])
    {
        let close = numeral(inside);
        let mark = inside[close..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        let end = at + behind.len() - inside.len() + close + mark.len_utf8();
        return number(&text[at..end]).map(|_| end);
    }
    let end = at + lead.len() + numeral(rest);
    number(&text[at..end])?;
    let (before, after) = (&text[..at], &text[end..]);
    // 刑法修正案三审稿, 刑法修正案2015年…
    const GOES_ON: &str = "年月日个庭条條款项項审讀读稿次部组局科类级大等";
    if after.starts_with(|c: char| GOES_ON.contains(c) || c.is_ascii_digit()) {
        return None;
    }
    if lead == "刑" {
        const BEFORE: &str = "于由在经按从从与和及将的是自对把";
        const AFTER: &str = "》”，。、；）新修将对的规增第施实出通生草设和与中规调";
        let named = rest.starts_with(['八', '九', '十']);
        let apart = before.chars().next_back().is_none_or(|c| !is_han(c) || BEFORE.contains(c));
        if !named || !apart || !(after.is_empty() || after.starts_with(|c: char| AFTER.contains(c))) {
            return None;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_read_in_every_spelling() {
        for (title, read) in [
            ("刑法修正案（八）", Some(8)),
            ("中华人民共和国刑法修正案(十二)", Some(12)),
            ("刑法修正案12", Some(12)),
            ("刑法第十二修正案", Some(12)),
            ("刑修（十一）", Some(11)),
            ("刑九", Some(9)),
            ("刑法修正案", None),
            ("刑法修正案（草案）", None),
            ("刑法", None),
        ] {
            assert_eq!(number(title), read, "{title}");
        }
        assert_eq!([8, 10, 12, 20, 31].map(in_han), ["八", "十", "十二", "二十", "三十一"]);
    }

    #[test]
    fn names_stand_in_texts() {
        let named = |text: &str| {
            let mut found = Vec::new();
            find(text, &mut found);
            found.into_iter().map(|span| text[span.range()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(named("根据刑法修正案八和刑法第十二修正案第三条"), ["刑法修正案八", "刑法第十二修正案"]);
        assert_eq!(named("醉驾入刑始于刑八。刑修（十一）"), ["刑八", "刑修（十一）"]);
        assert!(named("判刑八年，刑法修正案三审稿，刑法修正案（草案）第三条，死刑九人，刑十一庭").is_empty());
    }
}
