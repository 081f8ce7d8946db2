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

/// Reads the division at the word "regulation".
pub(in crate::extract::law::english) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    if !words.is_any(at, &["regulation", "regulations"]) || words.gap(at + 1) != Gap::Blank {
        return;
    }
    let plural = words.is(at, "regulations");
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
    let Some(mut to) = end_of(at + 1).filter(|_| sound(at + 1)) else { return };
    let mut reference = format!("reg{}", label(words, at + 1, to));
    let bracketed = to > at + 2;
    while plural && let Some((next, range)) = joint(words, to) {
        let Some(end) = end_of(next).filter(|_| sound(next)) else { break };
        reference.push_str(if range { "-reg" } else { ",reg" });
        reference.push_str(&label(words, next, end));
        to = end;
    }
    let begins = words.begins_line(at) && words.capital(at);
    if begins
        || words.capital(at) && !bracketed
        || words.is(to, "/")
        || !(ends_clearly(words, to) || words.gap(to) >= Gap::Line)
        || words.is_any(to, &["%", "percent", "$"])
    {
        return;
    }
    let side = if stands_behind_title(page, at) { Side::Left } else { Side::Right };
    let value = Value::Article(ArticleRef { reference, side, inherits: Inherits::Nothing });
    page.add(Kind::ArticleRef, page.grammar.ids.division, at, to, value);
}
