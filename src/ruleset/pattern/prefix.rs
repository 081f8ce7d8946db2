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

use super::{Haystack, Hole, Pattern, Step, WordTable, blank_length, literal_end};

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
}

#[derive(Clone, Debug)]
struct Node<P> {
    /// The next parts with where they lead.
    parts: Vec<(Part, Branch)>,
    /// Of those, the numbers, and the words by first character in lower case.
    numbers: Vec<u32>,
    words: FxHashMap<char, Vec<u32>>,
    /// Patterns that need no more to be tried.
    here: Vec<P>,
    /// All patterns from here on.
    below: Vec<P>,
}

impl<P> Default for Node<P> {
    fn default() -> Self {
        let (parts, numbers, words) = <_>::default();
        Self { parts, numbers, words, here: Vec::new(), below: Vec::new() }
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

impl<P: Copy + Ord> Prefixes<P> {
    /// A tree without branches.
    #[must_use]
    pub const fn new() -> Self {
        Self { nodes: Vec::new() }
    }

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
        let Some((part, rest)) = path.split_first() else {
            insert(&mut self.nodes[from.0 as usize].here, name);
            return;
        };
        let known = self.nodes[from.0 as usize].parts.iter().find(|(known, _)| known == part).map(|&(_, to)| to);
        let to = known.unwrap_or_else(|| {
            let to = self.branch();
            let node = &mut self.nodes[from.0 as usize];
            let at = node.parts.len() as u32;
            node.parts.push((part.clone(), to));
            let mut list = |word: &str| {
                if let Some(first) = word.chars().next() {
                    insert(node.words.entry(first.to_ascii_lowercase()).or_default(), at);
                }
            };
            match &part.what {
                What::Number(_) => node.numbers.push(at),
                What::Literal(literal) => list(literal),
                What::Words(table) => tables[*table].entries.iter().for_each(|(word, _)| list(word)),
            }
            to
        });
        self.lay(to, rest, name, tables);
    }

    /// The patterns worth a trial, of those below a branch, when the text goes on at byte `at`; in order, each once.
    pub fn candidates(&self, branch: Branch, hay: &Haystack<'_>, at: usize, found: &mut Vec<P>) {
        found.clear();
        self.walk(branch, hay, at, found);
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
    }

    fn walk(&self, branch: Branch, hay: &Haystack<'_>, at: usize, found: &mut Vec<P>) {
        let node = &self.nodes[branch.0 as usize];
        found.extend_from_slice(&node.here);
        if node.parts.is_empty() {
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
        if !node.numbers.is_empty()
            && let Some(index) = hay.numeral_at(next)
        {
            let numeral = &hay.numerals[index as usize];
            for &part in &node.numbers {
                let (part, to) = &node.parts[part as usize];
                if let What::Number(hole) = &part.what
                    && part.gap.allows(blank)
                    && hole.fits(numeral)
                {
                    self.walk(*to, hay, numeral.span.end(), found);
                }
            }
        }
        if node.words.is_empty() {
            return;
        }
        let first = if byte.is_ascii() { Some(char::from(byte)) } else { hay.text[next..].chars().next() };
        let Some(parts) = first.and_then(|first| node.words.get(&first.to_ascii_lowercase())) else { return };
        for &part in parts {
            let (part, to) = &node.parts[part as usize];
            if !part.gap.allows(blank) {
                continue;
            }
            match &part.what {
                What::Literal(literal) => {
                    if let Some(end) = literal_end(bytes, next, literal) {
                        self.walk(*to, hay, end, found);
                    }
                }
                What::Words(table) => {
                    hay.tables[*table].standing(hay.text, next, |_, end| {
                        self.walk(*to, hay, end, found);
                        None::<()>
                    });
                }
                What::Number(_) => {}
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
