//! Laws that share one head: "the Cybersecurity, Data Security and Personal Information Protection Laws" are three.
//!
//! Always true: each part is with "Law" behind it a title of the mainland, and the text speaks of China.

use super::{
    Page, class,
    words::{Gap, Words},
};
use crate::{
    extract::{LawName, Mention, mention::Value},
    text::{Language, Span},
    value::Kind,
};

/// Words of the longest such list.
const LONGEST: usize = 40;

/// Reads the list that ends with the word "Laws" at `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    if page.words.str(at) != "Laws" || !page.speaks_of_china() {
        return;
    }
    let parts = parts(&page.words, at);
    if parts.len() < 2 {
        return;
    }
    let mut named = Vec::with_capacity(parts.len());
    for &(from, to) in &parts {
        // "Under PRC Cybersecurity and …": the name may begin behind the first words.
        let first = |from: &usize| page.grammar.known.law_named(&page.words.joined(*from, to));
        let Some((from, row)) = (from..to).take(3).find_map(|from| Some((from, first(&from)?))) else { return };
        named.push((from, to, row));
    }
    for (from, to, row) in named {
        let name = LawName {
            title: format!("{} Law", page.words.joined(from, to)),
            language: Some(Language::En),
            row: Some(row),
            ..LawName::default()
        };
        let span = Span::of(page.words.start(from), page.words.end(if to == at { at } else { to - 1 }));
        let rule = page.grammar.ids.registry;
        let value = Value::Law(name);
        page.laws.push((Mention { span, kind: Kind::Law, rule, nested: false, ends: None, value }, Vec::new()));
    }
}

/// The parts before the shared head, the last first; none where no "and" joins them.
fn parts(words: &Words<'_>, head: usize) -> Vec<(usize, usize)> {
    let (mut parts, mut from, mut to, mut joined) = (Vec::new(), head, head, false);
    while from > 0 && head - from < LONGEST && words.gap(from) <= Gap::Line {
        let prev = from - 1;
        if words.capital(prev) && !words.has(prev, class::DETERMINER | class::HEAD) {
            from = prev;
            continue;
        }
        let and = words.str(prev) == "and";
        if !and && !(words.str(prev) == "," && joined) {
            break;
        }
        if from < to {
            parts.push((from, to));
        } else if parts.is_empty() {
            break;
        }
        joined |= and;
        (from, to) = (prev, prev);
    }
    if from < to {
        parts.push((from, to));
    }
    if joined { parts } else { Vec::new() }
}
