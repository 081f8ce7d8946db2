//! What 本法, 该条例 and "the Act" are tied to, of all that may say so.
//!
//! 本条例 in a decision that amends regulations is these, 该法 the law named last; "the Executive Order I have issued" is a new
//! one, which the letter about it does not number.
//!
//! Always true: what a definition of the document says goes before what is only near.

use super::{EntityIx, Link, Names, Pass, Resolved, antecedent, antecedent::fits, context::Context, title::fold};
use crate::{
    extract::{Anaphor, Value},
    text::{Language, Span},
    value::Kind,
};

/// Behind a law that another one is only compared with.
const BESIDE: [&str; 8] = ["不同", "一样", "一樣", "类似", "類似", "相反", "相对照", "相同"];
/// Before such a law, too.
const COMPARED: [&str; 10] = ["相比之下", "相比", "相较", "相較", "对比", "對比", "比较", "比較", "借鉴", "借鑑"];

impl Pass<'_> {
    pub(super) fn anaphor(&mut self, resolved: &mut Resolved, anaphor: &Anaphor, context: &mut Context) {
        let span = resolved.mention.span;
        let words = &self.names.text[span.range()];
        // "the Executive Order I have issued" is a new one, which the letter about it does not number.
        let issued = self.names.text[span.end()..].starts_with(" I have issued");
        let inferred = |entity| (entity, false);
        let mut meant = self.names.of_amended(anaphor, context).map(inferred);
        if !issued {
            meant = meant.or_else(|| antecedent::of_anaphor(words, anaphor, context));
        }
        if meant.is_none() && anaphor.own {
            meant = self
                .names
                .applied(&anaphor.head, context)
                .or_else(|| context.asked(&anaphor.head))
                .or_else(|| context.publishes(&anaphor.head))
                .or_else(|| antecedent::own_of_report(anaphor, context))
                .or_else(|| self.announcement(anaphor, context))
                .or_else(|| self.law_of_report(words, context))
                .or_else(|| Names::draft_named_last(context).filter(|_| anaphor.head.ends_with("草案")))
                .or_else(|| self.spoken_of(anaphor, span, context))
                .map(inferred);
        }
        // 違反本法第二十二條…，依同法第二十五條之一: the law referred to last, whether by its name or not.
        if words.starts_with('同')
            && let Some(entity) = self.referred_to_last(anaphor)
        {
            meant = Some((entity, false));
        }
        if let Some((entity, false)) = meant
            && let Some(topic) = self.topic(anaphor, span, entity)
        {
            meant = Some((topic, false));
        }
        // Nor is "the order" that it announces one of those with numbers which that one changes.
        let announced = words.get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the "))
            && self.names.announced(&anaphor.head) < span.start();
        if announced && meant.is_some_and(|(entity, _)| self.names.has_number(entity)) {
            meant = None;
        }
        if let Some((entity, defined)) = meant {
            resolved.entity = Some(entity);
            resolved.link = Some(if defined { Link::ShortForm } else { Link::Inferred });
            resolved.antecedent = self.last_mention_of(entity);
        }
    }

    /// The instrument of the nearest earlier mention that answers to a head noun.
    fn referred_to_last(&self, anaphor: &Anaphor) -> Option<EntityIx> {
        const NEAR: usize = 16;
        let mut left = self.out.iter().rev().take(NEAR);
        let last = left.find(|r| {
            let Some(entity) = r.entity else { return false };
            match &r.mention.value {
                Value::Law(name) => fits(&name.title, &anaphor.head) || self.is_called(entity, anaphor),
                Value::Anaphor(earlier) => earlier.head == anaphor.head || self.is_called(entity, anaphor),
                _ => false,
            }
        });
        last.and_then(|r| r.entity)
    }

    fn is_called(&self, entity: EntityIx, anaphor: &Anaphor) -> bool {
        fits(self.names.entities.canonical(entity, &self.names.rules.registry), &anaphor.head)
    }

    /// 本公告 in a text that shows no title but its number on a line at its head: 商务部公告2025年第21号.
    fn announcement(&mut self, anaphor: &Anaphor, context: &Context) -> Option<EntityIx> {
        const FIRST: usize = 6;
        if context.own.is_some() || !matches!(anaphor.head.as_str(), "公告" | "通告") {
            return None;
        }
        let text = self.names.text;
        let norm = self.out.iter().take(FIRST).find_map(|r| match &r.mention.value {
            Value::Norm(norm) if r.mention.kind == Kind::DocNumber && norm.contains(anaphor.head.as_str()) => {
                let (before, behind) = (&text[..r.mention.span.start()], &text[r.mention.span.end()..]);
                let before = before.trim_end_matches([' ', '#', '*']);
                let line = (before.is_empty() || before.ends_with('\n'))
                    && behind.trim_start_matches([' ', '*']).starts_with('\n');
                line.then(|| norm.clone())
            }
            _ => None,
        })?;
        Some(self.names.entities.unlisted(&fold(&norm), &norm, Language::Zh))
    }

    /// What 该条例 means where the law named last was only compared with another one that answers to it: 相比之下，《北京市住房租赁
    /// 条例》…, and below it again 该条例.
    fn topic(&self, anaphor: &Anaphor, span: Span, nearest: EntityIx) -> Option<EntityIx> {
        const SENTENCE: usize = 240;
        const FAR: usize = 6_000;
        if anaphor.own || anaphor.head.is_ascii() {
            return None;
        }
        let text = self.names.text;
        let named = |r: &&Resolved| r.mention.kind == Kind::Law && r.entity.is_some();
        let mut left = self.out.iter().rev().take(200).filter(named);
        let last = left.find(|r| r.entity == Some(nearest))?.mention.span;
        let between = text.get(last.end()..span.start()).filter(|gap| gap.len() < FAR)?;
        let from = text.floor_char_boundary(last.start().saturating_sub(SENTENCE));
        let sentence = text[from..last.start()].rsplit(['。', '；', '\n']).next().unwrap_or_default();
        let place = |c: char| c.is_ascii_digit() || "》”第条條款项項之的（）一二三四五六七八九十百 ".contains(c);
        let behind = between.trim_start_matches(place);
        let opens = |words: &str| COMPARED.iter().chain(&BESIDE).any(|word| words.starts_with(word));
        let compared = opens(behind) || between.contains('\n') && COMPARED.iter().any(|word| sentence.contains(word));
        if !compared {
            return None;
        }
        let other = left.find(|r| match &r.mention.value {
            Value::Law(name) => r.entity != Some(nearest) && fits(&name.title, &anaphor.head),
            _ => false,
        });
        other.and_then(|r| r.entity)
    }

    /// "The Food Safety Law was revised. Article 12 of this Law covers milk.": in a text that has no articles of its own, the law named
    /// last.
    fn law_of_report(&self, words: &str, context: &Context) -> Option<EntityIx> {
        let said = matches!(words, "this Law" | "This Law") && context.own.is_none() && context.headings.is_empty();
        let text = self.names.text;
        let divided =
            || *self.names.divided.get_or_init(|| text.starts_with("Article ") || text.contains("\nArticle "));
        if !said || divided() {
            return None;
        }
        { context.recent.iter().rev() }
            .find(|(title, _)| antecedent::main_head(title) == "law" || title.ends_with('法'))
            .map(|(_, entity)| *entity)
    }
}
