//! Lists the files of a run.
//!
//! A folder can hold a pipe (opening it blocks for ever), a link to `/etc/passwd` and a link to itself.
//! They are looked at, never opened, and listed with the reason, so that nothing vanishes silently.
//!
//! Always true: the list is sorted, its ids are unique, and no file is in it twice.

use std::{
    collections::{BTreeSet, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use super::{
    Reason,
    identifier::identifier,
    results::{is_result, results_in},
};
use crate::{Error, Result};

/// A file to read, or to account for.
#[derive(Clone, Debug)]
pub struct Source {
    /// What to open.
    pub path: PathBuf,
    /// Name in results: the path below its input folder, parts joined by `/`, on one line.
    ///
    /// Lossless: bytes that are not UTF-8 stand as `\xNN`, control characters as `\n` or `\u{1b}`,
    /// a backslash as `\\`. With several inputs it begins with the name of the input folder.
    pub id: String,
    /// What stands at the path.
    pub found: Found,
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file, with its size in bytes when it was listed.
    Regular {
        /// Bytes.
        size: u64,
    },
    /// Something that is left alone.
    Skip(Reason),
    /// Something that could not be looked at, with what the operating system says.
    Unreadable(Reason, String),
}

/// What to walk into.
#[derive(Clone, Copy, Debug, Default)]
pub struct WalkOptions {
    /// Also files and folders whose name begins with a dot.
    pub hidden: bool,
    /// Follow symbolic links that stay inside their input folder.
    pub follow_links: bool,
}

/// All files below the inputs (folders, or single files), sorted by the bytes of their path.
///
/// An input that is itself a link is followed: the user named it. Folders may be empty; the caller
/// decides what an empty list means.
///
/// # Errors
///
/// [`Error::Usage`] for an input that does not exist, [`Error::Read`] for one that cannot be looked at.
pub fn walk(inputs: &[PathBuf], options: &WalkOptions) -> Result<Vec<Source>> {
    walk_past_reports(inputs, options, &mut |_| {})
}

/// The same; report folders of earlier runs below the inputs are left out, and `left_out` hears of each.
///
/// # Errors
///
/// See [`walk`].
pub fn walk_past_reports(
    inputs: &[PathBuf],
    options: &WalkOptions,
    left_out: &mut dyn FnMut(&Path),
) -> Result<Vec<Source>> {
    let roots = inputs.iter().map(|input| root(input)).collect::<Result<Vec<_>>>()?;
    let mut prefixes = prefixes(&roots);
    let mut seen = HashSet::new();
    let mut sources = Vec::new();
    for (root, prefix) in roots.iter().zip(&mut prefixes) {
        let found = walk_root(root, prefix, options, left_out);
        sources.extend(found.into_iter().filter(|source| seen.insert(source.path.clone())));
    }
    keep_ids_unique(&mut sources);
    Ok(sources)
}

/// The input without links, so that the same file is recognised under two names.
fn root(input: &Path) -> Result<PathBuf> {
    fs::canonicalize(input).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Error::usage(
            format!("no such file or folder: {}", identifier(input)),
            "check the spelling; names with spaces need quotes",
        ),
        _ => Error::Read { path: input.to_owned(), cause },
    })
}

/// What stands before the ids of each input: nothing for one input, folder names for several.
fn prefixes(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut taken = HashSet::new();
    let several = roots.iter().collect::<HashSet<_>>().len() > 1;
    roots
        .iter()
        .map(|root| {
            if !several || !root.is_dir() {
                return PathBuf::new();
            }
            let name = root.file_name().unwrap_or("root".as_ref()).to_os_string();
            let numbered = (2..).map(|n| {
                let mut name = name.clone();
                name.push(format!("~{n}"));
                name
            });
            let free = std::iter::once(name.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
            PathBuf::from(free.unwrap_or_default())
        })
        .collect()
}

fn walk_root(root: &Path, prefix: &Path, options: &WalkOptions, left_out: &mut dyn FnMut(&Path)) -> Vec<Source> {
    let mut found: Vec<(PathBuf, Source)> = Vec::new();
    let entries = WalkDir::new(root).follow_links(options.follow_links).into_iter();
    let mut reports: Vec<(PathBuf, BTreeSet<String>)> = Vec::new();
    let wanted = |entry: &DirEntry| {
        if entry.depth() > 0 && !options.hidden && is_hidden(entry) {
            return false;
        }
        if entry.file_type().is_dir() {
            let results = results_in(entry.path());
            if !results.is_empty() {
                left_out(entry.path());
                reports.push((entry.path().to_owned(), results));
            }
            return true;
        }
        let is_of = |(report, results): &(PathBuf, BTreeSet<String>)| {
            entry.path().strip_prefix(report).is_ok_and(|below| is_result(below, results))
        };
        !reports.iter().any(is_of)
    };
    for entry in entries.filter_entry(wanted) {
        let listed = match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some((relative(entry.path(), root), look(&entry, root))),
            Err(fault) => fault.path().map(|path| (relative(path, root), (path.to_owned(), found_of_fault(&fault)))),
        };
        if let Some((relative, (path, found_here))) = listed {
            let id = identifier(&prefix.join(&relative));
            found.push((relative, Source { path, id, found: found_here }));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    found.into_iter().map(|(_, source)| source).collect()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The path below the root; the name alone where the root is the file itself.
fn relative(path: &Path, root: &Path) -> PathBuf {
    match path.strip_prefix(root) {
        Ok(below) if !below.as_os_str().is_empty() => below.to_owned(),
        _ => path.file_name().map(PathBuf::from).unwrap_or_default(),
    }
}

/// What to open and what stands there, by looking only.
fn look(entry: &DirEntry, root: &Path) -> (PathBuf, Found) {
    let path = entry.path().to_owned();
    if entry.path_is_symlink() {
        if entry.file_type().is_symlink() {
            return (path, Found::Skip(Reason::Symlink));
        }
        match fs::canonicalize(&path) {
            Ok(target) if target.starts_with(root) => return (target, found_of(entry)),
            _ => return (path, Found::Skip(Reason::Symlink)),
        }
    }
    (path, found_of(entry))
}

fn found_of(entry: &DirEntry) -> Found {
    match entry.metadata() {
        Ok(metadata) if metadata.is_file() => Found::Regular { size: metadata.len() },
        Ok(_) => Found::Skip(Reason::NotARegularFile),
        Err(fault) => found_of_fault(&fault),
    }
}

fn found_of_fault(fault: &walkdir::Error) -> Found {
    match fault.io_error() {
        Some(cause) => Found::Unreadable(Reason::of_io(cause), cause.to_string()),
        None => Found::Skip(Reason::Symlink), // a link that leads back to a folder above it
    }
}

/// Two single files of one name from different folders: the later ones get a number.
fn keep_ids_unique(sources: &mut [Source]) {
    let mut taken = HashSet::new();
    for source in sources {
        let mut id = source.id.clone();
        let mut n = 2_u32;
        while !taken.insert(id.clone()) {
            id = format!("{}~{n}", source.id);
            n = n.saturating_add(1);
        }
        source.id = id;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    #[test]
    fn results_of_an_earlier_run_are_no_documents() {
        let folder = folder(&["a.txt", "old/own.txt", "old/tables/laws.csv", "other/run.json"]);
        let record = r#"{"fingerprints": {"rules": "a", "registry": "b"}, "outputs": [{"file": "tables/laws.csv"}]}"#;
        fs::write(folder.path().join("old/run.json"), record).unwrap();
        let mut left_out = Vec::new();
        let note = &mut |path: &Path| left_out.push(path.file_name().unwrap().to_owned());
        let sources = walk_past_reports(&[folder.path().to_owned()], &WalkOptions::default(), note).unwrap();
        assert_eq!(ids(&sources), ["a.txt", "old/own.txt", "other/run.json"]);
        assert_eq!(left_out, ["old"]);
        let named = walk(&[folder.path().join("old")], &WalkOptions::default()).unwrap();
        assert_eq!(ids(&named), ["own.txt"]);
    }

    fn ids(sources: &[Source]) -> Vec<&str> {
        sources.iter().map(|source| source.id.as_str()).collect()
    }

    #[test]
    fn files_come_sorted_without_hidden_ones() {
        let f = folder(&["b.txt", "a/z.txt", "a.txt", ".git/x", ".hidden", "a/.b"]);
        let sources = walk(&[f.path().to_owned()], &WalkOptions::default()).unwrap();
        assert_eq!(ids(&sources), ["a.txt", "a/z.txt", "b.txt"]);
        let all = walk(&[f.path().to_owned()], &WalkOptions { hidden: true, follow_links: false }).unwrap();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn several_inputs_keep_their_ids_apart() {
        let f = folder(&["one/docs/a.txt", "two/docs/a.txt", "a.txt"]);
        let at = |name: &str| f.path().join(name);
        let inputs = [at("one/docs"), at("two/docs"), at("a.txt"), at("one/docs/a.txt"), at("one/docs")];
        let sources = walk(&inputs, &WalkOptions::default()).unwrap();
        assert_eq!(ids(&sources), ["docs/a.txt", "docs~2/a.txt", "a.txt"]);
    }

    #[test]
    fn a_single_file_is_known_by_its_name() {
        let f = folder(&["one/a.txt"]);
        let file = f.path().join("one/a.txt");
        let sources = walk(&[file.clone(), file], &WalkOptions::default()).unwrap();
        assert_eq!(ids(&sources), ["a.txt"]);
        assert_eq!(sources[0].found, Found::Regular { size: 1 });
    }

    #[test]
    fn a_missing_input_is_a_mistake_of_usage() {
        let error = walk(&[PathBuf::from("/no/such/folder")], &WalkOptions::default()).unwrap_err();
        assert!(matches!(error, Error::Usage { .. }) && error.hint().is_some(), "{error}");
    }

    #[test]
    fn an_empty_folder_gives_an_empty_list() {
        let f = folder(&[]);
        assert!(walk(&[f.path().to_owned()], &WalkOptions::default()).unwrap().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_listed_not_followed() {
        let f = folder(&["in/a.txt", "outside.txt"]);
        let link =
            |target: &str, name: &str| std::os::unix::fs::symlink(target, f.path().join("in").join(name)).unwrap();
        link(".", "loop");
        link("../outside.txt", "leak.txt");
        let skipped = Found::Skip(Reason::Symlink);
        for follow_links in [false, true] {
            let options = WalkOptions { hidden: false, follow_links };
            let sources = walk(&[f.path().join("in")], &options).unwrap();
            assert_eq!(ids(&sources), ["a.txt", "leak.txt", "loop"]);
            assert_eq!((&sources[1].found, &sources[2].found), (&skipped, &skipped), "follow: {follow_links}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_followed_link_is_read_at_its_target() {
        let f = folder(&["real.bin"]);
        std::os::unix::fs::symlink("real.bin", f.path().join("a.txt")).unwrap();
        let options = WalkOptions { hidden: false, follow_links: true };
        let sources = walk(&[f.path().to_owned()], &options).unwrap();
        assert_eq!(ids(&sources), ["a.txt"], "the same file once, under the first name");
        assert!(sources[0].path.ends_with("real.bin"));
    }
}
