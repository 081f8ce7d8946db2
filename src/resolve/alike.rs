//! The row that a title of nobody's list means all the same: a translation of one's own, an abbreviation.
//!
//! "Measures for Security Assessment of Data Exit" stands in no list, and "Regulations on the Unreliable Entity List" are Provisions in
//! the official English. Which row has these words is found in `likeness.rs`; here stands when a text may mean it at all.
//!
//! Always true: a text that speaks of another state, and of China nowhere near, is given no instrument of China by its likeness.

use std::cell::LazyCell;

use super::{
    Names,
    choice::names_china,
    context::Context,
    jurisdiction::state_before,
    likeness::{Likeness, year_behind},
    title::{Lookup, fold, without_revision},
};
use crate::{
    extract::LawName,
    text::{Language, Span},
};

/// "Regulations for the Implementation of the Land Administration Law" of "Implementing Regulations of the Land Administration Law".
fn carrying_out(title: &str) -> Option<String> {
    let title = title.strip_prefix("Detailed ").unwrap_or(title);
    // "Regulations Implementing the Foreign Investment Law", "Foreign Investment Law Implementing Regulations"
    if let Some((head, law)) = title.split_once(" Implementing the ").or_else(|| title.split_once(" Implementing "))
        && (law.ends_with(" Law") || head.ends_with(" Law"))
    {
        let (head, law) = if law.ends_with(" Law") { (head, law) } else { (law, head) };
        return Some(format!("{head} for the Implementation of the {law}"));
    }
    let rest = ["Implementing ", "Implementation ", "Enforcement "].iter().find_map(|word| title.strip_prefix(word))?;
    let (head, law) = rest.split_once(' ')?;
    let law = ["of the ", "for the ", "of ", "for ", "to the "].iter().find_map(|of| law.strip_prefix(of))?;
    Some(format!("{head} for the Implementation of the {law}"))
}

impl Names<'_> {
    /// The row that an English title of nobody's list means all the same: a translation of one's own, an abbreviation. Only
    /// where the text speaks of the mainland, because the instruments of Taiwan have titles that are much alike.
    pub(super) fn alike(&self, span: Span, name: &LawName, context: &Context) -> Option<u32> {
        let english = name.language == Some(Language::En);
        let found = || {
            let found = self.translated(span, name, context).or_else(|| self.by_abbreviation(name));
            found.or_else(|| self.alike_abroad(span, name))
        };
        if english { found() } else { None }
    }

    fn translated(&self, span: Span, name: &LawName, context: &Context) -> Option<u32> {
        let of = |state: &str| self.spoken.of(state, self.text, self.rules);
        // "The Cybersecurity Law, the Data Safety Law and …": one that is known is China's, so the text speaks of it.
        let speaks = of("CN") || context.jurisdictions.contains_key("CN") && !self.of_others_than_china();
        if !speaks {
            if of("TW") && !self.spoken.of_others("TW", self.text, self.rules) {
                return self.by_other_head(&name.title);
            }
            // So many words are no chance where no state is named.
            let likeness = self.index.likeness(self.rules);
            let called = || likeness.called(&name.title).filter(|&row| self.at_home(row, name));
            let whole = || likeness.whole(&name.title).or_else(called);
            return if self.of_others_than_china() { None } else { whole() };
        }
        if of("TW") && self.spoken.rather(["CN", "TW"], self.text, self.rules) != Some("CN") {
            return None;
        }
        let told =
            state_before(self.text, span.start(), self.rules, &self.index.states).or_else(|| self.country(span, name));
        if told.is_some_and(|state| state != "CN") {
            return None;
        }
        // "Law of the PRC on Doctors (2021 Revision)"
        let title = without_revision(&name.title).unwrap_or(&name.title);
        let (title, year) = year_behind(title).map_or((title, None), |(title, year)| (title, Some(year)));
        let own = told.is_some()
            || names_china(title)
            || title.ends_with(" of China")
            || self.index.countries.of_clause(self.text, span) == Some("CN");
        let row = self.alike_of_china(title, name, own, own || self.is_about_china(span, context))?;
        year.is_none_or(|year| self.is_of_year(row, year)).then_some(row)
    }

    /// "the MiCA Regulation", "Germany's NetzDG Act": an abbreviation that names the instrument by itself, and its kind once more.
    fn by_abbreviation(&self, name: &LawName) -> Option<u32> {
        let (short, head) = name.title.split_once(' ')?;
        let capitals = short.bytes().filter(u8::is_ascii_uppercase).count();
        if capitals < 2 || short.len() < 3 || !matches!(head, "Regulation" | "Act" | "Law" | "Directive" | "Treaty") {
            return None;
        }
        let Lookup::One(row, _) = self.index.lookup(&fold(short)) else { return None };
        self.at_home(row, &LawName { title: short.to_owned(), ..name.clone() }).then_some(row)
    }

    /// Whether a text is about China, so that a law is China's without being called so: it speaks of no other state, or of each far
    /// less, and of none in the clause before the title.
    fn is_about_china(&self, span: Span, context: &Context) -> bool {
        let others = || {
            !self.spoken.overshadowed("CN", self.text, self.rules)
                && self.overshadows_all()
                && !self.index.countries.is_in_clause(self.text, span)
        };
        let named = self.spoken.by_name("CN", "Chinese", self.text, self.rules);
        let law = context.jurisdictions.contains_key("CN") && !context.jurisdictions.contains_key("TW");
        (named || law) && (!self.of_others_than_china() || others())
    }

    /// A title of another state, or of a treaty, in words of one's own: "Holding Foreign Companies Accountable Law", "UN Climate
    /// Convention". That state stands beside it, or the text speaks of it.
    fn alike_abroad(&self, span: Span, name: &LawName) -> Option<u32> {
        const OF_UNION: [&str; 3] = ["EU ", "European ", "EU's "];
        const OF_AMERICA: [&str; 4] = ["US ", "U.S. ", "American ", "United States "];
        let begins = |words: &[&str]| words.iter().find_map(|word| name.title.strip_prefix(word));
        let (title, inside) = begins(&OF_UNION)
            .map(|rest| (rest, Some("EU")))
            .unwrap_or_else(|| begins(&OF_AMERICA).map_or((name.title.as_str(), None), |rest| (rest, Some("US"))));
        let before = || state_before(self.text, span.start(), self.rules, &self.index.states);
        let told = LazyCell::new(|| inside.or_else(before).or_else(|| self.country(span, name)));
        let may = |row: u32| {
            let Some(law) = self.rules.registry.law(row) else { return false };
            match (&*law.jurisdiction, *told) {
                ("INT", told) => told.is_none(),
                (state, Some(told)) => state == told,
                (state, None) => {
                    (state == "US" || self.spoken.of(state, self.text, self.rules)) && self.at_home(row, name)
                }
            }
        };
        let few = |row: u32| {
            self.rules
                .registry
                .law(row)
                .is_some_and(|law| !matches!(&*law.jurisdiction, "AU" | "CA" | "TW" | "UK" | "US"))
        };
        // "First Nation Goods and Services Tax Law" is a law under the act of Canada.
        let head = name.title.rsplit(' ').next().filter(|head| matches!(*head, "Act" | "Law"));
        let row = self.index.abroad(self.rules).meant(title, &may, &few)?;
        let law = self.rules.registry.law(row)?;
        if told.is_none() && law.jurisdiction != "US" && head.is_some_and(|head| !law.title_en.contains(head)) {
            return None;
        }
        year_behind(&name.title).is_none_or(|(_, year)| self.is_of_year(row, year)).then_some(row)
    }

    /// Whether a text speaks of any other state than China, and be it once.
    fn of_others_than_china(&self) -> bool {
        self.spoken.of_others("CN", self.text, self.rules) || self.names_countries()
    }

    /// The row of China, which the text speaks of; `own` says that it is named beside the title, `about` that the text is about it.
    fn alike_of_china(&self, title: &str, name: &LawName, own: bool, about: bool) -> Option<u32> {
        let likeness: &Likeness = self.index.likeness(self.rules);
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
        let called = || likeness.called(title).filter(|&row| about || self.at_home(row, name));
        // An act is called a law of China beside its name only.
        let loose = || if own || about && !title.ends_with(" Act") { likeness.loosely(title, own) } else { None };
        called().or_else(plural).or_else(|| likeness.translated(title)).or_else(turned).or_else(loose)
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
}
