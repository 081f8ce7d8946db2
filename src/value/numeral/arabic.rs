//! Digits: groups, decimals, and the scale word behind them (1，181.7万, 10 000 000, 36.2 billion, 3亿5000万).

use rust_decimal::Decimal;

use super::{Number, Numeral, Style, blanks, english, han, power, word_length};
use crate::text::Span;

/// The numeral whose first digit stands at `at`.
pub(super) fn parse(text: &str, at: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let glued = at > 0
        && (bytes[at - 1].is_ascii_alphabetic()
            || (at > 1 && bytes[at - 1] == b'-' && bytes[at - 2].is_ascii_alphabetic()));
    let (plain_end, digits) = digits(bytes, at);
    if plain_end == at {
        // .12.8 opens like a decimal and is none.
        return None;
    }
    let mut end = plain_end;
    let mut number = value(&bytes[at..end]);
    let mut modifier = None;
    let mut exponent = 0;
    if let Some(scale) = han::scale(text, end) {
        end = scale.end;
        modifier = scale.modifier;
        exponent = scale.exponent;
        number = number.and_then(|n| n.times(power(scale.exponent)));
        // 3亿5000万: a smaller amount may follow a scale at once.
        if exponent > 0 && bytes.get(end).is_some_and(u8::is_ascii_digit) && modifier.is_none() {
            let (more, _) = self::digits(bytes, end);
            if let Some(rest) = han::scale(text, more).filter(|s| s.exponent > 0 && s.exponent < scale.exponent) {
                let addend = value(&bytes[end..more]).and_then(|n| n.times(power(rest.exponent)));
                number = number.zip(addend).and_then(|(a, b)| a.plus(b));
                end = rest.end;
                modifier = rest.modifier;
                exponent = 0;
            } else if exponent >= 4
                && let Some(rest) = value(&bytes[end..more])
                    .filter(|rest| rest.decimal().is_some_and(|d| d < power(exponent) && d >= power(exponent - 1)))
            {
                // 3万4000
                number = number.and_then(|n| n.plus(rest));
                end = more;
                exponent = 0;
            }
        }
    } else if let Some((found, stop)) = english::scale(text, end) {
        end = stop;
        exponent = found;
        number = number.and_then(|n| n.times(power(exponent)));
        if let Some((more, value)) = number.and_then(|n| smaller_scales(text, end, exponent, n)) {
            end = more;
            number = Some(value);
            exponent = 0;
        }
    }
    if let Some(stop) = number.and_then(|n| repeated_in_words(text, end, n)) {
        end = stop;
    }
    Some(Numeral {
        span: Span::of(at, end),
        number,
        style: Style::Arabic,
        digits: if end == plain_end { digits } else { 0 },
        modifier,
        scale: u8::try_from(exponent).unwrap_or(u8::MAX),
        glued,
    })
}

/// "4 thousand 3 hundred and 21": smaller scales behind a scale word, and units behind the last of them.
fn smaller_scales(text: &str, mut end: usize, scale: u32, mut total: Number) -> Option<(usize, Number)> {
    let bytes = text.as_bytes();
    let (mut smallest, mut chained) = (scale, scale == 2);
    let mut found = None;
    while smallest > 0 {
        let mut at = end + blanks(&bytes[end..]);
        let joined = text[at..].starts_with("and ");
        if joined {
            at += 4;
        }
        if at == end || !bytes.get(at).is_some_and(u8::is_ascii_digit) {
            break;
        }
        let (stop, _) = digits(bytes, at);
        let Some(addend) = value(&bytes[at..stop]).filter(|n| *n != Number::whole(0)) else { break };
        let (exponent, stop) = match english::scale(text, stop) {
            Some((exponent, stop)) if exponent < smallest => (exponent, stop),
            None if joined && chained && addend.decimal()? < power(smallest) => (0, stop),
            _ => break,
        };
        total = total.plus(addend.times(power(exponent))?)?;
        (smallest, chained, end) = (exponent, true, stop);
        found = Some((end, total));
    }
    found
}

/// `(forty-five)` after 45: end of the bracket where the words in it say the same.
fn repeated_in_words(text: &str, at: usize, number: Number) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = bracket(bytes, at, "(", "（")?;
    let word = english::parse(text, open, word_length(&bytes[open..])).filter(|w| w.number == Some(number))?;
    bracket(bytes, word.span.end(), ")", "）")
}

/// End of the digits from `at`, with groups and one decimal point; the count where there is neither.
fn digits(bytes: &[u8], at: usize) -> (usize, u8) {
    let run = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(at);
    let mut end = first;
    if first - at <= 3 {
        // One kind of separator throughout: 27，203，319，000 · 10 000 000 · 2,785
        let comma = if bytes[end..].starts_with("，".as_bytes()) { "，".as_bytes() } else { &b","[..] };
        for separator in [comma, &b" "[..]] {
            let mut stop = end;
            while bytes[stop..].starts_with(separator) && run(stop + separator.len()) == stop + separator.len() + 3 {
                stop += separator.len() + 3;
            }
            let spaced = separator == b" ";
            // "Article 5 123 ..." is not 5123: blanks group only where the number does not follow a word and a blank of its own kind.
            if stop > end && !(spaced && bytes[at] == b'0') {
                end = stop;
                break;
            }
        }
        if end == first {
            end = indian_groups(bytes, first).unwrap_or(first);
        }
    }
    let whole = end;
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let stop = run(end + 1);
        // 17.7.2000, 1.10.30: dates, versions and headings are not decimals.
        let dotted_on = bytes.get(stop) == Some(&b'.') && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit);
        let dotted_before = at > 1 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit();
        if !dotted_on && !dotted_before {
            end = stop + exponent_length(&bytes[stop..]);
        }
    }
    let bare = end == first && whole == first;
    (end, if bare { u8::try_from(first - at).unwrap_or(u8::MAX) } else { 0 })
}

/// 12,34,567: groups of two and at last one of three, as in India.
fn indian_groups(bytes: &[u8], from: usize) -> Option<usize> {
    let group = |at: usize| match bytes.get(at) {
        Some(b',') => bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count(),
        _ => 0,
    };
    let mut at = from;
    while group(at) == 2 {
        at += 3;
    }
    (at > from && group(at) == 3 && group(at + 4) == 0).then_some(at + 4)
}

/// Length of `e6`, `E-3` behind a decimal.
fn exponent_length(bytes: &[u8]) -> usize {
    if !matches!(bytes.first(), Some(b'e' | b'E')) {
        return 0;
    }
    let sign = usize::from(matches!(bytes.get(1), Some(b'+' | b'-')));
    let digits = bytes[1 + sign..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = !bytes.get(1 + sign + digits).is_some_and(u8::is_ascii_alphanumeric);
    if (1..=2).contains(&digits) && whole { 1 + sign + digits } else { 0 }
}

/// The value of digits with separators; `None` beyond 28 digits.
fn value(bytes: &[u8]) -> Option<Number> {
    if bytes.len() > 48 {
        return None;
    }
    let (bytes, exponent) = match bytes.iter().position(|b| b.eq_ignore_ascii_case(&b'e')) {
        Some(e) => (&bytes[..e], std::str::from_utf8(&bytes[e + 1..]).ok()?.parse::<i32>().ok()?),
        None => (bytes, 0),
    };
    let lead = if bytes.first() == Some(&b'.') { "0" } else { "" };
    let plain: String = lead
        .bytes()
        .chain(bytes.iter().copied())
        .filter(|b| b.is_ascii_digit() || *b == b'.')
        .map(char::from)
        .collect();
    let number = Decimal::from_str_exact(&plain).ok().map(Number::Decimal)?;
    match exponent {
        0 => Some(number),
        1..=27 => number.times(power(exponent.unsigned_abs())),
        -27..=-1 => number.times(Decimal::ONE.checked_div(power(exponent.unsigned_abs()))?),
        _ => None,
    }
}

/// `(30)` after "thirty": end of the bracket where the digits in it say the same.
pub(super) fn repeated(text: &str, at: usize, number: Number) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = bracket(bytes, at, "(", "（")?;
    if !bytes.get(open).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (end, _) = digits(bytes, open);
    (value(&bytes[open..end]) == Some(number)).then(|| bracket(bytes, end, ")", "）"))?
}

/// End of a bracket that stands here, blanks before it left out, in either width.
fn bracket(bytes: &[u8], at: usize, narrow: &str, wide: &str) -> Option<usize> {
    let at = at + blanks(&bytes[at..]);
    [narrow, wide].iter().find(|form| bytes[at..].starts_with(form.as_bytes())).map(|form| at + form.len())
}
