//! Counting a corpus in parts and adding them up gives the report of one machine, however it is cut.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proptest::{prelude::*, sample::Index, test_runner::Config};
use tongwen::{
    Error,
    count::{Limits as Counts, Period, Questions},
    engine::Engine,
    pipeline::{self, Gathered, Keep, Request, Settings, Watch, count_part},
    read::{FileRecord, Limits, Metadata, Reading, WalkOptions, row},
    report::{Foreign, Formats},
    segment::UnknownWords,
    text::GroupBy,
};

/// Nobody looks on.
struct Nobody;

impl Watch for Nobody {
    fn found(&self, _: u64, _: u64) {}
    fn done(&self, _: &FileRecord) {}
    fn stage(&self, _: &str) {}
    fn stopped(&self) -> Option<i32> {
        None
    }
    fn seconds(&self) -> f64 {
        0.0
    }
}

/// The text files of the sample documents, an empty one and one with other line ends.
fn texts() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".txt")?.replace('.', "/");
        Some((format!("{name}.txt"), String::from_utf8(fs::read(path).ok()?).ok()?))
    };
    let mut texts: BTreeMap<String, String> = paths.filter_map(named).collect();
    texts.insert("empty.txt".to_owned(), String::new());
    texts.insert("lines.txt".to_owned(), "自2017年6月1日起施行。\r\n《某某市河道管理条例》第三条。\r\n".to_owned());
    assert!(texts.len() > 5);
    texts
}

fn reading(texts: &BTreeMap<String, String>, id: &str) -> Reading {
    row(id, Some(texts[id].clone()), [], &Limits::default())
}

fn request() -> Request {
    Request { group_by: GroupBy::Language, formats: Formats::ALL, guess_words: false }
}

fn gathered(out: &Path) -> Gathered {
    Gathered {
        out: out.to_owned(),
        foreign: Foreign::Keep,
        request: request(),
        sheet_rows: 3_000,
        counts: Counts::default(),
        period: Period::default(),
        threads: 2,
        parameters: BTreeMap::new(),
    }
}

/// The files of a report but those that show how it was made.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(out).unwrap().to_str().unwrap().to_owned();
    let told = ["run.json", "report.html", "report.xlsx"];
    let named = files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| !told.contains(&name.as_str()) && !name.starts_with('.')).collect()
}

#[test]
fn how_the_corpus_is_cut_never_shows() {
    let engine = Engine::load(None, UnknownWords::Split).unwrap();
    let texts = texts();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("texts");
    for (id, text) in &texts {
        let path = folder.join(id);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let whole = home.path().join("whole");
    let settings = Settings {
        inputs: vec![folder],
        out: whole.clone(),
        metadata: Metadata::none(),
        walk: WalkOptions::default(),
        limits: Limits::default(),
        foreign: Foreign::Keep,
        formats: Formats::ALL,
        sheet_rows: 3_000,
        keep: Keep::default(),
        counts: Counts::default(),
        questions: Questions { group_by: GroupBy::Language, period: Period::default() },
        threads: 2,
        parameters: BTreeMap::new(),
    };
    pipeline::analyze(&engine, &settings, &Nobody).unwrap();
    let expected = files(&whole);
    assert!(expected.len() > 20);

    let ids: Vec<&String> = texts.keys().collect();
    let cut = (Just(ids).prop_shuffle(), prop::collection::vec(any::<Index>(), 0..4));
    let failing = Config { failure_persistence: None, ..Config::with_cases(8) };
    proptest!(failing, |((order, cuts) in cut)| {
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(order.len())).chain([0, order.len()]).collect();
        ends.sort_unstable();
        let part = |ends: &[usize]| {
            let readings = order[ends[0]..ends[1]].iter().map(|id| reading(&texts, id)).collect();
            count_part(&engine, &request(), readings, &Nobody).unwrap()
        };
        let parts: Vec<Vec<u8>> = ends.windows(2).map(part).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let out = home.path().join("parts");
        let mut again = |ids: Vec<String>| Ok(ids.iter().map(|id| reading(&texts, id)).collect());
        let outcome = pipeline::report(&engine, &parts, &gathered(&out), &Nobody, &mut again).unwrap();
        prop_assert_eq!(outcome.counts.ok, texts.len() as u64);
        prop_assert!(outcome.warnings.is_empty());
        let found = files(&out);
        prop_assert!(found.keys().eq(expected.keys()));
        for (name, bytes) in &found {
            prop_assert!(*bytes == expected[name], "{} differs", name);
        }
    });
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let engine = Engine::load(None, UnknownWords::Split).unwrap();
    let texts = texts();
    let home = tempfile::tempdir().unwrap();
    let part = |request: &Request| count_part(&engine, request, vec![reading(&texts, "lines.txt")], &Nobody).unwrap();
    let one = part(&request());
    let mut none = |_: Vec<String>| Ok(Vec::new());
    let mut report = |parts: &[&[u8]]| {
        let told = pipeline::report(&engine, parts, &gathered(&home.path().join("out")), &Nobody, &mut none);
        told.map(|outcome| outcome.warnings).map_err(|fault| match fault {
            Error::Usage { message, .. } => message,
            other => panic!("{other}"),
        })
    };
    assert_eq!(report(&[&one, &one]).unwrap_err(), "the document lines.txt is there twice");
    assert_eq!(report(&[]).unwrap_err(), "there is no document");
    let other = part(&Request { guess_words: true, ..request() });
    assert!(report(&[&other]).unwrap_err().contains("another guess_words"));
    for end in [0, 10, 40, one.len() / 2, one.len() - 1] {
        assert_eq!(report(&[&one[..end]]).unwrap_err(), "a part is damaged, or is none");
    }
    let mut broken = one.clone();
    broken[one.len() / 2] ^= 1;
    assert_eq!(report(&[&broken]).unwrap_err(), "a part is damaged, or is none");
    // Without the documents themselves all is there but the sentences of pairs and phrases.
    assert!(report(&[&one]).unwrap().iter().all(|told| told.contains("were not given again")));
}
