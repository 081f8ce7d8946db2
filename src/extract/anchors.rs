//! One pass over a text for all places where a word of a list may begin.
//!
//! Words that patterns begin with and titles of laws are thousands, and nearly nowhere does one stand. Two characters
//! in a row, hashed, say so: one look into a table that stays in the cache, one branch that is hardly ever taken.
//!
//! Always true: no place is left out; that one is given says nothing yet.

/// What the lists hold, by the first characters of their words.
#[derive(Debug)]
pub(super) struct Anchors {
    /// By the hash of two characters.
    pairs: Box<[u8; TABLE]>,
    /// By the hash of three, for words of patterns that have so many, since there are too many of them for two, and for
    /// words of two Latin letters with no letter behind.
    triples: Box<[bool; TABLE]>,
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

/// A word of two characters, or of one.
const WORD: u8 = 1;
const TITLE: u8 = 2;
/// A longer word, or one of two Latin letters.
const LONG_WORD: u8 = 4;
/// Stands for whatever may follow a Latin word.
const NO_LETTER: u32 = 0;
const TABLE: usize = 1 << 16;
const LONE: usize = 1 << 12;

impl Anchors {
    /// From the words of patterns and from titles.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>, titles: impl Iterator<Item = &'w str>) -> Self {
        let mut anchors = Self { pairs: table(), triples: table(), lone: Box::new([0; LONE]) };
        words.for_each(|word| anchors.add(word, WORD));
        titles.for_each(|title| anchors.add(title, TITLE));
        anchors
    }

    fn add(&mut self, word: &str, class: u8) {
        let mut characters = word.chars().map(fold);
        match (characters.next(), characters.next(), characters.next()) {
            (Some(first), Some(second), third) if class == WORD && (third.is_some() || is_letter(second)) => {
                self.pairs[pair(first, second)] |= LONG_WORD;
                // "in" does not stand in "into".
                self.triples[triple(first, second, third.unwrap_or(NO_LETTER))] = true;
            }
            (Some(first), Some(second), _) => self.pairs[pair(first, second)] |= class,
            (Some(lone), None, _) => self.lone[lone as usize % LONE] |= class,
            (None, ..) => {}
        }
    }

    /// All places of a text.
    pub(super) fn find(&self, text: &str) -> Places {
        let mut places = Places::default();
        let bytes = text.as_bytes();
        // The last two characters before `at`, and where the first of them stands.
        let (mut start, mut first, mut middle, mut second) = (0, 0, 0, 0);
        let mut at = 0;
        while at < bytes.len() {
            let (third, width) = character(text, at);
            self.look([first, second, third], start, &mut places);
            (start, first, middle, second) = (middle, second, at, third);
            at += width;
            if width == 1 && bytes[at - 1].is_ascii_alphabetic() && bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                // No word begins inside another one.
                let letter = |at: usize| bytes.get(at).map_or(0, |byte| u32::from(byte.to_ascii_lowercase()));
                let next = letter(at);
                self.look([first, second, next], start, &mut places);
                let behind = if at + 1 < bytes.len() { character(text, at + 1).0 } else { 0 };
                self.look([second, next, behind], middle, &mut places);
                while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
                    at += 1;
                }
                (start, first, middle, second) = (at - 1, 0, at - 1, 0);
            }
        }
        self.look([first, second, 0], start, &mut places);
        self.look([second, 0, 0], middle, &mut places);
        places
    }

    /// Takes note of a place by three characters.
    #[inline]
    fn look(&self, [first, second, third]: [u32; 3], start: usize, places: &mut Places) {
        // No word begins with a blank.
        if first <= u32::from(b' ') {
            return;
        }
        let class = self.pairs[pair(first, second)] | self.lone[first as usize % LONE];
        if class == 0 {
            return;
        }
        let long = || {
            self.triples[triple(first, second, third)]
                || !is_letter(third) && self.triples[triple(first, second, NO_LETTER)]
        };
        if class & WORD != 0 || class & LONG_WORD != 0 && long() {
            places.words.push(start as u32);
        }
        if class & TITLE != 0 {
            places.titles.push(start as u32);
        }
    }
}

/// The character at a place, folded, and its width. Most are Han characters of three bytes or ASCII.
#[inline]
fn character(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes()[at..] {
        [byte @ ..0x80, ..] => (u32::from(byte.to_ascii_lowercase()), 1),
        [a @ 0xE0..0xF0, b, c, ..] => (u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3),
        _ => text[at..].chars().next().map_or((0, 1), |c| (fold(c), c.len_utf8())),
    }
}

fn table<T: Clone + Default>() -> Box<[T; TABLE]> {
    vec![T::default(); TABLE].try_into().ok().expect("the size of the table")
}

/// Whether a folded character is a Latin letter.
const fn is_letter(c: u32) -> bool {
    c >= b'a' as u32 && c <= b'z' as u32
}

const fn fold(c: char) -> u32 {
    c.to_ascii_lowercase() as u32
}

const fn pair(first: u32, second: u32) -> usize {
    (first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77)) as usize >> 13 & (TABLE - 1)
}

const fn triple(first: u32, second: u32, third: u32) -> usize {
    pair(first.wrapping_mul(0xC2B2_AE35) ^ second, third)
}
