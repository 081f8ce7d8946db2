//! How a part of an article is written that stands in brackets: `p1(a)` is `p1.ia`.
//!
//! Always true: Roman numerals in small letters are counted, so that "(ii)" is `i2` and no third.

use crate::extract::law::wording::small_roman;

/// `p1(a)` and `(1)` as parts of an article: `p1.ia`, `p1`, of a subparagraph `i1`.
pub(super) fn in_article(reference: &str, words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let paragraph = matches!(first.trim_end_matches('s'), "paragraph" | "subsection");
    let mut out = String::with_capacity(reference.len() + 4);
    let roman_list = reference.contains("(ii)") || reference.contains("(iii)");
    for (at, part) in reference.split(',').enumerate() {
        if at > 0 {
            out.push(',');
        }
        let Some((main, brackets)) = part.split_once('(') else {
            out.push_str(part);
            continue;
        };
        out.push_str(main);
        for (level, label) in brackets.trim_end_matches(')').split(")(").enumerate() {
            let numbered = label.starts_with(|c: char| c.is_ascii_digit());
            if level > 0 || !main.is_empty() {
                out.push('.');
            }
            out.push(if level == 0 && main.is_empty() && numbered && paragraph { 'p' } else { 'i' });
            let number = small_roman(label).or((label == "i" && roman_list).then_some(1));
            out.push_str(&number.map_or_else(|| label.replace(")-(", "-"), |n| n.to_string()));
        }
    }
    out
}
