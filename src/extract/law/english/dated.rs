//! Numbers that are joined behind one issuing word, each with its date: Proclamation 8618 of December 21, 2010; 8770 of ….
//!
//! "Recalling its resolutions 74/227 of 19 December 2019 and 76/129 of 16 December 2021" has two numbers with the words of dates between.
//!
//! Always true: each number behind the first is a mention of its own, and its normal form has the issuing word.

use super::words::{Gap, Words};
use super::{Page, class, number::number, order_title::title_in_brackets, series, words::Shape};
use crate::{
    extract::mention::{Mention, Said, Timing, Value},
    ruleset::RuleId,
    text::Span,
    value::{Kind, Point, When},
};

/// "the 2021 Blocking Rules", "China's 2008 Anti-Monopoly Law": the year before the title that begins at `from`.
pub(super) fn year_before(words: &Words<'_>, from: usize, rule: RuleId) -> Option<Mention> {
    let at = from.checked_sub(1)?;
    let year: i16 = words.str(at).parse().ok().filter(|year| (1800..2100).contains(year))?;
    let told = words.is_any(at.checked_sub(1)?, &["the", "its", "a", "their", "'s", "’s"]);
    if !told || words.gap(from) != Gap::Blank || words.gap(at) > Gap::Line {
        return None;
    }
    let timing = Timing { said: Said::Fixed(When::Point(Point::Year(year))), modifier: None, role: None, year: None };
    let span = Span::of(words.start(at), words.end(at));
    Some(Mention { span, kind: Kind::Date, rule, nested: false, ends: None, value: Value::Time(timing) })
}

/// "Proclamation 8618 of December 21, 2010; 8770 of December 29, 2011; and 9000 of …": each with its date is a mention of its own.
pub(super) fn dated_numbers(page: &mut Page<'_>, to: usize, norm: &str) -> usize {
    let Some((head, first)) = norm.rsplit_once(' ').filter(|(_, number)| number.len() >= 4) else { return to };
    let head = head.trim_end_matches(',').split_once("s ").map_or(head, |(head, _)| head).to_owned();
    let mut to = to;
    for _ in 0..40 {
        let words = &page.words;
        // "of December 21, 2010"
        let dated =
            |at: usize| words.is(at, "of") && words.has(at + 1, class::MONTH) && words.shape(at + 2) == Shape::Number;
        let behind = to + 3 + 2 * usize::from(words.is(to + 3, ",") && number(words, to + 4, 4));
        let mut next = behind + usize::from(words.is_any(behind, &[",", ";"]));
        next += usize::from(words.is_any(next, &["and", "or"]));
        // "Executive Orders 12866 (Regulatory Planning and Review) and 13563 (Improving Regulation and Regulatory Review)"
        if let Some(close) = words.closing(to, 24) {
            let mut next = close + 1 + usize::from(words.is_any(close + 1, &[",", ";"]));
            next += usize::from(words.is_any(next, &["and", "or"]));
            if next == close + 1
                || !number(words, next, 5)
                || words.str(next).len() < first.len()
                || !words.is(next + 1, "(")
                || !words.capital(next + 2)
            {
                return to;
            }
            let norm = format!("{head} {}", words.str(next));
            page.add(Kind::DocNumber, page.grammar.ids.number, next, next + 1, Value::Norm(norm.clone()));
            title_in_brackets(page, next + 1, Some(&norm));
            to = next + 1;
            continue;
        }
        if !dated(to)
            || next == behind
            || !number(words, next, 5)
            || words.str(next).len() < first.len()
            || !dated(next + 1)
        {
            return to;
        }
        let norm = format!("{head} {}", words.str(next));
        page.add(Kind::DocNumber, page.grammar.ids.number, next, next + 1, Value::Norm(norm.clone()));
        title_in_brackets(page, next + 1, Some(&norm));
        to = next + 1;
    }
    to
}

/// "resolutions 74/227 of 19 December 2019 and 76/129 of 16 December 2021": the numbers behind the first, which ends at `to`.
pub(super) fn dated_resolutions(page: &mut Page<'_>, to: usize, norm: &str) -> usize {
    let Some((body, _)) = norm.split_once(" resolution ") else { return to };
    let body = body.to_owned();
    let mut to = to;
    for _ in 0..40 {
        let words = &page.words;
        // "of 19 December 2019"
        let dated = words.is(to, "of")
            && words.shape(to + 1) == Shape::Number
            && words.has(to + 2, class::MONTH)
            && words.shape(to + 3) == Shape::Number;
        let behind = to + 4 * usize::from(dated);
        let mut next = behind + usize::from(words.is(behind, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        let Some(end) = series::resolution_number(words, next).filter(|_| dated && next > behind) else { return to };
        let norm = format!("{body} resolution {}", words.joined(next, end));
        page.add(Kind::DocNumber, page.grammar.ids.number, next, end, Value::Norm(norm));
        to = end;
    }
    to
}

/// "Resolution adopted by the General Assembly on …" over "77/172. Sustainable mountain development": the text's own number.
pub(super) fn adopted_resolution(page: &mut Page<'_>, at: usize) {
    const FAR: usize = 90;
    let words = &page.words;
    if !words.is(at, "Resolution") || !words.is(at + 1, "adopted") || !words.is(at + 2, "by") {
        return;
    }
    let body = ["General Assembly", "Human Rights Council", "Economic and Social Council"];
    let Some(body) = body.into_iter().find(|body| {
        let first = at + 3 + usize::from(words.is(at + 3, "the"));
        body.split(' ').enumerate().all(|(i, word)| words.is(first + i, word))
    }) else {
        return;
    };
    // The line may be joined to the one before it.
    let headed = |&w: &usize| {
        let end = series::resolution_number(words, w).filter(|_| number(words, w, 3))?;
        (words.is(end, ".") && words.capital(end + 1) && words.gap(w) != Gap::None).then_some((w, end))
    };
    if let Some((from, end)) = (at + 4..words.len().min(at + FAR)).find_map(|w| headed(&w)) {
        let norm = format!("{body} resolution {}", words.joined(from, end));
        page.add(Kind::DocNumber, page.grammar.ids.number, from, end, Value::Norm(norm));
    }
}
