//! What the parts of an amount mean together: the number, both ends of a range, the unit, for each of what.
//!
//! "2万元以上10万元以下" is one range and "6%—6.5%" another; in "1.4 to 1.6 billion yuan" the scale word stands
//! once and means both. "$1.2bn" and 八块五 are money, 10‰ is 1%, and 三分之二 stays two thirds.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{
    mention::Value,
    scan::{Match, ends_with_word},
};
use crate::value::{
    Amount, Extent, Kind, Modifier, Number, Unit,
    numeral::{Numeral, Style},
};

mod length;
mod sign;
mod unit;
mod words;

pub(super) use length::build as build_length;
pub(super) use words::Words;
use words::has;

/// The value of money, a percentage, a counted or measured quantity, or a bare number range.
pub(super) fn build(found: &Match<'_>, words: &Words) -> Option<(Kind, Value)> {
    let left = &found.hay.text[..found.start];
    if sign::is_none(found) {
        return None;
    }
    // The sign of "NT$910 to NT$29,500" begins before its "$".
    if found.pattern.has("low")
        && found.hay.text[found.start..].starts_with('$')
        && left.ends_with(|c: char| c.is_ascii_uppercase())
    {
        return None;
    }
    let unit = match found.kind {
        Kind::Money => Unit::Currency(found.code("currency")?.into()),
        Kind::Percent => Unit::Percent,
        _ => match found.code("unit") {
            Some("") | None => Unit::None,
            Some(code) => {
                // `=` stands for the word as written.
                let unit = if code == "=" { found.word("unit")? } else { code };
                match found.code("period") {
                    Some(period) => Unit::Of(format!("{unit}/{period}").into()),
                    None => Unit::Of(unit.into()),
                }
            }
        },
    };
    if unit::is_none(found, words) {
        return None;
    }
    // "9 kHz to 174 MHz" is no range of one unit.
    if found.code("low_unit").is_some_and(|low| Some(low) != found.code("unit")) {
        return None;
    }
    // "500,000 pounds of drugs" are a weight.
    if found.code("currency") == Some("£") && (words.weigh.stand_behind(found) || words.weighing(left)) {
        return None;
    }
    // "GDP rose from 1.48 trillion yuan to 2.2 trillion yuan" says two amounts, then and now.
    if names_both(found) && !shares_scale(found) && words.changing(left) {
        return None;
    }
    if found.code("changed").is_some() && !words.changed(found) {
        return None;
    }
    // "from $1,000 to €5,000" are two amounts.
    if found.pattern.has("low") && differs(found.code("currency"), found.code("symbol")) {
        return None;
    }
    // "sixty thousand dollars ($60,000)" says one number twice.
    if [("again", "n"), ("low_again", "low")].iter().any(|(again, first)| {
        found.numeral(again).is_some_and(|again| found.numeral(first).is_none_or(|first| first.number != again.number))
    }) {
        return None;
    }
    // "ten thousand euros ($10,000)" are two.
    if found.numeral("again").is_some() && differs(found.code("currency"), found.code("symbol")) {
        return None;
    }
    let mut extent = extent(found, words)?;
    if found.code("bound") == Some("open") {
        let side = found.code("mod").and_then(Modifier::from_code).filter(|side| *side != Modifier::Approx);
        // 二百三十余万 says the side itself.
        let side =
            side.or_else(|| found.numeral("n").and_then(|n| n.modifier).filter(|_| !found.pattern.has("mod")))?;
        extent = Extent::Open(extent.low(), side);
    }
    if found.code("bound") == Some("point") {
        extent = Extent::Range(extent.low(), extent.low());
    }
    if found.code("minor_name") == Some("none") && !stands_for_minor(found) {
        return None;
    }
    let bounded = found.code("bound") == Some("with");
    if let Some(factor) = found.code("factor").and_then(|f| Decimal::from_str_exact(f).ok()) {
        // 75折 is 75 %, 八折 eighty.
        let percent =
            found.code("digits") == Some("percent") && extent.low().compare(Number::whole(10)) != Some(Ordering::Less);
        extent = if percent { extent } else { extent.map(|n| n.times(factor))? };
    }
    // As a bare number a fraction is divided.
    if let (Kind::Number, Extent::Single(ratio @ Number::Ratio { .. })) = (found.kind, extent) {
        extent = Extent::Single(Number::Decimal(ratio.decimal()?));
    }
    extent = match extent {
        Extent::Range(low, high) if found.pattern.has("low_minor") => {
            Extent::Range(with_parts(found, low, &[LOW_MINOR])?, with_parts(found, high, &MINORS)?)
        }
        other => other.map(|n| with_parts(found, n, &MINORS))?,
    };
    let modifier =
        found.code("mod").and_then(Modifier::from_code).or_else(|| found.numeral("n").and_then(|n| n.modifier));
    // Of "about" there is no side; it stays beside the number.
    if let (true, Extent::Single(n), Some(side)) = (bounded, extent, modifier.filter(|m| *m != Modifier::Approx)) {
        extent = Extent::Open(n, side);
    }
    let per = found.word("per").map(Into::into);
    Some((found.kind, Value::Amount(Amount { extent, unit, modifier, per })))
}

/// Whether a name and a sign are those of two currencies; $ is the sign of several.
fn differs(name: Option<&str>, sign: Option<&str>) -> bool {
    const DOLLARS: [&str; 7] = ["$", "USD", "CAD", "AUD", "TWD", "HKD", "SGD"];
    name.zip(sign).is_some_and(|(name, sign)| {
        name != sign && !(sign == "$" && DOLLARS.contains(&name) || name == "$" && DOLLARS.contains(&sign))
    })
}

/// "15 dollars and 15", "2 hours ten": two digits, and behind them nothing that they could count.
fn stands_for_minor(found: &Match<'_>) -> bool {
    let minor = found.numeral("minor").or_else(|| found.numeral("n2"));
    let cents = minor.and_then(|n| n.within(10, 99)).is_some();
    let behind = found.hay.text[found.end()..].trim_start_matches(' ');
    cents && !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '%'))
}

/// The number with its smaller parts: 五元三毛二, each worth what the rule says.
fn with_parts(found: &Match<'_>, number: Number, parts: &[(&str, &str)]) -> Option<Number> {
    parts.iter().try_fold(number, |sum, (name, unit)| {
        let Some(part) = found.number(name) else { return Some(sum) };
        // 六成二四 is 62.4 %: behind 成 the second of two digits counts hundredths of a tenth.
        let digits = found.numeral(name).map_or(0, |numeral| numeral.digits);
        let part = match (found.code("factor"), digits) {
            (Some("10"), 2) => part.times(Decimal::new(1, 1))?,
            (Some("10"), 3..) => return None,
            _ => part,
        };
        match found.code(unit).and_then(|worth| Decimal::from_str_exact(worth).ok()) {
            Some(worth) => sum.plus(part.times(worth)?),
            None => Some(sum),
        }
    })
}

/// Smaller parts of an amount, each with its unit.
const MINORS: [(&str, &str); 2] = [("minor", "minor_unit"), ("minor2", "minor2_unit")];
const LOW_MINOR: (&str, &str) = ("low_minor", "low_minor_unit");

/// The number in `n`, or the range from `low` to `n`; a fraction where there is a `denominator`.
fn extent(found: &Match<'_>, words: &Words) -> Option<Extent> {
    if found.pattern.has("denominator") {
        return fraction(found, words).map(Extent::Single);
    }
    if let Some((low, high)) = found.numeral("n").and_then(|n| n.between).filter(|_| !found.pattern.has("low")) {
        if found.code("between") == Some("no") {
            return None;
        }
        return Some(Extent::Range(Number::whole(low), Number::whole(high)));
    }
    let high = match found.numeral("n") {
        Some(numeral) => numeral.number?,
        None => found.number("n").or_else(|| Number::parse(found.code("count")?))?,
    };
    let high = with_half(found, "half", high)?;
    // "75 USD million", "half million dollars": the scale word stands by itself.
    let high = match found.code("scale").and_then(|scale| Decimal::from_str_exact(scale).ok()) {
        Some(scale) => high.times(scale)?,
        None => high,
    };
    let high = if found.code("sign") == Some("-") { high.negated() } else { high };
    match found.numeral("low") {
        Some(low) => {
            // "from 7 million tons in 2020 to 9 million tons"
            let left = found.hay.text[..low.span.start()].trim_end_matches([' ', '\n']);
            let dated = low.digits == 4 && low.within(1900, 2100).is_some();
            if dated && words.dating.iter().any(|word| ends_with_word(left, word)) {
                return None;
            }
            let shared = shared_scale(low, found.numeral("n"), high)?;
            // £1.1–£1.3m: the letter means both.
            let letter = found.code("scale").and_then(|scale| Decimal::from_str_exact(scale).ok());
            let scaled = letter.filter(|_| low.scale == 0).and_then(|scale| shared.times(scale));
            let low = scaled.filter(|low| low.compare(high) != Some(Ordering::Greater)).unwrap_or(shared);
            let low = if found.code("low_sign") == Some("-") { low.negated() } else { low };
            // "5 or 10 percent" are two.
            if found.code("either").is_some() && !neighbours(found) {
                return None;
            }
            (low.compare(high)? != Ordering::Greater).then_some(Extent::Range(low, high))
        }
        None => Some(Extent::Single(high)),
    }
}

/// Whether the lower end comes right before the upper one: "5 or 6 percent", "two or three million", 五、六百元.
///
/// Of 五、六 that begin a line, follow on others or tell which (第五、六) the first is no lower end; and digits are mostly listed (1、2类),
/// so they need a scale or a currency.
pub(super) fn neighbours(found: &Match<'_>) -> bool {
    let Some((low, high)) = found.numeral("low").zip(found.numeral("n")) else { return false };
    let first = |numeral: &Numeral| {
        let scale = Decimal::from_i128_with_scale(10_i128.checked_pow(u32::from(numeral.scale))?, 0);
        numeral.number?.decimal()?.checked_div(scale)
    };
    let (Some(below), Some(above)) = (first(low), first(high)) else { return false };
    let follows = below + Decimal::ONE == above;
    if found.code("either") != Some("pair") {
        return follows && (low.scale == 0 || low.scale == high.scale);
    }
    let left = found.hay.text[..low.span.start()].trim_end_matches(' ');
    let opens = left.is_empty() || left.ends_with(['\n', '、', '第', '（', '(']);
    let told = matches!(low.style, Style::Han) || high.scale > 0 || found.kind == Kind::Money;
    // 一、二类口岸 are two classes.
    let classes = [
        "类", "類", "级", "級", "期", "章", "节", "節", "款", "项", "項", "条", "條", "组", "組", "班", "区", "區",
        "部", "届", "册", "卷", "页", "层",
    ];
    if high.scale == 0 && found.word("unit").is_some_and(|unit| classes.contains(&unit)) {
        return false;
    }
    follows && above < Decimal::TEN && low.scale == 0 && told && !opens
}

/// `n` over `denominator`, behind a `whole` number or times a `scale` where there is one: 三又二分之一 is seven halves,
/// "two thirds of a million" and "3 million and a quarter" (of a million) are decimals.
fn fraction(found: &Match<'_>, words: &Words) -> Option<Number> {
    let int = |name| found.number(name).and_then(Number::to_u32).map(i64::from);
    let sign = |n: Number| if found.code("sign") == Some("-") { n.negated() } else { n };
    let Some((mut numerator, denominator)) = int("n").zip(int("denominator")) else {
        // 五百分之2.2 is no ratio of whole numbers.
        let (n, denominator) = (found.number("n")?.decimal()?, found.number("denominator")?.decimal()?);
        return n.checked_div(denominator).map(|d| sign(Number::Decimal(d)));
    };
    // "twenty-ninth" is a place in a row, "twenty ninths" and "one half" are numbers.
    let below = found.word("denominator").unwrap_or("s");
    if numerator != 1 && !below.ends_with('s') && !has(&words.parts, below) {
        return None;
    }
    // "our one-millionth transplant"
    if found.kind == Kind::Figure && denominator >= 100 && below.ends_with("th") && !words.of.stand_behind(found) {
        return None;
    }
    // "five in 2024" says when.
    if found.code("proper").is_some() && !(numerator < denominator && denominator <= LARGEST_SHARE) {
        return None;
    }
    // 24/7, 9/11 and Regulation 244/86 are names.
    let slashed = found.numeral("n").zip(found.numeral("denominator")).is_some_and(|(n, below)| {
        found.hay.text.get(n.span.end()..below.span.start()).is_some_and(|between| between.trim() == "/")
    });
    let names = numerator >= denominator
        || has(&words.slashed_names, &format!("{numerator}/{denominator}"))
        || numerator != 1 && denominator > LARGEST_BELOW;
    if slashed && names && found.kind == Kind::Figure && !found.pattern.has("whole") {
        return None;
    }
    let mut scale = found.code("scale").and_then(|scale| Decimal::from_str_exact(scale).ok());
    let mut number = Number::ratio(numerator, denominator)?;
    if let Some(whole) = found.numeral("whole") {
        if whole.scale >= 3 && matches!(whole.style, Style::Words | Style::Arabic) {
            let power = Decimal::from_i128_with_scale(10_i128.checked_pow(u32::from(whole.scale))?, 0);
            number = whole.number?.plus(number.times(scale.take().unwrap_or(power))?)?;
        } else {
            numerator = int("whole")?.checked_mul(denominator)?.checked_add(numerator)?;
            number = Number::ratio(numerator, denominator)?;
        }
    }
    let number = match scale {
        Some(scale) => number.times(scale)?,
        None => number,
    };
    let number = sign(number);
    // A bare number is a decimal, and so is 0.1 gallon; two thirds of a liter stay the ratio they are.
    let decimal = number.decimal()?;
    let exact = decimal.scale() < EXACT_PLACES;
    Some(if matches!(found.kind, Kind::Number | Kind::Percent) || found.pattern.has("unit") && exact {
        Number::Decimal(decimal)
    } else {
        number
    })
}

/// "one in a thousand" is the smallest share that is told so.
const LARGEST_SHARE: i64 = 1000;

/// Below a slash larger numbers than this belong to names: A/61/295.
const LARGEST_BELOW: i64 = 100;

/// A division that comes out within so many places ends there.
const EXACT_PLACES: u32 = 20;

/// 两年半, "five and a half": half of one more.
fn with_half(found: &Match<'_>, name: &str, number: Number) -> Option<Number> {
    match found.code(name) {
        Some(half) => number.plus(Number::parse(half)?),
        None => Some(number),
    }
}

/// The lower end; it shares the scale word of the upper one where it has none and the range makes sense so:
/// "1.4 to 1.6 billion", 2至3万, but not "500 to 2 million".
pub(super) fn shared_scale(low: &Numeral, high: Option<&Numeral>, upper: Number) -> Option<Number> {
    let number = low.number?;
    let Some(high) = high.filter(|h| h.scale > 0 && (low.scale == 0 || low.scale < 4 && h.scale >= 4)) else {
        return Some(number);
    };
    // 三仟: a hundred or thousand without 万 is shared only by a single digit (两到三仟).
    let han = matches!(high.style, Style::Han | Style::Formal);
    if high.scale < 4 && han && number.compare(Number::whole(10))? != Ordering::Less {
        return Some(number);
    }
    // 二到三百万 shares 百万, 一百二十到一百五十万 only 万.
    for exponent in [high.scale, high.scale / 4 * 4] {
        let scaled = number.times(Decimal::from_i128_with_scale(10_i128.checked_pow(u32::from(exponent))?, 0))?;
        if scaled.compare(upper)? == Ordering::Less {
            return Some(scaled);
        }
    }
    Some(number)
}

/// Whether both ends of a range have their unit: "from 300 tons to 500 tons", not "from 5 to 10 percent".
fn names_both(found: &Match<'_>) -> bool {
    let ends = found.numeral("low").zip(found.numeral("n"));
    let between = ends.and_then(|(low, high)| found.hay.text.get(low.span.end()..high.span.start()));
    between.is_some_and(|between| !matches!(between.trim(), "to" | "-" | "–" | "—" | "and" | "or" | "至" | "到"))
}

/// "from $4.1 to $5.2 billion": the lower end says what it is only together with the upper one.
fn shares_scale(found: &Match<'_>) -> bool {
    found.numeral("low").zip(found.numeral("n")).is_some_and(|(low, high)| low.scale == 0 && high.scale > 0)
}
