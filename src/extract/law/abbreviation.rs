//! Which instrument of the mainland a name means that no list has: 未保法 for 未成年人保护法, 《数据出境评估办法》 for 数据出境安全评估
//! 办法.
//!
//! A short name has characters of the title in their order. A statute may be cut down to any of them, because all statutes are known;
//! of regulations there are thousands that nobody's list has (机动车管理办法), so that what a name leaves out of theirs must tell
//! little: words such as 安全 and 管理, the end of a word (征信业), or what many titles begin with (互联网信息服务).
//!
//! Always true: the name has characters of its own enough, ends with the title's type word or with one of its kind, and no second
//! instrument fits; each character of a name leads to the few titles that have it, so that a name costs no walk through the list.

use rustc_hash::FxHashMap;

use crate::{
    extract::law::wording::{is_han, without_additions},
    ruleset::{Registry, Ruleset},
};

/// Shortest and longest body of a short form before 法 that is found without marks around it, in characters.
pub const BODY: std::ops::RangeInclusive<usize> = 2..=4;
/// Longest body of a name that is looked up.
const LONGEST: usize = 24;
/// How many characters of a name must say something.
const ENOUGH: usize = 3;
/// Of a name that has another type word than the title: as many more.
const ENOUGH_OTHER: usize = 4;

/// For what was repealed on a day that is not known.
const LONG_AGO: &str = "1949-10-01";

/// A text that does not tell its day is taken to be no older.
const OF_LATE: &str = "2020-01-01";

/// The type words by which a name is read. Writers put those that are no `alone` for one another.
const KINDS: [(&str, bool); 7] =
    [("条例", true), ("办法", false), ("规定", false), ("规则", false), ("细则", false), ("方法", false), ("法", true)];

/// The instruments of the mainland by the characters of their titles.
#[derive(Debug, Default)]
pub struct Abbreviations {
    titles: Vec<Full>,
    /// Titles with a character, by character.
    with: FxHashMap<char, Vec<u32>>,
    /// Words that tell little, by their first characters.
    stock: FxHashMap<char, Vec<Vec<char>>>,
    /// What titles begin with that names leave out.
    leads: Vec<Vec<char>>,
}

#[derive(Debug)]
struct Full {
    body: Vec<char>,
    kind: &'static str,
    trial: bool,
    row: u32,
    promulgated: Box<str>,
    repealed: Box<str>,
}

impl Abbreviations {
    /// From the registry and the lists of the rules.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let mut this = Self::default();
        let chars = |word: &String| word.chars().collect::<Vec<char>>();
        for word in rules.list("zh.law.stock_words").iter().map(chars) {
            if let Some(&first) = word.first() {
                this.stock.entry(first).or_default().push(word);
            }
        }
        this.leads = rules.list("zh.law.dropped_leads").iter().map(chars).collect();
        this.add(&rules.registry);
        this
    }

    fn add(&mut self, registry: &Registry) {
        for (law, row) in registry.laws.iter().zip(0..).filter(|(law, _)| law.jurisdiction == "CN") {
            let short = law.title_zh.strip_prefix("中华人民共和国").unwrap_or(&law.title_zh);
            let Some((body, kind, trial)) = parts(short) else { continue };
            let number = u32::try_from(self.titles.len()).unwrap_or(u32::MAX);
            let mut own = body.clone();
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|c| self.with.entry(c).or_default().push(number));
            let gone = matches!(&*law.status, "repealed" | "superseded");
            let repealed = if law.repealed.is_empty() && gone { LONG_AGO } else { &*law.repealed };
            let (promulgated, repealed) = ((&*law.promulgated).into(), repealed.into());
            self.titles.push(Full { body, kind, trial, row, promulgated, repealed });
        }
    }

    /// The one statute that a short form of a few characters means: 未保法.
    #[must_use]
    pub fn statute(&self, title: &str) -> Option<u32> {
        let (body, kind, _) = parts(title)?;
        if kind != "法" || !BODY.contains(&body.len()) {
            return None;
        }
        let fits = |full: &&Full| full.kind == "法" && !full.trial && is_cut(&body, &full.body);
        let mut fits = self.titles_with(&body).filter(fits);
        match (fits.next(), fits.next()) {
            (Some(full), None) => Some(full.row),
            _ => None,
        }
    }

    /// The one instrument that a name means in a text of this day (ISO, empty where it is not known).
    #[must_use]
    pub fn meant(&self, title: &str, day: &str) -> Option<u32> {
        if let Some(row) = self.statute(title) {
            return Some(row);
        }
        let (body, kind, trial) = parts(title)?;
        if body.len() < 2 || body.len() > LONGEST {
            return None;
        }
        let alone = KINDS.iter().any(|(word, alone)| *word == kind && *alone);
        let akin = |full: &&Full| full.kind == kind || !alone && full.kind != "法" && full.kind != "条例";
        // What came later is not meant, and what was gone by then is called by its whole title.
        let later = |full: &&Full| !day.is_empty() && full.promulgated.as_ref() > day;
        let today = if day.is_empty() { OF_LATE } else { day };
        let gone = |full: &&Full| !full.repealed.is_empty() && full.repealed.as_ref() < today;
        // 《…暂行条例》 of what is no trial today was mostly an instrument of its own.
        let older = |full: &&Full| trial && !full.trial && full.body != body;
        let fits = self.titles_with(&body).filter(|full| akin(full) && !later(full) && !gone(full) && !older(full));
        let mut fits: Vec<(&Full, Fit)> = fits.filter_map(|full| Some((full, self.fit(&body, full)?))).collect();
        let told = self.telling(&body);
        // 处罚法 may be two; 复议法 is one, because all statutes are known.
        if told < ENOUGH && fits.len() > 1 {
            return None;
        }
        fits.retain(|(full, fit)| match fit {
            Fit::Behind => told >= if kind == "法" { 2 } else { ENOUGH_OTHER },
            Fit::Within if full.kind != kind => told >= ENOUGH_OTHER,
            // 地名[管理]条例: of the regulations of the State Council one has so short a name.
            Fit::Within if kind == "条例" && is_managed(&body, &full.body) => told >= 2,
            // 军人[地位和]权益保障法: many words that say little tell a statute, too.
            Fit::Within if kind == "法" && body.len() > ENOUGH_OTHER => told >= 2,
            // 征信[业]管理条例
            Fit::Within if full.body.len() == body.len() + 1 && body.len() > ENOUGH => told >= 2,
            Fit::Within | Fit::End => told >= ENOUGH,
        });
        let mut prefer = |better: &dyn Fn(&Full, Fit) -> bool| {
            if fits.len() > 1 && fits.iter().any(|&(full, fit)| better(full, fit)) {
                fits.retain(|&(full, fit)| better(full, fit));
            }
        };
        prefer(&|full, _| full.kind == kind);
        prefer(&|_, fit| fit == Fit::Within);
        match fits[..] {
            [(full, _)] if !self.begins_another(&body, full, today) => Some(full.row),
            _ => None,
        }
    }

    /// 《生产安全事故条例》: begins 生产安全事故应急条例 and 生产安全事故报告和调查处理条例 alike, so that it tells neither. What all titles may have
    /// at their end tells nothing.
    fn begins_another(&self, body: &[char], found: &Full, today: &str) -> bool {
        const TELLS_NOTHING: [&str; 6] = ["管理", "监督管理", "监管", "安全管理", "安全", "工作"];
        let Some(rest) = found.body.strip_prefix(body) else { return false };
        let rest: String = rest.iter().collect();
        let other = |full: &&Full| {
            full.kind == found.kind
                && full.row != found.row
                && full.body.starts_with(body)
                && (full.repealed.is_empty() || full.repealed.as_ref() >= today)
        };
        !TELLS_NOTHING.contains(&rest.as_str()) && self.titles_with(body).any(|full| other(&full))
    }

    /// The titles that have the character of a name that fewest have.
    fn titles_with(&self, body: &[char]) -> impl Iterator<Item = &Full> {
        let lists = body.iter().map(|c| self.with.get(c).map_or(&[][..], Vec::as_slice));
        let fewest = lists.min_by_key(|list| list.len()).unwrap_or_default();
        fewest.iter().map(|&number| &self.titles[number as usize])
    }

    /// How many characters of a name are in no stock word.
    fn telling(&self, body: &[char]) -> usize {
        let (mut at, mut telling) = (0, 0);
        while at < body.len() {
            // 人 alone is the end of 军人.
            let longest = self.stock_at(&body[at..]).filter(|&length| length > 1).max().unwrap_or(0);
            telling += usize::from(longest == 0);
            at += longest.max(1);
        }
        telling
    }

    /// The lengths of the stock words with which some characters begin.
    fn stock_at<'s>(&'s self, chars: &'s [char]) -> impl Iterator<Item = usize> + 's {
        let words = chars.first().and_then(|first| self.stock.get(first)).map_or(&[][..], Vec::as_slice);
        words.iter().filter(|word| chars.starts_with(word)).map(Vec::len)
    }

    /// Whether some characters are stock words, one behind the other.
    fn is_stock(&self, chars: &[char]) -> bool {
        let mut reached = vec![false; chars.len() + 1];
        reached[0] = true;
        for at in 0..chars.len() {
            if reached[at] {
                self.stock_at(&chars[at..]).for_each(|length| reached[at + length] = true);
            }
        }
        reached[chars.len()]
    }

    /// How a name is cut from a title.
    fn fit(&self, body: &[char], full: &Full) -> Option<Fit> {
        let title = &full.body;
        if title.len() < body.len() || title.as_slice() == body && !full.trial {
            return None;
        }
        if self.is_within(body, title) {
            return Some(Fit::Within);
        }
        for lead in self.leads.iter().filter(|lead| title.starts_with(lead)) {
            let rest = &title[lead.len()..];
            if rest == body || self.is_within(body, rest) {
                return Some(Fit::Behind);
            }
        }
        // 农民专业[合作社]法: the end of the title of a statute, whatever is before it.
        let before = title.strip_suffix(body).filter(|_| full.kind == "法")?;
        (!before.iter().any(|c| denies(c) || *c == '防')).then_some(Fit::End)
    }

    /// Whether a name is a title without words that tell little and without ends of words; both begin alike.
    fn is_within(&self, body: &[char], title: &[char]) -> bool {
        if body.first() != title.first() {
            return false;
        }
        // Reached: so many characters of the name used, with so many of them since something was left out (two is any).
        let mut reached = vec![[[false; 3]; LONGEST + 1]; title.len() + 1];
        reached[0][0][0] = true;
        for at in 0..title.len() {
            for used in 0..=body.len().min(at) {
                for kept in 0..3 {
                    if !reached[at][used][kept] {
                        continue;
                    }
                    if body.get(used) == Some(&title[at]) {
                        reached[at + 1][used + 1][(kept + 1).min(2)] = true;
                    }
                    if kept == 0 {
                        continue;
                    }
                    for end in at + 1..=title.len().min(at + LONGEST) {
                        // What is left out ends where the name goes on, or with the title.
                        let goes_on = title.get(end).is_none_or(|c| body.get(used) == Some(c));
                        if goes_on && self.is_left_out(&title[at..end], kept) {
                            match title.get(end) {
                                None => reached[end][used][0] = true,
                                Some(_) => reached[end + 1][used + 1][1] = true,
                            }
                        }
                    }
                }
            }
        }
        reached[title.len()][body.len()].iter().any(|&reached| reached)
    }

    /// Whether these may be left out behind so many characters that are kept: 安（全）, 网（络）…, 征信（业管理）.
    fn is_left_out(&self, run: &[char], kept: usize) -> bool {
        if run.iter().any(denies) {
            return false;
        }
        if run.len() == 1 || self.is_stock(run) {
            return true;
        }
        let rest = &run[1..];
        kept == 1 && (rest.len() == 1 || self.is_stock(rest))
    }
}

/// Whether a name is the title but for 管理 or 工作 at its end.
fn is_managed(body: &[char], title: &[char]) -> bool {
    title.strip_prefix(body).is_some_and(|rest| matches!(rest, ['管', '理'] | ['工', '作']))
}

/// How a name stands to a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// Both begin alike.
    Within,
    /// Behind what many titles begin with.
    Behind,
    /// It is the title's end.
    End,
}

/// A character without which a title says the contrary: 反不正当竞争, 禁止传销.
fn denies(c: &char) -> bool {
    matches!(c, '反' | '不' | '非' | '无' | '禁' | '停' | '废')
}

/// Body, type word and whether it is on trial: 征信业 + 管理条例.
fn parts(title: &str) -> Option<(Vec<char>, &'static str, bool)> {
    let bare = without_additions(title);
    let (kind, _) = KINDS.iter().find(|(kind, _)| bare.ends_with(kind))?;
    let body = bare.strip_suffix(kind)?;
    let (body, trial) =
        ["暂行", "试行"].iter().find_map(|word| Some((body.strip_suffix(word)?, true))).unwrap_or((body, false));
    let plain = |c: char| is_han(c) || c.is_ascii_alphanumeric();
    let sound = !body.is_empty() && body.chars().all(plain) && !body.contains("关于");
    sound.then(|| (body.chars().map(|c| c.to_ascii_lowercase()).collect(), *kind, trial || bare.len() < title.len()))
}

/// Whether all characters stand in the full title in their order from its first on, two of them apart: 物业 is only the beginning of
/// 物业管理.
fn is_cut(short: &[char], full: &[char]) -> bool {
    let mut rest = full.iter();
    short.first() == full.first()
        && short.iter().all(|c| rest.any(|f| f == c))
        && !full.starts_with(short)
        && full.len() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &dyn Fn(&Abbreviations, &str) -> Option<u32>, expected: &[(&str, Option<&str>)]) {
        let rules = crate::ruleset::load(None).unwrap();
        let abbreviations = Abbreviations::new(&rules);
        for (short, title) in expected {
            let found = named(&abbreviations, short).and_then(|row| rules.registry.law(row)).map(|law| &*law.title_zh);
            assert_eq!(found, *title, "{short}");
        }
    }

    #[test]
    fn one_statute_or_none() {
        check(
            &|all, short| all.statute(short),
            &[
                ("反电诈法", Some("中华人民共和国反电信网络诈骗法")),
                ("职防法", Some("中华人民共和国职业病防治法")),
                ("药管法", Some("中华人民共和国药品管理法")),
                // 民办教育促进法 and 民营经济促进法
                ("民促法", None),
                ("方法", None),
                ("未成年法", None),
                ("教学方法", None),
            ],
        );
    }

    #[test]
    fn what_a_name_leaves_out_tells_little() {
        check(
            &|all, short| all.meant(short, ""),
            &[
                ("数据出境评估办法", Some("数据出境安全评估办法")),
                ("算法推荐办法", Some("互联网信息服务算法推荐管理规定")),
                ("深度合成管理办法", Some("互联网信息服务深度合成管理规定")),
                ("生成式人工智能管理办法", Some("生成式人工智能服务管理暂行办法")),
                ("征信管理条例", Some("征信业管理条例")),
                ("未成年人网保条例", Some("未成年人网络保护条例")),
                ("外商投资安审办法", Some("外商投资安全审查办法")),
                ("清洁生产法", Some("中华人民共和国清洁生产促进法")),
                ("复议法", Some("中华人民共和国行政复议法")),
                ("合作社法", Some("中华人民共和国农民专业合作社法")),
                ("计划法", None),
                ("机动车管理办法", None),
                ("商务办法", None),
                ("竞争法", None),
                ("数据出境规定", None),
                ("外商投资办法", None),
                ("海洋法", None),
                ("电信法", None),
                ("网络安全条例", None),
                ("数据安全管理办法", None),
                ("信息保护法", None),
                ("食品法", None),
                ("固体废物污染防治法", Some("中华人民共和国固体废物污染环境防治法")),
                ("军人权益保障法", Some("中华人民共和国军人地位和权益保障法")),
                ("道路交通条例", None),
            ],
        );
        check(&|all, short| all.meant(short, "2010-01-01"), &[("数据出境评估办法", None)]);
    }
}
