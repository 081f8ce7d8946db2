//! The desk of a run: what has been read so far, what is to be read together next, and what waits to be written.

use super::{
    keeping::{Looked, Whole},
    rows::Rows,
};
use crate::{
    count::DocIx,
    read::{FileRecord, Member, Source, Stamp},
    store::{Analysis, Key},
};

/// What a worker is to read.
pub(super) enum Task<'s> {
    File(&'s Source),
    /// A document in a file, and where it is to be kept.
    Member(Member, Option<Key>),
    /// A document that an earlier run has read.
    Kept(Box<Analysis>, Key),
}

/// What came of a document.
pub(super) struct Done {
    pub(super) record: FileRecord,
    pub(super) rows: Option<Rows>,
    /// Where it is kept.
    pub(super) key: Option<Key>,
    /// What is to be kept of it now.
    pub(super) entry: Option<(Key, Vec<u8>)>,
    pub(super) stamp: Option<Stamp>,
    pub(super) reused: bool,
}

/// Rows and entries of what was read last, not yet written.
pub(super) type Waiting = (Vec<Rows>, Vec<(Key, Vec<u8>)>);

/// What has been read so far, and what is to be read together next.
#[derive(Default)]
pub(super) struct Desk<'s> {
    /// By number of the document; `None` for a file that is being taken apart or is no document itself.
    pub(super) records: Vec<Option<FileRecord>>,
    /// The file of each document, likewise.
    pub(super) origins: Vec<usize>,
    /// Where each document is kept, likewise.
    pub(super) keys: Vec<Option<Key>>,
    /// What the file system said of each file.
    pub(super) stamps: Vec<Option<Stamp>>,
    /// Documents that an earlier run has read.
    pub(super) reused: u64,
    /// Bytes of what is to be read next.
    pub(super) bytes: u64,
    /// Bytes read since the workers put together what they keep.
    pub(super) apart: u64,
    batch: Vec<(DocIx, Task<'s>)>,
    waiting: Waiting,
}

impl<'s> Desk<'s> {
    /// An empty one.
    pub(super) fn for_files(count: usize) -> Self {
        Self { stamps: vec![None; count], ..Self::default() }
    }

    /// The number of the next document.
    pub(super) fn number(&mut self, source: usize) -> DocIx {
        self.records.push(None);
        self.keys.push(None);
        self.origins.push(source);
        DocIx::try_from(self.origins.len() - 1).unwrap_or(DocIx::MAX)
    }

    /// Something to read next.
    pub(super) fn add(&mut self, source: usize, bytes: u64, task: Task<'s>) {
        let number = self.number(source);
        self.bytes += bytes.max(1);
        self.batch.push((number, task));
    }

    /// What is to be read next.
    pub(super) fn take_batch(&mut self) -> Vec<(DocIx, Task<'s>)> {
        self.apart += std::mem::take(&mut self.bytes);
        std::mem::take(&mut self.batch)
    }

    /// What is to be written next.
    pub(super) fn take_waiting(&mut self) -> Waiting {
        std::mem::take(&mut self.waiting)
    }

    /// Files what came of a document.
    pub(super) fn file(&mut self, ix: DocIx, done: Done) {
        let ix = ix as usize;
        self.records[ix] = Some(done.record);
        self.keys[ix] = done.key;
        self.reused += u64::from(done.reused);
        if done.stamp.is_some() {
            self.stamps[self.origins[ix]] = done.stamp;
        }
        self.waiting.0.extend(done.rows);
        self.waiting.1.extend(done.entry);
    }

    /// Files what came of a file with members, the documents behind its own number; it is kept where all of them are.
    pub(super) fn file_whole(&mut self, own: usize, source: usize, looked: &Looked, whole: &Whole) {
        self.stamps[source] = looked.stamp;
        let kept = self.keys[own + 1..].iter().all(Option::is_some);
        if let Some(key) = looked.key.filter(|_| kept && whole.record.as_ref().is_none_or(FileRecord::is_lasting)) {
            self.keys[own] = Some(key);
            self.waiting.1.extend(whole.entry(key));
        }
    }
}
