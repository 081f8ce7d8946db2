//! Instruments as small integers while counting, as names that mean the same everywhere at the door.
//!
//! A row of the registry is its own number. A title that is not in the registry gets the next free number of
//! this worker and a name made from its folded letters, so that two workers, two runs or two machines call it
//! the same: `x-` and twelve hex digits of the SHA-256 of the folded title.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    ruleset::{Law, Registry},
    text::Language,
};

/// An instrument in this worker's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityIx(pub u32);

/// The instruments a worker has met: all rows of the registry, then the titles that are not in it.
#[derive(Debug, Default)]
pub struct Entities {
    rows: u32,
    unlisted: Vec<Unlisted>,
    by_key: FxHashMap<String, u32>,
}

/// An instrument that is not in the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// `x-…`
    pub id: String,
    /// Folded title; what makes two titles the same.
    pub key: String,
    /// The title in canonical spelling, of the spelling that comes first by code point.
    pub title: String,
    /// Its language.
    pub language: Language,
}

impl Entities {
    /// A table that knows the rows of the registry.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        Self {
            rows: u32::try_from(registry.laws.len()).unwrap_or(u32::MAX),
            unlisted: Vec::new(),
            by_key: FxHashMap::default(),
        }
    }

    /// The number of a row of the registry.
    #[must_use]
    pub const fn listed(&self, row: u32) -> EntityIx {
        EntityIx(row)
    }

    /// The number of a title that is not in the registry. `key` is the folded title.
    pub fn unlisted(&mut self, key: &str, title: &str, language: Language) -> EntityIx {
        if let Some(&ix) = self.by_key.get(key) {
            let known = &mut self.unlisted[(ix - self.rows) as usize];
            if title < known.title.as_str() {
                title.clone_into(&mut known.title);
            }
            return EntityIx(ix);
        }
        let ix = self.rows + u32::try_from(self.unlisted.len()).unwrap_or(u32::MAX - self.rows);
        self.by_key.insert(key.to_owned(), ix);
        self.unlisted.push(Unlisted { id: unlisted_id(key), key: key.to_owned(), title: title.to_owned(), language });
        EntityIx(ix)
    }

    /// The unlisted title with this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Unlisted> {
        self.by_key.get(key).and_then(|&ix| self.title(EntityIx(ix)))
    }

    /// How many rows the registry has; unlisted titles are numbered from there.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// The row of the registry behind a number.
    #[must_use]
    pub const fn row(&self, ix: EntityIx) -> Option<u32> {
        if ix.0 < self.rows { Some(ix.0) } else { None }
    }

    /// The unlisted title behind a number.
    #[must_use]
    pub fn title(&self, ix: EntityIx) -> Option<&Unlisted> {
        self.unlisted.get(ix.0.checked_sub(self.rows)? as usize)
    }

    /// Its id in results.
    #[must_use]
    pub fn id<'a>(&'a self, ix: EntityIx, registry: &'a Registry) -> &'a str {
        match registry.law(ix.0) {
            Some(law) => &law.id,
            None => self.title(ix).map_or("", |t| &t.id),
        }
    }

    /// Its official title.
    #[must_use]
    pub fn canonical<'a>(&'a self, ix: EntityIx, registry: &'a Registry) -> &'a str {
        registry.law(ix.0).map_or_else(|| self.title(ix).map_or("", |t| t.title.as_str()), Law::canonical)
    }

    /// All unlisted titles, in the order in which this worker met them.
    #[must_use]
    pub fn all_unlisted(&self) -> &[Unlisted] {
        &self.unlisted
    }
}

/// The id of a folded title that is not in the registry.
#[must_use]
pub fn unlisted_id(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let hex: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("x-{hex}")
}
