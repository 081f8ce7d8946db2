//! Numbers of the papers of Hong Kong's Legislative Council: 立法會CB(3)512/2025(04)號文件, 立法會FCRI(2024-25)7號文件.
//!
//! Always true: 立法會 stands before its capitals, 號文件 behind its digits.

use memchr::memmem;

use crate::text::Span;

/// Longest code, in bytes.
const LONGEST: usize = 40;

/// The number whose 號 ends at `end`; `left` begins at `from` and is what stands before 號.
pub(super) fn paper(text: &str, from: usize, left: &str, end: usize) -> Option<(Span, String)> {
    const COUNCIL: &str = "立法會";
    if !text[end..].starts_with("文件") {
        return None;
    }
    let code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '/' | '-' | ' ' | '（' | '）' | '–');
    let start = left.trim_end_matches(code).len();
    let said = left[start..].trim();
    let capitals = said.bytes().take_while(u8::is_ascii_uppercase).count();
    let numbered = said[capitals..].bytes().any(|b| b.is_ascii_digit());
    if capitals < 2 || !numbered || said.len() > LONGEST || !left[..start].ends_with(COUNCIL) {
        return None;
    }
    let norm = said.replace('（', "(").replace('）', ")").replace(' ', "");
    let span = Span::of(from + start - COUNCIL.len(), end + "文件".len());
    Some((span, format!("{COUNCIL}{norm}號文件")))
}

/// 檔號：SB CR 24/2581/26: the file of a bureau at the head of its paper.
pub(super) fn files(text: &str, out: &mut Vec<(Span, String)>) {
    for at in memmem::find_iter(text.as_bytes(), "檔號") {
        let behind = &text[at + "檔號".len()..];
        let start = text.len() - behind.trim_start_matches(['：', ':', ' ', '\u{3000}']).len();
        let code = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '/' | '-' | ' ');
        let length: usize = text[start..].chars().take(LONGEST).take_while(code).map(char::len_utf8).sum();
        let said = text[start..start + length].trim_end();
        let capitals = said.bytes().take_while(u8::is_ascii_uppercase).count();
        if capitals >= 2 && said.contains('/') && said.ends_with(|c: char| c.is_ascii_digit() || c == ')') {
            let norm = said.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            out.push((Span::of(start, start + said.len()), norm));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_of_the_council() {
        let read = |text: &str| {
            let at = text.find('號').unwrap();
            paper(text, 0, &text[..at], at + "號".len()).map(|(span, norm)| (text[span.range()].to_owned(), norm))
        };
        for text in ["立法會CB(3)512/2025(04)號文件", "立法會FCRI(2024-25)7號文件", "立法會LS58/2024號文件"]
        {
            assert_eq!(read(&format!("見{text}第3段")), Some((text.to_owned(), text.to_owned())));
        }
        let mut found = Vec::new();
        files("檔號： SB CR 24/2581/26\n\n立法會參考資料摘要，檔號第7頁", &mut found);
        assert_eq!(found.into_iter().map(|(_, norm)| norm).collect::<Vec<_>>(), ["SB CR 24/2581/26"]);
        assert_eq!(read("立法會第7號文件"), None);
        assert_eq!(read("公司CB(3)512號文件"), None);
        assert_eq!(read("立法會CB(3)512/2025號議案"), None);
    }
}
