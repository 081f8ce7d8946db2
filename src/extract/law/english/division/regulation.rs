//! Divisions of statutory instruments of the United Kingdom: regulation 8(3)(a) of the Network and Information Systems Regulations 2018.
//!
//! The word is also the name of instruments, so a small letter or a bracket behind the number tells a division.
//!
//! Always true: "Regulation 2016/679" and "Regulation No 17" are none.

use super::{
    super::{
        Page,
        words::{Gap, Shape},
    },
    Unit,
    numbers::{ends_clearly, joint, label, number},
    stands_behind_title,
};
use crate::{
    extract::{ArticleRef, Inherits, Side, mention::Value},
    value::Kind,
};

/// What a regulation or a schedule does that a note speaks of.
pub(super) const DOES: [&str; 22] = [
    "transposes",
    "amends",
    "applies",
    "provides",
    "sets",
    "requires",
    "revokes",
    "makes",
    "inserts",
    "introduces",
    "extends",
    "contains",
    "prescribes",
    "specifies",
    "imposes",
    "creates",
    "enables",
    "removes",
    "replaces",
    "lists",
    "implements",
    "defines",
];

/// Reads the division at the word "regulation".
pub(in crate::extract::law::english) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    // "reg. 4", "regs. 4 and 5"
    let short = words.is_any(at, &["reg", "regs"]) && words.is(at + 1, ".") && words.gap(at + 1) == Gap::None;
    let first = at + 1 + usize::from(short);
    if !(short || words.is_any(at, &["regulation", "regulations"])) || words.gap(first) != Gap::Blank {
        return;
    }
    let plural = words.is_any(at, &["regulations", "regs"]);
    let sound = |at: usize| {
        let word = words.str(at);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        words.shape(at) == Shape::Number
            && digits < 4
            && word.len() <= digits + 2
            && word[digits..].bytes().all(|b| b.is_ascii_uppercase())
    };
    let end_of = |at: usize| {
        number(words, at, Unit::Section).filter(|_| sound(at) || words.is(at, "(") && words.gap(at) <= Gap::Blank)
    };
    let Some(mut to) = end_of(first).filter(|_| sound(first)) else { return };
    let mut reference = format!("reg{}", label(words, first, to));
    let bracketed = to > first + 1;
    while plural && let Some((next, range)) = joint(words, to) {
        let Some(end) = end_of(next).filter(|_| sound(next)) else { break };
        reference.push_str(if range { "-reg" } else { ",reg" });
        reference.push_str(&label(words, next, end));
        to = end;
    }
    let begins = words.begins_line(at) && words.capital(at);
    // "Regulation 2(1) shortens the notice period" in a note below regulations
    let told =
        bracketed && words.capital(at) && words.shape(to) == Shape::Lower && words.gap(to) == Gap::Blank && !begins;
    // "Regulation 4 transposes Article 5 of Directive 2009/28/EC."
    let does =
        words.capital(at) && !plural && !bracketed && DOES.contains(&words.str(to)) && words.gap(to) == Gap::Blank;
    if begins && !does
        || words.capital(at) && !bracketed && !does
        || words.is(to, "/")
        || !(told || does || ends_clearly(words, to) || words.gap(to) >= Gap::Line)
        || words.is_any(to, &["%", "percent", "$"])
    {
        return;
    }
    let side = if stands_behind_title(page, at) { Side::Left } else { Side::Right };
    let value = Value::Article(ArticleRef { reference, side, inherits: Inherits::Nothing });
    page.add(Kind::ArticleRef, page.grammar.ids.division, at, to, value);
}
