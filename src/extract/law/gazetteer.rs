//! A few thousand titles looked for in a text at once: leftmost, and of those the longest.
//!
//! An automaton for them has states enough to miss the cache at every character. But few twos, threes and fours of
//! characters begin a title, so a bit for each sorts out nearly all places; what is left is searched for in the
//! sorted list.

/// The titles.
pub(super) struct Gazetteer {
    /// Sorted by bytes, each with its number in the caller's list.
    titles: Vec<(Box<str>, u32)>,
    /// For each title the longest other one that it begins with, by place in the list.
    shorter: Vec<Option<u32>>,
    gates: [Gate; GATES.len()],
}

/// First bytes that titles have, a bit for each by hash.
#[derive(Default)]
struct Gate {
    /// Some title begins with them.
    begin: Bits,
    /// Some title is not long enough for the next gate.
    end: Bits,
}

/// A title found.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    /// First byte.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Number of the title in the list given to [`Gazetteer::new`].
    pub(super) title: usize,
}

/// Bytes that the gates look at: two, three and four Han characters. No title is shorter than the first.
const GATES: [usize; 3] = [6, 9, 12];
const SHORTEST: usize = GATES[0];

impl Gazetteer {
    /// From titles of at least two Han characters; of equal ones the first counts.
    pub(super) fn new(list: &[&str]) -> Self {
        let mut titles: Vec<(Box<str>, u32)> =
            list.iter().zip(0..).filter(|(t, _)| t.len() >= SHORTEST).map(|(t, n)| ((*t).into(), n)).collect();
        titles.sort();
        titles.dedup_by(|b, a| a.0 == b.0);
        let mut gates: [Gate; GATES.len()] = Default::default();
        let mut shorter: Vec<Option<u32>> = Vec::with_capacity(titles.len());
        for (at, (title, _)) in titles.iter().enumerate() {
            let mut bits =
                GATES.iter().zip(&mut gates).filter_map(|(&n, gate)| Some((hash(title.as_bytes(), n)?, gate)));
            let mut last = bits.next();
            while let Some((bit, gate)) = last.take() {
                gate.begin.set(bit);
                last = bits.next();
                if last.is_none() {
                    gate.end.set(bit);
                }
            }
            // The title before it begins as it does at least as far as any other, or what that one begins with.
            let mut candidate = at.checked_sub(1).map(|before| before as u32);
            while let Some(c) = candidate.filter(|&c| !title.starts_with(&*titles[c as usize].0)) {
                candidate = shorter[c as usize];
            }
            shorter.push(candidate);
        }
        Self { titles, shorter, gates }
    }

    /// The titles themselves.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        self.titles.iter().map(|(title, _)| &**title)
    }

    /// The titles in a text that begin at one of these places (ascending), from left to right, none within another.
    pub(super) fn find<'t>(
        &'t self,
        text: &'t str,
        places: impl Iterator<Item = usize> + 't,
    ) -> impl Iterator<Item = Hit> + 't {
        let bytes = text.as_bytes();
        let mut done = 0;
        places.filter_map(move |start| {
            if start < done || !self.may_begin(&bytes[start..]) {
                return None;
            }
            let (length, title) = self.longest(&bytes[start..])?;
            done = start + length;
            Some(Hit { start, end: done, title })
        })
    }

    fn may_begin(&self, bytes: &[u8]) -> bool {
        for (&n, gate) in GATES.iter().zip(&self.gates) {
            match hash(bytes, n) {
                Some(bit) if !gate.begin.has(bit) => return false,
                Some(bit) if !gate.end.has(bit) => {}
                _ => return true,
            }
        }
        true
    }

    /// The longest title with which the bytes begin.
    fn longest(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        let after = self.titles.partition_point(|(title, _)| title.as_bytes() <= bytes);
        let mut candidate = after.checked_sub(1).map(|before| before as u32);
        while let Some(c) = candidate {
            let (title, number) = &self.titles[c as usize];
            if bytes.starts_with(title.as_bytes()) {
                return Some((title.len(), *number as usize));
            }
            candidate = self.shorter[c as usize];
        }
        None
    }
}

/// All places where a title could begin.
pub(super) fn everywhere(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at)
}

/// 2^15 bits.
struct Bits(Box<[u64; 512]>);

impl Default for Bits {
    fn default() -> Self {
        Self(Box::new([0; 512]))
    }
}

impl Bits {
    fn set(&mut self, bit: usize) {
        self.0[bit / 64 % 512] |= 1 << (bit % 64);
    }

    fn has(&self, bit: usize) -> bool {
        self.0[bit / 64 % 512] >> (bit % 64) & 1 == 1
    }
}

/// The first 6 to 16 bytes as a number below 2^15, if there are so many.
fn hash(bytes: &[u8], n: usize) -> Option<usize> {
    let part = |at: usize| -> Option<u64> {
        let four = bytes.get(at..at + 4)?;
        Some(u64::from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])))
    };
    let (first, last) = (part(0)?, part(n - 4)?);
    let middle = if n > 8 { part(4)? } else { 0 };
    let mixed = (first | last << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ middle.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    Some((mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(titles: &[&str], text: &str) -> Vec<String> {
        Gazetteer::new(titles)
            .find(text, everywhere(text))
            .map(|hit| format!("{}:{}", &text[hit.start..hit.end], hit.title))
            .collect()
    }

    #[test]
    fn the_longest_of_the_leftmost() {
        let titles = ["民法典", "民法", "刑法", "民法通则", "刑法修正案", "民法", "最高法关于民法的解释"];
        assert_eq!(found(&titles, "民法典和民法，刑法修正法a刑法"), ["民法典:0", "民法:1", "刑法:2", "刑法:2"]);
        assert_eq!(found(&titles, "按最高法关于民法的解释"), ["最高法关于民法的解释:6"]);
        assert_eq!(found(&titles, "最高法关于民法的"), ["民法:1"]);
        assert!(found(&titles, "民事").is_empty() && found(&titles, "").is_empty() && found(&[], "民法").is_empty());
    }

    #[test]
    fn as_an_automaton_finds_them() {
        let titles = ["安全法", "网络安全法", "安全法实施", "安全法实施条例", "法实施", "国安全", "实施条例草案"];
        let automaton = aho_corasick::AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(titles)
            .unwrap();
        let parts = ["网络", "安全", "法", "实施", "条例", "国", "草案", "，", "é", "a"];
        for n in 0..10_000_usize {
            let text: String = (0..5).map(|i| parts[n / 10_usize.pow(i) % 10]).chain(["安全法实施条例"]).collect();
            let theirs: Vec<_> = automaton.find_iter(&text).map(|m| (m.start(), m.end())).collect();
            let ours: Vec<_> =
                Gazetteer::new(&titles).find(&text, everywhere(&text)).map(|h| (h.start, h.end)).collect();
            assert_eq!(ours, theirs, "{text}");
        }
    }
}
