//! The formats, one file each, and which files they make.

mod charts;
mod csv;
mod graph;
mod html;
mod json;
mod matrix;
mod network_map;
mod parquet;
mod xlsx;

use std::io::{self, Write};

pub use csv::write_csv;

pub(super) use self::{json::write as write_run, parquet::Rows};

use super::{
    Format, Report,
    table::Table,
    view::{VIEWS, View},
};

/// A writer that other threads may use: files are written side by side.
pub(super) type Out<'w> = dyn Write + Send + 'w;

/// One file of the report folder.
pub(super) struct Output {
    /// Name below the output folder.
    pub(super) file: String,
    /// The format that asks for it.
    pub(super) format: Format,
    content: Content,
}

enum Content {
    /// One list.
    List(&'static View, fn(&Table<'_>, &mut Out<'_>) -> io::Result<()>),
    /// All there is.
    Whole(fn(&Report<'_>, &mut Out<'_>) -> io::Result<()>),
}

impl Output {
    /// Writes it.
    pub(super) fn write(&self, report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
        match &self.content {
            Content::List(view, write) => write(&(view.table)(report), out),
            Content::Whole(write) => write(report, out),
        }
    }

    fn whole(format: Format, file: &str, write: fn(&Report<'_>, &mut Out<'_>) -> io::Result<()>) -> Self {
        Self { file: file.to_owned(), format, content: Content::Whole(write) }
    }
}

/// Every file that is written at the end, in the order in which they become visible. `run.json` follows them: it says
/// that the others are there.
pub(super) fn outputs() -> Vec<Output> {
    let mut all: Vec<Output> = VIEWS
        .iter()
        .map(|view| Output {
            file: format!("{}.csv", view.name),
            format: Format::Csv,
            content: Content::List(view, csv::write),
        })
        .collect();
    all.extend(VIEWS.iter().map(|view| Output {
        file: format!("tables/{}.parquet", view.name),
        format: Format::Parquet,
        content: Content::List(view, parquet::write),
    }));
    all.extend([
        Output::whole(Format::Csv, "matrix_count.csv", matrix::counts),
        Output::whole(Format::Csv, "matrix_ochiai.csv", matrix::ochiai),
        Output::whole(Format::Csv, "matrix_dissimilarity.csv", matrix::dissimilarity),
        Output::whole(Format::Xlsx, "report.xlsx", xlsx::write),
        Output::whole(Format::Graph, "network.gexf", graph::write_gexf),
        Output::whole(Format::Graph, "network.graphml", graph::write_graphml),
        Output::whole(Format::Html, "report.html", html::write),
    ]);
    all
}
