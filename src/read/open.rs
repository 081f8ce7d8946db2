//! The bytes of one file, read once and never more than allowed.
//!
//! No memory map: a file cut short while mapped kills the process with SIGBUS. No trust in the listing:
//! between listing and opening a file can become a link or a pipe, so it is looked at again.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::Path,
};

use super::{Reason, Stamp};

/// What was read.
pub(super) struct Contents {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// Whether the size is still the one of the moment before reading.
    pub(super) steady: bool,
    /// What the file system says of it, where that is the same before and after.
    pub(super) stamp: Option<Stamp>,
}

/// Reads a regular file of at most `limit` bytes.
pub(super) fn read_bounded(path: &Path, limit: u64) -> Result<Contents, (Reason, String)> {
    let fault = |cause: io::Error| (Reason::of_io(&cause), cause.to_string());
    let listed = fs::symlink_metadata(path).map_err(fault)?;
    regular(&listed)?;
    let file = open(path).map_err(fault)?;
    let before = file.metadata().map_err(fault)?;
    regular(&before)?;
    if before.len() > limit {
        return Err(too_large(before.len(), limit));
    }
    let mut bytes = Vec::new();
    let expected = usize::try_from(before.len()).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(expected).map_err(|_| (Reason::TooLarge, "not enough memory for it".to_owned()))?;
    (&file).take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(fault)?;
    let size = bytes.len() as u64;
    if size > limit {
        return Err(too_large(size, limit));
    }
    let after = file.metadata().map_err(fault)?;
    let steady = before.len() == after.len() && (size == after.len() || after.len() == 0);
    let stamp = Some(Stamp::new(&before)).filter(|stamp| steady && *stamp == Stamp::new(&after));
    Ok(Contents { bytes, steady, stamp })
}

/// Opening never waits (a pipe) and never goes through a link, whatever stands there by now.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    fs::OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn regular(metadata: &Metadata) -> Result<(), (Reason, String)> {
    if metadata.is_symlink() {
        return Err((Reason::Symlink, "became a link after it was listed".to_owned()));
    }
    if !metadata.is_file() {
        return Err((Reason::NotARegularFile, "not a regular file".to_owned()));
    }
    Ok(())
}

fn too_large(size: u64, limit: u64) -> (Reason, String) {
    (Reason::TooLarge, format!("{size} bytes, the limit is {limit}"))
}
