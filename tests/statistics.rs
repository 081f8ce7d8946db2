//! Are the statistics those of the papers, and does bad input leave empty cells and never a NaN?
//!
//! `tests/oracle/` holds what an independent program (plain Python over the tokens that `segment` prints) computes for
//! `inputs/`; docs/STATISTICS.md says how the same is done for any folder.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
};

type Row = BTreeMap<String, String>;

fn analyze(inputs: &Path, options: &[&str]) -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a scratch folder");
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .arg("analyze")
        .arg(inputs)
        .args(["--quiet", "--out"])
        .arg(out.path())
        .args(options)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    out
}

fn table(path: &Path, delimiter: u8) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn inputs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs")
}

/// Holds rows against the oracle's: 10⁻⁹ of each number, of a p 10⁻⁷.
fn hold<'a>(ours: &'a [Row], name: &str) {
    let name_of = |row: &'a Row| if row["id"].is_empty() { &row["term"] } else { &row["id"] };
    let by_term: BTreeMap<&str, &Row> = ours.iter().map(|row| (name_of(row).as_str(), row)).collect();
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(name);
    let oracle = table(&oracle, b'\t');
    assert!(oracle.len() > 100, "{name} is short");
    for row in &oracle {
        let Some(mine) = by_term.get(row["term"].as_str()) else { panic!("{name}: {} is missing", row["term"]) };
        for (column, theirs) in row.iter().filter(|(column, _)| *column != "term") {
            let number = |cell: &str| if cell.is_empty() { f64::NAN } else { cell.parse().expect("a number") };
            let (mine, theirs) = (number(&mine[column]), number(theirs));
            let is_p = matches!(column.as_str(), "p" | "p_holm" | "p_bh" | "mw_p");
            let (relative, least) = if is_p { (1e-7, 0.0) } else { (1e-9, 1e-8) };
            let close = (mine - theirs).abs() <= (relative * mine.abs().max(theirs.abs())).max(least);
            assert!(
                close || mine.is_nan() && theirs.is_nan(),
                "{name}: {} {column}: {mine}, not {theirs}",
                row["term"]
            );
        }
    }
}

#[test]
fn terms_and_key_terms_have_the_numbers_of_the_oracle() {
    let out = analyze(&inputs(), &["--group-by", "language"]);
    hold(&table(&out.path().join("terms.csv"), b','), "terms.tsv");
    let key = table(&out.path().join("keyness.csv"), b',');
    let chinese: Vec<Row> = key.into_iter().filter(|row| row["group"] == "zh").collect();
    hold(&chinese, "keyness.tsv");
}

/// No cell says NaN or infinity.
fn sound(out: &Path) {
    for name in ["terms.csv", "keyness.csv", "trends.csv", "phrases.csv"] {
        for row in table(&out.join(name), b',') {
            for (column, cell) in &row {
                let bad = ["nan", "inf", "-inf", "infinity"].contains(&cell.to_lowercase().as_str());
                assert!(!bad || column == "term", "{name}: {column} of {row:?}");
            }
        }
    }
}

#[test]
fn groups_of_one_document_and_documents_without_date_or_words_leave_empty_cells() {
    let home = tempfile::tempdir().expect("a scratch folder");
    for (name, text) in [
        ("a/one.txt", "网络安全是国家安全。网络安全是国家安全。"),
        ("b/two.txt", "网络安全是国家安全。The law is the law."),
        ("b/three.txt", ""),
        ("c/empty.txt", "2016"),
    ] {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    for group_by in ["path:1", "year", "language", "issuer"] {
        let out = analyze(home.path(), &["--group-by", group_by, "--period", "month"]);
        sound(out.path());
        let key = table(&out.path().join("keyness.csv"), b',');
        assert_eq!(key.is_empty(), !matches!(group_by, "path:1" | "language"), "{group_by}");
        assert!(table(&out.path().join("trends.csv"), b',').is_empty());
    }
    // One document: nothing to compare, nothing to resample.
    let out = analyze(&home.path().join("a"), &[]);
    sound(out.path());
    let terms = table(&out.path().join("terms.csv"), b',');
    assert!(terms.iter().all(|row| row["DPnorm"].is_empty() && row["boot_lo"].is_empty() && row["DP"] == "0"));
    assert!(table(&out.path().join("keyness.csv"), b',').is_empty());
}

#[test]
fn trends_are_filled_with_zeros_and_say_what_is_new_and_what_is_gone() {
    let home = tempfile::tempdir().expect("a scratch folder");
    let old = "我们发展农业。".repeat(40);
    let new = "我们发展科技。".repeat(40);
    let mut meta = String::from("path,date\n");
    for (year, text) in [(2001, &old), (2002, &old), (2004, &new), (2005, &new)] {
        for copy in 0..4 {
            let name = format!("{year}-{copy}.txt");
            fs::write(home.path().join(&name), format!("第{copy}号。{text}")).expect("written");
            meta += &format!("{name},{year}\n");
        }
    }
    fs::write(home.path().join("undated.txt"), "科技。").expect("written");
    let table_of = home.path().join(".meta.csv");
    fs::write(&table_of, meta).expect("written");
    let out = analyze(home.path(), &["--meta", table_of.to_str().expect("UTF-8")]);
    sound(out.path());
    let trends = table(&out.path().join("trends.csv"), b',');
    let of = |term: &str, column: &str| -> Vec<String> {
        trends.iter().filter(|row| row["term"] == term).map(|row| row[column].clone()).collect()
    };
    assert_eq!(of("科技", "period"), ["2001", "2002", "2003", "2004", "2005"]);
    assert_eq!(of("科技", "documents_in_period"), ["4", "4", "0", "4", "4"]);
    assert_eq!(of("科技", "coverage"), ["0", "0", "", "1", "1"]);
    assert_eq!(of("科技", "status"), ["", "", "", "DEBUT", "RISE"]);
    assert_eq!(of("农业", "status"), ["", "", "", "VANISHED", ""]);
    assert_eq!(of("发展", "status"), ["", "", "", "", ""]);
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("run.json")).expect("read")).expect("JSON");
    assert_eq!(run["parameters"]["trend_documents_without_date"], 1);
}

#[test]
fn words_are_folded_where_the_user_asks_for_it_and_still_found() {
    let home = tempfile::tempdir().expect("a scratch folder");
    for (name, text) in [
        ("a.txt", "個人資料保護規定。個人資料保護規定。"),
        ("b.txt", "个人资料保护规定。《网络安全法》规定如此。"),
        ("c.txt", "New policies regulated it. A policy regulates data. The Policy of data."),
    ] {
        fs::write(home.path().join(name), text).expect("written");
    }
    let terms = |options: &[&str]| -> (tempfile::TempDir, BTreeMap<String, Row>) {
        let out = analyze(home.path(), options);
        let rows = table(&out.path().join("terms.csv"), b',');
        (out, rows.into_iter().map(|row| (row["term"].clone(), row)).collect())
    };
    let (_, plain) = terms(&[]);
    assert!(plain.contains_key("规定") && plain.contains_key("policies") && plain.contains_key("of"));
    let (out, folded) = terms(&["--fold", "simplified", "--stem", "english", "--min-length", "zh:2,en:3"]);
    let (rules, policy) = (&folded["规定"], &folded["polici"]);
    assert_eq!((rules["tf"].as_str(), rules["df"].as_str()), ("4", "2"));
    assert_eq!(rules["example_sentence"], "個人資料保護規定。");
    assert_eq!((policy["tf"].as_str(), policy["df"].as_str()), ("3", "1"));
    assert!(!folded.contains_key("policies") && !folded.contains_key("of") && !folded.contains_key("規定"));
    assert_eq!(folded["the"]["stop"], "true");
    let page = fs::read_to_string(out.path().join("report.html")).expect("a page");
    assert!(
        page.contains("<mark class=\"word\">個人資料</mark>") && page.contains("<mark class=\"word\">policies</mark>")
    );
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.path().join("run.json")).unwrap()).unwrap();
    let parameters = &run["parameters"];
    assert_eq!(parameters["min_length"], serde_json::json!({ "zh": 2, "en": 3 }));
    assert_eq!((parameters["fold"].as_str(), parameters["stem"].as_str()), (Some("simplified"), Some("english")));
    // The other commands see the same words.
    let told = |words: &[&str]| {
        let ended =
            Command::new(env!("CARGO_BIN_EXE_tongwen")).args(words).arg(home.path()).output().expect("it starts");
        String::from_utf8(ended.stdout).expect("UTF-8")
    };
    let tokens = told(&["segment", "--fold", "simplified", "--stem", "english", "--min-length", "2"]);
    assert!(tokens.contains("\tpolici regul data\n") || tokens.contains("\tnew polici regul it\n"), "{tokens}");
    let places = told(&["kwic", "个人资料", "--fold", "simplified"]);
    assert_eq!((places.lines().count(), places.matches(" 个人资料 ").count()), (3, 1), "{places}");
    assert_eq!(told(&["kwic", "policy", "--stem", "english"]).lines().count(), 3);
}
