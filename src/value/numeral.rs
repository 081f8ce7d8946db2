//! Finds every numeral of a text and says what it is worth: 1，181.7万, 二六六·亿, "twenty-three", 1400余万.
//!
//! Dates, amounts, articles and document numbers all build on numerals, so they are found once, from left
//! to right, before any rule looks at the text. A numeral keeps how it was written, since "二〇〇四" can be
//! a year and "两千零四" hardly.
//!
//! Always true: numerals do not overlap, come in text order, and reading them takes linear time whatever
//! the text (a line of 100,000 digits is one numeral without a value).

use rust_decimal::Decimal;

use super::{Modifier, Number};
use crate::text::{Letters, Span};

mod arabic;
mod english;
mod han;

pub use english::OPENING_WORDS;

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Digits, with or without a scale word: `12.44 million`, `1100万`.
    Arabic,
    /// Han characters: 一百二十, 二〇〇四.
    Han,
    /// Formal Han characters, as on cheques: 壹万贰仟.
    Formal,
    /// English words: `twenty-three`.
    Words,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Where it stands, scale word included.
    pub span: Span,
    /// What it is worth; `None` where it has more digits than a decimal can hold.
    pub number: Option<Number>,
    /// 两三, 四五千: from … to …; then 四五千 has no `number`, and that of 二三 is made of its digits.
    pub between: Option<(i64, i64)>,
    /// How it is written.
    pub style: Style,
    /// Number of digits where it is a bare run of digits (2016, 二〇一六), else 0.
    pub digits: u8,
    /// 余, 多 or 几 inside it: 1400余万.
    pub modifier: Option<Modifier>,
    /// The power of ten that its scale word stands for, 0 without one: 4 for 万, 6 for million.
    pub scale: u8,
    /// Whether a Latin letter stands directly before it, as in `C919`: a name, not a number.
    pub glued: bool,
}

impl Numeral {
    /// The number as a whole number between two bounds.
    #[must_use]
    pub fn within(&self, low: u32, high: u32) -> Option<u32> {
        self.number?.to_u32().filter(|n| (low..=high).contains(n))
    }
}

/// All numerals of a text, in order.
///
/// ```
/// use tongwen::value::numeral;
/// let found = numeral::scan("处2万元以上十万元以下罚款, about 36.2 billion");
/// let values: Vec<String> = found.iter().map(|n| n.number.unwrap().to_string()).collect();
/// assert_eq!(values, ["20000", "100000", "36200000000"]);
/// ```
#[must_use]
pub fn scan(text: &str) -> Vec<Numeral> {
    let bytes = text.as_bytes();
    let mut found: Vec<Numeral> = Vec::with_capacity(bytes.len() / 64);
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let numeral = match CLASS[usize::from(byte)] {
            DIGIT => arabic::parse(text, at),
            POINT if opens_decimal(bytes, at) => arabic::parse(text, at),
            LETTER => {
                let word = Letters::of(&bytes[at..]);
                match english::parse(text, at, word) {
                    Some(numeral) => Some(numeral),
                    None => {
                        // Digits that follow letters directly belong to a name. Behind most words stands a blank.
                        at += word.length;
                        at += usize::from(bytes.get(at) == Some(&b' '));
                        continue;
                    }
                }
            }
            HAN if han::is_numeral_at(bytes, at) => mixed_year(text, at).or_else(|| han::parse(text, at)),
            HAN => {
                at += 3;
                continue;
            }
            OTHER if byte < 0x80 => {
                at += 1;
                continue;
            }
            _ => None,
        };
        match numeral {
            Some(numeral) => {
                debug_assert!(numeral.span.end() > at, "a numeral of no length");
                at = numeral.span.end();
                found.push(numeral);
            }
            None => {
                at += 1;
                while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
                    at += 1;
                }
            }
        }
    }
    found
}

const OTHER: u8 = 0;
const DIGIT: u8 = 1;
const LETTER: u8 = 2;
const HAN: u8 = 3;
const POINT: u8 = 4;

static CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        if byte.is_ascii_digit() {
            table[b] = DIGIT;
        } else if byte == b'.' {
            table[b] = POINT;
        } else if byte.is_ascii_alphabetic() {
            table[b] = LETTER;
        } else if byte >= 0xE2 && byte <= 0xEA {
            table[b] = HAN;
        }
        b += 1;
    }
    table
};

/// .77, but not the point of 3.77, "Sec.7" or "...7".
fn opens_decimal(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| bytes[i]);
    bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && before.is_none_or(|b| matches!(b, b' ' | b'-' | b'\n' | b'$'))
}

/// Length of the blanks at the start: spaces, and at most one line end among them.
fn blanks(bytes: &[u8]) -> usize {
    let mut ends = 0;
    bytes
        .iter()
        .take_while(|&&b| {
            ends += usize::from(b == b'\n');
            (b == b' ' || b == b'\n') && ends < 2
        })
        .count()
}

/// 2 0 2 0 年, 二 〇 二 〇 年: the year of letter-spaced text whose first digit stands at `at`.
fn spaced_year(text: &str, at: usize, style: Style) -> Option<Numeral> {
    let digit = |c: char| c.to_digit(10).or_else(|| han::digit(c));
    let (mut year, mut end) = (0, at);
    for place in 0..4 {
        let rest = if place == 0 { &text[at..] } else { text[end..].strip_prefix(' ')? };
        let c = rest.chars().next()?;
        year = year * 10 + digit(c)?;
        end = text.len() - rest.len() + c.len_utf8();
    }
    let named = text[end..].trim_start_matches(' ').starts_with('年') && (1000..3000).contains(&year);
    named.then(|| Numeral {
        span: Span::of(at, end),
        number: Some(Number::whole(year.into())),
        between: None,
        style,
        digits: 4,
        modifier: None,
        scale: 0,
        glued: false,
    })
}

/// 二00八年, 二OO八年, 一九九0年: a year in characters whose nought is typed as a digit or a letter.
fn mixed_year(text: &str, at: usize) -> Option<Numeral> {
    const YEAR: usize = 4;
    let noughts = |byte: &u8| matches!(byte, b'0' | b'O' | b'o');
    if !text.as_bytes()[at..].iter().take(YEAR * '一'.len_utf8()).any(noughts) || text[..at].ends_with(is_digit) {
        return None;
    }
    let (mut year, mut end, mut written) = (0, at, 0);
    for c in text[at..].chars().take(YEAR) {
        let digit = han::digit(c);
        written += u8::from(digit.is_some());
        year = year * 10 + digit.or(matches!(c, '0' | 'O' | 'o').then_some(0))?;
        end += c.len_utf8();
    }
    let named = written >= 2 && text[end..].starts_with('年') && (1000..3000).contains(&year);
    named.then(|| Numeral {
        span: Span::of(at, end),
        number: Some(Number::whole(year.into())),
        between: None,
        style: Style::Han,
        digits: 4,
        modifier: None,
        scale: 0,
        glued: false,
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || han::digit(c).is_some()
}

fn power(exponent: u32) -> Decimal {
    Decimal::from_i128_with_scale(10_i128.pow(exponent), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> = scan(text)
            .iter()
            .map(|n| (text[n.span.range()].to_owned(), n.number.map_or("-".into(), |n| n.to_string())))
            .collect();
        let expected: Vec<(String, String)> = expected.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn chinese_numerals() {
        reads("二百五十万元", &[("二百五十万", "2500000")]);
        reads("二〇〇四年四月二十七日", &[("二〇〇四", "2004"), ("四", "4"), ("二十七", "27")]);
        reads(
            "八二·一亿元，一二·八亿元，一六亿元，二六六·亿元",
            &[
                ("八二·一亿", "8210000000"),
                ("一二·八亿", "1280000000"),
                ("一六亿", "1600000000"),
                ("二六六·亿", "26600000000"),
            ],
        );
        reads("一百零五年", &[("一百零五", "105")]);
        reads("中華民國一百十二年", &[("一百十二", "112")]);
        reads("两千六", &[("两千六", "2600")]);
        reads("十万零五百", &[("十万零五百", "100500")]);
        reads("壹拾壹万壹仟壹佰壹拾壹", &[("壹拾壹万壹仟壹佰壹拾壹", "111111")]);
        reads("零点零零一", &[("零点零零一", "0.001")]);
        reads("四十五亿四千零四万", &[("四十五亿四千零四万", "4540040000")]);
        reads("1400余万元、2000余家、三十多个", &[("1400余万", "14000000"), ("2000余", "2000"), ("三十多", "30")]);
    }

    #[test]
    fn blanks_inside_chinese_numerals() {
        reads("三千 八百 九十六 万 四千 九百 六十五", &[("三千 八百 九十六 万 四千 九百 六十五", "38964965")]);
        reads("四百 点 五", &[("四百 点 五", "400.5")]);
        reads("百 分之 一 百二 十点 五", &[("一 百二 十点 五", "120.5")]);
        reads("五百 余万", &[("五百 余万", "5000000")]);
        reads("三百 五百", &[("三百", "300"), ("五百", "500")]);
        reads("二 〇 二 〇 年", &[("二 〇 二 〇", "2020")]);
        reads("1 9 9 5 年 1 月", &[("1 9 9 5", "1995"), ("1", "1")]);
        reads("二00八年，二OO八年，一九九0年", &[("二00八", "2008"), ("二OO八", "2008"), ("一九九0", "1990")]);
        reads("1 9 9 5 月", &[("1", "1"), ("9", "9"), ("9", "9"), ("5", "5")]);
        reads("7 萬5 千4 百", &[("7 萬5 千4 百", "75400")]);
    }

    #[test]
    fn numerals_of_two_kinds_of_characters() {
        reads("200亿零四千230", &[("200亿零四千230", "20000004230")]);
        reads("5億1萬4千6百", &[("5億1萬4千6百", "500014600")]);
        reads("一百点123", &[("一百点123", "100.123")]);
        reads("六、六七四万亩", &[("六、六七四万", "66740000")]);
        reads("五、五一〇·九万亩", &[("五、五一〇·九万", "55109000")]);
        reads("五、二七九队", &[("五、二七九", "5279")]);
        reads("二、三四季度", &[("二", "2"), ("三四", "34")]);
        reads("七、八九〇，", &[("七", "7"), ("八九〇", "890")]);
        reads("三、四", &[("三", "3"), ("四", "4")]);
    }

    #[test]
    fn neighbouring_digits_are_a_range() {
        let between = |text: &str| scan(text).first().and_then(|n| n.between);
        assert_eq!(between("两三年"), Some((2, 3)));
        assert_eq!(between("一两个"), Some((1, 2)));
        assert_eq!(between("十七八岁"), Some((17, 18)));
        assert_eq!(between("四五千块钱"), Some((4000, 5000)));
        assert_eq!(between("三五百块"), Some((300, 500)));
        assert_eq!(between("一六亿元"), None);
        assert_eq!(between("二〇〇四年"), None);
        assert_eq!(between("一一"), None);
    }

    #[test]
    fn weights_and_times_of_day_end_a_numeral() {
        reads("三十两", &[("三十", "30"), ("两", "2")]);
        reads("三点五分", &[("三", "3"), ("五", "5")]);
        reads("三点五分钟，四点九倍。这部分", &[("三点五", "3.5"), ("四点九", "4.9")]);
        reads("增长一百分点", &[("一", "1")]);
        reads("一百分之二", &[("一百", "100"), ("二", "2")]);
    }

    #[test]
    fn powers_of_ten_labels_and_parted_decimals() {
        reads("12.32e+14, 12E5", &[("12.32e+14", "1232000000000000"), ("12", "12"), ("5", "5")]);
        reads("-12e-1", &[("12e-1", "1.2")]);
        reads("表162023年", &[("16", "16"), ("2023", "2023")]);
        reads("下降2. 6％", &[("2", "2"), ("6", "6")]);
        reads("下降2. 6%", &[("2. 6", "2.6")]);
    }

    #[test]
    fn arabic_numerals() {
        reads("2，785亿元，增长12.8%", &[("2，785亿", "278500000000"), ("12.8", "12.8")]);
        reads("27,203,319,000元", &[("27,203,319,000", "27203319000")]);
        reads("3亿5000万", &[("3亿5000万", "350000000")]);
        reads("2.76万亿元", &[("2.76万亿", "2760000000000")]);
        reads("up to 10 000 000 EUR", &[("10 000 000", "10000000")]);
        reads(
            "36.2 billion, $1.2bn, 10M",
            &[("36.2 billion", "36200000000"), ("1.2bn", "1200000000"), ("10M", "10000000")],
        );
        reads(
            "May 5, 2022, and 17.7.2000",
            &[("5", "5"), ("2022", "2022"), ("17", "17"), ("7", "7"), ("2000", "2000")],
        );
    }

    #[test]
    fn a_point_that_opens_no_decimal_is_passed_over() {
        reads("Qn .12.8 and .5", &[("12.8", "12.8"), (".5", "0.5")]);
    }

    #[test]
    fn english_numerals() {
        reads("twenty-three articles", &[("twenty-three", "23")]);
        reads("one hundred and five days", &[("one hundred and five", "105")]);
        reads("two point five million people", &[("two point five million", "2500000")]);
        reads("thirty (30) days", &[("thirty (30)", "30")]);
        reads("seven（7）to nine (9) days", &[("seven（7）", "7"), ("nine (9)", "9")]);
        reads("ten thousand and fifty thousand", &[("ten thousand", "10000"), ("fifty thousand", "50000")]);
        reads("four thousand two hundred", &[("four thousand two hundred", "4200")]);
        reads("someone asked often", &[]);
        reads(
            "two and a half million, 2 1/2 million",
            &[("two and a half million", "2500000"), ("2 1/2 million", "2500000")],
        );
        reads("$2 billion and 300 million", &[("2 billion", "2000000000"), ("300 million", "300000000")]);
        reads("30（三十）个工作日", &[("30（三十）", "30")]);
        reads("two and a half years, 1'250'000", &[("two", "2"), ("1'250'000", "1250000")]);
        reads(
            "two dozen, a dozen, two hundred dozens",
            &[("two dozen", "24"), ("a dozen", "12"), ("two hundred dozens", "2400")],
        );
    }

    #[test]
    fn spoken_numerals() {
        reads("nineteen seventy-eight", &[("nineteen seventy-eight", "1978")]);
        reads("twenty twenty four", &[("twenty twenty four", "2024")]);
        reads("one twenty two", &[("one twenty two", "122")]);
        reads("two thirty-day periods", &[("two", "2"), ("thirty", "30")]);
        reads("two thousand and five", &[("two thousand and five", "2005")]);
        reads("one hundred and three quarters", &[("one hundred", "100"), ("three", "3")]);
        reads("one hundred thirty fifths", &[("one hundred", "100"), ("thirty", "30")]);
    }

    #[test]
    fn numerals_of_several_parts() {
        reads("4 thousand 3 hundred and 21", &[("4 thousand 3 hundred and 21", "4321")]);
        reads("5 million and 3 projects", &[("5 million", "5000000"), ("3", "3")]);
        reads("45 (forty-five) days, section 2 (a)", &[("45 (forty-five)", "45"), ("2", "2")]);
        reads(
            "12,34,567.89 and 1.3e6, 1.5E-3",
            &[("12,34,567.89", "1234567.89"), ("1.3e6", "1300000"), ("1.5E-3", "0.0015")],
        );
        reads("100000000000000000000.5", &[("100000000000000000000.5", "100000000000000000000.5")]);
    }

    #[test]
    fn too_many_digits_have_no_value() {
        reads(&"9".repeat(40), &[("9999999999999999999999999999999999999999", "-")]);
        for run in ["一", "亿", "一亿", "三千"] {
            let text = run.repeat(100);
            assert_eq!(scan(&text).len(), 1, "{run}");
            assert_eq!(scan(&text)[0].number, None, "{run}");
        }
    }
}
