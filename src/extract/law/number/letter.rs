//! Numbers of letters: 總統華總一義字第 09600087281 號令, 司法院釋字第603號解釋, 109年度台上字第2160號.
//!
//! Everything that is glued together before 字第 belongs to such a number, the year of a court's case too.
//!
//! Always true: the normal form has the serial in Arabic digits.

use super::{LONGEST_ISSUER, NumberGrammar, year::year_of_republic};
use crate::{
    extract::law::{
        article,
        wording::{blanks, is_han},
    },
    text::Span,
};

/// Of cases that a court of Taiwan counts by the year without saying 年度: 97年台上字第2000號.
const CASES: [&str; 12] = ["台上", "臺上", "台抗", "臺抗", "台非", "臺非", "台再", "判", "裁", "上", "訴", "抗"];

impl NumberGrammar {
    /// 總統華總一義字第 09600087281 號令: everything that is glued together belongs to it.
    pub(super) fn letter(
        &self,
        text: &str,
        from: usize,
        left: &str,
        serial: &str,
        value: Option<u32>,
        end: usize,
    ) -> Option<(Span, String)> {
        // 勞動部勞動條 2  字第
        let unit = left.trim_end_matches(' ').trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(' ');
        let unit = if left.len() - unit.len() <= 6 { unit } else { left };
        let mut start = unit.len();
        let mut depth = 0_u8;
        for (i, c) in unit.char_indices().rev().take(LONGEST_ISSUER) {
            match c {
                '）' | ')' | '〕' | ']' => depth += 1,
                // 编号为（2025）东行复字第88号 begins with its year.
                '（' | '(' | '〔' | '[' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 && self.cues.ending(&left[..i]).is_some() {
                        start = i;
                        break;
                    }
                }
                _ if depth > 0 && (is_han(c) || c.is_ascii_digit()) => {}
                // 業經行政院…, but 經濟部 and 經國營字.
                '經' if !is_by(&left[..i], &left[i + c.len_utf8()..]) => {}
                // 行政院台87法字第14021號
                _ if c.is_ascii_digit() && is_year_of_letters(&left[..i + 1]) => {}
                '日' | '年' | '月' | '以' | '依' | '據' | '按' | '經' | '又' | '及' => break,
                _ if is_han(c) => {}
                _ => break,
            }
            start = i;
        }
        if depth > 0 || start == unit.len() {
            return None;
        }
        start = begin(left, start);
        // 為落實司法院釋字第803號解釋
        if left.ends_with('釋')
            && let Some(court) = left[start..].rfind("司法院")
        {
            start += court;
        }
        let behind = &text[end..];
        let gap = blanks(behind, 8);
        let mut tail = ["書函", "公告", "令", "函"].into_iter().find(|w| behind[gap..].starts_with(w));
        // 司法院釋字第603號解釋, 憲法法庭111年憲判字第13號判決
        let spoken = [("釋", "解釋"), ("憲判", "判決"), ("憲裁", "裁定")];
        tail = tail.or_else(|| {
            let fits = |(unit, word): &(&str, &str)| left[start..].ends_with(unit) && behind.starts_with(word);
            spoken.into_iter().find(fits).map(|(_, word)| word)
        });
        if matches!(&left[start..], "憲判" | "憲裁")
            && let Some((_, year)) = year_of_republic(&left[..start])
        {
            let court = ["憲法法庭", ""].into_iter().find(|court| left[..year].ends_with(court)).unwrap_or_default();
            start = year - court.len();
        }
        let mut digits: String = serial.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        if digits.is_empty() {
            digits = value?.to_string();
        }
        let whole = tail.map_or(end, |w| end + gap + w.len());
        Some((
            Span::of(from + start, whole),
            format!(
                "{}字第{digits}{}{}",
                left[start..].replace(' ', ""),
                &text[end - "号".len()..end],
                tail.unwrap_or_default()
            ),
        ))
    }
}

/// Whether a text ends with the year of the Republic behind 台 or 臺, which the letters of an office begin with: 台87法字.
fn is_year_of_letters(left: &str) -> bool {
    let before = left.trim_end_matches(|c: char| c.is_ascii_digit());
    left.len() - before.len() <= 3 && before.ends_with(['台', '臺'])
}

/// Where a number begins whose letters stand behind `start`.
fn begin(left: &str, start: usize) -> usize {
    let number = |c: char| c.is_ascii_digit() || article::is_numeral(c);
    let letters = &left[start..];
    // 109年度台上字第2160號: a court counts its cases by the year.
    if letters.starts_with('度')
        && let Some(before) = left[..start].strip_suffix('年')
    {
        return before.trim_end_matches(' ').trim_end_matches(number).len();
    }
    if let Some(before) = left[..start].strip_suffix('年').filter(|_| CASES.contains(&letters)) {
        let year = before.trim_end_matches(number);
        return if (1..=4).contains(&before[year.len()..].chars().count()) { year.len() } else { start };
    }
    // （二）本院釋字第四四三號解釋 stands in a list.
    let labelled = letters.starts_with(['（', '(']).then(|| letters.find(['）', ')'])).flatten();
    // （2009）民申字第1065号 has its year there.
    let label = |close: &usize| {
        let inside = &letters[..*close];
        let inside = &inside[inside.chars().next().map_or(0, char::len_utf8)..];
        // (83)台財融字 has its year there, too.
        let year = inside.parse::<u32>().is_ok_and(|year| year >= 40);
        inside.chars().all(number) && inside.chars().count() <= 2 && !year
    };
    let rest = match labelled.filter(label) {
        Some(close) => letters[close..].trim_start_matches(['）', ')']),
        None => letters,
    };
    let rest = rest.strip_prefix("本院").filter(|rest| !rest.is_empty()).unwrap_or(rest);
    if rest.is_empty() { start } else { left.len() - rest.len() }
}

/// Whether 經 says by whom something was decided (業經行政院…) and is no part of a body or a code (經濟部經工字).
fn is_by(before: &str, behind: &str) -> bool {
    const BODIES: [&str; 6] = ["行政院", "總統", "立法院", "司法院", "考試院", "監察院"];
    before.ends_with(['業', '并', '並', '前', '已', '曾', '應', '須', '未', '嗣', '復'])
        || BODIES.iter().any(|body| behind.starts_with(body))
}
