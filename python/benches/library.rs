//! The mentions of a file of texts by the library alone, for `ratio.py`, which measures this process.
//!
//! `library FILE`: FILE holds texts with NUL between them. Every line of the input asks for one pass over all of them:
//! `found` looks at each mention, `written` also writes it as a line of JSON. The answer is how many there were.
#![expect(clippy::print_stdout, reason = "the answer goes to the program that asks")]

use std::{fs, hint::black_box, io};

use tongwen::{
    engine::Engine,
    extract::Layers,
    segment::UnknownWords,
    wire::{self, DocumentLine, ObjectWriter},
};

fn main() {
    let path = std::env::args().nth(1).expect("a file of texts");
    let texts = fs::read_to_string(path).expect("a file of UTF-8");
    let engine = Engine::load(None, UnknownWords::Split).expect("the built-in rules load");
    println!("ready");
    for order in io::stdin().lines() {
        let written = order.expect("an order").trim() == "written";
        println!("{}", texts.split('\0').map(|text| mentions(&engine, text, written)).sum::<usize>());
    }
}

fn mentions(engine: &Engine, text: &str, written: bool) -> usize {
    let line = DocumentLine { id: "-".into(), text: text.to_owned(), lang: None, date: None, title: None };
    let document = line.into_document().0;
    let (mut count, mut out, mut entities) = (0, Vec::new(), engine.entities());
    engine.read(&document, Layers::Top, &mut entities, |section, entities| {
        for found in &section.mentions {
            count += 1;
            if written {
                let mut object = ObjectWriter::begin(&mut out);
                wire::line(found, &section.frame, &engine.rules, entities).write(&mut object);
                object.end();
            } else {
                black_box(found);
            }
        }
    });
    black_box(out);
    count
}
