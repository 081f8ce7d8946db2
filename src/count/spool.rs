//! Sentences as lists of small integers, kept aside until it is known which terms are frequent.
//!
//! Pairs are counted among the most frequent terms, phrases among words that often stand together, and which those
//! are shows only at the end. Instead of counting everything, or reading the documents twice, each worker writes its
//! sentences here, all tokens in their order: four bytes each and eight or twelve for the place, in memory up to
//! 4 MiB and in a nameless temporary file beyond. Numbers of a fixed width take twice the room of packed ones and a
//! tenth of the time.
//!
//! Always true: the sentences of a document stand together and in text order, since one worker reads a document.

use std::io::{self, BufWriter, IntoInnerError, Read, Write as _};

use tempfile::{SpooledData, SpooledTempFile};

use super::{
    TermIx,
    tally::{DocIx, Renumbered, law_code, term_code},
};
use crate::{resolve::EntityIx, segment::Bond};

const IN_MEMORY: usize = 4 << 20;

/// Set in the length of a list that begins another document, whose number then follows.
const NEW_DOCUMENT: u32 = 1 << 31;

/// Where a sentence stands: document, first byte.
pub(super) type Place = (DocIx, u32);

/// A token of a sentence: the code of a term or a law, and how it is bound to the token before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spooled(u32);

/// Something stands between it and the token before: a mark, a number, a mention.
const APART: u32 = 1 << 31;
/// An English word that stood with 's.
pub(super) const POSSESSIVE: u32 = 1 << 30;
/// The first token of a paragraph.
const PARAGRAPH: u32 = 1 << 29;

impl Spooled {
    pub(super) const fn word(term: TermIx, bond: Bond) -> Self {
        let apart = if bond.joined { 0 } else { APART };
        let possessive = if bond.possessive { POSSESSIVE } else { 0 };
        Self(term_code(term) | apart | possessive)
    }

    pub(super) const fn law(law: EntityIx) -> Self {
        Self(law_code(law) | APART)
    }

    /// The same token as the first one of a paragraph.
    pub(super) const fn beginning_paragraph(self) -> Self {
        Self(self.0 | PARAGRAPH)
    }

    /// Whether it is the first token of a paragraph.
    pub(super) const fn begins_paragraph(self) -> bool {
        self.0 & PARAGRAPH != 0
    }

    /// A token with a code and its marks.
    pub(super) fn of(code: u32, apart: bool, possessive: bool, first: bool) -> Self {
        let marks = [(apart, APART), (possessive, POSSESSIVE), (first, PARAGRAPH)];
        Self(marks.into_iter().filter(|(set, _)| *set).fold(code, |number, (_, mark)| number | mark))
    }

    /// Whether it stood with 's.
    pub(super) const fn is_possessive(self) -> bool {
        self.0 & POSSESSIVE != 0
    }

    /// The code of the term or law.
    pub(super) const fn code(self) -> u32 {
        self.0 & !(APART | POSSESSIVE | PARAGRAPH)
    }

    /// Whether nothing stands between it and the token before.
    pub(super) const fn is_joined(self) -> bool {
        self.0 & APART == 0
    }

    /// The code of the word as a part of phrases, where it is one: "people's" is not "people" there.
    pub(super) fn bound_word(self, numbers: Option<&Renumbered>) -> Option<u32> {
        let code = self.code();
        let code = numbers.map_or(code, |numbers| numbers.code(code));
        code.is_multiple_of(2).then_some(code | self.0 & POSSESSIVE)
    }

    /// The same token by its number in another tally.
    pub(super) fn renumbered(self, numbers: &Renumbered) -> Self {
        Self(numbers.code(self.code()) | self.0 & (APART | POSSESSIVE | PARAGRAPH))
    }

    /// A number of any kind, to be kept in a spool of its own.
    pub(super) const fn of_number(number: u32) -> Self {
        Self(number)
    }

    /// That number.
    pub(super) const fn number(self) -> u32 {
        self.0
    }

    /// The term, where it is one.
    pub(super) const fn term(self) -> Option<TermIx> {
        let code = self.code();
        if code.is_multiple_of(2) { Some(TermIx(code / 2)) } else { None }
    }
}

/// Lists of tokens with their places on their way into a [`Reel`].
pub(super) struct Spool {
    file: BufWriter<SpooledTempFile>,
    lists: u64,
    document: Option<DocIx>,
    scratch: Vec<u8>,
    fault: Option<io::Error>,
}

impl Default for Spool {
    fn default() -> Self {
        let file = BufWriter::with_capacity(1 << 16, SpooledTempFile::new(IN_MEMORY));
        Self { file, lists: 0, document: None, scratch: Vec::new(), fault: None }
    }
}

impl Spool {
    /// Appends a list. A fault (disk full) is kept and told at the end.
    pub(super) fn push(&mut self, place: Place, list: &[Spooled]) {
        if self.fault.is_some() {
            return;
        }
        self.scratch.clear();
        let length = list.len() as u32;
        if self.document == Some(place.0) {
            self.scratch.extend(length.to_le_bytes());
        } else {
            self.scratch.extend((length | NEW_DOCUMENT).to_le_bytes());
            self.scratch.extend(place.0.to_le_bytes());
            self.document = Some(place.0);
        }
        self.scratch.extend(place.1.to_le_bytes());
        list.iter().for_each(|token| self.scratch.extend_from_slice(&token.0.to_le_bytes()));
        self.fault = self.file.write_all(&self.scratch).err();
        self.lists += 1;
    }

    /// Nothing more is added.
    pub(super) fn close(self) -> io::Result<Reel> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let file = self.file.into_inner().map_err(IntoInnerError::into_error)?;
        Ok(Reel { data: file.into_inner(), lists: self.lists })
    }
}

/// A spool that is full: several may read it at once.
pub(super) struct Reel {
    data: SpooledData,
    lists: u64,
}

impl Reel {
    /// Calls back with each list, in the order in which they were written.
    pub(super) fn read(&self, mut each: impl FnMut(Place, &[Spooled])) -> io::Result<()> {
        let mut numbers = Numbers { from: Data { data: &self.data, at: 0 }, buffer: vec![0; 1 << 16], at: 0, end: 0 };
        let mut list = Vec::new();
        let mut document = 0;
        for _ in 0..self.lists {
            let head = numbers.next()?;
            if head & NEW_DOCUMENT != 0 {
                document = numbers.next()?;
            }
            let start = numbers.next()?;
            let some = numbers.take((head & !NEW_DOCUMENT) as usize)?;
            list.clear();
            list.extend(some.iter().map(|number| Spooled(u32::from_le_bytes(*number))));
            each((document, start), &list);
        }
        Ok(())
    }
}

/// Bytes of a reel from a place on; a file's own place is left alone.
struct Data<'r> {
    data: &'r SpooledData,
    at: u64,
}

impl Read for Data<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = match self.data {
            SpooledData::InMemory(bytes) => {
                let bytes = bytes.get_ref();
                let mut rest = &bytes[bytes.len().min(self.at as usize)..];
                rest.read(to)?
            }
            #[cfg(unix)]
            SpooledData::OnDisk(file) => std::os::unix::fs::FileExt::read_at(file, to, self.at)?,
            #[cfg(windows)]
            SpooledData::OnDisk(file) => std::os::windows::fs::FileExt::seek_read(file, to, self.at)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

/// Reads numbers of four bytes.
struct Numbers<R> {
    from: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
}

impl<R: Read> Numbers<R> {
    fn next(&mut self) -> io::Result<u32> {
        Ok(self.take(1)?.first().map_or(0, |number| u32::from_le_bytes(*number)))
    }

    /// The next numbers.
    fn take(&mut self, count: usize) -> io::Result<&[[u8; 4]]> {
        let bytes = 4 * count;
        if self.end - self.at < bytes {
            self.fill(bytes)?;
        }
        let (numbers, _) = self.buffer[self.at..self.at + bytes].as_chunks();
        self.at += bytes;
        Ok(numbers)
    }

    /// Reads on until so many bytes are in the buffer.
    #[cold]
    fn fill(&mut self, bytes: usize) -> io::Result<()> {
        self.buffer.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        if self.buffer.len() < bytes {
            self.buffer.resize(bytes, 0);
        }
        while self.end < bytes {
            match self.from.read(&mut self.buffer[self.end..])? {
                0 => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a list in the spool does not end")),
                read => self.end += read,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_went_in() {
        let mut lists = vec![
            ((3, 0), vec![]),
            ((3, 70_000), [0, 1, 127, 128, u32::MAX].map(Spooled).to_vec()),
            ((0, 5), vec![Spooled(300); 50]),
            ((0, 4), vec![Spooled(7)]),
            ((u32::MAX, u32::MAX), vec![Spooled(1)]),
        ];
        lists.extend((0..20_000).map(|n| ((9, n * 3), vec![Spooled(n); 5])));
        let mut spool = Spool::default();
        lists.iter().for_each(|(place, list)| spool.push(*place, list));
        let reel = spool.close().unwrap();
        for _ in 0..2 {
            let mut back = Vec::new();
            reel.read(|place, list| back.push((place, list.to_vec()))).unwrap();
            assert!(back == lists);
        }
    }
}
