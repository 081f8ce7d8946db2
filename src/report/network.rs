//! The network behind the list of pairs: terms and instruments as nodes, pairs as edges.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map::Entry},
};

use crate::{
    count::{PairRow, Summary, TermRow},
    text::Language,
};

/// Terms and instruments, and which of them meet.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    pub(super) nodes: Vec<NetworkNode>,
    /// Strongest first.
    pub(super) edges: Vec<NetworkEdge>,
}

/// A term or an instrument.
#[derive(Clone, Debug)]
pub(super) struct NetworkNode {
    /// Unique: kind and term.
    pub(super) id: String,
    pub(super) label: String,
    /// `word` or `law`.
    pub(super) kind: &'static str,
    pub(super) language: Option<Language>,
    /// Occurrences.
    pub(super) tf: u64,
    /// Documents.
    pub(super) df: u64,
    /// Edges.
    pub(super) degree: u64,
    /// Sum of the weights of its edges.
    pub(super) strength: f64,
    /// Number of its community, from 0, the largest first.
    pub(super) community: u32,
}

/// Two that meet.
#[derive(Clone, Debug)]
pub(super) struct NetworkEdge {
    /// Places in the list of nodes.
    pub(super) a: usize,
    pub(super) b: usize,
    /// Sentences that hold both.
    pub(super) weight: f64,
    pub(super) npmi: f64,
    pub(super) logdice: f64,
    pub(super) g2: f64,
    /// Adjusted probability of no association; not a number where it was not computed.
    pub(super) q: f64,
}

/// Edges of the network files.
const EDGES: usize = 10_000;

impl Network {
    /// The network of the strongest pairs that meet more often than chance.
    pub(super) fn of(summary: &Summary) -> Self {
        let terms: BTreeMap<(&str, &str), &TermRow> =
            summary.terms.iter().map(|term| ((term.kind, &*term.term), term)).collect();
        let mut network = Self::default();
        let mut places = BTreeMap::new();
        for pair in summary.pairs.iter().filter(|pair| pair.npmi > 0.0).take(EDGES) {
            let mut place = |name: &str, kind: &'static str| match places.entry((kind, name.to_owned())) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    network.nodes.push(node(kind, name, terms.get(&(kind, name)).copied()));
                    *new.insert(network.nodes.len() - 1)
                }
            };
            let (a, b) = (place(&pair.a, pair.kinds.0), place(&pair.b, pair.kinds.1));
            network.edges.push(edge(a, b, pair));
        }
        for edge in &network.edges {
            for end in [edge.a, edge.b] {
                network.nodes[end].degree += 1;
                network.nodes[end].strength += edge.weight;
            }
        }
        network.find_communities();
        network
    }

    /// Communities by label propagation (Raghavan et al. 2007, *Physical Review E* 76), in the order of the nodes.
    fn find_communities(&mut self) {
        let mut ties: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.nodes.len()];
        for edge in &self.edges {
            ties[edge.a].push((edge.b, edge.npmi));
            ties[edge.b].push((edge.a, edge.npmi));
        }
        let mut labels: Vec<usize> = (0..self.nodes.len()).collect();
        for _ in 0..20 {
            let mut changed = false;
            for at in 0..labels.len() {
                let mut votes: BTreeMap<usize, f64> = BTreeMap::new();
                ties[at].iter().for_each(|(other, weight)| *votes.entry(labels[*other]).or_default() += weight);
                let best = votes.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
                if let Some((label, _)) = best.filter(|(label, _)| *label != labels[at]) {
                    (labels[at], changed) = (label, true);
                }
            }
            if !changed {
                break;
            }
        }
        let mut sizes: BTreeMap<usize, u64> = BTreeMap::new();
        labels.iter().for_each(|label| *sizes.entry(*label).or_default() += 1);
        let mut order: Vec<(usize, u64)> = sizes.into_iter().collect();
        order.sort_by_key(|(label, size)| (Reverse(*size), *label));
        let number: BTreeMap<usize, u32> = order.into_iter().map(|(label, _)| label).zip(0..).collect();
        for (node, label) in self.nodes.iter_mut().zip(labels) {
            node.community = number[&label];
        }
    }
}

fn node(kind: &'static str, name: &str, term: Option<&TermRow>) -> NetworkNode {
    NetworkNode {
        id: format!("{kind}:{name}"),
        label: name.replace('_', " "),
        kind,
        language: term.and_then(|term| term.language),
        tf: term.map_or(0, |term| term.tf),
        df: term.map_or(0, |term| term.df),
        degree: 0,
        strength: 0.0,
        community: 0,
    }
}

fn edge(a: usize, b: usize, pair: &PairRow) -> NetworkEdge {
    NetworkEdge { a, b, weight: pair.n_ab as f64, npmi: pair.npmi, logdice: pair.logdice, g2: pair.g2, q: f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture, *};

    #[test]
    fn every_edge_has_its_nodes_and_communities_are_numbered_by_size() {
        let network = Network::of(&fixture::case().summary);
        assert!(!network.edges.is_empty());
        let degrees: u64 = network.nodes.iter().map(|node| node.degree).sum();
        assert_eq!(degrees, 2 * network.edges.len() as u64);
        let size = |number: u32| network.nodes.iter().filter(|node| node.community == number).count();
        let most = network.nodes.iter().map(|node| node.community).max().unwrap();
        assert!((0..most).all(|number| size(number) >= size(number + 1) && size(number + 1) > 0));
    }
}
