//! Which of several instruments a short title means here.
//!
//! "Personal Data Protection Act" is Singapore's, Taiwan's and others'. Rows of other states count where the text speaks
//! of them; among several the one named before is meant, or the one of the state spoken of most.

use super::{
    Link, Names, Tie,
    context::Context,
    jurisdiction::state_before,
    title::{Lookup, dated, fold, without_revision},
};
use crate::{
    extract::{
        LawName,
        law::wording::{is_han, is_traditional},
    },
    ruleset::{Law, Ruleset, Text},
    text::{Language, Span},
};

fn names_china(title: &str) -> bool {
    ["People's Republic of China", "People’s Republic of China", "PRC", "P.R.C.", "China's", "China’s", "Chinese"]
        .iter()
        .any(|name| title.contains(name))
}

/// So many letters are no chance: IEEPA, UFLPA, PIPEDA.
const LONG_ACRONYM: usize = 5;

fn is_acronym(title: &str) -> bool {
    title.len() >= 3 && title.bytes().all(|b| b.is_ascii_uppercase())
}

/// "Regulations for the Implementation of the Land Administration Law" of "Implementing Regulations of the Land Administration Law".
fn carrying_out(title: &str) -> Option<String> {
    let title = title.strip_prefix("Detailed ").unwrap_or(title);
    let rest = ["Implementing ", "Implementation ", "Enforcement "].iter().find_map(|word| title.strip_prefix(word))?;
    let (head, law) = rest.split_once(' ')?;
    let law = ["of the ", "for the ", "of ", "for ", "to the "].iter().find_map(|of| law.strip_prefix(of))?;
    Some(format!("{head} for the Implementation of the {law}"))
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
    word.starts_with(|c: char| c.is_uppercase()) && !OWN.contains(&word)
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
        let fits = |row: u32| {
            let law = self.rules.registry.law(row);
            law.is_some_and(|l| [&l.promulgated, &l.effective, &l.last_amended].iter().any(|d| d.starts_with(year)))
        };
        match self.index.lookup(bare) {
            Lookup::One(row, Link::Exact | Link::Alias) => fits(row).then_some(row),
            // "the Civil Code of 2020" is one of several.
            Lookup::Several(rows) => {
                let mut of_year = rows.iter().copied().filter(|&row| fits(row));
                of_year.next().filter(|_| of_year.next().is_none())
            }
            _ => None,
        }
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
                let cued = || state == "US" && self.spoken.of_america_by_cue(self.text, self.rules);
                (says
                    || self.speaks_of(row)
                    || cued()
                    || state == "CN" && !self.spoken.of_others("CN", self.text, self.rules))
                    && !(english && !says && self.spoken.overshadowed(state, self.text, self.rules))
                    && !(english && !says && state == "CN" && self.speaks_of_abroad())
            }
        }
    }

    /// Whether a short form is said of many instruments, and the text does not have this one's whole title: 《备案办法》.
    fn is_vague(&self, law: &Law, name: &LawName) -> bool {
        let whole = || law.title_zh.trim_start_matches("中华人民共和国");
        self.rules.list("zh.law.vague_names").contains(&name.title)
            && memchr::memmem::find(self.text.as_bytes(), whole().as_bytes()).is_none()
    }

    /// Whether a text is rather about another country than about China: "The Cybersecurity Law" in a text on Vietnam.
    fn speaks_of_abroad(&self) -> bool {
        let most = *self.foreign.get_or_init(|| self.index.countries.most(self.text));
        self.spoken.is_less("CN", most, self.text, self.rules)
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

    /// The row that an English title of nobody's list means all the same: a translation of one's own. Only where the
    /// text speaks of the mainland, because the instruments of Taiwan have titles that are much alike.
    pub(super) fn alike(&self, span: Span, name: &LawName) -> Option<u32> {
        let of = |state: &str| self.spoken.of(state, self.text, self.rules);
        match name.language {
            Some(Language::En)
                if of("CN") && (!of("TW") || self.spoken.rather(["CN", "TW"], self.text, self.rules) == Some("CN")) =>
            {
                let told = state_before(self.text, span.start(), self.rules, &self.index.states)
                    .or_else(|| self.country(span, name));
                if told.is_some_and(|state| state != "CN") {
                    return None;
                }
                let likeness = self.index.likeness(self.rules);
                // "Law of the PRC on Doctors (2021 Revision)"
                let title = without_revision(&name.title).unwrap_or(&name.title);
                // "PI Compliance Audit Measures"
                let spelled = title.strip_prefix("PI ").map(|rest| format!("Personal Information {rest}"));
                let title = spelled.as_deref().unwrap_or(title);
                // "Regulation on Museums"
                let plural = || {
                    let title = title.strip_prefix("Regulation ").map(|rest| format!("Regulations {rest}"))?;
                    match self.index.lookup(&fold(&title)) {
                        Lookup::One(row, _) if self.rules.registry.law(row)?.jurisdiction.as_ref() == "CN" => Some(row),
                        _ => None,
                    }
                };
                let turned = || carrying_out(title).and_then(|title| likeness.translated(&title));
                let own = told.is_some() || names_china(&name.title) || name.title.ends_with(" of China");
                let called = || likeness.called(title).filter(|&row| own || self.at_home(row, name));
                let loose = || if own { likeness.loosely(title) } else { None };
                called().or_else(plural).or_else(|| likeness.translated(title)).or_else(turned).or_else(loose)
            }
            Some(Language::En) if of("TW") && !self.spoken.of_others("TW", self.text, self.rules) => {
                self.by_other_head(&name.title)
            }
            _ => None,
        }
    }

    /// "Consumer Protection Law" in a text of Taiwan, where older translations put Law or Statute for what is an Act today.
    fn by_other_head(&self, title: &str) -> Option<u32> {
        const HEADS: [&str; 3] = [" Act", " Law", " Statute"];
        let stem = HEADS.iter().find_map(|head| title.strip_suffix(head))?;
        let rows = HEADS.iter().flat_map(|head| match self.index.lookup(&fold(&format!("{stem}{head}"))) {
            Lookup::One(row, _) => vec![row],
            Lookup::Several(rows) => rows,
            Lookup::None => Vec::new(),
        });
        let of_taiwan = |row: &u32| self.rules.registry.law(*row).is_some_and(|law| &*law.jurisdiction == "TW");
        let mut rows: Vec<u32> = rows.filter(of_taiwan).collect();
        rows.sort_unstable();
        rows.dedup();
        let [row] = rows[..] else { return None };
        Some(row)
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
