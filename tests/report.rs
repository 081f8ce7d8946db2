//! Is the report folder what users open? Chosen formats, files of earlier runs, hostile names, and every file read
//! back by the programs it is made for.
#![expect(clippy::print_stderr, reason = "skipped tests are for the person who runs them")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use sha2::{Digest as _, Sha256};

fn tongwen(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tongwen")).args(words).current_dir(folder).output().unwrap()
}

fn analyzed(folder: &Path, words: &[&str]) {
    let ended = tongwen(folder, words);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

/// Names of the files below a folder, hidden ones left out.
fn names(folder: &Path) -> BTreeSet<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| name(entry.path())).filter(|name| !name.starts_with('.')).collect()
}

fn run_json(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap()
}

const TEXT: &str = "依照《网络安全法》第七条，2021年11月1日起施行，处十万元以下罚款。\nUnder the Data Security Law, a fine of up to US$20,000 applies.\n";

#[test]
fn the_folder_holds_the_chosen_formats_and_run_json_lists_them() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("in")).unwrap();
    fs::write(home.path().join("in/a.txt"), TEXT).unwrap();
    let out = home.path().join("out");
    analyzed(home.path(), &["analyze", "in", "--out", "out"]);
    let all = names(&out);
    for file in ["report.html", "report.xlsx", "laws.csv", "mentions.jsonl", "network.gexf", "network.graphml"] {
        assert!(all.contains(file), "{file}");
    }
    for table in ["laws", "dates", "figures", "terms", "cooccurrence", "documents", "mentions", "sentences"] {
        assert!(all.contains(&format!("tables/{table}.parquet")), "{table}");
    }
    let run = run_json(&out);
    let mut listed = BTreeSet::from(["run.json".to_owned()]);
    for output in run["outputs"].as_array().unwrap() {
        let bytes = fs::read(out.join(output["file"].as_str().unwrap())).unwrap();
        assert_eq!(output["bytes"], bytes.len());
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(output["sha256"], digest.as_str());
        listed.insert(output["file"].as_str().unwrap().to_owned());
    }
    assert_eq!(listed, all);

    // What the second run does not write would look like its results.
    fs::write(out.join("notes.txt"), "mine").unwrap();
    analyzed(home.path(), &["analyze", "in", "--out", "out", "--format", "csv, csv", "--no-html"]);
    let few = names(&out);
    assert!(few.contains("laws.csv") && few.contains("notes.txt") && few.contains("run.json"));
    assert!(few.iter().all(|name| name.ends_with(".csv") || name == "notes.txt" || name == "run.json"), "{few:?}");

    fs::write(home.path().join("c.toml"), "format = [\"jsonl\"]\nno-graph = true\n").unwrap();
    analyzed(home.path(), &["analyze", "in", "--out", "out", "--config", "c.toml"]);
    assert_eq!(names(&out), ["mentions.jsonl", "notes.txt", "run.json"].map(str::to_owned).into());
}

#[test]
fn an_unknown_format_is_a_mistake_of_usage() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), TEXT).unwrap();
    let ended = tongwen(home.path(), &["analyze", "a.txt", "--out", "out", "--format", "csv,pdf"]);
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(told.contains("formats are csv, jsonl, xlsx, parquet, graph, html"), "{told}");
    assert!(!home.path().join("out").exists());
}

#[test]
fn a_run_ends_with_what_is_named_most() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.txt"), TEXT).unwrap();
    let ended = tongwen(home.path(), &["analyze", "a.txt", "--out", "out"]);
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(told.contains("mentions  documents  law\n"), "{told}");
    let law = "       1          1  中华人民共和国网络安全法                Cybersecurity Law of";
    assert!(told.contains(law), "{told}");
    assert!(told.ends_with("report: out/report.html\n") && !told.contains('\x1b'), "{told}");
}

/// Names and contents that try to act: markup, formulas, escapes.
fn hostile(folder: &Path) {
    let hostile =
        "《<script>alert('x')</script>办法》《=cmd|'/C calc'!A0条例》《@SUM(1)条例》\u{1b}[2J\u{202e}\u{ffff}]]>\n";
    let front = "---\ntitle: '=HYPERLINK(\"http://x\")<img src=x onerror=alert(1)>'\nissuer: \"+1<svg onload=alert(1)>\"\n---\n";
    fs::create_dir_all(folder).unwrap();
    for (name, text) in [
        ("<img src=x onerror=alert(1)>.txt", format!("{TEXT}{hostile}").repeat(4)),
        ("=1+1.txt", format!("{TEXT}{hostile}").repeat(4)),
        ("@a\u{1b}[2J.md", format!("{front}{}", TEXT.repeat(4))),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn nothing_in_a_report_acts() {
    let home = tempfile::tempdir().unwrap();
    hostile(&home.path().join("in"));
    let ended = tongwen(home.path(), &["analyze", "in", "--out", "out"]);
    assert!(ended.status.code() == Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(!ended.stderr.contains(&0x1b));
    let out = home.path().join("out");
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert_eq!(page.matches("<script").count(), 1, "only our own script");
    assert!(!page.contains("<img") && !page.contains("<svg onload") && !page.contains("http://x\""));
    for file in ["network.gexf", "network.graphml", "report.html", "laws.csv", "documents.csv"] {
        let text = fs::read_to_string(out.join(file)).unwrap();
        let acts = |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202e}');
        assert!(!text.contains(acts), "{file}");
    }
    for line in fs::read_to_string(out.join("documents.csv")).unwrap().lines().skip(1) {
        assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
    }
    read_back(&out);
}

#[test]
fn the_programs_that_the_files_are_made_for_read_them() {
    let home = tempfile::tempdir().unwrap();
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    analyzed(home.path(), &["analyze", inputs.to_str().unwrap(), "--out", "out", "--group-by", "language"]);
    read_back(&home.path().join("out"));
}

/// Runs `tests/readback.py` with the Python of `./check`, of `TONGWEN_PYTHON` or of the system.
fn read_back(out: &Path) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = home.join("target/venv/bin/python");
    let asked = std::env::var_os("TONGWEN_PYTHON").map(PathBuf::from);
    let python = asked.unwrap_or_else(|| if own.exists() { own } else { "python3".into() });
    let Ok(ended) = Command::new(&python).arg(home.join("tests/readback.py")).arg(out).output() else {
        eprintln!("skipped: no {} to read the report back with", python.display());
        return;
    };
    let told = String::from_utf8_lossy(&ended.stdout);
    told.lines().filter(|line| line.starts_with("skipped")).for_each(|line| eprintln!("{line}"));
    assert!(ended.status.success(), "{told}{}", String::from_utf8_lossy(&ended.stderr));
}
