//! Segmented text to mentions: laws, dates, figures, with their values, each with the rule that found it.
//!
//! Numerals are found first, since everything builds on them; then each kind parses outwards from its
//! anchors; then overlaps are decided. Nothing here fails and nothing looks beyond the text it is given.

mod address;
mod amount;
mod anchors;
mod counted;
mod date;
pub mod law;
mod mention;
mod modifier;
mod overlap;
mod scan;
mod triggers;

pub use mention::{
    Anaphor, Anchor, ArticleRef, Inherits, LawName, Mention, Relative, Said, Shape, Side, Timing, Value,
};

use crate::{
    ruleset::{RuleId, Ruleset},
    text::Span,
    value::{
        Amount, Extent, Kind, Unit, When,
        numeral::{self, Numeral, Style},
    },
};

/// Which layers of mentions are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// What a report shows: the outermost, and what nests inside titles.
    Top,
    /// Also the number inside an amount, the ends of a range, 今年 and "next month".
    All,
}

/// Everything that extraction prepares once from a ruleset.
pub struct Extractor {
    anchors: anchors::Anchors,
    /// Patterns of what a report shows.
    top: scan::Scanner,
    /// Patterns of the layers that only `--nested` shows.
    inner: scan::Scanner,
    laws: law::LawGrammar,
    counted: counted::Counted,
    modifiers: modifier::Modifiers,
    bare_number: RuleId,
}

impl Extractor {
    /// Builds the automata.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let top = scan::Scanner::new(rules, |rule| !rule.entry.nested);
        let inner = scan::Scanner::new(rules, |rule| rule.entry.nested);
        let laws = law::LawGrammar::new(rules);
        Self {
            anchors: anchors::Anchors::new(top.words().chain(inner.words()), laws.known_titles()),
            top,
            inner,
            laws,
            counted: counted::Counted::new(rules),
            modifiers: modifier::Modifiers::new(rules),
            bare_number: rules.expect_id("zh.figure.number"),
        }
    }

    /// All mentions of a text (a flow, or a section of one), sorted by start, then longest first.
    #[must_use]
    pub fn extract(&self, rules: &Ruleset, text: &str, layers: Layers) -> Vec<Mention> {
        let mut numerals = numeral::scan(text);
        address::forget(text, &mut numerals);
        let mut found = Vec::with_capacity(numerals.len());
        let places = self.anchors.find(text);
        self.laws.find(text, &numerals, &places.titles, &mut found);
        self.top.scan(rules, text, &numerals, &places.words, |hit| found.extend(measured(&hit, rules)));
        self.counted.find(text, &numerals, &mut found);
        let mut kept = overlap::decide(text, found);
        for mention in &mut kept {
            self.modifiers.apply(text, mention);
        }
        if layers == Layers::All {
            let mut inner = Vec::new();
            self.inner.scan(rules, text, &numerals, &places.words, |hit| inner.extend(measured(&hit, rules)));
            let mut inner = overlap::decide(text, inner);
            inner.iter_mut().for_each(|mention| self.modifiers.apply(text, mention));
            let number = |n: &Numeral| self.number(text, n);
            kept = overlap::add_inner(kept, inner, numerals.iter().filter_map(number));
            self.take_openers(rules, text, &mut kept);
        }
        kept
    }

    /// "from 2014 to 2018": all layers take the word that opens a range into it.
    fn take_openers(&self, rules: &Ruleset, text: &str, mentions: &mut [Mention]) {
        let openers = rules.list("en.date.openers");
        // What ends before the place at hand, and what ends behind it.
        let (mut reach, mut place, mut beyond) = (0, 0, 0);
        for mention in mentions {
            if mention.span.start() > place {
                (reach, place) = (beyond, mention.span.start());
            }
            beyond = beyond.max(mention.span.end());
            let left = text[..mention.span.start()].trim_end_matches([' ', '\n']);
            if is_range(mention)
                && left.len() < mention.span.start()
                && let Some(opener) = openers.iter().filter(|o| scan::ends_with_word(left, o)).max_by_key(|o| o.len())
                && (left.len() - opener.len() >= reach || reach >= mention.span.end())
            {
                mention.span = Span::of(left.len() - opener.len(), mention.span.end());
            }
        }
    }

    /// A numeral as a layer of its own. A formal character by itself (大陆, 队伍, 拾起) is mostly a part of a word.
    fn number(&self, text: &str, numeral: &Numeral) -> Option<Mention> {
        let lone = numeral.style == Style::Formal && numeral.span.len() == '陆'.len_utf8();
        if lone && !text[..numeral.span.start()].ends_with('之') {
            return None;
        }
        // "that one" stands for a noun, 29km is a measure.
        let left = &text[..numeral.span.start()];
        let pronoun = numeral.style == Style::Words
            && text[numeral.span.range()].eq_ignore_ascii_case("one")
            && PRONOUNS.iter().any(|word| scan::ends_with_word(left.trim_end(), word));
        let measures = numeral.style == Style::Arabic
            && text.as_bytes().get(numeral.span.end()).is_some_and(u8::is_ascii_alphabetic);
        if pronoun || measures {
            return None;
        }
        let extent = Extent::Single(numeral.number.filter(|_| !numeral.glued)?);
        let value = Value::Amount(Amount { extent, unit: Unit::None, modifier: numeral.modifier, per: None });
        Some(Mention { span: numeral.span, kind: Kind::Number, rule: self.bare_number, nested: true, value })
    }
}

/// Behind one of these, "one" stands for a noun.
const PRONOUNS: [&str; 9] = ["that", "this", "which", "each", "every", "another", "any", "no", "the"];

/// Whether a date, a sum or a measure has two ends.
fn is_range(mention: &Mention) -> bool {
    match &mention.value {
        Value::Time(timing) => {
            mention.kind == Kind::DateRange && matches!(timing.said, Said::Fixed(When::Interval(Some(_), Some(_))))
        }
        Value::Amount(amount) => amount.unit != Unit::None && matches!(amount.extent, Extent::Range(..)),
        _ => false,
    }
}

/// A match of a pattern as a mention, where its parts make sense together.
fn measured(hit: &scan::Match<'_>, rules: &Ruleset) -> Option<Mention> {
    let (kind, value) = match hit.kind {
        Kind::Date | Kind::DateRange if date::is_bare(hit) && lists_labels(hit, rules) => return None,
        Kind::Date | Kind::DateRange => date::build(hit)?,
        Kind::Duration => amount::build_length(hit)?,
        Kind::Money | Kind::Percent | Kind::Figure | Kind::Number | Kind::Ordinal => amount::build(hit)?,
        _ => return None,
    };
    if matches!(kind, Kind::Figure | Kind::Duration) && (is_article(hit, rules) || is_division(hit, rules)) {
        return None;
    }
    if kind == Kind::Figure && is_capital_name(hit) {
        return None;
    }
    let nested = hit.rule.entry.nested;
    // "between 5 and 17": the word that opens a range is none of it, but all layers have it (see `take_openers`).
    let said = &hit.hay.text[hit.start..hit.end()];
    let opener = said.get(..8).filter(|word| !nested && word.eq_ignore_ascii_case("between ")).map_or(0, str::len);
    Some(Mention { span: Span::of(hit.start + opener, hit.end()), kind, rule: hit.id, nested, value })
}

/// "Resolutions 1718, 1874, 2087, and 2094": the last number of a list of labels, and no year.
fn lists_labels(hit: &scan::Match<'_>, rules: &Ruleset) -> bool {
    let text = hit.hay.text;
    if hit.numeral("year").is_none_or(|year| year.span.start() != hit.start) {
        return false;
    }
    let listed = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\n');
    let mut left = text[..hit.start].trim_end_matches(listed);
    if let Some(before) = ["and", "or"].iter().find_map(|word| left.strip_suffix(word)) {
        let list = before.trim_end_matches(listed);
        if !before[list.len()..].contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        left = list;
    }
    let left = left.trim_end_matches('.');
    let word = left[left.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..].to_ascii_lowercase();
    !word.is_empty() && rules.list("en.figure.labels").iter().any(|label| *label == word) && !is_month(&word)
}

/// Months are labels of days: "May 5, 2022, and 2023".
fn is_month(word: &str) -> bool {
    let months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october"];
    months.contains(&word) || matches!(word, "november" | "december")
}

/// "the Three Mile Island plant": capitals in the middle of a sentence.
fn is_capital_name(hit: &scan::Match<'_>) -> bool {
    let said = &hit.hay.text[hit.start..hit.end()];
    let mut words = said.split([' ', '-', '\n']);
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let starts_sentence =
        !hit.hay.text[..hit.start].trim_end_matches([' ', '\n']).ends_with(|c: char| c.is_alphanumeric());
    hit.numeral("n").is_some_and(|n| n.style == Style::Words && n.span.start() == hit.start)
        && !starts_sentence
        && words.next().is_some_and(capital)
        && words.next_back().is_some_and(capital)
}

/// "Article 64 Minutes shall be taken": the number of a division, and no minutes.
fn is_division(hit: &scan::Match<'_>, rules: &Ruleset) -> bool {
    let text = hit.hay.text;
    let left = text[..hit.start].trim_end_matches([' ', '\n']);
    hit.numeral("n")
        .or_else(|| hit.numeral("low"))
        .is_some_and(|n| n.style == Style::Arabic && n.span.start() == hit.start)
        && left.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.')
        && rules.list("en.figure.divisions").iter().any(|word| scan::ends_with_word(left, word))
}

/// 一个, 一方: 一 as an article says no number; neither does a number behind 第.
fn is_article(hit: &scan::Match<'_>, rules: &Ruleset) -> bool {
    let text = hit.hay.text;
    let Some(first) = hit.numeral("low").or_else(|| hit.numeral("n")) else { return false };
    if first.span.start() != hit.start {
        return false;
    }
    let (left, words) = (&text[..hit.start], &text[first.span.range()]);
    let one_of = |list: &str, word: &str| rules.list(list).iter().any(|entry| entry == word);
    let unit = hit.word("unit").unwrap_or_default();
    if hit.kind == Kind::Figure {
        // 前两款 points at them, 零部件 and 二类 are names.
        let division = left.ends_with('前') && one_of("zh.figure.divisions", unit);
        let label = words == "零" || words == "二" && one_of("zh.figure.grades", unit);
        if division || label {
            return true;
        }
    }
    let lone_one = first.style == Style::Han && words == "一" && hit.numeral("low").is_none();
    // 一吨 measures, 一个 and 一家 hardly count; 过去一年 and 一年来 name the year that was.
    let idle = match hit.kind {
        Kind::Figure => !one_of("zh.figure.measures", unit),
        _ => {
            rules.list("zh.figure.one_behind").iter().any(|word| left.ends_with(word.as_str()))
                || rules.list("zh.figure.one_before").iter().any(|word| text[hit.end()..].starts_with(word.as_str()))
        }
    };
    (lone_one && idle) || scan::tells_which(text, first)
}
