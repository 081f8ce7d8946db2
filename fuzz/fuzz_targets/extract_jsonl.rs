#![no_main]

use tongwen::{
    extract::Layers,
    text::{Document, Language},
    wire::{DocumentLine, ObjectWriter, line},
};
use tongwen_fuzz::{engine, hold_section};

// A line of `extract --jsonl`: what comes out is one object of JSON for each mention.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(said) = serde_json::from_slice::<DocumentLine>(bytes) else { return };
    let document = Document {
        id: "a".into(),
        text: said.text,
        language: said.lang.as_deref().and_then(Language::from_code),
        title: said.title,
        date: said.date.and_then(|date| date.parse().ok()),
        ..Document::default()
    };
    let engine = engine();
    engine.read(&document, Layers::All, &mut engine.entities(), |section, entities| {
        hold_section(section);
        for found in &section.mentions {
            let mut out = Vec::new();
            let mut object = ObjectWriter::begin(&mut out);
            line(found, &section.frame, &engine.rules, entities).write(&mut object);
            object.end();
            let text = String::from_utf8(out).expect("UTF-8");
            assert!(text.starts_with('{') && text.ends_with('}') && !text.contains('\n'));
        }
    });
});
