//! How fast is a run? From files on disk to a finished report folder, in MB/s, by language and number of threads.

mod corpus;
mod run;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tongwen::{engine::Engine, report::Formats, segment::UnknownWords};

const SAMPLE_BYTES: usize = 4 << 20;

fn pipeline(criterion: &mut Criterion) {
    let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for language in ["zh", "en"] {
        let documents = corpus::sample(language, SAMPLE_BYTES);
        let folder = run::folder_of(&documents);
        let mut group = criterion.benchmark_group(format!("analyze/{language}"));
        group.throughput(Throughput::BytesDecimal(corpus::size(&documents)));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(8));
        for threads in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n <= cores) {
            group.bench_function(BenchmarkId::new("threads", threads), |b| {
                b.iter(|| run::analyze(&engine, folder.path(), Formats::ALL, threads))
            });
        }
        group.finish();
    }
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
