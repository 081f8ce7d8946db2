//! temporary
use std::time::Instant;
use tongwen::{engine::*, extract::*, resolve::*, segment::*, text::*, value::numeral};
fn main() {
    let engine = Engine::load(None, UnknownWords::Split).unwrap();
    let dir = std::env::args().nth(1).unwrap();
    let mut docs = Vec::new();
    for s in tongwen::read::walk(&[dir.into()], &Default::default()).unwrap() {
        if let Some(d) = tongwen::read::read(&s, &tongwen::read::Metadata::none(), &Default::default()).document {
            docs.push(d);
        }
    }
    let mb = docs.iter().map(|d| d.text.len()).sum::<usize>() as f64 / 1e6;
    eprintln!("{} docs {mb:.1} MB", docs.len());
    let t = |name: &str, f: &mut dyn FnMut() -> usize| {
        let s = Instant::now();
        let n = f();
        let e = s.elapsed().as_secs_f64();
        eprintln!("{name:12} {e:.3}s {:.0} MB/s ({n})", mb / e);
    };
    t("jieba", &mut || {
        docs.iter().map(|d| d.text.lines().map(|l| engine.segmenter.jieba().cut(l, true).len()).sum::<usize>()).sum()
    });
    t("jieba nohmm", &mut || {
        docs.iter().map(|d| d.text.lines().map(|l| engine.segmenter.jieba().cut(l, false).len()).sum::<usize>()).sum()
    });
    let flows: Vec<Flow> = docs.iter().map(|d| Flow::of(&d.text)).collect();
    t("flow", &mut || docs.iter().map(|d| Flow::of(&d.text).as_str().len()).sum());
    t("offsets", &mut || docs.iter().map(|d| OffsetMap::new(&d.text).char_at(&d.text, 5) as usize).sum());
    t("sentences", &mut || {
        let mut n = 0;
        for f in &flows {
            engine.segmenter.sentences(f.as_str(), |_| n += 1);
        }
        n
    });
    t("words", &mut || {
        let mut n = 0;
        let mut s = String::new();
        for f in &flows {
            engine
                .segmenter
                .sentences(f.as_str(), |x| engine.segmenter.words(&f.as_str()[x.span.range()], &mut s, |_, _| n += 1));
        }
        n
    });
    t("numerals", &mut || flows.iter().map(|f| numeral::scan(f.as_str()).len()).sum());
    let ex = Extractor::new(&engine.rules);
    let lg = law::LawGrammar::new(&engine.rules);
    let nums: Vec<_> = flows.iter().map(|f| numeral::scan(f.as_str())).collect();
    t("laws", &mut || {
        flows
            .iter()
            .zip(&nums)
            .map(|(f, n)| {
                let mut o = Vec::new();
                lg.find(f.as_str(), n, &mut o);
                o.len()
            })
            .sum()
    });
    t("extract", &mut || flows.iter().map(|f| ex.extract(&engine.rules, f.as_str(), Layers::Top).len()).sum());
    t("read", &mut || {
        docs.iter()
            .map(|d| {
                let mut e = engine.entities();
                let mut n = 0;
                engine.read(d, Layers::Top, &mut e, |s, _| n += s.mentions.len());
                n
            })
            .sum()
    });
    t("read+tokens", &mut || {
        docs.iter()
            .map(|d| {
                let mut e = engine.entities();
                let mut n = 0;
                let mut sc = String::new();
                engine.read(d, Layers::Top, &mut e, |s, _| {
                    for i in 0..s.sentences.len() {
                        s.tokens(i, &engine, &mut sc, |_| n += 1)
                    }
                });
                n
            })
            .sum()
    });
    t("tally", &mut || {
        let mut ta = tongwen::count::Tally::new(&engine);
        for (i, d) in docs.iter().enumerate() {
            let mut e = engine.entities();
            ta.open(i as u32, d, None);
            engine.read(d, Layers::Top, &mut e, |s, e| ta.add(&engine, i as u32, s, e));
        }
        1
    });
    let _ = Entities::default();
}
