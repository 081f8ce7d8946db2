//! Chinese words by jieba-rs, with the registry's titles and our word list kept whole.

use jieba_rs::Jieba;

use super::UnknownWords;
use crate::ruleset::Ruleset;

/// The dictionary.
pub(super) struct Chinese {
    jieba: Jieba,
    guess: bool,
}

/// How often an added word is taken to occur: enough that it is not cut, little enough that the total, and
/// with it every other score, hardly moves.
const ADDED_FREQUENCY: usize = 1_000;

impl Chinese {
    pub(super) fn new(rules: &Ruleset, unknown: UnknownWords) -> Self {
        let mut jieba = Jieba::new();
        for law in &rules.registry.laws {
            for title in std::iter::once(&law.title_zh).chain(&law.aliases_zh) {
                if title.chars().count() >= 3 && title.chars().all(is_han) {
                    jieba.add_word(title, Some(ADDED_FREQUENCY), Some("nz"));
                }
            }
        }
        for word in &rules.words {
            jieba.add_word(word, Some(ADDED_FREQUENCY), Some("n"));
        }
        Self { jieba, guess: unknown == UnknownWords::Guess }
    }

    /// Calls back with each word of a stretch of Chinese text that holds a Han character.
    pub(super) fn words(&self, text: &str, each: &mut dyn FnMut(&str)) {
        for token in self.jieba.cut(text, self.guess) {
            if token.word.starts_with(is_han) && !is_numeral(token.word) {
                each(token.word);
            }
        }
    }

    pub(super) const fn jieba(&self) -> &Jieba {
        &self.jieba
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word that only says a number is no term.
fn is_numeral(word: &str) -> bool {
    word.chars().all(|c| "〇零一二三四五六七八九十百千万亿两萬億兩".contains(c))
}
