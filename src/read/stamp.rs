//! Whether a file is still the one that was read: size, times and number of its node.
//!
//! Reading 4,000 files only to see that nothing has changed takes longer than asking the file system. A stamp is a hint
//! and no proof: clocks are set back, and copies keep times. So a stamp is believed only if it is older than the run that
//! took it (a change in the same tick of the clock would not show), and not at all with `--no-mtime`.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

/// What the file system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// Nanoseconds since 1970: of its content, and of its node.
    modified: i128,
    changed: i128,
    node: (u64, u64),
}

impl Stamp {
    /// Of what stands at a path, without following links.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| Self::new(&metadata))
    }

    #[cfg(unix)]
    pub(super) fn new(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let time = |seconds: i64, nanoseconds: i64| {
            i128::from(seconds).saturating_mul(1_000_000_000).saturating_add(i128::from(nanoseconds))
        };
        Self {
            size: metadata.len(),
            modified: time(metadata.mtime(), metadata.mtime_nsec()),
            changed: time(metadata.ctime(), metadata.ctime_nsec()),
            node: (metadata.dev(), metadata.ino()),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn new(metadata: &fs::Metadata) -> Self {
        let since = |time: std::time::SystemTime| time.duration_since(std::time::SystemTime::UNIX_EPOCH).ok();
        let modified = metadata.modified().ok().and_then(since).map_or(i128::MAX, |past| past.as_nanos() as i128);
        Self { size: metadata.len(), modified, changed: modified, node: (0, 0) }
    }

    /// Whether the file was last touched before the other one.
    #[must_use]
    pub fn is_older_than(&self, other: &Self) -> bool {
        self.modified.max(self.changed) < other.modified.max(other.changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_change_shows_even_where_size_and_time_are_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "one").unwrap();
        let before = Stamp::of(&path).unwrap();
        assert_eq!(Stamp::of(&path), Some(before));
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(&path, "two").unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_nanos(before.modified as u64);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let after = Stamp::of(&path).unwrap();
        assert_eq!((after.size, after.modified), (before.size, before.modified));
        assert_ne!(after, before);
        assert!(before.is_older_than(&after));
        assert_eq!(Stamp::of(folder.path()), None);
    }
}
