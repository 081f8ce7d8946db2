//! What the parts of a length of time mean together: 三年六个月, "an hour and a half", 六个月以上三年以下.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{
    super::{
        mention::Value,
        scan::{Match, ends_with_word},
    },
    extent, names_both, stands_for_minor,
    words::Words,
};
use crate::value::{
    Extent, Kind, Length, Modifier, Number, TimeUnit,
    numeral::{Numeral, Style},
};

/// The value of a length of time.
pub(in crate::extract) fn build(found: &Match<'_>, words: &Words) -> Option<(Kind, Value)> {
    let (unit, factor) = TimeUnit::from_code(found.code("unit")?)?;
    if found.code("minor_name") == Some("none") && !stands_for_minor(found) {
        return None;
    }
    if unit == TimeUnit::Year && found.numeral("n").is_some_and(|n| names_year(found.hay.text, n)) {
        return None;
    }
    // "three quarters of the budget" is a share; "the first three quarters of 2023" a time.
    // "three-quarters said yes"
    let hyphenated = || found.hay.text[..found.end()].ends_with("-quarters");
    if found.code("unit") == Some("Q")
        && (hyphenated() || words.shared.stand_behind(found))
        && !words.of_year.stand_behind(found)
    {
        return None;
    }
    // 24h, but not "25,000 H-1B workers".
    let letter = found.word("unit") == Some("h");
    if letter && !found.hay.text[..found.end()].ends_with('h') {
        return None;
    }
    // "at 1430 hours on 7 July" is a time of the day.
    let before = found.hay.text[..found.start].trim_end_matches([' ', '\n']);
    let hours = |n: &Numeral| n.within(0, 2400).is_some_and(|n| n % 100 < 60);
    let clock = |n: &Numeral| n.digits == 4 && hours(n) && words.clock.iter().any(|word| ends_with_word(before, word));
    // "0430 hours", "21:40 hours"
    let written = |n: &Numeral| n.digits == 4 && found.hay.text[n.span.range()].starts_with('0');
    let told = ["n", "low"].into_iter().filter_map(|hole| found.numeral(hole)).any(written)
        || is_clock(&found.hay.text[..found.start]);
    if unit == TimeUnit::Hour && (told || found.numeral("n").is_some_and(clock)) {
        return None;
    }
    // "the twenty-second session"
    let ordinal =
        |n: &Numeral| n.style == Style::Words && n.number.and_then(Number::to_u32).is_some_and(|n| n % 10 == 0);
    if unit == TimeUnit::Second
        && found.hay.text[..found.end()].ends_with("-second")
        && found.numeral("n").is_some_and(ordinal)
    {
        return None;
    }
    if unit == TimeUnit::Day && found.numeral("low").is_none() && ends_days_of_month(found) {
        return None;
    }
    // "rose by one year to 79 years", "cut from 5 years to 3 years"
    let left = &found.hay.text[..found.start];
    let by = found.code("low_unit").is_some() && ends_with_word(left.trim_end_matches([' ', '\n']), "by");
    // 60 g/10min
    let below = left.strip_suffix('/').is_some_and(|unit| unit.ends_with(|c: char| c.is_ascii_alphabetic()));
    if below || by || names_both(found) && words.changing(left) {
        return None;
    }
    let other = found.code("low_unit").and_then(TimeUnit::from_code).filter(|(low, _)| *low != unit);
    if let Some((low_unit, factor)) = other {
        return uneven(found, (low_unit, factor), unit);
    }
    let mut extent = extent(found, words)?.map(|n| n.decimal().map(Number::Decimal))?;
    if factor != 1 {
        extent = extent.map(|n| n.times(Decimal::from(factor)))?;
    }
    let modifier =
        found.code("mod").and_then(Modifier::from_code).or_else(|| found.numeral("n").and_then(|n| n.modifier));
    let mut length = Length { parts: vec![(extent, unit)], low_unit: None, modifier };
    // 半年 is six months and 半天 twelve hours: half of a unit in the next smaller one, exact and ISO.
    if let Extent::Single(n) = extent
        && let Some(whole) = smaller(n, unit)
    {
        length.parts = vec![whole];
    }
    for (n, unit) in [("n2", "unit2"), ("n3", "unit3"), ("n4", "unit4")] {
        let (Some(n), Some(code)) = (found.number(n), found.code(unit)) else { break };
        let (next, factor) = TimeUnit::from_code(code)?;
        // 每两年八小时 is no length of two years and eight hours.
        let last = length.parts.last()?.1;
        // "within 10 working days, 24 hours in advance" are two.
        let coarse = matches!(last, TimeUnit::Year | TimeUnit::Month | TimeUnit::WorkingDay);
        if next <= last || coarse && next > TimeUnit::Day {
            return None;
        }
        length.parts.push((Extent::Single(n.times(Decimal::from(factor))?), next));
    }
    Some((Kind::Duration, Value::Length(length)))
}

/// 六个月以上三年以下, 60天至3个月: a range whose ends have units of their own; `None` where it does not go up.
fn uneven(found: &Match<'_>, (low_unit, factor): (TimeUnit, u32), unit: TimeUnit) -> Option<(Kind, Value)> {
    let (low, high) = (found.number("low")?.times(Decimal::from(factor))?, found.number("n")?);
    let hours = |n: Number, unit: TimeUnit| n.times(Decimal::from(unit.hours()));
    if hours(low, low_unit)?.compare(hours(high, unit)?)? == Ordering::Greater {
        return None;
    }
    let modifier = found.code("mod").and_then(Modifier::from_code);
    let length = Length { parts: vec![(Extent::Range(low, high), unit)], low_unit: Some(low_unit), modifier };
    Some((Kind::Duration, Value::Length(length)))
}

/// 每月1日至10日, 本月20日至25日: what stands behind 日至 is a day of the month, where that before it can be one.
fn ends_days_of_month(found: &Match<'_>) -> bool {
    let Some(n) = found.numeral("n").filter(|n| n.within(1, 31).is_some()) else { return false };
    let Some(before) = found.hay.numeral_at(n.span.start()).and_then(|at| at.checked_sub(1)) else { return false };
    let Some(before) = found.hay.numerals.get(before as usize).filter(|before| before.within(1, 31).is_some()) else {
        return false;
    };
    found.hay.text[..found.end()].ends_with('日')
        && found.hay.text.get(before.span.end()..n.span.start()).is_some_and(|between| {
            matches!(between, "日至" | "日到" | "日—" | "日－" | "日–" | "日起至" | "日起到" | "日-")
        })
}

/// 08年, 零八年: a year by its last two digits, no length; neither are five digits that are not round (表162023年).
fn names_year(text: &str, numeral: &Numeral) -> bool {
    let written = &text[numeral.span.range()];
    numeral.digits == 2 && written.starts_with(['0', '零', '〇', '○'])
        || numeral.digits > 4 && !written.ends_with("000")
}

/// Half a year as six months, half a day as twelve hours, and half a month as fifteen days (the courts count it so);
/// other fractions stay as they are.
fn smaller(number: Number, unit: TimeUnit) -> Option<(Extent, TimeUnit)> {
    let half = Decimal::new(5, 1);
    let decimal = number.decimal()?;
    let is_half = decimal == half;
    match unit {
        TimeUnit::Year if is_half => Some((Extent::Single(Number::whole(6)), TimeUnit::Month)),
        TimeUnit::Month if decimal.fract() == half => {
            Some((Extent::Single(number.times(Decimal::from(30))?), TimeUnit::Day))
        }
        TimeUnit::Day if is_half => Some((Extent::Single(Number::whole(12)), TimeUnit::Hour)),
        _ => None,
    }
}

/// Whether the hours of a clock stand before: 21:40.
fn is_clock(before: &str) -> bool {
    before.strip_suffix(':').is_some_and(|hour| hour.ends_with(|c: char| c.is_ascii_digit()))
}
