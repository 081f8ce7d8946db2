//! All patterns as one tree of their first parts, so that what hundreds of them ask of a place is asked once.
//!
//! A number begins half of the patterns, and most go on with a word of some list. Tried one by one, each would look at
//! the same number and the same word again. Here patterns that begin alike share a branch: walking down from a place
//! gives the few that are worth a trial there.
//!
//! Always true: a pattern that matches at a place is among those given for it.
//!
//! ```text
//! {n}{currency}, {n}{unit:measure}, {low:n}{to}{n}{currency}
//!
//!     {n} ─┬─ {currency}    →  {n}{currency}
//!          ├─ {measure}     →  {n}{unit:measure}
//!          └─ {to} ── {n}   →  {low:n}{to}{n}{currency}
//! ```

use rustc_hash::FxHashMap;

use super::{Beginning, Haystack, Hole, Pattern, Step, WordTable, blank_length, head, heads};
use crate::text::eight;

/// Parts of a pattern that the tree knows; what comes later is left to the trial.
const DEPTH: usize = 3;

/// A part of a pattern with the blanks before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    gap: Gap,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Literal(Box<str>),
    Words(usize),
    Number(Hole),
}

/// Blanks between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Optional,
    Required,
}

impl Gap {
    const fn allows(self, blank: bool) -> bool {
        match self {
            Self::None => !blank,
            Self::Optional => true,
            Self::Required => blank,
        }
    }
}

/// A place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch(u32);

/// The tree; `P` names a pattern.
#[derive(Clone, Debug)]
pub struct Prefixes<P> {
    nodes: Vec<Node<P>>,
    words: Vocabulary,
}

/// Patterns found to be worth a trial, and what the search knows of the text.
#[derive(Clone, Debug)]
pub struct Candidates<P> {
    found: Vec<P>,
    /// Words at the places looked at last, by depth in the tree.
    standing: [Standing; DEPTH],
}

impl<P> Default for Candidates<P> {
    fn default() -> Self {
        Self { found: Vec::new(), standing: <_>::default() }
    }
}

#[derive(Clone, Debug)]
struct Node<P> {
    numbers: Vec<(Hole, Gap, Branch)>,
    /// By class of the word, ascending.
    words: Vec<(Class, Gap, Branch)>,
    /// Which classes there are, a bit each, and how their words begin.
    classes: Vec<u64>,
    begin: Begin,
    /// Patterns that need no more to be tried.
    here: Vec<P>,
    /// All patterns from here on.
    below: Vec<P>,
}

impl<P> Default for Node<P> {
    fn default() -> Self {
        let (numbers, words, classes, begin) = <_>::default();
        Self { numbers, words, classes, begin, here: Vec::new(), below: Vec::new() }
    }
}

/// The words of one table, or one literal.
type Class = u16;

/// The first two bytes of some words in lower case, by hash: nearly always enough to tell that none of them stands at a
/// place.
#[derive(Clone, Copy, Debug, Default)]
struct Begin([u64; 4]);

impl Begin {
    const fn bit(first: u8, second: u8) -> usize {
        let both = (first.to_ascii_lowercase() as u32) << 8 | second.to_ascii_lowercase() as u32;
        (both.wrapping_mul(0x9E37_79B1) >> 24) as usize
    }

    fn add(&mut self, word: &str) {
        match word.as_bytes() {
            // A blank in the text may be another one; anything may stand behind a word of one byte.
            &[first, second, ..] if second != b' ' => {
                let bit = Self::bit(first, second);
                self.0[bit / 64] |= 1 << (bit % 64);
            }
            &[first, ..] => (0..=u8::MAX).for_each(|second| {
                let bit = Self::bit(first, second);
                self.0[bit / 64] |= 1 << (bit % 64);
            }),
            [] => {}
        }
    }

    fn take_in(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Whether one of the words may stand at the beginning of a text.
    fn may(self, text: &[u8]) -> bool {
        let bit = Self::bit(text[0], text.get(1).copied().unwrap_or(0));
        self.0[bit / 64] >> (bit % 64) & 1 != 0
    }
}

/// All words of the patterns, each once, with the classes that have it.
#[derive(Clone, Debug, Default)]
struct Vocabulary {
    words: Vec<(Box<str>, Vec<Class>)>,
    /// Words by their head.
    by_head: FxHashMap<u32, Vec<Beginning>>,
    tables: FxHashMap<usize, Class>,
    literals: FxHashMap<Box<str>, Class>,
    numbers: FxHashMap<Box<str>, u32>,
    /// By class.
    begins: Vec<Begin>,
    /// Numbers of the words of each class.
    members: Vec<Vec<u32>>,
}

impl Vocabulary {
    fn table(&mut self, table: usize, tables: &[WordTable]) -> Class {
        if let Some(&class) = self.tables.get(&table) {
            return class;
        }
        let class = self.begins.len() as Class;
        self.begins.push(Begin::default());
        self.members.push(Vec::new());
        self.tables.insert(table, class);
        tables.get(table).map_or(&[][..], |table| &table.entries).iter().for_each(|(word, _)| self.add(word, class));
        class
    }

    fn literal(&mut self, literal: &str) -> Class {
        if let Some(&class) = self.literals.get(literal) {
            return class;
        }
        let class = self.begins.len() as Class;
        self.begins.push(Begin::default());
        self.members.push(Vec::new());
        self.literals.insert(literal.into(), class);
        self.add(literal, class);
        class
    }

    fn add(&mut self, word: &str, class: Class) {
        let folded = word.to_ascii_lowercase().into_boxed_str();
        let number = *self.numbers.entry(folded).or_insert_with(|| {
            let number = self.words.len() as u32;
            self.by_head.entry(head(word.as_bytes())).or_default().push(Beginning::of(word, number));
            self.words.push((word.into(), Vec::new()));
            number
        });
        insert(&mut self.words[number as usize].1, class);
        self.members[usize::from(class)].push(number);
        self.begins[usize::from(class)].add(word);
    }
}

/// Words that stand at a byte: end and number.
#[derive(Clone, Debug, Default)]
struct Standing {
    at: Option<usize>,
    words: Vec<(usize, u32)>,
}

impl Standing {
    fn look(&mut self, vocabulary: &Vocabulary, bytes: &[u8], at: usize) {
        if self.at == Some(at) {
            return;
        }
        self.at = Some(at);
        self.words.clear();
        let rest = &bytes[at..];
        let said = eight(rest);
        for head in heads(rest) {
            for beginning in vocabulary.by_head.get(&head).map_or(&[][..], Vec::as_slice) {
                if let Some(end) = beginning.end(bytes, at, said, &vocabulary.words[beginning.word as usize].0) {
                    self.words.push((end, beginning.word));
                }
            }
        }
    }
}

/// How a match can begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With these characters; what follows begins behind them.
    Text(Box<str>),
    /// With a number.
    Number,
}

impl<P> Default for Prefixes<P> {
    fn default() -> Self {
        Self { nodes: Vec::new(), words: Vocabulary::default() }
    }
}

impl<P: Copy + Ord> Prefixes<P> {
    /// A new branch, for patterns that are found by what stands before it.
    pub fn branch(&mut self) -> Branch {
        self.nodes.push(Node::default());
        Branch(self.nodes.len() as u32 - 1)
    }

    /// Adds a pattern, `branch` by how it can begin; a number is a part of its branch, a text stands before it.
    pub fn add(
        &mut self,
        pattern: &Pattern,
        name: P,
        tables: &[WordTable],
        mut branch: impl FnMut(&mut Self, Start) -> Branch,
    ) {
        for path in pattern.paths() {
            let Some((first, rest)) = path.split_first() else { continue };
            match &first.what {
                What::Literal(literal) => {
                    let branch = branch(self, Start::Text(literal.clone()));
                    self.lay(branch, rest, name, tables);
                }
                What::Words(table) => {
                    for (word, _) in tables.get(*table).map_or(&[][..], |table| &table.entries) {
                        let branch = branch(self, Start::Text(word.clone()));
                        self.lay(branch, rest, name, tables);
                    }
                }
                What::Number(_) => {
                    let branch = branch(self, Start::Number);
                    self.lay(branch, &path, name, tables);
                }
            }
        }
    }

    fn lay(&mut self, from: Branch, path: &[Part], name: P, tables: &[WordTable]) {
        insert(&mut self.nodes[from.0 as usize].below, name);
        let Some((Part { gap, what }, rest)) = path.split_first() else {
            insert(&mut self.nodes[from.0 as usize].here, name);
            return;
        };
        let class = match what {
            What::Number(hole) => {
                let known =
                    self.nodes[from.0 as usize].numbers.iter().find(|number| (number.0, number.1) == (*hole, *gap));
                let to = known.map(|number| number.2).unwrap_or_else(|| {
                    let to = self.branch();
                    self.nodes[from.0 as usize].numbers.push((*hole, *gap, to));
                    to
                });
                return self.lay(to, rest, name, tables);
            }
            What::Literal(literal) => self.words.literal(literal),
            What::Words(table) => self.words.table(*table, tables),
        };
        let known = self.nodes[from.0 as usize].words.iter().find(|word| (word.0, word.1) == (class, *gap));
        let to = known.map(|word| word.2).unwrap_or_else(|| {
            let to = self.branch();
            let node = &mut self.nodes[from.0 as usize];
            let at = node.words.partition_point(|word| word.0 <= class);
            node.words.insert(at, (class, *gap, to));
            let (word, bit) = (usize::from(class / 64), class % 64);
            node.classes.resize(node.classes.len().max(word + 1), 0);
            node.classes[word] |= 1 << bit;
            node.begin.take_in(self.words.begins[usize::from(class)]);
            to
        });
        self.lay(to, rest, name, tables);
    }

    /// What must stand behind a branch, the first words of the next parts and whether that may be a number, if something
    /// must.
    pub fn followers(&self, branch: Branch) -> Option<(Vec<&str>, bool)> {
        let node = &self.nodes[branch.0 as usize];
        let members = node.words.iter().flat_map(|word| &self.words.members[usize::from(word.0)]);
        let words = members.map(|&number| &*self.words.words[number as usize].0);
        node.here.is_empty().then(|| (words.collect(), !node.numbers.is_empty()))
    }

    /// The patterns worth a trial, of those below a branch, when the text goes on at byte `at`; in order, each once.
    /// `candidates` must have been used for no other text.
    pub fn find<'c>(
        &self,
        branch: Branch,
        hay: &Haystack<'_>,
        at: usize,
        candidates: &'c mut Candidates<P>,
    ) -> &'c [P] {
        let Candidates { found, standing } = candidates;
        found.clear();
        self.walk(branch, hay, at, found, standing);
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    fn walk(&self, branch: Branch, hay: &Haystack<'_>, at: usize, found: &mut Vec<P>, standing: &mut [Standing]) {
        let node = &self.nodes[branch.0 as usize];
        found.extend_from_slice(&node.here);
        if node.numbers.is_empty() && node.words.is_empty() {
            return;
        }
        let bytes = hay.text.as_bytes();
        let next = at + blank_length(&bytes[at..]);
        let blank = next > at;
        let Some(&byte) = bytes.get(next) else { return };
        if byte == b' ' || byte == b'\n' {
            // More blanks than one part of a pattern takes.
            found.extend_from_slice(&node.below);
            return;
        }
        let Some((here, deeper)) = standing.split_first_mut() else { return };
        if !node.numbers.is_empty()
            && let Some(index) = hay.numeral_at(next)
        {
            let numeral = &hay.numerals[index as usize];
            for (hole, gap, to) in &node.numbers {
                if gap.allows(blank) && hole.fits(numeral) {
                    self.walk(*to, hay, numeral.span.end(), found, deeper);
                }
            }
        }
        if node.words.is_empty() || !node.begin.may(&bytes[next..]) {
            return;
        }
        here.look(&self.words, bytes, next);
        for &(end, number) in &here.words {
            for &class in &self.words.words[number as usize].1 {
                if node.classes.get(usize::from(class / 64)).is_none_or(|bits| bits >> (class % 64) & 1 == 0) {
                    continue;
                }
                let from = node.words.partition_point(|word| word.0 < class);
                for &(_, gap, to) in node.words[from..].iter().take_while(|word| word.0 == class) {
                    if gap.allows(blank) {
                        self.walk(to, hay, end, found, deeper);
                    }
                }
            }
        }
    }
}

fn insert<T: Ord>(into: &mut Vec<T>, value: T) {
    if let Err(at) = into.binary_search(&value) {
        into.insert(at, value);
    }
}

impl Pattern {
    /// Every way through the first parts of the pattern.
    fn paths(&self) -> Vec<Vec<Part>> {
        let mut paths = Vec::new();
        self.collect_paths(0, Gap::None, &mut Vec::new(), &mut paths);
        paths
    }

    fn collect_paths(&self, step: usize, gap: Gap, path: &mut Vec<Part>, paths: &mut Vec<Vec<Part>>) {
        let what = match &self.steps[step] {
            Step::Blank { required } => {
                let gap = if *required || gap == Gap::Required { Gap::Required } else { Gap::Optional };
                return self.collect_paths(step + 1, gap, path, paths);
            }
            Step::Either(a, b) => {
                self.collect_paths(*a, gap, path, paths);
                return self.collect_paths(*b, gap, path, paths);
            }
            Step::Jump(to) => return self.collect_paths(*to, gap, path, paths),
            Step::Done => return paths.push(path.clone()),
            // The text may have more blanks than the literal.
            Step::Literal(literal) if literal.starts_with(' ') => return paths.push(path.clone()),
            Step::Literal(literal) => What::Literal(literal.clone()),
            Step::Hole { hole: Hole::Aside | Hole::Word, .. } => return paths.push(path.clone()),
            Step::Hole { hole: Hole::Words(table), .. } => What::Words(*table),
            Step::Hole { hole, .. } => What::Number(*hole),
        };
        path.push(Part { gap, what });
        if path.len() == DEPTH {
            paths.push(path.clone());
        } else {
            self.collect_paths(step + 1, Gap::None, path, paths);
        }
        path.pop();
    }
}
