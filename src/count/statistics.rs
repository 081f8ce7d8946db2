//! The numbers of each term that need its counts by document: spread, intervals, groups.

use std::{io, sync::Arc};

use rayon::prelude::*;

use super::{
    Limits, TermRow,
    corpus::Corpus,
    dispersion::{Dispersion, dispersion, wilson},
    keywords::{Keyness, Sides, keyness},
    pairs::Reels,
    postings::{self, Posting, Wanted},
    resample::Draws,
    trends::{Timeline, TrendRow},
};

/// What comes of the terms beside their own rows.
pub(super) struct Measured {
    pub(super) keyness: Keyness,
    /// Rows of the trends of words and laws.
    pub(super) trends: Vec<TrendRow>,
    pub(super) resamples: usize,
}

/// Fills in what rows of terms say beyond their frequency, and compares groups and periods. `codes` are those of the
/// terms.
pub(super) fn measure(
    terms: &mut [TermRow],
    codes: &[u32],
    corpus: &Corpus,
    timeline: &Timeline,
    reels: &Reels,
    limits: &Limits,
) -> io::Result<Measured> {
    let tracked = tracked(terms, timeline, limits);
    let tokens = corpus.parts.tokens;
    let wanted: Vec<Wanted> = terms
        .iter()
        .zip(codes)
        .map(|(term, &code)| Wanted { code, df: term.df, even: tokens as f64 / term.tf as f64 })
        .collect();
    let most = codes.iter().max().map_or(0, |&code| code as usize + 1);
    let draws = Draws::new(&corpus.parts, limits.resamples);
    let mut sides = Sides::default();
    let mut trends = Vec::new();
    for range in postings::shelves(&wanted) {
        let shelf = postings::read(&wanted[range.clone()], most, &corpus.seats, reels)?;
        let first = range.start;
        let found: Vec<(_, Vec<TrendRow>)> = terms[range]
            .par_iter_mut()
            .enumerate()
            .map(|(at, term)| {
                let postings = shelf.of(at);
                fill(term, postings, corpus, Some(&draws).filter(|_| first + at < limits.resampled_terms));
                let rows = if tracked[first + at] { history(term, postings, corpus, timeline) } else { Vec::new() };
                (Sides::of(postings, corpus), rows)
            })
            .collect();
        for (side, rows) in found {
            sides.push(side);
            trends.extend(rows);
        }
    }
    // Laws behind words, as the terms come.
    trends.sort_by_key(|row| row.kind == "law");
    Ok(Measured { keyness: keyness(terms, &sides, corpus, limits), trends, resamples: draws.resamples() })
}

/// The terms whose trends are told: the most frequent words of each language that are no stop words, and laws.
fn tracked(terms: &[TermRow], timeline: &Timeline, limits: &Limits) -> Vec<bool> {
    let mut room = [limits.trend_words, limits.trend_words, limits.trend_laws].map(|n| limits.trends(n, timeline));
    let track = |term: &TermRow| {
        let kind = match (term.kind, term.language) {
            ("law", _) => 2,
            _ if term.stop || term.term.chars().nth(1).is_none() => return false,
            (_, language) => language.map_or(0, |language| language as usize),
        };
        let free = room[kind] > 0;
        room[kind] = room[kind].saturating_sub(1);
        free
    };
    terms.iter().map(track).collect()
}

fn history(term: &TermRow, postings: &[Posting], corpus: &Corpus, timeline: &Timeline) -> Vec<TrendRow> {
    let row = TrendRow::named(Arc::clone(&term.term), term.language, term.kind);
    timeline.rows(&row, postings, term.language.filter(|_| term.kind != "law"), corpus)
}

fn fill(term: &mut TermRow, postings: &[Posting], corpus: &Corpus, draws: Option<&Draws>) {
    let (low, high) = wilson(term.tf, corpus.parts.tokens);
    term.pmw_interval = (1e6 * low, 1e6 * high);
    term.resampled = draws.map_or((f64::NAN, f64::NAN), |draws| draws.interval(postings));
    term.dispersion = if postings.is_empty() { Dispersion::default() } else { dispersion(postings, &corpus.parts) };
    let dates = || postings.iter().filter_map(|posting| corpus.dates[posting.document as usize]);
    term.first_document = dates().min();
    term.last_document = dates().max();
}
