//! The first few of many, whatever the order in which they come.

/// Keeps the `N` values with the smallest keys, so that even examples merge in any order.
///
/// ```
/// use tongwen::count::Least;
/// let mut least = Least::<u32, &str, 2>::default();
/// for (key, value) in [(5, "e"), (1, "a"), (3, "c")] {
///     least.offer(key, || value);
/// }
/// assert_eq!(least.values().collect::<Vec<_>>(), [&"a", &"c"]);
/// ```
#[derive(Clone, Debug)]
pub struct Least<K, V, const N: usize> {
    kept: Vec<(K, V)>,
}

impl<K, V, const N: usize> Default for Least<K, V, N> {
    fn default() -> Self {
        Self { kept: Vec::new() }
    }
}

impl<K: Ord, V, const N: usize> Least<K, V, N> {
    /// Takes the value if its key is among the smallest; makes it only then.
    pub fn offer(&mut self, key: K, make: impl FnOnce() -> V) {
        if self.kept.len() >= N && self.kept.last().is_some_and(|(k, _)| *k <= key) {
            return;
        }
        let at = self.kept.partition_point(|(k, _)| *k < key);
        if self.kept.get(at).is_some_and(|(k, _)| *k == key) {
            return;
        }
        let value = make();
        self.kept.truncate(N.saturating_sub(1));
        // There are many of these, most with a single value; room for four would be four times the memory.
        self.kept.reserve_exact(1);
        self.kept.insert(at, (key, value));
    }

    /// Takes in the values of another one.
    pub fn merge(&mut self, other: Self) {
        for (key, value) in other.kept {
            self.offer(key, || value);
        }
    }

    /// Keys and values, by key.
    pub fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.kept.into_iter()
    }

    /// The values, by key.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.kept.into_iter().map(|(_, v)| v)
    }

    /// The values, by key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.kept.iter().map(|(_, v)| v)
    }
}
