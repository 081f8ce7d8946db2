//! Which group a document belongs to, where groups of documents are compared.

use super::{Document, Language};

/// What makes the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The metadata field `group`.
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
    /// From a name: `group`, `language`, `year`, `issuer`, `path:1`, else a metadata field.
    ///
    /// ```
    /// use tongwen::text::{Document, GroupBy};
    /// let document = Document { id: "ministries/2021/notice.md".to_owned(), ..Document::default() };
    /// assert_eq!(GroupBy::named("path:2").of(&document, None).as_deref(), Some("2021"));
    /// assert_eq!(GroupBy::named("path:3").of(&document, None), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        match (name, name.strip_prefix("path:").and_then(|level| level.parse().ok())) {
            ("group", _) => Self::Declared,
            ("language", _) => Self::Language,
            ("year", _) => Self::Year,
            ("issuer", _) => Self::Issuer,
            (_, Some(level)) => Self::Folder(level),
            _ => Self::Field(name.to_owned()),
        }
    }

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
