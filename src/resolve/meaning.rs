//! Short forms that a text defines by saying what they mean: “the 2003 Act” means the Communications Act 2003.
//!
//! So do acts of Canada ("Fish Stocks Agreement means the Agreement for the Implementation of …") and of the United Kingdom.
//!
//! Always true: what is defined stands at the beginning of a clause or between quotes; a title of the registry keeps its meaning.

use super::{
    Link, Names, Tie,
    context::{Context, ShortForm},
    numbered::is_act,
    title::{fold, without_acronym},
};
use crate::{
    extract::{LawName, Mention, Value},
    text::Language,
};
use std::borrow::Cow;

impl Names<'_> {
    /// Such a definition holds for the whole text.
    pub(super) fn meanings(&mut self, mentions: &[Mention], scout: &mut Context, context: &mut Context) {
        self.names_of_numbers(mentions, scout, context);
        for pair in mentions.windows(2) {
            let Value::Law(full) = &pair[1].value else { continue };
            let span = pair[0].span;
            let (words, name) = match &pair[0].value {
                Value::Law(short) => (short.title.as_str(), short.clone()),
                // “the Act” means the Communications Act 2003
                Value::Anaphor(anaphor) if anaphor.head.is_ascii() => {
                    let words = self.text[span.range()].split_once(' ').map_or("", |(_, words)| words);
                    (words, LawName::default())
                }
                _ => continue,
            };
            let gap = self.text.get(span.end()..pair[1].span.start()).unwrap_or_default();
            let before = self.text[..span.start()].trim_end_matches("the ");
            let quoted = before.ends_with(['“', '"', '‘']) && gap.starts_with(['”', '"', '’']);
            let key = fold(words);
            // "The repeal of the Privacy Act means the Data Protection Act applies" defines nothing.
            let clause = before.trim_end_matches([' ', '“', '"', '*']);
            let opens = clause.is_empty() || clause.ends_with(['\n', '.', ';', ':']);
            let said = gap.trim().trim_start_matches(['”', '"', '’', '*']).trim_start();
            let law = matches!(&pair[0].value, Value::Law(_));
            if !matches!(said, "means the" | "means") || !(quoted || law && opens) || key == fold(&full.title) {
                continue;
            }
            let known = law.then(|| self.tie(span, &name, &key, scout).entity).flatten();
            if known.is_some_and(|entity| self.entities.row(entity).is_some()) {
                continue;
            }
            let tie = self.tie(pair[1].span, full, &fold(&without_acronym(&full.title)), scout);
            let Some(entity) = tie.entity else { continue };
            let form = ShortForm { words: words.to_owned(), entity, marked: false };
            scout.short_forms.insert(key.clone(), form.clone());
            context.short_forms.insert(key, form);
        }
    }

    /// "Regulation (EU) 2021/1153 (the ‘CEF Regulation’)": a name in the bracket behind the number of an act of the Union is its name.
    fn names_of_numbers(&mut self, mentions: &[Mention], scout: &mut Context, context: &mut Context) {
        for pair in mentions.windows(2) {
            self.name_before_number(pair, scout, context);
            let (Value::Norm(norm), Value::Law(name)) = (&pair[0].value, &pair[1].value) else { continue };
            let gap = self.text.get(pair[0].span.end()..pair[1].span.start()).unwrap_or_default();
            let Some(inside) = gap.trim_start().strip_prefix('(') else { continue };
            let led = inside.trim_matches(['“', '"', '‘', ' ']);
            let head = name.title.rsplit(' ').next().unwrap_or_default();
            let behind = self.text[pair[1].span.end()..].trim_start_matches(['”', '"', '’']);
            if !is_act(norm)
                || !matches!(head, "Directive" | "Regulation" | "Decision")
                || !norm.contains(head)
                || !matches!(led, "" | "the")
                || !behind.starts_with(')')
                || name.row.is_some()
            {
                continue;
            }
            self.call(norm, &name.title, pair[1].span.end(), scout, context);
        }
    }

    /// "the CEF Regulation (Regulation (EU) 2021/1153; OJ L 249)"
    fn name_before_number(&mut self, pair: &[Mention], scout: &mut Context, context: &mut Context) {
        let [
            Mention { span: law, value: Value::Law(name), .. },
            Mention { span: number, value: Value::Norm(norm), .. },
        ] = pair
        else {
            return;
        };
        let head = name.title.rsplit(' ').next().unwrap_or_default();
        let gap = self.text.get(law.end()..number.start()).unwrap_or_default();
        let union = matches!(head, "Directive" | "Regulation" | "Decision") && norm.contains(head) && is_act(norm);
        if union && gap == " (" && name.row.is_none() && self.text[number.end()..].starts_with([')', ';']) {
            self.call(norm, &name.title, law.start(), scout, context);
        }
    }

    /// Takes note that what has a number is called so.
    fn call(&mut self, norm: &str, title: &str, from: usize, scout: &mut Context, context: &mut Context) {
        let listed = self.index.number(norm).map(|row| self.entities.listed(row));
        let entity = listed.unwrap_or_else(|| self.entities.unlisted(&fold(norm), norm, Language::En));
        let key = fold(title);
        let form = ShortForm { words: title.to_owned(), entity, marked: false };
        self.defined.entry(key.clone()).or_insert(from);
        scout.short_forms.entry(key.clone()).or_insert_with(|| form.clone());
        context.short_forms.entry(key).or_insert(form);
    }

    /// The title by which "that Act" finds a law again that was named by a short form or an acronym: DPA is an act.
    pub(super) fn whole<'n>(&self, name: &'n LawName, tie: &Tie) -> Cow<'n, str> {
        let acronym = !name.title.is_empty() && name.title.bytes().all(|b| b.is_ascii_uppercase());
        let Some(entity) = tie.entity.filter(|_| name.language == Some(Language::En)) else {
            return Cow::Borrowed(&name.title);
        };
        if tie.link != Link::ShortForm && !acronym {
            return Cow::Borrowed(&name.title);
        }
        let row = self.entities.row(entity).and_then(|row| self.rules.registry.law(row));
        let title = match row {
            Some(law) => law.title_en.to_string(),
            None => self.entities.title(entity).map_or_else(String::new, |unlisted| unlisted.title.clone()),
        };
        if title.is_empty() { Cow::Borrowed(&name.title) } else { title.into() }
    }
}
