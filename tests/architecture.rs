//! Do the arrows point down? Reads `src/` and names file and line where a module looks upward.
//!
//! The floors are those of `docs/ARCHITECTURE.md`: a stage uses the stages before it, never those after it. If a
//! change here is wanted because something "must" look up, the type lives on the wrong floor.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Module of the crate root → floor. A module may use every lower floor and itself.
const FLOORS: &[(&str, u8)] = &[
    ("error", 0),
    ("text", 1),
    ("value", 2),
    ("ruleset", 3),
    ("read", 4),
    ("segment", 5),
    ("extract", 6),
    ("resolve", 7),
    ("wire", 8),
    ("engine", 9),
    ("count", 10),
    ("store", 10),
    ("report", 11),
    ("pipeline", 12),
    ("check", 13),
    ("eval", 13),
    ("bin", 14),
];

/// Modules that may use less than everything below them.
const ONLY: &[(&str, &[&str])] = &[
    // Spans and languages only; `value` numerals find them in text.
    ("text", &["error"]),
    ("value", &["error", "text"]),
    // A reader turns bytes into text; it has no opinion on what the text says.
    ("read", &["error", "text"]),
    // A report shows rows; it never reads a document again.
    ("report", &["error", "text", "value", "read", "count"]),
];

/// The doors: only here are files opened (`bin` is a door too).
const DOORS: &[&str] = &[
    "read/",
    "ruleset/load.rs",
    "report/output.rs",
    "store/file.rs",
    "bin/",
    "check.rs",
    "check/",
    "eval.rs",
    "eval/",
];

/// Longer than this, a file holds two ideas.
const LONGEST_FILE: usize = 20 << 10;

/// Files that are longer all the same, with the bytes they may have. To be split; never to grow.
const LONGER: &[(&str, usize)] = &[("ruleset/pattern.rs", 22_000)];

/// Names that wait for an idea.
const NAMELESS: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];

#[test]
fn every_stage_uses_only_the_stages_before_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((module, floor)) = source.floor() else {
            wrong.push(format!(
                "{}:1: no floor for this module; say in tests/architecture.rs where it stands",
                source.name
            ));
            continue;
        };
        for (line, target) in source.references() {
            if target == module || target == "bin" {
                continue;
            }
            // In the program `crate::` means the program's own modules; the library is `tongwen::`.
            if module == "bin" {
                continue;
            }
            let Some(below) = floor_of(&target) else {
                wrong.push(format!("{}:{line}: no floor for `crate::{target}`", source.name));
                continue;
            };
            if below >= floor {
                wrong.push(format!(
                    "{}:{line}: {module} (floor {floor}) looks up to {target} (floor {below})",
                    source.name
                ));
            } else if let Some((_, only)) = ONLY.iter().find(|(name, _)| *name == module)
                && !only.contains(&target.as_str())
            {
                wrong.push(format!("{}:{line}: {module} may use only {}, not {target}", source.name, only.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that do not point down:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_doors_open_files() {
    let mut wrong = Vec::new();
    for source in sources() {
        if DOORS.iter().any(|door| source.name.starts_with(door)) {
            continue;
        }
        for (number, line) in source.code.lines().enumerate() {
            // These read on in a file that is open.
            let line = line.replace("os::unix::fs::", "").replace("os::windows::fs::", "");
            if ["std::fs", "fs::", "File::open", "File::create"].iter().any(|call| line.contains(call)) {
                wrong.push(format!("{}:{}: {}", source.name, number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "files are opened away from the doors:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_has_a_name_and_says_why_it_is_there() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.name.split(['/', '.']).any(|part| NAMELESS.contains(&part)) {
            wrong.push(format!("{}: an idea waiting for its name", source.name));
        }
        if !source.whole.starts_with("//! ") {
            wrong.push(format!("{}:1: begins without `//!` and what the file decides", source.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut wrong = Vec::new();
    for source in sources() {
        let bytes = source.whole.len();
        let limit = LONGER.iter().find(|(name, _)| *name == source.name).map_or(LONGEST_FILE, |(_, bytes)| *bytes);
        if bytes > limit {
            wrong.push(format!("{}: {bytes} bytes, more than {limit}", source.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The check itself must see what it looks for, else it is green for ever.
#[test]
fn an_upward_arrow_is_seen_in_every_spelling() {
    let code = "//! x\nuse crate::{\n    text::Span,\n    resolve::{self, Link},\n};\nfn f() { super::super::wire::line(); }\n\
                // crate::count::Tally\nconst S: &str = \"crate::report\";\n\
                #[cfg(test)]\nmod tests {\n    use crate::pipeline::Run;\n}\n";
    let source = Source::new("extract/law/mod.rs".into(), code.to_owned());
    let found: Vec<(usize, String)> = source.references();
    let found: Vec<(usize, &str)> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(found, [(3, "text"), (4, "resolve"), (6, "wire")]);
}

/// A file of `src/`.
struct Source {
    /// Its path below `src/`, with `/`.
    name: String,
    /// As it stands.
    whole: String,
    /// The same lines without comments, strings and tests.
    code: String,
}

impl Source {
    fn new(name: String, whole: String) -> Self {
        let code = without_tests(&without_words(&whole));
        Self { name, whole, code }
    }

    /// The crate's module to which it belongs, and its floor; `lib.rs` only lists modules.
    fn floor(&self) -> Option<(&str, u8)> {
        let module = self.name.split(['/', '.']).next()?;
        let floor = if module == "lib" { u8::MAX } else { floor_of(module)? };
        Some((module, floor))
    }

    /// How many modules deep its items are: 2 for `extract/law/mod.rs`.
    fn depth(&self) -> usize {
        let path = self.name.strip_suffix(".rs").unwrap_or(&self.name);
        let path = path.strip_suffix("/mod").unwrap_or(path);
        path.split('/').count()
    }

    /// Line and name of every module of the crate root that it uses.
    fn references(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let up = "super::".repeat(self.depth());
        for root in ["crate::", up.as_str()] {
            for (at, _) in self.code.match_indices(root) {
                let before = self.code[..at].chars().next_back();
                if before.is_some_and(|c| c == '_' || c == ':' || c.is_alphanumeric()) {
                    continue;
                }
                for (inside, name) in heads(&self.code[at + root.len()..]) {
                    let line = 1 + self.code[..at + root.len() + inside].matches('\n').count();
                    // Types that lib.rs hands on (`crate::Error`) live on the lowest floor.
                    let name = if name.starts_with(char::is_uppercase) { "error" } else { name };
                    if name != "super" {
                        found.push((line, name.to_owned()));
                    }
                }
            }
        }
        found
    }
}

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// First names of a path or of a group of paths in braces, with their places.
fn heads(path: &str) -> Vec<(usize, &str)> {
    let name_at = |at: usize| {
        let rest = &path[at..];
        (at, &rest[..rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len())])
    };
    if !path.starts_with('{') {
        return vec![name_at(0)];
    }
    let (mut depth, mut expects, mut found) = (0, false, Vec::new());
    for (at, c) in path.char_indices() {
        match c {
            '{' => {
                depth += 1;
                expects = depth == 1;
            }
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' => expects = depth == 1,
            c if expects && !c.is_whitespace() => {
                found.push(name_at(at));
                expects = false;
            }
            _ => {}
        }
    }
    found
}

/// Comments, strings and characters as blanks, line ends kept.
fn without_words(code: &str) -> String {
    let bytes = code.as_bytes();
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &code[at..];
        let joined = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let width = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |n| n + 2)
        } else if rest.starts_with('"') {
            string_end(rest)
        } else if rest.starts_with('r') && !joined && raw_string(rest).is_some() {
            raw_string(rest).unwrap_or(1)
        } else if rest.starts_with('\'') {
            character(rest).unwrap_or(0)
        } else {
            0
        };
        if width == 0 {
            let c = rest.chars().next().unwrap_or(' ');
            out.push(c);
            at += c.len_utf8();
        } else {
            out.extend(rest[..width].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            at += width;
        }
    }
    out
}

fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let marks = rest[1..].bytes().take_while(|&b| b == b'#').count();
    let open = 1 + marks;
    rest[open..].starts_with('"').then_some(())?;
    let close = format!("\"{}", "#".repeat(marks));
    Some(rest[open + 1..].find(&close).map_or(rest.len(), |n| open + 1 + n + close.len()))
}

/// Length of a character literal; `None` for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next()?;
        return rest[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map(|(at, _)| 2 + at + 1);
    }
    let (at, close) = chars.next()?;
    (close == '\'').then_some(at + 1)
}

/// Without the items that stand behind `#[cfg(test)]`, line ends kept.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let (mut depth, mut end) = (0, item.len());
        for (i, c) in item.char_indices().skip(MARK.len()) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 && matches!(c, ';' | '}') {
                end = i + 1;
                break;
            }
        }
        out.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    out + rest
}

/// All files of `src/` that are not only tests, in order.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let only_tests = |path: &Path| path.ends_with("tests.rs") || path.ends_with("report/fixture.rs");
    let all: Vec<Source> = paths
        .iter()
        .filter(|path| !only_tests(path))
        .map(|path| {
            let below = path.strip_prefix(&root).expect("collected below src");
            let name = below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            Source::new(name, fs::read_to_string(path).expect("source is UTF-8"))
        })
        .collect();
    assert!(all.len() > 50, "src/ was not found");
    all
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is a folder") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|e| e == "rs") {
            paths.push(path);
        }
    }
}
