//! An exact number: "36.2 billion" is 36 200 000 000 and "三分之二" is two thirds, never 0.6666.
//!
//! Amounts in policy texts reach 万亿 with two decimals; a binary float would turn 0.1 + 0.2 into a
//! question from the reviewer. Decimals hold 28 digits; a number that needs more has no value.

use std::{cmp::Ordering, fmt};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A decimal with up to 28 digits, or a ratio of two whole numbers.
///
/// ```
/// use tongwen::value::Number;
/// assert_eq!(Number::parse("12.440").unwrap().to_string(), "12.44");
/// assert_eq!(Number::ratio(2, 3).unwrap().to_string(), "2/3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Number {
    /// A decimal number.
    Decimal(#[serde(with = "rust_decimal::serde::str")] Decimal),
    /// A fraction as it was stated, not reduced.
    Ratio {
        /// Above the line.
        numerator: i64,
        /// Below the line; never zero.
        denominator: i64,
    },
}

impl Number {
    /// Plain decimal digits with an optional sign and point.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        Decimal::from_str_exact(digits).ok().map(Self::Decimal)
    }

    /// A fraction; `None` where the denominator is zero.
    #[must_use]
    pub const fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 { None } else { Some(Self::Ratio { numerator, denominator }) }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(n: i64) -> Self {
        Self::Decimal(Decimal::from(n))
    }

    /// As a decimal; a ratio is divided (28 digits).
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Decimal(d) => Some(d),
            Self::Ratio { numerator, denominator } => Decimal::from(numerator).checked_div(Decimal::from(denominator)),
        }
    }

    /// As a whole number that fits in 32 bits.
    #[must_use]
    pub fn to_u32(self) -> Option<u32> {
        use rust_decimal::prelude::ToPrimitive;
        match self {
            Self::Decimal(d) if d.scale() == 0 => u32::try_from(d.mantissa()).ok(),
            Self::Decimal(d) if d.is_integer() => d.to_u32(),
            _ => None,
        }
    }

    /// The product, `None` where it needs more than 28 digits.
    #[must_use]
    pub fn times(self, factor: Decimal) -> Option<Self> {
        match self {
            Self::Decimal(d) => d.checked_mul(factor).map(Self::Decimal),
            Self::Ratio { .. } => self.decimal()?.checked_mul(factor).map(Self::Decimal),
        }
    }

    /// The sum, `None` where it needs more than 28 digits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.decimal()?.checked_add(other.decimal()?).map(Self::Decimal)
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Decimal(d) => Self::Decimal(-d),
            Self::Ratio { numerator, denominator } => Self::Ratio { numerator: -numerator, denominator },
        }
    }

    /// Order by size.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.decimal()?.cmp(&other.decimal()?))
    }
}

impl fmt::Display for Number {
    /// Plain digits, no exponent, no trailing zeros; a ratio as `2/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(d) if d.scale() == 0 => match i64::try_from(d.mantissa()) {
                Ok(whole) => f.write_str(itoa::Buffer::new().format(whole)),
                Err(_) => d.fmt(f),
            },
            Self::Decimal(d) => d.normalize().fmt(f),
            Self::Ratio { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
        }
    }
}
