//! A dictionary as a double-array trie: one step from character to character is one load.
//!
//! The child of a node by the character with code `c` is slot `base + c`, if that slot's `check` is `c`; no two nodes
//! have the same base, so the code alone says whose child a slot is. The root's base is [`ROOT`]; the slots below stay
//! empty, so that a node without children, and an empty one, lead to an empty one by any code and nobody need ask
//! first. Codes are given out by frequency and nodes are placed by frequency, so that what ordinary text needs lies
//! close together. Two characters in a row mostly begin no word, and looking for one would cost a way to a cold slot:
//! a table of bits, small enough for the cache, says so nearly always, and 32 bits beside the base say which children
//! there can be.
//! (Aoe, *An efficient digital search algorithm by using a double-array structure*, 1989.)
//!
//! This file stands for itself: `build.rs` uses it, too, to lay out the dictionary when the program is built.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// How often an added word is taken to occur: enough that it is not cut, little enough that the total, and with it every
/// other score, hardly moves.
pub(crate) const ADDED_FREQUENCY: u32 = 1_000;

/// Whether a title of the registry is added to the dictionary.
pub(crate) fn is_added_title(title: &str) -> bool {
    title.chars().nth(2).is_some() && title.chars().all(is_han)
}

/// Whether a character is a Han character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The slot of the root's child by a code is the code more; slots below stay empty.
pub(crate) const ROOT: usize = 1 << CHECK_BITS;
/// Where all other nodes stand: nothing takes a slot of the root's children from it, so that a new first character
/// always finds its place.
const NODES: usize = 2 * ROOT;
const CHECK_BITS: u32 = 14;
const RANK_BITS: u32 = 14;
const RANK_AT: u32 = CHECK_BITS;
const BASE_AT: u32 = CHECK_BITS + RANK_BITS;

/// A node as it lies in the file, so that the program need not copy what it brings along.
type Slot = [u8; 16];

/// What a slot says: code of its character, number of the word that ends there and rank of its frequency, base of its
/// children and which there can be.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Node {
    links: u64,
    /// The number of the word; 0 where none ends.
    pub(crate) word: u32,
    filter: u32,
}

impl Node {
    const fn of(code: u16) -> Self {
        Self { links: code as u64, word: 0, filter: 0 }
    }

    /// The code of the character that leads here; 0 in an empty slot.
    #[inline]
    pub(crate) const fn check(self) -> u16 {
        (self.links & ((1 << CHECK_BITS) - 1)) as u16
    }

    /// The rank of the word's frequency; 0 where none ends.
    #[inline]
    pub(crate) const fn rank(self) -> usize {
        (self.links >> RANK_AT & ((1 << RANK_BITS) - 1)) as usize
    }

    /// Whether there can be a child by this code.
    #[inline]
    pub(crate) const fn may_lead_by(self, code: u16) -> bool {
        self.filter >> (code & 31) & 1 != 0
    }

    /// The slot of the child by this code, if there is one.
    #[inline]
    pub(crate) const fn child(self, code: u16) -> usize {
        self.base() + code as usize
    }

    #[inline]
    const fn base(self) -> usize {
        (self.links >> BASE_AT) as usize
    }

    #[inline]
    fn read(slot: &Slot) -> Self {
        let [links, rest] = slot.as_chunks().0 else { return Self::default() };
        let rest = u64::from_le_bytes(*rest);
        Self { links: u64::from_le_bytes(*links), word: rest as u32, filter: (rest >> 32) as u32 }
    }

    fn write(self) -> Slot {
        let rest = u64::from(self.filter) << 32 | u64::from(self.word);
        (u128::from(rest) << 64 | u128::from(self.links)).to_le_bytes()
    }

    const fn leads_on(self) -> bool {
        self.filter != 0
    }

    const fn set_base(&mut self, base: usize) {
        self.links = self.links & ((1 << BASE_AT) - 1) | (base as u64) << BASE_AT;
    }

    const fn add_child(&mut self, code: u16) {
        self.filter |= 1 << (code & 31);
    }

    fn set_rank(&mut self, rank: usize) {
        assert!(rank < 1 << RANK_BITS, "more frequencies than a slot has room for");
        let mask = ((1 << RANK_BITS) - 1) << RANK_AT;
        self.links = self.links & !mask | (rank as u64) << RANK_AT;
    }
}

/// Bits of the table of pairs: 178 thousand pairs begin words, each with two bits that lie together.
const PAIRS: usize = 1 << 21;

/// Place and bits of a pair in the table.
#[inline]
const fn pair(first: u16, second: u16) -> (usize, u64) {
    let both = (first as u64) << 16 | second as u64;
    let hash = both.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((hash >> 32) as usize % (PAIRS / 64), 1 << (hash >> 58) | 1 << (hash >> 52 & 63))
}

/// The trie with its alphabet, the numbers of its words and their frequencies.
#[derive(Default)]
pub(crate) struct Trie {
    nodes: Cow<'static, [Slot]>,
    /// Pairs of characters that begin words, and some more.
    pairs: Cow<'static, [[u8; 8]]>,
    /// One more than the highest number of a word.
    size: u32,
    /// The sum of all frequencies.
    total: u64,
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
        let (nodes, pairs) = (vec![Slot::default(); NODES].into(), vec![[0; 8]; PAIRS / 64].into());
        let total = words.iter().map(|&(_, n)| u64::from(n)).sum();
        let mut trie = Self { nodes, pairs, size: 1, total, frequencies: vec![0], ..Self::default() };
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
                trie.edit(slot, |node| {
                    node.set_base(base);
                    codes.iter().for_each(|&code| node.add_child(code));
                });
            }
            let mut at = from;
            for (words, code) in children.into_iter().zip(codes) {
                let child = base + usize::from(code);
                let mut node = Node::of(code);
                if depth == 1 {
                    trie.learn_pair(words[0].0[0], code);
                }
                let ends = words[0].0.len() == depth + 1;
                if ends {
                    node.set_rank(ranks[words[0].1]);
                    node.word = words[0].1 as u32 + 1;
                }
                trie.edit(child, |empty| *empty = node);
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

    /// Adds a word with its frequency, or gives a known one another.
    pub(crate) fn add(&mut self, word: &str, frequency: u32, room: &mut Option<Room>) {
        let room = room.get_or_insert_with(|| Room::of(&self.nodes));
        let mut slot = TOP;
        let mut first = None;
        for (depth, c) in word.chars().enumerate() {
            if self.code(c) == 0 && u32::from(c) < 0x1_0000 && self.characters.len() < ROOT {
                self.learn(vec![c]);
            }
            let code = self.code(c);
            if code == 0 {
                return;
            }
            slot = self.enter(slot, code, room);
            match first {
                None => first = Some(code),
                Some(first) if depth == 1 => self.learn_pair(first, code),
                Some(_) => {}
            }
        }
        if slot == TOP {
            return;
        }
        let known = self.frequencies.iter().skip(1).position(|&n| n == frequency);
        let rank = known.map_or(self.frequencies.len(), |at| at + 1);
        if known.is_none() {
            self.frequencies.push(frequency);
        }
        let before = self.node(slot).rank();
        let number = if before == 0 { self.size } else { self.node(slot).word };
        self.size += u32::from(before == 0);
        self.total = self.total + u64::from(frequency) - u64::from(self.frequencies[before]);
        self.edit(slot, |node| {
            node.set_rank(rank);
            node.word = number;
        });
    }

    /// How often a word occurs; `None` where it is none.
    pub(crate) fn frequency(&self, word: &str) -> Option<u32> {
        let mut slot = TOP;
        for c in word.chars() {
            let code = self.code(c);
            slot = if slot == TOP { ROOT + usize::from(code) } else { self.node(slot).child(code) };
            if code == 0 || self.node(slot).check() != code {
                return None;
            }
        }
        let rank = self.node(slot).rank();
        (rank > 0).then(|| self.frequencies[rank])
    }

    #[inline]
    fn node(&self, slot: usize) -> Node {
        self.nodes.get(slot).map(Node::read).unwrap_or_default()
    }

    fn edit(&mut self, slot: usize, change: impl FnOnce(&mut Node)) {
        let mut node = self.node(slot);
        change(&mut node);
        self.nodes.to_mut()[slot] = node.write();
    }

    /// The child of a node, made where it is missing.
    fn enter(&mut self, slot: usize, code: u16, room: &mut Room) -> usize {
        if slot == TOP {
            let child = ROOT + usize::from(code);
            if self.node(child).check() != code {
                self.edit(child, |empty| *empty = Node::of(code));
            }
            return child;
        }
        let node = self.node(slot);
        let child = node.child(code);
        if node.leads_on() {
            match self.node(child).check() {
                found if found == code => return child,
                0 if (NODES..self.nodes.len()).contains(&child) => {
                    self.occupy(slot, child, code, room);
                    return child;
                }
                _ => {}
            }
        }
        // No place beside its brothers: all of them move. What hangs on them stays, it knows them by code only.
        let known = self.characters.len() as u16;
        let is_child = |&c: &u16| self.node(node.child(c)).check() == c;
        // The filter names codes by their last five bits.
        let mut codes: Vec<u16> = (32..64)
            .filter(|&low| node.may_lead_by(low))
            .flat_map(|low| (low - 32..known).step_by(32).filter(|&c| c > 0))
            .filter(is_child)
            .collect();
        codes.push(code);
        let base = self.place(&codes, room);
        for &brother in &codes[..codes.len() - 1] {
            let (from, to) = (node.child(brother), base + usize::from(brother));
            let moved = self.node(from);
            self.edit(to, |node| *node = moved);
            self.edit(from, |node| *node = Node::default());
            room.free(from);
        }
        self.edit(slot, |node| node.set_base(base));
        let child = base + usize::from(code);
        self.occupy(slot, child, code, room);
        child
    }

    fn occupy(&mut self, parent: usize, slot: usize, code: u16, room: &mut Room) {
        self.edit(slot, |node| *node = Node::of(code));
        room.take(slot);
        self.edit(parent, |node| node.add_child(code));
    }

    /// Finds a base under which all these codes are free, and takes their slots.
    fn place(&mut self, codes: &[u16], room: &mut Room) -> usize {
        let base = room.find(codes);
        let last = base + codes.iter().copied().max().map_or(0, usize::from);
        if last >= self.nodes.len() {
            self.nodes.to_mut().resize(last + 1, Slot::default());
        }
        codes.iter().for_each(|&c| room.take(base + usize::from(c)));
        room.base(base);
        base
    }

    fn learn_pair(&mut self, first: u16, second: u16) {
        let (at, bits) = pair(first, second);
        if !self.may_begin(first, second) {
            let known = &mut self.pairs.to_mut()[at];
            *known = (u64::from_le_bytes(*known) | bits).to_le_bytes();
        }
    }

    /// Whether a word may begin with two characters; false for all but a few that begin none.
    #[inline]
    pub(crate) fn may_begin(&self, first: u16, second: u16) -> bool {
        let (at, bits) = pair(first, second);
        self.pairs.get(at).is_some_and(|known| u64::from_le_bytes(*known) & bits == bits)
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

    /// The node in a slot, empty where it is another character's.
    #[inline]
    pub(crate) fn at(&self, slot: usize, code: u16) -> Node {
        let node = self.node(slot);
        if node.check() == code { node } else { Node::default() }
    }

    /// The sum of all frequencies.
    pub(crate) const fn total(&self) -> u64 {
        self.total
    }

    /// One more than the highest number of a word.
    pub(crate) const fn size(&self) -> u32 {
        self.size
    }

    /// Frequencies by rank; the first is none.
    pub(crate) fn frequencies(&self) -> &[u32] {
        &self.frequencies
    }

    /// The trie as bytes: slots, pairs, frequencies, characters, then the sum of frequencies, the number of words and how
    /// many there are of the others, all little-endian.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.nodes.as_flattened().to_vec();
        bytes.extend(self.pairs.as_flattened());
        bytes.extend(self.frequencies.iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend(self.characters.iter().flat_map(|&c| u32::from(c).to_le_bytes()));
        bytes.extend(self.total.to_le_bytes());
        let counts = [self.size as usize, self.nodes.len(), self.frequencies.len(), self.characters.len()];
        bytes.extend(counts.iter().flat_map(|&n| (n as u32).to_le_bytes()));
        bytes
    }

    /// What [`Self::to_bytes`] wrote; `None` where the bytes are something else.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let (bytes, counts) = bytes.split_at_checked(bytes.len().checked_sub(24)?)?;
        let counts: Vec<u32> = words(counts).collect();
        let [low, high, size, slots, frequencies, characters] = counts[..] else { return None };
        let (nodes, rest) = bytes.split_at_checked(slots as usize * size_of::<Slot>())?;
        let (pairs, rest) = rest.split_at_checked(PAIRS / 8)?;
        let (frequencies, rest) = rest.split_at_checked(frequencies as usize * 4)?;
        let (characters, _) = rest.split_at_checked(characters as usize * 4)?;
        let total = u64::from(high) << 32 | u64::from(low);
        let (nodes, pairs) = (nodes.as_chunks().0.into(), pairs.as_chunks().0.into());
        let frequencies = words(frequencies).collect();
        let mut trie = Self { nodes, pairs, size, total, frequencies, ..Self::default() };
        trie.learn(words(characters).map(|c| char::from_u32(c).unwrap_or('\0')).collect());
        (trie.nodes.len() >= NODES).then_some(trie)
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// Which slots are free and which bases are taken, a bit each, while words are added.
pub(crate) struct Room {
    taken: Vec<u64>,
    bases: Vec<u64>,
    /// The first slot to look at, by number of children: below, places for so many have been found missing.
    from: [usize; 9],
}

impl Room {
    /// The room that a trie's slots leave.
    fn of(nodes: &[Slot]) -> Self {
        let mut room = Self { taken: vec![u64::MAX; NODES / 64], bases: vec![1], from: [0; 9] };
        room.base(ROOT);
        for (slot, node) in nodes.iter().map(Node::read).enumerate() {
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
        let lowest = codes.iter().copied().min().map_or(0, usize::from);
        let mut block = self.from[many].saturating_sub(lowest) / 64;
        loop {
            let mut fits = !self.bases.get(block).copied().unwrap_or(0);
            for &code in codes {
                fits &= !window(&self.taken, block * 64 + usize::from(code));
                if fits == 0 {
                    break;
                }
            }
            if fits != 0 {
                let base = block * 64 + fits.trailing_zeros() as usize;
                self.from[many] = base + lowest;
                return base;
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
