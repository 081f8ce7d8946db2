//! The story in order, for one document: flow, mentions, what they refer to, sentences.
//!
//! Pure: the same text and rules give the same answer, whatever was read before. A long document is read in
//! sections; what a later one needs from an earlier one travels in the contexts of `resolve`.

use std::{
    cell::{Cell, OnceCell},
    iter::Peekable,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    slice,
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    error::Result,
    extract::{Extractor, Layers, Mention},
    resolve::{self, Clock, Context, Entities, EntityIx, Resolved, TitleIndex},
    ruleset::{self, Ruleset},
    segment::{FoldingChoice, Locator, Outline, Scratch, Segmenter, Sentence, UnknownWords, Word, sections},
    text::{Document, Flow, Heading, OffsetMap, Span},
    value::Kind,
    wire::Frame,
};

/// Rules, automata, dictionary and registry, loaded once and shared by all threads.
pub struct Engine {
    /// The rules.
    pub rules: Ruleset,
    extractor: Extractor,
    titles: TitleIndex,
    /// The segmenter.
    pub segmenter: Segmenter,
    /// What is folded before it is counted.
    pub folding: FoldingChoice,
}

/// A section of a document, read.
pub struct Section<'a> {
    /// From the flow to the document's text.
    pub frame: Frame<'a>,
    /// Mentions by start, then longest first; spans are bytes of the flow.
    pub mentions: Vec<Resolved>,
    /// Sentences in order, with the place of each.
    pub sentences: Vec<(Sentence, u32)>,
    /// The places that sentences refer to by number.
    pub places: Vec<Place>,
    /// The sentence that was quoted last, for those who quote it again.
    pub(crate) quoted: Cell<Option<Arc<str>>>,
}

/// Where sentences stand.
#[derive(Default)]
pub struct Place {
    /// Heading, article, paragraph.
    pub locator: Locator,
    line: OnceCell<Arc<str>>,
}

impl Place {
    /// The locator in one line.
    pub fn line(&self) -> &Arc<str> {
        self.line.get_or_init(|| self.locator.line().into())
    }
}

impl Engine {
    /// Loads the built-in rules and dictionary, with a folder of rules laid over them.
    ///
    /// # Errors
    /// Where a rule file has a mistake or cannot be read.
    pub fn load(overlay: Option<&Path>, unknown: UnknownWords) -> Result<Self> {
        let rules = ruleset::load(overlay)?;
        let (segmenter, (extractor, titles)) = rayon::join(
            || Segmenter::new(&rules, unknown),
            || rayon::join(|| Extractor::new(&rules), || TitleIndex::new(&rules)),
        );
        Ok(Self { extractor, titles, segmenter, folding: FoldingChoice::default(), rules })
    }

    /// The same engine, with words folded as chosen before they are counted.
    #[must_use]
    pub fn folding(mut self, choice: &FoldingChoice) -> Self {
        self.folding = *choice;
        self.segmenter = self.segmenter.folding(choice);
        self.rules = self.rules.folding(|word| self.segmenter.folded(word));
        self
    }

    /// An empty table of instruments.
    #[must_use]
    pub fn entities(&self) -> Entities {
        Entities::new(&self.rules.registry)
    }

    /// Reads a document section by section; tells how many sections could not be read for a fault of ours.
    ///
    /// A panic in a rule costs the section it happens in and nothing else.
    pub fn read(
        &self,
        document: &Document,
        layers: Layers,
        entities: &mut Entities,
        each: impl FnMut(&Section<'_>, &Entities),
    ) -> usize {
        self.read_while(|| true, document, layers, entities, each)
    }

    /// The same, as long as `wanted` says so before a section: a signal need not wait for the end of a huge file.
    pub fn read_while(
        &self,
        wanted: impl Fn() -> bool,
        document: &Document,
        layers: Layers,
        entities: &mut Entities,
        mut each: impl FnMut(&Section<'_>, &Entities),
    ) -> usize {
        let mut reader = Reader::new(self, document, entities);
        for range in sections(&document.text).take_while(|_| wanted()) {
            reader.go_on(self.look(document, range, layers), entities, &mut each);
        }
        reader.lost
    }

    /// The same with the help of other threads: while a section is told, they look for the mentions of the next ones.
    ///
    /// Whoever waits for them may be given any work of the pool, so no lock that such work takes may be held.
    pub fn read_together(
        &self,
        wanted: impl Fn() -> bool + Sync,
        document: &Document,
        layers: Layers,
        entities: &mut Entities,
        mut each: impl FnMut(&Section<'_>, &Entities) + Send,
    ) -> usize {
        let mut reader = Reader::new(self, document, entities);
        let mut ranges = sections(&document.text).take_while(|_| wanted());
        let mut next = || ranges.by_ref().take(rayon::current_num_threads()).collect::<Vec<_>>();
        let look = |ranges: Vec<Range<usize>>| -> Vec<Look<'_>> {
            ranges.into_par_iter().map(|range| self.look(document, range, layers)).collect()
        };
        let mut seen = look(next());
        while !seen.is_empty() {
            let ranges = next();
            let tell = || {
                for look in seen.into_iter().take_while(|_| wanted()) {
                    reader.go_on(look, entities, &mut each);
                }
            };
            seen = rayon::join(|| look(ranges), tell).0;
        }
        reader.lost
    }

    /// What a section holds, before anything else of its document is known.
    fn look<'d>(&self, document: &'d Document, range: Range<usize>, layers: Layers) -> Look<'d> {
        let base = range.start;
        let flow = Flow::of(&document.text[range]);
        let extract = || self.extractor.extract(&self.rules, flow.as_str(), layers);
        let found = catch_unwind(AssertUnwindSafe(extract)).ok();
        Look { base, flow, found }
    }

    /// The same with mentions that are known already: `found` gives those of each section, by the section's flow, with
    /// the instruments that they name; `None` costs the section.
    pub fn read_with(
        &self,
        mut found: impl FnMut(&str, &mut Entities) -> Option<Vec<Resolved>>,
        wanted: impl Fn() -> bool,
        document: &Document,
        entities: &mut Entities,
        mut each: impl FnMut(&Section<'_>, &Entities),
    ) -> usize {
        let mut lost = 0;
        let text = document.text.as_str();
        let offsets = OffsetMap::new(text);
        let mut places = Places::of(document);
        for range in sections(text).take_while(|_| wanted()) {
            let base = range.start;
            let flow = Flow::of(&text[range]);
            let frame = Frame { text, offsets: &offsets, flow: &flow, base, date: document.date };
            let Some(mentions) = found(flow.as_str(), entities) else {
                lost += 1;
                continue;
            };
            let section = places.section(&self.segmenter, frame, mentions);
            each(&section, entities);
        }
        lost
    }

    /// The sentences of a document with their places, as [`Engine::read`] gives them, but no mentions.
    pub fn sentences(&self, document: &Document, mut each: impl FnMut(&Section<'_>)) {
        let none = |_: &str, _: &mut Entities| Some(Vec::new());
        self.read_with(none, || true, document, &mut Entities::default(), |section, _| each(section));
    }
}

/// A section whose mentions were found but not yet resolved; none where that went wrong.
struct Look<'d> {
    base: usize,
    flow: Flow<'d>,
    found: Option<Vec<Mention>>,
}

/// Reads the sections of a document in order.
struct Reader<'a> {
    engine: &'a Engine,
    document: &'a Document,
    offsets: OffsetMap,
    context: Context,
    clock: Clock,
    places: Places<'a>,
    lost: usize,
}

impl<'a> Reader<'a> {
    fn new(engine: &'a Engine, document: &'a Document, entities: &mut Entities) -> Self {
        Self {
            engine,
            document,
            offsets: OffsetMap::new(&document.text),
            context: Context::for_document(document, &engine.rules, &engine.titles, entities),
            clock: Clock::new(document.date, document.title.as_deref()),
            places: Places::of(document),
            lost: 0,
        }
    }

    /// Resolves what was found in the next section and tells it.
    fn go_on(&mut self, look: Look<'_>, entities: &mut Entities, each: &mut impl FnMut(&Section<'_>, &Entities)) {
        let Self { engine: Engine { rules, titles, segmenter, .. }, document, context, clock, .. } = self;
        let Look { base, flow, found } = look;
        let mut resolve = |found| {
            let mut mentions = resolve::resolve(flow.as_str(), found, rules, titles, entities, context);
            clock.resolve(rules, flow.as_str(), &mut mentions);
            clock.next_section();
            mentions
        };
        let Some(mentions) = found.and_then(|found| catch_unwind(AssertUnwindSafe(|| resolve(found))).ok()) else {
            self.lost += 1;
            return;
        };
        let frame = Frame { text: &document.text, offsets: &self.offsets, flow: &flow, base, date: document.date };
        each(&self.places.section(segmenter, frame, mentions), entities);
    }
}

/// Where one is in a document while its sentences are told.
struct Places<'d> {
    outline: Outline,
    headings: Peekable<slice::Iter<'d, Heading>>,
}

impl<'d> Places<'d> {
    fn of(document: &'d Document) -> Self {
        Self { outline: Outline::default(), headings: document.headings.iter().peekable() }
    }

    /// A section with its sentences.
    fn section<'a>(&mut self, segmenter: &Segmenter, frame: Frame<'a>, mentions: Vec<Resolved>) -> Section<'a> {
        let mut section =
            Section { frame, mentions, sentences: Vec::new(), places: Vec::new(), quoted: Cell::default() };
        let flow = frame.flow.as_str();
        let mut paragraph = None;
        segmenter.sentences(flow, |sentence| {
            if paragraph != Some(sentence.paragraph) {
                paragraph = Some(sentence.paragraph);
                let start = frame.original(sentence.span).start();
                let mut marked = false;
                while let Some(heading) = self.headings.next_if(|h| h.span.start() <= start) {
                    self.outline.enter_heading(heading, frame.text.get(heading.span.range()).unwrap_or_default());
                    marked = heading.span.end() > start;
                }
                if !marked {
                    self.outline.enter(line_of(flow, sentence.span));
                }
                section.places.push(Place { locator: self.outline.locator(), ..Place::default() });
            }
            let place = u32::try_from(section.places.len()).unwrap_or(u32::MAX).saturating_sub(1);
            section.sentences.push((sentence, place));
        });
        section
    }
}

/// What is counted of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word outside the mentions.
    Word(Word<'a>),
    /// A named instrument.
    Law(EntityIx),
}

impl Section<'_> {
    /// Calls back with the tokens of a sentence: its words outside laws, citations, dates and figures, and each
    /// named law as one. What `analyze` counts and `segment` prints.
    pub fn tokens(&self, sentence: usize, engine: &Engine, scratch: &mut Scratch, mut each: impl FnMut(Token<'_>)) {
        let Some((sentence, _)) = self.sentences.get(sentence) else { return };
        let text = self.frame.flow.as_str();
        let mut at = sentence.span.start();
        for found in self.mentions_of(sentence.span) {
            let mention = &found.mention;
            if mention.nested || mention.kind == Kind::LawAnaphor || mention.span.start() < at {
                continue;
            }
            words(engine, &text[at..mention.span.start()], scratch, &mut each);
            if let (Kind::Law, Some(entity)) = (mention.kind, found.entity) {
                each(Token::Law(entity));
            } else if mention.kind == Kind::Law {
                // A title that could mean several laws stays words.
                words(engine, &text[mention.span.range()], scratch, &mut each);
            }
            at = mention.span.end();
        }
        words(engine, text.get(at..sentence.span.end()).unwrap_or_default(), scratch, &mut each);
    }

    /// The mentions that begin in a stretch of the flow.
    #[must_use]
    pub fn mentions_of(&self, span: Span) -> &[Resolved] {
        let from = self.mentions.partition_point(|m| m.mention.span.start() < span.start());
        let to = self.mentions.partition_point(|m| m.mention.span.start() < span.end());
        &self.mentions[from..to]
    }

    /// The sentence in which a mention begins, by number.
    #[must_use]
    pub fn sentence_of(&self, span: Span) -> Option<usize> {
        let after = self.sentences.partition_point(|(s, _)| s.span.start() <= span.start());
        after.checked_sub(1)
    }
}

fn words(engine: &Engine, text: &str, scratch: &mut Scratch, each: &mut impl FnMut(Token<'_>)) {
    engine.segmenter.words(text, scratch, |word| each(Token::Word(word)));
}

/// The line of the flow on which a sentence begins.
fn line_of(text: &str, span: Span) -> &str {
    let end = memchr::memchr(b'\n', &text.as_bytes()[span.start()..]).map_or(text.len(), |n| span.start() + n);
    let cut = text.floor_char_boundary(end.min(span.start() + 400));
    &text[span.start()..cut]
}
