//! Finds short forms in quotes that nothing defines: 'The "Regulations" clarify duties' behind "Regulations on Paid Annual Leave".
//!
//! Chinese news put 《条例》 between title marks for what they have named, and translations keep the marks.
//!
//! Always true: a title before has the word as its head, or defines it; the mention has the value of that title.

use super::{
    Page, class,
    words::{Gap, Words},
};
use crate::extract::mention::Value;

/// So many titles back a short form may point.
const TITLES: usize = 40;

/// Reads the short form in the quotes that open at the word `open`; whether there is one.
pub(super) fn read(page: &mut Page<'_>, open: usize) -> bool {
    let words = &page.words;
    let from = open + 1;
    let close = (from + 1..from + 5).find(|&w| matches!(words.str(w), "”" | "\"" | "’"));
    let Some(close) = close.filter(|_| words.capital(from) && words.gap(from) == Gap::None) else { return false };
    let mut to = close;
    while to > from && matches!(words.str(to - 1), "," | "." | ";") {
        to -= 1;
    }
    let Some(head) = to.checked_sub(1).filter(|&head| head >= from) else { return false };
    let plain = (from..to).all(|w| words.capital(w) && words.gap(w) <= Gap::Line)
        && (from..head).all(|w| words.has(w, class::MODIFIER) || words.is(w, "Work"));
    // 'the term "Act" means', 'the words "Act" and "Law" are replaced'
    let told = words.is_any(close + 1, &["means", "mean", "includes", "is", "are"])
        && words.is_any(close + 2, &["a", "an", "the", "any", "replaced", "deleted", "inserted"]);
    // 'the word "Law"'
    let word = words.is_any(
        open.wrapping_sub(1),
        &["word", "words", "term", "terms", "phrase", "named", "called", "expression", "titled", "entitled", "headed"],
    );
    if !words.has(head, class::HEAD) || !plain || told || word || !page.speaks_of_china() {
        return false;
    }
    let called = words.joined(from, to);
    let found = page.laws.iter().rev().take(TITLES).find_map(|(law, _)| match &law.value {
        Value::Law(name) if name.defines.contains(&called) || is_called(words, &name.title, &called) => {
            Some((name.title.clone(), name.row))
        }
        _ => None,
    });
    let Some((title, row)) = found else { return false };
    page.add_law(page.grammar.ids.quoted, from, to, None);
    if let Some((law, _)) = page.laws.last_mut()
        && let Value::Law(name) = &mut law.value
    {
        (name.title, name.row) = (title, row);
    }
    true
}

/// Whether a title may be called so: "Regulations on …" and "Interim Regulations for …" are Regulations, as is "… Regulations (2023)".
fn is_called(words: &Words<'_>, title: &str, called: &str) -> bool {
    let Some(at) = title.find(called) else { return false };
    let (before, behind) = (title[..at].trim_end(), &title[at + called.len()..]);
    let apart = (at == 0 || title[..at].ends_with(' ')) && !behind.starts_with(|c: char| c.is_alphanumeric());
    let leads = before.split(' ').all(|word| word.is_empty() || words.class_of(word) & class::MODIFIER != 0);
    let ends = ["", " (", " of the People", " of China", " of the PRC"];
    let last = behind.is_empty() || ends[1..].iter().any(|end| behind.starts_with(end));
    apart && title.len() > called.len() && (leads || last)
}
