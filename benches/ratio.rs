//! What does the whole run cost, measured in Chinese segmentation? CPU time of `analyze` (files in, report folder
//! out, one thread) over CPU time of `jieba-rs cut` alone on the same text.
//!
//! A rate in MB/s says as much about the machine as about the program. So both are measured in one process, in
//! interleaved pairs, as CPU time, and the median of the ratios is the number to publish.
//!
//! `cargo bench --bench ratio [-- MEGABYTES [PAIRS [FORMAT...]]]`, 16, 7 and all formats unless told otherwise.
#![expect(clippy::print_stdout, reason = "the result is for the person who runs it")]

mod corpus;
mod run;

use std::{fs, hint::black_box, sync::OnceLock, time::Instant};

use jieba_rs::Jieba;
use tongwen::{
    engine::Engine,
    report::{Format, Formats},
    segment::UnknownWords,
    text::Document,
};

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let smoke = std::env::args().any(|argument| argument == "--test");
    let megabytes = numbers.first().copied().unwrap_or(if smoke { 1 } else { 16 });
    let pairs = numbers.get(1).copied().unwrap_or(if smoke { 1 } else { 7 }).max(1);
    let named = |format: &Format| std::env::args().any(|argument| argument == format.name());
    let asked: Vec<Format> = Format::ALL.into_iter().filter(named).collect();
    let formats = if asked.is_empty() { Formats::ALL } else { asked.into_iter().collect() };
    let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
    let jieba = Jieba::new();
    let documents = corpus::sample("zh", megabytes * 1_000_000);
    let size = corpus::size(&documents) as f64 / 1e6;
    let folder = run::folder_of(&documents);
    println!(
        "{} documents, {size:.1} MB of Chinese text, {pairs} pairs, one thread, CPU time, {}",
        documents.len(),
        formats.names().join(" ")
    );
    println!("{:>12} {:>12} {:>14} {:>8} {:>8}", "analyze MB/s", "cut HMM MB/s", "cut plain MB/s", "/ HMM", "/ plain");
    cut(&jieba, &documents, true);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        // Who goes first takes turns, since the first one warms the caches for the other.
        let (analyze, hmm) = if pair % 2 == 0 {
            let analyze = seconds(|| run::analyze(&engine, folder.path(), formats, 1));
            (analyze, seconds(|| cut(&jieba, &documents, true)))
        } else {
            let hmm = seconds(|| cut(&jieba, &documents, true));
            (seconds(|| run::analyze(&engine, folder.path(), formats, 1)), hmm)
        };
        let plain = seconds(|| cut(&jieba, &documents, false));
        println!(
            "{:12.1} {:12.1} {:14.1} {:8.3} {:8.3}",
            size / analyze,
            size / hmm,
            size / plain,
            hmm / analyze,
            plain / analyze
        );
        with.push(hmm / analyze);
        without.push(plain / analyze);
    }
    println!(
        "rate of the whole run over jieba-rs cut alone, median: {:.3} (HMM), {:.3} (no HMM)",
        median(with),
        median(without)
    );
}

fn cut(jieba: &Jieba, documents: &[Document], guess: bool) -> usize {
    documents.iter().flat_map(|d| d.text.lines()).map(|line| jieba.cut(black_box(line), guess).len()).sum()
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = cpu_seconds();
    black_box(work());
    (cpu_seconds() - start).max(0.01)
}

/// CPU time of the process, all threads; wall time where the system does not say.
fn cpu_seconds() -> f64 {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let begin = BEGIN.get_or_init(Instant::now);
    process_ticks().map_or_else(|| begin.elapsed().as_secs_f64(), |ticks| ticks as f64 / 100.0)
}

/// User and system time in hundredths of a second: fields 14 and 15 of `/proc/self/stat`, see proc(5).
fn process_ticks() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = &stat[stat.rfind(')')? + 1..];
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
