//! What came of a run: how many files were read, which were not, and what is named most.

use serde::{Deserialize, Serialize};

use super::Highlights;
use crate::read::{FileCounts, FileRecord, Status};

/// What came of the files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// How many became what.
    pub counts: FileCounts,
    /// Records of error and partial files, in order.
    pub failures: Vec<FileRecord>,
    /// What is named most.
    pub highlights: Highlights,
    /// What looked odd, in whole sentences: metadata for files that are not there, tables without rows.
    pub warnings: Vec<String>,
    /// Documents that an earlier run had read already.
    pub reused: u64,
    /// The report of the last run still holds; nothing was written.
    pub unchanged: bool,
}

impl Outcome {
    /// Counts the records, and keeps those that say that something was lost.
    pub(super) fn of(records: &[FileRecord]) -> Self {
        let counts = FileCounts::of(records);
        let failed = |record: &&FileRecord| matches!(record.status, Status::Error | Status::Partial);
        let failures = records.iter().filter(failed).cloned().collect();
        Self { counts, failures, ..Self::default() }
    }
}
