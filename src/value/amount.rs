//! How much of what: money, percentages, counted and measured quantities, as one shape.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use super::{Modifier, Number};

/// A number or a range with its unit and modifier.
///
/// ```
/// use tongwen::value::{Amount, Extent, Number, Unit};
/// let fine = Amount {
///     extent: Extent::Range(Number::whole(20_000), Number::whole(100_000)),
///     unit: Unit::Currency("CNY".into()),
///     modifier: None,
///     per: None,
/// };
/// assert_eq!(fine.to_string(), "CNY 20000..100000");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The number, or both ends of a range.
    pub extent: Extent,
    /// What it counts or measures.
    pub unit: Unit,
    /// Which side of the number is meant.
    pub modifier: Option<Modifier>,
    /// What the amount is for each of: `month`, `人`, `污染当量`.
    pub per: Option<Box<str>>,
}

/// One number, or two with everything between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// One number.
    Single(Number),
    /// Both ends, as stated.
    Range(Number, Number),
    /// All on one side of a number: at least 3, less than 10. Only as an inner layer; a report keeps the
    /// number and its modifier.
    Open(Number, Modifier),
}

/// What an amount counts or measures.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// ISO 4217 code; `$` for a dollar of an unnamed country, `XXX` for an unnamed currency.
    Currency(Box<str>),
    /// Percent. Permille is converted; percentage points and basis points are [`Unit::Of`].
    Percent,
    /// A measure or a counted noun, as the text has it, singular: `公顷`, `job`.
    Of(Box<str>),
    /// None: a bare number.
    None,
}

impl Extent {
    /// The same with each number changed, `None` where one has no result.
    pub fn map(self, f: impl Fn(Number) -> Option<Number>) -> Option<Self> {
        Some(match self {
            Self::Single(n) => Self::Single(f(n)?),
            Self::Range(a, b) => Self::Range(f(a)?, f(b)?),
            Self::Open(n, side) => Self::Open(f(n)?, side),
        })
    }

    /// The number, or the lower end.
    #[must_use]
    pub const fn low(self) -> Number {
        match self {
            Self::Single(n) | Self::Range(n, _) | Self::Open(n, _) => n,
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(n) => n.fmt(f),
            Self::Range(a, b) => write!(f, "{a}..{b}"),
            Self::Open(n, Modifier::Gt) => write!(f, "{n}<.."),
            Self::Open(n, Modifier::Lt) => write!(f, "..<{n}"),
            Self::Open(n, Modifier::Le) => write!(f, "..{n}"),
            Self::Open(n, _) => write!(f, "{n}.."),
        }
    }
}

impl fmt::Display for Amount {
    /// The neutral string of the wire form: `CNY 20000..100000`, `6..6.5%`, `86 名`, `2/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extent = self.extent;
        match &self.unit {
            Unit::Currency(code) => {
                f.write_str(code)?;
                f.write_char(' ')?;
                extent.fmt(f)
            }
            Unit::Percent => {
                extent.fmt(f)?;
                f.write_char('%')
            }
            Unit::Of(unit) => {
                extent.fmt(f)?;
                f.write_char(' ')?;
                f.write_str(unit)
            }
            Unit::None => extent.fmt(f),
        }
    }
}
