//! What a text amends: "Article 1 is amended to read" in a decision to amend a law is an article of that law, and "(a) in section 2(b)"
//! below "Executive Order 13604 is hereby amended as follows:" one of that order.
//!
//! "Decision of the Standing Committee of the National People's Congress on Amending the Cybersecurity Law" goes through the law
//! article by article. "This Decision" is the decision, and "This Law" in the new wording the law. Orders, acts and regulations
//! say of an instrument that it is amended, and list the changes below.
//!
//! Always true: in a text that says neither nothing changes; a list of changes ends with its last item.

use super::super::{EntityIx, Resolved, antecedent, context::Context};
use crate::{extract::Value, text::Span, value::Kind};

/// Words right before the name of the law that is amended.
const BEFORE: [&str; 8] = [
    "mending the ",
    "mend the ",
    "evising the ",
    "evise the ",
    "mending of the ",
    "mendment of the ",
    "mendments to the ",
    "mendment to the ",
];
/// What is said of an instrument over its changes.
const AMENDED: [&str; 8] = [
    " is amended",
    " are amended",
    " is hereby amended",
    " are hereby amended",
    " is further amended",
    " is also amended",
    " is hereby further amended",
    " are further amended",
];
/// How far behind a name it is said that it is amended, and how long a list of changes is read, in bytes.
const SAID: usize = 240;
const LIST: usize = 60_000;

/// Whether a title is that of a decision to amend.
pub(in crate::resolve) fn is_decision(title: &str) -> bool {
    antecedent::main_head(title) == "decision"
        && (title.contains("mending ") || title.contains("mend ") || title.contains("evising "))
}

/// Whether the words that end here lead to the law that is amended.
pub(in crate::resolve) fn leads_to_law(before: &str) -> bool {
    BEFORE.iter().any(|words| before.ends_with(words))
}

/// What is amended where.
pub(in crate::resolve) struct Amended {
    /// From which byte on a decision amends which law.
    stops: Vec<(usize, EntityIx)>,
    /// Lists of changes, by where they begin.
    lists: Vec<Changes>,
}

/// The changes of one instrument.
pub(in crate::resolve) struct Changes {
    from: usize,
    to: usize,
    pub(in crate::resolve) entity: EntityIx,
    /// The division that is amended as a whole: "Section 5 of the Boxes Act is amended".
    division: Option<String>,
}

impl Amended {
    pub(in crate::resolve) fn of(text: &str, mentions: &[Resolved], context: &Context) -> Self {
        let lists = lists(text, mentions, context);
        if !is_decision(&context.own_title) {
            return Self { stops: Vec::new(), lists };
        }
        let laws = mentions.iter().filter(|r| r.mention.kind == Kind::Law && Some(r.entity) != Some(context.own));
        let named = laws.filter(|r| leads_to_law(&text[..r.mention.span.start()]));
        let mut stops: Vec<(usize, EntityIx)> =
            named.filter_map(|r| Some((r.mention.span.start(), r.entity?))).collect();
        // Before the first, and in later parts of a long text, it is the one named before.
        if let Some(first) = context.before_amended.or_else(|| stops.first().map(|(_, entity)| *entity)) {
            stops.insert(0, (0, first));
        }
        Self { stops, lists }
    }

    pub(in crate::resolve) fn at(&self, at: usize) -> Option<EntityIx> {
        if let Some(changes) = self.changes(at) {
            return Some(changes.entity);
        }
        let next = self.stops.partition_point(|&(start, _)| start <= at);
        self.stops.get(next.checked_sub(1)?).map(|(_, entity)| *entity)
    }

    /// The list of changes in which a place stands.
    pub(in crate::resolve) fn changes(&self, at: usize) -> Option<&Changes> {
        let next = self.lists.partition_point(|changes| changes.from <= at);
        self.lists.get(next.checked_sub(1)?).filter(|changes| at < changes.to)
    }

    pub(in crate::resolve) fn last(&self) -> Option<EntityIx> {
        self.stops.last().map(|(_, entity)| *entity)
    }
}

impl Changes {
    /// The complete form of a part in a list of changes: "paragraph (3)(b)" below "In regulation 14—"; `left` are the mentions before
    /// it, the nearest first.
    pub(in crate::resolve) fn completed<'r>(
        &self,
        text: &str,
        reference: &str,
        left: impl Iterator<Item = &'r Resolved>,
    ) -> Option<String> {
        let stem = { left }
            .take_while(|r| r.mention.span.start() >= self.from)
            .find_map(|r| {
                let Value::Article(article) = &r.mention.value else { return None };
                let before = text[..r.mention.span.start()].trim_end();
                let opens = before.ends_with("In") || before.ends_with("in");
                let behind = text[r.mention.span.end()..].trim_start();
                let leads = opens && behind.starts_with(['—', '–', ':', ',', '-']);
                (leads && !article.reference.starts_with('(')).then(|| article.reference.clone())
            })
            .or_else(|| self.division.clone())?;
        let single = !stem.contains([',', '-']);
        let section = stem.starts_with("reg") || stem.starts_with('s');
        if single && section && reference.starts_with('(') {
            return Some(reference.split(',').map(|part| format!("{stem}{part}")).collect::<Vec<_>>().join(","));
        }
        (single && stem.starts_with('a') && reference.starts_with('p')).then(|| format!("{stem}.{reference}"))
    }
}

/// The lists of changes of a text.
fn lists(text: &str, mentions: &[Resolved], context: &Context) -> Vec<Changes> {
    let mut found: Vec<Changes> = Vec::new();
    for (at, named) in mentions.iter().enumerate() {
        if !matches!(named.mention.kind, Kind::Law | Kind::DocNumber) || named.entity == context.own {
            continue;
        }
        let Some(entity) = named.entity else { continue };
        let span = named.mention.span;
        // "Amendment of the Boxes Regulations 2022" over "2.—(1) In regulation 11(2)"
        let heads = is_heading(text, span);
        let Some(said) = amended(&text[span.end()..]).or(heads.then_some(0)) else { continue };
        let from = span.end() + said;
        // The number and the title in brackets behind it are one.
        if found.last().is_some_and(|last| last.from == from) {
            continue;
        }
        let division = mentions[..at].last().and_then(|r| match &r.mention.value {
            Value::Article(article) => {
                let gap = text.get(r.mention.span.end()..span.start()).unwrap_or_default();
                matches!(gap, " of the " | " of ").then(|| article.reference.clone())
            }
            _ => None,
        });
        let to = end(text, span, from, heads);
        if let Some(last) = found.last_mut() {
            last.to = last.to.min(span.start().max(last.from));
        }
        found.push(Changes { from, to, entity, division });
    }
    found
}

/// How many bytes behind a name the words end that say that it is amended; between them only brackets, a date, "as amended".
fn amended(behind: &str) -> Option<usize> {
    let near = &behind[..behind.floor_char_boundary(SAID)];
    let (at, words) = { AMENDED.iter() }.filter_map(|words| Some((near.find(words)?, words))).min()?;
    let mut depth = 0_usize;
    let mut gap = String::new();
    for c in near[..at].chars() {
        match c {
            '(' => depth += 1,
            // The name may stand in a bracket itself.
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => gap.push(c),
            _ => {}
        }
    }
    let plain = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        matches!(word, "of" | "dated" | "as" | "amended")
            || word.bytes().all(|b| b.is_ascii_digit())
            || matches!(
                word.get(..3),
                Some("Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec")
            )
    });
    let ends = !near[at + words.len()..].starts_with(char::is_alphanumeric)
        && !near[at + words.len()..].starts_with(" by the ");
    (plain && ends && !gap.contains(['.', ';'])).then_some(at + words.len())
}

/// Where the changes end that begin at `from`, behind the name at `span`: with the sentence, or with the last item below it.
fn end(text: &str, span: Span, from: usize, heads: bool) -> usize {
    let level = level(line_before(text, span.start()).unwrap_or_default());
    let last = text.floor_char_boundary((from + LIST).min(text.len()));
    let mut at = text[from..last].find('\n').map_or(last, |mark| from + mark);
    let rest = text[from..at].trim_end();
    // "2.—(1) The Regulations are amended as follows." over "(2) In regulation 14—"
    let beside = heads || rest.ends_with("as follows.");
    let sentence = rest.match_indices(". ").find(|(dot, _)| rest[dot + 2..].starts_with(char::is_uppercase));
    if let Some((dot, _)) = sentence.filter(|_| !beside) {
        return from + dot;
    }
    if !beside && !rest.ends_with([':', '—', '–', '-', ';', ',']) {
        return at;
    }
    let mut over = true;
    while at < last {
        let next = text[at + 1..last].find('\n').map_or(last, |mark| at + 1 + mark);
        let line = text[at + 1..next].trim_matches([' ', '\u{a0}', '*', '>']);
        let item = line.starts_with(['(', '“', '"', '‘', '”'])
            || line.starts_with(char::is_lowercase)
            || heads && line.starts_with(|c: char| c.is_ascii_digit())
            || line.is_empty();
        let sibling = !beside && level.is_some() && self::level(line) == level;
        if sibling || !item && over {
            return at;
        }
        if !line.is_empty() {
            over = line.ends_with(['.', ';', ':', ',', '—', '”', '"']);
        }
        at = next;
    }
    at
}

/// What stands on the line before a place; nothing where the line is long.
fn line_before(text: &str, at: usize) -> Option<&str> {
    const LINE: usize = 400;
    let from = text.floor_char_boundary(at.saturating_sub(LINE));
    let near = &text[from..at];
    match near.rfind('\n') {
        Some(mark) => Some(&near[mark + 1..]),
        None => (from == 0).then_some(near),
    }
}

/// Whether a line says nothing but that an instrument is amended: the heading over its changes.
fn is_heading(text: &str, span: Span) -> bool {
    let heads = ["Amendment of the ", "Amendments of the ", "Amendment to the ", "Amendments to the "];
    text[span.end()..].starts_with('\n')
        && line_before(text, span.start()).is_some_and(|line| heads.contains(&line.trim_start()))
}

/// The kind of the label with which a line begins: digits, a letter, a capital.
fn level(line: &str) -> Option<char> {
    let label = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '—'));
    match label.strip_prefix('(')?.chars().next()? {
        c if c.is_ascii_digit() => Some('1'),
        c if c.is_ascii_lowercase() => Some('a'),
        c if c.is_ascii_uppercase() => Some('A'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_names_what_it_amends() {
        assert!(is_decision("Decision of the Standing Committee on Amending the Cybersecurity Law"));
        assert!(!is_decision("Decision on Strengthening the Cybersecurity Law"));
        assert!(leads_to_law("decides to amend the "));
        assert!(!leads_to_law("in accordance with the "));
    }

    #[test]
    fn what_is_said_to_be_amended() {
        for behind in [
            " is amended in section 3",
            " of March 22, 2012 (Boxes), is hereby amended as follows",
            ") is further amended by",
            " (5 U.S.C. 552a), as amended, is amended",
        ] {
            assert!(amended(behind).is_some(), "{behind}");
        }
        for behind in [" applies. It is amended", " and the Act is amended", " is amended by the Boxes Act"] {
            assert!(amended(behind).is_none(), "{behind}");
        }
    }

    #[test]
    fn changes_end_with_their_last_item() {
        let ends = |text: &str| {
            let from = text.find("amended").unwrap() + "amended".len();
            let end = end(text, Span::of(text.find('E').unwrap(), from), from, false);
            text[..end].to_owned()
        };
        assert!(ends("EO 1 is amended in section 3. Section 4 is new.").ends_with("section 3"));
        assert!(
            ends("EO 1 is amended:\n\n(a) in section 2;\n(b) in section 3.\n\nSec. 2. General.")
                .ends_with("section 3.\n")
        );
        assert!(ends("(a) E is amended—\n(1) in x;\n(2) in y.\n(b) The amendment").ends_with("in y."));
        assert!(
            ends("2.—(1) E are amended as follows.\n(2) In regulation 14—\n(a) omit x.\n3. New").ends_with("omit x.")
        );
    }
}
