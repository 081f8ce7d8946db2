#![no_main]

use tongwen::store::{Analysis, Key, Store, known};
use tongwen_fuzz::{engine, hold_section};

// Bytes as an entry whose digest is right, and as the file of the store.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(Analysis { document: Some(document), sections, .. }) = Analysis::from_bytes(bytes) {
        let found = known(engine(), sections);
        engine().read_with(found, || true, &document, &mut engine().entities(), |section, _| hold_section(section));
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        let folder = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(folder.path().join(".tongwen.store"), bytes).expect("written");
        let store = Store::open(folder.path());
        let key = Key::of(&[b"a"]);
        assert_eq!(store.get(&key), None);
        store.put(vec![(key, b"entry".to_vec())]);
        assert!(store.get(&key).is_none_or(|entry| entry == b"entry"));
    }
});
