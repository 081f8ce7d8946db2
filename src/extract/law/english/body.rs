//! Bodies whose numbers have a Chinese form: ministries of a list, governments of provinces, and codes in Latin letters that no list has.
//!
//! "Decree No. 312 of the People's Government of Jiangxi Province" is 江西省人民政府令第312号.
//!
//! Always true: a body that is not known leaves the number as it is written.

use super::{
    Page, class,
    number::{Found, no, number},
    words::{Gap, Words},
};

/// The bodies at the end of these words, in Chinese: `商务部、海关总署` of "Ministry of Commerce and General Administration of Customs".
pub(super) fn issuers(page: &Page<'_>, words: &str) -> Option<String> {
    let mut rest = words;
    // "Ministry of Natural Resources of the People's Republic of China"
    let known = |rest: &str| page.grammar.issuers.iter().any(|(english, _)| rest.ends_with(english.as_str()));
    if !known(rest)
        && let Some(body) = rest.strip_suffix(" of the People's Republic of China")
    {
        rest = body;
    }
    let mut bodies: Vec<&str> = Vec::new();
    while bodies.len() < 12 {
        let known = page.grammar.issuers.iter().filter(|(english, _)| {
            rest.strip_suffix(english.as_str()).is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
        });
        let Some((english, body)) = known.max_by_key(|(english, _)| english.len()) else { break };
        bodies.push(body.strip_prefix("中华人民共和国").unwrap_or(body));
        let before = rest[..rest.len() - english.len()].trim_end();
        let before = before.strip_suffix("the").unwrap_or(before).trim_end();
        let Some(joined) = [", and", " and", ","].iter().find_map(|joint| before.strip_suffix(joint)) else { break };
        rest = joined.trim_end();
    }
    bodies.reverse();
    (!bodies.is_empty()).then(|| bodies.join("、"))
}

/// How many words "of the People's Republic of China" has at a place.
pub(super) fn of_republic(words: &Words<'_>, at: usize) -> usize {
    let said =
        words.is(at, "of") && words.is(at + 1, "the") && words.is(at + 2, "People") && words.is(at + 4, "Republic");
    if said && words.is(at + 5, "of") && words.is(at + 6, "China") { 7 } else { 0 }
}

/// The government of a province at a place: the word behind it, and its name in Chinese.
pub(super) fn government(page: &Page<'_>, from: usize) -> Option<(usize, String)> {
    const UNITS: [&str; 4] = ["Province", "Municipality", "Autonomous", "City"];
    let words = &page.words;
    let name_at = |at: usize| {
        (1..5).rev().find_map(|n| {
            let name = words.joined(at, at + n);
            page.grammar.provinces.iter().find(|(english, _)| *english == name).map(|(_, chinese)| (at + n, chinese))
        })
    };
    let possessed =
        |at: usize| words.is(at, "People") && words.is_any(at + 1, &["'s", "’s"]) && words.is(at + 2, "Government");
    if possessed(from) && words.is(from + 3, "of") {
        let (mut to, chinese) = name_at(from + 4)?;
        if UNITS.iter().any(|unit| words.str(to) == *unit) {
            to += 1 + usize::from(words.is(to, "Autonomous") && words.is(to + 1, "Region"));
        }
        return Some((to, format!("{chinese}人民政府")));
    }
    // "the Jiangxi Provincial People's Government"
    let (to, chinese) = name_at(from)?;
    (words.is_any(to, &["Provincial", "Municipal"]) && possessed(to + 1))
        .then(|| (to + 4, format!("{chinese}人民政府")))
}

/// The government of a province right before the word at `at`: where its name begins, and its name in Chinese.
pub(super) fn government_before(page: &Page<'_>, at: usize) -> Option<(usize, String)> {
    (at.saturating_sub(9)..at).find_map(|from| {
        let (to, chinese) = government(page, from)?;
        (to == at && page.words.gap(at) == Gap::Blank).then_some((from, chinese))
    })
}

/// "Jiang Hai Wang Xin Fa Zi [2023] No. 6", read from its "No": the code of an issuer as it sounds, of no list.
pub(super) fn sounded(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let bracket = |at: usize, marks: &[&str]| marks.contains(&words.str(at));
    if words.str(at) != "No"
        || at < 5
        || !bracket(at - 1, &["]", "〕", ")"])
        || !bracket(at - 3, &["[", "〔", "("])
        || words.str(at - 2).len() != 4
        || !number(words, at - 2, 4)
    {
        return None;
    }
    let mut from = at - 3;
    // "Notice Shaan Zheng Ban Fa": Notice and China have syllables of Mandarin by chance.
    let sounds = |w: usize| syllables(words.str(w)) > 0 && !words.has(w, class::HEAD | class::OWNER);
    while from > 0 && at - from < 12 && words.gap(from) <= Gap::Line && sounds(from - 1) {
        from -= 1;
    }
    let digits = no(words, at);
    // "Songzhengfa [2020] No. 9" has several in one word; "Henan [2020] No. 9" names a place.
    let place = || at - 3 - from == 1 && page.grammar.provinces.iter().any(|(english, _)| english == words.str(from));
    let spoken: usize = (from..at - 3).map(|w| syllables(words.str(w))).sum();
    let glued = spoken > at - 3 - from;
    let sound = !glued || ENDS.iter().any(|end| words.str(at - 4).ends_with(end));
    (spoken >= 2 && sound && number(words, digits, 5) && !place()).then(|| Found {
        from,
        to: digits + 1,
        norm: words.joined(from, digits + 1).replace("No.", "No. ").replace("  ", " "),
        titled: false,
    })
}

/// What codes in one word end with, which Canada and Panama do not: 发, 函, 字, 办, 规, 府, 政, 价格, 能源, 税, 技, 监, 通, 综, 会.
const ENDS: [&str; 15] =
    ["fa", "han", "zi", "ban", "gui", "fu", "zheng", "ge", "yuan", "shui", "ji", "jian", "tong", "zong", "kuai"];

/// How many syllables of Mandarin a word with a capital is made of: one of Guo, three of Songzhengfa, none of Order.
fn syllables(word: &str) -> usize {
    /// Letters of the longest: Zhuang.
    const LONGEST: usize = 6;
    const MOST: usize = 36;
    if word.len() > MOST
        || word.len() < 2
        || !word.starts_with(|c: char| c.is_ascii_uppercase())
        || !word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
    {
        return 0;
    }
    let word = word.to_ascii_lowercase();
    // The fewest syllables up to each letter.
    let mut fewest = vec![usize::MAX; word.len() + 1];
    fewest[0] = 0;
    for end in 1..=word.len() {
        let from = end.saturating_sub(LONGEST);
        let best =
            (from..end).filter(|&at| fewest[at] < usize::MAX && is_syllable(&word[at..end])).map(|at| fewest[at]).min();
        fewest[end] = best.map_or(usize::MAX, |best| best + 1);
    }
    Some(fewest[word.len()]).filter(|fewest| *fewest < usize::MAX).unwrap_or(0)
}

/// Whether small letters are a syllable of Mandarin: guo, xin, shaan, which tells Shaanxi from Shanxi.
fn is_syllable(lower: &str) -> bool {
    const INITIALS: [&str; 24] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
        "y", "w", "",
    ];
    const FINALS: [&str; 34] = [
        "a", "o", "e", "i", "u", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "ia", "ie", "iao", "iu",
        "ian", "in", "iang", "ing", "iong", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "er", "v", "ve",
    ];
    // A vowel alone is one only where nothing else is left of the word: "e" of Hubei.
    lower == "shaan"
        || INITIALS.iter().any(|initial| lower.strip_prefix(initial).is_some_and(|rest| FINALS.contains(&rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_syllables() {
        assert!(["Guo", "Xin", "Zi", "Wang", "Jiang", "Shaan"].into_iter().all(|word| syllables(word) == 1));
        assert!(["Order", "The", "Act", "guo", "Announcement"].into_iter().all(|word| syllables(word) == 0));
        assert_eq!([syllables("Songzhengfa"), syllables("Nengyuan"), syllables("Fagaijiage")], [3, 2, 4]);
    }
}
