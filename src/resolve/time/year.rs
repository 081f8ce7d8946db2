//! The year of a date without one: that of the date before it, the one after it, or the document's.

use super::{
    Clock,
    count::{begins_behind, crosses_years, ends_before, is_news},
    scene::Scene,
};
use crate::value::{Basis, Grain, Point, When};

/// So much earlier than the date before, a day without a year belongs to the next year: events are told as they came.
const BACKWARD_DAYS: i32 = 90;
/// A month belongs to the year in which it is nearer: statistics go back and forth.
const BACKWARD_DAYS_OF_MONTHS: i32 = 182;
/// So far behind the last date of a document with a date, that date's year says less than the document's.
const SPOKEN_BYTES: usize = 600;
/// So many days at most lie between a date without a year and the first one below it that tells its year.
const NEAR_DAYS: i32 = 31;
/// A day so little before the document's date is news, whatever later year the text has named.
const RECENT_DAYS: i32 = 62;

/// What stands beside a time without a year.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    /// Words say that it is of the current year.
    pub(super) told: bool,
    /// It is an inner layer or one side of a period.
    pub(super) layer: bool,
}

impl Clock {
    /// The year of a time without one.
    pub(super) fn year_of(
        &self,
        scene: &Scene<'_>,
        when: When,
        first: Point,
        Beside { told, layer }: Beside,
        at: usize,
    ) -> (Option<i16>, Basis) {
        let far = self.document.is_some() && at.saturating_sub(self.spoken) > SPOKEN_BYTES;
        let named = self.year.filter(|_| !far);
        if let Some(date) = self.document {
            let from_document = |year| (Some(year), Basis::FromDocumentDate);
            // 自2024年7月1日起实施，将于9月召开: what is still to come lies behind the document's date.
            if scene.is_coming(at) || first.grain() == Grain::Day && scene.tells_duty(at) {
                match named {
                    // "In 2026, we will plant trees. It will open on December 5."
                    Some((year, _)) if self.passing && year == date.year() && begins_behind(first, year, date) => {
                        return (Some(year), Basis::FromText);
                    }
                    Some((year, _)) if !ends_before(first, year, date) => {}
                    _ => return from_document(date.year() + i16::from(ends_before(first, date.year(), date))),
                }
            }
            // What is told as over does not lie behind the document's date.
            let over = scene.tells_done(at);
            let news = || {
                let recent = |&year: &i16| is_news(first, year, date) && !(over && begins_behind(first, year, date));
                [date.year(), date.year() - 1].into_iter().find(recent)
            };
            if self.passing
                && !told
                && let Some((year, said)) = named
                && (scene.sentence_ends(said.end(), at) || scene.is_aside(said))
                && let Some(recent) = news().filter(|&recent| recent != year)
            {
                return from_document(recent);
            }
            if !told && self.named_ahead(scene, first, layer, at) {
                return from_document(date.year());
            }
            // "The rules, effective December 1, 2024, … On October 9 the ministry": back from the last day or on from it to one
            // that was news.
            if !told
                && let (Some((year, said)), Some(last)) = (named, self.last)
                && year != date.year()
                && first.grain() == Grain::Day
                && first.in_year(year).days().is_some_and(|(day, _)| day < last)
                && scene.sentence_ends(said.end(), at)
                && let Some(recent) = news().filter(|&recent| recent > year)
            {
                return from_document(recent);
            }
            if let (Some(year), None) = (self.title, named) {
                return if is_news(first, date.year(), date) && !is_news(first, year, date) {
                    from_document(date.year())
                } else {
                    (Some(year), Basis::FromText)
                };
            }
        }
        if let Some((year, _)) = named {
            // 1—9月 in a text about September lies in its year: the end tells.
            let last = when.points().into_iter().flatten().next_back().unwrap_or(first);
            // 今年 is the year spoken of, however far back its months lie.
            // 2024年9月30日…，3月末: quarters and ends of months are compared with, and looked back to.
            let side = matches!(when, When::Point(_))
                && (first.grain() == Grain::Quarter || layer && first.grain() == Grain::Month);
            let forward = || self.forward(if crosses_years(when) { first } else { last }, year);
            let year = match (told, side) {
                (true, _) => year,
                (false, true) => self.last.map_or(year, |last| last.year()),
                (false, false) => self.not_beyond(scene, first, forward(), (year, layer), at),
            };
            return (Some(year), Basis::FromText);
        }
        // 今年7月1日 above a later day of another year is not of that year.
        match (self.document, self.ahead.filter(|_| !told)) {
            (Some(date), _) => (Some(date.year()), Basis::FromDocumentDate),
            // 新华社北京10月24日电 above a text that says 2023年10月24日; a date of another season says nothing.
            (None, Some((named, _))) => {
                let near = |year: i16| {
                    let day = first.in_year(year).days().map(|(day, _)| day);
                    day.and_then(|day| named.until(day).ok()).is_some_and(|gap| gap.get_days().abs() <= NEAR_DAYS)
                };
                match [named.year(), named.year() - 1, named.year() + 1].into_iter().find(|&year| near(year)) {
                    Some(year) => (Some(year), Basis::FromText),
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

    /// "will come into force on January 1, 2026. On October 28 the committee voted", told in 2025: behind a day of a later year
    /// a day of a new sentence that lies near the document's date, is still to come in its year, or is told as over.
    fn named_ahead(&self, scene: &Scene<'_>, first: Point, layer: bool, at: usize) -> bool {
        let (Some(date), Some((year, said)), Some(last)) = (self.document, self.year, self.last) else { return false };
        let ahead = year > date.year() && last.year() == year && first.grain() <= Grain::Month;
        if !(ahead && scene.sentence_ends(said.end(), at)) {
            return false;
        }
        let day = first.in_year(date.year()).days().map(|(_, last)| last);
        day.and_then(|day| day.until(date).ok()).is_some_and(|gap| match gap.get_days() {
            gap @ 0..=RECENT_DAYS => !layer || gap == 0 || scene.is_english(at),
            ..0 => scene.is_english(at),
            _ => scene.tells_done(at),
        })
    }

    /// The year to which the dates have gone on, unless what would then lie behind the document's date is told as over, or
    /// nothing so far was still to come: 2024年8月9日发布。3月6日检查.
    fn not_beyond(&self, scene: &Scene<'_>, first: Point, forward: i16, (named, layer): (i16, bool), at: usize) -> i16 {
        let day = first.in_year(forward).days().map(|(day, _)| day);
        let beyond = |date| forward > named && day.is_some_and(|day| day > date);
        let over = |date| self.last.is_some_and(|last| last <= date) && !layer && first.grain() == Grain::Day;
        match self.document.filter(|date| beyond(*date)) {
            Some(date) if scene.tells_done(at) || over(date) => named,
            _ => forward,
        }
    }
}
