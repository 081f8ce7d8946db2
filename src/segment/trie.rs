//! A dictionary as a double-array trie: one step from character to character is one load.
//!
//! Slot 0 is the root. The child of a node by the character with code `c` is slot `base + c`, if that slot's
//! `check` is `c`; no two nodes have the same base, so the code alone says whose child a slot is. Codes are given
//! out by frequency and nodes are placed by frequency, so that what ordinary text needs lies close together.
//! A filter of eight bits beside the base says which children there can be and saves most of the loads that
//! would end in nothing. (Aoe, *An efficient digital search algorithm by using a double-array structure*, 1989.)
//!
//! This file stands for itself: `build.rs` uses it, too, to lay out the dictionary when the program is built.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Slots below belong to the children of the root, so that a new first character always finds its place.
const ROOT: usize = 1 << CHECK_BITS;
const CHECK_BITS: u32 = 14;
const WORD_BITS: u32 = 20;
const FILTER_BITS: u32 = 8;

/// What a slot says: code of its character, number of the word that ends there, filter and base of its children.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Node(u64);

impl Node {
    /// The code of the character that leads here; 0 in an empty slot.
    #[inline]
    pub(crate) const fn check(self) -> u16 {
        (self.0 & ((1 << CHECK_BITS) - 1)) as u16
    }

    /// The number of the word, the most frequent first; 0 where none ends.
    #[inline]
    pub(crate) const fn word(self) -> usize {
        (self.0 >> CHECK_BITS & ((1 << WORD_BITS) - 1)) as usize
    }

    /// Whether there can be a child by this code.
    #[inline]
    pub(crate) const fn may_lead_by(self, code: u16) -> bool {
        self.0 >> (CHECK_BITS + WORD_BITS) & (1 << (code & 7)) != 0
    }

    /// The slot of the child by this code, if there is one.
    #[inline]
    pub(crate) const fn child(self, code: u16) -> usize {
        self.base() + code as usize
    }

    const fn base(self) -> usize {
        (self.0 >> (CHECK_BITS + WORD_BITS + FILTER_BITS)) as usize
    }

    const fn leads_on(self) -> bool {
        self.0 >> (CHECK_BITS + WORD_BITS) & 0xFF != 0
    }

    const fn set_base(&mut self, base: usize) {
        let low = CHECK_BITS + WORD_BITS + FILTER_BITS;
        self.0 = self.0 & ((1 << low) - 1) | (base as u64) << low;
    }

    const fn add_child(&mut self, code: u16) {
        self.0 |= 1 << (CHECK_BITS + WORD_BITS + (code & 7) as u32);
    }

    const fn set_word(&mut self, word: usize) {
        let mask = ((1 << WORD_BITS) - 1) << CHECK_BITS;
        self.0 = self.0 & !mask | (word as u64) << CHECK_BITS;
    }
}

/// The trie with its alphabet and frequencies.
#[derive(Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// Characters by code; 0 stands for all that no word has.
    characters: Vec<char>,
    /// Codes of the characters of the Basic Multilingual Plane; beyond it no word has any.
    codes: Vec<u16>,
    /// Frequencies by number of the word; the first stands for no word.
    frequencies: Vec<u32>,
}

impl Trie {
    /// Lays out words with their frequencies.
    pub(crate) fn build(words: &[(&str, u32)]) -> Self {
        let mut alphabet: BTreeMap<char, u64> = BTreeMap::new();
        for &(word, frequency) in words {
            word.chars().for_each(|c| *alphabet.entry(c).or_default() += u64::from(frequency));
        }
        let mut alphabet: Vec<(u64, char)> = alphabet.into_iter().map(|(c, n)| (n, c)).collect();
        alphabet.sort_by_key(|&(n, c)| (Reverse(n), c));
        let mut trie = Self { nodes: vec![Node::default(); ROOT], frequencies: vec![0], ..Self::default() };
        trie.learn(std::iter::once('\0').chain(alphabet.into_iter().map(|(_, c)| c)).collect());

        // Words as codes, sorted: the children of a node are then neighbours.
        let mut by_frequency = words.to_vec();
        by_frequency.sort_by_key(|&(word, n)| (Reverse(n), word));
        trie.frequencies.extend(by_frequency.iter().map(|&(_, n)| n));
        let mut coded: Vec<(Vec<u16>, usize)> = by_frequency
            .iter()
            .zip(1..)
            .map(|((word, _), number)| (word.chars().map(|c| trie.code(c)).collect(), number))
            .collect();
        coded.sort();
        let mut room = Room::of(&trie.nodes);
        let mut waiting = BinaryHeap::from([(u64::MAX, Reverse(0), 0, coded.len(), 0)]);
        while let Some((_, Reverse(slot), from, to, depth)) = waiting.pop() {
            let words = &coded[from..to];
            let children: Vec<&[(Vec<u16>, usize)]> = words.chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
            let codes: Vec<u16> = children.iter().map(|c| c[0].0[depth]).collect();
            let base = if depth == 0 { 0 } else { trie.place(&codes, &mut room) };
            trie.nodes[slot].set_base(base);
            let mut at = from;
            for (words, code) in children.into_iter().zip(codes) {
                trie.nodes[slot].add_child(code);
                let child = base + usize::from(code);
                trie.nodes[child] = Node(u64::from(code));
                let ends = words[0].0.len() == depth + 1;
                if ends {
                    trie.nodes[child].set_word(words[0].1);
                }
                let (begin, end) = (at + usize::from(ends), at + words.len());
                if begin < end {
                    let sum = words.iter().map(|&(_, number)| u64::from(trie.frequencies[number])).sum::<u64>();
                    waiting.push((sum, Reverse(child), begin, end, depth + 1));
                }
                at = end;
            }
        }
        trie
    }

    /// Adds a word, or gives a known one another frequency; tells the frequency it had.
    pub(crate) fn add(&mut self, word: &str, frequency: u32, room: &mut Room) -> Option<u32> {
        let mut slot = 0;
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
        match self.nodes[slot].word() {
            0 => {
                assert!(self.frequencies.len() < 1 << WORD_BITS, "more words than a slot has room for");
                self.nodes[slot].set_word(self.frequencies.len());
                self.frequencies.push(frequency);
                None
            }
            known => Some(std::mem::replace(&mut self.frequencies[known], frequency)),
        }
    }

    /// The child of a node, made where it is missing.
    fn enter(&mut self, slot: usize, code: u16, room: &mut Room) -> usize {
        let node = self.nodes[slot];
        let child = node.child(code);
        if slot == 0 || node.leads_on() {
            match self.nodes.get(child) {
                Some(found) if found.check() == code => return child,
                Some(found) if slot == 0 || (child >= ROOT && found.check() == 0) => {
                    self.occupy(slot, child, Node(u64::from(code)), room);
                    return child;
                }
                _ => {}
            }
        }
        // No place beside its brothers: all of them move. What hangs on them stays, it knows them by code only.
        let known = self.characters.len() as u16;
        let is_child = |&c: &u16| self.nodes.get(node.child(c)).is_some_and(|n| n.check() == c);
        // The filter names codes by their last three bits.
        let mut codes: Vec<u16> = (8..16)
            .filter(|&low| node.may_lead_by(low))
            .flat_map(|low| (low - 8..known).step_by(8).filter(|&c| c > 0))
            .filter(is_child)
            .collect();
        codes.push(code);
        let base = self.place(&codes, room);
        for &brother in &codes[..codes.len() - 1] {
            let moved = std::mem::take(&mut self.nodes[node.child(brother)]);
            room.free(node.child(brother));
            self.nodes[base + usize::from(brother)] = moved;
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
            self.nodes.resize(last + 1, Node::default());
        }
        codes.iter().for_each(|&c| room.take(base + usize::from(c)));
        room.base(base);
        base
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

    /// Frequencies by the number that [`Node::word`] gives; the first is none.
    pub(crate) fn frequencies(&self) -> &[u32] {
        &self.frequencies
    }

    /// The trie as bytes: three counts, frequencies, characters, slots, all little-endian.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.frequencies.len(), self.characters.len(), self.nodes.len()];
        let mut bytes: Vec<u8> = counts.iter().flat_map(|&n| (n as u32).to_le_bytes()).collect();
        bytes.extend(self.frequencies.iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend(self.characters.iter().flat_map(|&c| u32::from(c).to_le_bytes()));
        bytes.extend(self.nodes.iter().flat_map(|n| n.0.to_le_bytes()));
        bytes
    }

    /// What [`Self::to_bytes`] wrote; `None` where the bytes are something else.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (counts, rest) = bytes.split_at_checked(12)?;
        let counts: Vec<usize> = words(counts).map(|n| n as usize).collect();
        let (frequencies, rest) = rest.split_at_checked(counts[0] * 4)?;
        let (characters, slots) = rest.split_at_checked(counts[1] * 4)?;
        let (slots, _) = slots.as_chunks::<8>();
        let mut trie = Self { frequencies: words(frequencies).collect(), ..Self::default() };
        trie.nodes = slots.iter().map(|slot| Node(u64::from_le_bytes(*slot))).collect();
        trie.learn(words(characters).map(|c| char::from_u32(c).unwrap_or('\0')).collect());
        (trie.nodes.len() == counts[2] && trie.nodes.len() >= ROOT).then_some(trie)
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
        let mut room = Self { taken: vec![u64::MAX; ROOT / 64], bases: vec![1], from: [0; 9] };
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
