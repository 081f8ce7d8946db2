//! Times counted from another one: 两年后, "five days ago", 明年四月.

use super::{Side, TimeUnit};
use crate::extract::{
    mention::{Anchor, Relative, Shape},
    scan::Match,
};

/// A time counted from another one; `Some(None)` where the wording is relative but says nothing usable.
#[expect(clippy::option_option, reason = "not relative, relative without value, relative with value")]
fn counted(found: &Match<'_>) -> Option<Option<Relative>> {
    let direction = found.code("relative")?;
    let (unit, factor) = match found.code("unit").and_then(TimeUnit::from_code) {
        Some(unit) => unit,
        None => return Some(None),
    };
    let block = found.code("unit").and_then(block_months);
    let count = found.number("n").map_or_else(
        || found.code("count").and_then(|c| c.parse().ok()).unwrap_or(0),
        |n| n.to_u32().unwrap_or(u32::MAX),
    );
    // 2000年前后 is the year, not two thousand years ago.
    if unit == TimeUnit::Year && found.numeral("n").is_some_and(|n| n.digits == 4) {
        return Some(None);
    }
    // 3年半前: half of the unit in the next smaller one.
    let (count, unit, factor) = match found.code("half").and(halved(count, unit)) {
        Some((count, smaller)) => (count, smaller, 1),
        None => (count, unit, factor),
    };
    let Some(count) = i32::try_from(count).ok().and_then(|c| c.checked_mul(factor as i32)).filter(|c| *c < 20_000)
    else {
        return Some(None);
    };
    let shift = if direction == "before" { -count } else { count };
    let from = if found.code("from") == Some("text") { Anchor::Text } else { Anchor::Document };
    let shape = match found.code("shape") {
        Some("span") => block.map_or(Shape::Span, |months| Shape::Blocks { months, span: true }),
        Some("open") => Shape::Open,
        Some("open_before") => Shape::Until,
        Some("open_after") => Shape::Onward,
        Some("instant") => Shape::Instant,
        _ => match (Side::read(found, false).shape(), block) {
            (Shape::Whole, Some(months)) if found.code("shape").is_none() => Shape::Blocks { months, span: false },
            (shape, _) => shape,
        },
    };
    Some(Some(Relative { from, shift, unit, shape }))
}

/// Months of a quarter and a decade: units that are counted whole.
fn block_months(unit: &str) -> Option<i32> {
    match unit {
        "Q" => Some(3),
        "DE" => Some(120),
        _ => None,
    }
}

/// So many units and a half in the next smaller unit: 3年半 is 42 months, 半月 fifteen days.
fn halved(count: u32, unit: TimeUnit) -> Option<(u32, TimeUnit)> {
    let (per, smaller) = match unit {
        TimeUnit::Year => (12, TimeUnit::Month),
        TimeUnit::Month => (30, TimeUnit::Day),
        _ => return None,
    };
    Some((count.checked_mul(per)?.checked_add(per / 2)?, smaller))
}

#[expect(clippy::option_option, reason = "not relative, relative without value, relative with value")]
pub(super) fn relative(found: &Match<'_>) -> Option<Option<Relative>> {
    // 去年, "next month": one word gives direction, count and unit, as in `Y-1`.
    if let Some(code) = found.code("deixis") {
        let digits = code.find(|c: char| c == '-' || c == '+' || c.is_ascii_digit()).unwrap_or(code.len());
        let (unit, shift) = code.split_at(digits);
        let block = block_months(unit);
        let Some((unit, factor)) = TimeUnit::from_code(unit) else { return Some(None) };
        let Ok(shift) = shift.parse::<i32>() else { return Some(None) };
        let from = if found.code("from") == Some("text") { Anchor::Text } else { Anchor::Document };
        let shape = match Side::read(found, false).shape() {
            Shape::Whole => block.map_or(Shape::Whole, |months| Shape::Blocks { months, span: false }),
            Shape::Within(point) if found.code("open") == Some("before") => Shape::UntilWithin(point),
            shape => shape,
        };
        return Some(Some(Relative { from, shift: shift * factor as i32, unit, shape }));
    }
    counted(found)
}
