//! Titles without title marks: 依照刑法第二百九十三条, 適用國家賠償法之規定, 医疗器械监督管理条例.
//!
//! Eight of ten laws named in judicial texts carry no 《》. Known titles are found by their letters, all at
//! once; unknown ones only where an article number, 之規定 or a definition follows, because 依法, 违法 and 方法
//! are forty times as frequent as laws.
//!
//! Always true: the longest known title wins (民法典 before 民法), and a name ends where its head noun ends.

mod bill;
mod cited;
mod edge;
mod listed;
mod renamed;
mod short;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashSet;

pub(super) use self::bill::changed_law;
use self::edge::Before;
use super::{
    abbreviation::Abbreviations,
    amendment, article,
    bracketed::bracket,
    gazetteer::{Gazetteer, everywhere},
    wording::{Words, is_han, without_additions},
};
use crate::{
    ruleset::{Law, Ruleset},
    text::Span,
};

/// Longest name without marks, in characters.
const LONGEST_NAME: usize = 48;
/// Most names joined to one.
const JOINED: usize = 8;

pub(super) struct BareGrammar {
    titles: Gazetteer,
    rows: Vec<Option<u32>>,
    /// The years of the laws of other states by row, as their names may have them: `1977`, `2018 2019`.
    foreign: Vec<Option<Box<str>>>,
    triggers: AhoCorasick,
    heads: Words,
    firm_heads: Words,
    no_heads: Words,
    /// Known titles that end like a word that is none: 公司法 like 司法.
    heads_all_the_same: Words,
    no_names: Vec<String>,
    /// Characters that make a word with 有 before them: 有限, 有线.
    behind_you: Vec<char>,
    fa_words: Words,
    fa_no_words: Words,
    cues: Words,
    openings: Words,
    joints: Words,
    generic: AhoCorasick,
    countries: Words,
    continuations: Words,
    fines: Words,
    fines_cues: Words,
    dependent_joints: Words,
    dependent_rules: Words,
    editions: Vec<String>,
    pointers: Words,
    /// With what a sentence leads to a short title.
    leads: Words,
    nation: Words,
    /// Whom a law is for.
    nouns: Words,
    /// Words in 者 for those whom a law is for.
    agents: Words,
    /// Of whom five-year plans are.
    owners: Words,
    /// Characters that stand side by side in titles of laws and regulations.
    title_pairs: FxHashSet<(char, char)>,
    short_cues: Words,
    short_said: Words,
    abbreviations: Abbreviations,
    nicknames: AhoCorasick,
    /// Surface forms that count only where the text has the whole title, with that title; sorted.
    vague: Vec<(Box<str>, Box<str>)>,
}

/// A name without marks.
pub(super) struct Bare {
    pub(super) span: Span,
    /// Row of the registry, where the letters are those of a title.
    pub(super) row: Option<u32>,
    /// Found by its letters, not by what stands around it.
    pub(super) known: bool,
    /// Stands within the title of another one.
    pub(super) inner: bool,
}

impl BareGrammar {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let registry = &rules.registry;
        let mut patterns: Vec<&str> = Vec::new();
        let mut rows = Vec::new();
        let common = rules.list("zh.law.common_words");
        for (law, row) in registry.laws.iter().zip(0..) {
            for title in std::iter::once(&law.title_zh).chain(&law.aliases_zh) {
                if title.chars().filter(|&c| is_han(c)).count() >= 2 && !common.iter().any(|word| word == title) {
                    patterns.push(title);
                    rows.push(if registry.ambiguous.contains_key(&**title) { None } else { Some(row) });
                }
            }
        }
        Self {
            titles: Gazetteer::new(&patterns),
            rows,
            foreign: registry.laws.iter().map(foreign_years).collect(),
            triggers: automaton(
                &[
                    "规定",
                    "規定",
                    "以下简称",
                    "以下簡稱",
                    "以下称",
                    "以下稱",
                    "下称",
                    "下稱",
                    "第",
                    "草案",
                    "於民國",
                    "于民国",
                    "改由",
                ],
                MatchKind::LeftmostFirst,
            ),
            heads: Words::new(rules.list("zh.law.bare_heads")),
            firm_heads: Words::new(rules.list("zh.law.firm_heads")),
            no_heads: Words::new(rules.list("zh.law.no_heads")),
            heads_all_the_same: {
                let none = Words::new(rules.list("zh.law.no_heads"));
                let short = |title: &str| title.chars().count() <= 6 && none.ending(title).is_some_and(|n| n != title);
                Words::new(&patterns.iter().copied().filter(|t| short(t)).collect::<Vec<_>>())
            },
            no_names: rules.list("zh.law.no_names").to_vec(),
            behind_you: rules.list("zh.law.behind_you").iter().filter_map(|word| word.chars().next()).collect(),
            fa_words: Words::new(rules.list("zh.law.fa_words")),
            fa_no_words: Words::new(rules.list("zh.law.fa_no_words")),
            cues: Words::new(rules.list("zh.law.cues")),
            openings: Words::new(rules.list("zh.law.name_openings")),
            joints: Words::new(rules.list("zh.law.joints")),
            generic: automaton(rules.list("zh.law.generic"), MatchKind::LeftmostFirst),
            countries: {
                let entries = rules.list("zh.law.countries").iter();
                Words::new(&entries.flat_map(|entry| entry.split(' ').skip(1)).collect::<Vec<_>>())
            },
            continuations: Words::new(rules.list("zh.law.continuations")),
            fines: Words::new(rules.list("zh.law.fines")),
            fines_cues: Words::new(rules.list("zh.law.fines_cues")),
            dependent_joints: Words::new(rules.list("zh.law.dependent_joints")),
            dependent_rules: Words::new(rules.list("zh.law.dependent_rules")),
            editions: rules.list("zh.law.editions").to_vec(),
            pointers: Words::new(rules.list("zh.law.pointers")),
            leads: Words::new(rules.list("zh.law.name_leads")),
            nation: Words::new(rules.list("zh.law.nation_words")),
            nouns: Words::new(rules.list("zh.law.name_nouns")),
            agents: Words::new(rules.list("zh.law.agents")),
            owners: Words::new(rules.list("zh.law.plan_owners")),
            title_pairs: {
                let named = |l: &&Law| matches!(&*l.level, "law" | "administrative_regulation" | "departmental_rule");
                let titles = registry.laws.iter().filter(|l| l.jurisdiction == "CN").filter(named);
                let pairs = |l: &Law| {
                    let title = l.title_zh.trim_start_matches("中华人民共和国");
                    title
                        .chars()
                        .zip(title.chars().skip(1))
                        .filter(|&(a, b)| is_han(a) && is_han(b))
                        .collect::<Vec<_>>()
                };
                titles.flat_map(pairs).collect()
            },
            short_cues: Words::new(rules.list("zh.law.short_statute_cues")),
            short_said: Words::new(rules.list("zh.law.short_statute_said")),
            abbreviations: Abbreviations::new(rules),
            nicknames: {
                let named = rules.list("zh.law.nicknames").iter().filter_map(|entry| entry.split_once('='));
                automaton(&named.map(|(name, _)| name).collect::<Vec<_>>(), MatchKind::LeftmostLongest)
            },
            vague: {
                let vague = rules.list("zh.law.vague_names");
                let whole = |law: &Law| law.title_zh.trim_start_matches("中华人民共和国").into();
                // “国九条” is the name of some instrument, 备案办法 of none.
                let vague: Vec<&String> = vague.iter().filter(|name| !name.ends_with('条')).collect();
                let aliases = registry.laws.iter().flat_map(|l| l.aliases_zh.iter().map(move |alias| (alias, l)));
                let mut names: Vec<(Box<str>, Box<str>)> = aliases
                    .filter(|(a, _)| vague.iter().any(|v| **v == **a))
                    .map(|(a, l)| ((&**a).into(), whole(l)))
                    .collect();
                names.sort_by(|(a, _), (b, _)| a.cmp(b));
                names.dedup_by(|(a, _), (b, _)| a == b);
                names
            },
        }
    }

    /// Whether what stands before a plan says that it is another country's: 苏联第一个五年计划.
    pub(super) fn is_foreign(&self, before: &str) -> bool {
        self.countries.ending(before.strip_suffix('的').unwrap_or(before)).is_some()
    }

    /// Whether a year belongs to the name of the law with this title.
    fn is_of(&self, title: usize, year: &str) -> bool {
        let years = self.rows[title].and_then(|row| self.foreign[row as usize].as_deref());
        years.is_some_and(|years| years.split(' ').any(|known| known == year))
    }

    /// The titles known to the registry.
    pub(super) fn known_titles(&self) -> impl Iterator<Item = &str> {
        self.titles.titles()
    }

    /// Names known to the registry, in text order; `places` are those where one may begin.
    pub(super) fn find_known(&self, text: &str, places: &[u32], traditional: bool, out: &mut Vec<Bare>) {
        // Whether the text has the whole titles of those whose short ones are vague, where it was asked.
        let mut wholes: Vec<Option<bool>> = vec![None; self.vague.len()];
        for hit in self.titles.find(text, places.iter().map(|&place| place as usize)) {
            let known = &text[hit.start..hit.end];
            // 第二十三条立法 begins with a reference.
            if text[..hit.start].ends_with('第') {
                continue;
            }
            // A known title that speaks about another law names that one too.
            if let Some(about) = known.find("关于") {
                let from = hit.start + about;
                let inner = &known[about..];
                out.extend(self.titles.find(inner, everywhere(inner)).map(|inner| Bare {
                    span: Span::of(from + inner.start, from + inner.end),
                    row: self.rows[inner.title],
                    known: true,
                    inner: true,
                }));
            }
            let (mut start, mut end) = (hit.start, hit.end);
            let mut row = self.rows[hit.title];
            if let Ok(at) = self.vague.binary_search_by(|(name, _)| (**name).cmp(known)) {
                let whole = || memchr::memmem::find(text.as_bytes(), self.vague[at].1.as_bytes()).is_some();
                if !*wholes[at].get_or_insert_with(whole) {
                    continue;
                }
            }
            let title = &text[start..end];
            let behind = &text[end..];
            // 芯片与科学法案 has two names; 刑法案件 is something else.
            let bill = title.ends_with('法')
                && row.is_some_and(|row| self.foreign[row as usize].is_some())
                && behind.starts_with('案')
                && !["案件", "案例", "案卷", "案情", "案由"].iter().any(|word| behind.starts_with(word));
            if bill {
                end += "案".len();
            } else if title.ends_with('法') && self.meets_word(behind)
                || title.ends_with("法典") && behind.starts_with('型')
            {
                continue;
            }
            if edge::explains(&text[..start], title, behind) {
                continue;
            }
            // 清算价格法 is a method.
            if self.no_heads.ending(&text[..end]).is_some_and(|none| none.len() > title.len()) {
                continue;
            }
            // 死刑九人, 刑十二庭: whether 刑九 is an amendment is found out elsewhere.
            if title.starts_with('刑') && !title.starts_with("刑法") && amendment::number(title).is_some() {
                continue;
            }
            // In 監獄行刑法 the letters of 刑法 are only the end of a name.
            if traditional && title.chars().count() < 4 {
                let before = &text[..start];
                if before.ends_with(is_han)
                    && self.cues.ending(before).is_none()
                    && self.openings.ending(before).is_none()
                    // 大陸公司法第二十條
                    && !["大陸", "內地", "中國"].iter().any(|side| before.ends_with(side))
                {
                    continue;
                }
            }
            // 宪法日 is a day, 起临时宪法作用 tells what something is like.
            if title.ends_with("宪法") && (behind.starts_with('日') || text[..start].ends_with("临时")) {
                continue;
            }
            let plan = title.contains('五') && title.ends_with(['划', '要']);
            let led = match plan {
                true => self.before_plan(text, start, traditional),
                false if traditional => Before::Lead,
                false => self.before(text, start, title),
            };
            if let Before::Part(whole) = led {
                // 江苏省“十四五”规划, 经济合同法
                if let Some(from) = whole {
                    out.push(Bare {
                        span: Span::of(from, self.edition(text, end)),
                        row: None,
                        known: plan,
                        inner: false,
                    });
                }
                continue;
            }
            // “十四五”规划期间 is a stretch of years.
            if title.ends_with(['划', '劃']) && ["期间", "期内", "时期"].iter().any(|w| behind.starts_with(w)) {
                continue;
            }
            if let Some(more) = self.continuations.opening(behind) {
                end += more.len();
                row = None;
            }
            let before = &text[..start];
            if let Some(country) = self.countries.ending(before) {
                start -= country.len();
                row = None;
            } else if before.ends_with("中华人民共和国") {
                start -= "中华人民共和国".len();
            } else if let Some(year) = year_before(before).filter(|year| self.is_of(hit.title, year)) {
                // 1977年国际紧急经济权力法: the year is a part of the name.
                start -= year.len() + "年".len();
            } else if before.ends_with(['省', '市', '州', '县'])
                || before.ends_with("自治区")
                || before.ends_with("经济特区")
            {
                // 广东省食品安全条例 is not the national one.
                if let Some(local) = self.name_start(text, end) {
                    row = if local < start { None } else { row };
                    start = start.min(local);
                }
            }
            if let Some(rules) = self.rules_behind(text, end) {
                out.push(Bare { span: rules, row: None, known: true, inner: false });
            }
            let edition = self.edition(text, end);
            row = if edition > end && known.len() < edition - start && row.is_none() { None } else { row };
            out.push(Bare { span: Span::of(start, edition), row, known: true, inner: false });
        }
        if traditional {
            self.find_of_mainland(text, out);
        } else {
            self.find_short(text, out);
            self.find_shortened(text, out);
        }
        let statute = |name: &&Bare| {
            let words = &text[name.span.range()];
            words.ends_with('法') || words.ends_with("条例")
        };
        let mut ends: Vec<usize> = out.iter().filter(statute).map(|name| name.span.end()).collect();
        ends.sort_unstable();
        self.find_listed(text, &ends, traditional, out);
    }

    /// 实施条例 of 该法实施条例第四十三条.
    pub(super) fn find_rules_of_anaphora(&self, text: &str, out: &mut Vec<Bare>) {
        const LAWS: [&str; 4] = ["该法", "該法", "同法", "本法"];
        // 本法施行細則，由中央主管機關定之: they are not there yet.
        const BEHIND: [&str; 5] = ["第", "规定", "規定", "的规定", "的規定"];
        for at in LAWS.iter().flat_map(|law| memchr::memmem::find_iter(text.as_bytes(), law)) {
            let start = at + "该法".len();
            let rules = self.dependent_rules.opening(&text[start..]).map(|rules| Span::of(start, start + rules.len()));
            let Some(span) = rules else { continue };
            if BEHIND.iter().any(|word| text[span.end()..].starts_with(word)) {
                out.push(Bare { span, row: None, known: true, inner: false });
            }
        }
    }

    /// 实施条例 of 《招标投标法》及其实施条例第五十条.
    fn rules_behind(&self, text: &str, end: usize) -> Option<Span> {
        let behind = &text[end..];
        let behind = behind.strip_prefix(['》', '」']).unwrap_or(behind);
        // （以下簡稱個資法）
        let behind = bracket(behind, 0).map_or(behind, |note| &behind[note..]);
        // 《企业所得税法》第二十八条、第三十条及其实施条例第九十二条
        let place = |c: char| article::digit(c).is_some() || "第十百条款项條項章节節编編之、（）() ".contains(c);
        let behind = if behind.starts_with('第') { behind.trim_start_matches(place) } else { behind };
        let rest = &behind[self.dependent_joints.opening(behind)?.len()..];
        let start = text.len() - rest.len();
        self.dependent_rules.opening(rest).map(|rules| Span::of(start, start + rules.len()))
    }
}

fn automaton<S: AsRef<str>>(patterns: &[S], kind: MatchKind) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(kind)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns.iter().map(|p| p.as_ref().as_bytes()))
        .expect("a few words are far below the automaton's limit of states")
}

/// 1977 of 1977年 at the end.
fn year_before(before: &str) -> Option<&str> {
    let digits = before.strip_suffix('年')?;
    let year = &digits[digits.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    (year.len() == 4).then_some(year)
}

/// The years that the name of another state's law may have.
fn foreign_years(law: &Law) -> Option<Box<str>> {
    if matches!(&*law.jurisdiction, "CN" | "TW" | "HK" | "MO") {
        return None;
    }
    let last = law.title_en.rsplit(' ').next().unwrap_or_default();
    Some([law.promulgated.get(..4).unwrap_or_default(), last].join(" ").into())
}
