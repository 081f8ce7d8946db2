//! Finds the numbers of Taiwan's orders in English: Presidential Order Hua-Zong-Yi-Yi-Zi No. 11000106061.
//!
//! Each body has a series of its own, and translators spell it as it sounds or translate it, with "No." before it, in it or behind
//! it: "Order No. Financial-Supervisory-Securities-Corporate-1070345233", "Decree No. Hua-Tsong-Yi-Yi-Tsu 11200054161", "Order (69)
//! Wei-Shu-Huan-Tzu No. 281151". What the list `taiwan_series` of `rules/en/law.toml` knows gets its Chinese form.
//!
//! Always true: a number has at least four digits and a series; without a series it is no number of this kind.

use super::{
    Page, class,
    number::{Found, issuer_from},
    words::{Gap, Shape},
};

/// Words from the order to the last digit.
const LONGEST: usize = 20;
/// Words with which a series ends: 字.
const ENDINGS: [&str; 8] = ["zi", "tzu", "tsu", "tze", "tse", "zih", "tz", "zhi"];

/// Reads a number whose "Order", "Decree" or "Letter" is at `at`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if !words.is_any(at, &["Order", "Decree", "Letter"]) {
        return None;
    }
    let mut series = Series::default();
    let mut next = at + 1 + usize::from(words.is_any(at + 1, &[",", ":"]));
    next += usize::from(words.is(next, "of"));
    let end = loop {
        if next > at + LONGEST || words.gap(next) == Gap::Paragraph {
            return None;
        }
        let word = words.str(next);
        match words.shape(next) {
            // "Letter of Jean-Paul 1998": a year behind a name.
            Shape::Number if digits(word) >= if series.ended || series.numbered { 4 } else { 6 } && series.told => {
                break next + 1;
            }
            // "(69)", "Hua Zong 1 Yi Zi", "1998"
            Shape::Number if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) => series.add(word),
            Shape::Mark if matches!(word, "(" | ")" | "-" | "–") => {}
            // No sentence ends in a number: "No. 5", "N0.95".
            Shape::Mark if word == "." && (words.is(next - 1, "No") || words.gap(next + 1) == Gap::None) => {}
            Shape::Capital | Shape::Upper | Shape::Lower => {
                if words.is(next, "No") {
                    series.numbered = true;
                } else if word.rsplit('-').next().is_some_and(|last| digits(last) >= 5) && word.contains('-') {
                    series.word(word.rsplit_once('-').map_or("", |(series, _)| series));
                    // "Order No. A-12345" is a shop's.
                    let syllables = series.syllables.iter().filter(|syllable| syllable.len() > 1).count();
                    series.told = syllables > 1;
                    break next + 1;
                } else if words.has(next, class::MONTH) || !series.word(word) {
                    return None;
                }
            }
            _ => return None,
        }
        next += 1;
    };
    if !series.told || !words.capital(at) && !(series.ended || series.numbered) {
        return None;
    }
    let number = words.str(end - 1).rsplit('-').next().unwrap_or_default();
    let from = issuer_from(words, at);
    let chinese = page.grammar.taiwan_series.get(&series.key());
    let norm = match chinese {
        Some(chinese) => format!("{chinese}字第{number}號令"),
        None => words.joined(from, end).replace("No.", "No. ").replace("  ", " "),
    };
    Some(Found { from, to: end, norm, titled: false })
}

/// Reads a number whose series stands before the "No" at `at`, without an order: "Hua-Tsung-I-Yi-Tzu No. 10700129441".
pub(super) fn read_series(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if !words.is(at, "No") {
        return None;
    }
    let end = at + 1 + usize::from(words.is(at + 1, "."));
    if words.shape(end) != Shape::Number || digits(words.str(end)) < 5 || words.gap(end) == Gap::Paragraph {
        return None;
    }
    let last = at.checked_sub(1 + usize::from(words.is(at.wrapping_sub(1), ",")))?;
    let long = digits(words.str(end)) >= 7;
    // "Hua-Zong-(1)-Yi-Zi", "Hua Zong Yi Zi"
    let mut first = last;
    while first > 0 && last - first < 8 {
        let before = words.str(first - 1);
        let joined = words.gap(first) == Gap::None
            && (matches!(before, "(" | ")" | "-")
                || words.shape(first - 1) == Shape::Number
                || words.capital(first - 1));
        // "Executive Yuan Yuan-Tai-Gui-Zi": whose it is
        let spaced = long
            && words.gap(first) == Gap::Blank
            && words.capital(first - 1)
            && before != "Yuan"
            && is_romanised(before);
        if !(joined || spaced) {
            break;
        }
        first -= 1;
    }
    let mut series = Series::default();
    for w in first..=last {
        match words.shape(w) {
            Shape::Mark => {}
            Shape::Number => series.add(words.str(w)),
            _ if series.word(words.str(w)) => {}
            _ => return None,
        }
    }
    // "Tong-Chuan-Nei-Rong No. 10548031480" has no word that ends it.
    let sounded = long && (first..=last).all(|w| is_romanised(words.str(w)));
    let ended = series.ended && (words.str(last).contains('-') || sounded);
    if !words.capital(first) || !(ended || sounded) || series.syllables.len() < 3 {
        return None;
    }
    let norm = match page.grammar.taiwan_series.get(&series.key()) {
        Some(chinese) => format!("{chinese}字第{}號令", words.str(end)),
        None => words.joined(first, end + 1).replace("No.", "No. ").replace("  ", " "),
    };
    Some(Found { from: first, to: end + 1, norm, titled: false })
}

/// Whether a word is nothing but Chinese syllables in Latin letters, whatever the spelling: "Tung-Chuan", "Hua".
fn is_romanised(word: &str) -> bool {
    word.split('-').all(|part| {
        let part = part.to_ascii_lowercase();
        let initial = INITIALS.iter().filter(|initial| part.starts_with(**initial));
        initial.chain([&""]).any(|initial| FINALS.binary_search(&&part[initial.len()..]).is_ok())
    })
}

/// What a syllable begins with, in pinyin, Wade-Giles and between.
const INITIALS: [&str; 28] = [
    "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s", "y",
    "w", "hs", "ts", "tz", "sz", "jh",
];
/// What it ends with, sorted.
const FINALS: [&str; 50] = [
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang", "iao", "ie", "ieh", "ien",
    "ih", "in", "ing", "io", "iong", "iou", "iu", "iung", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "uay",
    "ue", "ueh", "uei", "uen", "ui", "un", "ung", "uo", "uy", "uz", "v", "yi", "yu", "yuan", "yun",
];

/// Digits at the beginning of a word that has at most a letter behind them.
fn digits(word: &str) -> usize {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if word.len() <= digits + 1 { digits } else { 0 }
}

/// A series as far as it is read.
#[derive(Default)]
struct Series {
    syllables: Vec<String>,
    /// It has a word with hyphens, or one that ends a series.
    told: bool,
    /// It has a word that ends a series.
    ended: bool,
    /// "No." stands in it.
    numbered: bool,
}

impl Series {
    fn add(&mut self, syllable: &str) {
        self.syllables.push(syllable.to_ascii_lowercase());
    }

    /// Takes a word, if it can be one of a series.
    fn word(&mut self, word: &str) -> bool {
        let parts = word.split('-').filter(|part| !part.is_empty());
        if !parts.clone().all(|part| part.len() <= 12 && part.bytes().all(|b| b.is_ascii_alphanumeric()))
            || self.syllables.len() > 12
        {
            return false;
        }
        let ends = parts.clone().any(|part| ENDINGS.iter().any(|end| part.eq_ignore_ascii_case(end)));
        let upper = word.starts_with(|c: char| c.is_ascii_uppercase());
        // Small letters only in short words: "yuan tai hu zi".
        if !upper && !ends && !word.contains('-') && word.len() > 5 {
            return false;
        }
        if ["on", "in", "by", "and", "to", "for", "the", "of", "with", "under", "dated", "is", "as"].contains(&word) {
            return false;
        }
        self.told |= ends || word.contains('-') && parts.clone().count() > 1;
        self.ended |= ends;
        parts.for_each(|part| self.add(part));
        true
    }

    /// Its syllables in one spelling, without what ends it.
    fn key(&self) -> String {
        let spelled = |syllable: &String| -> String {
            match syllable.as_str() {
                "tsung" | "tsong" | "tzong" | "tzung" | "zung" | "chung" | "zhong" => "zong",
                "i" | "1" | "yih" => "yi",
                "ching" => "jing",
                "chin" => "jin",
                "kuan" => "guan",
                "yuen" => "yuan",
                "guei" | "kuei" => "gui",
                "tsai" => "cai",
                "pao" => "bao",
                other => other,
            }
            .to_owned()
        };
        let kept = self.syllables.iter().filter(|s| !ENDINGS.contains(&s.as_str()) && *s != "no");
        kept.map(spelled).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::EnglishGrammar;
    use crate::{extract::mention::Value, ruleset::load, value::Kind};

    #[test]
    fn a_series_without_an_order() {
        let grammar = EnglishGrammar::new(&load(None).expect("built-in rules load"));
        for (text, number) in [
            ("1.2010.02.03 Hua-Zong-Yi-Yi-Tzu No.09900022481", Some("Hua-Zong-Yi-Yi-Tzu No.09900022481")),
            ("Ref：Tung-Chuan-Zi-Yuan-Tzu No. 10943014370.", Some("Tung-Chuan-Zi-Yuan-Tzu No. 10943014370")),
            ("by Hua-Zong-(1)-Yi-Zi No. 10400152861 Order", Some("Hua-Zong-(1)-Yi-Zi No. 10400152861")),
            ("Ref：Tong-Chuan-Nei-Rong No.10548031480", Some("Tong-Chuan-Nei-Rong No.10548031480")),
            ("Ref：Tung-Chuan-Ji-Chu Tze No. 11063002171", Some("Tung-Chuan-Ji-Chu Tze No. 11063002171")),
            ("11.President Hua Zong Yi Zi No. 10900049641", Some("Hua Zong Yi Zi No. 10900049641")),
            ("the High-Level Panel No. 10943014370", None),
            ("Account Holder Li Wei No. 10943014370", None),
        ] {
            let mut out = Vec::new();
            grammar.find(text, &[], &mut out);
            let found = out.iter().find(|m| m.kind == Kind::DocNumber).map(|m| &text[m.span.range()]);
            assert_eq!(found, number, "{text}");
        }
    }

    #[test]
    fn series_of_taiwan() {
        let grammar = EnglishGrammar::new(&load(None).expect("built-in rules load"));
        let table: &[(&str, &str, &str)] = &[
            (
                "by Presidential Order Hua Zong 1 Yi Zi No. 10700060021 on",
                "Presidential Order Hua Zong 1 Yi Zi No. 10700060021",
                "總統華總一義字第10700060021號令",
            ),
            (
                "by Presidential Decree No. Hua-Tsong-Yi-Yi-Tsu 11200054161, shall",
                "Presidential Decree No. Hua-Tsong-Yi-Yi-Tsu 11200054161",
                "總統華總一義字第11200054161號令",
            ),
            (
                "by Executive Yuan Order yuan tai hu zi No. 1070217128 on",
                "Executive Yuan Order yuan tai hu zi No. 1070217128",
                "行政院院臺護字第1070217128號令",
            ),
            (
                "by Executive Yuan Order tai-jing-zi No. 0910080314 on",
                "Executive Yuan Order tai-jing-zi No. 0910080314",
                "Executive Yuan Order tai-jing-zi No. 0910080314",
            ),
            (
                "per Order No. Financial-Supervisory-Securities-Corporate-1070345233 of the",
                "Order No. Financial-Supervisory-Securities-Corporate-1070345233",
                "金管證發字第1070345233號令",
            ),
            (
                "by Presidential Order of Hua-Tsung (1) Yi No. 10300010791.",
                "Presidential Order of Hua-Tsung (1) Yi No. 10300010791",
                "總統華總一義字第10300010791號令",
            ),
            (
                "Department of Health Order (69) Wei-Shu-Huan-Tzu No. 281151",
                "Department of Health Order (69) Wei-Shu-Huan-Tzu No. 281151",
                "Department of Health Order (69) Wei-Shu-Huan-Tzu No. 281151",
            ),
            (
                "Ministry of Economic Affairs Order, Economy (60) Nong-Zi No.07861",
                "Ministry of Economic Affairs Order, Economy (60) Nong-Zi No.07861",
                "Ministry of Economic Affairs Order, Economy (60) Nong-Zi No. 07861",
            ),
            (
                "By Order, Hua-Zong-Yi-Yi-Tze No. 11000106061",
                "Order, Hua-Zong-Yi-Yi-Tze No. 11000106061",
                "總統華總一義字第11000106061號令",
            ),
            ("in order to re-open 2020 files", "", ""),
            ("the order Anti-Dumping 2020 applies", "", ""),
        ];
        for (text, words, norm) in table {
            let mut out = Vec::new();
            grammar.find(text, &[], &mut out);
            let found = out.iter().find(|m| m.kind == Kind::DocNumber).map(|m| {
                let Value::Norm(norm) = &m.value else { panic!("{text}") };
                (&text[m.span.range()], norm.as_str())
            });
            assert_eq!(found, (!words.is_empty()).then_some((*words, *norm)), "{text}");
        }
    }
}
