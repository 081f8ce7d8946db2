//! Counts to files: tables for machines, one page for people.
//!
//! Everything here is decided by its input: no clock, no environment, no order of work. Two equal runs write
//! equal bytes; only the block `timing` of `run.json` may differ.
//!
//! A list becomes a [`Table`] once (`view/`), and every format reads that table, so a number has
//! one definition. A new list is a line in `view`, a new format a file in `format/` and a line there.

mod choice;
mod format;
mod output;
mod spreadsheet;
mod stream;
mod table;
mod view;
mod visible;

#[cfg(test)]
pub(crate) mod documented;
#[cfg(test)]
mod fixture;

use std::{collections::BTreeMap, path::Path};

use rayon::prelude::*;
use serde::Serialize;

pub use choice::{Format, Formats};
pub use format::write_csv;
pub use output::{Foreign, OutputFolder, PendingFile, Written};
pub use stream::{Record, Stream, StreamKind};
pub use table::{Cell, Column, Table, Type};

use crate::{
    Result,
    count::Summary,
    read::{FileRecord, RUN},
};

/// What a run was: enough to repeat it, and to see whether two runs can differ.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// Every option as it was used, defaults included. The page knows two of them by name:
    /// `inputs` (a string or a list of strings) is its heading, `command` is shown as the way to repeat the run.
    /// How the work was divided (threads) does not belong here: it changes no result.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// What looked odd, in whole sentences.
    pub warnings: Vec<String>,
    /// Rows of a sheet of the workbook at most. Excel ends at 1,048,576; far below it people no longer scroll.
    pub sheet_rows: usize,
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
    /// Documents that an earlier run had read already.
    pub reused: u64,
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

/// What is written while documents are read, and the format that asks for it.
const STREAMS: [(&str, Format); 3] = [
    ("mentions.jsonl", Format::Jsonl),
    ("tables/mentions.parquet", Format::Parquet),
    ("tables/sentences.parquet", Format::Parquet),
];

/// Looks whether a report may be written to a folder.
///
/// # Errors
///
/// [`Error::Usage`](crate::Error::Usage) where it is a file, or where it holds files of the same names that no earlier
/// run has written and that are to be kept.
pub fn look(folder: &Path, foreign: Foreign) -> Result<()> {
    let files = format::outputs().into_iter().map(|output| output.file);
    let names: Vec<String> = files.chain(STREAMS.map(|(name, _)| name.to_owned())).chain([RUN.to_owned()]).collect();
    OutputFolder::look(folder, if foreign == Foreign::Keep { &names } else { &[] })
}

/// Writes the chosen formats and publishes all files together with those `streamed` while reading; files of other
/// formats that an earlier run left in the folder go. Tells what was written. Just before anything becomes visible,
/// `go_on` may still say no.
///
/// # Errors
///
/// [`Error::Write`](crate::Error::Write) names the file that could not be written; then none of them is visible.
pub fn write(
    folder: &OutputFolder,
    report: &Report<'_>,
    formats: Formats,
    streamed: Vec<PendingFile>,
    go_on: impl FnOnce() -> Result<()>,
) -> Result<Vec<Written>> {
    let (wanted, others): (Vec<_>, Vec<_>) =
        format::outputs().into_iter().partition(|output| formats.contains(output.format));
    let mut files = streamed;
    let write = |output: &format::Output| {
        let mut file = folder.begin(&output.file)?;
        output.write(report, &mut file).map_err(|cause| file.error(cause))?;
        Ok(file)
    };
    // The workbook takes longest and is made by one thread, which therefore begins with it.
    let (first, rest): (Vec<_>, Vec<_>) = wanted.iter().enumerate().partition(|(_, o)| o.format == Format::Xlsx);
    let all_of = |outputs: Vec<(usize, &format::Output)>| {
        outputs.into_par_iter().map(|(at, output)| Ok((at, write(output)?))).collect::<Result<Vec<_>>>()
    };
    let (first, rest) = rayon::join(|| all_of(first), || all_of(rest));
    let mut ready = first?;
    ready.extend(rest?);
    ready.sort_by_key(|(at, _)| *at);
    files.extend(ready.into_iter().map(|(_, file)| file));
    let mut written = files.iter_mut().map(PendingFile::written).collect::<Result<Vec<_>>>()?;
    let mut run = folder.begin(RUN)?;
    format::write_run(report, &written, &mut run).map_err(|cause| run.error(cause))?;
    written.push(run.written()?);
    let streams = STREAMS.iter().filter(|(_, format)| !formats.contains(*format)).map(|(name, _)| (*name).to_owned());
    let stale: Vec<String> = others.into_iter().map(|output| output.file).chain(streams).collect();
    go_on()?;
    folder.publish(files, run, &stale)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Names of the files below a folder, sorted.
    fn names(folder: &std::path::Path) -> Vec<String> {
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let name = |path: &std::path::Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        files.map(|entry| name(entry.path())).filter(|name| !name.starts_with('.')).collect()
    }

    #[test]
    fn a_report_folder_holds_what_was_asked_for_and_nothing_unfinished() {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path().join("out")).unwrap();
        let case = fixture::case();
        let mut streamed = folder.begin("mentions.jsonl").unwrap();
        streamed.write_all(b"{}\n").unwrap();
        write(&folder, &case.report(), Formats::ALL, vec![streamed], || Ok(())).unwrap();
        let mut expected: Vec<String> = format::outputs().into_iter().map(|output| output.file).collect();
        expected.extend(["mentions.jsonl".to_owned(), RUN.to_owned()]);
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);

        let few = [Format::Html, Format::Graph].into_iter().collect();
        write(&folder, &case.report(), few, vec![], || Ok(())).unwrap();
        assert_eq!(names(folder.path()), ["network.gexf", "network.graphml", "report.html", "run.json"]);
        let run: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.path().join(RUN)).unwrap()).unwrap();
        let listed: Vec<&str> = run["outputs"].as_array().unwrap().iter().filter_map(|o| o["file"].as_str()).collect();
        assert_eq!(listed, ["network.gexf", "network.graphml", "report.html"]);
    }

    #[test]
    fn equal_runs_write_equal_bytes() {
        let case = fixture::case();
        for output in format::outputs() {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            output.write(&case.report(), &mut first).unwrap();
            output.write(&case.report(), &mut second).unwrap();
            assert!(first == second, "{} differs", output.file);
        }
    }
}
