//! Rules and dictionary, loaded once in a process for each set of rules.
//!
//! A cluster starts many processes, each for many batches; loading takes a tenth of a second and 60 MB, so it happens
//! when the first batch comes and never again. An overlay is known by its folder and what its files say.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use pyo3::prelude::*;
use tongwen::{Result, engine::Engine, segment::UnknownWords};

use crate::failure::raised;

/// Which rules: a folder laid over the built-in ones, with the digest of its files, and how unknown words are cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Ruling {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) digest: Option<String>,
    pub(crate) guess_words: bool,
}

/// Engines by digest; none is ever taken apart.
static LOADED: Mutex<Option<HashMap<Ruling, &'static Engine>>> = Mutex::new(None);

/// The engine for these rules.
pub(crate) fn engine(ruling: &Ruling) -> Result<&'static Engine> {
    // The folder of equal files may have another name; without a digest nobody knows what is in it.
    let key = match &ruling.digest {
        Some(_) => Ruling { folder: None, ..ruling.clone() },
        None => ruling.clone(),
    };
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(engine) = loaded.as_ref().and_then(|engines| engines.get(&key)) {
        return Ok(engine);
    }
    let unknown = if ruling.guess_words { UnknownWords::Guess } else { UnknownWords::Split };
    let engine: &'static Engine = Box::leak(Box::new(Engine::load(ruling.folder.as_deref().map(Path::new), unknown)?));
    if ruling.folder.is_none() || ruling.digest.is_some() {
        loaded.get_or_insert_default().insert(key, engine);
    }
    Ok(engine)
}

/// The same, for Python: other threads of the interpreter run meanwhile.
pub(crate) fn loaded(py: Python<'_>, ruling: &Ruling) -> PyResult<&'static Engine> {
    py.detach(|| engine(ruling)).map_err(|error| raised(py, &error))
}

impl<'py> FromPyObject<'_, 'py> for Ruling {
    type Error = PyErr;

    /// From `(folder, digest, guess_words)`.
    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let (folder, digest, guess_words) = value.extract()?;
        Ok(Self { folder, digest, guess_words })
    }
}

/// The digests of the rules and of the registry, as `run.json` has them.
#[pyfunction]
pub(crate) fn fingerprints(py: Python<'_>, ruling: Ruling) -> PyResult<(String, String)> {
    let engine = loaded(py, &ruling)?;
    Ok((engine.rules.fingerprint.clone(), engine.rules.registry_fingerprint.clone()))
}
