//! A tally as bytes: machines count apart, and one of them adds up.
//!
//! Numbers of documents mean nothing elsewhere. They must follow the order of the names where a tally is packed, and whoever
//! opens it says which numbers the documents have there, again in the order of their names; then the first place of
//! each term stays the first. Words and laws go by name as soon as tallies merge. Only equal rules and an equal
//! dictionary give the same numbers inside, which the caller makes sure of.
//!
//! Always true: a tally that was packed and opened counts like one that stayed; bytes that are something else are refused.

use std::{collections::BTreeMap, io, sync::Arc};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    DocIx, DocumentRow, Quote,
    spool::{Place, Spooled},
    tally::{LawCount, Quantity, Quotes, Tally, ValueCount},
    terms::Told,
};
use crate::{
    engine::Engine,
    resolve::EntityIx,
    text::{DeclaredDate, Language},
    value::{Kind, When},
};

/// All that a tally holds.
#[derive(Serialize, Deserialize)]
struct Parcel {
    /// Sentences and locators of quotations, each once.
    texts: Vec<Arc<str>>,
    unlisted: Vec<(String, String, Language)>,
    documents: Vec<(DocIx, Row)>,
    terms: Vec<Term>,
    laws: Vec<(u32, Law)>,
    times: Vec<((When, Kind), Value)>,
    figures: Vec<(Quantity, Value)>,
    sentences: u64,
    tokens: [u64; 2],
    kinds: Vec<u64>,
    /// Names of the metadata fields.
    fields: Vec<String>,
    lists: Vec<(Place, Vec<u32>)>,
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
    number: u32,
    word: Arc<str>,
    language: Language,
    tf: u64,
    df: u32,
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

/// A quotation with its texts by number.
#[derive(Serialize, Deserialize)]
struct Quoted {
    place: Place,
    start: u32,
    mention: (u32, u32),
    sentence: u32,
    locator: u32,
}

impl Tally {
    /// The tally as bytes.
    ///
    /// # Errors
    /// Where a temporary file cannot be read back.
    pub fn pack(mut self) -> io::Result<Vec<u8>> {
        let mut texts = Texts::default();
        let mut lists = Vec::new();
        // The marks of a token come first, so that its number needs few bytes.
        let number = |token: &Spooled| token.number().rotate_left(3);
        std::mem::take(&mut self.spool)
            .close()?
            .read(|place, list| lists.push((place, list.iter().map(number).collect())))?;
        let mut terms: Vec<Term> = self.terms.told().map(|told| texts.term(told)).collect();
        terms.sort_unstable_by_key(|term| term.number);
        let mut laws: Vec<(EntityIx, LawCount)> = self.laws.into_iter().collect();
        laws.sort_unstable_by_key(|(entity, _)| *entity);
        let times = self.times.into_iter().map(|(time, count)| (time, texts.value(count))).collect();
        let figures = self.figures.into_iter().map(|(figure, count)| (figure, texts.value(count))).collect();
        let unlisted = self.entities.all_unlisted().iter();
        let parcel = Parcel {
            unlisted: unlisted.map(|title| (title.key.clone(), title.title.clone(), title.language)).collect(),
            documents: self.documents.into_iter().map(|(ix, row)| (ix, Row::of(row))).collect(),
            terms,
            laws: laws.into_iter().map(|(entity, count)| (entity.0, texts.law(count))).collect(),
            times,
            figures,
            sentences: self.sentences,
            tokens: self.tokens,
            kinds: self.kinds.to_vec(),
            fields: self.fields.into_iter().collect(),
            lists,
            texts: texts.texts,
        };
        postcard::to_stdvec(&parcel).map_err(io::Error::other)
    }

    /// Adds a tally that was packed; `number` gives the numbers here of its documents.
    ///
    /// # Errors
    /// Where the bytes are something else, or a temporary file cannot be written.
    pub fn add_parcel(&mut self, engine: &Engine, bytes: &[u8], number: impl Fn(DocIx) -> DocIx) -> io::Result<()> {
        let parcel: Parcel = postcard::from_bytes(bytes).map_err(|_| damaged())?;
        let tally = Opening { texts: &parcel.texts, number: &number, ids: BTreeMap::new() }.open(engine, &parcel)?;
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

/// Texts of quotations on their way into a parcel.
#[derive(Default)]
struct Texts {
    texts: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Texts {
    fn number(&mut self, text: Arc<str>) -> u32 {
        let next = self.texts.len() as u32;
        *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(Arc::clone(text));
            next
        })
    }

    fn quote(&mut self, place: Place, quote: Quote) -> Quoted {
        let (sentence, locator) = (self.number(quote.sentence), self.number(quote.locator));
        Quoted { place, start: quote.start, mention: quote.mention, sentence, locator }
    }

    fn quotes<const N: usize>(&mut self, quotes: Quotes<N>) -> Vec<Quoted> {
        quotes.into_entries().map(|(place, quote)| self.quote(place, quote)).collect()
    }

    fn value(&mut self, count: ValueCount) -> Value {
        Value { mentions: count.mentions, documents: count.documents, quotes: self.quotes(count.quotes) }
    }

    fn term(&mut self, told: Told) -> Term {
        let Told { number, word, language, tf, df, quotes } = told;
        Term { number, word, language, tf, df, quotes: self.quotes(quotes) }
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
struct Opening<'p, N> {
    texts: &'p [Arc<str>],
    number: &'p N,
    /// Names of the documents by their numbers in the parcel.
    ids: BTreeMap<DocIx, Arc<str>>,
}

impl<N: Fn(DocIx) -> DocIx> Opening<'_, N> {
    fn open(mut self, engine: &Engine, parcel: &Parcel) -> io::Result<Tally> {
        let mut tally = Tally::new(engine);
        for (ix, row) in &parcel.documents {
            self.ids.insert(*ix, row.id.as_str().into());
            tally.documents.insert((self.number)(*ix), row.open());
        }
        for (key, title, language) in &parcel.unlisted {
            tally.entities.unlisted(key, title, *language);
        }
        for term in &parcel.terms {
            let Term { number, word, language, tf, df, quotes } = term;
            let quotes = self.quotes(quotes)?;
            let told = Told { number: *number, word: Arc::clone(word), language: *language, tf: *tf, df: *df, quotes };
            if !tally.terms.take_told(told) {
                return Err(damaged());
            }
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
        (tally.sentences, tally.tokens) = (parcel.sentences, parcel.tokens);
        if parcel.kinds.len() != tally.kinds.len() {
            return Err(damaged());
        }
        tally.kinds.copy_from_slice(&parcel.kinds);
        let mut list = Vec::new();
        for ((ix, start), tokens) in &parcel.lists {
            list.clear();
            list.extend(tokens.iter().map(|token| Spooled::of_number(token.rotate_right(3))));
            let known = |token: &Spooled| match token.term() {
                Some(term) => tally.terms.has_come(term),
                None => {
                    let law = EntityIx(token.code() / 2);
                    tally.entities.row(law).is_some() || tally.entities.title(law).is_some()
                }
            };
            if !self.ids.contains_key(ix) || !list.iter().all(known) {
                return Err(damaged());
            }
            tally.spool.push(((self.number)(*ix), *start), &list);
        }
        Ok(tally)
    }

    fn law(&self, law: &Law) -> io::Result<LawCount> {
        let articles = law.articles.iter().map(|(article, value)| Ok((article.clone(), self.value(value)?)));
        if !law.documents.iter().all(|ix| self.ids.contains_key(ix)) {
            return Err(damaged());
        }
        let mut count = LawCount {
            tokens: law.tokens,
            token_documents: law.token_documents,
            mentions: law.mentions,
            named: law.named.clone(),
            anaphora: law.anaphora,
            articles: articles.collect::<io::Result<_>>()?,
            surfaces: law.surfaces.iter().cloned().collect(),
            documents: law.documents.iter().map(|ix| (self.number)(*ix)).collect(),
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
        Ok(ValueCount {
            mentions: *mentions,
            documents: *documents,
            quotes: self.quotes(quotes)?,
            ..ValueCount::default()
        })
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
        let text = |number: u32| self.texts.get(number as usize).map(Arc::clone).ok_or_else(damaged);
        let (ix, at) = quoted.place;
        let quote = Quote {
            document: self.ids.get(&ix).map(Arc::clone).ok_or_else(damaged)?,
            start: quoted.start,
            sentence: text(quoted.sentence)?,
            mention: quoted.mention,
            locator: text(quoted.locator)?,
        };
        Ok((((self.number)(ix), at), quote))
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is damaged, or was made by another version")
}
