//! Fills in what a date leaves out: the year from the text or the document, the day that "two years later" is.
//!
//! 2018年12月29日上班。…2月4日至10日放假: the year is not the last one written but the one after it, since a
//! holiday notice goes forward. So a date without a year takes the year of the date before it, or the next
//! year where it would otherwise lie months before it. Without any year in the text the document's date
//! supplies one, and without that the value says XXXX and the basis `unresolved`.
//!
//! "In 2017 there were 237 notices. The rule was signed on August 9th": a year named in passing holds for its sentence, and
//! a day near the document's date is of that year. In the articles of a statute a day without a year comes every year.

mod count;
mod join;
mod scene;
mod year;

use jiff::civil::Date;

use self::{
    count::{counted, in_year, is_far_ahead, lacks_year, spans_years},
    scene::{Scene, year_of_number, year_of_title},
    year::Beside,
};
use super::Resolved;
use crate::{
    extract::{Anchor, Relative, Said, Shape, Value},
    ruleset::Ruleset,
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
    /// Whether that year was named alone within a sentence, and no day or month of it since.
    passing: bool,
    /// The year in the title of the text.
    title: Option<i16>,
    /// The year of the day under the title.
    issued: Option<i16>,
    /// Where the articles of a statute begin.
    articles: Option<usize>,
    /// The last day named with a year, written or filled in.
    last: Option<Date>,
    /// Whether it was named by its month alone.
    monthly: bool,
    /// The last day or month that was named, and its year where that is known.
    month: Option<(Option<i16>, i8, i8)>,
    /// Whether this is the first section.
    at_head: bool,
    /// Where the last date ended that says or was given a year.
    spoken: usize,
    /// Where no year was named yet, the first day that is named with its year further below, and where.
    ahead: Option<(Date, Span)>,
}

/// So much lower than the last one, a day without its month is of the next.
const BACKWARD_DAYS_OF_A_MONTH: i8 = 15;
/// A number of the text itself stands among the first bytes of it.
const HEAD_BYTES: usize = 160;
/// Between two joined dates stand so many bytes at most: 及, 和, 起，至.
const JOINT_BYTES: usize = 9;
/// A title and the date below it stand among the first bytes.
const TITLE_BYTES: usize = 600;
/// So many years before the document's a year that opens an English sentence is the one told of, and no mere figure's.
const FRAMED_YEARS: i16 = 3;
/// So many years are counted from a time that the text names and not from the document's date.
const LONG_AGO: i32 = 10;
/// "A century later" than a year of ours says nothing.
const LATEST: i16 = 2100;

impl Clock {
    /// For a document with this date and this title.
    #[must_use]
    pub fn new(document: Option<Date>, title: Option<&str>) -> Self {
        let title = title.and_then(year_of_title);
        let year = title.map(|year| (year, Span::new(0, 0)));
        Self { document, year, title, at_head: true, ..Self::default() }
    }

    /// Forgets places: the next mentions lie in another section.
    pub fn next_section(&mut self) {
        if let Some((_, span)) = &mut self.year {
            *span = Span::new(0, 0);
        }
        self.at_head = false;
        self.spoken = 0;
        self.ahead = None;
        self.articles = self.articles.map(|_| 0);
    }

    /// Resolves the times among the mentions of one section, in text order.
    ///
    /// Two that are joined (去年10月至今年3月) become one.
    pub fn resolve(&mut self, rules: &Ruleset, text: &str, mentions: &mut Vec<Resolved>) {
        let scene = Scene::new(rules, text);
        self.articles = self.articles.or_else(|| scene.articles());
        self.ahead = mentions.iter().filter(|mention| !mention.mention.nested).find_map(dated);
        self.resolve_each(&scene, mentions);
        join::join(rules, text, mentions);
    }

    fn resolve_each(&mut self, scene: &Scene<'_>, mentions: &mut [Resolved]) {
        let (mut yearly_end, mut title_end) = (None, 0);
        for mention in mentions {
            let span = mention.mention.span;
            if let Value::Law(name) = &mention.mention.value
                && !name.heading
            {
                title_end = span.end().max(title_end);
            }
            if let Value::Norm(norm) = &mention.mention.value
                && mention.mention.kind == Kind::DocNumber
                && self.at_head
                && span.start() < HEAD_BYTES
                && self.year.is_none()
                && self.document.is_none()
            {
                // 国办函〔2013〕47号 above a text without a year.
                self.issued = year_of_number(norm);
                self.year = self.issued.map(|year| (year, span));
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
                Said::Fixed(when) => {
                    self.complete(scene, when, timing.year, mention.mention.nested || timing.modifier.is_some(), span)
                }
                Said::Yearly(when) if lacks_year(when) => (None, Basis::Unresolved),
                Said::Yearly(when) => (Some(when), Basis::Explicit),
                Said::Fiscal(when) => (Some(when), Basis::Unresolved),
                Said::Relative(relative) if self.is_recurring(scene, relative, span) => (None, Basis::Unresolved),
                Said::Relative(relative) => self.count(relative, mention.mention.nested),
            };
            if basis == Basis::FromText {
                let named = self.year.map(|(_, at)| at).or(self.ahead.map(|(_, at)| at));
                mention.antecedent = named.filter(|at| !at.is_empty());
            }
            mention.time = when.or(match timing.said {
                Said::Fixed(when) | Said::Yearly(when) | Said::Fiscal(when) => Some(when),
                Said::Relative(relative) => unfilled(relative),
            });
            mention.basis = Some(basis);
            if let Some(when) = mention.time.filter(|_| !mention.mention.nested) {
                self.notice_month(when);
            }
            // An inner layer (the ends of a range, 今年) does not move the clock, nor does the year in the name of something
            // else (《2019年国务院立法工作计划》), nor the day under a title that says its year.
            if !mention.mention.nested
                && let Some(when) = when
                && !(span.end() <= title_end && self.year.is_some() && when.grain() > Some(Grain::Month))
                && !(basis == Basis::Explicit && self.is_issued(scene, when, span))
            {
                self.notice(scene, when, basis, span);
            }
        }
    }

    /// 取得所得的次年三月一日: in the articles of a statute the year behind one is any year, unless their paragraph names it.
    fn is_recurring(&self, scene: &Scene<'_>, relative: Relative, span: Span) -> bool {
        relative.from == Anchor::Text
            && unfilled(relative).is_some()
            && self.articles.is_some_and(|from| span.start() >= from)
            && scene.parted(self.spoken, span.start())
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
        // 院會10日三讀通過 in the news: the last such day up to the document's date.
        let Some((year, month, last)) = self.month else {
            let Some(date) = self.document else { return (None, Basis::Unresolved) };
            let back = i8::from(day > date.day());
            let (year, month) =
                if date.month() == back { (date.year() - 1, 12) } else { (date.year(), date.month() - back) };
            return (Point::day(Some(year), month, day).map(When::Point), Basis::FromDocumentDate);
        };
        let next = last - day > BACKWARD_DAYS_OF_A_MONTH;
        let (year, month) = match (next, month) {
            (true, 12) => (year.map(|year| year + 1), 1),
            (true, month) => (year, month + 1),
            (false, month) => (year, month),
        };
        let basis = if year.is_some() { Basis::FromText } else { Basis::Unresolved };
        (Point::day(year, month, day).map(When::Point), basis)
    }

    /// （2025年3月18日） on a line of its own below a title that says 2024年: the day of publication.
    fn is_issued(&self, scene: &Scene<'_>, when: When, span: Span) -> bool {
        self.at_head
            && span.start() < TITLE_BYTES
            && self.title.is_some()
            && when.grain() == Some(Grain::Day)
            && scene.is_line(span)
    }

    fn notice(&mut self, scene: &Scene<'_>, when: When, basis: Basis, span: Span) {
        // “九五”期间 says nothing of the year of 7月1日.
        if spans_years(when) {
            return;
        }
        let points = when.points();
        let last = points.into_iter().flatten().next_back();
        if let Some(year) = last.and_then(Point::year) {
            let alone = last.is_some_and(|p| p.grain() > Grain::Month);
            let heading = alone && basis == Basis::Explicit && scene.is_heading(span);
            // A goal for 2030 says nothing of September 23rd.
            let coming = if alone && !heading { 0 } else { 1 };
            if self.document.is_some_and(|date| year > date.year() + coming) {
                return;
            }
            // 2024年办理18624件，诉前羁押率较2020年下降。3月至11月 are of 2024.
            if alone && (self.year.is_some() || self.document.is_some()) && scene.is_compared(span) {
                return;
            }
            if self.at_head && span.start() < TITLE_BYTES && basis == Basis::Explicit {
                if heading {
                    self.title = self.title.or(Some(year));
                } else if !alone && self.issued.is_none() && scene.is_heading(span) {
                    self.issued = Some(year);
                }
            }
            self.passing = alone
                && basis == Basis::Explicit
                && !heading
                && !scene
                    .frames(span, self.document.is_some_and(|date| date.year().saturating_sub(year) >= FRAMED_YEARS))
                && (self.passing || self.year.is_none_or(|(named, _)| named != year));
            self.spoken = span.end();
            if basis == Basis::Explicit || self.year.is_none_or(|(y, _)| y != year) {
                self.year = Some((year, span));
            }
            if last.is_some_and(|p| p.grain() <= Grain::Month) {
                self.last = last.and_then(Point::days).map(|(first, _)| first);
                self.monthly = last.is_some_and(|p| p.grain() == Grain::Month);
            } else if basis == Basis::Explicit {
                self.last = None;
            }
        }
    }

    /// Fills in the year, `shift` years from the document's where a word beside the date says so (去年3月). `layer`: it is an
    /// inner layer or one side of a period.
    fn complete(
        &self,
        scene: &Scene<'_>,
        when: When,
        shift: Option<i8>,
        layer: bool,
        span: Span,
    ) -> (Option<When>, Basis) {
        let Some(first) = when.points().into_iter().flatten().next().filter(|_| lacks_year(when)) else {
            return (Some(when), Basis::Explicit);
        };
        let at = span.start();
        // In a statute 5月1日前 and 上年12月31日 are of every year, unless its paragraph has named one.
        if self.articles.is_some_and(|from| at >= from) && scene.parted(self.spoken, at) && !scene.is_coming(at) {
            return (None, Basis::Unresolved);
        }
        let own = self.document.map(|date| (date.year(), Basis::FromDocumentDate));
        let own = own.or(self.issued.map(|year| (year, Basis::FromText)));
        let told = shift.or_else(|| own.and_then(|_| scene.told(self.spoken, at)));
        match (told, own) {
            (Some(shift), Some((year, basis))) => return (Some(in_year(when, year + i16::from(shift))), basis),
            (Some(0) | None, _) => {}
            // Last year is not the one that the text named last.
            (Some(_), None) => return (None, Basis::Unresolved),
        }
        // 2024年发生“8·12”滑坡、“3·21”爆炸案: events are named in any order.
        let named = || self.year.is_some_and(|(_, said)| !scene.sentence_ends(said.end(), at));
        let told = shift.is_some()
            || scene.is_of_that_year(span.end())
            || scene.is_event(span) && named() && !scene.recalls(span);
        let (year, basis) = self.year_of(scene, when, first, Beside { told, layer }, at);
        let Some(mut year) = year else { return (None, Basis::Unresolved) };
        // "In September, the Commission released", "was passed on December 27" above a day of January.
        if !layer
            && let Some(date) = self.document.filter(|date| date.year() == year)
            && is_far_ahead(when, date)
            && (scene.is_event(span)
                || scene.tells_done(at)
                || first.grain() == Grain::Month && matches!(when, When::Point(_)) && scene.tells_past(at))
        {
            year -= 1;
        }
        let when = in_year(when, year);
        (Some(scene.on_its_weekday(when, span)), basis)
    }

    fn count(&self, relative: Relative, nested: bool) -> (Option<When>, Basis) {
        if let Relative {
            from: Anchor::Text,
            shift: 0,
            unit: TimeUnit::Month,
            shape: Shape::Within(Point::Day(None, _, day)),
        } = relative
        {
            return self.day_of_month(day);
        }
        let from_document = || {
            let date = self.document?;
            Some((counted(date, relative)?, Basis::FromDocumentDate))
        };
        let found = match relative.from {
            Anchor::Document => from_document(),
            Anchor::Text => match (self.last, self.year) {
                (None, None) => from_document().filter(|(when, _)| nested || !self.is_beyond(*when)),
                _ => self.since_text(relative).map(|when| (when, Basis::FromText)),
            },
        };
        found.map_or((None, Basis::Unresolved), |(when, basis)| (Some(when), basis))
    }

    /// Counted from what the text named last. "A century later" than 1921 is a year, and it never lies behind the
    /// document's date.
    fn since_text(&self, relative: Relative) -> Option<When> {
        let long = relative.unit == TimeUnit::Year && relative.shift >= LONG_AGO;
        let late = |when: &When| when.points().into_iter().flatten().filter_map(Point::year).any(|year| year > LATEST);
        let sound = |when: &When| !(long && (self.is_beyond(*when) || late(when)));
        let from_year = || {
            let (year, _) = self.year?;
            match (relative.unit, relative.shape) {
                (TimeUnit::Year, Shape::Instant) => {
                    Some(When::Point(Point::Year(year.checked_add(i16::try_from(relative.shift).ok()?)?)))
                }
                _ => counted(Date::new(year, 1, 1).ok()?, relative),
            }
        };
        // "issued in January 2023. One year later": in that month.
        let relative = match (relative.shape, relative.unit) {
            (Shape::Instant, TimeUnit::Year) if self.monthly && self.last.is_some() => Relative {
                shift: relative.shift.saturating_mul(12),
                unit: TimeUnit::Month,
                shape: Shape::Whole,
                ..relative
            },
            (Shape::Instant, TimeUnit::Month) if self.monthly => Relative { shape: Shape::Whole, ..relative },
            _ => relative,
        };
        let from_day = self.last.and_then(|last| counted(last, relative));
        from_day.filter(sound).or_else(|| from_year().filter(sound))
    }

    /// Whether a time begins after the document's date.
    fn is_beyond(&self, when: When) -> bool {
        let first = when.days().0.or(when.days().1);
        self.document.zip(first).is_some_and(|(date, first)| first > date)
    }
}

/// 次年6月 of a year that nothing tells: the month.
fn unfilled(relative: Relative) -> Option<When> {
    match relative.shape {
        _ if relative.unit != TimeUnit::Year => None,
        Shape::Within(point) if point.lacks_year() => Some(When::Point(point)),
        Shape::UntilWithin(point) if point.lacks_year() => Some(When::Interval(None, Some(point))),
        _ => None,
    }
}

/// The day with its year that a mention names in full, and where it stands.
fn dated(mention: &Resolved) -> Option<(Date, Span)> {
    let Value::Time(timing) = mention.mention.value else { return None };
    let Said::Fixed(when) = timing.said else { return None };
    let point = when.points().into_iter().flatten().find(|point| point.grain() <= Grain::Month)?;
    point.year()?;
    point.days().map(|(first, _)| (first, mention.mention.span))
}
