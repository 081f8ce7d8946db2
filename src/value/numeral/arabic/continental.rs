//! Numbers as the continent of Europe writes them: 12,5 %, EUR 2,5 billion, 1.234,56 €, EUR 1.250.000, 12 345,67.
//!
//! A comma parts decimals there and a point or a blank groups of thousands. In English and Chinese texts a comma parts a
//! list ("Articles 2,3") or thousands, so what stands beside the number must show that it is one: a currency, a sign of
//! percent, a scale word or a unit.

use rust_decimal::Decimal;

use super::{Number, blanks};

/// What may stand behind such a number, whole words in lower case; symbols are looked for apart.
const WORDS_BEHIND: [&str; 63] = [
    "million",
    "billion",
    "thousand",
    "trillion",
    "bn",
    "mn",
    "percent",
    "per",
    "percentage",
    "pp",
    "euro",
    "euros",
    "eur",
    "gbp",
    "usd",
    "chf",
    "sek",
    "dkk",
    "pln",
    "czk",
    "tonnes",
    "tonne",
    "tons",
    "ton",
    "kg",
    "g",
    "mg",
    "t",
    "km",
    "m",
    "cm",
    "mm",
    "ha",
    "hectares",
    "hectare",
    "litres",
    "litre",
    "l",
    "ml",
    "kw",
    "mw",
    "gw",
    "tw",
    "kwh",
    "mwh",
    "gwh",
    "twh",
    "hours",
    "hour",
    "days",
    "weeks",
    "months",
    "years",
    "year",
    "degrees",
    "metres",
    "metre",
    "kilometres",
    "times",
    "kilograms",
    "ppm",
    "mtoe",
    "gt",
];

/// What may stand right before it.
const BEFORE: [&str; 9] = ["EUR", "€", "GBP", "£", "USD", "CHF", "SEK", "DKK", "PLN"];

/// A decimal holds no more groups of three digits.
const MOST_GROUPS: usize = 8;

/// The number whose first digit stands at `at`, and its end.
pub(super) fn read(text: &str, at: usize) -> Option<(usize, Number)> {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take(32).take_while(|b| b.is_ascii_digit()).count();
    let first = run(at);
    // Most numbers end here.
    let mark = *bytes.get(at + first)?;
    let wide = mark == 0xEF && bytes[at + first..].starts_with("，".as_bytes());
    if !(matches!(mark, b',' | b'.' | b' ') || wide) || first == 0 || first > 12 {
        return None;
    }
    if at > 0 && matches!(bytes[at - 1], b',' | b'.') && at > 1 && bytes[at - 2].is_ascii_digit() {
        return None;
    }
    if wide {
        return misprinted(text, at, first);
    }
    let (mut end, mut groups) = (at + first, 0);
    if first <= 3 && mark != b',' {
        while groups < MOST_GROUPS && bytes.get(end) == Some(&mark) && run(end + 1) == 3 {
            end += 4;
            groups += 1;
        }
    }
    let decimals = if bytes.get(end) == Some(&b',') { run(end + 1) } else { 0 };
    let whole_end = end;
    let zero = bytes[at] == b'0' && first == 1;
    match decimals {
        // 1.250.000
        0 if mark == b'.' && groups >= 2 && !bytes[end..].starts_with(b".") => {}
        1 | 2 => end += 1 + decimals,
        3..=6 if zero => end += 1 + decimals,
        _ => return None,
    }
    let goes_on = matches!(bytes.get(end), Some(b',' | b'.')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    if goes_on || bytes.get(end).is_some_and(|b| b.is_ascii_digit()) || !(behind(text, end) || before(text, at)) {
        return None;
    }
    let plain: String =
        text[at..whole_end].chars().filter(char::is_ascii_digit).chain(text[whole_end..end].chars()).collect();
    let number = Decimal::from_str_exact(&plain.replace(',', ".")).ok()?;
    Some((end, Number::Decimal(number)))
}

/// 62，6万辆: a full-width comma that should be a point, one digit and a scale or sign of percent behind it.
fn misprinted(text: &str, at: usize, first: usize) -> Option<(usize, Number)> {
    let behind = &text[at + first + '，'.len_utf8()..];
    let digit = behind.chars().next().filter(char::is_ascii_digit)?;
    let raised = behind[1..].starts_with(['万', '亿', '萬', '億', '%', '％']);
    let number = Decimal::from_str_exact(&format!("{}.{digit}", &text[at..at + first])).ok()?;
    (raised && first <= 4).then_some((at + first + '，'.len_utf8() + 1, Number::Decimal(number)))
}

fn behind(text: &str, end: usize) -> bool {
    let gap = end + blanks(&text.as_bytes()[end..]);
    let rest = &text[gap..];
    if rest.starts_with(['%', '‰', '€', '£', '℃', '°', '万', '亿', '％']) {
        return true;
    }
    let length = rest.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    let word = rest[..length].to_ascii_lowercase();
    (gap > end || length > 0) && WORDS_BEHIND.contains(&word.as_str())
}

fn before(text: &str, at: usize) -> bool {
    let left = text[..at].trim_end_matches([' ', '\u{a0}']);
    BEFORE
        .iter()
        .any(|mark| left.strip_suffix(mark).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphabetic())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_a_point_where_a_unit_says_so() {
        let value = |text: &str| {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            read(text, at).map(|(end, number)| (text[at..end].to_owned(), number.decimal().unwrap().to_string()))
        };
        for (text, said, number) in [
            ("12,5 % of it", "12,5", "12.5"),
            ("EUR 1,5 million", "1,5", "1.5"),
            ("EUR 2,50 a day", "2,50", "2.50"),
            ("0,125 tonnes", "0,125", "0.125"),
            ("1.234,56 €", "1.234,56", "1234.56"),
            ("EUR 1.250.000 in all", "1.250.000", "1250000"),
            ("EUR 12 345,67", "12 345,67", "12345.67"),
            ("产量62，6万辆", "62，6", "62.6"),
        ] {
            assert_eq!(value(text), Some((said.to_owned(), number.to_owned())), "{text}");
        }
        for text in ["Articles 2,3 and 4", "1,250 tonnes", "12,34,567 crore", "1.250 tonnes", "1.2.3 times", "3，5个"]
        {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
