//! Rules and dictionary, loaded once in a process for each set of rules.
//!
//! A cluster starts many processes, each for many batches; loading takes a tenth of a second and 60 MB, so it happens
//! when the first batch comes. An overlay is known by what its files say; the engines used last stay.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use pyo3::prelude::*;
use tongwen::{
    Error, Result,
    engine::Engine,
    segment::{FoldingChoice, UnknownWords},
};

use crate::failure::raised;

/// So many engines stay: somebody who edits an overlay makes a new one each time.
const KEPT: usize = 4;

/// Which rules: a folder laid over the built-in ones with the digest of its files; how unknown words are cut, and what
/// is folded before it is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) digest: Option<String>,
    pub(crate) guess_words: bool,
    pub(crate) folding: FoldingChoice,
}

/// Engines, the one used last at the end.
static LOADED: Mutex<Vec<(Ruling, Arc<Engine>)>> = Mutex::new(Vec::new());

/// The engine for these rules.
fn engine(ruling: &Ruling) -> Result<Arc<Engine>> {
    // The folder of equal files may have another name.
    let key = Ruling { folder: None, ..ruling.clone() };
    if let Some(engine) = find(&key) {
        return Ok(engine);
    }
    if ruling.digest.is_some() && ruling.folder.is_none() {
        return Err(Error::usage("the rules are no longer loaded", "give them again"));
    }
    let engine = Arc::new(load(ruling)?);
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    loaded.push((key, Arc::clone(&engine)));
    let surplus = loaded.len().saturating_sub(KEPT);
    loaded.drain(..surplus);
    Ok(engine)
}

fn find(key: &Ruling) -> Option<Arc<Engine>> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let at = loaded.iter().rposition(|(ruling, _)| ruling == key)?;
    let found = loaded.remove(at);
    let engine = Arc::clone(&found.1);
    loaded.push(found);
    Some(engine)
}

/// Loads in threads of its own: those of a process that was forked are not there any more.
fn load(ruling: &Ruling) -> Result<Engine> {
    let unknown = if ruling.guess_words { UnknownWords::Guess } else { UnknownWords::Split };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let pool = pool.map_err(|fault| Error::usage(format!("cannot start threads: {fault}"), "end other programs"))?;
    let engine = pool.install(|| Engine::load(ruling.folder.as_deref().map(Path::new), unknown))?;
    Ok(if ruling.folding.is_none() { engine } else { engine.folding(&ruling.folding) })
}

/// The same, for Python: other threads of the interpreter run meanwhile.
pub(crate) fn loaded(py: Python<'_>, ruling: &Ruling) -> PyResult<Arc<Engine>> {
    py.detach(|| engine(ruling)).map_err(|error| raised(py, &error))
}

impl<'py> FromPyObject<'_, 'py> for Ruling {
    type Error = PyErr;

    /// From `(folder, digest, guess_words, (simplified, stems, zh, en))`.
    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let (folder, digest, guess_words, (simplified, stems, zh, en)) = value.extract()?;
        Ok(Self { folder, digest, guess_words, folding: FoldingChoice { simplified, stems, shortest: [zh, en] } })
    }
}

/// The digests of the rules and of the registry, as `run.json` has them.
#[pyfunction]
pub(crate) fn fingerprints(py: Python<'_>, ruling: Ruling) -> PyResult<(String, String)> {
    let engine = loaded(py, &ruling)?;
    Ok((engine.rules.fingerprint.clone(), engine.rules.registry_fingerprint.clone()))
}

/// Whether the engine for these rules is there.
#[pyfunction]
pub(crate) fn is_loaded(ruling: Ruling) -> bool {
    find(&Ruling { folder: None, ..ruling }).is_some()
}
