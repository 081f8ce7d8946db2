//! Finds numbers of Chinese courts' cases in Latin letters: "(2021) Jing 02 Min Zhong No. 1234" is （2021）京02民终1234号.
//!
//! Translations spell the court and the type of case as they sound. Several provinces and types sound the same (Yu is 豫 and 渝,
//! Xing 刑 and 行): then the number keeps the spelling of the text.
//!
//! Always true: a year in brackets opens it, a type of case stands before "No.", and nothing but syllables and numbers between.

use super::{
    number::{Found, no, number},
    words::{Gap, Words},
};

/// Words from the bracket to "No.".
const LONGEST: usize = 14;
/// Courts, by what a syllable means where it can mean only one.
const COURTS: [(&str, &str); 23] = [
    ("Zui", "最"),
    ("Gao", "高"),
    ("Fa", "法"),
    ("Jing", "京"),
    ("Hu", "沪"),
    ("Su", "苏"),
    ("Wan", "皖"),
    ("Xiang", "湘"),
    ("Yue", "粤"),
    ("Qiong", "琼"),
    ("Chuan", "川"),
    ("Yun", "云"),
    ("Zang", "藏"),
    ("Qing", "青"),
    ("Ning", "宁"),
    ("Xin", "新"),
    ("Hei", "黑"),
    ("Liao", "辽"),
    ("Zhe", "浙"),
    ("Lu", "鲁"),
    ("E", "鄂"),
    ("Min", "闽"),
    ("Shan", "陕"),
];
/// Provinces that sound like another one.
const AMBIGUOUS: [&str; 6] = ["Jin", "Ji", "Yu", "Gui", "Gan", "Nei"];
/// Matters, before the last syllable of a type of case.
const MATTERS: [(&str, &str); 4] = [("Min", "民"), ("Zhi", "知"), ("Pei", "赔"), ("Po", "破")];
/// Stages, the last syllable of a type of case.
const STAGES: [(&str, &str); 6] =
    [("Chu", "初"), ("Zhong", "终"), ("Zai", "再"), ("Shen", "申"), ("Te", "特"), ("Zhi", "执")];

/// Reads such a number whose "No." is at `end`.
pub(super) fn read(words: &Words<'_>, end: usize) -> Option<Found> {
    let serial = no(words, end);
    if serial == end || !STAGES.iter().any(|(sound, _)| words.str(end.wrapping_sub(1)) == *sound) {
        return None;
    }
    let opens = |w: &usize| matches!(words.str(*w), "(" | "[" | "（") && matches!(words.str(*w + 2), ")" | "]" | "）");
    let at = (end.saturating_sub(LONGEST)..end).rev().find(opens)?;
    if words.str(at + 1).len() != 4 || !number(words, at + 1, 4) {
        return None;
    }
    let first = at + 3;
    if end < first + 3 || !number(words, serial, 6) || (first..=serial).any(|w| words.gap(w) > Gap::Line) {
        return None;
    }
    let syllable = |w: usize| words.str(w);
    let stage = STAGES.iter().find(|(sound, _)| *sound == syllable(end - 1))?;
    let matter = syllable(end - 2);
    let known = |table: &[(&str, &'static str)], w: usize| {
        table.iter().find(|(sound, _)| *sound == syllable(w)).map(|(_, zh)| *zh)
    };
    if matter != "Xing" && known(&MATTERS, end - 2).is_none() {
        return None;
    }
    // "Zhi Min Zhong": two matters.
    let court_end = if syllable(end - 3) == "Zhi" { end - 3 } else { end - 2 };
    let mut norm = Some(format!("（{}）", words.str(at + 1)));
    for w in first..court_end {
        if number(words, w, 4) {
            norm = norm.map(|norm| norm + syllable(w));
        } else if let Some(court) = known(&COURTS, w) {
            norm = norm.map(|norm| norm + court);
        } else if AMBIGUOUS.contains(&syllable(w)) {
            norm = None;
        } else {
            return None;
        }
    }
    for w in court_end..end - 1 {
        norm = norm.zip(known(&MATTERS, w)).map(|(norm, matter)| norm + matter);
    }
    let norm = norm.map_or_else(
        || words.joined(at, serial + 1).replace("No.", "No. ").replace("  ", " "),
        |norm| format!("{norm}{}{}号", stage.1, words.str(serial)),
    );
    (court_end > first).then_some(Found { from: at, to: serial + 1, norm, titled: false })
}

#[cfg(test)]
mod tests {
    use super::super::EnglishGrammar;
    use crate::{extract::mention::Value, ruleset::load, value::Kind};

    #[test]
    fn numbers_of_cases() {
        let grammar = EnglishGrammar::new(&load(None).expect("built-in rules load"));
        for (text, words, norm) in [
            ("in (2021) Jing 02 Min Zhong No. 1234.", "(2021) Jing 02 Min Zhong No. 1234", "（2021）京02民终1234号"),
            (
                "see (2020) Zui Gao Fa Zhi Min Zhong No. 15",
                "(2020) Zui Gao Fa Zhi Min Zhong No. 15",
                "（2020）最高法知民终15号",
            ),
            ("as (2019) Yu 01 Xing Chu No. 7 held", "(2019) Yu 01 Xing Chu No. 7", "(2019) Yu 01 Xing Chu No. 7"),
            ("the Boat Group (2019) Jing Min No. 7", "", ""),
        ] {
            let mut out = Vec::new();
            grammar.find(text, &[], &mut out);
            let found = out.iter().find(|m| m.kind == Kind::DocNumber).map(|m| {
                let Value::Norm(norm) = &m.value else { panic!("{text}") };
                (&text[m.span.range()], norm.as_str())
            });
            assert_eq!(found, (!words.is_empty()).then_some((words, norm)), "{text}");
        }
    }
}
