//! What the parts of a date mean together: which day, month or year, and what is open or missing.
//!
//! "8月11日至18日" names one month for two days, "January 15 to 16, 2019" one year at the end for both. A rule
//! says only where year, month and day stand; here each side takes from the other what it leaves out. 2月30日
//! is no day and yields nothing.

mod event;
mod named;
mod order;
mod relative;
mod side;

use jiff::{ToSpan, civil::Date};
use named::behind_name;
pub(super) use order::put_day_first;
use relative::relative;
use side::{End, Side};

use super::{
    mention::{Said, Shape, Timing, Value},
    scan::{Match, ends_with_word},
};
use crate::value::{Kind, Modifier, Point, Role, TimeUnit, When};

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
    // "in march", "an august assembly"
    let alone = found.pattern.has("month")
        && !found.pattern.has("year")
        && !found.pattern.has("day")
        && !found.pattern.has("month2");
    let small = |word: &str| matches!(word, "may" | "march" | "august");
    if alone && !found.rule.entry.nested && said.split([' ', '\n']).any(small) {
        return None;
    }
    // 20年前, 30年前: so long ago, and not before 2020.
    let short = said.split_once('年').is_some_and(|(year, rest)| year.chars().count() <= 2 && !rest.contains('月'));
    if short && found.code("open").is_some() {
        return None;
    }
    let when = match fixed(found)? {
        // "April 8 and April 9, 2025": the year of a list stands at its end.
        When::Point(point) if point.lacks_year() && said.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            When::Point(listed_year(&found.hay.text[found.end()..]).map_or(point, |year| point.in_year(year)))
        }
        when => when,
    };
    let in_list = match found.code("listed") {
        Some("年") => leads_to_years(found),
        Some("roc") => leads_to(&found.hay.text[found.end()..], &["年"], |digits| matches!(digits.len(), 2 | 3)),
        Some("month") => when.points().into_iter().flatten().all(|point| point.year().is_some()),
        Some(_) => listed(found),
        None => true,
    };
    if !in_list {
        return None;
    }
    // （前202年） is before the common era, 前三年 the first three years.
    if said.starts_with('前') && found.int("bc").is_some_and(|year| year < 100) {
        return None;
    }
    // 2021年5月10日、12日 and "3 and 9 June 2015" are two days.
    if match found.code("listed_days") {
        Some("no") => !leads_to_days(found),
        Some(_) => !follow(when),
        None => false,
    } {
        return None;
    }
    // "2 weeks before May 13, 1999": the day is counted from, and nothing ends with it.
    if found.code("counted").is_some_and(|words| is_counted(found, words)) {
        return None;
    }
    if when.points().into_iter().flatten().any(|point| {
        contradicted(found, point)
            || numbers(found, point)
            || is_bare(found) && point.year().is_some_and(|year| !may_be_year(found, year))
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

/// Whether "before" stands behind a unit of time.
fn is_counted(found: &Match<'_>, units: &str) -> bool {
    let left = found.hay.text[..found.start].trim_end_matches([' ', '\n']);
    found.word("open").is_some_and(|word| matches!(word, "before" | "prior to"))
        && units.split('|').any(|unit| ends_with_word(left, unit))
}

/// Whether the second day or quarter of a range is the one behind the first.
fn follow(when: When) -> bool {
    let When::Interval(Some(first), Some(second)) = when else { return false };
    let days = |point: Point| if point.lacks_year() { point.in_year(2000).days() } else { point.days() };
    days(first).zip(days(second)).is_some_and(|((_, last), (first, _))| last.tomorrow().is_ok_and(|next| next == first))
}

/// Whether the words right before say that the date comes every year (`with = { yearly = "每年|每年度" }`), or the rule
/// does so by itself (`yes`).
fn yearly(found: &Match<'_>) -> bool {
    let left = found.hay.text[..found.start].trim_end_matches([' ', '的', '于', '於', '在']);
    found.code("yearly").is_some_and(|words| {
        words == "yes" && !event::is_accident(found)
            || words.split('|').any(|word| left.ends_with(word))
            || is_counted_year(left)
    })
}

/// 截止于作者死亡后第五十年的12月31日: a year that is counted from some event.
fn is_counted_year(left: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    left.strip_suffix('年').is_some_and(|left| {
        let label = left.trim_end_matches(number);
        label.len() < left.len() && label.ends_with('第')
    })
}

fn fixed(found: &Match<'_>) -> Option<When> {
    if let Some(side) = found.code("count_from") {
        return part_of_year(found, side);
    }
    // "the second half of the 1990s"
    if let (Some(half @ 1..=2), Some(year), true) =
        (found.int("half"), found.int("decade"), found.pattern.has("decade"))
    {
        let from = year / 10 * 10 + 5 * (half - 1);
        return Some(When::Interval(Some(Point::Year(from)), Some(Point::Year(from + 4))));
    }
    let mut first = match found.code("period") {
        Some(code) => Some(When::parse(code)?),
        None => Side::read(found, false).point().map(When::Point),
    };
    if SECOND_SIDE.iter().any(|name| found.pattern.has(name) || found.code(name).is_some()) {
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
    // “十三五”末: the last year of the period.
    if let (Some("last"), Some(When::Interval(_, Some(last)))) = (found.code("only"), first) {
        first = Some(When::Point(last));
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

/// "Announcement No. 61 of 2025", 2024年第18号公告: the year counts the numbers of a body.
fn numbers(found: &Match<'_>, point: Point) -> bool {
    if !matches!(point, Point::Year(_)) || found.pattern.has("month") {
        return false;
    }
    let left = found.hay.text[..found.start].trim_end_matches([' ', '\n']);
    let number = left.strip_suffix("of").map(|left| left.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
    let numbered = number.is_some_and(|left| left.ends_with("Announcement No.") || left.ends_with("Notice No."));
    numbered || opens_number(found)
}

/// 第18号 behind it: neither a date nor a length of time.
pub(super) fn opens_number(found: &Match<'_>) -> bool {
    let behind = found.hay.text[found.end()..].strip_prefix('第').unwrap_or_default();
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    rest.len() < behind.len() && rest.starts_with(['号', '號'])
}

/// The year behind the days that go on a list: ", 8 and 15, 2022", " and April 9, 2025", " and July 2015".
fn listed_year(behind: &str) -> Option<i16> {
    let mut rest = behind;
    for _ in 0..LONGEST_LIST {
        let joined = rest.strip_prefix(',').unwrap_or(rest).strip_prefix(' ')?;
        let item = ["and ", "or ", "& "].iter().find_map(|word| joined.strip_prefix(word)).unwrap_or(joined);
        if item.len() + 1 == rest.len() {
            // Only a blank.
            return None;
        }
        let day = item.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let month = day.len() < item.len();
        if month && !(item.starts_with(|c: char| c.is_ascii_uppercase()) && day.starts_with(' ')) {
            return None;
        }
        // ", February and March 2024"
        if month && (day.starts_with(", ") || day.starts_with(" and ") || day.starts_with(" or ")) {
            rest = day;
            continue;
        }
        let day = day.strip_prefix(' ').unwrap_or(day);
        let behind = day.trim_start_matches(|c: char| c.is_ascii_digit());
        match day.len() - behind.len() {
            1 | 2 => rest = ["st", "nd", "rd", "th"].iter().find_map(|th| behind.strip_prefix(th)).unwrap_or(behind),
            4 if month => return year_of(day),
            _ => return None,
        }
        let year = rest.strip_prefix(',').unwrap_or(rest).strip_prefix(' ').and_then(year_of);
        if year.is_some() {
            return year;
        }
    }
    None
}

/// So many days a list has at most.
const LONGEST_LIST: usize = 12;

/// The four digits that a text begins with, where they are a year.
fn year_of(text: &str) -> Option<i16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = text[digits..].starts_with(['%', '-', '/']);
    text.get(..4).filter(|_| digits == 4 && !goes_on)?.parse().ok().filter(|year| BARE_YEARS.contains(year))
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

/// "、2024年" behind 2023: the list goes on with years, and the last one has its 年.
fn leads_to_years(found: &Match<'_>) -> bool {
    leads_to(&found.hay.text[found.end()..], &["年"], |digits| digits.len() == 4)
}

/// "、11日" behind 5月3: the list goes on with days, and the last one has its mark.
fn leads_to_days(found: &Match<'_>) -> bool {
    leads_to(&found.hay.text[found.end()..], &["日", "号", "號"], |digits| digits.len() <= 2)
}

/// Whether numbers of that form follow, joined as a list is, with one of the marks behind the last.
fn leads_to(behind: &str, marks: &[&str], fits: impl Fn(&str) -> bool) -> bool {
    let mut rest = behind;
    for _ in 0..LONGEST_LIST {
        let Some(item) = ["、", "和", "与", "與", "及"].iter().find_map(|join| rest.strip_prefix(join)) else {
            return false;
        };
        let (digits, after) = item.split_at(item.bytes().take_while(u8::is_ascii_digit).count());
        if digits.is_empty() || !fits(digits) {
            return false;
        }
        if marks.iter().any(|mark| after.starts_with(mark)) {
            return true;
        }
        rest = after;
    }
    false
}

/// Years in digits alone, as the rule says or as a range of nothing else shows: 1230–1241 are pages.
pub(super) fn is_bare(found: &Match<'_>) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '~');
    found.code("bare").is_some()
        || found.pattern.has("year2") && found.hay.text[found.start..found.end()].chars().all(digits)
}

/// With `bare = "odd"` a round number (2000 clients) is none; with `bare = "one"` what a plural follows is none.
fn may_be_year(found: &Match<'_>, year: i16) -> bool {
    BARE_YEARS.contains(&year)
        && match found.code("bare") {
            Some("odd") => year % 100 != 0,
            Some("one") => is_of_one(&found.hay.text[found.end()..]),
            _ => true,
        }
}

/// " energy law gave", " health care law": what follows is one thing, so the number before it counts nothing.
fn is_of_one(behind: &str) -> bool {
    const MOST: usize = 4;
    const ENDS: [&str; 24] = [
        "of", "in", "on", "to", "for", "was", "is", "had", "has", "and", "or", "that", "which", "as", "by", "with",
        "from", "at", "were", "but", "may", "will", "would", "who",
    ];
    let mut words = 0;
    // "the 2015 Tianjin explosion", but not the 2003 Act
    let mut rest = behind_name(behind);
    while words < MOST {
        let Some(next) = rest.strip_prefix([' ', '\n']) else { break };
        let length = next.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
        let word = &next[..length];
        if length == 0 || ENDS.contains(&word) {
            break;
        }
        if length < 3 || word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
            return false;
        }
        words += 1;
        rest = &next[length..];
    }
    words > 0
}

/// A number of four digits alone is a year only near ours: "1026 operations", "2500 tons".
const BARE_YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;
