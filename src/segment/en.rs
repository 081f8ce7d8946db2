//! English words by the Unicode rules (UAX 29), in lower case, without numbers.

use unicode_segmentation::UnicodeSegmentation;

/// Calls back with each word of a stretch of Latin text. `scratch` is a buffer for folding.
pub(super) fn words(text: &str, scratch: &mut String, each: &mut dyn FnMut(&str)) {
    for word in text.unicode_words() {
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if !word.starts_with(char::is_alphabetic) {
            continue;
        }
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            each(word);
            continue;
        }
        scratch.clear();
        scratch.extend(word.chars().flat_map(char::to_lowercase));
        each(scratch);
    }
}
