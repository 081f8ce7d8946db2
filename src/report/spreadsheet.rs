//! Text that a spreadsheet only shows.
//!
//! A title such as `=HYPERLINK("http://…")` would run as a formula, so text that starts like one gets an apostrophe.
//! `-0.25` and `-0.25%` are numbers wherever they are opened, and stay as they are.

use std::borrow::Cow;

use super::visible::visible;

/// Text that no spreadsheet takes for a formula, with its control characters visible.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let formula = !text.as_bytes().first().is_some_and(|first| (b'A'..0xEF).contains(first))
        && text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && !is_number(text);
    if formula { format!("'{}", visible(text)).into() } else { visible(text) }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let unsigned = unsigned.strip_suffix('%').unwrap_or(unsigned);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_formula_gets_an_apostrophe() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+86 10", "'+86 10"),
            ("-网络", "'-网络"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\\u{9}=1"),
            ("\r=1", "'\\u{d}=1"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠1", "'＠1"),
            ("-1e5", "'-1e5"),
            ("-5%..-3%", "'-5%..-3%"),
            ("-0.25", "-0.25"),
            ("-0.25%", "-0.25%"),
            ("网络=安全", "网络=安全"),
        ] {
            assert_eq!(harmless(text), cell);
        }
    }
}
