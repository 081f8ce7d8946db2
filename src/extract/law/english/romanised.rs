//! Finds numbers of Chinese documents in Latin letters: "Guo Fa [2015] No. 50" is 国发〔2015〕50号.
//!
//! Translations spell the issuer's code as it sounds, in one word or in several. The codes stand in the list `romanised`
//! of `rules/en/law.toml`; a code that is not there is no number.

use super::{
    number::{Found, no, number},
    words::{Gap, Shape, Words},
};

/// Syllables of the longest code.
const LONGEST: usize = 6;

/// Reads such a number from its first syllable on.
pub(super) fn read(words: &Words<'_>, at: usize, codes: &[(String, String)]) -> Option<Found> {
    let mut code = String::new();
    let mut next = at;
    while next < at + LONGEST && words.capital(next) && words.str(next).bytes().all(|b| b.is_ascii_alphabetic()) {
        if next > at && words.gap(next) > Gap::Line {
            return None;
        }
        code.push_str(&words.str(next).to_ascii_lowercase());
        next += 1;
        if matches!(words.str(next), "[" | "(" | "〔" | "（") || words.str(next) == "No" && words.is(next + 1, ".") {
            break;
        }
    }
    let (_, chinese) = codes.iter().find(|(sound, _)| *sound == code)?;
    // "GuoFa No. 15 [2021]"
    let first = no(words, next);
    if first > next && number(words, first, 5) {
        let year = matches!(words.str(first + 1), "[" | "(" | "〔" | "（")
            && number(words, first + 2, 4)
            && words.str(first + 2).len() == 4
            && matches!(words.str(first + 3), "]" | ")" | "〕" | "）");
        return year.then(|| Found {
            from: at,
            to: first + 4,
            norm: format!("{chinese}〔{}〕{}号", words.str(first + 2), words.str(first)),
            titled: false,
        });
    }
    let opened = matches!(words.str(next), "[" | "(" | "〔" | "（");
    let closed = opened && matches!(words.str(next + 2), "]" | ")" | "〕" | "）");
    if !closed || words.shape(next + 1) != Shape::Number || words.str(next + 1).len() != 4 {
        return None;
    }
    let digits = no(words, next + 3);
    number(words, digits, 5).then(|| Found {
        from: at,
        to: digits + 1,
        norm: format!("{chinese}〔{}〕{}号", words.str(next + 1), words.str(digits)),
        titled: false,
    })
}
