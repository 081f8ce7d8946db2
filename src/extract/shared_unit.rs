//! Gives the numbers of a list the unit that stands only behind its last: "5.1, 6.2 and 7.3 percent", 提高0.3、0.5个百分点.
//!
//! Decimals joined so are amounts of one kind. Whole numbers are as often labels (1、2类), so they need a word that says that each
//! belongs to something: "respectively", 分别.
//!
//! Always true: a number that another mention holds stays what it is, but for the 个 of 0.2个和0.3个百分点.

use rust_decimal::Decimal;

use super::mention::{Mention, Value};
use crate::value::{Amount, Extent, Kind, Number, Unit, numeral::Numeral};

/// Between the numbers of a list.
const JOINS: [&str; 9] = ["、", "和", "及", "与", "與", ",", "and", ", and", "or"];
/// So many numbers a list has at most.
const LONGEST: usize = 12;
/// So far away the word stands that gives each its own.
const NEAR: usize = 60;

/// Adds the numbers of lists to the mentions, which stand in text order.
pub(super) fn complete(text: &str, numerals: &[Numeral], mentions: &mut Vec<Mention>) {
    let mut added = Vec::new();
    for index in 0..mentions.len() {
        let Some((at, amount)) = last_of_list(numerals, &mentions[index]) else { continue };
        let points = matches!(&amount.unit, Unit::Of(unit) if matches!(&**unit, "百分点" | "百分點"));
        let (kind, rule, end) = (mentions[index].kind, mentions[index].rule, mentions[index].span.end());
        let (mut next, mut before) = (mentions[index].span.start(), index);
        for low in numerals[..at].iter().rev().take(LONGEST) {
            let between = text.get(low.span.end()..next).unwrap_or_default();
            let between = if points { between.strip_prefix(['个', '個']).unwrap_or(between) } else { between };
            let decimals = [low.span, numerals[at].span].iter().all(|span| text[span.range()].contains('.'));
            if !JOINS.contains(&between.trim_matches([' ', '\n']))
                || !(decimals || is_each(text, low.span.start(), end))
                || low.glued
                || low.between.is_some()
            {
                break;
            }
            let Some(number) = low.number.and_then(|number| scaled(number, low, &numerals[at])) else { break };
            next = low.span.start();
            let value = Value::Amount(Amount { extent: Extent::Single(number), ..amount.clone() });
            // 0.2个 was read as a count.
            let held = before.checked_sub(1).filter(|&held| mentions[held].span.end() > next);
            match held.map(|held| &mut mentions[held]) {
                Some(held) if points && held.span.start() == next && is_pieces(held) => {
                    held.value = value;
                    before -= 1;
                }
                Some(_) => break,
                None => added.push(Mention { span: low.span, kind, rule, nested: false, ends: None, value }),
            }
        }
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    }
}

/// The numeral and the amount of a mention that may end a list: a single number that has its unit with it.
fn last_of_list(numerals: &[Numeral], mention: &Mention) -> Option<(usize, Amount)> {
    let Value::Amount(amount) = &mention.value else { return None };
    if !matches!(mention.kind, Kind::Percent | Kind::Figure | Kind::Money)
        || !matches!(amount.extent, Extent::Single(_))
    {
        return None;
    }
    let at = numerals.binary_search_by_key(&mention.span.start(), |numeral| numeral.span.start()).ok()?;
    (at > 0 && mention.span.end() > numerals[at].span.end()).then(|| (at, Amount { modifier: None, ..amount.clone() }))
}

/// The number with the scale word that only the last of the list has: "3.4, 5.6 and 7.8 million tons".
fn scaled(number: Number, low: &Numeral, last: &Numeral) -> Option<Number> {
    match (low.scale, last.scale) {
        (low, last) if low == last => Some(number),
        (0, last) => number.times(Decimal::from_i128_with_scale(10_i128.checked_pow(u32::from(last))?, 0)),
        _ => None,
    }
}

/// Whether a word near the list gives each of its numbers to something: 分别 before it, "respectively" behind it.
fn is_each(text: &str, start: usize, end: usize) -> bool {
    let left = &text[text.ceil_char_boundary(start.saturating_sub(NEAR))..start];
    let right = &text[end..text.floor_char_boundary((end + NEAR).min(text.len()))];
    let clause = left.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    ["分别", "分別", "依次"].iter().any(|word| clause.contains(word))
        || right.split(['.', ';', '\n']).next().is_some_and(|clause| clause.contains("respectively"))
}

fn is_pieces(mention: &Mention) -> bool {
    matches!(&mention.value, Value::Amount(Amount { unit: Unit::Of(unit), .. }) if matches!(&**unit, "个" | "個"))
}
