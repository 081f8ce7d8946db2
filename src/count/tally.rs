//! Adds up what one worker reads. Tallies of several workers merge in any order to the same result.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    DocumentRow, Least, Quote, TermIx,
    quote::{quote, word_quote},
    spool::{Place, Spool, Spooled},
    terms::{TermNumbers, Terms},
};
use crate::{
    engine::{Engine, Section, Token},
    extract::Value,
    resolve::{Entities, EntityIx, Resolved},
    segment::Scratch,
    text::{Document, Language},
    value::{Amount, Basis, Extent, Kind, Length, Modifier, Unit, When},
    wire,
};

/// Position of a document in the sorted list of this run. Never written to a report.
pub type DocIx = u32;

/// Quotations kept for each row.
pub(super) const QUOTES: usize = 3;
pub(super) type Quotes<const N: usize> = Least<Place, Quote, N>;

/// What one worker has counted.
#[derive(Default)]
pub struct Tally {
    pub(super) terms: Terms,
    pub(super) entities: Entities,
    pub(super) laws: FxHashMap<EntityIx, LawCount>,
    pub(super) times: FxHashMap<(When, Kind), ValueCount>,
    pub(super) figures: FxHashMap<Quantity, ValueCount>,
    pub(super) documents: BTreeMap<DocIx, DocumentRow>,
    /// Names of the metadata fields that documents have.
    pub(super) fields: BTreeSet<String>,
    pub(super) sentences: u64,
    pub(super) tokens: [u64; 2],
    pub(super) kinds: [u64; Kind::ALL.len()],
    /// Sentences as the numbers of their tokens.
    pub(super) spool: Spool,
    scratch: Scratch,
    /// The tokens of a sentence.
    sentence: Vec<Spooled>,
}

/// One instrument.
#[derive(Default)]
pub(super) struct LawCount {
    pub(super) tokens: u64,
    pub(super) token_documents: u64,
    pub(super) seen_token: Seen,
    pub(super) mentions: u64,
    pub(super) named: BTreeMap<Language, u64>,
    pub(super) anaphora: u64,
    pub(super) articles: FxHashMap<Box<str>, ValueCount>,
    pub(super) surfaces: FxHashMap<Box<str>, u64>,
    /// Those that name it, each once.
    pub(super) documents: Vec<DocIx>,
    pub(super) by_language: BTreeMap<Language, u64>,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
    pub(super) by_year: BTreeMap<i16, u64>,
    pub(super) seen: Seen,
    pub(super) seen_in: [Seen; 2],
    pub(super) quotes: Quotes<QUOTES>,
    /// The first place by the date of the document; documents without a date come last.
    pub(super) earliest: Least<(bool, Option<Date>, Place), Quote, 1>,
}

/// One value of a date or figure.
#[derive(Default)]
pub(super) struct ValueCount {
    pub(super) mentions: u64,
    pub(super) documents: u64,
    pub(super) seen: Seen,
    pub(super) quotes: Quotes<2>,
}

/// A figure as it is counted: by its parts, since nobody reads it yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Quantity {
    Amount(Kind, Amount),
    Length(Kind, Length),
}

/// What makes two figures the same in the table: how they are written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FigureKey {
    pub(super) kind: Kind,
    pub(super) value: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) unit: String,
    pub(super) modifier: Option<Modifier>,
    pub(super) per: String,
}

/// The last document in which something was seen, so that documents are counted once.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Seen(Option<DocIx>);

impl Seen {
    /// Whether this is the first time in the document.
    fn first_in(&mut self, doc: DocIx) -> bool {
        let new = self.0 != Some(doc);
        self.0 = Some(doc);
        new
    }
}

/// A token as a number; even numbers are terms, odd ones laws.
pub(super) const fn term_code(ix: TermIx) -> u32 {
    ix.0 * 2
}

/// See [`term_code`].
pub(super) const fn law_code(ix: EntityIx) -> u32 {
    ix.0 * 2 + 1
}

impl Tally {
    /// An empty tally that knows the registry.
    #[must_use]
    pub fn new(engine: &Engine) -> Self {
        Self { entities: engine.entities(), terms: Terms::new(engine), ..Self::default() }
    }

    /// Opens the row of a document.
    pub fn open(&mut self, ix: DocIx, document: &Document, group: Option<String>) {
        let row = DocumentRow {
            id: document.id.clone(),
            title: document.title.clone(),
            date: document.date,
            declared: document.declared_date(),
            issuer: document.issuer.clone(),
            group,
            language: document.language,
            characters: document.text.chars().count() as u64,
            ..DocumentRow::default()
        };
        self.documents.insert(ix, row);
        for name in document.fields.keys() {
            if !self.fields.contains(name) {
                self.fields.insert(name.clone());
            }
        }
    }

    /// Whether no document was opened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Whether any document has a group.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.documents.values().any(|row| row.group.is_some())
    }

    /// Names of the metadata fields that documents have.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(String::as_str)
    }

    /// Adds a section of a document whose row is open. `local` names the instruments of that document.
    pub fn add(&mut self, engine: &Engine, ix: DocIx, section: &Section<'_>, local: &Entities) {
        let Some(mut row) = self.documents.remove(&ix) else { return };
        self.add_mentions(ix, section, local, &mut row);
        self.add_tokens(engine, ix, section, local, &mut row);
        self.documents.insert(ix, row);
    }

    fn add_mentions(&mut self, ix: DocIx, section: &Section<'_>, local: &Entities, row: &mut DocumentRow) {
        let id: Arc<str> = row.id.as_str().into();
        let mut kinds = [0; Kind::ALL.len()];
        for found in section.mentions.iter().filter(|m| !m.mention.nested) {
            let kind = found.mention.kind;
            kinds[kind as usize] += 1;
            let Some(number) = section.sentence_of(found.mention.span) else { continue };
            let sentence = section.sentences[number].0;
            let at = section.frame.original(found.mention.span).start();
            let key = (ix, u32::try_from(at).unwrap_or(u32::MAX));
            let quoted = || quote(&id, section, number, found.mention.span);
            if let Some(entity) = found.entity {
                let entity = self.entity(local, entity);
                let language = sentence.language.unwrap_or(Language::Zh);
                let law = self.laws.entry(entity).or_default();
                law.take(found, section, language, key, quoted);
                let names = matches!(kind, Kind::Law | Kind::DocNumber | Kind::Standard | Kind::CodeRef);
                if names {
                    if law.seen.first_in(ix) {
                        law.documents.push(ix);
                        row.laws += 1;
                        law.first = law.first.min(row.date).or(law.first).or(row.date);
                        law.last = law.last.max(row.date);
                    }
                    if law.seen_in[language as usize].first_in(ix) {
                        *law.by_language.entry(language).or_default() += 1;
                    }
                    if let Some(date) = row.declared {
                        *law.by_year.entry(date.year).or_default() += 1;
                    }
                }
                if kind == Kind::Law {
                    law.quotes.offer(key, quoted);
                }
                if names {
                    law.earliest.offer((row.date.is_none(), row.date, key), quoted);
                }
            }
            match kind {
                Kind::Date | Kind::DateRange => {
                    let Some(when) = found.time.filter(|_| found.basis != Some(Basis::Unresolved)) else { continue };
                    self.times.entry((when, kind)).or_default().take(key, quoted);
                }
                Kind::Money | Kind::Percent | Kind::Figure | Kind::Duration => {
                    let Some(figure) = Quantity::of(found) else { continue };
                    self.figures.entry(figure).or_default().take(key, quoted);
                }
                _ => {}
            }
        }
        for (kind, n) in Kind::ALL.into_iter().zip(kinds).filter(|&(_, n)| n > 0) {
            self.kinds[kind as usize] += n;
            row.mentions[kind as usize] += n;
        }
    }

    fn add_tokens(
        &mut self,
        engine: &Engine,
        ix: DocIx,
        section: &Section<'_>,
        local: &Entities,
        row: &mut DocumentRow,
    ) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut tokens = std::mem::take(&mut self.sentence);
        let id: Arc<str> = row.id.as_str().into();
        let mut paragraph = None;
        for (number, (sentence, _)) in section.sentences.iter().enumerate() {
            tokens.clear();
            let mut counted = [0_u64; 2];
            section.tokens(number, engine, &mut scratch, |token| match token {
                Token::Word(word) => {
                    counted[word.language as usize] += 1;
                    tokens.push(Spooled::word(self.terms.number(&word), word.bond));
                }
                Token::Law(entity) => {
                    let language = sentence.language.unwrap_or(Language::Zh);
                    counted[language as usize] += 1;
                    let entity = self.entity(local, entity);
                    let law = self.laws.entry(entity).or_default();
                    law.tokens += 1;
                    law.token_documents += u64::from(law.seen_token.first_in(ix));
                    tokens.push(Spooled::law(entity));
                }
            });
            let place = || (ix, section.frame.original(sentence.span).start() as u32);
            self.terms
                .add_sentence(&tokens, ix, |word| (place(), word_quote(&engine.segmenter, &id, section, number, word)));
            if counted != [0, 0] {
                self.sentences += 1;
                row.sentences += 1;
                for language in Language::ALL.into_iter().filter(|&l| counted[l as usize] > 0) {
                    self.tokens[language as usize] += counted[language as usize];
                    row.tokens[language as usize] += counted[language as usize];
                }
            }
            if let Some(first) = tokens.first_mut() {
                if paragraph != Some(sentence.paragraph) {
                    paragraph = Some(sentence.paragraph);
                    *first = first.beginning_paragraph();
                }
                self.spool.push(place(), &tokens);
            }
        }
        self.scratch = scratch;
        self.sentence = tokens;
    }

    /// The worker's number of an instrument of one document.
    fn entity(&mut self, local: &Entities, entity: EntityIx) -> EntityIx {
        match local.title(entity) {
            Some(unlisted) => self.entities.unlisted(&unlisted.key, &unlisted.title, unlisted.language),
            None => entity,
        }
    }
}

impl LawCount {
    fn take(
        &mut self,
        found: &Resolved,
        section: &Section<'_>,
        language: Language,
        key: Place,
        quoted: impl Fn() -> Quote,
    ) {
        match found.mention.kind {
            Kind::LawAnaphor => {
                self.anaphora += 1;
                self.mentions += 1;
            }
            Kind::ArticleRef => {
                let reference = match (&found.reference, &found.mention.value) {
                    (Some(reference), _) => reference.as_str(),
                    (None, Value::Article(article)) => article.reference.as_str(),
                    _ => return,
                };
                // The histogram is by article; paragraphs and items stand in mentions.jsonl.
                for part in reference.split(',') {
                    let article = part.split(['.', '(']).next().unwrap_or(part);
                    match self.articles.get_mut(article) {
                        Some(count) => count.take(key, &quoted),
                        None => self.articles.entry(article.into()).or_default().take(key, &quoted),
                    }
                }
            }
            _ => {
                self.mentions += 1;
                *self.named.entry(language).or_default() += 1;
                let surface = &section.frame.flow.as_str()[found.mention.span.range()];
                if surface.contains(char::is_whitespace) {
                    add_one(&mut self.surfaces, &surface.split_whitespace().collect::<Vec<_>>().join(" "));
                } else {
                    add_one(&mut self.surfaces, surface);
                }
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.token_documents += other.token_documents;
        self.mentions += other.mentions;
        self.anaphora += other.anaphora;
        self.documents.extend(other.documents);
        add_all(&mut self.named, other.named);
        add_all(&mut self.by_language, other.by_language);
        add_all(&mut self.by_year, other.by_year);
        self.articles.reserve(other.articles.len());
        other.articles.into_iter().for_each(|(k, count)| self.articles.entry(k).or_default().merge(count));
        other.surfaces.into_iter().for_each(|(k, n)| *self.surfaces.entry(k).or_default() += n);
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = [self.last, other.last].into_iter().flatten().max();
        self.quotes.merge(other.quotes);
        self.earliest.merge(other.earliest);
    }
}

/// Most words are there already; only a new one is copied.
fn add_one(to: &mut FxHashMap<Box<str>, u64>, word: &str) {
    match to.get_mut(word) {
        Some(count) => *count += 1,
        None => _ = to.insert(word.into(), 1),
    }
}

fn add_all<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, n) in from {
        *to.entry(key).or_default() += n;
    }
}

impl ValueCount {
    fn take(&mut self, key: Place, quoted: impl FnOnce() -> Quote) {
        self.mentions += 1;
        if self.seen.first_in(key.0) {
            self.documents += 1;
        }
        self.quotes.offer(key, quoted);
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.documents += other.documents;
        self.quotes.merge(other.quotes);
    }
}

impl Quantity {
    fn of(found: &Resolved) -> Option<Self> {
        match &found.mention.value {
            Value::Amount(amount) => Some(Self::Amount(found.mention.kind, amount.clone())),
            Value::Length(length) => Some(Self::Length(found.mention.kind, length.clone())),
            _ => None,
        }
    }

    pub(super) fn key(&self) -> FigureKey {
        match self {
            Self::Amount(kind, amount) => {
                let (low, high) = wire::bounds(amount.extent);
                let unit = match &amount.unit {
                    Unit::Currency(unit) | Unit::Of(unit) => unit.to_string(),
                    Unit::Percent => "%".to_owned(),
                    Unit::None => String::new(),
                };
                let per = amount.per.as_deref().unwrap_or_default().to_owned();
                let (value, modifier) = (amount.to_string(), amount.modifier);
                FigureKey { kind: *kind, value, low, high, unit, modifier, per }
            }
            Self::Length(kind, length) => {
                let value = length.to_string();
                let (low, high) = match length.parts.first() {
                    Some((extent @ Extent::Range(..), _)) => wire::bounds(*extent),
                    Some((Extent::Single(n), _)) if length.parts.len() == 1 => (n.to_string(), n.to_string()),
                    _ => (String::new(), String::new()),
                };
                let unit =
                    value.split("..").next().unwrap_or_default().chars().filter(char::is_ascii_alphabetic).collect();
                FigureKey { kind: *kind, value, low, high, unit, modifier: length.modifier, per: String::new() }
            }
        }
    }
}

/// The numbers that another tally's words and laws have in this one.
pub(super) struct Renumbered {
    pub(super) terms: TermNumbers,
    pub(super) unlisted: Vec<u32>,
    pub(super) rows: u32,
}

impl Renumbered {
    /// A code of the other tally as a code of this one.
    pub(super) fn code(&self, code: u32) -> u32 {
        let (ix, law) = (code / 2, code % 2);
        match (law, ix.checked_sub(self.rows)) {
            (0, _) => self.terms.of(ix) * 2,
            (_, None) => code,
            (_, Some(n)) => self.unlisted[n as usize] * 2 + 1,
        }
    }
}

impl Tally {
    /// Gives another worker's tally what takes room, quotations above all: each of several workers would keep nearly the
    /// same. Its sentences and the numbers in them stay. To be called between documents; all later ones have higher
    /// numbers than those of both.
    pub fn hand_over(&mut self, to: &mut Self) {
        std::mem::take(&mut self.laws).into_iter().for_each(|(entity, count)| {
            let entity = to.entity(&self.entities, entity);
            to.laws.entry(entity).or_default().merge(count);
        });
        to.take_values(&mut self.times, &mut self.figures);
        to.documents.append(&mut self.documents);
        self.terms.hand_over(&mut to.terms);
    }

    fn take_values(
        &mut self,
        times: &mut FxHashMap<(When, Kind), ValueCount>,
        figures: &mut FxHashMap<Quantity, ValueCount>,
    ) {
        times.drain().for_each(|(k, v)| self.times.entry(k).or_default().merge(v));
        figures.drain().for_each(|(k, v)| self.figures.entry(k).or_default().merge(v));
    }

    /// Takes in another worker's tally (its sentences stay where they are, to be read with the numbers returned).
    pub(super) fn merge(&mut self, mut other: Self) -> (Spool, Renumbered) {
        let rows = self.entities.rows();
        let unlisted: Vec<u32> = other
            .entities
            .all_unlisted()
            .iter()
            .map(|u| self.entities.unlisted(&u.key, &u.title, u.language).0)
            .collect();
        let terms = self.terms.merge(other.terms);
        let renumbered = Renumbered { terms, unlisted, rows };
        other.laws.into_iter().for_each(|(entity, count)| {
            self.laws.entry(EntityIx(renumbered.code(law_code(entity)) / 2)).or_default().merge(count);
        });
        self.take_values(&mut other.times, &mut other.figures);
        self.documents.extend(other.documents);
        self.fields.extend(other.fields);
        self.sentences += other.sentences;
        for (mine, theirs) in self.tokens.iter_mut().zip(other.tokens) {
            *mine += theirs;
        }
        for (mine, theirs) in self.kinds.iter_mut().zip(other.kinds) {
            *mine += theirs;
        }
        (other.spool, renumbered)
    }
}
