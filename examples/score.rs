//! temporary
use std::io::{BufRead, Write};
use tongwen::{engine::Engine, extract::Layers, segment::UnknownWords, text::Document, wire};
fn main() {
    let nested = std::env::args().nth(1).as_deref() == Some("--nested");
    let engine = match Engine::load(None, UnknownWords::Split) {
        Ok(e) => e,
        Err(e) => {
            eprintln!("{e:?}");
            std::process::exit(2)
        }
    };
    let out = std::io::stdout();
    let mut out = out.lock();
    for line in std::io::stdin().lock().lines() {
        let d: wire::DocumentLine = serde_json::from_str(&line.unwrap()).unwrap();
        let document =
            Document { text: d.text, date: d.date.and_then(|d| d.parse().ok()), title: d.title, ..Document::default() };
        let mut entities = engine.entities();
        let mut lines = Vec::new();
        engine.read(&document, if nested { Layers::All } else { Layers::Top }, &mut entities, |s, e| {
            for m in &s.mentions {
                lines.push(serde_json::to_value(wire::line(m, &s.frame, &engine.rules, e)).unwrap());
            }
        });
        writeln!(out, "{}", serde_json::json!({"id": d.id, "mentions": lines})).unwrap();
    }
}
