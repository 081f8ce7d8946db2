//! Finds EU acts: their numbers, and their titles where they are cited in full.
//!
//! "Council Directive 93/13/EEC of 5 April 1993 on unfair terms in consumer contracts (OJ L 95, 21.4.1993,
//! p. 29)" is one law, in lower case throughout, that begins with its number; "Directive 95/46/EC should be
//! repealed" is the number alone.
//!
//! Always true: the normal form names the type without Council or Commission; a title needs a date, the bodies that
//! passed it or a bracket behind its subject, and ends at a bracket, a semicolon, a full stop or the end of the paragraph.

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};
use crate::{extract::mention::Value, value::Kind};

/// Words in a title.
const LONGEST: usize = 110;

/// Reads an EU act whose type word is `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    if !words.capital(at) {
        return;
    }
    let Some(mut end) = number_end(words, at + 1) else { return };
    let mut kind_from = at;
    while kind_from > 0
        && words.is_any(kind_from - 1, &["Implementing", "Delegated", "Framework"])
        && words.runs_on(kind_from)
    {
        kind_from -= 1;
    }
    let mut from = kind_from;
    if from > 0 && words.is_any(from - 1, &["Council", "Commission"]) && words.capital(from - 1) && words.runs_on(from)
    {
        from -= 1;
    }
    let spelt = |from: usize, to: usize| words.joined(from, to).replace("No. ", "No ").replace("Nos ", "No ");
    let mut norm = spelt(kind_from, end);
    // "Regulation 2016/679": since 2015 the number alone says that it is an act of the Union.
    if words.shape(at + 1) == Shape::Number && !words.is(end.wrapping_sub(2), "/") | !words.capital(end - 1) {
        norm = norm.replacen(words.str(at), &format!("{} (EU)", words.str(at)), 1);
    }
    // "Regulations (EU) 2016/679 and (EU) 2018/1725"
    while words.str(at).ends_with('s') {
        let mut next = end + usize::from(words.is(end, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        match number_end(words, next).filter(|_| next > end) {
            Some(to) => {
                norm.push_str(", ");
                norm.push_str(&spelt(next, to));
                end = to;
            }
            None => break,
        }
    }
    let norm = (kind_from..=at)
        .map(|w| words.str(w))
        .filter(|kind| kind.bytes().all(|b| b.is_ascii_uppercase()))
        .fold(norm, |norm, kind| norm.replacen(kind, &format!("{}{}", &kind[..1], kind[1..].to_lowercase()), 1));
    let titled = title_end(words, kind_from, end);
    page.add(Kind::DocNumber, page.grammar.ids.number, from, end, Value::Norm(norm.clone()));
    if let Some(to) = titled {
        page.add_law(page.grammar.ids.union, from, to, Some(norm));
    } else if let Some((first, last)) = short_form(&page.words, end).filter(|_| !norm.contains(',')) {
        page.add_law(page.grammar.ids.union, first, last, Some(norm));
        if let Some((law, _)) = page.laws.last_mut()
            && let Value::Law(name) = &mut law.value
        {
            name.defines.push(name.title.clone());
        }
    }
}

/// The short form in brackets behind a number: `(REACH)`, `(MiFID II)`.
fn short_form(words: &Words<'_>, open: usize) -> Option<(usize, usize)> {
    let close = words.closing(open, 4).filter(|&close| close > open + 1 && words.gap(open) == Gap::Blank)?;
    let word = words.str(open + 1);
    let named = word.bytes().filter(u8::is_ascii_uppercase).count() > 1
        && word.len() > 2
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && !words.has(open + 1, class::CODE | class::NUMBER | class::STANDARD | class::UNION);
    let counted = close == open + 2 || close == open + 3 && words.str(open + 2).bytes().all(|b| b"IVX".contains(&b));
    (named && counted).then_some((open + 1, close))
}

/// `(EU) 2016/679`, `(EC) No 1338/2008`, `2000/31/EC`, `No 17/62`.
fn number_end(words: &Words<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    let mut bracket = false;
    if words.is(at, "(") && words.is_any(at + 1, &["EU", "EC", "EEC", "Euratom", "CFSP", "JHA"]) {
        let close = words.closing(at, 6)?;
        at = close + 1;
        bracket = true;
    }
    let no = words.is_any(at, &["No", "Nos"]);
    if no {
        at += 1 + usize::from(words.is(at + 1, "."));
    }
    // Two numbers with a slash, and the community behind another one.
    if words.shape(at) != Shape::Number
        || !words.is(at + 1, "/")
        || words.shape(at + 2) != Shape::Number
        || words.gap(at + 1) != Gap::None
        || words.gap(at + 2) != Gap::None
    {
        return None;
    }
    at += 3;
    let tail = words.is(at, "/")
        && words.gap(at) == Gap::None
        && words.is_any(at + 1, &["EU", "EC", "EEC", "CE", "ECSC", "JHA", "CFSP", "Euratom"]);
    if tail {
        at += 2;
    }
    let year = words.str(at - 3).parse::<u32>().is_ok_and(|year| (2015..2100).contains(&year));
    (bracket || tail || no || year && words.str(at - 1).len() <= 4).then_some(at)
}

/// What an act does; a title says it with participles.
const VERBS: [&str; 24] = [
    "shall",
    "should",
    "was",
    "is",
    "applies",
    "provides",
    "requires",
    "prohibits",
    "sets",
    "lays",
    "establishes",
    "obliges",
    "allows",
    "defines",
    "introduces",
    "covers",
    "repeals",
    "amends",
    "entered",
    "came",
    "imposes",
    "governs",
    "regulates",
    "replaces",
];

/// How the subject of an act begins.
const SUBJECTS: [&str; 9] =
    ["on", "concerning", "laying", "establishing", "relating", "amending", "declaring", "supplementing", "imposing"];

fn title_end(words: &Words<'_>, first: usize, from: usize) -> Option<usize> {
    let mut at = from;
    while words.is(at, "of") && words.is(at + 1, "the") || words.is(at, "and") && words.is(at + 1, "of") {
        // "of the European Parliament and of the Council"
        let skip = (at + 1..at + 6).find(|w| words.is_any(*w, &["Parliament", "Council", "Commission"]))?;
        at = skip + 1;
    }
    // "of 16 December 2008"
    let dated = words.is(at, "of")
        && words.shape(at + 1) == Shape::Number
        && words.has(at + 2, class::MONTH)
        && words.shape(at + 3) == Shape::Number;
    let council = words.is_any(first.wrapping_sub(1), &["Council", "Commission"]);
    let passed = at > from || council && words.capital(first - 1);
    at += if dated { 4 } else { 0 };
    if words.shape(at) != Shape::Lower {
        return None;
    }
    // "Regulation (EU) 2018/848 … on organic production (OJ L 150)": without its date a title has its subject.
    if !dated && !(words.is_any(at, &SUBJECTS) && words.runs_on(at)) {
        return None;
    }
    let begin = at;
    let mut end = at;
    while at < words.len() && at - begin < LONGEST {
        // "… of Ukraine" over "THE COUNCIL OF THE EUROPEAN UNION,"
        let shouted = words.gap(at) == Gap::Line
            && (at..at + 3).all(|w| words.shape(w) == Shape::Upper && words.str(w).len() > 1);
        if (at > begin && (words.gap(at) == Gap::Paragraph || shouted))
            || matches!(words.str(at), ";" | "." | "“" | "[" | ":")
            || (words.is(at, "(")
                && !(words.has(at - 1, class::UNION) && words.is_any(at + 1, &["EU", "EC", "EEC"]))
                && in_title(words, at).is_none())
            || words.is_any(at, &VERBS) && words.shape(at) == Shape::Lower
        {
            break;
        }
        // "Council Regulation (EC) No 322/97 on Community Statistics, and Council Decision 89/382/EEC"
        let next = at + usize::from(words.is(at, ",") && words.is(at + 1, "and"));
        if !dated
            && words.is_any(next, &[",", "and"])
            && words.capital(next + 1)
            && (words.has(next + 1, class::UNION) || words.is_any(next + 1, &["Council", "Commission"]))
        {
            break;
        }
        if let Some(close) = in_title(words, at) {
            at = close + 1;
            end = at;
            continue;
        }
        // ", and in particular Article 23 thereof" is no part of the title.
        let particular = |w: usize| words.is(w, "in") && words.is(w + 1, "particular") && words.has(w + 2, class::UNIT);
        if words.is(at, ",") && (particular(at + 1) || words.is(at + 1, "and") && particular(at + 2)) {
            break;
        }
        if words.is(at, ",")
            && !words.is_any(at + 1, &["in", "and", "or", "as", "amending", "repealing"])
            && !title_list(words, at + 1)
        {
            break;
        }
        at += 1;
        end = at;
    }
    // "Regulation (EU) 2019/6 on veterinary medicinal products (VMPR)"
    let short = words.str(end + 1);
    let cited = words.is(end, "(")
        && (short.bytes().filter(u8::is_ascii_uppercase).count() > 1 || words.has(end + 1, class::QUOTE));
    if !dated && !passed && !cited {
        return None;
    }
    // "on detergents (1)"
    let brief = end == begin + 2 && words.is(begin, "on") && matches!(words.str(end), "(" | "," | "”");
    (end > begin + 2 || brief).then_some(end)
}

/// The end of a bracket that belongs to a title: "(recast)", "(integrated pollution prevention and control)".
fn in_title(words: &Words<'_>, open: usize) -> Option<usize> {
    let close = words.closing(open, 9).filter(|&close| close > open + 1)?;
    let plain = |w: usize| words.shape(w) == Shape::Lower || words.is(w, "-");
    let said =
        ["hereinafter", "hereafter", "the", "see", "as", "so", "or", "also", "repealed", "amended", "adopted", "now"];
    let ends =
        matches!(words.str(close + 1), "(" | "," | "." | ";" | "”" | "’" | "[") || words.gap(close + 1) >= Gap::Line;
    ((open + 1..close).all(plain) && !words.is_any(open + 1, &said) && ends).then_some(close)
}

/// A comma inside a title: "analysis, detection and prosecution of …".
fn title_list(words: &Words<'_>, from: usize) -> bool {
    (from..from + 8)
        .take_while(|w| words.shape(*w) != Shape::Mark || words.is(*w, ","))
        .any(|w| words.is_any(w, &["and", "or"]))
}
