//! Reads 02/10/2025 with the day first where the text writes its other dates so (30/09/2025).
//!
//! The rules read the month first, as in the United States, and a number beyond twelve as the day. A text has one order.

use super::super::mention::{Mention, Said, Value};
use crate::value::{Point, When};

/// Turns day and month round in dates with strokes of a text that shows that it writes the day first.
pub(in crate::extract) fn put_day_first(text: &str, mentions: &mut [Mention]) {
    let (mut day_first, mut month_first) = (false, false);
    for mention in mentions.iter().filter(|m| matches!(m.value, Value::Time(_))) {
        for (first, second, _) in stroked(&text[mention.span.range()]) {
            day_first |= first > 12;
            month_first |= second > 12;
        }
    }
    if !day_first || month_first {
        return;
    }
    for mention in mentions {
        let Value::Time(timing) = &mut mention.value else { continue };
        let (Said::Fixed(when) | Said::Yearly(when)) = &mut timing.said else { continue };
        let turned = |point: Point| match point {
            Point::Day(year, month, day)
                if stroked(&text[mention.span.range()]).any(|(first, second, of)| {
                    (first, second) == (month, day) && year.is_none_or(|year| year == of)
                }) =>
            {
                Point::day(year, day, month).unwrap_or(point)
            }
            other => other,
        };
        *when = match *when {
            When::Point(point) => When::Point(turned(point)),
            When::Interval(from, to) => When::Interval(from.map(turned), to.map(turned)),
        };
    }
}

/// The dates of the form 30/09/2025 among the words of a mention: both numbers before the year, and it.
fn stroked(said: &str) -> impl Iterator<Item = (i8, i8, i16)> {
    said.split(|c: char| !c.is_ascii_digit() && c != '/').filter_map(|word| {
        let mut parts = word.split('/');
        let date = (parts.next()?, parts.next()?, parts.next()?);
        let short = |part: &str| (1..=2).contains(&part.len());
        if !(short(date.0) && short(date.1) && date.2.len() == 4 && parts.next().is_none()) {
            return None;
        }
        Some((date.0.parse().ok()?, date.1.parse().ok()?, date.2.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::stroked;

    #[test]
    fn dates_with_strokes() {
        assert_eq!(stroked("30/09/2025 to 02/10/2025").collect::<Vec<_>>(), [(30, 9, 2025), (2, 10, 2025)]);
        assert_eq!(stroked("2025/09/30").count(), 0);
    }
}
