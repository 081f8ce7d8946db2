//! What stands in a list behind a law that is known: 制定能源法、金融稳定法、耕地保护和质量提升法.
//!
//! Laws in preparation are in no registry yet, and no article number or 之規定 follows them; but the law before them in the list
//! says what they are.
//!
//! Always true: an item of a list is followed by a mark, by a joint or by 等, and each place is read once.

use super::{Bare, BareGrammar, is_han};
use crate::text::Span;

/// Longest item, in characters.
const LONGEST: usize = 16;
/// Shortest one: 商法 and 税法 are kinds of law.
const SHORTEST: usize = 5;
/// The laws of Taiwan have short names: 水利法及電業法.
const SHORTEST_OF_TAIWAN: usize = 3;

impl BareGrammar {
    /// The items behind names that end at these places (ascending).
    pub(super) fn find_listed(&self, text: &str, ends: &[usize], traditional: bool, out: &mut Vec<Bare>) {
        let mut done = 0;
        for &end in ends {
            let mut at = end;
            while at >= done
                && let Some(span) = self.item(text, at, traditional)
            {
                // 刑法和新行政处罚法: known letters say better where the name begins.
                if ends.binary_search(&span.end()).is_err() {
                    out.push(Bare { span, row: None, known: false, inner: false });
                }
                at = span.end();
            }
            done = done.max(at);
        }
    }

    /// The law that follows a joint at `at`.
    fn item(&self, text: &str, at: usize, traditional: bool) -> Option<Span> {
        let joint = text[at..].chars().next().filter(|c| matches!(c, '、' | '和' | '及' | '与' | '與'))?;
        let shortest = if traditional { SHORTEST_OF_TAIWAN } else { SHORTEST };
        let start = at + joint.len_utf8();
        let mut length = 0;
        for (i, c) in text[start..].char_indices() {
            length += 1;
            if !is_han(c) || length > LONGEST {
                return None;
            }
            let end = start + i + c.len_utf8();
            let name = &text[start..end];
            if !(c == '法' || name.ends_with("条例")) {
                continue;
            }
            let behind = &text[end..];
            let ended =
                behind.starts_with(['、', '，', '。', '；', '和', '及', '与', '等', '）', '\n']) || behind.is_empty();
            if !ended {
                continue;
            }
            let none = self.no_heads.ending(name).is_some()
                || self.no_names.iter().any(|no| no == name)
                || self.generic.is_match(name)
                || self.pointers.opening(name).is_some()
                || self.openings.opening(name).is_some()
                || self.cues.opening(name).is_some()
                || name.contains(['的', '了', '其', '之', '他', '該', '各']);
            return (length >= shortest && !none).then(|| Span::of(start, end));
        }
        None
    }
}
