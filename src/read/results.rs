//! What an earlier run of ours has written to a folder: results, no documents, and nobody else's work.

use std::{collections::BTreeSet, fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

/// The record of a run, which lists its other files.
pub const RUN: &str = "run.json";
/// Names of files that are about to be seen; a run that is killed meanwhile leaves it, and no record yet.
pub const PUBLISHING: &str = ".tongwen.publishing";
/// What hidden files of ours begin with.
const HIDDEN: &str = ".tongwen";
/// A larger file is no record of ours: a file of a run takes some hundred bytes in it.
const LARGEST: u64 = 1 << 30;

/// What is read of a record.
#[derive(Deserialize)]
struct Earlier {
    #[serde(rename = "fingerprints")]
    _fingerprints: Fingerprints,
    outputs: Vec<Listed>,
}

#[derive(Deserialize)]
struct Fingerprints {
    #[serde(rename = "rules")]
    _rules: String,
}

#[derive(Deserialize)]
struct Listed {
    file: String,
}

/// The files that an earlier run has left in a folder, its record among them; none where no record of ours is there.
#[must_use]
pub fn results_in(folder: &Path) -> BTreeSet<String> {
    let record: Option<Earlier> = told_by(&folder.join(RUN));
    let announced: Option<BTreeSet<String>> = told_by(&folder.join(PUBLISHING));
    let mut results = announced.unwrap_or_default();
    if let Some(record) = record {
        results.extend(record.outputs.into_iter().map(|listed| listed.file).chain([RUN.to_owned()]));
    }
    results
}

/// What a file says, where it is a regular one that reads as such: a pipe of that name would never end.
fn told_by<T: DeserializeOwned>(file: &Path) -> Option<T> {
    file.symlink_metadata().ok().filter(|found| found.is_file() && found.len() <= LARGEST)?;
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// Whether a file, by its path below a folder with these results, is one of them.
pub(super) fn is_result(below: &Path, results: &BTreeSet<String>) -> bool {
    let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    name.starts_with(HIDDEN) || results.contains(&name)
}
