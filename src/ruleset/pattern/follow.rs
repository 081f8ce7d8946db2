//! What can stand behind the word that a pattern begins with, as far as the next two bytes tell.
//!
//! "The" begins a dozen patterns and one word in fifteen, but only before "first", "1990s" or a number does one of them
//! match. A glance at what follows saves nearly all trials.
//!
//! Always true: whatever a pattern matches passes its glance.

use super::{Hole, Pattern, Step, WordTable};

/// What a pattern goes on with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Anything, nothing included.
    any: bool,
    /// A number.
    number: bool,
    /// First two bytes of words in lower case, a bit each by hash.
    words: [u64; 4],
}

impl Follow {
    /// A pattern that says nothing of what follows.
    pub const ANY: Self = Self { any: true, number: false, words: [0; 4] };

    /// Whether a pattern may go on with these bytes, blanks left out; `number` tells whether a numeral begins there.
    #[must_use]
    pub fn allows(&self, rest: &[u8], number: impl FnOnce() -> bool) -> bool {
        let word = || match rest {
            // More blanks than one part of a pattern takes.
            [b' ' | b'\n', ..] => true,
            [a, b, ..] => self.words[usize::from(bit(*a, *b) >> 6)] >> (bit(*a, *b) & 63) & 1 != 0,
            _ => true,
        };
        self.any || word() || self.number && number()
    }

    /// What either of two allows.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        self.any |= other.any;
        self.number |= other.number;
        self.words.iter_mut().zip(other.words).for_each(|(mine, theirs)| *mine |= theirs);
        self
    }

    fn add(&mut self, literal: &str) {
        match literal.as_bytes() {
            // A blank in the text may be longer than the one of the pattern.
            [a, b, ..] if *a != b' ' && *b != b' ' => {
                let bit = bit(*a, *b);
                self.words[usize::from(bit >> 6)] |= 1 << (bit & 63);
            }
            _ => self.any = true,
        }
    }
}

const fn bit(a: u8, b: u8) -> u8 {
    let both = (a.to_ascii_lowercase() as u32) << 8 | b.to_ascii_lowercase() as u32;
    (both.wrapping_mul(0x9E37_79B1) >> 24) as u8
}

impl Pattern {
    /// What can stand behind the word or number that fills a step, blanks left out.
    pub(super) fn follow(&self, step: usize, tables: &[WordTable]) -> Follow {
        let mut follow = Follow::default();
        self.collect_follow(step + 1, tables, &mut follow);
        follow
    }

    fn collect_follow(&self, step: usize, tables: &[WordTable], follow: &mut Follow) {
        match &self.steps[step] {
            Step::Literal(literal) => follow.add(literal),
            Step::Blank { .. } => self.collect_follow(step + 1, tables, follow),
            Step::Hole { hole: Hole::Words(table), .. } => match tables.get(*table) {
                Some(table) => table.entries.iter().for_each(|(word, _)| follow.add(word)),
                None => follow.any = true,
            },
            Step::Hole { .. } => follow.number = true,
            Step::Either(a, b) => {
                self.collect_follow(*a, tables, follow);
                self.collect_follow(*b, tables, follow);
            }
            Step::Jump(to) => self.collect_follow(*to, tables, follow),
            Step::Done => follow.any = true,
        }
    }
}
