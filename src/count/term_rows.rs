//! Words and named laws as rows, most frequent first.

use std::{cmp::Reverse, sync::Arc};

use super::{
    TermRow,
    finish::law_token,
    tally::{LawCount, Tally, law_code, term_code},
};
use crate::{resolve::EntityIx, ruleset::Ruleset, text::Language};

/// The rows of all words and named laws, and the code of each.
pub(super) fn term_rows(all: &mut Tally, rules: &Ruleset) -> (Vec<TermRow>, Vec<u32>) {
    let total: u64 = all.tokens.iter().sum();
    let per_million = |tf: u64, tokens: u64| if tokens == 0 { 0.0 } else { 1e6 * tf as f64 / tokens as f64 };
    let row = |term: Arc<str>, language: Language, kind, tf, df| TermRow {
        term,
        language: Some(language),
        kind,
        tf,
        df,
        pmw: per_million(tf, total),
        pmw_language: per_million(tf, all.tokens[language as usize]),
        ..TermRow::default()
    };
    let notes = all.terms.take_notes();
    let words = notes.into_iter().map(|note| {
        let stop = all.terms.is_stop(&note.word);
        let (tf, df) = (all.terms.tf(note.term), all.terms.df(note.term));
        let quotes = note.quotes.into_values().collect();
        (TermRow { stop, quotes, ..row(note.word, note.language, "word", tf, df) }, term_code(note.term))
    });
    let mut named: Vec<(&EntityIx, &LawCount)> = all.laws.iter().filter(|(_, count)| count.tokens > 0).collect();
    named.sort_by_key(|(entity, _)| **entity);
    let named = named.into_iter().map(|(entity, count)| {
        let canonical = all.entities.canonical(*entity, &rules.registry);
        let han = canonical.chars().any(|c| c >= '\u{3400}');
        let language = if han { Language::Zh } else { Language::En };
        let quotes = count.quotes.values().take(1).cloned().collect();
        let row = row(law_token(canonical).into(), language, "law", count.tokens, count.token_documents);
        let id = all.entities.id(*entity, &rules.registry).to_owned();
        (TermRow { quotes, id, ..row }, law_code(*entity))
    });
    by_frequency(words.into_iter().chain(named).collect())
}

/// Most frequent first, then by term, then by kind.
///
/// Half of all terms occur once or twice, so names decide; their first eight bytes mostly suffice.
fn by_frequency(rows: Vec<(TermRow, u32)>) -> (Vec<TermRow>, Vec<u32>) {
    let start = |term: &str| {
        let mut eight = [0; 8];
        let n = term.len().min(8);
        eight[..n].copy_from_slice(&term.as_bytes()[..n]);
        u64::from_be_bytes(eight)
    };
    let mut order: Vec<(Reverse<u64>, u64, usize)> =
        rows.iter().enumerate().map(|(at, (row, _))| (Reverse(row.tf), start(&row.term), at)).collect();
    order.sort_unstable_by(|a, b| {
        let rest = |at: usize| (&*rows[at].0.term, rows[at].0.kind, rows[at].1);
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| rest(a.2).cmp(&rest(b.2)))
    });
    let mut rows: Vec<Option<(TermRow, u32)>> = rows.into_iter().map(Some).collect();
    let mut sorted = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    sorted.extend(order.into_iter().filter_map(|(_, _, at)| rows[at].take()));
    sorted
}
