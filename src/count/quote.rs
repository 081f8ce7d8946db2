//! A sentence cut around a mention, for people.

use super::Quote;
use crate::{
    segment::{Locator, Sentence},
    text::Span,
    wire::Frame,
};

/// Characters of a sentence that a quotation shows at most.
const LONGEST: usize = 400;

/// The sentence around a mention; a long one is cut on both sides, with `…`.
#[must_use]
pub fn quote(document: &str, frame: &Frame<'_>, sentence: &Sentence, mention: Span, locator: &Locator) -> Quote {
    let text = frame.flow.as_str();
    let (shown, mention) = around(text, sentence.span, mention);
    Quote {
        document: document.to_owned(),
        start: frame.chars(sentence.span).0,
        sentence: shown,
        mention,
        locator: locator.line(),
    }
}

/// The words of a sentence around a mention, and where the mention stands in them, in characters.
#[must_use]
pub fn around(text: &str, sentence: Span, mention: Span) -> (String, (u32, u32)) {
    // A mention may run beyond its sentence (a title over a line end); the sentence then does, too.
    let sentence = Span::of(sentence.start().min(mention.start()), sentence.end().max(mention.end()));
    let (mut from, mut to) = (sentence.start(), sentence.end());
    if text[sentence.range()].chars().count() > LONGEST {
        let side = LONGEST / 2;
        from = text[from..mention.start()]
            .char_indices()
            .rev()
            .take(side)
            .last()
            .map_or(mention.start(), |(i, _)| from + i);
        to = text[mention.end()..to].char_indices().nth(side).map_or(to, |(i, _)| mention.end() + i);
    }
    let mut shown = String::with_capacity(to - from + 6);
    if from > sentence.start() {
        shown.push('…');
    }
    let before = shown.chars().count() + text[from..mention.start()].chars().count();
    let within = text[mention.range()].chars().count();
    shown.extend(text[from..to].chars().map(|c| if c == '\n' { ' ' } else { c }));
    if to < sentence.end() {
        shown.push('…');
    }
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (shown, (narrow(before), narrow(before + within)))
}
