//! Cuts English text into words and marks, and knows which class each word belongs to.
//!
//! "Section 202(d) of the National Emergencies Act (50 U.S.C. 1622(d))" is read outwards from a few words
//! (Section, Act, U.S.C.). So that every parser can step left and right by words, the text is cut once;
//! addresses and HTML tags become one mark each, since nothing inside them is a citation.
//!
//! Always true: words come in text order, never overlap, and begin and end on character boundaries.

use rustc_hash::FxHashMap;

use super::{
    class,
    token::{is_han, token},
};
use crate::{extract::law::wording::next_byte, text::eight};

/// A text of at most so many words is taken for an extract.
const EXTRACT: usize = 500;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `order`
    Lower,
    /// `Order`, `McCain`
    Capital,
    /// `GDPR`, `U.S.C.`; a single capital letter too
    Upper,
    /// Begins with a digit: `14028`, `1395dd`, `14th`
    Number,
    /// Anything else: a bracket, a quote, `'s`, an address.
    Mark,
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Blank,
    /// One line end that the flow kept.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// A word or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Number in the lexicon; 0 where it is not there.
    pub(super) id: u32,
    /// Its classes; 0 where it is not there.
    pub(super) class: u32,
    pub(super) shape: Shape,
    pub(super) gap: Gap,
}

/// The words that rules or the registry know, without regard to case, with their classes as bits.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words in lower case.
    ids: FxHashMap<Box<str>, u32>,
    classes: Vec<u32>,
    /// ASCII words by hash or at the next free place: nearly every word of a text is asked for.
    slots: Vec<Slot>,
    /// What comes behind the first eight bytes, by id.
    rests: Vec<Box<[u8]>>,
}

/// A word: its first eight bytes in lower case, its length, its id; a free place has the id 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    head: u64,
    length: u32,
    id: u32,
}

impl Slot {
    #[inline]
    const fn hash(head: u64, length: usize) -> usize {
        ((head ^ length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
    }
}

/// The first eight bytes of a word of so many bytes in lower case.
#[inline]
fn head(bytes: &[u8], length: usize) -> u64 {
    match length {
        0..8 => eight(bytes) & ((1 << (8 * length)) - 1),
        _ => eight(bytes),
    }
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self {
            ids: FxHashMap::default(),
            classes: vec![0],
            slots: vec![Slot::default(); 8],
            rests: vec![Box::default()],
        }
    }

    /// Adds a word to a class and gives its number.
    pub(super) fn add(&mut self, word: &str, class: u32) -> u32 {
        let next = u32::try_from(self.classes.len()).unwrap_or(0);
        let folded = fold(word);
        let known = self.ids.get(folded.as_str()).copied();
        let id = known.unwrap_or(next);
        if known.is_none() {
            self.ids.insert(folded.as_str().into(), id);
            self.classes.push(0);
            self.rests.push(folded.as_bytes().get(8..).unwrap_or_default().into());
            if folded.is_ascii() {
                let (head, length) = (head(folded.as_bytes(), folded.len()), folded.len() as u32);
                self.place(Slot { head, length, id });
            }
        }
        self.classes[id as usize] |= class;
        id
    }

    fn place(&mut self, word: Slot) {
        if self.classes.len() * 2 > self.slots.len() {
            let more = vec![Slot::default(); self.slots.len() * 2];
            let known = std::mem::replace(&mut self.slots, more);
            known.into_iter().filter(|slot| slot.id != 0).for_each(|slot| self.place(slot));
        }
        let mask = self.slots.len() - 1;
        let mut at = Slot::hash(word.head, word.length as usize) & mask;
        while self.slots[at].id != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = word;
    }

    /// Whether a word of these classes stands in the text: a quick look that spares Chinese texts the cut.
    pub(super) fn any_in(&self, text: &str, class: u32) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        // A word may begin with é, or with a digit.
        if bytes.iter().fold(false, |any, &b| any | (0xC3..=0xCF).contains(&b)) {
            return true;
        }
        loop {
            let floor = at;
            at = next_byte(bytes, at, u8::is_ascii_alphabetic);
            if at >= bytes.len() {
                return false;
            }
            // Back to where the word begins: "5-year".
            while at > floor
                && (bytes[at - 1].is_ascii_alphanumeric()
                    || matches!(bytes[at - 1], b'-' | b'\'' | b'.')
                        && at - 1 > floor
                        && bytes[at - 2].is_ascii_alphanumeric())
            {
                at -= 1;
            }
            let (end, _) = token(text, at);
            if self.classes[self.id(text, at, end) as usize] & class != 0 {
                return true;
            }
            at = end;
        }
    }

    /// The number of the word between two places.
    #[inline]
    fn id(&self, text: &str, start: usize, end: usize) -> u32 {
        let (bytes, length) = (text.as_bytes(), end - start);
        let head = head(&bytes[start..], length);
        let rest = || &bytes[start + 8..end];
        if head & NOT_ASCII != 0 || length > 8 && !rest().is_ascii() {
            return self.folded_id(&text[start..end]);
        }
        let mask = self.slots.len() - 1;
        let mut at = Slot::hash(head, length) & mask;
        loop {
            let word = &self.slots[at];
            if word.id == 0 {
                return 0;
            }
            if word.head == head
                && word.length as usize == length
                && (length <= 8 || self.rests[word.id as usize].eq_ignore_ascii_case(rest()))
            {
                return word.id;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn folded_id(&self, word: &str) -> u32 {
        // Words of Han characters are in no English list.
        if word.len() > 64 || word.as_bytes()[0] >= 0xE3 {
            0
        } else {
            self.ids.get(fold(word).as_str()).copied().unwrap_or(0)
        }
    }
}

/// The high bits of eight bytes.
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;

fn fold(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.replace('’', "'").to_lowercase() }
}

/// A text, cut.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    words: Vec<Word>,
    lexicon: &'t Lexicon,
}

impl<'t> Words<'t> {
    /// Cuts the text in one pass.
    pub(super) fn cut(text: &'t str, lexicon: &'t Lexicon) -> Self {
        let mut words = Vec::with_capacity(text.len() / 6 + 4);
        let bytes = text.as_bytes();
        let (mut at, mut gap) = (0, Gap::Paragraph);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_whitespace() {
                gap = match (byte, gap) {
                    (b'\n', Gap::Line | Gap::Paragraph) => Gap::Paragraph,
                    (b'\n', _) => Gap::Line,
                    (_, gap) => gap.max(Gap::Blank),
                };
                at += 1;
                continue;
            }
            if byte == b'\\'
                && bytes.get(at + 1) == Some(&b'u')
                && bytes[at + 2..].iter().take(4).filter(|b| b.is_ascii_hexdigit()).count() == 4
            {
                // "President\u2019s" in a text that was taken out of JSON: a mark, whatever it stands for.
                words.push(Word { start: narrow(at), end: narrow(at + 6), id: 0, class: 0, shape: Shape::Mark, gap });
                (at, gap) = (at + 6, Gap::None);
                continue;
            }
            if byte == b'\\' {
                // Markdown and YAML escapes: "\(c\)", "United\_States".
                let blank = bytes.get(at + 1) == Some(&b'_');
                at += 1 + usize::from(blank);
                gap = if blank { gap.max(Gap::Blank) } else { gap };
                continue;
            }
            let (end, shape) = token(text, at);
            let end = end - glued_note(bytes, at, end, words.last().is_some_and(|w| w.shape == Shape::Capital));
            let id = match shape {
                Shape::Mark if byte.is_ascii_alphanumeric() || byte == b'<' || is_han(byte) || byte == 0xE3 => 0,
                _ => lexicon.id(text, at, end),
            };
            let mut classes = lexicon.classes[id as usize];
            // "Arts. 5 and 6" and "under Arts 5 and 6" are articles, "Fine Arts Act" is none.
            let counted = || {
                bytes.get(end) == Some(&b' ')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
                    && words.last().is_some_and(|w| w.shape == Shape::Lower || w.shape == Shape::Mark)
            };
            if classes & class::UNIT != 0 && &bytes[at..end] == b"Arts" && bytes.get(end) != Some(&b'.') && !counted() {
                classes = 0;
            }
            words.push(Word { start: narrow(at), end: narrow(end), id, class: classes, shape, gap });
            (at, gap) = (end, Gap::None);
        }
        Self { text, words, lexicon }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The word as written; empty beyond the ends.
    pub(super) fn str(&self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |w| &self.text[w.start as usize..w.end as usize])
    }

    /// Whether the word is this one, whatever its case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.str(at).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.is(at, w))
    }

    /// The class of a word by its letters.
    pub(super) fn class_of(&self, word: &str) -> u32 {
        self.lexicon.classes[self.lexicon.id(word, 0, word.len()) as usize]
    }

    pub(super) fn class(&self, at: usize) -> u32 {
        self.words.get(at).map_or(0, |w| w.class)
    }

    pub(super) fn has(&self, at: usize, class: u32) -> bool {
        self.class(at) & class != 0
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.words.get(at).map_or(Shape::Mark, |w| w.shape)
    }

    /// Starts with a capital letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Capital | Shape::Upper)
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Paragraph, |w| w.gap)
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.text.len(), |w| w.start as usize)
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.text.len(), |w| w.end as usize)
    }

    /// The text of the words `from..to`, each gap as one blank.
    pub(super) fn joined(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for at in from..to {
            if at > from && self.gap(at) != Gap::None {
                out.push(' ');
            }
            out.push_str(self.str(at));
        }
        out
    }

    /// Whether a name can run on from the word before `at` into it: on one line, or over a line end
    /// behind a line so full that it was probably cut by its width.
    pub(super) fn runs_on(&self, at: usize) -> bool {
        match self.gap(at) {
            Gap::None | Gap::Blank => at > 0,
            Gap::Paragraph => false,
            Gap::Line => {
                // "Notice on Rural Roads" over "Guo Ban Fa [2025] No. 3", over "Measures for …": a line of its own.
                let cut = self.has(at - 1, class::SMALL | class::CONNECTOR) || self.is(at - 1, ",");
                if !cut && self.opens_line(at) {
                    return false;
                }
                let mut first = at - 1;
                while first > 0 && self.gap(first) < Gap::Line && at - first < 30 {
                    first -= 1;
                }
                let width = self.end(at - 1) - self.start(first);
                // An extract may begin in the middle of a line, and is too short to show its margin.
                if self.words.len() <= EXTRACT {
                    return first == 0 || width >= 45;
                }
                // "PART 2 Measures Relating to Sales and Excise Taxes / Excise Tax Act": two headings.
                // Some lines of a paragraph are joined already and look longer than its margin.
                width >= 45 && !(self.capital(first) && self.shape(first + 1) == Shape::Number) && !self.is_heading(at)
            }
        }
    }

    /// Whether a line that begins with the word `at` says something of its own: a title that begins with its head, a label, a number of
    /// a document, a sentence.
    fn opens_line(&self, at: usize) -> bool {
        const LONGEST: usize = 8;
        if !self.capital(at) {
            return false;
        }
        // "Under the Small Vessel Regulations, craft must …": within a title these have no capital.
        if self.has(at, class::SMALL | class::DETERMINER) && self.shape(at) == Shape::Capital {
            return true;
        }
        let on_line = |to: usize| (at + 1..=to).all(|w| self.gap(w) < Gap::Line);
        let first = (at..at + LONGEST).find(|&w| !self.capital(w)).filter(|&w| on_line(w)).unwrap_or(at);
        // "Amended Date: 2021-12-08"
        let named = (at..first).any(|w| self.has(w, class::HEAD));
        if first > at && !named && matches!(self.str(first), ":" | "：") {
            return true;
        }
        // "Guo Ban Fa [2025] No. 3", "(2025) No. 3"
        let year = self.shape(first + 1) == Shape::Number && self.str(first + 1).len() == 4;
        if first > at
            && matches!(self.str(first), "[" | "〔" | "(")
            && year
            && on_line(first + 3)
            && self.is(first + 3, "No")
        {
            return true;
        }
        // "Measures for the Administration of Rural Roads", "Interim Measures for …" below what is no beginning of them
        let head = (at..at + LONGEST).find(|&w| !self.has(w, class::MODIFIER)).unwrap_or(at);
        !self.has(at - 1, class::MODIFIER)
            && self.has(head, class::HEAD)
            && !self.has(head, class::STATUTE)
            && self.capital(head)
            && self.has(head + 1, class::CONNECTOR)
            && (!self.is(head + 1, "of") || self.has(head, class::POLICY))
            && on_line(head + 1)
    }

    /// Whether the line that begins with the word `at` is in title case to its end.
    fn is_heading(&self, at: usize) -> bool {
        let mut at = at;
        for _ in 0..30 {
            // "Migratory Birds Convention Act, 1994"
            let year = self.str(at).len() == 4 && self.gap(at + 1) >= Gap::Line;
            let joint = matches!(self.str(at), "–" | "-" | "," | "’s" | "'s" | "’") || year;
            if matches!(self.shape(at), Shape::Mark | Shape::Number) && !joint
                || (self.shape(at) == Shape::Lower && self.str(at).len() > 4)
            {
                return false;
            }
            at += 1;
            if self.gap(at) >= Gap::Line {
                return true;
            }
        }
        false
    }

    /// Whether the word begins a line (list marks and Markdown signs before it do not count).
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let mut at = at;
        while at > 0 && self.gap(at) < Gap::Line && matches!(self.str(at - 1), "#" | "*" | "_" | ">" | "|") {
            at -= 1;
        }
        self.gap(at) >= Gap::Line
    }

    /// Whether nothing but Markdown signs follows on the line of the word before `at`.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let mut at = at;
        while self.gap(at) < Gap::Line && matches!(self.str(at), "#" | "*" | "_" | "|") {
            at += 1;
        }
        self.gap(at) >= Gap::Line
    }

    /// The bracket or quote that closes the one at `open`, at most `limit` words on.
    pub(super) fn closing(&self, open: usize, limit: usize) -> Option<usize> {
        let (opens, closes) = match self.str(open) {
            "(" | "（" => (["(", "（"], [")", "）"]),
            _ => return None,
        };
        let mut depth = 0_usize;
        for at in open..self.len().min(open + limit) {
            if at > open && self.gap(at) == Gap::Paragraph {
                return None;
            }
            let mark = self.str(at);
            if opens.contains(&mark) {
                depth += 1;
            } else if closes.contains(&mark) {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }
}

/// Bytes of the mark of a footnote that a page of the Canada Gazette glues to a title: "Oceans ActFootnote a", "Oceans Acta".
fn glued_note(bytes: &[u8], at: usize, end: usize, named: bool) -> usize {
    let word = &bytes[at..end];
    if word.len() > 10 && word.ends_with(b"Footnote") && bytes.get(end) == Some(&b' ') {
        return "Footnote".len();
    }
    let lettered = named && word.len() == 4 && word.starts_with(b"Act") && matches!(word[3], b'a'..=b'e');
    // "Nova Acta Leopoldina" has a name.
    let goes_on = bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase);
    usize::from(lettered && !goes_on)
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
