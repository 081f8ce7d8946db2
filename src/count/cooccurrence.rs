//! Pairs to rows: who takes part, how strong each pair is, and how likely that is chance.

use std::{cmp::Reverse, io, sync::Arc};

use rayon::prelude::*;

use super::{
    Joint, Limits, PairRow, Quote, Unit, benjamini_hochberg, chi2_tail, g2, law_token, logdice, npmi,
    pairs::{ITEMS, NO_ITEM, Pairs, Reels},
    tally::{Tally, law_code, term_code},
};
use crate::{ruleset::Ruleset, text::Language};

/// A term or an instrument that takes part.
pub(super) struct Item {
    pub(super) code: u32,
    pub(super) name: Arc<str>,
    /// Registry id of an instrument; a term is its own.
    pub(super) id: Arc<str>,
    /// `word` or `law`.
    pub(super) kind: &'static str,
    pub(super) language: Option<Language>,
    /// Occurrences.
    pub(super) tf: u64,
    /// Documents.
    pub(super) df: u64,
}

/// All that take part: the most frequent terms, then instruments as far as there is room, each most frequent first.
pub(super) struct Items {
    pub(super) list: Vec<Item>,
    /// The item of a code, by code.
    of_code: Vec<u32>,
    /// Places in `list`, by name.
    by_name: Vec<usize>,
    /// Places in `by_name`, by item: so that a million pairs are compared without their strings.
    rank: Vec<u32>,
}

impl Items {
    pub(super) fn of(all: &Tally, rules: &Ruleset, limits: &Limits) -> Self {
        let mut list = terms(all, limits.pair_terms.min(ITEMS));
        let room = ITEMS - list.len();
        list.extend(laws(all, rules, room));
        let mut of_code = vec![NO_ITEM; list.iter().map(|i| i.code as usize + 1).max().unwrap_or(0)];
        for (number, item) in (0..).zip(&list) {
            of_code[item.code as usize] = number;
        }
        let mut by_name: Vec<usize> = (0..list.len()).collect();
        by_name.sort_by(|&a, &b| (&list[a].name, list[a].kind, a).cmp(&(&list[b].name, list[b].kind, b)));
        let mut rank = vec![0; list.len()];
        for (place, &item) in (0..).zip(&by_name) {
            rank[item] = place;
        }
        Self { list, of_code, by_name, rank }
    }

    /// Counts their pairs.
    pub(super) fn count(&self, unit: Unit, reels: &Reels) -> io::Result<Pairs> {
        Pairs::count(self.list.len(), &self.of_code, unit, reels)
    }
}

fn terms(all: &Tally, most: usize) -> Vec<Item> {
    let notes = all.terms.notes().iter().filter(|note| all.terms.forms_pairs(&note.word));
    let mut terms: Vec<_> = notes.map(|note| (all.terms.tf(note.term), note)).collect();
    terms.sort_by(|a, b| (Reverse(a.0), &a.1.word).cmp(&(Reverse(b.0), &b.1.word)));
    let item = |(tf, note): (u64, &super::terms::TermNote)| Item {
        code: term_code(note.term),
        name: Arc::clone(&note.word),
        id: Arc::clone(&note.word),
        kind: "word",
        language: Some(note.language),
        tf,
        df: all.terms.df(note.term),
    };
    terms.into_iter().take(most).map(item).collect()
}

fn laws(all: &Tally, rules: &Ruleset, most: usize) -> Vec<Item> {
    let named = all.laws.iter().filter(|(_, count)| count.tokens > 0);
    let mut laws: Vec<_> = named.map(|(e, count)| (all.entities.id(*e, &rules.registry), *e, count)).collect();
    laws.sort_by(|a, b| (Reverse(a.2.tokens), a.0).cmp(&(Reverse(b.2.tokens), b.0)));
    let item = |(id, entity, count): (&str, _, &super::tally::LawCount)| {
        let canonical = all.entities.canonical(entity, &rules.registry);
        Item {
            code: law_code(entity),
            name: law_token(canonical).into(),
            id: id.into(),
            kind: "law",
            language: Some(Language::of_letters(canonical)),
            tf: count.tokens,
            df: count.token_documents,
        }
    };
    laws.into_iter().take(most).map(item).collect()
}

/// What G² is worth among all pairs that were tested: q-values after Benjamini & Hochberg (1995).
///
/// The tests are all pairs of items that meet at all, listed or not. p falls as G² rises, so both have one order, and
/// equal G² have equal q.
#[derive(Default)]
pub(super) struct Tests {
    /// G² of all pairs, greatest first; those that are no number are no tests.
    g2: Vec<f64>,
    q: Vec<f64>,
}

impl Tests {
    pub(super) fn of(mut g2: Vec<f64>) -> Self {
        g2.retain(|value| !value.is_nan());
        g2.par_sort_unstable_by(|a, b| b.total_cmp(a));
        let p: Vec<f64> = g2.par_iter().map(|&value| chi2_tail(value)).collect();
        Self { q: benjamini_hochberg(&p), g2 }
    }

    /// How many pairs were tested.
    pub(super) fn number(&self) -> u64 {
        self.g2.len() as u64
    }

    /// The q-value of one of them.
    pub(super) fn q(&self, g2: f64) -> f64 {
        let at = self.g2.partition_point(|&value| value > g2);
        self.q.get(at).copied().filter(|_| !g2.is_nan()).unwrap_or(f64::NAN)
    }
}

/// The pairs of one unit.
pub(super) struct Strongest {
    pub(super) tests: Tests,
    /// Greatest G² first, as far as they are listed.
    pub(super) rows: Vec<PairRow>,
}

impl Strongest {
    pub(super) fn of(items: &Items, counted: &Pairs, unit: Unit, limits: &Limits) -> Self {
        let joint = |a: usize, b: usize| counted.joint(a, b);
        // Where G² is no number the strength decides, behind all others.
        let order = |x: &Scored, y: &Scored| {
            let known = |g2: f64| if g2.is_nan() { -1.0 } else { g2 };
            known(y.0).total_cmp(&known(x.0)).then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
        };
        let mut all: Vec<f64> = Vec::new();
        let mut found: Vec<Scored> = Vec::new();
        let keep_strongest = |found: &mut Vec<Scored>| {
            if found.len() > limits.pairs && limits.pairs > 0 {
                found.select_nth_unstable_by(limits.pairs - 1, order);
                found.truncate(limits.pairs);
            }
        };
        for (a, b) in counted.iter() {
            let (a, b) = if items.rank[a] <= items.rank[b] { (a, b) } else { (b, a) };
            let joint = joint(a, b);
            let g2 = g2(joint);
            all.push(g2);
            if joint.both >= limits.pair_sentences {
                found.push((g2, items.rank[a], items.rank[b]));
                if found.len() >= 4 * limits.pairs.max(1 << 10) {
                    keep_strongest(&mut found);
                }
            }
        }
        keep_strongest(&mut found);
        found.sort_unstable_by(order);
        let tests = Tests::of(all);
        let row = |(at, &(g2, a, b)): (usize, &Scored)| {
            let (a, b) = (items.by_name[a as usize], items.by_name[b as usize]);
            let joint: Joint = joint(a, b);
            let id = |item: &Item| (item.kind == "law").then(|| Arc::clone(&item.id));
            PairRow {
                unit,
                a: Arc::clone(&items.list[a].name),
                b: Arc::clone(&items.list[b].name),
                kinds: (items.list[a].kind, items.list[b].kind),
                ids: (id(&items.list[a]), id(&items.list[b])),
                n_ab: joint.both,
                n_a: joint.left,
                n_b: joint.right,
                total: joint.total,
                npmi: npmi(joint),
                logdice: logdice(joint),
                g2,
                q: tests.q(g2),
                first: counted.first(a, b).filter(|_| at < limits.pair_examples),
                quotes: Vec::<Quote>::new(),
            }
        };
        let rows = found.iter().enumerate().map(row).collect();
        Self { tests, rows }
    }
}

/// G², and the ranks of the two names.
type Scored = (f64, u32, u32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q_values_are_those_of_benjamini_and_hochberg() {
        // Values by scipy.stats.false_discovery_control of the chi-square tails.
        let tests = Tests::of(vec![0.0, 3.9, f64::NAN, 12.0, 3.9, 30.0]);
        assert_eq!(tests.number(), 5);
        let expected = [
            (30.0, 2.160_231_528_913_747_7e-7),
            (12.0, 0.001_330_013_762_848_123_1),
            (3.9, 0.060_357_634_595_852_08),
            (0.0, 1.0),
        ];
        for (g2, q) in expected {
            assert!((tests.q(g2) / q - 1.0).abs() < 1e-9, "{g2}: {} and not {q}", tests.q(g2));
        }
        assert!(tests.q(f64::NAN).is_nan());
        assert!(Tests::default().q(1.0).is_nan());
    }
}
