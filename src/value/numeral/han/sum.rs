//! What the parts of a numeral in Han characters are worth together: 四十五亿四千零四万, 一六亿, 两千六, 四五千.

use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{super::power, Number, Part};

/// What the parts are worth together; `fraction` are the digits behind a decimal point that stood before `parts[point]`.
pub(super) fn value(parts: &[Part], point: Option<usize>, fraction: &[u8]) -> Option<Number> {
    let before = &parts[..point.unwrap_or(parts.len())];
    let after = &parts[point.unwrap_or(parts.len())..];
    let mut whole = if before.len() > 1 && before.iter().all(|p| matches!(p, Part::Digit(..))) {
        positional(before)?
    } else if point.is_none()
        && let Some(split) = leading_digits(before)
    {
        // 一六亿, 二四四万: digits one by one, then a scale.
        positional(&before[..split])?.checked_mul(scale_of(&before[split..])?)?
    } else {
        structured(before)?
    };
    if point.is_some() {
        let digits = fraction
            .iter()
            .try_fold(Decimal::ZERO, |sum, &d| sum.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d)));
        let mut part = digits?;
        part.set_scale(u32::try_from(fraction.len()).ok()?).ok()?;
        whole = whole.checked_add(part)?;
        if !after.is_empty() {
            whole = whole.checked_mul(scale_of(after)?)?;
        }
    }
    Some(Number::Decimal(whole))
}

/// 两三, 十七八, 四五千: a pair of neighbouring digits says "from … to …"; so does 三五. The lower and the upper number.
///
/// `by_digits` says that the text writes digits one by one before 万 and 亿, as older reports do: 三四亿 is 34 there.
pub(super) fn between(parts: &[Part], by_digits: impl Fn() -> bool) -> Option<(i64, i64)> {
    let mut pairs = parts.windows(2).enumerate().filter_map(|(i, pair)| match *pair {
        [Part::Digit(a, _), Part::Digit(b, _)] => Some((i, a, b)),
        _ => None,
    });
    let (at, a, b) = pairs.next()?;
    let raised = matches!(parts.get(at + 2), Some(Part::Large(_)));
    let neighbours = a > 0 && (b == a + 1 || (a, b) == (3, 5) && !raised);
    if pairs.next().is_some() || !neighbours || raised && by_digits() {
        return None;
    }
    let without = |index: usize| {
        let mut parts = parts.to_vec();
        parts.remove(index);
        structured(&parts)?.to_i64()
    };
    without(at + 1).zip(without(at))
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
