//! Lays out the Chinese dictionary as a trie, so that the program need not do it at each start.

#[path = "src/segment/trie.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod trie;

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

const DICTIONARY: &str = "dictionary/jieba.txt";
const WORDS: &str = "rules/zh/words.txt";
const REGISTRY: [&str; 2] = ["rules/registry/laws.tsv", "rules/registry/added.tsv"];

fn main() {
    println!("cargo::rustc-env=TONGWEN_SOURCE={:016x}", digest_of_source());
    let [text, own, registry, added] = [DICTIONARY, WORDS, REGISTRY[0], REGISTRY[1]].map(|file| {
        println!("cargo::rerun-if-changed={file}");
        fs::read_to_string(file).unwrap_or_else(|e| panic!("cannot read {file}: {e}"))
    });
    let mut words = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let frequency = parts.next().and_then(|n| n.parse().ok());
        let frequency: u32 = frequency.unwrap_or_else(|| panic!("{DICTIONARY}: a line begins with a number: {line}"));
        words.extend(parts.map(|word| (word, frequency)));
    }
    let mut trie = trie::Trie::build(&words);
    let mut room = None;
    for word in titles(&registry).chain(titles(&added)).filter(|title| trie::is_added_title(title)).chain(listed(&own))
    {
        trie.add(word, trie::ADDED_FREQUENCY, &mut room);
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(folder.join("dictionary.trie"), trie.to_bytes()).expect("OUT_DIR can be written");
}

/// A digest of all that decides what the program does, for the analyses that it keeps: another program, another digest.
fn digest_of_source() -> u64 {
    let mut digest = DefaultHasher::new();
    let mut paths: Vec<PathBuf> =
        ["Cargo.toml", "Cargo.lock", "build.rs", "dictionary", "quality", "src"].map(PathBuf::from).into();
    while let Some(path) = paths.pop() {
        println!("cargo::rerun-if-changed={}", path.display());
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
            let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            paths.extend(inside);
        } else if let Ok(bytes) = fs::read(&path) {
            (path.as_os_str().as_encoded_bytes(), bytes).hash(&mut digest);
        }
    }
    digest.finish()
}

/// Chinese titles and short forms of the registry.
fn titles(table: &str) -> impl Iterator<Item = &str> {
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = move |name| {
        names.iter().position(|n| *n == name).unwrap_or_else(|| panic!("a table of the registry has no {name}"))
    };
    let columns = [column("title_zh"), column("aliases_zh")];
    lines
        .flat_map(move |line| columns.map(|at| line.split('\t').nth(at).unwrap_or_default()))
        .flat_map(|s| s.split('|'))
}

/// Words of a list, one a line; a # begins a comment.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|word| !word.is_empty())
}
