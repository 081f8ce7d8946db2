//! Numerals in English words, and the scale words behind digits: "one hundred and five", "36.2 billion".

use rust_decimal::Decimal;

use super::{Number, Numeral, Style, arabic, blanks, power, word_length};
use crate::text::Span;

/// What a word contributes.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Unit(u32),
    Ten(u32),
    Hundred,
    Scale(u32),
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
        b"zero" => Part::Unit(0),
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
        b"hundred" => Part::Hundred,
        b"thousand" => Part::Scale(3),
        b"lakh" | b"lakhs" => Part::Scale(5),
        b"crore" | b"crores" => Part::Scale(7),
        b"million" => Part::Scale(6),
        b"billion" => Part::Scale(9),
        b"trillion" => Part::Scale(12),
        _ => return None,
    })
}

/// The numeral that starts with the word of `length` letters at `at`.
pub(super) fn parse(text: &str, at: usize, length: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let first = &bytes[at..at + length];
    // "a hundred", "half a million": the article opens the numeral only before a large unit.
    let opening = if first.eq_ignore_ascii_case(b"a") { Some(Part::Unit(1)) } else { part(first) };
    let opening = opening?;
    let mut reader = Reader::default();
    let mut end = at + length;
    let mut fraction = None;
    if first.eq_ignore_ascii_case(b"a") {
        let next = end + blanks(&bytes[end..]);
        let word = &bytes[next..next + word_length(&bytes[next..])];
        if next == end || !matches!(part(word), Some(Part::Hundred | Part::Scale(_))) {
            return None;
        }
    }
    if matches!(opening, Part::Scale(_) | Part::Hundred) {
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
        let mut word = &bytes[next..next + word_length(&bytes[next..])];
        if word.eq_ignore_ascii_case(b"and") && reader.allows_and() {
            let after = next + 3 + blanks(&bytes[next + 3..]);
            let following = &bytes[after..after + word_length(&bytes[after..])];
            if matches!(part(following), Some(Part::Unit(_) | Part::Ten(_))) {
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
        if let (Some(digits), Part::Scale(exponent)) = (fraction, found) {
            let value = reader.total()?.checked_add(digits)?.checked_mul(power(exponent))?;
            return Some(numeral(at, next + word.len(), value, exponent));
        }
        if reader.take(found).is_none() {
            break;
        }
        end = next + word.len();
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
        let word = &bytes[at + gap..at + gap + word_length(&bytes[at + gap..])];
        let Some(Part::Unit(d @ 0..=9)) = part(word).filter(|_| gap > 0 && scale < 20) else { break };
        digits = digits.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d))?;
        scale += 1;
        at += gap + word.len();
        end = Some(at);
    }
    digits.set_scale(scale).ok()?;
    Some((digits, end?))
}

/// Adds up "four thousand two hundred and five".
#[derive(Default)]
struct Reader {
    total: Decimal,
    group: u64,
    last: Option<Part>,
    smallest: Option<u32>,
}

impl Reader {
    fn take(&mut self, part: Part) -> Option<()> {
        match part {
            Part::Unit(n) => {
                let fits = match self.last {
                    None | Some(Part::Hundred | Part::Scale(_)) => true,
                    Some(Part::Ten(_)) => (1..10).contains(&n),
                    Some(Part::Unit(_)) => false,
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
            Part::Hundred => {
                if self.group == 0 || self.group >= 100 || matches!(self.last, Some(Part::Scale(_))) {
                    return None;
                }
                self.group *= 100;
            }
            Part::Scale(exponent) => {
                if self.group == 0 || self.smallest.is_some_and(|s| exponent >= s) {
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

/// A scale word or letter behind digits, with its exponent and end: ` million`, `bn`, `M`, `-billion`.
pub(super) fn scale(text: &str, at: usize) -> Option<(u32, usize)> {
    let bytes = text.as_bytes();
    let gap = match bytes.get(at) {
        Some(b'-') => 1,
        _ => blanks(&bytes[at..]),
    };
    let start = at + gap;
    let length = word_length(&bytes[start..]);
    let word = &bytes[start..start + length];
    let joined = gap == 0;
    let exponent = match word {
        b"bn" | b"BN" | b"Bn" => 9,
        b"tn" | b"trn" => 12,
        b"mn" | b"mln" => 6,
        b"K" | b"k" if joined => 3,
        b"M" | b"mm" if joined => 6,
        b"B" if joined => 9,
        b"T" if joined => 12,
        _ => match part(word)? {
            Part::Scale(exponent) => exponent,
            Part::Hundred => 2,
            _ => return None,
        },
    };
    // "2 hundred thousand"
    let end = start + length;
    Some((exponent, end))
}
