//! What is kept of one document: its record, the document itself, and the mentions of each section.
//!
//! Sentences, words and rows are made from these again: that takes less time than writing and reading them would.
//!
//! Always true: mentions that do not fit the text, the rules or the registry are not handed on.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::{
    engine::{Engine, Section},
    read::FileRecord,
    resolve::{Entities, Resolved},
    text::{Document, Language, Span},
};

/// A longer text is not kept: finding it out again costs less than the memory for it.
const LONGEST: usize = 64 << 20;

/// A document with everything that was found in it.
pub struct Analysis {
    /// What became of the file or member.
    pub record: FileRecord,
    /// The document, where there is one.
    pub document: Option<Document>,
    /// What was found, section by section.
    pub sections: VecDeque<FoundBefore>,
}

/// What was found in one section.
#[derive(Serialize, Deserialize)]
pub struct FoundBefore {
    /// Instruments outside the registry that are new here, or whose title has changed.
    titles: Vec<Title>,
    mentions: Vec<Resolved>,
}

#[derive(Serialize, Deserialize)]
struct Title {
    key: String,
    title: String,
    language: Language,
}

/// Takes down what is found in a document while it is read.
#[derive(Default)]
pub struct Recorder {
    titles: Vec<String>,
    sections: Vec<u8>,
    failed: bool,
}

impl Recorder {
    /// Takes down a section.
    pub fn add(&mut self, section: &Section<'_>, entities: &Entities) {
        let mut titles = Vec::new();
        for (number, unlisted) in entities.all_unlisted().iter().enumerate() {
            match self.titles.get_mut(number) {
                Some(title) if *title == unlisted.title => continue,
                Some(title) => title.clone_from(&unlisted.title),
                None => self.titles.push(unlisted.title.clone()),
            }
            titles.push((&unlisted.key, &unlisted.title, unlisted.language));
        }
        self.write(&(titles, &section.mentions));
    }

    /// All of it, as it is kept; `None` where it cannot be.
    #[must_use]
    pub fn into_bytes(mut self, record: &FileRecord, document: Option<&Document>) -> Option<Vec<u8>> {
        let text = document.map_or(0, |document| document.text.len());
        if text > LONGEST {
            return None;
        }
        let sections = std::mem::take(&mut self.sections);
        self.sections.reserve(text.saturating_add(sections.len()).saturating_add(512));
        self.write(&(record, document));
        self.sections.extend(sections);
        (!self.failed).then_some(self.sections)
    }

    fn write(&mut self, what: &impl Serialize) {
        let to = std::mem::take(&mut self.sections);
        match postcard::to_extend(what, to) {
            Ok(all) => self.sections = all,
            Err(_) => self.failed = true,
        }
    }
}

impl Analysis {
    /// Bytes that it holds in memory, about.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.document.as_ref().map_or(0, |document| document.text.len() as u64)
    }

    /// From what is kept; `None` where that is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ((record, document), mut rest) = postcard::take_from_bytes::<(FileRecord, Option<Document>)>(bytes).ok()?;
        let mut sections = VecDeque::new();
        while !rest.is_empty() {
            let (found, behind) = postcard::take_from_bytes::<FoundBefore>(rest).ok()?;
            sections.push_back(found);
            rest = behind;
        }
        Some(Self { record, document, sections })
    }
}

/// Hands on what is known of each section, for [`Engine::read_with`].
pub fn known(
    engine: &Engine,
    mut sections: VecDeque<FoundBefore>,
) -> impl FnMut(&str, &mut Entities) -> Option<Vec<Resolved>> {
    move |flow, entities| {
        let FoundBefore { titles, mentions } = sections.pop_front()?;
        for title in titles {
            entities.unlisted(&title.key, &title.title, title.language);
        }
        let in_order = mentions.array_windows().all(|[a, b]| {
            let (a, b) = (a.mention.span, b.mention.span);
            a.start() <= b.start() && !a.crosses(b)
        });
        (in_order && mentions.iter().all(|found| fits(found, flow, engine, entities))).then_some(mentions)
    }
}

fn fits(found: &Resolved, flow: &str, engine: &Engine, entities: &Entities) -> bool {
    let inside = |span: Span| flow.get(span.range()).is_some();
    let listed = |row: u32| row < entities.rows();
    inside(found.mention.span)
        && !found.mention.span.is_empty()
        && found.antecedent.is_none_or(inside)
        && found.mention.ends.as_deref().is_none_or(|ends| ends.iter().all(|end| inside(*end)))
        && usize::from(found.mention.rule.0) < engine.rules.rules.len()
        && found.entity.is_none_or(|entity| listed(entity.0) || entities.title(entity).is_some())
        && found.candidates.iter().all(|row| listed(*row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::Layers, segment::UnknownWords};

    const TEXT: &str = "根据《数据安全法》和《某某市河道管理条例》，2021年9月1日起，处1.50万元以上三分之二以下罚款。\
        该条例第三条自下月起施行。On 5 May 2022 the Foo Bar Act of 1999 set 5.2 percent for two years, last week.";

    #[test]
    fn what_is_kept_reads_like_the_document() {
        let engine = Engine::load(None, UnknownWords::Split).unwrap();
        let document = Document { id: "a.txt".into(), text: TEXT.into(), ..Document::default() };
        let (mut entities, mut recorder, mut first) = (engine.entities(), Recorder::default(), Vec::new());
        engine.read(&document, Layers::Top, &mut entities, |section, entities| {
            recorder.add(section, entities);
            first.push(format!("{:?} {:?}", section.mentions, entities.all_unlisted()));
        });
        assert!(!entities.all_unlisted().is_empty());
        let record = FileRecord::new("a.txt".into(), 7);
        let bytes = recorder.into_bytes(&record, Some(&document)).unwrap();

        let kept = Analysis::from_bytes(&bytes).unwrap();
        assert_eq!(kept.record, record);
        let mut again = Vec::new();
        let document = kept.document.unwrap();
        let found = known(&engine, kept.sections);
        let lost = engine.read_with(
            found,
            || true,
            &document,
            &mut engine.entities(),
            |section, entities| {
                again.push(format!("{:?} {:?}", section.mentions, entities.all_unlisted()));
            },
        );
        assert_eq!((lost, again), (0, first));
        for end in 0..bytes.len() {
            // Cut anywhere it is something else, or fewer sections.
            let cut = Analysis::from_bytes(&bytes[..end]);
            assert!(cut.is_none_or(|cut| cut.sections.is_empty()));
        }
        let mut elsewhere = known(&engine, Analysis::from_bytes(&bytes).unwrap().sections);
        assert!(elsewhere("short", &mut engine.entities()).is_none());
        let spoilt = |spoil: &dyn Fn(&mut Vec<Resolved>)| {
            let mut sections = Analysis::from_bytes(&bytes).unwrap().sections;
            spoil(&mut sections[0].mentions);
            known(&engine, sections)(TEXT, &mut engine.entities())
        };
        assert!(spoilt(&|_| {}).is_some());
        assert!(spoilt(&|mentions| mentions.reverse()).is_none());
        assert!(spoilt(&|mentions| mentions[0].mention.span = Span::of(0, 0)).is_none());
    }
}
