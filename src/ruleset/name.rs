//! Names of holes and of fixed meanings as numbers: matches are asked for them all the time.

/// The name of a hole (`year2` in `{year2}`) or of a meaning that a rule gives (`with = { unit = "%" }`).
///
/// ```
/// use tongwen::ruleset::Name;
/// assert_eq!(Name::of("unit"), Name::of("unit"));
/// assert_ne!(Name::of("unit"), Name::of("unit2"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(u64);

impl Name {
    /// From its characters (FNV-1a, 64 bits). Computed by the compiler where the name is written in the code.
    #[inline(always)]
    #[must_use]
    pub const fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let (mut hash, mut at) = (0xCBF2_9CE4_8422_2325_u64, 0);
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
            at += 1;
        }
        Self(hash)
    }
}
