//! One run of the whole pipeline over a folder of plain text files.

use std::{collections::BTreeMap, fs, path::Path};

use tempfile::TempDir;
use tongwen::{
    count::Questions,
    engine::Engine,
    pipeline::{self, Keep, Settings, Watch},
    read::{FileRecord, Limits, Metadata, WalkOptions},
    report::{Foreign, Formats},
    text::Document,
};

struct Nobody;

impl Watch for Nobody {
    fn found(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _record: &FileRecord) {}
    fn stage(&self, _name: &str) {}
    fn stopped(&self) -> Option<i32> {
        None
    }
    fn seconds(&self) -> f64 {
        0.0
    }
}

/// The documents as plain text files.
pub(crate) fn folder_of(documents: &[Document]) -> TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    for (number, document) in documents.iter().enumerate() {
        fs::write(folder.path().join(format!("{number:06}.txt")), &document.text).expect("a writable folder");
    }
    folder
}

/// Reads the folder and writes the reports to a scratch folder; returns the number of documents.
pub(crate) fn analyze(engine: &Engine, folder: &Path, formats: Formats, threads: usize) -> u64 {
    let out = tempfile::tempdir().expect("a scratch folder");
    let settings = Settings {
        inputs: vec![folder.to_owned()],
        out: out.path().join("report"),
        metadata: Metadata::none(),
        walk: WalkOptions::default(),
        limits: Limits::default(),
        foreign: Foreign::Keep,
        formats,
        sheet_rows: 3_000,
        counts: tongwen::count::Limits::default(),
        questions: Questions::default(),
        keep: Keep::default(),
        threads,
        parameters: BTreeMap::new(),
    };
    let outcome = pipeline::analyze(engine, &settings, &Nobody).expect("a report");
    assert_eq!(outcome.counts.ok, outcome.counts.found, "{outcome:?}");
    outcome.counts.ok
}
