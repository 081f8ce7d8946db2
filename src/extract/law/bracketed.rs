//! Titles between title marks: 《国务院关于修改〈中华人民共和国个人所得税法实施条例〉的决定》.
//!
//! Of the titles in the corpus 12 % hold another one, marked 〈〉, <> or wrongly 《》 again, some run over
//! line ends, and 《人民日报》 or 《取水许可证》 are no instruments at all.
//!
//! Always true: pairs nest and never cross; finding them is one walk with a short stack, so that a line of
//! 100,000 opening marks costs no more than any other line.

use memchr::memchr3_iter;

use super::{
    LawGrammar, LawName,
    wording::{blanks, canonical_spelling, without_additions},
};
use crate::{
    extract::mention::{Mention, Value},
    text::Span,
};

/// Longest title, in bytes of the text: some 200 characters.
const LONGEST_TITLE: usize = 620;
/// Longest title between quotation marks, in bytes.
const LONGEST_QUOTED: usize = 180;
/// Deepest nesting of titles.
const DEEPEST: usize = 8;

/// A pair of title marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Where the opening mark stands.
    pub(super) open: usize,
    /// What stands between the marks, without blanks at its edges.
    pub(super) inner: Span,
    /// Behind the closing mark.
    pub(super) end: usize,
}

/// All pairs, sorted by their opening marks (an outer pair before its inner ones).
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut open: Vec<(usize, Mark)> = Vec::with_capacity(DEEPEST);
    for at in memchr3_iter(0xE3, b'<', b'>', bytes) {
        let Some((mark, opens, width)) = mark_at(bytes, at) else { continue };
        if mark == Mark::Ascii && open.is_empty() {
            continue;
        }
        if opens {
            // A mark left open far before is a slip and must not shut the stack.
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push((at, mark));
            continue;
        }
        let Some(matching) = open.iter().rposition(|&(_, m)| m == mark) else { continue };
        let (start, _) = open[matching];
        open.truncate(matching);
        if at - start > LONGEST_TITLE {
            continue;
        }
        let inner = &text[start + width..at];
        let lead = inner.len() - inner.trim_start().len();
        let inner = Span::of(start + width + lead, start + width + lead + inner.trim().len());
        if !inner.is_empty() {
            found.push(Pair { open: start, inner, end: at + width });
        }
    }
    found.sort_by_key(|pair| pair.open);
    found
}

/// What stands between 「 and 」 or 『 and 』 and may be a title; no pair holds another one.
pub(super) fn quoted(text: &str) -> Vec<Pair> {
    const MARK: usize = "「".len();
    let mut found = Vec::new();
    let mut open = None;
    for (at, mark) in text.match_indices(['「', '」', '『', '』']) {
        if matches!(mark, "「" | "『") {
            open = Some(at);
        } else if let Some(open) = open.take()
            && at > open + MARK
            && at - open <= LONGEST_QUOTED
        {
            found.push(Pair { open, inner: Span::of(open + MARK, at), end: at + MARK });
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Double,
    Single,
    Ascii,
}

fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, bool, usize)> {
    match bytes[at] {
        b'<' => return Some((Mark::Ascii, true, 1)),
        b'>' => return Some((Mark::Ascii, false, 1)),
        _ => {}
    }
    match bytes.get(at + 1..at + 3)? {
        [0x80, 0x8A] => Some((Mark::Double, true, 3)),
        [0x80, 0x8B] => Some((Mark::Double, false, 3)),
        [0x80, 0x88] => Some((Mark::Single, true, 3)),
        [0x80, 0x89] => Some((Mark::Single, false, 3)),
        _ => None,
    }
}

/// What stands in brackets right behind a title.
#[derive(Debug, Default)]
pub(super) struct Behind {
    /// Brackets, without their marks.
    pub(super) notes: Vec<Span>,
    /// The short forms defined there, without marks around them.
    pub(super) defines: Vec<Span>,
    /// Several short forms in one bracket, of as many titles before it: （以下分别简称《决定》和《意见》）.
    pub(super) shared: Vec<Span>,
}

impl LawGrammar {
    /// Gives each of several short forms in one bracket to its title: by their order where there are as many titles in the
    /// list before, else to the one that ends like it.
    pub(super) fn share_short_forms(&self, text: &str, shorts: &[Span], out: &mut Vec<Mention>) {
        if shorts.is_empty() {
            return;
        }
        let marks = ['《', '》', '〈', '〉', '、', '和', '及', '与', '與', '以', '，', ' ', '「', '」'];
        let mut titles = Vec::new();
        let mut right = None;
        for (index, mention) in out.iter().enumerate().rev().take(4 * shorts.len()) {
            if mention.rule != self.ids.bracketed || right.is_some_and(|right| mention.span.end() > right) {
                continue;
            }
            if right.is_some_and(|right| !text[mention.span.end()..right].trim_matches(marks).is_empty()) {
                break;
            }
            titles.push(index);
            right = Some(mention.span.start());
        }
        titles.reverse();
        let by_order = titles.len() == shorts.len();
        for (place, &span) in shorts.iter().enumerate() {
            let short = canonical_spelling(&text[span.range()]);
            let ends = |index: &&usize| match &out[**index].value {
                Value::Law(name) => without_additions(&name.title).ends_with(short.as_str()),
                _ => false,
            };
            let owner = if by_order { titles.get(place).copied() } else { titles.iter().find(ends).copied() };
            let Some(owner) = owner else { continue };
            if let Value::Law(name) = &mut out[owner].value {
                name.defines.push(short.clone());
            }
            out.push(self.law(span, self.ids.short_form, LawName { title: short, ..LawName::default() }));
        }
    }
}

const DEFINES: &[&str] = &[
    "以下简称",
    "以下簡稱",
    "以下统称",
    "以下統稱",
    "下称",
    "下稱",
    "以下称",
    "以下稱",
    "简称",
    "簡稱",
    "业内称",
    "被称为",
    "被稱為",
    "俗称",
    "俗稱",
    "也称",
    "又称",
    "又稱",
];

/// Of these, the ones behind which a title may only be praised.
const CALLED: [&str; 9] = ["业内称", "被称为", "被稱為", "俗称", "俗稱", "也称", "又称", "又稱", "也稱"];

/// Reads the brackets that follow a title at `at`: （国发〔2004〕20号，以下简称《决定》）.
pub(super) fn behind(text: &str, at: usize) -> Behind {
    let mut behind = Behind::default();
    let mut here = at;
    for _ in 0..3 {
        here += blanks(&text[here..], 3);
        let Some(end) = bracket(text, here) else { break };
        let open = text[here..].chars().next().map_or(0, char::len_utf8);
        let close = text[..end].chars().next_back().map_or(0, char::len_utf8);
        let note = Span::of(here + open, end - close);
        behind.notes.push(note);
        let several = defined_together(text, note);
        // （下称“《租赁条例》”或“新规”）: two names of one.
        let alternative = ["”或", "》或", "」或"].iter().any(|or| text[note.range()].contains(or));
        if several.len() > 1 && alternative {
            behind.defines.extend(several);
        } else if several.len() > 1 {
            behind.shared = several;
        } else {
            let latin = latin_names(text, note);
            behind.defines.extend(latin.iter().copied());
            let short = defined(text, note).or_else(|| lone_short_form(text, note));
            behind.defines.extend(short.filter(|short| !latin.contains(short)));
        }
        here = end;
    }
    behind
}

/// The end of the balanced bracket that opens at `at`.
pub(super) fn bracket(text: &str, at: usize) -> Option<usize> {
    if !text[at..].starts_with(['（', '(', '〔', '[']) {
        return None;
    }
    let mut depth = 0_u8;
    for (i, c) in text[at..].char_indices().take(160) {
        match c {
            '（' | '(' | '〔' | '[' => depth = depth.saturating_add(1),
            '）' | ')' | '〕' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + i + c.len_utf8());
                }
            }
            '。' => return None,
            _ => {}
        }
    }
    None
}

/// The short form that is all that a bracket holds: 《国际紧急经济权力法》（IEEPA）, 《公司條例》（第622章）（《主體條例》）.
fn lone_short_form(text: &str, note: Span) -> Option<Span> {
    const LONGEST: usize = 8;
    let inside = &text[note.range()];
    let letters = inside.bytes().all(|b| b.is_ascii_uppercase()) && (2..=LONGEST).contains(&inside.len());
    if letters {
        // （GB） tells the series of a standard.
        return (!matches!(inside, "GB" | "DB" | "ISO" | "IEC")).then_some(note);
    }
    // （“《登记规定》”）
    let plain = inside.trim_start_matches('“').trim_end_matches('”');
    let inner = plain.strip_prefix(['《', '〈']).and_then(|rest| rest.strip_suffix(['》', '〉']))?;
    let named = (3..=LONGEST).contains(&inner.chars().count())
        && !inner.contains(['《', '〈', '》', '〉'])
        && ["条例", "條例", "法", "规定", "規定", "办法", "辦法", "规例", "規例", "條例草案", "条例草案"]
            .iter()
            .any(|head| inner.ends_with(head));
    let start = note.start() + inside.len() - inside.trim_start_matches('“').len() + "《".len();
    named.then(|| Span::of(start, start + inner.len()))
}

/// A title in English that a bracket begins with, and the letters that abbreviate it: （CLOUD Act）, （General Data Protection
/// Regulation，GDPR）.
fn latin_names(text: &str, note: Span) -> Vec<Span> {
    const HEADS: [&str; 9] =
        ["Act", "Law", "Regulation", "Directive", "Agreement", "Convention", "Treaty", "Protocol", "Code"];
    const LONGEST: usize = 120;
    const SERIES: [&str; 4] = ["GB", "DB", "ISO", "IEC"];
    let inside = &text[note.range()];
    let mut found = Vec::new();
    let mut start = note.start();
    for part in inside.split(['，', ',', '；', ';', '、']).take(3) {
        let name = part.trim();
        let at = start + (part.len() - part.trim_start().len());
        start += part.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        let letters = (2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '&' | '\'' | '’');
        // Health Insurance Portability and Accountability Act of 1996
        let undated = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let undated = undated.strip_suffix(" of").unwrap_or(undated);
        let titled = name.len() <= LONGEST
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(plain)
            && undated.rsplit_once(' ').is_some_and(|(_, head)| HEADS.contains(&head));
        if found.is_empty() && !titled || !titled && (!letters || SERIES.contains(&name)) {
            break;
        }
        found.push(Span::of(at, at + name.len()));
    }
    found
}

/// Numbers of acts of the European Union and the United States as they are written in English.
pub(super) fn foreign_numbers(mentions: &[Mention]) -> Vec<(Span, String)> {
    const KINDS: [&str; 6] =
        ["Regulation (", "Directive ", "Decision (", "Executive Order ", "Proclamation ", "Public Law "];
    let named = |mention: &Mention| match &mention.value {
        Value::Norm(norm) if KINDS.iter().any(|kind| norm.starts_with(kind)) => Some((mention.span, norm.clone())),
        _ => None,
    };
    let mut found: Vec<_> = mentions.iter().filter_map(named).collect();
    found.sort_by_key(|(span, _)| span.start());
    found
}

/// The short forms of a bracket that defines several: “水法”“防洪法”, 《决定》和《意见》, with 分别 also without marks.
fn defined_together(text: &str, note: Span) -> Vec<Span> {
    const JOINTS: [char; 9] = ['、', '和', '及', '与', '與', '，', ' ', '或', '者'];
    let inside = &text[note.range()];
    let Some((at, cue)) = DEFINES.iter().filter_map(|cue| Some((inside.rfind(cue)?, cue))).max_by_key(|&(at, _)| at)
    else {
        return Vec::new();
    };
    let respectively = inside[..at].ends_with("分别") || inside[..at].ends_with("分別");
    let mut rest = inside[at + cue.len()..].trim_start_matches([' ', '为', '為', '：', ':']);
    let mut found = Vec::new();
    let span = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Span::of(start, start + part.len())
    };
    if !rest.starts_with(['“', '「', '《', '『', '"']) {
        if respectively && rest.contains('、') {
            found.extend(rest.split('、').map(str::trim).filter(|part| !part.is_empty()).map(span));
        }
        return found;
    }
    while let Some(open) = rest.chars().next() {
        let close = match open {
            '“' => '”',
            '「' => '」',
            '『' => '』',
            '《' => '》',
            '"' => '"',
            _ => break,
        };
        let body = &rest[open.len_utf8()..];
        let Some(end) = body.find(close) else { break };
        if end > 0 {
            found.push(span(body[..end].trim_matches(['《', '》'])));
        }
        rest = body[end + close.len_utf8()..].trim_start_matches(JOINTS);
    }
    found
}

/// The short form that a bracket defines.
fn defined(text: &str, note: Span) -> Option<Span> {
    let inside = &text[note.range()];
    let (at, cue) = DEFINES
        .iter()
        .filter_map(|cue| inside.find(cue).map(|at| (at, cue)))
        .min_by_key(|&(at, cue)| (at, usize::MAX - cue.len()))?;
    let mut start = at + cue.len();
    let short = inside[start..].trim_start_matches([' ', '为', '為', '：', ':', '“', '"', '「', '《', '〈', '『']);
    start = inside.len() - short.len();
    let end = short.find(['，', '；', ',', '”', '"', '」', '》', '〉', '』', '。']).unwrap_or(short.len());
    let mut short = short[..end].trim_end();
    // （下称“新《公司法》”）, （以下简称国务院《通知》）: what stands before the marks only tells which one is meant.
    if let Some((told, marked)) = short.split_once(['《', '〈'])
        && told.chars().count() <= 6
    {
        start += short.len() - marked.len();
        short = marked;
    }
    // （被称为“史上最严”）, but （业内称“家政36条”）.
    let named = short.ends_with(['法', '例', '条', '條', '定', '案', '则', '見', '见', '划']);
    let named = named || !CALLED.contains(&&**cue);
    (named && !short.is_empty() && short.chars().count() <= 30)
        .then(|| Span::of(note.start() + start, note.start() + start + short.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(text: &str) -> Vec<&str> {
        pairs(text).iter().map(|p| &text[p.inner.range()]).collect()
    }

    #[test]
    fn marks_nest_in_every_spelling() {
        assert_eq!(inside("《关于修改〈甲法〉的决定》"), ["关于修改〈甲法〉的决定", "甲法"]);
        assert_eq!(inside("《关于修改<甲法>的决定》"), ["关于修改<甲法>的决定", "甲法"]);
        assert_eq!(inside("《关于《甲法》的解释》"), ["关于《甲法》的解释", "甲法"]);
        assert_eq!(inside("《甲法，《乙法》"), ["乙法"]);
        assert_eq!(inside("》《》<b>"), Vec::<&str>::new());
    }

    #[test]
    fn the_short_form_behind_a_title() {
        let text = "《投资体制改革的决定》（国发〔2004〕20号，以下简称《决定》）精神";
        let found = behind(text, pairs(text)[0].end);
        assert_eq!(found.defines.iter().map(|s| &text[s.range()]).collect::<Vec<_>>(), ["决定"]);
        let text = "》（以下简称《刑法修正案（十二）》）";
        assert_eq!(
            behind(text, 3).defines.iter().map(|s| &text[s.range()]).collect::<Vec<_>>(),
            ["刑法修正案（十二）"]
        );
    }

    #[test]
    fn a_bracket_with_a_short_form_alone_defines_it() {
        let defines = |text: &str| -> Vec<String> {
            behind(text, 0).defines.iter().map(|span| text[span.range()].to_owned()).collect()
        };
        assert_eq!(defines("（IEEPA）第203条"), ["IEEPA"]);
        assert_eq!(defines("（第622章）（《主體條例》）第64條"), ["主體條例"]);
        assert_eq!(defines("（CLOUD Act）第2条"), ["CLOUD Act"]);
        assert_eq!(
            defines("（General Data Protection Regulation，GDPR）"),
            ["General Data Protection Regulation", "GDPR"]
        );
        assert!(defines("（Beijing，中国）").is_empty() && defines("（Act）").is_empty());
        assert!(
            defines("（GB）").is_empty()
                && defines("（试行）（A股）").is_empty()
                && defines("（参见《某某》）").is_empty()
        );
    }

    #[test]
    fn a_hundred_thousand_open_marks_are_no_trouble() {
        assert!(pairs(&"《".repeat(100_000)).is_empty());
    }
}
