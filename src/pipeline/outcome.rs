//! What came of a run: how many files were read, which were not, and what is named most.

use super::Highlights;
use crate::read::{FileRecord, Status};

/// What came of the files.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Files found.
    pub found: u64,
    /// Read whole.
    pub ok: u64,
    /// Read in part; the record says what is missing.
    pub partial: u64,
    /// Not read.
    pub error: u64,
    /// Left out on purpose; the record says why.
    pub skip: u64,
    /// Records of error and partial files, in order.
    pub failures: Vec<FileRecord>,
    /// What is named most.
    pub highlights: Highlights,
    /// What looked odd in the settings (metadata for files that are not there).
    pub warnings: Vec<String>,
}

impl Outcome {
    /// Counts the records, and keeps those that say that something was lost.
    pub(super) fn of(records: Vec<FileRecord>) -> Self {
        let mut outcome = Self { found: records.len() as u64, ..Self::default() };
        for record in records {
            match record.status {
                Status::Ok => outcome.ok += 1,
                Status::Partial => outcome.partial += 1,
                Status::Error => outcome.error += 1,
                Status::Skip => outcome.skip += 1,
            }
            if matches!(record.status, Status::Error | Status::Partial) {
                outcome.failures.push(record);
            }
        }
        outcome
    }
}
