//! Uses of the short forms that a document defines: 《决定》, 慈善法, IEEPA.
//!
//! 《国务院关于投资体制改革的决定》（以下简称《决定》） makes every later 《决定》 that decision, and only the one
//! between title marks: 决定 alone goes on being a word.
//!
//! Always true: a short form holds from its definition to the end of the document, and never inside another mention
//! of a law with the same span.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::context::{Context, ShortForm};
use crate::{
    extract::{
        LawName, Mention, Value,
        law::wording::{Words, is_han},
    },
    ruleset::{RuleId, Ruleset},
    text::{Language, Span},
    value::Kind,
};

/// Whether the first use of `short` behind a title's end stands between title marks.
pub(super) fn is_marked(text: &str, end: usize, short: &str) -> bool {
    let behind = &text[end..text.floor_char_boundary(end + 600)];
    behind.find(short).is_some_and(|at| behind[..at].ends_with(['《', '〈']))
}

/// Uses that extraction could not see, as mentions; `from` says where in this text each definition stands.
pub(super) fn uses(
    text: &str,
    context: &Context,
    from: &dyn Fn(&str) -> usize,
    taken: &[Mention],
    rules: &Ruleset,
) -> Vec<Mention> {
    let mut shorts: Vec<(&String, &ShortForm)> = context
        .short_forms
        .iter()
        .filter(|(_, short)| short.words.len() >= 3 && !short.words.starts_with('本'))
        .collect();
    shorts.sort_by(|a, b| a.0.cmp(b.0));
    if shorts.is_empty() {
        return Vec::new();
    }
    let Ok(automaton) = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(shorts.iter().map(|(_, short)| short.words.as_bytes()))
    else {
        return Vec::new();
    };
    let [fa_words, fa_no_words] =
        ["fa_words", "fa_no_words"].map(|list| Words::new(rules.list(&format!("zh.law.{list}"))));
    let length = |word: Option<&str>| word.map_or(0, str::len);
    let rule_of = |zh: bool| {
        if zh { rules.expect_id("zh.law.short_form") } else { rules.id("en.law.short_form").unwrap_or(RuleId(0)) }
    };
    let laws: Vec<Span> =
        taken.iter().filter(|m| matches!(m.kind, Kind::Law | Kind::LawAnaphor)).map(|m| m.span).collect();
    let mut found = Vec::new();
    let mut next = 0;
    for hit in automaton.find_iter(text) {
        let (key, short) = shorts[hit.pattern().as_usize()];
        let (before, behind) = (&text[..hit.start()], &text[hit.end()..]);
        if hit.start() < from(key) || !is_name(&short.words) && !in_definition(text, from(key), hit.start()) {
            continue;
        }
        let zh = short.words.chars().any(is_han);
        let marks = before.ends_with(['《', '〈']) && behind.starts_with(['》', '〉']);
        let apart = if zh {
            if short.marked {
                marks
            } else {
                let word = length(fa_words.opening(behind)) > length(fa_no_words.opening(behind));
                // “新规” is not the beginning of 新规定.
                let rule = short.words.ends_with(['规', '規'])
                    && behind.starts_with(['定', '划', '劃', '则', '則', '范', '範', '章', '模', '律']);
                !(short.words.ends_with('法') && word || rule)
            }
        } else {
            // EAR第744.23条: only letters of the same script go on with a word.
            let goes_on = |c: char| c.is_alphanumeric() && !is_han(c);
            // CNS 17712 is a number of the series, not the series.
            let numbered = behind.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
            let series = numbered && short.words.bytes().all(|b| b.is_ascii_uppercase());
            !before.ends_with(goes_on) && !behind.starts_with(goes_on) && !series
        };
        let span = Span::of(hit.start(), hit.end());
        while next < laws.len() && laws[next].end() <= span.start() {
            next += 1;
        }
        // Inside a title the title has the say, unless the short form stands between marks of its own.
        let free = !laws[next.saturating_sub(4)..]
            .iter()
            .take_while(|l| l.start() < span.end())
            .any(|l| l.overlaps(span) && (!marks || *l == span));
        if apart && free {
            let name = LawName {
                title: short.words.clone(),
                language: Some(if zh { Language::Zh } else { Language::En }),
                ..LawName::default()
            };
            found.push(Mention {
                span,
                kind: Kind::Law,
                rule: rule_of(zh),
                nested: false,
                ends: None,
                value: Value::Law(name),
            });
        }
    }
    found
}

/// Whether a word stands in the brackets that define it: (hereinafter referred to as the “Act”).
fn in_definition(text: &str, title_end: usize, at: usize) -> bool {
    const LONGEST_DEFINITION: usize = 160;
    let Some(between) = text.get(title_end..at).filter(|b| !b.is_empty() && b.len() < LONGEST_DEFINITION) else {
        return false;
    };
    between.contains(['(', '（']) && !between.contains([')', '）', '\n'])
}

/// Whether a short form is a name; "Act" and 本条例 are anaphora, which extraction finds with their determiners.
fn is_name(words: &str) -> bool {
    if words.starts_with('本') || words.len() < 3 {
        return false;
    }
    if words.is_ascii() {
        // "this Act" is found as an anaphor.
        if words.starts_with("this ") {
            return false;
        }
        let heads = [
            "act",
            "law",
            "order",
            "regulation",
            "regulations",
            "measures",
            "provisions",
            "rules",
            "agreement",
            "convention",
            "plan",
            "directive",
            "decision",
            "code",
            "opinions",
            "notice",
            "treaty",
            "protocol",
            "guidelines",
            "outline",
            "policy",
            "program",
            "strategy",
            "memorandum",
        ];
        return !heads.contains(&words.to_ascii_lowercase().as_str());
    }
    true
}
