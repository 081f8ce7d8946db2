//! Documents from Python: a list of texts, a column of texts, or a table with a column `text` and what else is known,
//! of the Arrow family or as lists by name.
//!
//! Mentions, counts and parts read the same columns in the same way, whatever case their names have. A row that is no
//! document costs itself and no other; a table without texts is a mistake of the caller and is said before anything is
//! read.

use arrow_array::{Array, LargeStringArray, StructArray, cast::AsArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Fields};
use pyo3::{
    prelude::*,
    types::{PyDict, PyList, PyString},
};
use pyo3_arrow::input::AnyArray;
use tongwen::{
    read::{Limits, Reading, row, row_as_it_is},
    text::{Document, Language},
    wire::{first_day, not_a_date, not_a_language},
};

use crate::{
    failure::{Fault, told, usage},
    stamp::Stamp,
};

/// Columns that mean something; others are metadata where they are text, numbers, days or yes and no.
const KNOWN: [&str; 9] = ["id", "text", "lang", "language", "date", "ref_date", "title", "issuer", "error"];

/// No row without a name.
pub(crate) const NO_ID: &str = "no id";

/// Whether every document must have a name of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    Needed,
    Optional,
}

/// What Python handed over.
pub(crate) enum Input {
    Arrow(AnyArray),
    Texts(Vec<Text>),
    /// Columns of equal length by name.
    Named(Vec<(String, Vec<Text>)>),
}

/// A text, none, or why it is none.
type Text = Result<Option<String>, &'static str>;

impl<'py> FromPyObject<'_, 'py> for Input {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = value.cast::<PyList>() {
            return Ok(Self::Texts(listed(&list)?));
        }
        let Ok(named) = value.cast::<PyDict>() else { return Ok(Self::Arrow(value.extract()?)) };
        let one = |(name, cells): (Bound<'py, PyAny>, Bound<'py, PyAny>)| -> PyResult<_> {
            Ok((name.extract()?, listed(cells.cast::<PyList>()?)?))
        };
        Ok(Self::Named(named.iter().map(one).collect::<PyResult<_>>()?))
    }
}

fn listed(list: &Bound<'_, PyList>) -> PyResult<Vec<Text>> {
    let py = list.py();
    let one = |item: Bound<'_, PyAny>| -> PyResult<Text> {
        if item.is_none() {
            return Ok(Ok(None));
        }
        let Ok(text) = item.cast::<PyString>() else {
            let kind = item.get_type().name()?;
            return Err(usage(py, format!("a text is a {kind}"), "give str, or None where there is no text"));
        };
        Ok(text
            .to_str()
            .map(|text| Some(text.to_owned()))
            .map_err(|_| "half a character (a lone surrogate) in the text"))
    };
    list.iter().map(one).collect()
}

/// Documents of one batch, by column.
pub(crate) struct Columns {
    id: Option<LargeStringArray>,
    text: Texts,
    about: Vec<(String, LargeStringArray)>,
    error: Option<LargeStringArray>,
    /// The number of the first one.
    first: usize,
}

enum Texts {
    Column(LargeStringArray),
    List(Vec<Text>),
}

/// A row as a document, or why it is none.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) document: Result<Document, String>,
    /// What of the row says nothing.
    pub(crate) note: Option<String>,
}

impl Input {
    /// The documents, batch by batch.
    pub(crate) fn columns(self, py: Python<'_>, ids: Ids) -> PyResult<Vec<Columns>> {
        let input = match self {
            Self::Texts(texts) => {
                let text = Texts::List(texts);
                return Ok(vec![Columns { id: None, text, about: Vec::new(), error: None, first: 0 }]);
            }
            Self::Named(columns) => return Ok(vec![named(py, columns, ids)?]),
            Self::Arrow(input) => input,
        };
        let field = input.field()?;
        let named = match field.data_type() {
            DataType::Struct(fields) => Some(checked(py, fields, ids)?),
            other if ids == Ids::Needed || !is_text(other) => {
                let told = format!("a column of {other} is no table of documents");
                return Err(usage(py, told, "give a table of the Arrow family with `id` and `text`"));
            }
            _ => None,
        };
        let reader = input.into_reader()?;
        let read = py.detach(|| {
            let mut first = 0;
            let mut all = Vec::new();
            for array in reader {
                let array = array?;
                let columns = match &named {
                    Some(named) => Columns::of(array.as_struct(), named, first)?,
                    None => {
                        let text = Texts::Column(texts(&array)?);
                        Columns { id: None, text, about: Vec::new(), error: None, first }
                    }
                };
                first += columns.len();
                all.push(columns);
            }
            Ok::<_, ArrowError>(all)
        });
        read.map_err(told)
    }
}

/// Lists by name as columns.
fn named(py: Python<'_>, given: Vec<(String, Vec<Text>)>, ids: Ids) -> PyResult<Columns> {
    let fields: Fields = given.iter().map(|(name, _)| Field::new(name, DataType::Utf8, true)).collect();
    let mut columns = Columns::new(0);
    for ((_, name), (_, cells)) in checked(py, &fields, ids)?.into_iter().zip(given) {
        if name == "text" {
            columns.text = Texts::List(cells);
            continue;
        }
        let cells: LargeStringArray = cells.into_iter().collect::<Result<_, _>>().map_err(|_| {
            let told = format!("half a character (a lone surrogate) in the column `{name}`");
            usage(py, told, "decode it with errors='replace'")
        })?;
        columns.put(name, cells);
    }
    Ok(columns)
}

fn texts(array: &dyn Array) -> Result<LargeStringArray, ArrowError> {
    Ok(cast(array, &DataType::LargeUtf8)?.as_string::<i64>().clone())
}

fn is_text(ty: &DataType) -> bool {
    match ty {
        DataType::Dictionary(_, values) => is_text(values),
        _ => matches!(ty, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null),
    }
}

/// Whether a value of that type can be said in words.
fn is_sayable(ty: &DataType) -> bool {
    match ty {
        DataType::Dictionary(_, values) => is_sayable(values),
        DataType::Boolean | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => true,
        DataType::Decimal128(..) | DataType::Decimal256(..) => true,
        _ => is_text(ty) || ty.is_integer() || ty.is_floating(),
    }
}

/// The columns that are read, by number and name. Says what a table lacks.
pub(crate) fn checked(py: Python<'_>, fields: &Fields, ids: Ids) -> PyResult<Vec<(usize, String)>> {
    let mut named: Vec<(usize, String)> = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let name = field.name().trim().to_lowercase();
        let sound = if name == "text" { is_text(field.data_type()) } else { is_sayable(field.data_type()) };
        if !sound && KNOWN.contains(&name.as_str()) {
            let told = format!("the column `{name}` is {}, which is no text", field.data_type());
            return Err(usage(py, told, "cast it to a string first"));
        }
        if named.iter().any(|(_, known)| *known == name) {
            let told = format!("there are two columns `{name}`; upper and lower case are the same");
            return Err(usage(py, told, "leave one of them out"));
        }
        if sound {
            named.push((at, name));
        }
    }
    let wanted: &[&str] = if ids == Ids::Needed { &["id", "text"] } else { &["text"] };
    for name in wanted {
        if !named.iter().any(|(_, known)| known == name) {
            let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
            let told = format!("the table has no column `{name}`; its columns are {}", names.join(", "));
            return Err(usage(py, told, "name the column of texts `text`, that of their names `id`"));
        }
    }
    Ok(named)
}

impl Columns {
    fn of(rows: &StructArray, named: &[(usize, String)], first: usize) -> Result<Self, ArrowError> {
        let mut columns = Self::new(first);
        for (at, name) in named {
            columns.put(name.clone(), texts(rows.column(*at))?);
        }
        Ok(columns)
    }

    const fn new(first: usize) -> Self {
        Self { id: None, text: Texts::List(Vec::new()), about: Vec::new(), error: None, first }
    }

    fn put(&mut self, name: String, column: LargeStringArray) {
        match name.as_str() {
            "id" => self.id = Some(column),
            "text" => self.text = Texts::Column(column),
            "error" => self.error = Some(column),
            _ => self.about.push((name, column)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match &self.text {
            Texts::Column(texts) => texts.len(),
            Texts::List(texts) => texts.len(),
        }
    }

    /// Bytes of the text of a row.
    pub(crate) fn bytes(&self, at: usize) -> usize {
        match &self.text {
            Texts::Column(texts) if texts.is_valid(at) => texts.value_length(at) as usize,
            Texts::List(texts) => texts[at].as_ref().map_or(0, |text| text.as_ref().map_or(0, String::len)),
            Texts::Column(_) => 0,
        }
    }

    /// The end of a stretch of rows from one on, with about so many bytes of text.
    pub(crate) fn stretch(&self, from: usize, bytes: usize) -> usize {
        let mut sum = 0;
        let mut to = from;
        while to < self.len() && (to == from || sum < bytes) && to - from < ROWS {
            sum += self.bytes(to) + ROW;
            to += 1;
        }
        to
    }

    /// The name of a row; `None` where there should be one and is none.
    fn id(&self, at: usize) -> Option<String> {
        match &self.id {
            None => Some((self.first + at).to_string()),
            Some(ids) => said(ids, at).filter(|id| !id.is_empty()).map(str::to_owned),
        }
    }

    /// The text, or why there is none.
    fn text(&self, at: usize) -> Result<&str, String> {
        let text = match &self.text {
            Texts::Column(texts) => Ok(said(texts, at)),
            Texts::List(texts) => texts[at].as_ref().map(Option::as_deref),
        };
        let reason = || self.error.as_ref().and_then(|error| said(error, at)).unwrap_or("no text").to_owned();
        text.map_err(|told| (*told).to_owned())?.ok_or_else(reason)
    }

    fn about(&self, at: usize) -> Vec<(String, String)> {
        self.about.iter().filter_map(|(name, column)| Some((name.clone(), said(column, at)?.to_owned()))).collect()
    }

    /// A row with its text as it is, for those who count characters in it.
    pub(crate) fn row(&self, at: usize, max_bytes: u64) -> Row {
        let no = |id, reason: String| Row { id, document: Err(reason), note: None };
        let Some(id) = self.id(at) else { return no(String::new(), NO_ID.to_owned()) };
        let text = match self.text(at) {
            Ok(text) if text.len() as u64 > max_bytes => {
                return no(id, format!("a text of {} bytes, more than {max_bytes}", text.len()));
            }
            Ok(text) => text.to_owned(),
            Err(reason) => return no(id, reason),
        };
        let mut document = row_as_it_is(&id, text, self.about(at));
        let mut notes = Vec::new();
        // In mentions a year or a month stands for its first day, as in the wire form.
        let words = ["date", "日期"].iter().find_map(|name| document.fields.get(*name));
        if let Some(words) = words.filter(|_| document.date.is_none()) {
            match first_day(words) {
                Some(day) => document.date = Some(day),
                None => notes.push(not_a_date(words)),
            }
        }
        let language = ["lang", "language"].iter().find_map(|name| document.fields.get(*name));
        notes.extend(language.filter(|lang| Language::from_code(lang).is_none()).map(|lang| not_a_language(lang)));
        Row { id, document: Ok(document), note: (!notes.is_empty()).then(|| notes.join("; ")) }
    }

    /// A row as a file of its name.
    pub(crate) fn reading(&self, at: usize, max_bytes: u64) -> Result<Reading, Fault> {
        let id = self.id(at).ok_or_else(|| {
            let told = format!("row {} has no id", self.first + at);
            tongwen::Error::usage(told, "give every row an id of its own")
        })?;
        let limits = Limits { max_file_bytes: max_bytes, isolation: None };
        match self.text(at) {
            Ok(text) => Ok(row(&id, Some(text.to_owned()), self.about(at), &limits)),
            Err(reason) => {
                let mut reading = row(&id, None, [], &limits);
                reading.record.detail = Some(reason);
                Ok(reading)
            }
        }
    }
}

/// Rows of a stretch at most.
const ROWS: usize = 1 << 16;
/// What a row costs beside its text, in bytes of text.
const ROW: usize = 64;

fn said(column: &LargeStringArray, at: usize) -> Option<&str> {
    column.is_valid(at).then(|| column.value(at))
}

/// What stands in the schema of a table that was handed over.
pub(crate) fn stamp_of(table: &AnyArray) -> PyResult<Stamp> {
    Ok(table.field()?.metadata().iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}
