#![no_main]

use tongwen::{ruleset::pattern::Pattern, segment::UnknownWords};

// The pattern language by itself, and a whole file of rules laid over the built-in ones: an error, or a ruleset.
libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Pattern::new(text, &|name| (!name.is_empty()).then_some(0), text.len() % 2 == 0);
    if !text.starts_with('[') && !text.contains("[[rule]]") {
        return;
    }
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::create_dir(folder.path().join("zh")).expect("a writable folder");
    std::fs::write(folder.path().join("zh/date.toml"), text).expect("written");
    let _ = tongwen::engine::Engine::load(Some(folder.path()), UnknownWords::Split);
});
