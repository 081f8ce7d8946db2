//! Numerals in English words, and the scale words behind digits: "one hundred and five", "36.2 billion".
//!
//! Spoken forms belong to them: "nineteen seventy-eight" and "one twenty-two" say their hundreds by pairs, "two dozen"
//! is 24. A fraction stays out: the number of "one hundred and three quarters" is a hundred, the rest a fraction.

use rust_decimal::Decimal;

use super::{Number, Numeral, Style, arabic, blanks, power};
use crate::text::{Letters, Span};

/// What a word contributes.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Unit(u32),
    Ten(u32),
    Hundred,
    Scale(u32),
    Dozen,
}

fn part(word: &[u8]) -> Option<Part> {
    // The longest of them is "seventeen"; most words of a text are ruled out by their length or first letter.
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let mut lower = [0; 9];
    lower[..word.len()].copy_from_slice(word);
    lower.make_ascii_lowercase();
    Some(match &lower[..word.len()] {
        b"zero" | b"nought" | b"naught" => Part::Unit(0),
        b"one" => Part::Unit(1),
        b"two" => Part::Unit(2),
        b"three" => Part::Unit(3),
        b"four" => Part::Unit(4),
        b"five" => Part::Unit(5),
        b"six" => Part::Unit(6),
        b"seven" => Part::Unit(7),
        b"eight" => Part::Unit(8),
        b"nine" => Part::Unit(9),
        b"ten" => Part::Unit(10),
        b"eleven" => Part::Unit(11),
        b"twelve" => Part::Unit(12),
        b"thirteen" => Part::Unit(13),
        b"fourteen" => Part::Unit(14),
        b"fifteen" => Part::Unit(15),
        b"sixteen" => Part::Unit(16),
        b"seventeen" => Part::Unit(17),
        b"eighteen" => Part::Unit(18),
        b"nineteen" => Part::Unit(19),
        b"twenty" => Part::Ten(20),
        b"thirty" => Part::Ten(30),
        b"forty" | b"fourty" => Part::Ten(40),
        b"fifty" => Part::Ten(50),
        b"sixty" => Part::Ten(60),
        b"seventy" => Part::Ten(70),
        b"eighty" => Part::Ten(80),
        b"ninety" => Part::Ten(90),
        b"hundred" | b"hundreds" => Part::Hundred,
        b"thousand" | b"thousands" => Part::Scale(3),
        b"lakh" | b"lakhs" | b"lkh" | b"lkhs" | b"lac" | b"lacs" => Part::Scale(5),
        b"crore" | b"crores" => Part::Scale(7),
        b"million" | b"millions" => Part::Scale(6),
        b"billion" | b"billions" => Part::Scale(9),
        b"trillion" | b"trillions" => Part::Scale(12),
        b"dozen" | b"dozens" => Part::Dozen,
        _ => return None,
    })
}

/// The words that open a numeral, in lower case.
pub const OPENING_WORDS: [&str; 33] = [
    "a",
    "half",
    "zero",
    "nought",
    "naught",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fourty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/// First eight letters of the words that open a numeral, each at its hash or at the next free place: most words of a
/// text are asked for once and are not there.
static HEADS: [u64; HEADS_SIZE] = {
    let mut heads = [0; HEADS_SIZE];
    let mut i = 0;
    while i < OPENING_WORDS.len() {
        let word = OPENING_WORDS[i].as_bytes();
        let (mut head, mut letter) = (0, 0);
        while letter < word.len() && letter < 8 {
            head |= (word[letter] as u64) << (8 * letter);
            letter += 1;
        }
        let mut at = place(head);
        while heads[at] != 0 {
            at = (at + 1) % HEADS_SIZE;
        }
        heads[at] = head;
        i += 1;
    }
    heads
};

const HEADS_SIZE: usize = 1 << 10;

const fn place(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize
}

/// Whether a word may open a numeral, as its first eight letters tell.
#[inline]
fn may_open(word: Letters) -> bool {
    let mut at = place(word.head);
    loop {
        match HEADS[at] {
            0 => return false,
            head if head == word.head => return true,
            _ => at = (at + 1) % HEADS_SIZE,
        }
    }
}

/// "half a dozen", "half-dozen"
fn half_dozen(text: &str, at: usize, end: usize) -> Option<Numeral> {
    let behind = text.get(end..)?;
    let forms = [" a dozen", "-a-dozen", " dozen", "-dozen"];
    let form = forms.iter().find(|form| behind.starts_with(**form))?;
    let stop = end + form.len();
    if text.as_bytes().get(stop).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    Some(Numeral {
        span: Span::of(at, stop),
        number: Some(Number::whole(6)),
        between: None,
        style: Style::Words,
        digits: 0,
        modifier: None,
        scale: 0,
        glued: false,
    })
}

/// "and a half million" at `at`: the fraction, the power of ten and the end.
fn half_of_scale(text: &str, at: usize) -> Option<(Decimal, u32, usize)> {
    const PARTS: [(&str, i64); 6] = [
        ("and a half", 50),
        ("and one half", 50),
        ("and one-half", 50),
        ("and a quarter", 25),
        ("and three quarters", 75),
        ("and three-quarters", 75),
    ];
    let behind = &text[at..];
    let (words, hundredths) = PARTS.into_iter().find(|(words, _)| behind.starts_with(words))?;
    let end = at + words.len();
    let bytes = text.as_bytes();
    let next = end + blanks(&bytes[end..]);
    let word = &bytes[next..next + Letters::count(&bytes[next..])];
    match part(word).filter(|_| next > end)? {
        Part::Scale(exponent) => Some((Decimal::new(hundredths, 2), exponent, next + word.len())),
        _ => None,
    }
}

/// The numeral that starts with the word at `at`, which has these letters.
#[inline]
pub(super) fn parse(text: &str, at: usize, word: Letters) -> Option<Numeral> {
    if may_open(word) { parse_from(text, at, word.length) } else { None }
}

fn parse_from(text: &str, at: usize, length: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let first = &bytes[at..at + length];
    if first.eq_ignore_ascii_case(b"half") {
        return half_dozen(text, at, at + length);
    }
    // "a hundred", "half a million": the article opens the numeral only before a large unit.
    let opening = if first.eq_ignore_ascii_case(b"a") { Some(Part::Unit(1)) } else { part(first) };
    let opening = opening?;
    let mut reader = Reader::default();
    let mut end = at + length;
    let mut fraction = None;
    if first.eq_ignore_ascii_case(b"a") {
        let next = end + blanks(&bytes[end..]);
        let word = &bytes[next..next + Letters::count(&bytes[next..])];
        if next == end || !matches!(part(word), Some(Part::Hundred | Part::Scale(_) | Part::Dozen)) {
            return None;
        }
    }
    if matches!(opening, Part::Scale(_) | Part::Hundred | Part::Dozen) {
        // "hundreds of", "million-dollar" after digits were read with the digits; alone they say no number.
        return None;
    }
    reader.take(opening)?;
    loop {
        let gap = match bytes.get(end) {
            Some(b'-') => 1,
            _ => blanks(&bytes[end..]),
        };
        if gap == 0 {
            break;
        }
        let mut next = end + gap;
        let mut word = &bytes[next..next + Letters::count(&bytes[next..])];
        // "two and a half million", but "one billion and a quarter million"
        if word.eq_ignore_ascii_case(b"and")
            && fraction.is_none()
            && reader.total()? < Decimal::ONE_THOUSAND
            && let Some((part, exponent, stop)) = half_of_scale(text, next)
        {
            let value = reader.total()?.checked_add(part)?.checked_mul(power(exponent))?;
            return Some(numeral(at, stop, value, exponent));
        }
        if word.eq_ignore_ascii_case(b"and") && reader.allows_and() {
            let after = next + 3 + blanks(&bytes[next + 3..]);
            let following = &bytes[after..after + Letters::count(&bytes[after..])];
            if matches!(part(following), Some(Part::Unit(_) | Part::Ten(_)))
                && !stands_apart(bytes, after, reader.smallest)
            {
                next = after;
                word = following;
            } else {
                break;
            }
        }
        if word.eq_ignore_ascii_case(b"point") && fraction.is_none() {
            let Some((digits, stop)) = spoken_digits(bytes, next + 5) else { break };
            fraction = Some(digits);
            end = stop;
            continue;
        }
        let Some(found) = part(word) else { break };
        if fraction.is_some() && !matches!(found, Part::Scale(_)) {
            break;
        }
        let stop = next + word.len();
        if found == Part::Dozen {
            let value = reader.total()?.checked_mul(Decimal::from(12))?;
            return Some(numeral(at, stop, value, 0));
        }
        // "one hundred thirty fifths", "twenty twenty fifths": the ten belongs to what is below the line.
        if matches!(found, Part::Ten(_)) && reader.last.is_some() && ordinal_behind(bytes, stop, true) {
            break;
        }
        // "nineteen seventy", but not "two thirty-day periods" and "one twenty-first".
        let compound = bytes.get(stop) == Some(&b'-')
            && part(&bytes[stop + 1..stop + 1 + Letters::count(&bytes[stop + 1..])]).is_none();
        if reader.pairs_with(found) && (compound || ordinal_behind(bytes, stop, false)) {
            break;
        }
        if let (Some(digits), Part::Scale(exponent)) = (fraction, found) {
            let value = reader.total()?.checked_add(digits)?.checked_mul(power(exponent))?;
            return Some(numeral(at, next + word.len(), value, exponent));
        }
        if reader.take(found).is_none() {
            break;
        }
        end = stop;
    }
    let mut value = reader.total()?;
    if let Some(digits) = fraction {
        value = value.checked_add(digits)?;
    }
    if let Some(stop) = arabic::repeated(text, end, Number::Decimal(value)) {
        end = stop;
    }
    Some(numeral(
        at,
        end,
        value,
        if matches!(reader.last, Some(Part::Scale(_))) { reader.smallest.unwrap_or(0) } else { 0 },
    ))
}

fn numeral(at: usize, end: usize, value: Decimal, scale: u32) -> Numeral {
    Numeral {
        between: None,
        span: Span::of(at, end),
        number: Some(Number::Decimal(value)),
        style: Style::Words,
        digits: 0,
        modifier: None,
        scale: u8::try_from(scale).unwrap_or(u8::MAX),
        glued: false,
    }
}

/// Digits said one by one after "point": "point two five".
fn spoken_digits(bytes: &[u8], mut at: usize) -> Option<(Decimal, usize)> {
    let (mut digits, mut scale, mut end) = (Decimal::ZERO, 0, None);
    loop {
        let gap = blanks(&bytes[at..]);
        let word = &bytes[at + gap..at + gap + Letters::count(&bytes[at + gap..])];
        let Some(Part::Unit(d @ 0..=9)) = part(word).filter(|_| gap > 0 && scale < 20) else { break };
        digits = digits.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d))?;
        scale += 1;
        at += gap + word.len();
        end = Some(at);
    }
    digits.set_scale(scale).ok()?;
    Some((digits, end?))
}

/// Whether the number words behind "and" are another number: one as large ("between ten thousand and fifty thousand"),
/// or a proper fraction ("three quarters", "fifty-four hundredths", but not "thirty-two fifths").
fn stands_apart(bytes: &[u8], mut at: usize, smallest: Option<u32>) -> bool {
    let mut numerator = Reader::default();
    for _ in 0..LONGEST_NUMERATOR {
        let word = &bytes[at..at + Letters::count(&bytes[at..])];
        let Some(part) = part(word) else {
            return denominator(word).is_some_and(|below| numerator.total() < Some(Decimal::from(below)));
        };
        if matches!(part, Part::Scale(scale) if smallest.is_some_and(|smallest| scale >= smallest)) {
            return true;
        }
        if numerator.take(part).is_none() {
            return false;
        }
        at += word.len();
        at += if bytes.get(at) == Some(&b'-') { 1 } else { blanks(&bytes[at..]) };
    }
    false
}

/// "thirds", "quarters", "hundredths": what stands below the line, as a plural.
fn denominator(word: &[u8]) -> Option<u32> {
    if word.len() > 11 {
        return None;
    }
    let stem = match word.to_ascii_lowercase().as_slice() {
        b"half" | b"halves" => return Some(2),
        b"quarter" | b"quarters" => return Some(4),
        lower => lower.strip_suffix(b"s")?.to_vec(),
    };
    let larger = [(&b"tenth"[..], 10), (b"hundredth", 100), (b"thousandth", 1000), (b"millionth", 1_000_000)];
    let unit = ORDINALS.iter().position(|ordinal| ordinal.as_bytes() == stem).map(|i| i as u32 + 1);
    unit.or_else(|| larger.iter().find(|(word, _)| *word == stem).map(|&(_, below)| below))
}

const ORDINALS: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/// Words that the number above the line of a fraction may have.
const LONGEST_NUMERATOR: usize = 4;

/// Whether "first" to "ninth" stands behind a number word: "twenty-first", "thirty fifths".
fn ordinal_behind(bytes: &[u8], end: usize, plural: bool) -> bool {
    let next = end + if bytes.get(end) == Some(&b'-') { 1 } else { blanks(&bytes[end..]) };
    next > end && is_ordinal_unit(&bytes[next..next + Letters::count(&bytes[next..])], plural)
}

fn is_ordinal_unit(word: &[u8], plural: bool) -> bool {
    let stem = match word.split_last() {
        Some((b's' | b'S', stem)) => stem,
        _ if plural => return false,
        _ => word,
    };
    ORDINALS.iter().any(|ordinal| stem.eq_ignore_ascii_case(ordinal.as_bytes()))
}

/// Adds up "four thousand two hundred and five".
#[derive(Default)]
struct Reader {
    total: Decimal,
    group: u64,
    last: Option<Part>,
    smallest: Option<u32>,
    /// The number is spoken in pairs: nineteen seventy-eight.
    paired: bool,
}

impl Reader {
    /// Whether the part opens the second pair of a number: "nineteen seventy", "one twenty".
    fn pairs_with(&self, part: Part) -> bool {
        let opened = match self.last {
            Some(Part::Unit(n)) => self.group == u64::from(n) && n > 0,
            Some(Part::Ten(20)) => self.group == 20,
            _ => false,
        };
        let teens = self.group >= 10;
        let closes = match part {
            Part::Ten(_) => true,
            Part::Unit(n) => teens && n >= 10,
            _ => false,
        };
        opened && closes && !self.paired && self.smallest.is_none()
    }

    fn take(&mut self, part: Part) -> Option<()> {
        if let (true, Part::Ten(n) | Part::Unit(n)) = (self.pairs_with(part), part) {
            self.group = self.group * 100 + u64::from(n);
            self.paired = true;
            self.last = Some(part);
            return Some(());
        }
        match part {
            Part::Unit(n) => {
                let fits = match self.last {
                    None | Some(Part::Hundred | Part::Scale(_)) => true,
                    Some(Part::Ten(_)) => (1..10).contains(&n),
                    Some(Part::Unit(_) | Part::Dozen) => false,
                };
                if !fits {
                    return None;
                }
                self.group += u64::from(n);
            }
            Part::Ten(n) => {
                if !matches!(self.last, None | Some(Part::Hundred | Part::Scale(_))) {
                    return None;
                }
                self.group += u64::from(n);
            }
            Part::Dozen => return None,
            Part::Hundred => {
                if self.paired || self.group == 0 || self.group >= 100 || matches!(self.last, Some(Part::Scale(_))) {
                    return None;
                }
                self.group *= 100;
            }
            Part::Scale(exponent) => {
                if self.paired || self.group == 0 || self.smallest.is_some_and(|s| exponent >= s) {
                    return None;
                }
                self.total = self.total.checked_add(Decimal::from(self.group).checked_mul(power(exponent))?)?;
                self.group = 0;
                self.smallest = Some(exponent);
            }
        }
        self.last = Some(part);
        Some(())
    }

    fn allows_and(&self) -> bool {
        matches!(self.last, Some(Part::Hundred | Part::Scale(_)))
    }

    fn total(&self) -> Option<Decimal> {
        self.total.checked_add(Decimal::from(self.group))
    }
}

/// What stands between two words of a scale: "ten thousand", "ten-thousand".
fn hyphen_or_blanks(bytes: &[u8]) -> usize {
    if bytes.first() == Some(&b'-') { 1 } else { blanks(bytes) }
}

/// A scale word or letter behind digits, with its exponent and end: ` million`, `bn`, `M`, `-billion`.
pub(super) fn scale(text: &str, at: usize) -> Option<(u32, usize)> {
    let bytes = text.as_bytes();
    let gap = match bytes.get(at) {
        Some(b'-') => 1,
        _ => blanks(&bytes[at..]),
    };
    let start = at + gap;
    let length = Letters::count(&bytes[start..]);
    let word = &bytes[start..start + length];
    let joined = gap == 0;
    let exponent = match word {
        b"bn" | b"BN" | b"Bn" | b"bln" => 9,
        b"tn" | b"trn" => 12,
        b"mn" | b"mln" => 6,
        b"mil" if joined => 6,
        b"Cr" => 7,
        b"K" | b"k" if joined => 3,
        b"M" | b"MM" if joined => 6,
        b"B" if joined => 9,
        b"T" if joined => 12,
        _ => match part(word)? {
            Part::Scale(exponent) => exponent,
            Part::Hundred => 2,
            // "1.2 ten thousand", word for word from Chinese
            Part::Unit(10) => {
                let behind = start + length + hyphen_or_blanks(&bytes[start + length..]);
                let thousand = &bytes[behind..behind + Letters::count(&bytes[behind..])];
                return (thousand == b"thousand").then_some((4, behind + thousand.len()));
            }
            _ => return None,
        },
    };
    let end = start + length;
    // "5 hundred million", "5.6 hundred-million", "6.22 lakh crore"
    let next = end + hyphen_or_blanks(&bytes[end..]);
    let above = match (exponent, part(&bytes[next..next + Letters::count(&bytes[next..])])) {
        (2, Some(Part::Scale(above))) | (5, Some(Part::Scale(above @ 7))) if next > end => above,
        _ => return Some((exponent, end)),
    };
    Some((exponent + above, next + Letters::count(&bytes[next..])))
}
