//! Do the same inputs give the same bytes, on one thread or four, in whatever order they are named?
//!
//! A table that changes when a second core helps cannot be cited. So a folder made of `inputs/`, with copies in
//! several subfolders (equal counts everywhere, so that ties must be broken by rule), is analysed with 1, 2 and 4
//! threads and with its parts named in another order; all files must be equal, but for `timing` in `run.json`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use tongwen::{
    count::{self, Period, Questions, Unit},
    engine::Engine,
    pipeline::{self, Settings, Watch},
    read::{FileCounts, FileRecord, Limits, Metadata, WalkOptions},
    report::Foreign,
    segment::UnknownWords,
    text::GroupBy,
};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(None, UnknownWords::Split).expect("the built-in rules load"))
}

/// Looks on and says another time on every run, so that a time that leaks into a table is seen.
struct Onlooker(f64);

impl Watch for Onlooker {
    fn found(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _record: &FileRecord) {}
    fn stage(&self, _name: &str) {}
    fn stopped(&self) -> Option<i32> {
        None
    }
    fn seconds(&self) -> f64 {
        self.0
    }
}

fn settings(inputs: Vec<PathBuf>, out: PathBuf, threads: usize) -> Settings {
    let units = vec![Unit::Sentence, Unit::Document, Unit::Paragraph, Unit::Window(5)];
    Settings {
        inputs,
        out,
        metadata: Metadata::none(),
        walk: WalkOptions::default(),
        limits: Limits::default(),
        foreign: Foreign::Keep,
        formats: tongwen::report::Formats::ALL,
        sheet_rows: 3_000,
        counts: count::Limits { units, ..count::Limits::default() },
        questions: Questions { group_by: GroupBy::Folder(1), period: Period::Year },
        keep: pipeline::Keep::default(),
        threads,
        parameters: BTreeMap::new(),
    }
}

/// Copies of `inputs/` in subfolders, dealt so that neighbours differ in size and language.
fn folder(root: &Path) -> Vec<PathBuf> {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let mut files: Vec<PathBuf> =
        fs::read_dir(inputs).expect("inputs/ is there").map(|e| e.expect("listed").path()).collect();
    files.sort();
    let parts = ["a", "b/deep", "c", "d"];
    for (copy, part) in parts.iter().enumerate() {
        fs::create_dir_all(root.join(part)).expect("a writable folder");
        for (number, file) in files.iter().enumerate().filter(|(number, _)| (number + copy) % 4 != 3) {
            let extension = file.extension().expect("inputs have one").to_string_lossy();
            let name = format!("{:02}.{extension}", (number * 7 + copy * 5) % files.len());
            fs::copy(file, root.join(part).join(name)).expect("copied");
        }
    }
    fs::write(root.join("a/empty.txt"), "").expect("written");
    fs::write(root.join("c/picture.bin"), [0, 159, 146, 150]).expect("written");
    ["a", "b", "c", "d"].map(|part| root.join(part)).to_vec()
}

/// All files of a report folder, `run.json` without its block `timing`.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out) {
        let path = entry.expect("the report folder is there").into_path();
        if path.is_dir() {
            continue;
        }
        let name = path.strip_prefix(out).expect("below it").to_string_lossy().into_owned();
        let mut bytes = fs::read(&path).expect("a file");
        if name == "run.json" {
            let mut run: serde_json::Value = serde_json::from_slice(&bytes).expect("run.json is JSON");
            assert!(run.as_object_mut().expect("an object").remove("timing").is_some(), "run.json has no `timing`");
            bytes = serde_json::to_vec_pretty(&run).expect("JSON");
        }
        found.insert(name, bytes);
    }
    found
}

fn analyze(inputs: Vec<PathBuf>, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let home = tempfile::tempdir().expect("a scratch folder");
    let out = home.path().join("report");
    let outcome = pipeline::analyze(engine(), &settings(inputs, out.clone(), threads), &Onlooker(threads as f64 + 0.5))
        .expect("a report");
    let FileCounts { found, ok, partial, error, skip } = outcome.counts;
    assert_eq!(found, ok + partial + error + skip);
    assert!(ok >= 40, "{outcome:?}");
    files(&out)
}

#[track_caller]
fn same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(left), names(right), "{what}: other files");
    for (name, bytes) in left {
        let other = &right[name];
        if bytes != other {
            let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect::<Vec<_>>();
            let (a, b) = (lines(bytes), lines(other));
            let line = a.iter().zip(&b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
            panic!("{what}: {name}:{} differs\n  {:?}\n  {:?}", line + 1, a.get(line), b.get(line));
        }
    }
}

#[test]
fn the_number_of_threads_never_shows() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let root = home.path().join("in");
    folder(&root);
    let one = analyze(vec![root.clone()], 1);
    assert!(one.contains_key("mentions.jsonl") && one.contains_key("laws.csv"), "{:?}", one.keys());
    for threads in [2, 4] {
        same(&one, &analyze(vec![root.clone()], threads), &format!("{threads} threads"));
    }
    same(&one, &analyze(vec![root], 4), "the second time with 4 threads");
}

#[test]
fn the_order_of_the_inputs_never_shows() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let parts = folder(&home.path().join("in"));
    let one = analyze(parts.clone(), 2);
    for order in [[3, 2, 1, 0], [2, 0, 3, 1]] {
        let inputs = order.map(|i| parts[i].clone()).to_vec();
        same(&one, &analyze(inputs, 2), &format!("order {order:?}"));
    }
}
