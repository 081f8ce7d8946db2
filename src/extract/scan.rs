//! One pass over the text that says where each pattern could begin.
//!
//! Hundreds of rules tried at each place would cost as many passes. Every pattern names the words or the number it
//! can begin with; those words are looked for together, and numbers are already known. So a rule is tried only
//! where its first part stands, and a number only with the rules that fit the character behind it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::triggers::Triggers;
use crate::{
    ruleset::{
        Name, Rule, RuleId, Ruleset,
        pattern::{
            Branch, Candidates, Filled, Found, Haystack, Pattern, Prefixes, Start, blank_length, head, heads,
            literal_end,
        },
    },
    text::Span,
    value::{
        Kind, Number,
        numeral::{self, Numeral, Style},
    },
};

/// A pattern: its rule, its position in it, whether it begins with a number that tells how many.
type PatternAt = (u16, u16, bool);

/// All patterns of a ruleset, ready to be looked for.
#[derive(Debug)]
pub(super) struct Scanner {
    /// Where to go on in `prefixes` behind the words that patterns begin with.
    words: Triggers<Trigger>,
    /// Patterns that begin with a number.
    number: Branch,
    prefixes: Prefixes<PatternAt>,
    kinds: Vec<Kind>,
    /// What may stand around the matches of each rule.
    contexts: Vec<Context>,
}

/// What a word at the beginning of patterns leads to.
#[derive(Clone, Debug, Default)]
struct Trigger {
    behind: Option<(Branch, Reach)>,
    /// Longer phrases that begin with it.
    longer: Vec<(Box<str>, (Branch, Reach))>,
}

/// The most bytes from a word to the number that its patterns need, blanks left out; `None` where one needs no number.
type Reach = Option<usize>;

/// A match with what it was matched by.
#[derive(Clone, Copy)]
pub(super) struct Match<'a> {
    /// The text and its numerals.
    pub(super) hay: &'a Haystack<'a>,
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Its number.
    pub(super) id: RuleId,
    /// Its kind.
    pub(super) kind: Kind,
    /// The pattern of the rule that matched.
    pub(super) pattern: &'a Pattern,
    /// What filled the holes.
    pub(super) found: &'a Found,
    /// First byte.
    pub(super) start: usize,
}

impl Scanner {
    /// Prepares the patterns of the rules that `wanted` picks.
    #[must_use]
    pub(super) fn new(rules: &Ruleset, wanted: impl Fn(&Rule) -> bool) -> Self {
        let mut prefixes = Prefixes::default();
        let number = prefixes.branch();
        let mut texts = BTreeMap::<Box<str>, (Branch, Reach)>::new();
        for (r, rule) in (0..).zip(&rules.rules).filter(|(_, rule)| wanted(rule)) {
            let quantity = matches!(Kind::from_name(&rule.entry.kind), Some(Kind::Figure | Kind::Duration));
            for (p, pattern) in (0..).zip(&rule.patterns) {
                let counts = quantity && pattern.counts();
                let reach = pattern.before_number(&rules.tables);
                prefixes.add(pattern, (r, p, counts), &rules.tables, |prefixes, start| match start {
                    Start::Number => number,
                    Start::Text(text) => {
                        let text = text.to_ascii_lowercase().into_boxed_str();
                        let (branch, farthest) = texts.entry(text).or_insert_with(|| (prefixes.branch(), Some(0)));
                        *farthest = farthest.zip(reach).map(|(a, b)| a.max(b));
                        *branch
                    }
                });
            }
        }
        let mut words = BTreeMap::<String, Trigger>::new();
        for (text, branch) in texts.into_iter().filter(|(text, _)| !text.is_empty()) {
            let (triggers, whole) = triggers(&text);
            for trigger in triggers {
                let trigger = words.entry(trigger).or_default();
                if whole {
                    trigger.behind = Some(branch);
                } else {
                    trigger.longer.push((text.clone(), branch));
                }
            }
        }
        words.values_mut().for_each(|trigger| trigger.longer.sort_by(|a, b| a.0.cmp(&b.0)));
        let kinds = rules.rules.iter().map(|r| Kind::from_name(&r.entry.kind).unwrap_or(Kind::Figure)).collect();
        let contexts = rules.rules.iter().map(Context::of).collect();
        Self { words: Triggers::new(words), number, prefixes, kinds, contexts }
    }

    /// The words that patterns begin with, each with those that must follow it, where nothing else may.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, Option<Vec<&str>>)> {
        self.words.words().map(|(word, trigger)| {
            let alone = trigger.behind.filter(|_| trigger.longer.is_empty());
            (word, alone.and_then(|(branch, _)| self.followers(branch)))
        })
    }

    fn followers(&self, branch: Branch) -> Option<Vec<&str>> {
        let (mut words, number) = self.prefixes.followers(branch)?;
        words.extend(numeral::OPENING_WORDS.iter().copied().filter(|_| number));
        Some(words)
    }

    /// Calls back with every match, in no particular order. `places` are those where one of the words may begin.
    pub(super) fn scan(
        &self,
        rules: &Ruleset,
        text: &str,
        numerals: &[Numeral],
        places: &[u32],
        mut each: impl FnMut(Match<'_>),
    ) {
        let hay = Haystack::new(text, numerals, &rules.tables);
        let (mut found, mut candidates) = (Found::default(), Candidates::default());
        let mut try_all = |branch: Branch, start: usize, at: usize, numeral: Option<&Numeral>| {
            let candidates = self.prefixes.find(branch, &hay, at, &mut candidates);
            let which = numeral
                .is_some_and(|numeral| candidates.iter().any(|&(_, _, counts)| counts) && tells_which(text, numeral));
            for &(r, p, counts) in candidates {
                if !(counts && which) {
                    self.attempt(rules, &hay, (r, p), start, &mut found, &mut each);
                }
            }
        };
        let mut passed = 0;
        self.words.find(text, places, |start, end, trigger| {
            passed += numerals[passed..].iter().take_while(|n| n.span.start() < start).count();
            let number = numerals.get(passed).map(|n| n.span.start());
            let reaches =
                |reach: Reach| reach.is_none_or(|reach| number.is_some_and(|at| near(text, start, at, reach)));
            if let Some((branch, _)) = trigger.behind.filter(|&(_, reach)| reaches(reach)) {
                try_all(branch, start, end, None);
            }
            for (phrase, (branch, reach)) in &trigger.longer {
                if reaches(*reach)
                    && let Some(end) = literal_end(text.as_bytes(), start, phrase)
                {
                    try_all(*branch, start, end, None);
                }
            }
        });
        // C919 is a name.
        for numeral in numerals.iter().filter(|numeral| !numeral.glued) {
            try_all(self.number, numeral.span.start(), numeral.span.start(), Some(numeral));
        }
    }

    fn attempt(
        &self,
        rules: &Ruleset,
        hay: &Haystack<'_>,
        (r, p): (u16, u16),
        start: usize,
        found: &mut Found,
        each: &mut impl FnMut(Match<'_>),
    ) {
        let rule = &rules.rules[usize::from(r)];
        let pattern = &rule.patterns[usize::from(p)];
        if pattern.match_at(hay, start, found) && self.contexts[usize::from(r)].allows(hay.text, start, found.end) {
            each(Match { hay, rule, id: RuleId(r), kind: self.kinds[usize::from(r)], pattern, found, start });
        }
    }
}

/// Whether at most so many bytes stand between two places, blanks left out.
fn near(text: &str, from: usize, to: usize, reach: usize) -> bool {
    let mut between = text.as_bytes()[from..to].iter().filter(|&&byte| byte != b' ' && byte != b'\n');
    to - from <= reach || between.nth(reach).is_none()
}

/// Characters between 第 and the last number of its label, at most.
const LONGEST_LABEL: usize = 16;

/// 第三 and 第34 tell which, not how many.
pub(super) fn tells_which(text: &str, numeral: &Numeral) -> bool {
    let left = text[..numeral.span.start()].trim_end_matches(' ');
    match numeral.style {
        Style::Han => left.ends_with('第') || left.ends_with(['“', '「']) && !is_quoted_number(text, numeral.span),
        // 第34次, 第 2-1 條, 第5.5.17条
        Style::Arabic => {
            let label = |c: &char| !(c.is_ascii_digit() || matches!(c, '-' | ' ' | '.'));
            left.chars().rev().take(LONGEST_LABEL).find(label) == Some('第')
        }
        Style::Formal | Style::Words => false,
    }
}

/// 将“三年”修改为“五年”, “三日”，是指工作日, 处“五年以下有期徒刑”: quoted to be changed, explained or applied, and no name
/// such as “四个意识”.
fn is_quoted_number(text: &str, numeral: Span) -> bool {
    const CHANGES: [&str; 8] = ["修改为", "修改為", "改为", "改為", "修正为", "修正為", "调整为", "調整為"];
    let left = text[..numeral.start()].trim_end_matches(['“', '「', ' ']);
    // “二十多年前，这里…: a sentence that is quoted.
    let told = ["年前", "多年前", "余年前", "年来", "多年来", "个月前"];
    if CHANGES.iter().any(|word| left.ends_with(word))
        || is_bound(&text[numeral.end()..])
        || told.iter().any(|word| text[numeral.end()..].starts_with(word))
    {
        return true;
    }
    let near = &text[numeral.end()..text.floor_char_boundary(numeral.end() + LONGEST_QUOTE)];
    let Some((_, behind)) = near.split_once(['”', '」']) else { return false };
    let explained = behind.split(['。', '；', '\n']).next().is_some_and(|clause| clause.contains("是指"));
    explained || CHANGES.iter().any(|word| behind.starts_with(word))
}

/// Whether a text opens with a unit and the side of a bound: 年以下, 日内.
fn is_bound(behind: &str) -> bool {
    const UNITS: [&str; 16] = [
        "年",
        "个月",
        "個月",
        "个工作日",
        "個工作日",
        "日",
        "天",
        "小时",
        "小時",
        "元",
        "万元",
        "萬元",
        "倍",
        "人",
        "周",
        "公里",
    ];
    const SIDES: [&str; 6] = ["以上", "以下", "以内", "以內", "内", "內"];
    let sides = |rest: &str| SIDES.iter().any(|side| rest.starts_with(side));
    UNITS.iter().filter_map(|unit| behind.strip_prefix(unit)).any(sides)
}

/// So many bytes behind a number its closing quotation mark and what follows are looked for.
const LONGEST_QUOTE: usize = 60;

/// What is looked for in the text to find words that a pattern begins with, and whether that is all of them: the first
/// two, since "the" alone stands everywhere, with a blank or a line end between.
fn triggers(words: &str) -> (Vec<String>, bool) {
    let begin = words.match_indices(' ').nth(1).map_or(words, |(at, _)| &words[..at]);
    let triggers = match begin.split_once(' ') {
        Some((first, second)) => vec![format!("{first} {second}")],
        None => vec![words.to_owned()],
    };
    (triggers, begin == words)
}

/// The words that must and must not stand around a match, as a rule lists them.
#[derive(Debug)]
struct Context {
    followed_by: Option<Ahead>,
    not_followed_by: Option<Ahead>,
    preceded_by: Option<Before>,
    not_preceded_by: Option<Before>,
}

/// Words that may stand behind a match, by head.
#[derive(Debug, Default)]
struct Ahead {
    words: FxHashMap<u32, Vec<Box<str>>>,
    /// The end of what is written.
    end: bool,
}

/// Words that may stand before a match, by last byte.
#[derive(Debug, Default)]
struct Before(FxHashMap<u8, Vec<Box<str>>>);

impl Context {
    fn of(rule: &Rule) -> Self {
        let entry = &rule.entry;
        let ahead = |words: &[String]| (!words.is_empty()).then(|| Ahead::of(words));
        let before = |words: &[String]| (!words.is_empty()).then(|| Before::of(words));
        Self {
            followed_by: ahead(&entry.followed_by),
            not_followed_by: ahead(&entry.not_followed_by),
            preceded_by: before(&entry.preceded_by),
            not_preceded_by: before(&entry.not_preceded_by),
        }
    }

    fn allows(&self, text: &str, start: usize, end: usize) -> bool {
        let left = || text[..start].trim_end_matches([' ', '\n']);
        self.followed_by.as_ref().is_none_or(|words| words.stand(text, end))
            && self.not_followed_by.as_ref().is_none_or(|words| !words.stand(text, end))
            && self.preceded_by.as_ref().is_none_or(|words| words.end(left()))
            && self.not_preceded_by.as_ref().is_none_or(|words| !words.end(left()))
    }
}

impl Ahead {
    fn of(words: &[String]) -> Self {
        let mut ahead = Self::default();
        for word in words {
            match word.as_str() {
                "\n" => ahead.end = true,
                word => ahead.words.entry(head(word.as_bytes())).or_default().push(word.into()),
            }
        }
        ahead
    }

    /// Whether one of the words stands at a place, or behind the blanks there.
    fn stand(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let stands = |at: usize| {
            let mut words = heads(&bytes[at..]).filter_map(|head| self.words.get(&head)).flatten();
            words.any(|word| literal_end(bytes, at, word).is_some())
        };
        let behind = at + blank_length(&bytes[at..]);
        // A line end stands for the end of what is written.
        let ends = || text[at..].trim_start_matches(' ').bytes().next().is_none_or(|b| b == b'\n');
        stands(at) || behind > at && stands(behind) || self.end && ends()
    }
}

impl Before {
    fn of(words: &[String]) -> Self {
        let mut before = Self::default();
        for word in words {
            let last = word.bytes().last().unwrap_or_default().to_ascii_lowercase();
            before.0.entry(last).or_default().push(word.as_str().into());
        }
        before
    }

    /// Whether a text ends with one of the words.
    fn end(&self, text: &str) -> bool {
        let words = text.bytes().last().and_then(|last| self.0.get(&last.to_ascii_lowercase()));
        words.is_some_and(|words| words.iter().any(|word| ends_with_word(text, word)))
    }
}

/// Whether the text ends with these words, Latin letters in either case, blanks of any length and not within a longer word.
#[must_use]
pub(super) fn ends_with_word(left: &str, word: &str) -> bool {
    let bytes = left.as_bytes();
    let (before, last) = word.rsplit_once(' ').map_or((None, word), |(before, last)| (Some(before), last));
    let wanted = last.as_bytes();
    let Some(start) = bytes.len().checked_sub(wanted.len()) else { return false };
    if !bytes[start..].eq_ignore_ascii_case(wanted) {
        return false;
    }
    if let Some(before) = before {
        let blanks = bytes[..start].iter().rev().take_while(|&&b| b == b' ' || b == b'\n').count();
        return blanks > 0 && ends_with_word(&left[..start - blanks], before);
    }
    !(wanted.first().is_some_and(u8::is_ascii_alphabetic) && start > 0 && bytes[start - 1].is_ascii_alphabetic())
}

impl<'a> Match<'a> {
    /// One past the last byte.
    #[must_use]
    pub(super) const fn end(&self) -> usize {
        self.found.end
    }

    /// The numeral in a hole.
    #[inline(always)]
    #[must_use]
    pub(super) fn numeral(&self, name: &str) -> Option<&'a Numeral> {
        self.numeral_of(Name::of(name))
    }

    fn numeral_of(&self, name: Name) -> Option<&'a Numeral> {
        match self.pattern.hole(self.found, name)? {
            Filled::Numeral(i) => self.hay.numerals.get(i as usize),
            Filled::Word { .. } => None,
        }
    }

    /// The number in a hole: a numeral's, or a word's meaning.
    #[inline(always)]
    #[must_use]
    pub(super) fn number(&self, name: &str) -> Option<Number> {
        self.number_of(Name::of(name))
    }

    fn number_of(&self, name: Name) -> Option<Number> {
        match self.numeral_of(name) {
            Some(numeral) => numeral.number,
            None => Number::parse(self.code_of(name)?),
        }
    }

    /// A small whole number in a hole.
    #[inline(always)]
    #[must_use]
    pub(super) fn int(&self, name: &str) -> Option<i16> {
        self.number(name)?.to_u32().and_then(|n| i16::try_from(n).ok())
    }

    /// The meaning of the word in a hole, or what the rule gives under this name.
    #[inline(always)]
    #[must_use]
    pub(super) fn code(&self, name: &str) -> Option<&'a str> {
        self.code_of(Name::of(name))
    }

    fn code_of(&self, name: Name) -> Option<&'a str> {
        match self.pattern.hole(self.found, name) {
            Some(Filled::Word { table, entry }) => {
                Some(&self.hay.tables.get(usize::from(table))?.entries.get(usize::from(entry))?.1)
            }
            _ => self.rule.given(name),
        }
    }

    /// Whether a word of one Latin letter, if that ends the match, is spelled as the table has it.
    #[must_use]
    pub(super) fn spelled(&self, name: &str) -> bool {
        let Some(Filled::Word { table, .. }) = self.pattern.hole(self.found, Name::of(name)) else { return true };
        match self.word(name).map(str::as_bytes) {
            Some([letter]) if letter.is_ascii_alphabetic() => {
                let said = self.hay.text.as_bytes()[self.end() - 1];
                let entries = self.hay.tables.get(usize::from(table)).map_or(&[][..], |table| &table.entries);
                !said.eq_ignore_ascii_case(letter) || entries.iter().any(|(word, _)| word.as_bytes() == [said])
            }
            // 1.5MA is no thousandth of an ampere.
            Some([b'm', unit]) if unit.is_ascii_uppercase() => {
                let end = self.end();
                !self.hay.text.as_bytes()[..end].ends_with(&[b'M', *unit])
            }
            _ => true,
        }
    }

    /// The words that fill a hole, as written.
    #[must_use]
    pub(super) fn word(&self, name: &str) -> Option<&'a str> {
        match self.pattern.hole(self.found, Name::of(name))? {
            Filled::Word { table, entry } => {
                Some(&self.hay.tables.get(usize::from(table))?.entries.get(usize::from(entry))?.0)
            }
            Filled::Numeral(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::anchors::Anchors, ruleset};

    /// Where each rule matches, if the words of patterns are looked for at these places.
    fn matches(rules: &Ruleset, scanner: &Scanner, text: &str, places: &[u32]) -> Vec<(u16, usize, usize)> {
        let mut found = Vec::new();
        let numerals = numeral::scan(text);
        scanner.scan(rules, text, &numerals, places, |hit| found.push((hit.id.0, hit.start, hit.end())));
        found.sort_unstable();
        found
    }

    #[test]
    fn anchors_leave_out_no_place_where_a_pattern_matches() {
        let rules = ruleset::load(None).unwrap();
        let scanner = Scanner::new(&rules, |_| true);
        let anchors = Anchors::new(scanner.words(), std::iter::empty());
        let cases =
            rules.rules.iter().flat_map(|rule| rule.entry.case.iter().map(|case| &case.text).chain(&rule.entry.not));
        for text in cases {
            let letter = |at: usize| text.as_bytes()[at].is_ascii_alphabetic();
            let everywhere =
                (0..text.len()).filter(|&at| text.is_char_boundary(at) && !(at > 0 && letter(at) && letter(at - 1)));
            let everywhere: Vec<u32> = everywhere.map(|at| at as u32).collect();
            let wanted = matches(&rules, &scanner, text, &everywhere);
            assert_eq!(matches(&rules, &scanner, text, &anchors.find(text).words), wanted, "{text}");
        }
    }
}
