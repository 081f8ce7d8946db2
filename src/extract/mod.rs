//! Segmented text to mentions: laws, dates, figures, with their values, each with the rule that found it.
//!
//! Numerals are found first, since everything builds on them; then each kind parses outwards from its
//! anchors; then overlaps are decided. Nothing here fails and nothing looks beyond the text it is given.

mod address;
mod amount;
mod anchors;
mod counted;
mod date;
mod ends;
mod label;
pub mod law;
mod local_currency;
mod lookalike;
mod mention;
mod modifier;
mod overlap;
mod rate;
mod role;
mod scaled;
mod scan;
mod shared_unit;
mod triggers;
mod year_word;

pub use mention::{
    Anaphor, Anchor, ArticleRef, Inherits, LawName, Mention, Relative, Said, Shape, Side, Timing, Value,
};

use std::sync::OnceLock;

use lookalike::Lookalikes;

use crate::{
    ruleset::{Name, RuleId, Ruleset},
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
    /// Made when layers are first asked for: a report never does.
    inner: OnceLock<Inner>,
    laws: law::LawGrammar,
    counted: counted::Counted,
    scaled: scaled::Scaled,
    amount_words: amount::Words,
    modifiers: modifier::Modifiers,
    lookalikes: Lookalikes,
    labels: label::Labels,
    rates: rate::Rates,
    roles: role::Roles,
    year_words: year_word::YearWords,
    ends: ends::Ends,
    currency: local_currency::LocalCurrency,
    bare_number: RuleId,
}

/// Patterns of the layers that only `--nested` shows, with the places of all words.
struct Inner {
    scanner: scan::Scanner,
    anchors: anchors::Anchors,
}

impl Extractor {
    /// Builds the automata.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let (top, laws) =
            rayon::join(|| scan::Scanner::new(rules, |rule| !rule.entry.nested), || law::LawGrammar::new(rules));
        Self {
            anchors: anchors::Anchors::new(top.words(), laws.known_titles()),
            top,
            inner: OnceLock::new(),
            laws,
            counted: counted::Counted::new(rules),
            scaled: scaled::Scaled::new(rules),
            amount_words: amount::Words::new(rules),
            modifiers: modifier::Modifiers::new(rules),
            lookalikes: Lookalikes::new(rules),
            labels: label::Labels::new(rules),
            rates: rate::Rates::new(rules),
            roles: role::Roles::new(rules),
            year_words: year_word::YearWords::new(rules),
            ends: ends::Ends::new(rules),
            currency: local_currency::LocalCurrency::new(rules),
            bare_number: rules.expect_id("zh.figure.number"),
        }
    }

    /// All mentions of a text (a flow, or a section of one), sorted by start, then longest first.
    #[must_use]
    pub fn extract(&self, rules: &Ruleset, text: &str, layers: Layers) -> Vec<Mention> {
        let numerals = numerals(text);
        let layered = (layers == Layers::All).then(|| self.inner(rules));
        let places = layered.map_or(&self.anchors, |inner| &inner.anchors).find(text);
        let mut found = Vec::with_capacity(numerals.len());
        self.laws.find(text, &numerals, &places.titles, &mut found);
        let mut kept = self.settle(rules, text, &numerals, &places.words, found);
        if let Some(layered) = layered {
            let (mut inner, currency) = (Vec::new(), self.currency.read(text));
            layered.scanner.scan(rules, text, &numerals, &places.words, |hit| {
                inner.extend(self.measured(&hit, &currency));
            });
            let mut inner = overlap::decide(text, inner);
            inner.iter_mut().for_each(|mention| self.modifiers.apply(text, mention));
            let idioms = rules.list("zh.figure.idioms");
            let number = |n: &Numeral| self.number(text, n, idioms);
            kept = overlap::add_inner(kept, inner, numerals.iter().filter_map(number));
            self.take_openers(rules, text, &mut kept);
            kept.iter_mut().for_each(|mention| self.ends.apply(text, mention));
        }
        kept
    }

    fn inner(&self, rules: &Ruleset) -> &Inner {
        self.inner.get_or_init(|| {
            let scanner = scan::Scanner::new(rules, |rule| rule.entry.nested);
            let anchors = anchors::Anchors::new(self.top.words().chain(scanner.words()), self.laws.known_titles());
            Inner { scanner, anchors }
        })
    }

    /// Dates, lengths of time and amounts alone, as if nothing in the text named a law.
    #[must_use]
    pub fn dates_and_figures(&self, rules: &Ruleset, text: &str) -> Vec<Mention> {
        self.settle(rules, text, &numerals(text), &self.anchors.find(text).words, Vec::new())
    }

    /// The outermost of the mentions found and of all dates and figures, with what stands beside them.
    fn settle(
        &self,
        rules: &Ruleset,
        text: &str,
        numerals: &[Numeral],
        places: &[u32],
        mut found: Vec<Mention>,
    ) -> Vec<Mention> {
        let currency = self.currency.read(text);
        self.top.scan(rules, text, numerals, places, |hit| found.extend(self.measured(&hit, &currency)));
        self.counted.find(text, numerals, &mut found);
        self.scaled.find(text, numerals, &mut found);
        let mut kept = overlap::decide(text, found);
        shared_unit::complete(text, numerals, &mut kept);
        let mut reach = 0;
        for mention in &mut kept {
            self.modifiers.apply(text, mention);
            self.rates.apply(text, mention);
            self.year_words.apply(text, mention, reach);
            reach = reach.max(mention.span.end());
        }
        self.roles.assign(text, &mut kept);
        date::put_day_first(text, &mut kept);
        kept
    }

    /// A match of a pattern as a mention, where its parts make sense together.
    fn measured(&self, hit: &scan::Match<'_>, currency: &local_currency::Reading<'_>) -> Option<Mention> {
        if !said_before(hit) || spans_rows(hit) {
            return None;
        }
        let (kind, value) = match hit.kind {
            Kind::Date | Kind::DateRange => date::build(hit)?,
            Kind::Duration => amount::build_length(hit, &self.amount_words)?,
            Kind::Money => {
                amount::build(hit, &self.amount_words).map(|(kind, value)| (kind, currency.localised(hit, value)))?
            }
            Kind::Percent | Kind::Figure | Kind::Number | Kind::Ordinal => amount::build(hit, &self.amount_words)?,
            _ => return None,
        };
        if self.lookalikes.holds(hit, kind) || self.labels.hold(hit, kind) {
            return None;
        }
        let nested = hit.rule.entry.nested;
        // "between 5 and 17": the word that opens a range is none of it, but all layers have it (see `take_openers`).
        let said = &hit.hay.text[hit.start..hit.end()];
        let opener = said.get(..8).filter(|word| !nested && word.eq_ignore_ascii_case("between ")).map_or(0, str::len);
        Some(Mention { span: Span::of(hit.start + opener, hit.end()), kind, rule: hit.id, nested, ends: None, value })
    }

    /// "from 2014 to 2018": all layers take the word that opens a range into it.
    fn take_openers(&self, rules: &Ruleset, text: &str, mentions: &mut [Mention]) {
        let openers = rules.list("en.date.openers");
        // What ends before the place at hand, and what ends behind it.
        let (mut reach, mut place, mut beyond) = (0, 0, 0);
        for mention in &mut *mentions {
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
        mentions.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    }

    /// A numeral as a layer of its own. A formal character by itself (大陆, 队伍, 拾起) is mostly a part of a word,
    /// and 一切 and 十足 say no number.
    fn number(&self, text: &str, numeral: &Numeral, idioms: &[String]) -> Option<Mention> {
        let (left, right) = (&text[..numeral.span.start()], &text[numeral.span.start()..]);
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let lone = numeral.style == Style::Formal && numeral.span.len() == '陆'.len_utf8();
        let within_word = left.ends_with(han) || right.chars().nth(1).is_some_and(han);
        if lone && within_word && !left.ends_with('之') && !right.starts_with(['壹', '贰', '貳', '叁', '叄']) {
            return None;
        }
        if right.starts_with('两') && left.ends_with('两') {
            return None;
        }
        if numeral.style == Style::Han && idioms.iter().any(|idiom| right.starts_with(idiom.as_str())) {
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
        Some(Mention {
            span: numeral.span,
            kind: Kind::Number,
            rule: self.bare_number,
            nested: true,
            ends: None,
            value,
        })
    }
}

/// The numerals of a text but for those in addresses.
fn numerals(text: &str) -> Vec<Numeral> {
    let mut numerals = numeral::scan(text);
    address::forget(text, &mut numerals);
    label::part(text, &mut numerals);
    numerals
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

/// "22.4" at the end of a row and 家用电冰箱 at the beginning of the next are no 22.4家: a number at the end of its line that
/// a blank parts from what stands before it stands in a table, unless it is a whole one behind a word (全文 5 條). Lines that
/// a margin cut are joined already.
fn spans_rows(hit: &scan::Match<'_>) -> bool {
    let Some((row, _)) = hit.hay.text[hit.start..hit.end()].split_once('\n') else { return false };
    let row = row.trim_end_matches(' ');
    if !hit.rule.name.starts_with("zh.figure") || !row.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let left = &hit.hay.text[..hit.start];
    let word = left.trim_end_matches(' ');
    let behind_word = word.ends_with(|c: char| c.is_alphabetic() && !c.is_ascii());
    !(behind_word && (word.len() == left.len() || !row.contains('.')))
}

/// How far before a match the words of `said_before` may stand, in bytes.
const SAID_WITHIN: usize = 8 << 10;

/// A rule may ask for a word somewhere before: 八十五年十二月十六日 is of the Republic where the text has said 民國.
fn said_before(hit: &scan::Match<'_>) -> bool {
    let year = |n: &Numeral, behind: &str| n.digits == 4 && behind.starts_with(['年', ' ', ',']);
    let month = |n: &Numeral, behind: &str| {
        let rest = behind.trim_start_matches(' ').strip_prefix('月').filter(|_| n.within(1, 12).is_some());
        rest.is_some_and(|rest| !rest.starts_with(['内', '的']))
    };
    if let Some(stands) = near(hit, "year_before", year).or_else(|| near(hit, "month_before", month)) {
        return stands;
    }
    let Some(words) = hit.rule.given(Name::of("said_before")) else { return true };
    // 八十五 with its 十 is never a year of two digits; 八五 and 85 may be one.
    if hit.numeral("roc").is_some_and(|year| year.style == Style::Han && year.digits == 0) {
        return true;
    }
    words.split('|').any(|word| said(hit, word) || said_behind(hit, word))
}

/// Where a rule gives a number of bytes under this name: whether such a numeral stands so near before the match.
fn near(hit: &scan::Match<'_>, name: &str, is_one: impl Fn(&Numeral, &str) -> bool) -> Option<bool> {
    let within: usize = hit.rule.given(Name::of(name))?.parse().ok()?;
    let from = hit.start.saturating_sub(within);
    let last = hit.hay.numerals.partition_point(|n| n.span.start() < hit.start);
    let mut near = hit.hay.numerals[..last].iter().rev().take_while(|n| n.span.start() >= from);
    Some(near.any(|n| is_one(n, &hit.hay.text[n.span.end()..])))
}

/// Whether a word stands within [`SAID_BEHIND`] behind a match: 本法自113年1月1日施行，並於.
fn said_behind(hit: &scan::Match<'_>, word: &str) -> bool {
    let (text, at) = (hit.hay.text, hit.end());
    hit.hay.holds(word) && text[at..text.ceil_char_boundary(at + SAID_BEHIND)].contains(word)
}

/// How far behind a match they may stand, in bytes.
const SAID_BEHIND: usize = 240;

/// Whether a word stands within [`SAID_WITHIN`] before a match.
fn said(hit: &scan::Match<'_>, word: &str) -> bool {
    let (text, at) = (hit.hay.text, hit.start);
    hit.hay.holds(word) && text[text.floor_char_boundary(at.saturating_sub(SAID_WITHIN))..at].contains(word)
}
