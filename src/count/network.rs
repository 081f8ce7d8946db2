//! The map of what goes with what: a few frequent terms and instruments, the strongest ties among them, communities.
//!
//! Nodes are chosen by frequency and not by strength, since the strongest pairs are names that only stand together
//! (co-word studies and KH Coder choose in the same way). Edges are those that are no chance, strongest first.

use std::cmp::Reverse;

use super::{
    Limits, Network, NetworkEdge, NetworkNode,
    cooccurrence::{Items, Tests},
    expected, g2, logdice, npmi,
    pairs::Pairs,
};

/// An edge has a q-value below this.
const Q: f64 = 0.05;

impl Network {
    /// The network of the most frequent items.
    pub(super) fn of(items: &Items, counted: &Pairs, tests: &Tests, limits: &Limits) -> Self {
        let chosen = chosen(items, limits);
        let edges = edges(items, counted, tests, &chosen, limits);
        let mut number = vec![None; items.list.len()];
        let mut nodes: Vec<NetworkNode> = Vec::new();
        let tied = chosen.iter().filter(|&&item| edges.iter().any(|edge| edge.a == item || edge.b == item));
        for &item in tied {
            let of = &items.list[item];
            number[item] = Some(nodes.len());
            nodes.push(NetworkNode {
                id: format!("{}:{}", of.kind, of.id),
                label: of.name.replace('_', " "),
                kind: of.kind,
                language: of.language,
                tf: of.tf,
                df: of.df,
                degree: 0,
                strength: 0.0,
                community: 0,
            });
        }
        let renumbered =
            edges.into_iter().filter_map(|edge| Some(NetworkEdge { a: number[edge.a]?, b: number[edge.b]?, ..edge }));
        let edges: Vec<NetworkEdge> = renumbered.collect();
        for edge in &edges {
            for end in [edge.a, edge.b] {
                nodes[end].degree += 1;
                nodes[end].strength += edge.weight;
            }
        }
        let ties: Vec<(usize, usize, f64)> = edges.iter().map(|edge| (edge.a, edge.b, edge.npmi)).collect();
        let communities = communities(nodes.len(), &ties);
        for (node, community) in nodes.iter_mut().zip(communities) {
            node.community = community;
        }
        Self { nodes, edges }
    }
}

/// The most frequent: instruments up to a quarter of all, the rest terms; each kind makes up for what the other lacks.
fn chosen(items: &Items, limits: &Limits) -> Vec<usize> {
    let of_kind = |kind: &str| (0..items.list.len()).filter(|&i| items.list[i].kind == kind).collect::<Vec<_>>();
    let (words, laws) = (of_kind("word"), of_kind("law"));
    let quarter = laws.len().min(limits.network_nodes / 4);
    let rest = words.len().min(limits.network_nodes - quarter);
    let named = laws.len().min(limits.network_nodes - rest);
    words.into_iter().take(rest).chain(laws.into_iter().take(named)).collect()
}

/// Edges among the chosen, with the numbers of items: those that meet more often than chance, q below .05, in enough
/// units, the strongest by logDice.
fn edges(items: &Items, counted: &Pairs, tests: &Tests, chosen: &[usize], limits: &Limits) -> Vec<NetworkEdge> {
    let mut edges: Vec<NetworkEdge> = Vec::new();
    for (at, &a) in chosen.iter().enumerate() {
        for &b in &chosen[at + 1..] {
            let joint = counted.joint(a, b);
            if joint.both < limits.pair_sentences.max(1) || joint.both as f64 <= expected(joint) {
                continue;
            }
            let g2 = g2(joint);
            let q = tests.q(g2);
            // In a window the test may be undefined; then nothing vouches for the pair.
            if q < Q {
                let (npmi, logdice) = (npmi(joint), logdice(joint));
                edges.push(NetworkEdge { a, b, weight: joint.both as f64, npmi, logdice, g2, q });
            }
        }
    }
    let name = |item: usize| (&*items.list[item].name, items.list[item].kind);
    edges.sort_by(|x, y| {
        y.logdice
            .total_cmp(&x.logdice)
            .then_with(|| y.g2.total_cmp(&x.g2))
            .then_with(|| (name(x.a), name(x.b)).cmp(&(name(y.a), name(y.b))))
    });
    edges.truncate(limits.network_edges);
    edges
}

/// The community of each node, from 0, the largest first: modularity by moving nodes, then communities, as long as that
/// gains. Nodes come in their order and of equal gains the community with the smaller number wins, so there is no chance.
///
/// Source: Blondel, Guillaume, Lambiotte & Lefebvre (2008), *Journal of Statistical Mechanics* P10008 (the "Louvain"
/// method); modularity after Newman (2004), *Physical Review E* 70.
fn communities(nodes: usize, ties: &[(usize, usize, f64)]) -> Vec<u32> {
    let mut graph = Graph::of(nodes, ties);
    let mut community: Vec<usize> = (0..nodes).collect();
    while let Some(groups) = graph.settle() {
        community.iter_mut().for_each(|of| *of = groups[*of]);
        graph = graph.joined(&groups);
    }
    by_size(&community)
}

/// Numbers of communities by size, ties by the first node.
fn by_size(community: &[usize]) -> Vec<u32> {
    let groups = community.iter().max().map_or(0, |most| most + 1);
    let mut sizes: Vec<(Reverse<usize>, usize, usize)> = (0..groups)
        .filter_map(|group| {
            let members = community.iter().filter(|&&of| of == group).count();
            let first = community.iter().position(|&of| of == group)?;
            Some((Reverse(members), first, group))
        })
        .collect();
    sizes.sort_unstable();
    let mut number = vec![0; groups];
    for (place, (_, _, group)) in (0..).zip(sizes) {
        number[group] = place;
    }
    community.iter().map(|&of| number[of]).collect()
}

/// A weighted graph; a node may be tied to itself once nodes are joined.
struct Graph {
    ties: Vec<Vec<(usize, f64)>>,
    /// Sum of the weights at each node, a tie to itself twice.
    weights: Vec<f64>,
    /// Twice the weight of all ties.
    total: f64,
}

/// A smaller gain in modularity is rounding.
const GAIN: f64 = 1e-12;
/// Rounds over all nodes at most; in practice some ten.
const ROUNDS: usize = 100;

impl Graph {
    fn of(nodes: usize, ties: &[(usize, usize, f64)]) -> Self {
        let mut graph = Self { ties: vec![Vec::new(); nodes], weights: vec![0.0; nodes], total: 0.0 };
        for &(a, b, weight) in ties {
            graph.ties[a].push((b, weight));
            if a != b {
                graph.ties[b].push((a, weight));
            }
            graph.weights[a] += weight;
            graph.weights[b] += weight;
            graph.total += 2.0 * weight;
        }
        graph
    }

    /// Moves nodes to the communities of their neighbours; the communities, numbered without gaps, if any node moved.
    fn settle(&self) -> Option<Vec<usize>> {
        let nodes = self.ties.len();
        let mut community: Vec<usize> = (0..nodes).collect();
        let mut sums = self.weights.clone();
        let mut moved = false;
        for _ in 0..ROUNDS {
            let mut moves = 0;
            for node in 0..nodes {
                let best = self.best(node, &community, &sums);
                if best != community[node] {
                    sums[community[node]] -= self.weights[node];
                    sums[best] += self.weights[node];
                    community[node] = best;
                    moves += 1;
                }
            }
            moved |= moves > 0;
            if moves == 0 {
                break;
            }
        }
        moved.then(|| {
            let mut used: Vec<usize> = community.clone();
            used.sort_unstable();
            used.dedup();
            community.iter().map(|of| used.partition_point(|known| known < of)).collect()
        })
    }

    /// The community where a node adds most to the modularity.
    fn best(&self, node: usize, community: &[usize], sums: &[f64]) -> usize {
        let own = community[node];
        let mut links: Vec<(usize, f64)> = vec![(own, 0.0)];
        for &(other, weight) in self.ties[node].iter().filter(|(other, _)| *other != node) {
            match links.iter_mut().find(|(group, _)| *group == community[other]) {
                Some((_, sum)) => *sum += weight,
                None => links.push((community[other], weight)),
            }
        }
        let gain = |&(group, links): &(usize, f64)| {
            let others = sums[group] - if group == own { self.weights[node] } else { 0.0 };
            (links - others * self.weights[node] / self.total) / self.total
        };
        let mut best = (own, gain(&links[0]));
        links[1..].sort_unstable_by_key(|(group, _)| *group);
        for link in &links[1..] {
            if gain(link) > best.1 + GAIN {
                best = (link.0, gain(link));
            }
        }
        best.0
    }

    /// The graph of the communities.
    fn joined(&self, groups: &[usize]) -> Self {
        let count = groups.iter().max().map_or(0, |most| most + 1);
        let mut between: Vec<Vec<f64>> = vec![vec![0.0; count]; count];
        for (node, ties) in self.ties.iter().enumerate() {
            for &(other, weight) in ties.iter().filter(|(other, _)| *other >= node) {
                let (a, b) = (groups[node].min(groups[other]), groups[node].max(groups[other]));
                between[a][b] += weight;
            }
        }
        let ties: Vec<(usize, usize, f64)> = between
            .iter()
            .enumerate()
            .flat_map(|(a, row)| row.iter().enumerate().map(move |(b, weight)| (a, b, *weight)))
            .filter(|(_, _, weight)| *weight > 0.0)
            .collect();
        Self::of(count, &ties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rings of cliques have an obvious answer (Fortunato & Barthélemy 2007 use them to test the method).
    #[test]
    fn cliques_in_a_ring_are_communities() {
        let mut ties = Vec::new();
        for clique in 0..4 {
            let first = clique * 4;
            for a in first..first + 4 {
                ties.extend((a + 1..first + 4).map(|b| (a, b, 1.0)));
            }
            ties.push((first, (first + 5) % 16, 0.2));
        }
        let found = communities(16, &ties);
        for node in 0..16 {
            assert_eq!(found[node], (node / 4) as u32, "{found:?}");
        }
    }

    /// Zachary's karate club (1977). The best modularity known is 0.4198, with four communities.
    #[test]
    fn the_karate_club_falls_apart_where_it_did() {
        const FRIENDS: [&[usize]; 34] = [
            &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
            &[2, 3, 7, 13, 17, 19, 21, 30],
            &[3, 7, 8, 9, 13, 27, 28, 32],
            &[7, 12, 13],
            &[6, 10],
            &[6, 10, 16],
            &[16],
            &[],
            &[30, 32, 33],
            &[33],
            &[],
            &[],
            &[],
            &[33],
            &[32, 33],
            &[32, 33],
            &[],
            &[],
            &[32, 33],
            &[33],
            &[32, 33],
            &[],
            &[32, 33],
            &[25, 27, 29, 32, 33],
            &[25, 27, 31],
            &[31],
            &[29, 33],
            &[33],
            &[31, 33],
            &[32, 33],
            &[32, 33],
            &[32, 33],
            &[33],
            &[],
        ];
        let ties: Vec<(usize, usize, f64)> =
            FRIENDS.iter().enumerate().flat_map(|(a, to)| to.iter().map(move |&b| (a, b, 1.0))).collect();
        assert_eq!(ties.len(), 78);
        let found = communities(34, &ties);
        let graph = Graph::of(34, &ties);
        let modularity: f64 = (0..=*found.iter().max().unwrap())
            .map(|group| {
                let inside = ties.iter().filter(|(a, b, _)| found[*a] == group && found[*b] == group).count() as f64;
                let degrees: f64 = (0..34).filter(|&node| found[node] == group).map(|node| graph.weights[node]).sum();
                inside / 78.0 - (degrees / 156.0).powi(2)
            })
            .sum();
        assert!(modularity > 0.41, "{modularity}: {found:?}");
        assert_ne!(found[0], found[33], "the two who fell out");
    }

    #[test]
    fn nothing_and_lonely_nodes_are_communities_of_their_own() {
        assert_eq!(communities(0, &[]), [0_u32; 0]);
        assert_eq!(communities(3, &[(1, 2, 1.0)]), [1, 0, 0]);
    }
}
