//! Words of Latin letters, eight bytes at a time.
//!
//! Most of what is asked of an English word is whether it is one of a list, and mostly it is not. A word's first eight
//! letters in lower case are one number, which says so without a loop.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// The Latin letters at the beginning of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// How many there are, in bytes.
    pub length: usize,
    /// The first eight of them in lower case, the first lowest; 0 where there are fewer.
    pub head: u64,
}

impl Letters {
    /// Reads them.
    ///
    /// ```
    /// use tongwen::text::Letters;
    /// let word = Letters::of(b"March 2024");
    /// assert_eq!(word.length, 5);
    /// assert_eq!(word, Letters { length: 5, ..Letters::of(b"march") });
    /// ```
    #[must_use]
    #[inline]
    pub fn of(bytes: &[u8]) -> Self {
        let said = word(bytes);
        let first = letters(said);
        if first == 8 {
            return Self { length: 8 + more(&bytes[8..]), head: lower(said) };
        }
        Self { length: first, head: lower(said) & ((1 << (8 * first)) - 1) }
    }

    /// How many Latin letters stand at the beginning.
    #[must_use]
    #[inline]
    pub fn count(bytes: &[u8]) -> usize {
        let first = letters(word(bytes));
        if first == 8 { 8 + more(&bytes[8..]) } else { first }
    }
}

/// The letters behind the first eight.
fn more(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        let next = letters(word(&bytes[length..]));
        length += next;
        if next < 8 {
            return length;
        }
    }
}

/// The first eight bytes in lower case, 0 where there are fewer.
#[must_use]
#[inline]
pub fn eight(bytes: &[u8]) -> u64 {
    lower(word(bytes))
}

#[inline]
fn word(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| some(bytes)))
}

#[cold]
fn some(bytes: &[u8]) -> [u8; 8] {
    let mut some = [0; 8];
    some[..bytes.len()].copy_from_slice(bytes);
    some
}

/// The high bit of each byte that is a letter in lower case, if its bit 5 is taken for set.
#[inline]
const fn marks(said: u64) -> u64 {
    let low = said & (0x7F * EACH) | (0x20 * EACH);
    (low + 0x1F * EACH) & !(low + 0x05 * EACH) & !said & HIGH
}

/// How many letters the bytes begin with.
#[inline]
const fn letters(said: u64) -> usize {
    ((marks(said) ^ HIGH).trailing_zeros() / 8) as usize
}

#[inline]
const fn lower(said: u64) -> u64 {
    // Bit 5 is 0x20, two below the high bit.
    said | marks(said) >> 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_byte_at_a_time_gives_the_same(bytes in prop::collection::vec(prop_oneof![any::<u8>(), b'A'..=b'Z', b'a'..=b'z'], 0..30)) {
            let length = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let mut first = [0; 8];
            for (to, from) in first.iter_mut().zip(&bytes) {
                *to = from.to_ascii_lowercase();
            }
            prop_assert_eq!(eight(&bytes), u64::from_le_bytes(first));
            for to in first.iter_mut().skip(length) {
                *to = 0;
            }
            prop_assert_eq!(Letters::of(&bytes), Letters { length, head: u64::from_le_bytes(first) });
            prop_assert_eq!(Letters::count(&bytes), length);
        }
    }
}
