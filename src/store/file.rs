//! The file of the store: an SQLite database with one table, key and entry.
//!
//! SQLite, because its file survives whatever ends a process, and because it says that it is damaged where others stop the
//! program. Nothing waits for the disk: a power cut may cost entries, and those are known by their digests.
//!
//! Always true: no fault leaves this file as an error or a panic. A store that cannot be read or written is put aside for
//! the rest of the run, and [`Store::fault`] says why.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::Key;

/// Its name in the report folder.
const NAME: &str = ".tongwen.store";
/// What SQLite may leave beside it.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];
/// Goes up when the table changes.
const LAYOUT: i64 = 1;
const DIGEST: usize = 32;

/// What earlier runs have found out.
pub struct Store {
    path: PathBuf,
    open: Mutex<Open>,
    had_entries: bool,
}

#[derive(Default)]
struct Open {
    /// None once the store is put aside.
    connection: Option<Connection>,
    fault: Option<String>,
}

impl Store {
    /// Opens the store of a report folder, makes one where there is none, and begins anew where it is damaged.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let mut fault = None;
        let opened = connect(&path).or_else(|first| {
            // Anything but damage (no room, no right) would come back.
            if !is_damage(&first) {
                return Err(first);
            }
            fault = Some(format!("{} was damaged and is made anew", path.display()));
            remove(&path).map_err(|cause| rusqlite::Error::ToSqlConversionFailure(Box::new(cause)))?;
            connect(&path)
        });
        let (connection, had_entries) = match opened {
            Ok((connection, any)) => (Some(connection), any),
            Err(cause) => {
                fault = Some(format!("{} cannot be used: {cause}", path.display()));
                (None, false)
            }
        };
        Self { path, open: Mutex::new(Open { connection, fault }), had_entries }
    }

    /// Takes the store of a report folder away.
    ///
    /// # Errors
    /// Where it is there and stays.
    pub fn forget(folder: &Path) -> io::Result<()> {
        remove(&folder.join(NAME))
    }

    /// Whether the folder has one.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Whether it held anything when it was opened.
    #[must_use]
    pub const fn had_entries(&self) -> bool {
        self.had_entries
    }

    /// Why it was put aside or made anew, where it was.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.lock().fault.clone()
    }

    /// What lies under a key, whole.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut open = self.lock();
        let connection = open.connection.as_ref()?;
        let found = connection
            .query_row("SELECT entry FROM kept WHERE key = ?1", params![key.as_bytes()], |row| row.get::<_, Vec<u8>>(0))
            .optional();
        let sealed = found.unwrap_or_else(|cause| {
            self.put_aside(&mut open, &cause);
            None
        })?;
        let entry = unseal(key, sealed);
        if entry.is_none() {
            let told = || format!("{} was damaged; what was lost is read again", self.path.display());
            open.fault.get_or_insert_with(told);
        }
        entry
    }

    /// Keeps entries, all or none of them, in place of those under the same keys.
    pub fn put(&self, entries: Vec<(Key, Vec<u8>)>) {
        let mut open = self.lock();
        let Some(connection) = open.connection.as_mut().filter(|_| !entries.is_empty()) else { return };
        if let Err(cause) = insert(connection, entries) {
            self.put_aside(&mut open, &cause);
        }
    }

    /// Forgets what lies under other keys.
    pub fn retain(&self, used: &HashSet<Key>) {
        let mut open = self.lock();
        let Some(connection) = open.connection.as_mut() else { return };
        if let Err(cause) = retain(connection, used) {
            self.put_aside(&mut open, &cause);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The run goes on without it; the next one begins a new one where this one is damaged.
    fn put_aside(&self, open: &mut Open, cause: &rusqlite::Error) {
        open.connection = None;
        open.fault = Some(format!("{} cannot be used: {cause}", self.path.display()));
        if is_damage(cause) {
            // Where it cannot be removed it is found damaged once more.
            let _ = remove(&self.path);
        }
    }
}

/// A connection to a store in order, and whether it holds anything.
fn connect(path: &Path) -> rusqlite::Result<(Connection, bool)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA auto_vacuum = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;",
    )?;
    // The journal mode answers with a row.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    let layout: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if layout != LAYOUT {
        connection.execute_batch(&format!(
            "BEGIN; DROP TABLE IF EXISTS kept; CREATE TABLE kept (key BLOB PRIMARY KEY NOT NULL, entry BLOB NOT NULL);
             PRAGMA user_version = {LAYOUT}; COMMIT;"
        ))?;
    }
    let any = connection.query_row("SELECT EXISTS (SELECT 1 FROM kept)", [], |row| row.get(0))?;
    Ok((connection, any))
}

fn insert(connection: &mut Connection, entries: Vec<(Key, Vec<u8>)>) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare("INSERT OR REPLACE INTO kept (key, entry) VALUES (?1, ?2)")?;
        for (key, entry) in entries {
            statement.execute(params![key.as_bytes(), seal(&key, entry)])?;
        }
    }
    transaction.commit()
}

fn retain(connection: &mut Connection, used: &HashSet<Key>) -> rusqlite::Result<()> {
    let stale: Vec<Vec<u8>> = {
        let mut statement = connection.prepare("SELECT key FROM kept")?;
        let keys = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        let used: HashSet<&[u8]> = used.iter().map(|key| key.as_bytes().as_slice()).collect();
        keys.filter(|key| key.as_ref().map_or(true, |key| !used.contains(key.as_slice()))).collect::<Result<_, _>>()?
    };
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare("DELETE FROM kept WHERE key = ?1")?;
        stale.iter().try_for_each(|key| statement.execute([key]).map(|_| ()))?;
    }
    transaction.commit()
}

fn seal(key: &Key, mut entry: Vec<u8>) -> Vec<u8> {
    let digest = digest(key, &entry);
    entry.extend_from_slice(&digest);
    entry
}

/// The entry, where it is the one that was kept under this key.
fn unseal(key: &Key, mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let (entry, seal) = sealed.split_last_chunk::<DIGEST>()?;
    if *seal != digest(key, entry) {
        return None;
    }
    let length = entry.len();
    sealed.truncate(length);
    Some(sealed)
}

fn digest(key: &Key, entry: &[u8]) -> [u8; DIGEST] {
    Sha256::new().chain_update(key.as_bytes()).chain_update(entry).finalize().into()
}

fn is_damage(cause: &rusqlite::Error) -> bool {
    match cause {
        rusqlite::Error::SqliteFailure(fault, _) => {
            matches!(fault.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        }
        // A table of another make.
        rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..) => true,
        _ => false,
    }
}

fn remove(path: &Path) -> io::Result<()> {
    let beside = BESIDE.iter().map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    for path in beside.chain([path.to_owned()]) {
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(n: u64) -> Vec<Key> {
        (0..n).map(|n| Key::of(&[&n.to_le_bytes()])).collect()
    }

    fn entry(n: usize) -> Vec<u8> {
        (0..n * 37 % 5_000).map(|byte| (byte * n) as u8).collect()
    }

    fn filled(folder: &Path, n: u64) -> Vec<Key> {
        let store = Store::open(folder);
        store.put(keys(n).into_iter().enumerate().map(|(n, key)| (key, entry(n))).collect());
        assert_eq!(store.fault(), None);
        keys(n)
    }

    #[test]
    fn what_went_in_comes_out_in_the_next_run() {
        let home = tempfile::tempdir().unwrap();
        assert!(!Store::is_in(home.path()) && !Store::open(home.path()).had_entries());
        let keys = filled(home.path(), 300);
        let store = Store::open(home.path());
        assert!(store.had_entries());
        for (n, key) in keys.iter().enumerate() {
            assert_eq!(store.get(key), Some(entry(n)));
        }
        store.put(vec![(keys[0], b"new".to_vec())]);
        store.retain(&keys[..2].iter().copied().collect());
        assert_eq!(store.get(&keys[0]), Some(b"new".to_vec()));
        assert_eq!((store.get(&keys[1]), store.get(&keys[2])), (Some(entry(1)), None));
        drop(store);
        Store::forget(home.path()).unwrap();
        assert!(!Store::is_in(home.path()));
    }

    /// Bytes changed, the end cut off, the head gone: some entries may be lost, none is another one.
    #[test]
    fn damage_costs_entries_and_never_changes_one() {
        let home = tempfile::tempdir().unwrap();
        let keys = filled(home.path(), 200);
        let path = home.path().join(NAME);
        let whole = fs::read(&path).unwrap();
        let mut state = 7_u64;
        let mut roll = |sides: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % sides
        };
        let mut kept = 0;
        for round in 0..120 {
            let mut bytes = whole.clone();
            match round % 4 {
                0 => bytes.truncate(whole.len() - 1 - roll(4096)),
                1 => bytes.truncate(roll(whole.len())),
                2 => (0..=roll(20)).for_each(|_| bytes[roll(whole.len())] ^= 1 << roll(8)),
                _ => {
                    let at = roll(whole.len() - 512);
                    let with = roll(256) as u8;
                    bytes[at..at + 512].fill(with);
                }
            }
            fs::write(&path, bytes).unwrap();
            let store = Store::open(home.path());
            for (n, key) in keys.iter().enumerate() {
                let found = store.get(key);
                kept += u32::from(found.is_some());
                assert!(found.is_none_or(|found| found == entry(n)));
            }
            store.put(vec![(keys[0], entry(0))]);
            store.retain(&keys.iter().copied().collect());
            drop(store);
            Store::forget(home.path()).unwrap();
        }
        assert!(kept > 5_000, "{kept}");
    }

    #[test]
    fn a_store_that_cannot_be_made_is_put_aside() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(NAME)).unwrap();
        let store = Store::open(home.path());
        assert!(store.fault().unwrap().contains(NAME));
        store.put(vec![(keys(1)[0], entry(9))]);
        assert_eq!(store.get(&keys(1)[0]), None);
    }
}
