//! `run.json`: what was asked, what was found, and one record a file, so that a run can be audited and repeated.
//!
//! Always true: `found` = ok + partial + error + skip, and `timing`, the last block, is the only one that may
//! differ between equal runs.

use std::{collections::BTreeMap, io};

use serde::Serialize;

use super::{
    super::{Report, Timing, output::Written},
    Out,
};
use crate::{
    count::{KeyGroup, Totals},
    read::{FileCounts, FileRecord},
};

#[derive(Serialize)]
struct Run<'a> {
    version: &'a str,
    parameters: &'a BTreeMap<String, serde_json::Value>,
    fingerprints: Fingerprints<'a>,
    counts: FileCounts,
    totals: &'a Totals,
    outputs: &'a [Written],
    groups: &'a [KeyGroup],
    warnings: &'a [String],
    files: &'a [FileRecord],
    timing: &'a Timing,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    rules: &'a str,
    registry: &'a str,
}

/// Writes the record of the run.
pub(in crate::report) fn write(report: &Report<'_>, outputs: &[Written], out: &mut Out<'_>) -> io::Result<()> {
    let run = Run {
        version: &report.run.version,
        parameters: &report.run.parameters,
        fingerprints: Fingerprints { rules: &report.run.rules_fingerprint, registry: &report.run.registry_fingerprint },
        counts: FileCounts::of(report.files),
        totals: &report.summary.totals,
        outputs,
        groups: &report.summary.keyness.groups,
        warnings: &report.run.warnings,
        files: report.files,
        timing: &report.run.timing,
    };
    serde_json::to_writer_pretty(&mut *out, &run)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    #[test]
    fn found_is_the_sum_of_its_parts_and_timing_comes_last() {
        let case = fixture::case();
        let mut out = Vec::new();
        write(&case.report(), &[], &mut out).unwrap();
        let run: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let count = |name: &str| run["counts"][name].as_u64().unwrap();
        assert_eq!(count("found"), count("ok") + count("partial") + count("error") + count("skip"));
        assert_eq!(count("found"), run["files"].as_array().unwrap().len() as u64);
        assert!(count("error") > 0 && count("partial") > 0);

        let text = String::from_utf8(out).unwrap();
        let keys = ["version", "parameters", "fingerprints", "counts", "totals", "outputs", "files", "timing"];
        let places: Vec<usize> = keys.iter().map(|key| text.find(&format!("\n  \"{key}\":")).unwrap()).collect();
        assert!(places.is_sorted());
    }
}
