//! Sentences as lists of small integers, kept aside until it is known which terms are frequent.
//!
//! Pairs are counted among the most frequent terms, and which those are shows only at the end. Instead of
//! counting all pairs, or reading the documents twice, each worker writes its sentences here: some 1.5 bytes a
//! word and two or three for the place, in memory up to 16 MiB and in a nameless temporary file beyond.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::tally::DocIx;

const IN_MEMORY: usize = 16 << 20;

/// Where a sentence stands: document, first byte.
pub(super) type Place = (DocIx, u32);

/// Lists of numbers with their places, written once and read once or more.
pub(super) struct Spool {
    file: BufWriter<SpooledTempFile>,
    lists: u64,
    last: Option<Place>,
    scratch: Vec<u8>,
    fault: Option<io::Error>,
}

impl Default for Spool {
    fn default() -> Self {
        let file = BufWriter::with_capacity(1 << 16, SpooledTempFile::new(IN_MEMORY));
        Self { file, lists: 0, last: None, scratch: Vec::new(), fault: None }
    }
}

impl Spool {
    /// Appends a list. A fault (disk full) is kept and told at reading.
    pub(super) fn push(&mut self, place: Place, list: &[u32]) {
        if self.fault.is_some() {
            return;
        }
        // Within a document places rise, so only their distance is written.
        let before = self.last.filter(|last| last.0 == place.0 && last.1 <= place.1);
        self.scratch.clear();
        write_number(&mut self.scratch, u64::from(before.is_none()) | (list.len() as u64) << 1);
        if before.is_none() {
            write_number(&mut self.scratch, u64::from(place.0));
        }
        write_number(&mut self.scratch, u64::from(place.1 - before.map_or(0, |last| last.1)));
        list.iter().for_each(|&n| write_number(&mut self.scratch, u64::from(n)));
        self.fault = self.file.write_all(&self.scratch).err();
        self.lists += 1;
        self.last = Some(place);
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
        let mut place = (0, 0);
        for _ in 0..self.lists {
            let head = numbers.next()?;
            if head & 1 == 1 {
                place = (numbers.next()? as DocIx, 0);
            }
            place.1 += numbers.next()? as u32;
            list.clear();
            for _ in 0..head >> 1 {
                list.push(numbers.next()? as u32);
            }
            each(place, &list);
        }
        Ok(())
    }
}

/// Seven bits a byte, low ones first.
fn write_number(to: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        to.push((n & 0x7F) as u8 | 0x80);
        n >>= 7;
    }
    to.push(n as u8);
}

/// Reads what [`write_number`] wrote.
struct Numbers<R> {
    from: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
}

impl<R: Read> Numbers<R> {
    fn next(&mut self) -> io::Result<u64> {
        if self.end - self.at < 10 {
            self.fill()?;
        }
        let mut n = 0;
        for (&byte, shift) in self.buffer[self.at..self.end].iter().zip((0..64).step_by(7)) {
            n |= u64::from(byte & 0x7F) << shift;
            self.at += 1;
            if byte & 0x80 == 0 {
                return Ok(n);
            }
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "a number in the spool does not end"))
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        loop {
            let read = self.from.read(&mut self.buffer[self.end..])?;
            self.end += read;
            if read == 0 || self.end == self.buffer.len() {
                return Ok(());
            }
        }
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
