//! How the use of terms changes from period to period: coverage and intensity, and what is new, gone or back.
//!
//! Coverage is the share of the documents of a period that have the term, intensity its occurrences per 10,000 tokens of
//! these documents. A change is told only where a test speaks: G² of the period against its baseline, with Benjamini and
//! Hochberg's correction over all tests of the table, and where both sides have documents enough a Mann-Whitney test over
//! documents, which must agree. A period without documents says nothing of any term; it is shown as such.

use std::sync::Arc;

use super::{
    corpus::Corpus,
    keyness::Split,
    period::Calendar,
    postings::Posting,
    ranks::{Ranking, benjamini_hochberg},
};
use crate::text::Language;

/// A period is compared with so many before it that have documents.
pub(super) const BASELINE: usize = 3;
/// From so many documents on each side the test over documents has a say; a baseline with fewer is thin.
pub(super) const ENOUGH: u64 = 4;
/// Level of the tests.
const ALPHA: f64 = 0.05;

/// Terms, laws and phrases by period.
#[derive(Clone, Debug, Default)]
pub struct Trends {
    /// Documents that have tokens and no date.
    pub undated: u64,
    /// Documents with a date that no period covers: years between two plans, a year alone where months are asked.
    pub outside: u64,
    /// All periods from the first document to the last.
    pub periods: Vec<String>,
    /// By kind and frequency, then by period.
    pub rows: Vec<TrendRow>,
}

/// One term in one period.
#[derive(Clone, Debug)]
pub struct TrendRow {
    /// The term as in the table of its kind.
    pub term: Arc<str>,
    /// Its language.
    pub language: Option<Language>,
    /// `word`, `law` or `phrase`.
    pub kind: &'static str,
    /// Place in [`Trends::periods`].
    pub period: u32,
    /// In the period: documents with it of all documents, occurrences of all tokens. Documents are those of its
    /// language; of a law, all.
    pub here: Share,
    /// The same in the periods that it is compared with; all zeros where there is nothing to compare.
    pub baseline: Share,
    /// p of G² between both; none where nothing was tested.
    pub p: Option<f64>,
    /// q after Benjamini and Hochberg over all tests of the table.
    pub q: Option<f64>,
    /// p of the test over documents, where both sides have enough.
    pub documents_p: Option<f64>,
    /// What happened, where the tests speak.
    pub status: Option<Change>,
    /// The baseline has fewer than four documents.
    pub thin: bool,
}

/// Documents and tokens with a term, and of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Documents with it.
    pub documents: u64,
    /// All documents.
    pub of_documents: u64,
    /// Occurrences.
    pub occurrences: u64,
    /// All tokens.
    pub of_tokens: u64,
}

/// What happened to a term in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It occurs for the first time, and documents before could have had it.
    Debut,
    /// It is more frequent than in the baseline.
    Rise,
    /// It is less frequent.
    Fall,
    /// It occurs again after it was absent from the whole baseline of two periods or more.
    Return,
    /// It no longer occurs; in the period before it did.
    Vanished,
}

impl Change {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debut => "DEBUT",
            Self::Rise => "RISE",
            Self::Fall => "FALL",
            Self::Return => "RETURN",
            Self::Vanished => "VANISHED",
        }
    }
}

impl Share {
    const fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.of_documents += other.of_documents;
        self.occurrences += other.occurrences;
        self.of_tokens += other.of_tokens;
    }

    /// Share of the documents that have it; undefined without documents.
    #[must_use]
    pub fn coverage(self) -> f64 {
        self.documents as f64 / self.of_documents as f64
    }

    /// Occurrences per 10,000 tokens; undefined without tokens.
    #[must_use]
    pub fn intensity(self) -> f64 {
        1e4 * self.occurrences as f64 / self.of_tokens as f64
    }
}

/// The documents by period.
pub(super) struct Timeline {
    pub(super) calendar: Calendar,
    /// The period of each document.
    places: Vec<Option<usize>>,
    /// Whether each has a date.
    dated: Vec<bool>,
    /// Documents and tokens of each period: of Chinese, English and all documents.
    whole: [Vec<Share>; 3],
}

impl Timeline {
    pub(super) fn new(corpus: &Corpus, calendar: Calendar) -> Self {
        let places: Vec<Option<usize>> =
            corpus.dates.iter().map(|date| date.and_then(|date| calendar.place(date))).collect();
        let mut whole = [(); 3].map(|()| vec![Share::default(); calendar.names.len()]);
        for (at, &place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            let add = Share { of_documents: 1, of_tokens: corpus.parts.sizes[at], ..Share::default() };
            whole[2][place].add(add);
            if let Some(language) = corpus.languages[at] {
                whole[language as usize][place].add(add);
            }
        }
        Self { calendar, places, dated: corpus.dates.iter().map(Option::is_some).collect(), whole }
    }

    /// The rows of all terms, with what they leave out.
    pub(super) fn trends(&self, mut rows: Vec<TrendRow>) -> Trends {
        settle(&mut rows);
        let dated = self.dated.iter().filter(|&&dated| dated).count();
        let covered = self.places.iter().flatten().count();
        Trends {
            undated: (self.dated.len() - dated) as u64,
            outside: (dated - covered) as u64,
            periods: self.calendar.names.clone(),
            rows,
        }
    }

    /// The rows of a term; `language` is that of the documents which could have it, none for all.
    pub(super) fn rows(
        &self,
        name: &TrendRow,
        postings: &[Posting],
        language: Option<Language>,
        corpus: &Corpus,
    ) -> Vec<TrendRow> {
        let mut here = self.whole[language.map_or(2, |language| language as usize)].clone();
        let mut shares: Vec<Vec<f64>> = vec![Vec::new(); here.len()];
        for posting in postings {
            let document = posting.document as usize;
            let Some(place) = self.places[document] else { continue };
            if language.is_some() && corpus.languages[document] != language {
                continue;
            }
            here[place].documents += 1;
            here[place].occurrences += u64::from(posting.count);
            shares[place].push(f64::from(posting.count) / corpus.parts.sizes[document] as f64);
        }
        let mut rows: Vec<TrendRow> = Vec::with_capacity(here.len());
        for at in 0..here.len() {
            let mut row = TrendRow { period: at as u32, here: here[at], ..name.clone() };
            if here[at].of_documents > 0 {
                compare(&mut row, &here, &shares);
            }
            rows.push(row);
        }
        rows
    }
}

/// Says what happened in a period, as far as one test tells.
fn compare(row: &mut TrendRow, all: &[Share], shares: &[Vec<f64>]) {
    let at = row.period as usize;
    let before: Vec<usize> = (0..at).rev().filter(|&period| all[period].of_documents > 0).collect();
    let is_first = row.here.occurrences > 0 && before.iter().all(|&period| all[period].occurrences == 0);
    let periods = if is_first { &before[..] } else { &before[..before.len().min(BASELINE)] };
    periods.iter().for_each(|&period| row.baseline.add(all[period]));
    row.thin = row.baseline.of_documents < ENOUGH;
    let was_there = before.first().is_some_and(|&period| all[period].occurrences > 0);
    let (here, base) = (row.here, row.baseline);
    let split = Split { a: here.occurrences, b: base.occurrences, target: here.of_tokens, rest: base.of_tokens };
    let change = match (here.occurrences > 0, base.occurrences > 0) {
        _ if periods.is_empty() => None,
        (true, _) if is_first => Some(Change::Debut),
        (true, false) if periods.len() > 1 => Some(Change::Return),
        (true, _) => Some(if split.sign() < 0 { Change::Fall } else { Change::Rise }),
        (false, _) => was_there.then_some(Change::Vanished),
    };
    let Some(change) = change else { return };
    row.status = Some(change);
    row.p = Some(split.p());
    if here.of_documents >= ENOUGH && base.of_documents >= ENOUGH {
        let held: Vec<f64> = periods.iter().flat_map(|&period| &shares[period]).copied().collect();
        row.documents_p = documents_test(&shares[at], here.of_documents, &held, base.of_documents);
    }
}

fn documents_test(here: &[f64], documents: u64, base: &[f64], others: u64) -> Option<f64> {
    let all: Vec<f64> = here.iter().chain(base).copied().collect();
    let ranking = Ranking::of(&all, (documents + others) as usize);
    let absent = (documents - here.len() as u64) as f64 * ranking.ranked.absent;
    let sum = ranking.ranks[..here.len()].iter().sum::<f64>() + absent;
    ranking.ranked.test(sum, documents as usize).map(|test| test.p)
}

/// Corrects for all tests together, and takes back what does not stand.
fn settle(rows: &mut [TrendRow]) {
    let ps: Vec<f64> = rows.iter().filter_map(|row| row.p).collect();
    let mut qs = benjamini_hochberg(&ps).into_iter();
    for row in rows {
        row.q = row.p.and_then(|_| qs.next());
        let stands = row.q.is_some_and(|q| q < ALPHA) && row.documents_p.is_none_or(|p| p < ALPHA);
        row.status = row.status.filter(|_| stands);
    }
}

impl TrendRow {
    /// A row of which nothing is counted yet.
    pub(super) fn named(term: Arc<str>, language: Option<Language>, kind: &'static str) -> Self {
        Self {
            term,
            language,
            kind,
            period: 0,
            here: Share::default(),
            baseline: Share::default(),
            p: None,
            q: None,
            documents_p: None,
            status: None,
            thin: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pair is (occurrences, documents) of a period with 1,000 tokens a document.
    fn statuses(periods: &[(u64, u64)]) -> Vec<&'static str> {
        let all: Vec<Share> = periods
            .iter()
            .map(|&(occurrences, of_documents)| Share {
                documents: occurrences.min(of_documents),
                of_documents,
                occurrences,
                of_tokens: 1_000 * of_documents,
            })
            .collect();
        let spread = |share: &Share| {
            (0..share.documents).map(|n| share.occurrences as f64 / share.documents as f64 + n as f64 / 1e3).collect()
        };
        let shares: Vec<Vec<f64>> = all.iter().map(spread).collect();
        let mut rows: Vec<TrendRow> = (0..all.len())
            .map(|at| {
                let mut row =
                    TrendRow { period: at as u32, here: all[at], ..TrendRow::named("x".into(), None, "word") };
                if all[at].of_documents > 0 {
                    compare(&mut row, &all, &shares);
                }
                row
            })
            .collect();
        settle(&mut rows);
        rows.iter().map(|row| row.status.map_or("", Change::name)).collect()
    }

    #[test]
    fn changes_are_told_where_a_test_speaks() {
        assert_eq!(
            statuses(&[(0, 5), (60, 5), (60, 5), (0, 5), (0, 5), (0, 5), (60, 5)]),
            ["", "DEBUT", "", "VANISHED", "", "", "RETURN"]
        );
        assert_eq!(statuses(&[(20, 5), (20, 5), (90, 5), (90, 5), (20, 5)]), ["", "", "RISE", "RISE", "FALL"]);
        // Once more or less is no news, and a period without documents says nothing.
        assert_eq!(statuses(&[(3, 5), (4, 5), (0, 0), (1, 5)]), ["", "", "", ""]);
        assert_eq!(statuses(&[(0, 5), (1, 5)]), ["", ""]);
        assert_eq!(statuses(&[(5, 1)]), [""]);
    }
}
