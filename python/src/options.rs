//! The options of the command by their names in Python, and a look at them before anything runs.

use std::{collections::BTreeMap, path::PathBuf};

use pyo3::prelude::*;
use pyo3_arrow::PySchema;
use serde_json::{Value, json};
use tongwen::{
    count::{Limits, Period, Questions, Unit},
    pipeline::Request,
    report::{self, Foreign, Format, Formats},
    text::GroupBy,
};

use crate::{
    documents::{Ids, checked},
    engines::Ruling,
    failure::{raised, usage},
};

/// So many terms may take part in pairs.
const MOST: usize = 2_000;

/// The options of a report.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Options {
    formats: Option<Vec<String>>,
    group_by: Option<String>,
    period: String,
    unit: Vec<String>,
    matrix: usize,
    network_nodes: usize,
    network_edges: usize,
    keyness_rows: usize,
    pub(crate) sheet_rows: usize,
    force: bool,
    pub(crate) jobs: usize,
    command: String,
    /// The overlay, as it is shown.
    rules: Option<String>,
}

impl Options {
    pub(crate) fn formats(&self, py: Python<'_>) -> PyResult<Formats> {
        let Some(names) = &self.formats else { return Ok(Formats::ALL) };
        let known = || format!("formats are {}", Format::ALL.map(Format::name).join(", "));
        let one = |name: &String| Format::named(name).ok_or_else(|| usage(py, format!("no format `{name}`"), &known()));
        names.iter().map(one).collect()
    }

    fn group_by(&self, py: Python<'_>) -> PyResult<GroupBy> {
        let Some(words) = &self.group_by else { return Ok(GroupBy::default()) };
        words.parse().map_err(|told: String| usage(py, format!("nothing can be grouped by `{words}`"), &told))
    }

    pub(crate) fn questions(&self, py: Python<'_>) -> PyResult<Questions> {
        let period = Period::named(&self.period);
        let period = period
            .ok_or_else(|| usage(py, format!("no period `{}`", self.period), "write year, quarter, month or plan"))?;
        Ok(Questions { group_by: self.group_by(py)?, period })
    }

    pub(crate) fn request(&self, py: Python<'_>, ruling: &Ruling) -> PyResult<Request> {
        Ok(Request { group_by: self.group_by(py)?, formats: self.formats(py)?, guess_words: ruling.guess_words })
    }

    pub(crate) fn counts(&self, py: Python<'_>) -> PyResult<Limits> {
        let mut units: Vec<Unit> = Vec::new();
        for name in &self.unit {
            let unit = parsed_unit(py, name)?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        let defaults = Limits::default();
        Ok(Limits {
            units: if units.is_empty() { defaults.units.clone() } else { units },
            matrix_items: self.matrix,
            network_nodes: self.network_nodes,
            network_edges: self.network_edges,
            keyness_rows: self.keyness_rows,
            ..defaults
        })
    }

    /// What is done with files of others in the report folder.
    pub(crate) const fn foreign(&self) -> Foreign {
        if self.force { Foreign::Replace } else { Foreign::Keep }
    }

    /// The options as `run.json` shows them.
    pub(crate) fn parameters(&self, formats: Formats, ruling: &Ruling) -> BTreeMap<String, Value> {
        let folding = &ruling.folding;
        let [zh, en] = folding.shortest.map(|least| least.max(1));
        BTreeMap::from([
            ("command".to_owned(), self.command.clone().into()),
            ("format".to_owned(), formats.names().into()),
            ("group_by".to_owned(), self.group_by.clone().into()),
            ("period".to_owned(), self.period.clone().into()),
            ("sheet_rows".to_owned(), self.sheet_rows.into()),
            ("guess_words".to_owned(), ruling.guess_words.into()),
            ("rules".to_owned(), self.rules.clone().into()),
            ("fold".to_owned(), folding.simplified.then_some("simplified").into()),
            ("stem".to_owned(), folding.stems.then_some("english").into()),
            ("min_length".to_owned(), json!({ "zh": zh, "en": en })),
        ])
    }
}

/// How the rows of counts are told apart by time: characters of a date.
pub(crate) fn cut(py: Python<'_>, period: Option<&str>) -> PyResult<Option<usize>> {
    match period {
        None => Ok(None),
        Some("year") => Ok(Some(4)),
        Some("month") => Ok(Some(7)),
        Some(other) => Err(usage(py, format!("no period `{other}`"), "write year or month, or nothing")),
    }
}

/// What pairs share.
pub(crate) fn parsed_unit(py: Python<'_>, name: &str) -> PyResult<Unit> {
    name.parse().map_err(|told: String| usage(py, format!("no unit `{name}`"), &told))
}

/// Says whether counts may be asked for in this way.
#[pyfunction]
pub(crate) fn check_counts(
    py: Python<'_>,
    period: Option<&str>,
    pairs_among: Option<usize>,
    unit: &str,
) -> PyResult<()> {
    cut(py, period)?;
    parsed_unit(py, unit)?;
    match pairs_among.filter(|among| *among > MOST) {
        Some(among) => {
            let told = format!("pairs among {among} terms");
            Err(usage(py, told, &format!("give the most frequent ones, {MOST} at most")))
        }
        None => Ok(()),
    }
}

/// Says whether a report may be asked for in this way, and written there.
#[pyfunction]
#[pyo3(signature = (options, out=None))]
pub(crate) fn check_report(py: Python<'_>, options: Options, out: Option<PathBuf>) -> PyResult<()> {
    options.formats(py)?;
    options.questions(py)?;
    options.counts(py)?;
    match out {
        Some(out) => report::look(&out, options.foreign()).map_err(|error| raised(py, &error)),
        None => Ok(()),
    }
}

/// Says whether a table with these columns is one of documents.
#[pyfunction]
pub(crate) fn check_documents(py: Python<'_>, schema: PySchema, ids: bool) -> PyResult<()> {
    let ids = if ids { Ids::Needed } else { Ids::Optional };
    checked(py, schema.into_inner().fields(), ids).map(drop)
}
