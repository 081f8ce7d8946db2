//! Tells text from everything else by its bytes, because names lie.
//!
//! A PDF saved as `.txt` would otherwise become a document of mojibake, with terms found in it.

/// What the first bytes say a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// An archive, or an office document, which is one.
    Zip,
    /// Rich Text Format.
    Rtf,
    /// An old Office file (DOC, XLS, WPS).
    Ole,
    /// A PDF file.
    Pdf,
    /// A web page in an encoding that has ASCII.
    Html,
    /// Something that is no document.
    Other(&'static str),
}

impl Content {
    /// For people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zip => "ZIP",
            Self::Rtf => "RTF",
            Self::Ole => "old Office file",
            Self::Pdf => "PDF",
            Self::Html => "HTML",
            Self::Other(name) => name,
        }
    }
}

/// What the first bytes say a file is, where they say it for sure.
pub(super) fn content(bytes: &[u8]) -> Option<Content> {
    const SIGNATURES: [(&[u8], Content); 16] = [
        (b"PK\x03\x04", Content::Zip),
        (b"PK\x05\x06", Content::Zip),
        (b"{\\rtf", Content::Rtf),
        (b"%PDF-", Content::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content::Ole),
        (b"\x89PNG", Content::Other("PNG")),
        (b"\xff\xd8\xff", Content::Other("JPEG")),
        (b"GIF8", Content::Other("GIF")),
        (b"II*\0", Content::Other("TIFF")),
        (b"MM\0*", Content::Other("TIFF")),
        (b"RIFF", Content::Other("RIFF")),
        (b"\x1f\x8b", Content::Other("gzip")),
        (b"7z\xbc\xaf", Content::Other("7-Zip")),
        (b"Rar!", Content::Other("RAR")),
        (b"\x7fELF", Content::Other("program")),
        (b"SQLite format 3\0", Content::Other("SQLite")),
    ];
    let known = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, content)| content);
    let head = || String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes)).into_owned();
    known.or_else(|| is_html_page(head().trim_start_matches('\u{feff}')).then_some(Content::Html))
}

/// Whether the mark of a PDF file stands near the beginning.
pub(super) fn has_pdf_mark(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-").is_some()
}

/// How much of it is control characters, as a share of 1,000.
///
/// Tab, line ends, form feed, backspace and escape occur in text and do not count.
pub(super) fn controls_per_mille(bytes: &[u8]) -> usize {
    let control = |&b: &u8| u8::from(b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x08 | 0x0b | 0x0c | 0x1b));
    // Sums of bytes, over so few that none overflows, are taken many at a time.
    let controls: usize = bytes.chunks(255).map(|some| usize::from(some.iter().map(control).sum::<u8>())).sum();
    controls.saturating_mul(1000).checked_div(bytes.len()).unwrap_or(0)
}

/// Whether a text is an HTML page, whatever its name says.
pub(super) fn is_html_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"].iter().any(|opening| {
        start.split_at_checked(opening.len()).is_some_and(|(found, behind)| {
            found.eq_ignore_ascii_case(opening) && behind.starts_with(|c: char| c == '>' || c.is_whitespace())
        })
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
