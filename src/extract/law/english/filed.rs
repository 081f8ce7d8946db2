//! Finds numbers that a body gives what it files: House Report 118-155, Senate Bill 97, H.F. 1412, General License 25,
//! Resolution MEPC.369(80), 2026 No. 163.
//!
//! Always true: a short form ("GL 25") needs the long one in the text, a number of statutory instruments a line of its own.

use super::{
    number::{Found, no, number},
    title::is_year,
    words::{Gap, Shape, Words},
};

/// Reads the number at its first or its only word.
pub(super) fn read(words: &Words<'_>, at: usize) -> Option<Found> {
    let found = |to: usize, norm: String| Found { from: at, to, norm, titled: false };
    match words.str(at) {
        "House" | "Senate" => {
            let kinds: &[&str] = &["Report", "Bill", "File", "Document"];
            let kind = kinds.iter().find(|kind| words.str(at + 1) == **kind && words.gap(at + 1) <= Gap::Line)?;
            let next = no(words, at + 2);
            // "118-155": of a Congress
            let congress = words.shape(next) == Shape::Number
                && words.str(next).split_once('-').is_some_and(|(congress, serial)| {
                    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
                    digits(congress) && digits(serial) && congress.len() < 4 && serial.len() < 5
                });
            let sound = words.gap(next) <= Gap::Line
                && words.gap(next) != Gap::None
                && (congress
                    || !matches!(*kind, "Report" | "Document") && number(words, next, 4) && over(words, next + 1));
            sound.then(|| found(next + 1, format!("{} {kind} {}", words.str(at), words.str(next))))
        }
        "H.F." | "S.F." => {
            let sound = number(words, at + 1, 4) && words.gap(at + 1) == Gap::Blank;
            sound.then(|| found(at + 2, words.joined(at, at + 2)))
        }
        "License" if words.str(at.wrapping_sub(1)) == "General" && words.gap(at) <= Gap::Line => {
            let next = no(words, at + 1);
            let norm = licence(words, next)?;
            Some(Found { from: at - 1, to: next + 1, norm: format!("General License {norm}"), titled: false })
        }
        "GL" => {
            const NEAR: usize = 4_000;
            let next = no(words, at + 1);
            let norm = licence(words, next)?;
            let before =
                &words.text[words.text.floor_char_boundary(words.start(at).saturating_sub(NEAR))..words.start(at)];
            // "General" over "License" where a line ended
            before.contains("License").then(|| found(next + 1, format!("General License {norm}")))
        }
        // "Resolution MEPC.369(80)" of the International Maritime Organization
        "Resolution" | "resolution" => {
            let glued = |w: usize| words.gap(w) == Gap::None;
            let sound = words.shape(at + 1) == Shape::Upper
                && (2..=5).contains(&words.str(at + 1).len())
                && words.is(at + 2, ".")
                && number(words, at + 3, 4)
                && words.is(at + 4, "(")
                && number(words, at + 5, 3)
                && words.is(at + 6, ")")
                && (at + 2..at + 7).all(glued);
            sound.then(|| found(at + 7, format!("Resolution {}", words.joined(at + 1, at + 7))))
        }
        // "2026 No. 163" on a line of its own heads a statutory instrument.
        "No" => {
            let year = at.checked_sub(1).filter(|&w| is_year(words.str(w)))?;
            let sound = words.begins_line(year)
                && words.is(at + 1, ".")
                && number(words, at + 2, 4)
                && words.ends_line(at + 3)
                && words.gap(at + 3) >= Gap::Line;
            sound.then(|| Found {
                from: year,
                to: at + 3,
                norm: format!("SI {}/{}", words.str(year), words.str(at + 2)),
                titled: false,
            })
        }
        _ => None,
    }
}

/// `25`, `8L`, `134A`
fn licence<'t>(words: &Words<'t>, at: usize) -> Option<&'t str> {
    let word = words.str(at);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let sound = words.shape(at) == Shape::Number
        && matches!(words.gap(at), Gap::Blank | Gap::Line)
        && (1..4).contains(&digits)
        && word.len() <= digits + 1
        && word[digits..].bytes().all(|b| b.is_ascii_uppercase());
    sound.then_some(word)
}

/// Whether nothing that is counted follows a number.
fn over(words: &Words<'_>, at: usize) -> bool {
    words.shape(at) != Shape::Lower
        || words.is_any(
            at,
            &[
                "passed", "would", "is", "was", "has", "and", "or", "of", "to", "in", "requires", "amends", "as", "by",
                "which", "that", "will",
            ],
        )
        || words.gap(at) >= Gap::Line
}
