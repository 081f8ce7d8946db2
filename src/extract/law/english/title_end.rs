//! Where a title ends behind its head: a year, an edition, a country, a bracket.
//!
//! "Trade Act of 1974", "Canada Shipping Act, 2001", "Interim Measures (for Trial Implementation)" and "Data
//! Security Law of the People's Republic of China" go on behind Act, Measures and Law.
//!
//! Always true: the end lies at or behind the head, and never beyond the paragraph.

use super::{
    Page, class,
    words::{Gap, Shape, Words},
};

/// End of the title behind a year, a country, an edition: ` of 2014`, `, 2001`, ` (FISMA) of 2014`,
/// ` of the People's Republic of China`, ` (for Trial Implementation)`.
pub(super) fn suffix(page: &Page<'_>, head: usize, end: usize) -> usize {
    let words = &page.words;
    let statute = words.has(head, class::STATUTE);
    let mut end = end;
    for _ in 0..4 {
        let next = if !words.runs_on(end) {
            None
        } else if statute && words.str(end) == "Amendments" && words.is(end + 1, "of") && is_year(words, end + 2) {
            // "Clean Air Act Amendments of 1990"
            Some(end + 3)
        } else if words.is(end, "of") && is_year(words, end + 1) {
            Some(end + 2)
        } else if statute
            && words.is(end, ",")
            && words.gap(end) == Gap::None
            && is_year(words, end + 1)
            && !words.is(end + 2, "c")
            // "China's Noise Law, 2022–2024" says when.
            && !(matches!(words.str(end + 2), "–" | "-" | "—") && is_year(words, end + 3))
            && !(words.is(end + 2, ",") && words.is(end + 3, "c"))
        {
            Some(end + 2)
        } else if words.is_any(head, &["Rules", "Regulations", "Order"])
            && words.is(end, ",")
            && words.gap(end) == Gap::None
            && is_year(words, end + 1)
            && words.is(end - 1, words.str(head))
            && (words.shape(end + 2) == Shape::Mark && !words.is(end + 2, "-")
                || words.has(end + 2, class::SMALL)
                || words.is_any(end + 2, &GOES_ON)
                || words.gap(end + 2) >= Gap::Line)
        {
            // "the Consumer Protection (Mediation) Rules, 2020"
            Some(end + 2)
        } else if (statute || words.str(head) == "Bill" || is_british(words, head, end))
            && words.gap(end) == Gap::Blank
            && is_year(words, end)
            && words.is(end - 1, words.str(head))
        {
            Some(end + 1)
        } else if words.is_any(end - 1, &["Day", "Week", "Month"])
            && words.is(end, ",")
            && words.gap(end) == Gap::None
            && is_year(words, end + 1)
        {
            // "Proclamation on National Cybersecurity Awareness Month, 2024"
            Some(end + 2)
        } else if words.is(end, "for")
            && words.is_any(end + 1, &["Fiscal"])
            && words.is_any(end + 2, &["Year", "Years"])
            && is_year(words, end + 3)
        {
            Some(end + 4)
        } else if words.is(end, ",")
            && words.is(end + 1, "No")
            && words.is(end + 2, ".")
            && words.shape(end + 3) == Shape::Number
            && words.str(end + 3).len() < 3
        {
            // "Retirement Compensation Arrangements Regulations, No. 1"
            Some(end + 4)
        } else if words.is(end, "(") {
            bracket(words, head, end)
        } else {
            None
        };
        // "Computer Misuse Act 1990 of the United Kingdom" ends with its year; "of the People's Republic of China" belongs.
        let complete = end > head + 1 && is_year(words, end - 1);
        let country = country(page, end).filter(|&to| !complete || words.is(to - 1, "China"));
        match next.or(country) {
            Some(to) => end = to,
            None => break,
        }
    }
    end
}

/// `(Draft)`, `(2020-2025)`, `(No. 2)`; `(FISMA)` only with a year behind it.
fn bracket(words: &Words<'_>, head: usize, open: usize) -> Option<usize> {
    let close = words.closing(open, 9)?;
    let inside = open + 1..close;
    if inside.is_empty() {
        return None;
    }
    // "Interpretation … of Labor Dispute Cases (II)", "Special Administrative Measures … (Negative List)"
    let counted = close == open + 2
        && words.shape(open + 1) == Shape::Upper
        && words.str(open + 1).bytes().all(|b| b"IVX".contains(&b))
        && words.is_any(head, &["Interpretation", "Interpretations", "Provisions", "Opinions", "Amendment"]);
    if counted || close == open + 3 && words.str(open + 1) == "Negative" && words.str(open + 2) == "List" {
        return Some(close + 1);
    }
    // "(as amended)", "(revised in 2019)" tell of the act and are none of its name.
    let told = inside.clone().any(|w| words.is_any(w, &["as", "in", "on", "by"]) && !words.capital(w));
    if !told
        && inside.clone().any(|w| words.has(w, class::EDITION))
        && inside
            .clone()
            .all(|w| words.capital(w) || words.has(w, class::EDITION | class::SMALL) || words.shape(w) == Shape::Number)
    {
        return Some(close + 1);
    }
    if words.is(open + 1, "No") && words.shape(close - 1) == Shape::Number && close - open <= 5 {
        return Some(close + 1);
    }
    if inside
        .clone()
        .all(|w| is_year(words, w) || matches!(words.str(w), "-" | "–" | "—" | "to") || is_years(words.str(w)))
    {
        return Some(close + 1);
    }
    (close == open + 2
        && words.shape(open + 1) == Shape::Upper
        && words.is(close + 1, "of")
        && is_year(words, close + 2))
    .then_some(close + 1)
}

/// How a sentence goes on behind the year of a title.
const GOES_ON: [&str; 49] = [
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "shall",
    "should",
    "apply",
    "have",
    "may",
    "applies",
    "prohibit",
    "specify",
    "require",
    "provide",
    "set",
    "make",
    "came",
    "come",
    "define",
    "impose",
    "allow",
    "permit",
    "cover",
    "implement",
    "introduce",
    "establish",
    "amend",
    "revoke",
    "replace",
    "contain",
    "give",
    "extend",
    "enable",
    "must",
    "will",
    "had",
    "has",
    "can",
    "also",
    "transpose",
    "prescribe",
    "remains",
    "continues",
    "includes",
    "entered",
    "took",
    "being",
];

/// "Money Laundering Regulations 2017": the year of an instrument of the United Kingdom, and no count of what follows.
fn is_british(words: &Words<'_>, head: usize, end: usize) -> bool {
    // "the Biosecurity Regulation 2016" of Australia
    let one = words.is(head, "Regulation") && !words.is(end + 1, "/") && !words.is(end + 1, ",");
    (words.is_any(head, &["Regulations", "Rules", "Determination"])
        || one
        || words.is(head, "Order") && words.is(head.wrapping_sub(1), ")"))
        && words.capital(head)
        && words.capital(head.wrapping_sub(1)) | words.is(head.wrapping_sub(1), ")")
        && !(words.capital(end + 1) && words.gap(end + 1) < Gap::Line)
        && (words.shape(end + 1) == Shape::Mark
            || words.gap(end + 1) >= Gap::Line
            || words.has(end + 1, class::SMALL)
            // "in 2019 cases rose": what the year would count is a plural.
            || words.shape(end + 1) == Shape::Lower && !words.str(end + 1).ends_with('s')
            || words.is_any(end + 1, &GOES_ON))
}

fn is_year(words: &Words<'_>, at: usize) -> bool {
    let word = words.str(at);
    word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1700..2100).contains(&y))
}

/// `2020-2025`
fn is_years(word: &str) -> bool {
    word.len() == 9 && word.split_once('-').is_some_and(|(a, b)| a.parse::<u32>().is_ok() && b.parse::<u32>().is_ok())
}

/// Behind ` of the People's Republic of China`.
fn country(page: &Page<'_>, end: usize) -> Option<usize> {
    let words = &page.words;
    if !words.is(end, "of") {
        return None;
    }
    let from = end + 1 + usize::from(words.is(end + 1, "the"));
    page.grammar
        .places
        .iter()
        .filter(|place| place.iter().enumerate().all(|(i, part)| same(words.str(from + i), part)))
        .map(|place| from + place.len())
        .max()
        .filter(|to| {
            !words.capital(*to) || words.gap(*to) == Gap::Paragraph || words.has(*to, class::OPENER | class::UNIT)
        })
}

fn same(word: &str, part: &str) -> bool {
    word == part || (part == "'s" && word == "’s")
}
