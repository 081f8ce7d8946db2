//! Which files a run writes: formats that are asked for, and formats that are refused.

use clap::Args;
use tongwen::{
    Error, Result,
    report::{Format, Formats},
};

/// Which files the report folder gets; run.json is always there.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Written {
    /// Formats to write, with commas between them: csv, jsonl, xlsx, parquet, graph, html [default: all].
    #[arg(long, value_name = "LIST", value_delimiter = ',', num_args = 1, action = clap::ArgAction::Set, value_parser = format)]
    pub(crate) format: Option<Vec<Format>>,
    /// Rows of each sheet of report.xlsx at most; the other formats have all.
    #[arg(long, value_name = "N", default_value_t = 3_000, value_parser = sheet_rows)]
    pub(crate) sheet_rows: usize,
    /// No tables as CSV.
    #[arg(long)]
    no_csv: bool,
    /// No mentions.jsonl.
    #[arg(long)]
    no_jsonl: bool,
    /// No workbook report.xlsx.
    #[arg(long)]
    no_xlsx: bool,
    /// No tables/*.parquet.
    #[arg(long)]
    no_parquet: bool,
    /// No network.gexf and network.graphml.
    #[arg(long)]
    no_graph: bool,
    /// No page report.html.
    #[arg(long)]
    no_html: bool,
}

impl Written {
    /// The formats that are left.
    ///
    /// # Errors
    /// Where one is asked for and refused.
    pub(crate) fn formats(&self) -> Result<Formats> {
        let asked = self.format.as_ref().map_or(Formats::ALL, |list| list.iter().copied().collect());
        let refused: Vec<Format> = self.refused().into_iter().filter(|(no, _)| *no).map(|(_, format)| format).collect();
        if let Some(both) = refused.iter().find(|format| self.format.is_some() && asked.contains(**format)) {
            let name = both.name();
            return Err(Error::usage(
                format!("--format asks for {name} and --no-{name} refuses it"),
                "leave one of them out; a configuration counts, too",
            ));
        }
        Ok(refused.into_iter().fold(asked, Formats::without))
    }

    const fn refused(&self) -> [(bool, Format); 6] {
        [
            (self.no_csv, Format::Csv),
            (self.no_jsonl, Format::Jsonl),
            (self.no_xlsx, Format::Xlsx),
            (self.no_parquet, Format::Parquet),
            (self.no_graph, Format::Graph),
            (self.no_html, Format::Html),
        ]
    }
}

/// As many as Excel holds below the header.
fn sheet_rows(words: &str) -> std::result::Result<usize, String> {
    match words.parse::<usize>() {
        Ok(n) if (1..=1_048_574).contains(&n) => Ok(n),
        _ => Err("a number from 1 to 1048574".to_owned()),
    }
}

fn format(words: &str) -> std::result::Result<Format, String> {
    let names = || Format::ALL.map(Format::name).join(", ");
    Format::named(words.trim()).ok_or_else(|| format!("formats are {}", names()))
}
