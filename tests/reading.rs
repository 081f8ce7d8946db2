//! Do real files come out right? Compares every file of the shared corpus's `formats/` with the text it should give,
//! and reads the whole corpus once.
//!
//! The corpus is not part of the package: without it (`TONGWEN_SHARED` names its parent folder) the
//! tests say so and pass.
#![expect(clippy::print_stderr, reason = "measurements and skipped tests are for the person who runs them")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use tongwen::read::{FileRecord, Limits, Metadata, Reading, Status, WalkOptions, read, walk};

fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("TONGWEN_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let corpus = shared.join("corpus");
    if !corpus.is_dir() {
        eprintln!("skipped: no corpus at {} (set TONGWEN_SHARED)", corpus.display());
        return None;
    }
    Some(corpus)
}

fn readings(folder: &Path) -> impl Iterator<Item = Reading> {
    let sources = walk(&[folder.to_owned()], &WalkOptions::default()).expect("the corpus is a folder");
    sources.into_iter().map(|source| read(&source, &Metadata::none(), &Limits::default()))
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Share of the longer text that both begin and end with: a lower bound of any edit similarity.
fn similarity(found: &str, expected: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (found.chars().collect(), expected.chars().collect());
    let shorter = a.len().min(b.len());
    let begin = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a.iter().rev().zip(b.iter().rev()).take(shorter - begin).take_while(|(x, y)| x == y).count();
    (begin + end) as f64 / a.len().max(b.len()).max(1) as f64
}

#[test]
fn every_format_gives_the_expected_text() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("formats");
    let (mut compared, mut wrong) = (0, Vec::new());
    for reading in readings(&folder).filter(|reading| !reading.record.path.ends_with(".expected.txt")) {
        let Some(document) = reading.document else { continue };
        let name = document.id.split('.').next().unwrap_or_default();
        let expected =
            fs::read_to_string(folder.join(format!("{name}.expected.txt"))).expect("each format has its text");
        let similar = similarity(&without_space(&document.text), &without_space(&expected));
        eprintln!("{:7.3} %  {} ({})", similar * 100.0, document.id, reading.record.encoding.unwrap_or_default());
        assert_eq!(reading.record.status, Status::Ok, "{:?}", reading.record);
        let least = if matches!(reading.record.format, Some("html" | "pdf")) { 0.99 } else { 1.0 };
        if similar < least {
            wrong.push(format!("{}: {similar}", document.id));
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 40, "{compared}");
}

#[test]
fn the_whole_corpus_is_read_without_loss() {
    let Some(corpus) = corpus() else { return };
    let start = Instant::now();
    let mut counts: BTreeMap<(Status, &str), (usize, u64)> = BTreeMap::new();
    let mut lossy: Vec<FileRecord> = Vec::new();
    for reading in readings(&corpus) {
        let record = reading.record;
        let count = counts.entry((record.status, record.format.unwrap_or("-"))).or_default();
        *count = (count.0 + 1, count.1 + record.bytes);
        if matches!(record.status, Status::Partial | Status::Error) {
            lossy.push(record);
        }
    }
    let bytes: u64 = counts.iter().filter(|(key, _)| key.0 == Status::Ok).map(|(_, count)| count.1).sum();
    let seconds = start.elapsed().as_secs_f64();
    for ((status, format), (files, bytes)) in &counts {
        eprintln!("{:8} {format:9} {files:6} files {bytes:10} bytes", status.code());
    }
    eprintln!("{:.1} MB/s on one thread", bytes as f64 / 1e6 / seconds);
    assert!(lossy.is_empty(), "{lossy:#?}");
}

#[test]
fn an_old_word_document_comes_out_as_a_person_reads_it() {
    // Written by LibreOffice with a heading, a note, a deletion, hidden text, a link, a table and a line end.
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/notice.doc");
    let reading = readings(&file).next().expect("one file");
    assert_eq!((reading.record.status, reading.record.format), (Status::Ok, Some("doc")), "{:?}", reading.record);
    let document = reading.document.expect("a text");
    let expected = "第一章 总则\n第一条 根据《中华人民共和国水法》，制定本办法。\n2016年7月2日修正。\n\
                    第二条 处五十万元以下罚款；见附件。\n年份\t投入（万元）\n2020\t1400\n\
                    The measures take effect on 1 June\n2021.\n";
    assert_eq!(document.text, expected);
    assert_eq!(document.title.as_deref(), Some("某某市河道管理办法"));
    let headings: Vec<_> =
        document.headings.iter().map(|heading| (heading.level, &document.text[heading.span.range()])).collect();
    assert_eq!(headings, [(1, "第一章 总则")]);
}
