//! Did a change make the answers worse? Scores on the annotated texts may not fall below `quality/scores.toml`.
//!
//! The rules that find one more law can lose three dates elsewhere, and no single case shows it. So the engine
//! reads the development data of the shared folder, the scorers beside that data judge it, and every score by
//! language and kind is held against its floor. A score that rose should lift its floor: `TONGWEN_BLESS=1 cargo test
//! --test quality` writes the present scores; a floor that goes down needs its reason in the commit.
//!
//! The data is not part of the package: without it (`TONGWEN_SHARED` names its folder), or without `python3` for
//! the scorers, the tests say so and pass.
#![expect(clippy::print_stderr, reason = "scores and skipped tests are for the person who runs them")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use tongwen::{
    engine::Engine,
    extract::Layers,
    segment::UnknownWords,
    text::{Document, Language},
    wire,
};

/// Scores by name; the outer name is the data set and measure, the inner one `language/kind`.
type Scores = BTreeMap<String, BTreeMap<String, f64>>;

/// What is judged: data, scorer, layers of mentions, and which columns are held.
struct DataSet {
    name: &'static str,
    data: &'static str,
    scorer: &'static str,
    layers: Layers,
    columns: &'static [(&'static str, &'static str)],
}

const DATA: &[DataSet] = &[
    DataSet {
        name: "gold-dev",
        data: "gold-dev/dev.jsonl",
        scorer: "score_gold.py",
        layers: Layers::Top,
        columns: &[("strict", "strict_f1")],
    },
    DataSet {
        name: "gold-dev2",
        data: "gold-dev/dev2.jsonl",
        scorer: "score_gold.py",
        layers: Layers::Top,
        columns: &[("strict", "strict_f1")],
    },
    DataSet {
        name: "suites-dev",
        data: "suites-dev.jsonl",
        scorer: "score_mentions.py",
        layers: Layers::All,
        columns: &[("lenient", "lenient_f1"), ("strict", "strict_f1")],
    },
];

/// Rounding of the stored floors, with a little room.
const TOLERANCE: f64 = 0.0005;

fn floors_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("quality/scores.toml")
}

fn evaluation_data() -> Option<PathBuf> {
    let shared = std::env::var_os("TONGWEN_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let eval = shared.join("eval");
    if !eval.is_dir() {
        eprintln!("skipped: ../shared is not there");
        return None;
    }
    if !Command::new("python3").arg("--version").output().is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: python3, which runs the scorers, is not there");
        return None;
    }
    Some(eval)
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(None, UnknownWords::Split).expect("the built-in rules load"))
}

/// What the engine finds in each document of a file, as JSON lines.
fn predictions(data: &Path, layers: Layers) -> String {
    let engine = engine();
    let mut out = String::new();
    for line in fs::read_to_string(data).expect("the data is there").lines() {
        let line: wire::DocumentLine = serde_json::from_str(line).expect("a document a line");
        let document = Document {
            id: line.id.to_string(),
            text: line.text,
            language: line.lang.as_deref().map(|lang| if lang.starts_with("zh") { Language::Zh } else { Language::En }),
            date: line.date.and_then(|date| date.parse().ok()),
            title: line.title,
            ..Document::default()
        };
        let mut entities = engine.entities();
        let mut mentions = Vec::new();
        let lost = engine.read(&document, layers, &mut entities, |section, entities| {
            for mention in &section.mentions {
                let mut json = Vec::new();
                let mut object = wire::ObjectWriter::begin(&mut json);
                wire::line(mention, &section.frame, &engine.rules, entities).write(&mut object);
                object.end();
                mentions.push(serde_json::from_slice::<serde_json::Value>(&json).expect("a mention is JSON"));
            }
        });
        assert_eq!(lost, 0, "{}: a panic", document.id);
        writeln!(out, "{}", serde_json::json!({ "id": line.id, "mentions": mentions }))
            .expect("a string takes everything");
    }
    out
}

/// The rows of a scorer: name → column → number.
fn judge(eval: &Path, set: &DataSet, scratch: &Path) -> BTreeMap<String, BTreeMap<String, Option<f64>>> {
    let (found, rows) = (scratch.join("found.jsonl"), scratch.join("rows.json"));
    let data = eval.join(set.data);
    fs::write(&found, predictions(&data, set.layers)).expect("a writable folder");
    let done = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(eval.join(set.scorer))
        .args([&data, &found])
        .arg("--json")
        .arg(&rows)
        .output()
        .expect("python3 was there a moment ago");
    assert!(done.status.success(), "{}: {}", set.scorer, String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&fs::read(rows).expect("the scorer wrote its rows")).expect("JSON")
}

fn present_scores(eval: &Path) -> Scores {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let mut scores = Scores::new();
    for set in DATA {
        for (row, columns) in judge(eval, set, scratch.path()) {
            // The suites are many; only their sums by language and kind are held.
            let Some(row) = (if set.layers == Layers::All { row.strip_prefix("*/") } else { Some(row.as_str()) })
            else {
                continue;
            };
            for (measure, column) in set.columns {
                let score = columns.get(*column).copied().flatten().expect("the scorer knows the column");
                scores.entry(format!("{}-{measure}", set.name)).or_default().insert(row.to_owned(), score);
            }
        }
    }
    scores
}

fn written(scores: &Scores) -> String {
    let mut out = String::from(
        "# F1 on the development data that no change may lower: `TONGWEN_BLESS=1 cargo test --test quality` writes it anew.\n\
         # gold-dev: span and value right, on annotated policy texts. suites-dev: date and number suites, all layers.\n",
    );
    for (set, rows) in scores {
        write!(out, "\n[{set}]\n").expect("a string takes everything");
        for (row, score) in rows {
            writeln!(out, "{row:?} = {score:.4}").expect("a string takes everything");
        }
    }
    out
}

#[test]
fn no_score_falls_below_its_floor() {
    let Some(eval) = evaluation_data() else { return };
    let scores = present_scores(&eval);
    if std::env::var_os("TONGWEN_BLESS").is_some() {
        fs::create_dir_all(floors_path().parent().expect("a folder")).expect("a writable folder");
        fs::write(floors_path(), written(&scores)).expect("a writable folder");
        eprintln!("blessed: quality/scores.toml");
        return;
    }
    let floors: Scores =
        toml::from_str(&fs::read_to_string(floors_path()).expect("quality/scores.toml is there")).expect("TOML");
    let (mut fallen, mut risen) = (Vec::new(), 0);
    for (set, rows) in &floors {
        for (row, floor) in rows {
            let score = scores.get(set).and_then(|rows| rows.get(row)).copied();
            match score {
                Some(score) if score < floor - TOLERANCE => {
                    fallen.push(format!("{set} {row}: {score:.4}, was {floor:.4}"))
                }
                Some(score) if score > floor + TOLERANCE => {
                    risen += 1;
                    eprintln!("{set} {row}: {score:.4}, above its floor {floor:.4}");
                }
                Some(_) => {}
                None => fallen.push(format!("{set} {row}: no such row any more, was {floor:.4}")),
            }
        }
    }
    for (set, rows) in &scores {
        if let Some(all) = rows.get("*/*") {
            eprintln!("{set}: {all:.4} over all kinds");
        }
    }
    if risen > 0 {
        eprintln!("{risen} scores rose: TONGWEN_BLESS=1 cargo test --test quality lifts their floors");
    }
    assert!(fallen.is_empty(), "{} scores fell:\n{}", fallen.len(), fallen.join("\n"));
}
