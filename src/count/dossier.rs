//! What is known of an instrument beside its own mentions: with which others documents name it, and who wrote these.

use std::{
    cmp::Reverse,
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
    let mut others: Vec<Vec<(f64, CoCited)>> = vec![Vec::new(); rows.len()];
    for (a, b, joint, g2) in pairs.into_iter().filter(|(_, _, joint, _)| joint.both as f64 >= expected(*joint)) {
        for (law, other) in [(a, b), (b, a)] {
            let cited =
                CoCited { id: rows[other].id.clone(), documents: joint.both, logdice: logdice(joint), q: tests.q(g2) };
            others[law].push((g2, cited));
            // A law that thousands stand beside does not keep them all.
            if others[law].len() >= 16 * TOLD {
                keep_strongest(&mut others[law]);
            }
        }
    }
    for (row, mut others) in rows.iter_mut().zip(others) {
        keep_strongest(&mut others);
        row.cocited = others.into_iter().map(|(_, cited)| cited).collect();
    }
}

/// Greatest G² first, then most documents, then by id.
fn keep_strongest(others: &mut Vec<(f64, CoCited)>) {
    others.sort_by(|x, y| {
        y.0.total_cmp(&x.0).then_with(|| (Reverse(x.1.documents), &x.1.id).cmp(&(Reverse(y.1.documents), &y.1.id)))
    });
    others.truncate(TOLD);
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
