//! Numbers inside an address of the web say nothing: `https://example.org/q?p=30%25` has no percentages.

use crate::value::numeral::Numeral;

/// Drops the numerals that stand in an address (RFC 3986, with its scheme, or opened by `www.`).
pub(super) fn forget(text: &str, numerals: &mut Vec<Numeral>) {
    let bytes = text.as_bytes();
    let mut reach = 0;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"://") {
        if at >= reach {
            reach = at + bytes[at..].iter().take_while(|&&byte| belongs(byte)).count();
            spans.push((at, reach));
        }
    }
    if spans.is_empty() {
        return;
    }
    let mut spans = spans.into_iter().peekable();
    numerals.retain(|numeral| {
        while spans.next_if(|&(_, end)| end <= numeral.span.start()).is_some() {}
        spans.peek().is_none_or(|&(start, _)| numeral.span.start() < start)
    });
}

/// The characters of an address.
const fn belongs(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'['
                | b']'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b';'
                | b'%'
                | b'='
        )
}

#[cfg(test)]
mod tests {
    use super::forget;
    use crate::value::numeral;

    #[test]
    fn numbers_in_an_address_are_forgotten_and_others_stay() {
        let text = "见 https://example.org/q?p=30%25%202024，共30%。 http://a.cn/1 2";
        let mut numerals = numeral::scan(text);
        forget(text, &mut numerals);
        let left: Vec<&str> = numerals.iter().map(|n| &text[n.span.range()]).collect();
        assert_eq!(left, ["30", "2"]);
    }
}
