//! Bytes to characters, for the doors.
//!
//! Python and the wire form count Unicode scalar values. Spans inside are bytes. Converting each of a
//! million spans from the start of the text would be quadratic, so a mark is kept every 128 bytes.

use super::Span;

/// Below 256, so that the characters between two marks can be counted in bytes.
const STRIDE: usize = 128;

/// Converts byte offsets of one text to character offsets in constant time.
///
/// ```
/// use tongwen::text::{OffsetMap, Span};
/// let text = "自2017年起";
/// let map = OffsetMap::new(text);
/// assert_eq!(map.chars(text, Span::of(3, 10)), (1, 6));
/// ```
#[derive(Clone, Debug)]
pub struct OffsetMap {
    /// Characters that start before byte `i * STRIDE`.
    marks: Vec<u32>,
}

impl OffsetMap {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut count = 0;
        let marks = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = count;
                count += count_starts(chunk);
                before
            })
            .collect();
        Self { marks }
    }

    /// Character offset of a byte offset; `text` is the text the map was made from.
    #[must_use]
    pub fn char_at(&self, text: &str, byte: usize) -> u32 {
        let byte = byte.min(text.len());
        let mark = byte / STRIDE;
        let Some(&before) = self.marks.get(mark) else {
            // Only the very end of a text whose length is a multiple of the stride has no mark.
            return self
                .marks
                .last()
                .map_or(0, |&last| last + count_starts(&text.as_bytes()[(self.marks.len() - 1) * STRIDE..byte]));
        };
        before + count_starts(&text.as_bytes()[mark * STRIDE..byte])
    }

    /// Both ends of a span in characters.
    #[must_use]
    pub fn chars(&self, text: &str, span: Span) -> (u32, u32) {
        (self.char_at(text, span.start()), self.char_at(text, span.end()))
    }
}

/// How many characters start in these bytes, at most a stride: all that are not continuation bytes.
fn count_starts(bytes: &[u8]) -> u32 {
    u32::from(bytes.iter().map(|&b| u8::from((b as i8) >= -0x40)).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting_characters() {
        let text = "中a华b人民\n".repeat(300);
        let map = OffsetMap::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.char_at(&text, byte) as usize, chars);
        }
        assert_eq!(map.char_at(&text, text.len()) as usize, text.chars().count());
    }
}
