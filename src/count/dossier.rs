//! What is known of an instrument beside its own mentions: with which others documents name it, and who wrote these.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, HashMap},
};

use super::{CoCited, DocIx, DocumentRow, Joint, LawRow, cooccurrence::Tests, expected, g2, logdice};

/// Instruments that take part, by documents; their triangle of counters has 8 MB.
const LAWS: usize = 2_000;
/// So many co-cited instruments are told of each.
const TOLD: usize = 10;

/// Fills in what the documents of each instrument have in common. `documents[i]` are those that name `rows[i]`,
/// ascending.
pub(super) fn complete(rows: &mut [LawRow], documents: &[Vec<DocIx>], all: &BTreeMap<DocIx, DocumentRow>) {
    for (row, documents) in rows.iter_mut().zip(documents) {
        let mut issuers: BTreeMap<&str, u64> = BTreeMap::new();
        for document in documents.iter().filter_map(|ix| all.get(ix)) {
            if let Some(issuer) = &document.issuer {
                *issuers.entry(issuer).or_default() += 1;
            }
            if let Some(date) = document.date {
                *row.documents_by_year.entry(date.year()).or_default() += 1;
            }
        }
        let mut issuers: Vec<(String, u64)> = issuers.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        issuers.sort_by_key(|(_, count)| Reverse(*count));
        row.issuers = issuers;
    }
    cocite(rows, documents, all.len() as u64);
}

/// Pairs of instruments that the same documents name.
fn cocite(rows: &mut [LawRow], documents: &[Vec<DocIx>], total: u64) {
    let mut chosen: Vec<usize> = (0..rows.len()).filter(|&law| !documents[law].is_empty()).collect();
    chosen
        .sort_by(|&a, &b| (Reverse(documents[a].len()), &rows[a].id).cmp(&(Reverse(documents[b].len()), &rows[b].id)));
    chosen.truncate(LAWS);
    let mut of_document: HashMap<DocIx, Vec<u32>> = HashMap::new();
    for (number, &law) in (0..).zip(&chosen) {
        documents[law].iter().for_each(|document| of_document.entry(*document).or_default().push(number));
    }
    let cell = |a: u32, b: u32| b as usize * (b as usize - 1) / 2 + a as usize;
    let mut together = vec![0_u32; chosen.len() * chosen.len().saturating_sub(1) / 2];
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
    for laws in of_document.values() {
        for (at, &b) in laws.iter().enumerate() {
            laws[..at].iter().for_each(|&a| together[cell(a, b)] += 1);
        }
    }
    let mut pairs: Vec<(usize, usize, Joint, f64)> = Vec::new();
    for b in 1..chosen.len() as u32 {
        for a in 0..b {
            let both = u64::from(together[cell(a, b)]);
            if both > 0 {
                let (a, b) = (chosen[a as usize], chosen[b as usize]);
                let (left, right) = (documents[a].len() as u64, documents[b].len() as u64);
                let joint = Joint { both, left, right, total };
                pairs.push((a, b, joint, g2(joint)));
            }
        }
    }
    let tests = Tests::of(pairs.iter().map(|pair| pair.3).collect());
    let mut others: Vec<Vec<Other>> = vec![Vec::new(); rows.len()];
    for (a, b, joint, g2) in pairs.into_iter().filter(|(_, _, joint, _)| joint.both as f64 >= expected(*joint)) {
        for (law, other) in [(a, b), (b, a)] {
            others[law].push(Other { g2, joint, law: other });
            // A law that thousands stand beside does not keep them all.
            if others[law].len() >= 16 * TOLD {
                keep_strongest(&mut others[law], rows);
            }
        }
    }
    for law in 0..rows.len() {
        let mut others = std::mem::take(&mut others[law]);
        keep_strongest(&mut others, rows);
        others.sort_unstable_by(|x, y| x.order(y, rows));
        let told = |other: Other| CoCited {
            id: rows[other.law].id.clone(),
            documents: other.joint.both,
            logdice: logdice(other.joint),
            q: tests.q(other.g2),
        };
        rows[law].cocited = others.into_iter().map(told).collect();
    }
}

/// An instrument beside another.
#[derive(Clone, Copy)]
struct Other {
    g2: f64,
    joint: Joint,
    law: usize,
}

impl Other {
    /// Greatest G² first, then most documents, then by id.
    fn order(&self, other: &Self, rows: &[LawRow]) -> Ordering {
        let rest = |of: &Self| Reverse(of.joint.both);
        let ids = || rows[self.law].id.cmp(&rows[other.law].id);
        other.g2.total_cmp(&self.g2).then_with(|| rest(self).cmp(&rest(other))).then_with(ids)
    }
}

/// The strongest, in no particular order.
fn keep_strongest(others: &mut Vec<Other>, rows: &[LawRow]) {
    if others.len() > TOLD {
        others.select_nth_unstable_by(TOLD - 1, |x, y| x.order(y, rows));
        others.truncate(TOLD);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(id: &str) -> LawRow {
        LawRow { id: id.to_owned(), ..LawRow::default() }
    }

    #[test]
    fn laws_that_the_same_documents_name_are_cocited() {
        let mut rows = [law("a"), law("b"), law("c"), law("d")];
        let documents = [vec![0, 1, 2], vec![0, 1, 2], vec![2, 3], vec![]];
        let issuer = |name: &str| DocumentRow { issuer: Some(name.to_owned()), ..DocumentRow::default() };
        let all =
            (0..10).zip([issuer("x"), issuer("y"), issuer("y")].into_iter().chain(vec![DocumentRow::default(); 7]));
        complete(&mut rows, &documents, &all.collect());
        assert_eq!(rows[0].issuers, [("y".to_owned(), 2), ("x".to_owned(), 1)]);
        let told = |row: &LawRow| row.cocited.iter().map(|c| (c.id.clone(), c.documents)).collect::<Vec<_>>();
        assert_eq!(told(&rows[0]), [("b".to_owned(), 3), ("c".to_owned(), 1)]);
        assert_eq!(told(&rows[2]), [("a".to_owned(), 1), ("b".to_owned(), 1)]);
        assert_eq!(rows[0].cocited[0].logdice, 14.0);
        assert!(rows[0].cocited[0].q < 0.05 && rows[0].cocited[1].q > 0.05);
        assert!(rows[3].cocited.is_empty());
    }

    #[test]
    fn one_document_proves_nothing() {
        let mut rows = [law("a"), law("b")];
        complete(&mut rows, &[vec![0], vec![0]], &BTreeMap::from([(0, DocumentRow::default())]));
        assert_eq!((rows[0].cocited[0].documents, rows[0].cocited[0].q), (1, 1.0));
        complete(&mut [], &[], &BTreeMap::new());
    }
}
