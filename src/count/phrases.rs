//! Terms of several words: set phrases (提法) and English phrases that segmentation cuts apart.
//!
//! 供给侧结构性改革 comes as three words. A run of words is a phrase where it is frequent by itself and not only inside
//! a longer phrase (C-value), where many different words stand before and behind it (branching entropy: "of the united"
//! is always followed by "states"), and where its halves meet more often than chance (NPMI). Function words may stand
//! inside, not at an end.

use std::{
    cmp::{Ordering, Reverse},
    io,
    sync::Arc,
};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    Dispersion, Joint, Limits, Quote, TermRow,
    corpus::Corpus,
    dispersion::dispersion,
    ngrams::{BORDER, LONGEST, Ngrams},
    npmi,
    pairs::Reels,
    postings::Posting,
    spool::{POSSESSIVE, Place},
    tally::DocIx,
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

/// Where the candidates stand, and the words beside them: those of a candidate together, at its place.
struct Seen {
    starts: Vec<usize>,
    left: Vec<u32>,
    right: Vec<u32>,
    seats: Vec<u32>,
    first: Vec<Option<Place>>,
}

/// Phrases and their trends.
pub(super) struct Phrases {
    pub(super) rows: Vec<PhraseRow>,
    pub(super) trends: Vec<TrendRow>,
    pub(super) least: u32,
}

/// What phrases ask of a term. Rows of terms are filled in at the same time.
pub(super) struct Term {
    term: Arc<str>,
    language: Option<Language>,
    stop: bool,
    tf: u64,
}

impl From<&TermRow> for Term {
    fn from(row: &TermRow) -> Self {
        Self { term: Arc::clone(&row.term), language: row.language, stop: row.stop, tf: row.tf }
    }
}

/// What words may do in phrases, by the rows of the terms.
struct Bounds {
    /// Neither first nor last: function words, what is done to a thing.
    edges: Vec<bool>,
    /// In no phrase.
    breaks: Vec<bool>,
}

impl Bounds {
    fn new(terms: &[Term], rules: &Ruleset) -> Self {
        let list = |name: &str| -> FxHashSet<&str> {
            ["zh", "en"].iter().flat_map(|l| rules.list(&format!("{l}.language.{name}"))).map(String::as_str).collect()
        };
        let (edges, breaks) = (list("phrase_edges"), list("phrase_breaks"));
        let is_letter = |term: &Term| term.language == Some(Language::En) && term.term.len() == 1;
        Self {
            edges: terms.iter().map(|term| term.stop || is_letter(term) || edges.contains(&*term.term)).collect(),
            breaks: terms.iter().map(|term| breaks.contains(&*term.term)).collect(),
        }
    }

    /// Whether a run may begin with a word.
    fn allow_first(&self, row: usize) -> bool {
        !self.edges[row]
    }

    /// Whether a run may end with a word: "people's" only stands before something.
    fn allow_last(&self, row: usize, word: u32) -> bool {
        !self.edges[row] && word & POSSESSIVE == 0
    }
}

/// What is known of a run without looking at each of its words.
#[derive(Clone, Copy)]
struct Shape {
    /// A word is in it that is in no phrase.
    broken: bool,
    /// Letters, as far as it matters.
    letters: u8,
}

/// A run of so few letters is no phrase.
const SHORT: u8 = 2;

impl Shape {
    fn of(row: usize, words: &Words<'_>, bounds: &Bounds) -> Self {
        let letters = words.terms[row].term.chars().take(usize::from(SHORT) + 1).count();
        Self { broken: bounds.breaks[row], letters: letters as u8 }
    }

    fn and(self, other: Self) -> Self {
        Self { broken: self.broken || other.broken, letters: self.letters.saturating_add(other.letters) }
    }

    const fn is_allowed(self) -> bool {
        !self.broken && self.letters > SHORT
    }
}

/// Finds the phrases. `codes` are those of the terms.
pub(super) fn phrases(
    terms: &[Term],
    codes: &[u32],
    corpus: &Corpus,
    timeline: &Timeline,
    reels: &Reels,
    rules: &Ruleset,
    limits: &Limits,
) -> io::Result<Phrases> {
    let least =
        limits.phrase_frequency.max(u32::try_from(corpus.parts.tokens / limits.phrase_tokens).unwrap_or(u32::MAX));
    let ngrams = Ngrams::count(reels, least, corpus.parts.tokens)?;
    let mut row_of = vec![u32::MAX; codes.iter().max().map_or(0, |&code| code as usize + 1)];
    for (row, &code) in (0..).zip(codes) {
        row_of[code as usize] = row;
    }
    let words = Words { terms, row_of };
    let candidates = candidates(&ngrams, &words, &Bounds::new(terms, rules), limits);
    let seen = read(&ngrams, &candidates, corpus)?;
    let tokens = corpus.parts.tokens;
    let rows: Vec<(PhraseRow, Vec<Posting>)> = candidates
        .par_iter()
        .enumerate()
        .map(|(at, candidate)| row(candidate, at, &seen, &ngrams, &words, corpus, tokens))
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
    terms: &'a [Term],
    row_of: Vec<u32>,
}

impl Words<'_> {
    fn row(&self, word: u32) -> usize {
        self.row_of[(word & !POSSESSIVE) as usize] as usize
    }

    fn term(&self, word: u32) -> &Term {
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
    // How often each run stands inside longer candidates, and in how many of these.
    let mut inside: Vec<Vec<(u64, u32)>> = ngrams.levels.iter().map(|level| vec![(0, 0); level.parts.len()]).collect();
    let shapes = shapes(ngrams, words, bounds);
    let mut found = Vec::new();
    for length in (2..=LONGEST).rev() {
        let level = &ngrams.levels[length - 2];
        for (number, (&(first, last), shape)) in (0..).zip(level.ends.iter().zip(&shapes[length - 2])) {
            if !(shape.is_allowed() && bounds.allow_first(words.row(first)) && bounds.allow_last(words.row(last), last))
            {
                continue;
            }
            let frequency = u64::from(level.frequency[number as usize]);
            let (held, longer) = inside[length - 2][number as usize];
            let nested = if longer == 0 { 0.0 } else { held as f64 / f64::from(longer) };
            let c_value = (length as f64).log2() * (frequency as f64 - nested);
            let by_itself = frequency.saturating_sub(held);
            for_each_part(ngrams, length, number, |shorter, part| {
                let (held, longer) = &mut inside[shorter - 2][part as usize];
                *held += by_itself;
                *longer += 1;
            });
            // What never stands outside longer ones is none by itself.
            if by_itself > 0 || longer == 0 {
                found.push(Candidate { length, number, c_value });
            }
        }
    }
    let mut found = best(found, limits.phrases);
    found.sort_by_cached_key(|candidate| {
        let order = words.order(&ngrams.words(candidate.length, candidate.number));
        (Reverse(Ordered(candidate.c_value)), candidate.length, order)
    });
    let mut occurrences = 0;
    found
        .into_iter()
        .take(limits.phrases)
        .take_while(|candidate| {
            occurrences += u64::from(ngrams.frequency(candidate.length, candidate.number));
            occurrences <= limits.phrase_occurrences
        })
        .collect()
}

/// Those that are among so many best by C-value, and all that are as good as the last of them.
fn best(mut found: Vec<Candidate>, number: usize) -> Vec<Candidate> {
    if number > 0 && number < found.len() {
        let by_value = |a: &Candidate, b: &Candidate| b.c_value.total_cmp(&a.c_value);
        let (_, last, _) = found.select_nth_unstable_by(number - 1, by_value);
        let least = last.c_value;
        found.retain(|candidate| candidate.c_value >= least);
    }
    found
}

/// A number in its total order.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The shapes of all runs, by length and number.
fn shapes(ngrams: &Ngrams, words: &Words<'_>, bounds: &Bounds) -> Vec<Vec<Shape>> {
    let of_row: Vec<Shape> = (0..words.terms.len()).map(|row| Shape::of(row, words, bounds)).collect();
    let of_word = |word: u32| of_row[words.row(word)];
    let mut shapes: Vec<Vec<Shape>> = Vec::with_capacity(ngrams.levels.len());
    for level in &ngrams.levels {
        let of_runs = match shapes.last() {
            None => level.parts.iter().map(|&(a, b)| of_word(a).and(of_word(b))).collect(),
            Some(shorter) => {
                let runs = level.parts.iter().zip(&level.ends);
                runs.map(|(&(before, _), &(_, last))| shorter[before as usize].and(of_word(last))).collect()
            }
        };
        shapes.push(of_runs);
    }
    shapes
}

/// The different shorter runs inside a run, with their lengths.
fn for_each_part(ngrams: &Ngrams, length: usize, number: u32, mut each: impl FnMut(usize, u32)) {
    let mut runs = [number; LONGEST];
    for shorter in (2..length).rev() {
        // One more than there are of the length before, each one word on.
        let parts = &ngrams.levels[shorter - 1].parts;
        let of_length = length - shorter + 1;
        runs[of_length - 1] = parts[runs[of_length - 2] as usize].1;
        for at in 0..of_length - 1 {
            runs[at] = parts[runs[at] as usize].0;
        }
        for at in 0..of_length {
            if !runs[..at].contains(&runs[at]) {
                each(shorter, runs[at]);
            }
        }
    }
}

/// Reads documents and neighbours of the candidates.
fn read(ngrams: &Ngrams, candidates: &[Candidate], corpus: &Corpus) -> io::Result<Seen> {
    const NONE: u32 = u32::MAX;
    let mut places: Vec<Vec<u32>> = ngrams.levels.iter().map(|level| vec![NONE; level.parts.len()]).collect();
    let mut starts = Vec::with_capacity(candidates.len() + 1);
    let mut occurrences = 0;
    for (at, candidate) in (0..).zip(candidates) {
        places[candidate.length - 2][candidate.number as usize] = at;
        starts.push(occurrences);
        occurrences += ngrams.frequency(candidate.length, candidate.number) as usize;
    }
    let mut next = starts.clone();
    starts.push(occurrences);
    let empty = || vec![0; occurrences];
    let mut seen = Seen { starts, left: empty(), right: empty(), seats: empty(), first: vec![None; candidates.len()] };
    ngrams.read(|place, length, run| {
        let candidate = places[length - 2][run.number as usize];
        if candidate == NONE {
            return;
        }
        let at = next[candidate as usize];
        next[candidate as usize] += 1;
        seen.left[at] = run.left;
        seen.right[at] = run.right;
        seen.seats[at] = corpus.seats.get(place.0 as usize).copied().unwrap_or_default();
        let first = &mut seen.first[candidate as usize];
        *first = Some(first.map_or(place, |first| first.min(place)));
    })?;
    Ok(seen)
}

/// In which documents something stands and how often, from its documents one by one.
fn postings(seats: &[u32]) -> Vec<Posting> {
    let together = seats.chunk_by(|a, b| a == b);
    let posting = |same: &[u32]| Posting { document: same[0], count: same.len() as u32, ..Posting::default() };
    let mut postings: Vec<Posting> = together.map(posting).collect();
    postings.sort_unstable_by_key(|posting| posting.document);
    postings
}

fn row(
    candidate: &Candidate,
    at: usize,
    seen: &Seen,
    ngrams: &Ngrams,
    words: &Words<'_>,
    corpus: &Corpus,
    tokens: u64,
) -> (PhraseRow, Vec<Posting>) {
    let run = ngrams.words(candidate.length, candidate.number);
    let here = seen.starts[at]..seen.starts[at + 1];
    let postings = postings(&seen.seats[here.clone()]);
    let dates = || postings.iter().filter_map(|posting| corpus.dates[posting.document as usize]);
    let row = PhraseRow {
        term: words.phrase(&run).into(),
        language: words.term(run[0]).language,
        words: candidate.length as u32,
        tf: ngrams.frequency(candidate.length, candidate.number).into(),
        df: postings.len() as u64,
        c_value: candidate.c_value,
        left_entropy: entropy(seen.left[here.clone()].to_vec()),
        right_entropy: entropy(seen.right[here].to_vec()),
        npmi: weakest(candidate, ngrams, words, tokens),
        dispersion: dispersion(&postings, &corpus.parts),
        first_document: dates().min(),
        last_document: dates().max(),
        first: seen.first[at],
        quotes: Vec::new(),
    };
    (row, postings)
}

/// `−Σ p ln p` over the different neighbours; each border is one by itself.
fn entropy(mut neighbours: Vec<u32>) -> f64 {
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
