//! Tells an English number that only labels from one that counts or dates: "Article 64 Minutes shall be taken",
//! "Resolutions 1718, 1874, 2087, and 2094", "the Three Mile Island plant".
//!
//! English puts the number of a division before whatever the division says, so a unit or a plural may seem to follow it.
//! The words stand in the lists `labels` and `divisions` of `rules/en/figure.toml`.

use super::{counted, date, scan};
use crate::{
    ruleset::Ruleset,
    text::Span,
    value::{
        Kind,
        numeral::{self, Numeral, Style},
    },
};

/// The word lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Labels {
    /// Sorted, in lower case.
    labels: Vec<String>,
    divisions: Vec<String>,
}

impl Labels {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let mut labels = rules.list("en.figure.labels").to_vec();
        labels.sort_unstable();
        Self { labels, divisions: rules.list("en.figure.divisions").to_vec() }
    }

    /// Whether a match of this kind is the number of something although its parts fit.
    pub(super) fn hold(&self, hit: &scan::Match<'_>, kind: Kind) -> bool {
        match kind {
            Kind::Date | Kind::DateRange => date::is_bare(hit) && self.lists(hit),
            Kind::Figure => self.divides(hit) || is_name(hit),
            Kind::Duration => self.divides(hit) || date::opens_number(hit),
            Kind::Money => is_year_of_prices(hit),
            _ => false,
        }
    }

    /// The last number of a list of labels, and no year.
    fn lists(&self, hit: &scan::Match<'_>) -> bool {
        let text = hit.hay.text;
        if hit.numeral("year").is_none_or(|year| year.span.start() != hit.start) {
            return false;
        }
        let listed = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\n');
        // A list of labels that is longer than this is none.
        let near = &text[text.floor_char_boundary(hit.start.saturating_sub(LONGEST_LIST))..hit.start];
        let mut left = near.trim_end_matches(listed);
        if let Some(before) = ["and", "or"].iter().find_map(|word| left.strip_suffix(word)) {
            let list = before.trim_end_matches(listed);
            if !before[list.len()..].contains(|c: char| c.is_ascii_digit()) {
                return false;
            }
            left = list;
        }
        let left = left.trim_end_matches('.');
        if counted::is_possessive(left) {
            return false;
        }
        let word = left[left.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..].to_ascii_lowercase();
        self.labels.binary_search(&word).is_ok()
    }

    /// The number of a division, and no minutes.
    fn divides(&self, hit: &scan::Match<'_>) -> bool {
        let left = hit.hay.text[..hit.start].trim_end_matches([' ', '\n']);
        hit.numeral("n")
            .or_else(|| hit.numeral("low"))
            .is_some_and(|n| n.style == Style::Arabic && n.span.start() == hit.start)
            && left.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.')
            && self.divisions.iter().any(|word| scan::ends_with_word(left, word))
    }
}

/// Parts the label of an annex or a figure from the number behind it: 附件：1.2025年重点任务清单 is no 1.2025, 图1.2024年收入 no
/// 1.2024. The T of 2019-04-05T10:00 is no trillion.
pub(super) fn part(text: &str, numerals: &mut [Numeral]) {
    for numeral in numerals.iter_mut().filter(|numeral| numeral.style == Style::Arabic) {
        let said = &text[numeral.span.range()];
        if let Some(day) = said.strip_suffix('T')
            && text[numeral.span.end()..].starts_with(|c: char| c.is_ascii_digit())
            && let [found] = numeral::scan(day)[..]
        {
            let from = numeral.span.start();
            *numeral = Numeral { span: Span::of(from + found.span.start(), from + found.span.end()), ..found };
            continue;
        }
        let Some((label, rest)) = said.split_once('.').filter(|(label, _)| label.len() <= 2) else { continue };
        let left = text[..numeral.span.start()].trim_end_matches(' ');
        let opens = ANNEX.iter().any(|word| left.ends_with(word));
        let year = rest.len() == 4 && rest.starts_with(['1', '2']) && text[numeral.span.end()..].starts_with('年');
        let labelled =
            || FIGURE.iter().any(|word| left.ends_with(word)) || left.len() < numeral.span.start() && lists(left);
        if !(opens && rest.len() > 1 && !rest.starts_with('0') || year && (opens || labelled())) {
            continue;
        }
        let from = numeral.span.start() + label.len() + 1;
        if let [found] = numeral::scan(rest)[..] {
            let span = Span::of(from + found.span.start(), from + found.span.end());
            *numeral = Numeral { span, ..found };
        }
    }
}

/// Whether the line so far lists annexes: 附件：1.….  2.…
fn lists(left: &str) -> bool {
    let line = &left[left.floor_char_boundary(left.len().saturating_sub(LONGEST_LIST))..];
    let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
    ANNEX.iter().any(|word| line.contains(word))
}

/// Behind these the number of an annex.
const ANNEX: [&str; 4] = ["附件：", "附件:", "附表：", "附表:"];
/// Behind these the number of a drawing or a table.
const FIGURE: [&str; 5] = ["图", "圖", "表", "附件", "附录"];

/// Bytes before a number in which a list of labels that it ends must begin.
const LONGEST_LIST: usize = 512;

/// "in 2024 dollars", "millions of 2022 dollars": the prices of a year.
fn is_year_of_prices(hit: &scan::Match<'_>) -> bool {
    let left = hit.hay.text[..hit.start].trim_end_matches([' ', '\n']);
    let priced =
        ["in", "in constant", "constant", "real", "millions of", "billions of", "thousands of", "trillions of"];
    hit.numeral("n").is_some_and(|n| {
        n.span.start() == hit.start && n.digits == 4 && n.within(1900, 2100).is_some() && hit.end() > n.span.end()
    }) && (left.ends_with('(') || priced.iter().any(|word| scan::ends_with_word(left, word)))
}

/// Capitals in the middle of a sentence: "the Three Mile Island plant".
fn is_name(hit: &scan::Match<'_>) -> bool {
    let said = &hit.hay.text[hit.start..hit.end()];
    let mut words = said.split([' ', '-', '\n']);
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let left = hit.hay.text[..hit.start].trim_end_matches(' ');
    hit.numeral("n").is_some_and(|n| n.style == Style::Words && n.span.start() == hit.start)
        && left.ends_with(|c: char| c.is_alphanumeric())
        && words.next().is_some_and(capital)
        && words.next_back().is_some_and(capital)
}
