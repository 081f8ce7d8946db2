//! What stands beside a division and makes it a reference: "breached art. 6 GDPR", "Article 2(2) PQL defines", "Art. 8 LCL".
//!
//! Writers abbreviate the division in small letters and the law by its first letters, which the text may have defined or not.
//!
//! Always true: a word that is no name of a law beside it makes no reference.

use super::{
    super::{
        Page, class,
        words::{Gap, Shape, Words},
    },
    Unit,
    regulation::DOES,
};
use crate::{extract::mention::Value, value::Kind};

/// So many laws back an abbreviation may point.
const LAWS: usize = 60;

/// Whether a law stands right behind or right before "art. 6", which the words `at..end` are.
pub(super) fn is_article_of_law(words: &Words<'_>, at: usize, end: usize) -> bool {
    if words.str(at) != "art" || !words.is(at + 1, ".") || words.gap(at + 2) > Gap::Blank {
        return false;
    }
    let short = |w: usize| words.shape(w) == Shape::Upper && words.str(w).len() > 1;
    // "art. 11(1)(e) new PLD"
    let anew = words.is_any(end, &["new", "revised", "old"]) && short(end + 1);
    let behind = words.gap(end) == Gap::Blank && (anew || short(end) || words.is(end, "of") && of_law(words, end + 1));
    let before = at.checked_sub(1).filter(|_| words.gap(at) == Gap::Blank);
    behind
        || before.is_some_and(|w| {
            is_behind_history(words, w)
                || words.shape(w) == Shape::Upper && words.has(w, class::KNOWN)
                || words.capital(w) && words.has(w, class::HEAD)
                || words.is(w, "&")
                || words.is_any(w, &["and", "or"]) && words.shape(w.wrapping_sub(1)) == Shape::Number
        })
}

/// "Labor Law (promulgated July 5, 1994, effective Jan. 1, 1995) art. 44.": whether the bracket that closes here tells the history of the
/// law before it.
fn is_behind_history(words: &Words<'_>, close: usize) -> bool {
    const LONGEST: usize = 40;
    const TOLD: [&str; 8] =
        ["promulgated", "adopted", "passed", "enacted", "issued", "effective", "amended", "revised"];
    if !words.is(close, ")") {
        return false;
    }
    let open = (close.saturating_sub(LONGEST)..close).rev().find(|&w| words.is(w, "("));
    open.is_some_and(|open| {
        let law = open.wrapping_sub(1);
        (open + 1..close).any(|w| words.is_any(w, &TOLD)) && words.capital(law) && words.has(law, class::HEAD)
    })
}

/// "the Patent Law", "GDPR", "Directive 95/46/EC"
fn of_law(words: &Words<'_>, at: usize) -> bool {
    const FAR: usize = 12;
    let at = at + usize::from(words.is(at, "the"));
    let at = at + 2 * usize::from(matches!(words.str(at + 1), "'s" | "’s"));
    let title = |w: &usize| words.capital(*w) || words.has(*w, class::SMALL) || words.shape(*w) == Shape::Number;
    words.shape(at) == Shape::Upper && words.str(at).len() > 1
        || words.capital(at) && (at..at + FAR).take_while(title).any(|w| words.capital(w) && words.has(w, class::HEAD))
}

/// Whether the word `at` is a short form that the text has defined behind a law's name.
pub(super) fn is_defined(page: &Page<'_>, at: usize) -> bool {
    let word = page.words.str(at);
    page.words.shape(at) == Shape::Upper && page.words.gap(at) == Gap::Blank && { page.laws.iter().rev().take(LAWS) }
        .any(|(law, _)| matches!(&law.value, Value::Law(name) if name.defines.iter().any(|short| short == word)))
}

/// "Art. 8 LCL": the law named before whose first letters the word behind the division is.
pub(super) fn read_initials(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let word = words.str(at);
    if words.shape(at) != Shape::Upper
        || words.gap(at) != Gap::Blank
        || !(3..=6).contains(&word.len())
        || !word.bytes().all(|b| b.is_ascii_uppercase())
        || is_defined(page, at)
        || page.grammar.known.names(words, at) && word.len() > 3
    {
        return;
    }
    let initials = |title: &str| {
        let title = title.split(" of the People's Republic").next().unwrap_or(title);
        let mut letters = word.bytes();
        title
            .split([' ', '-'])
            .filter_map(|part| part.bytes().next())
            .filter(u8::is_ascii_uppercase)
            .all(|first| letters.next() == Some(first))
            && letters.next().is_none()
    };
    let found = page.laws.iter().rev().take(LAWS).find_map(|(law, _)| match &law.value {
        Value::Law(name) if name.title.contains(' ') && initials(&name.title) => Some((name.title.clone(), name.row)),
        _ => None,
    });
    let Some((title, row)) = found else { return };
    page.add_law(page.grammar.ids.title, at, at + 1, None);
    if let Some((law, _)) = page.laws.last_mut()
        && let Value::Law(name) = &mut law.value
    {
        (name.title, name.row) = (title, row);
    }
}

/// "Annex I and Annex II to this proclamation", "(see A/80/602, annex II)": one annex goes on from another, or a document stands before.
pub(super) fn is_annexed(page: &Page<'_>, at: usize, end: usize) -> bool {
    let words = &page.words;
    if !words.is_any(at, &["Annex", "Annexes"]) || words.shape(at + 1) != Shape::Upper {
        return is_led_to(words, at, end);
    }
    let before = page.others.last().is_some_and(|m| {
        let gap = words.text.get(m.span.end()..words.start(at)).map(str::trim);
        match &m.value {
            Value::Article(article) => {
                words.capital(at)
                    && article.reference.contains("annex")
                    && matches!(gap, Some("," | "and" | "or" | ", and"))
            }
            Value::Norm(_) => m.kind == Kind::DocNumber && gap == Some(","),
            _ => false,
        }
    });
    let mut to = end;
    for _ in 0..4 {
        let next = to + usize::from(words.is(to, ",")) + usize::from(words.is_any(to, &["and", "or"]));
        if next == to || !words.is(next, "Annex") || words.shape(next + 1) != Shape::Upper {
            break;
        }
        to = next + 2;
    }
    // "Annex III lists the systems", "in accordance with Annex III" in a text of the Union
    let lists = words.capital(at) && words.gap(end) == Gap::Blank && DOES.contains(&words.str(end));
    let of_union = words.capital(at)
        && words.is_any(at.wrapping_sub(1), &["in", "to", "under", "by", "with", "from"])
        && !words.is(end, "below")
        && page.speaks_of_union();
    before || lists || of_union || is_led_to(words, at, to) || is_led_to(words, at, end)
}

/// "Annex I, Part A, point 3", "Schedule 2, Part 1, paragraph 3(a)": a lower division follows behind the comma; "set out in Annex I":
/// it is said what the annex does.
fn is_led_to(words: &Words<'_>, at: usize, end: usize) -> bool {
    const LOWER: [&str; 8] = ["Part", "Chapter", "Section", "point", "points", "paragraph", "paragraphs", "Title"];
    const DONE: [&str; 10] = [
        "set",
        "listed",
        "referred",
        "specified",
        "laid",
        "included",
        "contained",
        "described",
        "mentioned",
        "defined",
    ];
    if !words.capital(at) {
        return false;
    }
    let number = |w: usize| matches!(words.shape(w), Shape::Number | Shape::Upper) || words.is(w, "(");
    if words.is(end, ",") && words.is_any(end + 1, &LOWER) && number(end + 2) && words.gap(end + 2) == Gap::Blank {
        return true;
    }
    let from = at.wrapping_sub(1);
    let lead = from.wrapping_sub(1 + usize::from(words.is_any(from.wrapping_sub(1), &["out", "down", "forth"])));
    // "Annex I to this proclamation"
    let owned = words.is_any(end, &["to", "of"]) && words.is_any(end + 1, &["this", "that"]);
    words.is_any(at, &["Annex", "Annexes"])
        && words.shape(at + 1) == Shape::Upper
        && (owned || words.is_any(from, &["in", "to"]) && words.is_any(lead, &DONE))
}

/// Whether an instrument is named from `at`: one of the registry ("chapter 13 of Agenda 21"), for schedules also any title.
pub(super) fn names_instrument(page: &Page<'_>, at: usize, unit: Unit) -> bool {
    const FAR: usize = 14;
    let words = &page.words;
    let at = at + usize::from(words.is(at, "the"));
    // "Annex II to Regulation (EU) 2019/1020"
    if unit == Unit::Annex && words.has(at, class::UNION) && words.capital(at) && !words.capital(at + 1) {
        return true;
    }
    if !matches!(unit, Unit::Schedule | Unit::Annex) {
        return words.capital(at) && page.grammar.known.names_treaty(words, at);
    }
    let title = |w: &usize| {
        words.runs_on(*w)
            && (words.capital(*w)
                || words.has(*w, class::SMALL)
                || words.shape(*w) == Shape::Number
                || words.is_any(*w, &["(", ")", "'s", "’s"]))
    };
    words.capital(at) && (at..at + FAR).take_while(title).any(|w| words.has(w, class::HEAD) && words.capital(w))
}
