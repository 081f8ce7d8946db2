//! Counts as plain rows that add up: whoever groups them by their names and sums has the counts of all.
//!
//! Documents are counted whole, so that numbers of documents add up, too. What cannot be had by adding (first sentences,
//! measures, tests, pairs among the most frequent) is not here but in a report.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use super::{
    Unit,
    pairs::{ITEMS, NO_ITEM, Pairs},
    tally::{Tally, law_code, term_code},
};
use crate::{
    engine::Engine,
    text::Language,
    value::{Kind, Modifier},
};

/// A count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// What is counted: term, law, law_term, article, date, figure, mentions, documents, sentences, tokens, pair,
    /// pair_item, pair_units.
    pub table: &'static str,
    /// Of what: the word, the id of the law, the value.
    pub key: String,
    /// What tells equal keys apart: the language of a word, the article of a law, the kind of a date, and of a figure its
    /// kind, unit, modifier and what it is told of, with `|` between them.
    pub detail: String,
    /// Whether it is a word that takes no part in pairs: a stop word, or one of a single character.
    pub stop: bool,
    /// How often.
    pub tf: u64,
    /// In how many documents; 0 where that is not counted.
    pub df: u64,
}

impl Tally {
    /// All counts, sorted.
    #[must_use]
    pub fn counted(&self, engine: &Engine) -> Vec<Counted> {
        let registry = &engine.rules.registry;
        let row = |table, key: &str, detail: &str, tf, df| Counted {
            table,
            key: key.to_owned(),
            detail: detail.to_owned(),
            stop: false,
            tf,
            df,
        };
        let mut rows: Vec<Counted> = Vec::new();
        for note in self.terms.notes() {
            let (tf, df) = (self.terms.tf(note.term), self.terms.df(note.term));
            let stop = !self.terms.forms_pairs(&note.word);
            rows.push(Counted { stop, ..row("term", &note.word, note.language.code(), tf, df) });
        }
        let mut laws: Vec<_> = self.laws.iter().collect();
        laws.sort_unstable_by_key(|(entity, _)| **entity);
        for (entity, count) in laws {
            let id = self.entities.id(*entity, registry);
            let documents = count.documents.len() as u64;
            rows.push(row("law", id, "", count.mentions, documents));
            if count.tokens > 0 {
                rows.push(row("law_term", id, "", count.tokens, count.token_documents));
            }
            let mut articles: Vec<_> = count.articles.iter().collect();
            articles.sort_unstable_by_key(|(article, _)| *article);
            rows.extend(articles.iter().map(|(article, n)| row("article", id, article, n.mentions, n.documents)));
        }
        let mut values: BTreeMap<(&str, String, String), (u64, u64)> = BTreeMap::new();
        let mut add = |table, value: String, detail: String, mentions, documents| {
            let (tf, df) = values.entry((table, value, detail)).or_default();
            *tf += mentions;
            *df += documents;
        };
        #[expect(clippy::iter_over_hash_type, reason = "counts add up in any order")]
        for ((when, kind), count) in &self.times {
            add("date", when.to_string(), kind.name().to_owned(), count.mentions, count.documents);
        }
        #[expect(clippy::iter_over_hash_type, reason = "counts add up in any order")]
        for (figure, count) in &self.figures {
            let key = figure.key();
            let detail = [key.kind.name(), &key.unit, key.modifier.map_or("", Modifier::code), &key.per].join("|");
            add("figure", key.value, detail, count.mentions, count.documents);
        }
        rows.extend(values.into_iter().map(|((table, value, detail), (tf, df))| row(table, &value, &detail, tf, df)));
        let kinds = Kind::ALL.into_iter().zip(self.kinds).filter(|(_, n)| *n > 0);
        rows.extend(kinds.map(|(kind, n)| row("mentions", kind.name(), "", n, 0)));
        let documents = self.documents.len() as u64;
        rows.push(row("documents", "", "", documents, documents));
        rows.push(row("sentences", "", "", self.sentences, 0));
        let tokens = Language::ALL.into_iter().map(|language| (language, self.tokens[language as usize]));
        rows.extend(tokens.filter(|(_, n)| *n > 0).map(|(language, n)| row("tokens", language.code(), "", n, 0)));
        rows.sort_unstable();
        rows
    }

    /// In how many units any two of these words and laws (by their ids) stand together: rows `pair`; in how many each of
    /// them stands: rows `pair_item`; how many units there are: a row `pair_units`. Sorted.
    ///
    /// Which words are frequent shows only in the whole, so they are chosen first, by counts of all.
    ///
    /// # Errors
    /// Where a temporary file cannot be read back.
    pub fn counted_pairs(self, engine: &Engine, among: &[String], unit: Unit) -> io::Result<Vec<Counted>> {
        let names: BTreeSet<&str> = among.iter().map(String::as_str).take(ITEMS).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let words = self.terms.notes().iter().map(|note| (&*note.word, term_code(note.term)));
        let mut codes: Vec<(usize, u32)> = Vec::new();
        let mut take = |name: &str, code: u32| {
            codes.extend(names.binary_search(&name).ok().map(|item| (item, code)));
        };
        words.for_each(|(word, code)| take(word, code));
        #[expect(clippy::iter_over_hash_type, reason = "each law has a place of its own")]
        for entity in self.laws.keys() {
            take(self.entities.id(*entity, &engine.rules.registry), law_code(*entity));
        }
        let mut item = vec![NO_ITEM; codes.iter().map(|(_, code)| *code as usize + 1).max().unwrap_or(0)];
        codes.iter().for_each(|(name, code)| item[*code as usize] = *name as u32);
        let pairs = Pairs::count(names.len(), &item, unit, &[(self.spool.close()?, None)])?;
        let row = |table: &'static str, key: &str, detail: &str, tf: u64| {
            (tf > 0).then(|| Counted { table, key: key.to_owned(), detail: detail.to_owned(), stop: false, tf, df: 0 })
        };
        let mut rows = Vec::new();
        for (b, second) in names.iter().enumerate() {
            for (a, first) in names[..b].iter().enumerate() {
                rows.extend(row("pair", first, second, pairs.joint(a, b).both));
            }
            rows.extend(row("pair_item", second, "", pairs.joint(b, b).left));
        }
        rows.extend(names.first().and_then(|_| row("pair_units", &unit.to_string(), "", pairs.joint(0, 0).total)));
        rows.sort_unstable();
        Ok(rows)
    }
}
