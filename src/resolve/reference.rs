//! Which instrument a reference to a division belongs to: the one at its left in Chinese, at its right in English.
//!
//! "Section 1 of this order" is no section of the act that was named last, and "section 301" alone is that of the Trade Act of
//! 1974 where the text said so once. A wrong instrument is worse than none.
//!
//! Always true: what a reference says itself (of this order, of the Act) goes before what stands elsewhere.

use rustc_hash::FxHashMap;

use super::{
    EntityIx, Link, Pass, Resolved, Whose, amending, antecedent::main_head, context::Context, division::is_of,
    place::Places, title::fold, zone::Zones,
};
use crate::{
    extract::{Inherits, Side, Value},
    text::Language,
    value::Kind,
};

/// How far back the law may stand that an English reference without a name means, in bytes.
const NEAR: usize = 1_000;

mod chinese;
mod complete;
mod named;
mod near;
mod table;
mod unknown;

use complete::completed;
use near::{
    amended_section, amends_another, go_on, goes_over, is_replaced, is_set_forth, joins, names_another, names_law,
    parts_of_code, point_back, pointed_to, sentence_start, speaks_again,
};

impl Pass<'_> {
    /// "This Act" in a provision of an amending act, "this Convention" in the convention itself.
    fn own_of_zones(&mut self, zones: &Zones) {
        for resolved in &mut self.out {
            let Value::Anaphor(anaphor) = &resolved.mention.value else { continue };
            if !anaphor.own || !anaphor.head.is_ascii() {
                continue;
            }
            let entity = match zones.at(resolved.mention.span.start()) {
                Whose::Amending(act) if anaphor.head == "act" => Some(act),
                Whose::Treaty(treaty)
                    if matches!(anaphor.head.as_str(), "convention" | "agreement" | "treaty" | "protocol") =>
                {
                    treaty
                }
                _ => None,
            };
            if entity.is_some() && entity != resolved.entity {
                resolved.entity = entity;
                resolved.link = Some(Link::Inferred);
                resolved.antecedent = None;
            }
        }
    }

    /// "Article 21 of the Law": the instrument stands behind, so these wait for the rest of the section.
    pub(super) fn english_articles(&mut self, context: &mut Context) {
        let english = |r: &Resolved| match &r.mention.value {
            Value::Article(article) => article.side != Side::Left,
            Value::Anaphor(anaphor) => anaphor.head.is_ascii(),
            _ => false,
        };
        if !self.out.iter().any(english) {
            return;
        }
        let zones = Zones::of(self.names.text, &self.out, context.whose, self.names.entities);
        self.own_of_zones(&zones);
        let text = self.names.text;
        let places = Places::of(text, context.place.take());
        context.place = places.last();
        let amended = amending::english::Amended::of(text, &self.out, context);
        let cited = parts_of_code(&self.out);
        let mut named_with: FxHashMap<String, EntityIx> = FxHashMap::default();
        let mut alone: Vec<(usize, String)> = Vec::new();
        let own_statute =
            context.own.is_some() && matches!(main_head(&context.own_title).as_str(), "act" | "law" | "code");
        for at in (0..self.out.len()).rev() {
            let Value::Article(article) = &self.out[at].mention.value else { continue };
            if article.side == Side::Left {
                continue;
            }
            let span = self.out[at].mention.span;
            let named = |r: &&Resolved| {
                matches!(r.mention.kind, Kind::Law | Kind::LawAnaphor | Kind::ArticleRef | Kind::CodeRef)
            };
            // "Article 28 of Regulation (EU) 2016/679"
            let numbered = |r: &&Resolved| named(r) || r.mention.kind == Kind::DocNumber && r.entity.is_some();
            let behind = self.out[at + 1..].iter().take(8).filter(numbered).find(|r| {
                r.mention.span.start() >= span.end() && is_of(&text[span.end()..r.mention.span.start()], r.mention.kind)
            });
            // "[SP 800-63B](sp800-63b.html), Section 7"
            let standard = |r: &&Resolved| numbered(r) || r.mention.kind == Kind::Standard;
            let before = self.out[..at].iter().rev().take(8).filter(standard).find(|r| {
                r.mention.span.end() <= span.start() && joins(&text[r.mention.span.end()..span.start()], r.mention.kind)
            });
            let before = before.filter(|r| !is_replaced(text, r, span));
            // "The Charter, Article 2(4), Paris Agreement": what a comma joins to the name behind belongs to the one before.
            let weak =
                |r: &&Resolved| matches!(text[span.end()..r.mention.span.start()].trim(), "," | "and" | "or" | ", and");
            let named_before = before.is_some_and(|r| r.mention.kind != Kind::ArticleRef && r.entity.is_some());
            let behind = behind.filter(|r| !(named_before && r.mention.kind != Kind::ArticleRef && weak(r)));
            // "Article 5 XYZ" is of something else than what was named before.
            let unknown = behind.is_none()
                && (unknown::beside(text, span, &self.out[..at], &self.out[at + 1..])
                    // Nor is "a Section 232 inquiry" of an act whose sections stand nowhere beside it.
                    || !own_statute
                        && before.is_none()
                        && text[span.range()].starts_with("Section ")
                        && self.names.rules.list("en.law.bare_provisions").contains(&article.reference));
            // "in violation of Article 6 hereof": of the text's own.
            let hereof = text[span.end()..].trim_start().starts_with("hereof");
            let before = before.filter(|r| !unknown && !(hereof && r.mention.kind != Kind::ArticleRef));
            // In a text without a title that is what it calls "these Measures".
            let called = || {
                { self.out[..at].iter().rev().take(200) }
                    .find(|r| matches!(&r.mention.value, Value::Anaphor(a) if a.own && r.entity.is_some()))
                    .and_then(|r| r.entity)
            };
            let sentence = sentence_start(text, span.start(), self.out[..at].iter().rev().take(24), &['.', '\n', ';']);
            // "Article 12 of the Seed Law stipulates that whoever violates Article 8 hereof": of the law that speaks so.
            let speaks = || {
                let left = self.out[..at].iter().rev().take(24);
                let found = { left }.take_while(|r| r.mention.span.start() >= sentence).find(|r| names_law(r));
                found.and_then(|r| r.entity)
            };
            let itself = if hereof && context.own.is_none() { called().or_else(speaks) } else { None };
            // "§ 173.185(c)(3)" is one of the Code of Federal Regulations, whatever act the text names.
            let of_code = text[span.range()].starts_with('§')
                && article.reference.split('(').next().is_some_and(|number| number.contains('.'));
            // "(Title II of P.L. 95-502)" is none of the act before the bracket, though nothing is known of the number.
            let of_number = self.out.get(at + 1).is_some_and(|r| {
                r.mention.kind == Kind::DocNumber
                    && r.entity.is_none()
                    && text.get(span.end()..r.mention.span.start()).is_some_and(|gap| is_of(gap, r.mention.kind))
            });
            let numbered = unknown::numbered(text, span, &self.out[..at], &self.out[at + 1..]);
            let numbered = numbered.filter(|_| behind.is_none()).map(str::to_owned);
            // "The schedule is modified as set forth in Annex II": an annex of the text's own.
            let annexed = article.reference.starts_with("annex") && context.own.is_some();
            // A part of a section ("subsection (1)") belongs to the text itself where it names nothing.
            let near = behind.or(before).or_else(|| {
                if unknown || annexed || hereof {
                    return None;
                }
                if article.inherits != Inherits::Nothing && context.own.is_some() {
                    return None;
                }
                // "subparagraph 6(e)(ii)" in an act with a section 6 is its own, whatever act the sentence names before.
                if context.own.is_some() && zones.at(span.start()) == Whose::Own && places.has(&article.reference) {
                    return None;
                }
                if of_code || of_number {
                    return None;
                }
                self.out[..at]
                    .iter()
                    .rev()
                    .take(24)
                    // "Regulation (EU) No 1308/2013 … sets the rules, including Articles 92 to 123"
                    .filter(|r| named(r) || context.own.is_none() && names_law(r))
                    .find(|r| r.mention.span.start() >= sentence && r.entity.is_some() && !is_replaced(text, r, span))
                    // "from IEEPA to Section 301" goes over to another one.
                    .filter(|r| !goes_over(r, span, text) && self.names.may_have(r.entity, &article.reference))
            });
            // "a Section 301 investigation" is named by its section.
            let around = &text[text.floor_char_boundary(span.start().saturating_sub(NEAR))
                ..text.ceil_char_boundary((span.end() + NEAR).min(text.len()))];
            let around = if own_statute || places.has(&article.reference) { "" } else { around };
            let named_provision =
                || self.names.provision(&article.reference, &text[span.range()], &text[span.end()..], around);
            let provision = if behind.is_none() && !named_before { named_provision() } else { None };
            let near = near.filter(|_| provision.is_none());
            let (entity, antecedent) = (near.and_then(|r| r.entity), near.map(|r| r.mention.span));
            let number = article.reference.split(['(', '.', ',']).next().unwrap_or_default().to_owned();
            if let Some(entity) = behind.and_then(|r| r.entity) {
                named_with.insert(number.clone(), entity);
            }
            if near.is_none() && provision.is_none() && !unknown {
                alone.push((at, number));
            }
            let own = match zones.at(span.start()) {
                // … and none of what is amended as the annex sets forth.
                Whose::Own if annexed && is_set_forth(text, span) => context.own,
                Whose::Own => amended.at(span.start()).or(context.own),
                Whose::Treaty(treaty) => treaty,
                Whose::Amending(act) => Some(act),
            };
            // "section 91 of the Canada Pension Plan": of what is named and not known, not of the text itself.
            let nameless = behind.is_some_and(|r| {
                let that = || text[r.mention.span.range()].starts_with("that ");
                r.entity.is_none() && (r.mention.kind == Kind::Law || r.mention.kind == Kind::LawAnaphor && that())
            });
            let elsewhere = nameless || of_number || unknown || near.is_none() && names_another(&text[span.end()..]);
            // "Regulation (EU) 2016/679, and in particular Articles 5 and 6 thereof"
            let thereof = pointed_to(text, span, sentence, self.out[..at].iter().rev().take(24));
            let spelled = if unknown { unknown::spelled(text, span, &self.out[..at]) } else { None };
            let mut entity = thereof.or(spelled).or(entity).or(itself).or(own.filter(|_| !elsewhere && !of_code));
            // Of something that is named and not known ("section 6318 of the James …"), nothing else can be said; a part of a
            // section belongs to the text itself.
            // Nor of an excerpt of a statute, whose title is not there: "4 Where a plan is amended under subsection 3(1)".
            let untitled = context.own.is_none() && places.may_hold(span.start(), &article.reference);
            let of = text[span.end()..].trim_start().starts_with("of ");
            let named_there = near.is_some() || unknown || hereof || of || untitled;
            if entity.is_none() && !named_there && !of_code && article.inherits == Inherits::Nothing {
                entity = self.out[..at]
                    .iter()
                    .rev()
                    .take_while(|r| r.mention.span.start() + NEAR > span.start())
                    // "The law has teeth. Article 63 provides": of what the law here is.
                    .find(|r| {
                        r.entity.is_some() && (names_law(r) || speaks_again(r, span, text)) && !amends_another(r, text)
                    })
                    .filter(|r| !goes_over(r, span, text) && self.names.may_have(r.entity, &article.reference))
                    .and_then(|r| r.entity);
            }
            if let Some(Value::Norm(norm)) = near.filter(|r| r.mention.kind == Kind::Standard).map(|r| &r.mention.value)
            {
                entity = Some(self.names.entities.unlisted(&fold(norm), norm, Language::En));
            }
            // "Section 319.56-4 of the regulations": the part is the number before the point.
            let part = article.reference.strip_prefix('s').and_then(|number| number.split_once('.'));
            if let Some(cited) =
                part.and_then(|(part, _)| cited.get(part)).filter(|_| entity.is_none() && near.is_none())
            {
                entity = Some(self.names.entities.unlisted(&fold(cited), cited, Language::En));
            }
            // "Amendment (XI) to the Criminal Law added Article 293-1": an amendment has no articles so high.
            if let Some(law) = entity.and_then(|entity| self.names.criminal_law(entity, &article.reference)) {
                entity = Some(law);
            }
            if let Some(norm) = numbered {
                entity = Some(self.names.entities.unlisted(&fold(&norm), &norm, Language::En));
            }
            if let Some(row) = provision {
                entity = Some(self.names.entities.listed(row));
            }
            let bare =
                article.inherits == Inherits::OwnArticle && article.reference.starts_with('(') && behind.is_none();
            if bare && let Some(section) = amended_section(text, span, self.out[..at].iter().rev().take(24)) {
                let below = text[span.range()].to_ascii_lowercase().starts_with("subsection");
                let parts = article.reference.split(',').map(|part| format!("{section}{part}"));
                let complete = below.then(|| parts.collect::<Vec<_>>().join(","));
                let resolved = &mut self.out[at];
                (resolved.entity, resolved.antecedent, resolved.link) = (None, None, None);
                resolved.reference = complete;
                continue;
            }
            let below =
                article.inherits == Inherits::OwnArticle && behind.is_none() && !text[span.range()].contains(" this ");
            if below
                && before.is_none()
                && let Some(changes) = amended.changes(span.start())
            {
                let complete = changes.completed(text, &article.reference, self.out[..at].iter().rev().take(48));
                let entity = changes.entity;
                let resolved = &mut self.out[at];
                (resolved.entity, resolved.antecedent) = (Some(entity), None);
                (resolved.link, resolved.reference) = (Some(Link::Inferred), complete);
                continue;
            }
            let complete = completed(&places, text, span, article, [before, behind]);
            let complete =
                self.names.counted_items(entity, complete.as_deref().unwrap_or(&article.reference)).or(complete);
            let resolved = &mut self.out[at];
            resolved.entity = entity;
            resolved.antecedent = antecedent;
            resolved.link = entity.map(|_| Link::Inferred);
            resolved.reference = complete;
        }
        point_back(&mut self.out, text);
        if context.own.is_none() && context.place.is_none() {
            go_on(&mut self.out, text);
        }
        context.whose = zones.last();
        context.before_amended = amended.last();
        // "Section 301" is that of the Trade Act where the text once said so; low numbers the text has itself.
        for (at, number) in alone {
            let high = number.len() >= "s100".len() && number.starts_with(['s', 'a']);
            let resolved = &mut self.out[at];
            if let Some(&entity) =
                named_with.get(&number).filter(|_| high || resolved.entity.is_none() && context.own.is_none())
            {
                resolved.entity = Some(entity);
                resolved.link = Some(Link::Inferred);
            }
        }
    }
}
