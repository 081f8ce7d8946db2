//! Which words are counted, and which as one.

use clap::Args;
use tongwen::segment::FoldingChoice;

/// What counts as the same word.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Folds {
    /// Take traditional characters for simplified ones, so that 網絡 and 网络 are one word.
    #[arg(long, value_name = "FORM", value_parser = ["simplified"])]
    pub(crate) fold: Option<String>,
    /// Take English words by their stems (Snowball), so that policy and policies are one: polici.
    #[arg(long, value_name = "LANG", value_parser = ["english"])]
    pub(crate) stem: Option<String>,
}

/// What counts at all.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Shortest {
    /// Count only words with so many characters: 2, or zh:2,en:3 [default: 1].
    #[arg(long, value_name = "N", default_value = "1", hide_default_value = true, value_parser = shortest)]
    pub(crate) min_length: [usize; 2],
}

impl Folds {
    /// As the library takes it.
    pub(crate) fn choice(&self, shortest: [usize; 2]) -> FoldingChoice {
        FoldingChoice { simplified: self.fold.is_some(), stems: self.stem.is_some(), shortest }
    }
}

/// `2` for both languages, `zh:2,en:3`, or one of these.
fn shortest(words: &str) -> Result<[usize; 2], String> {
    let number = |word: &str| word.parse().ok().filter(|n| (1..=100).contains(n));
    if let Some(both) = number(words) {
        return Ok([both; 2]);
    }
    let mut shortest = [1; 2];
    for part in words.split(',') {
        let (language, least) = part.split_once(':').unwrap_or_default();
        match (language, number(least)) {
            ("zh", Some(least)) => shortest[0] = least,
            ("en", Some(least)) => shortest[1] = least,
            _ => return Err("write a number from 1 to 100 for both languages, or zh:2,en:3".to_owned()),
        }
    }
    Ok(shortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_for_both_languages_or_for_each() {
        assert_eq!(shortest("2"), Ok([2, 2]));
        assert_eq!(shortest("zh:2,en:3"), Ok([2, 3]));
        assert_eq!(shortest("en:3"), Ok([1, 3]));
        assert!(["", "0", "x", "zh", "zh:", "zh:0", "fr:2", "2,3"].iter().all(|words| shortest(words).is_err()));
    }
}
