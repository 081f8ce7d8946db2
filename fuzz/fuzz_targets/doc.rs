#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tongwen_fuzz::read("a.doc", bytes));
