//! temporary
use tongwen::{engine::Engine, pipeline::*, read::*, segment::UnknownWords};
struct W(std::time::Instant);
impl Watch for W {
    fn found(&self, f: u64, b: u64) {
        eprintln!("{f} files {b} bytes")
    }
    fn done(&self, _: &FileRecord) {}
    fn stage(&self, n: &str) {
        eprintln!("{:.2} {n}", self.0.elapsed().as_secs_f64())
    }
    fn stopped(&self) -> Option<i32> {
        None
    }
    fn seconds(&self) -> f64 {
        0.0
    }
}
fn main() {
    let w = W(std::time::Instant::now());
    let a: Vec<String> = std::env::args().collect();
    let engine = Engine::load(None, UnknownWords::Split).unwrap();
    eprintln!("{:.2} loaded", w.0.elapsed().as_secs_f64());
    let s = Settings {
        inputs: a[2..].iter().map(Into::into).collect(),
        out: a[1].clone().into(),
        metadata: Metadata::none(),
        walk: WalkOptions::default(),
        limits: Limits::default(),
        group_by: None,
        threads: std::env::var("T").map_or(0, |t| t.parse().unwrap()),
        parameters: Default::default(),
    };
    let o = analyze(&engine, &s, &w).unwrap();
    eprintln!(
        "{:.2} {} ok {} partial {} error {} skip {}",
        w.0.elapsed().as_secs_f64(),
        o.found,
        o.ok,
        o.partial,
        o.error,
        o.skip
    );
}
