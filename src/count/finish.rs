//! From the tallies of all workers to the rows of a [`Summary`].

use std::{cmp::Reverse, collections::BTreeMap, io, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    DateRow, DocumentRow, FigureRow, Joint, LawRow, PairRow, Quote, Summary, Totals,
    corpus::Corpus,
    g2, logdice, npmi,
    pairs::{ITEMS, Pairs},
    period::{Calendar, Period},
    phrases::{Bounds, phrases},
    spool::Spool,
    statistics::{Measured, measure},
    tally::{FigureKey, LawCount, Renumbered, Tally, ValueCount, law_code, term_code},
    term_rows::term_rows,
    trends::Timeline,
};
use crate::{
    engine::Engine,
    resolve::EntityIx,
    ruleset::Ruleset,
    text::{GroupBy, Language},
    value::{Grain, Kind, Modifier},
};

/// Limits of what the tables show; stated in `run.json`.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Terms that take part in pairs, by frequency, stop words and single characters left out.
    pub pair_terms: usize,
    /// A pair is listed if at least so many sentences hold both.
    pub pair_sentences: u64,
    /// At most so many pairs are listed, the strongest by G2.
    pub pairs: usize,
    /// So many of the strongest come with a sentence; its document is read once more for it.
    pub pair_examples: usize,
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
    /// The occurrences of these together.
    pub phrase_occurrences: u64,
    /// Rows of trends in all: where periods are very many, fewer terms are told.
    pub trend_rows: usize,
}

impl Limits {
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
            pair_terms: 1_000,
            pair_sentences: 2,
            pairs: 50_000,
            pair_examples: 2_000,
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
    let mut spools: Vec<(Spool, Option<Renumbered>)> = vec![(std::mem::take(&mut all.spool), None)];
    for tally in tallies {
        let (spool, numbers) = all.merge(tally);
        spools.push((spool, Some(numbers)));
    }
    let rules = &engine.rules;
    let pairs = pair_rows(&all, rules, &mut spools, limits)?;
    let totals = totals(&all);
    all.documents.values_mut().for_each(with_language);
    let corpus = Corpus::new(&all.documents, &questions.group_by);
    let calendar = Calendar::new(questions.period, corpus.dates.iter().flatten().copied(), rules);
    let timeline = Timeline::new(&corpus, calendar);
    let (mut terms, codes) = term_rows(&mut all, rules);
    let Measured { keyness, mut trends, resamples } =
        measure(&mut terms, &codes, &corpus, &timeline, &mut spools, limits)?;
    let bounds = Bounds::new(&terms, rules);
    let phrases = phrases(&terms, &codes, &corpus, &timeline, &mut spools, &bounds, limits)?;
    trends.extend(phrases.trends);
    if questions.group_by == GroupBy::Language {
        // What most of the words are is known only now.
        let rows = all.documents.values_mut();
        rows.for_each(|row| row.group = row.language.map(|language| language.code().to_owned()));
    }
    Ok(Summary {
        totals,
        laws: law_rows(&mut all, rules),
        dates: date_rows(&mut all),
        figures: figure_rows(&mut all),
        terms,
        pairs,
        keyness,
        resamples,
        trends: timeline.trends(trends),
        phrases: phrases.rows,
        phrase_frequency: phrases.least.into(),
        documents: std::mem::take(&mut all.documents).into_values().collect(),
    })
}

/// A document whose language nobody declared has that of most of its tokens.
fn with_language(row: &mut DocumentRow) {
    if row.language.is_none() {
        row.language = Language::ALL
            .into_iter()
            .filter(|l| row.tokens.contains_key(l))
            .max_by_key(|l| (row.tokens[l], Reverse(*l)));
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

fn law_rows(all: &mut Tally, rules: &Ruleset) -> Vec<LawRow> {
    let mut counts: Vec<(EntityIx, LawCount)> = std::mem::take(&mut all.laws).into_iter().collect();
    counts.sort_by_key(|(e, _)| *e);
    let mut rows: Vec<LawRow> = counts
        .into_iter()
        .map(|(entity, count)| {
            let law = all.entities.row(entity).and_then(|row| rules.registry.law(row));
            let unlisted = all.entities.title(entity);
            let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
            let title = |language: Language| match (law, unlisted) {
                (Some(law), _) => filled(if language == Language::Zh { &law.title_zh } else { &law.title_en }),
                (None, Some(u)) if u.language == language => filled(&u.title),
                _ => None,
            };
            let known = |get: &dyn Fn(&crate::ruleset::Law) -> &String| law.map(|l| get(l).clone()).unwrap_or_default();
            LawRow {
                id: all.entities.id(entity, &rules.registry).to_owned(),
                title_zh: title(Language::Zh),
                title_en: title(Language::En),
                listed: law.is_some(),
                jurisdiction: known(&|l| &l.jurisdiction),
                level: known(&|l| &l.level),
                status: known(&|l| &l.status),
                identifiers: law.map(crate::ruleset::Law::identifiers).unwrap_or_default(),
                promulgated: known(&|l| &l.promulgated),
                effective: known(&|l| &l.effective),
                mentions: count.mentions,
                named: count.named,
                anaphora: count.anaphora,
                article_refs: count.articles.values().sum(),
                documents_by_language: count.by_language,
                documents: count.documents,
                first_document: count.first,
                last_document: count.last,
                by_year: count.by_year,
                surfaces: most_frequent(count.surfaces),
                articles: most_frequent(count.articles),
                quotes: count.quotes.into_values().collect(),
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        (Reverse(a.mentions), Reverse(a.documents), &a.id).cmp(&(Reverse(b.mentions), Reverse(b.documents), &b.id))
    });
    rows
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

/// An item of the pair table.
struct Item {
    code: u32,
    name: Arc<str>,
    kind: &'static str,
}

fn items(all: &Tally, rules: &Ruleset, limits: &Limits) -> Vec<Item> {
    let mut laws: Vec<(u64, &str, EntityIx)> = all
        .laws
        .iter()
        .filter(|(_, c)| c.tokens > 0)
        .map(|(e, c)| (c.tokens, all.entities.id(*e, &rules.registry), *e))
        .collect();
    laws.sort_by(|a, b| (Reverse(a.0), a.1).cmp(&(Reverse(b.0), b.1)));
    let notes = all.terms.notes().iter().filter(|note| all.terms.forms_pairs(&note.word));
    let mut terms: Vec<(u64, &Arc<str>, u32)> =
        notes.map(|note| (all.terms.tf(note.term), &note.word, term_code(note.term))).collect();
    terms.sort_by(|a, b| (Reverse(a.0), a.1).cmp(&(Reverse(b.0), b.1)));
    let words = terms.into_iter().take(limits.pair_terms.min(ITEMS)).map(|(_, word, code)| Item {
        code,
        name: Arc::clone(word),
        kind: "word",
    });
    let mut items: Vec<Item> = words.collect();
    let room = ITEMS - items.len();
    items.extend(laws.into_iter().take(room).map(|(_, _, e)| Item {
        code: law_code(e),
        name: law_token(all.entities.canonical(e, &rules.registry)).into(),
        kind: "law",
    }));
    items
}

fn pair_rows(
    all: &Tally,
    rules: &Ruleset,
    spools: &mut [(Spool, Option<Renumbered>)],
    limits: &Limits,
) -> io::Result<Vec<PairRow>> {
    let items = items(all, rules, limits);
    let codes = items.iter().map(|i| i.code).max().map_or(0, |c| c as usize + 1);
    let mut item_of = vec![u32::MAX; codes];
    for (i, item) in items.iter().enumerate() {
        item_of[item.code as usize] = u32::try_from(i).unwrap_or(u32::MAX);
    }
    let counted = Pairs::count(items.len(), &item_of, spools)?;
    let total = all.sentences;
    // The order of names, as numbers, so that a million pairs are compared without their strings.
    let mut by_name: Vec<usize> = (0..items.len()).collect();
    by_name.sort_by(|&a, &b| (&items[a].name, items[a].kind).cmp(&(&items[b].name, items[b].kind)));
    let mut rank = vec![0_u32; items.len()];
    for (place, &item) in (0..).zip(&by_name) {
        rank[item] = place;
    }
    let joint = |a: usize, b: usize, both: u64| Joint { both, left: counted.of(a), right: counted.of(b), total };
    let order =
        |x: &(f64, u32, u32), y: &(f64, u32, u32)| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2)));
    let mut found: Vec<(f64, u32, u32)> = Vec::new();
    let strongest = |found: &mut Vec<(f64, u32, u32)>| {
        if found.len() > limits.pairs && limits.pairs > 0 {
            found.select_nth_unstable_by(limits.pairs - 1, order);
            found.truncate(limits.pairs);
        }
    };
    for (a, b, both) in counted.iter().filter(|&(_, _, both)| both >= limits.pair_sentences) {
        let (a, b) = if rank[a] <= rank[b] { (a, b) } else { (b, a) };
        found.push((g2(joint(a, b, both)), rank[a], rank[b]));
        if found.len() >= 4 * limits.pairs.max(1 << 10) {
            strongest(&mut found);
        }
    }
    strongest(&mut found);
    found.sort_unstable_by(order);
    let row = |(at, &(g2, a, b)): (usize, &(f64, u32, u32))| {
        let (a, b) = (by_name[a as usize], by_name[b as usize]);
        let (both, first) = counted.together(a.min(b), a.max(b));
        let joint = joint(a, b, both);
        let (a, b) = (&items[a], &items[b]);
        PairRow {
            a: Arc::clone(&a.name),
            b: Arc::clone(&b.name),
            kinds: (a.kind, b.kind),
            n_ab: joint.both,
            n_a: joint.left,
            n_b: joint.right,
            total,
            npmi: npmi(joint),
            logdice: logdice(joint),
            g2,
            first: first.filter(|_| at < limits.pair_examples),
            quotes: Vec::<Quote>::new(),
        }
    };
    Ok(found.iter().enumerate().map(row).collect())
}
