//! Is `outputs/example` what the program makes of `inputs/`?
//!
//! The example in the repository is what most people see first; a stale one shows a program that is not there any
//! more. Every file is compared byte by byte, `run.json` without its block `timing`. After a change that is meant:
//! `TONGWEN_BLESS=1 cargo test --test example`, then read the difference line by line before committing it.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use tongwen::{
    engine::Engine,
    pipeline::{self, Settings, Watch},
    read::{FileRecord, Limits, Metadata, WalkOptions},
    segment::UnknownWords,
};

struct Nobody;

impl Watch for Nobody {
    fn found(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _record: &FileRecord) {}
    fn stage(&self, _name: &str) {}
    fn stopped(&self) -> Option<i32> {
        None
    }
    fn seconds(&self) -> f64 {
        0.0
    }
}

fn run_without_timing(path: &Path) -> serde_json::Value {
    let mut run: serde_json::Value =
        serde_json::from_slice(&fs::read(path).expect("run.json")).expect("run.json is JSON");
    let object = run.as_object_mut().expect("an object");
    object.remove("timing");
    // How a run was started is not what it found: the command line adds its options here.
    object.remove("parameters");
    run
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|e| e.expect("listed").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect()
}

#[test]
fn the_example_is_what_the_program_makes_of_the_inputs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = root.join("outputs/example");
    let bless = std::env::var_os("TONGWEN_BLESS").is_some();
    if !example.is_dir() && !bless {
        eprintln!("skipped: outputs/example is not there");
        return;
    }
    let home = tempfile::tempdir().expect("a scratch folder");
    let out = home.path().join("example");
    let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
    let settings = Settings {
        inputs: vec![root.join("inputs")],
        out: out.clone(),
        metadata: Metadata::none(),
        walk: WalkOptions::default(),
        limits: Limits::default(),
        group_by: None,
        threads: 2,
        parameters: BTreeMap::new(),
    };
    let outcome = pipeline::analyze(&engine, &settings, &Nobody).expect("a report");
    assert_eq!((outcome.error, outcome.partial), (0, 0), "{outcome:?}");
    if bless {
        fs::create_dir_all(&example).expect("a writable folder");
        for name in names(&example) {
            fs::remove_file(example.join(name)).expect("the example holds files only");
        }
        for name in names(&out) {
            fs::copy(out.join(&name), example.join(&name)).expect("copied");
        }
        eprintln!("blessed: outputs/example; read the difference before you commit it");
        return;
    }
    assert_eq!(names(&example), names(&out), "other files than in outputs/example");
    for name in names(&out) {
        if name == "run.json" {
            assert_eq!(run_without_timing(&example.join(&name)), run_without_timing(&out.join(&name)), "run.json");
            continue;
        }
        let (old, new) = (fs::read(example.join(&name)).expect("read"), fs::read(out.join(&name)).expect("read"));
        if old == new {
            continue;
        }
        let (old, new) = (String::from_utf8_lossy(&old).into_owned(), String::from_utf8_lossy(&new).into_owned());
        let line = old.lines().zip(new.lines()).position(|(a, b)| a != b).unwrap_or(0);
        panic!(
            "outputs/example/{name}:{} is stale (TONGWEN_BLESS=1 cargo test --test example makes it anew)\n  was {:?}\n  is  {:?}",
            line + 1,
            old.lines().nth(line),
            new.lines().nth(line)
        );
    }
}
