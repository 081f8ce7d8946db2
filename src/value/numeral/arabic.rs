//! Digits: groups, decimals, and the scale word behind them (1，181.7万, 10 000 000, 36.2 billion, 3亿5000万).

use rust_decimal::Decimal;

use super::{Modifier, Number, Numeral, Style, blanks, english, han, power, spaced_year};
use crate::text::{Letters, Span};

mod continental;

/// The numeral whose first digit stands at `at`.
pub(super) fn parse(text: &str, at: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let glued = at > 0
        && (bytes[at - 1].is_ascii_alphabetic()
            || (at > 1 && bytes[at - 1] == b'-' && bytes[at - 2].is_ascii_alphabetic()));
    if bytes.get(at + 1) == Some(&b' ')
        && let Some(year) = spaced_year(text, at, Style::Arabic)
    {
        return Some(year);
    }
    let (mut plain_end, mut digits) = digits(bytes, at);
    let continental = continental::read(text, at);
    if let Some((end, _)) = continental {
        (plain_end, digits) = (end, 0);
    }
    if let Some(label) = glued_label(text, at, plain_end) {
        digits -= u8::try_from(plain_end - label).unwrap_or(0);
        plain_end = label;
    }
    if plain_end == at {
        // .12.8 opens like a decimal and is none.
        return None;
    }
    let mut end = plain_end;
    let mut number = continental.map_or_else(|| value(&bytes[at..end]), |(_, number)| Some(number));
    if let Some((part, stop)) = vulgar(text, end).filter(|_| continental.is_none()) {
        (number, end) = (number.and_then(|n| n.plus(part)), stop);
    } else if let Some((part, stop)) = slashed(text, end).filter(|_| digits > 0) {
        (number, end) = (number.and_then(|n| n.plus(part)), stop);
    }
    let mut modifier = None;
    let mut exponent = 0;
    if let Some((power_of_ten, stop)) = scientific(bytes, end) {
        end = stop;
        number = number.and_then(|n| n.times(power_of_ten));
    } else if let Some(scale) = han::scale(text, end).or_else(|| wrapped_scale(text, at, end)) {
        end = scale.end;
        modifier = scale.modifier;
        exponent = scale.exponent;
        number = number.and_then(|n| n.times(power(scale.exponent)));
        let mut last = exponent;
        // 3亿5000万, 5亿1万4千6百: smaller amounts may follow a scale at once.
        while last > 0
            && modifier.is_none()
            && let Some(more) = smaller(text, end, last)
        {
            number = number.zip(more.number).and_then(|(a, b)| a.plus(b));
            end = more.end;
            modifier = more.modifier;
            last = more.exponent;
            exponent = 0;
        }
    } else if let Some((found, stop)) = english::scale(text, end) {
        end = stop;
        exponent = found;
        number = number.and_then(|n| n.times(power(exponent)));
        if let Some((more, value)) = number.and_then(|n| smaller_scales(text, at, end, exponent, n)) {
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
        between: None,
        style: Style::Arabic,
        digits: if end == plain_end { digits } else { 0 },
        modifier,
        scale: u8::try_from(exponent).unwrap_or(u8::MAX),
        glued,
    })
}

/// "4 thousand 3 hundred and 21": smaller scales behind a scale word, and units behind the last of them.
fn smaller_scales(text: &str, start: usize, mut end: usize, scale: u32, mut total: Number) -> Option<(usize, Number)> {
    let bytes = text.as_bytes();
    let (mut smallest, mut chained) = (scale, scale == 2);
    let mut found = None;
    while smallest > 0 {
        let mut at = end + blanks(&bytes[end..]);
        let joined = text[at..].starts_with("and ");
        if joined {
            // "$2 billion and 300 million yuan" are two sums.
            let before = text[..start].trim_end_matches(' ');
            let coded = |tail: &str| tail.len() == 3 && tail.bytes().all(|byte| byte.is_ascii_uppercase());
            let code = before.get(before.len().saturating_sub(3)..).is_some_and(coded);
            if code || before.ends_with(['$', '€', '£', '¥', '￥']) {
                break;
            }
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

/// `(forty-five)` after 45, （三十） after 30: end of the bracket where the words in it say the same.
fn repeated_in_words(text: &str, at: usize, number: Number) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = bracket(bytes, at, "(", "（")?;
    let words = if han::is_numeral_at(bytes, open) {
        han::parse(text, open)
    } else {
        english::parse(text, open, Letters::of(&bytes[open..]))
    };
    bracket(bytes, words.filter(|words| words.number == Some(number))?.span.end(), ")", "）")
}

/// 1/2 in "2 1/2 million": a fraction before a scale word.
fn slashed(text: &str, at: usize) -> Option<(Number, usize)> {
    let bytes = text.as_bytes();
    let [b' ', above @ b'1'..=b'9', b'/', below @ b'2'..=b'9', ..] = bytes.get(at..)? else { return None };
    let (above, below) = (i64::from(above - b'0'), i64::from(below - b'0'));
    let end = at + 4;
    let scaled = bytes.get(end) == Some(&b' ') && english::scale(text, end).is_some();
    let part = (above < below && scaled).then(|| Number::ratio(above, below)?.decimal())??;
    Some((Number::Decimal(part), end))
}

/// ½ in 3½: a fraction of one character glued to the digits before it.
fn vulgar(text: &str, at: usize) -> Option<(Number, usize)> {
    let c = text.get(at..)?.chars().next().filter(|c| !c.is_ascii())?;
    let (n, below) = match c {
        '½' => (1, 2),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    let part = Number::Decimal(Number::ratio(n, below)?.decimal()?);
    Some((part, at + c.len_utf8()))
}

/// 表162023年: the end of the label 16 where the number of a table runs into the year behind it.
fn glued_label(text: &str, at: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let fits = (5..=7).contains(&(end - at))
        && bytes[at..end].iter().all(u8::is_ascii_digit)
        && text[end..].trim_start_matches(' ').starts_with('年')
        && text[..at].trim_end_matches(' ').ends_with(['表', '图', '圖', '栏', '欄'])
        && matches!(&bytes[end - 4..end - 2], b"19" | b"20");
    fits.then(|| end - 4)
}

/// 建成投产290, 万吨 on the next line: where a line of a sentence ends between a number and its scale.
fn wrapped_scale(text: &str, at: usize, end: usize) -> Option<han::Scale> {
    let behind = text[end..].strip_prefix('\n')?;
    // A number that stands alone on its line, as in a table, is whole; so is one before 万 alone.
    let told = text[..at].ends_with(|c: char| c.is_alphabetic());
    let counted = behind.strip_prefix(['万', '亿', '萬', '億']).and_then(|rest| rest.chars().next());
    let goes_on = counted.is_some_and(|c| c.is_alphabetic() && han::digit(c).is_none());
    if told && goes_on { han::scale(text, end + 1) } else { None }
}

/// An amount that continues one with a larger scale.
struct Continued {
    number: Option<Number>,
    modifier: Option<Modifier>,
    /// Of its own scale, 0 where nothing can follow.
    exponent: u32,
    end: usize,
}

/// The amount at `at` that continues one whose scale is ten to the power of `above`: 5000万 behind 3亿, 零四千 behind 200亿.
fn smaller(text: &str, at: usize, above: u32) -> Option<Continued> {
    let bytes = text.as_bytes();
    // 1 億 5,000 萬元: typesetters part all of it.
    let apart = bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    let at = at + usize::from(apart);
    if !bytes.get(at)?.is_ascii_digit() {
        if !han::is_numeral_at(bytes, at) {
            return None;
        }
        let numeral = han::parse(text, at).filter(|n| n.digits == 0)?;
        let fits = numeral.number?.decimal()? < power(above);
        let exponent = u32::from(numeral.scale);
        return fits.then_some(Continued {
            number: numeral.number,
            modifier: numeral.modifier,
            exponent,
            end: numeral.span.end(),
        });
    }
    let (more, _) = digits(bytes, at);
    let number = value(&bytes[at..more]);
    // 7 万5 千4 百: a blank parts the number from its scale.
    let parted = [" 千", " 百", " 万", " 萬"].iter().any(|scale| text[more..].starts_with(scale));
    if let Some(scale) = han::scale(text, more + usize::from(parted)).filter(|s| s.exponent > 0 && s.exponent < above) {
        let number = number.and_then(|n| n.times(power(scale.exponent)));
        return Some(Continued { number, modifier: scale.modifier, exponent: scale.exponent, end: scale.end });
    }
    // 3万4000 and 1億2,345, and nothing behind 3万2.
    let grouped = bytes[at..more].contains(&b',');
    let fits = |d: Decimal| d < power(above) && (d >= power(above - 1) || grouped);
    // 2萬3,000餘件
    let vague = han::scale(text, more).filter(|scale| scale.exponent == 0);
    number.filter(|n| !apart && n.decimal().is_some_and(fits)).map(|number| Continued {
        number: Some(number),
        modifier: vague.as_ref().and_then(|scale| scale.modifier),
        exponent: 0,
        end: vague.map_or(more, |scale| scale.end),
    })
}

/// 12.32e+14, 21.2E0: the power of ten and the end; only behind a point or with a sign, since 12E5 is a name.
fn scientific(bytes: &[u8], at: usize) -> Option<(Decimal, usize)> {
    let mark = *bytes.get(at)?;
    if mark != b'e' && mark != b'E' {
        return None;
    }
    let sign = bytes.get(at + 1).copied().filter(|b| matches!(b, b'+' | b'-'));
    let from = at + 1 + usize::from(sign.is_some());
    let length = bytes[from..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let end = from + length;
    let pointed =
        bytes[..at].iter().rev().take(30).take_while(|b| b.is_ascii_digit() || **b == b'.').any(|b| *b == b'.');
    let cut = bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
    if !(1..=2).contains(&length) || cut || !(pointed || sign.is_some()) {
        return None;
    }
    let exponent = bytes[from..end].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
    if exponent > 20 {
        return None;
    }
    let factor = if sign == Some(b'-') { Decimal::from_i128_with_scale(1, exponent) } else { power(exponent) };
    Some((factor, end))
}

/// End of the digits from `at`, with groups and one decimal point; the count where there is neither.
fn digits(bytes: &[u8], at: usize) -> (usize, u8) {
    let run = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(at);
    let mut end = first;
    if first - at <= 3 {
        // One kind of separator throughout: 27，203，319，000 · 10 000 000 · 2,785
        let comma = if bytes[end..].starts_with("，".as_bytes()) { "，".as_bytes() } else { &b","[..] };
        // 1'250'000 in Switzerland
        for separator in [comma, &b" "[..], &b", "[..], &b"\n"[..], &b"'"[..], "’".as_bytes()] {
            let mut stop = end;
            let spaced = separator == b" ";
            // 共计3, 000万元 on the next line: only a group that begins with a nought cannot be a number of its own.
            let wrapped = separator == b"\n";
            if wrapped && !(bytes.get(end + 1) == Some(&b'0') && at > 0 && bytes[at - 1] >= 0x80) {
                continue;
            }
            // 012 345 is no number of two groups.
            if spaced && bytes[at] == b'0' {
                continue;
            }
            // "5, 000" and 增加1, 200人: what begins with a nought is no number of its own, and Chinese parts a list by other
            // marks; elsewhere a blank behind a comma parts a list.
            let chinese = |at: usize| bytes.get(at).is_some_and(|byte| *byte >= 0x80);
            let goes_on = |group: usize| {
                separator.len() != 2
                    || bytes.get(group) == Some(&b'0')
                    || at > 0 && chinese(at - 1) && chinese(group + 3)
            };
            while bytes[stop..].starts_with(separator)
                && run(stop + separator.len()) == stop + separator.len() + 3
                && goes_on(stop + separator.len())
            {
                stop += separator.len() + 3;
            }
            // "Article 5 123 ..." is not 5123: blanks group only where the number does not follow a word and a blank of its own kind.
            if stop > end {
                end = stop;
                break;
            }
        }
        if end == first {
            end = indian_groups(bytes, first).unwrap_or(first);
        }
    }
    let whole = end;
    if let Some(stop) = parted_decimal(bytes, at, end) {
        end = stop;
    } else if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let stop = run(end + 1);
        // 17.7.2000, 1.10.30: dates, versions and headings are not decimals.
        let dotted_on = bytes.get(stop) == Some(&b'.') && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit);
        let dotted_before = at > 1 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit();
        if !dotted_on && !dotted_before && !is_month(bytes, at, stop) {
            end = stop;
        }
    }
    let bare = end == first && whole == first;
    (end, if bare { u8::try_from(first - at).unwrap_or(u8::MAX) } else { 0 })
}

/// 2021.07—2024.02, 2019.11至2023.6: a year and a month on one side of a dash, as on the other, and no unit behind both.
fn is_month(bytes: &[u8], at: usize, end: usize) -> bool {
    const YEAR: usize = "2021.".len();
    let month = |form: &[u8]| {
        let year = matches!(form.get(..YEAR), Some([b'1', b'9', ..] | [b'2', b'0', ..])) && form[YEAR - 1] == b'.';
        year && matches!(&form[YEAR..], [b'1'..=b'9'] | [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2'])
    };
    // How far a year and a month go on from a place.
    let form = |from: usize| {
        let plain = |b: &&u8| b.is_ascii_digit() || **b == b'.';
        from + bytes[from..].iter().take(YEAR + 3).take_while(plain).count()
    };
    let ends = |stop: usize| {
        let rest = &bytes[stop..];
        let marks = ["）", "，", "。", "；", "、", "任", "在", "期", ")", ",", "\n", " "];
        rest.is_empty() || marks.into_iter().any(|mark| rest.starts_with(mark.as_bytes()))
    };
    if !month(&bytes[at..end]) {
        return false;
    }
    ["—", "–", "－", "-", "~", "～", "至"].into_iter().any(|dash| {
        let behind = bytes[end..].starts_with(dash.as_bytes()).then_some(end + dash.len());
        let second = behind.is_some_and(|from| month(&bytes[from..form(from)]) && ends(form(from)));
        let before = || {
            let left = bytes[..at].strip_suffix(dash.as_bytes())?;
            let from =
                left.len() - left.iter().rev().take(YEAR + 2).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
            month(&left[from..]).then_some(())
        };
        second || ends(end) && before().is_some()
    })
}

/// 12,34,567: groups of two and at last one of three, as in India.
fn indian_groups(bytes: &[u8], from: usize) -> Option<usize> {
    let group = |at: usize| match bytes.get(at) {
        Some(b',') => bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count(),
        _ => 0,
    };
    /// Ten crore crore have no more.
    const MOST: usize = 8;
    let mut at = from;
    while at < from + 3 * MOST && group(at) == 2 {
        at += 3;
    }
    (at > from && group(at) == 3 && group(at + 4) == 0).then_some(at + 4)
}

/// 下降2. 6％: the end of a decimal whose point a printer parted from its digits; only behind a Chinese character and
/// before a sign or scale, since "1. 5 items" is a list.
fn parted_decimal(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let parted = bytes.get(end..end + 2) == Some(b". ") && bytes.get(end + 2).is_some_and(u8::is_ascii_digit);
    if !parted || !bytes[..at].last().is_some_and(|b| *b >= 0x80) {
        return None;
    }
    let stop = end + 2 + bytes[end + 2..].iter().take_while(|b| b.is_ascii_digit()).count();
    let signed = ["%", "‰", "万", "亿", "倍"].iter().any(|sign| bytes[stop..].starts_with(sign.as_bytes()));
    signed.then_some(stop)
}

/// The value of digits with separators; `None` beyond 28 digits.
fn value(bytes: &[u8]) -> Option<Number> {
    if bytes.len() > 48 {
        return None;
    }
    // Mostly a few digits, or with a point among them.
    if bytes.len() < 18 {
        let (mut plain, mut scale, mut pointed) = (0_i64, 0, false);
        for &byte in bytes {
            match byte {
                b'0'..=b'9' => {
                    plain = plain * 10 + i64::from(byte - b'0');
                    scale += u32::from(pointed);
                }
                b'.' if !pointed => pointed = true,
                b'.' => return None,
                _ => {}
            }
        }
        let said = bytes.iter().any(u8::is_ascii_digit);
        return said.then(|| Number::Decimal(Decimal::new(plain, scale)));
    }
    let lead = if bytes.first() == Some(&b'.') { "0" } else { "" };
    let plain: String = lead
        .bytes()
        .chain(bytes.iter().copied())
        .filter(|b| b.is_ascii_digit() || *b == b'.')
        .map(char::from)
        .collect();
    Decimal::from_str_exact(&plain).ok().map(Number::Decimal)
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
