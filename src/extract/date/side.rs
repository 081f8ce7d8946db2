//! One side of a range, or the only one: what its holes say, and the point that they make together.

use jiff::civil::Date;

use crate::{
    extract::{mention::Shape, scan::Match},
    value::{Number, Point},
};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    Earlier,
    Later,
}

/// One side of a range, or the only one.
#[derive(Clone, Copy, Default)]
pub(super) struct Side {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    part: Option<i8>,
    quarter: Option<i8>,
    half: Option<i8>,
    season: Option<i8>,
    month_week: Option<i8>,
    decade: Option<i16>,
    century: Option<i16>,
    week: Option<i8>,
    last_day: bool,
}

impl Side {
    /// The first side, or the second, whose holes have a 2 behind their names.
    pub(super) fn read(found: &Match<'_>, second: bool) -> Self {
        let int = |first: &str, other: &str| found.int(if second { other } else { first });
        let small = |first: &str, other: &str| int(first, other).and_then(|n| i8::try_from(n).ok());
        let ymd = found.number(if second { "ymd2" } else { "ymd" }).and_then(Number::to_u32).and_then(year_month_day);
        let year = int("year", "year2")
            .or_else(|| int("roc", "roc2").and_then(|y| y.checked_add(1911)))
            .or_else(|| int("yy", "yy2").map(|y| if y < 50 { 2000 + y } else { 1900 + y }))
            .or_else(|| int("be", "be2").map(|y| y - 543))
            // 公元前221年 is -220: there was no year zero, but ISO 8601 has one.
            .or_else(|| int("bc", "bc2").filter(|y| (1..=9999).contains(y)).map(|y| 1 - y))
            .or_else(|| int("reign", "reign2").zip(int("reign_year", "reign_year2")).map(|(before, y)| before + y))
            // 20240307
            .or_else(|| ymd.map(|ymd| ymd.0));
        // 2013—15: the century of the first year.
        let year = year
            .map(|y| if second && y < 100 { found.int("year").map_or(y, |first| first / 100 * 100 + y) } else { y });
        // Years have four digits.
        let century = |name, second| int(name, second).filter(|c| (1..=99).contains(c));
        let decade = int("decade", "decade2").map(|d| {
            let before =
                century("century", "century2").map_or_else(|| if d < 30 { 2000 } else { 1900 }, |c| (c - 1) * 100);
            if d >= 1000 { d / 10 * 10 } else { before.checked_add(d).unwrap_or(d) }
        });
        Self {
            year,
            month: small("month", "month2").or_else(|| ymd.map(|ymd| ymd.1)),
            day: small("day", "day2").or_else(|| ymd.map(|ymd| ymd.2)),
            part: small("part", "part2"),
            quarter: small("quarter", "quarter2").filter(|quarter| {
                let (first, last) = if *quarter < 10 { (*quarter, *quarter) } else { (quarter / 10, quarter % 10) };
                (1..=4).contains(&first) && (first..=4).contains(&last)
            }),
            // 2015h32 is a name.
            half: small("half", "half2").filter(|half| (1..=2).contains(half)),
            season: small("season", "season2"),
            month_week: small("month_week", "month_week2"),
            decade,
            century: match century("bc_century", "bc_century2") {
                // 100 BC to 1 BC has no name of its own in EDTF.
                Some(before) => (before > 1).then_some((1 - before) * 100),
                None => century("century", "century2").map(|c| (c - 1) * 100),
            },
            week: small("week", "week2"),
            last_day: found.code("lastday").is_some(),
        }
    }

    pub(super) fn any(&self) -> bool {
        self.year.is_some()
            || self.month.is_some()
            || self.day.is_some()
            || self.part.is_some()
            || self.quarter.is_some()
            || self.decade.is_some()
    }

    /// Takes the larger units that are missing from the other side.
    pub(super) fn complete_from(&mut self, other: &Self, end: End) {
        if (self.day.is_some() || self.part.is_some()) && self.month.is_none() {
            self.month = other.month;
        }
        if self.year.is_none() && (self.month.is_some() || self.day.is_some() || self.quarter.is_some()) {
            self.year = other.year;
            // 11月5日至2月3日: the later end is in the next year.
            if end == End::Earlier
                && let (Some(year), Some(mine), Some(theirs)) = (self.year, self.month, other.month)
                && mine < theirs
            {
                self.year = Some(year + 1);
            }
        }
    }

    /// What is meant within the unit that counting arrives at: 四月 of 明年, 二十号 of 下个月.
    pub(super) fn shape(&self) -> Shape {
        match (self.month, self.day, self.part) {
            // The month is the one counted to; January stands for it until then.
            (None, Some(day), _) => Shape::Within(Point::Day(None, 1, day)),
            (None, None, Some(part)) => Shape::Within(Point::Part(None, 1, part)),
            (None, None, None) if self.month_week.is_some() => {
                self.month_week.map_or(Shape::Whole, |week| Shape::Within(Point::MonthWeek(None, 1, week)))
            }
            _ => self.point().map_or(Shape::Whole, Shape::Within),
        }
    }

    pub(super) fn point(&self) -> Option<Point> {
        if let Some(decade) = self.decade {
            return Some(Point::Decade(decade));
        }
        if let Some(century) = self.century {
            return Some(Point::Century(century));
        }
        if let (Some(year), Some(week)) = (self.year, self.week) {
            let week = Point::Week(year, week);
            return week.days().map(|_| week);
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => return Point::day(self.year, month, day),
            (None, Some(_)) => return None,
            (Some(month), None) if (1..=12).contains(&month) => {
                if self.last_day {
                    let year = self.year?;
                    return Point::day(Some(year), month, Date::new(year, month, 1).ok()?.days_in_month());
                }
                return Some(match (self.part, self.month_week) {
                    (Some(part), _) => Point::Part(self.year, month, part),
                    (None, Some(week)) => Point::MonthWeek(self.year, month, week),
                    (None, None) => Point::Month(self.year, month),
                });
            }
            (Some(_), None) => return None,
            (None, None) => {}
        }
        if let Some(quarter) = self.quarter {
            // 前三季度 is given as 13: from the first to the third quarter.
            let (first, last) = if quarter < 10 { (quarter, quarter) } else { (quarter / 10, quarter % 10) };
            return (1 <= first && first <= last && last <= 4).then_some(Point::Quarter(self.year, quarter));
        }
        if let Some(half) = self.half {
            return Some(Point::Half(self.year, half));
        }
        if let Some(season) = self.season {
            return Some(Point::Season(self.year, season));
        }
        self.year.map(Point::Year)
    }
}

/// 20240307 as year, month and day.
fn year_month_day(digits: u32) -> Option<(i16, i8, i8)> {
    let small = |n: u32| i8::try_from(n).ok();
    Some((i16::try_from(digits / 10_000).ok()?, small(digits / 100 % 100)?, small(digits % 100)?))
}
