//! Numerals in Han characters: 一百二十, 二〇〇四, 八二·一亿, 壹万贰仟, 十万零五百, 两千六.

use rust_decimal::Decimal;

use super::{Modifier, Number, Numeral, Style, power};
use crate::text::Span;

/// What a character contributes.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Digit(u8, Style),
    /// A power of ten below 万.
    Small(u32, Style),
    /// 万, 亿, 兆.
    Large(u32),
}

fn part(c: char) -> Option<Part> {
    use Style::{Formal, Han};
    Some(match c {
        '〇' | '零' | '○' => Part::Digit(0, Han),
        '一' => Part::Digit(1, Han),
        '二' | '两' | '兩' => Part::Digit(2, Han),
        '三' => Part::Digit(3, Han),
        '四' => Part::Digit(4, Han),
        '五' => Part::Digit(5, Han),
        '六' => Part::Digit(6, Han),
        '七' => Part::Digit(7, Han),
        '八' => Part::Digit(8, Han),
        '九' => Part::Digit(9, Han),
        '壹' => Part::Digit(1, Formal),
        '贰' | '貳' => Part::Digit(2, Formal),
        '叁' | '參' | '叄' => Part::Digit(3, Formal),
        '肆' => Part::Digit(4, Formal),
        '伍' => Part::Digit(5, Formal),
        '陆' | '陸' => Part::Digit(6, Formal),
        '柒' => Part::Digit(7, Formal),
        '捌' => Part::Digit(8, Formal),
        '玖' => Part::Digit(9, Formal),
        '十' => Part::Small(1, Han),
        '百' => Part::Small(2, Han),
        '千' => Part::Small(3, Han),
        '拾' => Part::Small(1, Formal),
        '佰' => Part::Small(2, Formal),
        '仟' => Part::Small(3, Formal),
        '万' | '萬' => Part::Large(4),
        '亿' | '億' => Part::Large(8),
        '兆' => Part::Large(12),
        _ => return None,
    })
}

/// 廿, 卅, 卌: tens of their own.
const fn tens(c: char) -> Option<u8> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        '卌' => Some(40),
        _ => None,
    }
}

/// The characters that can open a numeral, one bit for each code point of the first plane.
static OPENERS: [u64; 1024] = {
    let openers = [
        '〇', '零', '○', '一', '二', '两', '兩', '三', '四', '五', '六', '七', '八', '九', '壹', '贰', '貳', '叁',
        '參', '叄', '肆', '伍', '陆', '陸', '柒', '捌', '玖', '十', '百', '千', '拾', '佰', '仟', '万', '萬', '亿',
        '億', '兆', '廿', '卅', '卌',
    ];
    let mut bits = [0; 1024];
    let mut i = 0;
    while i < openers.len() {
        let code = openers[i] as usize;
        bits[code / 64] |= 1 << (code % 64);
        i += 1;
    }
    bits
};

/// Whether a character that can open a numeral stands at `at`.
pub(super) fn is_numeral_at(bytes: &[u8], at: usize) -> bool {
    let Some(&[a, b, c]) = bytes.get(at..at + 3).and_then(|s| <&[u8; 3]>::try_from(s).ok()) else { return false };
    let code = (usize::from(a & 0x0F) << 12) | (usize::from(b & 0x3F) << 6) | usize::from(c & 0x3F);
    OPENERS[code / 64] >> (code % 64) & 1 == 1
}

/// The numeral whose first character stands at `at`.
pub(super) fn parse(text: &str, at: usize) -> Option<Numeral> {
    let run = Run::read(text, at)?;
    let number = run.value();
    Some(Numeral {
        span: Span::of(at, run.end),
        number: Some(number?),
        style: run.style,
        digits: run.positional_digits(),
        modifier: run.modifier,
        scale: u8::try_from(run.trailing_exponent()).unwrap_or(u8::MAX),
        glued: false,
    })
}

/// The characters of one numeral.
struct Run {
    parts: Vec<Part>,
    /// Digits after a decimal point, which stood before `parts[point]`.
    fraction: Vec<u8>,
    point: Option<usize>,
    modifier: Option<Modifier>,
    style: Style,
    end: usize,
}

/// No number that anybody writes in characters is longer.
const LONGEST: usize = 40;

impl Run {
    fn read(text: &str, at: usize) -> Option<Self> {
        let mut run = Self {
            parts: Vec::with_capacity(8),
            fraction: Vec::new(),
            point: None,
            modifier: None,
            style: Style::Han,
            end: at,
        };
        let mut rest = text[at..].char_indices().peekable();
        while let Some((i, c)) = rest.next() {
            if run.parts.len() + run.fraction.len() >= LONGEST {
                return None;
            }
            let next = rest.peek().map(|&(_, c)| c);
            if let Some(ten) = tens(c) {
                run.parts.extend([Part::Digit(ten / 10, Style::Han), Part::Small(1, Style::Han)]);
            } else if let Some(found) = part(c) {
                if begins_measure(c, next) && !run.parts.is_empty() {
                    break;
                }
                match found {
                    Part::Digit(d, style) => {
                        if style == Style::Formal {
                            run.style = Style::Formal;
                        }
                        if run.point.is_some()
                            && !run.parts[run.point?..].iter().any(|p| matches!(p, Part::Large(_) | Part::Small(..)))
                        {
                            run.fraction.push(d);
                        } else {
                            run.parts.push(found);
                        }
                    }
                    Part::Small(_, style) => {
                        if style == Style::Formal {
                            run.style = Style::Formal;
                        }
                        run.parts.push(found);
                    }
                    Part::Large(_) => run.parts.push(found),
                }
            } else if run.opens_fraction(c, next, text, at + i) {
                run.point = Some(run.parts.len());
            } else if matches!(c, '余' | '餘' | '多' | '几' | '幾')
                && run.modifier.is_none()
                && run.takes_modifier(c, next)
            {
                run.modifier = Some(if matches!(c, '几' | '幾') { Modifier::Approx } else { Modifier::Gt });
                if !next.is_some_and(|n| matches!(part(n), Some(Part::Large(_)))) {
                    run.end = at + i + c.len_utf8();
                    break;
                }
            } else {
                break;
            }
            run.end = at + i + c.len_utf8();
        }
        // 万, 百 alone (万一, 百姓) say no number; 十 does.
        let says_number = run.parts.iter().any(|p| matches!(p, Part::Digit(..) | Part::Small(1, _)));
        says_number.then_some(run)
    }

    /// 点 before a digit; a middle dot or comma between digits where the numeral is written digit by digit.
    fn opens_fraction(&self, c: char, next: Option<char>, text: &str, at: usize) -> bool {
        if self.point.is_some() || self.parts.is_empty() {
            return false;
        }
        let before_digit = next.is_some_and(|n| matches!(part(n), Some(Part::Digit(..))));
        match c {
            '点' | '點' => {
                before_digit
                    && (self.parts.len() > 1
                        || !text[at + c.len_utf8()..].chars().skip(1).take(4).any(|c| matches!(c, '分')))
            }
            // 二六六·亿: the printer lost the digit, the scale is still one.
            '·' | '．' | '.' | '•' => {
                self.parts.iter().all(|p| matches!(p, Part::Digit(..)))
                    && (before_digit || next.is_some_and(|n| matches!(part(n), Some(Part::Large(_)))))
            }
            _ => false,
        }
    }

    /// 余 and 多 follow round numbers: 三十多, 二百余万; 几 stands before a scale or a measure word: 十几.
    fn takes_modifier(&self, c: char, next: Option<char>) -> bool {
        let round = matches!(self.parts.last(), Some(Part::Small(..) | Part::Large(_)))
            || next.is_some_and(|n| matches!(part(n), Some(Part::Large(_))));
        let ends_word = next.is_none_or(|n| !n.is_ascii_alphanumeric());
        match c {
            '多' => round && next.is_none_or(|n| !matches!(n, '少' | '样' | '樣' | '边' | '邊' | '元' | '数' | '數')),
            '余' | '餘' => round && ends_word && next != Some('额') && next != Some('額'),
            _ => matches!(self.parts.last(), Some(Part::Small(..))) && self.parts.len() <= 3,
        }
    }

    /// The power of ten of the units at the end: 4 in 一百五十万, 12 in 三万亿. 十 alone is no scale word.
    fn trailing_exponent(&self) -> u32 {
        let units = self.parts.iter().rev().map_while(|p| match p {
            Part::Small(e, _) | Part::Large(e) => Some(*e),
            Part::Digit(..) => None,
        });
        let exponent = units.sum();
        if exponent >= 2 { exponent } else { 0 }
    }

    fn positional_digits(&self) -> u8 {
        let positional = self.point.is_none() && self.parts.iter().all(|p| matches!(p, Part::Digit(..)));
        if positional { u8::try_from(self.parts.len()).unwrap_or(u8::MAX) } else { 0 }
    }

    fn value(&self) -> Option<Number> {
        let before = &self.parts[..self.point.unwrap_or(self.parts.len())];
        let after = &self.parts[self.point.unwrap_or(self.parts.len())..];
        let mut whole = if before.len() > 1 && before.iter().all(|p| matches!(p, Part::Digit(..))) {
            positional(before)?
        } else if self.point.is_none()
            && let Some(split) = leading_digits(before)
        {
            // 一六亿, 二四四万: digits one by one, then a scale.
            positional(&before[..split])?.checked_mul(scale_of(&before[split..])?)?
        } else {
            structured(before)?
        };
        if self.point.is_some() {
            let digits = self
                .fraction
                .iter()
                .try_fold(Decimal::ZERO, |sum, &d| sum.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d)));
            let mut fraction = digits?;
            fraction.set_scale(u32::try_from(self.fraction.len()).ok()?).ok()?;
            whole = whole.checked_add(fraction)?;
            if !after.is_empty() {
                whole = whole.checked_mul(scale_of(after)?)?;
            }
        }
        Some(Number::Decimal(whole))
    }
}

/// How many digits stand one by one before the first unit, where there are at least two of them.
fn leading_digits(parts: &[Part]) -> Option<usize> {
    let count = parts.iter().take_while(|p| matches!(p, Part::Digit(..))).count();
    (count >= 2
        && !matches!(parts[0], Part::Digit(0, _))
        && parts[count..].iter().all(|p| !matches!(p, Part::Digit(..))))
    .then_some(count)
}

fn positional(parts: &[Part]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| match part {
        Part::Digit(d, _) => sum.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(*d)),
        _ => None,
    })
}

/// The product of bare scale words: 万亿.
fn scale_of(parts: &[Part]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ONE, |product, part| match part {
        Part::Small(e, _) | Part::Large(e) => product.checked_mul(power(*e)),
        Part::Digit(..) => None,
    })
}

/// 五, 十二, 三百二十: most numerals, a digit before each unit and one behind 十; `None` for all others.
fn plain(parts: &[Part]) -> Option<u32> {
    let (mut sum, mut digit, mut last) = (0, None, 4);
    for &part in parts {
        match part {
            Part::Digit(d, _) if d > 0 && digit.is_none() && last > 0 => digit = Some(u32::from(d)),
            Part::Small(exponent @ 1..=3, _) if exponent < last => {
                sum += digit.take().unwrap_or(1) * 10_u32.pow(exponent);
                last = exponent;
            }
            _ => return None,
        }
    }
    match digit {
        Some(_) if last > 1 && last < 4 => None,
        Some(d) => Some(sum + d),
        None => Some(sum),
    }
}

/// 四十五亿四千零四万: groups of small units, each raised by the large unit behind it.
fn structured(parts: &[Part]) -> Option<Decimal> {
    if let Some(small) = plain(parts) {
        return Some(Decimal::from(small));
    }
    let (mut total, mut group, mut digit) = (Decimal::ZERO, Decimal::ZERO, None::<u8>);
    let mut last_unit = 0_u32;
    let mut zero_before = false;
    for (i, &part) in parts.iter().enumerate() {
        match part {
            Part::Digit(0, _) => zero_before = true,
            Part::Digit(d, _) => {
                if digit.is_some() {
                    return None;
                }
                digit = Some(d);
            }
            Part::Small(exponent, _) => {
                let count = digit.take().unwrap_or(1);
                group = group.checked_add(Decimal::from(count).checked_mul(power(exponent))?)?;
                last_unit = exponent;
                zero_before = false;
            }
            Part::Large(exponent) => {
                group = group.checked_add(Decimal::from(digit.take().unwrap_or(0)))?;
                if group.is_zero() && total.is_zero() && i == 0 {
                    group = Decimal::ONE;
                }
                if !group.is_zero() && total > Decimal::ZERO && total < power(exponent) {
                    // 一万五千亿: the large unit raises all before it.
                    total = total.checked_add(group)?.checked_mul(power(exponent))?;
                } else if group.is_zero() {
                    total = total.checked_mul(power(exponent))?;
                } else {
                    total = total.checked_add(group.checked_mul(power(exponent))?)?;
                }
                group = Decimal::ZERO;
                last_unit = exponent;
                zero_before = false;
            }
        }
    }
    if let Some(d) = digit {
        // 两千六 is 2600 and 三万五 is 35000; 两千零六 is 2006.
        let place = if zero_before || last_unit < 2 { 0 } else { last_unit - 1 };
        group = group.checked_add(Decimal::from(d).checked_mul(power(place))?)?;
    }
    total.checked_add(group)
}

/// 千瓦, 千米, 兆字节: the character belongs to the measure behind it.
fn begins_measure(c: char, next: Option<char>) -> bool {
    match c {
        '千' => matches!(next, Some('瓦' | '克' | '米' | '伏' | '赫' | '焦' | '卡' | '帕' | '字' | '比')),
        '兆' => matches!(next, Some('瓦' | '赫' | '字' | '比' | '帕' | '伏' | '焦')),
        '百' => matches!(next, Some('分' | '帕')),
        _ => false,
    }
}

/// Scale characters behind digits: 万, 亿, 万亿, 千万, and 余 or 多 among them.
pub(super) struct Scale {
    pub(super) exponent: u32,
    pub(super) modifier: Option<Modifier>,
    pub(super) end: usize,
}

/// The scale at `at`; also where only 余 or 多 stands there before a measure word.
pub(super) fn scale(text: &str, at: usize) -> Option<Scale> {
    // 177.1 亿元: typesetters part digits and characters by a blank.
    let at = match text[at..].strip_prefix(' ').map(str::trim_ascii_start) {
        Some(rest) if rest.starts_with(['万', '萬', '亿', '億']) => text.len() - rest.len(),
        _ => at,
    };
    let mut found = Scale { exponent: 0, modifier: None, end: at };
    let mut rest = text[at..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next = rest.peek().map(|&(_, c)| c);
        match part(c) {
            Some(Part::Small(e, _) | Part::Large(e)) if found.exponent + e <= 16 => {
                // 5千米 is five kilometres, not five thousand metres; both are the same length, 千瓦 is not a count.
                if begins_measure(c, next) {
                    break;
                }
                found.exponent += e;
            }
            _ => match c {
                '余' | '餘' | '多' | '几' | '幾' if found.modifier.is_none() && followed_by_measure(next) => {
                    found.modifier = Some(if matches!(c, '几' | '幾') { Modifier::Approx } else { Modifier::Gt });
                }
                _ => break,
            },
        }
        found.end = at + i + c.len_utf8();
    }
    (found.end > at).then_some(found)
}

fn followed_by_measure(next: Option<char>) -> bool {
    next.is_some_and(|c| {
        ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '额' | '額' | '少' | '样' | '樣' | '的' | '数' | '數')
    })
}
