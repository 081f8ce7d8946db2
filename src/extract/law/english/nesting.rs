//! What lies inside what: short forms in the brackets that define them, titles inside titles.
//!
//! "Enforcement Rules of the Labor Standards Act" names two instruments, "Labor Standards Act" alone one.
//!
//! Always true: a title inside another one counts only where the words before it say that it is another instrument.

use super::{Page, class};
use crate::text::Span;

/// Spans in order, to ask what lies inside one of them.
pub(super) struct Spans(Vec<Span>);

impl Spans {
    pub(super) fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|s| s.start());
        Self(spans)
    }

    pub(super) fn cover(&self, span: Span) -> bool {
        let next = self.0.partition_point(|s| s.start() <= span.start());
        next > 0 && self.0[next - 1].contains(span)
    }
}

/// Whether a title inside another one is there as the name of another instrument: behind "the", a bracket
/// or a quote, or where the outer title says what it does to it ("Enforcement Rules of …").
pub(super) fn names_another(text: &str, outer: Span, inner: Span) -> bool {
    if !outer.contains(inner) || inner.start() == outer.start() {
        return false;
    }
    let before = text[outer.start()..inner.start()].trim_end();
    before.ends_with(['(', '（', '“', '‘', '"'])
        || before.rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|w| {
            ["the", "of", "under", "to", "and"].iter().any(|small| w.eq_ignore_ascii_case(small)) || w.ends_with("ing")
        })
}

impl Page<'_> {
    /// Whether a title is only the end of a quoted one: "Fix to Sustain the Crime Victims Fund Act of 2021".
    pub(super) fn is_tail(&self, outer: Span, inner: Span) -> bool {
        outer.end() == inner.end()
            && !self.words.text[outer.start()..inner.start()]
                .split_whitespace()
                .any(|w| self.words.class_of(w) & (class::HEAD | class::ABOUT) != 0)
    }
}
