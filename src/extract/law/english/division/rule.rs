//! Divisions of rules of court: Rule 8 of the Coroners (Inquests) Rules 2013, r. 14(2), Order 62, rule 3 of the Rules of the High Court.
//!
//! The word is also the name of instruments, so rules of which one is meant must stand behind it or before it, or an order of them.
//!
//! Always true: "Rule 506 of Regulation D" and "Rule 10b-5" are none.

use super::{
    super::{
        Page,
        words::{Gap, Shape, Words},
    },
    numbers::{joint, label, number},
    unit::{Unit, is_titled, stands_beside_law},
};
use crate::{
    extract::{ArticleRef, Inherits, Side, mention::Value},
    value::Kind,
};

/// Reads the division at the word "rule" or "r".
pub(in crate::extract::law::english) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let short = words.is_any(at, &["r", "rr"]);
    if !short && !words.is_any(at, &["rule", "rules"]) {
        return;
    }
    if short && (words.shape(at) != Shape::Lower || words.gap(at) == Gap::None) {
        return;
    }
    let first = at + 1 + usize::from(short && words.is(at + 1, ".") && words.gap(at + 1) == Gap::None);
    let sound = |at: usize| {
        words.shape(at) == Shape::Number
            && words.gap(at) <= Gap::Line
            && words.str(at).len() <= 6
            && words.str(at).bytes().all(|b| b.is_ascii_digit() || b == b'.' || b.is_ascii_uppercase())
    };
    let end_of = |at: usize| number(words, at, Unit::Section).filter(|_| sound(at));
    let Some(mut to) = end_of(first) else { return };
    let mut reference = format!("r{}", label(words, first, to));
    if words.is_any(at, &["rules", "rr"]) {
        while let Some((next, range)) = joint(words, to) {
            let Some(end) = end_of(next) else { break };
            reference.push_str(if range { "-r" } else { ",r" });
            reference.push_str(&label(words, next, end));
            to = end;
        }
    }
    // "Order 62, rule 3"
    let order = at.checked_sub(3).filter(|&order| {
        words.str(order) == "Order" && words.is(at - 1, ",") && sound(order + 1) && words.gap(order + 1) == Gap::Blank
    });
    let beside = stands_beside_law(page, at)
        && page.laws.last().is_some_and(|(law, _)| {
            matches!(&law.value, Value::Law(name) if name.title.split([' ', ',']).any(|word| word == "Rules"))
        });
    if !(beside || order.is_some() || is_of_rules(words, to))
        || words.begins_line(at) && words.capital(at) && !is_of_rules(words, to)
    {
        return;
    }
    if let Some(order) = order {
        reference = format!("o{}.{reference}", words.str(order + 1));
    }
    let side = if beside { Side::Left } else { Side::Right };
    let value = Value::Article(ArticleRef { reference, side, inherits: Inherits::Nothing });
    page.add(Kind::ArticleRef, page.grammar.ids.division, order.unwrap_or(at), to, value);
}

/// Whether rules are named from `at`: "of the Prison Rules 1999", "of those Rules", "of the Rules of the High Court".
fn is_of_rules(words: &Words<'_>, at: usize) -> bool {
    if !words.is(at, "of") || words.gap(at) > Gap::Line {
        return false;
    }
    let from = at + 1 + usize::from(words.is_any(at + 1, &["the", "those", "these"]));
    is_titled(words, from, "Rules")
}
