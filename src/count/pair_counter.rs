//! Counts pairs of numbers and keeps those that occur often enough, in bounded memory.
//!
//! Everything is added twice: first to small counters that all pairs of the same hash share, then, where such a counter
//! is high enough, to a counter of its own (Park, Chen & Yu 1995, *SIGMOD*). Pairs wait in sixteen megabytes of queues by
//! the beginning of their hash, so that those that are counted together meet in a small part of the memory: otherwise
//! nearly every pair would wait for a line of its own.

use rustc_hash::FxHashMap;

/// Bits of the hash that choose the queue.
const QUEUE_BITS: u32 = 8;
/// Bits of the hash that choose the small counter, at most.
const COUNTER_BITS: u32 = 24;
/// Pairs in a full queue.
const ROOM: usize = 1 << 13;

/// Two numbers as one.
pub(super) const fn pair(a: u32, b: u32) -> u64 {
    (a as u64) << 32 | b as u64
}

/// Counts pairs in two rounds.
pub(super) struct PairCounter {
    least: u32,
    bits: u32,
    /// Small counters shared by all pairs of the same hash.
    shared: Vec<u8>,
    /// By queue: pairs that wait.
    waiting: Vec<Vec<u64>>,
    /// By queue, in the second round: how often each pair occurs.
    own: Vec<FxHashMap<u64, u32>>,
}

impl PairCounter {
    /// For so many pairs, of which those are wanted that occur at least so often.
    pub(super) fn new(least: u32, pairs: u64) -> Self {
        // Four counters for each pair, of which most occur again: few share one by chance.
        let bits = (pairs.saturating_mul(4).max(1).ilog2() + 1).clamp(QUEUE_BITS, COUNTER_BITS);
        Self { least, bits, shared: vec![0; 1 << bits], waiting: vec![Vec::new(); 1 << QUEUE_BITS], own: Vec::new() }
    }

    /// Adds a pair.
    pub(super) fn add(&mut self, a: u32, b: u32) {
        let pair = pair(a, b);
        let queue = (hash(pair) >> (64 - QUEUE_BITS)) as usize;
        let waiting = &mut self.waiting[queue];
        waiting.push(pair);
        if waiting.len() == ROOM {
            self.settle(queue);
        }
    }

    /// Ends the first round: all that was added is to be added once more.
    pub(super) fn begin_counting(&mut self) {
        (0..1 << QUEUE_BITS).for_each(|queue| self.settle(queue));
        self.own = vec![FxHashMap::default(); 1 << QUEUE_BITS];
    }

    /// Ends the second round: the pairs that occur often enough and how often, in order.
    pub(super) fn finish(mut self) -> Vec<((u32, u32), u32)> {
        (0..1 << QUEUE_BITS).for_each(|queue| self.settle(queue));
        let least = self.least;
        let often = |own: FxHashMap<u64, u32>| own.into_iter().filter(move |&(_, count)| count >= least);
        let mut kept: Vec<(u64, u32)> = self.own.into_iter().flat_map(often).collect();
        kept.sort_unstable();
        kept.into_iter().map(|(pair, count)| (((pair >> 32) as u32, pair as u32), count)).collect()
    }

    /// Counts what waits in a queue.
    fn settle(&mut self, queue: usize) {
        let waiting = &mut self.waiting[queue];
        let place = |pair: u64| (hash(pair) >> (64 - self.bits)) as usize;
        match self.own.get_mut(queue) {
            None => {
                for &pair in &*waiting {
                    let counter = &mut self.shared[place(pair)];
                    *counter = counter.saturating_add(1);
                }
            }
            Some(own) => {
                let least = u8::try_from(self.least).unwrap_or(u8::MAX);
                for &pair in waiting.iter().filter(|&&pair| self.shared[place(pair)] >= least) {
                    *own.entry(pair).or_default() += 1;
                }
            }
        }
        waiting.clear();
    }
}

const fn hash(pair: u64) -> u64 {
    // The high bits of the product depend on all bits of both numbers.
    pair.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_often_enough_is_counted_exactly() {
        let all: Vec<(u32, u32)> = (0..40_000_u32).map(|n| (n.isqrt(), n % 7)).collect();
        for least in [1, 3, 300] {
            let mut pairs = PairCounter::new(least, 10);
            all.iter().for_each(|&(a, b)| pairs.add(a, b));
            pairs.begin_counting();
            all.iter().rev().for_each(|&(a, b)| pairs.add(a, b));
            let mut expected = std::collections::BTreeMap::new();
            all.iter().for_each(|&pair| *expected.entry(pair).or_insert(0) += 1);
            expected.retain(|_, count| *count >= least);
            assert_eq!(pairs.finish(), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
