//! Numbers of courts' cases: （2020）最高法民终1号, （2024）京01民初字第56号.
//!
//! They begin with the year in brackets, which stands behind the code in every other number.
//!
//! Always true: the code is that of a court of the mainland, with the type of case at its end.

use super::{Serial, year::year_in_brackets};
use crate::{
    extract::law::{
        article,
        wording::{is_han, trim_blanks_end},
    },
    text::Span,
};

/// Of a court's number, between year and serial: the longest code of the court and its type of case, in characters.
const LONGEST_COURT: usize = 16;
/// Last characters of types of cases: 民初, 刑终, 行申, 执异, 知民终.
const CASE_TYPES: &str = "初终再申监抗提审执异复恢保破赔辖督催撤清特协调更救委字";

/// With what the code of a court begins: 最高法, the army's, a province.
pub(super) const PLACES: &str = "最军兵京津沪渝冀晋蒙内辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇藏陕甘青宁新";

/// （2020）最高法民终1号, (2021)京73民终789号之一: year, court, type of case, serial.
pub(super) fn case_number(text: &str, from: usize, left: &str, serial: &Serial, end: usize) -> Option<(Span, String)> {
    let before = left[..serial.start].trim_end_matches(' ');
    // （2024）京01民初字第56号
    let (before, word) = before.strip_suffix("字第").map_or((before, ""), |before| (before, "字第"));
    if !before.ends_with(|c| CASE_TYPES.contains(c)) || before.ends_with('字') {
        return None;
    }
    let court = before.char_indices().rev().take(LONGEST_COURT).take_while(|&(_, c)| is_han(c) || c.is_ascii_digit());
    let start = court.last()?.0;
    let (year, open) = year_in_brackets(trim_blanks_end(&before[..start], 2))?;
    let court = &before[start..];
    let of_a_place = court.starts_with(|c| PLACES.contains(c)) || court.bytes().any(|b| b.is_ascii_digit());
    if court.chars().count() < 2 || !court.starts_with(is_han) || !of_a_place {
        return None;
    }
    let behind = &text[end..];
    let sub: usize = match behind.strip_prefix('之') {
        Some(rest) if !rest.starts_with("一审") => {
            rest.chars().take(1).filter(|&c| article::is_numeral(c)).map(char::len_utf8).sum()
        }
        _ => 0,
    };
    let whole = end + if sub > 0 { "之".len() + sub } else { 0 };
    let number = &left[serial.start..];
    Some((
        Span::of(from + open, whole),
        format!("（{year}）{court}{word}{}{}", number.trim(), &text[end - "号".len()..whole]),
    ))
}
