//! Archives: ZIP, tar and gzip, member by member, never to disk.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::{Name, Unpacker};
use crate::read::{
    FileRecord, Reason, Refusal, Status,
    package::{Budget, MAX_ENTRIES, Package},
};

impl Unpacker<'_> {
    pub(super) fn zip(&mut self, bytes: &[u8], file: &mut FileRecord, depth: usize) -> Result<(), Refusal> {
        let mut package = Package::open(bytes)?;
        for index in 0..package.len() {
            if self.stopped {
                break;
            }
            let entry = package.entry(index)?;
            let name = Name::of(&entry.name);
            if entry.folder || name.hidden {
                continue;
            }
            let mut record = self.record_of(file, &name);
            if entry.link {
                record.refuse(Status::Skip, Reason::Symlink, "a symbolic link in an archive; links are not followed");
                self.hand_on(record, super::Content::Nothing);
                continue;
            }
            match package.bytes(index) {
                Ok(bytes) => self.member(record, bytes, depth),
                Err(refusal) => {
                    self.refused(record, refusal);
                    if package.is_spent() {
                        lose_rest(file, package.len().saturating_sub(index).saturating_sub(1));
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn tar_gz(&mut self, bytes: &[u8], file: &mut FileRecord, depth: usize) -> Result<(), Refusal> {
        self.tar(MultiGzDecoder::new(bytes), bytes.len() as u64, file, depth)
    }

    /// `packed` is the size of the archive as it stands on disk.
    pub(super) fn tar(
        &mut self,
        from: impl Read,
        packed: u64,
        file: &mut FileRecord,
        depth: usize,
    ) -> Result<(), Refusal> {
        let broken = |cause: &io::Error| (Reason::Malformed, format!("not a whole tar archive: {cause}"));
        let mut budget = Budget::default();
        let mut archive = tar::Archive::new(Bounded { from, left: budget.left() });
        let mut any = false;
        for (number, entry) in archive.entries().map_err(|cause| broken(&cause))?.enumerate() {
            if self.stopped {
                break;
            }
            if number >= MAX_ENTRIES {
                file.lose(Reason::ExpandsTooMuch, &format!("only its first {MAX_ENTRIES} entries were read"));
                break;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(cause) if any => {
                    file.lose(Reason::Malformed, &format!("torn behind its {number} first entries: {cause}"));
                    break;
                }
                Err(cause) => return Err(broken(&cause)),
            };
            any = true;
            let kind = entry.header().entry_type();
            let name = Name::of(&entry.path_bytes());
            if kind.is_dir() || name.hidden || kind.is_pax_global_extensions() {
                continue;
            }
            let mut record = self.record_of(file, &name);
            if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
                let link = kind.is_symlink() || kind.is_hard_link();
                let reason = if link { Reason::Symlink } else { Reason::NotARegularFile };
                record.refuse(Status::Skip, reason, "a link or a device in an archive");
                self.hand_on(record, super::Content::Nothing);
                continue;
            }
            match budget.read(entry, packed) {
                Ok(bytes) => self.member(record, bytes, depth),
                Err(refusal) => {
                    let torn = refusal.0 == Reason::Malformed;
                    self.refused(record, refusal);
                    if torn || budget.left() == 0 {
                        file.lose(Reason::Members, "what stands behind a broken member was not read");
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// One file, packed: `notice.txt.gz`.
    pub(super) fn gzip(&mut self, bytes: &[u8], file: &mut FileRecord, depth: usize) -> Result<(), Refusal> {
        let content = Budget::default().read(MultiGzDecoder::new(bytes), bytes.len() as u64)?;
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let label = name.get(..name.len().saturating_sub(3)).unwrap_or(name).to_owned();
        let name = Name { label, leads_out: false, hidden: false };
        let record = self.record_of(file, &name);
        self.member(record, content, depth);
        Ok(())
    }
}

fn lose_rest(file: &mut FileRecord, rest: usize) {
    if rest > 0 {
        file.lose(Reason::ExpandsTooMuch, &format!("{rest} members behind it were not read"));
    }
}

/// Headers and skipped members count, too.
struct Bounded<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("it expands to more than is allowed"));
        }
        let read = self.from.by_ref().take(self.left).read(to)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
