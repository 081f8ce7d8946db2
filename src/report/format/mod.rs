//! The formats, one file each, and the table that names them.

mod charts;
mod csv;
mod html;
mod json;

use std::io::{self, Write};

use super::{Report, view};

/// One file of the report folder.
#[derive(Clone, Copy)]
pub struct Format {
    /// Name below the output folder.
    pub file: &'static str,
    /// Writes it.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every file of a report, in the order in which they become visible; `run.json` says that the others are there.
pub const FORMATS: &[Format] = &[
    Format { file: "laws.csv", write: |report, out| csv::write(&view::laws(report), out) },
    Format { file: "dates.csv", write: |report, out| csv::write(&view::dates(report), out) },
    Format { file: "figures.csv", write: |report, out| csv::write(&view::figures(report), out) },
    Format { file: "terms.csv", write: |report, out| csv::write(&view::terms(report), out) },
    Format { file: "phrases.csv", write: |report, out| csv::write(&view::phrases(report), out) },
    Format { file: "keyness.csv", write: |report, out| csv::write(&view::keyness(report), out) },
    Format { file: "trends.csv", write: |report, out| csv::write(&view::trends(report), out) },
    Format { file: "cooccurrence.csv", write: |report, out| csv::write(&view::cooccurrence(report), out) },
    Format { file: "documents.csv", write: |report, out| csv::write(&view::documents(report), out) },
    Format { file: "report.html", write: html::write },
    Format { file: "run.json", write: json::write },
];
