//! Sentences as columns of small numbers, packed: what a spool has in four bytes a token, in one or two.
//!
//! A word is its place in the list of words, the most frequent first; laws come by a mark and a number in a column of
//! their own. What is said of few tokens (apart, possessive, first of a paragraph) are bits beside them. Columns of one
//! kind of number compress much better than rows.
//!
//! Always true: sentences come back in the order and with the tokens in which they were packed; any bytes give sentences
//! of known words and laws, or a fault.

use std::io;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    DocIx, TermIx,
    parcel::damaged,
    spool::{Place, Reel, Spooled},
    tally::{law_code, term_code},
};
use crate::resolve::EntityIx;

/// The words and laws that sentences are made of, by their numbers in them.
pub(super) struct Symbols {
    terms: Vec<u32>,
    laws: Vec<u32>,
}

/// Sentences.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Packed {
    /// Documents, each with the number of its sentences.
    documents: Vec<(DocIx, u32)>,
    /// Bytes from the beginning of the sentence before.
    starts: Vec<u32>,
    /// How many tokens a sentence has.
    lengths: Vec<u32>,
    /// Words from 1; 0 for a law.
    words: Vec<u32>,
    laws: Vec<u32>,
    /// Of each token, whether something stands between it and the one before.
    apart: Bits,
    /// Of each sentence with a token, whether it begins a paragraph.
    paragraphs: Bits,
    /// Tokens that stood with 's, by the distance from the one before.
    possessive: Vec<u32>,
}

/// Bits, eight in a byte.
#[derive(Default, Serialize, Deserialize)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Symbols {
    pub(super) fn of(terms: impl IntoIterator<Item = TermIx>, laws: impl IntoIterator<Item = EntityIx>) -> Self {
        Self { terms: terms.into_iter().map(term_code).collect(), laws: laws.into_iter().map(law_code).collect() }
    }
}

impl Packed {
    /// Packs the sentences of a reel.
    pub(super) fn of(reel: &Reel, symbols: &Symbols) -> io::Result<Self> {
        let numbers = |codes: &[u32]| -> FxHashMap<u32, u32> { codes.iter().copied().zip(0..).collect() };
        let (terms, laws) = (numbers(&symbols.terms), numbers(&symbols.laws));
        let mut packed = Self::default();
        let (mut end, mut token_number, mut possessive) = (0, 0, 0);
        reel.read(|(document, start), tokens| {
            match packed.documents.last_mut().filter(|(last, _)| *last == document) {
                Some((_, sentences)) => *sentences += 1,
                None => {
                    packed.documents.push((document, 1));
                    end = 0;
                }
            }
            packed.starts.push(start.wrapping_sub(end));
            end = start;
            packed.lengths.push(tokens.len() as u32);
            if let Some(first) = tokens.first() {
                packed.paragraphs.push(first.begins_paragraph());
            }
            for token in tokens {
                match (terms.get(&token.code()), laws.get(&token.code())) {
                    (Some(term), _) => packed.words.push(term + 1),
                    (None, law) => {
                        packed.words.push(0);
                        packed.laws.push(law.copied().unwrap_or(u32::MAX));
                    }
                }
                packed.apart.push(!token.is_joined());
                if token.is_possessive() {
                    packed.possessive.push(token_number - possessive);
                    possessive = token_number;
                }
                token_number += 1;
            }
        })?;
        Ok(packed)
    }

    /// Calls back with each sentence.
    pub(super) fn open(
        &self,
        symbols: &Symbols,
        mut each: impl FnMut(Place, &[Spooled]) -> io::Result<()>,
    ) -> io::Result<()> {
        let (mut starts, mut lengths) = (self.starts.iter(), self.lengths.iter());
        let (mut words, mut laws) = (self.words.iter(), self.laws.iter());
        let (mut apart, mut paragraphs) = (self.apart.iter(), self.paragraphs.iter());
        let mut possessive = self.possessive.iter().scan(0_u64, |at, distance| {
            *at += u64::from(*distance);
            Some(*at)
        });
        let (mut next_possessive, mut number) = (possessive.next(), 0_u64);
        let mut list = Vec::new();
        for (document, sentences) in &self.documents {
            let mut start = 0_u32;
            for _ in 0..*sentences {
                start = start.wrapping_add(*starts.next().ok_or_else(damaged)?);
                let length = *lengths.next().ok_or_else(damaged)?;
                list.clear();
                for at in 0..length {
                    let word = *words.next().ok_or_else(damaged)?;
                    let code = match word.checked_sub(1) {
                        Some(term) => symbols.terms.get(term as usize),
                        None => laws.next().and_then(|law| symbols.laws.get(*law as usize)),
                    };
                    let first = at == 0 && paragraphs.next().ok_or_else(damaged)?;
                    let possessive_here = next_possessive == Some(number);
                    if possessive_here {
                        next_possessive = possessive.next();
                    }
                    let code = *code.ok_or_else(damaged)?;
                    list.push(Spooled::of(code, apart.next().ok_or_else(damaged)?, possessive_here, first));
                    number += 1;
                }
                each((*document, start), &list)?;
            }
        }
        let left = [starts.len(), lengths.len(), words.len(), laws.len()];
        if left == [0; 4] { Ok(()) } else { Err(damaged()) }
    }
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.count.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.count % 8);
        }
        self.count += 1;
    }

    fn iter(&self) -> impl Iterator<Item = bool> {
        self.bytes.iter().flat_map(|byte| (0..8).map(move |at| byte >> at & 1 != 0)).take(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::spool::Spool;

    #[test]
    fn sentences_come_back_as_they_went_in() {
        let symbols = Symbols::of([900, 4, 7].map(TermIx), [3, 5_000].map(EntityIx));
        let (term, law) = (|n| term_code(TermIx(n)), |n| law_code(EntityIx(n)));
        let token = |code, apart, possessive, first| Spooled::of(code, apart, possessive, first);
        let lists = [
            ((3, 7), vec![token(term(4), true, false, true), token(term(900), false, true, false)]),
            ((3, 90), vec![]),
            ((3, 91), vec![token(law(5_000), true, false, false); 20]),
            ((1, 5), vec![token(term(7), false, true, true), token(law(3), true, true, false)]),
            ((1, 4), vec![token(term(7), false, false, false)]),
        ];
        let mut spool = Spool::default();
        lists.iter().for_each(|(place, list)| spool.push(*place, list));
        let packed = Packed::of(&spool.close().unwrap(), &symbols).unwrap();
        let mut back = Vec::new();
        let each = |place, list: &[Spooled]| {
            back.push((place, list.to_vec()));
            Ok(())
        };
        packed.open(&symbols, each).unwrap();
        assert!(back == lists);
        let fewer = Symbols::of([900, 4].map(TermIx), [3, 5_000].map(EntityIx));
        assert!(packed.open(&fewer, |_, _| Ok(())).is_err());
        let longer = Packed { documents: vec![(3, 9)], ..packed };
        assert!(longer.open(&symbols, |_, _| Ok(())).is_err());
    }
}
