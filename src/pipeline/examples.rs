//! Sentences that stand for pairs and phrases, fetched once the strongest are known.
//!
//! Counting keeps the place of each first sentence and not its words; the documents that are wanted are read once more.

use std::{collections::BTreeMap, ops::ControlFlow};

use rayon::prelude::*;

use super::{Desk, Run};
use crate::{
    count::{self, DocIx, PairRow, PhraseRow, Quote, Summary},
    engine::{Engine, Section},
    read::{self, Reading, Source},
    segment::Segmenter,
    text::Document,
};

/// What wants a sentence, by number: pairs, then phrases.
#[derive(Clone, Copy)]
pub(super) struct Wanting<'s> {
    pub(super) segmenter: &'s Segmenter,
    pub(super) pairs: &'s [PairRow],
    pub(super) phrases: &'s [PhraseRow],
}

impl Wanting<'_> {
    fn quote(self, id: &std::sync::Arc<str>, section: &Section<'_>, sentence: usize, number: usize) -> Quote {
        match self.pairs.get(number) {
            Some(pair) => count::pair_quote(self.segmenter, id, section, sentence, pair),
            None => {
                let phrase = &self.phrases[number - self.pairs.len()];
                count::word_quote(self.segmenter, id, section, sentence, &phrase.term)
            }
        }
    }
}

/// The places wanted of a document: first byte of the sentence, number of what wants it.
pub(super) type Places = Vec<(u32, usize)>;

/// Sentences with the number of what wanted each, and what cannot be given.
type Found = (Vec<(usize, Quote)>, Vec<String>);

impl Run<'_> {
    /// Fetches the sentences that stand for pairs and phrases from their files; names files that are no longer what they
    /// were.
    pub(super) fn quote_examples(&self, sources: &[Source], desk: &Desk<'_>, summary: &mut Summary) -> Vec<String> {
        let mut wanted: BTreeMap<usize, BTreeMap<DocIx, Places>> = BTreeMap::new();
        for (document, places) in places(summary, self.settings.counts.phrase_examples) {
            wanted.entry(desk.origins[document as usize]).or_default().insert(document, places);
        }
        let wanted: Vec<_> = wanted.into_iter().collect();
        let wanting = Wanting { segmenter: &self.engine.segmenter, pairs: &summary.pairs, phrases: &summary.phrases };
        let read: Vec<Found> = wanted
            .into_par_iter()
            .map(|(source, documents)| {
                let first = desk.origins.partition_point(|origin| *origin < source);
                self.quotes_of(&sources[source], first as DocIx, documents, desk, wanting)
            })
            .collect();
        let mut all_changed = Vec::new();
        for (quotes, changed) in read {
            file(summary, quotes);
            all_changed.extend(changed);
        }
        all_changed
    }

    /// The wanted sentences of one file, whose own number is `first`, and the documents in it that have changed.
    fn quotes_of(
        &self,
        source: &Source,
        first: DocIx,
        mut documents: BTreeMap<DocIx, Places>,
        desk: &Desk<'_>,
        wanting: Wanting<'_>,
    ) -> Found {
        let (mut quotes, mut changed) = (Vec::new(), Vec::new());
        if let Some(keeping) = &self.keeping {
            documents.retain(|ix, places| {
                let kept = desk.keys[*ix as usize].and_then(|key| keeping.get(&key)?.document);
                let Some(document) = kept else { return true };
                quote(self.engine, &document, std::mem::take(places), wanting, &mut quotes);
                false
            });
        }
        if documents.is_empty() {
            return (quotes, changed);
        }
        let mut again = |ix: DocIx, places: Places, reading: Reading| {
            let before = desk.records[ix as usize].as_ref().and_then(|record| record.sha256.as_ref());
            match reading.document.filter(|_| reading.record.sha256.as_ref() == before) {
                Some(document) => quote(self.engine, &document, places, wanting, &mut quotes),
                None => changed.push(told_changed(&reading.record.path)),
            }
        };
        let limits = &self.settings.limits;
        if read::holds_members(source) {
            let mut ix = first + 1;
            read::unpack(source, limits, &mut |member| {
                if let Some(places) = documents.remove(&ix) {
                    again(ix, places, member.read(self.metadata, limits));
                }
                ix += 1;
                if documents.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            changed.extend(documents.keys().map(|_| told_changed(&source.id)));
        } else {
            documents.into_iter().for_each(|(ix, places)| again(ix, places, read::read(source, self.metadata, limits)));
        }
        (quotes, changed)
    }
}

/// The places that pairs and phrases want a sentence from, by document.
pub(super) fn places(summary: &Summary, phrase_examples: usize) -> BTreeMap<DocIx, Places> {
    let some = summary.phrases.iter().take(phrase_examples).map(|phrase| phrase.first);
    let mut wanted: BTreeMap<DocIx, Places> = BTreeMap::new();
    for (number, first) in summary.pairs.iter().map(|pair| pair.first).chain(some).enumerate() {
        if let Some((document, start)) = first {
            wanted.entry(document).or_default().push((start, number));
        }
    }
    wanted
}

/// Gives each pair and phrase its sentence.
pub(super) fn file(summary: &mut Summary, quotes: Vec<(usize, Quote)>) {
    let pairs = summary.pairs.len();
    for (number, quote) in quotes {
        match number.checked_sub(pairs) {
            None => summary.pairs[number].quotes = vec![quote],
            Some(phrase) => summary.phrases[phrase].quotes = vec![quote],
        }
    }
}

/// The sentences of a document that begin at these places, with the number of what wants each.
pub(super) fn quote(
    engine: &Engine,
    document: &Document,
    mut places: Places,
    wanting: Wanting<'_>,
    to: &mut Vec<(usize, Quote)>,
) {
    places.sort_unstable();
    let id = document.id.as_str().into();
    engine.sentences(document, |section| {
        for (sentence, (said, _)) in section.sentences.iter().enumerate() {
            let start = section.frame.original(said.span).start() as u32;
            let from = places.partition_point(|&(at, _)| at < start);
            for &(_, number) in places[from..].iter().take_while(|&&(at, _)| at == start) {
                to.push((number, wanting.quote(&id, section, sentence, number)));
            }
        }
    });
}

fn told_changed(path: &str) -> String {
    format!("{path}: changed while it was read; nothing has an example from it")
}
