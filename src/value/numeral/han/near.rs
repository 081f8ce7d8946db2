//! How a text writes its numbers near a numeral: 六六万 and 三·七亿 say digits one by one, as reports did until the 1960s.

use super::{Part, part};

/// How far around a numeral the text is read, in bytes.
const NEAR: usize = 360;

/// Whether digits stand one by one before 万 and 亿 near `at`; in 两三亿 nobody writes them so.
pub(super) fn by_digits(text: &str, at: usize) -> bool {
    if text[at..].starts_with(['两', '兩']) {
        return false;
    }
    let from = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let to = text.floor_char_boundary((at + NEAR).min(text.len()));
    // The digits of the run at hand.
    let mut run: Vec<u8> = Vec::new();
    for c in text[from..to].chars() {
        match part(c) {
            Some(Part::Digit(digit, _)) => run.push(digit),
            // 三四万 tells nothing, 三七万 does.
            Some(Part::Large(_)) if is_written_out(&run) => return true,
            _ if c == '·' && !run.is_empty() => return true,
            _ => run.clear(),
        }
    }
    false
}

fn is_written_out(run: &[u8]) -> bool {
    match run {
        [a, b] => *b != a + 1,
        _ => run.len() > 2,
    }
}
