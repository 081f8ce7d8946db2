//! Errors as Python exceptions, with the same words as on the command line.

use arrow_schema::ArrowError;
use pyo3::{
    exceptions::{PyKeyboardInterrupt, PyRuntimeError},
    prelude::*,
    types::PyDict,
};
use tongwen::Error;

/// What may go wrong while no Python is at hand.
pub(crate) enum Fault {
    /// With the words of the command line.
    Told(Error),
    /// In the tables.
    Arrow(ArrowError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl From<ArrowError> for Fault {
    fn from(error: ArrowError) -> Self {
        Self::Arrow(error)
    }
}

impl Fault {
    /// The same as an exception.
    pub(crate) fn raised(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Told(error) => raised(py, &error),
            Self::Arrow(error) => told(error),
        }
    }
}

/// A fault that is nobody's mistake.
pub(crate) fn told(fault: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(fault.to_string())
}

/// The exception for an error; the classes stand in `tongwen/errors.py`.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    if let Error::Stopped { .. } = error {
        return PyKeyboardInterrupt::new_err("stopped; nothing unfinished is visible");
    }
    build(py, error).unwrap_or_else(|fault| fault)
}

/// A mistake of the caller.
pub(crate) fn usage(py: Python<'_>, message: impl Into<String>, hint: &str) -> PyErr {
    raised(py, &Error::usage(message, hint))
}

fn build(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let fields = PyDict::new(py);
    fields.set_item("hint", error.hint().map(by_argument))?;
    let (class, message) = match error {
        Error::Data { path, line, column, message, .. } => {
            let place = path.display().to_string();
            fields.set_item("path", &place)?;
            fields.set_item("line", line)?;
            fields.set_item("column", column)?;
            let parts = [line, column].into_iter().filter(|number| **number > 0);
            let place = parts.fold(place, |place, number| format!("{place}:{number}"));
            ("RuleError", format!("{place}: {message}"))
        }
        Error::Read { path, .. } => {
            fields.set_item("path", path.display().to_string())?;
            ("ReadError", error.to_string())
        }
        Error::Write { path, .. } | Error::Locked { path, .. } => {
            fields.set_item("path", path.display().to_string())?;
            ("WriteError", error.to_string())
        }
        _ => ("UsageError", error.to_string()),
    };
    let value = py.import("tongwen.errors")?.getattr(class)?.call((message,), Some(&fields))?;
    Ok(PyErr::from_value(value))
}

/// Flags that take no value.
const SWITCHES: [&str; 3] = ["force", "fresh", "hidden"];

/// The words of the command line with arguments in the place of flags: `force=True` for `--force`, `group_by` for
/// `--group-by`.
pub(crate) fn by_argument(words: &str) -> String {
    let one = |word: &str| {
        let Some(flag) = word.strip_prefix("--") else { return word.to_owned() };
        let end = flag.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(flag.len());
        let (name, rest) = flag.split_at(end);
        let value = if SWITCHES.contains(&name) { "=True" } else { "" };
        format!("{}{value}{rest}", name.replace('-', "_"))
    };
    words.split_inclusive(' ').map(one).collect()
}
