//! Which instrument a title names, whatever its wording: both languages, with and without the state's name.
//!
//! "PRC Data Security Law", "Data Security Law of the People's Republic of China" and 《数据安全法》 are one row.
//! Titles are compared by a key without marks, blanks, case and the state's name; word orders that follow a
//! rule ("Law on X" and "X Law") are derived, not listed.
//!
//! Always true: a wording that fits several rows is never settled here.

mod plan;

use std::{borrow::Cow, sync::OnceLock};

use rustc_hash::FxHashMap;

use self::plan::{chinese_plan, plan_number, recommended_plan};
use super::{
    Link,
    country::{Countries, States},
    likeness::{Abroad, Likeness},
    spelling::Spelling,
};
use crate::{extract::law::wording::without_additions, ruleset::Ruleset, segment::Simplifier};

/// Every title of the registry by its key. Built once.
#[derive(Debug, Default)]
pub struct TitleIndex {
    titles: FxHashMap<String, Lookup>,
    numbers: FxHashMap<String, u32>,
    /// The full names of bodies by their short ones.
    issuers: FxHashMap<String, String>,
    /// Titles that are not in the list, by their words. Made when a title is first met that the registry does not have.
    likeness: OnceLock<Likeness>,
    /// Those of other states by theirs, made in the same way.
    abroad: OnceLock<Abroad>,
    /// Made when a title in traditional characters is first met that the registry does not have.
    simplifier: OnceLock<Simplifier>,
    /// Taiwan's titles in simplified characters. Made when a text of the mainland first names one.
    pub(super) taiwan: OnceLock<FxHashMap<String, Vec<u32>>>,
    /// Rows of judicial interpretations by the key of the law. Made when an English text first names one.
    pub(super) interpretations: OnceLock<FxHashMap<String, Vec<u32>>>,
    /// Five-year plans by their ordinal, and what the party recommended for them.
    plans: FxHashMap<u32, u32>,
    recommended: FxHashMap<u32, u32>,
    spelling: Spelling,
    /// Countries by their names.
    pub(super) countries: Countries,
    pub(super) states: States,
    /// Rows by the key of their English title without its year: Privacy Act (of 1974), Data Protection Act (2018).
    without_year: FxHashMap<String, Vec<u32>>,
}

/// What a key leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One row.
    One(u32, Link),
    /// Several rows; the wording alone does not decide.
    Several(Vec<u32>),
    /// No row.
    None,
}

impl TitleIndex {
    /// From the registry.
    #[must_use]
    pub fn new(rules: &Ruleset) -> Self {
        let registry = &rules.registry;
        let (countries, states, spelling) = (Countries::new(rules), States::new(rules), Spelling::new(rules));
        let mut index = Self { countries, states, spelling, ..Self::default() };
        // Two titles and about two aliases a row.
        index.titles.reserve(4 * registry.laws.len());
        let rows = || registry.laws.iter().zip(0..);
        for entry in rules.list("zh.law.issuer_names") {
            if let Some((full, short)) = entry.split_once(' ') {
                index.issuers.extend(short.split(' ').map(|short| (short.to_owned(), full.to_owned())));
            }
        }
        // Other wordings of a row's titles, first those of its English title, then those of its aliases.
        let mut variants: Vec<(u32, String)> = Vec::new();
        for (law, row) in rows() {
            index.add(fold(&law.title_zh), row, Link::Exact);
            let english = fold(&law.title_en);
            variants.extend(turned(&english).map(|variant| (row, variant)));
            variants.extend(index.spelling.american(&english).map(|variant| (row, variant)));
            if law.jurisdiction == "CN"
                && let Some(number) =
                    plan_number(&english).or_else(|| chinese_plan(&fold(&law.title_zh)).map(|(n, _)| n))
            {
                index.plans.entry(number).or_insert(row);
            }
            if let Some(number) = recommended_plan(&fold(&law.title_zh)) {
                index.recommended.entry(number).or_insert(row);
            }
            index.add(english, row, Link::Exact);
        }
        for (law, row) in rows() {
            law.aliases_zh.iter().for_each(|alias| index.add(fold(alias), row, Link::Alias));
            for alias in &law.aliases_en {
                let alias = fold(alias);
                variants.extend(turned(&alias).map(|variant| (row, variant)));
                variants.extend(index.spelling.american(&alias).map(|variant| (row, variant)));
                index.add(alias, row, Link::Alias);
            }
        }
        for (alias, ambiguous) in sorted(&registry.ambiguous) {
            index.titles.insert(fold(alias), Lookup::Several(ambiguous.clone()));
        }
        for (law, row) in rows() {
            if let Some(variant) = without_year(&law.title_en) {
                index.without_year.entry(fold(variant)).or_default().push(row);
            }
            variants.extend(without_issuer(&law.title_zh).map(|variant| (row, fold(variant))));
            for number in &law.doc_numbers {
                index.numbers.entry(number_key(number)).or_insert(row);
            }
        }
        variants.sort_by_key(|(row, _)| *row);
        variants.into_iter().for_each(|(row, variant)| index.infer(variant, row));
        index
    }

    /// Titles of the registry by their words.
    pub(super) fn likeness(&self, rules: &Ruleset) -> &Likeness {
        self.likeness.get_or_init(|| Likeness::new(rules))
    }

    /// Titles of other states by their words.
    pub(super) fn abroad(&self, rules: &Ruleset) -> &Abroad {
        self.abroad.get_or_init(|| Abroad::new(rules))
    }

    /// A key in simplified characters.
    pub(super) fn simplified<'k>(&self, key: &'k str) -> Cow<'k, str> {
        self.simplifier.get_or_init(Simplifier::new).apply(key)
    }

    /// The five-year plan that a folded title names by its ordinal.
    #[must_use]
    pub fn plan(&self, folded: &str) -> Option<u32> {
        let whole = |rest: &str| {
            matches!(rest, "" | "纲要" | "草案" | "纲要草案") || rest.starts_with('和') && rest.contains("远景目标")
        };
        let chinese = || chinese_plan(folded).filter(|(_, rest)| whole(rest)).map(|(number, _)| number);
        plan_number(folded).or_else(chinese).and_then(|number| self.plans.get(&number)).copied()
    }

    /// The recommendations of the party's Central Committee for the five-year plan that a folded English title names.
    pub(super) fn recommendations(&self, folded: &str) -> Option<u32> {
        recommended_plan(folded).and_then(|number| self.recommended.get(&number)).copied()
    }

    /// By folded key (see [`fold`]).
    #[must_use]
    pub fn lookup(&self, folded: &str) -> Lookup {
        if let Some(found) = self.titles.get(folded) {
            return found.clone();
        }
        let inferred = |key: &str| match self.titles.get(key) {
            Some(Lookup::One(row, _)) => Lookup::One(*row, Link::Inferred),
            Some(other) => other.clone(),
            None => Lookup::None,
        };
        // "Uyghur Forced Labour Prevention Act"
        if let Some(found) = self.spelling.american(folded).map(|key| inferred(&key)).filter(|f| *f != Lookup::None) {
            return found;
        }
        for (before, behind) in [
            ("prc ", ""),
            ("china s ", ""),
            ("chinese ", ""),
            ("china ", ""),
            ("", " of prc"),
            ("", " of china"),
            ("", " prc"),
        ] {
            if let Some(rest) = folded
                .strip_prefix(before)
                .and_then(|r| r.strip_suffix(behind))
                .filter(|r| r.len() > 3 && r.len() < folded.len())
            {
                let found = inferred(rest);
                if found != Lookup::None {
                    return found;
                }
                if let Some(found) = turned(rest).map(|t| inferred(&t)).filter(|f| *f != Lookup::None) {
                    return found;
                }
            }
        }
        if let Some(found) = turned(folded).map(|turned| inferred(&turned)).filter(|found| *found != Lookup::None) {
            return found;
        }
        // "Law of the PRC on Doctors"
        if let Some((head, rest)) = folded.split_once(" of prc ") {
            return inferred(&format!("{head} {rest}"));
        }
        // 1977年国际紧急经济权力法, "2015 Paris Agreement"
        let year = folded.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let rest = year.and_then(|_| folded[4..].strip_prefix('年').or_else(|| folded[4..].strip_prefix(' ')));
        rest.filter(|rest| rest.len() > 8).map_or(Lookup::None, inferred)
    }

    /// The row to which a document number, a standard or a code citation belongs.
    #[must_use]
    pub fn number(&self, norm: &str) -> Option<u32> {
        let known = |norm: &str| self.numbers.get(&number_key(norm)).copied();
        known(norm).or_else(|| known(&self.with_full_names(norm)?))
    }

    /// 国家互联网信息办公室、工业和信息化部、公安部令第12号 for 网信办、工信部、公安部令第12号.
    fn with_full_names(&self, norm: &str) -> Option<String> {
        let at = ["令", "公告"].iter().filter_map(|word| norm.find(word)).min()?;
        let (bodies, number) = norm.split_at(at);
        let full = |body| self.issuers.get(body).map_or(body, String::as_str);
        let whole: Vec<&str> = bodies.split(['、', ' ']).map(full).collect();
        Some(whole.join("、") + number)
    }

    /// The rows whose English title is this one but for the year at its end.
    #[must_use]
    pub fn without_year(&self, folded: &str) -> &[u32] {
        self.without_year.get(folded).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, key: String, row: u32, link: Link) {
        if key.is_empty() {
            return;
        }
        match self.titles.get_mut(&key) {
            None => {
                self.titles.insert(key, Lookup::One(row, link));
            }
            Some(Lookup::One(known, _)) if *known == row => {}
            // A title goes before an alias; two titles with one key are ambiguous.
            Some(Lookup::One(_, Link::Exact)) if link != Link::Exact => {}
            Some(Lookup::One(known, _)) => {
                let rows = vec![*known, row];
                self.titles.insert(key, Lookup::Several(rows));
            }
            Some(Lookup::Several(rows)) => {
                if !rows.contains(&row) && link == Link::Alias {
                    rows.push(row);
                }
            }
            Some(Lookup::None) => {}
        }
    }

    fn infer(&mut self, key: String, row: u32) {
        match self.titles.get(&key) {
            None => {
                self.titles.insert(key, Lookup::One(row, Link::Inferred));
            }
            Some(Lookup::One(known, Link::Inferred)) if *known != row => {
                let rows = vec![*known, row];
                self.titles.insert(key, Lookup::Several(rows));
            }
            Some(_) => {}
        }
    }
}

/// The title without the bracket that tells its revision: （2018修正）, (2020 Amendment); `None` where there is none.
#[must_use]
pub(super) fn without_revision(title: &str) -> Option<&str> {
    const REVISIONS: [&str; 17] = [
        "修正",
        "修订",
        "修訂",
        "年本",
        "年版",
        "节选",
        "節選",
        "节录",
        "節錄",
        "摘录",
        "摘錄",
        "Amendment",
        "Amended",
        "Revision",
        "revision",
        "Revised",
        "revised",
    ];
    const OTHERS: [&str; 7] = ["草案", "草稿", "征求", "送审", "送審", "Draft", "draft"];
    let bare = without_additions(title);
    let bracket = &title[bare.len()..];
    (bare.len() < title.len()
        && REVISIONS.iter().any(|word| bracket.contains(word))
        && !OTHERS.iter().any(|word| bracket.contains(word)))
    .then_some(bare)
}

/// "Privacy Act" of "Privacy Act of 1974" and of "Privacy Act 1988".
fn without_year(title: &str) -> Option<&str> {
    let (rest, year) = title.rsplit_once(' ')?;
    let rest = rest.strip_suffix(" of").unwrap_or(rest).trim_end_matches(',');
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty()).then_some(rest)
}

/// A key without its year, and the year: "natural gas act", "1938".
pub(super) fn dated(key: &str) -> Option<(&str, &str)> {
    let (rest, year) = key.rsplit_once(' ')?;
    let rest = rest.strip_suffix(" of").unwrap_or(rest);
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && rest.contains(' ')).then_some((rest, year))
}

/// The title without its acronym before the year: Federal Information Security Modernization Act (FISMA) of 2014.
#[must_use]
pub(super) fn without_acronym(title: &str) -> Cow<'_, str> {
    let acronym = |inside: &str| inside.len() > 1 && inside.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    match title.split_once(" (").and_then(|(before, rest)| Some((before, rest.split_once(") of ")?))) {
        Some((before, (inside, after))) if acronym(inside) && after.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{before} of {after}").into()
        }
        _ => Cow::Borrowed(title),
    }
}

fn sorted(ambiguous: &FxHashMap<String, crate::ruleset::Ambiguous>) -> Vec<(&String, &Vec<u32>)> {
    let mut list: Vec<_> = ambiguous.iter().map(|(alias, a)| (alias, &a.rows)).collect();
    list.sort();
    list
}

/// The key under which two wordings of a title are the same.
///
/// Case, marks, blanks, the state's name and "the" are dropped; full-width characters become plain.
#[must_use]
pub fn fold(title: &str) -> String {
    const STATE: &str = "中华人民共和国";
    if !title.is_empty() && title.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
        // Most titles are known by their short form.
        let named = memchr::memmem::find(title.as_bytes(), STATE.as_bytes()).is_some();
        return if named { title.replace(STATE, "") } else { title.to_owned() };
    }
    if title.is_ascii() {
        return without_state(&title.bytes().map(plain_ascii).collect::<String>());
    }
    let mut plain = String::with_capacity(title.len());
    let mut han = false;
    for c in title.chars() {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{A0}' => ' ',
            c => c,
        };
        match c {
            '《' | '》' | '〈' | '〉' | '“' | '”' | '’' | '‘' | '·' | '、' | '。' | '—' | '–' => {
                plain.push(' ')
            }
            c if c.is_ascii() => plain.push(plain_ascii(c as u8)),
            c => {
                han |= matches!(c, '\u{4E00}'..='\u{9FFF}');
                plain.extend(c.to_lowercase());
            }
        }
    }
    if han {
        let mut key = plain.replace(STATE, "");
        if key.bytes().any(|b| b.is_ascii_lowercase()) {
            key = without_state(&key);
        }
        key.retain(|c| !c.is_whitespace());
        return key;
    }
    without_state(&plain)
}

/// A letter in lower case, a mark as a blank.
fn plain_ascii(byte: u8) -> char {
    match byte {
        b'<' | b'>' | b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b'.' | b';' | b':' | b'-' => ' ',
        byte => char::from(byte.to_ascii_lowercase()),
    }
}

/// Words without "the" and "(of the) People's Republic of China", one blank between them.
fn without_state(plain: &str) -> String {
    const STATE: [&str; 5] = ["people", "s", "republic", "of", "china"];
    let mut key = String::with_capacity(plain.len());
    if memchr::memmem::find(plain.as_bytes(), STATE[0].as_bytes()).is_none() {
        plain.split_whitespace().for_each(|word| add_word(&mut key, word));
        return key;
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let lead = if words[at..].starts_with(&["of", "the"]) { 2 } else { 0 };
        if words[at + lead..].starts_with(&STATE) {
            at += lead + STATE.len();
            continue;
        }
        add_word(&mut key, words[at]);
        at += 1;
    }
    key
}

fn add_word(key: &mut String, word: &str) {
    if word != "the" {
        if !key.is_empty() {
            key.push(' ');
        }
        // "UN Framework Convention on Climate Change"
        key.push_str(if word == "un" { "united nations" } else { word });
    }
}

/// The other word order of an English key: "law on x" and "x law".
fn turned(key: &str) -> Option<String> {
    const HEADS: &[&str] = &["law", "regulations", "regulation", "measures", "provisions", "rules", "act"];
    for head in HEADS {
        if let Some(rest) = key.strip_prefix(head).and_then(|r| r.strip_prefix(' ')) {
            let about =
                ["on ", "for ", "governing ", "concerning ", "of "].into_iter().find_map(|p| rest.strip_prefix(p))?;
            return Some(format!("{about} {head}"));
        }
        if let Some(about) = key.strip_suffix(head).and_then(|r| r.strip_suffix(' ')) {
            let link = if *head == "measures" { "for" } else { "on" };
            return Some(format!("{head} {link} {about}"));
        }
    }
    None
}

/// 关于X的决定 of 全国人民代表大会常务委员会关于X的决定.
pub(super) fn without_issuer(title: &str) -> Option<&str> {
    let at = ["关于", "關於"].iter().filter_map(|w| title.find(w)).min()?;
    (at > 0 && !title[..at].contains('《')).then(|| &title[at..])
}

/// Numbers are compared without blanks, case and kinds of brackets.
fn number_key(norm: &str) -> String {
    norm.chars().filter(|c| c.is_alphanumeric() || matches!(c, '/' | '-')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_acronyms_at_the_end() {
        assert_eq!(without_year("Privacy Act of 1974"), Some("Privacy Act"));
        assert_eq!(
            without_year("Digital Personal Data Protection Act, 2023"),
            Some("Digital Personal Data Protection Act")
        );
        assert_eq!(without_year("Order 1984 of the King"), None);
        assert_eq!(without_acronym("Modernization Act (FISMA) of 2014"), "Modernization Act of 2014");
        assert_eq!(without_acronym("Act (Draft) of 2014"), "Act (Draft) of 2014");
        assert_eq!(without_revision("种子法（2021修正）"), Some("种子法"));
        assert_eq!(without_revision("种子法（修订草案）"), None);
        assert_eq!(without_revision("企业破产法（试行）"), None);
    }

    #[test]
    fn wordings_of_one_title_have_one_key() {
        for [a, b] in [
            ["Data Security Law of the People's Republic of China", "People’s Republic of China Data Security Law"],
            ["《中华人民共和国刑法修正案（十二）》", "刑法修正案(十二)"],
            [
                "最高人民法院、最高人民检察院关于执行《中华人民共和国刑法》的规定",
                "最高人民法院 最高人民检察院\n\n关于执行〈刑法〉的规定",
            ],
            ["The Civil Code", "civil code"],
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_eq!(turned("law on data security").as_deref(), Some("data security law"));
    }
}
