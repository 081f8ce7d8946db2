//! Which of several instruments a short title means here.
//!
//! "Personal Data Protection Act" is Singapore's, Taiwan's and others'. Rows of other states count where the text speaks
//! of them; among several the one named before is meant, or the one of the state spoken of most.

use super::{
    Names, Tie,
    context::Context,
    jurisdiction::state_before,
    title::{Lookup, dated, fold},
};
use crate::{
    extract::{
        LawName,
        law::wording::{is_han, is_traditional},
    },
    ruleset::{Law, Ruleset, Text},
    text::{Language, Span},
};

pub(super) fn names_china(title: &str) -> bool {
    ["People's Republic of China", "People’s Republic of China", "PRC", "P.R.C.", "China's", "China’s", "Chinese"]
        .iter()
        .any(|name| title.contains(name))
}

/// So many letters are no chance: IEEPA, UFLPA, PIPEDA.
const LONG_ACRONYM: usize = 5;

fn is_acronym(title: &str) -> bool {
    title.len() >= 3 && title.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether what stands before a plan says that it is a region's: "Shanghai's 14th Five-Year Plan".
pub(super) fn of_a_region(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '"', ' ']);
    let Some(owner) = before.strip_suffix("'s").or_else(|| before.strip_suffix("’s")) else { return false };
    let word = owner.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    const OWN: [&str; 18] = [
        "China",
        "PRC",
        "Beijing",
        "country",
        "nation",
        "State",
        "state",
        "government",
        "Government",
        "Council",
        "Republic",
        "Party",
        "Committee",
        "Commission",
        "NDRC",
        "Mainland",
        "Jinping",
        "Xi",
    ];
    // "The city's 14th Five-Year Plan"
    const PLACES: [&str; 9] =
        ["city", "province", "county", "district", "municipality", "region", "town", "company", "ministry"];
    word.starts_with(|c: char| c.is_uppercase()) && !OWN.contains(&word) || PLACES.contains(&word)
}

/// Whether the words behind a title say that it is another country's: "the Cybersecurity Law of Vietnam".
pub(super) fn is_elsewhere(behind: &str) -> bool {
    let Some(place) = behind.strip_prefix(" of ") else { return false };
    let place = place.strip_prefix("the ").unwrap_or(place);
    place.starts_with(|c: char| c.is_ascii_uppercase())
        && !["China", "PRC", "People", "Republic of China", "Mainland"].iter().any(|own| place.starts_with(own))
}

/// Of several instruments with the title of a document the one that the document is: the one whose full title it is, else
/// the mainland's where title and text are from there.
pub(super) fn of_document(rows: &[u32], title: &str, text: &str, rules: &Ruleset) -> Option<u32> {
    let only = |fits: &dyn Fn(&Law) -> bool| {
        let mut fit = rows.iter().copied().filter(|row| rules.registry.law(*row).is_some_and(fits));
        fit.next().filter(|_| fit.next().is_none())
    };
    if title.contains("中华人民共和国") || names_china(title) {
        let full = only(&|law| law.jurisdiction == "CN" && (*law.title_zh == *title || *law.title_en == *title));
        return full.or_else(|| only(&|law| law.jurisdiction == "CN"));
    }
    let mainland = title.chars().any(is_han) && !is_traditional(title) && !is_traditional(text);
    only(&|law| mainland && law.jurisdiction == "CN")
}

impl Names<'_> {
    /// "Natural Gas Act of 1938", where the registry has the act without its year and with the dates of its making.
    pub(super) fn of_year(&self, key: &str) -> Option<u32> {
        let (bare, year) = dated(key)?;
        let fits = |row: u32| self.is_of_year(row, year);
        match self.index.lookup(bare) {
            // "PRC Company Law (2023)"
            Lookup::One(row, _) => fits(row).then_some(row),
            // "the Civil Code of 2020" is one of several.
            Lookup::Several(rows) => {
                let mut of_year = rows.iter().copied().filter(|&row| fits(row));
                of_year.next().filter(|_| of_year.next().is_none())
            }
            _ => None,
        }
    }

    /// Whether a row was made, changed or put into force in a year.
    pub(super) fn is_of_year(&self, row: u32, year: &str) -> bool {
        let law = self.rules.registry.law(row);
        law.is_some_and(|l| [&l.promulgated, &l.effective, &l.last_amended].iter().any(|d| d.starts_with(year)))
    }

    /// "the 2022 CHIPS Act": the year before an English title is none of it, but tells which act it is.
    pub(super) fn of_year_before(&mut self, span: Span, name: &LawName, context: &Context) -> Option<Tie> {
        let before = self.text[..span.start()].strip_suffix(' ')?;
        let year = before.get(before.len().checked_sub(4)?..).filter(|year| is_number(year))?;
        let apart =
            !before[..before.len() - 4].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.'));
        if !apart || name.language != Some(Language::En) || !year.starts_with(['1', '2']) {
            return None;
        }
        let dated = LawName { title: format!("{year} {}", name.title), ..name.clone() };
        let key = fold(&dated.title);
        let tie = self.tie(span, &dated, &key, context);
        tie.entity.filter(|entity| self.entities.row(*entity).is_some()).is_some().then_some(tie)
    }

    /// Whether a short title may mean this row here.
    pub(super) fn at_home(&self, row: u32, name: &LawName) -> bool {
        let Some(law) = self.rules.registry.law(row) else { return true };
        let english = name.language == Some(Language::En);
        if self.is_vague(law, name) {
            return false;
        }
        // 1977年国际紧急经济权力法: the year is the law's own.
        let year = name.title.trim_start_matches(['《', '〈']).get(..4).filter(|year| is_number(year));
        if year.is_some_and(|year| law.promulgated.starts_with(year) || law.title_en.ends_with(year)) {
            return true;
        }
        // "section 155 of the DPA 2018": letters and year are those of one act.
        let lettered = |(letters, year): (&str, &str)| {
            is_acronym(letters) && year.len() == 4 && is_number(year) && law.title_en.ends_with(year)
        };
        if english && name.title.split_once(' ').is_some_and(lettered) {
            return true;
        }
        match &*law.jurisdiction {
            // "Merger Regulation" and "Machinery Regulation" are titles of others, too.
            "EU" if english && name.title.ends_with(" Regulation") && name.title.split(' ').count() <= 3 => {
                name.title.contains("EU") || name.title.contains("Europe") || self.speaks_of(row)
            }
            "EU" | "INT" => true,
            "CN" if !english => true,
            // Texts in Taiwan's characters need not say where they are from.
            "TW" if !english && self.traditional => true,
            state => {
                // "Cybersecurity Law of the PRC" says whose it is, and PIPL is no title that others have, too; nor are IEEPA and
                // "Anti-Foreign Sanctions Law".
                let only = || self.rules.list("en.law.only_chinese").contains(&name.title);
                let says = state == "CN" && (names_china(&name.title) || is_acronym(&name.title) || only())
                    || is_acronym(&name.title) && name.title.len() >= LONG_ACRONYM;
                // China has laws and no acts, so that it casts no shadow on a long title of one.
                let long = english && state == "US" && self.is_long(name);
                let cued = || {
                    state == "US" && self.spoken.of_america_by_cue(self.text, self.rules)
                        || english && self.spoken.by_hints(state, self.text, self.rules)
                };
                (says
                    || self.speaks_of(row)
                    || long
                    || cued()
                    || state == "CN" && !self.spoken.of_others("CN", self.text, self.rules))
                    && !(english && !says && !long && self.spoken.overshadowed(state, self.text, self.rules))
                    && !(english && !says && state == "CN" && self.speaks_of_abroad())
            }
        }
    }

    /// Whether a title is so long that no other state has an act with it, none of those being named that may: "Uyghur Forced Labor
    /// Prevention Act", but not "Data Protection Act"; a text about China, which has no acts, means such a one by two words.
    fn is_long(&self, name: &LawName) -> bool {
        const SMALL: [&str; 8] = ["of", "the", "and", "for", "on", "to", "in", "Act"];
        let words = name.title.split([' ', '-']).filter(|word| !SMALL.contains(word));
        let words = words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).count();
        let telling = name.title.ends_with(" Act") || name.title.split(' ').next_back().is_some_and(is_number);
        let least = if self.spoken.of("CN", self.text, self.rules) { 2 } else { 3 };
        words >= least && telling && !self.spoken.of_alike("US", self.text, self.rules)
    }

    /// Whether a short form is said of many instruments, and the text does not have this one's whole title: 《备案办法》.
    fn is_vague(&self, law: &Law, name: &LawName) -> bool {
        let whole = || law.title_zh.trim_start_matches("中华人民共和国");
        self.rules.list("zh.law.vague_names").contains(&name.title)
            && memchr::memmem::find(self.text.as_bytes(), whole().as_bytes()).is_none()
    }

    /// Whether a text is rather about another country than about China: "The Cybersecurity Law" in a text on Vietnam.
    fn speaks_of_abroad(&self) -> bool {
        self.spoken.is_less("CN", self.most_named(), self.text, self.rules)
    }

    /// Whether a text speaks so much more often of China than of any other country that what it calls a law is China's.
    pub(super) fn overshadows_all(&self) -> bool {
        self.spoken.is_less_than_china(self.most_named(), self.text, self.rules)
    }

    /// Whether a text names any country besides China, its regions and the Union.
    pub(super) fn names_countries(&self) -> bool {
        self.most_named() > 0
    }

    fn most_named(&self) -> usize {
        *self.foreign.get_or_init(|| self.index.countries.most(self.text))
    }

    /// Whether a row has a title here that is short enough for other states' laws: "Civil Code", "Budget Law", "Personal
    /// Information Protection Act".
    pub(super) fn is_common(&self, row: u32, name: &LawName, key: &str) -> bool {
        name.language == Some(Language::En)
            && !names_china(&name.title)
            && !key.ends_with(|c: char| c.is_ascii_digit())
            && self.rules.registry.law(row).is_some_and(|law| match &*law.jurisdiction {
                "EU" | "INT" => false,
                "CN" => key.split(' ').count() <= 3,
                "US" => key.split(' ').count() <= 2 && self.spoken.of_others("US", self.text, self.rules),
                _ => key.split(' ').count() <= 4,
            })
    }

    /// Whether a text in traditional characters is one of Hong Kong or Macao, not of Taiwan.
    pub(super) fn is_of_hong_kong(&self) -> bool {
        let of = |state: &str| self.spoken.of(state, self.text, self.rules);
        self.traditional && !of("TW") && (of("HK") || of("MO"))
    }

    /// The row of Hong Kong or Macao with this title, in a text of theirs.
    pub(super) fn of_hong_kong(&self, span: Span, name: &LawName, key: &str) -> Option<u32> {
        if !self.is_of_hong_kong() {
            return None;
        }
        let law = |row: &u32| self.rules.registry.law(*row).is_some_and(|l| matches!(&*l.jurisdiction, "HK" | "MO"));
        self.in_simplified(span, name, key).filter(law)
    }

    /// The row that a title in traditional characters means whose registry has it in simplified ones: 《聯合國海洋法公約》,
    /// 《反外國制裁法》. Taiwan's own are there in their own characters, and a law of the mainland is meant only where the text
    /// says so.
    pub(super) fn in_simplified(&self, span: Span, name: &LawName, key: &str) -> Option<u32> {
        if name.language != Some(Language::Zh) || key.is_ascii() {
            return None;
        }
        let simplified = self.index.simplified(key);
        if simplified == key && !self.traditional {
            return None;
        }
        let mut rows = match self.index.lookup(&fold(&simplified)) {
            Lookup::One(row, _) => vec![row],
            Lookup::Several(rows) => rows,
            Lookup::None if self.traditional => self.in_words_of_states(&simplified),
            Lookup::None => return None,
        };
        let of = |state: &str| self.spoken.of(state, self.text, self.rules);
        let told = state_before(self.text, span.start(), self.rules, &self.index.states);
        rows.retain(|&row| {
            let Some(law) = self.rules.registry.law(row) else { return false };
            match &*law.jurisdiction {
                "TW" => false,
                "EU" if simplified.ends_with('法') => of("EU"),
                "EU" | "INT" => true,
                "CN" if self.is_numbered_of_macao(span) => false,
                "CN" => {
                    name.title.contains("人民共和")
                        || law.title_zh.contains("特别行政区")
                            && (self.speaks_of_region() || name.title.starts_with('港'))
                        || told == Some("CN")
                        || self.is_of_mainland(span, name)
                        || self.is_of_hong_kong()
                }
                state => of(state),
            }
        });
        match rows[..] {
            [row] => Some(row),
            _ => None,
        }
    }

    /// The rows of the mainland, the Union and America whose titles these are in Taiwan's words.
    fn in_words_of_states(&self, simplified: &str) -> Vec<u32> {
        ["CN", "EU", "US"].iter().flat_map(|state| self.in_own_words(simplified, state)).collect()
    }

    /// "China passed the National Security Law" in an English text without Hong Kong is none of Hong Kong's.
    pub(super) fn leave_regions(&self, rows: &mut Vec<u32>, name: &LawName) {
        let of = |state: &str| self.spoken.of(state, self.text, self.rules);
        let regional = |row: &u32| self.rules.registry.law(*row).is_some_and(|law| law.title_zh.contains("特别行政区"));
        let others = rows.iter().any(|row| !regional(row));
        if name.language == Some(Language::En) && others && of("CN") && !of("HK") && !of("MO") {
            rows.retain(|row| !regional(row));
        }
    }

    pub(super) fn speaks_of(&self, row: u32) -> bool {
        let Some(law) = self.rules.registry.law(row) else { return true };
        self.spoken.of(&law.jurisdiction, self.text, self.rules)
    }

    /// Between several readings: the one named before, else the one of the jurisdiction that the document speaks of.
    pub(super) fn choose(&self, rows: &[u32], name: &LawName, context: &Context) -> Option<u32> {
        // "National Security Law of the People's Republic of China" says which one it is.
        if name.title.contains("中华人民共和国") || name.title.contains("Republic of China") {
            let key = fold(&name.title);
            let mut full = rows.iter().filter(|row| {
                self.rules
                    .registry
                    .law(**row)
                    .is_some_and(|l| l.jurisdiction == "CN" && (fold(&l.title_zh) == key || fold(&l.title_en) == key))
            });
            if let (Some(&row), None) = (full.next(), full.next()) {
                return Some(row);
            }
        }
        // 《基本法》 in a text that speaks of one of the two regions, or of one much more
        let region = |word: &str| {
            let of = |row: &&u32| self.rules.registry.law(**row).is_some_and(|law| law.title_zh.contains(word));
            let mut fit = rows.iter().filter(of);
            fit.next().filter(|_| fit.next().is_none()).copied()
        };
        let rather = self.spoken.rather(["HK", "MO"], self.text, self.rules);
        if let (Some(hong_kong), Some(macao)) = (region("香港"), region("澳门"))
            && let Some(state) = rather
            // 宪法和基本法 in a report of the State Council are both.
            && (self.traditional || ["HK", "MO"].iter().any(|state| !self.spoken.of(state, self.text, self.rules)))
        {
            return Some(if state == "HK" { hong_kong } else { macao });
        }
        let named = |row: &&u32| context.recent.iter().any(|(_, e)| *e == self.entities.listed(**row));
        let mut earlier = rows.iter().filter(named);
        if let (Some(&row), None) = (earlier.next(), earlier.next()) {
            return Some(row);
        }
        let of = |jurisdiction: &str| {
            let mut fit =
                rows.iter().filter(|r| self.rules.registry.law(**r).is_some_and(|l| l.jurisdiction == jurisdiction));
            match (fit.next(), fit.next()) {
                (Some(&row), None) => Some(row),
                _ => None,
            }
        };
        let mut most: Vec<(&Text, &u32)> = context.jurisdictions.iter().collect();
        most.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        if let Some(row) = most.first().and_then(|(j, _)| of(j)) {
            return Some(row);
        }
        if name.language == Some(Language::Zh) && !self.traditional && most.is_empty() { of("CN") } else { None }
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
