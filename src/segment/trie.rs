//! A dictionary as a double-array trie: one step from character to character is one load.
//!
//! The child of a node by the character with code `c` is slot `base + c`, if that slot's `check` is `c`; no two nodes
//! have the same base, so the code alone says whose child a slot is. The root's base is [`ROOT`]; the slots below stay
//! empty, so that a node without children, and an empty one, lead to an empty one by any code and nobody need ask
//! first. Codes are given out by frequency and nodes are placed by frequency, so that what ordinary text needs lies
//! close together. A filter of 16 bits beside the base says which children there can be and saves most of the loads
//! that would end in nothing. A slot has the rank of its word's frequency, since every walk asks for it; its number
//! stands apart, since only the word that is taken needs it.
//! (Aoe, *An efficient digital search algorithm by using a double-array structure*, 1989.)
//!
//! This file stands for itself: `build.rs` uses it, too, to lay out the dictionary when the program is built.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// The slot of the root's child by a code is the code more; slots below stay empty.
pub(crate) const ROOT: usize = 1 << CHECK_BITS;
/// Where all other nodes stand: nothing takes a slot of the root's children from it, so that a new first character
/// always finds its place.
const NODES: usize = 2 * ROOT;
const CHECK_BITS: u32 = 14;
const RANK_BITS: u32 = 13;
const FILTER_BITS: u32 = 16;
const BASE_BITS: u32 = 64 - BASE_AT;
const FILTER_AT: u32 = CHECK_BITS + RANK_BITS;
const BASE_AT: u32 = FILTER_AT + FILTER_BITS;

/// What a slot says: code of its character, rank of the word that ends there, filter and base of its children.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Node(u64);

impl Node {
    /// The code of the character that leads here; 0 in an empty slot.
    #[inline]
    pub(crate) const fn check(self) -> u16 {
        (self.0 & ((1 << CHECK_BITS) - 1)) as u16
    }

    /// The rank of the word's frequency; 0 where none ends.
    #[inline]
    pub(crate) const fn rank(self) -> usize {
        (self.0 >> CHECK_BITS & ((1 << RANK_BITS) - 1)) as usize
    }

    /// Whether there can be a child by this code.
    #[inline]
    pub(crate) const fn may_lead_by(self, code: u16) -> bool {
        self.0 >> FILTER_AT & (1 << (code & 15)) != 0
    }

    /// The slot of the child by this code, if there is one.
    #[inline]
    pub(crate) const fn child(self, code: u16) -> usize {
        self.base() + code as usize
    }

    #[inline]
    const fn base(self) -> usize {
        (self.0 >> BASE_AT) as usize
    }

    const fn leads_on(self) -> bool {
        self.0 >> FILTER_AT & 0xFFFF != 0
    }

    fn set_base(&mut self, base: usize) {
        assert!(base < 1 << BASE_BITS, "more slots than a base has room for");
        self.0 = self.0 & ((1 << BASE_AT) - 1) | (base as u64) << BASE_AT;
    }

    const fn add_child(&mut self, code: u16) {
        self.0 |= 1 << (FILTER_AT + (code & 15) as u32);
    }

    fn set_rank(&mut self, rank: usize) {
        assert!(rank < 1 << RANK_BITS, "more frequencies than a slot has room for");
        let mask = ((1 << RANK_BITS) - 1) << CHECK_BITS;
        self.0 = self.0 & !mask | (rank as u64) << CHECK_BITS;
    }
}

/// The trie with its alphabet, the numbers of its words and their frequencies.
#[derive(Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// Numbers of words by slot, the most frequent word first; 0 where none ends.
    words: Vec<u32>,
    /// One more than the highest number of a word.
    size: u32,
    /// Frequencies by rank; the first stands for no word.
    frequencies: Vec<u32>,
    /// Characters by code; 0 stands for all that no word has.
    characters: Vec<char>,
    /// Codes of the characters of the Basic Multilingual Plane; beyond it no word has any.
    codes: Vec<u16>,
}

/// Stands for the root where a slot is asked for: it has none.
const TOP: usize = 0;

impl Trie {
    /// Lays out words with their frequencies.
    pub(crate) fn build(words: &[(&str, u32)]) -> Self {
        let mut alphabet: BTreeMap<char, u64> = BTreeMap::new();
        for &(word, frequency) in words {
            word.chars().for_each(|c| *alphabet.entry(c).or_default() += u64::from(frequency));
        }
        let mut alphabet: Vec<(u64, char)> = alphabet.into_iter().map(|(c, n)| (n, c)).collect();
        alphabet.sort_by_key(|&(n, c)| (Reverse(n), c));
        let mut trie = Self { size: 1, frequencies: vec![0], ..Self::default() };
        trie.grow(NODES);
        trie.learn(std::iter::once('\0').chain(alphabet.into_iter().map(|(_, c)| c)).collect());

        // Words as codes, sorted: the children of a node are then neighbours.
        let mut by_frequency = words.to_vec();
        by_frequency.sort_by_key(|&(word, n)| (Reverse(n), word));
        let mut coded: Vec<(Vec<u16>, usize)> = by_frequency
            .iter()
            .enumerate()
            .map(|(at, (word, _))| (word.chars().map(|c| trie.code(c)).collect(), at))
            .collect();
        coded.sort();
        trie.size += by_frequency.len() as u32;
        trie.frequencies.extend(by_frequency.chunk_by(|a, b| a.1 == b.1).map(|alike| alike[0].1));
        let ranks: Vec<usize> = by_frequency
            .chunk_by(|a, b| a.1 == b.1)
            .zip(1..)
            .flat_map(|(alike, rank)| std::iter::repeat_n(rank, alike.len()))
            .collect();
        let mut room = Room::of(&trie.nodes);
        let mut waiting = BinaryHeap::from([(u64::MAX, Reverse(TOP), 0, coded.len(), 0)]);
        while let Some((_, Reverse(slot), from, to, depth)) = waiting.pop() {
            let words = &coded[from..to];
            let children: Vec<&[(Vec<u16>, usize)]> = words.chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
            let codes: Vec<u16> = children.iter().map(|c| c[0].0[depth]).collect();
            let base = if slot == TOP { ROOT } else { trie.place(&codes, &mut room) };
            if slot != TOP {
                trie.nodes[slot].set_base(base);
                codes.iter().for_each(|&code| trie.nodes[slot].add_child(code));
            }
            let mut at = from;
            for (words, code) in children.into_iter().zip(codes) {
                let child = base + usize::from(code);
                trie.nodes[child] = Node(u64::from(code));
                let ends = words[0].0.len() == depth + 1;
                if ends {
                    trie.nodes[child].set_rank(ranks[words[0].1]);
                    trie.words[child] = words[0].1 as u32 + 1;
                }
                let (begin, end) = (at + usize::from(ends), at + words.len());
                if begin < end {
                    let sum = words.iter().map(|&(_, at)| u64::from(by_frequency[at].1)).sum::<u64>();
                    waiting.push((sum, Reverse(child), begin, end, depth + 1));
                }
                at = end;
            }
        }
        trie
    }

    /// Adds a word, or gives a known one another frequency; tells the frequency it had.
    pub(crate) fn add(&mut self, word: &str, frequency: u32, room: &mut Room) -> Option<u32> {
        let mut slot = TOP;
        for c in word.chars() {
            if self.code(c) == 0 && u32::from(c) < 0x1_0000 && self.characters.len() < ROOT {
                self.learn(vec![c]);
            }
            let code = self.code(c);
            if code == 0 {
                return None;
            }
            slot = self.enter(slot, code, room);
        }
        if slot == TOP {
            return None;
        }
        let rank = self.frequencies.iter().skip(1).position(|&n| n == frequency).map_or_else(
            || {
                self.frequencies.push(frequency);
                self.frequencies.len() - 1
            },
            |at| at + 1,
        );
        let known = self.nodes[slot].rank();
        self.nodes[slot].set_rank(rank);
        if known == 0 {
            self.words[slot] = self.size;
            self.size += 1;
        }
        (known > 0).then(|| self.frequencies[known])
    }

    /// The child of a node, made where it is missing.
    fn enter(&mut self, slot: usize, code: u16, room: &mut Room) -> usize {
        if slot == TOP {
            let child = ROOT + usize::from(code);
            self.nodes[child] = match self.nodes[child] {
                found if found.check() == code => found,
                _ => Node(u64::from(code)),
            };
            return child;
        }
        let node = self.nodes[slot];
        let child = node.child(code);
        if node.leads_on() {
            match self.nodes.get(child) {
                Some(found) if found.check() == code => return child,
                Some(found) if child >= NODES && found.check() == 0 => {
                    self.occupy(slot, child, Node(u64::from(code)), room);
                    return child;
                }
                _ => {}
            }
        }
        // No place beside its brothers: all of them move. What hangs on them stays, it knows them by code only.
        let known = self.characters.len() as u16;
        let is_child = |&c: &u16| self.nodes.get(node.child(c)).is_some_and(|n| n.check() == c);
        // The filter names codes by their last four bits.
        let mut codes: Vec<u16> = (16..32)
            .filter(|&low| node.may_lead_by(low))
            .flat_map(|low| (low - 16..known).step_by(16).filter(|&c| c > 0))
            .filter(is_child)
            .collect();
        codes.push(code);
        let base = self.place(&codes, room);
        for &brother in &codes[..codes.len() - 1] {
            let (from, to) = (node.child(brother), base + usize::from(brother));
            self.nodes[to] = std::mem::take(&mut self.nodes[from]);
            self.words[to] = std::mem::take(&mut self.words[from]);
            room.free(from);
        }
        self.nodes[slot].set_base(base);
        let child = base + usize::from(code);
        self.occupy(slot, child, Node(u64::from(code)), room);
        child
    }

    fn occupy(&mut self, parent: usize, slot: usize, node: Node, room: &mut Room) {
        self.nodes[slot] = node;
        room.take(slot);
        self.nodes[parent].add_child(node.check());
    }

    /// Finds a base under which all these codes are free, and takes their slots.
    fn place(&mut self, codes: &[u16], room: &mut Room) -> usize {
        let base = room.find(codes);
        let last = base + codes.iter().copied().max().map_or(0, usize::from);
        if last >= self.nodes.len() {
            self.grow(last + 1);
        }
        codes.iter().for_each(|&c| room.take(base + usize::from(c)));
        room.base(base);
        base
    }

    fn grow(&mut self, size: usize) {
        self.nodes.resize(size, Node::default());
        self.words.resize(size, 0);
    }

    fn learn(&mut self, characters: Vec<char>) {
        self.codes.resize(0x1_0000, 0);
        for c in characters {
            if let Some(code) = self.codes.get_mut(c as usize) {
                *code = u16::try_from(self.characters.len()).expect("some ten thousand characters");
            }
            self.characters.push(c);
        }
    }

    /// The code of a character, 0 where no word has it.
    #[inline]
    pub(crate) fn code(&self, c: char) -> u16 {
        self.codes.get(c as usize).copied().unwrap_or(0)
    }

    /// Characters by code.
    pub(crate) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// All slots.
    #[inline]
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The number of the word that ends in a slot.
    #[inline]
    pub(crate) fn word(&self, slot: usize) -> Option<u32> {
        self.words.get(slot).copied().filter(|&number| number != 0)
    }

    /// One more than the highest number of a word.
    pub(crate) const fn size(&self) -> u32 {
        self.size
    }

    /// Frequencies by rank; the first is none.
    pub(crate) fn frequencies(&self) -> &[u32] {
        &self.frequencies
    }

    /// The trie as bytes: the number of words and three counts, then frequencies, characters, slots, words by slot, all
    /// little-endian.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.size as usize, self.frequencies.len(), self.characters.len(), self.nodes.len()];
        let mut bytes: Vec<u8> = counts.iter().flat_map(|&n| (n as u32).to_le_bytes()).collect();
        bytes.extend(self.frequencies.iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend(self.characters.iter().flat_map(|&c| u32::from(c).to_le_bytes()));
        bytes.extend(self.nodes.iter().flat_map(|n| n.0.to_le_bytes()));
        bytes.extend(self.words.iter().flat_map(|n| n.to_le_bytes()));
        bytes
    }

    /// What [`Self::to_bytes`] wrote; `None` where the bytes are something else.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (counts, rest) = bytes.split_at_checked(16)?;
        let counts: Vec<u32> = words(counts).collect();
        let [size, frequencies, characters, slots] = counts[..] else { return None };
        let (frequencies, rest) = rest.split_at_checked(frequencies as usize * 4)?;
        let (characters, rest) = rest.split_at_checked(characters as usize * 4)?;
        let (nodes, numbers) = rest.split_at_checked(slots as usize * 8)?;
        let mut trie = Self { size, frequencies: words(frequencies).collect(), ..Self::default() };
        trie.nodes = nodes.as_chunks::<8>().0.iter().map(|slot| Node(u64::from_le_bytes(*slot))).collect();
        trie.words = words(numbers).collect();
        trie.learn(words(characters).map(|c| char::from_u32(c).unwrap_or('\0')).collect());
        (trie.nodes.len() == trie.words.len() && trie.nodes.len() >= NODES).then_some(trie)
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// Which slots are free and which bases are taken, a bit each, while words are added.
pub(crate) struct Room {
    taken: Vec<u64>,
    bases: Vec<u64>,
    /// Where to begin to look, by number of children: below, places for so many have been found missing.
    from: [usize; 9],
}

impl Room {
    /// The room that a trie's slots leave.
    pub(crate) fn of(nodes: &[Node]) -> Self {
        let mut room = Self { taken: vec![u64::MAX; NODES / 64], bases: vec![1], from: [0; 9] };
        room.base(ROOT);
        for (slot, node) in nodes.iter().enumerate() {
            if node.check() != 0 {
                room.take(slot);
            }
            if node.leads_on() {
                room.base(node.base());
            }
        }
        room
    }

    fn take(&mut self, slot: usize) {
        set(&mut self.taken, slot);
    }

    fn free(&mut self, slot: usize) {
        self.taken[slot / 64] &= !(1 << (slot % 64));
    }

    fn base(&mut self, base: usize) {
        set(&mut self.bases, base);
    }

    /// The first base from which on all codes are free: 64 bases are tried at a time.
    fn find(&mut self, codes: &[u16]) -> usize {
        let many = codes.len().min(self.from.len()) - 1;
        let mut block = self.from[many];
        loop {
            let mut fits = !self.bases.get(block).copied().unwrap_or(0);
            for &code in codes {
                fits &= !window(&self.taken, block * 64 + usize::from(code));
                if fits == 0 {
                    break;
                }
            }
            if fits != 0 {
                self.from[many] = block;
                return block * 64 + fits.trailing_zeros() as usize;
            }
            block += 1;
        }
    }
}

fn set(bits: &mut Vec<u64>, at: usize) {
    if at / 64 >= bits.len() {
        bits.resize(at / 64 + 1, 0);
    }
    bits[at / 64] |= 1 << (at % 64);
}

/// 64 bits from a place on; beyond the end they are 0.
fn window(bits: &[u64], at: usize) -> u64 {
    let word = |i: usize| bits.get(i).copied().unwrap_or(0);
    match at % 64 {
        0 => word(at / 64),
        shift => word(at / 64) >> shift | word(at / 64 + 1) << (64 - shift),
    }
}
