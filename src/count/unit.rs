//! What two things must share to count as a pair.

use std::{fmt, str::FromStr};

/// A stretch of text in which things stand together.
///
/// ```
/// use tongwen::count::Unit;
/// assert_eq!("window:5".parse(), Ok(Unit::Window(5)));
/// assert_eq!(Unit::Window(5).to_string(), "window:5");
/// assert!("page".parse::<Unit>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A document.
    Document,
    /// A paragraph: a hard line.
    Paragraph,
    /// A sentence.
    #[default]
    Sentence,
    /// At most so many tokens apart, inside a sentence. Pairs of places are counted, each once; a thing may meet itself.
    Window(u32),
}

/// The widest window, in tokens.
const WIDEST: u32 = 100;

impl Unit {
    /// Whether a unit holds a pair or does not; in a window a pair may come several times.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        !matches!(self, Self::Window(_))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("document"),
            Self::Paragraph => f.write_str("paragraph"),
            Self::Sentence => f.write_str("sentence"),
            Self::Window(width) => write!(f, "window:{width}"),
        }
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        match words {
            "document" | "doc" => Ok(Self::Document),
            "paragraph" => Ok(Self::Paragraph),
            "sentence" => Ok(Self::Sentence),
            _ => {
                let width = words.strip_prefix("window:").and_then(|width| width.parse().ok());
                width.filter(|width| (1..=WIDEST).contains(width)).map(Self::Window).ok_or_else(|| {
                    format!("write document, paragraph, sentence, or window:K with K from 1 to {WIDEST}")
                })
            }
        }
    }
}
