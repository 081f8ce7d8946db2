//! Does the guide tell the truth? Every worked example of `docs/RULES.md` is laid out as an overlay, as a reader would
//! type it, and every row of its tables must come out with it, and not without it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tongwen::{check, engine::Engine, extract::Layers, segment::UnknownWords, text::Document, wire};

/// The examples: files by path below the overlay, and what is promised of them.
#[derive(Default)]
struct Guide {
    files: BTreeMap<PathBuf, String>,
    promises: Vec<Promise>,
}

/// Text, found words, kind, value, modifier.
type Promise = [String; 5];

fn guide() -> Guide {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/RULES.md");
    let text = fs::read_to_string(path).expect("the guide is there");
    let mut guide = Guide::default();
    let mut lines = text.lines().skip_while(|line| !line.starts_with("## Example 1"));
    let mut file = None;
    while let Some(line) = lines.next() {
        if let Some(name) = line.split_once("`mine/").and_then(|(_, rest)| rest.split_once('`')) {
            file = Some(PathBuf::from(name.0));
        } else if line.starts_with("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            let file = file.take().unwrap_or_else(|| panic!("no file is named before {block:?}"));
            let text = guide.files.entry(file).or_default();
            text.push_str(&block.join("\n").replace('→', "\t"));
            text.push('\n');
        } else if let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix('|')) {
            let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
            if cells[0] != "text" && cells[0] != "---" {
                guide.promises.push(cells.try_into().unwrap_or_else(|cells| panic!("five cells: {cells:?}")));
            }
        }
    }
    guide
}

/// Found words, kind, value and modifier of all mentions.
fn mentions(engine: &Engine, text: &str) -> Vec<[String; 4]> {
    let document = Document { text: text.to_owned(), ..Document::default() };
    let mut found = Vec::new();
    engine.read(&document, Layers::Top, &mut engine.entities(), |section, entities| {
        for mention in &section.mentions {
            let line = wire::line(mention, &section.frame, &engine.rules, entities);
            let modifier = line.modifier.map_or("", tongwen::value::Modifier::code);
            found.push([line.text, line.kind, line.value.as_deref().unwrap_or_default(), modifier].map(str::to_owned));
        }
    });
    found
}

#[test]
fn the_worked_examples_of_the_guide_do_what_it_says() {
    let guide = guide();
    assert!(guide.files.len() >= 4 && guide.promises.len() >= 8, "the guide has lost its examples");
    let folder = TempDir::new().unwrap();
    for (path, text) in &guide.files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let plain = Engine::load(None, UnknownWords::Split).unwrap();
    let laid_over = Engine::load(Some(folder.path()), UnknownWords::Split).unwrap_or_else(|fault| panic!("{fault}"));
    let wrong = check::check(&laid_over).wrong;
    assert!(wrong.is_empty(), "{wrong:#?}");
    for [text, words, kind, value, modifier] in guide.promises {
        let promised = [words, kind, value, modifier];
        let found = mentions(&laid_over, &text);
        assert!(found.contains(&promised), "{text}: {promised:?} is not among {found:?}");
        if promised[1] != "article_ref" {
            assert!(!mentions(&plain, &text).contains(&promised), "{text}: found without the example, too");
        }
    }
}
