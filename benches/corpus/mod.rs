//! The text that the benches read: a sample of the shared corpus, spread over all of it, or `inputs/` repeated.
//!
//! The shared corpus is not part of the package (`TONGWEN_SHARED` names the folder it stands in), so rates of two
//! machines compare only where both have it.

use std::path::{Path, PathBuf};

use tongwen::{
    read::{Limits, Metadata, WalkOptions, read, walk},
    text::Document,
};

/// About `bytes` bytes of documents of a language (`zh` or `en`).
pub(crate) fn sample(language: &str, bytes: usize) -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("TONGWEN_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let corpus = shared.join("corpus").join(language);
    if corpus.is_dir() {
        spread(documents(&corpus), bytes)
    } else {
        repeated(documents(&root.join("inputs")), language, bytes)
    }
}

/// Bytes of text.
pub(crate) fn size(documents: &[Document]) -> u64 {
    documents.iter().map(|d| d.text.len() as u64).sum()
}

fn documents(folder: &Path) -> Vec<Document> {
    let sources = walk(&[folder.to_owned()], &WalkOptions::default()).expect("the folder is there");
    sources.iter().filter_map(|source| read(source, &Metadata::none(), &Limits::default()).document).collect()
}

/// Every n-th document, so that all parts of the corpus are among them.
fn spread(documents: Vec<Document>, bytes: usize) -> Vec<Document> {
    let step = usize::try_from(size(&documents)).map_or(1, |all| all.div_ceil(bytes)).max(1);
    documents.into_iter().step_by(step).collect()
}

fn repeated(documents: Vec<Document>, language: &str, bytes: usize) -> Vec<Document> {
    let mark = format!(".{language}");
    let chosen: Vec<Document> = documents.into_iter().filter(|d| d.id.contains(&mark)).collect();
    let once = usize::try_from(size(&chosen)).unwrap_or(1).max(1);
    let all = chosen.iter().cycle().take(chosen.len() * bytes.div_ceil(once));
    all.enumerate().map(|(number, d)| Document { id: format!("{number}-{}", d.id), ..d.clone() }).collect()
}
