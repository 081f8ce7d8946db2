//! Where sentences end: not at decimals, not at "Art. 5" or "U.S.C.", not inside 《》 or quotation marks.
//!
//! 《关于…的决定。》 and “应当依法处理。情节严重的，…” are parts of the sentence around them: a table of
//! sentences that cuts there shows half a title. A hard line end always ends a sentence, since the soft ones
//! are gone when the text comes here.
//!
//! Always true: sentences are in order, do not overlap, and leave out nothing but blanks.

use memchr::memmem::Finder;

use crate::{
    ruleset::Ruleset,
    text::{Language, Span},
};

/// A sentence of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, in bytes, without blanks around it.
    pub span: Span,
    /// Language of most of its letters; `None` where it has no letters.
    pub language: Option<Language>,
    /// Number of its paragraph (hard line), from 0.
    pub paragraph: u32,
}

/// Finds sentence ends; knows the abbreviations.
#[derive(Debug)]
pub struct SentenceScanner {
    abbreviations: Vec<String>,
    /// Closing marks: ” 》 」.
    quote: Finder<'static>,
    title: Finder<'static>,
    corner: Finder<'static>,
}

/// A quotation or title longer than this does not hold its sentences together.
const LONGEST_QUOTE: usize = 900;
/// A sentence is cut here even without a mark.
const LONGEST_SENTENCE: usize = 16 << 10;

impl SentenceScanner {
    /// With the abbreviations of the rules.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let mut abbreviations: Vec<String> = rules.list("en.language.abbreviations").to_vec();
        abbreviations.sort();
        Self::with(abbreviations)
    }

    fn with(abbreviations: Vec<String>) -> Self {
        Self { abbreviations, quote: Finder::new("”"), title: Finder::new("》"), corner: Finder::new("」") }
    }

    /// Calls back with each sentence.
    pub fn scan(&self, text: &str, mut each: impl FnMut(Sentence)) {
        let bytes = text.as_bytes();
        let (mut start, mut at, mut paragraph) = (0, 0, 0);
        // No sentence ends before this byte: the end of the quotation or title that is open.
        let mut held = 0;
        let mut letters = Letters::default();
        let mut emit = |start: usize, end: usize, paragraph: u32, letters: &mut Letters| {
            let piece = &text[start..end];
            let trimmed = piece.trim_matches([' ', '\n', '\u{feff}']);
            let language = std::mem::take(letters).language();
            if !trimmed.is_empty() {
                let from = start + (piece.len() - piece.trim_start_matches([' ', '\n', '\u{feff}']).len());
                each(Sentence { span: Span::of(from, from + trimmed.len()), language, paragraph });
            }
        };
        while at < bytes.len() {
            // Most of a text is Han characters or letters in a row; neither ends a sentence.
            let stop = bytes.len().min(start + LONGEST_SENTENCE + 1);
            let before = at;
            while at < stop && matches!(bytes[at], 0xE4..=0xE9) {
                letters.han += 1;
                at += 3;
            }
            while at < stop && bytes[at].is_ascii_alphabetic() {
                letters.latin += 1;
                at += 1;
            }
            if at >= stop && at > before {
                at = at.min(bytes.len());
                if at - start > LONGEST_SENTENCE {
                    emit(start, at, paragraph, &mut letters);
                    start = at;
                }
                continue;
            }
            let byte = bytes[at];
            let mut end = None;
            let width = match byte {
                b'\n' => {
                    if at >= held {
                        end = Some(at + 1);
                    }
                    1
                }
                b'.' | b'!' | b'?' => {
                    let stop = at + 1 + bytes[at + 1..].iter().take_while(|b| matches!(b, b'.' | b'!' | b'?')).count();
                    if at >= held
                        && (byte != b'.' || self.ends_english(bytes, start, at, stop))
                        && followed_by_blank(bytes, stop)
                    {
                        end = Some(closed(bytes, stop));
                    }
                    stop - at
                }
                b'"' => {
                    if at >= held
                        && let Some(n) =
                            memchr::memchr2(b'"', b'\n', &bytes[at + 1..bytes.len().min(at + LONGEST_QUOTE)])
                                .filter(|&n| bytes[at + 1 + n] == b'"')
                    {
                        held = at + 1 + n;
                    }
                    1
                }
                0x00..=0x7F => 1,
                0xE2 => {
                    // “ ” ‘ ’
                    if bytes[at..].starts_with("“".as_bytes()) {
                        held = held.max(closing(bytes, at, &self.quote));
                    }
                    3
                }
                0xE3 if bytes.get(at + 1) == Some(&0x80) => {
                    match bytes.get(at + 2) {
                        Some(0x82) if at >= held => end = Some(closed(bytes, at + 3)), // 。
                        Some(0x8A) => held = held.max(closing(bytes, at, &self.title)),
                        Some(0x8C) => held = held.max(closing(bytes, at, &self.corner)),
                        _ => {}
                    }
                    3
                }
                0xEF => {
                    // ！ ？
                    if at >= held
                        && (bytes[at..].starts_with("！".as_bytes()) || bytes[at..].starts_with("？".as_bytes()))
                    {
                        end = Some(closed(bytes, at + 3));
                    }
                    3
                }
                0xC0..=0xDF => 2,
                0xF0..=0xFF => 4,
                _ => 3,
            };
            at = (at + width).min(bytes.len());
            if end.is_none() && at - start > LONGEST_SENTENCE {
                end = Some(at);
            }
            if let Some(end) = end {
                let end = end.min(bytes.len());
                emit(start, end, paragraph, &mut letters);
                paragraph += u32::from(byte == b'\n');
                start = end;
                at = end.max(at);
            }
        }
        emit(start, bytes.len(), paragraph, &mut letters);
    }

    /// Whether the full stop at `at` ends a sentence that began at `start`; `stop` is behind all its dots.
    fn ends_english(&self, bytes: &[u8], start: usize, at: usize, stop: usize) -> bool {
        let word_start =
            at - bytes[start..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'.').count();
        let word = &bytes[word_start..at];
        // "1." and "(a)." label what follows.
        if bytes[start..word_start].iter().all(|b| matches!(b, b' ' | b'\n' | b'(')) && word.len() <= 3 {
            return false;
        }
        let initial = word.len() == 1 && word[0].is_ascii_uppercase();
        let known =
            std::str::from_utf8(word).is_ok_and(|w| self.abbreviations.binary_search_by(|a| a.as_str().cmp(w)).is_ok());
        if (initial || known) && bytes.get(stop) != Some(&b'\n') {
            return false;
        }
        // A sentence begins with a capital, a digit, a bracket or a quotation mark.
        let next = bytes[stop..].iter().find(|b| !matches!(b, b' '));
        next.is_none_or(|b| !b.is_ascii_lowercase())
    }
}

/// Byte of the mark that closes the one at `at`, within the same paragraph and not too far.
fn closing(bytes: &[u8], at: usize, close: &Finder<'_>) -> usize {
    let window = &bytes[at..bytes.len().min(at + LONGEST_QUOTE)];
    match close.find(window) {
        // A title may run over a line end, a quotation does not.
        Some(n) if close.needle() == "》".as_bytes() || memchr::memchr(b'\n', &window[..n]).is_none() => at + n,
        _ => 0,
    }
}

fn followed_by_blank(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|&b| matches!(b, b' ' | b'\n' | b'"' | b')' | b']' | b'\'') || b >= 0x80)
}

/// Behind the closing marks that follow a sentence end.
fn closed(bytes: &[u8], mut at: usize) -> usize {
    const CLOSING: [&str; 10] = ["”", "’", "」", "』", "）", "》", "\"", ")", "]", "'"];
    while let Some(mark) = CLOSING.iter().find(|m| bytes[at..].starts_with(m.as_bytes())) {
        at += mark.len();
    }
    at
}

#[derive(Clone, Copy, Default)]
struct Letters {
    han: u32,
    latin: u32,
}

impl Letters {
    /// A Han character says about as much as four letters.
    const fn language(self) -> Option<Language> {
        match (self.han, self.latin) {
            (0, 0) => None,
            (han, latin) if 4 * han >= latin => Some(Language::Zh),
            _ => Some(Language::En),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let scanner = SentenceScanner::with(["Art", "No", "U.S.C"].map(str::to_owned).to_vec());
        let mut found = Vec::new();
        scanner.scan(text, |s| found.push(text[s.span.range()].to_owned()));
        found
    }

    #[test]
    fn chinese_sentences() {
        assert_eq!(split("第一条。第二条！\n第三条"), ["第一条。", "第二条！", "第三条"]);
        assert_eq!(split("他说：“可以。不可以。”然后走了。好。"), ["他说：“可以。不可以。”然后走了。", "好。"]);
        assert_eq!(split("根据《关于甲。乙的决定》办理。完"), ["根据《关于甲。乙的决定》办理。", "完"]);
    }

    #[test]
    fn english_sentences() {
        assert_eq!(
            split("Rose 5.2 percent. See Art. 5 of it. Done."),
            ["Rose 5.2 percent.", "See Art. 5 of it.", "Done."]
        );
        assert_eq!(
            split("Under 50 U.S.C. 1701 he acted. J. Smith left."),
            ["Under 50 U.S.C. 1701 he acted.", "J. Smith left."]
        );
        assert_eq!(split("1. First point. 2. Second"), ["1. First point.", "2. Second"]);
    }
}
