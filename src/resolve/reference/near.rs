//! What stands around a division and tells whose it is.

use rustc_hash::FxHashMap;

use super::{
    super::{EntityIx, Link, Resolved},
    NEAR,
};
use crate::{
    extract::{Inherits, Side, Value, law::wording::without_additions},
    text::Span,
    value::Kind,
};

/// Where the sentence of a place begins, but not before all of the mentions at its left that are asked about: looking
/// further would take a time without bounds in a text without full stops.
pub(super) fn sentence_start<'r>(
    text: &str,
    at: usize,
    left: impl Iterator<Item = &'r Resolved>,
    marks: &[char],
) -> usize {
    let from = left.map(|r| r.mention.span.start()).min().unwrap_or(at).min(at);
    text[from..at].rfind(marks).map_or(from, |mark| from + mark)
}

/// Whether a number is that of an instrument with divisions: an act of the Union, a law of Macao, a resolution. What 院臺規字第
/// 1010134960 號公告第 4 條 speaks of are articles of the text itself.
pub(super) fn is_instrument(number: &Resolved) -> bool {
    let Value::Norm(norm) = &number.mention.value else { return false };
    number.mention.kind == Kind::DocNumber
        && (number.entity.is_some()
            || norm.starts_with('第') && norm.contains('/')
            || norm.ends_with('号')
            || norm.ends_with("决议")
            || norm.ends_with("決議"))
}

/// Whether the title is one of texts that apply the articles of others.
pub(super) fn has_no_articles(title: &str, kinds: &[String]) -> bool {
    let bare = without_additions(title.trim_end_matches('》'));
    kinds.iter().any(|kind| bare.ends_with(kind.as_str()))
}

/// Whether a division is told to be one of something with a name of its own: no division, and not a part of this text.
pub(super) fn names_another(behind: &str) -> bool {
    const PARTS: [&str; 22] = [
        "Schedule",
        "Part",
        "Chapter",
        "Division",
        "Title",
        "Subtitle",
        "Appendix",
        "Annex",
        "Table",
        "Form",
        "Section",
        "Article",
        "Paragraph",
        "Subsection",
        "Exhibit",
        "Attachment",
        "Subpart",
        "Act",
        "Order",
        "Proclamation",
        "Memorandum",
        "Regulation",
    ];
    let behind = behind.trim_start_matches([' ', '\n']);
    let Some(name) = ["of the ", "of my "].iter().find_map(|of| behind.strip_prefix(of)) else { return false };
    let word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && !PARTS.iter().any(|part| word.strip_suffix('s').unwrap_or(word).eq_ignore_ascii_case(part))
}

/// What stands between a name and a division, without the address of a link around the name.
pub(super) fn without_address(gap: &str) -> &str {
    let behind = gap.strip_prefix("](").and_then(|address| address.split_once(')')).map_or(gap, |(_, behind)| behind);
    behind.trim_matches([' ', '\n', '['])
}

/// Whether a text goes from a law over to a division of another one: "from IEEPA to Section 301".
pub(super) fn goes_over(law: &Resolved, division: Span, text: &str) -> bool {
    let gap = text.get(law.mention.span.end()..division.start()).unwrap_or_default().trim();
    matches!(gap, "to" | "than" | "versus" | "vs." | "rather than" | "instead of" | "not" | "with")
}

/// What the words behind a division point back to: "Article 5 thereof", "Article 28 of it", "Article 49 of the latter". `left` are
/// the mentions before it, the nearest first; "thereof" does not look beyond its sentence.
pub(super) fn pointed_to<'r>(
    text: &str,
    span: Span,
    sentence: usize,
    left: impl Iterator<Item = &'r Resolved>,
) -> Option<EntityIx> {
    let behind = &text[span.end()..];
    let pointed = |words: &str| behind.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let own = [" thereof", ", thereof", " thereto", ", thereto", " of it", " of which"].into_iter().any(pointed);
    // "the former Act" is one that was in force before.
    let word = behind.strip_prefix(" of the former ").unwrap_or_default();
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let place = if own || pointed(" of the latter") {
        0
    } else if pointed(" of the former") {
        1
    } else {
        return None;
    };
    let from = if own { sentence } else { span.start().saturating_sub(NEAR) };
    let holds = |kind| matches!(kind, Kind::Law | Kind::LawAnaphor | Kind::DocNumber | Kind::Standard);
    let mut named: Vec<&Resolved> =
        left.take_while(|r| r.mention.span.start() >= from).filter(|r| holds(r.mention.kind)).collect();
    // "the Basic Law, Article 110 of which": what cannot be told is not the one before it.
    if named.first().is_some_and(|last| last.entity.is_none() && last.mention.kind == Kind::Law) {
        return None;
    }
    named.retain(|r| r.entity.is_some());
    // A directive whose title names those that it amends is one, and its number in the title none besides.
    let inside = |r: &&Resolved| {
        named.iter().any(|o| o.mention.span != r.mention.span && o.mention.span.contains(r.mention.span))
    };
    let outer: Vec<&Resolved> = named.iter().copied().filter(|r| !inside(r)).collect();
    let under = |r: &Resolved| text[..r.mention.span.start()].ends_with("adopted under the ");
    if own && outer.len() > 1 && under(outer[0]) {
        return outer[1].entity;
    }
    let mut told: Vec<EntityIx> = Vec::new();
    for entity in outer.iter().filter_map(|r| r.entity) {
        if !told.contains(&entity) {
            told.push(entity);
        }
    }
    told.get(place).copied()
}

/// Whether a text refers to what an annex of its own has: "as set forth in Annex II", not "Annex II is replaced".
pub(super) fn is_set_forth(text: &str, span: Span) -> bool {
    let before = text[..span.start()].trim_end();
    let leads = [" in", " by", " with", " and", " or", ","].iter().any(|word| before.ends_with(word));
    let behind = text[span.end()..].trim_start();
    leads && !["is ", "are "].iter().any(|verb| behind.starts_with(verb))
}

/// Whether nothing but a comma, an "and" or the bracket of a short form stands between a name and a division behind it.
pub(super) fn joins(gap: &str, kind: Kind) -> bool {
    matches!(without_address(gap), "" | "," | "'s" | "’s" | "and" | "or" | ", and" | "|")
        // "the Plant Protection Act (PPA), section 412(a)"
        // "the specification (GB/T 35273-2020), § 5.4"
        || matches!(kind, Kind::Law | Kind::Standard) && matches!(gap.trim(), ")" | "),")
}

/// 'The words "the Civil Procedure Law" in Articles 37 and 40 are replaced': the words stand there, and are no law of the articles.
pub(super) fn is_replaced(text: &str, law: &Resolved, division: Span) -> bool {
    law.mention.kind == Kind::Law
        && matches!(text.get(law.mention.span.end()..division.start()), Some("\" in " | "” in " | "’ in "))
}

/// "Section 22909 of title 49, United States Code, is amended—(1) in subsection (c)": the section that is amended there, as far as a
/// full stop at the end of a line.
pub(super) fn amended_section<'r>(text: &str, span: Span, left: impl Iterator<Item = &'r Resolved>) -> Option<String> {
    const FAR: usize = 3_000;
    let mut codes = left.filter(|r| r.mention.kind == Kind::CodeRef && r.mention.span.end() <= span.start());
    let (law, gap) = codes.find_map(|r| {
        let gap = text.get(r.mention.span.end()..span.start()).filter(|gap| gap.len() < FAR)?;
        let told = gap.trim_start_matches(',').trim_start();
        (told.starts_with("is amended") || told.starts_with("is further amended")).then_some((r, gap))
    })?;
    let Value::Norm(norm) = &law.mention.value else { return None };
    let section = norm.split_once(" USC ").map(|(_, section)| section)?;
    let plain = section.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (plain && !gap.contains(".\n") && !gap.contains("”.")).then(|| format!("s{section}"))
}

/// Whether a mention names a law by its title, or an act of the Union by its number.
pub(super) fn names_law(law: &Resolved) -> bool {
    let union = |norm: &str| ["Regulation (", "Directive ", "Decision ("].iter().any(|kind| norm.starts_with(kind));
    law.mention.kind == Kind::Law
        || law.mention.kind == Kind::DocNumber && matches!(&law.mention.value, Value::Norm(norm) if union(norm))
}

/// Whether a mention before a division speaks of a law again, and of nothing but it in its paragraph: "The law has teeth. Article 63 …".
pub(super) fn speaks_again(law: &Resolved, division: Span, text: &str) -> bool {
    let again = matches!(&law.mention.value, Value::Anaphor(anaphor) if !anaphor.own && anaphor.head.is_ascii());
    let gap = || text.get(law.mention.span.end()..division.start());
    again && text[law.mention.span.range()].starts_with("The ") && gap().is_some_and(|gap| !gap.contains('\n'))
}

/// Whether a law is named as the one that changed another: "was amended by the Budget Act. Section 45 …".
pub(super) fn amends_another(law: &Resolved, text: &str) -> bool {
    let before = text[..law.mention.span.start()].trim_end();
    let before = before.strip_suffix("the").unwrap_or(before).trim_end();
    ["amended by", "repealed by", "replaced by", "superseded by", "inserted by"]
        .iter()
        .any(|deed| before.ends_with(deed))
}

/// Parts of the Code of Federal Regulations that a text cites, by their numbers: `319` is in `7 CFR part 319`.
pub(super) fn parts_of_code(mentions: &[Resolved]) -> FxHashMap<String, String> {
    let mut parts = FxHashMap::default();
    for mention in mentions {
        let Value::Norm(norm) = &mention.mention.value else { continue };
        if mention.mention.kind != Kind::CodeRef {
            continue;
        }
        let Some((title, rest)) = norm.split_once(" CFR ") else { continue };
        let Some(rest) = ["part ", "Part "].iter().find_map(|word| rest.strip_prefix(word)) else { continue };
        let number = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let alone = rest[number.len()..].is_empty() || rest[number.len()..].starts_with(", subpart");
        if !number.is_empty() && alone {
            parts.entry(number.to_owned()).or_insert_with(|| format!("{title} CFR part {number}"));
        }
    }
    parts
}

/// "paragraph (b) of that subsection", "point (a) of that Article": the division named before it, with its instrument.
pub(super) fn point_back(mentions: &mut [Resolved], text: &str) {
    const FAR: usize = 24;
    for at in 1..mentions.len() {
        let Value::Article(article) = &mentions[at].mention.value else { continue };
        if article.inherits != Inherits::Article || article.side == Side::Left {
            continue;
        }
        let words = &text[mentions[at].mention.span.range()];
        let unit = words.rsplit([' ', '\n']).next().unwrap_or_default().to_ascii_lowercase();
        let start = mentions[at].mention.span.start();
        let before = mentions[at.saturating_sub(FAR)..at].iter().rev().find_map(|r| {
            let Value::Article(other) = &r.mention.value else { return None };
            if start - r.mention.span.start().min(start) > NEAR {
                return None;
            }
            let stem = stem(r.reference.as_deref().unwrap_or(&other.reference), &unit)?;
            Some((stem, r.entity, r.mention.span))
        });
        let Some((stem, entity, span)) = before else { continue };
        // "(b)" is an item of an article's paragraph, and a bracket behind a section.
        let item = |part: &str| part.trim_matches(['(', ')']).replace(")(", ".i");
        let joined = |part: &str| match part.starts_with('(') {
            true if stem.starts_with('a') => format!("{stem}.i{}", item(part)),
            true => format!("{stem}{part}"),
            false => format!("{stem}.{part}"),
        };
        let reference = article.reference.split(',').map(joined).collect::<Vec<_>>().join(",");
        let resolved = &mut mentions[at];
        resolved.reference = Some(reference);
        (resolved.entity, resolved.antecedent) = (entity, Some(span));
        resolved.link = entity.map(|_| Link::Inferred);
    }
}

/// "Article 2(2) PQL defines a product; buildings are excluded by paragraph 3": in a text that has no articles of its own, a paragraph
/// is one of the article that its sentence named before.
pub(super) fn go_on(mentions: &mut [Resolved], text: &str) {
    const FAR: usize = 240;
    for at in 1..mentions.len() {
        let Value::Article(article) = &mentions[at].mention.value else { continue };
        let span = mentions[at].mention.span;
        let words = &text[span.range()];
        let bare = article.inherits == Inherits::OwnArticle
            && article.side == Side::Right
            && article.reference.starts_with('p')
            && mentions[at].reference.is_none()
            && mentions[at].entity.is_none()
            && words.starts_with("para")
            && !words.contains(" this ")
            && !text[span.end()..].trim_start().starts_with("of ");
        // The article, with nothing but its own law between.
        let left = { mentions[at.saturating_sub(4)..at].iter().rev() };
        let told = left.clone().find(|r| bare && r.mention.kind == Kind::ArticleRef);
        let Some((last, Value::Article(other))) = told.map(|r| (r, &r.mention.value)) else { continue };
        let strange = |r: &Resolved| r.mention.kind == Kind::Law && r.entity != last.entity;
        if left.take_while(|r| r.mention.span != last.mention.span).any(strange) {
            continue;
        }
        let gap = text.get(last.mention.span.end()..span.start()).unwrap_or_default();
        let whole = last.reference.as_deref().unwrap_or(&other.reference);
        let one = whole.starts_with('a') && !whole.contains([',', '-']);
        if !one || gap.len() > FAR || gap.contains('\n') || gap.contains(". ") {
            continue;
        }
        let stem = whole.split('.').next().unwrap_or_default();
        let reference = article.reference.split(',').map(|part| format!("{stem}.{part}")).collect::<Vec<_>>().join(",");
        let (entity, span) = (last.entity, last.mention.span);
        let resolved = &mut mentions[at];
        (resolved.reference, resolved.entity, resolved.antecedent) = (Some(reference), entity, Some(span));
        resolved.link = entity.map(|_| Link::Inferred);
    }
}

/// The part of a reference that is a division of this kind: `s58(5)` of `s58(5)(b)` for "subsection".
fn stem(reference: &str, unit: &str) -> Option<String> {
    // "Article 6, paragraph 1, subparagraphs 1, 2 and 4" is of one article; of which paragraph "that paragraph" is, it leaves open.
    let several = reference.split(',').skip(1).any(|part| part.starts_with(['a', 's']));
    if reference.contains('-') || several || reference.contains(',') && !matches!(unit, "article" | "section") {
        return None;
    }
    let groups = |count: usize| {
        let end = reference.match_indices(')').nth(count.checked_sub(1)?).map(|(end, _)| end + 1)?;
        Some(reference[..end].to_owned())
    };
    let section = reference.starts_with('s') && reference[1..].starts_with(|c: char| c.is_ascii_digit());
    match unit {
        "article" if reference.starts_with('a') => reference.split(['.', ',']).next().map(str::to_owned),
        "section" if section => reference.split(['(', '.', ',']).next().map(str::to_owned),
        "subsection" if section => groups(1),
        "paragraph" if section => groups(2).or_else(|| groups(1)),
        "paragraph" => reference.contains(".p").then(|| reference.split(".i").next().map(str::to_owned))?,
        _ => None,
    }
}
