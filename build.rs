//! Lays out the Chinese dictionary as a trie, so that the program need not do it at each start.

#[path = "src/segment/trie.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod trie;

use std::{env, fs, path::PathBuf};

const DICTIONARY: &str = "dictionary/jieba.txt";

fn main() {
    println!("cargo::rerun-if-changed={DICTIONARY}");
    println!("cargo::rerun-if-changed=src/segment/trie.rs");
    let text = fs::read_to_string(DICTIONARY).unwrap_or_else(|e| panic!("cannot read {DICTIONARY}: {e}"));
    let mut words = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let frequency = parts.next().and_then(|n| n.parse().ok());
        let frequency: u32 = frequency.unwrap_or_else(|| panic!("{DICTIONARY}: a line begins with a number: {line}"));
        words.extend(parts.map(|word| (word, frequency)));
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(folder.join("dictionary.trie"), trie::Trie::build(&words).to_bytes()).expect("OUT_DIR can be written");
}
