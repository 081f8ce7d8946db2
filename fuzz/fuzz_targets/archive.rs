#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tongwen_fuzz::read("a.zip", bytes);
    tongwen_fuzz::read("a.tar.gz", bytes);
    tongwen_fuzz::read("a.txt.gz", bytes);
});
