//! What parent and child say to each other: lengths and bytes, nothing that one side could misread.
//!
//! A request is the name of the format and the bytes of the file; an answer is JSON. Both begin with their length.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
};

use serde::{Deserialize, Serialize};

use crate::{
    read::{
        Reason, Refusal,
        declared::{Declared, Parsed},
    },
    text::{Heading, Language, Span},
};

/// No answer is longer: the text of a file is bounded, and JSON at most doubles it.
const LONGEST: u64 = 512 << 20;

/// What a child found out.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Answer {
    refusal: Option<Refusal>,
    text: String,
    headings: Vec<(usize, usize, u8)>,
    title: Option<String>,
    date: Option<String>,
    issuer: Option<String>,
    language: Option<String>,
    fields: BTreeMap<String, String>,
    notes: Vec<(Reason, String)>,
}

impl Answer {
    /// What a reader has answered.
    pub(super) fn of(result: Result<Parsed, Refusal>) -> Self {
        let parsed = match result {
            Ok(parsed) => parsed,
            Err(refusal) => return Self { refusal: Some(refusal), ..Self::default() },
        };
        let Parsed { text, headings, declared, notes } = parsed;
        Self {
            refusal: None,
            text,
            headings: headings.iter().map(|h| (h.span.start(), h.span.end(), h.level)).collect(),
            title: declared.title,
            date: declared.date.map(|date| date.to_string()),
            issuer: declared.issuer,
            language: declared.language.map(|language| language.code().to_owned()),
            fields: declared.fields,
            notes,
        }
    }

    /// The same on the other side. A child that was taken over cannot make the parent slice between bytes.
    pub(super) fn into_result(self) -> Result<Parsed, Refusal> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        let whole = |&(start, end, _): &(usize, usize, u8)| start <= end && self.text.get(start..end).is_some();
        let heading = |(start, end, level): (usize, usize, u8)| Heading { span: Span::of(start, end), level };
        let headings = self.headings.into_iter().filter(whole).map(heading).collect();
        let declared = Declared {
            title: self.title,
            date: self.date.and_then(|date| date.parse().ok()),
            issuer: self.issuer,
            language: self.language.as_deref().and_then(Language::from_code),
            fields: self.fields,
        };
        Ok(Parsed { text: self.text, headings, declared, notes: self.notes })
    }
}

/// Asks a child to read a file.
pub(super) fn write_request(to: &mut impl Write, format: &str, bytes: &[u8]) -> io::Result<()> {
    write_block(to, format.as_bytes())?;
    write_block(to, bytes)
}

/// The next request: format and bytes; `None` where the parent is done.
pub(super) fn read_request(from: &mut impl Read) -> io::Result<Option<(String, Vec<u8>)>> {
    match read_block(from) {
        Ok(format) => Ok(Some((String::from_utf8_lossy(&format).into_owned(), read_block(from)?))),
        Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Answers a request.
pub(super) fn write_answer(to: &mut impl Write, answer: &Answer) -> io::Result<()> {
    write_block(to, &serde_json::to_vec(answer)?)?;
    to.flush()
}

/// The answer to a request.
pub(super) fn read_answer(from: &mut impl Read) -> io::Result<Answer> {
    Ok(serde_json::from_slice(&read_block(from)?)?)
}

fn write_block(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn read_block(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST.max(1 << 30) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "longer than any message"));
    }
    // Grown as bytes arrive: a length is only a claim.
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_through() {
        let mut pipe = Vec::new();
        write_request(&mut pipe, "pdf", b"bytes").unwrap();
        let mut from = pipe.as_slice();
        assert_eq!(read_request(&mut from).unwrap(), Some(("pdf".to_owned(), b"bytes".to_vec())));
        assert_eq!(read_request(&mut from).unwrap(), None);
        let headings = vec![Heading { span: Span::of(0, 3), level: 1 }, Heading { span: Span::of(1, 2), level: 1 }];
        let parsed =
            Parsed {
                text: "第一".into(), headings, notes: vec![(Reason::NeedsOcr, "x".into())], ..Parsed::default()
            };
        let mut pipe = Vec::new();
        write_answer(&mut pipe, &Answer::of(Ok(parsed))).unwrap();
        let back = read_answer(&mut pipe.as_slice()).unwrap().into_result().unwrap();
        assert_eq!((back.text.as_str(), back.headings.len(), back.notes[0].0), ("第一", 1, Reason::NeedsOcr));
        assert!(read_answer(&mut &b"\xff\xff\xff\xff\xff\xff\xff\xff"[..]).is_err());
    }
}
