//! Finds the numbers of series: S/RES/2231 (2015), SI 2019/419, SOR/2002-227, CETS No. 185, Docket No. RM21-17-000.
//!
//! "S.I. 2019 No. 419", "S.I. 2019/419" and "SI 2019/419" are one statutory instrument of the United Kingdom; "SI/95-19" is one of
//! Canada. Each series has letters of its own, so the letters anchor and the number is read to the right.
//!
//! Always true: without a number there is no mention, so "SI units" and "a court docket" are none.

use super::{
    number::{Found, no, number},
    words::{Gap, Shape, Words},
};

/// Reads a number of a series whose letters are at `at`.
pub(super) fn read(words: &Words<'_>, at: usize) -> Option<Found> {
    resolution(words, at)
        .or_else(|| canadian_order(words, at))
        .or_else(|| statutory_instrument(words, at))
        .or_else(|| treaty(words, at))
        .or_else(|| docket(words, at))
        .or_else(|| order_in_council(words, at))
        .or_else(|| gazetted(words, at))
        .or_else(|| determination(words, at))
        .or_else(|| council_resolution(words, at))
        .or_else(|| assembly_resolution(words, at))
        .or_else(|| nations_document(words, at))
        .or_else(|| commission_document(words, at))
        .or_else(|| trade_document(words, at))
        .or_else(|| directive_of_airworthiness(words, at))
        .or_else(|| legal_notice(words, at))
        .or_else(|| consolidated(words, at))
}

/// `C.R.C., c. 1035`: a chapter of the Consolidated Regulations of Canada.
fn consolidated(words: &Words<'_>, at: usize) -> Option<Found> {
    let chapter = words.is(at + 1, ",") && words.str(at + 2) == "c" && words.is(at + 3, ".");
    (words.str(at) == "C.R.C." && chapter && number(words, at + 4, 4))
        .then(|| found(at, at + 5, format!("C.R.C., c. {}", words.str(at + 4))))
}

/// `WT/TPR/S/470`, `G/LIC/N/3/AUR/6`: documents of the World Trade Organization.
fn trade_document(words: &Words<'_>, at: usize) -> Option<Found> {
    if !matches!(words.str(at), "WT" | "G")
        || at > 0 && words.gap(at) == Gap::None && !matches!(words.str(at - 1), "(" | "[")
    {
        return None;
    }
    let part = |w: usize| {
        words.gap(w) == Gap::None && (number(words, w, 4) || words.shape(w) == Shape::Upper && words.str(w).len() <= 5)
    };
    let mut to = at + 1;
    while to < at + 16 && slash(words, to) && part(to + 1) {
        to += 2;
    }
    let counted = (at + 1..to).any(|w| number(words, w, 4));
    if to < at + 5 || !counted || words.shape(at + 2) != Shape::Upper || number(words, at + 2, 4) {
        return None;
    }
    to += 4 * usize::from(is_revised(words, to));
    Some(found(at, to, words.joined(at, to)))
}

/// `/Add.1`, `/Rev.2` behind the symbol of a document.
fn is_revised(words: &Words<'_>, at: usize) -> bool {
    slash(words, at)
        && words.is_any(at + 1, &["Add", "Rev", "Corr"])
        && words.is(at + 2, ".")
        && number(words, at + 3, 2)
}

/// `AD 2024-19-05`: an airworthiness directive.
fn directive_of_airworthiness(words: &Words<'_>, at: usize) -> Option<Found> {
    let parts: Vec<&str> = words.str(at + 1).split('-').filter(|_| words.str(at) == "AD").collect();
    let digits = |part: &&str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let [year, week, serial] = parts[..] else { return None };
    let sound = digits(&year, 4) && digits(&week, 2) && digits(&serial, 2) && words.gap(at + 1) == Gap::Blank;
    sound.then(|| found(at, at + 2, words.joined(at, at + 2)))
}

/// `Legal Notice No. 88 of 2023`, `Cap. 656`: a notice of a gazette, and a chapter of the laws of Hong Kong and others.
fn legal_notice(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.str(at) == "Cap" {
        let sound = words.is(at + 1, ".")
            && words.gap(at + 1) == Gap::None
            && words.shape(at + 2) == Shape::Number
            && words.gap(at + 2) == Gap::Blank
            && words.str(at + 2).len() <= 5
            && words.str(at + 2).trim_end_matches(|c: char| c.is_ascii_uppercase()).bytes().all(|b| b.is_ascii_digit())
            && (words.is(at.wrapping_sub(1), "(")
                || at > 0 && words.gap(at) == Gap::Blank && words.capital(at - 1)
                || words.is(at.wrapping_sub(1), ",") && words.is(at.wrapping_sub(2), "Ordinance")
                // "section 3 of Cap. 169"
                || words.is(at.wrapping_sub(1), "of") && words.shape(at.wrapping_sub(2)) != Shape::Lower);
        // "Cap. 55:01"
        let part = words.is(at + 3, ":")
            && words.gap(at + 3) == Gap::None
            && words.gap(at + 4) == Gap::None
            && number(words, at + 4, 2);
        if sound && part {
            return Some(found(at, at + 5, format!("Cap. {}:{}", words.str(at + 2), words.str(at + 4))));
        }
        // "Cap. 132 sub. leg. BU"
        if sound && words.is(at + 3, "sub") && words.is(at + 5, "leg") && words.shape(at + 7) == Shape::Upper {
            let norm = format!("Cap. {} sub. leg. {}", words.str(at + 2), words.str(at + 7));
            return Some(found(at, at + 8, norm));
        }
        return sound.then(|| found(at, at + 3, format!("Cap. {}", words.str(at + 2))));
    }
    let serial = no(words, at + 2);
    let sound = words.str(at) == "Legal"
        && words.str(at + 1) == "Notice"
        && serial > at + 2
        && number(words, serial, 4)
        && words.is(serial + 1, "of")
        && number(words, serial + 2, 4)
        && words.str(serial + 2).len() == 4;
    sound.then(|| {
        let norm = format!("Legal Notice No. {} of {}", words.str(serial), words.str(serial + 2));
        found(at, serial + 3, norm)
    })
}

fn slash(words: &Words<'_>, at: usize) -> bool {
    words.is(at, "/") && words.gap(at) == Gap::None && words.gap(at + 1) == Gap::None
}

fn found(from: usize, to: usize, norm: String) -> Found {
    Found { from, to, norm, titled: false }
}

/// `A/RES/79/243`, `S/RES/2231 (2015)`.
fn resolution(words: &Words<'_>, at: usize) -> Option<Found> {
    if !matches!(words.str(at), "A" | "S" | "E")
        || !slash(words, at + 1)
        || !words.is(at + 2, "RES")
        || !slash(words, at + 3)
        || words.shape(at + 4) != Shape::Number
    {
        return None;
    }
    let mut to = at + 5;
    while slash(words, to) && words.shape(to + 1) == Shape::Number {
        to += 2;
    }
    if words.is(to, "(") && number(words, to + 1, 4) && words.is(to + 2, ")") {
        to += 3;
    }
    Some(found(at, to, words.joined(at, to)))
}

/// `SI/95-19`, `SOR/2002-227`.
fn canadian_order(words: &Words<'_>, at: usize) -> Option<Found> {
    if !matches!(words.str(at), "SI" | "SOR" | "TR") || !slash(words, at + 1) || words.shape(at + 2) != Shape::Number {
        return None;
    }
    let mut to = at + 3;
    // "SOR/2009-282, 283"; "SI/95-19, s. 3" has none.
    let serial = |at: usize| words.str(at - 1).rsplit('-').next().and_then(|n| n.parse::<u32>().ok());
    while words.str(at) == "SOR"
        && words.is(to, ",")
        && words.runs_on(to + 1)
        && number(words, to + 1, 3)
        && to < at + 40
        && matches!(words.str(to + 2), "," | ";" | "." | ")" | "SOR")
        && words.str(to + 1).parse::<u32>().ok() > serial(to)
    {
        to += 2;
    }
    Some(found(at, to, words.joined(at, to)))
}

/// `L.N. 95 of 2025`, `G.N. 4562`, `G.S.R. 449(E)`: notices of the gazettes of Hong Kong, East Africa and India.
fn gazetted(words: &Words<'_>, at: usize) -> Option<Found> {
    let sound = number(words, at + 1, 5) && words.gap(at + 1) == Gap::Blank;
    let special = words.is(at + 2, "(") && words.str(at + 3) == "E" && words.is(at + 4, ")");
    match words.str(at) {
        "L.N." | "G.N." if sound => {
            let of_year = words.is(at + 2, "of") && number(words, at + 3, 4) && words.str(at + 3).len() == 4;
            let to = at + 2 + 2 * usize::from(of_year);
            Some(found(at, to, words.joined(at, to)))
        }
        "G.S.R." | "S.O." if sound && special => {
            Some(found(at, at + 5, format!("{} {}(E)", words.str(at), words.str(at + 1))))
        }
        _ => None,
    }
}

/// `P.C. 2021-1042`: an order of the Governor in Council of Canada.
fn order_in_council(words: &Words<'_>, at: usize) -> Option<Found> {
    let (year, number) = words.str(at + 1).split_once('-').filter(|_| words.str(at) == "P.C.")?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let sound = year.len() == 4 && digits(year) && digits(number) && words.gap(at + 1) == Gap::Blank;
    sound.then(|| found(at, at + 2, words.joined(at, at + 2)))
}

/// `Presidential Determination No. 2024-01`, its number also on a line of its own.
fn determination(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.str(at) != "Determination" || words.str(at.wrapping_sub(1)) != "Presidential" {
        return None;
    }
    let serial = no(words, at + 1);
    let word = words.str(serial);
    let sound = word.len() > 5
        && word.as_bytes()[4] == b'-'
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && words.gap(serial) < Gap::Paragraph;
    (serial > at + 1 && sound).then(|| found(at - 1, serial + 1, format!("Presidential Determination No. {word}")))
}

/// `Security Council Resolution 1244`, `UN Security Council Resolutions 1718 (2006) and 1874`.
fn council_resolution(words: &Words<'_>, at: usize) -> Option<Found> {
    if !words.is_any(at, &["Resolution", "Resolutions"]) {
        return None;
    }
    let named = words.is(at.wrapping_sub(1), "Council") && words.is(at.wrapping_sub(2), "Security");
    // "recalling its resolutions 1267 (1999) and 1373 (2001)" in a text of or about the Council
    let dated = |first: usize| {
        let near =
            words.text.get(words.text.floor_char_boundary(words.start(at).saturating_sub(4_000))..words.start(at));
        words.is(first + 1, "(")
            && number(words, first + 2, 4)
            && words.str(first + 2).len() == 4
            && words.is(first + 3, ")")
            && !words.is_any(at.wrapping_sub(1), &["Council", "Assembly", "Parliament", "Commission", "Committee"])
            && near.is_some_and(|near| near.contains("Security Council"))
    };
    if !named && !dated(no(words, at + 1)) {
        return None;
    }
    let serial = |at: usize| {
        let year = words.is(at + 1, "(") && number(words, at + 2, 4) && words.is(at + 3, ")");
        (number(words, at, 4) && words.str(at).len() > 1).then_some(at + 1 + 3 * usize::from(year))
    };
    let first = no(words, at + 1);
    let mut to = serial(first)?;
    let mut numbers = words.joined(first, to);
    while words.is(at, "Resolutions") && to < at + 60 {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is(next, "and"));
        let Some(end) = serial(next).filter(|_| next > to) else { break };
        numbers = format!("{numbers}, {}", words.joined(next, end));
        to = end;
    }
    let from = match at.saturating_sub(2) {
        _ if !named => at,
        from if from > 0 && words.str(from - 1) == "UN" => from - 1,
        from if from > 1 && words.str(from - 1) == "Nations" && words.str(from - 2) == "United" => from - 2,
        from => from,
    };
    let plural = if numbers.contains(',') { "s" } else { "" };
    Some(found(from, to, format!("Security Council Resolution{plural} {numbers}")))
}

/// `resolution 70/1`, `Human Rights Council resolution 48/13`, `resolution 217 A (III)`, `resolutions 74/270 and 75/4`.
fn assembly_resolution(words: &Words<'_>, at: usize) -> Option<Found> {
    if !words.is_any(at, &["resolution", "resolutions"]) {
        return None;
    }
    let first = no(words, at + 1);
    let mut to = resolution_number(words, first)?;
    let mut numbers = words.joined(first, to);
    while words.is(at, "resolutions") && to < at + 80 {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is(next, "and"));
        let Some(end) = resolution_number(words, next).filter(|_| next > to) else { break };
        numbers = format!("{numbers}, {}", words.joined(next, end));
        to = end;
    }
    let bodies: [(&[&str], &str); 3] = [
        (&["General", "Assembly"], "General Assembly"),
        (&["Human", "Rights", "Council"], "Human Rights Council"),
        (&["Economic", "and", "Social", "Council"], "Economic and Social Council"),
    ];
    let before = |name: &[&str]| {
        let from = at.checked_sub(name.len())?;
        name.iter().enumerate().all(|(i, word)| words.is(from + i, word)).then_some(from)
    };
    let named = bodies.iter().find_map(|(name, body)| Some((before(name)?, *body)));
    // Resolutions are counted like that since the 31st session of the General Assembly; the councils are named.
    let session = words.str(first).parse::<u32>().unwrap_or(0);
    let (from, body) = match named {
        Some((from, body)) => (from, body),
        None if words.is(at.wrapping_sub(1), "Council") || words.is(at.wrapping_sub(1), "Commission") => return None,
        None if of_session(words, first).is_some() || (31..200).contains(&session) => (at, "General Assembly"),
        None => return None,
    };
    let plural = if numbers.contains(',') { "s" } else { "" };
    Some(found(from, to, format!("{body} resolution{plural} {numbers}")))
}

/// End of `70/1` or `217 A (III)`.
pub(super) fn resolution_number(words: &Words<'_>, at: usize) -> Option<usize> {
    let sound = number(words, at, 4) && slash(words, at + 1) && number(words, at + 2, 3) && !slash(words, at + 3);
    // "47/120 A"
    let part = words.gap(at + 3) == Gap::Blank
        && words.shape(at + 3) == Shape::Upper
        && matches!(words.str(at + 3), "A" | "B" | "C" | "D")
        && !words.capital(at + 4);
    if sound { Some(at + 3 + usize::from(part)) } else { of_session(words, at) }
}

/// End of `217 A (III)`.
fn of_session(words: &Words<'_>, at: usize) -> Option<usize> {
    let letter = at + 1 + usize::from(words.shape(at + 1) == Shape::Upper && words.str(at + 1).len() == 1);
    let session = words.str(letter + 1);
    let counted = words.is(letter, "(")
        && words.is(letter + 2, ")")
        && !session.is_empty()
        && session.bytes().all(|b| b"IVXL".contains(&b));
    (number(words, at, 4) && counted).then_some(letter + 3)
}

/// `A/79/246`, `A/HRC/48/13`: documents of the United Nations by session or year.
fn nations_document(words: &Words<'_>, at: usize) -> Option<Found> {
    if !matches!(words.str(at), "A" | "S" | "E")
        || at > 0 && words.gap(at) == Gap::None && !matches!(words.str(at - 1), "(" | "[")
    {
        return None;
    }
    let council = slash(words, at + 1) && words.is(at + 2, "HRC");
    let year = at + 2 + 2 * usize::from(council);
    let session = words.str(year).parse::<u32>().ok().filter(|_| slash(words, year - 1) && number(words, year, 4))?;
    let sound = if words.is(at, "A") { session < 100 } else { (1994..2100).contains(&session) };
    if !sound || session == 0 || !slash(words, year + 1) || !number(words, year + 2, 4) {
        return None;
    }
    let mut to = year + 3;
    to += 4 * usize::from(is_revised(words, to));
    Some(found(at, to, words.joined(at, to)))
}

/// `COM(2019) 640 final`, `SWD(2021) 84`, `C(2026) 1234 final`, `COM/2023/162 final`.
fn commission_document(words: &Words<'_>, at: usize) -> Option<Found> {
    let year = |w: usize| number(words, w, 4) && words.str(w).len() == 4;
    let slashed = matches!(words.str(at), "COM" | "SWD" | "JOIN")
        && slash(words, at + 1)
        && year(at + 2)
        && slash(words, at + 3)
        && number(words, at + 4, 4);
    // A letter alone needs its "final".
    let decision = words.str(at) == "C" && words.gap(at + 1) == Gap::None && words.is(at + 5, "final");
    if !slashed
        && (!(matches!(words.str(at), "COM" | "SWD" | "JOIN") || decision)
            || !words.is(at + 1, "(")
            || !words.is(at + 3, ")"))
    {
        return None;
    }
    if !number(words, at + 2, 4) || words.str(at + 2).len() != 4 || !number(words, at + 4, 4) {
        return None;
    }
    let last = words.is(at + 5, "final") && words.gap(at + 5) <= Gap::Line;
    let end = if last { " final" } else { "" };
    let norm = format!("{}({}) {}{end}", words.str(at), words.str(at + 2), words.str(at + 4));
    Some(found(at, at + 5 + usize::from(last), norm))
}

/// `SI 2019/419`, `S.I. 2019 No. 419`, `SSI 2020/25`.
fn statutory_instrument(words: &Words<'_>, at: usize) -> Option<Found> {
    // "STATUTORY INSTRUMENTS" over "2024 No. 1142"
    if words.str(at) == "No"
        && at > 1
        && words.str(at - 2) == "INSTRUMENTS"
        && words.gap(at - 1) >= Gap::Line
        && words.str(at - 1).len() == 4
        && number(words, at - 1, 4)
        && number(words, no(words, at), 5)
    {
        let serial = no(words, at);
        let norm = format!("SI {}/{}", words.str(at - 1), words.str(serial));
        return Some(found(at - 1, serial + 1, norm));
    }
    let letters = match words.str(at) {
        "SI" | "S.I." => "SI",
        "SSI" | "S.S.I." => "SSI",
        _ => return None,
    };
    let year = at + 1;
    if !number(words, year, 4) || words.str(year).len() != 4 {
        return None;
    }
    let serial = if slash(words, year + 1) {
        year + 2
    } else {
        Some(no(words, year + 1)).filter(|&serial| serial > year + 1)?
    };
    if !number(words, serial, 5) {
        return None;
    }
    // "S.I. 1985/177 and 548"
    let next = serial + 1 + usize::from(words.is(serial + 1, ",")) + usize::from(words.is(serial + 1, "and"));
    let two = next == serial + 2
        && number(words, next, 4)
        && words.gap(next) == Gap::Blank
        && (matches!(words.str(next + 1), "." | ")" | ";") || words.gap(next + 1) >= Gap::Line);
    let more = if two { format!(", {}", words.str(next)) } else { String::new() };
    let to = if two { next + 1 } else { serial + 1 };
    Some(found(at, to, format!("{letters} {}/{}{more}", words.str(year), words.str(serial))))
}

/// `CETS No. 185`, `T.I.A.S. No. 1598`, `Treaty Doc. 108-11`.
fn treaty(words: &Words<'_>, at: usize) -> Option<Found> {
    let letters = match words.str(at) {
        "ETS" => "ETS No.",
        "CETS" => "CETS No.",
        "TIAS" | "T.I.A.S." => "TIAS",
        "Treaty" if words.is(at + 1, "Doc") && words.is(at + 2, ".") => {
            let word = words.str(at + 3);
            let sound = words.shape(at + 3) == Shape::Number && word.contains('-');
            return sound.then(|| found(at, at + 4, format!("Treaty Doc. {word}")));
        }
        _ => return None,
    };
    let serial = no(words, at + 1);
    (number(words, serial, 5) && (serial > at + 1 || letters == "TIAS"))
        .then(|| found(at, serial + 1, format!("{letters} {}", words.str(serial))))
}

/// `Docket No. RM21-17-000`, `WC Docket No. 17-108`, `Docket ID EPA-HQ-OAR-2021-0317`.
fn docket(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.str(at) != "Docket" {
        return None;
    }
    let labelled = if words.is(at + 1, "ID") { at + 2 } else { no(words, at + 1) };
    let serial = no(words, labelled);
    let word = words.str(serial);
    let coded = words.gap(serial) < Gap::Paragraph
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    if serial == at + 1 || !coded {
        return None;
    }
    // The bureau's letters before it: WC, CG, MB.
    let bureau = at > 0 && words.shape(at - 1) == Shape::Upper && matches!(words.str(at - 1).len(), 2 | 3);
    let from = if bureau && words.runs_on(at) { at - 1 } else { at };
    let mut to = serial + 1;
    let mut norm = words.joined(from, to);
    // "Docket Nos. 17-108 and 18-22"
    while words.is(labelled - usize::from(words.is(labelled - 1, ".")) - 1, "Nos") {
        let mut next = to + usize::from(words.is(to, ","));
        next += usize::from(words.is_any(next, &["and", "or"]));
        if next == to || words.shape(next) != Shape::Number || !words.str(next).contains('-') {
            break;
        }
        norm = format!("{norm}, {}", words.str(next));
        to = next + 1;
    }
    Some(found(from, to, norm))
}
