//! Of what a text speaks, found out when it is asked.
//!
//! "The CSL" is the Cybersecurity Law in a text about China, and "the Toy Safety Directive" one of the Union's in a text about it.

use super::Page;

impl Page<'_> {
    pub(super) fn speaks_of_china(&self) -> bool {
        *self.china.get_or_init(|| ["China", "Chinese", "PRC"].iter().any(|word| self.words.text.contains(word)))
    }

    pub(super) fn speaks_of_laundering(&self) -> bool {
        *self.laundering.get_or_init(|| self.words.text.contains("aundering"))
    }

    pub(super) fn speaks_of_union(&self) -> bool {
        let names = ["EU ", "(EU)", "EU'", "EU’", "European Union", "European Parliament"];
        *self.union.get_or_init(|| names.iter().any(|word| self.words.text.contains(word)))
    }

    pub(super) fn speaks_of_america(&self) -> bool {
        let names =
            ["United States", "U.S.", "US ", "America", "Congress", "Californi", "FTC ", "SEC ", "SEC'", "Washington"];
        *self.america.get_or_init(|| names.iter().any(|word| self.words.text.contains(word)))
    }

    pub(super) fn speaks_of_california(&self) -> bool {
        *self.california.get_or_init(|| self.words.text.contains("California"))
    }
}
