//! Are the numbers of `cooccurrence.csv` those of an independent oracle, and does nothing odd make them odd?
//!
//! `tests/oracle/cooccurrence.tsv` holds a part of what a plain program of other people's formulas (scipy for the tails)
//! computes from the tokens of `inputs/`; `tests/oracle/cooccurrence.py --store` writes it. Measures must agree within
//! 10⁻⁹, probabilities within 10⁻⁷ of their size.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
};

type Row = BTreeMap<String, String>;

fn analyze(root: &Path, inputs: &str, options: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
    let home = tempfile::tempdir().expect("a scratch folder");
    let out = home.path().join("report");
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .current_dir(root)
        .args(["analyze", inputs, "--quiet", "--out"])
        .arg(&out)
        .args(options)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    (home, out)
}

fn table(file: &Path, delimiter: u8) -> Vec<Row> {
    let text = fs::read_to_string(file).expect("a table");
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

const EXACT: [&str; 12] =
    ["n_ab", "n_a", "n_b", "E", "pmi", "npmi", "npmi_lo", "npmi_hi", "logdice", "dice", "jaccard", "cosine"];
const DIFFERENCES: [&str; 4] = ["t_score", "g2", "dp_b_given_a", "dp_a_given_b"];
const CHANCES: [&str; 2] = ["p", "p_bh"];

#[test]
fn measures_are_those_of_the_oracle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_home, out) = analyze(root, "inputs", &["--unit", "sentence,document,window:5"]);
    let mut ours: BTreeMap<[String; 3], Row> = BTreeMap::new();
    for mut row in table(&out.join("cooccurrence.csv"), b',') {
        let name = |id: &str, term: &str| if row[id].is_empty() { row[term].clone() } else { row[id].clone() };
        let (a, b) = (name("id_a", "a"), name("id_b", "b"));
        if a <= b {
            ours.insert([row["unit"].clone(), a, b], row);
            continue;
        }
        for (one, other) in [("n_a", "n_b"), ("dp_b_given_a", "dp_a_given_b")] {
            let (left, right) = (row[one].clone(), row[other].clone());
            row.insert(one.into(), right);
            row.insert(other.into(), left);
        }
        ours.insert([row["unit"].clone(), b, a], row);
    }
    let stored = table(&root.join("tests/oracle/cooccurrence.tsv"), b'\t');
    assert!(stored.len() > 150, "{}", stored.len());
    for theirs in stored {
        let pair = ["unit", "a", "b"].map(|key| theirs[key].clone());
        let row = ours.get(&pair).unwrap_or_else(|| panic!("no row for {pair:?}"));
        let columns = EXACT.map(|c| (c, 1e-9_f64, 1e-12_f64)).into_iter().chain(DIFFERENCES.map(|c| (c, 1e-9, 1e-8)));
        for (column, relative, absolute) in columns.chain(CHANCES.map(|c| (c, 1e-7, 0.0))) {
            let number = |row: &Row| row[column].parse().unwrap_or(f64::NAN);
            let (mine, wanted): (f64, f64) = (number(row), number(&theirs));
            let same = mine.is_nan() && wanted.is_nan()
                || (mine - wanted).abs() <= absolute.max(relative * mine.abs().max(wanted.abs()));
            assert!(same, "{pair:?}: {column} is {mine} and not {wanted}");
        }
    }
}

/// A folder with nothing to count, one with one sentence, one where a term is everywhere: no number that is none.
#[test]
fn small_and_odd_folders_have_tables_without_strange_numbers() {
    let folders: [(&str, &[&str]); 5] = [
        ("nothing to count", &["……\n"]),
        ("one word", &["网络"]),
        ("one sentence", &["《网络安全法》和《数据安全法》保护网络数据安全。"]),
        ("everywhere", &["网络安全。网络数据。\n\n网络发展。", "网络安全网络", "网络数据"]),
        ("no laws", &["Data are data. Markets are markets and data.\n", "Data again.\n"]),
    ];
    for (name, texts) in folders {
        let home = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(home.path().join("in")).expect("a folder");
        for (number, text) in texts.iter().enumerate() {
            fs::write(home.path().join(format!("in/{number}.txt")), text).expect("a file");
        }
        let (_out, out) = analyze(home.path(), "in", &["--unit", "document,sentence,paragraph,window:2,window:1"]);
        for file in fs::read_dir(&out).expect("a report") {
            let file = file.expect("listed").path();
            if file.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            for row in table(&file, b',') {
                for (column, cell) in &row {
                    let strange = ["nan", "inf", "-inf"].contains(&cell.to_lowercase().as_str());
                    assert!(!strange, "{name}: {}: {column} is {cell}", file.display());
                }
            }
        }
    }
}

#[test]
fn a_pair_that_is_everywhere_is_no_finding() {
    let home = tempfile::tempdir().expect("a scratch folder");
    fs::create_dir(home.path().join("in")).expect("a folder");
    for number in 0..3 {
        fs::write(home.path().join(format!("in/{number}.txt")), "网络发展。网络发展。").expect("a file");
    }
    let (_out, out) = analyze(home.path(), "in", &[]);
    let rows = table(&out.join("cooccurrence.csv"), b',');
    let cells = ["unit", "a", "b", "n_ab", "total", "g2", "p", "p_bh", "dp_b_given_a", "example_sentence"];
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(
        cells.map(|c| rows[0][c].as_str()),
        ["sentence", "发展", "网络", "6", "6", "0", "1", "1", "", "网络发展。"]
    );
    let matrix = fs::read_to_string(out.join("matrix_dissimilarity.csv")).expect("a matrix");
    assert_eq!(matrix, "\u{feff}term,kind,发展,网络,order\r\n发展,word,0,0,1\r\n网络,word,0,0,2\r\n");
}

#[test]
fn a_unit_that_is_none_is_a_mistake_of_usage() {
    let ended = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .args(["analyze", "inputs", "--out", "never", "--unit", "sentence,page"])
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(told.contains("window:K"), "{told}");
}
