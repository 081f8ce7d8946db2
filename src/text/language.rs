//! The two languages, and the two ways of writing one of them.

use serde::{Deserialize, Serialize};

/// Language of a passage or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, simplified or traditional; see [`Script`].
    Zh,
    /// English (and whatever else is written in Latin letters).
    En,
}

impl Language {
    /// Both, in the order in which reports list them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// ISO 639-1 code: `zh` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// From a code with or without script and region: `zh`, `zh-Hant`, `en-US`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "cmn" | "chi" | "zho" => Some(Self::Zh),
            "en" | "eng" => Some(Self::En),
            _ => None,
        }
    }

    /// The language of a name by its letters: Chinese where a Han character stands in it.
    ///
    /// ```
    /// use tongwen::text::Language;
    /// assert_eq!(Language::of_letters("WTO协定"), Language::Zh);
    /// assert_eq!(Language::of_letters("Patriot Act"), Language::En);
    /// ```
    #[must_use]
    pub fn of_letters(name: &str) -> Self {
        if name.chars().any(|c| c >= '\u{3400}') { Self::Zh } else { Self::En }
    }
}

/// How a Chinese text is written. It decides what 項 and 款 mean: in Taiwan 項 is the paragraph and
/// 款 the item, on the mainland 款 is the paragraph and 项 the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
}
