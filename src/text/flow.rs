//! The text as it reads, without the accidents of its layout, and the way back to the original bytes.
//!
//! "International\nEmergency Economic Powers Act" and "中華民國一百零\n  四年一月六日" are one name and
//! one date whose lines were cut by a typewriter margin; in the corpus 18 % of "Executive Order N" and
//! 22 % of the Act titles cross a line end. "12．8％" is 12.8%. Each rule would have to know all of this,
//! so it is undone once, here: soft line breaks are joined, full-width letters and digits become plain,
//! every kind of blank becomes one. What is found in the flow is mapped back before anybody sees it.
//!
//! Always true: mapping back never leaves the original, keeps order, and lands on character boundaries.

use std::borrow::Cow;

use super::Span;

/// A folded view of a text. Its line feeds are the hard ones: the ends of paragraphs and list items.
#[derive(Clone, Debug)]
pub struct Flow<'t> {
    text: Cow<'t, str>,
    /// Where the view departs from the original: from `view` on, bytes run in parallel from `original`.
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    view: u32,
    original: u32,
    /// The character at `view` stands for something of another length.
    replaced: bool,
}

impl<'t> Flow<'t> {
    /// Reads the text once; borrows it where there is nothing to fold.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let mut writer = Writer { text, out: String::new(), copied: 0, steps: Vec::new() };
        let lines = Lines::measure(text);
        let bytes = text.as_bytes();
        let (mut at, mut line) = (0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            match FOLDS[usize::from(byte)] {
                PLAIN => at += 1,
                HAN => {
                    at += 3;
                    while bytes.get(at).is_some_and(|&next| FOLDS[usize::from(next)] == HAN) {
                        at += 3;
                    }
                }
                NEWLINE => {
                    if lines.soft(line, bytes) {
                        let mut from = at;
                        while from > 0 && matches!(bytes[from - 1], b' ' | b'\t') {
                            from -= 1;
                        }
                        let mut to = at + 1;
                        while to < bytes.len() && matches!(bytes[to], b' ' | b'\t') {
                            to += 1;
                        }
                        let chinese = from > 0 && to < bytes.len() && bytes[from - 1] >= 0x80 && bytes[to] >= 0xE0;
                        let joint =
                            if chinese || lines.cuts_number(line, &bytes[..from], &bytes[to..]) { "" } else { " " };
                        writer.replace(from.max(writer.copied), to, joint);
                        at = to;
                    } else {
                        at += 1;
                    }
                    line += 1;
                }
                _ => match fold(&bytes[at..]) {
                    Some((width, with)) => {
                        writer.replace(at, at + width, with);
                        at += width;
                    }
                    None => at += if byte < 0xE0 { 1 } else { 3 },
                },
            }
        }
        writer.finish()
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a span of the view stands in the original.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        Span::of(
            self.start_of(span.start()),
            if span.is_empty() { self.start_of(span.start()) } else { self.end_of(span.end()) },
        )
    }

    fn start_of(&self, at: usize) -> usize {
        let next = self.steps.partition_point(|s| s.view as usize <= at);
        match next.checked_sub(1).map(|i| self.steps[i]) {
            Some(step) => step.original as usize + (at - step.view as usize),
            None => at,
        }
    }

    fn end_of(&self, at: usize) -> usize {
        let next = self.steps.partition_point(|s| (s.view as usize) < at);
        match next.checked_sub(1).map(|i| self.steps[i]) {
            Some(step) if step.replaced => self.steps.get(next).map_or(step.original as usize, |s| s.original as usize),
            Some(step) => step.original as usize + (at - step.view as usize),
            None => at,
        }
    }
}

struct Writer<'t> {
    text: &'t str,
    out: String,
    copied: usize,
    steps: Vec<Step>,
}

impl<'t> Writer<'t> {
    /// The original's `from..to` becomes `with` (at most one character).
    fn replace(&mut self, from: usize, to: usize, with: &str) {
        if self.steps.is_empty() {
            self.out.reserve(self.text.len());
        }
        self.out.push_str(&self.text[self.copied..from]);
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if !with.is_empty() {
            self.steps.push(Step { view: narrow(self.out.len()), original: narrow(from), replaced: true });
            self.out.push_str(with);
        }
        self.steps.push(Step { view: narrow(self.out.len()), original: narrow(to), replaced: false });
        self.copied = to;
    }

    fn finish(mut self) -> Flow<'t> {
        if self.steps.is_empty() {
            return Flow { text: Cow::Borrowed(self.text), steps: self.steps };
        }
        self.out.push_str(&self.text[self.copied..]);
        Flow { text: Cow::Owned(self.out), steps: self.steps }
    }
}

const PLAIN: u8 = 0;
const NEWLINE: u8 = 1;
const MAYBE: u8 = 2;
const HAN: u8 = 3;

/// What may start with each byte: nothing of interest, a line end, or a character that is folded.
static FOLDS: [u8; 256] = {
    let mut table = [PLAIN; 256];
    table[b'\n' as usize] = NEWLINE;
    table[b'\t' as usize] = MAYBE;
    table[0xC2] = MAYBE; // no-break space, soft hyphen
    table[0xE2] = MAYBE; // typographic blanks, zero-width characters
    table[0xE3] = MAYBE; // ideographic space, 〇
    table[0xEF] = MAYBE; // full-width forms
    let mut lead = 0xE4;
    while lead <= 0xE9 {
        table[lead] = HAN;
        lead += 1;
    }
    table
};

/// Width of the character at the start of `bytes` and what it is folded to, where it is folded.
fn fold(bytes: &[u8]) -> Option<(usize, &'static str)> {
    const ASCII: &str =
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    Some(match *bytes {
        [b'\t', ..] => (1, " "),
        [0xC2, 0xA0, ..] => (2, " "),
        [0xC2, 0xAD, ..] => (2, ""),
        [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..] | [0xE2, 0x81, 0x9F, ..] | [0xE3, 0x80, 0x80, ..] => (3, " "),
        [0xE2, 0x80, 0x8B..=0x8F, ..] | [0xE2, 0x81, 0xA0, ..] | [0xEF, 0xBB, 0xBF, ..] => (3, ""),
        // The hyphen that breaks no line: "two thousand twenty‑one".
        [0xE2, 0x80, 0x90 | 0x91, ..] => (3, "-"),
        [0xEF, 0xBF, 0xA5, ..] => (3, "¥"),
        [0xEF, high @ (0xBC | 0xBD), low, ..] => {
            let n = (u32::from(high - 0xBC) << 6) + u32::from(low & 0x3F);
            let at = usize::try_from(n.checked_sub(1)?).ok()?;
            let plain = ASCII.get(at..=at)?;
            // Full-width punctuation is Chinese punctuation and stays; these are only wide spellings.
            if plain.as_bytes()[0].is_ascii_alphanumeric()
                || matches!(plain, "%" | "/" | "+" | "-" | "$" | "." | "#" | "@")
            {
                (3, plain)
            } else {
                return None;
            }
        }
        _ => return None,
    })
}

/// The lines of a text with their widths: a Han character is two columns, another one is one.
struct Lines {
    rows: Vec<Row>,
}

#[derive(Clone, Copy)]
struct Row {
    start: u32,
    end: u32,
    columns: u32,
    characters: u32,
    /// Widest line of the block (run of lines without a blank one) that this line belongs to.
    margin: u32,
    /// Most characters of a line of that block, where most lines have so many: some programs cut lines by these.
    longest: Option<u32>,
    /// Lines of that block.
    block: usize,
    /// Whether most lines of the block but the last have no room for the first word of the next one, as a margin leaves them.
    wrapped: bool,
}

/// Wider lines are paragraphs that an editor wraps on the screen, not lines cut at a margin.
const WIDEST_MARGIN: u32 = 120;
const NARROWEST_MARGIN: u32 = 40;
/// Bytes at the end of a line that a number which it cuts may have, with the letters before it.
const LONGEST_NUMBER: usize = 24;

impl Lines {
    fn measure(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut rows = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
            let (mut columns, mut characters) = (0, 0);
            // A line far beyond any margin is not measured to its end.
            if end - start < 4 * WIDEST_MARGIN as usize {
                // One for each character, one more for a wide one; sums of bytes are taken many at a time.
                for some in bytes[start..end].trim_ascii_end().chunks(127) {
                    let begins = u32::from(some.iter().map(|&byte| u8::from((byte as i8) >= -0x40)).sum::<u8>());
                    characters += begins;
                    columns += begins + u32::from(some.iter().map(|&byte| u8::from(byte >= 0xE0)).sum::<u8>());
                }
            } else {
                (columns, characters) = (4 * WIDEST_MARGIN, 4 * WIDEST_MARGIN);
            }
            let (start_of, end_of) = (start as u32, end as u32);
            rows.push(Row {
                start: start_of,
                end: end_of,
                columns,
                characters,
                margin: 0,
                longest: None,
                block: 0,
                wrapped: true,
            });
            start = end + 1;
        }
        let mut first = 0;
        while first < rows.len() {
            let block = rows[first..].iter().take_while(|r| r.columns > 0).count();
            let margin = rows[first..first + block].iter().map(|r| r.columns).max().unwrap_or(0);
            let longest = rows[first..first + block].iter().map(|r| r.characters).max().unwrap_or(0);
            let even = rows[first..first + block].iter().filter(|r| r.characters + 1 >= longest).count();
            // "October 17, 2025" over "HAZARDOUS VESSELS ACT" over "P.C. 2025-761": the widest of such lines is no full one.
            let lines = &rows[first..first + block];
            // An item may be short anywhere.
            let ends = |row: &Row| bytes[..row.end as usize].trim_ascii_end().ends_with(b";");
            let room = |pair: &[Row]| pair[0].columns + 1 + first_word(&bytes[pair[1].start as usize..]) <= margin;
            let loose = lines.windows(2).filter(|pair| room(pair) && !ends(&pair[0])).count();
            let wrapped = 2 * loose < block.saturating_sub(1).max(3);
            let longest = (even >= 2 && even * 5 >= block.saturating_sub(1) * 3).then_some(longest);
            for row in &mut rows[first..first + block] {
                (row.margin, row.longest, row.block, row.wrapped) = (margin, longest, block, wrapped);
            }
            first += block.max(1);
        }
        // A paragraph too short to show its own margin takes that of the rest of a document that is wrapped throughout.
        let wide = rows.iter().filter(|r| r.columns > WIDEST_MARGIN).count();
        if wide * 20 < rows.len() {
            let widest = rows.iter().map(|r| r.columns).filter(|&c| c <= WIDEST_MARGIN).max().unwrap_or(0);
            for row in rows.iter_mut().filter(|row| row.block < 4) {
                row.margin = row.margin.max(widest);
            }
        }
        Self { rows }
    }

    /// 达到5⏎3亿吨: whether the end of line `i`, a full one of Chinese, cut a number in two.
    fn cuts_number(&self, i: usize, above: &[u8], below: &[u8]) -> bool {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let inside = match below.first() {
            Some(b'.' | b',') => digit(below.get(1)),
            first => digit(first),
        };
        let (Some(last), Some(row)) = (above.last(), self.rows.get(i)) else { return false };
        let cut = inside && (last.is_ascii_digit() || matches!(last, b'.' | b',') && digit(above.iter().nth_back(1)));
        // Letters of a standard may stand before its number: GB 3⏎5273.
        let part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b'/' | b' ');
        let start = above.len() - above.iter().rev().take(LONGEST_NUMBER).take_while(part).count();
        let full = row.columns + 1 >= row.margin || row.longest.is_some_and(|longest| row.characters + 1 >= longest);
        cut && full && above[..start].last().is_some_and(|&byte| byte >= 0x80)
    }

    /// Whether the line break after line `i` is only layout.
    fn soft(&self, i: usize, bytes: &[u8]) -> bool {
        let (Some(above), Some(below)) = (self.rows.get(i), self.rows.get(i + 1)) else { return false };
        if above.columns == 0 || below.columns == 0 || !(NARROWEST_MARGIN..=WIDEST_MARGIN).contains(&above.margin) {
            return false;
        }
        let upper = bytes[above.start as usize..above.end as usize].trim_ascii_end();
        let lower = &bytes[below.start as usize..below.end as usize];
        let indent = lower.len() - lower.trim_ascii_start().len();
        let lower = lower.trim_ascii();
        let (Some(&last), Some(&first)) = (upper.last(), lower.first()) else { return false };
        // In a list of references 第 9 條 goes on, wherever the line ends.
        let listed = ends_with_any(upper, &["、", "及", "和", "或", "與", "与"]) && lower.starts_with("第".as_bytes());
        if starts_item(lower) && !listed || lower.starts_with(b"#") || upper.trim_ascii_start().starts_with(b"#") {
            return false;
        }
        if last >= 0x80 && first >= 0x80 {
            // Chinese: cut at the margin, in the middle of a clause.
            let full = above.columns + 4 >= above.margin
                || indent > 0 && above.columns + 8 >= above.margin
                || above.block > 2 && above.longest.is_some_and(|longest| above.characters >= longest);
            // 主 题 词： on a line of its own is the label of what comes below.
            // So is 国办发〔2004〕7号 no rest of the title above it.
            let label = below.columns <= 20 && lower.ends_with("：".as_bytes())
                || below.columns <= 32 && lower.ends_with("号".as_bytes()) && !lower.starts_with("第".as_bytes());
            return full && !label && !ends_with_any(upper, &["。", "！", "？", "：", "；", "”", "》"]);
        }
        // "Title: Pet Funeral Facilities" over "Amended Date: 2021-12-08"
        if is_labelled(upper) && is_labelled(lower) {
            return false;
        }
        let full = above.wrapped && above.columns + 1 + first_word(lower) > above.margin;
        let flows_on = first.is_ascii_lowercase() && !matches!(last, b'.' | b':' | b';' | b'!' | b'?');
        (full && !matches!(last, b':'))
            || flows_on
            || (last >= 0x80 && first.is_ascii_digit() && above.columns + 4 >= above.margin)
    }
}

fn ends_with_any(line: &[u8], ends: &[&str]) -> bool {
    ends.iter().any(|e| line.ends_with(e.as_bytes()))
}

/// Bytes of the first word of a line.
fn first_word(line: &[u8]) -> u32 {
    const LONGEST: usize = 64;
    line.trim_ascii_start().iter().take(LONGEST).take_while(|b| !b.is_ascii_whitespace()).count() as u32
}

/// "Amended Date: 2021-12-08": whether a line begins with a label of words with capitals.
fn is_labelled(line: &[u8]) -> bool {
    const LONGEST: usize = 32;
    let line = line.trim_ascii_start();
    let Some(end) = line.iter().take(LONGEST).position(|&b| b == b':') else { return false };
    let spaced = line.get(end + 1).is_none_or(|b| *b == b' ');
    spaced
        && end > 0
        && line[..end]
            .split(|&b| b == b' ')
            .all(|word| word.first().is_some_and(u8::is_ascii_uppercase) && word.iter().all(u8::is_ascii_alphabetic))
}

/// Whether a line opens a list item, an article or a table row.
fn starts_item(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    match line {
        [b'-' | b'*' | b'+' | b'>' | b'|', b' ', ..] => true,
        [b'(', a, b')', ..] | [b'(', a, _, b')', ..] | [b'(', a, _, _, b')', ..] | [b'(', a, _, _, _, b')', ..] => {
            a.is_ascii_alphanumeric()
        }
        _ if digits > 0 && digits < 4 => {
            matches!(line.get(digits), Some(b'.' | b')' | b'\t')) || line[digits..].starts_with("、".as_bytes())
        }
        _ => {
            let Ok(line) = std::str::from_utf8(line) else { return false };
            line.starts_with(['（', '●', '•', '—', '☆', '□', '■', '◆'])
                || (line.starts_with('第')
                    && line.chars().take(10).any(|c| matches!(c, '条' | '條' | '章' | '节' | '節' | '编')))
                || (line.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count() > 0
                    && line.trim_start_matches(|c| "一二三四五六七八九十".contains(c)).starts_with('、'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn maps(flow: &Flow<'_>, original: &str, found: &str, stands_for: &str) {
        let at = flow.as_str().find(found).unwrap_or_else(|| panic!("{found:?} not in {:?}", flow.as_str()));
        assert_eq!(&original[flow.original(Span::of(at, at + found.len())).range()], stands_for);
    }

    #[test]
    fn a_plain_text_is_borrowed() {
        assert!(matches!(Flow::of("第一条 网络安全法。\n").text, Cow::Borrowed(_)));
    }

    #[test]
    fn wide_digits_and_blanks_are_folded_and_found_again() {
        let text = "增长１2．8％，Section\u{a0}1。";
        let flow = Flow::of(text);
        assert_eq!(flow.as_str(), "增长12.8%，Section 1。");
        maps(&flow, text, "12.8%", "１2．8％");
        maps(&flow, text, "Section 1", "Section\u{a0}1");
    }

    #[test]
    fn a_title_cut_by_the_margin_is_whole_again() {
        let text = "By the authority vested in me by the Constitution and the International\nEmergency Economic Powers Act (50 U.S.C. 1701 et seq.), and the National\nEmergencies Act, I hereby order:\n";
        let flow = Flow::of(text);
        maps(
            &flow,
            text,
            "International Emergency Economic Powers Act",
            "International\nEmergency Economic Powers Act",
        );
    }

    #[test]
    fn a_chinese_line_cut_by_the_margin_is_joined_without_a_blank() {
        let text = "1.中華民國二十八年三月十日國民政府公布並自中華民國二十九年七月七\n  日施行\n";
        let flow = Flow::of(text);
        maps(&flow, text, "七月七日", "七月七\n  日");
    }

    #[test]
    fn a_number_cut_by_the_margin_is_whole_again() {
        let text = "全市内河航道和港口的建设要按规划抓紧推进，今年的内河货运量要达到5\n3亿吨左右。\n";
        let flow = Flow::of(text);
        maps(&flow, text, "53亿吨", "5\n3亿吨");
        // Numbers of a list or a table stay apart.
        let text = "The committee heard evidence in the years 1998, 2003, 2009 and 2017 and in\n2020 wrote its report on them.\n";
        assert!(Flow::of(text).as_str().contains("in 2020"));
    }

    #[test]
    fn list_items_and_paragraphs_stay_apart() {
        let text = "Within 30 days of the date of this order, the Secretary of Commerce shall\n(a) report to the President on all of the things that have been done; and\n(b) stop.\n";
        assert_eq!(Flow::of(text).as_str(), text);
    }

    #[test]
    fn lines_that_no_margin_cut_stay_apart() {
        let text = "Vol. 159, No. 23 of November 5, 2025\nRegistration\nSOR/2025-214   October 17, 2025\nWRECKED, ABANDONED OR HAZARDOUS VESSELS ACT\nP.C. 2025-761\n";
        assert_eq!(Flow::of(text).as_str(), text);
        let text = "Title: Regulations Governing Pet Funeral Facilities\nAmended Date: 2021-12-08\n";
        assert_eq!(Flow::of(text).as_str(), text);
    }
}
