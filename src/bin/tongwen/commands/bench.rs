//! `bench`: how fast, on the user's own documents and machine.

use std::{
    hint::black_box,
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    time::Instant,
};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use tongwen::{
    Error,
    engine::Engine,
    extract::{Extractor, Layers},
    read::{self, Metadata},
    segment::{Scratch, sections},
    text::{Document, Flow, Language},
};

use crate::{
    Outcome,
    args::Bench,
    input::{self, Losses},
};

/// Each number is the median of so many runs.
const RUNS: usize = 3;
/// Seconds that a run takes at least.
const SHORTEST_RUN: f64 = 0.1;
/// Size of the built-in sample.
const SAMPLE_BYTES: usize = 2 << 20;

/// Throughput of one stage.
#[derive(Serialize)]
struct Stage {
    stage: &'static str,
    threads: usize,
    documents: usize,
    megabytes: f64,
    seconds: f64,
    megabytes_per_second: f64,
    documents_per_second: f64,
}

pub(super) fn run(args: &Bench) -> Outcome {
    let began = Instant::now();
    let engine = input::engine(&args.ruling)?;
    let loading = began.elapsed().as_secs_f64();
    let (documents, reading) = documents(args, engine)?;
    let threads = args.jobs.unwrap_or_else(rayon::current_num_threads);
    let pool = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|fault| Error::usage(format!("cannot start {threads} threads: {fault}"), "give a smaller --jobs"))
    };
    let mut stages: Vec<Stage> = reading.into_iter().collect();
    pool(1)?.install(|| stages.extend(single(engine, &documents)));
    let all: Vec<&Document> = documents.iter().collect();
    let parallel = || all.par_iter().map(|document| whole(engine, document)).sum();
    stages.push(pool(threads)?.install(|| measure("whole", threads, &all, parallel)));
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(
            out,
            "{}",
            json!({ "version": env!("CARGO_PKG_VERSION"), "load_seconds": loading, "stages": stages })
        )?;
    } else {
        table(&mut out, loading, &stages)?;
    }
    out.flush()?;
    Ok(0)
}

/// The documents in memory, and how long reading them took.
fn documents(args: &Bench, engine: &Engine) -> Result<(Vec<Document>, Option<Stage>), Error> {
    if args.inputs.is_empty() {
        return Ok((sample(engine), None));
    }
    let sources = input::sources(&args.inputs, &args.walk)?;
    let limits = input::limits(&args.walk);
    let mut documents: Vec<Document> = Vec::new();
    let mut losses = Losses::default();
    for source in &sources {
        losses.tell(input::read_documents(source, &Metadata::none(), &limits, |document| documents.push(document)));
    }
    losses.end();
    if documents.is_empty() {
        return Err(Error::usage("none of the files could be read", "give a folder with documents"));
    }
    let all: Vec<&Document> = documents.iter().collect();
    let read = || {
        let mut count = 0;
        for source in &sources {
            read::read_all(source, &Metadata::none(), &limits, &mut |reading| {
                count += usize::from(reading.document.is_some());
                ControlFlow::Continue(())
            });
        }
        count
    };
    let stage = measure("read", 1, &all, read);
    Ok((documents, Some(stage)))
}

/// The sentences of the rules, repeated: the only texts that every installation has.
fn sample(engine: &Engine) -> Vec<Document> {
    let mut documents = Vec::new();
    for language in Language::ALL {
        let rules = engine.rules.rules.iter().filter(|rule| rule.name.starts_with(language.code()));
        let text: String = rules.flat_map(|rule| &rule.entry.case).map(|case| format!("{}\n\n", case.text)).collect();
        let count = SAMPLE_BYTES / 2 / text.len().max(1);
        documents.extend((0..count).map(|n| Document {
            id: format!("{}-{n}", language.code()),
            text: text.clone(),
            ..Document::default()
        }));
    }
    documents
}

fn single(engine: &Engine, documents: &[Document]) -> Vec<Stage> {
    let all: Vec<&Document> = documents.iter().collect();
    let chinese: Vec<&Document> = all.iter().copied().filter(|document| mostly_chinese(&document.text)).collect();
    let extractor = Extractor::new(&engine.rules);
    let each = |name, work: &dyn Fn(&Document) -> usize| {
        measure(name, 1, &all, || all.iter().map(|document| work(document)).sum())
    };
    let mut stages = vec![
        each("flow", &|document| flows(document, |flow| flow.len())),
        each("flow, sentences", &|document| flows(document, |flow| sentences(engine, flow))),
        each("flow, words", &|document| flows(document, |flow| words(engine, flow))),
    ];
    if !chinese.is_empty() {
        let jieba = engine.segmenter.jieba();
        let cut = || chinese.iter().map(|document| jieba.cut(&document.text, false).len()).sum();
        stages.push(measure("(jieba alone, Chinese documents)", 1, &chinese, cut));
    }
    stages.push(each("flow, extract", &|document| {
        flows(document, |flow| extractor.extract(&engine.rules, flow, Layers::Top).len())
    }));
    stages.push(each("flow, sentences, extract, resolve", &|document| {
        let mut entities = engine.entities();
        let mut count = 0;
        engine.read(document, Layers::Top, &mut entities, |section, _| count += section.mentions.len());
        count
    }));
    stages.push(each("whole", &|document| whole(engine, document)));
    stages
}

/// All that `analyze` does with a document before it counts.
fn whole(engine: &Engine, document: &Document) -> usize {
    let mut entities = engine.entities();
    let mut scratch = Scratch::default();
    let mut count = 0;
    engine.read(document, Layers::Top, &mut entities, |section, _| {
        for sentence in 0..section.sentences.len() {
            section.tokens(sentence, engine, &mut scratch, |_| count += 1);
        }
    });
    count
}

fn flows(document: &Document, work: impl Fn(&str) -> usize) -> usize {
    sections(&document.text).map(|range| work(Flow::of(&document.text[range]).as_str())).sum()
}

fn sentences(engine: &Engine, flow: &str) -> usize {
    let mut count = 0;
    engine.segmenter.sentences(flow, |_| count += 1);
    count
}

fn words(engine: &Engine, flow: &str) -> usize {
    let (mut count, mut scratch) = (0, Scratch::default());
    engine.segmenter.words(flow, &mut scratch, |_| count += 1);
    count
}

fn mostly_chinese(text: &str) -> bool {
    let han = text.chars().take(4000).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    han * 2 > text.chars().take(4000).filter(|c| c.is_alphanumeric()).count()
}

fn measure(stage: &'static str, threads: usize, documents: &[&Document], work: impl Fn() -> usize) -> Stage {
    let time = |repeats: u32| {
        let began = Instant::now();
        for _ in 0..repeats {
            black_box(work());
        }
        began.elapsed().as_secs_f64() / f64::from(repeats)
    };
    // A small folder is read several times, for a clock has its limits. The first time warms the caches.
    let repeats = (SHORTEST_RUN / time(1).max(1e-6)).ceil().clamp(1.0, 10_000.0) as u32;
    let mut times: Vec<f64> = (0..RUNS).map(|_| time(repeats)).collect();
    times.sort_by(f64::total_cmp);
    let seconds = times[RUNS / 2].max(1e-9);
    let megabytes = documents.iter().map(|document| document.text.len()).sum::<usize>() as f64 / 1e6;
    Stage {
        stage,
        threads,
        documents: documents.len(),
        megabytes,
        seconds,
        megabytes_per_second: megabytes / seconds,
        documents_per_second: documents.len() as f64 / seconds,
    }
}

fn table(out: &mut impl Write, loading: f64, stages: &[Stage]) -> io::Result<()> {
    writeln!(out, "rules and dictionaries loaded in {:.0} ms", loading * 1e3)?;
    writeln!(
        out,
        "{:34} {:>7} {:>9} {:>8} {:>9} {:>9} {:>11}",
        "stage", "threads", "documents", "MB", "seconds", "MB/s", "documents/s"
    )?;
    for s in stages {
        writeln!(
            out,
            "{:34} {:7} {:9} {:8.2} {:9.3} {:9.1} {:11.0}",
            s.stage, s.threads, s.documents, s.megabytes, s.seconds, s.megabytes_per_second, s.documents_per_second
        )?;
    }
    Ok(())
}
