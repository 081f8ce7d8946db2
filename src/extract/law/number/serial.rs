//! The digits right before 号, and the second number of 第147号、第148号.

use super::super::{
    article,
    wording::{is_han, trim_blanks_end},
};

/// The digits right before 号.
pub(super) struct Serial {
    pub(super) start: usize,
    pub(super) value: Option<u32>,
}

impl Serial {
    pub(super) fn before(left: &str) -> Option<Self> {
        let trimmed = trim_blanks_end(left, 8);
        let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '\n'));
        let digits = &trimmed[digits.len()..];
        let blank = digits.len() - digits.trim_start().len();
        let whole = !trimmed[..trimmed.len() - digits.len()].ends_with(|c: char| c.is_ascii_uppercase() || c == '-');
        if whole && digits.len() > blank && digits.len() < 40 {
            let start = trimmed.len() - digits.len() + blank;
            return Some(Self { start, value: trimmed[start..].parse().ok() });
        }
        // 第 0950088554C 號, 第 091B000138 號, 第 0910077839-3 號
        let of_number = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, ' ' | '\n' | '-');
        let lettered = trimmed.trim_end_matches(of_number);
        let number = trimmed[lettered.len()..].trim_start();
        let others = number.bytes().filter(|b| b.is_ascii_uppercase() || *b == b'-').count();
        if number.starts_with(|c: char| c.is_ascii_digit()) && (5..24).contains(&number.len()) && others <= 2 {
            return Some(Self { start: trimmed.len() - number.len(), value: None });
        }
        let han = trimmed.trim_end_matches(article::is_numeral);
        (han.len() < trimmed.len()).then(|| Self { start: han.len(), value: article::han_value(&trimmed[han.len()..]) })
    }
}

/// 国务院令第147号、第148号: between two 号 of one issuing word, the second number.
pub(super) fn joined(between: &str, behind: &str) -> Option<String> {
    let rest = ["、", "和", "及", "与", "以及"].iter().find_map(|joint| between.strip_prefix(joint))?;
    let digits = rest.strip_prefix('第').unwrap_or(rest);
    // 京国土〔2015〕12号和3号地块 has one number.
    let goes_on =
        behind.starts_with(is_han) && !behind.starts_with(['文', '等', '和', '及', '与', '的', '修', '令', '公']);
    if digits.is_empty() || digits.len() == rest.len() && goes_on {
        return None;
    }
    let ordinal = &rest[..rest.len() - digits.len()];
    let value = match digits.parse::<u32>() {
        Ok(value) => value,
        Err(_) if digits.chars().all(article::is_numeral) => article::han_value(digits)?,
        Err(_) => return None,
    };
    Some(format!("{ordinal}{value}"))
}
