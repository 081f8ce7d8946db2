//! Tables with a document in each row: JSON lines, and CSV or Parquet with a column of texts.
//!
//! A line that is no document costs itself: it has a record with its number, and the others are read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Map, Value};

use super::{Content, Name, Unpacker};
use crate::{
    error::JsonFault,
    read::{
        FileRecord, Reason, Refusal, declared::Declared, declared::Parsed, decode::tidy, encoding::Label,
        formats::PARQUET, parquet, text_of,
    },
};

/// Names of the column or field with the text.
const TEXT: &[&str] = &["text", "content", "body", "正文", "内容", "內容", "全文"];
/// Names of the column or field with the name of the document.
const ID: &[&str] = &["id", "path", "编号", "編號"];

impl Unpacker<'_> {
    /// One JSON object a line.
    pub(super) fn json_lines(&mut self, bytes: Vec<u8>, file: &mut FileRecord) -> Result<(), Refusal> {
        let text = text_of(bytes, Label::Ignored, file)?;
        self.objects(&text, file, "jsonl")
    }

    /// The rows of a Parquet file, which a child process reads where there is one.
    pub(super) fn parquet_rows(&mut self, bytes: &[u8], file: &mut FileRecord) -> Result<(), Refusal> {
        let rows = match &self.limits.isolation {
            Some(isolation) => isolation.parse(PARQUET, bytes)?,
            None => catch_unwind(AssertUnwindSafe(|| parquet::parse(bytes)))
                .unwrap_or_else(|_| Err((Reason::Internal, "a reader failed; please report this file".to_owned())))?,
        };
        self.objects(&rows.text, file, PARQUET)
    }

    fn objects(&mut self, text: &str, file: &FileRecord, format: &'static str) -> Result<(), Refusal> {
        let mut objects = text.split('\n').filter_map(|line| serde_json::from_str::<Map<String, Value>>(line).ok());
        if objects.next().is_some_and(|first| !first.keys().any(|name| is_text(name))) {
            return Err(without_texts());
        }
        for (number, line) in (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty()) {
            if self.stopped {
                break;
            }
            match serde_json::from_str::<Map<String, Value>>(line) {
                Ok(fields) => {
                    let cells = fields.into_iter().filter_map(|(name, value)| Some((name, words(value)?)));
                    self.row(file, number, format, cells.collect());
                }
                Err(fault) => {
                    let JsonFault { column, message, .. } = JsonFault::of(&fault, line.as_bytes());
                    let detail = format!("line {number} is not a JSON object: {message} (column {column})");
                    let record = self.record_of(file, &number_name(number));
                    self.refused(record, (Reason::Malformed, detail));
                }
            }
        }
        Ok(())
    }

    /// The rows of a table with a column of texts.
    pub(super) fn csv_rows(&mut self, bytes: Vec<u8>, file: &mut FileRecord) -> Result<(), Refusal> {
        let text = text_of(bytes, Label::Ignored, file)?;
        let mut reader = reader(&text);
        let header = reader.headers().map_err(|fault| (Reason::Malformed, format!("not a table: {fault}")))?;
        let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        if !header.iter().any(|name| is_text(name)) {
            return Err(without_texts());
        }
        for record in reader.records() {
            if self.stopped {
                break;
            }
            match record {
                Ok(record) => {
                    let number = record.position().map_or(0, csv::Position::line);
                    let cells = header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
                    self.row(file, number, "csv", cells);
                }
                Err(fault) => {
                    let number = fault.position().map_or(0, csv::Position::line);
                    let record = self.record_of(file, &number_name(number));
                    self.refused(record, (Reason::Malformed, format!("line {number} is not a row: {fault}")));
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, file: &FileRecord, number: u64, format: &'static str, cells: Vec<(String, String)>) {
        let mut declared = Declared::default();
        let (mut text, mut id) = (None, None);
        for (name, value) in cells {
            let key = name.trim().to_lowercase();
            match key.as_str() {
                key if text.is_none() && TEXT.contains(&key) => text = Some(value),
                key if id.is_none() && ID.contains(&key) && !value.trim().is_empty() => id = Some(value),
                "ref_date" => declared.say("date", &value),
                _ => declared.say(&key, &value),
            }
        }
        let name =
            id.map_or_else(|| number_name(number), |id| Name { hidden: false, ..Name::of(id.trim().as_bytes()) });
        let mut record = self.record_of(file, &Name { leads_out: false, ..name });
        record.format = Some(format);
        let Some(text) = text else {
            return self.refused(record, (Reason::Malformed, format!("line {number} has no text (a field `text`)")));
        };
        record.bytes = text.len() as u64;
        record.sha256 = Some(crate::read::digest(text.as_bytes()));
        let (text, nuls) = tidy(text);
        if nuls > 0 {
            record.count = Some(nuls);
            record.lose(Reason::InvalidBytes, &format!("{nuls} NUL characters were replaced"));
        }
        let mut parsed = Parsed { text, declared, ..Parsed::default() };
        crate::read::radicals::fold(&mut parsed);
        self.hand_on(record, Content::Parsed(Box::new(parsed)));
    }
}

fn is_text(name: &str) -> bool {
    TEXT.contains(&name.trim().to_lowercase().as_str())
}

/// A list of files beside the files is no document.
fn without_texts() -> Refusal {
    let told = format!("a table without a column of texts ({})", TEXT.join(", "));
    (Reason::NoTexts, told)
}

/// A reader of rows; what parts the cells is told by the first line.
fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    // Of equal ones the last is taken.
    let delimiter = [';', '\t', ','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(',');
    csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(text.as_bytes())
}

fn number_name(number: u64) -> Name {
    Name { label: format!("#{number}"), leads_out: false, hidden: false }
}

/// A value as text; `None` for null.
fn words(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(words) => Some(words),
        other => Some(other.to_string()),
    }
}
