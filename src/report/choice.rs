//! Which formats a run writes.

/// A way to write the report; some are one file, some one file a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The lists as comma-separated values.
    Csv,
    /// Every mention, one JSON object a line.
    Jsonl,
    /// The lists as sheets of one workbook.
    Xlsx,
    /// The lists, mentions and sentences as typed columns.
    Parquet,
    /// The network of terms and instruments.
    Graph,
    /// The page.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Jsonl, Self::Xlsx, Self::Parquet, Self::Graph, Self::Html];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Graph => "graph",
            Self::Html => "html",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A set of formats.
///
/// ```
/// use tongwen::report::{Format, Formats};
/// let few: Formats = [Format::Csv, Format::Html].into_iter().collect();
/// assert!(few.contains(Format::Html) && !few.contains(Format::Xlsx));
/// assert_eq!(few.names(), ["csv", "html"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats(u8);

impl Formats {
    /// Every format.
    pub const ALL: Self = Self(0b11_1111);

    /// Whether the format is among them.
    #[must_use]
    pub const fn contains(self, format: Format) -> bool {
        self.0 & (1 << format as u8) != 0
    }

    /// The others.
    #[must_use]
    pub fn without(self, format: Format) -> Self {
        Self(self.0 & !(1 << format as u8))
    }

    /// Their names, in the order of [`Format::ALL`].
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        Format::ALL.into_iter().filter(|format| self.contains(*format)).map(Format::name).collect()
    }
}

impl Default for Formats {
    fn default() -> Self {
        Self::ALL
    }
}

impl FromIterator<Format> for Formats {
    fn from_iter<I: IntoIterator<Item = Format>>(formats: I) -> Self {
        Self(formats.into_iter().fold(0, |set, format| set | 1 << format as u8))
    }
}
