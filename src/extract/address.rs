//! Numbers inside an address of the web or a tag of HTML say nothing: `https://example.org/q?p=30%25` has no percentages,
//! `<td rowspan="3">` no inches.

use crate::value::numeral::Numeral;

/// Drops the numerals that stand in an address (RFC 3986, with its scheme, or opened by `www.`) or in a tag.
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
    let addresses = spans.len();
    reach = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        if at >= reach
            && let Some(length) = tag_length(&bytes[at..])
        {
            reach = at + length;
            spans.push((at, reach));
        }
    }
    if spans.is_empty() {
        return;
    }
    if 0 < addresses && addresses < spans.len() {
        // An address may stand in a tag.
        spans.sort_unstable();
    }
    let mut spans = spans.into_iter().peekable();
    numerals.retain(|numeral| {
        while spans.next_if(|&(_, end)| end <= numeral.span.start()).is_some() {}
        spans.peek().is_none_or(|&(start, _)| numeral.span.start() < start)
    });
}

/// The length of `<td rowspan="3">`, `</td>` or `<!-- … -->`, if one of them begins here.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    if !matches!(bytes.get(1)?, b'/' | b'!' | b'a'..=b'z' | b'A'..=b'Z') {
        return None;
    }
    let near = &bytes[1..bytes.len().min(LONGEST_TAG)];
    let end = memchr::memchr2(b'<', b'>', near)?;
    (near[end] == b'>').then_some(end + 2)
}

/// No tag is longer.
const LONGEST_TAG: usize = 2 << 10;

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
        let text = "<td rowspan=\"3\">4</td> x < 5, y > 6 <a href=\"http://a.cn/7\">8</a> <!-- 9 -->";
        let mut numerals = numeral::scan(text);
        forget(text, &mut numerals);
        let left: Vec<&str> = numerals.iter().map(|n| &text[n.span.range()]).collect();
        assert_eq!(left, ["4", "5", "6", "8"]);
    }
}
