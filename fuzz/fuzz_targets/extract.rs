#![no_main]

use tongwen::extract::Layers;

libfuzzer_sys::fuzz_target!(|text: &str| {
    tongwen_fuzz::extract(text, Layers::Top);
    tongwen_fuzz::extract(text, Layers::All);
});
