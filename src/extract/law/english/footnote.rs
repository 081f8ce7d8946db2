//! Numbers of footnotes that are glued to the last word of a title: "Civil and Political Rights2".

/// Bytes of the number.
pub(super) fn footnote(word: &str) -> usize {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    let plain = letters.len() > 3 && letters.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    if digits > 0 && digits < 3 && plain { digits } else { 0 }
}

/// A title without so many bytes at its end.
pub(super) fn without_end(title: &str, bytes: usize) -> &str {
    &title[..title.len() - bytes]
}
