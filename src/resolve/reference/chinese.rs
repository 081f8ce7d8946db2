//! Whose division a Chinese reference is: the instrument at its left, 新法第五条, the article that 第二款 goes on from.
//!
//! 违反该法第三条第一款 says it itself; "将第八条第一款修改为：“…”第二款修改为" leaves it to what was said before.
//!
//! Always true: a reference right behind a title that is no instrument belongs to none.

use super::{
    super::{
        EntityIx, Link, Names, Pass, Resolved, amending,
        context::Context,
        division::{ArticleNumber, above, is_beside},
        title::fold,
    },
    near::{has_no_articles, is_instrument, sentence_start},
};
use crate::{
    extract::{ArticleRef, Inherits, Side, Value, law::wording::is_han},
    text::{Language, Span},
    value::Kind,
};

/// What ends like the name of a law or of regulations and is none.
const NO_NAMES: [&str; 21] = [
    "依法",
    "新法",
    "旧法",
    "舊法",
    "原法",
    "现行法",
    "現行法",
    "母法",
    "子法",
    "方法",
    "办法",
    "辦法",
    "上位法",
    "上述法",
    "前法",
    "原条例",
    "旧条例",
    "新条例",
    "现行条例",
    "現行條例",
    "主體條例",
];

impl Pass<'_> {
    /// Whether a text ends with the name of a law or of regulations, of which nothing is known.
    fn is_named_by_head(&self, before: &str) -> bool {
        let before = before.trim_end_matches(' ');
        let Some(rest) = ["法", "条例", "條例"].iter().find_map(|head| before.strip_suffix(head)) else {
            return false;
        };
        let cues = self.names.rules.list("zh.law.cues");
        rest.ends_with(is_han)
            && !rest.ends_with(['本', '该', '該', '此', '同', '其', '的', '之'])
            && !NO_NAMES.iter().any(|none| before.ends_with(none))
            // 依照条例第三条 is of the regulations that the text is about.
            && !(before.len() - rest.len() > "法".len() && cues.iter().any(|cue| rest.ends_with(cue.as_str())))
    }

    pub(in crate::resolve) fn article(&mut self, resolved: &mut Resolved, article: &ArticleRef, context: &Context) {
        let (text, span) = (self.names.text, resolved.mention.span);
        if article.side == Side::Right {
            return;
        }
        let own_article = self.headings.at(span.start()).or(context.article);
        let left = self.out.iter().rev().take(24);
        let parts = self.names.rules.list("zh.law.named_parts");
        // Directly at the left: the law, its number, 本法, or a reference that this one continues.
        let beside = left.clone().filter(|r| r.mention.span.end() <= span.start()).find(|r| {
            (matches!(r.mention.kind, Kind::Law | Kind::LawAnaphor | Kind::ArticleRef) || is_instrument(r))
                && is_beside(&text[r.mention.span.end()..span.start()], r.mention.kind, parts)
        });
        let amending = amending::is_amending(context);
        let quoted = |at: usize| amending.then(|| self.names.quotes().at(at)).flatten();
        let own = || match amending {
            // A decision speaks of the articles of what it amends.
            true => context.amended,
            false => context.headings.last().map(|(_, e)| *e).or(context.own),
        };
        // “…”第二款修改为: outside of an article it goes on from the one that its line has named.
        let pointed = text[span.range()].starts_with(['前', '本']);
        // In a decision only what it amends is gone on with, not what the new wording cites.
        let may = |r: &&Resolved| {
            r.mention.kind == Kind::ArticleRef
                && !only_compared(text, r, span)
                && (!amending || context.amended.is_some() && r.entity == context.amended)
        };
        // 《规定》第六条明确…。依本条第二款: where the text has no articles of its own, of the one it has named last.
        let told = text[span.range()].starts_with('本') && context.own.is_none() && context.headings.is_empty();
        let continued = left.clone().find(may).filter(|r| {
            article.inherits == Inherits::OwnArticle
                && own_article.is_none()
                && (told && is_near(r.mention.span, span) || !pointed && same_line(text, r.mention.span, span))
        });
        let mut number = None;
        if let Some(beside) = beside {
            resolved.entity = beside.entity;
            // 第62/2023號行政法規第五條: what is only called by its number.
            if resolved.entity.is_none()
                && let Value::Norm(norm) = &beside.mention.value
            {
                number = Some(norm.clone());
            }
            resolved.antecedent = Some(beside.mention.span);
        } else if text[..span.start()].trim_end_matches([' ', '的', '之']).ends_with('》') {
            // 《公共地方總規章》第五條: of what stands there, though nothing is known of it.
        } else if article.inherits == Inherits::Nothing && self.is_named_by_head(&text[..span.start()]) {
            // 许可法第十四条: nor is it of the law before, where no list tells what this one is.
        } else if is_named_by_letters(&text[..span.start()]) {
            // DSU第22.6条, GATT1994第3条: so is what is called by letters that the text does not tell.
        } else if let Some(cited) = cited_before(text, span, &article.reference, left.clone()) {
            resolved.entity = cited.entity;
            resolved.antecedent = Some(cited.mention.span);
        } else if article.inherits == Inherits::Nothing
            && let Some(entity) = self.column(span)
        {
            resolved.entity = Some(entity);
        } else if article.inherits == Inherits::Nothing
            && let Some(entity) = self.names.of_draft(span, context)
        {
            resolved.entity = Some(entity);
        } else if article.inherits == Inherits::Nothing
            && self.names.is_of_draft(span)
            && let Some(entity) =
                named_before_draft(text, span, left.clone()).or_else(|| Names::draft_named_last(context))
        {
            resolved.entity = Some(entity);
        } else if text[..span.start()].ends_with("修正條文") && context.amended.is_some() {
            resolved.entity = context.amended;
        } else if let Some(law) = self.names.told_statute(span, context) {
            resolved.entity = Some(law);
        } else if let Some(law) = one_of_two(&text[..span.start()], left.clone()) {
            resolved.entity = Some(law);
        } else if let Some(near) = continued {
            resolved.entity = near.entity;
            resolved.antecedent = Some(near.mention.span);
        } else if matches!(article.inherits, Inherits::OwnArticle | Inherits::PreviousArticle) {
            resolved.entity = own().or(context.amended);
        } else {
            // 配合甲法第七十五條修正，修正第三十六條: what is changed is of the law under amendment.
            let changing = context
                .amended
                .filter(|_| ["增訂", "增列", "刪除", "修正"].iter().any(|word| text[..span.start()].ends_with(word)));
            let sentence = sentence_start(text, span.start(), left.clone(), &['。', '；', '\n', ';']);
            let decision = || context.headings.last().map(|(_, e)| *e).or(context.own);
            let last =
                || left.clone().find(|r| r.mention.kind == Kind::ArticleRef && article.inherits == Inherits::Article);
            let near = left.clone().find(|r| {
                matches!(r.mention.kind, Kind::Law | Kind::LawAnaphor | Kind::ArticleRef | Kind::DocNumber)
                    && r.mention.span.start() >= sentence
                    && r.entity.is_some()
                    && !only_compared(text, r, span)
                    && !(changing.is_some_and(|law| r.entity != Some(law)) && has_comma(text, r.mention.span, span))
                    && !(amending && (quoted(r.mention.span.start()) != quoted(span.start()) || r.entity == decision()))
            });
            let explained = Names::explained_by(context);
            let inspected = self.names.inspected(context);
            resolved.entity = match near {
                Some(near) => near.entity,
                None if amending => own(),
                // What goes on from an earlier article is of the same instrument.
                None if last().is_some() => last().and_then(|r| r.entity),
                None if explained.is_some() => explained,
                None if text[..span.start()].ends_with(['将', '將']) => context.amended.or_else(own),
                // 依据法律第十四条 in a report on how a law is carried out
                None if own_article.is_none() && inspected.is_some() => inspected,
                // A text with articles of its own means these, whatever it is called.
                None if own_article.is_some() => own().or(context.amended),
                // An announcement has none: 依据第五十七条规定 is of the law cited last.
                None if has_no_articles(&context.own_title, self.names.rules.list("zh.law.no_article_kinds")) => {
                    last_named(context).or_else(own).or(context.amended)
                }
                None => own()
                    .or(context.amended)
                    .or_else(|| self.names.asked_article(context))
                    .or_else(|| same_article(&article.reference, left.clone()).and_then(|r| r.entity))
                    .or_else(|| last_named(context)),
            };
            resolved.antecedent = near.map(|r| r.mention.span);
        }
        resolved.link = resolved.entity.map(|_| Link::Inferred);
        let words = &text[span.range()];
        let swapped = self.names.of_other_side_divided(resolved, &article.reference);
        let reference = swapped.as_deref().unwrap_or(&article.reference);
        let inherits = match article.inherits {
            // 原第三款作为第四款: of the article that the decision has named last.
            Inherits::OwnArticle if amending && !pointed && quoted(span.start()).is_none() => Inherits::Article,
            Inherits::OwnArticle if continued.is_some() => Inherits::Article,
            inherits => inherits,
        };
        let prefix = match inherits {
            Inherits::Nothing => None,
            Inherits::Article => beside
                .filter(|b| b.mention.kind == Kind::ArticleRef)
                .or(continued)
                .or_else(|| self.out.iter().rev().take(24).find(|r| r.mention.kind == Kind::ArticleRef))
                .and_then(|r| match (&r.reference, &r.mention.value) {
                    (Some(reference), _) => Some(reference.clone()),
                    (None, Value::Article(a)) => Some(a.reference.clone()),
                    _ => None,
                })
                .and_then(|before| above(&before, reference)),
            // 前款第（一）项 in the second paragraph is an item of the first.
            Inherits::OwnArticle if words.starts_with("前款") || words.starts_with("前項") => {
                let paragraph = self.headings.paragraph(text, span.start()).filter(|&paragraph| paragraph > 1);
                let paragraph = paragraph.filter(|_| reference.starts_with('i'));
                let paragraph = paragraph.map(|own| format!(".p{}", own - 1)).unwrap_or_default();
                own_article.map(|article| format!("{article}{paragraph}"))
            }
            Inherits::OwnArticle => own_article.map(|article| article.to_string()),
            // Of an English text the lines tell them, further down.
            Inherits::OwnParagraph | Inherits::PreviousParagraph => None,
            Inherits::PreviousArticle => own_article.and_then(ArticleNumber::before).map(|article| article.to_string()),
        };
        resolved.reference = match prefix {
            Some(prefix) => Some(format!("{prefix}.{reference}")),
            None => swapped,
        };
        if let Some(norm) = number {
            resolved.entity = Some(self.names.entities.unlisted(&fold(&norm), &norm, Language::Zh));
            resolved.link = Some(Link::Inferred);
        }
    }
}

impl Names<'_> {
    /// 第六十八條第一款 of a law of the mainland that a text of Taiwan cites: there 款 is the paragraph and 項 the item, and the other
    /// way round in 第27条第1项 of a law of Taiwan that a text of the mainland cites.
    fn of_other_side_divided(&self, resolved: &Resolved, reference: &str) -> Option<String> {
        let row = self.entities.row(resolved.entity?)?;
        let law = self.rules.registry.law(row)?;
        let away = match &*law.jurisdiction {
            "CN" => self.traditional && !law.title_zh.contains("特别行政区"),
            "TW" => !self.traditional,
            _ => false,
        };
        let words = &self.text[resolved.mention.span.range()];
        let first = words.chars().find(|c| matches!(c, '款' | '項' | '项')).filter(|_| away)?;
        let letter = letters(reference).find_map(|(at, part)| part.then(|| reference.as_bytes()[at]))?;
        // Where a text reads 款 as the paragraph already, nothing is to be changed for the mainland.
        let read = match first {
            '款' => letter == b'p',
            _ => letter == b'i',
        };
        (read != (law.jurisdiction == "CN")).then(|| with_other_letters(reference))
    }
}

/// The letters with which the parts of a reference begin, and whether they are those of a paragraph or an item.
fn letters(reference: &str) -> impl Iterator<Item = (usize, bool)> {
    let bytes = reference.as_bytes();
    bytes
        .iter()
        .enumerate()
        .filter(|&(at, byte)| byte.is_ascii_alphabetic() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()))
        .map(move |(at, byte)| {
            let numbered = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            (at, numbered && matches!(byte, b'p' | b'i'))
        })
}

/// `a50.p1.i3` of `a50.i1.p3`.
fn with_other_letters(reference: &str) -> String {
    let swap: Vec<usize> = letters(reference).filter(|(_, part)| *part).map(|(at, _)| at).collect();
    let other = |(at, c): (usize, char)| match c {
        'p' if swap.binary_search(&at).is_ok() => 'i',
        'i' if swap.binary_search(&at).is_ok() => 'p',
        c => c,
    };
    reference.char_indices().map(other).collect()
}

/// Whether a text ends with a name of capitals, with a year or without.
fn is_named_by_letters(before: &str) -> bool {
    let name = before.trim_end_matches(' ').trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(' ');
    let letters = name.bytes().rev().take(8).take_while(u8::is_ascii_uppercase).count();
    (2..8).contains(&letters)
}

/// The earlier reference to the same article that 前述第七条第四款 points to.
fn cited_before<'r>(
    text: &str,
    span: Span,
    reference: &str,
    left: impl Iterator<Item = &'r Resolved>,
) -> Option<&'r Resolved> {
    let said = ["前述", "上述", "前揭", "前開", "上開"].iter().any(|word| text[..span.start()].ends_with(word));
    said.then(|| same_article(reference, left)).flatten()
}

/// The nearest earlier reference to the same article, whose law is known.
fn same_article<'r>(reference: &str, mut left: impl Iterator<Item = &'r Resolved>) -> Option<&'r Resolved> {
    let article = |reference: &str| reference.split('.').next().unwrap_or_default().to_owned();
    let wanted = article(reference);
    if !wanted.starts_with('a') {
        return None;
    }
    left.find(|r| match &r.mention.value {
        Value::Article(earlier) => r.entity.is_some() && article(&earlier.reference) == wanted,
        _ => false,
    })
}

/// The instrument named last; 按照党章 in passing gives a text no articles of it.
fn last_named(context: &Context) -> Option<EntityIx> {
    let named = |(title, _): &&(String, EntityIx)| !matches!(title.as_str(), "党章" | "中国共产党章程");
    context.recent.iter().rev().find(named).map(|(_, entity)| *entity)
}

/// The law that stands right before 草案第五条: 《民法典》草案.
fn named_before_draft<'r>(text: &str, span: Span, mut left: impl Iterator<Item = &'r Resolved>) -> Option<EntityIx> {
    let last = left.find(|r| r.mention.kind == Kind::Law)?;
    let gap = text.get(last.mention.span.end()..span.start())?.trim_matches(['》', ' ', '的']);
    matches!(gap, "草案" | "修订草案" | "修正草案").then_some(last.entity)?
}

/// The law that 前者第24条 or 后者第3条 means: of the two named last the first or the second.
fn one_of_two<'r>(before: &str, left: impl Iterator<Item = &'r Resolved>) -> Option<EntityIx> {
    let before = before.trim_end_matches([' ', '的', '之']);
    let former = before.ends_with("前者");
    if !former && !before.ends_with("后者") && !before.ends_with("後者") {
        return None;
    }
    let mut named = left.filter(|r| r.mention.kind == Kind::Law).filter_map(|r| r.entity);
    let last = named.next()?;
    if former { named.find(|entity| *entity != last) } else { Some(last) }
}

/// Whether a law or one of its articles only stands before what another one is changed for: 配合毒品危害防制條例第二條之一增訂，將現行第二項….
fn only_compared(text: &str, named: &Resolved, span: Span) -> bool {
    const FAR: usize = 900;
    const LONGEST: usize = 240;
    const FOR: [&str; 4] = ["配合", "因應", "参酌", "參酌"];
    let place = named.mention.span;
    // The clause must have ended.
    if !text.get(place.end()..span.start()).is_some_and(|gap| gap.len() < FAR && gap.contains(['，', '；', '。'])) {
        return false;
    }
    let from = text.floor_char_boundary(place.start().saturating_sub(LONGEST));
    let clause = text[from..place.start()].rsplit(['，', '。', '；', '\n', '：']).next().unwrap_or_default();
    // 三、為配合…
    let label = |c: char| "　 爰為并並一二三四五六七八九十、（）().".contains(c) || c.is_ascii_digit();
    // 参考了《深圳经济特区数据条例》第五十七条
    const LIKE: [&str; 6] = ["参考《", "参考了《", "借鉴《", "借鉴了《", "对标《", "參考「"];
    LIKE.iter().any(|word| clause.contains(word))
        || FOR.iter().any(|word| clause.trim_start_matches(label).starts_with(word))
}

/// Whether a comma stands between two places that are not far from each other.
fn has_comma(text: &str, before: Span, span: Span) -> bool {
    const FAR: usize = 900;
    text.get(before.end()..span.start()).is_some_and(|gap| gap.len() < FAR && gap.contains('，'))
}

/// Whether a reference stands not far behind another one.
const fn is_near(before: Span, span: Span) -> bool {
    const FAR: usize = 900;
    span.start() >= before.end() && span.start() - before.end() < FAR
}

/// Whether a reference stands on the line of another one, not far behind it.
fn same_line(text: &str, before: Span, span: Span) -> bool {
    const FAR: usize = 900;
    let gap = text.get(before.end()..span.start()).filter(|gap| gap.len() < FAR);
    gap.is_some_and(|gap| !gap.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_change_places() {
        assert_eq!(with_other_letters("a50.i1.p3"), "a50.p1.i3");
        assert_eq!(with_other_letters("a68.i1,i4"), "a68.p1,p4");
        assert_eq!(with_other_letters("part2.i1-i3"), "part2.p1-p3");
    }
}
