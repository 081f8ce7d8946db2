//! The table of key terms: each group of documents against all the others, every term of either.
//!
//! Corrections for many tests count all terms as tests, also those that the table leaves out for its length. A group
//! that is all of the corpus, or nothing of it, is compared with nothing and has no rows.

use std::{cmp::Reverse, ops::Range};

use rayon::prelude::*;
use serde::Serialize;

use super::{
    Limits, TermRow,
    corpus::Corpus,
    keyness::Split,
    postings::Posting,
    ranks::{MannWhitney, Ranked, Ranking, benjamini_hochberg, holm},
};

/// Level of the tests.
const ALPHA: f64 = 0.05;

/// Key terms by group.
#[derive(Clone, Debug, Default)]
pub struct Keyness {
    /// The groups, by name.
    pub groups: Vec<KeyGroup>,
    /// By group; in it key terms first, then by G², ties by frequency and term.
    pub rows: Vec<KeyRow>,
}

/// A group that is compared with all other documents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KeyGroup {
    /// Its name: a language, a year, an issuer …
    pub name: String,
    /// Its documents that have tokens.
    pub documents: u64,
    /// Their tokens.
    pub tokens: u64,
    /// Terms tested: all of the corpus.
    pub tests: u64,
    /// How many of them are key.
    pub key: u64,
    /// How many rows the table has.
    pub listed: u64,
}

/// A term in a group and outside it.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    /// Place of the group in [`Keyness::groups`].
    pub group: u32,
    /// Place of the term in [`Summary::terms`](super::Summary::terms).
    pub term: u32,
    /// The counts, from which most measures follow.
    pub split: Split,
    /// Documents of the group that have it.
    pub documents: u64,
    /// p after Holm.
    pub p_holm: f64,
    /// q after Benjamini and Hochberg.
    pub p_bh: f64,
    /// Conservative log ratio, with as many tests as there are terms.
    pub conservative: f64,
    /// The test over documents; none where a side has no document or all have the same share.
    pub documents_test: Option<MannWhitney>,
    /// On the side that has more of it, all of it stands in one document.
    pub one_document: bool,
    /// q and p of the test over documents are both below 0.05.
    pub key: bool,
}

/// What is kept of the postings of terms until all of them were read.
#[derive(Default)]
pub(super) struct Sides {
    starts: Vec<usize>,
    sides: Vec<Side>,
    ranked: Vec<Ranked>,
}

/// A term in one group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    group: u32,
    documents: u32,
    occurrences: u64,
    rank_sum: f64,
}

impl Sides {
    /// The groups of one term, and its ranking.
    pub(super) fn of(postings: &[Posting], corpus: &Corpus) -> (Vec<Side>, Ranked) {
        let share = |posting: &Posting| f64::from(posting.count) / corpus.parts.sizes[posting.document as usize] as f64;
        let shares: Vec<f64> = postings.iter().map(share).collect();
        let ranking = Ranking::of(&shares, corpus.len());
        let mut sides: Vec<Side> = Vec::new();
        for (posting, &rank) in postings.iter().zip(&ranking.ranks) {
            let Some(group) = corpus.groups[posting.document as usize] else { continue };
            let at = sides.binary_search_by_key(&group, |side| side.group).unwrap_or_else(|at| {
                sides.insert(at, Side { group, documents: 0, occurrences: 0, rank_sum: 0.0 });
                at
            });
            sides[at].documents += 1;
            sides[at].occurrences += u64::from(posting.count);
            sides[at].rank_sum += rank;
        }
        (sides, ranking.ranked)
    }

    /// Takes those of the next term.
    pub(super) fn push(&mut self, (sides, ranked): (Vec<Side>, Ranked)) {
        self.starts.push(self.sides.len());
        self.sides.extend(sides);
        self.ranked.push(ranked);
    }

    fn range(&self, term: usize) -> Range<usize> {
        self.starts[term]..self.starts.get(term + 1).copied().unwrap_or(self.sides.len())
    }

    /// A term in a group, all zeros where it does not occur there; and the test over documents.
    fn side(&self, term: usize, group: u32, documents: u64) -> (Side, Option<MannWhitney>) {
        let sides = &self.sides[self.range(term)];
        let side = match sides.binary_search_by_key(&group, |side| side.group) {
            Ok(at) => sides[at],
            Err(_) => Side { group, documents: 0, occurrences: 0, rank_sum: 0.0 },
        };
        let ranked = &self.ranked[term];
        let sum = side.rank_sum + (documents - u64::from(side.documents)) as f64 * ranked.absent;
        (side, ranked.test(sum, documents as usize))
    }
}

/// Compares each group with the rest.
pub(super) fn keyness(terms: &[TermRow], sides: &Sides, corpus: &Corpus, limits: &Limits) -> Keyness {
    let mut groups: Vec<KeyGroup> =
        corpus.group_names.iter().map(|name| KeyGroup { name: name.clone(), ..KeyGroup::default() }).collect();
    for (group, &size) in corpus.groups.iter().zip(&corpus.parts.sizes) {
        if let Some(group) = group {
            groups[*group as usize].documents += 1;
            groups[*group as usize].tokens += size;
        }
    }
    let mut compared: Vec<usize> = (0..groups.len()).filter(|&at| groups[at].tokens < corpus.parts.tokens).collect();
    compared.sort_by_key(|&at| (Reverse(groups[at].tokens), at));
    compared.truncate(limits.keyness_groups);
    compared.sort_unstable();
    let room = limits.keyness_rows / compared.len().max(1);
    let mut rows = Vec::new();
    for at in compared {
        let found = against_rest(at as u32, &groups[at], terms, sides, corpus);
        let group = &mut groups[at];
        group.tests = terms.len() as u64;
        group.key = found.iter().filter(|row| row.key).count() as u64;
        let listed = strongest(found, room, terms.len());
        group.listed = listed.len() as u64;
        rows.extend(listed);
    }
    Keyness { groups, rows }
}

/// All terms in one group.
fn against_rest(at: u32, group: &KeyGroup, terms: &[TermRow], sides: &Sides, corpus: &Corpus) -> Vec<KeyRow> {
    let mut rows: Vec<KeyRow> = (0..terms.len())
        .into_par_iter()
        .map(|term| {
            let (side, documents_test) = sides.side(term, at, group.documents);
            let (a, tf) = (side.occurrences, terms[term].tf);
            let split = Split { a, b: tf - a, target: group.tokens, rest: corpus.parts.tokens - group.tokens };
            let documents = u64::from(side.documents);
            let there = if split.sign() > 0 { documents } else { terms[term].df - documents };
            KeyRow {
                group: at,
                term: term as u32,
                split,
                documents,
                p_holm: 0.0,
                p_bh: 0.0,
                conservative: 0.0,
                documents_test,
                one_document: there == 1,
                key: false,
            }
        })
        .collect();
    let ps: Vec<f64> = rows.par_iter().map(|row| row.split.p()).collect();
    let (holm, bh) = (holm(&ps), benjamini_hochberg(&ps));
    for ((row, holm), bh) in rows.iter_mut().zip(holm).zip(bh) {
        (row.p_holm, row.p_bh) = (holm, bh);
        row.key = bh < ALPHA && row.documents_test.is_some_and(|test| test.p < ALPHA);
    }
    rows
}

/// The first rows of the table, in its order, with what is dear to compute.
fn strongest(rows: Vec<KeyRow>, room: usize, tests: usize) -> Vec<KeyRow> {
    let mut order: Vec<(bool, f64, usize)> =
        rows.iter().enumerate().map(|(at, row)| (!row.key, -row.split.g2(), at)).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    order.truncate(room);
    order
        .into_par_iter()
        .map(|(_, _, at)| KeyRow { conservative: rows[at].split.conservative_log_ratio(tests), ..rows[at] })
        .collect()
}
