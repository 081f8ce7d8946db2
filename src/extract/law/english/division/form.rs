//! Writes a chain of divisions as a reference: a18.p5, a57.p3,p5, divF.titleV.s559, s307(c)(3).
//!
//! "Paragraph 5 of Article 18" and "Article 18, paragraph 5" are one place. What stands in brackets behind an article is a
//! paragraph or an item of it; behind a section it stays as it is written.
//!
//! Always true: the higher division comes first.

use super::{Part, Unit, numbers::PART};
use crate::extract::law::wording::{roman, small_roman};

/// The wire form: `a18.p5`, `a57.p3,p5`, `divF.titleV.s559`, `s307(c)(3)`; `spaced` says that a blank stands before a bracket.
pub(super) fn reference(parts: &[Part], spaced: bool) -> String {
    let mut sorted: Vec<&Part> = parts.iter().collect();
    // A division is above the titles of an act of the United States, and below the parts of one of Canada.
    let titled = parts.iter().any(|p| p.unit == Unit::Title);
    let rank = |unit: Unit| if unit == Unit::Division && !titled { (Unit::Part, 1) } else { (unit, 0) };
    sorted.sort_by_key(|p| rank(p.unit));
    let in_article = sorted.iter().any(|p| p.unit == Unit::Article);
    // "Section C, point (7), of Annex I"
    let annex = parts.iter().any(|p| p.unit == Unit::Annex);
    let annexed = |part: &Part| annex && part.unit == Unit::Clause;
    let mut out = String::new();
    for part in sorted {
        // "subsections (a) and (b) of section 553": the section belongs to each.
        let brackets = part.unit > Unit::Section
            && part.numbers.iter().all(|n| n.starts_with('('))
            && !in_article
            && !annexed(part);
        if brackets {
            let stem = out.clone();
            out = part.numbers.iter().map(|n| format!("{stem}{n}")).collect::<Vec<_>>().join(",");
            continue;
        }
        // "section 52, subsections 67(2) and (3)": those of another section stand beside it.
        let place = parts.iter().position(|p| p.unit == part.unit).unwrap_or(0);
        // "subsection 5.1(1) or (2), paragraph 5.2(a)"
        let numbered =
            part.unit > Unit::Subsection && part.numbers.iter().all(|n| !n.starts_with('(') && n.contains('('));
        let beside = !in_article
            && (is_whole(part) && parts[..place].iter().any(|p| p.unit == Unit::Section || is_whole(p))
                || numbered && parts[..place].iter().any(is_whole));
        if !out.is_empty() {
            out.push(if beside { ',' } else { '.' });
        }
        // "paragraphs 4 and 11 (b) of its resolution": paragraphs of their own, with items.
        let lettered = |n: &String| {
            n.split_once('(')
                .is_some_and(|(main, rest)| !main.is_empty() && rest.starts_with(|c: char| c.is_ascii_lowercase()))
        };
        let resolution = part.unit == Unit::Paragraph
            && part.numbers.iter().any(lettered)
            && part.numbers.iter().all(|n| !n.contains('(') || lettered(n))
            && (spaced || part.numbers.iter().any(|n| !n.contains('(')));
        let within = in_article || resolution || annexed(part);
        let counted = if in_article { beside_roman(&part.numbers) } else { part.numbers.clone() };
        let numbers: Vec<String> = counted.iter().map(|n| division(part.unit, n, within)).collect();
        match (part.unit, numbers.is_empty()) {
            (Unit::Schedule, true) => out.push_str("sch"),
            (_, true) => out.push_str("annex"),
            _ => out.push_str(&numbers.join(",")),
        }
    }
    out.replace(PART, "-")
}

/// Whether a part below the section names its section itself: subsection 67(2), paragraph 12(1)(b).
fn is_whole(part: &Part) -> bool {
    let least = match part.unit {
        Unit::Subsection => 1,
        Unit::Paragraph | Unit::Subparagraph | Unit::Clause => 2,
        _ => return false,
    };
    part.numbers.iter().any(|n| n.matches('(').count() >= least) && part.numbers.iter().all(|n| !n.starts_with('('))
}

fn division(unit: Unit, number: &str, in_article: bool) -> String {
    if unit == Unit::Article
        && let Some((low, high)) = inserted_range(number)
    {
        return format!("a{low}-a{high}");
    }
    if let Some((low, high)) = number.split_once('-')
        && !low.is_empty()
        && (unit != Unit::Article || is_range(low, high))
        // "Annex 18-E" is one.
        && (unit != Unit::Annex || high.len() != 1 || high.bytes().all(|b| b.is_ascii_digit()) == low.bytes().all(|b| b.is_ascii_digit()))
        && (high.starts_with(|c: char| c.is_ascii_alphanumeric()) || in_article && high.starts_with('('))
    {
        // "Article 5(1) to (4)" is a5.p1-p4, "Article 89(1)(i)-(iii)" a89.p1.i1-i3.
        if unit == Unit::Article && high.starts_with('(') {
            let low = article(low);
            let at = low.rfind('.').map_or(0, |dot| dot + 1);
            let letter = low.get(at..=at).unwrap_or_default().to_owned();
            let high = high.trim_matches(['(', ')']);
            // "(i)-(iii)" counts from the first to the third.
            let low = match (small_roman(high), low[..at + letter.len()].to_owned(), &low[at + letter.len()..]) {
                (Some(_), stem, "i") => format!("{stem}1"),
                (Some(_), stem, "v") => format!("{stem}5"),
                _ => low,
            };
            let high = high.split(")(").map(item).collect::<Vec<_>>().join(".i");
            return format!("{low}-{letter}{high}");
        }
        return format!("{}-{}", division(unit, low, in_article), division(unit, high, in_article));
    }
    let letter = match unit {
        Unit::Annex => "annex",
        Unit::Schedule => "sch",
        Unit::Division => "div",
        Unit::Title => "title",
        Unit::Subtitle => "subtitle",
        Unit::Part => "part",
        Unit::Chapter => "ch",
        Unit::Principle => "principle",
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
    // "Schedule C" and "Part D" have letters.
    let letter_alone = number.len() == 1 && !matches!(number, "I" | "V" | "X");
    let plain = if matches!(unit, Unit::Part | Unit::Chapter | Unit::Schedule) && !letter_alone {
        roman(number).map_or_else(|| number.to_owned(), |n| n.to_string())
    } else {
        number.to_owned()
    };
    if !in_article || !matches!(unit, Unit::Paragraph | Unit::Subparagraph | Unit::Clause) {
        return format!("{letter}{plain}");
    }
    // "Article 2, paragraph 1(a)" has an item of the paragraph.
    match plain.split_once('(').filter(|(main, _)| !main.is_empty()) {
        Some((main, rest)) => {
            let items: Vec<String> = rest.trim_end_matches(')').split(")(").map(item).collect();
            format!("{letter}{main}.i{}", items.join(".i"))
        }
        None => format!("{letter}{}", item(&plain.replace(['(', ')'], ""))),
    }
}

/// "Articles 319-1 to 319-4", "Articles 5-1 through 6": a range from or to an article that was put in.
fn inserted_range(number: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = number.split('-').collect();
    let plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(plain) {
        return None;
    }
    match parts[..] {
        [a, b, c, d] => Some((format!("{a}-{b}"), format!("{c}-{d}"))),
        // Of 5-6-1 the second is above the first, of 5-1-6 the third is above it.
        [a, b, c] if is_range(a, b) => Some((a.to_owned(), format!("{b}-{c}"))),
        [a, b, c] => Some((format!("{a}-{b}"), c.to_owned())),
        _ => None,
    }
}

/// "Articles 13-16" is a range, "Article 65-1" an article that was put in behind Article 65.
fn is_range(low: &str, high: &str) -> bool {
    match (low.parse::<u32>(), high.parse::<u32>()) {
        (Ok(low), Ok(high)) => low < high,
        (Err(_), Ok(_)) => !low.contains('.'),
        _ => true,
    }
}

/// Marks of "i" and "v" that are told to be numbers, and these.
const FIRST: [(&str, &str); 2] = [("\u{2160}", "1"), ("\u{2164}", "5")];

/// A label of an item: `2` of "ii", so that "iii" is not read for the second.
fn item(label: &str) -> String {
    if let Some((_, number)) = FIRST.iter().find(|(mark, _)| *mark == label) {
        return (*number).to_owned();
    }
    small_roman(label).map_or_else(|| label.to_owned(), |number| number.to_string())
}

/// "(i)" beside "(ii)" is the first, though alone it may be a letter.
fn beside_roman(numbers: &[String]) -> Vec<String> {
    let last = |number: &str| number.trim_end_matches(')').rsplit('(').next().unwrap_or_default().to_owned();
    if !numbers.iter().any(|number| small_roman(&last(number)).is_some()) {
        return numbers.to_vec();
    }
    let counted = |number: &String| match (number.strip_suffix("(i)"), number.strip_suffix("(v)")) {
        (Some(stem), _) => format!("{stem}({})", FIRST[0].0),
        (_, Some(stem)) => format!("{stem}({})", FIRST[1].0),
        _ => number.clone(),
    };
    numbers.iter().map(counted).collect()
}

/// `8(1)(b)`: article, paragraph, item.
fn article(number: &str) -> String {
    // "Article VI:2"
    if let Some((article, paragraph)) = number.split_once(':') {
        return format!("{}.p{paragraph}", self::article(article));
    }
    let number = match number.split_once('(') {
        Some((main, rest)) => {
            let mut out = format!("a{}", roman(main).map_or_else(|| main.to_owned(), |n| n.to_string()));
            for (i, part) in rest.trim_end_matches(')').split(")(").enumerate() {
                let letter = if i == 0 && part.starts_with(|c: char| c.is_ascii_digit()) { ".p" } else { ".i" };
                out.push_str(letter);
                out.push_str(&item(part));
            }
            return out;
        }
        None => number,
    };
    format!("a{}", roman(number).map_or_else(|| number.to_owned(), |n| n.to_string()))
}
