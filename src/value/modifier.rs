//! The word beside a number that says which side of it is meant: 超过, at least, 左右.
//!
//! The number stays as written and the modifier stands beside it, so that 1400余万元 is
//! "CNY 14000000, more than" and never 14 or 15 million. Chinese drafting (Civil Code art. 1259):
//! 以上, 以下, 以内 include the number; 不满, 超过, 以外 exclude it.

use serde::{Deserialize, Serialize};

/// Which side of the stated value is meant; the vocabulary of TimeML `MOD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modifier {
    /// More than: 超过, over, 余.
    Gt,
    /// At least: 以上, 不少于, at least.
    Ge,
    /// Less than: 不足, 不满, under.
    Lt,
    /// At most: 以下, 不超过, up to.
    Le,
    /// About: 约, 左右, about.
    Approx,
    /// The beginning of the period: 年初, early.
    Start,
    /// Its middle: 中期, mid-.
    Mid,
    /// Its end: 年底, end of.
    End,
}

impl Modifier {
    /// As the wire form writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Approx => "approx",
            Self::Start => "start",
            Self::Mid => "mid",
            Self::End => "end",
        }
    }

    /// From the code that rule files and the wire form use.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Gt, Self::Ge, Self::Lt, Self::Le, Self::Approx, Self::Start, Self::Mid, Self::End]
            .into_iter()
            .find(|m| m.code() == code)
    }

    /// What the modifier means when the statement is denied: "not more than" is "at most".
    #[must_use]
    pub const fn denied(self) -> Self {
        match self {
            Self::Gt => Self::Le,
            Self::Ge => Self::Lt,
            Self::Lt => Self::Ge,
            Self::Le => Self::Gt,
            other => other,
        }
    }
}
