//! What the mentions of a document refer to: which instrument, which year.
//!
//! One pass from left to right. What a later part of the document needs from an earlier one (its title,
//! short forms it defined, the year it speaks of) is carried in a [`Context`], so that a long document can be
//! read in sections. Definitions never leave their document.

mod alike;
mod amending;
mod anaphor;
mod announced;
mod antecedent;
mod applied;
mod asked;
mod choice;
mod context;
mod country;
mod dependent;
mod division;
mod draft;
mod edition;
mod elsewhere;
mod entity;
mod interpretation;
mod jurisdiction;
mod likeness;
mod link;
mod local;
mod made;
mod meaning;
mod numbered;
mod other_side;
mod place;
mod reference;
mod region;
mod reported;
mod resolved;
mod short_form;
mod shortened;
mod spelling;
mod time;
mod title;
mod treaty;
mod zone;

pub use context::{Context, ShortForm};
pub use division::ArticleNumber;
pub use draft::Draft;
pub use edition::edition;
pub use entity::{Entities, EntityIx, Unlisted, unlisted_id};
pub use link::Link;
pub use resolved::Resolved;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;
pub use time::Clock;
pub use title::{Lookup, TitleIndex, fold};
pub use zone::Whose;

use self::{
    amending::Quotes,
    division::Headings,
    jurisdiction::Spoken,
    numbered::{is_act, is_standard},
    title::without_acronym,
};
use crate::{
    extract::{
        LawName, Mention, Value,
        law::wording::{canonical_spelling, is_traditional},
    },
    ruleset::Ruleset,
    text::{Language, Span},
    value::Kind,
};

/// Ties every mention to its instrument, from left to right, and adds the uses of short forms.
///
/// `mentions` are sorted by start, longest first, with overlaps decided. Dates and figures pass through.
pub fn resolve(
    text: &str,
    mentions: Vec<Mention>,
    rules: &Ruleset,
    index: &TitleIndex,
    entities: &mut Entities,
    context: &mut Context,
) -> Vec<Resolved> {
    let traditional = is_traditional(text);
    let mut names = Names {
        text,
        rules,
        index,
        entities,
        traditional,
        spoken: Spoken::default(),
        defined: FxHashMap::default(),
        quotes: OnceCell::new(),
        announced: OnceCell::new(),
        standards: numbered::standards(&mentions),
        foreign: OnceCell::new(),
        divided: OnceCell::new(),
        asks: OnceCell::new(),
        chapters: FxHashMap::default(),
    };
    if context.amended.is_none() && context.headings.is_empty() && amending::amends(&context.own_title) {
        let title = context.own_title.clone();
        context.amended = names.amended_by(&title, context);
    }
    if context.amended.is_none() && context.own.is_none() && context.headings.is_empty() {
        names.amended_at_end(context);
    }
    if let Some(title) = context.explains.take() {
        context.draft = names.draft(&title, context);
    }
    // First the definitions, so that their uses can be found; then everything in order.
    let mut scout = context.clone();
    let mut cited = None;
    for mention in &mentions {
        if let Value::Law(name) = &mention.value {
            let tie = names.law(mention.span, name, &mut scout);
            if cited.is_none() && context::cites_itself(text, mention.span) {
                cited = tie.entity.map(|entity| (entity, name.title.clone()));
            }
        }
    }
    if let Some((entity, title)) = cited {
        (context.own, context.own_title) = (Some(entity), title);
    }
    names.meanings(&mentions, &mut scout, context);
    names.ask_about_only(&scout, context);
    let defined = std::mem::take(&mut names.defined);
    let mut all = short_form::uses(text, &scout, &|key| defined.get(key).copied().unwrap_or(0), &mentions, rules);
    if all.is_empty() {
        all = mentions;
    } else {
        // “家政36条” counts nothing.
        let names: Vec<Span> = all.iter().map(|used| used.span).collect();
        let named = |m: &Mention| {
            let at = names.partition_point(|name| name.start() <= m.span.start());
            m.kind == Kind::Figure && at.checked_sub(1).is_some_and(|at| names[at].contains(m.span))
        };
        all.extend(mentions.into_iter().filter(|m| !named(m)));
        all.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    }
    let headings = Headings::of(text);
    let mut pass = Pass { names, headings, out: Vec::with_capacity(all.len()) };
    for mention in all {
        let resolved = pass.one(mention, context);
        pass.out.push(resolved);
        pass.rules_of_application(context);
    }
    pass.english_articles(context);
    if let Some(article) = pass.headings.last() {
        context.article = Some(article);
    }
    pass.out
}

/// An English text names itself within so many bytes; a heading further down names what is amended there.
const OPENING: usize = 2_000;

/// Names of laws to instruments.
struct Names<'a> {
    text: &'a str,
    rules: &'a Ruleset,
    index: &'a TitleIndex,
    entities: &'a mut Entities,
    traditional: bool,
    spoken: Spoken,
    /// Where in this text short forms were defined.
    defined: FxHashMap<String, usize>,
    /// What stands between quotation marks, found out when it is asked.
    quotes: OnceCell<Quotes>,
    /// Where the text announces an order, a proclamation.
    announced: OnceCell<[usize; 2]>,
    /// Standards whose number stands beside their title somewhere in the text, by the key of the title.
    standards: FxHashMap<String, String>,
    /// How often the text names the country that it names most besides China, found out when it is asked.
    foreign: OnceCell<usize>,
    /// Whether lines of the text begin with articles of its own, found out when it is asked.
    divided: OnceCell<bool>,
    /// Whether the text is one of questions and answers, found out when it is asked.
    asks: OnceCell<bool>,
    /// Laws by their chapter in the laws of Hong Kong, as their titles were followed by it.
    chapters: FxHashMap<String, EntityIx>,
}

/// What a name was tied to.
struct Tie {
    entity: Option<EntityIx>,
    link: Link,
    candidates: Vec<u32>,
}

impl Names<'_> {
    fn law(&mut self, span: Span, name: &LawName, context: &mut Context) -> Tie {
        let title = without_acronym(&name.title);
        let key = fold(&title.replace("P.R.C.", "PRC"));
        let tie = self.of_year_before(span, name, context);
        let mut tie = tie.unwrap_or_else(|| self.tie(span, name, &key, context));
        if let Some(row) = self.by_english_name(name, &tie) {
            tie = Tie { entity: Some(self.entities.listed(row)), link: Link::Inferred, candidates: Vec::new() };
        }
        let Some(entity) = tie.entity else { return tie };
        context.name(&self.whole(name, &tie), entity);
        if let Some(row) = self.entities.row(entity)
            && let Some(law) = self.rules.registry.law(row)
        {
            *context.jurisdictions.entry(law.jurisdiction.clone()).or_default() += 1;
        }
        if context.own.is_none() && name.language == Some(Language::Zh) && self.is_published(span) {
            context.published.push((name.title.clone(), entity));
        }
        if context.own.is_none()
            && context.topic.is_none()
            && name.language == Some(Language::Zh)
            && self.is_asked_about(span)
        {
            context.topic = Some(asked::Topic { title: name.title.clone(), entity });
        }
        if tie.link != Link::ShortForm {
            if let Some(rest) = title::without_issuer(&name.title) {
                context.named.entry(fold(rest)).or_insert(entity);
            }
            context.named.entry(key).or_insert(entity);
        }
        for short in &name.defines {
            let key = fold(short);
            self.defined.entry(key.clone()).or_insert(span.end());
            let marked = short_form::is_marked(self.text, span.end(), short);
            context.short_forms.insert(key, ShortForm { words: short.clone(), entity, marked });
        }
        // "REGULATION (EU) 2016/679 OF THE EUROPEAN PARLIAMENT …": a text that begins with a name is what it names.
        let opens = context.own.is_none()
            && context.recent.len() == 1
            && self.text[..span.start()].trim_matches(['#', '*', ' ', '\n']).is_empty()
            && self.text[span.end()..].trim_start_matches(['*', ' ']).starts_with(['\n', '(', '（']);
        if name.heading || opens {
            // "Salaries Act" over the amendments at the foot of an act of Canada is not what "this Act" means there.
            let english = name.language == Some(Language::En);
            if name.heading && (!english || context.own.is_none() && span.start() < OPENING) {
                context.headings.push((name.title.clone(), entity));
            }
            if context.own.is_none() && (!english || span.start() < OPENING) {
                context.own = Some(entity);
                context.own_title.clone_from(&name.title);
            }
        }
        self.note_made(span, name, entity, context);
        self.note_amended(span, name, entity, opens, context);
        if name.title.ends_with('法') {
            self.note_new(span, name, entity, context);
        }
        if name.language == Some(Language::En) && amending::english::leads_to_law(&self.text[..span.start()]) {
            context.amended = Some(entity);
        }
        tie
    }

    fn tie(&mut self, span: Span, name: &LawName, key: &str, context: &Context) -> Tie {
        let tied = |entity, link| Tie { entity: Some(entity), link, candidates: Vec::new() };
        if let Some(short) = context.short_forms.get(key) {
            return tied(short.entity, Link::ShortForm);
        }
        if let Some(tie) = self.criminal_amendment(span, name).or_else(|| self.nicknamed(&name.title)) {
            return tie;
        }
        let tie = self.plan_of_region(span, name, key).or_else(|| self.of_state(span, name, key));
        let told = tie.or_else(|| self.of_place(span, name, key));
        if let Some(tie) = told.or_else(|| self.rules_of_law(name, context)) {
            return tie;
        }
        if let Some(entity) = self.rules_of_last(span, name, context).or_else(|| self.principal(name, context)) {
            return tied(entity, Link::Inferred);
        }
        // 《個人資料保護法》 in a text of Macao is its own, which Taiwan's has the title of.
        if let Some(row) = self.of_hong_kong(span, name, key) {
            return tied(self.entities.listed(row), Link::Inferred);
        }
        let foreign = |row: u32| {
            // In a text of Taiwan 刑法 is not the mainland's, and 民法 in one of the mainland not Taiwan's.
            self.rules.registry.law(row).is_some_and(|l| match &*l.jurisdiction {
                "CN" => {
                    let region = || l.title_zh.contains("特别行政区") && self.speaks_of_region();
                    self.traditional && !name.title.contains("共和") && !region()
                        || name.language == Some(Language::En) && choice::is_elsewhere(&self.text[span.end()..])
                }
                "TW" => !self.traditional && name.language == Some(Language::Zh) && !self.speaks_of(row),
                _ => self.is_elsewhere(span, name, l),
            })
        };
        let known = name.row.filter(|&row| !foreign(row));
        let exact = known.and_then(|row| self.rules.registry.law(row));
        let exact = exact.is_some_and(|l| fold(&l.title_zh) == key || fold(&l.title_en) == key);
        // "Civil Code" is the title of China's, its name put aside, and of others'.
        let common = |row: u32| self.is_common(row, name, key);
        if let Some(row) = known.filter(|&row| exact && !common(row) || self.at_home(row, name)) {
            return tied(self.entities.listed(row), if exact { Link::Exact } else { Link::Alias });
        }
        // 种子法（2021修正） is the law; a draft and one that was on trial are instruments of their own.
        let edition = title::without_revision(&name.title).map(fold);
        let mut candidates = Vec::new();
        for (key, shorter) in std::iter::once((key, false)).chain(edition.as_deref().map(|edition| (edition, true))) {
            match self.index.lookup(key) {
                Lookup::One(row, link)
                    if !foreign(row) && (link == Link::Exact && !common(row) || self.at_home(row, name)) =>
                {
                    return tied(self.entities.listed(row), if shorter { Link::Inferred } else { link });
                }
                Lookup::Several(all) => {
                    let mut rows = all.clone();
                    rows.retain(|&row| !foreign(row) && self.at_home(row, name));
                    self.leave_regions(&mut rows, name);
                    // "The Constitution" in an English text that speaks of no state is not China's.
                    let settled = name.language != Some(Language::En)
                        || rows.iter().any(|&row| self.speaks_of(row))
                        || self.is_of_region(&rows);
                    let spoken: Vec<u32> = rows.iter().copied().filter(|&row| self.speaks_of(row)).collect();
                    if let [row] = spoken[..]
                        && name.language == Some(Language::En)
                    {
                        return tied(self.entities.listed(row), Link::Alias);
                    }
                    if let [row] = rows[..]
                        && settled
                    {
                        return tied(self.entities.listed(row), Link::Alias);
                    }
                    if let Some(row) = self.choose(&rows, name, context).filter(|_| settled) {
                        return tied(self.entities.listed(row), Link::Alias);
                    }
                    candidates = if settled || rows.is_empty() { rows } else { all };
                    break;
                }
                _ => {}
            }
        }
        // 「十四五」規劃
        let plain = || self.index.simplified(key).replace(['「', '」', '『', '』'], "");
        let simplified = || self.traditional.then(|| self.index.plan(&plain())).flatten();
        let plan = self.index.plan(key).or_else(simplified).or_else(|| self.index.recommendations(key));
        let interpretation = || self.interpretation(name);
        if let Some(row) = plan.or_else(interpretation).filter(|&row| self.at_home(row, name)) {
            return tied(self.entities.listed(row), Link::Inferred);
        }
        if let Some(row) = self.of_year(key).filter(|&row| !foreign(row) && self.at_home(row, name)) {
            return tied(self.entities.listed(row), Link::Inferred);
        }
        if candidates.is_empty() {
            candidates = self.index.without_year(key).to_vec();
            candidates.retain(|&row| self.speaks_of(row) && self.at_home(row, name));
            if let [row] = candidates[..] {
                return tied(self.entities.listed(row), Link::Inferred);
            }
        }
        if let Some(number) = &name.number
            && !name.title.contains("修改")
            && !name.title.contains("废止")
            && let Some(row) = self.index.number(number)
        {
            return tied(self.entities.listed(row), Link::Number);
        }
        if !candidates.is_empty() {
            return Tie { entity: None, link: Link::None, candidates };
        }
        let number = name.number.as_ref().or_else(|| self.standards.get(key));
        if let Some(row) = number.filter(|n| is_standard(n)).and_then(|number| self.index.number(number)) {
            return tied(self.entities.listed(row), Link::Number);
        }
        // 《冷链物流分类与基本要求》 is called by its number.
        if let Some(number) = number.filter(|n| is_standard(n)) {
            return tied(
                self.entities.unlisted(&fold(number), number, name.language.unwrap_or(Language::Zh)),
                Link::Number,
            );
        }
        if let Some(entity) = self.abbreviated_here(name, context) {
            return tied(entity, Link::Inferred);
        }
        let row = self.alike(span, name, context).or_else(|| self.shortened(span, name, context));
        if let Some(row) = row.or_else(|| self.in_simplified(span, name, key)).or_else(|| self.treaty(key)) {
            return tied(self.entities.listed(row), Link::Inferred);
        }
        if let Some(entity) = self.rules_of_abbreviation(name, context) {
            return tied(entity, Link::Inferred);
        }
        if let Some(entity) = self.asked_head(&name.title, context) {
            return tied(entity, Link::Inferred);
        }
        if let Some(entity) = antecedent::of_lone_head(&name.title, self.rules.list("zh.law.lone_heads"), context) {
            return tied(entity, Link::Inferred);
        }
        if let Some(&entity) = context.named.get(key).or(self.dated_before(name, key, context).as_ref()) {
            return tied(entity, if self.entities.row(entity).is_some() { Link::Inferred } else { Link::None });
        }
        let language = name.language.unwrap_or(Language::Zh);
        // So are acts of the European Union and orders of a president.
        if let Some(number) = name.number.as_ref().filter(|number| is_act(number)) {
            return tied(self.entities.unlisted(&fold(number), number, language), Link::Number);
        }
        tied(self.entities.unlisted(key, &canonical_spelling(&without_acronym(&name.title)), language), Link::None)
    }
}

/// One pass over the mentions of a section.
struct Pass<'a> {
    names: Names<'a>,
    headings: Headings,
    out: Vec<Resolved>,
}

impl Pass<'_> {
    fn one(&mut self, mention: Mention, context: &mut Context) -> Resolved {
        let span = mention.span;
        let mut resolved = Resolved::plain(mention);
        match &resolved.mention.value {
            Value::Law(name) => {
                let tie = self.names.law(span, name, context);
                resolved.entity = tie.entity;
                resolved.link = Some(tie.link);
                resolved.candidates = tie.candidates;
            }
            Value::Anaphor(anaphor) => {
                let anaphor = anaphor.clone();
                self.anaphor(&mut resolved, &anaphor, context);
            }
            Value::Article(article) => {
                let article = article.clone();
                self.article(&mut resolved, &article, context);
            }
            Value::Norm(norm) => {
                resolved.entity = self
                    .names
                    .index
                    .number(norm)
                    .map(|row| self.names.entities.listed(row))
                    .or_else(|| self.numbered(norm))
                    .or_else(|| self.chapter(norm, span));
                // An act that is only ever called by its number is an instrument, too.
                if resolved.entity.is_none() && is_act(norm) {
                    resolved.entity = Some(self.names.entities.unlisted(&fold(norm), norm, Language::En));
                }
                if let Some(entity) = resolved.entity {
                    resolved.link = Some(Link::Number);
                    self.note_number(norm, span, entity, context);
                    // "Executive Order 14105 … that order"
                    let order = norm.starts_with("Executive Order ") || norm.starts_with("Proclamation ");
                    if order && self.names.text[span.range()].is_ascii() && Some(entity) != context.own {
                        context.name(norm, entity);
                    }
                }
            }
            _ => {}
        }
        resolved
    }

    fn last_mention_of(&self, entity: EntityIx) -> Option<Span> {
        self.out
            .iter()
            .rev()
            .take(200)
            .find(|r| r.entity == Some(entity) && r.mention.kind == Kind::Law)
            .map(|r| r.mention.span)
    }
}
