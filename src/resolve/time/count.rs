//! Counts from one time to another: 明年四月, "two years later", the year put into a date without one.

use jiff::{ToSpan, civil::Date};

use crate::{
    extract::{Relative, Shape},
    value::{Grain, Point, TimeUnit, When},
};

/// The year itself, or the last before it that has the days named: 2月29日.
fn fitting_year(when: When, year: i16) -> i16 {
    let lacks = |year: i16| when.points().into_iter().flatten().any(|p| p.in_year(year).lacks_year());
    (year - 8..=year).rev().find(|&year| !lacks(year)).unwrap_or(year)
}

pub(super) fn in_year(when: When, year: i16) -> When {
    let year = fitting_year(when, year);
    match when {
        When::Point(p) => When::Point(p.in_year(year)),
        When::Interval(a, b) => {
            let a = a.map(|p| p.in_year(year));
            // 11月5日至2月3日 ends in the next year.
            let b = b.map(|p| {
                let same = p.in_year(year);
                let backwards = a.and_then(Point::days).zip(same.days()).is_some_and(|(x, y)| y.1 < x.0);
                if backwards { p.in_year(year + 1) } else { same }
            });
            When::Interval(a, b)
        }
    }
}

pub(super) fn counted(anchor: Date, relative: Relative) -> Option<When> {
    let there = shift(anchor, relative.shift, relative.unit)?;
    let unit = |date: Date| -> Option<Point> {
        Some(match relative.unit {
            TimeUnit::Year => Point::Year(date.year()),
            TimeUnit::Month => Point::Month(Some(date.year()), date.month()),
            TimeUnit::Week => {
                let week = date.iso_week_date();
                Point::Week(week.year(), week.week())
            }
            _ => Point::day(Some(date.year()), date.month(), date.day())?,
        })
    };
    let day = |date: Date| Point::Day(Some(date.year()), date.month(), date.day());
    match relative.shape {
        Shape::Instant => Some(When::Point(day(there))),
        Shape::Whole => Some(When::Point(unit(there)?)),
        Shape::Blocks { months, span } => blocks(anchor, relative, months, span),
        Shape::Within(point) => Some(When::Point(within(point, there, relative.unit)?)),
        Shape::Span => {
            // 过去五年: the five units before the current one; 未来三年: the three after it.
            let step = relative.shift.signum();
            let near = shift(anchor, step, relative.unit)?;
            let (from, to) = if step < 0 { (there, near) } else { (near, there) };
            Some(When::Interval(Some(unit(from)?), Some(unit(to)?)))
        }
        Shape::UntilWithin(point) => Some(When::Interval(None, Some(within(point, there, relative.unit)?))),
        Shape::Until => Some(When::Interval(None, Some(unit(there)?))),
        Shape::Onward => Some(When::Interval(Some(unit(there)?), None)),
        Shape::Open => Some(if relative.shift < 0 {
            When::Interval(Some(unit(there)?), None)
        } else {
            When::Interval(None, Some(unit(there)?))
        }),
    }
}

/// Quarters and decades, counted whole from the one in which the anchor lies.
fn blocks(anchor: Date, relative: Relative, months: i32, span: bool) -> Option<When> {
    let current = (i32::from(anchor.year()) * 12 + i32::from(anchor.month()) - 1).div_euclid(months);
    let steps = relative.shift * if relative.unit == TimeUnit::Year { 12 } else { 1 } / months;
    let block = |index: i32| {
        let first = index * months;
        let year = i16::try_from(first.div_euclid(12)).ok()?;
        let quarter = i8::try_from(first.rem_euclid(12) / 3 + 1).ok()?;
        Some(if months == 120 { Point::Decade(year) } else { Point::Quarter(Some(year), quarter) })
    };
    let there = block(current + steps)?;
    if !span {
        return Some(When::Point(there));
    }
    let near = block(current + steps.signum())?;
    let (from, to) = if steps < 0 { (there, near) } else { (near, there) };
    Some(When::Interval(Some(from), Some(to)))
}

/// A point (四月, 二十号) within the unit that counting arrived at.
fn within(point: Point, there: Date, unit: TimeUnit) -> Option<Point> {
    match (point, unit) {
        (Point::Day(None, _, day), TimeUnit::Month) => Point::day(Some(there.year()), there.month(), day),
        (Point::Day(None, _, day), TimeUnit::Day) => nearest(there, day),
        (Point::Part(None, _, part), TimeUnit::Month) => Some(Point::Part(Some(there.year()), there.month(), part)),
        (Point::MonthWeek(None, _, week), TimeUnit::Month) => {
            Some(Point::MonthWeek(Some(there.year()), there.month(), week))
        }
        (p, _) if p.lacks_year() => Some(p.in_year(there.year())),
        (p, _) => Some(p),
    }
}

/// 昨(31)日: the bracket tells the day, which the document's date may miss by a few.
fn nearest(there: Date, day: i8) -> Option<Point> {
    let of_month = |months: i32| {
        let month = there.first_of_month().checked_add(months.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    };
    let gap = |date: &Date| there.until(*date).map_or(i32::MAX, |gap| gap.get_days().abs());
    let found = [0, -1, 1].into_iter().filter_map(of_month).min_by_key(gap)?;
    Point::day(Some(found.year()), found.month(), found.day())
}

fn shift(from: Date, by: i32, unit: TimeUnit) -> Option<Date> {
    match unit {
        TimeUnit::Year => from.checked_add(by.years()).ok(),
        TimeUnit::Month => from.checked_add(by.months()).ok(),
        TimeUnit::Week => from.checked_add(by.weeks()).ok(),
        TimeUnit::WorkingDay | TimeUnit::Day => from.checked_add(by.days()).ok(),
        TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second => Some(from),
    }
}

/// A day so near before the document's date, or so near behind it, is news rather than of a year named in passing; so is any
/// day of the same year before it.
const NEWS_DAYS: std::ops::RangeInclusive<i32> = -31..=150;
/// A month that would lie so far behind the document's date may be the one before it: "In September" in January.
const COMING_DAYS: i32 = 31;

/// Whether a time without a year is over, in this year, before a date.
pub(super) fn ends_before(point: Point, year: i16, date: Date) -> bool {
    point.in_year(year).days().is_some_and(|(_, last)| last < date)
}

/// Whether it begins behind a date.
pub(super) fn begins_behind(point: Point, year: i16, date: Date) -> bool {
    point.in_year(year).days().is_some_and(|(first, _)| first > date)
}

/// Whether it lies near a document's date.
pub(super) fn is_news(point: Point, year: i16, date: Date) -> bool {
    let first = point.in_year(year).days().map(|(first, _)| first);
    first.is_some_and(|first| {
        let gap = first.until(date).map_or(0, |gap| gap.get_days());
        NEWS_DAYS.contains(&gap) || gap > 0 && first.year() == date.year()
    })
}

/// Whether a month or a day would begin well behind a document's date in its year.
pub(super) fn is_far_ahead(when: When, date: Date) -> bool {
    // "From January to September" of a year that has just begun: what ends a period tells.
    let (When::Point(point) | When::Interval(Some(_), Some(point))) = when else { return false };
    if !matches!(point, Point::Month(None, _) | Point::Day(None, ..)) {
        return false;
    }
    let first = point.in_year(date.year()).days().map(|(first, _)| first);
    first.and_then(|first| date.until(first).ok()).is_some_and(|ahead| ahead.get_days() > COMING_DAYS)
}

pub(super) fn lacks_year(when: When) -> bool {
    when.points().into_iter().flatten().any(Point::lacks_year)
}

/// Whether it is a stretch of three calendar years or more, told by years alone.
pub(super) fn spans_years(when: When) -> bool {
    let When::Interval(Some(from), Some(to)) = when else { return false };
    if to.grain() <= Grain::Month {
        return false;
    }
    from.year().zip(to.year()).is_some_and(|(from, to)| to.saturating_sub(from) >= 2)
}

/// 11月5日至2月3日
pub(super) fn crosses_years(when: When) -> bool {
    let When::Interval(Some(from), Some(to)) = when else { return false };
    let days = from.in_year(LEAP).days().zip(to.in_year(LEAP).days());
    days.is_some_and(|((_, from), (_, to))| to < from)
}

/// A year that has every day.
const LEAP: i16 = 2000;
