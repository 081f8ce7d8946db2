//! What goes with what: the strongest pairs as half a matrix and as a table.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::{
    charts::{Link, STEPS, matrix},
    network_map::map,
};
use super::{
    Context, Cut,
    labels::{Label, short},
    quote::Shown,
};
use crate::{
    count::PairRow,
    report::{table::grouped, view},
};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    network: String,
    network_nodes: String,
    network_edges: String,
    all_nodes: String,
    all_edges: String,
    /// What they share.
    unit: String,
    matrix: String,
    steps: [f64; 5],
    names: usize,
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    a: Label,
    b: Label,
    search: String,
    /// Fewer than five sentences: too few for a measure.
    thin: bool,
    quotes: Vec<Shown>,
}

/// Names on the diagonal of the matrix.
const NAMES: usize = 30;

pub(super) fn section(context: &Context<'_>) -> Section {
    let pairs = of_first_unit(context);
    let table = view::cooccurrence(context.report);
    let shown = pairs.len().min(context.caps.pairs);
    let row = |(at, pair): (usize, &PairRow)| Row {
        n: table.shown(at),
        a: context.labels.term(&pair.a, pair.kinds.0),
        b: context.labels.term(&pair.b, pair.kinds.1),
        search: [(&pair.a, pair.kinds.0), (&pair.b, pair.kinds.1)]
            .map(|(term, kind)| context.labels.other_names(term, kind))
            .join(" "),
        thin: pair.n_ab < 5,
        quotes: pair.quotes.iter().take(2).map(|quote| context.sources.sentence(quote)).collect(),
    };
    let (matrix, names) = picture(context);
    let network = &context.report.summary.network;
    let map = map(network, |node| short(&node.label).to_owned());
    let count = |number: usize| grouped(&number.to_string());
    Section {
        network: map.svg,
        network_nodes: count(map.nodes),
        network_edges: count(map.edges),
        all_nodes: count(network.nodes.len()),
        all_edges: count(network.edges.len()),
        unit: pairs.first().map(|pair| pair.unit).unwrap_or_default().to_string(),
        matrix,
        steps: STEPS,
        names,
        rows: pairs.iter().take(shown).enumerate().map(row).collect(),
        cut: Cut::new(shown, pairs.len(), "cooccurrence.csv"),
    }
}

/// The pairs of the first unit that was asked for.
fn of_first_unit<'r>(context: &Context<'r>) -> &'r [PairRow] {
    let pairs = &context.report.summary.pairs;
    let count = pairs.iter().take_while(|pair| pair.unit == pairs[0].unit).count();
    &pairs[..count]
}

/// The names of the strongest pairs, and every pair among them.
fn picture(context: &Context<'_>) -> (String, usize) {
    let pairs = of_first_unit(context);
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    for pair in pairs {
        if names.len() + 2 > NAMES {
            break;
        }
        names.extend([(&*pair.a, pair.kinds.0), (&*pair.b, pair.kinds.1)]);
    }
    if names.len() < 4 {
        return (String::new(), 0);
    }
    let labels: BTreeMap<(&str, &str), String> = names
        .iter()
        .map(|(term, kind)| ((*term, *kind), short(&context.labels.term(term, kind).text).to_owned()))
        .collect();
    let links: Vec<Link<'_>> = pairs
        .iter()
        .filter_map(|pair| {
            let (a, b) = (labels.get(&(&*pair.a, pair.kinds.0))?, labels.get(&(&*pair.b, pair.kinds.1))?);
            (a != b).then_some(Link { a, b, npmi: pair.npmi, count: pair.n_ab })
        })
        .collect();
    (matrix(&links), names.len())
}
