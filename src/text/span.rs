//! A place in a text: half-open, in bytes.
//!
//! Bytes, because slicing Rust text is then free; four bytes each, because millions of spans are kept.
//! Characters (Python, the wire form) are computed at the door by [`OffsetMap`](super::OffsetMap);
//! they never travel inside.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of UTF-8 **byte** offsets. Both ends lie on character boundaries.
///
/// ```
/// use tongwen::text::Span;
/// let span = Span::new(3, 10);
/// assert_eq!(&"自2017年"[span.range()], "2017年");
/// assert_eq!(span.len(), 7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range `start..end`; an end before its start is drawn up to it.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The same from `usize` offsets, as slices and searches give them.
    ///
    /// A document is at most 4 GiB (the reader refuses larger ones), so offsets always fit.
    #[must_use]
    pub fn of(start: usize, end: usize) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self::new(narrow(start), narrow(end))
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// For slicing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside (equal counts).
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two overlap and neither contains the other.
    #[must_use]
    pub const fn crosses(self, other: Self) -> bool {
        self.overlaps(other) && !self.contains(other) && !other.contains(self)
    }
}
