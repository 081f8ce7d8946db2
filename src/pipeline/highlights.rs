//! What a run says at its end: the laws and terms named most.

use serde::{Deserialize, Serialize};

use crate::{
    count::{LawRow, Summary, TermRow},
    text::Language,
};

/// The first few rows of the lists of laws and terms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Highlights {
    /// Instruments, those named most first.
    pub laws: Vec<NamedLaw>,
    /// Words that are no stop words, Chinese and English ones, most frequent first.
    pub terms: [Vec<NamedTerm>; 2],
}

/// An instrument among the highlights.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NamedLaw {
    /// Its id.
    pub id: String,
    /// Titles, where known.
    pub title_zh: Option<String>,
    /// See `title_zh`.
    pub title_en: Option<String>,
    /// Mentions by name, number or citation.
    pub mentions: u64,
    /// Documents that name it.
    pub documents: u64,
}

/// A term among the highlights.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NamedTerm {
    /// The term.
    pub term: String,
    /// Occurrences.
    pub count: u64,
    /// Documents with at least one.
    pub documents: u64,
}

/// So many of each list.
const SHOWN: usize = 8;

impl Highlights {
    pub(super) fn of(summary: &Summary) -> Self {
        let law = |law: &LawRow| NamedLaw {
            id: law.id.clone(),
            title_zh: law.title_zh.clone(),
            title_en: law.title_en.clone(),
            mentions: law.named_mentions(),
            documents: law.documents,
        };
        let term = |term: &TermRow| NamedTerm { term: term.term.to_string(), count: term.tf, documents: term.df };
        let terms = |language: Language| {
            // A single Han character is hardly a word that tells anything.
            let tells = |row: &&TermRow| {
                row.language == Some(language) && row.kind == "word" && !row.stop && row.term.chars().nth(1).is_some()
            };
            summary.terms.iter().filter(tells).take(SHOWN).map(term).collect()
        };
        Self {
            laws: summary.laws.iter().filter(|law| law.documents > 0).take(SHOWN).map(law).collect(),
            terms: [terms(Language::Zh), terms(Language::En)],
        }
    }
}
