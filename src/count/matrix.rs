//! The square matrix of co-word studies: how often the most frequent items meet, how alike they are, and in which order
//! a dendrogram shows them.
//!
//! Chinese co-word studies draw it by three or four programs (ROSTCM or BICOMB for the counts, a spreadsheet for
//! Ochiai's coefficient, SPSS for the dissimilarities and the clustering); this is the same chain.

use std::{cmp::Reverse, sync::Arc};

use kodama::{Method, linkage};

use super::{Matrix, MatrixItem, cooccurrence::Items, ochiai, pairs::Pairs};

impl Matrix {
    /// The matrix of the `most` items with the most units.
    pub(super) fn of(items: &Items, counted: &Pairs, most: usize) -> Self {
        let mut chosen: Vec<usize> = (0..items.list.len()).filter(|&item| counted.of(item) > 0).collect();
        let name = |item: usize| (&*items.list[item].name, items.list[item].kind);
        chosen.sort_by(|&a, &b| (Reverse(counted.of(a)), name(a)).cmp(&(Reverse(counted.of(b)), name(b))));
        chosen.truncate(most);
        let mut counts = Vec::with_capacity(chosen.len() * chosen.len());
        let mut likeness = Vec::with_capacity(chosen.len() * chosen.len());
        for &a in &chosen {
            for &b in &chosen {
                // What an item has on the diagonal is its own frequency, and it is wholly like itself.
                let own = a == b;
                counts.push(if own { counted.of(a) } else { counted.joint(a, b).both });
                likeness.push(if own { 1.0 } else { ochiai(counted.joint(a, b)) });
            }
        }
        let items: Vec<MatrixItem> = chosen
            .iter()
            .map(|&item| MatrixItem { name: Arc::clone(&items.list[item].name), kind: items.list[item].kind })
            .collect();
        let (order, merges) = dendrogram(items.len(), &likeness);
        Self { items, counts, likeness, order, merges }
    }
}

/// The items in the order of a dendrogram, and its joints: the numbers of the two clusters (items first, then one for
/// each joint) and their dissimilarity.
///
/// Average linkage (UPGMA) over `1 − Ochiai`. Source: Sokal & Michener (1958), *University of Kansas Science Bulletin*
/// 38; the algorithm is that of Müllner (2011), as in fastcluster and SciPy.
fn dendrogram(items: usize, likeness: &[f64]) -> (Vec<usize>, Vec<(usize, usize, f64)>) {
    if items < 2 {
        return ((0..items).collect(), Vec::new());
    }
    let mut apart: Vec<f64> = Vec::with_capacity(items * (items - 1) / 2);
    for a in 0..items {
        apart.extend((a + 1..items).map(|b| (1.0 - likeness[a * items + b]).max(0.0)));
    }
    let joints = linkage(&mut apart, items, Method::Average);
    let merges: Vec<(usize, usize, f64)> =
        joints.steps().iter().map(|joint| (joint.cluster1, joint.cluster2, joint.dissimilarity)).collect();
    // Of two clusters the one with the most frequent item comes first.
    let mut clusters: Vec<Vec<usize>> = (0..items).map(|item| vec![item]).collect();
    for &(a, b, _) in &merges {
        let (mut a, mut b) = (std::mem::take(&mut clusters[a]), std::mem::take(&mut clusters[b]));
        if b.iter().min() < a.iter().min() {
            std::mem::swap(&mut a, &mut b);
        }
        a.append(&mut b);
        clusters.push(a);
    }
    (clusters.pop().unwrap_or_default(), merges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        // 0 and 2 are alike, 1 and 3 are; merges as by scipy.cluster.hierarchy.linkage(…, 'average').
        let likeness = [1.0, 0.1, 0.9, 0.2, 0.1, 1.0, 0.3, 0.8, 0.9, 0.3, 1.0, 0.0, 0.2, 0.8, 0.0, 1.0];
        let (order, merges) = dendrogram(4, &likeness);
        assert_eq!(order, [0, 2, 1, 3]);
        let heights: Vec<f64> = merges.iter().map(|merge| (merge.2 * 1e9).round() / 1e9).collect();
        assert_eq!(heights, [0.1, 0.2, 0.85]);
    }

    #[test]
    fn one_item_and_none_have_an_order_too() {
        assert_eq!(dendrogram(0, &[]), (vec![], vec![]));
        assert_eq!(dendrogram(1, &[1.0]), (vec![0], vec![]));
    }
}
