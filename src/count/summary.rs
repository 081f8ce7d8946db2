//! What the counts come to: sorted rows, ready to be shown. Nothing here depends on the order of work.
//!
//! Reports read these rows and nothing else. Every list is complete and sorted by its own rule, so that the
//! same folder gives the same bytes; a report that shows a part says so.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::{Dispersion, DocIx, Joint, Keyness, PhraseRow, Trends, Unit};
use crate::{
    text::{DeclaredDate, Language},
    value::Kind,
};

/// All numbers of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Totals.
    pub totals: Totals,
    /// One row a processed document, in input order.
    pub documents: Vec<DocumentRow>,
    /// Instruments, those named most first.
    pub laws: Vec<LawRow>,
    /// Stated dates and periods, in calendar order.
    pub dates: Vec<DateRow>,
    /// Money, percentages and counted quantities, most mentions first.
    pub figures: Vec<FigureRow>,
    /// Terms, most frequent first, ties by code point.
    pub terms: Vec<TermRow>,
    /// Divisions of instruments, in the order of the instruments, most cited first.
    pub law_articles: Vec<ArticleRow>,
    /// Pairs that meet in a unit, unit by unit as they were asked for, strongest first (by G2).
    pub pairs: Vec<PairRow>,
    /// The strongest ties among the most frequent terms and instruments, by the first unit.
    pub network: Network,
    /// How the most frequent of them meet, by the first unit.
    pub matrix: Matrix,
    /// What each group of documents has more or less of than the others.
    pub keyness: Keyness,
    /// Terms and laws by period.
    pub trends: Trends,
    /// Terms of several words, by C-value.
    pub phrases: Vec<PhraseRow>,
    /// Occurrences that a phrase needs in a corpus of this size.
    pub phrase_frequency: u64,
    /// Resamples behind the intervals of rates.
    pub resamples: usize,
}

impl Summary {
    /// What `run.json` says of the counting beside its limits.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("resamples", self.resamples.into()),
            ("phrase_frequency", self.phrase_frequency.into()),
            ("trend_documents_without_date", self.trends.undated.into()),
            ("trend_documents_outside_periods", self.trends.outside.into()),
        ]
    }

    /// Says why no trends are told, where the periods are too many: mostly a date is wrong.
    #[must_use]
    pub fn trends_too_long(&self) -> Option<String> {
        let periods = &self.trends.periods;
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return None };
        if !self.trends.rows.is_empty() || self.terms.is_empty() {
            return None;
        }
        let dated = || self.documents.iter().filter_map(|row| Some((row.declared?, &row.id)));
        let (earliest, latest) = (dated().min()?.1, dated().max()?.1);
        Some(format!(
            "trends are not told: {first} to {last} are {} periods; ask for longer ones with --period, or look at the dates \
             of {earliest} and {latest}",
            periods.len()
        ))
    }
}

/// Totals over the processed documents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Totals {
    /// Documents with status ok or partial.
    pub documents: u64,
    /// Sentences that hold at least one token.
    pub sentences: u64,
    /// Counted tokens by language: words outside mentions, and one for each mention of an instrument.
    pub tokens: BTreeMap<Language, u64>,
    /// Different terms by language.
    pub types: BTreeMap<Language, u64>,
    /// Mentions by kind, as the wire form names the kinds.
    pub mentions: BTreeMap<&'static str, u64>,
    /// Different instruments.
    pub laws: u64,
    /// Instruments that are not in the registry.
    pub unlisted_laws: u64,
    /// Pairs that occur, by unit: so many tests stand behind each q-value.
    pub pairs_tested: BTreeMap<String, u64>,
}

/// One document.
#[derive(Clone, Debug, Default)]
pub struct DocumentRow {
    /// Path below the input folder, escaped; the key of the file's record.
    pub id: String,
    /// Declared title, or the first heading.
    pub title: Option<String>,
    /// Declared date, where it is a day.
    pub date: Option<Date>,
    /// Declared date: day, month or year.
    pub declared: Option<DeclaredDate>,
    /// Declared issuing body.
    pub issuer: Option<String>,
    /// Declared group, if any.
    pub group: Option<String>,
    /// Language of most of its text.
    pub language: Option<Language>,
    /// Unicode scalar values of its text.
    pub characters: u64,
    /// Sentences with at least one token.
    pub sentences: u64,
    /// Counted tokens by language, as [`Language::ALL`] lists them.
    pub tokens: [u64; Language::ALL.len()],
    /// Mentions by kind, as [`Kind::ALL`] lists them.
    pub mentions: [u64; Kind::ALL.len()],
    /// Different instruments named.
    pub laws: u64,
}

impl DocumentRow {
    /// Mentions of the kind of that name: `law`, `date`.
    #[must_use]
    pub fn mentions_of(&self, kind: &str) -> u64 {
        Kind::from_name(kind).map_or(0, |kind| self.mentions[kind as usize])
    }
}

/// A place in a document, shown to people: the sentence and the mention in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Quote {
    /// Document id.
    pub document: Arc<str>,
    /// Start of the sentence, in characters of the document.
    pub start: u32,
    /// The sentence (line breaks inside it are blanks). Long ones are cut around the mention, with `…`.
    pub sentence: Arc<str>,
    /// The mention inside `sentence`, in characters, half-open.
    pub mention: (u32, u32),
    /// Where in the document: heading path, article, paragraph; parts joined by ` · `.
    pub locator: Arc<str>,
}

/// One instrument, both languages together.
#[derive(Clone, Debug, Default)]
pub struct LawRow {
    /// Registry id, or `x-…` for a title that is not in the registry.
    pub id: String,
    /// Official Chinese title, where known.
    pub title_zh: Option<String>,
    /// English title, where known.
    pub title_en: Option<String>,
    /// Whether it is a row of the registry.
    pub listed: bool,
    /// Jurisdiction and level of the registry (`CN`, `law`); empty for unlisted ones.
    pub jurisdiction: String,
    /// See `jurisdiction`.
    pub level: String,
    /// Status of the registry (in_force, amended, repealed …); empty for unlisted ones.
    pub status: String,
    /// What other systems call it.
    pub identifiers: Vec<String>,
    /// ISO dates of the registry; empty where unknown.
    pub promulgated: String,
    /// See `promulgated`.
    pub effective: String,
    /// Mentions, anaphora (本法, this Act) included.
    pub mentions: u64,
    /// Mentions by language of the sentence, anaphora left out.
    pub named: BTreeMap<Language, u64>,
    /// 本法, the Act: references without a name.
    pub anaphora: u64,
    /// References to its articles and other divisions.
    pub article_refs: u64,
    /// Documents that name it, by language of the sentence that does.
    pub documents_by_language: BTreeMap<Language, u64>,
    /// Documents that name it.
    pub documents: u64,
    /// Earliest and latest date of such a document.
    pub first_document: Option<Date>,
    /// See `first_document`.
    pub last_document: Option<Date>,
    /// Mentions by year of the document.
    pub by_year: BTreeMap<i16, u64>,
    /// Documents that name it, by year.
    pub documents_by_year: BTreeMap<i16, u64>,
    /// Declared issuers of these documents, most documents first, ties by code point.
    pub issuers: Vec<(String, u64)>,
    /// Other instruments that the same documents name, strongest first.
    pub cocited: Vec<CoCited>,
    /// The first mention by name, number or citation, by the date of the document, with that date.
    pub first_mention: Option<(Option<Date>, Quote)>,
    /// Names as written, with counts, most frequent first.
    pub surfaces: Vec<(String, u64)>,
    /// Articles cited, in the wire form (`a21`), most frequent first.
    pub articles: Vec<(String, u64)>,
    /// The first few places, by document and position.
    pub quotes: Vec<Quote>,
}

/// An instrument that documents name beside another one.
#[derive(Clone, Debug, Default)]
pub struct CoCited {
    /// Its id.
    pub id: String,
    /// Documents that name both.
    pub documents: u64,
    /// logDice over documents.
    pub logdice: f64,
    /// q-value over all pairs of instruments that share a document.
    pub q: f64,
}

/// A division of an instrument that is referred to.
#[derive(Clone, Debug, Default)]
pub struct ArticleRow {
    /// Id of the instrument.
    pub law: String,
    /// Its titles, where known.
    pub title_zh: Option<String>,
    /// See `title_zh`.
    pub title_en: Option<String>,
    /// The division, in the wire form (`a21`).
    pub article: String,
    /// References.
    pub mentions: u64,
    /// Documents.
    pub documents: u64,
    /// The first place.
    pub quotes: Vec<Quote>,
}

impl LawRow {
    /// Mentions by name, number or citation: all but 本法 and "this Act".
    #[must_use]
    pub fn named_mentions(&self) -> u64 {
        self.named.values().sum()
    }
}

/// One stated date or period.
#[derive(Clone, Debug, Default)]
pub struct DateRow {
    /// EDTF.
    pub value: String,
    /// `date` or `daterange`.
    pub kind: &'static str,
    /// day, month, year …
    pub grain: &'static str,
    /// First day; `None` for an open start or an unknown year.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
    /// Mentions.
    pub mentions: u64,
    /// Documents.
    pub documents: u64,
    /// The first few places.
    pub quotes: Vec<Quote>,
}

/// One stated amount, percentage, quantity or length of time.
#[derive(Clone, Debug, Default)]
pub struct FigureRow {
    /// money, percent, figure or duration.
    pub kind: &'static str,
    /// The neutral string of the wire form: `CNY 14000000`.
    pub value: String,
    /// Lower end or the number, as plain digits.
    pub low: String,
    /// Upper end; the same as `low` where it is one number.
    pub high: String,
    /// Currency code, `%`, measure or counted noun.
    pub unit: String,
    /// gt, ge, lt, le, approx or empty.
    pub modifier: &'static str,
    /// Per what.
    pub per: String,
    /// Mentions.
    pub mentions: u64,
    /// Documents.
    pub documents: u64,
    /// The first few places.
    pub quotes: Vec<Quote>,
}

/// One term.
#[derive(Clone, Debug, Default)]
pub struct TermRow {
    /// The term, folded; an instrument as its canonical title with `_` for blanks.
    pub term: Arc<str>,
    /// Language of its writing.
    pub language: Option<Language>,
    /// `word` or `law`.
    pub kind: &'static str,
    /// Of an instrument: its id.
    pub id: String,
    /// Occurrences.
    pub tf: u64,
    /// Documents with at least one.
    pub df: u64,
    /// Occurrences per million counted tokens.
    pub pmw: f64,
    /// The same per million tokens of its language.
    pub pmw_language: f64,
    /// 95 % interval of `pmw`, tokens taken as independent.
    pub pmw_interval: (f64, f64),
    /// 95 % interval of `pmw` over resamples of the documents; not a number where it was not computed.
    pub resampled: (f64, f64),
    /// How it is spread over the documents.
    pub dispersion: Dispersion,
    /// Earliest and latest date of a document that has it.
    pub first_document: Option<DeclaredDate>,
    /// See `first_document`.
    pub last_document: Option<DeclaredDate>,
    /// A stop word: counted, but not shown among the top terms.
    pub stop: bool,
    /// The first few places (only for the top terms).
    pub quotes: Vec<Quote>,
}

/// Two terms or instruments that stand together.
#[derive(Clone, Debug, Default)]
pub struct PairRow {
    /// What they share.
    pub unit: Unit,
    /// First by code point.
    pub a: Arc<str>,
    /// Second.
    pub b: Arc<str>,
    /// `word` or `law`, for each.
    pub kinds: (&'static str, &'static str),
    /// Ids of instruments.
    pub ids: (Option<Arc<str>>, Option<Arc<str>>),
    /// Units with both.
    pub n_ab: u64,
    /// Units with a; of windows occurrences.
    pub n_a: u64,
    /// Units with b; of windows occurrences.
    pub n_b: u64,
    /// Units with at least one token; of windows tokens.
    pub total: u64,
    /// Normalised pointwise mutual information (Bouma 2009).
    pub npmi: f64,
    /// logDice (Rychlý 2008).
    pub logdice: f64,
    /// Log-likelihood ratio (Dunning 1993), natural logarithm; not a number where it is not defined.
    pub g2: f64,
    /// The same as a q-value over all pairs of this unit that occur (Benjamini & Hochberg 1995).
    pub q: f64,
    /// Document and first byte of the first unit with both; its words are fetched at the end.
    pub first: Option<(DocIx, u32)>,
    /// The first sentence with both.
    pub quotes: Vec<Quote>,
}

impl PairRow {
    /// Its counts, which all measures are computed from.
    #[must_use]
    pub const fn joint(&self) -> Joint {
        Joint { both: self.n_ab, left: self.n_a, right: self.n_b, total: self.total }
    }
}

/// Terms and instruments, and the strongest ties among them.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Terms first, then instruments, each most frequent first.
    pub nodes: Vec<NetworkNode>,
    /// Strongest first, by logDice.
    pub edges: Vec<NetworkEdge>,
}

/// A term or an instrument of the network.
#[derive(Clone, Debug)]
pub struct NetworkNode {
    /// Unique: `word:` and the term, `law:` and the id.
    pub id: String,
    /// For people.
    pub label: String,
    /// `word` or `law`.
    pub kind: &'static str,
    /// Language of its writing.
    pub language: Option<Language>,
    /// Occurrences.
    pub tf: u64,
    /// Documents.
    pub df: u64,
    /// Edges.
    pub degree: u64,
    /// Sum of the weights of its edges.
    pub strength: f64,
    /// Number of its community, from 0, the largest first.
    pub community: u32,
}

/// Two nodes that are tied.
#[derive(Clone, Debug)]
pub struct NetworkEdge {
    /// Places in the list of nodes.
    pub a: usize,
    /// See `a`.
    pub b: usize,
    /// Units with both.
    pub weight: f64,
    /// See [`PairRow`].
    pub npmi: f64,
    /// See [`PairRow`].
    pub logdice: f64,
    /// See [`PairRow`].
    pub g2: f64,
    /// See [`PairRow`].
    pub q: f64,
}

/// The most frequent terms and instruments against each other.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Most units first, ties by code point.
    pub items: Vec<MatrixItem>,
    /// Units with both, row by row; on the diagonal units with the item.
    pub counts: Vec<u64>,
    /// Ochiai's coefficient, row by row; 1 on the diagonal.
    pub likeness: Vec<f64>,
    /// Places in `items` in the order of the dendrogram (average linkage over 1 − Ochiai).
    pub order: Vec<usize>,
    /// Joints of the dendrogram, closest first: two clusters (the items first, then one for each joint) and their
    /// dissimilarity.
    pub merges: Vec<(usize, usize, f64)>,
}

/// A row and a column of a [`Matrix`].
#[derive(Clone, Debug)]
pub struct MatrixItem {
    /// The term, or the title with `_` for blanks.
    pub name: Arc<str>,
    /// `word` or `law`.
    pub kind: &'static str,
}
