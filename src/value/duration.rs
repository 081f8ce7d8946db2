//! A length of time in ISO 8601, kept in the unit of the text: 24个月 is P24M, not P2Y.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Extent, Modifier, Number};

/// The units of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimeUnit {
    /// Year.
    Year,
    /// Month.
    Month,
    /// Week.
    Week,
    /// Working day; not in ISO 8601, written `BD`.
    WorkingDay,
    /// Day.
    Day,
    /// Hour.
    Hour,
    /// Minute.
    Minute,
    /// Second.
    Second,
}

impl TimeUnit {
    /// From the code that rule files use (`Y M W BD D TH TM TS`, and `TQ`, `FN`, `Q`, `DE`, `CE` with a factor).
    #[must_use]
    pub fn from_code(code: &str) -> Option<(Self, u32)> {
        Some(match code {
            "Y" => (Self::Year, 1),
            "DE" => (Self::Year, 10),
            "CE" => (Self::Year, 100),
            "Q" => (Self::Month, 3),
            "M" => (Self::Month, 1),
            "W" => (Self::Week, 1),
            "FN" => (Self::Week, 2),
            "BD" => (Self::WorkingDay, 1),
            "D" => (Self::Day, 1),
            "TH" => (Self::Hour, 1),
            "TQ" => (Self::Minute, 15),
            "TM" => (Self::Minute, 1),
            "TS" => (Self::Second, 1),
            _ => return None,
        })
    }

    /// The code of rule files and tables: `Y M W BD D TH TM TS`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hour => "TH",
            Self::Minute => "TM",
            Self::Second => "TS",
            other => other.letter(),
        }
    }

    const fn letter(self) -> &'static str {
        match self {
            Self::Year => "Y",
            Self::Month | Self::Minute => "M",
            Self::Week => "W",
            Self::WorkingDay => "BD",
            Self::Day => "D",
            Self::Hour => "H",
            Self::Second => "S",
        }
    }

    /// About how many hours, to tell the longer of two lengths: 60天 and 3个月.
    #[must_use]
    pub const fn hours(self) -> u32 {
        match self {
            Self::Year => 8766,
            Self::Month => 730,
            Self::Week => 168,
            Self::WorkingDay | Self::Day => 24,
            Self::Hour | Self::Minute | Self::Second => 1,
        }
    }

    const fn is_clock(self) -> bool {
        matches!(self, Self::Hour | Self::Minute | Self::Second)
    }
}

/// A length of time: parts from large to small, or a range of one unit.
///
/// ```
/// use tongwen::value::{Extent, Length, Number, TimeUnit};
/// let length = Length { parts: vec![(Extent::Single(Number::whole(15)), TimeUnit::WorkingDay)], low_unit: None, modifier: None };
/// assert_eq!(length.to_string(), "P15BD");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Length {
    /// Number and unit, from large to small; more than one only without ranges (1年6个月).
    pub parts: Vec<(Extent, TimeUnit)>,
    /// The unit of the lower end of a range, where it is not that of the upper one: 六个月以上三年以下.
    pub low_unit: Option<TimeUnit>,
    /// Which side is meant.
    pub modifier: Option<Modifier>,
}

impl Length {
    /// One number and one unit.
    #[must_use]
    pub fn single(number: Number, unit: TimeUnit) -> Self {
        Self { parts: vec![(Extent::Single(number), unit)], low_unit: None, modifier: None }
    }

    fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        end: impl Fn(Extent) -> Number,
        other: Option<TimeUnit>,
    ) -> fmt::Result {
        f.write_str("P")?;
        let mut clock = false;
        for &(extent, unit) in &self.parts {
            let unit = other.unwrap_or(unit);
            if unit.is_clock() && !clock {
                clock = true;
                f.write_str("T")?;
            }
            write!(f, "{}{}", end(extent), unit.letter())?;
        }
        Ok(())
    }
}

impl fmt::Display for Length {
    /// ISO 8601 with `BD` for working days; a range as `P3Y..P10Y`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Extent::low, self.low_unit)?;
        if self.parts.iter().any(|(extent, _)| matches!(extent, Extent::Range(..))) {
            f.write_str("..")?;
            let high = |extent| match extent {
                Extent::Single(n) | Extent::Range(_, n) | Extent::Open(n, _) => n,
            };
            self.write(f, high, None)?;
        }
        Ok(())
    }
}
