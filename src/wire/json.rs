//! JSON objects written straight into a buffer.
//!
//! `mentions.jsonl` is twice as large as the text it comes from, so what it costs to write counts: keys are known,
//! numbers are whole, and a string is copied as it is unless one of its bytes must be escaped (RFC 8259, section 7).
//!
//! Always true: what is written is one valid object on one line.

use std::ops::Range;

/// Writes the members of an object, in the order of the calls.
///
/// ```
/// use tongwen::wire::ObjectWriter;
/// let mut line = Vec::new();
/// let mut object = ObjectWriter::begin(&mut line);
/// object.text("kind", "law");
/// object.number("start", 7);
/// object.end();
/// assert_eq!(line, br#"{"kind":"law","start":7}"#);
/// ```
pub struct ObjectWriter<'b> {
    out: &'b mut Vec<u8>,
    first: usize,
    digits: itoa::Buffer,
}

impl<'b> ObjectWriter<'b> {
    /// Opens an object at the end of the buffer.
    pub fn begin(out: &'b mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { first: out.len(), out, digits: itoa::Buffer::new() }
    }

    /// Goes on at the end of the buffer with what has been written of another object.
    pub fn resume(out: &'b mut Vec<u8>, begun: &[u8]) -> Self {
        let first = out.len() + 1;
        out.extend_from_slice(begun);
        Self { first, out, digits: itoa::Buffer::new() }
    }

    /// How much the buffer holds; members written from here on can be repeated.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.out.len()
    }

    /// Repeats what an earlier object of the buffer ends with, its end and all that follows it included.
    pub fn repeat(self, ending: Range<usize>) {
        self.out.extend_from_within(ending);
    }

    /// A string.
    pub fn text(&mut self, key: &'static str, value: &str) {
        self.key(key);
        string(self.out, value);
    }

    /// A string, where there is one.
    pub fn text_if(&mut self, key: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    /// A list of strings, where there are any.
    pub fn texts(&mut self, key: &'static str, values: &[impl AsRef<str>]) {
        if values.is_empty() {
            return;
        }
        self.key(key);
        for (at, value) in values.iter().enumerate() {
            self.out.push(if at == 0 { b'[' } else { b',' });
            string(self.out, value.as_ref());
        }
        self.out.push(b']');
    }

    /// A list of objects, where there are any.
    pub fn objects<T>(&mut self, key: &'static str, items: &[T], write: impl Fn(&T, &mut ObjectWriter<'_>)) {
        if items.is_empty() {
            return;
        }
        self.key(key);
        for (at, item) in items.iter().enumerate() {
            self.out.push(if at == 0 { b'[' } else { b',' });
            let mut object = ObjectWriter::begin(self.out);
            write(item, &mut object);
            object.end();
        }
        self.out.push(b']');
    }

    /// A whole number.
    pub fn number(&mut self, key: &'static str, value: u32) {
        self.key(key);
        self.out.extend_from_slice(self.digits.format(value).as_bytes());
    }

    /// A flag, where it is set.
    pub fn flag(&mut self, key: &'static str, value: bool) {
        if value {
            self.key(key);
            self.out.extend_from_slice(b"true");
        }
    }

    /// Closes the object.
    pub fn end(self) {
        self.out.push(b'}');
    }

    /// Keys are ours and need no escape.
    fn key(&mut self, key: &'static str) {
        if self.out.len() > self.first {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    if bytes.iter().fold(false, |any, &b| any | (b < 0x20) | (b == b'"') | (b == b'\\')) {
        bytes.iter().for_each(|&b| escape(out, b));
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0C => b'f',
        b'\r' => b'r',
        0x00..=0x1F => {
            let hex = |n: u8| HEX[usize::from(n & 0xF)];
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte)]);
            return;
        }
        _ => {
            out.push(byte);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_written_as_serde_json_writes_them() {
        let every: String = (0..0x300).filter_map(char::from_u32).collect();
        for text in ["", "网络安全法", "a \"b\" \\ c\n", "𠮷\u{2028}\u{feff}", &every] {
            let mut out = Vec::new();
            string(&mut out, text);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn an_object_reads_back() {
        let mut out = b"x".to_vec();
        let mut object = ObjectWriter::begin(&mut out);
        object.text_if("a", None);
        object.texts("b", &[""; 0]);
        object.flag("c", false);
        object.texts("d", &["一", "二"]);
        object.flag("e", true);
        object.number("f", u32::MAX);
        object.end();
        assert_eq!(out, r#"x{"d":["一","二"],"e":true,"f":4294967295}"#.as_bytes());
    }
}
