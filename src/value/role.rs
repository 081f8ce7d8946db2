//! What a date does to an instrument: 2016年11月7日通过, "enters into force on 1 June 2017".
//!
//! A time line of laws needs to know which of the dates beside a title adopts it and which puts it into force;
//! the calendar point alone does not say.

use serde::{Deserialize, Serialize};

/// What happens at a date, or ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A body passes the text: 通过, adopted.
    Adopted,
    /// It is made public: 公布, 发布, promulgated.
    Promulgated,
    /// It applies from then on: 施行, 生效, in force.
    InForce,
    /// It applies no longer: 废止, 失效, repealed.
    Repealed,
    /// The end of what is reported on or allowed: 截至, as of.
    Closing,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Adopted, Self::Promulgated, Self::InForce, Self::Repealed, Self::Closing];

    /// As the wire form and rule files write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Promulgated => "promulgated",
            Self::InForce => "in_force",
            Self::Repealed => "repealed",
            Self::Closing => "closing",
        }
    }

    /// From its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
