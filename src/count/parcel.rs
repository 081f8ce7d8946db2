//! A tally as bytes: machines count apart, and one of them adds up.
//!
//! Numbers of documents mean nothing elsewhere. They must follow the order of the names where a tally is packed, and whoever
//! opens it says which numbers the documents have there, again in the order of their names; then the first place of
//! each term stays the first. Words and laws go by name as soon as tallies merge. Only equal rules and an equal
//! dictionary give the same numbers inside, which the caller makes sure of.
//!
//! Always true: a tally that was packed and opened counts like one that stayed; bytes that are something else are refused.

use std::{cmp::Reverse, collections::BTreeMap, io, sync::Arc};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    DocIx, DocumentRow, Quote, TermIx,
    sentences::{Packed, Symbols},
    spool::Place,
    tally::{LawCount, Quantity, Quotes, Tally, ValueCount},
    terms::Told,
};
use crate::{
    engine::Engine,
    resolve::EntityIx,
    text::{DeclaredDate, Language},
    value::{Kind, When},
};

/// More than any text of a gibibyte can hold of anything.
const MOST: u64 = 1 << 32;

/// All that a tally holds. How often words occur is not told: the sentences tell it.
#[derive(Serialize, Deserialize)]
struct Parcel {
    unlisted: Vec<(String, String, Language)>,
    documents: Vec<(DocIx, Row)>,
    /// Sentences that are quoted, each once.
    quoted: Vec<Sentence>,
    /// Where in their documents they stand.
    locators: Vec<Arc<str>>,
    /// The most frequent first.
    terms: Vec<Term>,
    laws: Vec<(u32, Law)>,
    times: Vec<((When, Kind), Value)>,
    figures: Vec<(Quantity, Value)>,
    sentences: u64,
    tokens: [u64; 2],
    kinds: Vec<u64>,
    /// Names of the metadata fields.
    fields: Vec<String>,
    lists: Packed,
}

#[derive(Serialize, Deserialize)]
struct Row {
    id: String,
    title: Option<String>,
    date: Option<Date>,
    declared: Option<(i16, Option<i8>, Option<i8>)>,
    issuer: Option<String>,
    group: Option<String>,
    language: Option<Language>,
    characters: u64,
    sentences: u64,
    tokens: [u64; Language::ALL.len()],
    mentions: [u64; Kind::ALL.len()],
    laws: u64,
}

#[derive(Serialize, Deserialize)]
struct Term {
    /// Its number in the dictionary, where it has one.
    entry: Option<u32>,
    word: Arc<str>,
    language: Language,
    quotes: Vec<Quoted>,
}

#[derive(Serialize, Deserialize)]
struct Law {
    tokens: u64,
    token_documents: u64,
    mentions: u64,
    named: BTreeMap<Language, u64>,
    anaphora: u64,
    articles: Vec<(Box<str>, Value)>,
    surfaces: Vec<(Box<str>, u64)>,
    documents: Vec<DocIx>,
    by_language: BTreeMap<Language, u64>,
    first: Option<Date>,
    last: Option<Date>,
    by_year: BTreeMap<i16, u64>,
    quotes: Vec<Quoted>,
    earliest: Option<(bool, Option<Date>, Quoted)>,
}

#[derive(Serialize, Deserialize)]
struct Value {
    mentions: u64,
    documents: u64,
    quotes: Vec<Quoted>,
}

/// A sentence that is quoted, as it is shown.
#[derive(Serialize, Deserialize)]
struct Sentence {
    document: DocIx,
    /// First character.
    start: u32,
    locator: u32,
    text: Arc<str>,
}

/// A quotation: the sentence by its number, the place by its distance from the first character.
#[derive(Serialize, Deserialize)]
struct Quoted {
    sentence: u32,
    at: i64,
    mention: (u32, u32),
}

impl Tally {
    /// The tally as bytes.
    ///
    /// # Errors
    /// Where a temporary file cannot be read back.
    pub fn pack(mut self) -> io::Result<Vec<u8>> {
        let mut told: Vec<(u64, Told)> = self.terms.told().map(|told| (0, told)).collect();
        told.iter_mut().for_each(|(tf, told)| *tf = self.terms.tf(told.term));
        // Frequent words get numbers that need few bytes.
        told.sort_unstable_by_key(|(tf, told)| (Reverse(*tf), told.term));
        let mut laws: Vec<(EntityIx, LawCount)> = self.laws.into_iter().collect();
        laws.sort_unstable_by_key(|(entity, law)| (Reverse(law.tokens), *entity));
        let symbols = Symbols::of(told.iter().map(|(_, told)| told.term), laws.iter().map(|(entity, _)| *entity));
        let lists = Packed::of(&std::mem::take(&mut self.spool).close()?, &symbols)?;
        let mut quotations = Quotations::default();
        let terms = told.into_iter().map(|(_, told)| quotations.term(told)).collect();
        let laws = laws.into_iter().map(|(entity, count)| (entity.0, quotations.law(count))).collect();
        let times = self.times.into_iter().map(|(time, count)| (time, quotations.value(count))).collect();
        let figures = self.figures.into_iter().map(|(figure, count)| (figure, quotations.value(count))).collect();
        let unlisted = self.entities.all_unlisted().iter();
        let parcel = Parcel {
            unlisted: unlisted.map(|title| (title.key.clone(), title.title.clone(), title.language)).collect(),
            documents: self.documents.into_iter().map(|(ix, row)| (ix, Row::of(row))).collect(),
            terms,
            laws,
            times,
            figures,
            sentences: self.sentences,
            tokens: self.tokens,
            kinds: self.kinds.to_vec(),
            fields: self.fields.into_iter().collect(),
            lists,
            quoted: quotations.sentences,
            locators: quotations.locators,
        };
        postcard::to_stdvec(&parcel).map_err(io::Error::other)
    }

    /// Adds a tally that was packed; `number` gives the numbers here of its documents.
    ///
    /// # Errors
    /// Where the bytes are something else, or a temporary file cannot be written.
    pub fn add_parcel(
        &mut self,
        engine: &Engine,
        bytes: &[u8],
        number: impl Fn(DocIx) -> Option<DocIx>,
    ) -> io::Result<()> {
        let parcel: Parcel = postcard::from_bytes(bytes).map_err(|_| damaged())?;
        let mut documents = BTreeMap::new();
        for (ix, row) in &parcel.documents {
            let there = number(*ix).ok_or_else(damaged)?;
            documents.insert(*ix, (there, Arc::from(row.id.as_str())));
        }
        let tally = Opening { parcel: &parcel, documents }.open(engine)?;
        self.absorb(tally)
    }

    /// Takes in another tally with its sentences.
    fn absorb(&mut self, other: Self) -> io::Result<()> {
        let (lists, numbers) = self.merge(other);
        let mut list = Vec::new();
        lists.close()?.read(|place, tokens| {
            list.clear();
            list.extend(tokens.iter().map(|token| token.renumbered(&numbers)));
            self.spool.push(place, &list);
        })
    }
}

/// Quotations on their way into a parcel.
#[derive(Default)]
struct Quotations {
    sentences: Vec<Sentence>,
    numbers: FxHashMap<(DocIx, u32, Arc<str>), u32>,
    locators: Vec<Arc<str>>,
    by_line: FxHashMap<Arc<str>, u32>,
}

impl Quotations {
    fn locator(&mut self, line: Arc<str>) -> u32 {
        let next = self.locators.len() as u32;
        *self.by_line.entry(line).or_insert_with_key(|line| {
            self.locators.push(Arc::clone(line));
            next
        })
    }

    fn quote(&mut self, place: Place, quote: Quote) -> Quoted {
        let Quote { start, sentence: text, mention, locator, .. } = quote;
        let key = (place.0, start, text);
        let sentence = match self.numbers.get(&key) {
            Some(number) => *number,
            None => {
                let (number, locator) = (self.sentences.len() as u32, self.locator(locator));
                self.sentences.push(Sentence { document: place.0, start, locator, text: Arc::clone(&key.2) });
                self.numbers.insert(key, number);
                number
            }
        };
        Quoted { sentence, at: i64::from(place.1) - i64::from(start), mention }
    }

    fn quotes<const N: usize>(&mut self, quotes: Quotes<N>) -> Vec<Quoted> {
        quotes.into_entries().map(|(place, quote)| self.quote(place, quote)).collect()
    }

    fn value(&mut self, count: ValueCount) -> Value {
        Value { mentions: count.mentions, documents: count.documents, quotes: self.quotes(count.quotes) }
    }

    fn term(&mut self, told: Told) -> Term {
        let Told { term, listed, word, language, quotes } = told;
        Term { entry: listed.then_some(term.0), word, language, quotes: self.quotes(quotes) }
    }

    fn law(&mut self, count: LawCount) -> Law {
        let mut articles: Vec<(Box<str>, ValueCount)> = count.articles.into_iter().collect();
        articles.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut surfaces: Vec<(Box<str>, u64)> = count.surfaces.into_iter().collect();
        surfaces.sort_unstable();
        let earliest = count.earliest.into_entries().next();
        Law {
            tokens: count.tokens,
            token_documents: count.token_documents,
            mentions: count.mentions,
            named: count.named,
            anaphora: count.anaphora,
            articles: articles.into_iter().map(|(article, count)| (article, self.value(count))).collect(),
            surfaces,
            documents: count.documents,
            by_language: count.by_language,
            first: count.first,
            last: count.last,
            by_year: count.by_year,
            quotes: self.quotes(count.quotes),
            earliest: earliest.map(|((undated, date, place), quote)| (undated, date, self.quote(place, quote))),
        }
    }
}

impl Row {
    fn of(row: DocumentRow) -> Self {
        Self {
            id: row.id,
            title: row.title,
            date: row.date,
            declared: row.declared.map(|date| (date.year, date.month, date.day)),
            issuer: row.issuer,
            group: row.group,
            language: row.language,
            characters: row.characters,
            sentences: row.sentences,
            tokens: row.tokens,
            mentions: row.mentions,
            laws: row.laws,
        }
    }

    fn open(&self) -> DocumentRow {
        DocumentRow {
            id: self.id.clone(),
            title: self.title.clone(),
            date: self.date,
            declared: self.declared.map(|(year, month, day)| DeclaredDate { year, month, day }),
            issuer: self.issuer.clone(),
            group: self.group.clone(),
            language: self.language,
            characters: self.characters,
            sentences: self.sentences,
            tokens: self.tokens,
            mentions: self.mentions,
            laws: self.laws,
        }
    }
}

/// A parcel that is being opened.
struct Opening<'p> {
    parcel: &'p Parcel,
    /// Numbers here and names of the documents by their numbers in the parcel.
    documents: BTreeMap<DocIx, (DocIx, Arc<str>)>,
}

impl Opening<'_> {
    fn open(self, engine: &Engine) -> io::Result<Tally> {
        let parcel = self.parcel;
        let mut tally = Tally::new(engine);
        for (ix, row) in &parcel.documents {
            tally.documents.insert(self.number(*ix)?, row.open());
        }
        for (key, title, language) in &parcel.unlisted {
            tally.entities.unlisted(key, title, *language);
        }
        let mut terms = Vec::with_capacity(parcel.terms.len());
        for Term { entry, word, language, quotes } in &parcel.terms {
            let (term, listed) = (TermIx(entry.unwrap_or_default()), entry.is_some());
            let quotes = self.quotes(quotes)?;
            let told = Told { term, listed, word: Arc::clone(word), language: *language, quotes };
            terms.push(tally.terms.take_told(told).ok_or_else(damaged)?);
        }
        for (entity, law) in &parcel.laws {
            let entity = EntityIx(*entity);
            if tally.entities.row(entity).is_none() && tally.entities.title(entity).is_none() {
                return Err(damaged());
            }
            tally.laws.insert(entity, self.law(law)?);
        }
        for (time, value) in &parcel.times {
            tally.times.insert(*time, self.value(value)?);
        }
        for (figure, value) in &parcel.figures {
            tally.figures.insert(figure.clone(), self.value(value)?);
        }
        tally.fields.extend(parcel.fields.iter().cloned());
        (tally.sentences, tally.tokens) = (bounded(parcel.sentences)?, parcel.tokens);
        if parcel.kinds.len() != tally.kinds.len() || parcel.kinds.iter().chain(&parcel.tokens).any(|n| *n > MOST) {
            return Err(damaged());
        }
        tally.kinds.copy_from_slice(&parcel.kinds);
        let symbols = Symbols::of(terms, parcel.laws.iter().map(|(entity, _)| EntityIx(*entity)));
        parcel.lists.open(&symbols, |(ix, start), tokens| {
            let here = self.number(ix)?;
            tally.terms.recount(tokens, here);
            tally.spool.push((here, start), tokens);
            Ok(())
        })?;
        Ok(tally)
    }

    fn number(&self, ix: DocIx) -> io::Result<DocIx> {
        self.documents.get(&ix).map(|(here, _)| *here).ok_or_else(damaged)
    }

    fn law(&self, law: &Law) -> io::Result<LawCount> {
        let articles = law.articles.iter().map(|(article, value)| Ok((article.clone(), self.value(value)?)));
        let (mine, more) =
            ([law.tokens, law.token_documents, law.mentions, law.anaphora], [&law.named, &law.by_language]);
        let more = more.into_iter().flat_map(BTreeMap::values).chain(law.by_year.values());
        mine.iter().chain(more).chain(law.surfaces.iter().map(|(_, n)| n)).try_for_each(|n| bounded(*n).map(drop))?;
        let mut count = LawCount {
            tokens: law.tokens,
            token_documents: law.token_documents,
            mentions: law.mentions,
            named: law.named.clone(),
            anaphora: law.anaphora,
            articles: articles.collect::<io::Result<_>>()?,
            surfaces: law.surfaces.iter().cloned().collect(),
            documents: law.documents.iter().map(|ix| self.number(*ix)).collect::<io::Result<_>>()?,
            by_language: law.by_language.clone(),
            first: law.first,
            last: law.last,
            by_year: law.by_year.clone(),
            quotes: self.quotes(&law.quotes)?,
            ..LawCount::default()
        };
        if let Some((undated, date, quoted)) = &law.earliest {
            let (place, quote) = self.quote(quoted)?;
            count.earliest.offer((*undated, *date, place), || quote);
        }
        Ok(count)
    }

    fn value(&self, value: &Value) -> io::Result<ValueCount> {
        let Value { mentions, documents, quotes } = value;
        if *documents > self.documents.len() as u64 {
            return Err(damaged());
        }
        let (mentions, documents) = (bounded(*mentions)?, *documents);
        Ok(ValueCount { mentions, documents, quotes: self.quotes(quotes)?, ..ValueCount::default() })
    }

    fn quotes<const M: usize>(&self, quoted: &[Quoted]) -> io::Result<Quotes<M>> {
        let mut quotes = Quotes::default();
        for one in quoted {
            let (place, quote) = self.quote(one)?;
            quotes.offer(place, || quote);
        }
        Ok(quotes)
    }

    fn quote(&self, quoted: &Quoted) -> io::Result<(Place, Quote)> {
        let sentence = self.parcel.quoted.get(quoted.sentence as usize).ok_or_else(damaged)?;
        let (here, document) = self.documents.get(&sentence.document).ok_or_else(damaged)?;
        let locator = self.parcel.locators.get(sentence.locator as usize).ok_or_else(damaged)?;
        let at = quoted.at.checked_add(sentence.start.into()).and_then(|at| u32::try_from(at).ok());
        let (from, to) = quoted.mention;
        // A character has a byte at least.
        if from > to || to as usize > sentence.text.len() {
            return Err(damaged());
        }
        let quote = Quote {
            document: Arc::clone(document),
            start: sentence.start,
            sentence: Arc::clone(&sentence.text),
            mention: quoted.mention,
            locator: Arc::clone(locator),
        };
        Ok(((*here, at.ok_or_else(damaged)?), quote))
    }
}

/// A number that adds up with others of its kind.
fn bounded(number: u64) -> io::Result<u64> {
    if number > MOST { Err(damaged()) } else { Ok(number) }
}

pub(super) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is damaged, or was made by another version")
}
