//! Under what an entry lies: the digest of all it depends on.

use sha2::{Digest, Sha256};

/// The digest of everything that an entry depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Key([u8; 32]);

impl Key {
    /// Of these parts, each with its length, so that no two lists of parts are the same bytes.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }

    /// The key of a part of what lies under this one.
    #[must_use]
    pub fn part(&self, number: u64) -> Self {
        Self::of(&[&self.0, &number.to_le_bytes()])
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_part_ends_makes_a_difference() {
        assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
        let key = Key::of(&[b"a"]);
        assert_ne!(key.part(0), key.part(1));
        assert_ne!(key.part(0), key);
    }
}
