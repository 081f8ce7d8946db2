//! The store in a run: what is asked of it, what it is given, and when nothing has changed at all.
//!
//! A document's analysis lies under the digest of the program, the rules, the registry, its name, its metadata and its
//! content. The last run lies there, too: where inputs and settings are still the same and the report folder still holds
//! what was written, the folder is the answer. With a store and without one a run writes the same bytes.

use std::collections::HashSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Outcome, Run, Settings};
use crate::{
    engine::Engine,
    error::{Error, Result},
    read::{self, Fetched, FileRecord, Found, Limits, Metadata, Source, Stamp},
    report::{OutputFolder, Written},
    store::{Analysis, Key, Store},
};

/// What a run may take from earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Analyses are kept in the report folder, and taken from there.
    pub store: bool,
    /// What is there is forgotten first.
    pub fresh: bool,
    /// A file with the size and times of the last run is not read to see whether it has changed.
    pub stamps: bool,
}

/// The store of a run.
pub(super) struct Keeping<'a> {
    store: Store,
    /// Of all that every analysis depends on.
    base: Key,
    metadata: &'a Metadata,
    last: Option<Last>,
    stamps: bool,
    /// A larger file is not read, whatever is known of it.
    largest: u64,
    began: Option<Stamp>,
}

/// The last run that came to its end.
#[derive(Serialize, Deserialize)]
struct Last {
    /// By id.
    files: Vec<File>,
    /// What would be the same now; `None` where something in it was the doing of the clock or of a disk.
    report: Option<Finished>,
}

/// A file found.
#[derive(Serialize, Deserialize)]
struct File {
    id: String,
    stamp: Option<Stamp>,
    content: String,
}

#[derive(Serialize, Deserialize)]
struct Finished {
    settings: Key,
    outputs: Vec<Written>,
    outcome: Outcome,
}

/// A file as the store knows it.
#[derive(Default)]
pub(super) struct Looked {
    /// Where its analysis lies, if there is one.
    pub(super) key: Option<Key>,
    /// Its bytes, where they had to be read.
    pub(super) fetched: Option<Fetched>,
    pub(super) stamp: Option<Stamp>,
}

/// A file with several documents: what is kept of itself.
#[derive(Serialize, Deserialize)]
pub(super) struct Whole {
    /// Its own record; `None` where it is a document itself.
    pub(super) record: Option<FileRecord>,
    pub(super) members: u64,
}

impl<'a> Keeping<'a> {
    /// Opens the store where one is wanted.
    pub(super) fn open(
        engine: &Engine,
        settings: &Settings,
        metadata: &'a Metadata,
        folder: &OutputFolder,
    ) -> Result<Option<Self>> {
        let Keep { store, fresh, stamps } = settings.keep;
        if fresh {
            Store::forget(folder.path()).map_err(|cause| Error::Write { path: folder.path().to_owned(), cause })?;
        }
        if !store {
            return Ok(None);
        }
        let rules = &engine.rules;
        let program = [env!("CARGO_PKG_VERSION"), env!("TONGWEN_SOURCE")];
        let [version, source] = program.map(str::as_bytes);
        let base = Key::of(&[version, source, rules.fingerprint.as_bytes(), rules.registry_fingerprint.as_bytes()]);
        let store = Store::open(folder.path());
        let last = store.get(&base).and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let largest = settings.limits.max_file_bytes;
        Ok(Some(Self { store, base, metadata, last, stamps, largest, began: folder.began() }))
    }

    /// Where the analysis of a file lies: by its stamp, or else by its bytes.
    pub(super) fn look(&self, source: &Source, limits: &Limits) -> Looked {
        if let Some(file) = self.as_before(source) {
            return Looked { key: Some(self.key(source, &file.content)), fetched: None, stamp: file.stamp };
        }
        self.fetch(source, limits)
    }

    /// The same by its bytes.
    pub(super) fn fetch(&self, source: &Source, limits: &Limits) -> Looked {
        let fetched = read::fetch(source, limits);
        let key = fetched.sha256().map(|content| self.key(source, content));
        Looked { key, stamp: fetched.stamp(), fetched: Some(fetched) }
    }

    fn key(&self, source: &Source, content: &str) -> Key {
        let words = self.metadata.words_about(source);
        Key::of(&[self.base.as_bytes(), source.id.as_bytes(), words.as_bytes(), content.as_bytes()])
    }

    /// A file that looks as it did in the last run.
    fn as_before(&self, source: &Source) -> Option<&File> {
        if !matches!(source.found, Found::Regular { size } if size <= self.largest) {
            return None;
        }
        let files = &self.last.as_ref().filter(|_| self.stamps)?.files;
        let at = files.binary_search_by(|file| file.id.as_str().cmp(&source.id)).ok()?;
        files.get(at).filter(|file| file.stamp.is_some() && file.stamp == Stamp::of(&source.path))
    }

    /// What an earlier run has kept of a document.
    pub(super) fn find(&self, key: &Key) -> Option<Analysis> {
        // A new store has nothing from earlier runs.
        if self.store.had_entries() { self.get(key) } else { None }
    }

    /// What was kept of a document, by this run or an earlier one.
    pub(super) fn get(&self, key: &Key) -> Option<Analysis> {
        Analysis::from_bytes(&self.store.get(key)?)
    }

    /// What an earlier run has kept of a file with several documents.
    pub(super) fn find_whole(&self, key: &Key) -> Option<Whole> {
        if !self.store.had_entries() {
            return None;
        }
        postcard::from_bytes(&self.store.get(key)?).ok()
    }

    /// Keeps entries.
    pub(super) fn put(&self, entries: Vec<(Key, Vec<u8>)>) {
        self.store.put(entries);
    }

    /// What was wrong with the store.
    pub(super) fn fault(&self) -> Option<String> {
        self.store.fault()
    }
}

impl Whole {
    /// As it is kept.
    pub(super) fn entry(&self, key: Key) -> Option<(Key, Vec<u8>)> {
        postcard::to_stdvec(self).ok().map(|bytes| (key, bytes))
    }
}

impl Run<'_> {
    /// What came of the last run, where this one would write the same files and they are all there.
    pub(super) fn unchanged(&self, sources: &[Source]) -> Option<Outcome> {
        let keeping = self.keeping.as_ref()?;
        let last = keeping.last.as_ref()?;
        let report = last.report.as_ref()?;
        if last.files.len() != sources.len() || report.settings != self.settings_key(keeping, sources) {
            return None;
        }
        self.watch.stage("looking for changes");
        let is_same = |(source, file): (&Source, &File)| {
            self.watch.stopped().is_none()
                && source.id == file.id
                && (keeping.as_before(source).is_some()
                    || content(read::fetch(source, &self.settings.limits).record()) == file.content)
        };
        let same = sources.par_iter().zip(&last.files).all(is_same) && self.folder.holds(&report.outputs);
        same.then(|| Outcome { unchanged: true, ..report.outcome.clone() })
    }

    /// Of all that a report depends on but the content of the files.
    fn settings_key(&self, keeping: &Keeping<'_>, sources: &[Source]) -> Key {
        let Settings { counts, questions, formats, sheet_rows, parameters, .. } = self.settings;
        let told =
            format!("{counts:?} {questions:?} {:?} {parameters:?} {sheet_rows} {:?}", formats.names(), self.warnings);
        let words: String = sources.iter().map(|source| self.metadata.words_about(source)).collect();
        Key::of(&[keeping.base.as_bytes(), told.as_bytes(), words.as_bytes()])
    }

    /// Keeps what the next run needs to know of this one, and forgets what only earlier ones needed.
    pub(super) fn remember(&self, sources: &[Source], ended: Ended<'_>, outputs: Vec<Written>, outcome: &Outcome) {
        let Some(keeping) = &self.keeping else { return };
        let Ended { records, origins, keys, stamps, lasting } = ended;
        let mut contents = vec![String::new(); sources.len()];
        for (record, origin) in records.iter().zip(origins) {
            if record.path == sources[*origin].id {
                contents[*origin] = content(record);
            }
        }
        let old = |stamp: &Stamp| keeping.began.is_some_and(|began| stamp.is_older_than(&began));
        let file = |((source, content), stamp): ((&Source, String), &Option<Stamp>)| File {
            id: source.id.clone(),
            stamp: stamp.filter(|stamp| old(stamp)),
            content,
        };
        let files = sources.iter().zip(contents).zip(stamps).map(file).collect();
        let settings = self.settings_key(keeping, sources);
        let last = Last { files, report: lasting.then(|| Finished { settings, outputs, outcome: outcome.clone() }) };
        let Ok(bytes) = postcard::to_stdvec(&last) else { return };
        if keeping.store.had_entries() {
            let used: HashSet<Key> = keys.iter().flatten().copied().collect();
            keeping.store.retain(&used);
        }
        keeping.put(vec![(keeping.base, bytes)]);
    }
}

/// What a run knows of its files when it has come to its end, keys by number of the document, stamps by file.
pub(super) struct Ended<'d> {
    pub(super) records: &'d [FileRecord],
    /// The file of each record.
    pub(super) origins: &'d [usize],
    pub(super) keys: &'d [Option<Key>],
    pub(super) stamps: &'d [Option<Stamp>],
    /// Another run would find the same.
    pub(super) lasting: bool,
}

/// What makes a file the same file: its digest, or why it has none.
fn content(record: &FileRecord) -> String {
    let told = || format!("{} {:?} {:?}", record.status.code(), record.reason, record.detail);
    record.sha256.clone().unwrap_or_else(told)
}
