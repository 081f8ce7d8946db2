//! Finds the law names, divisions, numbers and code citations of an English text.
//!
//! "section 301 of the Trade Act of 1974, as amended (19 U.S.C. 2411) (Trade Act)" is a division, a title, a
//! citation of the code and a short form. The text is cut into words once; words of a few classes (head
//! nouns, division words, number words) are anchors, and a parser reads outwards from each of them.
//!
//! Always true: every word is an anchor at most once and every parser reads a bounded number of words, so
//! the time is linear whatever the text; laws lie inside laws only where one title names another.

mod acronym;
mod act_number;
mod amendment;
mod anaphor;
mod anaphor_lower;
mod body;
mod code;
mod court;
mod dated;
mod define;
mod division;
mod filed;
mod five_year_plan;
mod footnote;
mod initials;
mod interpretation;
mod issued;
mod known;
mod lists;
mod nesting;
mod not_title;
mod number;
mod numbered;
mod order_title;
mod promulgated;
mod quoted;
mod quoted_head;
mod recalled;
mod romanised;
mod series;
mod shared_head;
mod spoken;
mod standard;
mod standard_title;
mod state_code;
mod taiwan;
mod title;
mod title_amending;
mod title_bare;
mod title_behind;
mod title_end;
mod title_inside;
mod title_start;
mod token;
mod union;
mod unmarked;
mod words;

use std::cell::OnceCell;

pub use amendment::number as amendment_number;
use rustc_hash::{FxHashMap, FxHashSet};

use self::{
    footnote::{footnote, without_end},
    initials::Initials,
    known::Known,
    lists::{by_last_word, own, pairs},
    nesting::{Spans, names_another},
    words::{Lexicon, Shape, Words},
};
use crate::{
    extract::{LawName, Mention, mention::Value},
    ruleset::{RuleId, Ruleset},
    text::{Language, Span},
    value::{Kind, numeral::Numeral},
};

/// Classes of words, as bits. All but the first few are the lists of `rules/en/law.toml`.
mod class {
    /// Begins a title of the registry.
    pub(super) const KNOWN: u32 = 1;
    /// Ends or begins a title: Act, Regulations.
    pub(super) const HEAD: u32 = 1 << 1;
    /// A head that names an instrument only with what it is about: Decision, Plan, Notice.
    pub(super) const POLICY: u32 = 1 << 2;
    /// A head of statutes, whose title may end in a year: Act, Law, Code, Ordinance.
    pub(super) const STATUTE: u32 = 1 << 3;
    /// Small words inside titles: of, the, and.
    pub(super) const SMALL: u32 = 1 << 4;
    /// Leads from a head to what it is about: on, for, governing.
    pub(super) const CONNECTOR: u32 = 1 << 5;
    /// Stands before a head in a title that begins with it: Interim, Several, Enforcement.
    pub(super) const MODIFIER: u32 = 1 << 6;
    /// Capitalised only because a sentence begins: Under, Pursuant, Section.
    pub(super) const OPENER: u32 = 1 << 7;
    /// What is done to the instrument that follows: Implementation, Amending.
    pub(super) const ABOUT: u32 = 1 << 8;
    /// this, these, the, that.
    pub(super) const DETERMINER: u32 = 1 << 9;
    /// Type words that refer without a name, also in lower case: order, memorandum.
    pub(super) const REFERS_LOWER: u32 = 1 << 10;
    /// … only with a capital: Act, Regulations.
    pub(super) const REFERS_CAPITAL: u32 = 1 << 11;
    /// … only behind "this" and with a capital: Announcement, Standard.
    pub(super) const REFERS_OWN: u32 = 1 << 25;
    /// Division words: article, section.
    pub(super) const UNIT: u32 = 1 << 12;
    /// Words that open a document number: Executive, Public, H.R.
    pub(super) const NUMBER: u32 = 1 << 13;
    /// Words of code citations: U.S.C., CFR, Stat.
    pub(super) const CODE: u32 = 1 << 14;
    /// Issuers of standards: ISO, NIST, FIPS.
    pub(super) const STANDARD: u32 = 1 << 15;
    /// Months.
    pub(super) const MONTH: u32 = 1 << 16;
    /// Editions: Draft, Trial.
    pub(super) const EDITION: u32 = 1 << 17;
    /// Bodies whose possessive stands before a title: China's, Council's.
    pub(super) const OWNER: u32 = 1 << 18;
    /// Types of EU acts.
    pub(super) const UNION: u32 = 1 << 19;
    /// Opening quotes.
    pub(super) const QUOTE: u32 = 1 << 20;
    /// 5-year, Five-Year.
    pub(super) const FIVE_YEAR: u32 = 1 << 21;
    /// Titles and given names of people.
    pub(super) const PERSON: u32 = 1 << 22;
    /// Finders of laws of nature.
    pub(super) const FINDER: u32 = 1 << 24;
    /// What a recital or a title does with the instrument that follows: Recalling, Implementing.
    pub(super) const RECITAL: u32 = 1 << 26;
    /// "Laws", which several share.
    pub(super) const LAWS: u32 = 1 << 28;
    /// … only where a title has the word before: Agenda, Framework.
    pub(super) const REFERS_NAMED: u32 = 1 << 30;
    /// Divisions of declarations alone: principle.
    pub(super) const PRINCIPLE: u32 = 1 << 29;
    /// What headlines say that somebody does: Eases, Imposes.
    pub(super) const HEADLINE: u32 = 1 << 27;
    /// Works that are no instruments: novel, contract.
    pub(super) const OTHER_WORK: u32 = 1 << 23;
    /// Told by what stands beside: Rule 8 of the … Rules, Standard for … (GB 3096-2008).
    pub(super) const RULE: u32 = 1 << 31;
}

/// The lists of the rule file and the class that each makes.
const LISTS: &[(&str, u32)] = &[
    ("heads", class::HEAD),
    ("policy_heads", class::HEAD | class::POLICY),
    ("statute_heads", class::HEAD | class::STATUTE),
    ("small", class::SMALL),
    ("connectors", class::CONNECTOR),
    ("modifiers", class::MODIFIER),
    ("openers", class::OPENER),
    ("about", class::ABOUT),
    ("determiners", class::DETERMINER),
    ("refers_lower", class::REFERS_LOWER),
    ("refers_capital", class::REFERS_CAPITAL),
    ("refers_own", class::REFERS_OWN),
    ("refers_named", class::REFERS_NAMED),
    ("units", class::UNIT),
    ("number_words", class::NUMBER),
    ("code_words", class::CODE),
    ("standard_words", class::STANDARD),
    ("months", class::MONTH),
    ("editions", class::EDITION),
    ("owners", class::OWNER),
    ("union_types", class::UNION),
    ("quotes", class::QUOTE),
    ("five_year", class::FIVE_YEAR),
    ("persons", class::PERSON),
    ("finders", class::FINDER),
    ("other_works", class::OTHER_WORK),
    ("recitals", class::RECITAL),
    ("headline_verbs", class::HEADLINE),
    ("principles", class::PRINCIPLE),
    ("rule_words", class::RULE),
    ("standard_heads", class::RULE),
];

/// Words that anchor a parser.
const ANCHOR: u32 = class::KNOWN
    | class::HEAD
    | class::DETERMINER
    | class::UNIT
    | class::PRINCIPLE
    | class::NUMBER
    | class::CODE
    | class::STANDARD
    | class::UNION
    | class::QUOTE
    | class::FIVE_YEAR
    | class::RULE
    | class::LAWS;

/// The English rules, ready.
#[derive(Debug)]
pub(super) struct EnglishGrammar {
    lexicon: Lexicon,
    known: Known,
    initials: Initials,
    ids: RuleIds,
    /// Complete titles, folded, that are none: "federal law", "general provisions".
    not_titles: Vec<String>,
    /// Ends of names that are none, by their last word: "purchase agreement".
    not_endings: FxHashMap<String, Vec<String>>,
    /// States and unions that stand behind "of the" at the end of a title.
    places: Vec<Vec<String>>,
    /// English name and Chinese name of bodies whose numbers have a Chinese form.
    issuers: Vec<(String, String)>,
    /// Provinces and their like in English and Chinese.
    provinces: Vec<(String, String)>,
    /// Codes of issuers in Latin letters, without blanks, and in Chinese.
    romanised: Vec<(String, String)>,
    /// Series of Taiwan's orders as they sound, and in Chinese with their body.
    taiwan_series: FxHashMap<String, String>,
}

#[derive(Clone, Copy, Debug)]
struct RuleIds {
    registry: RuleId,
    title: RuleId,
    quoted: RuleId,
    union: RuleId,
    order_title: RuleId,
    five_year_plan: RuleId,
    anaphor: RuleId,
    division: RuleId,
    code: RuleId,
    number: RuleId,
    year: RuleId,
    standard: RuleId,
}

impl EnglishGrammar {
    /// Reads the word lists and the registry.
    pub(super) fn new(rules: &Ruleset) -> Self {
        let mut lexicon = Lexicon::new();
        for (list, class) in LISTS {
            for word in rules.list(&format!("en.law.{list}")) {
                lexicon.add(word, *class);
            }
        }
        own(rules.list("en.law.countries"), &mut lexicon);
        lexicon.add("Laws", class::LAWS);
        lexicon.add("NDAA", class::KNOWN);
        let romanised = rules.list("en.law.romanised").iter().filter_map(|entry| entry.split_once('='));
        let romanised: Vec<(String, String)> = romanised
            .map(|(sound, chinese)| {
                let whole = sound.replace(' ', "");
                for first in [sound.split(' ').next().unwrap_or_default(), &whole] {
                    lexicon.add(first, class::NUMBER);
                }
                (whole.to_ascii_lowercase(), chinese.to_owned())
            })
            .collect();
        let known = Known::new(&rules.registry, &mut lexicon);
        let initials = Initials::new(&rules.registry, &mut lexicon);
        let id = |name: &str| rules.expect_id(&format!("en.law.{name}"));
        Self {
            lexicon,
            known,
            initials,
            ids: RuleIds {
                registry: id("registry"),
                title: id("title"),
                quoted: id("quoted"),
                union: id("union"),
                order_title: id("order_title"),
                five_year_plan: id("five_year_plan"),
                anaphor: id("anaphor"),
                division: id("division"),
                code: id("code"),
                number: id("number"),
                year: rules.expect_id("en.date.year_before_noun"),
                standard: id("standard"),
            },
            not_titles: rules.list("en.law.not_titles").to_vec(),
            not_endings: by_last_word(rules.list("en.law.not_endings")),
            places: rules.list("en.law.places").iter().map(|p| p.split(' ').map(str::to_owned).collect()).collect(),
            romanised,
            taiwan_series: rules
                .list("en.law.taiwan_series")
                .iter()
                .filter_map(|i| i.split_once('='))
                .map(|(sound, chinese)| (sound.to_ascii_lowercase(), chinese.to_owned()))
                .collect(),
            issuers: pairs(rules.list("en.law.issuers")),
            provinces: pairs(rules.list("en.law.provinces")),
        }
    }

    /// Everything that the English rules find in the flow `text`.
    ///
    /// What a definition in brackets defines (`defines` of a title) is itself a mention of the law; the
    /// resolver adds it together with the later uses, so it is not among the mentions here.
    pub(super) fn find(&self, text: &str, _numerals: &[Numeral], out: &mut Vec<Mention>) {
        // Marks alone anchor nothing: inside quotes a title has its head.
        if !self.lexicon.any_in(text, ANCHOR & !class::QUOTE) {
            return;
        }
        let words = Words::cut(text, &self.lexicon);
        let mut page = Page {
            grammar: self,
            words,
            laws: Vec::new(),
            others: Vec::new(),
            rows: FxHashSet::default(),
            abbreviated: false,
            dated: FxHashSet::default(),
            china: OnceCell::new(),
            california: OnceCell::new(),
            america: OnceCell::new(),
            explained: FxHashMap::default(),
            laundering: OnceCell::new(),
            union: OnceCell::new(),
        };
        page.read();
        page.hand_over(out);
    }
}

/// One text while it is read.
struct Page<'t> {
    grammar: &'t EnglishGrammar,
    words: Words<'t>,
    /// Laws, each with the brackets that define its short forms: nothing else is found in those.
    laws: Vec<(Mention, Vec<Span>)>,
    others: Vec<Mention>,
    /// Rows of the registry that were named so far, and whether one of the mainland by its abbreviation.
    rows: FxHashSet<u32>,
    abbreviated: bool,
    /// Short forms with a year: “the 2018 Company Law”, CEPA 1999.
    dated: FxHashSet<String>,
    /// Whether the text speaks of China, of California; found out when it is asked.
    china: OnceCell<bool>,
    california: OnceCell<bool>,
    america: OnceCell<bool>,
    /// Which abbreviations the text explains, as far as it was asked.
    explained: FxHashMap<String, bool>,
    laundering: OnceCell<bool>,
    union: OnceCell<bool>,
}

impl Page<'_> {
    fn read(&mut self) {
        // A parser that has read a number, a citation or a chain of divisions to its end says where to go on
        // for its own class; the anchors of other classes inside stay.
        let (mut unit_from, mut code_from, mut number_from) = (0, 0, 0);
        for at in 0..self.words.len() {
            let class = self.words.class(at);
            if class & ANCHOR == 0 {
                continue;
            }
            if class & class::CODE != 0 && at >= code_from {
                code_from = code::read(self, at).unwrap_or(code_from);
            }
            if class & (class::UNIT | class::PRINCIPLE) != 0 && at >= unit_from {
                division::read_regulation(self, at);
                unit_from = division::read(self, at).unwrap_or(unit_from);
            }
            if class & class::NUMBER != 0 && at >= number_from {
                number_from = number::read(self, at).unwrap_or(number_from);
            }
            if class & class::UNION != 0 {
                union::read(self, at);
                division::read_regulation(self, at);
            }
            if class & class::STANDARD != 0 {
                standard::read(self, at);
            }
            if class & class::DETERMINER != 0 {
                anaphor::read(self, at);
                recalled::read_dated(self, at);
            }
            if class & class::FIVE_YEAR != 0 {
                five_year_plan::read(self, at);
            }
            if class & class::RULE != 0 {
                division::read_rule(self, at);
                standard_title::read(self, at);
            }
            if class & class::QUOTE != 0 && !quoted_head::read(self, at) {
                quoted::read(self, at);
            }
            if class & class::HEAD != 0 && self.words.capital(at) && !interpretation::read(self, at) {
                title::read(self, at);
            }
            if class & class::KNOWN != 0 && !recalled::read_fiscal(self, at) {
                known::read(self, at);
            }
            if class & class::LAWS != 0 {
                shared_head::read(self, at);
            }
        }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::of(self.words.start(from), self.words.end(to.saturating_sub(1).max(from)))
    }

    /// A norm or reference over the words `from..to`.
    fn add(&mut self, kind: Kind, rule: RuleId, from: usize, to: usize, value: Value) {
        let span = self.span(from, to);
        self.others.push(Mention { span, kind, rule, nested: false, ends: None, value });
    }

    /// A law over the words `from..to`, with what is defined behind it.
    fn add_law(&mut self, rule: RuleId, from: usize, to: usize, number: Option<String>) {
        let words = &self.words;
        let note = footnote(words.str(to.saturating_sub(1).max(from)));
        let (mut defines, brackets) = define::behind(words, from, to);
        let explained = acronym::explained(words, from, to);
        defines.extend(explained.map(|at| words.str(at).to_owned()));
        self.dated.extend(defines.iter().filter(|short| short.contains(|c: char| c.is_ascii_digit())).cloned());
        let year = dated::year_before(words, from, self.grammar.ids.year);
        // "The Notary Act" over its articles
        let first = from - usize::from(from > 0 && words.str(from - 1) == "The" && words.runs_on(from));
        // "Title: Notary Act", as Taiwan's data base has it
        let labelled =
            from > 1 && words.is_any(from - 1, &[":", "："]) && words.is(from - 2, "Title") && words.runs_on(from);
        // "SUMMARY OF THE NOTARY ACT"
        let summed = from > 1 && words.is(from - 1, "of") && words.str(from - 2) == "SUMMARY";
        let first = if labelled || summed { from - 2 } else { first };
        let name = LawName {
            title: without_end(&words.joined(from, to), note).replace('’', "'"),
            language: Some(Language::En),
            row: self.grammar.known.row(words, from, to),
            defines,
            heading: words.begins_line(first) && words.ends_line(to) && words.gap(to) >= words::Gap::Line,
            number,
        };
        if let Some(row) = name.row {
            self.rows.insert(row);
            self.abbreviated |=
                to == from + 1 && words.shape(from) == Shape::Upper && self.grammar.known.is_chinese(name.row);
        }
        // "FRL (Foreign Relations Law)": what stands before is the law, too.
        if let Some(at) = explained.filter(|&at| at < from) {
            let (span, kind) = (self.span(at, at + 1), Kind::Law);
            let value = Value::Law(LawName { heading: false, defines: Vec::new(), ..name.clone() });
            self.laws.push((Mention { span, kind, rule, nested: false, ends: None, value }, Vec::new()));
        }
        let span = self.span(from, to);
        self.others.extend(year);
        let span = Span::of(span.start(), span.end() - note);
        self.laws.push((
            Mention { span, kind: Kind::Law, rule, nested: false, ends: None, value: Value::Law(name) },
            brackets,
        ));
    }

    /// Drops what lies inside something else by accident, and gives the rest away.
    fn hand_over(mut self, out: &mut Vec<Mention>) {
        self.laws.sort_by_key(|(m, _)| (m.span.start(), std::cmp::Reverse(m.span.end()), m.rule));
        self.laws.dedup_by(|(b, _), (a, _)| {
            let same = a.span == b.span;
            if same && let (Value::Law(a), Value::Law(b)) = (&mut a.value, &mut b.value) {
                a.number = a.number.take().or_else(|| b.number.take());
            }
            same
        });
        let mut laws: Vec<Mention> = Vec::with_capacity(self.laws.len());
        let mut closed: Vec<Span> = Vec::new();
        // The laws that are still open around the current one, outermost first.
        let mut open: Vec<(Span, RuleId)> = Vec::new();
        for (mut law, mut brackets) in std::mem::take(&mut self.laws) {
            while open.last().is_some_and(|(o, _)| o.end() <= law.span.start()) {
                open.pop();
            }
            if open.last().is_none_or(|(o, rule)| {
                names_another(self.words.text, *o, law.span)
                    && !(*rule == self.grammar.ids.quoted && self.is_tail(*o, law.span))
            }) {
                // What a bracket behind both defines is the outer one: Provisions on Implementing … the Company Law (the "Provisions").
                if open.last().is_some_and(|(o, _)| o.end() == law.span.end())
                    && let Value::Law(name) = &mut law.value
                {
                    name.defines.clear();
                    brackets.clear();
                }
                open.push((law.span, law.rule));
                closed.extend(brackets);
                laws.push(law);
            }
        }
        promulgated::number(self.words.text, &mut laws, &self.others);
        let of_kind = |kind: Kind| self.others.iter().filter(move |m| m.kind == kind).map(|m| m.span);
        let defining = Spans::new(closed.clone());
        let code = Spans::new(of_kind(Kind::CodeRef).collect());
        let closed = Spans::new(closed.into_iter().chain(of_kind(Kind::CodeRef)).collect());
        let text = self.words.text;
        let found = laws.iter().filter(|m| m.rule == self.grammar.ids.title).map(|m| m.span);
        let classes = not_title::classes(&self.words, found);
        let of_class = |m: &Mention| {
            m.rule == self.grammar.ids.title && classes.iter().any(|class| text[m.span.range()].ends_with(class))
        };
        out.extend(laws.into_iter().filter(|m| !closed.cover(m.span) && !of_class(m)));
        out.extend(self.others.into_iter().filter(|m| match m.kind {
            Kind::LawAnaphor => !defining.cover(m.span),
            Kind::ArticleRef => !code.cover(m.span),
            _ => true,
        }));
    }
}

#[cfg(test)]
mod tests;
