//! Numbers in 万 and 亿 that count a plain Chinese noun, or stand alone: 10367万职工, 52.5万农业人口, 常住人口1000万以上.
//!
//! Chinese counts with measure words, but not behind 万 and 亿. As in English the mention is the number, and its unit the
//! noun with the words between; where none follows, the noun before it is asked (人口达到14亿). The nouns stand in the
//! list `nouns` of `rules/zh/figure.toml`, what may stand between a noun and its number in `links`.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::{
    amount,
    mention::{Mention, Value},
    scan,
};
use crate::{
    ruleset::{RuleId, Ruleset},
    text::Span,
    value::{
        Amount, Extent, Kind, Number, Unit,
        numeral::{Numeral, Style},
    },
};

/// How many characters behind the number its noun may begin.
const REACH: usize = 8;

/// How many words may stand between a noun and the number behind it.
const MOST_LINKS: usize = 4;

/// A noun as it ends a phrase, and its unit.
type Subject = (Box<str>, Box<str>);

/// The rule `zh.figure.scaled` with its word lists.
#[derive(Debug)]
pub(super) struct Scaled {
    rule: RuleId,
    /// Nouns by first character, the longer before the shorter.
    nouns: FxHashMap<char, Vec<Box<str>>>,
    /// Nouns as they end a phrase, with the unit that they mean, by last character: 参保人数 are 人. The longer before the
    /// shorter.
    subjects: FxHashMap<char, Vec<Subject>>,
    /// By last character, the longer before the shorter.
    links: FxHashMap<char, Vec<Box<str>>>,
    /// Characters that no noun phrase runs over.
    stops: Vec<char>,
}

impl Scaled {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let longest_first = |name: &str| {
            let mut words: Vec<Box<str>> = rules.list(name).iter().map(|word| word.as_str().into()).collect();
            words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            words
        };
        let mut nouns: FxHashMap<char, Vec<Box<str>>> = FxHashMap::default();
        let mut subjects = FxHashMap::<char, Vec<_>>::default();
        let mut add = |subject: &str, unit: &str| {
            subjects.entry(last(subject)).or_default().push((subject.into(), unit.into()));
        };
        for entry in longest_first("zh.figure.nouns") {
            match entry.split_once('=') {
                Some((subject, unit)) => add(subject, unit),
                None => {
                    add(&entry, &entry);
                    if let Some(first) = entry.chars().next() {
                        nouns.entry(first).or_default().push(entry);
                    }
                }
            }
        }
        let mut links: FxHashMap<char, Vec<Box<str>>> = FxHashMap::default();
        longest_first("zh.figure.links").into_iter().for_each(|link| links.entry(last(&link)).or_default().push(link));
        Self {
            rule: rules.expect_id("zh.figure.scaled"),
            nouns,
            subjects,
            links,
            stops: rules.list("zh.figure.noun_stops").iter().filter_map(|stop| stop.chars().next()).collect(),
        }
    }

    pub(super) fn find(&self, text: &str, numerals: &[Numeral], out: &mut Vec<Mention>) {
        for (index, numeral) in numerals.iter().enumerate() {
            let Some(number) = numeral.number.filter(|_| counts(text, numeral)) else { continue };
            let low = index.checked_sub(1).map(|i| &numerals[i]).and_then(|low| lower_end(text, low, numeral, number));
            let (start, extent) = match low {
                Some((start, low)) => (start, Extent::Range(low, number)),
                None => (numeral.span.start(), Extent::Single(number)),
            };
            let right = &text[numeral.span.end()..];
            let sign = latin_unit(right);
            let noun = Some(sign)
                .filter(|sign| !sign.is_empty())
                .or_else(|| self.behind(right))
                .or_else(|| self.before(&text[..start]));
            let unit = noun.map_or(Unit::None, |noun| Unit::Of(noun.into()));
            out.push(Mention {
                span: Span::of(start, numeral.span.end() + sign.len()),
                kind: Kind::Figure,
                rule: self.rule,
                nested: false,
                ends: None,
                value: Value::Amount(Amount { extent, unit, modifier: numeral.modifier, per: None }),
            });
        }
    }

    /// 农业转移人口 in 以上农业转移人口落户: what stands behind a number up to the end of the first noun.
    fn behind<'t>(&self, right: &'t str) -> Option<&'t str> {
        let phrase = SIDES.iter().find_map(|side| right.strip_prefix(side)).unwrap_or(right);
        for (at, c) in phrase.char_indices().take(REACH) {
            if !is_han(c) || self.stops.contains(&c) {
                return None;
            }
            let noun =
                self.nouns.get(&c).and_then(|nouns| nouns.iter().find(|noun| phrase[at..].starts_with(&***noun)));
            if let Some(noun) = noun {
                return phrase.get(..at + noun.len());
            }
        }
        None
    }

    /// 人口 in 城区常住人口达到: the noun that ends what stands before a number, linking words left out.
    fn before(&self, left: &str) -> Option<&str> {
        let mut left = left.trim_end_matches(' ');
        for _ in 0..=MOST_LINKS {
            let end = last(left);
            let subjects = self.subjects.get(&end).map_or(&[][..], Vec::as_slice);
            if let Some((_, unit)) = subjects.iter().find(|(subject, _)| left.ends_with(&**subject)) {
                return Some(unit);
            }
            left = self.links.get(&end)?.iter().find_map(|link| left.strip_suffix(&**link))?;
        }
        None
    }
}

/// 9.4万P, 93.6亿G: a sign in Latin letters that ends with them; A股 is a noun.
fn latin_unit(right: &str) -> &str {
    let letters = right.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (sign, rest) = right.split_at(letters);
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    if ends && letters <= LONGEST_SIGN { sign } else { "" }
}

/// PFLOPS
const LONGEST_SIGN: usize = 6;

/// What may stand between a number and its noun.
const SIDES: [&str; 4] = ["以上", "以下", "左右", "以上的"];

/// Whether a numeral ends in 万 or 亿 and tells how many: not 1：5万 and 22/10万, not a slogan or a name.
fn counts(text: &str, numeral: &Numeral) -> bool {
    if numeral.scale < 4 || numeral.glued || !matches!(numeral.style, Style::Arabic | Style::Han) {
        return false;
    }
    let (left, right) = (&text[..numeral.span.start()], &text[numeral.span.end()..]);
    let written = text[numeral.span.range()].trim_end_matches(['余', '餘', '多', '几', '幾']);
    let ratio = |c: char| matches!(c, ':' | '：' | '∶' | '/' | '-' | '·' | '.');
    written.ends_with(['万', '萬', '亿', '億'])
        // 十百千万工程
        && !written.contains("十百")
        && !written.contains("百千")
        && !left.ends_with(ratio)
        // “三千亿”工程, 不怕一万, 十万大山
        && !(numeral.style == Style::Han && (left.ends_with(['“', '怕']) || right.starts_with('大')))
        && !right.starts_with(['分', '一', '工', '年', '级', '級', '+'])
        && !scan::tells_which(text, numeral)
}

/// 50万至100万: the number before is the lower end of a range.
fn lower_end(text: &str, low: &Numeral, high: &Numeral, upper: Number) -> Option<(usize, Number)> {
    let between = text[low.span.end()..high.span.start()].trim_matches(' ');
    let joined = matches!(between, "至" | "到" | "-" | "—" | "–" | "~" | "～" | "－" | "——");
    if !joined || low.glued || low.digits == 4 && low.scale == 0 || scan::tells_which(text, low) {
        return None;
    }
    let least = amount::shared_scale(low, Some(high), upper)?;
    (least.compare(upper)? == Ordering::Less).then_some((low.span.start(), least))
}

fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or_default()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
