//! Joins two times that a word makes the ends of one: 去年10月至今年3月, "from early 2020 to late 2021".
//!
//! Patterns know the ends that are written often. Those with a word of their own at either end (年末, "early", 去年) are as
//! many as the product of all wordings, so they are found as two and joined here, where the year of each is known.
//!
//! Always true: the first end lies before the second, and only words of the lists stand between.

use crate::{
    extract::{Said, Value},
    resolve::Resolved,
    ruleset::Ruleset,
    text::Span,
    value::{Basis, Kind, Point, When},
};

/// What may stand between two ends.
struct Joint<'a> {
    /// 至, "to": with nothing before the first end, or one of `openers`.
    words: &'a [String],
    /// 与 … 之间, "between … and".
    pairs: &'a [String],
    openers: &'a [String],
    closers: &'a [String],
    /// "from" is needed before the first end.
    latin: bool,
}

/// The longest words between two ends, in bytes.
const JOINT_BYTES: usize = 24;

pub(super) fn join(rules: &Ruleset, text: &str, mentions: &mut Vec<Resolved>) {
    let list = |name: &str| rules.list(name);
    let joints = [
        Joint {
            words: list("zh.date.joint"),
            pairs: list("zh.date.joint_pair"),
            openers: &[],
            closers: list("zh.date.joint_closers"),
            latin: false,
        },
        Joint {
            words: list("en.date.joint"),
            pairs: list("en.date.joint_pair"),
            openers: list("en.date.joint_openers"),
            closers: &[],
            latin: true,
        },
    ];
    // All layers take the word that opens a range into it.
    let layered = mentions.iter().any(|found| found.mention.nested);
    let openers = [list("en.date.openers"), list("zh.date.joint_openers")].concat();
    let mut gone = Vec::new();
    let mut last: Option<usize> = None;
    for index in 0..mentions.len() {
        let found = &mentions[index];
        if found.mention.nested || !matches!(found.mention.kind, Kind::Date | Kind::DateRange) {
            continue;
        }
        if let Some(before) = last
            && let Some(when) = joints.iter().find_map(|joint| joint.range(text, &mentions[before], found))
        {
            let (first, second) = (mentions[before].mention.span, found.mention.span);
            let basis = mentions[before].basis.max(found.basis);
            let ends = Box::new([first, second]);
            let left = text[..first.start()].trim_end();
            let opener = openers.iter().filter(|opener| layered && ends_with(left, opener)).map(String::len).max();
            let start = opener.map_or(first.start(), |opener| left.len() - opener);
            let joined = &mut mentions[before];
            joined.mention.span = Span::of(start, second.end());
            joined.mention.kind = Kind::DateRange;
            joined.mention.ends = Some(ends);
            if let Value::Time(timing) = &mut joined.mention.value {
                (timing.said, timing.modifier, timing.year) = (Said::Fixed(when), None, None);
            }
            (joined.time, joined.basis) = (Some(when), basis);
            gone.push(index);
            last = None;
            continue;
        }
        last = Some(index);
    }
    if gone.is_empty() {
        return;
    }
    let mut index = 0;
    let mut gone = gone.into_iter().peekable();
    mentions.retain(|_| {
        index += 1;
        gone.next_if_eq(&(index - 1)).is_none()
    });
}

impl Joint<'_> {
    /// The range of two times, if the words around them join them.
    fn range(&self, text: &str, first: &Resolved, second: &Resolved) -> Option<When> {
        let b = end_of(second)?;
        let a = earlier_end(first, second, b)?;
        let (from, to) = (first.mention.span.end(), second.mention.span.start());
        let between = text.get(from..to).filter(|between| between.len() <= JOINT_BYTES && !between.contains('\n'))?;
        let word = between.trim();
        let before = || text[..first.mention.span.start()].trim_end();
        let opens = |word: &str| self.openers.iter().any(|opener| ends_with(before(), opener) && !word.is_empty());
        let joined = self.words.iter().any(|joint| joint == word) && (!self.latin || opens(word));
        let behind = || text[second.mention.span.end()..].trim_start_matches(' ');
        let paired = self.pairs.iter().any(|joint| joint == word)
            && if self.latin {
                ends_with(before(), "between") || ends_with(before(), "between the")
            } else {
                self.closers.iter().any(|closer| behind().starts_with(closer.as_str()))
            };
        let sound = match (a.days(), b.days()) {
            (Some((x, _)), Some((_, y))) => x < y && a != b,
            _ => false,
        };
        ((joined || paired) && sound).then_some(When::Interval(Some(a), Some(b)))
    }
}

/// The time of a mention that may be an end: a point whose year is known.
fn end_of(found: &Resolved) -> Option<Point> {
    let Value::Time(timing) = &found.mention.value else { return None };
    let known = found.basis != Some(Basis::Unresolved);
    match (found.time?, timing.said) {
        (When::Point(point), Said::Fixed(_) | Said::Relative(_)) if known => Some(point),
        _ => None,
    }
}

/// "from Feb 1st to March 2019": the first end takes its year from the second, where that says it.
fn earlier_end(first: &Resolved, second: &Resolved, last: Point) -> Option<Point> {
    let Value::Time(timing) = &first.mention.value else { return None };
    let told = second.basis == Some(Basis::Explicit) && timing.year.is_none();
    match (timing.said, last.year()) {
        (Said::Fixed(When::Point(point)), Some(year)) if told && point.lacks_year() => {
            let same = point.in_year(year);
            let after = same.days().zip(last.days()).is_some_and(|((from, _), (_, to))| from > to);
            Some(if after { point.in_year(year - 1) } else { same })
        }
        _ => end_of(first),
    }
}

fn ends_with(left: &str, word: &str) -> bool {
    let start = left.len().checked_sub(word.len());
    start.is_some_and(|start| {
        left.as_bytes()[start..].eq_ignore_ascii_case(word.as_bytes())
            && !left[..start].ends_with(|c: char| c.is_alphanumeric())
    })
}
