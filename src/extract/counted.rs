//! Numbers that count a plain English noun: "12.44 million urban jobs", "two actions", "fewer than 250 employees".
//!
//! English has no measure words, so the noun itself tells a quantity from a page or section number. The mention
//! is the number; its unit is the noun with the words between, singular.

mod noun;

use std::cmp::Ordering;

use self::noun::word_length;
use super::{
    amount,
    mention::{Mention, Value},
    scan::ends_with_word,
};
use crate::{
    ruleset::{RuleId, Ruleset},
    text::Span,
    value::{
        Amount, Extent, Kind, Modifier, Number, Unit,
        numeral::{Numeral, Style},
    },
};

/// Whether a text ends with 's.
pub(super) fn is_possessive(left: &str) -> bool {
    left.strip_suffix('s').is_some_and(|word| word.ends_with(['\'', '’']))
}

/// Bytes before a number in which a list of divisions that it ends must begin.
const LONGEST_LIST: usize = 80;

/// "Secs.", with its point.
const LONGEST_ABBREVIATION: usize = 5;

/// The rule `en.figure.counted` with its word lists.
#[derive(Debug)]
pub(super) struct Counted {
    rule: RuleId,
    stops: Vec<String>,
    labels: Vec<String>,
    divisions: Vec<String>,
    /// Words that point at divisions: "the preceding two paragraphs".
    backward: Vec<String>,
    /// Nouns that a hyphen joins to their number: "a 12-member panel".
    members: Vec<String>,
    plurals: Vec<(String, String)>,
    /// Behind the number of a house: "306 Pickens Street".
    streets: Vec<String>,
    /// What a year counts only as its own: "2020 prices".
    dated: Vec<String>,
    /// Behind "zero" that counts nothing: "zero tariffs".
    aims: Vec<String>,
    /// Names of several with a number in them: "the two highs".
    collectives: Vec<String>,
    /// Before two numbers that say a change: "rose", "fell".
    moves: Vec<String>,
}

impl Counted {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let sorted = |name: &str, more: &str| {
            let mut list = [rules.list(name), rules.list(more)].concat();
            list.sort_unstable();
            list
        };
        let plurals = rules
            .list("en.figure.plurals")
            .iter()
            .filter_map(|p| p.split_once('='))
            .map(|(p, s)| (p.to_owned(), s.to_owned()))
            .collect();
        Self {
            rule: rules.expect_id("en.figure.counted"),
            stops: sorted("en.figure.stops", "en.figure.months"),
            labels: sorted("en.figure.labels", "en.figure.months"),
            divisions: sorted("en.figure.divisions", ""),
            backward: sorted("en.figure.backward", ""),
            members: sorted("en.figure.members", ""),
            plurals,
            streets: sorted("en.figure.streets", ""),
            dated: sorted("en.figure.dated_nouns", ""),
            aims: sorted("en.figure.zero_aims", ""),
            collectives: sorted("en.figure.collectives", ""),
            moves: sorted("en.figure.changing", "en.figure.falling"),
        }
    }

    pub(super) fn find(&self, text: &str, numerals: &[Numeral], out: &mut Vec<Mention>) {
        for (index, numeral) in numerals.iter().enumerate() {
            let Some(number) = numeral.number else { continue };
            if !counts(numeral) || number == Number::whole(1) {
                continue;
            }
            let (start, end) = (numeral.span.start(), numeral.span.end());
            let out_of = || self.out_of(text, numeral, numerals.get(index + 1)?);
            let Some((unit, behind)) = self.noun(text, end).or_else(out_of) else { continue };
            let before = index.checked_sub(1).map(|i| &numerals[i]);
            let low = before.and_then(|low| {
                let (least, modifier) = self.lower_end(text, low, numeral)?;
                Some((low, least, modifier))
            });
            // "regulations 4 to 7 make changes"
            if low.is_none() && before.is_some_and(|low| self.ends_labels(text, low, numeral)) {
                continue;
            }
            // In "13-15 members" the dash before 15 makes no label of it.
            if self.is_label(text, low.map_or(start, |(low, ..)| low.span.start()), end) {
                continue;
            }
            // "The 1949 Geneva Convention still binds": the year of what has a name.
            let before_name =
                || text[end..].trim_start_matches([' ', '\n']).starts_with(|c: char| c.is_ascii_uppercase());
            let article = || {
                let left = text[..start].trim_end_matches([' ', '\n']);
                let the = |left: &str| ends_with_word(left, "the") || ends_with_word(left, "The");
                // "the older 1949 Geneva Convention"
                the(left) || the(left.trim_end_matches(|c: char| c.is_ascii_lowercase()).trim_end_matches(' '))
            };
            if low.is_none() && is_year(&text[..end]) && before_name() && article() {
                continue;
            }
            // "at 2020 prices" are those of a year.
            if is_year(&text[..end]) && self.dated.binary_search(&unit).is_ok() {
                continue;
            }
            // "zero tariffs", "net zero emissions": names of aims.
            let none = numeral.style == Style::Words && number == Number::whole(0);
            let aim = |word: &str| self.aims.binary_search_by(|aim| aim.as_str().cmp(word)).is_ok();
            if none && (aim(unit.rsplit(' ').next().unwrap_or(&unit)) || unit.starts_with(|c: char| c.is_uppercase())) {
                continue;
            }
            // "the two highs", "the three represents": names of what everyone knows.
            let named = text.get(start..behind).is_some_and(|words| {
                numeral.style == Style::Words
                    && ends_with_word(text[..start].trim_end_matches([' ', '\n']), "the")
                    && self.collectives.binary_search(&words.to_ascii_lowercase()).is_ok()
            });
            if named {
                continue;
            }
            if self.points_back(&text[..start], &unit) || self.is_address(&text[behind..], &unit) {
                continue;
            }
            // "Revisions to Four Articles" still counts them.
            let division = self.divisions.binary_search(&unit.to_ascii_lowercase()).is_ok();
            if !division && is_name(text, numeral, &unit) {
                continue;
            }
            // "fell by 12 thousand to 61 thousand cases", "expands it from 278 to 310 articles": two, then and now.
            let low = match low {
                Some((first, least, _)) if self.changes(text, first, numeral, least, number) => {
                    out.push(self.figure(first.span, Extent::Single(least), unit.clone(), first.modifier));
                    None
                }
                low => low,
            };
            let (span, extent, bound) = match low {
                Some((low, least, bound)) => (Span::of(low.span.start(), end), Extent::Range(least, number), bound),
                None => (numeral.span, Extent::Single(number), None),
            };
            let modifier = bound.or(numeral.modifier).or_else(|| side(text, behind));
            out.push(self.figure(span, extent, unit, modifier));
        }
    }

    fn figure(&self, span: Span, extent: Extent, unit: String, modifier: Option<Modifier>) -> Mention {
        let amount = Amount { extent, unit: Unit::Of(unit.into()), modifier, per: None };
        Mention { span, kind: Kind::Figure, rule: self.rule, nested: false, ends: None, value: Value::Amount(amount) }
    }

    /// Whether a sentence goes on behind a noun: " were flooded", " of corn", not " technology".
    fn goes_on(&self, behind: &str) -> bool {
        let Some(next) = behind.strip_prefix(' ') else { return behind.starts_with([',', '.']) };
        let word = next[..word_length(next.as_bytes())].to_ascii_lowercase();
        self.stops.binary_search(&word).is_ok()
    }

    /// Whether "to" leads from what was to what is: behind "expands it from", and behind "fell by" where the difference is far smaller.
    fn changes(&self, text: &str, low: &Numeral, high: &Numeral, least: Number, most: Number) -> bool {
        const WORDS: usize = 8;
        const FAR: usize = 120;
        if text[low.span.end()..high.span.start()].trim_matches([' ', '\n']) != "to" {
            return false;
        }
        let left = &text[text.floor_char_boundary(low.span.start().saturating_sub(FAR))..low.span.start()];
        let left = left.trim_end_matches([' ', '\n']);
        let clause = left.rfind(['.', ';', ':']).map_or(left, |at| &left[at + 1..]);
        let moves = clause.rsplit([' ', '\n']).take(WORDS).any(|word| self.moves.iter().any(|verb| verb == word));
        // "could rise by 20 to 60 centimetres" is a range.
        let may = clause
            .split([' ', '\n'])
            .any(|word| matches!(word, "could" | "would" | "may" | "might" | "will" | "to" | "can"));
        let four = || least.plus(least).and_then(|two| two.plus(two));
        let far = || four().is_some_and(|four| four.compare(most) == Some(Ordering::Less));
        moves && (ends_with_word(left, "from") || ends_with_word(left, "by") && !may && far())
    }

    /// "the previous three Articles", "the two preceding paragraphs": divisions that are pointed at, not counted.
    fn points_back(&self, left: &str, unit: &str) -> bool {
        let backward = |word: &str| self.backward.binary_search(&word.to_ascii_lowercase()).is_ok();
        let mut words = unit.split(' ');
        let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or(unit));
        let left = left.trim_end_matches([' ', '\n']);
        let before = &left[left.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
        self.divisions.binary_search(&last.to_ascii_lowercase()).is_ok() && (backward(before) || backward(first))
    }

    /// "306 Pickens Street", "2800 South Adams": the number of a house.
    fn is_address(&self, behind: &str, unit: &str) -> bool {
        let named = unit.starts_with(|c: char| c.is_ascii_uppercase());
        let next = behind.trim_start_matches([' ', '\n']);
        let next = &next[..word_length(next.as_bytes())];
        let side = ["North ", "South ", "East ", "West "].iter().any(|side| unit.starts_with(side));
        named && (side || self.streets.binary_search_by(|street| street.as_str().cmp(next)).is_ok())
    }

    /// "43 of 50 states", "120 of the 300 applications": a number out of the next one, with its noun and where that ends.
    fn out_of(&self, text: &str, part: &Numeral, whole: &Numeral) -> Option<(String, usize)> {
        let mut between = text[part.span.end()..whole.span.start()].split([' ', '\n']).filter(|word| !word.is_empty());
        let joined = between.next() == Some("of")
            && between.next().is_none_or(|word| matches!(word, "the" | "all" | "its" | "our" | "their"))
            && between.next().is_none();
        // "the 2019 Regulations" are those of a year.
        let counted = joined && counts(whole) && !is_year(&text[..whole.span.end()]);
        let fits = counted && part.number?.compare(whole.number?)? != Ordering::Greater;
        if fits { self.noun(text, whole.span.end()) } else { None }
    }

    /// "two to three times", "10-15 projects", "100,000 but fewer than 1 million individuals": the number before is the lower
    /// end of a range; and what is said of the upper one.
    fn lower_end(&self, text: &str, low: &Numeral, high: &Numeral) -> Option<(Number, Option<Modifier>)> {
        let between = &text[low.span.end()..high.span.start()];
        let left = text[..low.span.start()].trim_end_matches([' ', '\n']);
        let mut bound = None;
        let joined = match between.trim_matches([' ', '\n']) {
            "to" => true,
            "and" => ends_with_word(left, "between"),
            words => {
                let words = words.strip_prefix("or more ").unwrap_or(words);
                let upper = words.strip_prefix("but ").or_else(|| words.strip_prefix("and ")).unwrap_or_default();
                let known = UPPER.iter().find(|(word, _)| *word == upper);
                bound = known.and_then(|&(_, bound)| bound);
                known.is_some() || matches!(between, "-" | "–")
            }
        };
        // "the 2019-2020 programs" are those of two years.
        let years = is_year(&text[..low.span.end()]) && low.digits == 4 && between.len() == 1;
        if !joined || years || !counts(low) {
            return None;
        }
        let least = amount::shared_scale(low, Some(high), high.number?)?;
        let ascends = least.compare(high.number?)? == Ordering::Less;
        (ascends && !self.is_label(text, low.span.start(), low.span.end())).then_some((least, bound))
    }

    /// "regulations 4 to 7 make": the upper end of a range of labels.
    fn ends_labels(&self, text: &str, low: &Numeral, high: &Numeral) -> bool {
        let between = text[low.span.end()..high.span.start()].trim_matches([' ', '\n']);
        matches!(between, "to" | "-" | "–") && self.is_label(text, low.span.start(), low.span.end())
    }

    /// "Section 301 investigations", "page 12", "(12) persons": a label, not a count.
    fn is_label(&self, text: &str, start: usize, end: usize) -> bool {
        let left = text[..start].trim_end_matches([' ', '\n']);
        // "6 Directors, Alternate Directors": the number of a section, at the start of a line.
        let digits = text[start..end].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
            && end - start <= 5;
        // "## 10.2 Usability Considerations"
        let above = left.trim_end_matches(['#', '*', '\t']).trim_end_matches([' ', '\n']);
        let heading = || text[end..].trim_start().starts_with(|c: char| c.is_ascii_uppercase());
        if digits && (above.is_empty() || text[above.len()..start].contains('\n')) && heading() {
            return true;
        }
        // "(two actions)" counts.
        if left.ends_with('(') && !text[end..].starts_with(')') {
            return false;
        }
        // A link whose words begin with a number: "[20 million Americans](https://…)", but not the footnote [20].
        if left.ends_with('[') && !text[end..].starts_with(']') {
            return false;
        }
        // "Art. 8 ¶ 3 still trips"
        if left.ends_with(['¶', '§']) {
            return true;
        }
        // '"12 villages were flooded," he said.': what is quoted goes on behind the noun.
        let speech = left.ends_with(['“', '"'])
            && self.noun(text, end).is_some_and(|(unit, behind)| {
                !unit.contains(|c: char| c.is_ascii_uppercase()) && self.goes_on(&text[behind..])
            })
            && text[start..].starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if left.ends_with(['$', '€', '£', '(', '[', '#', '/', '.', '-', '–', '§', '^', '“', '"', ':'])
            && !speech
            && !left.ends_with(". ")
            // "1.Nine articles promulgated": the label of a list is glued to what follows.
            && !(is_list_label(left) && text[start..].starts_with(|c: char| c.is_ascii_uppercase()))
            && left.len() == start
        {
            return true;
        }
        // "CHAPTER – 5 Reserved Military Men"
        let left = left.trim_end_matches([' ', '–', '—']);
        let word: String = left
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_alphabetic() || *c == '.')
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        // "The bureau held cases. Eighteen suggestions": a sentence ends there.
        if word.ends_with('.')
            && word.len() > LONGEST_ABBREVIATION
            && (text[start..].starts_with(|c: char| c.is_ascii_uppercase())
                || left.len() < start && !matches!(word.to_ascii_lowercase().as_str(), "paras." | "chaps." | "subsec."))
        {
            return false;
        }
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        // "s. 5" is a section, "Greenwood's 10,000 residents" are people.
        self.labels.binary_search(&word).is_ok() && !is_possessive(left)
            || matches!(word.as_str(), "or" | "and") && self.divides(left, word == "and")
    }

    /// "under Art. 21 or": a list of numbers of divisions that the next number goes on.
    ///
    /// Behind "and" only where the word tells of several: "Section 7 and 120 countries" has two things.
    fn divides(&self, left: &str, several: bool) -> bool {
        let near = &left[left.floor_char_boundary(left.len().saturating_sub(LONGEST_LIST))..];
        let list = near.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let word = list.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\n'));
        let word = word.trim_end_matches('.');
        let numbered = list[word.len()..].contains(|c: char| c.is_ascii_digit());
        let word = word[word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..].to_ascii_lowercase();
        numbered && (!several || word.ends_with('s')) && self.divisions.binary_search(&word).is_ok()
    }
}

/// "the Five Eyes partners", "the Big Four firms": a number word with a capital beside another, not at the start of a
/// sentence.
fn is_name(text: &str, numeral: &Numeral, unit: &str) -> bool {
    let capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    // "Disasters", and on the next line "Three typhoons".
    let left = text[..numeral.span.start()].trim_end_matches(' ');
    numeral.style == Style::Words
        && capital(&text[numeral.span.range()])
        && left.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && (capital(unit) || capital(&left[left.rfind(' ').map_or(0, |at| at + 1)..]))
}

/// Whether a text ends with a number and a point that open a line.
fn is_list_label(text: &str) -> bool {
    let Some(number) = text.strip_suffix('.') else { return false };
    let before = number.trim_end_matches(|c: char| c.is_ascii_digit());
    before.len() < number.len() && (before.is_empty() || before.ends_with('\n'))
}

/// Whether a text ends with four digits that may be a year.
fn is_year(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[before.len()..];
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && !before.ends_with([',', '.'])
}

/// "250 workers or more": the side that is told behind the noun.
fn side(text: &str, at: usize) -> Option<Modifier> {
    let word = MORE.iter().find(|word| words_end(text.as_bytes(), at, word).is_some())?;
    Some(if matches!(*word, " or fewer" | " or less") { Modifier::Le } else { Modifier::Ge })
}

/// Before the upper end of a range, behind "but" or "and"; what leaves that end out says so.
const UPPER: [(&str, Option<Modifier>); 8] = [
    ("not more than", None),
    ("no more than", None),
    ("not exceeding", None),
    ("up to", None),
    ("less than", Some(Modifier::Lt)),
    ("fewer than", Some(Modifier::Lt)),
    ("under", Some(Modifier::Lt)),
    ("below", Some(Modifier::Lt)),
];

/// Between a number and what it counts, or behind both.
const MORE: [&str; 8] =
    [" or more", " or fewer", " or less", " or above", " or over", " or greater", " and above", " and more"];

/// Where the words end, if they stand here as whole words.
fn words_end(bytes: &[u8], at: usize, words: &str) -> Option<usize> {
    let end = at + words.len();
    let stand = bytes.get(at..end)?.eq_ignore_ascii_case(words.as_bytes());
    (stand && !bytes.get(end).is_some_and(u8::is_ascii_alphabetic)).then_some(end)
}

/// Whether a numeral can count an English noun: digits or English words that are no part of a name.
const fn counts(numeral: &Numeral) -> bool {
    !numeral.glued && matches!(numeral.style, Style::Arabic | Style::Words)
}
