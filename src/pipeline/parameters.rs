//! The parameters of a run as `run.json` shows them: the options, the limits, and what was chosen by the size of the corpus.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::count::{Limits, SEED, Summary};

/// All of them by name.
pub(super) fn all(options: &BTreeMap<String, Value>, limits: &Limits, summary: &Summary) -> BTreeMap<String, Value> {
    let mut parameters = options.clone();
    for (name, value) in [
        ("pair_terms", limits.pair_terms as u64),
        ("pair_sentences", limits.pair_sentences),
        ("pairs", limits.pairs as u64),
        ("pair_examples", limits.pair_examples as u64),
        ("matrix", limits.matrix_items as u64),
        ("network_nodes", limits.network_nodes as u64),
        ("network_edges", limits.network_edges as u64),
        ("resamples", summary.resamples as u64),
        ("resampled_terms", limits.resampled_terms as u64),
        ("resample_seed", SEED),
        ("keyness_groups", limits.keyness_groups as u64),
        ("keyness_rows", limits.keyness_rows as u64),
        ("trend_words", limits.trend_words as u64),
        ("trend_laws", limits.trend_laws as u64),
        ("trend_rows", limits.trend_rows as u64),
        ("trend_phrases", limits.trend_phrases as u64),
        ("phrases", limits.phrases as u64),
        ("phrase_examples", limits.phrase_examples as u64),
        ("phrase_occurrences", limits.phrase_occurrences),
        ("phrase_frequency", summary.phrase_frequency),
        ("trend_documents_without_date", summary.trends.undated),
        ("trend_documents_outside_periods", summary.trends.outside),
    ] {
        parameters.insert(name.to_owned(), value.into());
    }
    let units: Vec<String> = limits.units.iter().map(ToString::to_string).collect();
    parameters.insert("unit".to_owned(), units.into());
    parameters
}
