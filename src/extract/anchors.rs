//! One pass over a text for all places where a word of a list may begin.
//!
//! Words that patterns begin with and titles of laws are thousands, and nearly nowhere does one stand. Two characters
//! in a row, hashed, say so: one look into a table that stays in the cache, one branch that is hardly ever taken.
//!
//! Always true: no place is left out; that one is given says nothing yet.

/// What the lists hold, by the first two characters of their words.
#[derive(Debug)]
pub(super) struct Anchors {
    /// By the hash of two characters.
    pairs: Box<[u8; TABLE]>,
    /// By the last bits of the character, for words that have no other.
    lone: Box<[u8; LONE]>,
}

/// First bytes of places, ascending.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Where a word with which a pattern begins may stand.
    pub(super) words: Vec<u32>,
    /// Where a known Chinese title may stand.
    pub(super) titles: Vec<u32>,
}

const WORD: u8 = 1;
const TITLE: u8 = 2;
const TABLE: usize = 1 << 16;
const LONE: usize = 1 << 12;

impl Anchors {
    /// From the words of patterns and from titles.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>, titles: impl Iterator<Item = &'w str>) -> Self {
        let mut anchors =
            Self { pairs: vec![0; TABLE].try_into().expect("the size of the table"), lone: Box::new([0; LONE]) };
        words.for_each(|word| anchors.add(word, WORD));
        titles.for_each(|title| anchors.add(title, TITLE));
        anchors
    }

    fn add(&mut self, word: &str, class: u8) {
        let mut characters = word.chars().map(fold);
        match (characters.next(), characters.next()) {
            (Some(first), Some(second)) => self.pairs[pair(first, second)] |= class,
            (Some(lone), None) => self.lone[lone as usize % LONE] |= class,
            (None, _) => {}
        }
    }

    /// All places of a text.
    pub(super) fn find(&self, text: &str) -> Places {
        let mut places = Places::default();
        let bytes = text.as_bytes();
        let (mut start, mut first, mut at) = (0, 0, 0);
        while at < bytes.len() {
            // Most characters are Han characters of three bytes or ASCII.
            let (second, width) = match bytes[at..] {
                [byte @ ..0x80, ..] => (u32::from(byte.to_ascii_lowercase()), 1),
                [a @ 0xE0..0xF0, b, c, ..] => {
                    (u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3)
                }
                _ => text[at..].chars().next().map_or((0, 1), |c| (fold(c), c.len_utf8())),
            };
            self.look(first, second, start, &mut places);
            (start, first) = (at, second);
            at += width;
        }
        self.look(first, 0, start, &mut places);
        places
    }

    #[inline]
    fn look(&self, first: u32, second: u32, start: usize, places: &mut Places) {
        let class = self.pairs[pair(first, second)] | self.lone[first as usize % LONE];
        if class & WORD != 0 {
            places.words.push(start as u32);
        }
        if class & TITLE != 0 {
            places.titles.push(start as u32);
        }
    }
}

const fn fold(c: char) -> u32 {
    c.to_ascii_lowercase() as u32
}

const fn pair(first: u32, second: u32) -> usize {
    (first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77)) as usize >> 13 & (TABLE - 1)
}
