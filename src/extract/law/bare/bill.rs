//! Bills of Taiwan: 「噪音管制法第二十三條條文修正草案」, 公路法部分條文修正草案總說明, 「兒童托育服務法草案」.
//!
//! A bill is called by the law that it changes, with the articles or with 部分條文; both are mentions within its title. Its
//! tables and notes carry the title without marks on a line of their own.
//!
//! Always true: the title ends with 草案, and what stands before the words of a change is the name of a law or a regulation.

use super::{BareGrammar, article, is_han};
use crate::{extract::law::wording::blanks, text::Span};

/// Between the name of a law and the words of the change, or at its end.
const DRAFTS: [&str; 4] = ["修正草案", "增訂草案", "廢止案草案", "草案"];
/// Behind the title of a bill on a line of its own.
const PAPERS: [&str; 3] = ["總說明", "條文對照表", "對照表"];
/// Longest title of a bill, in bytes.
const LONGEST: usize = 300;

impl BareGrammar {
    /// Whether a title is that of a bill.
    pub(in crate::extract::law) fn is_bill(&self, title: &str) -> bool {
        let Some(law) = changed(title) else { return false };
        // 爰擬具噪音管制法…: a sentence begins so, and no title.
        const VERBS: [char; 7] = ['擬', '爰', '函', '為', '提', '檢', '審'];
        law.chars().filter(|&c| is_han(c)).count() >= 3
            && law.chars().all(|c| is_han(c) || matches!(c, '、' | '（' | '）'))
            && self.heads.ending(law).is_some()
            && self.no_heads.ending(law).is_none()
            && !self.no_names.iter().any(|no| no == law)
            && self.pointers.opening(law).is_none()
            && !law.starts_with(VERBS)
    }

    /// The titles of bills that stand on lines of their own, with the words behind them that tell what the paper is.
    pub(in crate::extract::law) fn find_bills(&self, text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut done = 0;
        for at in memchr::memmem::find_iter(text.as_bytes(), "草案") {
            let end = at + "草案".len();
            if at < done {
                continue;
            }
            let from = text.floor_char_boundary(at.saturating_sub(LONGEST));
            let Some(start) = text[from..at].rfind('\n').map(|line| from + line + 1).or((from == 0).then_some(0))
            else {
                continue;
            };
            let line = &text[start..end];
            let start = start + line.len() - line.trim_start_matches([' ', '\u{3000}', '\t', '#', '*']).len();
            let behind = &text[end..];
            // The line may be joined to the next one.
            let named = PAPERS.iter().any(|paper| behind.starts_with(paper));
            let ended = named
                || behind[blanks(behind, 8)..].is_empty()
                || behind.trim_start_matches([' ', '*']).starts_with('\n');
            if ended && self.is_bill(&text[start..end]) {
                found.push(Span::of(start, end));
                done = end;
            }
        }
        found
    }
}

/// The name of the law in the title of a bill that changes it, and is not the law itself in draft.
pub(in crate::extract::law) fn changed_law(title: &str) -> Option<&str> {
    let law = changed(title)?;
    (&title[law.len()..] != "草案").then_some(law)
}

/// The name of the law in the title of a bill.
fn changed(title: &str) -> Option<&str> {
    let law = DRAFTS.iter().find_map(|draft| title.strip_suffix(draft))?;
    let law = ["部分條文", "條文"].iter().find_map(|part| law.strip_suffix(part)).unwrap_or(law);
    let law = law.strip_suffix("增訂").unwrap_or(law);
    // 噪音管制法第二十三條、第二十四條及第二十六條, 公司法增訂第二百三十五條之二
    let division =
        |c: char| article::digit(c).is_some() || article::is_numeral(c) || "第條章節項款之至及與、 ".contains(c);
    let articles = law.find('第').filter(|&at| law[at..].chars().all(division));
    let law = articles.map_or(law, |at| &law[..at]);
    Some(law.strip_suffix("增訂").unwrap_or(law))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_is_called_by_the_law_that_it_changes() {
        for (title, law) in [
            ("噪音管制法第二十三條、第二十四條及第二十六條條文修正草案", "噪音管制法"),
            ("公路法部分條文修正草案", "公路法"),
            ("噪音管制法修正草案", "噪音管制法"),
            ("兒童托育服務法草案", "兒童托育服務法"),
            ("公司法增訂第二百三十五條之二條文草案", "公司法"),
        ] {
            assert_eq!(changed(title), Some(law), "{title}");
        }
        assert_eq!(changed_law("公路法部分條文修正草案"), Some("公路法"));
        assert_eq!(changed_law("兒童托育服務法草案"), None);
    }
}
