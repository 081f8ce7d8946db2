//! What a law tells of its divisions: whether it has such ones, which of them are names, how its items count.
//!
//! Always true: nothing is said of an instrument that the registry does not have.

use super::super::{EntityIx, Lookup, Names, title::fold};

impl Names<'_> {
    /// Whether a law is divided like this at all: laws of China have articles, acts of the United States sections.
    pub(super) fn may_have(&self, entity: Option<EntityIx>, reference: &str) -> bool {
        let row = entity.and_then(|entity| self.entities.row(entity));
        let Some(law) = row.and_then(|row| self.rules.registry.law(row)) else { return true };
        match &*law.jurisdiction {
            "CN" => !reference.strip_prefix('s').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())),
            "US" => {
                !(reference.starts_with('a')
                    && reference[1..].starts_with(|c: char| c.is_ascii_digit())
                    && law.title_en.contains(" Act"))
            }
            _ => true,
        }
    }

    /// The row of the law whose section is a name by itself before what is done under it: "Section 232 investigation"; where the words
    /// around speak of trade, also without that.
    pub(super) fn provision(&self, reference: &str, words: &str, behind: &str, trade: &str) -> Option<u32> {
        let list = self.rules.list("en.law.named_provisions").iter().filter_map(|entry| entry.split_once(' '));
        let spoken = words.replace(' ', "_");
        let (section, title) = { list }.find(|(section, _)| *section == reference || *section == spoken)?;
        let word = behind.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next()?;
        // "IEEPA duties and the Section 122 surcharge", "the Section 232 inquiry"
        let bare = self.rules.list("en.law.bare_provisions").iter().any(|known| known == section)
            && words.starts_with("Section ")
            && !behind.trim_start().starts_with("of ")
            && self.rules.list("en.law.trade_words").iter().any(|word| trade.contains(word.as_str()));
        if !bare && !self.rules.list("en.law.provision_words").iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return None;
        }
        match self.index.lookup(&fold(title)) {
            Lookup::One(row, _) => Some(row),
            _ => None,
        }
    }

    /// The items of a law of the mainland are counted, so that "(v)" is the fifth and no letter.
    pub(super) fn counted_items(&self, entity: Option<EntityIx>, reference: &str) -> Option<String> {
        const COUNTED: [(&str, &str); 3] = [("ii", "i1"), ("iv", "i5"), ("ix", "i10")];
        let row = entity.and_then(|entity| self.entities.row(entity))?;
        if self.rules.registry.law(row)?.jurisdiction.as_ref() != "CN" || !reference.contains(".i") {
            return None;
        }
        let item = |part: &str| {
            let counted = COUNTED.iter().find(|(letter, _)| *letter == part);
            counted.map_or_else(|| part.to_owned(), |(_, number)| (*number).to_owned())
        };
        let list = |list: &str| list.split('.').map(item).collect::<Vec<_>>().join(".");
        let told = reference.split(',').map(list).collect::<Vec<_>>().join(",");
        (told != reference).then_some(told)
    }

    /// The Criminal Law of China where an amendment of it is given an article that only the law can have.
    pub(super) fn criminal_law(&mut self, entity: EntityIx, reference: &str) -> Option<EntityIx> {
        const LAST: u32 = 70;
        let law = self.entities.row(entity).and_then(|row| self.rules.registry.law(row))?;
        let number = reference.strip_prefix('a')?;
        let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let high = number[..digits].parse::<u32>().is_ok_and(|number| number > LAST);
        if !high || !law.title_zh.starts_with("中华人民共和国刑法修正案") {
            return None;
        }
        match self.index.lookup(&fold("中华人民共和国刑法")) {
            Lookup::One(row, _) => Some(self.entities.listed(row)),
            _ => None,
        }
    }
}
