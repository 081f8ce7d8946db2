//! Terms of several words: set phrases (提法) and English phrases that segmentation cuts apart.
//!
//! 供给侧结构性改革 comes as three words. A run of words is a phrase where it is frequent by itself and not only inside
//! a longer phrase (C-value), where many different words stand before and behind it (branching entropy: "of the united"
//! is always followed by "states"), and where its halves meet more often than chance (NPMI). Function words may stand
//! inside, not at an end.

use std::{io, sync::Arc};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Dispersion, Joint, Limits, Quote, TermRow,
    corpus::Corpus,
    dispersion::dispersion,
    ngrams::{LONGEST, Ngrams, stretches},
    npmi,
    postings::Posting,
    spool::{POSSESSIVE, Spool},
    tally::{DocIx, Renumbered},
    trends::{Timeline, TrendRow},
};
use crate::{
    ruleset::Ruleset,
    text::{DeclaredDate, Language},
};

/// Below this entropy on either side (in nats) a run is a part of something longer.
const OPEN: f64 = 1.0;
/// Below this NPMI of the halves a run is no unit.
const BOUND: f64 = 0.2;
/// A neighbour that is none: the border of a stretch.
const BORDER: u32 = u32::MAX;

/// A phrase.
#[derive(Clone, Debug)]
pub struct PhraseRow {
    /// Its words: Chinese ones as one, English ones with blanks.
    pub term: Arc<str>,
    /// Its language.
    pub language: Option<Language>,
    /// Words in it.
    pub words: u32,
    /// Occurrences, those in longer phrases included.
    pub tf: u64,
    /// Documents.
    pub df: u64,
    /// `log2(words) · (tf − mean frequency of the longer candidates with it)`.
    pub c_value: f64,
    /// Branching entropy of the word before and behind, in nats; the border of a stretch is different each time.
    pub left_entropy: f64,
    /// See `left_entropy`.
    pub right_entropy: f64,
    /// NPMI of its two parts where it is most easily cut.
    pub npmi: f64,
    /// How it is spread over documents; without what needs positions.
    pub dispersion: Dispersion,
    /// Dates of documents that have it.
    pub first_document: Option<DeclaredDate>,
    /// See `first_document`.
    pub last_document: Option<DeclaredDate>,
    /// Document and first byte of the first sentence with it; its words are fetched at the end.
    pub first: Option<(DocIx, u32)>,
    /// That sentence, for the best.
    pub quotes: Vec<Quote>,
}

/// A run that may be a phrase.
#[derive(Clone, Copy)]
struct Candidate {
    length: usize,
    number: u32,
    c_value: f64,
}

/// What reading the sentences once more tells of a phrase.
#[derive(Default)]
struct Seen {
    postings: Vec<Posting>,
    left: Vec<u32>,
    right: Vec<u32>,
    first: Option<(DocIx, u32)>,
}

/// Phrases and their trends.
pub(super) struct Phrases {
    pub(super) rows: Vec<PhraseRow>,
    pub(super) trends: Vec<TrendRow>,
    pub(super) least: u32,
}

/// What words may do in phrases, by the rows of the terms.
pub(super) struct Bounds {
    /// Neither first nor last: function words, what is done to a thing.
    edges: Vec<bool>,
    /// In no phrase.
    breaks: Vec<bool>,
}

impl Bounds {
    pub(super) fn new(terms: &[TermRow], rules: &Ruleset) -> Self {
        let list = |name: &str| -> FxHashSet<&str> {
            ["zh", "en"].iter().flat_map(|l| rules.list(&format!("{l}.language.{name}"))).map(String::as_str).collect()
        };
        let (edges, breaks) = (list("phrase_edges"), list("phrase_breaks"));
        let is_letter = |term: &TermRow| term.language == Some(Language::En) && term.term.len() == 1;
        Self {
            edges: terms.iter().map(|term| term.stop || is_letter(term) || edges.contains(&*term.term)).collect(),
            breaks: terms.iter().map(|term| breaks.contains(&*term.term)).collect(),
        }
    }

    /// Whether a run may be a phrase, by its words.
    fn allow(&self, run: &[u32], words: &Words<'_>) -> bool {
        let is_first_or_last = |word: &u32| !self.edges[words.row(*word)];
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
        let letters = || run.iter().map(|&word| words.term(word).term.chars().count()).sum::<usize>();
        is_first_or_last(first)
            && is_first_or_last(last)
            && last & POSSESSIVE == 0
            && !run.iter().any(|&word| self.breaks[words.row(word)])
            && letters() > 2
    }
}

/// Finds the phrases. `codes` are those of the terms.
pub(super) fn phrases(
    terms: &[TermRow],
    codes: &[u32],
    corpus: &Corpus,
    timeline: &Timeline,
    spools: &mut [(Spool, Option<Renumbered>)],
    bounds: &Bounds,
    limits: &Limits,
) -> io::Result<Phrases> {
    let least =
        limits.phrase_frequency.max(u32::try_from(corpus.parts.tokens / limits.phrase_tokens).unwrap_or(u32::MAX));
    let ngrams = Ngrams::count(spools, least)?;
    let mut row_of = vec![u32::MAX; codes.iter().max().map_or(0, |&code| code as usize + 1)];
    for (row, &code) in (0..).zip(codes) {
        row_of[code as usize] = row;
    }
    let words = Words { terms, row_of };
    let candidates = candidates(&ngrams, &words, bounds, limits);
    let seen = read(&ngrams, &candidates, corpus, spools)?;
    let tokens = corpus.parts.tokens;
    let rows: Vec<(PhraseRow, Vec<Posting>)> = candidates
        .par_iter()
        .zip(seen)
        .map(|(candidate, seen)| row(candidate, seen, &ngrams, &words, corpus, tokens))
        .filter(|(row, _)| row.left_entropy.min(row.right_entropy) >= OPEN && row.npmi >= BOUND)
        .collect();
    let room = limits.trends(limits.trend_phrases, timeline);
    let history = |(row, postings): &(PhraseRow, Vec<Posting>)| {
        timeline.rows(&TrendRow::named(Arc::clone(&row.term), row.language, "phrase"), postings, row.language, corpus)
    };
    let mut told = [0; 2];
    let is_told = |row: &PhraseRow| {
        let told = &mut told[row.language.map_or(0, |language| language as usize)];
        *told += 1;
        *told <= room
    };
    let mut is_told = is_told;
    let trends = rows.iter().filter(|(row, _)| is_told(row)).flat_map(history).collect();
    Ok(Phrases { rows: rows.into_iter().map(|(row, _)| row).collect(), trends, least })
}

/// Words by the codes of phrases.
struct Words<'a> {
    terms: &'a [TermRow],
    row_of: Vec<u32>,
}

impl Words<'_> {
    fn row(&self, word: u32) -> usize {
        self.row_of[(word & !POSSESSIVE) as usize] as usize
    }

    fn term(&self, word: u32) -> &TermRow {
        &self.terms[self.row(word)]
    }

    /// Orders runs by the rows of their words: the numbers of words say only which worker met them first.
    fn order(&self, run: &[u32]) -> Vec<(u32, bool)> {
        run.iter().map(|&word| (self.row(word) as u32, word & POSSESSIVE != 0)).collect()
    }

    fn phrase(&self, words: &[u32]) -> String {
        let mut phrase = String::new();
        for &word in words {
            let term = self.term(word);
            if term.language == Some(Language::En) && !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&term.term);
            if word & POSSESSIVE != 0 {
                phrase.push_str("'s");
            }
        }
        phrase
    }
}

/// The best runs by C-value, from the longest to the shortest so that the frequency of what they hold can be reduced.
///
/// Source: Frantzi, Ananiadou & Mima (2000), *IJDL* 3(2).
fn candidates(ngrams: &Ngrams, words: &Words<'_>, bounds: &Bounds, limits: &Limits) -> Vec<Candidate> {
    let of_length = |length: usize| 0..ngrams.levels[length - 2].parts.len() as u32;
    // How often each run stands inside longer candidates, and in how many of these.
    let mut inside: Vec<Vec<(u64, u32)>> =
        (2..=LONGEST).map(|length| vec![(0, 0); ngrams.levels[length - 2].parts.len()]).collect();
    let mut found = Vec::new();
    for length in (2..=LONGEST).rev() {
        for number in of_length(length) {
            let run = ngrams.words(length, number);
            if !bounds.allow(&run, words) {
                continue;
            }
            let frequency = u64::from(ngrams.frequency(length, number));
            let (held, longer) = inside[length - 2][number as usize];
            let nested = if longer == 0 { 0.0 } else { held as f64 / f64::from(longer) };
            let c_value = (length as f64).log2() * (frequency as f64 - nested);
            let by_itself = frequency.saturating_sub(held);
            for (shorter, part) in parts(ngrams, length, number) {
                let (held, longer) = &mut inside[shorter - 2][part as usize];
                *held += by_itself;
                *longer += 1;
            }
            // What never stands outside longer ones is none by itself.
            if by_itself > 0 || longer == 0 {
                found.push((Candidate { length, number, c_value }, words.order(&run)));
            }
        }
    }
    found.sort_unstable_by(|(a, a_order), (b, b_order)| {
        b.c_value.total_cmp(&a.c_value).then(a.length.cmp(&b.length)).then_with(|| a_order.cmp(b_order))
    });
    let mut occurrences = 0;
    found
        .into_iter()
        .map(|(candidate, _)| candidate)
        .take(limits.phrases)
        .take_while(|candidate| {
            occurrences += u64::from(ngrams.frequency(candidate.length, candidate.number));
            occurrences <= limits.phrase_occurrences
        })
        .collect()
}

/// The different shorter runs inside a run.
fn parts(ngrams: &Ngrams, length: usize, number: u32) -> Vec<(usize, u32)> {
    let mut parts = Vec::new();
    let mut at_hand = vec![number];
    for shorter in (2..length).rev() {
        let level = &ngrams.levels[shorter - 1];
        let mut next: Vec<u32> =
            at_hand.iter().flat_map(|&run| [level.parts[run as usize].0, level.parts[run as usize].1]).collect();
        next.sort_unstable();
        next.dedup();
        parts.extend(next.iter().map(|&run| (shorter, run)));
        at_hand = next;
    }
    parts
}

/// Reads documents and neighbours of the candidates.
fn read(
    ngrams: &Ngrams,
    candidates: &[Candidate],
    corpus: &Corpus,
    spools: &mut [(Spool, Option<Renumbered>)],
) -> io::Result<Vec<Seen>> {
    let neighbour = |word: Option<&u32>| word.copied().unwrap_or(BORDER);

    let place: FxHashMap<(usize, u32), usize> =
        candidates.iter().enumerate().map(|(at, run)| ((run.length, run.number), at)).collect();
    let mut seen: Vec<Seen> = candidates.iter().map(|_| Seen::default()).collect();
    let (mut scratch, mut runs) = (Vec::new(), Vec::new());
    for (spool, numbers) in spools {
        spool.read(|(document, start), tokens| {
            let seat = corpus.seats.get(document as usize).copied().unwrap_or_default();
            stretches(tokens, numbers.as_ref(), &mut scratch, |words| {
                ngrams.find(words, &mut runs, |at, length, number| {
                    let Some(&candidate) = place.get(&(length, number)) else { return };
                    let seen = &mut seen[candidate];
                    match seen.postings.last_mut().filter(|posting| posting.document == seat) {
                        Some(posting) => posting.count += 1,
                        None => seen.postings.push(Posting { document: seat, count: 1, ..Posting::default() }),
                    }
                    seen.left.push(neighbour(at.checked_sub(1).and_then(|before| words.get(before))));
                    seen.right.push(neighbour(words.get(at + length)));
                    seen.first = Some(seen.first.map_or((document, start), |first| first.min((document, start))));
                });
            });
        })?;
    }
    Ok(seen)
}

fn row(
    candidate: &Candidate,
    mut seen: Seen,
    ngrams: &Ngrams,
    words: &Words<'_>,
    corpus: &Corpus,
    tokens: u64,
) -> (PhraseRow, Vec<Posting>) {
    let run = ngrams.words(candidate.length, candidate.number);
    seen.postings.sort_unstable_by_key(|posting| posting.document);
    let dates = || seen.postings.iter().filter_map(|posting| corpus.dates[posting.document as usize]);
    let row = PhraseRow {
        term: words.phrase(&run).into(),
        language: words.term(run[0]).language,
        words: candidate.length as u32,
        tf: ngrams.frequency(candidate.length, candidate.number).into(),
        df: seen.postings.len() as u64,
        c_value: candidate.c_value,
        left_entropy: entropy(&mut seen.left),
        right_entropy: entropy(&mut seen.right),
        npmi: weakest(candidate, ngrams, words, tokens),
        dispersion: dispersion(&seen.postings, &corpus.parts),
        first_document: dates().min(),
        last_document: dates().max(),
        first: seen.first,
        quotes: Vec::new(),
    };
    (row, seen.postings)
}

/// `−Σ p ln p` over the different neighbours; each border is one by itself.
fn entropy(neighbours: &mut [u32]) -> f64 {
    neighbours.sort_unstable();
    let all = neighbours.len() as f64;
    let part = |count: f64| count / all * (all / count).ln();
    let mut counts: Vec<usize> = Vec::new();
    for same in neighbours.chunk_by(|a, b| a == b) {
        let borders = if same[0] == BORDER { same.len() } else { 0 };
        counts.extend(std::iter::repeat_n(1, borders));
        counts.extend((borders == 0).then_some(same.len()));
    }
    // Summed by size: the order of numbers is that in which workers met the words.
    counts.sort_unstable();
    counts.into_iter().map(|count| part(count as f64)).sum()
}

/// NPMI of the two parts of a run, at the place where it is least.
fn weakest(candidate: &Candidate, ngrams: &Ngrams, words: &Words<'_>, tokens: u64) -> f64 {
    let Candidate { length, number, .. } = *candidate;
    let both = u64::from(ngrams.frequency(length, number));
    let (mut beginnings, mut endings) = (vec![number], vec![number]);
    for shorter in (1..length).rev() {
        let parts = &ngrams.levels[shorter - 1].parts;
        beginnings.push(parts[beginnings[beginnings.len() - 1] as usize].0);
        endings.push(parts[endings[endings.len() - 1] as usize].1);
    }
    // At n, the beginning and the ending that are n words shorter.
    let frequency = |length: usize, number: u32| match length {
        1 => words.term(number).tf,
        _ => u64::from(ngrams.frequency(length, number)),
    };
    (1..length)
        .map(|left| {
            let right = length - left;
            let (before, behind) = (beginnings[length - left], endings[length - right]);
            npmi(Joint { both, left: frequency(left, before), right: frequency(right, behind), total: tokens })
        })
        .fold(f64::INFINITY, f64::min)
}
