//! Finds references to divisions: Article 8(1), Paragraph 5 of Article 18, section 559 of title V.
//!
//! "the obligations pursuant to Articles 8, 11, 25 to 39 and 42 and 43" is one reference to many articles;
//! "Code of Criminal Procedure Article 31, Section 1" stands behind its law; "subsection (e) of this section"
//! takes the rest from where it stands. A line that begins with "Article 12" or "Sec. 2." is a heading.
//!
//! Always true: one chain of divisions is one mention; the reference names the higher division first.

mod beside;
mod clause;
mod fits;
mod form;
mod heading;
mod numbers;
mod regulation;
mod rule;
#[cfg(test)]
mod tests;
mod unit;

use self::{
    beside::{is_annexed, is_article_of_law, is_defined, names_instrument, read_initials},
    fits::{fits, inherits},
    form::reference,
    heading::{is_heading, of_another_work},
    numbers::{PART, alike, cardinal, continues, joint, label, number, of_glued, ordinal, shared, whole},
    unit::{Unit, is_initial, is_section, stands_beside_law, unit},
};
pub(super) use self::{regulation::read as read_regulation, rule::read as read_rule};
use super::{
    Page, acronym, class,
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

/// A chain of divisions: its words, its parts, and what it says of the place that it leaves out.
struct Chain {
    from: usize,
    to: usize,
    parts: Vec<Part>,
    /// "of this Article", "of the preceding paragraph".
    hangs: Option<Inherits>,
}

/// Reads the chain whose first division word is at `at`; the word behind it.
pub(super) fn read(page: &mut Page<'_>, at: usize) -> Option<usize> {
    let words = &page.words;
    let Chain { from, to, parts, hangs } = chain(page, at)?;
    // California's sections have subdivisions; "subdivision (v) of note 2" is none of an instrument.
    let of_section = parts.iter().any(|p| matches!(p.unit, Unit::Section | Unit::Article));
    if words.is_any(at, &["subdivision", "subdivisions"]) && !of_section && !page.speaks_of_california() {
        return None;
    }
    let inherits = hangs.unwrap_or_else(|| inherits(&parts));
    // "11 (b)", not "11(a) and (b)"
    let spaced = |w: usize| words.is(w, "(") && words.gap(w) != Gap::None && words.shape(w - 1) == Shape::Number;
    // "paragraphs 14–18 of the same resolution" are none of the article before them.
    let same =
        words.is(to, "of") && words.is(to + 1, "the") && words.is(to + 2, "same") && unit(words, to + 3).is_none();
    let inherits = if same { Inherits::Nothing } else { inherits };
    let mut reference = reference(&parts, (from + 1..to).any(spaced));
    let (mut from, first) = (from, parts.first().map(|p| p.unit));
    let bill = clause::of_bill(words, at, to, &parts);
    let inherits = if bill.is_some() { Inherits::Nothing } else { inherits };
    reference = bill.unwrap_or(reference);
    // "Supplement No. 4 to part 744"
    if first == Some(Unit::Part)
        && from > 5
        && words.is(from - 1, "to")
        && words.shape(from - 2) == Shape::Number
        && words.is(from - 3, ".")
        && words.is(from - 4, "No")
        && words.is(from - 5, "Supplement")
    {
        reference = format!("{reference}.supp{}", words.str(from - 2));
        from -= 5;
    }
    // "part 300, subpart E", "subpart E of part 300"
    let lettered = |w: usize| words.shape(w) == Shape::Upper && words.str(w).len() <= 2 && words.gap(w) == Gap::Blank;
    let mut to = to;
    if first == Some(Unit::Part) && parts.len() == 1 && !reference.contains([',', '-']) {
        if words.is(to, ",") && words.is(to + 1, "subpart") && lettered(to + 2) {
            reference = format!("{reference}.subpart{}", words.str(to + 2));
            to += 3;
        } else if from > 2 && words.is(from - 1, "of") && lettered(from - 2) && words.is(from - 3, "subpart") {
            reference = format!("{reference}.subpart{}", words.str(from - 2));
            from -= 3;
        }
    }
    // "requires sellers to state the face value (s.90(3))"
    let enclosed = words.is(from.wrapping_sub(1), "(") && words.is(to, ")");
    let initial = is_initial(words, from) && (enclosed || stands_beside_law(page, from));
    let side = if initial || stands_behind_title(page, from) { Side::Left } else { Side::Right };
    page.add(
        Kind::ArticleRef,
        page.grammar.ids.division,
        from,
        to,
        Value::Article(ArticleRef { reference, side, inherits }),
    );
    read_initials(page, to);
    if matches!(first, Some(Unit::Section | Unit::Article)) {
        acronym::read_of_division(page, to);
    }
    Some(to)
}

fn chain(page: &Page<'_>, at: usize) -> Option<Chain> {
    let words = &page.words;
    let named = part(words, at);
    let spelled = named.is_none() || cardinal(words.str(at + 1)).is_some();
    let (from, first, end) = match named {
        Some((first, end)) => {
            // "s. 36(3) of the Fisheries Act": the letter alone may be a name's.
            if is_initial(words, at) && !is_section(page, at, end) {
                return None;
            }
            if is_heading(words, at, end) && !is_defined(page, end) || of_another_work(words, at, end) {
                return None;
            }
            (at, first, end)
        }
        None => ordinal_part(words, at)?,
    };
    // "chapters 9, 18 and 24 to 26 of the Agreement"
    // "Schedule 4A to, the Leasehold Reform Act 1967"
    let onto = end + 1 + usize::from(words.is(end + 1, ","));
    let named_of = matches!(first.unit, Unit::Chapter | Unit::Part | Unit::Principle | Unit::Schedule | Unit::Annex)
        && words.is_any(end, &["of", "to"])
        && (words.is_any(onto, &["the", "this", "that", "these", "those"])
            && words.has(onto + 1, class::REFERS_CAPITAL)
            && words.capital(onto + 1)
            || names_instrument(page, onto, first.unit))
        // "amending Schedules I and II", "Annexes II and III"
        || matches!(first.unit, Unit::Schedule | Unit::Annex)
            && first.numbers.len() > 1
            && words.capital(at)
            && words.str(at).ends_with('s')
        || matches!(first.unit, Unit::Schedule | Unit::Annex) && is_annexed(page, at, end)
        // "Schedule 2 contains the fees."
        || first.unit == Unit::Schedule && words.capital(at) && regulation::DOES.contains(&words.str(end))
        || first.unit == Unit::Article && is_article_of_law(words, at, end);
    let fits = named_of || fits(words, at, &first);
    if !fits && first.unit < Unit::Article {
        return None;
    }
    let mut chain = Chain { from, to: end, parts: vec![first], hangs: None };
    for _ in 0..6 {
        if !link(words, &mut chain) {
            break;
        }
    }
    // "paragraph two" and "the first paragraph" are said of any text, "item 5" of any list.
    let linked = chain.hangs.is_some()
        || chain.parts.iter().any(|p| matches!(p.unit, Unit::Article | Unit::Section | Unit::Schedule))
            && chain.parts.len() > 1;
    // "mentioned in the first paragraph": of the article at hand.
    let pointed = from < at
        && chain.parts.len() == 1
        && chain.parts[0].unit == Unit::Paragraph
        && words.is(from.wrapping_sub(1), "the")
        && words.is_any(from.wrapping_sub(2), &["of", "in", "under", "by", "to", "with", "and", "or", "from"])
        && !words.is_any(chain.to, &["of", "in"]);
    ((fits && !spelled) || linked || pointed).then_some(chain)
}

/// Takes the next division into the chain, or says that there is none.
fn link(words: &Words<'_>, chain: &mut Chain) -> bool {
    let to = chain.to;
    let comma = words.is(to, ",");
    let glued = of_glued(words.str(to - 1));
    let of = glued || words.is_any(to, &["of", "under"]) || comma && words.is(to + 1, "of");
    // "paragraphs one and two in this Article"
    let within = words.is(to, "in") && words.is(to + 1, "this");
    let next = to + usize::from(comma) + usize::from(of && !glued || within);
    if !(within || comma || of || words.has(next, class::UNIT)) || !words.runs_on(to) {
        return false;
    }
    let lowest = chain.parts.last().map_or(Unit::Annex, |p| p.unit);
    if (of || within)
        && let Some((end, hangs)) = hangs(words, next, &chain.parts)
    {
        (chain.to, chain.hangs) = (end, Some(hangs));
        return false;
    }
    if within {
        return false;
    }
    if of && words.is_any(next, &["this", "that", "the", "such"]) {
        let unit = unit(words, next + 1);
        if words.is(next, "this")
            && unit.is_some_and(|u| u >= Unit::Part && u < Unit::Article && chain.parts.iter().all(|p| p.unit > u))
            && words.shape(next + 1) != Shape::Number
        {
            chain.to = next + 2;
            return false;
        }
        if words.is(next, "the") && words.is(next + 1, "Annex") && words.shape(next + 2) != Shape::Upper {
            chain.to = next + 2;
            chain.parts.push(Part { unit: Unit::Annex, numbers: Vec::new() });
            return false;
        }
    }
    if of && let Some(end) = schedule(words, next, &mut chain.parts) {
        chain.to = end;
        return false;
    }
    // "of the first paragraph", "of the Article 5"
    let the = usize::from(of && words.is(next, "the"));
    let placed = || ordinal_part(words, next + the + 1).filter(|(from, ..)| *from == next + the);
    let numbered = || (the == 0 || unit(words, next + 1) == Some(Unit::Article)).then(|| part(words, next + the))?;
    let Some((mut more, end)) = numbered().or_else(|| placed().map(|(_, more, end)| (more, end))) else { return false };
    // "subparagraph 8 of item 1 under Article 8": some translators call a paragraph so.
    if of && lowest == Unit::Subparagraph && more.unit == Unit::Clause && words.is_any(next, &["item", "items"]) {
        more.unit = Unit::Paragraph;
    }
    // "Section C, point (7), of Annex I"
    let listed = comma && !(of && more.unit == Unit::Annex);
    // "Division 2 of Part III": in acts of the Commonwealth a part has divisions.
    let within_part = of && words.capital(next) && more.unit == Unit::Part && lowest == Unit::Division;
    // "Article 31, Section 1" and "Article 6, Subparagraph 2, Paragraph 1" go on; "Article 3, Article 5" is two.
    if chain.parts.iter().any(|p| p.unit == more.unit)
        || (of && more.unit > lowest && !within_part)
        || (words.is(to, "under") && more.unit != Unit::Article)
        || (listed && more.unit < lowest && more.unit < Unit::Article)
    {
        return false;
    }
    let in_article = more.unit == Unit::Article && lowest > Unit::Section;
    // "Items (1) and (2), paragraph 2, Article 9"
    let upward = (words.is(end, ",") || words.is(end, "of")) && unit(words, end + 1) == Some(Unit::Article);
    if listed && more.unit < lowest && chain.parts.len() == 1 && !words.capital(next) && !in_article && !upward {
        return false;
    }
    // "Articles 36 to 40, Paragraph 1 of Article 41" are two.
    let mut lower = end;
    for _ in 0..3 {
        // "Article 13, Paragraph 1, Paragraph 2 of Article 16": the second paragraph opens the next reference.
        let lower_part = |next: &Part| next.unit > Unit::Section && next.unit != more.unit;
        match part(words, lower + 1).filter(|(next, _)| words.is(lower, ",") && lower_part(next)) {
            Some((_, to)) => lower = to,
            None => break,
        }
    }
    let of_another = words.is(lower, "of")
        && unit(words, lower + 1 + usize::from(words.is(lower + 1, "the"))) == Some(Unit::Article)
        && chain.parts.iter().any(|p| p.unit == Unit::Article);
    if comma && of_another {
        return false;
    }
    chain.parts.push(more);
    chain.to = end;
    true
}

/// "this Article", "the preceding paragraph" at `at`: its end, and what the parts take from there.
fn hangs(words: &Words<'_>, at: usize, parts: &[Part]) -> Option<(usize, Inherits)> {
    let before = ["preceding", "previous", "foregoing"];
    let own = words.is(at, "this");
    // "paragraph (b) of that subsection", "Paragraph 2 of the same article"
    let same = usize::from(words.is(at, "the") && words.is(at + 1, "same"));
    if (words.is(at, "that") || same > 0)
        && let Some(unit @ (Unit::Article | Unit::Section | Unit::Subsection | Unit::Paragraph)) =
            unit(words, at + same + 1)
        && parts.iter().all(|p| p.unit > unit)
        && words.gap(at + same + 1) <= Gap::Line
        && number(words, at + same + 2, unit).is_none()
    {
        return Some((at + same + 2, Inherits::Article));
    }
    let mut from = at + 1 + usize::from(words.is(at + 1, "immediately"));
    if !own {
        if !words.is(at, "the") || !words.is_any(from, &before) {
            return None;
        }
        from += 1;
    }
    // "of the preceding two paragraphs"
    let several = !own && cardinal(words.str(from)).is_some();
    from += usize::from(several);
    let unit = unit(words, from)?;
    if parts.iter().any(|p| p.unit <= unit)
        || !matches!(unit, Unit::Article | Unit::Section | Unit::Subsection | Unit::Paragraph)
        || words.gap(from) > Gap::Line
        // "of this section 2 years after": what follows "this section" is no number of it.
        || !own && number(words, from + 1, unit).is_some_and(|_| words.gap(from + 1) <= Gap::Blank)
    {
        return None;
    }
    let within = unit > Unit::Section;
    let inherits = match (own, several) {
        (true, _) if within => Inherits::OwnParagraph,
        (true, _) | (_, true) => Inherits::OwnArticle,
        _ if within => Inherits::PreviousParagraph,
        _ => Inherits::PreviousArticle,
    };
    Some((from + 1, inherits))
}

/// "the schedule", "Schedule II" at `at`; the word behind it.
fn schedule(words: &Words<'_>, at: usize, parts: &mut Vec<Part>) -> Option<usize> {
    let at = at + usize::from(words.is(at, "the"));
    if !words.is(at, "schedule") || parts.iter().any(|p| p.unit <= Unit::Schedule) {
        return None;
    }
    let numbered = number(words, at + 1, Unit::Chapter).filter(|_| words.gap(at + 1) == Gap::Blank);
    if numbered.is_none() && !words.is(at.wrapping_sub(1), "the") {
        return None;
    }
    let numbers = numbered.map(|end| label(words, at + 1, end)).into_iter().collect();
    parts.push(Part { unit: Unit::Schedule, numbers });
    Some(numbered.unwrap_or(at + 1))
}

/// "first paragraph", "1st and 2nd Paragraphs" before the division word at `at`: where it begins, the part, the word behind it.
fn ordinal_part(words: &Words<'_>, at: usize) -> Option<(usize, Part, usize)> {
    let before = at.checked_sub(1)?;
    let unit = unit(words, at).filter(|u| *u > Unit::Section)?;
    let place = ordinal(words.str(before)).filter(|_| words.gap(at) != Gap::Paragraph)?;
    let joined = before >= 2 && words.is_any(before - 1, &["and", "or"]);
    let first = before.checked_sub(2).filter(|_| joined).and_then(|at| Some((at, ordinal(words.str(at))?)));
    let (from, numbers) = match first {
        Some((from, first)) => (from, vec![first.to_string(), place.to_string()]),
        None => (before, vec![place.to_string()]),
    };
    Some((from, Part { unit, numbers }, at + 1))
}

/// A unit with its numbers, and the word behind them.
fn part(words: &Words<'_>, at: usize) -> Option<(Part, usize)> {
    let unit = unit(words, at)?;
    let plural = words.str(at).ends_with(['s', 'S']);
    let mut from = at + 1;
    if words.is_any(at, &["sec", "secs", "art", "arts", "para", "paras", "s", "ss"]) && words.is(from, ".") {
        from += 1;
    }
    while words.is(at, "§") && words.is(from, "§") {
        from += 1;
    }
    // "as set out in this Part" over "(a) …" is no Part (a).
    // … but "subsections" over "(d) through (f)" is where a line ended.
    let cut = unit >= Unit::Subsection
        && words.shape(at) == Shape::Lower
        && words.gap(from) == Gap::Line
        && words
            .is_any(at.wrapping_sub(1), &["in", "of", "under", "by", "to", "and", "or", "with", "from", "than", "as"]);
    if words.gap(from) == Gap::Paragraph
        || words.is(from, "(") && words.gap(from) >= Gap::Line && !cut
        || (words.gap(from) == Gap::None && !words.is(at, "§") && !words.is(from - 1, "."))
    {
        return None;
    }
    // "Chapter VI of Part Seven"
    let named = matches!(unit, Unit::Part | Unit::Chapter) && words.capital(at) && words.capital(from);
    let spelled = (unit > Unit::Section || named) && cardinal(words.str(from)).is_some();
    let number = |at: usize| {
        let digits = number(words, at, unit);
        digits.or_else(|| (spelled && cardinal(words.str(at)).is_some()).then_some(at + 1))
    };
    let (mut numbers, mut to) = (Vec::new(), number(from)?);
    // "Section 12-345 of the Code of Virginia" is one.
    let of_code = unit == Unit::Section
        && !plural
        && words.is(to, "of")
        && words.is(to + 1, "the")
        && words.is(to + 2, "Code")
        && words.is(to + 3, "of");
    let first = label(words, from, to);
    numbers.push(if of_code { first.replace('-', PART.encode_utf8(&mut [0; 4])) } else { whole(unit, first) });
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
        let Some(end) = number(next) else { break };
        // "parts 60 and 63, and 50 CFR part 222": the next number opens a citation.
        if words.is_any(end, &["CFR", "C.F.R.", "U.S.C.", "USC"]) {
            break;
        }
        // "(a) and (b)" continue the number before them; "11(1) or 12(1)" are two; "section 4, 2005" is none.
        if !plural && !bracket && !continues(words, to, next, end, (from, unit, numbers.len())) {
            break;
        }
        if bracket && !range && !words.is(from, "(") && words.gap(next) == Gap::None {
            break;
        }
        // "subsections 4(1) to (3)" is s4(1)-(3).
        let text = label(words, next, end);
        let shares = if words.is(from, "(") {
            !range && alike(numbers.last(), &text)
        } else {
            !(range && unit >= Unit::Article)
        };
        let text = if bracket && shares { shared(numbers.last(), &text) } else { whole(unit, text) };
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

/// "Code of Criminal Procedure Article 31": the title ends right before the division.
fn stands_behind_title(page: &Page<'_>, at: usize) -> bool {
    let words = &page.words;
    let before = at.wrapping_sub(1);
    let start = words.start(at);
    words.gap(at) == Gap::Blank
        && (words.capital(before)
            && page.laws.last().is_some_and(|(law, _)| law.span.end() < start && start - law.span.end() <= 2))
}
