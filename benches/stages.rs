//! Which room is slow? MB/s of each stage on its own, by language, on one thread.
//!
//! `jieba-rs cut` alone on the same text is the yardstick: rates swing by a fifth from run to run and from machine
//! to machine, ratios to it much less.

mod corpus;

use std::{hint::black_box, time::Duration};

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use tongwen::{
    count::Tally,
    engine::Engine,
    extract::{Extractor, Layers},
    resolve::{Clock, Context, TitleIndex, resolve},
    ruleset,
    segment::{Scratch, UnknownWords},
    text::{Document, Flow, OffsetMap},
    value::numeral,
};

const SAMPLE_BYTES: usize = 1 << 20;

fn stages(criterion: &mut Criterion) {
    let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
    for language in ["zh", "en"] {
        let documents = corpus::sample(language, SAMPLE_BYTES);
        let mut group = criterion.benchmark_group(language);
        group.throughput(Throughput::BytesDecimal(corpus::size(&documents)));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        yardstick(&mut group, &engine, &documents);
        segmenting(&mut group, &engine, &documents);
        extracting(&mut group, &engine, &documents);
        together(&mut group, &engine, &documents);
        group.finish();
    }
}

fn yardstick(group: &mut BenchmarkGroup<'_, WallTime>, engine: &Engine, documents: &[Document]) {
    let jieba = engine.segmenter.jieba();
    for (name, guess) in [("jieba-rs cut, HMM", true), ("jieba-rs cut, no HMM", false)] {
        group.bench_function(name, |b| {
            b.iter(|| {
                documents
                    .iter()
                    .flat_map(|d| d.text.lines())
                    .map(|line| jieba.cut(black_box(line), guess).len())
                    .sum::<usize>()
            });
        });
    }
}

fn segmenting(group: &mut BenchmarkGroup<'_, WallTime>, engine: &Engine, documents: &[Document]) {
    group.bench_function("flow", |b| {
        b.iter(|| documents.iter().map(|d| Flow::of(black_box(&d.text)).as_str().len()).sum::<usize>())
    });
    group.bench_function("offsets", |b| {
        b.iter(|| documents.iter().map(|d| OffsetMap::new(black_box(&d.text)).char_at(&d.text, d.text.len())).max());
    });
    let flows: Vec<Flow<'_>> = documents.iter().map(|d| Flow::of(&d.text)).collect();
    group.bench_function("sentences", |b| {
        b.iter(|| {
            let mut sentences = 0_usize;
            for flow in &flows {
                engine.segmenter.sentences(black_box(flow.as_str()), |_| sentences += 1);
            }
            sentences
        });
    });
    group.bench_function("words", |b| {
        let mut scratch = Scratch::default();
        b.iter(|| {
            let mut words = 0_usize;
            for flow in &flows {
                engine.segmenter.words(black_box(flow.as_str()), &mut scratch, |_| words += 1);
            }
            words
        });
    });
}

fn extracting(group: &mut BenchmarkGroup<'_, WallTime>, engine: &Engine, documents: &[Document]) {
    let rules = &engine.rules;
    let (extractor, titles) = (Extractor::new(rules), TitleIndex::new(rules));
    let flows: Vec<Flow<'_>> = documents.iter().map(|d| Flow::of(&d.text)).collect();
    group.bench_function("numerals", |b| {
        b.iter(|| flows.iter().map(|f| numeral::scan(black_box(f.as_str())).len()).sum::<usize>())
    });
    group.bench_function("dates and figures", |b| {
        b.iter(|| flows.iter().map(|f| extractor.dates_and_figures(rules, black_box(f.as_str())).len()).sum::<usize>());
    });
    group.bench_function("extract", |b| {
        b.iter(|| {
            flows.iter().map(|f| extractor.extract(rules, black_box(f.as_str()), Layers::Top).len()).sum::<usize>()
        });
    });
    let mentions: Vec<_> = flows.iter().map(|f| extractor.extract(rules, f.as_str(), Layers::Top)).collect();
    group.bench_function("resolve", |b| {
        b.iter_batched(
            || mentions.clone(),
            |mentions| {
                let mut resolved = 0;
                for ((document, flow), found) in documents.iter().zip(&flows).zip(mentions) {
                    let mut entities = engine.entities();
                    let mut context = Context::for_document(document, rules, &titles, &mut entities);
                    let mut all = resolve(flow.as_str(), found, rules, &titles, &mut entities, &mut context);
                    Clock::new(document.date, document.title.as_deref()).resolve(rules, flow.as_str(), &mut all);
                    resolved += all.len();
                }
                resolved
            },
            BatchSize::LargeInput,
        );
    });
}

fn together(group: &mut BenchmarkGroup<'_, WallTime>, engine: &Engine, documents: &[Document]) {
    group.bench_function("read: flow to resolved mentions", |b| {
        b.iter(|| {
            let mut mentions = 0;
            for document in documents {
                engine.read(document, Layers::Top, &mut engine.entities(), |section, _| {
                    mentions += section.mentions.len()
                });
            }
            mentions
        });
    });
    group.bench_function("read and count", |b| {
        b.iter(|| {
            let mut tally = Tally::new(engine);
            for (ix, document) in (0..).zip(documents) {
                tally.open(ix, document, None);
                engine.read(document, Layers::Top, &mut engine.entities(), |section, local| {
                    tally.add(engine, ix, section, local)
                });
            }
            tally
        });
    });
}

/// Texts that are nothing but what numbers are made of: a byte of them may cost no more than twice one of real text.
fn worst_texts(criterion: &mut Criterion) {
    let rules = ruleset::load(None).expect("the built-in rules load");
    let extractor = Extractor::new(&rules);
    let mut group = criterion.benchmark_group("dates and figures of bare");
    group.throughput(Throughput::BytesDecimal(SAMPLE_BYTES as u64));
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (name, unit) in [
        ("digits", "7"),
        ("digits and blanks", "7 "),
        ("digits and points", "1.2."),
        ("一", "一"),
        ("亿", "亿"),
        ("一亿", "一亿"),
        ("一年", "一年"),
        ("thousand", "one thousand "),
        ("and", "two and "),
        ("至", "3至"),
        ("percent", "5% "),
    ] {
        let text = unit.repeat(SAMPLE_BYTES / unit.len());
        group.bench_function(name, |b| b.iter(|| extractor.dates_and_figures(&rules, black_box(&text)).len()));
    }
    group.finish();
}

criterion_group!(benches, stages, worst_texts);
criterion_main!(benches);
