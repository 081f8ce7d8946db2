//! Mistakes in JSON in plain words.
//!
//! The parser speaks to programmers: "invalid type: sequence, expected struct DocumentLine at line 1 column 0". Whoever
//! wrote the line wants to know that a list stands where an object is expected, and where.

use serde_json::error::Category;

/// A mistake in a text that should be JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonFault {
    /// From 1; 0 where nobody knows.
    pub line: usize,
    /// From 1, in characters; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl JsonFault {
    /// What the parser says of this text.
    #[must_use]
    pub fn of(fault: &serde_json::Error, text: &[u8]) -> Self {
        let line = text.split(|&byte| byte == b'\n').nth(fault.line().saturating_sub(1)).unwrap_or_default();
        let before = &line[..fault.column().min(line.len())];
        let told = fault.to_string();
        let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
        let message = match fault.classify() {
            Category::Data => data(told),
            Category::Io | Category::Syntax | Category::Eof => syntax(told),
        };
        Self { line: fault.line(), column: String::from_utf8_lossy(before).chars().count(), message }
    }
}

fn syntax(told: &str) -> String {
    if let Some(what) = told.strip_prefix("EOF while parsing ") {
        return format!("it ends in the middle of {what}");
    }
    match told {
        "expected value" => "a value is expected here".to_owned(),
        "key must be a string" => "a name in double quotes is expected here".to_owned(),
        "expected `:`" => "a colon is expected here".to_owned(),
        "expected `,` or `}`" => "a comma or } is expected here".to_owned(),
        "expected `,` or `]`" => "a comma or ] is expected here".to_owned(),
        "trailing comma" => "nothing follows the comma".to_owned(),
        "trailing characters" => "something stands behind its end".to_owned(),
        "recursion limit exceeded" => "it is nested too deep".to_owned(),
        told if told.starts_with("control character") => {
            "a control character in a string; write \\n, \\t or \\u and its number".to_owned()
        }
        told => told.to_owned(),
    }
}

fn data(told: &str) -> String {
    let quoted = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    if told.starts_with("missing field") {
        return format!("the field {} is missing", quoted(told));
    }
    if told.starts_with("duplicate field") {
        return format!("the field {} stands twice", quoted(told));
    }
    if told.starts_with("invalid length") {
        return "a list stands where an object is expected".to_owned();
    }
    let mistake = told.strip_prefix("invalid type: ").or_else(|| told.strip_prefix("invalid value: "));
    match mistake.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((found, expected)) => {
            format!("{} stands where {} is expected", found_in_words(found), expected_in_words(expected))
        }
        None => told.to_owned(),
    }
}

fn found_in_words(found: &str) -> String {
    let number = found.strip_prefix("integer ").or_else(|| found.strip_prefix("floating point "));
    match (found, number) {
        ("map", _) => "an object".to_owned(),
        ("sequence", _) => "a list".to_owned(),
        (_, Some(number)) => format!("the number {}", number.trim_matches('`')),
        (found, _) => found.strip_prefix("boolean ").unwrap_or(found).trim_matches('`').to_owned(),
    }
}

fn expected_in_words(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a string" | "a borrowed string" | "a character" => "a string",
        // A map, or a type of ours.
        _ => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::DocumentLine;

    #[test]
    fn mistakes_are_told_in_words_that_name_no_type() {
        for (text, column, told) in [
            ("[1]", 3, "a list stands where an object is expected"),
            ("5", 1, "the number 5 stands where an object is expected"),
            (r#"{"id": 1}"#, 9, "the field text is missing"),
            (r#"{"id": 1, "text": 5}"#, 19, "the number 5 stands where a string is expected"),
            (r#"{"id": 1, "text": ["甲"]}"#, 18, "a list stands where a string is expected"),
            (r#"{"id": 1, "text": true}"#, 22, "true stands where a string is expected"),
            (r#"{"甲": 1, "text": "#, 17, "it ends in the middle of a value"),
            (r#"{"id": 1, text: 5}"#, 11, "a name in double quotes is expected here"),
            (r#"{"id" 1}"#, 7, "a colon is expected here"),
            (r#"{"id": 1 "text"}"#, 10, "a comma or } is expected here"),
            (r#"{"id": 1, "text": "a"} x"#, 24, "something stands behind its end"),
            (r#"{"id": }"#, 8, "a value is expected here"),
            (r#"{"id": 1, "id": 2, "text": "a"}"#, 14, "the field id stands twice"),
        ] {
            let fault = serde_json::from_str::<DocumentLine>(text).unwrap_err();
            let fault = JsonFault::of(&fault, text.as_bytes());
            assert_eq!((fault.column, fault.message.as_str()), (column, told), "{text}");
        }
    }
}
