//! Which documents a term stands in, how often, and where: read from the spools when frequencies are known.
//!
//! Dispersion, resampling, tests over documents and trends all ask for the counts of one term by document. All of them
//! at once are too many to keep, so the terms come in shelves of about half a million places, each read from the spools by
//! all threads; how many places a term has is known beforehand: its document frequency.

use std::io;

use rayon::prelude::*;

use super::{
    pairs::Reels,
    spool::{Reel, Spooled},
    tally::{DocIx, Renumbered},
};

/// At most so many places on a shelf, 52 bytes each while it is filled; a term with more has a shelf to itself.
const SHELF: u64 = 1 << 19;

/// One term in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Posting {
    /// The document, by its place among those that have tokens.
    pub(super) document: u32,
    /// Occurrences.
    pub(super) count: u32,
    /// Position of the first of them in the document, in tokens.
    pub(super) first: u32,
    /// Position of the last.
    pub(super) last: u32,
    /// Sum of the distances between neighbouring ones, as far as these are shorter than the even distance `N/f`.
    pub(super) near: u32,
    /// How many distances are not.
    pub(super) far: u32,
}

/// A term whose postings are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Its code in the merged tally.
    pub(super) code: u32,
    /// Its document frequency.
    pub(super) df: u64,
    /// The distance between neighbours if they stood evenly: tokens of the corpus / frequency.
    pub(super) even: f64,
}

/// The postings of neighbouring terms.
pub(super) struct Shelf {
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl Shelf {
    /// The postings of the n-th of its terms, by document.
    pub(super) fn of(&self, term: usize) -> &[Posting] {
        &self.postings[self.starts[term]..self.starts[term + 1]]
    }
}

/// Stretches of the terms that fit on a shelf each.
pub(super) fn shelves(wanted: &[Wanted]) -> Vec<std::ops::Range<usize>> {
    let mut shelves = Vec::new();
    let (mut from, mut places) = (0, 0);
    for (at, term) in wanted.iter().enumerate() {
        if places > 0 && places + term.df > SHELF {
            shelves.push(from..at);
            (from, places) = (at, 0);
        }
        places += term.df;
    }
    if from < wanted.len() {
        shelves.push(from..wanted.len());
    }
    shelves
}

/// Reads the postings of these terms. `seats` gives the place of a document among those that have tokens.
pub(super) fn read(wanted: &[Wanted], codes: usize, seats: &[u32], reels: &Reels) -> io::Result<Shelf> {
    let mut term_of = vec![u32::MAX; codes];
    for (place, term) in (0..).zip(wanted) {
        term_of[term.code as usize] = place;
    }
    let parts: Vec<io::Result<Vec<(u32, Posting)>>> =
        reels.par_iter().map(|(reel, numbers)| part(wanted, &term_of, seats, reel, numbers.as_ref())).collect();
    let mut starts = vec![0; wanted.len() + 1];
    let parts: Vec<Vec<(u32, Posting)>> = parts.into_iter().collect::<io::Result<_>>()?;
    for &(term, _) in parts.iter().flatten() {
        starts[term as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut free = starts.clone();
    let mut postings = vec![Posting::default(); starts.last().copied().unwrap_or_default()];
    for (term, posting) in parts.into_iter().flatten() {
        let place = &mut free[term as usize];
        postings[*place] = posting;
        *place += 1;
    }
    let mut shelf = Shelf { starts, postings };
    for term in 0..wanted.len() {
        let (from, to) = (shelf.starts[term], shelf.starts[term + 1]);
        shelf.postings[from..to].sort_unstable_by_key(|posting| posting.document);
    }
    Ok(shelf)
}

/// What one worker has read.
fn part(
    wanted: &[Wanted],
    term_of: &[u32],
    seats: &[u32],
    reel: &Reel,
    numbers: Option<&Renumbered>,
) -> io::Result<Vec<(u32, Posting)>> {
    let mut found: Vec<(u32, Posting)> = Vec::new();
    // Where the posting of each term is, if it is one of the document at hand.
    let mut latest = vec![0_usize; wanted.len()];
    let mut begin = 0;
    let (mut document, mut position): (Option<DocIx>, u32) = (None, 0);
    reel.read(|(of, _), tokens: &[Spooled]| {
        if document != Some(of) {
            (document, position, begin) = (Some(of), 0, found.len());
        }
        for token in tokens {
            let at = position;
            position += 1;
            let code = numbers.map_or(token.code(), |numbers| numbers.code(token.code()));
            let Some(&term) = term_of.get(code as usize).filter(|&&term| term != u32::MAX) else { continue };
            let place = latest[term as usize];
            match found.get_mut(place).filter(|(of, _)| place >= begin && *of == term) {
                Some((_, posting)) => {
                    let distance = at - posting.last;
                    if f64::from(distance) < wanted[term as usize].even {
                        posting.near += distance;
                    } else {
                        posting.far += 1;
                    }
                    posting.count += 1;
                    posting.last = at;
                }
                None => {
                    latest[term as usize] = found.len();
                    let document = seats.get(of as usize).copied().unwrap_or_default();
                    found.push((term, Posting { document, count: 1, first: at, last: at, ..Posting::default() }));
                }
            }
        }
    })?;
    Ok(found)
}
