//! Says what a date does to an instrument, from the words of its clause: 2016年11月7日…会议通过, 自2017年6月1日起施行.
//!
//! Chinese names the deed behind the date, English mostly before it ("adopted on 7 November 2016"). So the nearest word
//! before the date is asked first, then the first one behind it, each only up to the next date or the end of the
//! sentence. 发布, "issued" and their like mean much else; they count only beside an instrument.
//!
//! The words stand in `[words.role_before]`, `[words.role_after]` and `[words.role_after_law]` of the date files; a word
//! with an empty meaning (公布的数据) is no deed.

use rustc_hash::FxHashMap;

use super::{
    mention::{Mention, Said, Value},
    scan::ends_with_word,
};
use crate::{
    ruleset::{Ruleset, pattern::literal_end},
    value::{Kind, Role, When},
};

/// How many bytes before a date its word may begin.
const BEFORE: usize = 72;
/// How many bytes before a date a word may begin that looks further, in a clause that names an instrument.
const FAR: usize = 240;
/// How many bytes behind a date its word may begin: 第十二届全国人民代表大会常务委员会第二十四次会议 stands between.
const BEHIND: usize = 168;
/// How many bytes behind its word an instrument may begin: 发布《…》, "issued the Order".
const BESIDE: usize = 16;

/// The words that say what happens at a date.
#[derive(Debug)]
pub(super) struct Roles {
    before: Words,
    far: Words,
    /// Right before a date they part it from a word further away: "the provisions amended on".
    stops: Vec<String>,
    after: Words,
}

/// Words by first character in lower case, the longer before the shorter.
type Words = FxHashMap<char, Vec<Word>>;

#[derive(Debug)]
struct Word {
    word: Box<str>,
    role: Option<Role>,
    /// Counts only where an instrument is named beside it.
    needs_law: bool,
}

impl Roles {
    pub(super) fn new(rules: &Ruleset) -> Self {
        Self {
            before: words(rules, &[("role_before", false)]),
            far: words(rules, &[("role_before_far", true)]),
            stops: rules.list("en.date.role_stops").to_vec(),
            after: words(rules, &[("role_after", false), ("role_after_law", true)]),
        }
    }

    /// Sets the role of the dates among mentions in text order, those inside titles excepted.
    pub(super) fn assign(&self, text: &str, mentions: &mut [Mention]) {
        let mut title_end = 0;
        let mut date_end = 0;
        for index in 0..mentions.len() {
            let span = mentions[index].span;
            if mentions[index].kind == Kind::Law {
                title_end = span.end().max(title_end);
            }
            let Value::Time(timing) = &mentions[index].value else { continue };
            if timing.role.is_none()
                && one_day(timing.said)
                && !dates_instrument(&text[..span.start()])
                && !mentions[index].nested
                && span.start() >= title_end
            {
                let from = date_end.max(title_end);
                let role = nearest(&self.before, text, from.max(span.start().saturating_sub(BEFORE)), span.start())
                    .or_else(|| self.far(text, date_end, span.start(), &mentions[..index]))
                    .or_else(|| self.behind(text, span.end(), &mentions[index + 1..]));
                if let Value::Time(timing) = &mut mentions[index].value {
                    timing.role = role;
                }
            }
            date_end = span.end().max(date_end);
        }
    }

    /// The word further before the date, where the clause names an instrument or speaks of one.
    fn far(&self, text: &str, from: usize, date: usize, before: &[Mention]) -> Option<Role> {
        let from = from.max(date.saturating_sub(FAR));
        let beside = text[..date].trim_end_matches([' ', '\n']);
        if self.stops.iter().any(|stop| ends_with_word(beside, stop)) {
            return None;
        }
        let role = nearest(&self.far, text, from, date)?;
        let from = text.ceil_char_boundary(from.min(date));
        let named = before.iter().rev().take_while(|m| m.span.end() > from).any(names_law);
        let mut words = text[from..date].split(|c: char| !c.is_ascii_alphabetic());
        let mut speaks = || words.any(|word| INSTRUMENTS.contains(&word));
        (named || speaks()).then_some(role)
    }

    /// The first word behind the date, up to the next date; titles on the way are passed over.
    fn behind(&self, text: &str, date: usize, rest: &[Mention]) -> Option<Role> {
        let limit = text.floor_char_boundary(date + BEHIND);
        let mut law = false;
        let mut rest = rest.iter().peekable();
        let mut at = date;
        while at < limit {
            while let Some(next) = rest.next_if(|m| m.span.start() <= at) {
                if matches!(next.value, Value::Time(_)) && !next.nested {
                    return None;
                }
                if names_law(next) {
                    law = true;
                    at = at.max(next.span.end());
                }
            }
            let c = text.get(at..limit)?.chars().next()?;
            if ends_sentence(text, at, c) {
                return None;
            }
            if let Some((word, end)) = stands(&self.after, text, at, c) {
                let mut law_behind = || rest.peek().is_some_and(|m| names_law(m) && m.span.start() <= end + BESIDE);
                if word.role.is_none() || !word.needs_law || law || law_behind() {
                    return word.role;
                }
                at = end;
                continue;
            }
            at += c.len_utf8();
        }
        None
    }
}

/// What is promulgated, as clauses without a title call it.
const INSTRUMENTS: [&str; 8] =
    ["Order", "Orders", "Decree", "Article", "Articles", "Act", "Regulations", "enforcement"];

/// The word nearest before the date, back to `from`, the date or title before it.
fn nearest(words: &Words, text: &str, from: usize, date: usize) -> Option<Role> {
    let from = text.ceil_char_boundary(from.min(date));
    let end = text[from..date].char_indices().rev().find(|&(at, c)| ends_sentence(text, from + at, c));
    let from = end.map_or(from, |(at, _)| from + at);
    let places = text[from..date].char_indices().rev();
    places
        .filter_map(|(at, c)| stands(words, text, from + at, c).filter(|(_, end)| *end <= date))
        .find_map(|(word, _)| word.role)
}

const fn names_law(mention: &Mention) -> bool {
    matches!(mention.kind, Kind::Law | Kind::LawAnaphor | Kind::DocNumber | Kind::Standard)
}

/// Whether the character at `at` ends a sentence: also an English line, and a full stop before a capital, but not the one
/// of "No. 5", "Dec. 31" and "U.S. law".
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    let before = || text[..at].bytes().next_back().unwrap_or(b' ');
    match c {
        '。' | '；' | ';' | '！' | '？' | '!' | '?' => true,
        '\n' => before().is_ascii(),
        '.' => {
            let word = text[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
            let next = text[at + 1..].trim_start_matches([' ', '"', '”']);
            let apart = text[at + 1..].starts_with([' ', '\n', '"', '”']);
            // "Executive Order 13761. On", "in May. On"; "2. On" labels the next item.
            let ends = word > 3 || before() == b')' || before().is_ascii_digit() || text[..at].ends_with("May");
            let label = next.trim_start_matches(|c: char| c.is_ascii_digit());
            let item = label.len() < next.len() && label.starts_with('.');
            apart && ends && (item || next.starts_with(|c: char| c.is_ascii_uppercase() || c == '\n'))
        }
        _ => false,
    }
}

/// A deed happens at one point: not between two, not every year, not "by 2035".
const fn one_day(said: Said) -> bool {
    !matches!(said, Said::Yearly(_) | Said::Fixed(When::Interval(None | Some(_), Some(_))))
}

/// "Executive Order 14003 of January 22, 2021": the date belongs to the instrument that the sentence revokes or cites.
fn dates_instrument(left: &str) -> bool {
    left.trim_end_matches([' ', '\n'])
        .strip_suffix(" of")
        .is_some_and(|before| !before.ends_with("date") && !before.ends_with(" as"))
}

/// The longest word at `at`, which begins with `first`, and its end.
fn stands<'w>(words: &'w Words, text: &str, at: usize, first: char) -> Option<(&'w Word, usize)> {
    // No word begins within another.
    if first.is_ascii_alphabetic() && text[..at].ends_with(|before: char| before.is_ascii_alphabetic()) {
        return None;
    }
    let found = words.get(&first.to_ascii_lowercase())?;
    found.iter().find_map(|word| Some((word, literal_end(text.as_bytes(), at, &word.word)?)))
}

fn words(rules: &Ruleset, tables: &[(&str, bool)]) -> Words {
    let mut words = Words::default();
    for (name, needs_law) in tables {
        for file in ["zh.date", "en.date"] {
            for (word, code) in rules.table(&format!("{file}.{name}")).into_iter().flat_map(|table| &table.entries) {
                if let Some(first) = word.chars().next() {
                    let entry = Word { word: word.clone(), role: Role::from_code(code), needs_law: *needs_law };
                    words.entry(first.to_ascii_lowercase()).or_default().push(entry);
                }
            }
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is put in order by itself")]
    for list in words.values_mut() {
        list.sort_by(|a, b| b.word.len().cmp(&a.word.len()).then_with(|| a.word.cmp(&b.word)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::{Extractor, Layers},
        ruleset,
    };

    /// The roles of the dates of a text, `-` for none.
    fn roles(text: &str) -> Vec<&'static str> {
        let rules = ruleset::load(None).unwrap();
        let found = Extractor::new(&rules).extract(&rules, text, Layers::Top);
        let times = found.iter().filter_map(|m| if let Value::Time(t) = m.value { Some(t) } else { None });
        times.map(|t| t.role.map_or("-", Role::code)).collect()
    }

    #[test]
    fn english_dates() {
        for (text, expected) in [
            (
                "The Cybersecurity Law was adopted by the Standing Committee on November 7, 2016 and took effect on June 1, 2017.",
                &["adopted", "in_force"][..],
            ),
            ("Full text of 6 articles promulgated by Presidential Order on August 21, 2013", &["promulgated"]),
            (
                "In November 2016, the Cybersecurity Law of the People's Republic of China was promulgated.",
                &["promulgated"],
            ),
            ("On June 30, 2022, the State Council issued the Regulations on Tobacco Control.", &["promulgated"]),
            ("This Act comes into force on 1 January 2020.", &["in_force"]),
            ("It was enforced as of January 18, 2022.", &["in_force"]),
            ("The Measures were repealed on May 1, 2019.", &["repealed"]),
            ("for a term expiring September 27, 2027", &["closing"]),
            ("As of December 31, 2022, it had 200 members.", &["closing"]),
            ("The report is due by March 1, 2024.", &["-"]),
            (
                "1. Enacted and promulgated by Order Tai-Nei-She-Tzu No. 691452 of the Ministry of the Interior on April 28, 1989",
                &["promulgated"],
            ),
            ("The rule took effect in May. On October 12, 2017, the order was revoked.", &["in_force", "repealed"]),
            ("The date of promulgation of the provisions of the Act amended on November 19, 2019", &["-"]),
            ("The Actor prizes announced by the Academy on June 1, 2017", &["-"]),
            ("In 2019, the Bureau issued new figures.", &["-"]),
            ("a cost-effective plan of May 2020", &["-"]),
        ] {
            assert_eq!(roles(text), expected, "{text}");
        }
    }

    #[test]
    fn chinese_dates() {
        for (text, expected) in [
            (
                "（2016年11月7日第十二届全国人民代表大会常务委员会第二十四次会议通过 2016年11月7日中华人民共和国主席令第五十三号公布 自2017年6月1日起施行）",
                &["adopted", "promulgated", "in_force"][..],
            ),
            ("2016年11月，《中华人民共和国网络安全法》公布。", &["promulgated"]),
            ("1993年2月22日国务院发布的《城市绿化条例》同时废止。", &["promulgated"]),
            ("本办法自2020年1月1日起废止。", &["repealed"]),
            ("截至2022年底，网民规模达到10.67亿。", &["closing"]),
            ("中華民國二十八年三月十日國民政府制定公布全文30條", &["promulgated"]),
            ("施行日期：2017年6月1日", &["in_force"]),
            ("2019年，国家统计局发布的数据显示", &["-"]),
            ("2015年，通过招商引资新增项目", &["-"]),
            ("2018年12月29日第十三届全国人民代表大会常务委员会第七次会议修正", &["-"]),
            ("2021年全年实现增长。决定公布后", &["-"]),
        ] {
            assert_eq!(roles(text), expected, "{text}");
        }
    }
}
