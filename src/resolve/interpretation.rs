//! Which judicial interpretation an English name means: "Company Law Interpretation (III)" is
//! 最高人民法院关于适用《中华人民共和国公司法》若干问题的规定（三）.
//!
//! Always true: the law, the number and the part of the law agree, and one row alone does; else nothing is said.

use rustc_hash::FxHashMap;

use super::{
    Names,
    title::{Lookup, TitleIndex, fold},
};
use crate::{
    extract::{LawName, law::wording::roman},
    ruleset::Ruleset,
    text::Language,
};

/// Parts of the Civil Code as translators call them, and as the titles of interpretations do.
const PARTS: [(&str, &str); 9] = [
    ("general provisions", "总则编"),
    ("contract", "合同编"),
    ("marriage", "婚姻家庭编"),
    ("family", "婚姻家庭编"),
    ("inheritance", "继承编"),
    ("succession", "继承编"),
    ("property", "物权编"),
    ("real rights", "物权编"),
    ("tort", "侵权责任编"),
];

impl Names<'_> {
    /// The row of the interpretation that an English name means.
    pub(super) fn interpretation(&self, name: &LawName) -> Option<u32> {
        if name.language != Some(Language::En) {
            return None;
        }
        let (law, part, number) = read(&name.title)?;
        let (Lookup::One(row, _), true) = (self.index.lookup(&fold(law)), law.contains(' ')) else {
            // "Civil Code" is Taiwan's, too.
            let Lookup::Several(rows) = self.index.lookup(&fold(law)) else { return None };
            let mut chinese = rows.into_iter().filter(|&row| self.is_mainlands(row));
            let row = chinese.next().filter(|_| chinese.next().is_none())?;
            return self.index.interpretation(self.rules, row, part, number);
        };
        self.is_mainlands(row).then(|| self.index.interpretation(self.rules, row, part, number))?
    }

    fn is_mainlands(&self, row: u32) -> bool {
        self.rules.registry.law(row).is_some_and(|law| law.jurisdiction == "CN")
    }
}

impl TitleIndex {
    /// The one interpretation of a law with this part and number; without a number one that has none.
    fn interpretation(&self, rules: &Ruleset, law: u32, part: Option<&str>, number: Option<u32>) -> Option<u32> {
        let all = self.interpretations.get_or_init(|| {
            let mut found: FxHashMap<String, Vec<u32>> = FxHashMap::default();
            for (law, row) in rules.registry.laws.iter().zip(0..) {
                let of = law.title_zh.strip_prefix("最高人民法院关于适用《").and_then(|rest| rest.split_once('》'));
                if let Some((of, _)) = of.filter(|_| law.level == "judicial_interpretation") {
                    found.entry(fold(of)).or_default().push(row);
                }
            }
            found
        });
        let law = fold(&rules.registry.law(law)?.title_zh);
        let mut fit = all.get(&law)?.iter().copied().filter(|&row| {
            rules.registry.law(row).is_some_and(|row| {
                let title = &row.title_zh;
                let said = number.and_then(|number| NUMBERS.get(number.checked_sub(1)? as usize));
                let numbered = NUMBERS.iter().any(|numeral| title.ends_with(&format!("（{numeral}）")));
                let alike = match (number, said) {
                    (Some(_), Some(numeral)) => title.ends_with(&format!("（{numeral}）")),
                    (Some(_), None) => false,
                    (None, _) => !numbered && title.ends_with("解释"),
                };
                let of_part = PARTS.iter().any(|(_, part)| title.contains(part));
                alike && part.map_or(!of_part, |part| title.contains(part))
            })
        });
        fit.next().filter(|_| fit.next().is_none())
    }
}

const NUMBERS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The law, the part of it and the number in the name of an interpretation.
fn read(title: &str) -> Option<(&str, Option<&'static str>, Option<u32>)> {
    let at = title.find("Interpretation")?;
    let (before, behind) = (title[..at].trim_end(), title[at + "Interpretation".len()..].trim_start_matches('s'));
    let before = before.strip_suffix("Judicial").unwrap_or(before).trim_end();
    let (said, law) = match behind.split_once(" of the ").or_else(|| behind.split_once(" on the ")) {
        Some((said, law)) => (said, law),
        None => (behind, before),
    };
    let (part, law) = match law.split_once(" of the ") {
        Some((part, law)) => {
            let part = part.to_ascii_lowercase();
            (Some(PARTS.iter().find(|(word, _)| part.contains(word)).map(|(_, part)| *part)?), law)
        }
        None => (None, law),
    };
    let (law, told) = law.split_once(" (").map_or((law, said), |(law, number)| (law, number));
    let number = told.trim_matches([' ', '(', ')']).trim_start_matches("No. ");
    let number = if number.is_empty() { None } else { Some(number.parse().ok().or_else(|| roman(number))?) };
    (!law.is_empty()).then_some((law, part, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_part_and_number() {
        assert_eq!(read("Company Law Interpretation (III)"), Some(("Company Law", None, Some(3))));
        assert_eq!(read("Judicial Interpretation III of the Company Law"), Some(("Company Law", None, Some(3))));
        assert_eq!(
            read("Interpretation (II) of the Marriage and Family Part of the Civil Code"),
            Some(("Civil Code", Some("婚姻家庭编"), Some(2)))
        );
        assert_eq!(read("Interpretation of the Labor Law (2)"), Some(("Labor Law", None, Some(2))));
        assert_eq!(read("Labor Law"), None);
    }
}
