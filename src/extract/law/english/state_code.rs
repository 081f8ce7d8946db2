//! Finds citations of the codes and statutes of American states: Colo. Rev. Stat. § 6-1-1301, Minn. Stat. § 157.31, subd. 2,
//! 740 ILCS 14/15.
//!
//! The section alone would be one of the law named last, and its hyphens a range.
//!
//! Always true: a citation begins with the state as lawyers abbreviate it.

use super::{
    code::section,
    words::{Gap, Shape, Words},
};

const STATES: [&str; 54] = [
    "Ala", "Alaska", "Ariz", "Ark", "Cal", "Colo", "Conn", "Del", "Fla", "Ga", "Haw", "Hawaii", "Idaho", "Ill", "Ind",
    "Iowa", "Kan", "Ky", "La", "Me", "Md", "Mass", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "N.H.", "N.J.",
    "N.M.", "N.Y.", "N.C.", "N.D.", "Ohio", "Okla", "Or", "Pa", "R.I.", "S.C.", "S.D.", "Tenn", "Tex", "Texas", "Utah",
    "Vt", "Va", "Wash", "W", "Wis", "Wyo", "D.C.", "P.R.",
];
/// The last word before the section's sign.
const BOOKS: [&str; 8] = ["Stat", "Code", "Ann", "Law", "Laws", "Stats", "Comp", "Regs"];
/// So many words a name may have before the sign, points counted.
const LONGEST: usize = 14;

/// Reads the citation whose sign or letters are at `at`: its words and its normal form.
pub(super) fn read(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    if words.str(at) == "ILCS" {
        return illinois(words, at);
    }
    if words.str(at) != "§" || at == 0 || words.is(at - 1, "§") {
        return None;
    }
    let last = at - 1 - usize::from(words.is(at - 1, "."));
    if !BOOKS.contains(&words.str(last)) {
        return None;
    }
    let part = |w: &usize| words.capital(*w) || matches!(words.str(*w), "." | "&" | "of");
    let run = (at.saturating_sub(LONGEST)..at).rev().take_while(|w| part(w) && words.runs_on(w + 1));
    let from = run.filter(|&w| STATES.contains(&words.str(w))).last()?;
    let first = at + 1 + usize::from(words.is(at + 1, "§"));
    let number = |w: usize| words.shape(w) == Shape::Number && words.gap(w) <= Gap::Line;
    if !number(first) {
        return None;
    }
    let mut to = section(words, first);
    let mut norm = format!("{} {}", words.joined(from, at), words.joined(first, to));
    if words.is_any(to, &["to", "through"]) && number(to + 1) {
        let end = section(words, to + 1);
        norm = format!("{norm} to {}", words.joined(to + 1, end));
        to = end;
    }
    if words.is(to, ",") && words.is_any(to + 1, &["subd", "subds"]) && words.is(to + 2, ".") && number(to + 3) {
        let end = section(words, to + 3);
        norm = format!("{norm}, subd. {}", words.joined(to + 3, end));
        to = end;
    }
    if words.is(to, "et") && words.is(to + 1, "seq") {
        norm.push_str(" et seq.");
        to += 2 + usize::from(words.is(to + 2, "."));
    }
    Some((from, to, norm))
}

/// `740 ILCS 14/15`
fn illinois(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    let chapter = at.checked_sub(1).filter(|&w| words.shape(w) == Shape::Number && words.gap(at) == Gap::Blank)?;
    let glued = |w: usize| words.gap(w) == Gap::None;
    let sound = words.shape(at + 1) == Shape::Number
        && words.is(at + 2, "/")
        && glued(at + 2)
        && words.shape(at + 3) == Shape::Number
        && glued(at + 3);
    let to = sound.then(|| section(words, at + 3))?;
    Some((chapter, to, words.joined(chapter, to)))
}
