//! Which division a word opens: article, section, "s.", "ss".
//!
//! Always true: an "s" without a point is a section only where a number follows it and what stands before or behind says so.

use super::super::{
    Page, class,
    words::{Gap, Shape, Words},
};

/// Units from the highest to the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Annex,
    Schedule,
    Division,
    Title,
    Subtitle,
    Part,
    Chapter,
    Principle,
    Article,
    Section,
    Subsection,
    Paragraph,
    Subparagraph,
    Clause,
}

/// Whether a title with this head begins at `from`: "Prison Rules 1999", "Public Office (Accountability) Bill".
pub(super) fn is_titled(words: &Words<'_>, from: usize, head: &str) -> bool {
    const LONGEST: usize = 16;
    let goes_on = |w: &usize| {
        words.runs_on(*w)
            && (words.capital(*w)
                || words.has(*w, class::SMALL)
                || words.shape(*w) == Shape::Number
                || words.is_any(*w, &["(", ")", ",", "'s", "’s"]))
    };
    words.capital(from) && (from..from + LONGEST).take_while(goes_on).any(|w| words.str(w) == head)
}

/// The "s." and "ss." of sections.
pub(super) fn is_initial(words: &Words<'_>, at: usize) -> bool {
    words.is_any(at, &["s", "ss"])
}

/// "under s 17", ", s 14(1)": an "s" without a point, where a section may be named.
fn is_bare_initial(words: &Words<'_>, at: usize) -> bool {
    const LEADS: [&str; 16] =
        ["under", "in", "of", "by", "to", "see", "and", "or", "per", "with", "from", "at", "within", "also", "(", ","];
    words.gap(at) <= Gap::Line
        && words.shape(at + 1) == Shape::Number
        && words.gap(at + 1) == Gap::Blank
        && words.is_any(at.wrapping_sub(1), &LEADS)
}

/// Whether an "s" stands where a section is meant: "s. 36(3) of the Fisheries Act", "Human Rights Act 1998, s. 6(1)", "under s 17
/// of the Children Act 1989".
pub(super) fn is_section(page: &Page<'_>, at: usize, end: usize) -> bool {
    let words = &page.words;
    let the = usize::from(words.is(end + 1, "the"));
    let of = words.is_any(end, &["of", "to"]) && (words.is(at + 1, ".") || the > 0 && words.capital(end + 2));
    of || stands_beside_law(page, at) || is_in_brackets(page, at, end)
}

/// "requires sellers to state the face value (s.90(3))", "a late fee (s. 86, Social Insurance Law)": a bracket of its own behind a
/// statute of the same line, or with the statute's title behind it.
fn is_in_brackets(page: &Page<'_>, at: usize, end: usize) -> bool {
    const FAR: usize = 240;
    let words = &page.words;
    if !words.is(at.wrapping_sub(1), "(") {
        return false;
    }
    let titled = || ["Act", "Law", "Code", "Ordinance"].iter().any(|head| is_titled(words, end + 1, head));
    if words.is(end, ",") && words.gap(end) == Gap::None {
        return titled();
    }
    let named = || {
        let (law, _) = page.laws.last()?;
        let gap = words.text.get(law.span.end()..words.start(at)).filter(|gap| gap.len() <= FAR)?;
        let title = &words.text[law.span.range()];
        let statute = title.split([' ', '\n', ',']).any(|word| matches!(word, "Act" | "Law" | "Code" | "Ordinance"));
        (statute && !gap.contains('\n')).then_some(())
    };
    words.is(end, ")") && named().is_some()
}

/// Whether nothing but a comma, a bracket or a chapter number stands between a law and the word: "Buildings Ordinance (Cap. 123), s 14".
pub(super) fn stands_beside_law(page: &Page<'_>, at: usize) -> bool {
    const FAR: usize = 24;
    let words = &page.words;
    let Some((law, _)) = page.laws.last() else { return false };
    let Some(gap) = words.text.get(law.span.end()..words.start(at)).filter(|gap| gap.len() <= FAR) else {
        return false;
    };
    let gap = gap.trim();
    let chapter = gap.strip_prefix("(Cap. ").or_else(|| gap.strip_prefix("(Cap "));
    let chapter = chapter.and_then(|rest| rest.split_once(')')).filter(|(number, _)| number.len() <= 4);
    matches!(chapter.map_or(gap, |(_, behind)| behind.trim()), "" | "," | "(" | "),")
}

pub(super) fn unit(words: &Words<'_>, at: usize) -> Option<Unit> {
    // "Arts. 5 and 6", but the National Endowment for the Arts (NEA)
    if words.str(at).eq_ignore_ascii_case("arts") && !words.has(at, class::UNIT) {
        return None;
    }
    if is_initial(words, at) {
        let numbered = words.is(at + 1, ".") && words.gap(at + 1) == Gap::None && words.shape(at + 2) == Shape::Number;
        let opened = words.gap(at) != Gap::None || words.is(at.wrapping_sub(1), "(");
        let placed = numbered && opened || is_bare_initial(words, at);
        return (words.shape(at) == Shape::Lower && placed).then_some(Unit::Section);
    }
    Some(match words.str(at).to_ascii_lowercase().as_str() {
        "article" | "articles" | "art" | "arts" => Unit::Article,
        "section" | "sections" | "sec" | "secs" | "§" => Unit::Section,
        "subsection" | "subsections" | "sub-section" | "sub-sections" | "subdivision" | "subdivisions" => {
            Unit::Subsection
        }
        "paragraph" | "paragraphs" | "para" | "paras" => Unit::Paragraph,
        "subparagraph" | "subparagraphs" | "sub-paragraph" | "sub-paragraphs" => Unit::Subparagraph,
        "point" | "points" | "clause" | "clauses" | "item" | "items" => Unit::Clause,
        "part" | "parts" => Unit::Part,
        "chapter" | "chapters" => Unit::Chapter,
        "principle" | "principles" => Unit::Principle,
        "schedule" | "schedules" => Unit::Schedule,
        "title" | "titles" => Unit::Title,
        "subtitle" => Unit::Subtitle,
        "division" | "divisions" => Unit::Division,
        "annex" | "annexes" => Unit::Annex,
        _ => return None,
    })
}
