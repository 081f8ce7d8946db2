//! What a name may mean: the values that `with` and the word tables of users may give to it.
//!
//! A season of 7 or a plan of "2031-2035" would be found and then come out as nothing, without a word. So the loader
//! asks here first, and says what would have been right.

use rust_decimal::Decimal;

use crate::value::{Modifier, Role, TimeUnit, When};

/// Kinds of files whose names mean different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// `date.toml`
    Dates,
    /// `figure.toml`; lengths of time have units of their own.
    Figures {
        /// The rule finds lengths of time.
        lengths: bool,
    },
}

/// What is wrong with a meaning: what was expected instead, or that nothing has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No builder reads this name.
    Unread,
    /// The value should have been one of these.
    Expected(&'static str),
}

/// Names that only `with` gives.
const SWITCHES: [(&str, Topic); 17] = [
    ("listed_days", Topic::Dates),
    ("counted", Topic::Dates),
    ("only", Topic::Dates),
    ("yearly", Topic::Dates),
    ("month_before", Topic::Dates),
    ("said_before", Topic::Dates),
    ("starts", Topic::Dates),
    ("bare", Topic::Dates),
    ("listed", Topic::Dates),
    ("lastday", Topic::Dates),
    ("federal", Topic::Dates),
    ("digits", Topic::Figures { lengths: false }),
    ("between", Topic::Figures { lengths: false }),
    ("proper", Topic::Figures { lengths: false }),
    ("either", Topic::Figures { lengths: false }),
    ("changed", Topic::Figures { lengths: false }),
    ("minor_name", Topic::Figures { lengths: false }),
];

/// Whether a rule may give this meaning to this name by `with`.
pub(super) fn check_with(topic: Topic, name: &str, value: &str) -> Result<(), Fault> {
    let switch =
        SWITCHES.iter().any(|(switch, of)| *switch == name && matches!(of, Topic::Dates) == (topic == Topic::Dates));
    if switch {
        return if value.is_empty() { Err(Fault::Expected("yes, or words separated by |")) } else { Ok(()) };
    }
    check(topic, name, value).unwrap_or(Err(Fault::Unread))
}

/// Whether a word in a hole of this name may have this meaning; names that say nothing only match.
pub(super) fn check_word(topic: Topic, name: &str, value: &str) -> Result<(), Fault> {
    check(topic, name, value).unwrap_or(Ok(()))
}

/// `None` where the name means nothing.
fn check(topic: Topic, name: &str, value: &str) -> Option<Result<(), Fault>> {
    let name = name.trim_end_matches(['2', '3', '4']);
    let (right, expected) = match topic {
        Topic::Dates => date(name, value),
        Topic::Figures { lengths } => figure(name, value, lengths),
    }?;
    Some(if right { Ok(()) } else { Err(Fault::Expected(expected)) })
}

fn date(name: &str, value: &str) -> Option<(bool, &'static str)> {
    let within = |low: i16, high: i16| value.parse().is_ok_and(|n: i16| (low..=high).contains(&n));
    let one_of = |words: &[&str]| words.contains(&value);
    let unit = |code: &str| TimeUnit::from_code(code).is_some();
    Some(match name {
        "month" => (within(1, 12), "1 to 12"),
        "day" => (within(1, 31), "1 to 31"),
        "part" => (within(1, 3), "1, 2, 3: the first, second or last third of a month"),
        "half" => (within(1, 2) || value == "0.5", "1 or 2; 0.5 behind a number"),
        "season" => (within(1, 4), "1 spring, 2 summer, 3 autumn, 4 winter"),
        "quarter" => {
            let several = |n: i16| (1..=4).contains(&(n / 10)) && n / 10 < n % 10 && n % 10 <= 4;
            (within(1, 4) || value.parse().is_ok_and(several), "1 to 4, or two digits: 13 is the first to the third")
        }
        "month_week" => (within(1, 5), "1 to 5"),
        "week" => (within(1, 53), "1 to 53"),
        "year" | "roc" | "yy" | "be" | "bc" | "bc_century" | "reign" | "reign_year" | "decade" | "century"
        | "year_before" | "year_shift" => (value.parse::<i16>().is_ok(), "a whole number"),
        "period" => (When::parse(value).is_some(), "years or days, as in 1996/2000, 2012-11-08 or 2013/.."),
        "open" => {
            let (side, role) = value.split_once(' ').map_or((value, None), |(side, role)| (side, Some(role)));
            let sound = matches!(side, "before" | "after") && role.is_none_or(|role| Role::from_code(role).is_some());
            (sound, "before or after, and a role behind it")
        }
        "mod" => (Modifier::from_code(value).is_some(), "start, mid, end or approx"),
        "role" => (Role::from_code(value).is_some(), "adopted, promulgated, in_force, repealed or closing"),
        "count_from" => (one_of(&["first", "last"]), "first or last"),
        "relative" => (one_of(&["before", "after"]), "before or after"),
        "shape" => (
            one_of(&["instant", "whole", "span", "open", "open_before", "open_after"]),
            "instant, whole, span, open, open_before or open_after",
        ),
        "from" => (value == "text", "text"),
        "unit" => (unit(value), "Y, M, W, D, Q, DE or CE"),
        "n" | "count" => (value.parse::<u32>().is_ok(), "a whole number"),
        "deixis" => {
            let digits = value.find(|c: char| c == '-' || c.is_ascii_digit()).unwrap_or(value.len());
            let (code, shift) = value.split_at(digits);
            (unit(code) && shift.parse::<i32>().is_ok(), "a unit and a shift, as in Y-1, M1 or D0")
        }
        _ => return None,
    })
}

fn figure(name: &str, value: &str, lengths: bool) -> Option<(bool, &'static str)> {
    let decimal = Decimal::from_str_exact(value).is_ok();
    Some(match name {
        "factor" | "scale" | "minor_unit" | "minor2_unit" | "low_minor_unit" | "half" | "n" | "count"
        | "denominator" | "whole" | "low" | "minor" | "low_minor" => (decimal, "a number in plain digits"),
        "sign" | "low_sign" => (value == "-", "-"),
        "bound" => (matches!(value, "open" | "with" | "point"), "open, with or point"),
        "mod" => (Modifier::from_code(value).is_some() || value.is_empty(), "gt, ge, lt, le or approx"),
        "unit" | "low_unit" if lengths => {
            (TimeUnit::from_code(value).is_some(), "Y, M, W, FN, BD, D, TH, TM, TS, TQ, Q, DE or CE")
        }
        "unit" | "low_unit" | "per" | "period" => (true, ""),
        "currency" => (!value.is_empty() && value.is_ascii() || matches!(value, "£" | "¥"), "a code, as in CNY"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings_that_come_out_as_nothing_are_refused() {
        let figures = Topic::Figures { lengths: false };
        for (topic, name, value) in [
            (Topic::Dates, "season", "2"),
            (Topic::Dates, "period", "2031/2035"),
            (Topic::Dates, "period", "195X/196X"),
            (Topic::Dates, "open", "before closing"),
            (Topic::Dates, "deixis", "Y-1"),
            (Topic::Dates, "quarter", "13"),
            (Topic::Dates, "yearly", "每年"),
            (figures, "factor", "0.1"),
            (figures, "unit", "TEU"),
            (Topic::Figures { lengths: true }, "unit", "TH"),
        ] {
            assert_eq!(check_with(topic, name, value), Ok(()), "{name} = {value}");
        }
        for (topic, name, value) in [
            (Topic::Dates, "season", "5"),
            (Topic::Dates, "period", "2031-2035"),
            (Topic::Dates, "period", "next"),
            (Topic::Dates, "open", "behind"),
            (Topic::Dates, "deixis", "1Y"),
            (Topic::Dates, "quarter", "31"),
            (figures, "factor", "tenth"),
            (Topic::Figures { lengths: true }, "unit", "hours"),
        ] {
            assert!(matches!(check_with(topic, name, value), Err(Fault::Expected(_))), "{name} = {value}");
        }
        assert_eq!(check_with(Topic::Dates, "seson", "2"), Err(Fault::Unread));
        assert_eq!(check_with(figures, "yearly", "每年"), Err(Fault::Unread));
        assert_eq!(check_word(Topic::Dates, "tail", "anything"), Ok(()));
    }
}
