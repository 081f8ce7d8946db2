//! Names that a history gives an instrument: （原名稱：仲裁人訓練講習辦法；新名稱：仲裁人訓練及講習辦法）, （原名性別工作平等法）.
//!
//! Always true: a name ends at a mark, with a head noun before it.

use super::{Bare, BareGrammar, LONGEST_NAME};
use crate::{extract::law::wording::blanks, text::Span};

impl BareGrammar {
    /// What a history calls an instrument before and after: （原名稱：仲裁人訓練講習辦法；新名稱：仲裁人訓練及講習辦法）.
    pub(in crate::extract::law) fn find_renamed(&self, text: &str, out: &mut Vec<Bare>) {
        for called in ["名稱：", "名称：", "（原名"] {
            for at in memchr::memmem::find_iter(text.as_bytes(), called) {
                let listed = called.ends_with('：');
                if listed && !text[..at].ends_with(['原', '新']) {
                    continue;
                }
                let start = at + called.len();
                // （原名為X）, but （原名稱：X） is found by its colon.
                let behind = &text[start..];
                if !listed && behind.starts_with(['稱', '称', '《', '「', '“', '：']) {
                    continue;
                }
                let start = start + if behind.starts_with(['為', '为']) { "為".len() } else { 0 };
                let start = start + blanks(&text[start..], 6);
                let name = |c: &char| !matches!(c, '；' | ';' | '）' | '，' | '。');
                let length =
                    text[start..].chars().take(LONGEST_NAME).take_while(name).map(char::len_utf8).sum::<usize>();
                let span = Span::of(start, start + length);
                let ended = text[span.end()..].starts_with(['；', ';', '）', '，', '。']);
                let name = &text[span.range()];
                if ended && length > 9 && self.heads.ending(name).is_some() && self.no_heads.ending(name).is_none() {
                    out.push(Bare { span, row: None, known: false, inner: false });
                }
            }
        }
    }
}
