//! Do two values denote the same?
//!
//! "2016-Q4" and "2016-10/2016-12" are the same days, "P24M" and "P2Y" the same length, "CNY 9000.." and
//! "CNY 9000" the same amount with another direction. Spelling is no mistake.

/// What a value denotes.
#[derive(Clone, Debug, PartialEq)]
enum Denoted {
    /// From a day to a day; far out for an open end.
    Days(i64, i64),
    /// From a length to a length.
    Length(Stretch, Stretch),
    /// From a number to a number.
    Numbers(Range),
    /// The same with a currency.
    Money(String, Range),
    /// Nothing that could be read.
    Literal(String),
}

/// Months, seconds and working days; or what could not be read.
#[derive(Clone, Debug, PartialEq)]
enum Stretch {
    Of(f64, f64, f64),
    Literal(String),
}

/// Both ends, `None` for an open one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Range(Option<f64>, Option<f64>);

const FOREVER: i64 = 1_000_000_000;

/// Whether two values of a kind (`date`, `duration`, `money`, `percent`, `number`, `number_range`) denote the same.
///
/// `$` stands for any dollar and `XXX` for any currency. An open bound is a matter of the modifier, so that
/// "more than 9000" and "9000" agree on the number; for `number_range` both bounds must agree.
///
/// ```
/// use tongwen::eval::same_value;
/// assert!(same_value("date", "2016-Q4", "2016-10/2016-12"));
/// assert!(same_value("duration", "P24M", "P2Y"));
/// assert!(!same_value("money", "CNY 14000000", "USD 14000000"));
/// ```
#[must_use]
pub fn same_value(kind: &str, gold: &str, found: &str) -> bool {
    match (denoted(kind, gold), denoted(kind, found)) {
        (Denoted::Numbers(a), Denoted::Numbers(b)) if kind == "number_range" => close(a.0, b.0) && close(a.1, b.1),
        (Denoted::Numbers(a), Denoted::Numbers(b)) => same_numbers(a, b),
        (Denoted::Money(c, a), Denoted::Money(d, b)) => same_currency(&c, &d) && same_numbers(a, b),
        (a, b) => a == b,
    }
}

fn denoted(kind: &str, value: &str) -> Denoted {
    let read = match kind {
        "date" | "daterange" => return days(value),
        "duration" => return length(value),
        "number" | "number_range" => range(value).map(Denoted::Numbers),
        "percent" => {
            let share = if value.ends_with('‰') { 0.1 } else { 1.0 };
            let bare: String = value.chars().filter(|c| !matches!(c, '%' | '‰')).collect();
            range(&bare).map(|r| Denoted::Numbers(Range(r.0.map(|n| n * share), r.1.map(|n| n * share))))
        }
        "money" => {
            value.split_once(' ').and_then(|(code, amount)| Some(Denoted::Money(code.to_owned(), range(amount)?)))
        }
        _ => None,
    };
    read.unwrap_or_else(|| Denoted::Literal(value.to_lowercase()))
}

/// `5`, `5..9`, `5<..`, `..<9`
fn range(text: &str) -> Option<Range> {
    let Some((low, high)) = text.split_once("..") else {
        let n = number(text)?;
        return Some(Range(Some(n), Some(n)));
    };
    let end = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
    Some(Range(end(low.trim().trim_end_matches('<'))?, end(high.trim().trim_start_matches('<'))?))
}

fn number(text: &str) -> Option<f64> {
    let plain: String = text.trim().chars().filter(|c| !matches!(c, ',' | '_')).collect();
    plain.parse().ok()
}

/// The numbers named, without the direction of an open bound.
fn same_numbers(a: Range, b: Range) -> bool {
    let named = |r: Range| (r.0.or(r.1), r.1.or(r.0));
    let (a, b) = (named(a), named(b));
    close(a.0, b.0) && close(a.1, b.1)
}

/// 0.3333 for a third must pass.
fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || (a - b).abs() <= 1e-4 * a.abs().max(b.abs()),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn same_currency(gold: &str, found: &str) -> bool {
    const DOLLARS: &[&str] = &["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "TTD", "JMD", "BZD", "$", "MOP"];
    const FAMILIES: &[(&str, &[&str])] = &[
        ("£", &["GBP", "EGP", "LBP", "SYP"]),
        ("FRANC", &["CHF", "FRF", "XAF", "XOF", "BEF"]),
        ("RUPEE", &["INR", "PKR", "LKR", "NPR"]),
        ("¥", &["CNY", "JPY"]),
        ("RIAL", &["IRR", "YER", "OMR"]),
        ("RIYAL", &["SAR", "QAR"]),
        ("DINAR", &["KWD", "IQD", "JOD"]),
        ("DIRHAM", &["AED", "MAD"]),
        ("SEN", &["JPY", "MYR"]),
    ];
    if gold == found || gold == "XXX" || found == "XXX" {
        return true;
    }
    if gold == "$" || found == "$" {
        return DOLLARS.contains(if gold == "$" { &found } else { &gold });
    }
    FAMILIES.iter().any(|(name, members)| *name == gold && members.contains(&found))
}

fn days(value: &str) -> Denoted {
    let value = value.trim();
    let literal = || Denoted::Literal(value.to_owned());
    let Some((from, to)) = value.split_once('/') else {
        return point(value).map_or_else(literal, |(first, last)| Denoted::Days(first, last));
    };
    let end = |text: &str, open: i64| if matches!(text, ".." | "") { Some((open, open)) } else { point(text) };
    match (end(from, -FOREVER), end(to, FOREVER)) {
        (Some(from), Some(to)) => Denoted::Days(from.0, to.1),
        _ => literal(),
    }
}

/// First and last day of an EDTF or TIMEX3 date.
fn point(text: &str) -> Option<(i64, i64)> {
    let text = text.trim().trim_end_matches(['~', '?', '%']);
    let (text, sign) = text.strip_prefix('-').map_or((text, 1), |rest| (rest, -1));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits(text) && text.len() >= 4 {
        let year = sign * text.parse::<i64>().ok()?;
        return Some((ordinal(year, 1, 1), ordinal(year, 12, 31)));
    }
    let years = |year: i64, count: i64| (ordinal(year, 1, 1), ordinal(year + count - 1, 12, 31));
    let bare = text.trim_end_matches('X');
    if sign > 0 && all_digits(bare) {
        match (bare.len(), text.len()) {
            (3, 3 | 4) => return Some(years(bare.parse::<i64>().ok()? * 10, 10)),
            (2, 2 | 4) => return Some(years(bare.parse::<i64>().ok()? * 100, 100)),
            _ => {}
        }
    }
    let (head, rest) = (text.get(..4).filter(|y| all_digits(y))?, text.get(4..)?);
    let year = sign * head.parse::<i64>().ok()?;
    let two = |text: &str| text.get(..2).filter(|t| all_digits(t)).and_then(|t| t.parse::<i64>().ok());
    let months = |from: i64, to: i64| Some((ordinal(year, from, 1), ordinal(year, to, month_length(year, to))));
    let dashed = rest.strip_prefix('-');
    let part = dashed.unwrap_or(rest);
    match part.as_bytes().first()? {
        b'Q' => {
            let q = part[1..].parse::<i64>().ok().filter(|q| (1..=4).contains(q))?;
            months(3 * q - 2, 3 * q)
        }
        b'H' => {
            let h = part[1..].parse::<i64>().ok().filter(|h| (1..=2).contains(h))?;
            months(6 * h - 5, 6 * h)
        }
        b'W' if dashed.is_some() => week(year, two(&part[1..])?, part.get(3..)?),
        _ => {
            let part = dashed?;
            let month = two(part)?;
            let behind = part.get(2..)?;
            if behind.is_empty() {
                return match month {
                    1..=12 => months(month, month),
                    33..=36 => months(3 * (month - 32) - 2, 3 * (month - 32)),
                    40 | 41 => months(6 * (month - 39) - 5, 6 * (month - 39)),
                    _ => None,
                };
            }
            let behind = behind.strip_prefix('-')?;
            let day = two(behind)?;
            let time = behind.get(2..)?;
            let exists = (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
            let day = ordinal(year, month, day);
            (exists && (time.is_empty() || time.starts_with('T'))).then_some((day, day))
        }
    }
}

fn week(year: i64, week: i64, rest: &str) -> Option<(i64, i64)> {
    let fourth = ordinal(year, 1, 4);
    let monday = fourth - (fourth + 2).rem_euclid(7) + 7 * (week - 1);
    match rest {
        "" => Some((monday, monday + 6)),
        "-WE" => Some((monday + 5, monday + 6)),
        _ => {
            let day = rest.strip_prefix('-').filter(|d| d.len() == 1)?.parse::<i64>().ok()?;
            Some((monday + day - 1, monday + day - 1))
        }
    }
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Number of a day in the proleptic Gregorian calendar, for any year.
fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    let shifted = year - i64::from(month <= 2);
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

fn length(value: &str) -> Denoted {
    let (from, to) = match value.split_once("..") {
        None => (stretch(value), stretch(value)),
        Some((from, to)) => {
            let (from, to) = (from.trim_end_matches('<'), to.trim_start_matches('<'));
            match (from.is_empty(), to.is_empty()) {
                (false, true) => (stretch(from), stretch(from)),
                (true, false) => (stretch(to), stretch(to)),
                _ => (stretch(from), stretch(to)),
            }
        }
    };
    Denoted::Length(from, to)
}

/// An ISO 8601 duration; `CE`, `DE`, `Q` and `BD` are centuries, decades, quarters and working days.
fn stretch(text: &str) -> Stretch {
    let literal = || Stretch::Literal(text.to_owned());
    let Some(rest) = text.trim().strip_prefix('P') else { return literal() };
    let (mut months, mut seconds, mut working_days) = (0.0, 0.0, 0.0);
    let mut time = false;
    let mut rest = rest;
    let mut any = false;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('T').filter(|_| !time) {
            time = true;
            rest = behind;
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let unit_end =
            rest[digits..].find(|c: char| !c.is_ascii_uppercase() || c == 'T').map_or(rest.len(), |n| digits + n);
        let (Ok(n), unit) = (rest[..digits].parse::<f64>(), &rest[digits..unit_end]) else { return literal() };
        match (unit, time) {
            ("CE", false) => months += n * 1200.0,
            ("DE", false) => months += n * 120.0,
            ("Y", false) => months += n * 12.0,
            ("Q", false) => months += n * 3.0,
            ("M", false) => months += n,
            ("W", false) => seconds += n * 604_800.0,
            ("BD", false) => working_days += n,
            ("D", false) => seconds += n * 86_400.0,
            ("H", true) => seconds += n * 3_600.0,
            ("M", true) => seconds += n * 60.0,
            ("S", true) => seconds += n,
            _ => return literal(),
        }
        any = true;
        rest = &rest[unit_end..];
    }
    if any { Stretch::Of(months, seconds, working_days) } else { literal() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_by_their_days() {
        for (a, b) in [
            ("2016-Q4", "2016-10/2016-12"),
            ("2016-H1", "2016-01/2016-06"),
            ("199X", "1990/1999"),
            ("20XX", "2000/2099"),
            ("2016-34", "2016-04/2016-06"),
            ("2016-11-07T10:00", "2016-11-07"),
            ("2016-W01", "2016-01-04/2016-01-10"),
            ("../2022", "/2022"),
            ("XXXX-05-01", "XXXX-05-01"),
        ] {
            assert!(same_value("date", a, b), "{a} {b}");
        }
        for (a, b) in [("2016", "2017"), ("2016-02-30", "2016-02"), ("2016/..", "2016")] {
            assert!(!same_value("date", a, b), "{a} {b}");
        }
    }

    #[test]
    fn numbers_are_compared_by_their_size() {
        assert!(same_value("number", "0.3333", "0.33333"));
        assert!(same_value("number", "1,000", "1e3"));
        assert!(same_value("number", "9000..", "9000"));
        assert!(!same_value("number_range", "9000..", "9000"));
        assert!(same_value("number", "2/3", "2/3"));
        assert!(same_value("percent", "5‰", "0.5%"));
        assert!(same_value("money", "$ 5", "USD 5") && same_value("money", "¥ 5", "CNY 5"));
        assert!(!same_value("money", "CNY 5", "¥ 6"));
    }

    #[test]
    fn lengths_are_compared_by_their_time() {
        assert!(same_value("duration", "P24M", "P2Y") && same_value("duration", "P1W", "P7D"));
        assert!(same_value("duration", "P5D..", "P5D") && same_value("duration", "PT90M", "PT1H30M"));
        assert!(!same_value("duration", "P15BD", "P15D") && !same_value("duration", "P", "P1D"));
    }
}
