//! Titles without title marks: 依照刑法第二百九十三条, 適用國家賠償法之規定, 医疗器械监督管理条例.
//!
//! Eight of ten laws named in judicial texts carry no 《》. Known titles are found by their letters, all at
//! once; unknown ones only where an article number, 之規定 or a definition follows, because 依法, 违法 and 方法
//! are forty times as frequent as laws.
//!
//! Always true: the longest known title wins (民法典 before 民法), and a name ends where its head noun ends.

mod renamed;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{
    bracketed::bracket,
    gazetteer::{Gazetteer, everywhere},
    wording::{Words, is_han},
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
            countries: Words::new(rules.list("zh.law.countries")),
            continuations: Words::new(rules.list("zh.law.continuations")),
            fines: Words::new(rules.list("zh.law.fines")),
            fines_cues: Words::new(rules.list("zh.law.fines_cues")),
            dependent_joints: Words::new(rules.list("zh.law.dependent_joints")),
            dependent_rules: Words::new(rules.list("zh.law.dependent_rules")),
            editions: rules.list("zh.law.editions").to_vec(),
            pointers: Words::new(rules.list("zh.law.pointers")),
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
    }

    /// 实施条例 of 《招标投标法》及其实施条例第五十条.
    fn rules_behind(&self, text: &str, end: usize) -> Option<Span> {
        let behind = &text[end..];
        let behind = behind.strip_prefix('》').unwrap_or(behind);
        // 《企业所得税法》第二十八条及其实施条例第九十二条
        let place = |c: char| super::article::digit(c).is_some() || "第十百条款项條項（）()".contains(c);
        let behind = if behind.starts_with('第') { behind.trim_start_matches(place) } else { behind };
        let rest = &behind[self.dependent_joints.opening(behind)?.len()..];
        let start = text.len() - rest.len();
        self.dependent_rules.opening(rest).map(|rules| Span::of(start, start + rules.len()))
    }

    /// Names outside the registry, by what follows them.
    pub(super) fn find_cited(&self, text: &str, out: &mut Vec<Bare>) {
        let mut done = 0;
        for hit in self.triggers.find_iter(text) {
            let trigger = &text[hit.start()..hit.end()];
            let mut left = &text[..hit.start()];
            if left.len() <= done {
                continue;
            }
            match trigger {
                "规定" | "規定" => {
                    for word in ["之", "的", "有关", "有關", "相关", "相關", "的"] {
                        left = left.strip_suffix(word).unwrap_or(left);
                    }
                }
                "以下简称" | "以下簡稱" | "以下称" | "以下稱" | "下称" | "下稱" => {
                    match left.strip_suffix(['（', '(']) {
                        Some(name) => left = name.trim_end_matches(' '),
                        None => continue,
                    }
                }
                "第" => {
                    let numbered = text[hit.end()..]
                        .trim_start_matches(' ')
                        .starts_with(|c: char| super::article::digit(c).is_some() || c == '十');
                    left = left.strip_suffix(' ').unwrap_or(left);
                    if !numbered || left.ends_with('\n') {
                        continue;
                    }
                }
                _ => {}
            }
            let end = left.len();
            let Some(start) = self.name_start(text, end) else { continue };
            if start < done {
                continue;
            }
            // 按照企业章程的规定, 在仲裁规则规定的期限内: without an article only a law or an ordinance is surely one.
            let firm = self.firm_heads.ending(&text[start..end]).is_some();
            if matches!(trigger, "规定" | "規定") && !firm {
                continue;
            }
            out.push(Bare { span: Span::of(start, end), row: None, known: false, inner: false });
            // 適用民法及公司法之規定: what is joined to a name is one, too.
            let mut first = start;
            for _ in 0..JOINED {
                let before = &text[..first];
                let Some(left) = before.strip_suffix(['及', '和', '与', '與', '或', '、']) else { break };
                let named = self.name_start(text, left.len()).filter(|&name| name >= done);
                let statute = |name: &usize| {
                    let name = &text[*name..left.len()];
                    name.ends_with('法') || name.ends_with("条例") || name.ends_with("條例")
                };
                let Some(name) = named.filter(statute) else { break };
                out.push(Bare { span: Span::of(name, left.len()), row: None, known: false, inner: false });
                first = name;
            }
            done = end;
        }
    }

    /// Where the name begins whose head noun ends at `end`; `None` where it is no name.
    pub(super) fn name_start(&self, text: &str, end: usize) -> Option<usize> {
        let left = super::wording::without_additions(
            &text[text[..end].floor_char_boundary(end.saturating_sub(3 * LONGEST_NAME + 60))..end],
        );
        let base = end.saturating_sub(3 * LONGEST_NAME + 60);
        let base = text.floor_char_boundary(base);
        let head = self.heads.ending(left)?;
        let floor = left.len() - head.len();
        // 进行本条例第二十七条规定的活动: an anaphor is no name, whatever stands before it.
        if self.no_heads.ending(left).is_some() && self.heads_all_the_same.ending(left).is_none()
            || left[..floor].ends_with(['本', '该', '該', '此', '同', '各', '其', '前'])
        {
            return None;
        }
        let mut start = floor;
        for (i, c) in left[..floor].char_indices().rev().take(LONGEST_NAME) {
            if !(is_han(c) || c == '、' && floor - i < 60 && !left[..i].ends_with(super::article::is_numeral)) {
                break;
            }
            let upto = i + c.len_utf8();
            // 中華民國八十六年十一月二十八日刑法第七十七條
            let dated = c == '日' && left[..i].ends_with(super::article::is_numeral);
            // 氣候變遷因應法
            let answers = c == '因' && left[upto..].starts_with(['應', '应']);
            let fined = || self.fines.ending(left).is_some() && self.fines_cues.ending(&left[..upto]).is_some();
            if dated || !answers && self.cues.ending(&left[..upto]).is_some() && !fined() {
                break;
            }
            // 第九條及性別工作平等法: a joint behind an article or a law ends the name.
            if matches!(c, '及' | '和' | '与' | '與' | '或' | '暨' | '、') && self.joints.ending(&left[..i]).is_some()
            {
                break;
            }
            start = i;
        }
        let mut name = &left[start..];
        while let Some(opening) = self.openings.opening(name) {
            name = &name[opening.len()..];
        }
        if let Some(at) = name.rfind(['的', '者', '其']) {
            name = &name[at + '的'.len_utf8()..];
        }
        while let Some(opening) = self.openings.opening(name).filter(|o| name.len() > o.len() + head.len()) {
            name = &name[opening.len()..];
        }
        name = name.trim_start_matches('、');
        // 所稱船舶，指船舶法第三條, but 指定統計辦法.
        if let Some(rest) = name.strip_prefix('指')
            && !rest.starts_with(['定', '南', '引', '揮', '挥', '紋', '纹', '導', '导', '數', '数', '標', '标'])
        {
            name = rest;
        }
        // 大陸數據安全法, but 大陸地區人民…許可辦法.
        if let Some(rest) = name.strip_prefix("中國大陸").or_else(|| name.strip_prefix("大陸"))
            && !rest.starts_with(['地', '礁', '委', '人', '事', '工', '居', '物', '投', '資', '產', '架'])
        {
            name = rest;
        }
        // 有公司法第三十條各款情事, but 有限合夥法.
        if let Some(rest) = name.strip_prefix('有')
            && !rest.starts_with(self.behind_you.as_slice())
        {
            name = rest;
        }
        if name.len() <= head.len() || self.pointers.opening(name).is_some() || self.generic.is_match(name) {
            return None;
        }
        if head.ends_with('法') && text[end..].starts_with("\n院") {
            return None;
        }
        let own = name[..name.len() - head.len()].chars().count();
        let enough = if head.ends_with('法') { 1 } else { 2 };
        (own >= enough && !self.no_names.iter().any(|no| no == name)).then(|| base + left.len() - name.len())
    }

    /// Whether 法 and what follows are a word of their own: 公司|法定代表人, 环境保护|法规 (but 刑法|规定).
    fn meets_word(&self, behind: &str) -> bool {
        // 最高人民法 / 院: a line may end within the word.
        if behind.starts_with("\n院") {
            return true;
        }
        self.fa_words.opening(behind).is_some() && self.fa_no_words.opening(behind).is_none()
            || behind.starts_with(['规', '規']) && !behind.starts_with("规定") && !behind.starts_with("規定")
    }

    /// Where the title ends with its edition: （试行）, （2018修正）.
    fn edition(&self, text: &str, end: usize) -> usize {
        let Some(close) = bracket(text, end) else { return end };
        let inside = text[end..close].trim_matches(['（', '）', '(', ')', '〔', '〕', '[', ']']);
        let ordinal = inside.chars().all(|c| "一二三四五六七八九十".contains(c));
        let listed = inside.len() < 40 && self.editions.iter().any(|e| inside.ends_with(e.as_str()));
        if (ordinal || listed) && !inside.contains("以下") { close } else { end }
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
