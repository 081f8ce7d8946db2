//! Who has counted: what stands in the schema of a table of counts, so that only equal counts are added up.

use std::collections::HashMap;

use tongwen::{Error, engine::Engine};

use crate::engines::Ruling;

/// Raised when columns or their meaning change; `docs/SCHEMA.md` tells of it.
const SCHEMA: &str = "1";

/// What begins the keys.
const OURS: &str = "tongwen.";

/// By key, as the metadata of an Arrow schema has it.
pub(crate) type Stamp = HashMap<String, String>;

/// Of counts by this engine.
pub(crate) fn of(engine: &Engine, ruling: &Ruling) -> Stamp {
    let words = format!("guess_words={} {}", ruling.guess_words, engine.folding);
    let said = [
        ("counts", SCHEMA),
        ("version", env!("CARGO_PKG_VERSION")),
        ("source", tongwen::SOURCE),
        ("rules", &engine.rules.fingerprint),
        ("registry", &engine.rules.registry_fingerprint),
        ("words", &words),
    ];
    said.into_iter().map(|(key, value)| (format!("{OURS}{key}"), value.to_owned())).collect()
}

/// Takes in the stamp of one more table. A table that has gone through a program that keeps none has nothing to say.
pub(crate) fn join(all: &mut Stamp, one: &Stamp) -> Result<(), Error> {
    let mut said: Vec<_> = one.iter().filter(|(key, _)| key.starts_with(OURS)).collect();
    said.sort_unstable();
    for (key, value) in said {
        let known = all.entry(key.clone()).or_insert_with(|| value.clone());
        if known != value {
            let what = key.trim_start_matches(OURS);
            let told = format!("the tables were counted with different {what}: {known} and {value}");
            return Err(Error::usage(told, "count again with the same version, rules and settings"));
        }
    }
    Ok(())
}
