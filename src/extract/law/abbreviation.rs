//! Which statute a short form in 法 means that no list has: 未保法 for 未成年人保护法, 反电诈法 for 反电信网络诈骗法.
//!
//! A short form has characters of the title in their order, from its first on.
//!
//! Always true: only statutes of the mainland, and only where no second one fits.

use rustc_hash::FxHashMap;

use crate::ruleset::Registry;

/// Shortest and longest body of a short form before 法, in characters.
pub const BODY: std::ops::RangeInclusive<usize> = 2..=4;

/// The statutes of the mainland by the first character of their titles.
#[derive(Debug, Default)]
pub struct Abbreviations {
    laws: FxHashMap<char, Vec<(Box<str>, u32)>>,
}

impl Abbreviations {
    /// From the registry.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let mut this = Self::default();
        for (law, row) in registry.laws.iter().zip(0..).filter(|(law, _)| law.jurisdiction == "CN") {
            let short = law.title_zh.strip_prefix("中华人民共和国").unwrap_or(&law.title_zh);
            if let (Some(first), Some(body)) = (short.chars().next(), short.strip_suffix('法'))
                && !short.contains('《')
            {
                this.laws.entry(first).or_default().push((body.into(), row));
            }
        }
        this
    }

    /// The one statute that a short form means.
    #[must_use]
    pub fn statute(&self, title: &str) -> Option<u32> {
        let body = title.strip_suffix('法')?;
        if !BODY.contains(&body.chars().count()) {
            return None;
        }
        let mut fits = self.laws.get(&title.chars().next()?)?.iter().filter(|(full, _)| is_abbreviation(body, full));
        match (fits.next(), fits.next()) {
            (Some(&(_, row)), None) => Some(row),
            _ => None,
        }
    }
}

/// Whether all characters stand in the full title in their order, two of them apart: 物业 is only the beginning of 物业管理.
fn is_abbreviation(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|f| f == c)) && !full.starts_with(short) && full.chars().count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statute_or_none() {
        let registry = crate::ruleset::load(None).unwrap().registry;
        let abbreviations = Abbreviations::new(&registry);
        let title = |short| abbreviations.statute(short).and_then(|row| registry.law(row)).map(|law| &*law.title_zh);
        assert_eq!(title("反电诈法"), Some("中华人民共和国反电信网络诈骗法"));
        assert_eq!(title("职防法"), Some("中华人民共和国职业病防治法"));
        // 民办教育促进法 and 民营经济促进法
        assert_eq!(title("民促法"), None);
        assert_eq!((title("方法"), title("未成年法"), title("教学方法")), (None, None, None));
    }
}
