//! What the program says to commands that cannot mean what they say, and to files in its way.

use std::fs;

use super::{NOTICE, folder, tongwen};

/// A folder with two documents, one of them with fields.
fn documents() -> tempfile::TempDir {
    let page = format!("---\ndate: 2016-11-07\nprovince: 浙江\n---\n{NOTICE}");
    folder(&[("in/a.md", &page), ("in/b.txt", "The Data Security Law.\n")])
}

#[test]
fn groups_by_nothing_are_refused_and_by_nobodys_field_too() {
    let f = documents();
    for by in ["", "path:0", "path:x", "path:-1", "path:"] {
        let by = format!("--group-by={by}");
        for words in [["analyze", "in", "--out", "report", &by].as_slice(), &["kwic", "law", "in", &by]] {
            let ended = tongwen(f.path(), words, "");
            assert_eq!(ended.status, 2, "{by}");
            assert!(ended.stderr.contains("path:1"), "{}", ended.stderr);
        }
    }
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--group-by", "provinz"], "");
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.starts_with("error: no document has the field provinz\nhint: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("--group-by takes province, language, year"), "{}", ended.stderr);
    assert!(!f.path().join("report/run.json").exists());
    // Names of fields are lower case.
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--group-by", "Province", "--quiet"], "");
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
}

#[test]
fn a_comparison_that_says_nothing_is_said_to() {
    let f = documents();
    let told = "no document has a group by issuer, so there is nothing to compare";
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--group-by", "issuer", "--quiet"], "");
    assert_eq!((ended.status, ended.stderr), (0, format!("warning: {told}\n")));
    let run: serde_json::Value = serde_json::from_slice(&fs::read(f.path().join("report/run.json")).unwrap()).unwrap();
    assert_eq!(run["warnings"], serde_json::json!([told]));
    assert!(fs::read_to_string(f.path().join("report/report.html")).unwrap().contains(told));
    let kwic = tongwen(f.path(), &["kwic", "law", "in", "--group-by", "issuer"], "");
    assert!(kwic.stderr.contains("warning: no document with the query has a group by issuer\n"), "{}", kwic.stderr);
    // Nobody asked for groups: a table without rows.
    assert_eq!(tongwen(f.path(), &["analyze", "in", "--out", "report", "--quiet"], "").stderr, "");
    let table = fs::read_to_string(f.path().join("report/keyness.csv")).unwrap();
    assert_eq!((table.lines().count(), table.starts_with("\u{feff}group,term,")), (1, true));
}

#[test]
fn periods_too_many_to_tell_are_said_to_be() {
    let page = |date: &str| format!("---\ndate: {date}\n---\n{NOTICE}");
    let f = folder(&[("in/a.md", &page("0001-01-01")), ("in/b.md", &page("9999-12-31"))]);
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--period", "month", "--quiet"], "");
    let told = "warning: trends are not told: 0001-01 to 9999-12 are 119988 periods; ask for longer ones with --period, or \
                look at the dates of a.md and b.md\n";
    assert_eq!((ended.status, ended.stderr.as_str()), (0, told));
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--quiet"], "");
    assert_eq!(ended.stderr, "", "years are few enough");
}

#[test]
fn what_contradicts_itself_is_refused() {
    let f = documents();
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--format", "html,csv", "--no-csv"], "");
    let told = "error: --format asks for csv and --no-csv refuses it\nhint: ";
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.starts_with(told), "{}", ended.stderr);
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", "--format", "html", "--no-csv", "--quiet"], "");
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "what is not asked for may be refused");
}

#[test]
fn files_of_others_stay() {
    let f = documents();
    fs::write(f.path().join("file"), "mine").unwrap();
    for out in ["file", "file/report"] {
        let ended = tongwen(f.path(), &["analyze", "in", "--out", out], "");
        assert_eq!(
            (ended.status, ended.stderr.as_str()),
            (2, "error: file is a file\nhint: give a folder with --out\n")
        );
    }
    fs::create_dir(f.path().join("report")).unwrap();
    fs::write(f.path().join("report/laws.csv"), "mine").unwrap();
    fs::write(f.path().join("report/notes.txt"), "mine").unwrap();
    let run = |more: &[&str]| {
        let words: Vec<&str> =
            ["analyze", "in", "--out", "report", "--quiet"].into_iter().chain(more.iter().copied()).collect();
        tongwen(f.path(), &words, "")
    };
    let ended = run(&[]);
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.contains("not of an earlier run: laws.csv\nhint: "), "{}", ended.stderr);
    let read = |name: &str| fs::read_to_string(f.path().join("report").join(name)).unwrap();
    assert_eq!(read("laws.csv"), "mine");
    assert_eq!(run(&["--force", "--format", "csv"]).status, 0);
    assert!(read("laws.csv").starts_with("\u{feff}id,"));
    // From now on it is ours, and what it does not list is not.
    fs::write(f.path().join("report/report.html"), "mine").unwrap();
    assert_eq!(run(&["--format", "csv"]).status, 2);
    assert_eq!(run(&["--format", "csv", "--force"]).status, 0);
    assert_eq!((read("report.html"), read("notes.txt")), ("mine".to_owned(), "mine".to_owned()));
    fs::remove_file(f.path().join("report/report.html")).unwrap();
    assert_eq!(run(&["--format", "csv"]).status, 0);
}

#[test]
fn files_left_out_are_told_in_order_and_in_few_words() {
    let mut files: Vec<(String, &str)> = (0..40).map(|n| (format!("in/{n:02}.xyz"), "?")).collect();
    files.extend((0..30).map(|n| (format!("in/x{n:02}.txt"), "甲\0乙")));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let f = folder(&files);
    let told: Vec<String> = (0..3).map(|_| tongwen(f.path(), &["kwic", "甲", "in"], "").stderr).collect();
    assert!(told[0] == told[1] && told[1] == told[2]);
    let lines: Vec<&str> = told[0].lines().collect();
    assert_eq!(lines.len(), 23, "{}", told[0]);
    assert!(lines[0].starts_with("warning: x00.txt: partial ("), "{}", lines[0]);
    assert_eq!(lines[20], "warning: 10 more could not be read whole; `tongwen analyze` lists all of them");
    assert_eq!(lines[21], "warning: 40 files of another kind left out: 00.xyz, 01.xyz, 02.xyz, …");
}

#[test]
fn nothing_to_compare_with_is_a_mistake() {
    let f = folder(&[
        ("gold.jsonl", "\n\n"),
        ("bad.jsonl", "{\"id\": 1, \"lang\": \"zh\", \"text\": [\"甲\"], \"mentions\": []}\n"),
    ]);
    let ended = tongwen(f.path(), &["eval", "gold.jsonl"], "");
    assert_eq!(ended.status, 2);
    assert!(
        ended.stderr.starts_with("error: no annotated document in gold.jsonl\nhint: a line is {"),
        "{}",
        ended.stderr
    );
    let ended = tongwen(f.path(), &["eval", "bad.jsonl"], "");
    assert_eq!(ended.status, 2);
    let told = "error: a list stands where a string is expected\n  --> bad.jsonl:1:";
    assert!(ended.stderr.starts_with(told), "{}", ended.stderr);
    let ended = tongwen(f.path(), &["extract", "--jsonl"], "{\"id\": 7, \"text\": 5}\n[1]\n");
    assert_eq!(ended.status, 1);
    assert!(!ended.stderr.contains("DocumentLine"), "{}", ended.stderr);
    assert!(
        ended.stderr.starts_with("error: line 1: the number 5 stands where a string is expected (column 19)\n"),
        "{}",
        ended.stderr
    );
}

#[test]
fn nothing_asked_for_is_nothing_written() {
    let f = documents();
    for zero in ["--matrix", "--network-nodes", "--network-edges", "--keyness-rows"] {
        let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", zero, "0", "--quiet"], "");
        assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "{zero}");
    }
    for (option, value) in
        [("--jobs", "0"), ("--max-file-size", "0"), ("--unit", "window:0"), ("--unit", ""), ("--format", "")]
    {
        let ended = tongwen(f.path(), &["analyze", "in", "--out", "report", option, value], "");
        assert_eq!(ended.status, 2, "{option} {value}");
    }
}
