//! The table of `--meta`: what the user knows about the documents.
//!
//! Libraries keep title, date and issuer in a spreadsheet beside the files. One row a file, by its path;
//! what the row says goes before what the file says of itself. A mistake in the table stops the run
//! before it starts: a date column that is silently ignored would spoil every trend.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
};

use super::{
    Source,
    declared::{Declared, date, is_coarse_date},
    decode::decode,
    encoding::{Label, detect},
    holds_members,
};
use crate::{
    Error, Result,
    error::JsonFault,
    text::{Document, Language},
};

/// What is known about documents, by path.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    rows: HashMap<String, Declared>,
    /// File name to path, where only one row has that file name.
    names: HashMap<String, String>,
    /// Ids of the files found, once that is known.
    found: Option<BTreeSet<String>>,
}

/// A row with the place where it stands, for messages.
struct Row {
    line: usize,
    /// Name, value and column (from 1, in characters; 0 where unknown).
    cells: Vec<(String, String, usize)>,
}

impl Metadata {
    /// Knows nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a table: `.tsv` and `.jsonl` by their extension, everything else as CSV.
    ///
    /// The field `path` is the name of the file below the input folder, `/` between its parts; `title`,
    /// `date`, `issuer` and `language` are understood, everything else goes to [`Document::fields`].
    ///
    /// # Errors
    ///
    /// [`Error::Read`] where the file cannot be read, [`Error::Data`] with line and column for a missing
    /// `path`, a path that comes twice, a day that does not exist, an unknown language.
    pub fn load(path: &Path) -> Result<Self> {
        let text = load_text(path)?;
        let extension = path.extension().map(|e| e.to_ascii_lowercase());
        let rows = match extension.as_ref().and_then(|e| e.to_str()) {
            Some("jsonl" | "ndjson") => json_rows(path, &text)?,
            Some("tsv" | "tab") => table_rows(path, &text, b'\t')?,
            _ => table_rows(path, &text, b',')?,
        };
        Self::of_rows(path, rows)
    }

    fn of_rows(path: &Path, rows: Vec<Row>) -> Result<Self> {
        let mut metadata = Self::default();
        let mut shared = BTreeSet::new();
        for row in rows {
            let Some((key, column)) = row
                .cells
                .iter()
                .find(|cell| cell.0 == "path" && !cell.1.trim().is_empty())
                .map(|cell| (cell.1.trim(), cell.2))
            else {
                return Err(mistake(
                    path,
                    row.line,
                    0,
                    "no path",
                    "each row names its file in the field path, relative to the input folder",
                ));
            };
            let key = key.strip_prefix("./").unwrap_or(key).to_owned();
            let declared = declare(path, &row)?;
            let name = key.rsplit('/').next().unwrap_or_default().to_owned();
            if metadata.rows.insert(key.clone(), declared).is_some() {
                return Err(mistake(path, row.line, column, &format!("{key} comes twice"), "keep one row a file"));
            }
            if metadata.names.insert(name.clone(), key).is_some() {
                shared.insert(name);
            }
        }
        metadata.names.retain(|name, _| !shared.contains(name));
        Ok(metadata)
    }

    /// Stops matching by file name alone where several of the files found have that name, and says which
    /// rows match no file, each in a sentence. Call it once after [`walk`](super::walk()).
    pub fn settle(&mut self, sources: &[Source]) -> Vec<String> {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for source in sources {
            let count = uses.entry(file_name(&source.id)).or_default();
            *count = count.saturating_add(1);
        }
        let ids: BTreeSet<&str> = sources.iter().map(|source| source.id.as_str()).collect();
        // A row that names its file in full means no other of that name.
        self.names.retain(|name, key| uses.get(name.as_str()) == Some(&1) && !ids.contains(key.as_str()));
        self.found = Some(ids.iter().map(|id| (*id).to_owned()).collect());
        let by_name: BTreeSet<&String> = self.names.values().collect();
        // What is in an archive is known only when it is read.
        let holders: BTreeSet<&str> =
            sources.iter().filter(|source| holds_members(source)).map(|source| source.id.as_str()).collect();
        let is_holder = |holder: Option<&str>| holder.is_some_and(|holder| holders.contains(holder));
        let is_member = |key: &str| key.match_indices('/').any(|(at, _)| is_holder(key.get(..at)));
        let known = |key: &String| ids.contains(key.as_str()) || by_name.contains(key) || is_member(key);
        let mut unmatched: Vec<String> = self.rows.keys().filter(|key| !known(key)).cloned().collect();
        unmatched.sort();
        let told = |key| format!("the table of metadata names {key}, which is not among the inputs");
        unmatched.into_iter().map(told).collect()
    }

    /// Writes what is known over what the document says of itself.
    pub fn apply(&self, document: &mut Document) {
        // Members of an archive are not among the files found: another file may have their name.
        let by_name = || self.names.get(file_name(&document.id)).filter(|_| self.is_found(&document.id));
        let row = self.rows.get(&document.id).or_else(|| self.rows.get(by_name()?));
        let Some(declared) = row.cloned() else { return };
        document.title = declared.title.or(document.title.take());
        document.date = declared.date.or(document.date);
        document.issuer = declared.issuer.or(document.issuer.take());
        document.language = declared.language.or(document.language);
        document.fields.extend(declared.fields);
    }

    /// What is known of a file and of its members, in words: equal words, equal documents.
    pub fn words_about(&self, source: &Source) -> String {
        let by_name = || self.names.get(file_name(&source.id)).and_then(|key| self.rows.get(key));
        let own = self.rows.get(&source.id).or_else(by_name);
        let mut members: Vec<(&String, &Declared)> = Vec::new();
        if holds_members(source) {
            let inside = |key: &str| key.strip_prefix(&source.id).is_some_and(|rest| rest.starts_with('/'));
            members.extend(self.rows.iter().filter(|(key, _)| inside(key)));
            members.sort_unstable_by_key(|(key, _)| *key);
        }
        format!("{own:?} {members:?}")
    }

    /// Whether a file of this id was found; before [`settle`](Self::settle) nobody knows.
    fn is_found(&self, id: &str) -> bool {
        self.found.as_ref().is_none_or(|found| found.contains(id))
    }
}

fn file_name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Spreadsheets in China save CSV as GBK, so the table is decoded like a document.
fn load_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|cause| Error::Read { path: path.to_owned(), cause })?;
    let refused =
        |(_, detail): (super::Reason, String)| mistake(path, 0, 0, &detail, "save it as CSV, TSV or JSONL in UTF-8");
    let verdict = detect(&bytes, Label::Ignored).map_err(refused)?;
    Ok(decode(bytes, verdict).text)
}

fn table_rows(path: &Path, text: &str, delimiter: u8) -> Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|fault| table_mistake(path, &fault))?.clone();
    let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    if !header.iter().any(|name| name == "path") {
        let told = format!("no column path among {}", header.join(", "));
        return Err(mistake(
            path,
            1,
            1,
            &told,
            "name the column with the relative paths `path`; a .tsv has tabs, a .csv commas",
        ));
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| table_mistake(path, &fault))?;
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let columns = columns(lines.get(line.wrapping_sub(1)).copied().unwrap_or_default(), &record);
        let cells = header.iter().zip(record.iter()).zip(columns);
        rows.push(Row {
            line,
            cells: cells.map(|((name, value), column)| (name.clone(), value.to_owned(), column)).collect(),
        });
    }
    Ok(rows)
}

/// Where each value begins in its line: from 1, in characters; 0 for a value of several lines.
fn columns(line: &str, record: &csv::StringRecord) -> Vec<usize> {
    let mut rest = line;
    let mut column = 1_usize;
    record
        .iter()
        .map(|value| {
            let Some((before, behind)) = rest.split_once(value) else { return 0 };
            let begins = column.saturating_add(before.chars().count());
            column = begins.saturating_add(value.chars().count());
            rest = behind;
            begins
        })
        .collect()
}

fn table_mistake(path: &Path, fault: &csv::Error) -> Error {
    let line = fault.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
    let message = match fault.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} values for {expected_len} columns"),
        _ => fault.to_string(),
    };
    mistake(path, line, 0, &message, "a value that holds the separator or a line end stands in double quotes")
}

fn json_rows(path: &Path, text: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let hint = "each line is one object: {\"path\": \"a.txt\", \"date\": \"2016-11-07\"}";
        let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).map_err(|fault| {
            let JsonFault { column, message, .. } = JsonFault::of(&fault, line.as_bytes());
            mistake(path, number, column, &format!("not a JSON object: {message}"), hint)
        })?;
        let cell = |(name, value): (String, serde_json::Value)| {
            let value = match value {
                serde_json::Value::String(value) => value,
                serde_json::Value::Null => String::new(),
                other => other.to_string(),
            };
            let before = line.split_once(&format!("\"{name}\"")).map(|(before, _)| before);
            let column = before.map_or(0, |before| before.chars().count().saturating_add(1));
            (name.trim().to_lowercase(), value, column)
        };
        rows.push(Row { line: number, cells: fields.into_iter().map(cell).collect() });
    }
    Ok(rows)
}

fn declare(path: &Path, row: &Row) -> Result<Declared> {
    let mut declared = Declared::default();
    for (name, value, column) in row.cells.iter().filter(|(name, value, _)| name != "path" && !value.trim().is_empty())
    {
        let value = value.trim();
        if name == "date" && date(value).is_none() && !is_coarse_date(value) {
            return Err(mistake(
                path,
                row.line,
                *column,
                &format!("not a date: {value}"),
                "write 2016-11-07, or 2016-11, or 2016",
            ));
        }
        if matches!(name.as_str(), "language" | "lang") {
            declared.language = language(value);
            if declared.language.is_none() && !value.contains('+') {
                return Err(mistake(path, row.line, *column, &format!("unknown language: {value}"), "write zh or en"));
            }
            continue;
        }
        declared.say(name, value);
    }
    Ok(declared)
}

/// `zh`, `en-US`, `中文`; none for a document in both (`zh+en`).
fn language(words: &str) -> Option<Language> {
    match words.to_lowercase().as_str() {
        "中文" | "汉语" | "chinese" => Some(Language::Zh),
        "英文" | "英语" | "english" => Some(Language::En),
        words if words.contains('+') => None,
        words => Language::from_code(words),
    }
}

fn mistake(path: &Path, line: usize, column: usize, message: &str, hint: &str) -> Error {
    Error::Data { path: path.to_owned(), line, column, message: message.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Found;

    fn load(name: &str, bytes: &[u8]) -> Result<Metadata> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Metadata::load(&path)
    }

    fn known(metadata: &Metadata, id: &str) -> Document {
        let mut document = Document { id: id.into(), title: Some("own".into()), ..Document::default() };
        metadata.apply(&mut document);
        document
    }

    fn place(name: &str, text: &str) -> (usize, usize, String) {
        match load(name, text.as_bytes()).unwrap_err() {
            Error::Data { line, column, message, hint, .. } => {
                assert!(hint.is_some());
                (line, column, message)
            }
            other => panic!("{other}"),
        }
    }

    #[test]
    fn three_forms_of_a_table_say_the_same() {
        let csv = "path,title,Date,language,group,pages\na/b.txt,网络安全法,2016-11-07,zh-Hans,law,12\n";
        let tsv = csv.replace(',', "\t");
        let jsonl =
            r#"{"path":"a/b.txt","title":"网络安全法","date":"2016-11-07","language":"zh","group":"law","pages":12}"#;
        let gbk = encoding_rs::GBK.encode(csv).0;
        for metadata in [
            load("m.csv", csv.as_bytes()),
            load("m.tsv", tsv.as_bytes()),
            load("m.jsonl", jsonl.as_bytes()),
            load("m.csv", &gbk),
        ] {
            let metadata = metadata.unwrap();
            for id in ["a/b.txt", "elsewhere/b.txt"] {
                let document = known(&metadata, id);
                assert_eq!(document.title.as_deref(), Some("网络安全法"));
                assert_eq!(document.date.unwrap().to_string(), "2016-11-07");
                assert_eq!(document.language, Some(Language::Zh));
                assert_eq!((document.fields["group"].as_str(), document.fields["pages"].as_str()), ("law", "12"));
            }
            assert_eq!(known(&metadata, "c.txt").title.as_deref(), Some("own"));
        }
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        assert_eq!(place("m.csv", "file,date\na,b\n"), (1, 1, "no column path among file, date".into()));
        assert_eq!(place("m.csv", "path,date\n\"法,律.txt\",2016-02-30\n"), (2, 11, "not a date: 2016-02-30".into()));
        assert_eq!(place("m.csv", "path,lang\na.txt,xx\n"), (2, 7, "unknown language: xx".into()));
        assert_eq!(place("m.csv", "path\na.txt\n./a.txt\n"), (3, 1, "a.txt comes twice".into()));
        assert_eq!(place("m.csv", "path,b\na.txt\n"), (2, 0, "1 values for 2 columns".into()));
        assert_eq!(
            place("m.jsonl", "{\"path\":\"a\"}\n{\"pa"),
            (2, 4, "not a JSON object: it ends in the middle of a string".into())
        );
        assert_eq!(place("m.jsonl", "{\"title\":\"a\"}"), (1, 0, "no path".into()));
        assert!(matches!(Metadata::load(Path::new("/no/such.csv")), Err(Error::Read { .. })));
    }

    #[test]
    fn a_file_name_matches_only_where_it_is_unique() {
        let mut metadata = load("m.csv", b"path,title\nx/a.txt,A\nx/b.txt,B\ny/b.txt,C\n").unwrap();
        assert_eq!(known(&metadata, "b.txt").title.as_deref(), Some("own"));
        let source = |id: &str| Source { path: id.into(), id: id.into(), found: Found::Regular { size: 0 } };
        let unmatched = metadata.settle(&[source("1/a.txt"), source("2/a.txt"), source("y/b.txt")]);
        assert_eq!(known(&metadata, "1/a.txt").title.as_deref(), Some("own"));
        assert_eq!(known(&metadata, "y/b.txt").title.as_deref(), Some("C"));
        assert_eq!(unmatched.len(), 2);
        assert!(unmatched[0].contains(" x/a.txt,") && unmatched[1].contains(" x/b.txt,"), "{unmatched:?}");
        let mut metadata = load("m.csv", b"path,title\nl.zip/a.docx,A\nm.zip/a.docx,B\n").unwrap();
        assert!(metadata.settle(&[source("l.zip")])[0].contains(" m.zip/a.docx,"));
        // Another text of that name in an archive, and a row that names its file in full.
        let mut metadata = load("m.csv", b"path,title\nx/a.txt,A\nz/b.txt,B\n").unwrap();
        assert_eq!(metadata.settle(&[source("x/a.txt"), source("y/b.txt"), source("k.zip")]), [""; 0]);
        assert_eq!(known(&metadata, "x/a.txt").title.as_deref(), Some("A"));
        assert_eq!(known(&metadata, "y/b.txt").title.as_deref(), Some("B"));
        assert_eq!(known(&metadata, "k.zip/old/a.txt").title.as_deref(), Some("own"));
        assert_eq!(known(&metadata, "k.zip/old/b.txt").title.as_deref(), Some("own"));
    }

    #[test]
    fn a_coarse_date_is_kept_as_said() {
        let metadata = load("m.csv", b"path,date\na.txt,2016-11\n").unwrap();
        let document = known(&metadata, "a.txt");
        assert_eq!((document.date, document.fields["date"].as_str()), (None, "2016-11"));
    }
}
