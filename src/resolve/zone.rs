//! Parts of an English text that are another instrument's: a treaty in a schedule, provisions of the acts that amended it.
//!
//! A consolidated act of Canada ends with "SCHEDULE Convention on …", whose paragraphs are the convention's, and with what the
//! amending acts said for themselves, "— 2017, c. 9, s. 63": "section 33" there is one of 2017, c. 9. Only what such a
//! provision puts into the act ("is replaced by the following:") is the act's again.
//!
//! Always true: a text that has neither is read as if this file were not.

use memchr::memmem;

use super::{Entities, EntityIx, Resolved, fold};
use crate::{text::Language, value::Kind};

/// Whose a part of a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// The document's.
    #[default]
    Own,
    /// That of the treaty in a schedule; of one whose title does not stand there, nothing is known.
    Treaty(Option<EntityIx>),
    /// That of an amending act.
    Amending(EntityIx),
}

/// Places from which a text is somebody's, in order.
pub(super) struct Zones(Vec<(usize, Whose)>);

/// Kinds of treaties as headings of schedules call them.
const TREATIES: [&str; 10] = [
    "Convention",
    "Agreement",
    "Treaty",
    "Protocol",
    "Charter",
    "CONVENTION",
    "AGREEMENT",
    "TREATY",
    "PROTOCOL",
    "CHARTER",
];

impl Zones {
    /// Reads the lines that begin a part; `before` is whose the text was before.
    pub(super) fn of(text: &str, mentions: &[Resolved], before: Whose, entities: &mut Entities) -> Self {
        let mut zones = vec![(0, before)];
        let mut whose = |line: &str, start: usize| {
            if let Some(rest) = line.strip_prefix("SCHEDULE") {
                let title =
                    rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
                let treaty = |word: &str| TREATIES.contains(&word);
                let whole = rest.is_empty() || rest.starts_with([' ', ':']);
                if !whole || !title.split([' ', ',']).any(treaty) || title.contains("[Amendment") {
                    return Whose::Own;
                }
                let from = mentions.partition_point(|r| r.mention.span.start() < start);
                let mut named = mentions[from..].iter().take_while(|r| r.mention.span.end() <= start + line.len());
                let named = named.find(|r| r.mention.kind == Kind::Law).and_then(|r| r.entity);
                match title.split_once(' ') {
                    _ if named.is_some() => Whose::Treaty(named),
                    // "SCHEDULE 2 Protocol" has no title.
                    None => Whose::Treaty(None),
                    Some((first, _)) if treaty(first) => {
                        Whose::Treaty(Some(entities.unlisted(&fold(title), title, Language::En)))
                    }
                    Some(_) => Whose::Own,
                }
            } else if let Some(chapter) = line.strip_prefix("— ").and_then(chapter) {
                let title = format!("S.C. {chapter}");
                Whose::Amending(entities.unlisted(&fold(&title), &title, Language::En))
            } else {
                Whose::Own
            }
        };
        let bytes = text.as_bytes();
        let mut starts: Vec<usize> = Vec::new();
        // A table of contents names schedules before the act itself begins.
        for head in [
            "SCHEDULE",
            "— ",
            "RELATED PROVISIONS",
            "AMENDMENTS NOT IN FORCE",
            "Short Title",
            "Short title",
            "1 This Act",
        ] {
            let at_line = |&at: &usize| at == 0 || bytes[at - 1] == b'\n';
            starts.extend(memmem::find_iter(bytes, head).filter(at_line));
        }
        starts.sort_unstable();
        let line_at = |start: usize| text[start..].split('\n').next().unwrap_or_default();
        starts.retain(|&start| line_at(start).strip_prefix("— ").is_none_or(|line| chapter(line).is_some()));
        for (at, &start) in starts.iter().enumerate() {
            let whose = whose(line_at(start), start);
            zones.push((start, whose));
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            // What is put into the act is the act's again.
            if matches!(whose, Whose::Amending(_))
                && let Some(behind) = memmem::find(&bytes[start..end], b"the following:")
            {
                zones.push((start + behind, Whose::Own));
            }
        }
        Self(zones)
    }

    /// Whose the text at a place is.
    pub(super) fn at(&self, at: usize) -> Whose {
        let next = self.0.partition_point(|&(start, _)| start <= at);
        self.0[next.saturating_sub(1)].1
    }

    /// Whose the end of the text is.
    pub(super) fn last(&self) -> Whose {
        self.0.last().map_or(Whose::Own, |&(_, whose)| whose)
    }
}

/// `2017, c. 9` of "2017, c. 9, s. 63".
fn chapter(line: &str) -> Option<&str> {
    let (year, rest) = line.split_once(", c. ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].trim_end();
    let plain = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && digits > 0;
    (plain && (behind.is_empty() || behind.starts_with(", s"))).then(|| &line[..year.len() + ", c. ".len() + digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_consolidated_act() {
        let text = "5 Section 3 applies.\nSCHEDULE 1 Convention on Boxes\n1 Subject to paragraph 2\nRELATED PROVISIONS\n\
                    — 2017, c. 9, s. 63\nas enacted by section 33\n— 2018, c. 2, s. 1\n1 Section 4 is replaced by the following:\n4 see section 7";
        let registry = crate::ruleset::load(None).unwrap().registry;
        let mut entities = Entities::new(&registry);
        let zones = Zones::of(text, &[], Whose::Own, &mut entities);
        let whose = |words: &str| match zones.at(text.find(words).unwrap()) {
            Whose::Own => "own".to_owned(),
            Whose::Treaty(entity) => entity.map_or_else(String::new, |e| entities.canonical(e, &registry).to_owned()),
            Whose::Amending(entity) => entities.canonical(entity, &registry).to_owned(),
        };
        assert_eq!(whose("Section 3"), "own");
        assert_eq!(whose("paragraph 2"), "Convention on Boxes");
        assert_eq!(whose("section 33"), "S.C. 2017, c. 9");
        assert_eq!(whose("Section 4"), "S.C. 2018, c. 2");
        assert_eq!(whose("section 7"), "own");
    }
}
