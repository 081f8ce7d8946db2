//! Is `outputs/example` what `tongwen analyze inputs --no-xlsx --no-parquet` makes of `inputs/`?
//!
//! The example in the repository is what most people see first; a stale one shows a program that is not there any
//! more. Every file is compared byte by byte, `run.json` without its block `timing`. After a change that is meant:
//! `TONGWEN_BLESS=1 cargo test --test example`, then read the difference line by line before committing it.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

fn without_timing(run: &[u8]) -> String {
    let mut run: serde_json::Value = serde_json::from_slice(run).expect("run.json is JSON");
    run.as_object_mut().expect("an object").remove("timing");
    serde_json::to_string_pretty(&run).expect("JSON")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("listed").file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
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
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .current_dir(root)
        // Workbook and Parquet are no text to be read here; other tests hold them to the tables.
        .args(["analyze", "inputs", "--quiet", "--no-xlsx", "--no-parquet", "--out"])
        .arg(&out)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
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
        let read = |folder: &Path| fs::read(folder.join(&name)).expect("read");
        let as_text = |bytes: Vec<u8>| match name.as_str() {
            "run.json" => without_timing(&bytes),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        let (old, new) = (as_text(read(&example)), as_text(read(&out)));
        if old == new {
            continue;
        }
        let line = old.lines().zip(new.lines()).position(|(a, b)| a != b).unwrap_or(0);
        panic!(
            "outputs/example/{name}:{} is stale (TONGWEN_BLESS=1 cargo test --test example makes it anew)\n  was {:?}\n  is  {:?}",
            line + 1,
            old.lines().nth(line),
            new.lines().nth(line)
        );
    }
}
