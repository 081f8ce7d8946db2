//! Counts to files: tables for machines, one page for people.
//!
//! Everything here is decided by its input: no clock, no environment, no order of work. Two equal runs write
//! equal bytes; only the block `timing` of `run.json` may differ.
//!
//! A list becomes a [`Table`] once (`view/`), and every format reads that table, so a number has
//! one definition. A new format is a file in `format/` and a line in [`FORMATS`].

mod format;
mod output;
mod table;
mod view;
mod visible;

#[cfg(test)]
mod fixture;

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
};

use serde::Serialize;

pub use format::{FORMATS, Format};
pub use output::{OutputFolder, PendingFile};
pub use table::{Cell, Column, Table, Type};

use crate::{Result, count::Summary, read::FileRecord};

/// What a run was: enough to repeat it, and to see whether two runs can differ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// Every option as it was used, defaults included. The page knows two of them by name:
    /// `inputs` (a string or a list of strings) is its heading, `command` is shown as the way to repeat the run.
    /// How the work was divided (threads) does not belong here: it changes no result.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Digest of the rules and word lists.
    pub rules_fingerprint: String,
    /// Digest of the registry.
    pub registry_fingerprint: String,
    /// How long it took.
    pub timing: Timing,
}

/// The only part of the results that may differ between equal runs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timing {
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes read.
    pub bytes: u64,
    /// Threads used.
    pub threads: usize,
}

/// All that the formats may look at.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The numbers.
    pub summary: &'a Summary,
    /// One record a file found, in input order.
    pub files: &'a [FileRecord],
    /// How they were made.
    pub run: &'a RunInfo,
}

/// Writes every format and publishes all files together with those `streamed` while reading.
///
/// # Errors
///
/// [`Error::Write`](crate::Error::Write) names the file that could not be written; then none of them is visible.
pub fn write(folder: &OutputFolder, report: &Report<'_>, streamed: Vec<PendingFile>) -> Result<()> {
    let mut pending = streamed;
    for format in FORMATS {
        let mut file = folder.begin(format.file)?;
        render(format, report, &mut file).map_err(|cause| file.error(cause))?;
        pending.push(file);
    }
    folder.publish(pending)
}

fn render(format: &Format, report: &Report<'_>, file: &mut PendingFile) -> io::Result<()> {
    (format.write)(report, file)?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_folder_holds_every_format_and_nothing_unfinished() {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path().join("out")).unwrap();
        let mut streamed = folder.begin("mentions.jsonl").unwrap();
        streamed.write_all(b"{}\n").unwrap();
        let case = fixture::case();
        write(&folder, &case.report(), vec![streamed]).unwrap();

        let mut names: Vec<String> = std::fs::read_dir(home.path().join("out"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let mut expected: Vec<&str> = FORMATS.iter().map(|format| format.file).collect();
        expected.extend([".tongwen.lock", "mentions.jsonl"]);
        expected.sort_unstable();
        assert_eq!(names, expected);
    }

    #[test]
    fn equal_runs_write_equal_bytes() {
        let case = fixture::case();
        for format in FORMATS {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            (format.write)(&case.report(), &mut first).unwrap();
            (format.write)(&case.report(), &mut second).unwrap();
            assert!(first == second, "{} differs", format.file);
        }
    }
}
