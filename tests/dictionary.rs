//! Chinese words are those of jieba-rs, which takes its own way to them: on written cases, on generated text, and on
//! the corpus beside the project where it is there.
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::sync::OnceLock;

use jieba_rs::Jieba;
use proptest::prelude::*;
use tongwen::{
    engine::Engine,
    segment::{Scratch, Segmenter, UnknownWords},
    text::Language,
};

#[test]
fn well_known_cuts() {
    for text in [
        "违反本法第二十一条第一款规定的，由有关主管部门责令改正",
        "结婚的和尚未结婚的",
        "中华人民共和国网络安全法和个人信息保护法",
        "在T恤上印1号店和AA制，3%-5%的C++程序员.net",
        "二〇二四年一百二十万亿元",
        "㐀㐁𠀀𪛖𫠠龥龦鿿豈丽",
        "国务院，〇",
        "",
    ] {
        same(text);
    }
}

#[test]
fn the_corpus_word_by_word() {
    let Some(folder) = corpus() else {
        println!("skipped: no corpus in ../shared (or TONGWEN_SHARED)");
        return;
    };
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "txt" || e == "md"))
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    // Every seventh file will do: it is a million words.
    let texts = files.iter().step_by(7).filter_map(|file| std::fs::read_to_string(file).ok());
    let lines: usize = texts.map(|text| text.lines().map(same).count()).sum();
    assert!(lines > 0, "the corpus has no text");
    println!("{lines} lines are cut alike");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text(text in "([一-龥]{1,12}|[a-z0-9%.+-]{1,3}|第|条|国家|[\u{3400}-\u{4dbf}\u{20000}-\u{20010}]|[，。《》 ]){0,20}") {
        same(&text);
    }
}

/// Cuts a line both ways.
fn same(line: &str) {
    let (segmenter, jieba) = loaded();
    let mut scratch = Scratch::default();
    let mut ours: Vec<String> = Vec::new();
    segmenter.words(line, &mut scratch, |word| {
        if word.language == Language::Zh {
            ours.push(word.text().to_owned());
        }
    });
    let theirs: Vec<String> = han_runs(line)
        .flat_map(|run| jieba.cut(run, false))
        .map(|token| token.word.to_owned())
        .filter(|word| {
            word.starts_with(is_han) && !word.chars().all(|c| "〇零一二三四五六七八九十百千万亿两萬億兩".contains(c))
        })
        .collect();
    assert_eq!(ours, theirs, "in {line:?}");
}

/// Chinese runs end at a letter, which belongs to a run of its own.
fn han_runs(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{3ff}').contains(&c))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn loaded() -> &'static (Segmenter, Jieba) {
    static LOADED: OnceLock<(Segmenter, Jieba)> = OnceLock::new();
    LOADED.get_or_init(|| {
        let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
        let jieba = engine.segmenter.jieba();
        (engine.segmenter, jieba)
    })
}

fn corpus() -> Option<std::path::PathBuf> {
    let shared = std::env::var_os("TONGWEN_SHARED").map_or_else(
        || std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        std::path::PathBuf::from,
    );
    Some(shared.join("corpus/zh")).filter(|folder| folder.is_dir())
}
