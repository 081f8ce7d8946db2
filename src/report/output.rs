//! The output folder: every file appears whole or not at all, and two runs never mix.
//!
//! Files grow under a hidden name beside their place, reach the disk, and are then renamed one after the other.
//! A run that is killed leaves at most hidden files, which the next run removes. A lock that the operating
//! system drops with the process keeps a second run out. Files of an earlier run that this one does not write are
//! taken away, since they would look like its results. What was an earlier run's says its `run.json`; a file of the
//! same name that it does not list is somebody else's, and nobody's work is written over without being asked.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use crate::{
    Error, Result,
    read::{PUBLISHING, Stamp, results_in},
};

const LOCK: &str = ".tongwen.lock";
const BUFFER: usize = 1 << 16;
const PENDING_PREFIX: &str = ".tongwen-pending-";

/// What is done with files in the output folder that have names of ours and are not ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foreign {
    /// They stay, and the run does not begin.
    #[default]
    Keep,
    /// They are written over.
    Replace,
}

/// A folder that this run alone writes to, as long as the value lives.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    _lock: File,
}

/// A file that nobody sees before [`OutputFolder::publish`]; dropped, it is gone.
pub struct PendingFile {
    name: String,
    place: PathBuf,
    file: BufWriter<Digested>,
}

/// A finished file, as `run.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Name below the output folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// A file that knows what went into it.
struct Digested {
    file: NamedTempFile,
    bytes: u64,
    digest: Sha256,
}

impl OutputFolder {
    /// Looks whether a run may write files of these names there.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where the path is, or leads through, a file, or where somebody else's files have these names.
    pub(super) fn look(path: &Path, names: &[String]) -> Result<()> {
        if let Some(file) = path.ancestors().find(|part| part.exists()).filter(|part| !part.is_dir()) {
            return Err(Error::usage(format!("{} is a file", file.display()), "give a folder with --out"));
        }
        let ours = results_in(path);
        let foreign = |name: &&String| !ours.contains(*name) && path.join(name).symlink_metadata().is_ok();
        let foreign: Vec<&str> = names.iter().filter(foreign).map(String::as_str).collect();
        if foreign.is_empty() {
            return Ok(());
        }
        let more = if foreign.len() > 3 { ", …" } else { "" };
        let named = foreign[..foreign.len().min(3)].join(", ");
        Err(Error::usage(
            format!("{} holds files that are not of an earlier run: {named}{more}", path.display()),
            "give another folder with --out, or --force to replace them",
        ))
    }

    /// Creates the folder where it is missing, locks it, and clears what a killed run left behind.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] where another run holds it; [`Error::Write`] where it cannot be created or written.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(|cause| cannot_write(&path, cause))?;
        let lock = lock(&path)?;
        remove_leftovers(&path).map_err(|cause| cannot_write(&path, cause))?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the file system says of the lock that this run has taken: whatever is touched later bears a later time.
    #[must_use]
    pub fn began(&self) -> Option<Stamp> {
        Stamp::of(&self.path.join(LOCK))
    }

    /// Whether the files are there and hold what was written.
    #[must_use]
    pub fn holds(&self, files: &[Written]) -> bool {
        files.par_iter().all(|written| {
            let told = digest(&self.path.join(&written.file));
            told.is_ok_and(|(bytes, sha256)| (bytes, &sha256) == (written.bytes, &written.sha256))
        })
    }

    /// Starts a file that will be called `name` (parts below the folder joined by `/`).
    ///
    /// # Errors
    ///
    /// [`Error::Write`] where the folder does not take new files.
    pub fn begin(&self, name: &str) -> Result<PendingFile> {
        let place = self.path.join(name);
        let file = hidden_file(&self.path).map_err(|cause| cannot_write(&place, cause))?;
        let file = Digested { file, bytes: 0, digest: Sha256::new() };
        Ok(PendingFile { name: name.to_owned(), place, file: BufWriter::with_capacity(BUFFER, file) })
    }

    /// Makes the files visible, in the given order: all of them reach the disk before the first gets its name. Before
    /// the `last` one appears, those of the `others` that an earlier run left are taken away.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the file that failed. Up to the first rename nothing has changed; a rename that
    /// fails (the name is taken by a folder) leaves earlier files renamed, each of them whole.
    pub fn publish(&self, files: Vec<PendingFile>, last: PendingFile, others: &[String]) -> Result<()> {
        let names: Vec<String> = files.iter().chain([&last]).map(|file| file.name.clone()).collect();
        let ready = files.into_par_iter().map(PendingFile::reach_disk).collect::<Result<Vec<_>>>()?;
        let last = last.reach_disk()?;
        let ours = results_in(&self.path);
        self.announce(&names)?;
        for (place, file) in ready {
            self.make_visible(&place, file)?;
        }
        for name in others.iter().filter(|name| ours.contains(*name)) {
            self.take_away(name)?;
        }
        self.make_visible(&last.0, last.1)?;
        sync_folder(&self.path).map_err(|cause| cannot_write(&self.path, cause))?;
        self.take_away(PUBLISHING)
    }

    /// Leaves the names of what is about to be seen, so that the next run knows them for ours if this one is killed.
    fn announce(&self, names: &[String]) -> Result<()> {
        let place = self.path.join(PUBLISHING);
        let announced = File::create(&place).and_then(|mut file| {
            file.write_all(&serde_json::to_vec(names)?)?;
            file.sync_all()?;
            sync_folder(&self.path)
        });
        announced.map_err(|cause| cannot_write(&place, cause))
    }

    fn make_visible(&self, place: &Path, file: NamedTempFile) -> Result<()> {
        let folder = place.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(|cause| cannot_write(folder, cause))?;
        file.persist(place).map_err(|failed| cannot_write(place, failed.error))?;
        if folder == self.path {
            return Ok(());
        }
        sync_folder(folder).map_err(|cause| cannot_write(folder, cause))
    }

    fn take_away(&self, name: &str) -> Result<()> {
        let place = self.path.join(name);
        match fs::remove_file(&place) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cannot_write(&place, cause)),
            _ => {}
        }
        if let Some(folder) = place.parent().filter(|folder| *folder != self.path) {
            // Goes only if it is empty.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}

impl PendingFile {
    /// The error of this file, under the name that its reader knows.
    #[must_use]
    pub fn error(&self, cause: io::Error) -> Error {
        cannot_write(&self.place, cause)
    }

    /// What it holds now that it is complete.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] where the rest of it cannot be written.
    pub fn written(&mut self) -> Result<Written> {
        self.file.flush().map_err(|cause| self.error(cause))?;
        let Digested { bytes, digest, .. } = self.file.get_ref();
        Ok(Written { file: self.name.clone(), bytes: *bytes, sha256: hexadecimal(digest.clone()) })
    }

    fn reach_disk(self) -> Result<(PathBuf, NamedTempFile)> {
        let Self { place, file, .. } = self;
        let file = file.into_inner().map_err(|failed| cannot_write(&place, failed.into_error()))?.file;
        file.as_file().sync_all().map_err(|cause| cannot_write(&place, cause))?;
        Ok((place, file))
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(bytes)?;
        self.digest.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Size and digest of a file.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, hexadecimal(digest))),
            read => {
                digest.update(&buffer[..read]);
                bytes += read as u64;
            }
        }
    }
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes the lock and leaves the number of the process in it.
fn lock(folder: &Path) -> Result<File> {
    let place = folder.join(LOCK);
    let opened = File::options().create(true).truncate(false).read(true).write(true).open(&place);
    let mut file = opened.map_err(|cause| cannot_write(&place, cause))?;
    match file.try_lock() {
        Ok(()) => {
            let told = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            told.map(|()| file).map_err(|cause| cannot_write(&place, cause))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.take(20).read_to_string(&mut holder);
            Err(Error::Locked { path: folder.to_owned(), holder: holder.trim().parse().ok() })
        }
        // Some network file systems know no locks; there the run goes on unguarded rather than not at all.
        Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(cause)) => Err(cannot_write(&place, cause)),
    }
}

fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(PENDING_PREFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn hidden_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PENDING_PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

/// A rename survives a power cut once its folder is on the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn cannot_write(path: &Path, cause: io::Error) -> Error {
    Error::Write { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::RUN;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.filter(|name| name != LOCK).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_visible_only_when_published() {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path().join("new/out")).unwrap();
        let mut file = folder.begin("laws.csv").unwrap();
        file.write_all("id\r\n".as_bytes()).unwrap();
        let inner = folder.begin("tables/laws.parquet").unwrap();
        assert!(names(folder.path()).iter().all(|name| name.starts_with('.')));
        folder.publish(vec![file, inner], folder.begin("run.json").unwrap(), &[]).unwrap();
        assert_eq!(names(folder.path()), ["laws.csv", "run.json", "tables"]);
        assert_eq!(fs::read(folder.path().join("laws.csv")).unwrap(), b"id\r\n");
        assert!(folder.path().join("tables/laws.parquet").exists());
    }

    /// A record that lists these files.
    fn record(folder: &OutputFolder, files: &[&str]) -> PendingFile {
        let mut run = folder.begin(RUN).unwrap();
        let outputs: Vec<_> = files.iter().map(|file| serde_json::json!({ "file": file })).collect();
        let told = serde_json::json!({ "fingerprints": { "rules": "0" }, "outputs": outputs });
        run.write_all(told.to_string().as_bytes()).unwrap();
        run
    }

    #[test]
    fn what_an_earlier_run_left_goes_and_what_others_left_stays() {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path()).unwrap();
        let others = ["report.html".to_owned(), "tables/laws.parquet".to_owned()];
        fs::write(home.path().join("report.html"), "somebody's").unwrap();
        let table = folder.begin("tables/laws.parquet").unwrap();
        folder.publish(vec![table], record(&folder, &["tables/laws.parquet"]), &others[..1]).unwrap();
        assert_eq!(names(home.path()), ["report.html", "run.json", "tables"]);
        folder.publish(vec![], record(&folder, &[]), &others).unwrap();
        assert_eq!(names(home.path()), ["report.html", "run.json"], "no run of ours has written the page");
    }

    #[test]
    fn nobody_elses_file_is_written_over_unasked() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("out");
        let names = ["laws.csv".to_owned(), RUN.to_owned()];
        let told = |path: &Path| match OutputFolder::look(path, &names) {
            Err(error @ Error::Usage { .. }) => error.to_string(),
            Err(other) => panic!("{other}"),
            Ok(()) => String::new(),
        };
        assert_eq!(told(&path), "", "it is made when it is needed");
        let folder = OutputFolder::open(&path).unwrap();
        fs::write(path.join("notes.txt"), "somebody's").unwrap();
        assert_eq!(told(&path), "");
        fs::write(path.join("laws.csv"), "somebody's").unwrap();
        assert!(told(&path).ends_with("not of an earlier run: laws.csv"), "{}", told(&path));
        let laws = folder.begin("laws.csv").unwrap();
        folder.publish(vec![laws], record(&folder, &["laws.csv"]), &[]).unwrap();
        assert_eq!(told(&path), "", "a run may follow a run");
        fs::write(path.join(RUN), "{\"outputs\": [{\"file\": \"laws.csv\"}]}").unwrap();
        assert!(told(&path).ends_with("laws.csv, run.json"), "another program's record");
        assert!(told(&path.join("laws.csv/deep")).ends_with("laws.csv is a file"));
    }

    #[test]
    fn a_file_knows_what_it_holds() {
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path()).unwrap();
        let mut file = folder.begin("tables/laws.parquet").unwrap();
        file.write_all(b"abc").unwrap();
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(file.written().unwrap(), Written { file: "tables/laws.parquet".to_owned(), bytes: 3, sha256 });
    }

    #[test]
    fn a_dropped_file_and_a_killed_run_leave_nothing() {
        let home = tempfile::tempdir().unwrap();
        let left = home.path().join(format!("{PENDING_PREFIX}abc"));
        fs::write(&left, "half a tab").unwrap();
        fs::write(home.path().join("laws.csv"), "an earlier run").unwrap();
        let folder = OutputFolder::open(home.path()).unwrap();
        assert!(!left.exists());
        drop(folder.begin("laws.csv").unwrap());
        assert_eq!(names(home.path()), ["laws.csv"]);
        assert_eq!(fs::read_to_string(home.path().join("laws.csv")).unwrap(), "an earlier run");
    }

    #[test]
    fn a_second_run_is_kept_out_until_the_first_is_over() {
        let home = tempfile::tempdir().unwrap();
        let first = OutputFolder::open(home.path()).unwrap();
        assert!(matches!(OutputFolder::open(home.path()), Err(Error::Locked { .. })));
        drop(first);
        OutputFolder::open(home.path()).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let home = tempfile::tempdir().unwrap();
        let taken = home.path().join("taken");
        fs::write(&taken, "a file").unwrap();
        let error = OutputFolder::open(taken.join("out")).unwrap_err();
        assert!(error.to_string().contains("taken"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_the_results() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = OutputFolder::open(home.path()).unwrap();
        folder.publish(vec![folder.begin("laws.csv").unwrap()], folder.begin("run.json").unwrap(), &[]).unwrap();
        let mode = fs::metadata(home.path().join("laws.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o600, 0o600);
        assert_eq!(mode & 0o777 & !0o644, 0);
    }
}
