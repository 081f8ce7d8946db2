//! Numerals in Han characters: 一百二十, 二〇〇四, 八二·一亿, 壹万贰仟, 十万零五百, 两千六.

use super::{Modifier, Number, Numeral, Style};
use crate::text::Span;

mod near;
mod sum;

/// What a character contributes.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Digit(u8, Style),
    /// A power of ten below 万.
    Small(u32, Style),
    /// 万, 亿, 兆.
    Large(u32),
}

fn part(c: char) -> Option<Part> {
    use Style::{Formal, Han};
    Some(match c {
        '〇' | '零' | '○' => Part::Digit(0, Han),
        '一' => Part::Digit(1, Han),
        '二' | '两' | '兩' => Part::Digit(2, Han),
        '三' => Part::Digit(3, Han),
        '四' => Part::Digit(4, Han),
        '五' => Part::Digit(5, Han),
        '六' => Part::Digit(6, Han),
        '七' => Part::Digit(7, Han),
        '八' => Part::Digit(8, Han),
        '九' => Part::Digit(9, Han),
        '壹' => Part::Digit(1, Formal),
        '贰' | '貳' => Part::Digit(2, Formal),
        '叁' | '參' | '叄' => Part::Digit(3, Formal),
        '肆' => Part::Digit(4, Formal),
        '伍' => Part::Digit(5, Formal),
        '陆' | '陸' => Part::Digit(6, Formal),
        '柒' => Part::Digit(7, Formal),
        '捌' => Part::Digit(8, Formal),
        '玖' => Part::Digit(9, Formal),
        '十' => Part::Small(1, Han),
        '百' => Part::Small(2, Han),
        '千' => Part::Small(3, Han),
        '拾' => Part::Small(1, Formal),
        '佰' => Part::Small(2, Formal),
        '仟' => Part::Small(3, Formal),
        '万' | '萬' => Part::Large(4),
        '亿' | '億' => Part::Large(8),
        '兆' => Part::Large(12),
        _ => return None,
    })
}

/// The value of a digit.
pub(super) fn digit(c: char) -> Option<u32> {
    match part(c) {
        Some(Part::Digit(d, _)) => Some(d.into()),
        _ => None,
    }
}

/// 廿, 卅, 卌: tens of their own.
const fn tens(c: char) -> Option<u8> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        '卌' => Some(40),
        _ => None,
    }
}

/// The characters that can open a numeral, one bit for each code point of the first plane.
static OPENERS: [u64; 1024] = {
    let openers = [
        '〇', '零', '○', '一', '二', '两', '兩', '三', '四', '五', '六', '七', '八', '九', '壹', '贰', '貳', '叁',
        '參', '叄', '肆', '伍', '陆', '陸', '柒', '捌', '玖', '十', '百', '千', '拾', '佰', '仟', '万', '萬', '亿',
        '億', '兆', '廿', '卅', '卌',
    ];
    let mut bits = [0; 1024];
    let mut i = 0;
    while i < openers.len() {
        let code = openers[i] as usize;
        bits[code / 64] |= 1 << (code % 64);
        i += 1;
    }
    bits
};

/// Whether a character that can open a numeral stands at `at`.
pub(super) fn is_numeral_at(bytes: &[u8], at: usize) -> bool {
    let Some(&[a, b, c]) = bytes.get(at..at + 3).and_then(|s| <&[u8; 3]>::try_from(s).ok()) else { return false };
    let code = (usize::from(a & 0x0F) << 12) | (usize::from(b & 0x3F) << 6) | usize::from(c & 0x3F);
    OPENERS[code / 64] >> (code % 64) & 1 == 1
}

/// The numeral whose first character stands at `at`.
pub(super) fn parse(text: &str, at: usize) -> Option<Numeral> {
    if text.as_bytes().get(at + '一'.len_utf8()) == Some(&b' ')
        && let Some(year) = super::spaced_year(text, at, Style::Han)
    {
        return Some(year);
    }
    if text[at..].starts_with('十') && is_vague(&text[..at], &text[at..]) {
        return None;
    }
    let mut characters = text[at..].chars();
    if let (Some(c), next) = (characters.next(), characters.next())
        && next.is_none_or(|next| !goes_on_with(next))
        && let Some(alone) = part(c)
    {
        return lone(alone, Span::of(at, at + c.len_utf8()));
    }
    let run = Run::read(text, at)?;
    let between = if run.point.is_none() && !run.too_long {
        sum::between(&run.parts, || near::by_digits(text, at))
    } else {
        None
    };
    // 四五千 is no 45 thousand, but 二三 may be digits.
    let ambiguous = between.is_some() && run.parts.len() > 2;
    let number = if ambiguous || run.too_long { None } else { sum::value(&run.parts, run.point, &run.fraction) };
    // 三十（30）日内
    let end = number.and_then(|number| super::arabic::repeated(text, run.end, number)).unwrap_or(run.end);
    (number.is_some() || ambiguous || run.too_long).then(|| Numeral {
        span: Span::of(at, end),
        number,
        between,
        style: run.style,
        digits: if run.too_long { 0 } else { run.positional_digits() },
        modifier: run.modifier,
        scale: u8::try_from(run.trailing_exponent()).unwrap_or(u8::MAX),
        glued: false,
    })
}

/// Whether what stands before a ten says that nobody counted: 数十个, 几十万人; but 總數十分之一, 人数十个.
fn is_vague(before: &str, behind: &str) -> bool {
    if before.ends_with(['几', '幾']) {
        return true;
    }
    let Some(left) = before.strip_suffix(['数', '數']) else { return false };
    !behind.starts_with("十分之")
        && !left.ends_with(['总', '總', '人', '户', '戶', '次', '件', '票', '股', '位', '个', '個'])
}

/// What a numeral of one character may go on with.
fn goes_on_with(c: char) -> bool {
    match c {
        ' '
        | '0'..='9'
        | '点'
        | '點'
        | '·'
        | '．'
        | '.'
        | '•'
        | '，'
        | '、'
        | ','
        | '余'
        | '餘'
        | '多'
        | '几'
        | '幾'
        | '来'
        | '來' => true,
        _ => tens(c).is_some() || part(c).is_some(),
    }
}

/// A numeral of one character, as most are: 一, 十; 万, 百 alone (万一, 百姓) say no number.
fn lone(part: Part, span: Span) -> Option<Numeral> {
    let (value, style, digits) = match part {
        Part::Digit(digit, style) => (digit, style, 1),
        Part::Small(1, style) => (10, style, 0),
        Part::Small(..) | Part::Large(_) => return None,
    };
    let number = Some(Number::whole(value.into()));
    Some(Numeral { span, number, between: None, style, digits, modifier: None, scale: 0, glued: false })
}

/// The characters of one numeral.
struct Run {
    parts: Vec<Part>,
    /// Digits after a decimal point, which stood before `parts[point]`.
    fraction: Vec<u8>,
    point: Option<usize>,
    modifier: Option<Modifier>,
    style: Style,
    /// Blanks stand between a digit and its unit: 一 百 五 十.
    spaced: bool,
    /// It says no number that anybody means.
    too_long: bool,
    end: usize,
}

/// No number that anybody writes in characters is longer.
const LONGEST: usize = 40;

impl Run {
    fn read(text: &str, at: usize) -> Option<Self> {
        let mut run = Self {
            parts: Vec::with_capacity(8),
            fraction: Vec::new(),
            point: None,
            modifier: None,
            style: Style::Han,
            spaced: false,
            too_long: false,
            end: at,
        };
        let mut place = at;
        while let Some(c) = text[place..].chars().next() {
            if run.parts.len() + run.fraction.len() >= LONGEST {
                // All of it is read once, not again from each of its characters.
                let behind = text[place..].trim_start_matches(|c| part(c).is_some());
                run.too_long = true;
                run.end = text.len() - behind.len();
                return Some(run);
            }
            if c == ' ' {
                let Some(further) = run.goes_on(text, place) else { break };
                place = further;
                continue;
            }
            let after = place + c.len_utf8();
            let next = text[after..].chars().next();
            if let Some(ten) = tens(c) {
                run.parts.extend([Part::Digit(ten / 10, Style::Han), Part::Small(1, Style::Han)]);
            } else if let Some(found) = part(c) {
                // 三十两 ends before its measure word, 一两个 goes on.
                let one_or_two = matches!(run.parts[..], [Part::Digit(1, _)]);
                let ends = begins_measure(c, &text[after..])
                    || matches!(c, '两' | '兩') && !one_or_two && !next.is_some_and(|n| is_unit(part(n)));
                if ends && !run.parts.is_empty() {
                    break;
                }
                run.take(found);
            } else if matches!(c, '，' | '、' | ',') && run.groups_digits(&text[after..]) {
                // 六、六七四万
            } else if c.is_ascii_digit() && run.point == Some(run.parts.len()) {
                // 一百点123
                run.fraction.push(c as u8 - b'0');
            } else if run.opens_fraction(c, &text[after..]) {
                run.point = Some(run.parts.len());
            } else if matches!(c, '余' | '餘' | '多' | '几' | '幾' | '来' | '來')
                && run.modifier.is_none()
                && run.takes_modifier(c, &text[after..])
            {
                // 十几 is ten and some more, 十来个 about ten.
                run.modifier = Some(if matches!(c, '来' | '來') { Modifier::Approx } else { Modifier::Gt });
                if !next.is_some_and(|n| matches!(part(n), Some(Part::Large(_)))) {
                    run.end = after;
                    break;
                }
            } else {
                break;
            }
            run.end = after;
            place = after;
        }
        // 万, 百 alone (万一, 百姓) say no number; 十 does.
        let says_number = run.parts.iter().any(|p| matches!(p, Part::Digit(..) | Part::Small(1, _)));
        says_number.then_some(run)
    }

    /// 六、六七四万亩: a mark parts thousands where digits stand one by one, three behind it, and a scale ends them.
    fn groups_digits(&self, behind: &str) -> bool {
        let digits = |p: &Part| matches!(p, Part::Digit(..));
        let mut characters = behind.chars();
        let three = characters.by_ref().take(3).filter(|&c| part(c).as_ref().is_some_and(digits)).count() == 3;
        // 五、五一〇·九万亩
        let rest = characters.as_str();
        let fraction = rest.strip_prefix(['·', '．', '.', '•']).map_or(rest, |fraction| {
            let behind = fraction.char_indices().find(|&(_, c)| !part(c).as_ref().is_some_and(digits));
            &fraction[behind.map_or(fraction.len(), |(at, _)| at)..]
        });
        self.point.is_none()
            && (1..=3).contains(&self.parts.len())
            && self.parts.iter().all(digits)
            && self.parts.first() != Some(&Part::Digit(0, Style::Han))
            && three
            // 五、五一〇·九万亩, 五、二七九队
            && match fraction.chars().next() {
                Some(c) => match part(c) {
                    Some(Part::Large(_)) => true,
                    Some(_) => false,
                    None => fraction.len() == rest.len() && ('\u{4e00}'..='\u{9fff}').contains(&c),
                },
                None => false,
            }
    }

    fn take(&mut self, part: Part) {
        if let Part::Digit(_, Style::Formal) | Part::Small(_, Style::Formal) = part {
            self.style = Style::Formal;
        }
        match (part, self.point) {
            (Part::Digit(digit, _), Some(point)) if !self.parts[point..].iter().any(|&p| is_unit(Some(p))) => {
                self.fraction.push(digit);
            }
            _ => self.parts.push(part),
        }
    }

    /// Where the numeral goes on behind the blanks at `at`: 三千 八百 九十六 万, 四百 点 五, 一 百 五 十. Numbers that
    /// stand side by side in a table (三百 五百) are read one by one.
    fn goes_on(&mut self, text: &str, at: usize) -> Option<usize> {
        let rest = text[at..].trim_start_matches(' ');
        let place = text.len() - rest.len();
        let (&last, mut characters) = (self.parts.last()?, rest.chars());
        let (c, behind) = (characters.next()?, characters.next());
        if place - at > 3 || self.modifier.is_some() {
            return None;
        }
        let next_part = |c: Option<char>| c.and_then(part);
        if self.point == Some(self.parts.len()) && self.fraction.is_empty() {
            return matches!(part(c), Some(Part::Digit(..))).then_some(place);
        }
        let small = self.parts.iter().rev().map_while(|p| if let Part::Large(_) = p { None } else { Some(p) });
        let smallest = small.filter_map(|p| if let Part::Small(e, _) = p { Some(*e) } else { None }).min();
        let fits = match part(c) {
            Some(Part::Large(e)) => {
                self.parts.iter().all(|p| !matches!(p, Part::Large(before) if *before <= e)) && behind != Some('一')
            }
            Some(Part::Small(e, _)) => {
                let ends = behind.is_none_or(|b| matches!(b, ' ' | '点' | '點'))
                    || matches!(next_part(behind), Some(Part::Digit(..)));
                let fits = matches!(last, Part::Digit(..)) && smallest.is_none_or(|before| e < before) && ends;
                self.spaced |= fits;
                fits && self.point.is_none()
            }
            Some(Part::Digit(..)) if self.point.is_none() && is_unit(Some(last)) => {
                let unit = next_part(if behind == Some(' ') { characters.find(|c| *c != ' ') } else { behind });
                let goes_down = matches!(unit, Some(Part::Small(e, _)) if smallest.is_none_or(|before| e < before));
                goes_down || self.spaced
            }
            None if matches!(c, '点' | '點') => self.opens_fraction(c, &rest[c.len_utf8()..]),
            None if matches!(c, '余' | '餘' | '多') => {
                is_unit(Some(last)) && matches!(next_part(behind), Some(Part::Large(_)))
            }
            _ => false,
        };
        fits.then_some(place)
    }

    /// 点 before a digit; a middle dot or comma between digits where the numeral is written digit by digit. `behind` is
    /// the text behind the character.
    fn opens_fraction(&self, c: char, behind: &str) -> bool {
        if self.point.is_some() || self.parts.is_empty() {
            return false;
        }
        let next = behind.trim_start_matches(' ').chars().next();
        let before_digit = next.is_some_and(|n| matches!(part(n), Some(Part::Digit(..))));
        match c {
            '点' | '點' => {
                // 三点五分 is a time of day, 三点五分钟 a length.
                let rest = behind.trim_start_matches(|c: char| part(c).is_some() || c.is_ascii_digit() || c == ' ');
                let minutes = || rest.starts_with('分') && !LENGTHS.iter().any(|length| rest.starts_with(length));
                let digits = before_digit || next.is_some_and(|n| n.is_ascii_digit()) && !behind.starts_with(' ');
                digits && (self.parts.len() > 1 && before_digit || !minutes())
            }
            // 二六六·亿: the printer lost the digit, the scale is still one.
            '·' | '．' | '.' | '•' => {
                self.parts.iter().all(|p| matches!(p, Part::Digit(..)))
                    && behind.starts_with(|n| matches!(part(n), Some(Part::Digit(..) | Part::Large(_))))
            }
            _ => false,
        }
    }

    /// 余 and 多 follow round numbers: 三十多, 二百余万; 几 stands before a scale or a measure word: 十几.
    fn takes_modifier(&self, c: char, behind: &str) -> bool {
        let next = behind.chars().next();
        let before_large = next.is_some_and(|n| matches!(part(n), Some(Part::Large(_))));
        let round = is_unit(self.parts.last().copied()) || before_large;
        let ends_word = next.is_none_or(|n| !n.is_ascii_alphanumeric());
        match c {
            '多' => round && !is_other_word(behind),
            '余' | '餘' => round && ends_word && next != Some('额') && next != Some('額'),
            '来' | '來' => round && next.is_some_and(|n| "个個家名件人岁歲天年万亿项項种種里米吨亩位户".contains(n)),
            _ => {
                let small = matches!(self.parts.last(), Some(Part::Small(..)));
                small && self.parts.len() <= 3
                    || before_large && (small || matches!(self.parts.last(), Some(Part::Digit(0, _))))
            }
        }
    }

    /// The power of ten of the units at the end: 4 in 一百五十万, 12 in 三万亿. 十 alone is no scale word.
    fn trailing_exponent(&self) -> u32 {
        let units = self.parts.iter().rev().map_while(|p| match p {
            Part::Small(e, _) | Part::Large(e) => Some(*e),
            Part::Digit(..) => None,
        });
        let exponent = units.sum();
        if exponent >= 2 { exponent } else { 0 }
    }

    fn positional_digits(&self) -> u8 {
        let positional = self.point.is_none() && self.parts.iter().all(|p| matches!(p, Part::Digit(..)));
        if positional { u8::try_from(self.parts.len()).unwrap_or(u8::MAX) } else { 0 }
    }
}

/// What 分 begins where it is no minute of the clock.
const LENGTHS: [&str; 6] = ["分钟", "分鐘", "分之", "分钱", "分点", "分點"];

const fn is_unit(part: Option<Part>) -> bool {
    matches!(part, Some(Part::Small(..) | Part::Large(_)))
}

/// 千瓦, 千米, 兆字节, 百分点: the character belongs to the measure behind it.
fn begins_measure(c: char, behind: &str) -> bool {
    let next = behind.chars().next();
    match c {
        '千' => matches!(next, Some('瓦' | '克' | '米' | '伏' | '赫' | '焦' | '卡' | '帕' | '字' | '比')),
        '兆' => matches!(next, Some('瓦' | '赫' | '字' | '比' | '帕' | '伏' | '焦')),
        '百' => next == Some('帕') || behind.starts_with("分点") || behind.starts_with("分點"),
        _ => false,
    }
}

/// Scale characters behind digits: 万, 亿, 万亿, 千万, and 余 or 多 among them.
pub(super) struct Scale {
    pub(super) exponent: u32,
    pub(super) modifier: Option<Modifier>,
    pub(super) end: usize,
}

/// The scale at `at`; also where only 余 or 多 stands there before a measure word.
pub(super) fn scale(text: &str, at: usize) -> Option<Scale> {
    // 177.1 亿元: typesetters part digits and characters by a blank.
    let at = match text[at..].strip_prefix(' ').map(str::trim_ascii_start) {
        Some(rest) if rest.starts_with(['万', '萬', '亿', '億']) => text.len() - rest.len(),
        _ => at,
    };
    let mut found = Scale { exponent: 0, modifier: None, end: at };
    let mut rest = text[at..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next = rest.peek().map(|&(_, c)| c);
        // 3.5 万 亿 元
        if c == ' ' && found.exponent == 4 && found.modifier.is_none() && matches!(next, Some('亿' | '億')) {
            continue;
        }
        match part(c) {
            Some(Part::Small(e, _) | Part::Large(e)) if found.exponent + e <= 16 => {
                // 5千米 is five kilometres, not five thousand metres; both are the same length, 千瓦 is not a count.
                let behind = &text[at + i + c.len_utf8()..];
                if begins_measure(c, behind) || c == '百' && next == Some('分') {
                    break;
                }
                found.exponent += e;
            }
            _ => match c {
                '余' | '餘' | '多' | '几' | '幾' if found.modifier.is_none() && followed_by_measure(next) => {
                    found.modifier = Some(if matches!(c, '几' | '幾') { Modifier::Approx } else { Modifier::Gt });
                }
                _ => break,
            },
        }
        found.end = at + i + c.len_utf8();
    }
    (found.end > at).then_some(found)
}

/// Whether 多 before it begins a word that says no amount: 多样, 多元化; 三百多元 is money.
fn is_other_word(behind: &str) -> bool {
    let mut characters = behind.chars();
    match characters.next() {
        Some('元') => {
            characters.next().is_some_and(|c| "化素结結一文利主性目体體价價民投融供支发發格解治共社".contains(c))
        }
        next => next.is_some_and(|c| "少样樣边邊数數".contains(c)),
    }
}

fn followed_by_measure(next: Option<char>) -> bool {
    next.is_some_and(|c| {
        ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '额' | '額' | '少' | '样' | '樣' | '的' | '数' | '數')
    })
}
