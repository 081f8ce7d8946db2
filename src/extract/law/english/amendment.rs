//! Finds the amendments to the criminal law of the mainland by their numbers: Criminal Law Amendment (12), Amendment (XI) to the Criminal
//! Law, the Eleventh Criminal Law Amendment.
//!
//! Without its number the title would be the criminal law itself, which is another instrument.
//!
//! Always true: an amendment has a number from one to [`MOST`].

use super::{
    Page,
    title_end::suffix,
    words::{Gap, Words},
};

/// More than there will be for long.
const MOST: u32 = 40;
/// Places in a row, from the first on.
const ORDINALS: [&str; 15] = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
];

/// Reads an amendment whose law ends at the word `head`.
pub(super) fn read(page: &mut Page<'_>, head: usize) -> bool {
    let words = &page.words;
    if words.str(head) != "Law" || words.str(head.wrapping_sub(1)) != "Criminal" || words.gap(head) > Gap::Line {
        return false;
    }
    let law = head - 1;
    let Some((from, to)) = behind(words, law, head + 1).or_else(|| before(page, law, head)) else { return false };
    page.add_law(page.grammar.ids.title, from, to, None);
    true
}

/// "Criminal Law Amendment (12)", "the Eleventh Criminal Law Amendment": the words of the title.
fn behind(words: &Words<'_>, law: usize, at: usize) -> Option<(usize, usize)> {
    if !words.is(at, "Amendment") || !words.capital(at) || words.gap(at) > Gap::Line {
        return None;
    }
    if let Some(end) = numbered(words, at + 1) {
        return Some((law, end));
    }
    let first =
        law.checked_sub(1).filter(|&first| ORDINALS.contains(&words.str(first)) && words.gap(law) <= Gap::Line)?;
    Some((first, at + 1))
}

/// "Amendment (XI) to the Criminal Law", "Eleventh Amendment to the Criminal Law of the People's Republic of China".
fn before(page: &Page<'_>, law: usize, head: usize) -> Option<(usize, usize)> {
    const FAR: usize = 9;
    let words = &page.words;
    let owner = words.is(law.wrapping_sub(1), "PRC") || words.is(law.wrapping_sub(1), "Chinese");
    let the = law.checked_sub(1 + usize::from(owner)).filter(|&the| words.is(the, "the"))?;
    let to = the.checked_sub(1).filter(|&to| words.is(to, "to"))?;
    let from = (to.saturating_sub(FAR)..to).rev().find(|&at| words.is(at, "Amendment") && words.capital(at))?;
    let end = suffix(page, head, head + 1);
    if numbered(words, from + 1) == Some(to) {
        return Some((from, end));
    }
    let ordinal = from.checked_sub(1).filter(|&first| from + 1 == to && ORDINALS.contains(&words.str(first)))?;
    Some((ordinal, end))
}

/// `(12)`, `(XI)`, `XI`, `No. 12`: the word behind the number.
fn numbered(words: &Words<'_>, at: usize) -> Option<usize> {
    if words.gap(at) > Gap::Line {
        return None;
    }
    let opened = usize::from(words.is(at, "("));
    let no = at + opened;
    let digits = no + if words.is(no, "No") { 1 + usize::from(words.is(no + 1, ".")) } else { 0 };
    counted(words.str(digits))?;
    let end = digits + 1;
    (opened == 0 || words.is(end, ")")).then_some(end + opened)
}

/// The number that digits or Roman letters write.
fn counted(word: &str) -> Option<u32> {
    let number = word.parse().ok().or_else(|| roman(word))?;
    (1..=MOST).contains(&number).then_some(number)
}

fn roman(word: &str) -> Option<u32> {
    let value = |letter: u8| match letter {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        _ => None,
    };
    let letters: Vec<i32> = word.bytes().map(value).collect::<Option<_>>()?;
    let signed = |(at, letter): (usize, &i32)| match letters.get(at + 1) {
        Some(next) if next > letter => -letter,
        _ => *letter,
    };
    u32::try_from(letters.iter().enumerate().map(signed).sum::<i32>()).ok().filter(|sum| *sum > 0)
}

/// The number of the amendment to the criminal law that a title names.
#[must_use]
pub fn number(title: &str) -> Option<u32> {
    let title = title.replace(['(', ')'], " ");
    if !title.contains("Criminal Law") || !title.contains("Amendment") {
        return None;
    }
    let mut rest = title.split([' ', '.']).filter(|word| !word.is_empty());
    rest.find_map(|word| {
        let place = ORDINALS.iter().position(|ordinal| *ordinal == word);
        place.and_then(|place| u32::try_from(place + 1).ok()).or_else(|| counted(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_amendments() {
        assert_eq!(number("Criminal Law Amendment (12)"), Some(12));
        assert_eq!(number("Amendment (XI) to the Criminal Law"), Some(11));
        assert_eq!(number("Eleventh Criminal Law Amendment"), Some(11));
        assert_eq!(number("Amendment IX to the Criminal Law of the People's Republic of China"), Some(9));
        assert_eq!(number("Criminal Law"), None);
        assert_eq!([roman("IX"), roman("XIV"), roman("IIII")], [Some(9), Some(14), Some(4)]);
    }
}
