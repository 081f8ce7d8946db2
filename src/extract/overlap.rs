//! Decides which of two overlapping candidates survives.
//!
//! 《法治社会建设实施纲要（2020－2025年）》 is one title that holds two years. If dates won here, the table of
//! instruments would lose it. So among candidates that cross or exclude each other the longest wins; at equal
//! length, the one that starts first; at equal start, the rule listed first.
//!
//! Always true: mentions may nest (the years inside the title), they never cross; what a citation covers
//! (国发〔2015〕50号, 50 U.S.C. 1701) holds no dates and no figures.

use super::mention::{Mention, Said, Shape, Timing, Value};
use crate::{
    text::Span,
    value::{Amount, Extent, Grain, Kind, Number, Unit},
};

/// The surviving mentions, sorted by start, then longest first. Inner layers of amounts and dates stay as
/// `nested`.
#[must_use]
pub(super) fn decide(text: &str, mut candidates: Vec<Mention>) -> Vec<Mention> {
    candidates.sort_by(|a, b| {
        (a.span.start(), std::cmp::Reverse(a.span.end()), rank(a.kind), a.rule).cmp(&(
            b.span.start(),
            std::cmp::Reverse(b.span.end()),
            rank(b.kind),
            b.rule,
        ))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(candidates.len());
    let mut rest = candidates.into_iter().peekable();
    let mut group: Vec<Mention> = Vec::new();
    while let Some(first) = rest.next() {
        // A group of candidates that overlap one after another is decided by itself; most are alone.
        let mut reach = first.span.end();
        if rest.peek().is_none_or(|next| next.span.start() >= reach) {
            kept.push(first);
            continue;
        }
        group.push(first);
        while let Some(next) = rest.next_if(|m| m.span.start() < reach) {
            reach = reach.max(next.span.end());
            group.push(next);
        }
        decide_group(text, &mut group, &mut kept);
    }
    kept.sort_by(|a, b| {
        (a.span.start(), std::cmp::Reverse(a.span.end()), a.nested).cmp(&(
            b.span.start(),
            std::cmp::Reverse(b.span.end()),
            b.nested,
        ))
    });
    kept
}

/// The mentions with their inner layers: longer readings that only matter to some (今年3月), and each number.
///
/// A longer reading replaces the shorter one that it holds if it says more of the same; a number that another number
/// holds is no layer.
#[must_use]
pub(super) fn add_inner(
    mut kept: Vec<Mention>,
    inner: Vec<Mention>,
    numbers: impl Iterator<Item = Mention>,
) -> Vec<Mention> {
    let dated = |kind| matches!(kind, Kind::Date | Kind::DateRange);
    let mut layers: Vec<Mention> = Vec::new();
    for candidate in inner {
        let near = neighbours(&kept, candidate.span);
        let blocked = kept[near.clone()].iter().any(|top| {
            let same_kind = top.kind == candidate.kind || dated(top.kind) && dated(candidate.kind);
            let citation = !is_measured(top.kind) && top.kind != Kind::Law && top.span.overlaps(candidate.span);
            // "in two years" says when, and no length beside.
            let part_of_date = dated(top.kind) && candidate.kind == Kind::Duration;
            citation
                || part_of_date && top.span.contains(candidate.span) && top.span != candidate.span
                || top.span.crosses(candidate.span)
                || top.span == candidate.span && same_kind && !is_open(&candidate) && !is_finer(&candidate, top)
                || same_kind
                    && top.span.contains(candidate.span)
                    && !(is_bare_range(&candidate) && top.span != candidate.span)
                    && !((is_open(&candidate) || is_finer(&candidate, top)) && top.span == candidate.span)
        });
        if blocked {
            continue;
        }
        for top in &mut kept[near] {
            let dates = dated(candidate.kind) && dated(top.kind);
            let sided = top.span == candidate.span && is_open(&candidate) && is_bare(top);
            if candidate.span.contains(top.span) && (dates || sided || says_more(&candidate, top)) {
                top.span = Span::new(0, 0);
            }
        }
        layers.push(Mention { nested: true, ..candidate });
    }
    kept.retain(|m| !m.span.is_empty());
    let holds_number = |m: &&Mention| matches!(m.kind, Kind::Number);
    let spoken = layers.iter().filter(holds_number).chain(kept.iter().filter(|m| is_bare(m)));
    let spoken = Spans::of(spoken);
    // 二分之一 in 负一又二分之一.
    let wider = Spans::of(layers.iter().filter(holds_number));
    kept.retain(|m| !(is_bare(m) && wider.hold(m.span) && !wider.has(m.span)));
    let fractions: Vec<Mention> =
        kept.iter().chain(&layers).filter(|m| !wider.hold(m.span)).filter_map(fraction).collect();
    let divided = Spans::of(fractions.iter());
    let mut bare = Vec::new();
    for number in numbers {
        // A name that swallows half a numeral ("GB 3838-2002two thousand") leaves no number beside it.
        let crosses = |mentions: &[Mention]| {
            mentions[neighbours(mentions, number.span)].iter().any(|top| top.span.crosses(number.span))
        };
        if crosses(&kept) || crosses(&layers) {
            continue;
        }
        if !spoken.hold(number.span) && !divided.hold(number.span) {
            bare.push(number);
        }
    }
    kept.append(&mut bare);
    kept.append(&mut layers);
    kept.extend(fractions);
    // Of two layers at one place the inner one comes first: 0.5 before the fraction 1/2.
    kept.sort_by(|a, b| {
        (a.span.start(), std::cmp::Reverse(a.span.end()), b.nested).cmp(&(
            b.span.start(),
            std::cmp::Reverse(b.span.end()),
            a.nested,
        ))
    });
    kept
}

/// Whether a longer amount of the same kind and unit tells what the shorter one in it leaves out.
fn says_more(longer: &Mention, shorter: &Mention) -> bool {
    if longer.kind != shorter.kind || longer.span == shorter.span || !is_measured(longer.kind) {
        return false;
    }
    match (&longer.value, &shorter.value) {
        // "more than 40" tells nothing of the actions in "40 actions".
        (Value::Amount(long), Value::Amount(short)) => short.unit == Unit::None || long.unit == short.unit,
        // "a minute and 30 seconds" is one length.
        _ => true,
    }
}

/// "three years ago", counted to the day, beside the year that is meant.
fn is_finer(inner: &Mention, outer: &Mention) -> bool {
    let shape = |mention: &Mention| match mention.value {
        Value::Time(Timing { said: Said::Relative(relative), .. }) => Some(relative.shape),
        _ => None,
    };
    matches!((shape(inner), shape(outer)), (Some(Shape::Instant), Some(Shape::Whole)))
}

/// Spans by start, of which hardly any hold one another.
struct Spans(Vec<Span>);

impl Spans {
    fn of<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Self {
        let mut spans: Vec<Span> = mentions.map(|m| m.span).collect();
        spans.sort_by_key(|span| (span.start(), span.end()));
        Self(spans)
    }

    /// Whether one of them contains a span, among the last few that begin before it.
    fn hold(&self, inner: Span) -> bool {
        let to = self.0.partition_point(|span| span.start() <= inner.start());
        self.0[to.saturating_sub(4)..to].iter().any(|span| span.contains(inner))
    }

    fn has(&self, span: Span) -> bool {
        self.0.binary_search_by_key(&(span.start(), span.end()), |s| (s.start(), s.end())).is_ok()
    }
}

/// The mentions among sorted ones that may touch a span; a little more than those that do.
fn neighbours(sorted: &[Mention], span: Span) -> std::ops::Range<usize> {
    const REACH: usize = 8;
    let from = sorted.partition_point(|m| m.span.start() < span.start()).saturating_sub(REACH);
    let to = sorted.partition_point(|m| m.span.start() < span.end());
    from..to.max(from)
}

/// A fraction that is no ratio of whole numbers (五百分之2.2): a figure that counts nothing.
fn is_bare(mention: &Mention) -> bool {
    let Value::Amount(amount) = &mention.value else { return false };
    mention.kind == Kind::Figure && amount.unit == Unit::None && matches!(amount.extent, Extent::Single(_))
}

/// All on one side of a number: 二百三十余万.
fn is_open(mention: &Mention) -> bool {
    matches!(&mention.value, Value::Amount(amount) if matches!(amount.extent, Extent::Open(..)))
}

/// 20-100 in 20-100个: numbers alone.
fn is_bare_range(mention: &Mention) -> bool {
    let Value::Amount(amount) = &mention.value else { return false };
    amount.unit == Unit::None && matches!(amount.extent, Extent::Range(..))
}

/// A stated fraction as a number.
fn fraction(mention: &Mention) -> Option<Mention> {
    let Value::Amount(amount) = &mention.value else { return None };
    let Extent::Single(ratio @ Number::Ratio { .. }) = amount.extent else { return None };
    let number = Number::Decimal(ratio.decimal()?);
    let value = Value::Amount(Amount { extent: Extent::Single(number), ..amount.clone() });
    Some(Mention { kind: Kind::Number, nested: true, value, ..mention.clone() })
}

/// Beyond this many candidates in one heap the text is no text; the first ones are enough.
const LARGEST_GROUP: usize = 400;

fn decide_group(text: &str, group: &mut Vec<Mention>, kept: &mut Vec<Mention>) {
    // Longest first; the order before keeps earlier starts and earlier rules ahead among equals.
    group.sort_by_key(|m| std::cmp::Reverse(m.span.len()));
    group.truncate(LARGEST_GROUP);
    let from = kept.len();
    for mut candidate in group.drain(..) {
        let mut verdict = Verdict::Keep;
        for winner in &kept[from..] {
            verdict = verdict.and(relation(text, winner, &candidate));
            if verdict == Verdict::Drop {
                break;
            }
        }
        if verdict != Verdict::Drop {
            candidate.nested |= verdict == Verdict::Inner;
            kept.push(candidate);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Keep,
    Inner,
    Drop,
}

impl Verdict {
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Drop, _) | (_, Self::Drop) => Self::Drop,
            (Self::Inner, _) | (_, Self::Inner) => Self::Inner,
            _ => Self::Keep,
        }
    }
}

/// What becomes of a candidate that is at most as long as a mention that has won already.
fn relation(text: &str, winner: &Mention, candidate: &Mention) -> Verdict {
    if !winner.span.overlaps(candidate.span) {
        return Verdict::Keep;
    }
    if !winner.span.contains(candidate.span) {
        return Verdict::Drop;
    }
    let same = winner.span == candidate.span;
    match (winner.kind, candidate.kind) {
        (Kind::Law, Kind::Law) if same => Verdict::Drop,
        (Kind::Law, Kind::Law) => inner_title(text, winner, candidate),
        (Kind::Law, Kind::DocNumber | Kind::Standard | Kind::CodeRef) if !same => Verdict::Keep,
        // The articles that a bill changes stand in its title.
        (Kind::Law, Kind::ArticleRef) if !same && text[winner.span.range()].ends_with("修正草案") => Verdict::Keep,
        (Kind::Law, Kind::Date | Kind::DateRange) if !same => dated_title(text, winner, candidate),
        (Kind::DocNumber | Kind::Standard, Kind::Law) if same => Verdict::Drop,
        (w, c) if is_measured(w) && is_measured(c) => {
            // 6个月 inside 6个月以上3年以下 is half of what is said. The number in an amount is a layer of its own.
            if !same && matches!(c, Kind::Number | Kind::Ordinal) && !matches!(w, Kind::Number | Kind::Ordinal) {
                Verdict::Inner
            } else {
                Verdict::Drop
            }
        }
        _ => Verdict::Drop,
    }
}

/// A law inside the title of another one is a mention where marks or grammar set it off:
/// 《关于修改〈个人所得税法〉的决定》, not 个人所得税法 in 个人所得税法实施条例.
fn inner_title(text: &str, outer: &Mention, inner: &Mention) -> Verdict {
    let before = &text[outer.span.start()..inner.span.start()];
    let after = &text[inner.span.end()..outer.span.end()];
    let marked = before.ends_with(['《', '〈', '<', '“', '‘', '"', '(', '（']) && !after.is_empty();
    let governed = !after.is_empty()
        && ["关于", "适用", "修改", "修正", "执行", "实施", "贯彻", "废止", "關於", "適用", "违反"]
            .iter()
            .any(|w| before.ends_with(w));
    // "Interpretation … on the Application of the Civil Code", not the act in "Enforcement Rules of the Forestry Act"
    let applied = before.ends_with("the ")
        && (["Application of ", "Amending ", "Amend ", "to amend ", "Amendment of ", "Repealing ", "implementation of ", "application of ", "conclusion of ", "accession to "]
            .iter()
            .any(|w| before.contains(w))
            // "Notice on Issuing the National Plan", "Provisions on Implementing the Anti-Foreign Sanctions Law"
            || ["Implementing the ",
                "Formulating the ", "Issuing the ", "Distributing the ", "Promulgating the ", "Revising the ", "Publishing the ", "under the "]
                .iter()
                .any(|w| before.ends_with(w)));
    // 噪音管制法第二十三條條文修正草案
    let changed = before.is_empty()
        && after.ends_with("草案")
        && ["第", "部分條文", "修正草案", "增訂"].iter().any(|word| after.starts_with(word));
    if marked || governed || applied || changed { Verdict::Keep } else { Verdict::Drop }
}

/// What a year before it names, and does not date.
const STATUTES: [&str; 20] = [
    "規例",
    "规例",
    "預算案",
    "预算案",
    "法",
    "法案",
    "法令",
    "协定",
    "協定",
    "公约",
    "公約",
    "条约",
    "條約",
    "议定书",
    "議定書",
    "条例",
    "條例",
    "规则",
    "條例草案",
    "法草案",
];

/// A date inside a title is a mention, but not the year of a statute's name ("Act of 2014", "Act, 2001").
fn dated_title(text: &str, title: &Mention, date: &Mention) -> Verdict {
    let year_only = match &date.value {
        Value::Time(timing) => match timing.said {
            Said::Fixed(when) | Said::Yearly(when) | Said::Fiscal(when) => when.grain() == Some(Grain::Year),
            Said::Relative(_) => true,
        },
        _ => true,
    };
    let latin = text[title.span.range()].is_ascii()
        || !text[date.span.range()].contains('年')
            && text[title.span.range()].starts_with(|c: char| c.is_ascii_alphabetic());
    let range = date.kind == Kind::DateRange;
    // 《1974年贸易法》, 《1994年关税与贸易总协定》; 《2024年节能降碳行动方案》 is of 2024.
    let name = text[title.span.range()].trim_start_matches(['《', '〈']).trim_end_matches(['》', '〉']);
    let statute = STATUTES.iter().any(|head| name.ends_with(head));
    if year_only && !range && statute && date.span.start() <= title.span.start() + "《".len() {
        return Verdict::Drop;
    }
    if latin && year_only && !range { Verdict::Drop } else { Verdict::Keep }
}

const fn is_measured(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Date
            | Kind::DateRange
            | Kind::Duration
            | Kind::Money
            | Kind::Percent
            | Kind::Figure
            | Kind::Number
            | Kind::Ordinal
    )
}

/// Which kind is believed first where the words are the same.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::CodeRef => 0,
        Kind::DocNumber => 1,
        Kind::Standard => 2,
        Kind::Law => 3,
        Kind::ArticleRef => 4,
        Kind::LawAnaphor => 5,
        Kind::DateRange => 6,
        Kind::Date => 7,
        Kind::Money => 8,
        Kind::Percent => 9,
        Kind::Duration => 10,
        Kind::Figure => 11,
        Kind::Number => 12,
        Kind::Ordinal => 13,
    }
}
