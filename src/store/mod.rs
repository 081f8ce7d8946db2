//! What earlier runs have found out, so that a run that was killed goes on, and three changed files of 4,000 cost three.
//!
//! One file in the report folder. What is kept lies under a key that holds all it depends on: the program, the rules, the
//! registry, what the user says of the document, the content. So nothing is ever out of date; it is only not asked for.
//!
//! Always true: what comes out is what went in. Each entry has a digest over its key and its content; one that is damaged
//! is as good as missing, and a store that cannot be used costs time and never a result.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::panic
    )
)]

mod analysis;
mod file;
mod key;

pub use analysis::{Analysis, FoundBefore, Recorder, known};
pub use file::Store;
pub use key::Key;
