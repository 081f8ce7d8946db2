//! What stands out: sentences made from the numbers, each with the way to its table.
//!
//! Only what a count or a comparison of counts says; no adjectives, no causes. A sentence whose numbers are
//! not there is left out, so a small folder gets a short list.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Context,
    dates::by_year,
    figures::{amount, largest, sign},
    labels::short,
    languages::{named_only, names_in},
    overview::{documents, period},
    quote::lang_of,
};
use crate::{
    count::{LawRow, PairRow, TermRow, Unit},
    report::table::grouped,
    text::Language,
};

/// One sentence in both languages.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    /// Id of the section that it comes from.
    anchor: &'static str,
    en: Vec<Piece>,
    zh: Vec<Piece>,
}

/// A run of words; names and numbers are set off.
#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    class: &'static str,
    lang: &'static str,
}

fn plain(text: impl Into<String>) -> Piece {
    Piece { text: text.into(), class: "", lang: "" }
}

fn number(text: impl Into<String>) -> Piece {
    Piece { text: text.into(), class: "num", lang: "" }
}

fn count(count: u64) -> Piece {
    number(grouped(&count.to_string()))
}

fn name(text: &str, class: &'static str) -> Piece {
    Piece { text: super::super::charts::cut(text, 80.0), class, lang: lang_of(text) }
}

/// All sentences that the numbers allow, in the order of the sections.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let all: [fn(&Context<'_>) -> Option<Finding>; 8] =
        [most_named, no_longer_in_force, article, languages, unlisted, stated_years, largest_amount, strongest_pair];
    let mut findings: Vec<Finding> = all.iter().filter_map(|finding| finding(context)).collect();
    if findings.len() < 8 {
        findings.extend(frequent_terms(context));
    }
    findings
}

/// The title a reader of this interface expects, without the name of the state.
fn title(law: &LawRow, language: Language) -> Piece {
    let (zh, en) = (law.title_zh.as_deref(), law.title_en.as_deref());
    let title = if language == Language::Zh { zh.or(en) } else { en.or(zh) };
    let title = short(title.unwrap_or(&law.id));
    if lang_of(title) == "en" {
        name(title, "law")
    } else {
        name(&format!("《{}》", title.trim_matches(['《', '》'])), "law")
    }
}

fn most_named(context: &Context<'_>) -> Option<Finding> {
    let summary = context.report.summary;
    // One that is only referred to (本法 in its own text) is not named.
    let law =
        summary.laws.iter().rev().max_by_key(|law| (law.documents, law.mentions)).filter(|law| law.documents > 0)?;
    let (naming, all) = (law.documents, summary.documents.len() as u64);
    let mut en = vec![title(law, Language::En), plain(" is named by most documents: ")];
    en.extend([count(naming), plain(" of "), number(documents(all).en), plain(", "), count(law.mentions)]);
    en.push(plain(if law.mentions == 1 { " mention" } else { " mentions" }));
    let mut zh =
        vec![title(law, Language::Zh), plain("被最多文件提及："), count(all), plain("份文件中有"), count(naming)];
    zh.extend([plain("份提及，共"), count(law.mentions), plain("次")]);
    if let Some(first) = law.first_document {
        en.extend([plain(", first in a document of "), number(first.to_string())]);
        zh.extend([plain("，最早见于"), number(first.to_string()), plain("的文件")]);
    }
    Some(finished("laws", en, zh))
}

fn no_longer_in_force(context: &Context<'_>) -> Option<Finding> {
    let laws =
        || context.report.summary.laws.iter().filter(|law| matches!(law.status.as_str(), "repealed" | "superseded"));
    let law = laws().next()?;
    let (rows, mentions) = (laws().count() as u64, laws().map(|law| law.mentions).sum());
    let mut en =
        vec![count(mentions), plain(if mentions == 1 { " mention goes" } else { " mentions go" }), plain(" to ")];
    let which = if rows == 1 { " instrument that the registry lists" } else { " instruments that the registry lists" };
    en.extend([
        count(rows),
        plain(which),
        plain(" as repealed or superseded, most of them to "),
        title(law, Language::En),
    ]);
    let mut zh =
        vec![plain("有"), count(mentions), plain("次提及指向登记库中已废止或被取代的"), count(rows), plain("部法规，")];
    zh.extend([plain("其中最多的是"), title(law, Language::Zh)]);
    Some(finished("laws", en, zh))
}

fn article(context: &Context<'_>) -> Option<Finding> {
    let mut best: Option<(&LawRow, &str, u64)> = None;
    for law in &context.report.summary.laws {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for (article, count) in &law.articles {
            *counts.entry(article.split('.').next().unwrap_or(article)).or_default() += count;
        }
        for (article, count) in counts {
            let digits = article.strip_prefix('a').filter(|digits| digits.parse::<u32>().is_ok());
            if let Some(digits) = digits.filter(|_| best.is_none_or(|(_, _, most)| count > most)) {
                best = Some((law, digits, count));
            }
        }
    }
    let (law, digits, cited) = best.filter(|(_, _, cited)| *cited > 1)?;
    let en = vec![
        plain("The article cited most is "),
        number(format!("Article {digits}")),
        plain(" of "),
        title(law, Language::En),
        plain(", with "),
        count(cited),
        plain(" references"),
    ];
    let zh = vec![
        plain("引用最多的条文是"),
        title(law, Language::Zh),
        number(format!("第{digits}条")),
        plain("，共"),
        count(cited),
        plain("次"),
    ];
    Some(finished("laws", en, zh))
}

fn languages(context: &Context<'_>) -> Option<Finding> {
    let laws = &context.report.summary.laws;
    let of = |belongs: &dyn Fn(&LawRow) -> bool| laws.iter().filter(|law| belongs(law)).count() as u64;
    let both = of(&|law| Language::ALL.iter().all(|language| names_in(law, *language)));
    let zh_only = of(&|law| named_only(law, Language::Zh));
    let en_only = of(&|law| named_only(law, Language::En));
    if both + zh_only.min(en_only) == 0 {
        return None;
    }
    let mut en =
        vec![count(both), plain(" of "), count(laws.len() as u64), plain(" instruments are named in both languages, ")];
    en.extend([count(zh_only), plain(" only in Chinese, "), count(en_only), plain(" only in English")]);
    let mut zh = vec![count(laws.len() as u64), plain("部法规中，中英文都提到的有"), count(both), plain("部，")];
    zh.extend([plain("仅中文提到"), count(zh_only), plain("部，仅英文提到"), count(en_only), plain("部")]);
    Some(finished("zh-en", en, zh))
}

fn unlisted(context: &Context<'_>) -> Option<Finding> {
    let mut rows = context.report.summary.laws.iter().filter(|law| !law.listed);
    let law = rows.next()?;
    let others = rows.count() as u64 + 1;
    let titles =
        if others == 1 { " title is not in the registry: " } else { " titles are not in the registry; named most: " };
    let en =
        vec![count(others), plain(titles), title(law, Language::En), plain(", "), count(law.mentions), plain(" times")];
    let zh = vec![
        plain("登记库未收录的名称有"),
        count(others),
        plain("个，出现最多的是"),
        title(law, Language::Zh),
        plain("（"),
        count(law.mentions),
        plain("次）"),
    ];
    Some(finished("registry", en, zh))
}

fn stated_years(context: &Context<'_>) -> Option<Finding> {
    let years = by_year(&context.report.summary.dates);
    let (first, last) = (years.keys().next()?, years.keys().last()?);
    let (year, mentions) = years.iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let mut en =
        vec![plain("Stated dates run from "), number(first.to_string()), plain(" to "), number(last.to_string())];
    en.extend([
        plain("; the year stated most is "),
        number(year.to_string()),
        plain(", "),
        count(*mentions),
        plain(" times"),
    ]);
    let mut zh =
        vec![plain("文中日期自"), number(first.to_string()), plain("年至"), number(last.to_string()), plain("年，")];
    zh.extend([plain("最多的是"), number(year.to_string()), plain("年（"), count(*mentions), plain("次）")]);
    if let Some((_, newest)) = period(context.report) {
        let later: u64 = years.iter().filter(|(year, _)| **year > newest.year()).map(|(_, count)| count).sum();
        if later > 0 {
            en.extend([plain("; "), count(later), plain(" lie after the year of the newest document")]);
            zh.extend([plain("，晚于最新文件年份的有"), count(later), plain("次")]);
        }
    }
    Some(finished("dates", en, zh))
}

fn largest_amount(context: &Context<'_>) -> Option<Finding> {
    let figures = &context.report.summary.figures;
    let mut by_unit: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.kind == "money") {
        *by_unit.entry(&figure.unit).or_default() += 1;
    }
    let (unit, _) = by_unit.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let of_unit = (0..figures.len()).filter(|at| figures[*at].kind == "money" && figures[*at].unit == unit).collect();
    let figure = &figures[*largest(figures, of_unit).first()?];
    let shown = format!("{} {} {unit}", sign(figure.modifier), amount(figure));
    let per = |lead: &str| if figure.per.is_empty() { String::new() } else { format!("{lead}{}", figure.per) };
    let en = vec![
        plain("The largest amount in "),
        plain(unit),
        plain(" is "),
        name(shown.trim(), "fig"),
        plain(per(" per ")),
    ];
    let zh = vec![plain("以"), plain(unit), plain("计的最大金额是"), name(shown.trim(), "fig"), plain(per(" / "))];
    Some(finished("figures", en, zh))
}

/// So many pairs are looked at for one that is no phrase.
const PAIRS: usize = 40;

fn strongest_pair(context: &Context<'_>) -> Option<Finding> {
    let summary = context.report.summary;
    // That "united" and "states" stand together is no news.
    let is_phrase = |pair: &PairRow| {
        let (a, b) = (&pair.a, &pair.b);
        let joined = [format!("{a} {b}"), format!("{b} {a}"), format!("{a}{b}"), format!("{b}{a}")];
        summary.phrases.iter().any(|phrase| joined.iter().any(|joined| phrase.term.contains(joined)))
    };
    let pair = summary.pairs.iter().take(PAIRS).find(|pair| !is_phrase(pair))?;
    let label = |term: &str, kind: &str| {
        let label = context.labels.term(term, kind);
        name(short(&label.text), if label.law { "law" } else { "word" })
    };
    let (a, b) = (|| label(&pair.a, pair.kinds.0), || label(&pair.b, pair.kinds.1));
    let strength = format!("{:.1}", pair.logdice);
    let mut en = vec![a(), plain(" and "), b(), plain(" are the pair with the strongest evidence: they share ")];
    let (units, units_zh) = match pair.unit {
        Unit::Sentence => (" sentences".to_owned(), "：同句".to_owned()),
        unit => (format!(" units ({unit})"), format!("：同现（{unit}）")),
    };
    en.extend([count(pair.n_ab), plain(units), plain(", logDice "), number(strength.as_str())]);
    let mut zh = vec![plain("共现证据最强的一对是"), a(), plain("与"), b(), plain(units_zh)];
    zh.extend([count(pair.n_ab), plain("次，logDice "), number(strength)]);
    Some(finished("pairs", en, zh))
}

fn frequent_terms(context: &Context<'_>) -> Option<Finding> {
    let top = |language| {
        context
            .report
            .summary
            .terms
            .iter()
            .find(|term| term.language == Some(language) && !term.stop && term.kind != "law")
    };
    let (mut en, mut zh) = (vec![plain("The most frequent term is ")], vec![plain("最常见的词是")]);
    let found: Vec<(&TermRow, &str, &str)> = [
        top(Language::Zh).map(|term| (term, "Chinese", "中文")),
        top(Language::En).map(|term| (term, "English", "英文")),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (at, (term, english, chinese)) in found.iter().enumerate() {
        let (joint_en, joint_zh) = if at == 0 { ("", "") } else { ("; ", "；") };
        en.extend([plain(joint_en), plain(format!("in {english} ")), name(&term.term, "word")]);
        en.extend([plain(" ("), count(term.tf), plain(")")]);
        zh.extend([
            plain(joint_zh),
            plain(*chinese),
            name(&term.term, "word"),
            plain("（"),
            count(term.tf),
            plain("次）"),
        ]);
    }
    (!found.is_empty()).then(|| finished("terms", en, zh))
}

fn finished(anchor: &'static str, mut en: Vec<Piece>, mut zh: Vec<Piece>) -> Finding {
    en.push(plain("."));
    zh.push(plain("。"));
    Finding { anchor, en, zh }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{CAPS, Context, Labels, Sources},
        *,
    };
    use crate::report::fixture;

    fn text(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn sentences_carry_the_numbers_of_the_tables() {
        let case = fixture::case();
        let report = case.report();
        let labels = Labels::of(report.summary);
        let context = Context { report: &report, caps: CAPS[0], sources: Sources::of(&report), labels };
        let findings = findings(&context);
        assert!((5..=8).contains(&findings.len()), "{}", findings.len());
        assert_eq!(
            text(&findings[0].en),
            "Cybersecurity Law is named by most documents: 41 of 44 documents, 372 mentions, first in a document of 2016-11-07."
        );
        assert_eq!(
            text(&findings[0].zh),
            "《网络安全法》被最多文件提及：44份文件中有41份提及，共372次，最早见于2016-11-07的文件。"
        );
        assert!(text(&findings[1].en).starts_with("33 mentions go to 1 instrument"));
    }
}
