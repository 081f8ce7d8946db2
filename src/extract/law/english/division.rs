//! Finds references to divisions: Article 8(1), Paragraph 5 of Article 18, section 559 of title V.
//!
//! "the obligations pursuant to Articles 8, 11, 25 to 39 and 42 and 43" is one reference to many articles;
//! "Code of Criminal Procedure Article 31, Section 1" stands behind its law; "subsection (e) of this section"
//! takes the rest from where it stands. A line that begins with "Article 12" or "Sec. 2." is a heading.
//!
//! Always true: one chain of divisions is one mention; the reference names the higher division first.

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};
use crate::{
    extract::{ArticleRef, Inherits, Side, mention::Value},
    value::Kind,
};

/// The parts of a chain: their unit and numbers.
struct Part {
    unit: Unit,
    numbers: Vec<String>,
}

/// Units from the highest to the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Annex,
    Division,
    Title,
    Subtitle,
    Part,
    Chapter,
    Article,
    Section,
    Subsection,
    Paragraph,
    Subparagraph,
    Clause,
}

/// Reads the chain whose first division word is at `at`; the word behind it.
pub(super) fn read(page: &mut Page<'_>, at: usize) -> Option<usize> {
    let words = &page.words;
    let (first, mut to) = part(words, at)?;
    if !fits(words, at, &first) || is_heading(words, at, to) || of_another_work(words, to) {
        return None;
    }
    let mut parts = vec![first];
    for _ in 0..5 {
        let comma = words.is(to, ",");
        let of = words.is(to, "of");
        let next = to + usize::from(comma || of);
        if !(comma || of || words.has(next, class::UNIT)) || !words.runs_on(to) {
            break;
        }
        if of && words.is_any(next, &["this", "that", "the", "such"]) {
            let unit = unit(words, next + 1);
            if words.is(next, "this")
                && unit.is_some_and(|u| u >= Unit::Part && parts.iter().all(|p| p.unit > u))
                && words.shape(next + 1) != Shape::Number
            {
                to = next + 2;
            } else if words.is(next, "the") && words.is(next + 1, "Annex") && words.shape(next + 2) != Shape::Upper {
                to = next + 2;
                parts.push(Part { unit: Unit::Annex, numbers: Vec::new() });
            }
            break;
        }
        let Some((more, end)) = part(words, next) else { break };
        let last = parts.last().map_or(Unit::Annex, |p| p.unit);
        // "Article 31, Section 1" and "Article 6, Subparagraph 2, Paragraph 1" go on; "Article 3, Article 5" is two.
        if parts.iter().any(|p| p.unit == more.unit)
            || (of && more.unit > last)
            || (comma && more.unit < last && more.unit < Unit::Article)
        {
            break;
        }
        if comma && more.unit < last && parts.len() == 1 && !words.capital(next) {
            break;
        }
        parts.push(more);
        to = end;
    }
    let inherits = inherits(&parts);
    let reference = reference(&parts);
    let side = if stands_behind_title(page, at) { Side::Left } else { Side::Right };
    page.add(
        Kind::ArticleRef,
        page.grammar.ids.division,
        at,
        to,
        Value::Article(ArticleRef { reference, side, inherits }),
    );
    Some(to)
}

fn unit(words: &Words<'_>, at: usize) -> Option<Unit> {
    Some(match words.str(at).to_ascii_lowercase().as_str() {
        "article" | "articles" | "art" => Unit::Article,
        "section" | "sections" | "sec" | "secs" | "§" => Unit::Section,
        "subsection" | "subsections" => Unit::Subsection,
        "paragraph" | "paragraphs" | "para" | "paras" => Unit::Paragraph,
        "subparagraph" | "subparagraphs" => Unit::Subparagraph,
        "point" | "points" | "clause" | "clauses" | "item" | "items" => Unit::Clause,
        "part" | "parts" => Unit::Part,
        "chapter" | "chapters" => Unit::Chapter,
        "title" | "titles" => Unit::Title,
        "subtitle" => Unit::Subtitle,
        "division" | "divisions" => Unit::Division,
        "annex" => Unit::Annex,
        _ => return None,
    })
}

/// A unit with its numbers, and the word behind them.
fn part(words: &Words<'_>, at: usize) -> Option<(Part, usize)> {
    let unit = unit(words, at)?;
    let plural = words.str(at).ends_with(['s', 'S']);
    let mut from = at + 1;
    if words.is_any(at, &["sec", "secs", "art", "para", "paras"]) && words.is(from, ".") {
        from += 1;
    }
    while words.is(at, "§") && words.is(from, "§") {
        from += 1;
    }
    if words.gap(from) == Gap::Paragraph
        || (words.gap(from) == Gap::None && !words.is(at, "§") && !words.is(from - 1, "."))
    {
        return None;
    }
    let (mut numbers, mut to) = (Vec::new(), number(words, from, unit)?);
    numbers.push(label(words, from, to));
    for _ in 0..60 {
        let Some((next, range)) = joint(words, to) else { break };
        // "Article 14 to Article 20"
        let next = next
            + usize::from(
                range && words.capital(next) && words.is(next, words.str(at)) && words.gap(next) != Gap::None,
            );
        let bracket = words.is(next, "(");
        // A bracket on a new line counts the next item of the text.
        if bracket && words.gap(next) >= Gap::Line {
            break;
        }
        let Some(end) = number(words, next, unit) else { break };
        // "(a) and (b)" continue the number before them; "11(1) or 12(1)" are two; "section 4, 2005" is none.
        if !plural && !bracket && !continues(words, to, next, end, from) {
            break;
        }
        if bracket && !words.is(from, "(") && words.gap(next) == Gap::None {
            break;
        }
        // "subsections 4(1) to (3)" is s4(1)-(3).
        let text = if bracket && !words.is(from, "(") && !(range && unit > Unit::Article) {
            shared(numbers.last(), &label(words, next, end))
        } else {
            label(words, next, end)
        };
        if range {
            if let Some(last) = numbers.last_mut() {
                last.push('-');
                last.push_str(&text);
            }
        } else {
            numbers.push(text);
        }
        to = end;
    }
    Some((Part { unit, numbers }, to))
}

/// `2(a)` and `(b)` make `2(b)`.
fn shared(last: Option<&String>, text: &str) -> String {
    let Some(last) = last else { return text.to_owned() };
    let last = last.rsplit_once('-').map_or(last.as_str(), |(a, _)| a);
    match last.rfind('(') {
        Some(open) => format!("{}{text}", &last[..open]),
        None => format!("{last}{text}"),
    }
}

/// The joint behind a number: its end and whether it makes a range.
fn joint(words: &Words<'_>, at: usize) -> Option<(usize, bool)> {
    if words.is_any(at, &["to", "through"]) {
        return Some((at + 1, true));
    }
    if matches!(words.str(at), "-" | "–" | "—") && words.gap(at) == Gap::None {
        return Some((at + 1, true));
    }
    let comma = usize::from(words.is(at, ","));
    let and = usize::from(words.is_any(at + comma, &["and", "or"]));
    (comma + and > 0).then_some((at + comma + and, false))
}

/// Whether a number behind a singular unit continues its list: "Article 5, 9, 48, and 53".
fn continues(words: &Words<'_>, joint: usize, next: usize, end: usize, from: usize) -> bool {
    let word = words.str(next);
    if words.is(joint, ",") && !words.is_any(joint + 1, &["and", "or"]) {
        // A list that runs into "and": every part is a number.
        let mut at = next;
        for _ in 0..20 {
            if words.shape(at) != Shape::Number {
                return false;
            }
            let Some(stop) = number(words, at, Unit::Article) else { return false };
            let Some((go, _)) = self::joint(words, stop) else { return false };
            if words.is_any(go - 1, &["and", "or"]) {
                return words.shape(go) == Shape::Number;
            }
            at = go;
        }
        return false;
    }
    let bracketed = end > next + 1 && words.is(end - 1, ")");
    let follows = words.str(end);
    let clear = bracketed
        || words.shape(end) == Shape::Mark
        || words.has(end, class::CONNECTOR | class::SMALL)
        || matches!(
            follows,
            "shall" | "may" | "is" | "are" | "applies" | "apply" | "does" | "do" | "as" | "if" | "has"
        );
    words.shape(next) == Shape::Number
        && clear
        && !(word.len() == 4 && word.starts_with(['1', '2']) && words.str(from).len() < 4)
}

/// End of the number at `at`: digits or a Roman number or a letter in brackets, with brackets behind.
fn number(words: &Words<'_>, at: usize, unit: Unit) -> Option<usize> {
    if words.gap(at) == Gap::Paragraph {
        return None;
    }
    let mut to = at;
    match words.shape(at) {
        Shape::Number if words.str(at).len() <= 12 && !is_ordinal(words.str(at)) => to = at + 1,
        Shape::Upper if is_roman(words.str(at)) && !matches!(unit, Unit::Subsection | Unit::Paragraph) => to = at + 1,
        Shape::Upper
            if words.str(at).len() == 1
                && matches!(unit, Unit::Division | Unit::Part | Unit::Subtitle | Unit::Annex) =>
        {
            to = at + 1
        }
        Shape::Mark if words.is(at, "(") => {}
        _ => return None,
    }
    while words.is(to, "(") && (words.gap(to) == Gap::None || to == at) && is_label(words.str(to + 1)) {
        // (v.6), (4.1): a label that came in between.
        let inserted = words.is(to + 2, ".") && words.shape(to + 3) == Shape::Number && words.gap(to + 3) == Gap::None;
        let close = if inserted { to + 4 } else { to + 2 };
        if !words.is(close, ")") {
            break;
        }
        to = close + 1;
    }
    (to > at).then_some(to)
}

fn is_label(word: &str) -> bool {
    word.len() <= 5
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && (word.len() <= 3 || word.bytes().all(|b| b.is_ascii_digit() || b"ivxlcdmIVXLCDM".contains(&b)))
}

fn is_ordinal(word: &str) -> bool {
    word.ends_with("th") || word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd")
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| b"IVXLC".contains(&b)) && word.len() <= 7
}

fn label(words: &Words<'_>, from: usize, to: usize) -> String {
    words.joined(from, to).replace(' ', "")
}

/// Whether these words are a reference at all: "part 2" and "title 5" are so only with a capital or an "of".
fn fits(words: &Words<'_>, at: usize, part: &Part) -> bool {
    let first = part.numbers.first().map_or("", String::as_str);
    match part.unit {
        Unit::Part | Unit::Chapter | Unit::Title | Unit::Division | Unit::Subtitle => {
            words.capital(at)
                || first.starts_with(|c: char| c.is_ascii_uppercase())
                || part.unit == Unit::Part && first.starts_with(|c: char| c.is_ascii_digit())
        }
        Unit::Annex => false,
        Unit::Clause => {
            words.is_any(at, &["clause", "clauses"]) && !words.is_any(at.wrapping_sub(1), &["sunset"])
                || words.is_any(at, &["point", "points"]) && first.starts_with('(')
                || words.is_any(at, &["item", "items"]) && words.capital(at)
        }
        Unit::Article => words.capital(at),
        _ => true,
    }
}

/// A line that begins with the division is a heading of the text's own, unless a sentence goes on behind it.
fn is_heading(words: &Words<'_>, at: usize, to: usize) -> bool {
    if !words.capital(at) {
        return false;
    }
    // "Article 17 GDPR grants a right": the name of the instrument follows.
    if words.shape(to) == Shape::Upper && words.has(to, class::KNOWN) && !words.capital(to + 1) {
        return false;
    }
    let begins = words.begins_line(at);
    if words.is(at, "Sec") && words.is(to, ".") {
        return true;
    }
    let new_sentence = words.is(to, ".")
        && words.gap(to + 1) >= Gap::Blank
        && (words.capital(to + 1) || words.shape(to + 1) == Shape::Mark);
    let after_stop = at > 0 && matches!(words.str(at - 1), "." | ":" | ";");
    if new_sentence && (begins || after_stop) {
        return true;
    }
    begins
        && !(words.shape(to) == Shape::Lower && words.gap(to) == Gap::Blank || words.is(to, ",") || words.is(to, "("))
}

/// "Chapter 7 of the novel", "Part II of his trilogy": no instrument has this division.
fn of_another_work(words: &Words<'_>, at: usize) -> bool {
    // "the section 301 Committee" is a body.
    if words.is_any(at, &["Committee", "Board", "Panel", "Commission", "Office", "Team"]) && words.capital(at) {
        return words.gap(at) == Gap::Blank;
    }
    if !words.is_any(at, &["of", "in"]) {
        return false;
    }
    let determined =
        words.is_any(at + 1, &["the", "a", "an", "this", "that", "his", "her", "their", "my", "our", "its"]);
    let noun = (at + 2..at + 4).find(|&w| words.has(w, class::OTHER_WORK | class::SMALL));
    determined && noun.is_some_and(|w| words.shape(w) == Shape::Lower && words.has(w, class::OTHER_WORK))
}

fn inherits(parts: &[Part]) -> Inherits {
    let top = parts.iter().map(|p| p.unit).min().unwrap_or(Unit::Clause);
    let complete = parts.iter().any(|p| {
        p.numbers.first().is_some_and(|n| !n.starts_with('('))
            && matches!(p.unit, Unit::Subsection | Unit::Paragraph | Unit::Subparagraph)
            && p.numbers.iter().any(|n| n.contains('('))
    });
    match top {
        Unit::Subsection | Unit::Paragraph | Unit::Subparagraph | Unit::Clause if !complete => Inherits::OwnArticle,
        _ => Inherits::Nothing,
    }
}

/// The wire form: `a18.p5`, `a57.p3,p5`, `divF.titleV.s559`, `s307(c)(3)`.
fn reference(parts: &[Part]) -> String {
    let mut sorted: Vec<&Part> = parts.iter().collect();
    sorted.sort_by_key(|p| p.unit);
    let in_article = sorted.iter().any(|p| p.unit == Unit::Article);
    let mut out = String::new();
    for part in sorted {
        // "subsections (a) and (b) of section 553": the section belongs to each.
        let brackets = part.unit > Unit::Section && part.numbers.iter().all(|n| n.starts_with('(')) && !in_article;
        if brackets {
            let stem = out.clone();
            out = part.numbers.iter().map(|n| format!("{stem}{n}")).collect::<Vec<_>>().join(",");
            continue;
        }
        if !out.is_empty() {
            out.push('.');
        }
        let numbers: Vec<String> = part.numbers.iter().map(|n| division(part.unit, n, in_article)).collect();
        out.push_str(&if part.numbers.is_empty() { "annex".to_owned() } else { numbers.join(",") });
    }
    out
}

fn division(unit: Unit, number: &str, in_article: bool) -> String {
    if let Some((low, high)) = number.split_once('-')
        && !low.is_empty()
        && (unit != Unit::Article || is_range(low, high))
        && high.starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return format!("{}-{}", division(unit, low, in_article), division(unit, high, in_article));
    }
    let letter = match unit {
        Unit::Annex => "annex",
        Unit::Division => "div",
        Unit::Title => "title",
        Unit::Subtitle => "subtitle",
        Unit::Part => "part",
        Unit::Chapter => "ch",
        Unit::Article => return article(number),
        Unit::Section => "s",
        Unit::Subsection => "s",
        // "paragraph 14(1)(a)" of a Canadian act is a section with its brackets.
        Unit::Paragraph | Unit::Subparagraph | Unit::Clause
            if number.contains('(') && !number.starts_with('(') && !in_article =>
        {
            "s"
        }
        Unit::Paragraph => "p",
        Unit::Subparagraph | Unit::Clause => "i",
    };
    let plain = if matches!(unit, Unit::Part | Unit::Chapter) {
        roman(number).map_or_else(|| number.to_owned(), |n| n.to_string())
    } else {
        number.to_owned()
    };
    let plain = if in_article && matches!(unit, Unit::Paragraph | Unit::Subparagraph | Unit::Clause) {
        plain.replace(['(', ')'], "")
    } else {
        plain
    };
    format!("{letter}{plain}")
}

/// "Articles 13-16" is a range, "Article 65-1" an article that was put in behind Article 65.
fn is_range(low: &str, high: &str) -> bool {
    match (low.parse::<u32>(), high.parse::<u32>()) {
        (Ok(low), Ok(high)) => low < high,
        _ => true,
    }
}

/// `8(1)(b)`: article, paragraph, item.
fn article(number: &str) -> String {
    let number = match number.split_once('(') {
        Some((main, rest)) => {
            let mut out = format!("a{}", roman(main).map_or_else(|| main.to_owned(), |n| n.to_string()));
            for (i, part) in rest.trim_end_matches(')').split(")(").enumerate() {
                let letter = if i == 0 && part.starts_with(|c: char| c.is_ascii_digit()) { ".p" } else { ".i" };
                out.push_str(letter);
                out.push_str(part);
            }
            return out;
        }
        None => number,
    };
    format!("a{}", roman(number).map_or_else(|| number.to_owned(), |n| n.to_string()))
}

fn roman(number: &str) -> Option<u32> {
    if number.is_empty() || !is_roman(number) {
        return None;
    }
    let worth = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 100,
    };
    let (mut sum, mut highest) = (0_u32, 0);
    for byte in number.bytes().rev() {
        let n = worth(byte);
        if n < highest {
            sum = sum.checked_sub(n)?;
        } else {
            highest = n;
            sum += n;
        }
    }
    Some(sum)
}

/// "Code of Criminal Procedure Article 31": the title ends right before the division.
fn stands_behind_title(page: &Page<'_>, at: usize) -> bool {
    let words = &page.words;
    let before = at.wrapping_sub(1);
    let start = words.start(at);
    words.gap(at) == Gap::Blank
        && (words.capital(before)
            && page.laws.last().is_some_and(|(law, _)| law.span.end() < start && start - law.span.end() <= 2))
}
