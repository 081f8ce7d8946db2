//! The kinds of mentions, as the wire form names them.

use serde::{Deserialize, Serialize};

/// What a mention is about, as the wire form names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A named instrument.
    Law,
    /// 本法, 该条例, "the Act".
    LawAnaphor,
    /// 第三十六条第一款, "Article 8(1)".
    ArticleRef,
    /// 国发〔2015〕50号, "Executive Order 14028".
    DocNumber,
    /// GB/T 35273-2020.
    Standard,
    /// 50 U.S.C. 1701 et seq.
    CodeRef,
    /// A calendar point.
    Date,
    /// A stretch of the calendar.
    #[serde(rename = "daterange")]
    DateRange,
    /// A length of time.
    Duration,
    /// An amount with a currency.
    Money,
    /// A share of a hundred.
    Percent,
    /// Any other counted or measured quantity.
    Figure,
    /// A bare number; only among all layers (`--nested`).
    Number,
    /// A place in a sequence; only among all layers.
    Ordinal,
}

impl Kind {
    /// All kinds, in the order in which reports list them.
    pub const ALL: [Self; 14] = [
        Self::Law,
        Self::LawAnaphor,
        Self::ArticleRef,
        Self::DocNumber,
        Self::Standard,
        Self::CodeRef,
        Self::Date,
        Self::DateRange,
        Self::Duration,
        Self::Money,
        Self::Percent,
        Self::Figure,
        Self::Number,
        Self::Ordinal,
    ];

    /// As the wire form writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::LawAnaphor => "law_anaphor",
            Self::ArticleRef => "article_ref",
            Self::DocNumber => "doc_number",
            Self::Standard => "standard",
            Self::CodeRef => "code_ref",
            Self::Date => "date",
            Self::DateRange => "daterange",
            Self::Duration => "duration",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Figure => "figure",
            Self::Number => "number",
            Self::Ordinal => "ordinal",
        }
    }

    /// From its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }
}
