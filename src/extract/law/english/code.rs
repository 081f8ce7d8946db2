//! Finds citations of codes and statute books: 50 U.S.C. 1701 et seq., 15 CFR Parts 730-774,
//! 86 Fed. Reg. 4923, 2005, c. 47, s. 1.
//!
//! "section 301 of title 3, United States Code" is the same place as "3 U.S.C. 301" and gets the same normal
//! form. Statutory history at the foot of a Canadian section ("2003, c. 14, ss. 13, 20; 2004, c. 11,
//! s. 33") is a row of years, chapters and sections: citations, not figures.
//!
//! Always true: a citation is one mention with its "et seq."; parted by semicolons they are several.

use std::fmt::Write;

use super::{
    Page, state_code,
    words::{Gap, Shape, Words},
};
use crate::{extract::mention::Value, value::Kind};

/// Reads the citation whose code word is at `at`; the word behind it.
pub(super) fn read(page: &mut Page<'_>, at: usize) -> Option<usize> {
    let (from, to, norm) = book(&page.words, at)
        .or_else(|| of_title(&page.words, at))
        .or_else(|| canadian(&page.words, at))
        .or_else(|| of_same_year(page, at))
        .or_else(|| revised(&page.words, at))
        .or_else(|| state_code::read(&page.words, at))?;
    let (from, norm) = outer(&page.words, from, norm);
    page.add(Kind::CodeRef, page.grammar.ids.code, from, to, Value::Norm(norm));
    Some(to)
}

/// "subpart B of 42 CFR part 410", "appendix C to 10 CFR part 50": what is named before the part that holds it.
fn outer(words: &Words<'_>, from: usize, norm: String) -> (usize, String) {
    let Some(first) = from.checked_sub(3) else { return (from, norm) };
    let (kind, label) = (words.str(first).to_ascii_lowercase(), words.str(first + 1));
    let named = match kind.as_str() {
        "subpart" => words.is(first + 2, "of"),
        "appendix" => words.is_any(first + 2, &["to", "of"]),
        _ => false,
    };
    let lettered = words.shape(first + 1) == Shape::Upper && label.len() <= 3 && words.runs_on(first + 1);
    let one = norm.rsplit_once(" CFR part ").is_some_and(|(_, part)| part.bytes().all(|b| b.is_ascii_digit()));
    if !(named && lettered && one && words.runs_on(from)) {
        return (from, norm);
    }
    (first, format!("{norm}, {kind} {label}"))
}

fn digits(words: &Words<'_>, at: usize) -> bool {
    words.shape(at) == Shape::Number && words.gap(at) < Gap::Paragraph
}

/// `50 U.S.C. 1701`, `45 C.F.R. 164.502`, `86 Fed. Reg. 4923`, `110 Stat. 56`.
fn book(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    let volume = at.checked_sub(1).filter(|v| {
        // A paragraph may begin with it: "46 CFR Parts 28, 136, and 199".
        words.shape(*v) == Shape::Number
            && words.str(*v).bytes().all(|b| b.is_ascii_digit())
            && words.gap(at) != Gap::None
    })?;
    let (name, mut next) = match words.str(at) {
        "U.S.C." | "U.S.C" | "USC" => ("USC", at + 1),
        "C.F.R." | "C.F.R" | "CFR" => ("CFR", at + 1),
        "FR" | "F.R." => ("Fed. Reg.", at + 1),
        "Federal" if words.is(at + 1, "Register") => ("Fed. Reg.", at + 2),
        "UNTS" | "U.N.T.S." => ("UNTS", at + 1),
        "Fed" if words.is(at + 1, ".") && words.is(at + 2, "Reg") => {
            ("Fed. Reg.", at + 3 + usize::from(words.is(at + 3, ".")))
        }
        "Stat" if words.is(at + 1, ".") => ("Stat.", at + 2),
        "U" | "U.S." if words.is(at + 1, "Code") => ("USC", at + 2),
        _ => return None,
    };
    if words.is(next, ".") && matches!(name, "USC" | "CFR") && words.gap(next) == Gap::None && digits(words, next + 1) {
        next += 1;
    }
    let mut label = "";
    if words.is(next, "App") && words.is(next + 1, ".") {
        next += 2;
        label = "App. ";
    }
    if words.is_any(next, &["§", "Sec", "Section", "Sections", "section", "sections"]) {
        next += 1;
        next += usize::from(words.is_any(next, &["§", "."]));
    } else if words.is_any(next, &["part", "parts", "pt", "pts", "chapter", "ch", "subpart"]) {
        label = match words.str(next) {
            "Parts" => "Parts ",
            "parts" | "pts" => "parts ",
            "Part" => "Part ",
            "part" | "pt" => "part ",
            "subpart" | "Subpart" => "subpart ",
            _ => "ch. ",
        };
        next += 1 + usize::from(words.is(next + 1, "."));
    }
    if !digits(words, next) {
        return None;
    }
    // "parts 1, 16 and 112" has numbers of one and two digits, "42 U.S.C. 1983, 12 people" does not.
    let lists = match name {
        "USC" | "CFR" if label == "parts " || label == "Parts " => Lists::OfParts,
        "USC" | "CFR" => Lists::OfSections,
        _ => Lists::None,
    };
    let (mut to, mut sections) = sections(words, next, lists);
    // "58 Fed. Reg. 51,735" groups the thousands.
    let grouped = |w: usize| {
        matches!(name, "Fed. Reg." | "Stat.")
            && w == next + 1
            && words.str(next).len() < 4
            && words.is(w, ",")
            && words.gap(w) == Gap::None
            && words.gap(w + 1) == Gap::None
            && digits(words, w + 1)
            && words.str(w + 1).len() == 3
    };
    if grouped(to) {
        sections.push_str(words.str(to + 1));
        to += 2;
    }
    // "31 CFR Part 515, subpart E"
    if !label.is_empty()
        && words.is(to, ",")
        && words.is_any(to + 1, &["subpart", "subparts"])
        && words.shape(to + 2) == Shape::Upper
    {
        let _ = write!(sections, ", {} {}", words.str(to + 1).to_lowercase(), words.str(to + 2));
        to += 3;
        while words.is_any(to, &["and", ",", "through"])
            && words.shape(to + 1) == Shape::Upper
            && words.str(to + 1).len() <= 2
        {
            let _ =
                write!(sections, "{} {}", if words.is(to, "through") { " through" } else { "," }, words.str(to + 1));
            to += 2;
        }
    }
    // The page that is meant: "86 Fed. Reg. 4923, 4925".
    if matches!(name, "Fed. Reg." | "Stat.") && words.is(to, ",") {
        let page = |at: usize| words.str(at).parse::<u32>().ok();
        let near = page(to - 1).zip(page(to + 1)).is_some_and(|(first, page)| page > first && page < first + 1000);
        if near && words.gap(to + 1) == Gap::Blank {
            let _ = write!(sections, ", {}", words.str(to + 1));
            to += 2;
        }
    }
    Some((volume, to, format!("{} {name} {label}{sections}", words.str(volume))))
}

/// Whether numbers are listed behind a code, and of how few digits they may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    None,
    OfSections,
    OfParts,
}

/// What stands behind a bracket that ends a citation: "14 CFR 25.1309(b) and (c) apply", but no words of a list's next item.
const ENDS: [&str; 17] = [
    "and", "or", "of", "for", "as", "is", "are", "was", "were", "shall", "in", "which", "require", "requires", "apply",
    "do", "does",
];

/// End of a bracket that shares the section before it: "(c)" of "25.1309(b) and (c)".
fn shared_bracket(words: &Words<'_>, to: usize, next: usize) -> Option<usize> {
    let close = next + 2;
    let sound = next > to
        && words.is(to - 1, ")")
        && words.is(next, "(")
        && words.gap(next) == Gap::Blank
        && words.is(close, ")")
        && words.str(next + 1).len() <= 4;
    let mut end = close + 1;
    while sound && words.is(end, "(") && words.gap(end) == Gap::None && words.is(end + 2, ")") && end < close + 12 {
        end += 3;
    }
    let over = words.shape(end) == Shape::Mark || words.is_any(end, &ENDS) || words.gap(end) >= Gap::Paragraph;
    (sound && over).then_some(end)
}

/// Sections with their brackets, lists and ranges, and "et seq.".
fn sections(words: &Words<'_>, from: usize, lists: Lists) -> (usize, String) {
    let mut to = section(words, from);
    let mut text = words.joined(from, to);
    for _ in 0..20 {
        if matches!(words.str(to), "-" | "–" | "—")
            && words.gap(to) == Gap::None
            && (digits(words, to + 1) || words.is(to + 1, "("))
        {
            let end = if words.is(to + 1, "(") { section(words, to) } else { section(words, to + 1) };
            text.push('-');
            text.push_str(&words.joined(to + 1, end.max(to + 2)));
            to = end.max(to + 2);
            continue;
        }
        if lists == Lists::None {
            break;
        }
        // "parts 730 through 774"
        if words.is_any(to, &["through", "to"]) && digits(words, to + 1) {
            let end = section(words, to + 1);
            text.push('-');
            text.push_str(&words.joined(to + 1, end));
            to = end;
            continue;
        }
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        if let Some(end) = shared_bracket(words, to, next) {
            text.push_str(", ");
            text.push_str(&words.joined(next, end));
            to = end;
            continue;
        }
        // The next citation ("and 50 U.S.C. 1601") begins with a number, too.
        let another = words.is_any(next + 1, &["U.S.C.", "C.F.R.", "CFR", "USC", "Stat", "Fed", "FR"]);
        if next == to
            || !digits(words, next)
            || another
            || words.has(next + 1, super::class::MONTH)
            || (words.is(to, ",") && words.str(next).len() < 3 && lists != Lists::OfParts)
            || words.capital(next + 1) && words.gap(next + 1) == Gap::Blank
        {
            break;
        }
        let end = section(words, next);
        text.push_str(", ");
        text.push_str(&words.joined(next, end));
        to = end;
    }
    // "1701 *et seq*." in Markdown.
    let seq = to + usize::from(words.is(to, ","));
    let seq = seq + usize::from(matches!(words.str(seq), "*" | "_"));
    if words.is(seq, "et") && words.is(seq + 1, "seq") {
        text.push_str(" et seq.");
        to = seq + 2;
        for mark in ["*", "_", ".", "*"] {
            to += usize::from(words.is(to, mark) && words.gap(to) == Gap::None);
        }
    } else if words.is(to, "and") && words.is(to + 1, "following") && !words.is(to + 2, "the") {
        text.push_str(" et seq.");
        to += 2;
    } else if words.is(to, "note") {
        text.push_str(" note");
        to += 1;
    }
    (to, text)
}

/// `2417(c)(3)`
pub(super) fn section(words: &Words<'_>, at: usize) -> usize {
    let mut to = at + 1;
    while words.is(to, "(") && words.gap(to) == Gap::None && words.is(to + 2, ")") && words.str(to + 1).len() <= 4 {
        to += 3;
    }
    to
}

/// `section 301 of title 3, United States Code`, read from "title".
fn of_title(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    if !words.is(at, "title") || !digits(words, at + 1) {
        return None;
    }
    let comma = at
        + 2
        + usize::from(words.is(at + 2, ","))
        + usize::from(words.is(at + 2, "of"))
        + usize::from(words.is(at + 2, "of") && words.is(at + 3, "the"));
    let (name, to) = if words.is(comma, "United") && words.is(comma + 1, "States") && words.is(comma + 2, "Code") {
        ("USC", comma + 3)
    } else if words.is(comma, "U.S.") && words.is(comma + 1, "Code") {
        ("USC", comma + 2)
    } else if words.is(comma, "U.S.C.") {
        ("USC", comma + 1)
    } else if words.is(comma, "Code") && words.is(comma + 1, "of") && words.is(comma + 2, "Federal") {
        ("CFR", comma + 4)
    } else {
        return None;
    };
    let title = words.str(at + 1);
    // Back over "section 3502(1) and (2) of", "chapter 35 of".
    let seq = words.is(at.wrapping_sub(1), ",") && (at.saturating_sub(5)..at).any(|w| words.is(w, "seq"));
    let part = (words.is(at.wrapping_sub(1), "of") || seq)
        .then(|| {
            (at.saturating_sub(24)..at - 1).rev().find(|w| {
                words.is_any(*w, &["section", "sections", "chapter", "chapters", "part", "parts", "subchapter", "§"])
            })
        })
        .flatten();
    let Some(from) = part else {
        // "title 45, Code of Federal Regulations, part 164"
        let unit = to + 1;
        let label = match words.str(unit).to_ascii_lowercase().as_str() {
            "part" => "part ",
            "section" | "sections" => "",
            "chapter" => "ch. ",
            _ => return Some((at, to, format!("{title} {name}"))),
        };
        if !words.is(to, ",") || !digits(words, unit + 1) {
            return Some((at, to, format!("{title} {name}")));
        }
        let (end, inside) = sections(words, unit + 1, Lists::OfSections);
        return Some((at, end, format!("{title} {name} {label}{inside}")));
    };
    let inside = from + 1..at - 1;
    let sound = digits(words, from + 1)
        && inside.clone().all(|w| {
            words.shape(w) == Shape::Number
                || matches!(
                    words.str(w),
                    "(" | ")" | "," | "and" | "or" | "through" | "to" | "-" | "–" | "of" | "chapter"
                )
                || seq && words.is_any(w, &["et", "seq", "."])
                || words.is(w.wrapping_sub(1), "(")
                || words.has(w, super::class::UNIT)
        });
    if !sound {
        return Some((at, to, format!("{title} {name}")));
    }
    let label = match words.str(from).to_ascii_lowercase().as_str() {
        "chapter" | "chapters" => "ch. ",
        "part" | "parts" => "part ",
        "subchapter" => "subch. ",
        _ => "",
    };
    let numbers = words
        .joined(from + 1, at - 1)
        .replace(", and ", ", ")
        .replace(", or ", ", ")
        .replace(" and ", ", ")
        .replace(" or ", ", ")
        .replace(" through ", "-");
    // "subsection (a) of section 301 of title 3": from the first division word.
    let mut start = from;
    if words.is(from.wrapping_sub(1), "of")
        && let Some(sub) = (from.saturating_sub(8)..from - 1)
            .rev()
            .find(|w| words.is_any(*w, &["subsection", "subsections", "paragraph", "paragraphs"]))
        && words.is(sub + 1, "(")
    {
        start = sub;
        let inner = words.joined(sub + 1, from - 1);
        return Some((start, to, format!("{title} {name} {label}{numbers}{inner}")));
    }
    start = start.min(from);
    Some((start, to, format!("{title} {name} {label}{numbers}")))
}

/// `2005, c. 47, s. 1`, `R.S., 1985, c. N-5`, read from the "c" of the chapter.
fn canadian(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    if words.str(at) != "c" {
        return None;
    }
    let plain = !words.is(at + 1, ".");
    let chapter = if plain { at + 1 } else { at + 2 };
    if !words.is(at.wrapping_sub(1), ",") {
        // "2018 c. 12", as the acts of the United Kingdom are cited.
        let british = !plain
            && at > 0
            && words.str(at - 1).len() == 4
            && is_session(words.str(at - 1))
            && words.runs_on(at)
            && digits(words, chapter)
            && words.gap(chapter) == Gap::Blank;
        return british.then(|| (at - 1, chapter + 1, format!("{} c. {}", words.str(at - 1), words.str(chapter))));
    }
    let before = at.checked_sub(2)?;
    let book = |at: usize| match words.str(at) {
        "R.S." | "R.S.C." | "RSC" => Some("R.S.C."),
        "S.C." | "SC" => Some("S.C."),
        _ => None,
    };
    let (from, lead) = if let Some("R.S.C.") = book(before) {
        (before, "R.S.C.".to_owned())
    } else if is_session(words.str(before)) {
        let session = words.str(before);
        // "R.S.C., 1985" and "R.S.C. 1985"
        let named = before.checked_sub(1).map(|at| if words.is(at, ",") { at.wrapping_sub(1) } else { at });
        match named.and_then(|at| Some((at, book(at)?))) {
            Some((at, book)) => (at, format!("{book} {session}")),
            // Without dots only a book's letters tell that a chapter is meant.
            None if plain => return None,
            None => (before, format!("S.C. {session}")),
        }
    } else {
        return None;
    };
    let (to, rest) = chapter_and_sections(words, chapter)?;
    Some((from, to, format!("{lead}, c. {rest}")))
}

/// `c. 29, s. 112` behind `2007, c. 6, s. 442`: another chapter of the same year.
fn of_same_year(page: &Page<'_>, at: usize) -> Option<(usize, usize, String)> {
    let words = &page.words;
    if words.str(at) != "c" || !words.is(at.wrapping_sub(1), ",") || !words.is(at + 1, ".") || !words.runs_on(at) {
        return None;
    }
    let last =
        page.others.last().filter(|m| m.kind == Kind::CodeRef && m.span.end() == words.end(at.wrapping_sub(2)))?;
    let Value::Norm(norm) = &last.value else { return None };
    let lead = norm.split_once(", c. ").filter(|(lead, _)| lead.starts_with("S.C. ") || lead.starts_with("R.S.C."))?.0;
    let (to, rest) = chapter_and_sections(words, at + 2).filter(|_| digits(words, at + 2))?;
    Some((at, to, format!("{lead}, c. {rest}")))
}

/// A chapter with the sections behind it, and the word behind them.
fn chapter_and_sections(words: &Words<'_>, chapter: usize) -> Option<(usize, String)> {
    let mut to = chapter + 1;
    if !matches!(words.shape(chapter), Shape::Number | Shape::Upper | Shape::Capital) {
        return None;
    }
    // ", s. 162 (Sch., s. 15)", ", ss. 13, 20", ", par. 34(1)(b)", ", s. 2 “14”", "(1st Supp.)"
    for _ in 0..40 {
        if words.gap(to) >= Gap::Line {
            break;
        }
        if words.is(to, "(") {
            let Some(close) = words.closing(to, 16) else { break };
            to = close + 1;
        } else if words.is(to, "“") && (to + 1..to + 8).any(|w| words.is(w, "”")) {
            to = (to + 1..to + 8).find(|w| words.is(*w, "”")).map_or(to, |w| w + 1);
        } else if words.is(to, ",")
            && words.is_any(to + 1, &["s", "ss", "par", "pars", "Sch", "item", "items", "art", "arts", "subpar"])
            && words.gap(to + 1) == Gap::Blank
        {
            to += 2 + usize::from(words.is(to + 2, "."));
            if digits(words, to) {
                to = section(words, to);
            }
        } else if words.is(to, ",")
            && digits(words, to + 1)
            && !(words.is(to + 2, ",") && words.is(to + 3, "c") && is_session(words.str(to + 1)))
        {
            to = section(words, to + 1);
        } else if words.is_any(to, &["and", "to", "or", "-", "–"]) && digits(words, to + 1) {
            to = section(words, to + 1);
        } else {
            break;
        }
    }
    Some((to, words.joined(chapter, to)))
}

/// `2005`, `1953-54`, `1980-81-82-83`.
fn is_session(word: &str) -> bool {
    word.len() >= 4
        && word.len() <= 13
        && word
            .split('-')
            .enumerate()
            .all(|(i, p)| p.bytes().all(|b| b.is_ascii_digit()) && (p.len() == 4 || (i > 0 && p.len() == 2)))
}

/// `chapter 184 of the Revised Statutes of Canada, 1952`, read from "Revised".
fn revised(words: &Words<'_>, at: usize) -> Option<(usize, usize, String)> {
    if !(words.is(at, "Revised") || words.is(at, "Statutes"))
        || !words.capital(at)
        || words.is(at.wrapping_sub(1), "Revised")
    {
        return None;
    }
    let statutes = at + usize::from(words.is(at, "Revised"));
    if !(words.is(statutes, "Statutes") && words.is(statutes + 1, "of") && words.is(statutes + 2, "Canada"))
        || !words.is(at.wrapping_sub(1), "the")
        || !words.is(at.wrapping_sub(2), "of")
    {
        return None;
    }
    let chapter = (at.saturating_sub(8)..at).rev().find(|w| words.is_any(*w, &["chapter", "chapters"]))?;
    let year = statutes + 3 + usize::from(words.is(statutes + 3, ","));
    if !is_session(words.str(year)) {
        return None;
    }
    let book = if statutes > at { "R.S.C." } else { "S.C." };
    Some((chapter, year + 1, format!("{book} {}, c. {}", words.str(year), words.joined(chapter + 1, at - 2))))
}
