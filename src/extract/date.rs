//! What the parts of a date mean together: which day, month or year, and what is open or missing.
//!
//! "8月11日至18日" names one month for two days, "January 15 to 16, 2019" one year at the end for both. A rule
//! says only where year, month and day stand; here each side takes from the other what it leaves out. 2月30日
//! is no day and yields nothing.

use jiff::{ToSpan, civil::Date};

use super::{
    mention::{Anchor, Relative, Said, Shape, Timing, Value},
    scan::{Match, ends_with_word},
};
use crate::value::{Kind, Modifier, Number, Point, Role, TimeUnit, When};

/// The value of a date or date range, and which of the two it is.
pub(super) fn build(found: &Match<'_>) -> Option<(Kind, Value)> {
    let modifier = found.code("mod").and_then(Modifier::from_code);
    let role = found.code("role").or_else(|| found.code("open")?.split_once(' ').map(|(_, role)| role));
    let role = role.and_then(Role::from_code);
    let year = found.code("year_shift").and_then(|shift| shift.parse().ok());
    let timing = |said| Value::Time(Timing { said, modifier, role, year });
    if let Some(relative) = relative(found) {
        let relative = relative?;
        let kind = if matches!(relative.shape, Shape::Span | Shape::Open | Shape::Until | Shape::Onward) {
            Kind::DateRange
        } else {
            Kind::Date
        };
        return Some((kind, timing(Said::Relative(relative))));
    }
    if starts(found) {
        return None;
    }
    // "Schedule 1 may enact": the month has a capital, unless a year says that it is one.
    let said = &found.hay.text[found.start..found.end()];
    let verb = |word: &str| word == "may";
    if found.pattern.has("month")
        && !found.pattern.has("year")
        && !found.rule.entry.nested
        && said.split([' ', '\n']).any(verb)
    {
        return None;
    }
    let when = fixed(found)?;
    if found.code("listed").is_some() && !listed(found) {
        return None;
    }
    if when.points().into_iter().flatten().any(|point| {
        contradicted(found, point) || is_bare(found) && point.year().is_some_and(|year| !may_be_year(found, year))
    }) {
        return None;
    }
    let ends = matches!(when, When::Interval(Some(_), Some(_)));
    if let Some(federal) = found.code("federal") {
        let said = fiscal(when, federal.split('|').any(|word| super::said(found, word)));
        return Some((
            if matches!(said, Said::Fixed(When::Interval(..))) { Kind::DateRange } else { found.kind },
            timing(said),
        ));
    }
    let said = if yearly(found) { Said::Yearly(when) } else { Said::Fixed(when) };
    Some((if ends { Kind::DateRange } else { found.kind }, timing(said)))
}

/// A quarter or half of a fiscal year. Where the text speaks of the Federal Government of the United States the year begins
/// in October of the year before (31 U.S.C. 1102); elsewhere only the number of the year is sure.
fn fiscal(when: When, federal: bool) -> Said {
    let When::Point(point) = when else { return Said::Fixed(when) };
    let month = |year: i16, month: i8| Some(Point::Month(Some(year), month));
    Said::Fixed(match (point, federal) {
        (Point::Quarter(Some(year), 1), true) => When::Point(Point::Quarter(Some(year - 1), 4)),
        (Point::Quarter(Some(year), quarter @ 2..=4), true) => When::Point(Point::Quarter(Some(year), quarter - 1)),
        (Point::Half(Some(year), 1), true) => When::Interval(month(year - 1, 10), month(year, 3)),
        (Point::Half(Some(year), _), true) => When::Interval(month(year, 4), month(year, 9)),
        _ => return Said::Fiscal(point.year().map_or(when, |year| When::Point(Point::Year(year)))),
    })
}

/// "in force as of June 1": where one of these words stands before it, "as of" opens what it otherwise closes
/// (`with = { starts = "in force|effective" }`).
fn starts(found: &Match<'_>) -> bool {
    let left = found.hay.text[..found.start].trim_end_matches([' ', '\n']);
    found.word("open") == Some("as of")
        && found.code("starts").is_some_and(|words| words.split('|').any(|word| ends_with_word(left, word)))
}

/// Whether the words right before say that the date comes every year (`with = { yearly = "每年|每年度" }`), or the rule
/// does so by itself (`yes`).
fn yearly(found: &Match<'_>) -> bool {
    let left = found.hay.text[..found.start].trim_end_matches([' ', '的', '于', '於', '在']);
    found.code("yearly").is_some_and(|words| words == "yes" || words.split('|').any(|word| left.ends_with(word)))
}

fn fixed(found: &Match<'_>) -> Option<When> {
    if let Some(side) = found.code("count_from") {
        return part_of_year(found, side);
    }
    let mut first = match found.code("period") {
        Some(code) => Some(When::parse(code)?),
        None => Side::read(found, false).point().map(When::Point),
    };
    if SECOND_SIDE.iter().any(|name| found.pattern.has(name)) {
        let (mut a, mut b) = (Side::read(found, false), Side::read(found, true));
        if b.any() {
            a.complete_from(&b, End::Later);
            b.complete_from(&a, End::Earlier);
            let (from, to) = (a.point()?, b.point()?);
            if let (Some((x, _)), Some((_, y))) = (from.days(), to.days())
                && x > y
            {
                return None;
            }
            first = Some(When::Interval(Some(from), Some(to)));
        }
    }
    let open = found.code("open").and_then(|open| open.split(' ').next());
    Some(match (open, first?) {
        (Some("before"), When::Point(p)) => When::Interval(None, Some(p)),
        (Some("after"), When::Point(p)) => When::Interval(Some(p), None),
        (Some("after"), When::Interval(a, _)) => When::Interval(a, None),
        (Some("before"), When::Interval(_, b)) => When::Interval(None, b),
        (_, when) => when,
    })
}

/// Holes that only the later end of a range has.
const SECOND_SIDE: [&str; 8] = ["year2", "month2", "day2", "yy2", "roc2", "part2", "quarter2", "decade2"];

/// "the last two months of 2025", "the first three quarters of 2023".
fn part_of_year(found: &Match<'_>, side: &str) -> Option<When> {
    // 4月前4天: the year is still to be found.
    if let (None, Some(month), "D", "first") = (found.int("year"), found.int("month"), found.code("unit")?, side) {
        let (month, last) = (i8::try_from(month).ok()?, i8::try_from(found.int("n")?).ok()?);
        return Some(When::Interval(Some(Point::day(None, month, 1)?), Some(Point::day(None, month, last)?)));
    }
    let year = found.int("year")?;
    if let (unit @ ("D" | "W"), "first") = (found.code("unit")?, side) {
        return first_days(year, found.number("n")?.to_u32()?, unit);
    }
    let count = i8::try_from(found.int("n")?).ok()?;
    let months = match found.code("unit")? {
        "M" => count,
        "Q" => count.checked_mul(3)?,
        _ => return None,
    };
    if !(1..12).contains(&months) {
        return None;
    }
    let (from, to) = if side == "last" { (13 - months, 12) } else { (1, months) };
    Some(When::Interval(Some(Point::Month(Some(year), from)), Some(Point::Month(Some(year), to))))
}

/// The first so many days (`D`) or weeks (`W`) of a year; the weeks are those whose Mondays lie in it.
fn first_days(year: i16, count: u32, unit: &str) -> Option<When> {
    let (from, days) = match unit {
        "D" => (Date::new(year, 1, 1).ok()?, i64::from(count)),
        _ => (Point::MonthWeek(Some(year), 1, 1).days()?.0, i64::from(count) * 7),
    };
    let last = from.checked_add((days - 1).days()).ok().filter(|last| *last >= from && last.year() == year)?;
    let point = |date: Date| Point::Day(Some(date.year()), date.month(), date.day());
    Some(When::Interval(Some(point(from)), Some(point(last))))
}

/// "February 29" of "February 29, 2014": the year that follows has no such day.
fn contradicted(found: &Match<'_>, point: Point) -> bool {
    let Point::Day(None, month, day) = point else { return false };
    let behind = found.hay.text[found.end()..].trim_start_matches([',', ' ', '\n']);
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let year = behind.get(..4).filter(|_| digits == 4).and_then(|year| year.parse().ok());
    year.is_some_and(|year: i16| Point::day(Some(year), month, day).is_none())
}

/// "2016, 2020, and 2024": a year among three at least, one after the other, with nothing but commas and one "and" between.
fn listed(found: &Match<'_>) -> bool {
    let Some(index) = found.hay.numeral_at(found.start).map(|index| index as usize) else { return false };
    let year = |at: usize| {
        let numeral = found.hay.numerals.get(at)?;
        let year = numeral.number.filter(|_| numeral.digits == 4 && !numeral.glued)?.to_u32()?;
        i16::try_from(year).ok().filter(|year| BARE_YEARS.contains(year))
    };
    // Whether the numeral at this place and the one behind it are years of one list.
    let follows = |at: usize| {
        let between =
            found.hay.text.get(found.hay.numerals[at].span.end()..found.hay.numerals.get(at + 1)?.span.start())?;
        // "2019, 2020 and 2021" has no comma before its last.
        let rest = between.strip_prefix(',').unwrap_or(between);
        let joined = rest.len() < between.len() && rest.trim().is_empty() || matches!(rest.trim(), "and" | "or");
        (joined && year(at)? < year(at + 1)?).then_some(())
    };
    let before = (1..=2).take_while(|&back| index.checked_sub(back).and_then(follows).is_some()).count();
    let behind = (0..2).take_while(|&ahead| follows(index + ahead).is_some()).count();
    before + behind >= 2
}

/// Years in digits alone, as the rule says or as a range of nothing else shows: 1230–1241 are pages.
pub(super) fn is_bare(found: &Match<'_>) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '~');
    found.code("bare").is_some()
        || found.pattern.has("year2") && found.hay.text[found.start..found.end()].chars().all(digits)
}

/// With `bare = "odd"` a round number (2000 clients) is none.
fn may_be_year(found: &Match<'_>, year: i16) -> bool {
    BARE_YEARS.contains(&year) && !(found.code("bare") == Some("odd") && year % 100 == 0)
}

/// A number of four digits alone is a year only near ours: "1026 operations", "2500 tons".
const BARE_YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// 20240307 as year, month and day.
fn year_month_day(digits: u32) -> Option<(i16, i8, i8)> {
    let small = |n: u32| i8::try_from(n).ok();
    Some((i16::try_from(digits / 10_000).ok()?, small(digits / 100 % 100)?, small(digits % 100)?))
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Earlier,
    Later,
}

/// One side of a range, or the only one.
#[derive(Clone, Copy, Default)]
struct Side {
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
    fn read(found: &Match<'_>, second: bool) -> Self {
        let int = |first: &str, other: &str| found.int(if second { other } else { first });
        let small = |first: &str, other: &str| int(first, other).and_then(|n| i8::try_from(n).ok());
        let ymd = found.number(if second { "ymd2" } else { "ymd" }).and_then(Number::to_u32).and_then(year_month_day);
        let year = int("year", "year2")
            .or_else(|| int("roc", "roc2").and_then(|y| y.checked_add(1911)))
            .or_else(|| int("yy", "yy2").map(|y| if y < 50 { 2000 + y } else { 1900 + y }))
            .or_else(|| int("be", "be2").map(|y| y - 543))
            .or_else(|| int("reign", "reign2").zip(int("reign_year", "reign_year2")).map(|(before, y)| before + y))
            // 20240307
            .or_else(|| ymd.map(|ymd| ymd.0));
        // 2013—15: the century of the first year.
        let year = year
            .map(|y| if second && y < 100 { found.int("year").map_or(y, |first| first / 100 * 100 + y) } else { y });
        let decade = int("decade", "decade2").map(|d| {
            let century =
                int("century", "century2").map_or_else(|| if d < 30 { 2000 } else { 1900 }, |c| (c - 1) * 100);
            if d >= 1000 { d / 10 * 10 } else { century + d }
        });
        Self {
            year,
            month: small("month", "month2").or_else(|| ymd.map(|ymd| ymd.1)),
            day: small("day", "day2").or_else(|| ymd.map(|ymd| ymd.2)),
            part: small("part", "part2"),
            quarter: small("quarter", "quarter2"),
            half: small("half", "half2"),
            season: small("season", "season2"),
            month_week: small("month_week", "month_week2"),
            decade,
            century: int("century", "century2").map(|c| (c - 1) * 100),
            week: small("week", "week2"),
            last_day: found.code("lastday").is_some(),
        }
    }

    fn any(&self) -> bool {
        self.year.is_some()
            || self.month.is_some()
            || self.day.is_some()
            || self.part.is_some()
            || self.quarter.is_some()
            || self.decade.is_some()
    }

    /// Takes the larger units that are missing from the other side.
    fn complete_from(&mut self, other: &Self, end: End) {
        if self.day.is_some() && self.month.is_none() {
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
    fn shape(&self) -> Shape {
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

    fn point(&self) -> Option<Point> {
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
fn relative(found: &Match<'_>) -> Option<Option<Relative>> {
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
            shape => shape,
        };
        return Some(Some(Relative { from, shift: shift * factor as i32, unit, shape }));
    }
    counted(found)
}
