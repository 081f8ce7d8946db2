//! Sentences as lists of small integers, kept aside until it is known which terms are frequent.
//!
//! Pairs are counted among the most frequent terms, and which those are shows only at the end. Instead of
//! counting all pairs, or reading the documents twice, each worker writes its sentences here: four bytes a word and
//! eight or twelve for the place, in memory up to 32 MiB and in a nameless temporary file beyond. Numbers of a fixed
//! width take twice the room of packed ones and a tenth of the time.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::tally::DocIx;

const IN_MEMORY: usize = 32 << 20;

/// Set in the length of a list that begins another document, whose number then follows.
const NEW_DOCUMENT: u32 = 1 << 31;

/// Where a sentence stands: document, first byte.
pub(super) type Place = (DocIx, u32);

/// Lists of numbers with their places, written once and read once or more.
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
    /// Appends a list. A fault (disk full) is kept and told at reading.
    pub(super) fn push(&mut self, place: Place, list: &[u32]) {
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
        list.iter().for_each(|number| self.scratch.extend_from_slice(&number.to_le_bytes()));
        self.fault = self.file.write_all(&self.scratch).err();
        self.lists += 1;
    }

    /// Calls back with each list, in the order in which they were written.
    pub(super) fn read(&mut self, mut each: impl FnMut(Place, &[u32])) -> io::Result<()> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0))?;
        let mut numbers = Numbers { from: file, buffer: vec![0; 1 << 16], at: 0, end: 0 };
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
            list.extend(some.iter().map(|number| u32::from_le_bytes(*number)));
            each((document, start), &list);
        }
        Ok(())
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
            ((3, 70_000), vec![0, 1, 127, 128, u32::MAX]),
            ((0, 5), vec![300; 50]),
            ((0, 4), vec![7]),
            ((u32::MAX, u32::MAX), vec![1]),
        ];
        lists.extend((0..20_000).map(|n| ((9, n * 3), vec![n; 5])));
        let mut spool = Spool::default();
        lists.iter().for_each(|(place, list)| spool.push(*place, list));
        for _ in 0..2 {
            let mut back = Vec::new();
            spool.read(|place, list| back.push((place, list.to_vec()))).unwrap();
            assert!(back == lists);
        }
    }
}
