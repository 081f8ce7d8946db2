//! Finds the numbers of documents: Executive Order 14024, Public Law 117-167, H.R. 1192, Order No. 273.
//!
//! "Executive Order 14257 of April 2, 2025 (Regulating Imports With a Reciprocal Tariff to Rectify Trade
//! Practices …)" gives the number, and in brackets the title of the same order. Numbers of Chinese bodies
//! have one normal form in both languages: State Council Order No. 273 is 国务院令第273号.
//!
//! Always true: numbers joined behind one issuing word are one mention, with commas alone between them.

use super::{
    Page, act_number, body, class, court,
    dated::{adopted_resolution, dated_numbers, dated_resolutions},
    filed, issued,
    order_title::title_in_brackets,
    romanised, series, taiwan,
    unmarked::unmarked,
    words::{Gap, Shape, Words},
};
use crate::{extract::mention::Value, value::Kind};

/// Reads a document number whose issuing word is at `at`; the word behind it.
pub(super) fn read(page: &mut Page<'_>, at: usize) -> Option<usize> {
    adopted_resolution(page, at);
    let found = executive_order(page, at)
        .or_else(|| public_law(page, at))
        .or_else(|| proclamation(page, at))
        .or_else(|| bill(page, at))
        .or_else(|| circular(page, at))
        .or_else(|| series::read(&page.words, at))
        .or_else(|| romanised::read(&page.words, at, &page.grammar.romanised))
        .or_else(|| body::sounded(page, at))
        .or_else(|| californian(page, at))
        .or_else(|| filed::read(&page.words, at))
        .or_else(|| court::read(&page.words, at))
        .or_else(|| taiwan::read(page, at))
        .or_else(|| taiwan::read_series(page, at))
        .or_else(|| act_number::read(&page.words, at))
        .or_else(|| serial(page, at))
        .or_else(|| issued::read(page, at))?;
    page.add(Kind::DocNumber, page.grammar.ids.number, found.from, found.to, Value::Norm(found.norm.clone()));
    if found.titled {
        title_in_brackets(page, found.to, Some(&found.norm));
        return Some(dated_numbers(page, found.to, &found.norm));
    }
    if page.words.is(found.from, "resolutions") {
        return Some(dated_resolutions(page, found.to, &found.norm));
    }
    Some(found.to)
}

/// A number of a document.
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) norm: String,
    /// A title may follow in brackets.
    pub(super) titled: bool,
}

/// Whether a word is a plain number of at most so many digits.
pub(super) fn number(words: &Words<'_>, at: usize, longest: usize) -> bool {
    words.shape(at) == Shape::Number
        && words.str(at).len() <= longest
        && words.gap(at) < Gap::Paragraph
        && words.str(at).bytes().all(|b| b.is_ascii_digit())
}

/// Skips "No.", "Nos." or "Number".
pub(super) fn no(words: &Words<'_>, at: usize) -> usize {
    if words.is_any(at, &["No", "Nos", "Number", "Num"]) && words.capital(at) {
        at + 1 + usize::from(words.is(at + 1, ".") || words.is(at + 1, ":"))
    } else {
        at
    }
}

fn executive_order(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let from_number = if words.is(at, "Executive")
        && words.capital(at)
        && words.is_any(at + 1, &["Order", "Orders"])
        && words.capital(at + 1)
    {
        let bracket = words.closing(at + 2, 4).filter(|_| words.is_any(at + 3, &["E.O.", "EO"]));
        no(words, bracket.map_or(at + 2, |close| close + 1))
    } else if words.str(at) == "Exec" && words.is(at + 1, ".") && words.is_any(at + 2, &["Order", "Orders"]) {
        no(words, at + 3)
    } else if words.str(at) == "E.O." && words.is(at + 1, "s") && words.gap(at + 1) == Gap::None {
        no(words, at + 2)
    } else if (words.is(at, "E.O.") || words.str(at) == "EO" || words.str(at) == "EOs")
        && words.shape(at) != Shape::Lower
        // "Model EO 12": the letters alone need a number as orders have it.
        && (words.str(no(words, at + 1)).len() >= 4 || no(words, at + 1) > at + 1)
    {
        no(words, at + 1)
    } else {
        return None;
    };
    // "Exec. Order No. 13,873" groups the thousands.
    let grouped = number(words, from_number, 2)
        && words.is(from_number + 1, ",")
        && words.gap(from_number + 2) == Gap::None
        && number(words, from_number + 2, 3)
        && words.str(from_number + 2).len() == 3;
    if grouped {
        let norm = format!("Executive Order {}{}", words.str(from_number), words.str(from_number + 2));
        return Some(Found { from: at, to: from_number + 3, norm, titled: true });
    }
    if !number(words, from_number, 5) {
        return None;
    }
    let (to, numbers) = list(words, from_number);
    let head = if numbers.len() > 1 { "Executive Orders" } else { "Executive Order" };
    Some(Found { from: at, to, norm: format!("{head} {}", numbers.join(", ")), titled: true })
}

/// A list of numbers of the same length: `13660, 13661, and 13662`.
fn list(words: &Words<'_>, from: usize) -> (usize, Vec<String>) {
    let mut numbers = vec![words.str(from).to_owned()];
    let mut to = from + 1;
    loop {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        if next == to
            || !number(words, next, 5)
            || words.str(next).len() + 1 < words.str(from).len()
            || words.str(from).len() < 4
            || numbers.len() > 40
        {
            return (to, numbers);
        }
        numbers.push(words.str(next).to_owned());
        to = next + 1;
    }
}

fn public_law(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let mut next = if words.is_any(at, &["Public", "Private"])
        && words.is_any(at + 1, &["Law", "Laws"])
        && words.capital(at)
        && words.capital(at + 1)
    {
        at + 2
    } else if words.is(at, "Pub") && words.is(at + 1, ".") && words.is(at + 2, "L") {
        at + 3 + usize::from(words.is(at + 3, "."))
    } else if words.is_any(at, &["P.L.", "PL"]) && words.shape(at) == Shape::Upper {
        at + 1
    } else {
        return None;
    };
    if words.is(next, "(") {
        next = words.closing(next, 6)? + 1;
    }
    next = no(words, next);
    let (first, mut to) = congress_and_law(words, next)?;
    let mut numbers = vec![first];
    // "Public Laws 117-167 and 117-169"
    while words.str(at + 1).ends_with('s') && numbers.len() < 40 {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        match congress_and_law(words, next).filter(|_| next > to) {
            Some((number, end)) => {
                numbers.push(number);
                to = end;
            }
            None => break,
        }
    }
    let head = if words.is(at, "Private") { "Private Law" } else { "Public Law" };
    let plural = if numbers.len() > 1 { "s" } else { "" };
    Some(Found { from: at, to, norm: format!("{head}{plural} {}", numbers.join(", ")), titled: false })
}

/// `117-167`, with a hyphen or a dash, and the word behind it.
fn congress_and_law(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    if words.shape(at) != Shape::Number || words.gap(at) == Gap::Paragraph {
        return None;
    }
    let word = words.str(at);
    let dashed = matches!(words.str(at + 1), "–" | "—" | "‑" | "-")
        && words.gap(at + 1) == Gap::None
        && words.gap(at + 2) == Gap::None;
    let (congress, law, to) = match word.split_once('-') {
        Some((congress, law)) => (congress, law, at + 1),
        None if dashed => (word, words.str(at + 2), at + 3),
        None => return None,
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (digits(congress) && digits(law) && congress.len() <= 3 && law.len() <= 4)
        .then(|| (format!("{congress}-{law}"), to))
}

fn proclamation(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if !words.is_any(at, &["Proclamation", "Proclamations"]) || !words.capital(at) {
        return None;
    }
    let next = no(words, at + 1);
    if !number(words, next, 5) || words.str(next).len() < 3 {
        return None;
    }
    let (to, numbers) = list(words, next);
    let from = if at > 0 && words.str(at - 1) == "Presidential" { at - 1 } else { at };
    let head = if numbers.len() > 1 { "Proclamations" } else { "Proclamation" };
    Some(Found { from, to, norm: format!("{head} {}", numbers.join(", ")), titled: true })
}

/// `H.R. 1192`, `S. 3580`, `H.J. Res. 12`, `S.J.Res. 4`.
fn bill(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let chamber = words.str(at);
    let dot = |at: usize| usize::from(words.is(at, ".") && words.gap(at) == Gap::None);
    let mut next = at + 1;
    let head = match chamber {
        "H.R." => "H.R.".to_owned(),
        "H.J." | "S.J." if words.is(next, "Res") => {
            next += 1 + dot(next + 1);
            format!("{chamber} Res.")
        }
        "H" | "S" | "H." | "S." => {
            next += dot(next);
            let house = &chamber[..1];
            if next == at + 1 && chamber.len() == 1 {
                return None;
            }
            let con = words.is(next, "Con");
            if con {
                next += 1 + dot(next + 1);
            }
            if words.is(next, "Res") {
                next += 1 + dot(next + 1);
                if con { format!("{house}.Con. Res.") } else { format!("{house}. Res.") }
            } else if con {
                return None;
            } else if house == "S" {
                "S.".to_owned()
            } else if words.is(next, "R") && dot(next + 1) == 1 {
                next += 2;
                "H.R.".to_owned()
            } else {
                return None;
            }
        }
        _ => return None,
    };
    if !number(words, next, 5)
        || words.gap(next) == Gap::None
        || (at > 0 && words.gap(at) == Gap::None && !matches!(words.str(at - 1), "(" | "“" | "[" | "*" | "\""))
    {
        return None;
    }
    // "Louis S. 1992" is a name.
    if head == "S." && at > 0 && words.capital(at - 1) && words.gap(at) == Gap::Blank {
        return None;
    }
    let (to, numbers) = list(words, next);
    Some(Found { from: at, to, norm: format!("{head} {}", numbers.join(", ")), titled: false })
}

/// `AB 947`, `Proposition 24`, in a text that speaks of California.
fn californian(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    let sound = matches!(words.str(at), "AB" | "SB" | "Proposition")
        && words.gap(at + 1) == Gap::Blank
        && number(words, at + 1, 4)
        && (words.gap(at + 2) != Gap::None
            || matches!(words.str(at + 2), "," | "." | ";" | ":" | ")" | "’s" | "'s" | "”"));
    (sound && page.speaks_of_california()).then(|| Found {
        from: at,
        to: at + 2,
        norm: words.joined(at, at + 2),
        titled: false,
    })
}

/// `OMB Circular A-130`, `OMB Memorandum M-22-09`, `National Security Memorandum 8`.
fn circular(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if words.is_any(at, &["Circular", "Memorandum", "Directive", "Bulletin"]) && words.capital(at) {
        let next = no(words, at + 1);
        let word = words.str(next);
        let coded = words.capital(next)
            && word.contains('-')
            && word.ends_with(|c: char| c.is_ascii_digit())
            && word.len() <= 12;
        let series =
            words.is_any(at.wrapping_sub(1), &["Security", "Policy", "Presidential"]) && (number(words, next, 3));
        if !(coded || series) {
            return None;
        }
        let mut from = at;
        let stop = at.saturating_sub(12);
        while from > stop && words.runs_on(from) {
            let prev = from - 1;
            if words.is(prev, ")") {
                match (stop..prev).rev().find(|w| words.is(*w, "(")) {
                    Some(open) if prev - open == 2 => from = open,
                    _ => break,
                }
            } else if words.capital(prev) && !words.has(prev, class::OPENER | class::MONTH)
                || words.is_any(prev, &["of", "and"])
            {
                from = prev;
            } else if words.is(prev, "the")
                && words.is(prev.wrapping_sub(1), "of")
                && words.capital(prev.wrapping_sub(2))
            {
                from = prev;
            } else {
                break;
            }
        }
        while from < at && !words.capital(from) {
            from += 1;
        }
        let issuer = words.joined(from, at);
        let short = match issuer.rsplit_once(" (") {
            Some((_, short)) => short.trim_end_matches(')').to_owned(),
            None if issuer == "Office of Management and Budget" => "OMB".into(),
            None => issuer,
        };
        let norm = format!("{short} {}", words.joined(at, next + 1).replace("No. ", ""));
        return Some(Found { from, to: next + 1, norm: norm.trim_start().to_owned(), titled: series });
    }
    None
}

/// `State Council Order No. 273`, `Presidential Order Hua Zong 1 Yi Zi No. 10700060021`,
/// `MOFCOM Announcement No. 62 of 2025`.
fn serial(page: &Page<'_>, at: usize) -> Option<Found> {
    let words = &page.words;
    if !words.is_any(at, &["Order", "Decree", "Announcement", "Orders"])
        || !words.capital(at)
        || words.is(at.wrapping_sub(1), "Executive")
    {
        return None;
    }
    if let Some(found) = unmarked(page, at) {
        return Some(found);
    }
    // Up to the number, over the words of its series: "Hua Zong 1 Yi Zi", "of the State Council".
    let mut next = at + 1;
    let mut named = words.is(next, ":") || words.is(next, "(");
    while next < at + 20 && !(words.is(next, "No") && words.is(next + 1, ".")) {
        let series = words.capital(next)
            || words.shape(next) == Shape::Lower
                && words.str(next).len() <= 7
                && !words.is_any(next, &["on", "in", "by", "dated", "issued", "under", "with", "to", "for", "and"])
            || words.shape(next) == Shape::Number
            || matches!(words.str(next), "-" | "'" | "’" | "’s" | "'s");
        if !series || words.gap(next) == Gap::Paragraph || words.has(next, class::MONTH) {
            return None;
        }
        named |= words.capital(next);
        next += 1;
    }
    let digits = next + 2;
    if next >= at + 20 || words.shape(digits) != Shape::Number {
        return None;
    }
    let mut to = digits + 1;
    let in_year = words.is(to, "of") && words.str(to + 1).len() == 4 && number(words, to + 1, 4);
    // "No. 23 [2023]"
    let in_brackets = matches!(words.str(to), "[" | "(" | "〔")
        && words.str(to + 1).len() == 4
        && number(words, to + 1, 4)
        && matches!(words.str(to + 2), "]" | ")" | "〕");
    if in_year {
        to += 2;
    } else if in_brackets {
        to += 3;
    }
    let year = (in_year || in_brackets).then(|| words.str(digits + 2));
    let word = if words.is(at, "Announcement") { "公告" } else { "令" };
    let chinese_norm = |body: &str, number: &str| match year {
        Some(year) => format!("{body}{word}{year}年第{number}号"),
        None => format!("{body}{word}第{number}号"),
    };
    // "Order No. 53 of the President of the People's Republic of China"
    let body_at = |at: usize| {
        let from = at + usize::from(words.is(at, "the"));
        (1..10)
            .rev()
            .find_map(|n| {
                let name = words.joined(from, from + n).replace('’', "'");
                page.grammar.issuers.iter().find(|(english, _)| *english == name).map(|(_, zh)| (from + n, zh.clone()))
            })
            .or_else(|| body::government(page, from))
    };
    if words.is(to, "of")
        && words.str(digits).len() <= 4
        && let Some((mut to, chinese)) = body_at(to + 1)
    {
        let mut body = chinese.strip_prefix("中华人民共和国").unwrap_or(&chinese).to_owned();
        // "of the Ministry of Commerce and the General Administration of Customs"
        while words.is_any(to, &[",", "and"]) {
            let next = to + 1 + usize::from(words.is(to, ",") && words.is(to + 1, "and"));
            let Some((end, chinese)) = body_at(next) else { break };
            body.push('、');
            body.push_str(&chinese);
            to = end;
        }
        to += body::of_republic(words, to);
        return Some(Found { from: at, to, norm: chinese_norm(&body, words.str(digits)), titled: false });
    }
    // "the Ministry of Commerce's Announcement No. 61 of 2025": whose it is, is no part of the number.
    let owned = words.is_any(at.wrapping_sub(1), &["'s", "’s"]);
    let owner = if owned { issuer_from(words, at - 1) } else { at };
    let from = if owned { at } else { issuer_from(words, at) };
    // "Fujian Provincial People's Government Order No. 172"
    if !owned && let Some((from, body)) = body::government_before(page, at) {
        return Some(Found { from, to, norm: chinese_norm(&body, words.str(digits)), titled: false });
    }
    if from == at && !named && !words.is(at, "Decree") && owner == at {
        return None;
    }
    // "the People's Bank of China's Order No. 1 [2020]" has another one inside.
    let issuer =
        if owned { words.joined(owner.saturating_sub(4), at - 1).replace('’', "'") } else { words.joined(from, at) };
    let behind = words.joined(at + 1, next);
    let digits = words.str(digits);
    let chinese = body::issuers(page, &issuer).or_else(|| body::issuers(page, &behind));
    // "Energy Law of the PRC, Presidential Order No. 37"
    let presidential = issuer == "Presidential" && behind.is_empty() && digits.len() < 4 && page.speaks_of_china();
    let chinese = chinese.or_else(|| presidential.then(|| "主席".to_owned()));
    if owned && chinese.is_none() {
        return None;
    }
    let norm = match chinese {
        Some(body) if year.is_some() || word == "令" => chinese_norm(&body, digits),
        _ => words.joined(from, to).replace("No.", "No. ").replace("  ", " "),
    };
    Some(Found { from, to, norm, titled: false })
}

/// Where the issuing body begins that stands before the word at `at`.
pub(super) fn issuer_from(words: &Words<'_>, at: usize) -> usize {
    let mut from = at;
    while from > 0 && at - from < 14 && words.runs_on(from) {
        let prev = from - 1;
        // "Order No. Jin-Guan-Bao-Zi-10302526651 and Ministry of … Order": another number ends there.
        let number = words.str(prev).ends_with(|c: char| c.is_ascii_digit());
        // "the Company Law and State Council Order No. 784" are two.
        if words.is(prev, "and") && words.has(prev.wrapping_sub(1), class::HEAD) {
            break;
        }
        if (words.capital(prev) && !number && !words.has(prev, class::OPENER | class::MONTH))
            || (words.has(prev, class::SMALL)
                && !words.is_any(prev, &["in", "to", "by", "with", "on", "from", "for", "as", "under", "per", "via"])
                && words.capital(prev.wrapping_sub(1)))
            || (words.is(prev, "the") && words.is(prev.wrapping_sub(1), "of") && words.capital(prev.wrapping_sub(2)))
            // "State Administration for Market Regulation Order No. 37"
            || words.is(prev, "for") && words.is_any(prev.wrapping_sub(1), &["Administration", "Bureau", "Office", "Commission"])
        {
            from = prev;
        } else {
            break;
        }
    }
    while from < at && (!words.capital(from) || words.is_any(from, &["and", "of", "the"])) {
        from += 1;
    }
    // "the Ministry of the Interior and Order Yi-Tzu …"
    if words.is(at.wrapping_sub(1), "and") { at } else { from }
}
