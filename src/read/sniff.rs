//! Tells text from everything else by its bytes, because names lie.
//!
//! A PDF saved as `.txt` would otherwise become a document of mojibake, with terms found in it.

/// What the first bytes say a file is, where they say it for sure.
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 16] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "ZIP (or DOCX, ODT, EPUB)"),
        (b"PK\x05\x06", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file (DOC, XLS, WPS)"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"RIFF", "RIFF"),
        (b"\x1f\x8b", "gzip"),
        (b"7z\xbc\xaf", "7-Zip"),
        (b"Rar!", "RAR"),
        (b"\x7fELF", "program"),
        (b"SQLite format 3\0", "SQLite"),
    ];
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, name)| name)
}

/// How much of it is control characters, as a share of 1,000.
///
/// Tab, line ends, form feed, backspace and escape occur in text and do not count.
pub(super) fn controls_per_mille(bytes: &[u8]) -> usize {
    let control = |&b: &u8| u8::from(b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x08 | 0x0b | 0x0c | 0x1b));
    // Sums of bytes, over so few that none overflows, are taken many at a time.
    let controls: usize = bytes.chunks(255).map(|some| usize::from(some.iter().map(control).sum::<u8>())).sum();
    controls * 1000 / bytes.len().max(1)
}

/// Whether a text is an HTML page, whatever its name says.
pub(super) fn is_html_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"].iter().any(|opening| {
        start.get(..opening.len()).is_some_and(|s| s.eq_ignore_ascii_case(opening))
            && start[opening.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_first_tag() {
        assert!(is_html_page("\n<!DOCTYPE html>\n<p>"));
        assert!(is_html_page("<HTML lang=zh>"));
        assert!(!is_html_page("<htmlx> 是一个标签"));
        assert!(!is_html_page("《<html>办法》"));
    }

    #[test]
    fn control_characters_are_rare_in_text() {
        assert_eq!(controls_per_mille("第一条\r\n\t\x0c\x1b[2J".as_bytes()), 0);
        assert_eq!(controls_per_mille(b"\0a"), 500);
        assert_eq!(controls_per_mille(b""), 0);
    }
}
