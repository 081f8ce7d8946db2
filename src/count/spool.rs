//! Sentences as lists of small integers, kept aside until it is known which terms are frequent.
//!
//! Pairs are counted among the most frequent terms, and which those are shows only at the end. Instead of
//! counting all pairs, or reading the documents twice, each worker writes its sentences here: some 1.5 bytes a
//! word, in memory up to 16 MiB and in a nameless temporary file beyond.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

const IN_MEMORY: usize = 16 << 20;

/// A list of lists of numbers, written once and read once or more.
pub(super) struct Spool {
    file: BufWriter<SpooledTempFile>,
    lists: u64,
    fault: Option<io::Error>,
}

impl Default for Spool {
    fn default() -> Self {
        Self { file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)), lists: 0, fault: None }
    }
}

impl Spool {
    /// Appends a list. A fault (disk full) is kept and told at reading.
    pub(super) fn push(&mut self, list: &[u32]) {
        if self.fault.is_some() {
            return;
        }
        let written = write_number(&mut self.file, u32::try_from(list.len()).unwrap_or(u32::MAX))
            .and_then(|()| list.iter().try_for_each(|&n| write_number(&mut self.file, n)));
        self.fault = written.err();
        self.lists += 1;
    }

    /// Calls back with each list, in the order in which they were written.
    pub(super) fn read(&mut self, mut each: impl FnMut(&[u32])) -> io::Result<()> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut list = Vec::new();
        for _ in 0..self.lists {
            let length = read_number(&mut reader)?;
            list.clear();
            for _ in 0..length {
                list.push(read_number(&mut reader)?);
            }
            each(&list);
        }
        Ok(())
    }
}

/// Seven bits a byte, low ones first.
fn write_number(to: &mut impl Write, mut n: u32) -> io::Result<()> {
    let mut bytes = [0; 5];
    let mut length = 0;
    loop {
        let low = (n & 0x7F) as u8;
        n >>= 7;
        bytes[length] = if n == 0 { low } else { low | 0x80 };
        length += 1;
        if n == 0 {
            return to.write_all(&bytes[..length]);
        }
    }
}

fn read_number(from: &mut impl Read) -> io::Result<u32> {
    let mut n = 0;
    for shift in (0..35).step_by(7) {
        let mut byte = [0];
        from.read_exact(&mut byte)?;
        n |= u32::from(byte[0] & 0x7F) << shift;
        if byte[0] & 0x80 == 0 {
            return Ok(n);
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "a number in the spool does not end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_went_in() {
        let lists = [vec![], vec![0, 1, 127, 128, u32::MAX], vec![300; 50]];
        let mut spool = Spool::default();
        lists.iter().for_each(|l| spool.push(l));
        for _ in 0..2 {
            let mut back = Vec::new();
            spool.read(|l| back.push(l.to_vec())).unwrap();
            assert_eq!(back, lists);
        }
    }
}
