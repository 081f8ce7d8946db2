//! Words that are counted as one although they are written differently, where the user asks for it.
//!
//! 網絡安全 and 网络安全 are two terms, "policy" and "policies" too, and that is what a count should say by itself: what
//! stands in the texts. Who compares Taipei with Beijing, or wants one row for a word with all its endings, asks for
//! it. Chinese texts are simplified before they are cut into words, since the dictionary knows the simplified ones best.
//!
//! Always true: what is folded is what is counted and nothing else. Mentions, sentences and offsets are those of the
//! text, and [`Folding::places`] finds a folded word in it again.

use std::{borrow::Cow, fmt, ops::Range};

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::en;
use crate::text::Language;

/// Traditional characters and words with their simplified forms.
const TRADITIONAL: &str = include_str!("../../dictionary/traditional.tsv");

/// What is to be folded, and which words are too short to be counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FoldingChoice {
    /// Traditional characters become simplified ones.
    pub simplified: bool,
    /// English words become their stems.
    pub stems: bool,
    /// Words with fewer characters than this are not counted: Chinese ones, English ones.
    pub shortest: [usize; 2],
}

impl FoldingChoice {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        !self.simplified && !self.stems && self.shortest.iter().all(|&least| least <= 1)
    }
}

impl fmt::Display for FoldingChoice {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { simplified, stems, shortest: [zh, en] } = self;
        let [zh, en] = [zh, en].map(|&least| least.max(1));
        write!(to, "simplified={simplified} stems={stems} min_length=zh:{zh},en:{en}")
    }
}

/// The tables that a choice needs.
pub(super) struct Folding {
    simplifier: Option<Simplifier>,
    stemmer: Option<Stemmer>,
    shortest: [usize; 2],
}

impl Folding {
    pub(super) fn new(choice: &FoldingChoice) -> Self {
        Self {
            simplifier: choice.simplified.then(Simplifier::new),
            stemmer: choice.stems.then(|| Stemmer::create(Algorithm::English)),
            shortest: choice.shortest,
        }
    }

    /// A text in simplified characters, of which there are as many as before.
    pub(super) fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.simplifier.as_ref().map_or(Cow::Borrowed(text), |simplifier| simplifier.apply(text))
    }

    /// A word as it is counted; a Chinese one was cut out of a simplified text.
    pub(super) fn word<'w>(&self, word: &'w str, language: Language) -> Cow<'w, str> {
        match &self.stemmer {
            Some(stemmer) if language == Language::En => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }

    /// Whether a word, as it is counted, is long enough for that.
    pub(super) fn counts(&self, word: &str, language: Language) -> bool {
        let shortest = self.shortest[language as usize];
        shortest <= 1 || word.chars().nth(shortest - 1).is_some()
    }

    /// A term as it is counted.
    pub(super) fn term(&self, term: &str) -> String {
        if self.stemmer.is_none() || Language::of_letters(term) == Language::Zh {
            return self.simplified(term).into_owned();
        }
        let mut words: Vec<String> = Vec::new();
        en::words(term, &mut String::new(), &mut |word, _, _| words.push(self.word(word, Language::En).into_owned()));
        words.join(" ")
    }

    /// Where a term, as it is counted, stands in a text.
    pub(super) fn places(&self, text: &str, term: &str) -> Vec<Range<usize>> {
        if self.stemmer.is_some() && Language::of_letters(term) == Language::En {
            return self.places_of_stems(text, term);
        }
        let simplified = self.simplified(text);
        let searched = simplified.to_ascii_lowercase();
        let mut back = Back::new(&simplified, text);
        let found = memmem::find_iter(searched.as_bytes(), term.as_bytes());
        found.map(|at| back.of(at)..back.of(at + term.len())).collect()
    }

    fn places_of_stems(&self, text: &str, term: &str) -> Vec<Range<usize>> {
        let wanted: Vec<&str> = term.split(' ').collect();
        let mut found = Vec::new();
        // The places of the words of the run that ends with the last one, as far as they are as wanted.
        let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
        en::words(text, &mut String::new(), &mut |word, place, bond| {
            let stem = self.word(word, Language::En);
            if !bond.joined {
                runs.clear();
            }
            runs.push(Vec::new());
            runs.retain_mut(|run| {
                run.push(place.clone());
                wanted.get(run.len() - 1).is_some_and(|wanted| *wanted == stem)
            });
            if let Some(run) = runs.first().filter(|run| run.len() == wanted.len()) {
                found.push(run[0].start..place.end);
            }
            runs.retain(|run| run.len() < wanted.len());
        });
        found
    }
}

/// From a place in a text to the same place in another one with equally many characters; places come in order.
struct Back<'t> {
    from: std::str::CharIndices<'t>,
    to: std::str::CharIndices<'t>,
}

impl<'t> Back<'t> {
    fn new(from: &'t str, to: &'t str) -> Self {
        Self { from: from.char_indices(), to: to.char_indices() }
    }

    fn of(&mut self, place: usize) -> usize {
        while self.from.offset() < place && self.from.next().is_some() {
            self.to.next();
        }
        self.to.offset()
    }
}

/// Replaces what stands in the table, the longest entry first, as OpenCC does.
#[derive(Debug)]
pub struct Simplifier {
    traditional: AhoCorasick,
    simplified: Vec<&'static str>,
}

impl Default for Simplifier {
    fn default() -> Self {
        Self::new()
    }
}

impl Simplifier {
    /// From the table of the dictionary.
    #[must_use]
    pub fn new() -> Self {
        let lines = TRADITIONAL.lines().filter(|line| !line.starts_with('#'));
        let (traditional, simplified): (Vec<&str>, Vec<&str>) = lines.filter_map(|line| line.split_once('\t')).unzip();
        let traditional = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(traditional);
        Self { traditional: traditional.expect("four thousand short words fit into an automaton"), simplified }
    }

    /// The text in simplified characters, of which there are as many as before.
    #[must_use]
    pub fn apply<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.traditional.is_match(text) {
            Cow::Owned(self.traditional.replace_all(text, &self.simplified))
        } else {
            Cow::Borrowed(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folding() -> Folding {
        Folding::new(&FoldingChoice { simplified: true, stems: true, shortest: [2, 3] })
    }

    #[test]
    fn both_sides_of_the_table_have_equally_many_characters() {
        let lines: Vec<(&str, &str)> = TRADITIONAL.lines().filter_map(|line| line.split_once('\t')).collect();
        assert!(lines.len() > 4_000);
        for (traditional, simplified) in lines {
            assert_eq!(traditional.chars().count(), simplified.chars().count(), "{traditional}");
        }
    }

    #[test]
    fn the_longest_entry_counts() {
        assert_eq!(folding().simplified("個人資料保護法於乾隆年間乾燥"), "个人资料保护法于乾隆年间干燥");
        assert!(matches!(folding().simplified("网络 law"), Cow::Borrowed(_)));
    }

    #[test]
    fn terms_are_found_in_the_text_as_written() {
        let folding = folding();
        let text = "𠮷野家：個人資料及 Personal data policies; data. Policy, 個資。personal-data policy";
        let found = |term: &str| -> Vec<&str> {
            folding.places(text, &folding.term(term)).into_iter().map(|place| &text[place]).collect()
        };
        assert_eq!(found("个人资料"), ["個人資料"]);
        assert_eq!(found("個資"), ["個資"]);
        assert_eq!(found("policy"), ["policies", "Policy", "policy"]);
        assert_eq!(found("personal data policy"), ["Personal data policies", "personal-data policy"]);
        assert_eq!(found("data policies"), ["data policies", "data policy"]);
        assert!(found("data the").is_empty());
    }

    #[test]
    fn short_words_do_not_count() {
        let folding = folding();
        let counts = |word: &str, language| folding.counts(word, language);
        assert!(counts("数据", Language::Zh) && !counts("网", Language::Zh));
        assert!(counts("law", Language::En) && !counts("of", Language::En));
    }
}
