//! Fills in what a date leaves out: the year from the text or the document, the day that "two years later" is.
//!
//! 2018年12月29日上班。…2月4日至10日放假: the year is not the last one written but the one after it, since a
//! holiday notice goes forward. So a date without a year takes the year of the date before it, or the next
//! year where it would otherwise lie months before it. Without any year in the text the document's date
//! supplies one, and without that the value says XXXX and the basis `unresolved`.

use jiff::{ToSpan, civil::Date};

use super::Resolved;
use crate::{
    extract::{Anchor, Relative, Said, Shape, Value},
    text::Span,
    value::{Basis, Grain, Kind, Point, TimeUnit, When},
};

/// What a document has said of time so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// Date of the document.
    document: Option<Date>,
    /// The year the text speaks of, and where it said so.
    year: Option<(i16, Span)>,
    /// The last day named with a year, written or filled in.
    last: Option<Date>,
    /// The last day or month that was named, and its year where that is known.
    month: Option<(Option<i16>, i8, i8)>,
    /// Whether this is the first section.
    at_head: bool,
    /// Where the last date ended that says or was given a year.
    spoken: usize,
    /// Where no year was named yet, the first day that is named with its year further below, and where.
    ahead: Option<(Date, Span)>,
}

/// So much earlier than the date before, a day without a year belongs to the next year: events are told as they came.
const BACKWARD_DAYS: i32 = 90;
/// A month belongs to the year in which it is nearer: statistics go back and forth.
const BACKWARD_DAYS_OF_MONTHS: i32 = 182;
/// So much lower than the last one, a day without its month is of the next.
const BACKWARD_DAYS_OF_A_MONTH: i8 = 15;
/// So far behind the last date of a document with a date, that date's year says less than the document's.
const SPOKEN_BYTES: usize = 600;
/// A number of the text itself stands among the first bytes of it.
const HEAD_BYTES: usize = 160;
/// Between two joined dates stand so many bytes at most: 及, 和, 起，至.
const JOINT_BYTES: usize = 9;
/// So many days at most lie between a date without a year and the first one below it that tells its year.
const NEAR_DAYS: i32 = 31;

impl Clock {
    /// For a document with this date.
    #[must_use]
    pub const fn new(document: Option<Date>) -> Self {
        Self { document, year: None, last: None, month: None, at_head: true, spoken: 0, ahead: None }
    }

    /// Forgets places: the next mentions lie in another section.
    pub const fn next_section(&mut self) {
        if let Some((_, span)) = &mut self.year {
            *span = Span::new(0, 0);
        }
        self.at_head = false;
        self.spoken = 0;
        self.ahead = None;
    }

    /// Resolves the times among the mentions of one section, in text order.
    pub fn resolve(&mut self, mentions: &mut [Resolved]) {
        self.ahead = mentions.iter().filter(|mention| !mention.mention.nested).find_map(dated);
        let mut yearly_end = None;
        for mention in mentions {
            let span = mention.mention.span;
            if let Value::Norm(norm) = &mention.mention.value
                && mention.mention.kind == Kind::DocNumber
                && self.at_head
                && span.start() < HEAD_BYTES
                && self.year.is_none()
                && self.document.is_none()
            {
                // 国办函〔2013〕47号 above a text without a year.
                self.year = year_of_number(norm).map(|year| (year, span));
            }
            let Value::Time(timing) = mention.mention.value else { continue };
            // 每年六月三十日及十二月三十一日: what is joined to a day of every year is one, too.
            let joined = yearly_end.is_some_and(|end| span.start() >= end && span.start() - end <= JOINT_BYTES);
            let said = match timing.said {
                Said::Fixed(when) if joined && lacks_year(when) => Said::Yearly(when),
                said => said,
            };
            if !mention.mention.nested {
                yearly_end = matches!(said, Said::Yearly(when) if lacks_year(when)).then(|| span.end());
            }
            let (when, basis) = match said {
                Said::Fixed(when) => self.complete(when, timing.year, span.start()),
                Said::Yearly(when) if lacks_year(when) => (None, Basis::Unresolved),
                Said::Yearly(when) => (Some(when), Basis::Explicit),
                Said::Fiscal(when) => (Some(when), Basis::Unresolved),
                Said::Relative(relative) => self.count(relative),
            };
            if basis == Basis::FromText {
                let named = self.year.map(|(_, at)| at).or(self.ahead.map(|(_, at)| at));
                mention.antecedent = named.filter(|at| !at.is_empty());
            }
            mention.time = when.or(match timing.said {
                Said::Fixed(when) | Said::Yearly(when) | Said::Fiscal(when) => Some(when),
                Said::Relative(_) => None,
            });
            mention.basis = Some(basis);
            if let Some(when) = mention.time.filter(|_| !mention.mention.nested) {
                self.notice_month(when);
            }
            // An inner layer (the ends of a range, 今年) does not move the clock.
            if !mention.mention.nested
                && let Some(when) = when
            {
                self.notice(when, basis, span);
            }
        }
    }

    fn notice_month(&mut self, when: When) {
        self.month = match when.points().into_iter().flatten().next_back() {
            Some(Point::Day(year, month, day)) => Some((year, month, day)),
            Some(Point::Month(year, month)) => Some((year, month, 1)),
            _ => return,
        };
    }

    /// 截至21日 behind 12月18日: a day of that month, or of the next where it would lie far back.
    fn day_of_month(&self, day: i8) -> (Option<When>, Basis) {
        let Some((year, month, last)) = self.month else { return (None, Basis::Unresolved) };
        let next = last - day > BACKWARD_DAYS_OF_A_MONTH;
        let (year, month) = match (next, month) {
            (true, 12) => (year.map(|year| year + 1), 1),
            (true, month) => (year, month + 1),
            (false, month) => (year, month),
        };
        let basis = if year.is_some() { Basis::FromText } else { Basis::Unresolved };
        (Point::day(year, month, day).map(When::Point), basis)
    }

    fn notice(&mut self, when: When, basis: Basis, span: Span) {
        // “九五”期间 says nothing of the year of 7月1日.
        if spans_years(when) {
            return;
        }
        let points = when.points();
        let last = points.into_iter().flatten().next_back();
        if let Some(year) = last.and_then(Point::year) {
            // A goal for 2030 says nothing of September 23rd.
            if self.document.is_some_and(|date| year > date.year() + 1) {
                return;
            }
            self.spoken = span.end();
            if basis == Basis::Explicit || self.year.is_none_or(|(y, _)| y != year) {
                self.year = Some((year, span));
            }
            if last.is_some_and(|p| p.grain() <= Grain::Month) {
                self.last = last.and_then(Point::days).map(|(first, _)| first);
            } else if basis == Basis::Explicit {
                self.last = None;
            }
        }
    }

    /// Fills in the year, `shift` years from the document's where a word beside the date says so (去年3月).
    fn complete(&self, when: When, shift: Option<i8>, at: usize) -> (Option<When>, Basis) {
        if !lacks_year(when) {
            return (Some(when), Basis::Explicit);
        }
        match (shift, self.document) {
            (Some(shift), Some(date)) => {
                return (Some(in_year(when, date.year() + i16::from(shift))), Basis::FromDocumentDate);
            }
            (Some(0) | None, _) => {}
            // Last year is not the one that the text named last.
            (Some(_), None) => return (None, Basis::Unresolved),
        }
        let Some(first) = when.points().into_iter().flatten().next() else { return (None, Basis::Unresolved) };
        let far = self.document.is_some() && at.saturating_sub(self.spoken) > SPOKEN_BYTES;
        if let Some((year, _)) = self.year.filter(|_| !far) {
            // 1—9月 in a text about September lies in its year: the end tells.
            let last = when.points().into_iter().flatten().next_back().unwrap_or(first);
            // 今年 is the year spoken of, however far back its months lie.
            let told = shift.is_some();
            let year = if told { year } else { self.forward(if crosses_years(when) { first } else { last }, year) };
            return (Some(in_year(when, year)), Basis::FromText);
        }
        // 今年7月1日 above a later day of another year is not of that year.
        match (self.document, self.ahead.filter(|_| shift.is_none())) {
            (Some(date), _) => (Some(in_year(when, date.year())), Basis::FromDocumentDate),
            // 新华社北京10月24日电 above a text that says 2023年10月24日; a date of another season says nothing.
            (None, Some((named, _))) => {
                let near = |year: i16| {
                    let day = first.in_year(year).days().map(|(day, _)| day);
                    day.and_then(|day| named.until(day).ok()).is_some_and(|gap| gap.get_days().abs() <= NEAR_DAYS)
                };
                match [named.year(), named.year() - 1, named.year() + 1].into_iter().find(|&year| near(year)) {
                    Some(year) => (Some(in_year(when, year)), Basis::FromText),
                    None => (None, Basis::Unresolved),
                }
            }
            (None, None) => (None, Basis::Unresolved),
        }
    }

    /// The year in which a point lies that follows the dates so far.
    fn forward(&self, point: Point, year: i16) -> i16 {
        let Some(last) = self.last else { return year };
        let year = last.year().max(year.min(last.year()));
        let Some((first, _)) = point.in_year(year).days() else { return year };
        let back = first.until(last).map_or(0, |span| span.get_days());
        let most = if point.grain() == Grain::Day { BACKWARD_DAYS } else { BACKWARD_DAYS_OF_MONTHS };
        if back > most { year + 1 } else { year }
    }

    fn count(&self, relative: Relative) -> (Option<When>, Basis) {
        if let Relative {
            from: Anchor::Text,
            shift: 0,
            unit: TimeUnit::Month,
            shape: Shape::Within(Point::Day(None, _, day)),
        } = relative
        {
            return self.day_of_month(day);
        }
        let (anchor, basis) = match relative.from {
            Anchor::Text => match (self.last, self.year) {
                (Some(last), _) => (Some(last), Basis::FromText),
                (None, Some((year, _))) => (Date::new(year, 1, 1).ok(), Basis::FromText),
                (None, None) => (self.document, Basis::FromDocumentDate),
            },
            Anchor::Document => (self.document, Basis::FromDocumentDate),
        };
        let found = anchor.and_then(|anchor| counted(anchor, relative));
        match found {
            Some(when) => (Some(when), basis),
            None => (None, Basis::Unresolved),
        }
    }
}

/// 2013 of 国办函〔2013〕47号.
fn year_of_number(norm: &str) -> Option<i16> {
    norm.split_once('〔')?.1.split_once('〕')?.0.parse().ok().filter(|year| (1949..2100).contains(year))
}

fn lacks_year(when: When) -> bool {
    when.points().into_iter().flatten().any(Point::lacks_year)
}

/// Whether it is a stretch of more than two years.
fn spans_years(when: When) -> bool {
    let When::Interval(Some(from), Some(to)) = when else { return false };
    from.year().zip(to.year()).is_some_and(|(from, to)| to - from >= 2)
}

/// 11月5日至2月3日
fn crosses_years(when: When) -> bool {
    let When::Interval(Some(from), Some(to)) = when else { return false };
    let days = from.in_year(LEAP).days().zip(to.in_year(LEAP).days());
    days.is_some_and(|((_, from), (_, to))| to < from)
}

/// A year that has every day.
const LEAP: i16 = 2000;

/// The day with its year that a mention names in full, and where it stands.
fn dated(mention: &Resolved) -> Option<(Date, Span)> {
    let Value::Time(timing) = mention.mention.value else { return None };
    let Said::Fixed(when) = timing.said else { return None };
    let point = when.points().into_iter().flatten().find(|point| point.grain() <= Grain::Month)?;
    point.year()?;
    point.days().map(|(first, _)| (first, mention.mention.span))
}

/// The year itself, or the last before it that has the days named: 2月29日.
fn fitting_year(when: When, year: i16) -> i16 {
    let lacks = |year: i16| when.points().into_iter().flatten().any(|p| p.in_year(year).lacks_year());
    (year - 8..=year).rev().find(|&year| !lacks(year)).unwrap_or(year)
}

fn in_year(when: When, year: i16) -> When {
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

fn counted(anchor: Date, relative: Relative) -> Option<When> {
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
        (Point::Part(None, _, part), TimeUnit::Month) => Some(Point::Part(Some(there.year()), there.month(), part)),
        (Point::MonthWeek(None, _, week), TimeUnit::Month) => {
            Some(Point::MonthWeek(Some(there.year()), there.month(), week))
        }
        (p, _) if p.lacks_year() => Some(p.in_year(there.year())),
        (p, _) => Some(p),
    }
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
