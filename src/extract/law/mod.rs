//! Names of laws and everything that points into them: titles, 本法, 第三条第二款, 国发〔2015〕50号, GB 3838-2002.
//!
//! 《国务院关于修改〈中华人民共和国个人所得税法实施条例〉的决定》 is one title that holds another;
//! 刑法第二百九十三条 has no marks at all; a notice carries its own title above the text. Each way of naming has
//! a file of its own here; this one lets them look at each other's finds and makes mentions of them.
//!
//! Always true: spans lie on character boundaries, no two mentions of a kind have the same span, and the time
//! is proportional to the text.

pub mod abbreviation;
pub mod amendment;
mod anaphor;
mod article;
mod bare;
mod bracketed;
mod congress;
mod english;
mod finds;
mod gazetteer;
mod heading;
mod number;
mod plan;
mod policy;
mod standard;
mod titled;
pub mod wording;

pub use english::amendment_number;
use rustc_hash::FxHashMap;

use self::{
    anaphor::AnaphorGrammar,
    article::{Surroundings, Usage},
    bare::{Bare, BareGrammar},
    bracketed::{Behind, Pair, behind, pairs, quoted},
    english::EnglishGrammar,
    finds::Finds,
    heading::HeadingGrammar,
    number::NumberGrammar,
    policy::PolicyGrammar,
    standard::StandardGrammar,
    wording::{Words, blanks, canonical_spelling, is_han, is_traditional, without_additions},
};
use super::{LawName, Mention, Value};
use crate::{
    ruleset::{RuleId, Ruleset},
    text::{Language, Span},
    value::{Kind, numeral::Numeral},
};

/// Everything that finds names of laws, built once from the rules.
pub struct LawGrammar {
    ids: Ids,
    titles: FxHashMap<String, Option<u32>>,
    heads: Words,
    weak_heads: Words,
    no_heads: Words,
    lone_short_forms: Words,
    inner_cues: Words,
    around: Surroundings,
    bare: BareGrammar,
    heading: HeadingGrammar,
    anaphor: AnaphorGrammar,
    number: NumberGrammar,
    policy: PolicyGrammar,
    standard: StandardGrammar,
    english: EnglishGrammar,
}

struct Ids {
    bracketed: RuleId,
    bare: RuleId,
    cited: RuleId,
    heading: RuleId,
    short_form: RuleId,
    standard_title: RuleId,
    anaphor: RuleId,
    article: RuleId,
    number: RuleId,
    standard: RuleId,
}

impl LawGrammar {
    /// Builds the automata and lists.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let id = |name: &str| rules.expect_id(&format!("zh.law.{name}"));
        let registry = &rules.registry;
        let mut titles = FxHashMap::default();
        for (law, row) in registry.laws.iter().zip(0..) {
            for title in std::iter::once(&law.title_zh).chain(&law.aliases_zh) {
                let row = if registry.ambiguous.contains_key(&**title) { None } else { Some(row) };
                titles.entry(canonical_spelling(title)).or_insert(row);
            }
        }
        Self {
            ids: Ids {
                bracketed: id("bracketed"),
                bare: id("bare"),
                cited: id("cited"),
                heading: id("heading"),
                short_form: id("short_form"),
                standard_title: id("standard_title"),
                anaphor: id("anaphor"),
                article: id("article"),
                number: id("number"),
                standard: id("standard"),
            },
            titles,
            heads: Words::new(rules.list("zh.law.heads")),
            weak_heads: Words::new(rules.list("zh.law.weak_heads")),
            no_heads: Words::new(rules.list("zh.law.no_heads")),
            lone_short_forms: Words::new(rules.list("zh.law.lone_short_forms")),
            inner_cues: Words::new(rules.list("zh.law.inner_cues")),
            around: Surroundings::new(rules),
            bare: BareGrammar::new(rules),
            heading: HeadingGrammar::new(rules),
            anaphor: AnaphorGrammar::new(rules),
            number: NumberGrammar::new(rules),
            policy: PolicyGrammar::new(rules),
            standard: StandardGrammar::new(rules),
            english: EnglishGrammar::new(rules),
        }
    }

    /// The Chinese titles of the registry.
    pub(super) fn known_titles(&self) -> impl Iterator<Item = &str> {
        self.bare.known_titles()
    }

    /// All mentions of laws, of divisions and numbers in a flow text, in any order; they may nest and conflict.
    ///
    /// `titles` are the places where a title of the registry may begin.
    pub fn find(&self, text: &str, numerals: &[Numeral], titles: &[u32], out: &mut Vec<Mention>) {
        let first = out.len();
        self.english.find(text, numerals, out);
        let foreign = bracketed::foreign_numbers(&out[first..]);
        let finds = Finds {
            text,
            numbers: self.number.find(text),
            standards: self.standard.find(text),
            foreign,
            of_macao: text.contains("澳門特別行政區"),
            traditional: is_traditional(text),
        };
        // A text without a Han character has no Chinese names, but it may name standards.
        if text.bytes().any(|b| (0xE4..=0xE9).contains(&b)) {
            self.find_chinese(&finds, titles, out);
        }
        let norm = |rule: RuleId, kind: Kind| {
            move |(span, norm): (Span, String)| Mention {
                span,
                kind,
                rule,
                nested: false,
                ends: None,
                value: Value::Norm(norm),
            }
        };
        out.extend(finds.numbers.into_iter().map(norm(self.ids.number, Kind::DocNumber)));
        out.extend(finds.standards.into_iter().map(norm(self.ids.standard, Kind::Standard)));
        merge_equal(out, first);
    }

    fn find_chinese(&self, finds: &Finds<'_>, titles: &[u32], out: &mut Vec<Mention>) {
        let text = finds.text;
        let pairs = pairs(text);
        let headings = self.heading.find(text, &|title| self.titles.contains_key(title));
        for &span in &headings {
            let title = canonical_spelling(&text[span.range()]);
            let row = self.titles.get(&title).copied().flatten();
            out.push(self.law(span, self.ids.heading, LawName { title, row, heading: true, ..LawName::default() }));
        }
        let mut covers: Vec<Span> = headings;
        let traditional = finds.traditional;
        // 違反「溫室氣體減量及管理法」: quotation marks serve as title marks in Taiwan.
        let quoted = if traditional { quoted(text) } else { Vec::new() };
        let titled = |pair: &&Pair| {
            pair.inner.len() >= "要點五個字".len()
                && (self.bare.name_start(text, pair.inner.end()) == Some(pair.inner.start())
                    || self.bare.is_bill(&text[pair.inner.range()])
                    || titled::is_plan(&text[pair.inner.range()]))
        };
        for &pair in pairs.iter().chain(quoted.iter().filter(titled)) {
            if self.bracketed(finds, pair, out) {
                covers.push(pair.inner);
                if traditional {
                    self.changed_law(text, pair.inner, out);
                }
            }
        }
        let bills = if traditional { self.bare.find_bills(text) } else { Vec::new() };
        for &span in bills.iter().filter(|span| !covers.iter().any(|cover| cover.overlaps(**span))) {
            let title = canonical_spelling(&text[span.range()]);
            out.push(self.law(span, self.ids.heading, LawName { title, ..LawName::default() }));
            self.changed_law(text, span, out);
        }
        covers.extend(bills);
        for span in self.policy.find(text) {
            // 最高人民法院关于适用《民事诉讼法》的解释 holds a title in marks.
            if !covers.iter().any(|cover| cover.overlaps(span) && !span.contains(*cover)) {
                let title = canonical_spelling(&text[span.range()]);
                let row = self.titles.get(&title).copied().flatten();
                let behind = behind(text, span.end());
                let (number, defines) = (finds.number_in(&behind.notes), self.short_forms(text, &behind, out));
                out.push(self.law(span, self.ids.cited, LawName { title, row, number, defines, ..LawName::default() }));
                covers.push(span);
            }
        }
        covers.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
        let mut bare = Vec::new();
        self.bare.find_known(text, titles, traditional, &mut bare);
        let mut cited = Vec::new();
        self.bare.find_cited(text, &mut cited);
        // 人民法院可以在专利法第六十五条确定的…: known letters say better where the name begins.
        bare.sort_by_key(|name| name.span.end());
        cited.retain(|name: &Bare| bare.binary_search_by_key(&name.span.end(), |known| known.span.end()).is_err());
        bare.append(&mut cited);
        self.bare.find_renamed(text, &mut bare);
        self.bare.find_rules_of_anaphora(text, &mut bare);
        self.bare.find_nicknames(text, &mut bare);
        let mut amendments = Vec::new();
        amendment::find(text, &mut amendments);
        bare.extend(amendments.into_iter().map(|span| Bare { span, row: None, known: true, inner: false }));
        bare.extend(plan::find(text).into_iter().filter_map(|span| {
            let row = self.titles.get(&canonical_spelling(&text[span.range()])).copied().flatten();
            self.bare.plan(text, span, row, traditional)
        }));
        bare.sort_by_key(|name| (name.span.start(), std::cmp::Reverse(name.span.end())));
        self.bare_names(finds, &bare, &covers, &pairs, out);
        self.standard_titles(finds, out);
        let mut anaphora = Vec::new();
        self.anaphor.find(text, &mut anaphora);
        out.extend(anaphora.into_iter().map(|(span, anaphor)| Mention {
            span,
            kind: Kind::LawAnaphor,
            rule: self.ids.anaphor,
            nested: false,
            ends: None,
            value: Value::Anaphor(anaphor),
        }));
        let usage = Usage::of(text, traditional);
        out.extend(article::find(text, usage, &self.around).into_iter().map(|(span, article)| Mention {
            span,
            kind: Kind::ArticleRef,
            rule: self.ids.article,
            nested: false,
            ends: None,
            value: Value::Article(article),
        }));
    }

    /// The law in the title of a bill that changes it: 公路法 of 公路法部分條文修正草案.
    fn changed_law(&self, text: &str, bill: Span, out: &mut Vec<Mention>) {
        let Some(law) = bare::changed_law(&text[bill.range()]) else { return };
        let title = canonical_spelling(law);
        let row = self.titles.get(&title).copied().flatten();
        let span = Span::of(bill.start(), bill.start() + law.len());
        out.push(self.law(span, self.ids.cited, LawName { title, row, ..LawName::default() }));
    }

    /// A title in marks: whether it names an instrument.
    fn bracketed(&self, finds: &Finds<'_>, pair: Pair, out: &mut Vec<Mention>) -> bool {
        let text = finds.text;
        let words = &text[pair.inner.range()];
        let mut title = canonical_spelling(words);
        let issuer = || {
            let inner =
                || congress::amended_by(text, pair.open, |body| self.policy.issues(body)).map(canonical_spelling);
            congress::decided_by(text, pair.open).or_else(inner)
        };
        if title.starts_with("关于")
            && let Some(issuer) = issuer()
        {
            let whole = format!("{issuer}{title}");
            if self.titles.contains_key(&whole) || !self.titles.contains_key(&title) {
                title = whole;
            }
        }
        let row = self.titles.get(&title).copied();
        let behind = behind(text, pair.end);
        let mut number = finds.number_in(&behind.notes);
        // 《车用柴油》（GB 19147-2016）: a number makes the title of a standard of any words.
        let standard = match &number {
            Some(number) => finds.is_standard(&behind.notes, number).then(|| number.clone()),
            None => finds.standard_beside(pair, &behind),
        };
        if row.is_none() && standard.is_none() && !self.is_title(&title, number.is_some(), finds.of_macao) {
            return false;
        }
        number = number.or(standard);
        let defines = self.short_forms(text, &behind, out);
        out.push(self.law(
            pair.inner,
            self.ids.bracketed,
            LawName { title, row: row.flatten(), number, defines, ..LawName::default() },
        ));
        self.share_short_forms(text, &behind.shared, out);
        true
    }

    /// The short forms that a bracket defines become laws of their own; 本条例 and 該條例 are only definitions.
    fn short_forms(&self, text: &str, behind: &Behind, out: &mut Vec<Mention>) -> Vec<String> {
        let mut defines = Vec::new();
        for &span in &behind.defines {
            let short = canonical_spelling(&text[span.range()]);
            if !short.starts_with(['本', '该', '該']) {
                out.push(self.law(span, self.ids.short_form, LawName { title: short.clone(), ..LawName::default() }));
            }
            defines.push(short);
        }
        defines
    }

    /// Names without marks: those inside a title count only where the title speaks about them.
    fn bare_names(&self, finds: &Finds<'_>, names: &[Bare], covers: &[Span], pairs: &[Pair], out: &mut Vec<Mention>) {
        let text = finds.text;
        let (mut cover, mut pair, mut done) = (0, 0, 0);
        for name in names {
            let span = name.span;
            if span.start() < done && !name.inner {
                continue;
            }
            while cover < covers.len() && covers[cover].end() <= span.start() {
                cover += 1;
            }
            while pair < pairs.len() && pairs[pair].end <= span.start() {
                pair += 1;
            }
            if let Some(outer) =
                covers[cover..].iter().take_while(|c| c.start() < span.end()).filter(|c| c.overlaps(span)).last()
            {
                let lead = outer.contains(span).then(|| &text[outer.start()..span.start()]);
                let about = lead.is_some_and(|lead| {
                    self.inner_cues.ending(lead).is_some() || lead.contains("关于") || lead.contains("關於")
                });
                // What is marked within a title is found by its marks; equal spans are merged.
                if !about || !name.known || outer.end() == span.end() && outer.start() == span.start() {
                    continue;
                }
            } else if pairs[pair..].first().is_some_and(|p| {
                // 《我为宪法代言》: in what is no title of an instrument a name counts only with its article or edition.
                let cited = text[span.end()..].starts_with(['第', '（', '(']) && p.inner.start() == span.start();
                p.open < span.start() && span.end() < p.end && !(name.known && (cited || p.inner == span))
            }) {
                continue;
            }
            let words = &text[span.range()];
            if name.known && without_additions(words).ends_with("的通知") && words.len() < 12 {
                continue;
            }
            done = done.max(span.end());
            let behind = behind(text, span.end());
            let number = finds.number_in(&behind.notes);
            let defines = self.short_forms(text, &behind, out);
            let rule = if name.known { self.ids.bare } else { self.ids.cited };
            // 养老服务法草案 is 《养老服务法（草案）》.
            let drafted = ["修订草案", "草案"].iter().find_map(|draft| Some((words.strip_suffix(draft)?, draft)));
            let title = match drafted.filter(|(law, _)| law.ends_with(['法', '典', '例']) && !finds.traditional) {
                Some((law, draft)) => canonical_spelling(&format!("{law}（{draft}）")),
                None => canonical_spelling(words),
            };
            out.push(self.law(span, rule, LawName { title, row: name.row, number, defines, ..LawName::default() }));
        }
    }

    /// GB 18667 道路交通事故受伤人员伤残评定: the rest of the line is the standard's title.
    fn standard_titles(&self, finds: &Finds<'_>, out: &mut Vec<Mention>) {
        let text = finds.text;
        for (span, norm) in &finds.standards {
            let before = text[..span.start()].trim_end_matches([' ', '\u{3000}', '-', '*', '·']);
            if !(before.is_empty() || before.ends_with('\n')) {
                continue;
            }
            let gap = blanks(&text[span.end()..], 8);
            let start = span.end() + gap;
            let line = &text[start..text[start..].find('\n').map_or(text.len(), |end| start + end)];
            let line = line.trim_end();
            let titled =
                gap > 0 && !text[span.end()..start].contains('\n') && line.starts_with(is_han) && line.len() < 240;
            if titled && !line.contains(['。', '，', '；', '：', '《']) {
                let name =
                    LawName { title: canonical_spelling(line), number: Some(norm.clone()), ..LawName::default() };
                out.push(self.law(Span::of(start, start + line.len()), self.ids.standard_title, name));
            }
        }
    }

    fn law(&self, span: Span, rule: RuleId, name: LawName) -> Mention {
        let name = LawName { language: Some(Language::Zh), ..name };
        Mention { span, kind: Kind::Law, rule, nested: false, ends: None, value: Value::Law(name) }
    }
}

/// Several ways may find one name; what each of them knows goes into one mention.
fn merge_equal(out: &mut Vec<Mention>, first: usize) {
    out[first..].sort_by(|a, b| {
        (a.span.start(), b.span.end(), a.kind, a.rule).cmp(&(b.span.start(), a.span.end(), b.kind, b.rule))
    });
    let mut kept = first;
    for i in first..out.len() {
        if kept > first && out[kept - 1].span == out[i].span && out[kept - 1].kind == out[i].kind {
            let other = std::mem::replace(&mut out[i].value, Value::Norm(String::new()));
            if let (Value::Law(name), Value::Law(other)) = (&mut out[kept - 1].value, other) {
                name.row = name.row.or(other.row);
                name.heading |= other.heading;
                name.number = name.number.take().or(other.number);
                name.defines.extend(other.defines);
            }
            continue;
        }
        out.swap(kept, i);
        kept += 1;
    }
    out.truncate(kept);
}
