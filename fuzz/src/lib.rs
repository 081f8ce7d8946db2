//! What must hold for every input: nothing panics, every file has its record, and every place lies in its text.

use std::{ops::ControlFlow, sync::OnceLock};

use tongwen::{
    engine::{Engine, Section},
    extract::Layers,
    read::{Fetched, Limits, Metadata, Reading, Status},
    segment::UnknownWords,
    text::Document,
};

/// The built-in rules and dictionary.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(None, UnknownWords::Split).expect("the built-in rules load"))
}

/// Reads bytes as a file of that name.
pub fn read(name: &str, bytes: &[u8]) {
    let (metadata, limits) = (Metadata::none(), Limits::default());
    let fetched = || Fetched::given(name, bytes.to_vec());
    let mut readings = vec![];
    if name.ends_with(".zip") || name.ends_with(".gz") || ["csv", "jsonl", "parquet"].iter().any(|e| name.ends_with(e))
    {
        fetched().unpack(&limits, &mut |member| {
            readings.push(member.read(&metadata, &limits));
            ControlFlow::Continue(())
        });
    } else {
        readings.push(fetched().read(&metadata, &limits));
    }
    readings.iter().for_each(hold);
}

fn hold(reading: &Reading) {
    let Reading { record, document } = reading;
    assert_eq!(document.is_some(), matches!(record.status, Status::Ok | Status::Partial), "{record:?}");
    assert_eq!(record.reason.is_some(), record.status != Status::Ok, "{record:?}");
    let Some(document) = document else { return };
    let mut before = 0;
    for heading in &document.headings {
        assert!(document.text.get(heading.span.range()).is_some(), "{heading:?}");
        assert!(before <= heading.span.start());
        before = heading.span.start();
    }
}

/// Finds the mentions of a text; they lie in it, in order, and never cross.
pub fn extract(text: &str, layers: Layers) {
    let document = Document { id: "a".into(), text: text.into(), ..Document::default() };
    let lost = engine().read(&document, layers, &mut engine().entities(), |section, _| hold_section(section));
    assert_eq!(lost, 0);
}

/// What holds for a section that was read.
pub fn hold_section(section: &Section<'_>) {
    let flow = section.frame.flow.as_str();
    let spans: Vec<_> = section.mentions.iter().map(|found| found.mention.span).collect();
    for span in &spans {
        assert!(flow.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?}");
        assert!(section.frame.text.get(section.frame.original(*span).range()).is_some());
    }
    for pair in spans.windows(2) {
        assert!(pair[0].start() <= pair[1].start() && !pair[0].crosses(pair[1]), "{pair:?}");
    }
}
