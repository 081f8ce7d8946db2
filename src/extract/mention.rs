//! Words in one place, and what they mean: the currency between extract, resolve and count.

use serde::{Deserialize, Serialize};

use crate::{
    ruleset::RuleId,
    text::{Language, Span},
    value::{Amount, Kind, Length, Modifier, Role, When},
};

/// Words in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where, in bytes of the flow (see [`Flow`](crate::text::Flow)).
    pub span: Span,
    /// What it is about.
    pub kind: Kind,
    /// Which rule found it.
    pub rule: RuleId,
    /// An inner layer (the number inside an amount, 今年), shown only with `--nested`.
    pub nested: bool,
    /// Where both ends of a range stand, among all layers.
    pub ends: Option<Box<[Span; 2]>>,
    /// What it says.
    pub value: Value,
}

/// What a mention says, as far as its own words go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A title.
    Law(LawName),
    /// A reference without a name.
    Anaphor(Anaphor),
    /// A division of an instrument.
    Article(ArticleRef),
    /// A number of a document, a standard or a code, in its normal form.
    Norm(String),
    /// A point or stretch of time.
    Time(Timing),
    /// A length of time.
    Length(Length),
    /// An amount.
    Amount(Amount),
}

/// A title as named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawName {
    /// The title in canonical spelling: no line breaks, inner marks as 《》.
    pub title: String,
    /// Language of the title.
    pub language: Option<Language>,
    /// Row of the registry, where the scan for registry titles found it by its letters.
    pub row: Option<u32>,
    /// The short form that the text defines right behind it: （以下简称《决定》）, (the "Act").
    pub defines: Vec<String>,
    /// The title stands as the document's own, on lines of its own.
    pub heading: bool,
    /// A number that stands right beside it and names the same instrument: （国发〔2004〕20号）.
    pub number: Option<String>,
}

/// A reference without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anaphor {
    /// The type word: 法, 条例, `act`, `regulation` (lower case, singular).
    pub head: String,
    /// 本…, "this …" means the document itself, before anything else.
    pub own: bool,
}

/// A division of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The wire form: `a293.p1.i1`; where the article must come from before, without it (`p2`).
    pub reference: String,
    /// The instrument stands on this side of it.
    pub side: Side,
    /// The reference continues an earlier one and inherits its article: 第（五）项, 前条第二项.
    pub inherits: Inherits,
}

/// Where the instrument of a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Right before it, as in Chinese: 刑法第二百一十九条.
    Left,
    /// Right behind it, as in English: Article 21 of the Law.
    Right,
}

/// What a reference leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inherits {
    /// Nothing.
    Nothing,
    /// The article of the reference before it.
    Article,
    /// The article in which it stands.
    OwnArticle,
    /// The article before the one in which it stands (前条).
    PreviousArticle,
    /// The paragraph in which it stands ("subparagraph (a) of this paragraph").
    OwnParagraph,
    /// The paragraph before the one in which it stands ("Subparagraph 1 of the preceding paragraph").
    PreviousParagraph,
}

/// A time as far as its own words go.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// What is said.
    pub said: Said,
    /// Beginning, middle or end of it; about it.
    pub modifier: Option<Modifier>,
    /// What it does to an instrument.
    pub role: Option<Role>,
    /// Years from the document's to the missing one, where the word beside it tells: -1 for 去年.
    pub year: Option<i8>,
}

/// A time, fixed or counted from another one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    /// Fixed; the year may be missing.
    Fixed(When),
    /// A point of every year: 每年6月5日, "June 30 of each year". Its year is never filled in.
    Yearly(When),
    /// A part of a fiscal year whose calendar the text does not say; the year is all that is sure.
    Fiscal(When),
    /// Counted from another time.
    Relative(Relative),
}

/// A time counted from another one: 两年后, "five days ago", 明年四月.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relative {
    /// From where.
    pub from: Anchor,
    /// How many units; negative into the past.
    pub shift: i32,
    /// Unit of the shift.
    pub unit: crate::value::TimeUnit,
    /// What of the time so found: all of the unit, or a point within it (四月 of 明年).
    pub shape: Shape,
}

/// What a relative time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// The document's date.
    Document,
    /// The time mentioned before.
    Text,
}

/// What is meant around the time that counting arrives at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// The day (or finer unit) arrived at.
    Instant,
    /// The whole calendar unit: 明年, "next month".
    Whole,
    /// The quarter (blocks of 3 months) or decade (of 120) arrived at, "next quarter"; with `span` all of them on the
    /// way, "the last two quarters".
    Blocks {
        /// Months in a block.
        months: i32,
        /// All blocks between the current one and the one arrived at, that one included.
        span: bool,
    },
    /// A point within the calendar unit: 明年四月.
    Within(crate::value::Point),
    /// Everything up to a point within it: 本月15日前.
    UntilWithin(crate::value::Point),
    /// From the anchor to there, or from there to the anchor: 近三年来, "the past 30 years".
    Span,
    /// Everything from there on or up to there.
    Open,
    /// Everything up to the unit arrived at: 3年半以前.
    Until,
    /// Everything from the unit arrived at on: 3年半以后.
    Onward,
}
