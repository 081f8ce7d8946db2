//! Which instruments are called by their numbers: standards, acts of the European Union, orders of a president.
//!
//! 《冷链物流分类与基本要求》 is GB/T 28577-2024 where its number stands beside it, before and behind that place, too.
//!
//! Always true: a number is a normal form as extraction writes it.

use rustc_hash::FxHashMap;

use super::{Context, EntityIx, Pass, title::fold};
use crate::{
    extract::{Mention, Value},
    ruleset::identifiers,
    text::{Language, Span},
    value::Kind,
};

/// The numbers of standards by the keys of the titles beside which they stand; of several the first counts.
pub(super) fn standards(mentions: &[Mention]) -> FxHashMap<String, String> {
    let mut found = FxHashMap::default();
    for mention in mentions {
        if let Value::Law(name) = &mention.value
            && let Some(number) = name.number.as_ref().filter(|number| is_standard(number))
        {
            found.entry(fold(&name.title)).or_insert_with(|| number.clone());
        }
    }
    found
}

impl Pass<'_> {
    /// The law right beside which this number stands.
    pub(super) fn numbered(&self, norm: &str) -> Option<EntityIx> {
        self.out
            .iter()
            .rev()
            .take(4)
            .find(|r| matches!(&r.mention.value, Value::Law(name) if name.number.as_deref() == Some(norm)))
            .and_then(|r| r.entity)
    }

    /// "the Central Bank Act (Act No. 12 of 1998)": the law whose number follows in brackets.
    pub(super) fn numbered_behind(&self, norm: &str, span: Span) -> Option<EntityIx> {
        let chapter = norm.starts_with("Cap. ");
        let law = self.out.last().filter(|r| r.mention.kind == Kind::Law && (is_statute(norm) || chapter))?;
        let between = self.names.text.get(law.mention.span.end()..span.start())?;
        // "the War Powers Resolution, Public Law 107-40, and other statutes" are three.
        let behind = self.names.text[span.end()..].trim_start_matches([',', ' ']);
        let listed = between.trim() == "," && (behind.starts_with("and ") || behind.starts_with("or "));
        (matches!(between.trim(), "(" | ",") && !listed).then_some(law.entity)?
    }

    /// The law of a number behind its title, and of a chapter of Hong Kong's laws whose title the text has given before: "section 3 of
    /// Cap. 169". Without a title the chapter is called by its number.
    pub(super) fn chapter(&mut self, norm: &str, span: Span) -> Option<EntityIx> {
        let behind = self.numbered_behind(norm, span);
        if !norm.starts_with("Cap. ") {
            return behind;
        }
        if let Some(entity) = behind {
            self.names.chapters.entry(norm.to_owned()).or_insert(entity);
            return behind;
        }
        if let Some(&entity) = self.names.chapters.get(norm) {
            return Some(entity);
        }
        let of_hong_kong = self.names.spoken.of("HK", self.names.text, self.names.rules);
        of_hong_kong.then(|| self.names.entities.unlisted(&fold(&format!("HK {norm}")), norm, Language::En))
    }

    /// What a number is good for later: "that Directive"; a resolution of the United Nations whose number heads its text is what
    /// "the present resolution" means there.
    pub(super) fn note_number(&self, norm: &str, span: Span, entity: EntityIx, context: &mut Context) {
        let text = self.names.text;
        let kind = ["Directive ", "Regulation (", "Decision ("].iter().find(|kind| norm.starts_with(**kind));
        if let Some(kind) = kind.filter(|_| !norm.contains(',') && text[span.range()].is_ascii()) {
            context.numbered.insert(kind.trim_end_matches([' ', '(']).to_ascii_lowercase(), entity);
        }
        if heads_order(norm, &text[..span.start()], &text[span.end()..])
            && (context.own.is_none() || context.own_title.starts_with("order: "))
        {
            context.own = Some(entity);
            context.own_title = format!("order: {norm}");
        }
        let heads = is_resolution(norm)
            && text[span.end()..].starts_with(". ")
            && span.start() < 1_000
            && text[..span.start()].contains(" adopted by ");
        if heads && context.own.is_none() {
            context.own = Some(entity);
            context.own_title = format!("resolution: {norm}");
        }
    }
}

/// "Executive Order 14391 of January 14, 2026" over its text: what "this order" is there.
fn heads_order(norm: &str, before: &str, behind: &str) -> bool {
    const NEAR: usize = 120;
    let line = behind.split('\n').next().unwrap_or_default();
    let dated = line
        .strip_prefix(" of ")
        .is_some_and(|day| day.len() <= 24 && day.starts_with(|c: char| c.is_ascii_uppercase()));
    norm.starts_with("Executive Order ")
        && before.len() <= NEAR
        && (before.is_empty()
            || before.ends_with(['\n', '#', ' ', '*']) && !before.trim_end().ends_with(char::is_lowercase))
        && dated
}

/// Whether a normal form is a standard's: Latin letters, a blank, digits.
pub(super) fn is_standard(norm: &str) -> bool {
    norm.split_once(' ').is_some_and(|(series, number)| {
        series.bytes().all(|b| b.is_ascii_uppercase() || b == b'/' || b.is_ascii_digit())
            && number.ends_with(|c: char| c.is_ascii_alphanumeric())
    }) && !norm.starts_with("EO")
}

/// Whether a normal form is that of one resolution: "General Assembly resolution 77/172".
fn is_resolution(norm: &str) -> bool {
    let bodies = [
        "General Assembly resolution ",
        "Human Rights Council resolution ",
        "Economic and Social Council resolution ",
        "Security Council Resolution ",
    ];
    bodies.iter().any(|body| norm.starts_with(body)) && !norm.contains(',')
}

/// Whether a normal form is a state's number of one of its laws: "Republic Act No. 10173".
fn is_statute(norm: &str) -> bool {
    !norm.contains(',')
        && ["Public Law ", "Act No. ", "Law No. ", "Republic Act No. ", "Federal Law No. ", "Organic Law No. "]
            .iter()
            .any(|kind| norm.starts_with(kind))
}

/// Whether the number says whose it is: "Law No. 8" is one thing in Kenya and another in Peru.
fn names_state(norm: &str) -> bool {
    ["Public Law ", "Republic Act No. "].iter().any(|kind| norm.starts_with(kind))
}

/// Whether a normal form is the number by which an act of the European Union or of a president is called.
pub(super) fn is_act(norm: &str) -> bool {
    let union = || identifiers(norm).first().is_some_and(|first| first.starts_with("celex:"));
    ["Regulation (", "Directive ", "Decision (", "Recommendation (", "Executive Order ", "Proclamation "]
        .iter()
        .any(|word| norm.strip_prefix(word).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit())))
        && !norm.contains(',')
        || is_resolution(norm)
        || is_statute(norm) && names_state(norm)
        || norm.is_ascii() && union()
}
