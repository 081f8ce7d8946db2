//! The sentence behind a number: with the mention marked, and where it stands.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::Report;
use super::super::charts::cut;
use crate::count::{DocumentRow, Quote};

/// A sentence in three parts, with its source.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    before: String,
    mention: String,
    after: String,
    lang: &'static str,
    title: String,
    title_lang: &'static str,
    date: String,
    locator: String,
}

/// Documents by id, to cite them.
pub(super) struct Sources<'a>(BTreeMap<&'a str, &'a DocumentRow>);

impl<'a> Sources<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        Self(report.summary.documents.iter().map(|document| (document.id.as_str(), document)).collect())
    }

    /// Keyword in context: one line, as much on each side as a line takes.
    pub(super) fn line(&self, quote: &Quote) -> Shown {
        self.shown(quote, 58.0, 80.0)
    }

    /// The sentence, cut only where it is very long.
    pub(super) fn sentence(&self, quote: &Quote) -> Shown {
        self.shown(quote, 160.0, 240.0)
    }

    fn shown(&self, quote: &Quote, left: f64, right: f64) -> Shown {
        let (before, mention, after) = parts(quote);
        let document = self.0.get(&*quote.document);
        let title = document.and_then(|document| document.title.as_deref()).unwrap_or(&quote.document);
        Shown {
            before: cut_front(before, left),
            mention: cut(mention, 120.0),
            after: cut(after, right),
            lang: lang_of(&quote.sentence),
            title: cut(title, 90.0),
            title_lang: lang_of(title),
            date: document.and_then(|document| document.date).map(|date| date.to_string()).unwrap_or_default(),
            locator: cut(&quote.locator, 90.0),
        }
    }
}

/// `zh-Hans` where a text holds Han characters, else `en`.
pub(super) fn lang_of(text: &str) -> &'static str {
    let han =
        |character| matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    if text.chars().any(han) { "zh-Hans" } else { "en" }
}

fn parts(quote: &Quote) -> (&str, &str, &str) {
    let sentence = &*quote.sentence;
    let byte = |character: u32| sentence.char_indices().nth(character as usize).map_or(sentence.len(), |(at, _)| at);
    let (start, end) = (byte(quote.mention.0), byte(quote.mention.1.max(quote.mention.0)));
    (&sentence[..start], &sentence[start..end], &sentence[end..])
}

fn cut_front(text: &str, columns: f64) -> String {
    let mut used = 0.0;
    for (at, character) in text.char_indices().rev() {
        used += if character.is_ascii() { 1.0 } else { 2.0 };
        if used > columns {
            return format!("…{}", text[at + character.len_utf8()..].trim_start());
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_found_by_characters_and_never_out_of_bounds() {
        let mut quote =
            Quote { sentence: "依照《网络安全法》处理。".into(), mention: (2, 9), ..Quote::default() };
        assert_eq!(parts(&quote), ("依照", "《网络安全法》", "处理。"));
        quote.mention = (40, 2);
        assert_eq!(parts(&quote), ("依照《网络安全法》处理。", "", ""));
        assert_eq!(cut_front("依照《网络安全法》", 6.0), "…全法》");
    }
}
