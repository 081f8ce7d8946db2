//! Does the program behave? Commands with their standard output, standard error and exit status.

mod mistakes;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

/// What a command said and how it ended.
struct Ended {
    status: i32,
    stdout: String,
    stderr: String,
}

fn tongwen(folder: &Path, words: &[&str], stdin: &str) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let text = stdin.to_owned();
    let writer = std::thread::spawn(move || {
        // A program that stops before it has read everything is no fault of the test.
        let _ = pipe.write_all(text.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ended {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with files, by path and content.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

const NOTICE: &str = "2016年11月，《中华人民共和国网络安全法》公布，自2017年6月1日起施行。\n";

#[test]
fn an_unknown_option_is_a_mistake_of_usage() {
    let f = folder(&[]);
    let ended = tongwen(f.path(), &["analyze", "x", "--outt", "y"], "");
    assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("--outt") && ended.stderr.contains("--out"), "{}", ended.stderr);
    let ended = tongwen(f.path(), &["analyse"], "");
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.contains("'analyze'"), "{}", ended.stderr);
    assert_eq!(tongwen(f.path(), &[], "").status, 2);
}

#[test]
fn a_missing_or_empty_folder_leaves_nothing_behind() {
    let f = folder(&[("empty/.hidden", "x")]);
    for (input, told) in [("nowhere", "no such file or folder: nowhere"), ("empty", "no file in empty")] {
        let ended = tongwen(f.path(), &["analyze", input, "--out", "report"], "");
        assert_eq!(ended.status, 2);
        assert!(ended.stderr.starts_with(&format!("error: {told}\nhint: ")), "{}", ended.stderr);
        assert!(!f.path().join("report").exists());
    }
}

#[test]
fn analyze_says_what_came_of_the_files() {
    let f = folder(&[("in/a.txt", NOTICE), ("in/b.md", "# One\n\nThe Data Security Law."), ("in/c.xyz", "?")]);
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report"], "");
    assert_eq!((ended.status, ended.stdout.as_str()), (0, ""), "{}", ended.stderr);
    let summary = "3 files: 2 ok, 0 partial, 0 error, 1 skipped\n";
    assert!(ended.stderr.starts_with(summary), "{}", ended.stderr);
    assert!(!ended.stderr.contains('\x1b'), "no colour where there is no terminal");
    for file in ["report.html", "laws.csv", "mentions.jsonl", "run.json"] {
        assert!(f.path().join("report").join(file).is_file(), "{file}");
    }
    let quiet = tongwen(f.path(), &["analyze", "in", "--out", "report", "--quiet"], "");
    assert_eq!((quiet.status, quiet.stderr.as_str()), (0, ""));
}

#[test]
fn files_that_lost_something_are_named() {
    let f = folder(&[("in/a.txt", NOTICE), ("in/b.txt", "甲\0乙")]);
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "report"], "");
    assert_eq!(ended.status, 0);
    assert!(ended.stderr.contains("  partial: b.txt: invalid_bytes: "), "{}", ended.stderr);
    assert_eq!(tongwen(f.path(), &["analyze", "in", "--out", "report", "--strict"], "").status, 1);
    let limited = tongwen(f.path(), &["analyze", "in", "--out", "report", "--max-file-size", "20"], "");
    assert_eq!(limited.status, 1);
    assert!(limited.stderr.contains("  error: a.txt: too_large: "), "{}", limited.stderr);
}

#[test]
fn a_configuration_stands_for_options() {
    let config = "out = \"report\"\ninputs = [\"in\"]\nmax_file_size = \"20\"\nquiet = true\n";
    let f = folder(&[("in/a.txt", NOTICE), ("c.toml", config)]);
    let ended = tongwen(f.path(), &["analyze", "--config", "c.toml"], "");
    assert_eq!(ended.status, 1, "the size of the configuration holds: {}", ended.stderr);
    let ended = tongwen(f.path(), &["analyze", "--config=c.toml", "--max-file-size", "1MB"], "");
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "the command line wins");
}

#[test]
fn a_mistake_in_a_configuration_is_shown_with_its_place() {
    let f = folder(&[
        ("in/a.txt", NOTICE),
        ("key.toml", "out = \"report\"\ngruop_by = \"year\"\n"),
        ("value.toml", "out = \"report\"\n\njobs = \"many\"\n"),
        ("flag.toml", "strict = 1\n"),
        ("broken.toml", "out = \n"),
    ]);
    let run = |config: &str| tongwen(f.path(), &["analyze", "in", "--config", config], "");
    let key = run("key.toml");
    let told = "error: unknown key gruop_by\n  --> key.toml:2:1\n   | gruop_by = \"year\"\n   | ^^^^^^^^\nhint: did you mean group-by?\n";
    assert_eq!((key.status, key.stderr.as_str()), (2, told));
    for (file, place) in
        [("value.toml", "value.toml:3:8"), ("flag.toml", "flag.toml:1:10"), ("broken.toml", "broken.toml:1")]
    {
        let ended = run(file);
        assert_eq!(ended.status, 2);
        assert!(ended.stderr.contains(&format!("--> {place}")), "{}", ended.stderr);
    }
    assert!(!f.path().join("report").exists());
}

#[test]
fn a_mistake_in_a_rule_is_shown_with_its_place() {
    let rule = "[[rule]]\nid = \"zh.date.mine\"\nkind = \"date\"\nwhy = \"a test\"\npattern = \"{yaer}年\"\ncase = [{ text = \"2016年\", finds = \"2016年\" }]\n";
    let f = folder(&[("in/a.txt", NOTICE), ("rules/zh/date.toml", rule)]);
    for words in [["analyze", "in", "--out", "report", "--rules", "rules"].as_slice(), &["rules", "check", "rules"]] {
        let ended = tongwen(f.path(), words, "");
        assert_eq!(ended.status, 2);
        assert!(ended.stderr.contains("--> rules/zh/date.toml:5:1"), "{}", ended.stderr);
        assert!(ended.stderr.contains("^^^^") && ended.stderr.contains("hint: "), "{}", ended.stderr);
    }
    assert!(!f.path().join("report").exists());
}

#[test]
fn words_that_no_rule_reads_are_refused_with_their_place() {
    for (file, text, place, told) in [
        ("zh/figure.toml", "[words.mesure]\n\"标箱\" = \"TEU\"\n", "1:1", "no rule reads a table mesure"),
        ("en/figure.toml", "[lists]\nlabel = [\"lot\"]\n", "2:1", "no rule reads a list label"),
        ("zh/figure.toml", "[words.before]\n\"越过\" = \"more\"\n", "2:1", "unknown modifier more"),
        ("zh/date.toml", "[words.plan]\n\"“十六五”\" = \"2031-2035\"\n", "2:1", "period cannot mean 2031-2035"),
        ("zh/date.toml", "[words.season]\n\"雨季\" = 7\n", "2:1", "season cannot mean 7"),
        ("zh/figure.toml", "[words.time_unit]\n\"旬\" = \"TEN\"\n", "2:1", "unit cannot mean TEN"),
        (
            "zh/date.toml",
            "[[rule]]\nid = \"zh.date.flood\"\nkind = \"date\"\nwhy = \"x\"\npattern = \"{year}年汛期\"\nwith = { seson = \"2\" }\ncase = [{ text = \"2023年汛期\", finds = \"2023年汛期\" }]\n",
            "6:10",
            "no rule of the kind date reads seson",
        ),
        (
            "zh/date.toml",
            "[[rule]]\nid = \"zh.date.flood\"\nkind = \"date\"\nwhy = \"x\"\npattern = \"{year}年汛期\"\nwith = { season = \"5\" }\ncase = [{ text = \"2023年汛期\", finds = \"2023年汛期\" }]\n",
            "6:10",
            "season cannot mean 5",
        ),
        ("zh/figure.toml", "[words.measure]\n\"\" = \"x\"\n", "1:1", "is empty"),
    ] {
        let f = folder(&[(&format!("rules/{file}"), text)]);
        let ended = tongwen(f.path(), &["rules", "check", "rules"], "");
        assert_eq!(ended.status, 2, "{text}");
        assert!(ended.stderr.contains(&format!("--> rules/{file}:{place}")), "{}", ended.stderr);
        assert!(ended.stderr.contains(told), "{}", ended.stderr);
    }
}

#[test]
fn a_case_that_does_not_hold_is_shown_with_its_line() {
    let rule = "[[rule]]\nid = \"zh.date.mine\"\nkind = \"date\"\nwhy = \"a test\"\npattern = \"{year}年{month}月间\"\ncase = [{ text = \"在2016年5月间。\", finds = \"2016年5月间\", value = \"2016-06\" }]\n";
    let f = folder(&[("rules/zh/date.toml", rule)]);
    let ended = tongwen(f.path(), &["rules", "check", "rules"], "");
    assert_eq!(ended.status, 2);
    assert!(ended.stdout.contains("rules/zh/date.toml:6:19: zh.date.mine: "), "{}", ended.stdout);
    assert!(ended.stdout.contains("2016-05, not 2016-06"), "{}", ended.stdout);
}

#[test]
fn extract_gives_one_mention_a_line() {
    let f = folder(&[("a.md", &format!("---\ndate: 2016-11-07\n---\n{NOTICE}"))]);
    for (words, stdin) in [(["extract", "a.md"].as_slice(), ""), (&["extract"], NOTICE), (&["extract", "-"], NOTICE)] {
        let ended = tongwen(f.path(), words, stdin);
        assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
        let kinds: Vec<String> = ended
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["kind"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["date", "law", "date"]);
    }
}

#[test]
fn extract_reads_the_date_it_is_given() {
    let f = folder(&[]);
    for (date, value) in [("2016", "2016-05-01"), ("2017-03", "2017-05-01"), ("2018-03-04", "2018-05-01")] {
        let ended = tongwen(f.path(), &["extract", "--date", date], "5月1日放假。");
        assert!(ended.stdout.contains(&format!("\"value\":\"{value}\"")), "{date}: {}", ended.stdout);
    }
    assert_eq!(tongwen(f.path(), &["extract", "--date", "soon"], "").status, 2);
}

#[test]
fn a_bad_line_costs_only_itself() {
    let f = folder(&[]);
    let lines = "{\"id\": 1, \"text\": \"《网络安全法》\"}\nno json\n\n{\"id\": \"c\"}\n{\"id\": \"d\", \"text\": \"\", \"ref_date\": \"2016\"}\n";
    let ended = tongwen(f.path(), &["extract", "--jsonl"], lines);
    assert_eq!(ended.status, 1);
    let out: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(out.len(), 4);
    assert!(out[0].starts_with("{\"id\":1,\"mentions\":[{\"kind\":\"law\",\"start\":1,\"end\":6,"), "{}", out[0]);
    assert!(out[1].starts_with("{\"id\":null,\"error\":\""), "{}", out[1]);
    assert!(out[2].starts_with("{\"id\":\"c\",\"error\":\"the field text is missing (column 11)\""), "{}", out[2]);
    assert_eq!(out[3], "{\"id\":\"d\",\"mentions\":[]}");
    assert!(ended.stderr.contains("line 2: ") && ended.stderr.contains("line 4: "), "{}", ended.stderr);
}

#[test]
fn documents_come_out_in_the_order_in_which_they_went_in() {
    let f = folder(&[]);
    let lines: String =
        (0..3000).map(|n| format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", "《网络安全法》".repeat(n % 7))).collect();
    let ended = tongwen(f.path(), &["extract", "--jsonl"], &lines);
    let ids: Vec<String> = ended.stdout.lines().map(|line| line[..line.find(',').unwrap()].to_owned()).collect();
    let expected: Vec<String> = (0..3000).map(|n| format!("{{\"id\":{n}")).collect();
    assert!(ids == expected);
}

#[test]
fn a_closed_pipe_is_success() {
    let lines = "{\"id\": 1, \"text\": \"《网络安全法》\"}\n".repeat(20_000);
    let f = folder(&[("documents.jsonl", &lines)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["extract", "--jsonl", "documents.jsonl"])
        .current_dir(f.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"id\":1,"));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn a_line_is_answered_without_waiting_for_the_next() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["extract", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        writeln!(stdin, "{{\"id\": {n}, \"text\": \"x\"}}").unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert_eq!(answer, format!("{{\"id\":{n},\"mentions\":[]}}\n"));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn segment_gives_document_group_and_tokens() {
    let f = folder(&[
        ("in/x/a.txt", NOTICE),
        ("in/b.txt", "The Data Security Law of the People's Republic of China applies.\n"),
    ]);
    let ended = tongwen(f.path(), &["segment", "in"], "");
    assert_eq!(ended.status, 0);
    let rows: Vec<Vec<&str>> = ended.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..2], ["b.txt", "en"]);
    assert!(rows[0][2].split(' ').any(|token| token == "中华人民共和国数据安全法"), "{}", ended.stdout);
    assert_eq!(rows[1], ["x/a.txt", "zh", "中华人民共和国网络安全法 公布 自 起 施行"]);
    let grouped = tongwen(f.path(), &["segment", "in", "--group", "path:1"], "");
    let groups: Vec<&str> = grouped.stdout.lines().map(|line| line.split('\t').nth(1).unwrap()).collect();
    assert_eq!(groups, ["-", "x"]);
    // Nobody declared a language; both commands take that of most of the words.
    let ended = tongwen(f.path(), &["analyze", "in", "--out", "out", "--group-by", "language"], "");
    assert_eq!(ended.status, 0);
    let table = fs::read_to_string(f.path().join("out/documents.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "group").unwrap();
    let groups: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
    assert_eq!(groups, ["en", "zh"]);
    let lines = "{\"id\": \"a\\tb\", \"text\": \"数据。\", \"group\": \"g\"}\nbad\n";
    let ended = tongwen(f.path(), &["segment", "--jsonl"], lines);
    assert_eq!((ended.status, ended.stdout.as_str()), (1, "a b\tg\t数据\n"));
}

#[test]
fn explain_says_why() {
    let f = folder(&[("a.txt", &format!("第一行。\n\n{NOTICE}"))]);
    let ended = tongwen(f.path(), &["explain", "a.txt:3"], "");
    assert_eq!(ended.status, 0);
    for told in ["line 3", "[2016年11月]", "zh.date.month: ", "cn-cybersecurity-law", "official title"] {
        assert!(ended.stdout.contains(told), "{told}: {}", ended.stdout);
    }
    assert_eq!(tongwen(f.path(), &["explain", "a.txt:99"], "").status, 2);
}

#[test]
fn kwic_aligns_what_it_finds() {
    let text = format!("{NOTICE}\nThe Cybersecurity Law of the People's Republic of China was promulgated.\n");
    let f = folder(&[("in/a.txt", &text)]);
    let ended = tongwen(f.path(), &["kwic", "cn-cybersecurity-law", "in", "--width", "10"], "");
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ended.stdout);
    // Ten columns are five Han characters.
    assert!(lines[0].starts_with("年11月，《 中华人民共和国网络安全法 》公布，自"), "{}", lines[0]);
    assert!(lines[1].starts_with("      The  Cybersecurity Law of"), "{}", lines[1]);
    let machine = tongwen(f.path(), &["kwic", "date", "in", "--jsonl", "--limit", "1"], "");
    let place: serde_json::Value = serde_json::from_str(machine.stdout.trim()).unwrap();
    assert_eq!((&place["hit"], &place["value"]), (&"2016年11月".into(), &"2016-11".into()));
}

#[test]
fn eval_compares_by_meaning() {
    let gold = r#"{"id":"a","lang":"zh-Hans","text":"2016年第四季度，《网络安全法》","mentions":[{"kind":"daterange","start":0,"end":9,"text":"2016年第四季度","value":{"edtf":"2016-Q4"},"neutral":"2016-Q4"},{"kind":"law","start":11,"end":16,"text":"网络安全法","value":{"canonical":"中华人民共和国网络安全法"}}]}"#;
    let f = folder(&[("gold.jsonl", gold), ("bad.jsonl", "{\"id\": 1}\n")]);
    let ended = tongwen(f.path(), &["eval", "gold.jsonl", "--json", "-"], "");
    let scores: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(scores["*/*"]["strict_f1"], 1.0, "{}", ended.stdout);
    let ended = tongwen(f.path(), &["eval", "bad.jsonl"], "");
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.contains("--> bad.jsonl:1:"), "{}", ended.stderr);
}

#[test]
fn every_command_helps() {
    let f = folder(&[]);
    let commands = ["analyze", "extract", "segment", "explain", "kwic", "rules check", "eval", "bench", "completions"];
    for command in commands.into_iter().chain([""]) {
        let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let ended = tongwen(f.path(), &words, "");
        assert_eq!(ended.status, 0, "{command}");
        assert!(ended.stdout.contains("Examples:\n  tongwen "), "{command}: {}", ended.stdout);
    }
    assert!(tongwen(f.path(), &["--version"], "").stdout.starts_with("tongwen "));
}

#[test]
fn shells_get_their_completions() {
    let f = folder(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let ended = tongwen(f.path(), &["completions", shell], "");
        assert_eq!(ended.status, 0);
        assert!(ended.stdout.contains("analyze") && ended.stdout.contains("group-by"), "{shell}");
    }
    assert_eq!(tongwen(f.path(), &["completions", "dos"], "").status, 2);
}

#[cfg(unix)]
#[test]
fn a_signal_stops_the_run_and_leaves_nothing_unfinished() {
    let f = folder(&[]);
    let text = NOTICE.repeat(3000);
    for n in 0..400 {
        fs::create_dir_all(f.path().join("in")).unwrap();
        fs::write(f.path().join(format!("in/{n}.txt")), &text).unwrap();
    }
    let child = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["analyze", "in", "--out", "report"])
        .current_dir(f.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!f.path().join("report/report.html").exists());
}

#[test]
fn kwic_sorts_by_context_and_says_how_to_cite() {
    let page = "---\ntitle: 数据条例\nissuer: 国务院\ndate: 2021-08-20\ngroup: 甲\n---\n# 第一章 总则\n\n第一条 保护数据安全。开放数据资源。\n";
    let f = folder(&[("in/a.md", page), ("in/b.txt", "利用数据处理。=数据")]);
    let ended = tongwen(f.path(), &["kwic", "数据", "in", "--sort", "right", "--format", "csv"], "");
    assert!(ended.stdout.starts_with("\u{feff}document,title,date,issuer,group,"), "{}", ended.stdout);
    let mut reader = csv::Reader::from_reader(ended.stdout.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<std::collections::BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let right: Vec<&str> = rows.iter().map(|row| row["right"].as_str()).collect();
    // Nothing comes first, then by code point: 处理, 安全, 资源.
    assert_eq!(
        right.iter().map(|words| words.chars().take(2).collect::<String>()).collect::<Vec<_>>(),
        ["", "处理", "安全", "资源"]
    );
    let cited = rows.iter().find(|row| row["right"].starts_with("安全")).unwrap();
    assert_eq!(cited["citation"], "国务院. 数据条例. 2021-08-20. 第一章 总则 · 第一条 · ¶1");
    let about = ["document", "title", "date", "issuer", "group"];
    assert_eq!(about.map(|c| cited[c].as_str()), ["a.md", "数据条例", "2021-08-20", "国务院", "甲"]);
    // What a spreadsheet would run is text.
    assert!(rows.iter().any(|row| row["left"].starts_with('利')));
    let ended = tongwen(f.path(), &["kwic", "数据", "in", "--sort", "left", "--limit", "2", "--format", "jsonl"], "");
    let places: Vec<serde_json::Value> = ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let left: Vec<&str> = places.iter().map(|place| place["left"].as_str().unwrap()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].ends_with('='), "{left:?}");
    assert!(ended.stderr.contains("2 places in"), "{}", ended.stderr);
}
