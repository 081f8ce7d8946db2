//! Which group a document belongs to, where groups of documents are compared.

use std::{fmt, str::FromStr};

use super::{Document, Language};

/// What makes the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The metadata field `group`, where nobody asked for another.
    #[default]
    Declared,
    /// The language, as declared, else that of most of the words.
    Language,
    /// The year of the document's date, also where only the year was declared.
    Year,
    /// The issuing body.
    Issuer,
    /// The folder at this level of the path, from 1.
    Folder(usize),
    /// Another metadata field.
    Field(String),
}

impl GroupBy {
    /// The group of a document; `mostly` is the language of most of its words, where that is known.
    #[must_use]
    pub fn of(&self, document: &Document, mostly: Option<Language>) -> Option<String> {
        let field = |name: &str| document.fields.get(name).filter(|value| !value.is_empty()).cloned();
        match self {
            Self::Declared => field("group"),
            Self::Language => document.language.or(mostly).map(|language| language.code().to_owned()),
            Self::Year => document.declared_date().map(|date| date.year.to_string()),
            Self::Issuer => document.issuer.clone(),
            Self::Folder(level) => {
                let (folders, _) = document.id.rsplit_once('/')?;
                folders.split('/').nth(level.checked_sub(1)?).map(str::to_owned)
            }
            Self::Field(name) => field(name),
        }
    }
}

/// `language`, `year`, `issuer`, `path:1`, else a metadata field.
///
/// ```
/// use tongwen::text::{Document, GroupBy};
/// let document = Document { id: "ministries/2021/notice.md".to_owned(), ..Document::default() };
/// let second: GroupBy = "path:2".parse().unwrap();
/// assert_eq!(second.of(&document, None).as_deref(), Some("2021"));
/// assert!("path:0".parse::<GroupBy>().is_err());
/// ```
impl FromStr for GroupBy {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let name = words.trim();
        if let Some(level) = name.strip_prefix("path:") {
            let level = level.parse().ok().filter(|&level| level > 0);
            return level.map(Self::Folder).ok_or_else(|| {
                "write path:1 for the first folder of the path, path:2 for the folder in it, and so on".to_owned()
            });
        }
        match name {
            "" => {
                Err("write a metadata field, language, year, issuer, or a level of the path such as path:1".to_owned())
            }
            "language" => Ok(Self::Language),
            "year" => Ok(Self::Year),
            "issuer" => Ok(Self::Issuer),
            // Names of fields are lower case everywhere.
            field => Ok(Self::Field(field.to_lowercase())),
        }
    }
}

impl fmt::Display for GroupBy {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared => to.write_str("group"),
            Self::Language => to.write_str("language"),
            Self::Year => to.write_str("year"),
            Self::Issuer => to.write_str("issuer"),
            Self::Folder(level) => write!(to, "path:{level}"),
            Self::Field(name) => to.write_str(name),
        }
    }
}
