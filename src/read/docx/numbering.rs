//! Numbers that Word writes before paragraphs by itself: 第一条, （一）, 1.2, (a).
//!
//! They are on the page and not in the text of the file: only that a paragraph is the next one of list 3, level 0. An
//! article whose number is lost cannot be referred to.
//!
//! Source: ECMA-376 Part 1, 17.9 (numbering) and 17.18.59 (number formats). Bullets are left out.

use std::collections::BTreeMap;

use crate::read::xml::{Element, Piece, Pieces, Space};

/// Levels of a list; Word has nine.
const LEVELS: usize = 9;
/// No list of a real document goes further.
const MAX_NUMBER: u32 = 100_000;

/// The lists of a document, and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    /// Levels of each abstract list.
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Abstract list of each list, and numbers from which levels begin anew.
    instances: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counters: BTreeMap<String, [u32; LEVELS]>,
    /// Lists that have begun: their beginning anew happens once.
    begun: BTreeMap<(String, usize), ()>,
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`
    text: String,
    /// Nothing stands between the number and the text.
    tight: bool,
}

impl Numbering {
    /// Reads `numbering.xml`; what is broken of it gives no numbers.
    pub(super) fn of(text: &str) -> Self {
        let mut numbering = Self::default();
        let (mut list, mut instance) = (String::new(), String::new());
        let (mut level, mut override_of) = (0, None);
        let mut pieces = Pieces::of(text);
        while let Ok(Some(piece)) = pieces.next() {
            let Piece::Open(element) = piece else { continue };
            if element.space != Space::Word {
                continue;
            }
            let value = || element.attribute("val").unwrap_or_default();
            match element.name() {
                "abstractNum" => list = element.attribute("abstractNumId").unwrap_or_default(),
                "num" => {
                    instance = element.attribute("numId").unwrap_or_default();
                    override_of = None;
                }
                "abstractNumId" => {
                    numbering.instances.insert(instance.clone(), (value(), BTreeMap::new()));
                }
                "lvlOverride" => override_of = level_of(&element),
                "startOverride" => {
                    if let (Some(at), Some((_, starts))) = (override_of, numbering.instances.get_mut(&instance)) {
                        starts.insert(at, value().parse().unwrap_or(1));
                    }
                }
                // A level inside an override is another matter; few programs write it.
                "lvl" if override_of.is_some() => {
                    let _ = pieces.skip();
                }
                "lvl" => level = level_of(&element).unwrap_or(0),
                name @ ("start" | "numFmt" | "lvlText" | "suff") => {
                    let level = numbering.lists.entry(list.clone()).or_default().entry(level).or_default();
                    match name {
                        "start" => level.start = value().parse().unwrap_or(1),
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value(),
                        _ => level.tight = value() == "nothing",
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts a paragraph of a list and gives what Word writes before it.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let (name, starts) = self.instances.get(list)?;
        let levels = self.lists.get(name)?;
        let shape = levels.get(&level)?;
        let counters = self.counters.entry(name.clone()).or_insert([0; LEVELS]);
        let [counter, deeper @ ..] = counters.get_mut(level..)? else { return None };
        let first = match starts.get(&level) {
            Some(start) if self.begun.insert((list.to_owned(), level), ()).is_none() => Some(*start),
            _ => None,
        };
        *counter = match first {
            Some(start) => start,
            None if *counter == 0 => shape.start,
            None => counter.saturating_add(1).min(MAX_NUMBER),
        };
        deeper.fill(0);
        let counters = *counters;
        if shape.format == "bullet" || shape.format == "none" {
            return None;
        }
        let mut text = String::new();
        let mut rest = shape.text.chars().peekable();
        while let Some(c) = rest.next() {
            let place = rest.peek().filter(|_| c == '%').and_then(|c| c.to_digit(10)?.checked_sub(1));
            match place {
                Some(at) => {
                    rest.next();
                    let at = at as usize;
                    let other = levels.get(&at).cloned().unwrap_or_default();
                    let number = counters.get(at).copied().unwrap_or(0).max(other.start.min(1));
                    text.push_str(&written(number, &other.format));
                }
                None => text.push(c),
            }
        }
        if !text.is_empty() && !shape.tight {
            text.push(' ');
        }
        (!text.is_empty()).then_some(text)
    }
}

fn level_of(element: &Element<'_>) -> Option<usize> {
    element.attribute("ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

/// A number in one of Word's formats.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "koreanCounting" => han(number),
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", number),
        "decimalFullWidth" => {
            let wide = |c: char| u32::from(c).checked_add(0xfee0).and_then(char::from_u32).unwrap_or(c);
            number.to_string().chars().map(wide).collect()
        }
        "decimalZero" => format!("{number:02}"),
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        _ => number.to_string(),
    }
}

fn one_of(signs: &str, number: u32) -> String {
    let sign = number.checked_sub(1).and_then(|n| signs.chars().nth(n as usize));
    sign.map_or_else(|| number.to_string(), String::from)
}

/// 十, 十一, 二十, 一百零五: up to 9,999.
fn han(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number == 0 || number > 9_999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    let digits = [(number / 1000, "千"), (number / 100 % 10, "百"), (number / 10 % 10, "十"), (number % 10, "")];
    for (digit, unit) in digits {
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('零');
        }
        if !(unit == "十" && digit == 1 && text.is_empty()) {
            text.extend(DIGITS.get(digit as usize));
        }
        text.push_str(unit);
    }
    text
}

/// a … z, aa, bb.
fn letters(number: u32) -> String {
    let Some(n) = number.checked_sub(1) else { return String::new() };
    let letter = ('a'..='z').nth((n % 26) as usize).map(String::from).unwrap_or_default();
    letter.repeat((n / 26).saturating_add(1).min(8) as usize)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number.min(3999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while let Some(less) = rest.checked_sub(value) {
            text.push_str(sign);
            rest = less;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_by_level() {
        let text = "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
            <w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>\
            <w:suff w:val='nothing'/><w:lvlText w:val='第%1条'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/>\
            <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>\
            <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
            <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
            </w:numbering>";
        let mut numbering = Numbering::of(text);
        let told: Vec<_> = [("1", 0), ("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("2", 0), ("2", 0), ("9", 0)]
            .iter()
            .map(|(list, level)| numbering.next(list, *level).unwrap_or_default())
            .collect();
        assert_eq!(told, ["第一条", "第二条", "二.1 ", "二.2 ", "第三条", "三.1 ", "第五条", "第六条", ""]);
    }

    #[test]
    fn numbers_are_written_in_every_format() {
        let told: Vec<_> = [
            (10, "chineseCounting"),
            (105, "chineseCounting"),
            (1020, "chineseCounting"),
            (28, "lowerLetter"),
            (14, "upperRoman"),
            (3, "decimalEnclosedCircle"),
        ]
        .iter()
        .map(|(number, format)| written(*number, format))
        .collect();
        assert_eq!(told, ["十", "一百零五", "一千零二十", "bb", "XIV", "③"]);
    }
}
