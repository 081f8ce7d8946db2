//! From the tallies of all workers to the rows of a [`Summary`].

use std::{cmp::Reverse, collections::BTreeMap, io};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{
    ArticleRow, DateRow, DocIx, DocumentRow, FigureRow, LawRow, Matrix, Network, PairRow, Quote, Summary, Totals, Unit,
    cooccurrence::{Items, Strongest},
    corpus::Corpus,
    dossier,
    pairs::Reels,
    period::{Calendar, Period},
    phrases,
    spool::Reel,
    statistics::{Measured, measure},
    tally::{FigureKey, LawCount, Renumbered, Tally, ValueCount},
    term_rows::term_rows,
    trends::Timeline,
};
use crate::{
    engine::Engine,
    resolve::EntityIx,
    ruleset::{Law, Ruleset, Text},
    text::{GroupBy, Language},
    value::{Grain, Kind, Modifier},
};

/// Limits of what the tables show; stated in `run.json`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// What pairs share; the first one also makes the network and the matrix.
    pub units: Vec<Unit>,
    /// Terms that take part in pairs, by frequency, stop words and single characters left out.
    pub pair_terms: usize,
    /// A pair is listed if at least so many units hold both.
    pub pair_sentences: u64,
    /// At most so many pairs are listed, the strongest by G2.
    pub pairs: usize,
    /// So many of the strongest come with a sentence; its document is read once more for it.
    pub pair_examples: usize,
    /// Rows and columns of the matrices.
    pub matrix_items: usize,
    /// Nodes of the network at most.
    pub network_nodes: usize,
    /// Edges of the network at most.
    pub network_edges: usize,
    /// Resamples of the documents for the intervals of rates.
    pub resamples: usize,
    /// Such intervals are computed for so many of the most frequent terms.
    pub resampled_terms: usize,
    /// Groups that are compared with the rest, the largest by tokens.
    pub keyness_groups: usize,
    /// Rows of key terms for all groups together; each has the same share.
    pub keyness_rows: usize,
    /// Words of each language whose trends are told, the most frequent ones.
    pub trend_words: usize,
    /// Laws whose trends are told.
    pub trend_laws: usize,
    /// Phrases of each language whose trends are told.
    pub trend_phrases: usize,
    /// A phrase occurs at least so often …
    pub phrase_frequency: u32,
    /// … and at least once in so many tokens.
    pub phrase_tokens: u64,
    /// Runs of words that are looked at as phrases, the best by C-value.
    pub phrases: usize,
    /// So many of the best phrases come with a sentence.
    pub phrase_examples: usize,
    /// The occurrences of these together.
    pub phrase_occurrences: u64,
    /// Rows of trends in all: where periods are very many, fewer terms are told.
    pub trend_rows: usize,
}

impl Limits {
    /// What `run.json` says of them.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, Value)> {
        let units: Vec<String> = self.units.iter().map(ToString::to_string).collect();
        vec![
            ("unit", units.into()),
            ("pair_terms", self.pair_terms.into()),
            ("pair_sentences", self.pair_sentences.into()),
            ("pairs", self.pairs.into()),
            ("pair_examples", self.pair_examples.into()),
            ("matrix", self.matrix_items.into()),
            ("network_nodes", self.network_nodes.into()),
            ("network_edges", self.network_edges.into()),
            ("resampled_terms", self.resampled_terms.into()),
            ("resample_seed", super::SEED.into()),
            ("keyness_groups", self.keyness_groups.into()),
            ("keyness_rows", self.keyness_rows.into()),
            ("trend_words", self.trend_words.into()),
            ("trend_laws", self.trend_laws.into()),
            ("trend_rows", self.trend_rows.into()),
            ("trend_phrases", self.trend_phrases.into()),
            ("phrases", self.phrases.into()),
            ("phrase_examples", self.phrase_examples.into()),
            ("phrase_occurrences", self.phrase_occurrences.into()),
        ]
    }

    /// How many of so many terms are told, so that their rows do not become too many.
    pub(super) fn trends(&self, wanted: usize, timeline: &Timeline) -> usize {
        let all = (2 * self.trend_words + self.trend_laws + 2 * self.trend_phrases).max(1);
        wanted.min(wanted * self.trend_rows / (all * timeline.calendar.names.len()).max(1))
    }
}

/// What a run asks beside counting.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// What makes the groups that are compared.
    pub group_by: GroupBy,
    /// How time is cut.
    pub period: Period,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            units: vec![Unit::default()],
            pair_terms: 1_000,
            pair_sentences: 2,
            pairs: 50_000,
            pair_examples: 2_000,
            matrix_items: 50,
            network_nodes: 80,
            network_edges: 200,
            resamples: 1_000,
            resampled_terms: 10_000,
            keyness_groups: 100,
            keyness_rows: 400_000,
            trend_words: 500,
            trend_laws: 200,
            trend_phrases: 200,
            phrase_frequency: 3,
            phrase_tokens: 2_000_000,
            phrases: 20_000,
            phrase_examples: 1_000,
            phrase_occurrences: 8_000_000,
            trend_rows: 200_000,
        }
    }
}

/// Adds up the tallies.
///
/// # Errors
/// Where a temporary file cannot be read back.
pub fn finish(engine: &Engine, tallies: Vec<Tally>, questions: &Questions, limits: &Limits) -> io::Result<Summary> {
    let mut tallies = tallies.into_iter();
    let Some(mut all) = tallies.next() else { return Ok(Summary::default()) };
    let mut reels: Vec<(Reel, Option<Renumbered>)> = vec![(std::mem::take(&mut all.spool).close()?, None)];
    for tally in tallies {
        let (spool, numbers) = all.merge(tally);
        reels.push((spool.close()?, Some(numbers)));
    }
    let rules = &engine.rules;
    let mut totals = totals(&all);
    let items = Items::of(&all, rules, limits);
    all.documents.values_mut().for_each(with_language);
    let corpus = Corpus::new(&all.documents, &questions.group_by);
    let calendar = Calendar::new(questions.period, corpus.dates.iter().flatten().copied(), rules);
    let timeline = Timeline::new(&corpus, calendar);
    let (mut terms, codes) = term_rows(&mut all, rules);
    let of_phrases: Vec<phrases::Term> = terms.iter().map(Into::into).collect();
    let find_phrases = || phrases::phrases(&of_phrases, &codes, &corpus, &timeline, &reels, rules, limits);
    let count_rest = || {
        let (together, measured) = rayon::join(
            || Together::of(&items, &reels, limits),
            || measure(&mut terms, &codes, &corpus, &timeline, &reels, limits),
        );
        // Phrases take longest; meanwhile the other lists are made.
        if questions.group_by == GroupBy::Language {
            // What most of the words are is known only now.
            let rows = all.documents.values_mut();
            rows.for_each(|row| row.group = row.language.map(|language| language.code().to_owned()));
        }
        let (laws, dates, figures) = (law_rows(&mut all, rules), date_rows(&mut all), figure_rows(&mut all));
        (together, measured, laws, dates, figures)
    };
    let (phrases, (together, measured, laws, dates, figures)) = rayon::join(find_phrases, count_rest);
    let (phrases, mut together, measured) = (phrases?, together?, measured?);
    together.name_documents(&all.documents);
    totals.pairs_tested = together.tested;
    let Measured { keyness, mut trends, resamples } = measured;
    trends.extend(phrases.trends);
    let (laws, law_articles) = laws;
    Ok(Summary {
        totals,
        laws,
        dates,
        figures,
        terms,
        law_articles,
        pairs: together.pairs,
        network: together.network,
        matrix: together.matrix,
        keyness,
        resamples,
        trends: timeline.trends(trends),
        phrases: phrases.rows,
        phrase_frequency: phrases.least.into(),
        documents: std::mem::take(&mut all.documents).into_values().collect(),
    })
}

/// All that stands together.
#[derive(Default)]
struct Together {
    pairs: Vec<PairRow>,
    network: Network,
    matrix: Matrix,
    tested: BTreeMap<String, u64>,
}

impl Together {
    fn of(items: &Items, reels: &Reels, limits: &Limits) -> io::Result<Self> {
        let mut together = Self::default();
        for (at, &unit) in limits.units.iter().enumerate() {
            let counted = items.count(unit, reels)?;
            let mut strongest = Strongest::of(items, &counted, unit, limits);
            if at == 0 {
                together.network = Network::of(items, &counted, &strongest.tests, limits);
                together.matrix = Matrix::of(items, &counted, limits.matrix_items);
            }
            together.tested.insert(unit.to_string(), strongest.tests.number());
            together.pairs.append(&mut strongest.rows);
        }
        Ok(together)
    }

    /// Two that share a document or a paragraph need not share a sentence; only the first document is told.
    fn name_documents(&mut self, documents: &BTreeMap<DocIx, DocumentRow>) {
        for pair in self.pairs.iter_mut().filter(|pair| matches!(pair.unit, Unit::Document | Unit::Paragraph)) {
            let document = pair.first.take().and_then(|(ix, _)| documents.get(&ix));
            let quote = |row: &DocumentRow| Quote { document: row.id.as_str().into(), ..Quote::default() };
            pair.quotes.extend(document.map(quote));
        }
    }
}

/// A document whose language nobody declared has that of most of its tokens.
fn with_language(row: &mut DocumentRow) {
    if row.language.is_none() {
        row.language = Language::ALL
            .into_iter()
            .filter(|l| row.tokens[*l as usize] > 0)
            .max_by_key(|l| (row.tokens[*l as usize], Reverse(*l)));
    }
}

fn totals(all: &Tally) -> Totals {
    let by_language =
        |count: &dyn Fn(Language) -> u64| Language::ALL.into_iter().map(|l| (l, count(l))).collect::<BTreeMap<_, _>>();
    let named: Vec<&EntityIx> =
        all.laws.iter().filter(|(_, c)| c.named.values().sum::<u64>() > 0).map(|(e, _)| e).collect();
    Totals {
        documents: all.documents.len() as u64,
        sentences: all.sentences,
        tokens: by_language(&|l| all.tokens[l as usize]),
        types: by_language(&|l| all.terms.notes().iter().filter(|t| t.language == l).count() as u64),
        mentions: Kind::ALL.into_iter().zip(all.kinds).filter(|(_, n)| *n > 0).map(|(k, n)| (k.name(), n)).collect(),
        laws: named.len() as u64,
        unlisted_laws: named.iter().filter(|e| all.entities.row(***e).is_none()).count() as u64,
        pairs_tested: BTreeMap::new(),
    }
}

/// How an instrument is written as a term: its official title, with `_` for blanks, as one token.
#[must_use]
pub fn law_token(canonical: &str) -> String {
    canonical.split_whitespace().collect::<Vec<_>>().join("_")
}

fn most_frequent<K: Ord + Clone + Into<String>>(counts: impl IntoIterator<Item = (K, u64)>) -> Vec<(String, u64)> {
    let mut list: Vec<(String, u64)> = counts.into_iter().map(|(k, n)| (k.into(), n)).collect();
    list.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    list
}

fn law_rows(all: &mut Tally, rules: &Ruleset) -> (Vec<LawRow>, Vec<ArticleRow>) {
    let mut counts: Vec<(EntityIx, LawCount)> = std::mem::take(&mut all.laws).into_iter().collect();
    counts.sort_by_key(|(e, _)| *e);
    let mut documents: Vec<Vec<DocIx>> =
        counts.iter_mut().map(|(_, count)| std::mem::take(&mut count.documents)).collect();
    documents.iter_mut().for_each(|of| of.sort_unstable());
    let (mut rows, mut articles) = (Vec::with_capacity(counts.len()), Vec::with_capacity(counts.len()));
    for ((entity, count), documents) in counts.into_iter().zip(&documents) {
        let (row, of_row) = law_row(all, rules, entity, count, documents.len() as u64);
        rows.push(row);
        articles.push(of_row);
    }
    dossier::complete(&mut rows, &documents, &all.documents);
    let mut rows: Vec<(LawRow, Vec<ArticleRow>)> = rows.into_iter().zip(articles).collect();
    rows.sort_by(|(a, _), (b, _)| {
        let key = |law: &LawRow| (Reverse(law.named_mentions()), Reverse(law.mentions), Reverse(law.documents));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let (rows, articles): (Vec<LawRow>, Vec<Vec<ArticleRow>>) = rows.into_iter().unzip();
    (rows, articles.into_iter().flatten().collect())
}

fn law_row(
    all: &Tally,
    rules: &Ruleset,
    entity: EntityIx,
    count: LawCount,
    documents: u64,
) -> (LawRow, Vec<ArticleRow>) {
    let law = all.entities.row(entity).and_then(|row| rules.registry.law(row));
    let unlisted = all.entities.title(entity);
    let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let title = |language: Language| match (law, unlisted) {
        (Some(law), _) => filled(if language == Language::Zh { &law.title_zh } else { &law.title_en }),
        (None, Some(u)) if u.language == language => filled(&u.title),
        _ => None,
    };
    let known = |get: fn(&Law) -> &Text| law.map(|law| get(law).to_string()).unwrap_or_default();
    let id = all.entities.id(entity, &rules.registry);
    let (title_zh, title_en) = (title(Language::Zh), title(Language::En));
    let article = |(article, count): (Box<str>, ValueCount)| ArticleRow {
        law: id.to_owned(),
        title_zh: title_zh.clone(),
        title_en: title_en.clone(),
        article: article.into(),
        mentions: count.mentions,
        documents: count.documents,
        quotes: count.quotes.into_values().take(1).collect(),
    };
    let mut articles: Vec<ArticleRow> = count.articles.into_iter().map(article).collect();
    articles.sort_by(|a, b| (Reverse(a.mentions), &a.article).cmp(&(Reverse(b.mentions), &b.article)));
    let row = LawRow {
        id: id.to_owned(),
        title_zh,
        title_en,
        listed: law.is_some(),
        jurisdiction: known(|l| &l.jurisdiction),
        level: known(|l| &l.level),
        status: known(|l| &l.status),
        identifiers: law.map(Law::identifiers).unwrap_or_default(),
        promulgated: known(|l| &l.promulgated),
        effective: known(|l| &l.effective),
        mentions: count.mentions,
        named: count.named,
        anaphora: count.anaphora,
        article_refs: articles.iter().map(|a| a.mentions).sum(),
        documents_by_language: count.by_language,
        documents,
        first_document: count.first,
        last_document: count.last,
        by_year: count.by_year,
        first_mention: count.earliest.into_entries().next().map(|((_, date, _), quote)| (date, quote)),
        surfaces: most_frequent(count.surfaces),
        articles: articles.iter().map(|a| (a.article.clone(), a.mentions)).collect(),
        quotes: count.quotes.into_values().collect(),
        ..LawRow::default()
    };
    (row, articles)
}

fn date_rows(all: &mut Tally) -> Vec<DateRow> {
    let mut rows: Vec<DateRow> = std::mem::take(&mut all.times)
        .into_iter()
        .map(|((when, kind), count)| {
            let (first, last) = when.days();
            DateRow {
                value: when.to_string(),
                kind: kind.name(),
                grain: when.grain().map_or("", Grain::name),
                first,
                last,
                mentions: count.mentions,
                documents: count.documents,
                quotes: count.quotes.into_values().collect(),
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        (a.first.or(a.last), a.last, &a.value, a.kind, a.grain).cmp(&(
            b.first.or(b.last),
            b.last,
            &b.value,
            b.kind,
            b.grain,
        ))
    });
    rows
}

fn figure_rows(all: &mut Tally) -> Vec<FigureRow> {
    let mut counts: FxHashMap<FigureKey, ValueCount> = FxHashMap::default();
    #[expect(clippy::iter_over_hash_type, reason = "counts merge in any order")]
    for (quantity, count) in std::mem::take(&mut all.figures) {
        counts.entry(quantity.key()).or_default().merge(count);
    }
    // Boxes, since sorting moves what it sorts.
    let mut counts: Vec<(u64, Box<(FigureKey, ValueCount)>)> =
        counts.into_iter().map(|(key, count)| (count.mentions, Box::new((key, count)))).collect();
    counts.sort_unstable_by(|a, b| (Reverse(a.0), &a.1.0).cmp(&(Reverse(b.0), &b.1.0)));
    counts
        .into_iter()
        .map(|(_, counted)| *counted)
        .map(|(key, count)| FigureRow {
            kind: key.kind.name(),
            value: key.value,
            low: key.low,
            high: key.high,
            unit: key.unit,
            modifier: key.modifier.map_or("", Modifier::code),
            per: key.per,
            mentions: count.mentions,
            documents: count.documents,
            quotes: count.quotes.into_values().collect(),
        })
        .collect()
}
