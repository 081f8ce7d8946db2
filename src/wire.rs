//! The wire form: what a mention looks like outside, with characters for bytes and names for numbers.
//!
//! The same shape serves `extract --jsonl`, `mentions.jsonl`, `eval` and later bridges. Fields that say nothing
//! are left out.

mod json;

use std::borrow::Cow;

use jiff::civil::Date;
pub use json::ObjectWriter;
use serde::Deserialize;

use crate::{
    extract::Value,
    resolve::{Entities, Link, Resolved, edition},
    ruleset::{Law, Ruleset, identifiers},
    text::{Document, Flow, Language, OffsetMap, Span, fold_radicals},
    value::{Amount, Basis, Extent, Grain, Kind, Length, Modifier, Role, Unit, When},
};

/// One document in.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentLine {
    /// Its id; comes back unchanged.
    pub id: serde_json::Value,
    /// Its text.
    pub text: String,
    /// Language, as declared.
    #[serde(default)]
    pub lang: Option<String>,
    /// Date (ISO), the anchor of relative dates.
    #[serde(default, alias = "ref_date")]
    pub date: Option<String>,
    /// Title; the instrument that 本法 means.
    #[serde(default)]
    pub title: Option<String>,
}

impl DocumentLine {
    /// The document, and what of the line says nothing: a date or a language that is none costs itself.
    ///
    /// ```
    /// use tongwen::wire::DocumentLine;
    /// let line = r#"{"id": 7, "text": "自2017年6月1日起施行。", "date": "2016-11", "lang": "zh-CN"}"#;
    /// let (document, note) = serde_json::from_str::<DocumentLine>(line)?.into_document();
    /// assert_eq!((document.id.as_str(), document.date.unwrap().to_string().as_str()), ("7", "2016-11-01"));
    /// assert_eq!(note, None);
    /// let (_, note) = serde_json::from_str::<DocumentLine>(r#"{"id": 8, "text": "", "lang": "fr"}"#)?.into_document();
    /// assert_eq!(note.as_deref(), Some("`fr` is not a language (zh, en); read without it"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn into_document(self) -> (Document, Option<String>) {
        let said =
            |words: &'_ Option<String>| words.as_deref().map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned);
        let (date, language) = (said(&self.date), said(&self.lang));
        let day = date.as_deref().and_then(first_day);
        let known = language.as_deref().and_then(Language::from_code);
        let notes = [
            date.filter(|_| day.is_none()).map(|date| not_a_date(&date)),
            language.filter(|_| known.is_none()).map(|lang| not_a_language(&lang)),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let document = Document {
            id: self.id.as_str().map_or_else(|| self.id.to_string(), str::to_owned),
            text: fold_radicals(self.text),
            language: known,
            title: self.title,
            date: day,
            ..Document::default()
        };
        (document, (!notes.is_empty()).then(|| notes.join("; ")))
    }
}

/// What is said of a date that is none.
#[must_use]
pub fn not_a_date(words: &str) -> String {
    format!("`{words}` is not a date; read without it")
}

/// What is said of a language that is none of ours.
#[must_use]
pub fn not_a_language(words: &str) -> String {
    format!("`{words}` is not a language (zh, en); read without it")
}

/// A day; for a month or a year its first day. A time of day behind it changes nothing.
///
/// ```
/// use tongwen::wire::first_day;
/// assert_eq!(first_day("2016-11"), first_day("2016-11-01T08:00"));
/// assert_eq!(first_day("11/2016"), None);
/// ```
#[must_use]
pub fn first_day(words: &str) -> Option<Date> {
    let words = words.split(['T', ' ']).next().unwrap_or_default();
    match words.len() {
        4 => format!("{words}-01-01").parse().ok(),
        7 => format!("{words}-01").parse().ok(),
        _ => words.parse().ok(),
    }
}

/// One mention out.
#[derive(Clone, Debug)]
pub struct MentionLine<'a> {
    /// Kind.
    pub kind: &'static str,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words, line breaks included.
    pub text: &'a str,
    /// The value; see `docs/SCHEMA.md`.
    pub value: Option<String>,
    /// Official title of the instrument.
    pub canonical: Option<&'a str>,
    /// Chinese title, where known.
    pub title_zh: Option<&'a str>,
    /// English title, where known.
    pub title_en: Option<&'a str>,
    /// How the instrument was found.
    pub link: Option<Link>,
    /// Ids it may mean, where that cannot be decided.
    pub candidates: Vec<&'a str>,
    /// The edition that the name states, see [`crate::resolve::edition`].
    pub edition: Option<Cow<'a, str>>,
    /// Status of the instrument on the document's date, see [`crate::ruleset::Law::status_at`].
    pub status: Option<&'a str>,
    /// Id in the reference registry of the instrument of an article or number.
    pub law: Option<&'a str>,
    /// Its id where the reference registry does not list it.
    pub instrument: Option<&'a str>,
    /// What other systems call a number, see [`crate::ruleset::identifiers`].
    pub identifiers: Vec<String>,
    /// First character of the mention that settled it.
    pub antecedent: Option<u32>,
    /// day, month, year …
    pub grain: Option<Grain>,
    /// First day.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// Where the date comes from.
    pub basis: Option<Basis>,
    /// gt, ge, lt, le, approx, start, mid, end.
    pub modifier: Option<Modifier>,
    /// What a date does to an instrument.
    pub role: Option<Role>,
    /// Per what.
    pub per: Option<&'a str>,
    /// Currency, measure or counted noun.
    pub unit: Option<Cow<'a, str>>,
    /// Both ends of a range, among all layers.
    pub ends: Vec<EndLine<'a>>,
    /// Which rule found it.
    pub rule: &'a str,
    /// An inner layer.
    pub nested: bool,
}

/// One end of a range.
#[derive(Clone, Debug)]
pub struct EndLine<'a> {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words.
    pub text: &'a str,
    /// What they mean, with what the range adds to them: 2024-02-10 for 10日 in 2024年2月4日至10日.
    pub value: String,
}

impl MentionLine<'_> {
    /// Writes the members of the object that stands for the mention; those that say nothing are left out.
    pub fn write(&self, to: &mut ObjectWriter<'_>) {
        to.text("kind", self.kind);
        to.number("start", self.start);
        to.number("end", self.end);
        to.text("text", self.text);
        to.text_if("value", self.value.as_deref());
        to.text_if("canonical", self.canonical);
        to.text_if("title_zh", self.title_zh);
        to.text_if("title_en", self.title_en);
        to.text_if("link", self.link.map(Link::name));
        to.texts("candidates", &self.candidates);
        to.text_if("edition", self.edition.as_deref());
        to.text_if("status", self.status);
        to.text_if("law", self.law);
        to.text_if("instrument", self.instrument);
        to.texts("identifiers", &self.identifiers);
        if let Some(antecedent) = self.antecedent {
            to.number("antecedent", antecedent);
        }
        to.text_if("grain", self.grain.map(Grain::name));
        to.text_if("first", self.first.as_deref());
        to.text_if("last", self.last.as_deref());
        to.text_if("basis", self.basis.map(Basis::name));
        to.text_if("mod", self.modifier.map(Modifier::code));
        to.text_if("role", self.role.map(Role::code));
        to.text_if("per", self.per);
        to.text_if("unit", self.unit.as_deref());
        to.objects("ends", &self.ends, |end, to| {
            to.number("start", end.start);
            to.number("end", end.end);
            to.text("text", end.text);
            to.text("value", &end.value);
        });
        to.text("rule", self.rule);
        to.flag("nested", self.nested);
    }
}

/// Where a mention stands: in a flow that begins at a byte of the document's text.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its characters.
    pub offsets: &'a OffsetMap,
    /// The flow of a section of it.
    pub flow: &'a Flow<'a>,
    /// Where the section begins.
    pub base: usize,
    /// The document's date.
    pub date: Option<Date>,
}

impl Frame<'_> {
    /// A span of the flow as bytes of the document's text.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let inner = self.flow.original(span);
        Span::of(self.base + inner.start(), self.base + inner.end())
    }

    /// A span of the flow as characters of the document's text.
    #[must_use]
    pub fn chars(&self, span: Span) -> (u32, u32) {
        self.offsets.chars(self.text, self.original(span))
    }
}

/// The English title of an instrument that has official titles in both languages, where English words mean it.
fn english_title<'a>(law: &'a Law, said: &str) -> Option<&'a str> {
    let both = matches!(&*law.jurisdiction, "TW" | "HK") && !law.title_en.is_empty();
    (both && said.is_ascii()).then_some(&*law.title_en)
}

/// A mention in the wire form.
#[must_use]
pub fn line<'a>(found: &'a Resolved, frame: &Frame<'a>, rules: &'a Ruleset, entities: &'a Entities) -> MentionLine<'a> {
    let mention = &found.mention;
    let span = frame.original(mention.span);
    let (start, end) = frame.offsets.chars(frame.text, span);
    let law = found.entity.and_then(|e| entities.row(e)).and_then(|row| rules.registry.law(row));
    let id = found.entity.map(|e| entities.id(e, &rules.registry));
    let mut line = MentionLine {
        kind: mention.kind.name(),
        start,
        end,
        text: &frame.text[span.range()],
        value: None,
        canonical: law
            .and_then(|law| english_title(law, &frame.text[span.range()]))
            .or_else(|| found.entity.map(|e| entities.canonical(e, &rules.registry))),
        title_zh: law.map(|l| &*l.title_zh).filter(|t| !t.is_empty()),
        title_en: law.map(|l| &*l.title_en).filter(|t| !t.is_empty()),
        link: found.link,
        candidates: found.candidates.iter().filter_map(|&row| rules.registry.law(row)).map(|l| &*l.id).collect(),
        edition: None,
        status: None,
        law: None,
        instrument: None,
        identifiers: Vec::new(),
        antecedent: found.antecedent.map(|at| frame.chars(at).0),
        grain: None,
        first: None,
        last: None,
        basis: found.basis,
        modifier: None,
        role: None,
        per: None,
        unit: None,
        ends: Vec::new(),
        rule: rules.name(mention.rule),
        nested: mention.nested,
    };
    match &mention.value {
        Value::Law(_) | Value::Anaphor(_) => {
            line.value = id.map(str::to_owned);
            line.edition = edition(line.text, rules).filter(|_| mention.kind == Kind::Law);
            line.status = law.map(|l| l.status_at(frame.date)).filter(|s| !s.is_empty() && mention.kind == Kind::Law);
        }
        Value::Article(article) => {
            line.value = Some(found.reference.clone().unwrap_or_else(|| article.reference.clone()));
            (line.law, line.instrument) = if law.is_some_and(|law| law.reference) { (id, None) } else { (None, id) };
        }
        Value::Norm(norm) => {
            line.value = Some(norm.clone());
            line.identifiers = identifiers(norm);
            (line.law, line.instrument) = if law.is_some_and(|law| law.reference) { (id, None) } else { (None, id) };
        }
        Value::Time(timing) => {
            line.modifier = timing.modifier;
            line.role = timing.role;
            if let Some(when) = found.time {
                line.value = Some(when.to_string());
                line.grain = when.grain();
                let (first, last) = when.days();
                line.first = first.map(|d| d.to_string());
                line.last = last.map(|d| d.to_string());
            }
        }
        Value::Length(length) => {
            line.modifier = length.modifier;
            line.value = Some(length.to_string());
        }
        Value::Amount(amount) => {
            line.modifier = amount.modifier;
            line.value = Some(amount.to_string());
            line.per = amount.per.as_deref();
            line.unit = match &amount.unit {
                Unit::Currency(unit) => Some(Cow::Borrowed(unit)),
                Unit::Of(unit) => Some(ucum(rules, unit).unwrap_or(Cow::Borrowed(unit))),
                Unit::Percent | Unit::None => None,
            };
        }
    }
    line.ends = ends(found, frame);
    line
}

/// Both ends of a range with their values.
fn ends<'a>(found: &Resolved, frame: &Frame<'a>) -> Vec<EndLine<'a>> {
    let Some(spans) = &found.mention.ends else { return Vec::new() };
    let values = match (&found.mention.value, found.time) {
        (Value::Time(_), Some(When::Interval(Some(first), Some(last)))) => {
            [When::Point(first).to_string(), When::Point(last).to_string()]
        }
        (Value::Amount(amount), _) => match amount.extent {
            Extent::Range(low, high) => {
                [low, high].map(|end| Amount { extent: Extent::Single(end), ..amount.clone() }.to_string())
            }
            _ => return Vec::new(),
        },
        (Value::Length(length), _) => match length.parts[..] {
            [(Extent::Range(low, high), unit)] => [(low, length.low_unit.unwrap_or(unit)), (high, unit)]
                .map(|(n, unit)| Length::single(n, unit).to_string()),
            _ => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let lines = spans.iter().zip(values).map(|(span, value)| {
        let span = frame.original(*span);
        let (start, end) = frame.offsets.chars(frame.text, span);
        EndLine { start, end, text: &frame.text[span.range()], value }
    });
    lines.collect()
}

/// The code of a unit in UCUM (<https://ucum.org>), where the rules know one: `t` for a metric ton, `har` for 公顷, `ug/m3`
/// for 微克/立方米.
fn ucum<'r>(rules: &'r Ruleset, unit: &str) -> Option<Cow<'r, str>> {
    match unit.split_once('/') {
        Some((measure, per)) => {
            rules.ucum(measure).zip(rules.ucum(per)).map(|(measure, per)| format!("{measure}/{per}").into())
        }
        None => rules.ucum(unit).map(Cow::Borrowed),
    }
}

/// Both ends of an amount as plain digits.
#[must_use]
pub fn bounds(extent: Extent) -> (String, String) {
    match extent {
        Extent::Single(n) | Extent::Open(n, _) => (n.to_string(), n.to_string()),
        Extent::Range(a, b) => (a.to_string(), b.to_string()),
    }
}
