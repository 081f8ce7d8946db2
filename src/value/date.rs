//! Calendar points and periods as stated: "2016年11月" is a month, not the first of November.
//!
//! Written in EDTF (ISO 8601-2) level 1. A day that does not exist yields no value. Where the year is
//! missing, the point waits for `resolve`, which takes it from the text or from the document's date.

use std::fmt;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// How exactly the text speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A day.
    Day,
    /// Ten days or so: 上旬, 中旬, 下旬.
    Part,
    /// An ISO week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// As the wire form writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Part => "part",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// All of it is written in the mention.
    Explicit,
    /// The year (or more) was taken from an earlier mention.
    FromText,
    /// It was taken from the document's date.
    FromDocumentDate,
    /// Something is missing and nothing supplies it.
    Unresolved,
}

impl Basis {
    /// As the wire form writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::FromText => "from_text",
            Self::FromDocumentDate => "from_document_date",
            Self::Unresolved => "unresolved",
        }
    }
}

/// A period of the calendar that the text names, possibly without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Point {
    /// `2016`; 221 BC is `-0220`, since ISO 8601 counts a year zero.
    Year(i16),
    /// `2016-11`; without a year `XXXX-11`.
    Month(Option<i16>, i8),
    /// `2016-11-07`; without a year `XXXX-11-07`.
    Day(Option<i16>, i8, i8),
    /// First (1), second (2) or last (3) ten days of a month.
    Part(Option<i16>, i8, i8),
    /// `2016-10/2016-12`; several in a row as two digits, 13 for the first three.
    Quarter(Option<i16>, i8),
    /// `2016-01/2016-06`
    Half(Option<i16>, i8),
    /// `2016-SU`: 1 spring … 4 winter.
    Season(Option<i16>, i8),
    /// `199X`, given as 1990.
    Decade(i16),
    /// `19XX`, given as 1900; `-01XX` (200 to 101 BC), given as -100.
    Century(i16),
    /// ISO week of a year.
    Week(i16, i8),
    /// First (1) to fifth week of a month: those whose Mondays lie in it.
    MonthWeek(Option<i16>, i8, i8),
    /// Any stretch of days (春节 of a year).
    Days(Date, Date),
}

impl Point {
    /// A day, if such a day exists (in some year, where the year is missing).
    #[must_use]
    pub fn day(year: Option<i16>, month: i8, day: i8) -> Option<Self> {
        Date::new(year.unwrap_or(2000), month, day).ok().map(|_| Self::Day(year, month, day))
    }

    /// The same in the given year, where none was stated.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        match self {
            Self::Month(None, m) => Self::Month(Some(year), m),
            Self::Day(None, m, d) if Date::new(year, m, d).is_ok() => Self::Day(Some(year), m, d),
            Self::Part(None, m, p) => Self::Part(Some(year), m, p),
            Self::Quarter(None, q) => Self::Quarter(Some(year), q),
            Self::Half(None, h) => Self::Half(Some(year), h),
            Self::Season(None, s) => Self::Season(Some(year), s),
            Self::MonthWeek(None, m, w) => Self::MonthWeek(Some(year), m, w),
            other => other,
        }
    }

    /// The year, where it is stated.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Year(y) | Self::Week(y, _) => Some(y),
            Self::Month(y, _)
            | Self::Day(y, ..)
            | Self::Part(y, ..)
            | Self::Quarter(y, _)
            | Self::Half(y, _)
            | Self::Season(y, _)
            | Self::MonthWeek(y, ..) => y,
            Self::Decade(_) | Self::Century(_) => None,
            Self::Days(first, _) => Some(first.year()),
        }
    }

    /// The month, where one is stated.
    #[must_use]
    pub const fn month(self) -> Option<i8> {
        match self {
            Self::Month(_, m) | Self::Day(_, m, _) | Self::Part(_, m, _) | Self::MonthWeek(_, m, _) => Some(m),
            _ => None,
        }
    }

    /// Whether the year must still be found.
    #[must_use]
    pub fn lacks_year(self) -> bool {
        self.year().is_none() && !matches!(self, Self::Decade(_) | Self::Century(_))
    }

    /// How exactly it speaks.
    #[must_use]
    pub const fn grain(self) -> Grain {
        match self {
            Self::Year(_) => Grain::Year,
            Self::Month(..) => Grain::Month,
            Self::Day(..) => Grain::Day,
            Self::Part(..) | Self::Days(..) => Grain::Part,
            Self::Quarter(..) => Grain::Quarter,
            Self::Half(..) => Grain::Half,
            Self::Season(..) => Grain::Season,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
            Self::Week(..) | Self::MonthWeek(..) => Grain::Week,
        }
    }

    /// First and last day, both inside; `None` without a year.
    #[must_use]
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, from: i8, to: i8| -> Option<(Date, Date)> {
            Some((Date::new(year, from, 1).ok()?, Date::new(year, to, 1).ok()?.last_of_month()))
        };
        match self {
            Self::Year(y) => months(y, 1, 12),
            Self::Month(Some(y), m) => months(y, m, m),
            Self::Day(Some(y), m, d) => Date::new(y, m, d).ok().map(|d| (d, d)),
            Self::Part(Some(y), m, part) => {
                let (from, to) = match part {
                    1 => (1, 10),
                    2 => (11, 20),
                    _ => (21, Date::new(y, m, 1).ok()?.last_of_month().day()),
                };
                Some((Date::new(y, m, from).ok()?, Date::new(y, m, to).ok()?))
            }
            Self::Quarter(Some(y), q) => months(y, quarter_months(q).0, quarter_months(q).1),
            Self::Half(Some(y), h) => months(y, 6 * h - 5, 6 * h),
            // Meteorological seasons; winter runs into the next year.
            Self::Season(Some(y), 4) => {
                Some((Date::new(y, 12, 1).ok()?, Date::new(y.checked_add(1)?, 2, 1).ok()?.last_of_month()))
            }
            Self::Season(Some(y), s) => months(y, 3 * s, 3 * s + 2),
            Self::Decade(y) => Some((Date::new(y, 1, 1).ok()?, Date::new(y.checked_add(9)?, 12, 31).ok()?)),
            Self::Century(y @ ..0) => Some((Date::new(y.checked_sub(99)?, 1, 1).ok()?, Date::new(y, 12, 31).ok()?)),
            Self::Century(y) => Some((Date::new(y.max(1), 1, 1).ok()?, Date::new(y.checked_add(99)?, 12, 31).ok()?)),
            Self::Week(y, w) => {
                let monday = jiff::civil::ISOWeekDate::new(y, w, jiff::civil::Weekday::Monday).ok()?.date();
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            Self::MonthWeek(Some(y), m, w) => {
                let first = Date::new(y, m, 1).ok()?;
                let monday =
                    first.checked_add((i64::from(7 - first.weekday().to_monday_zero_offset()) % 7).days()).ok()?;
                let monday = monday.checked_add((i64::from(w) - 1).weeks()).ok().filter(|d| d.month() == m)?;
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            Self::Days(first, last) => Some((first, last)),
            _ => None,
        }
    }
}

/// First and last month of a quarter (1 to 4), or of several (13: the first to the third).
const fn quarter_months(quarter: i8) -> (i8, i8) {
    let (first, last) = if quarter < 10 { (quarter, quarter) } else { (quarter / 10, quarter % 10) };
    (3 * first - 2, 3 * last)
}

/// The sign before a year of Chinese antiquity.
const fn minus(year: i16) -> &'static str {
    if year < 0 { "-" } else { "" }
}

impl fmt::Display for Point {
    /// EDTF level 1; parts, quarters and halves as intervals, as the wire form wants them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Y(Option<i16>);
        impl fmt::Display for Y {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    Some(y) => write!(f, "{}{:04}", minus(y), y.unsigned_abs()),
                    None => f.write_str("XXXX"),
                }
            }
        }
        match *self {
            Self::Year(y) => write!(f, "{}", Y(Some(y))),
            Self::Month(y, m) => write!(f, "{}-{m:02}", Y(y)),
            Self::Day(y, m, d) => write!(f, "{}-{m:02}-{d:02}", Y(y)),
            Self::Quarter(y, q) => {
                let (first, last) = quarter_months(q);
                write!(f, "{0}-{first:02}/{0}-{last:02}", Y(y))
            }
            Self::Half(y, h) => write!(f, "{0}-{1:02}/{0}-{2:02}", Y(y), 6 * h - 5, 6 * h),
            Self::Season(y, s) => {
                write!(f, "{}-{}", Y(y), ["SP", "SU", "FA", "WI"][usize::from((s - 1).clamp(0, 3) as u8)])
            }
            Self::Decade(y) => write!(f, "{:03}X", y / 10),
            Self::Century(y) => write!(f, "{}{:02}XX", minus(y), (y / 100).unsigned_abs()),
            Self::Week(y, w) => write!(f, "{y:04}-W{w:02}"),
            Self::Part(None, m, part) => write!(f, "XXXX-{m:02}-{}X", part - 1),
            Self::MonthWeek(None, m, w) => write!(f, "XXXX-{m:02}-W{w}"),
            Self::Part(..) | Self::MonthWeek(..) => match self.days() {
                Some((first, last)) => write!(f, "{first}/{last}"),
                None => f.write_str("XXXX"),
            },
            Self::Days(first, last) if first == last => write!(f, "{first}"),
            Self::Days(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

/// A point, or an interval between two; an end that is `None` is open.
///
/// ```
/// use tongwen::value::{Point, When};
/// assert_eq!(When::Point(Point::Month(Some(2016), 11)).to_string(), "2016-11");
/// assert_eq!(When::Interval(None, Some(Point::Year(2022))).to_string(), "../2022");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// One point.
    Point(Point),
    /// From … to …, both inside.
    Interval(Option<Point>, Option<Point>),
}

impl When {
    /// A period as tables give it: `1996/2000`, `2012-11-08`, `2013/..`, `195X/196X`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let point = |text: &str| -> Option<Point> {
            if let Some(decade) = text.strip_suffix('X') {
                return Some(Point::Decade(decade.parse::<i16>().ok().filter(|_| decade.len() == 3)? * 10));
            }
            let mut parts = text.split('-');
            let year = parts.next()?.parse().ok()?;
            let (month, day) = (parts.next(), parts.next());
            Some(match (month, day) {
                (None, _) => Point::Year(year),
                (Some(month), None) => {
                    Point::Month(Some(year), month.parse().ok().filter(|month| (1..=12).contains(month))?)
                }
                (Some(month), Some(day)) => Point::day(Some(year), month.parse().ok()?, day.parse().ok()?)?,
            })
        };
        match code.split_once('/') {
            Some((a, "..")) => Some(Self::Interval(Some(point(a)?), None)),
            Some((a, b)) => Some(Self::Interval(Some(point(a)?), Some(point(b)?))),
            None => Some(Self::Point(point(code)?)),
        }
    }

    /// First and last day; `None` for an open end or a missing year.
    #[must_use]
    pub fn days(self) -> (Option<Date>, Option<Date>) {
        match self {
            Self::Point(p) => p.days().map_or((None, None), |(a, b)| (Some(a), Some(b))),
            Self::Interval(a, b) => (a.and_then(Point::days).map(|d| d.0), b.and_then(Point::days).map(|d| d.1)),
        }
    }

    /// The points that are stated.
    #[must_use]
    pub fn points(self) -> [Option<Point>; 2] {
        match self {
            Self::Point(p) => [Some(p), None],
            Self::Interval(a, b) => [a, b],
        }
    }

    /// The finer of the two grains.
    #[must_use]
    pub fn grain(self) -> Option<Grain> {
        self.points().into_iter().flatten().map(Point::grain).min()
    }

    /// Each stated point changed.
    #[must_use]
    pub fn map(self, f: impl Fn(Point) -> Point) -> Self {
        match self {
            Self::Point(p) => Self::Point(f(p)),
            Self::Interval(a, b) => Self::Interval(a.map(&f), b.map(&f)),
        }
    }
}

impl fmt::Display for When {
    /// EDTF: a point, or `start/end` with `..` for an open end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The end of an interval may itself be printed as one (a quarter): take its outer side.
        fn side(text: String, last: bool) -> String {
            match text.split_once('/') {
                Some((a, b)) => (if last { b } else { a }).to_owned(),
                None => text,
            }
        }
        match self {
            Self::Point(p) => write!(f, "{p}"),
            Self::Interval(a, b) => {
                let open = || "..".to_owned();
                let from = a.map_or_else(open, |p| side(p.to_string(), false));
                let to = b.map_or_else(open, |p| side(p.to_string(), true));
                write!(f, "{from}/{to}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_before_the_common_era_have_a_sign_and_four_digits() {
        assert_eq!(Point::Year(-220).to_string(), "-0220");
        assert_eq!(Point::Day(Some(-43), 3, 15).to_string(), "-0043-03-15");
        assert_eq!(Point::Century(-100).to_string(), "-01XX");
        let days = Point::Century(-100).days().map(|(first, last)| (first.year(), last.year()));
        assert_eq!(days, Some((-199, -100)));
    }

    #[test]
    fn periods_of_tables() {
        for code in ["1996/2000", "2012-11-08", "2013/..", "195X/196X", "2016-11", "1999"] {
            assert_eq!(When::parse(code).map(|when| when.to_string()).as_deref(), Some(code));
        }
        for code in ["2031-2035", "next", "195X0", "2012-13", "2012-02-30", "1996/", "/2000"] {
            assert_eq!(When::parse(code), None, "{code}");
        }
    }
}
