//! A sentence cut around a mention, for people.

use std::{borrow::Cow, sync::Arc};

use super::{PairRow, Quote};
use crate::{engine::Section, segment::Segmenter, text::Span};

/// Characters of a sentence that a quotation shows at most.
const LONGEST: usize = 400;

/// The sentence around a mention, by its number in the section; a long one is cut on both sides, with `…`.
#[must_use]
pub fn quote(document: &Arc<str>, section: &Section<'_>, sentence: usize, mention: Span) -> Quote {
    let Some((sentence, place)) = section.sentences.get(sentence) else { return Quote::default() };
    let (shown, mention) = around(section.frame.flow.as_str(), sentence.span, mention);
    // Many terms first occur in one sentence; it is kept once.
    let known = section.quoted.take().filter(|known| **known == *shown);
    let shown = known.unwrap_or_else(|| shown.into());
    section.quoted.set(Some(Arc::clone(&shown)));
    Quote {
        document: Arc::clone(document),
        start: section.frame.chars(sentence.span).0,
        sentence: shown,
        mention,
        locator: section.places.get(*place as usize).map(|place| Arc::clone(place.line())).unwrap_or_default(),
    }
}

/// A sentence quoted for a pair in it; one of the two is marked, a word rather than a law.
#[must_use]
pub fn pair_quote(
    segmenter: &Segmenter,
    document: &Arc<str>,
    section: &Section<'_>,
    sentence: usize,
    pair: &PairRow,
) -> Quote {
    let names = [(&pair.a, pair.kinds.0), (&pair.b, pair.kinds.1)];
    let words = names.into_iter().filter(|(_, kind)| *kind == "word").map(|(word, _)| &**word);
    marked(segmenter, document, section, sentence, words)
}

/// A sentence quoted for a word in it.
#[must_use]
pub fn word_quote(
    segmenter: &Segmenter,
    document: &Arc<str>,
    section: &Section<'_>,
    sentence: usize,
    word: &str,
) -> Quote {
    marked(segmenter, document, section, sentence, [word])
}

/// A sentence in which the first of the words that stands there is marked.
fn marked<'w>(
    segmenter: &Segmenter,
    document: &Arc<str>,
    section: &Section<'_>,
    sentence: usize,
    words: impl IntoIterator<Item = &'w str>,
) -> Quote {
    let Some(span) = section.sentences.get(sentence).map(|(sentence, _)| sentence.span) else {
        return Quote::default();
    };
    let text = section.frame.flow.as_str();
    let mark = words.into_iter().find_map(|word| place_of(segmenter, text, span, word));
    quote(document, section, sentence, mark.unwrap_or(Span::of(span.start(), span.start())))
}

/// Where a word, as it is counted, stands in a sentence.
fn place_of(segmenter: &Segmenter, text: &str, sentence: Span, word: &str) -> Option<Span> {
    let place = segmenter.place_of(&text[sentence.range()], word)?;
    Some(Span::of(sentence.start() + place.start, sentence.start() + place.end))
}

/// Whether a sentence is quoted whole for every mention in it.
#[must_use]
pub fn is_short(text: &str, sentence: Span) -> bool {
    // A character has a byte at least, so a really short one need not be counted.
    sentence.len() <= LONGEST || text[sentence.range()].chars().count() <= LONGEST
}

/// The words of a sentence around a mention, and where the mention stands in them, in characters.
#[must_use]
pub fn around(text: &str, sentence: Span, mention: Span) -> (Cow<'_, str>, (u32, u32)) {
    // A mention may run beyond its sentence (a title over a line end); the sentence then does, too.
    let sentence = Span::of(sentence.start().min(mention.start()), sentence.end().max(mention.end()));
    let (mut from, mut to) = (sentence.start(), sentence.end());
    if !is_short(text, sentence) {
        let side = LONGEST / 2;
        from = text[from..mention.start()]
            .char_indices()
            .rev()
            .take(side)
            .last()
            .map_or(mention.start(), |(i, _)| from + i);
        to = text[mention.end()..to].char_indices().nth(side).map_or(to, |(i, _)| mention.end() + i);
    }
    let cut = from > sentence.start();
    let before = usize::from(cut) + text[from..mention.start()].chars().count();
    let within = text[mention.range()].chars().count();
    let mut shown = Cow::Borrowed(&text[from..to]);
    if shown.contains('\n') {
        shown = shown.replace('\n', " ").into();
    }
    if cut {
        shown.to_mut().insert(0, '…');
    }
    if to < sentence.end() {
        shown.to_mut().push('…');
    }
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (shown, (narrow(before), narrow(before + within)))
}
