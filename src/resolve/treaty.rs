//! Treaties by titles that differ in small words: 《公民权利与政治权利国际公约》, 《气候变化框架公约》.
//!
//! The official titles have 和 where others write 与, and 联合国 at their beginning, which many leave out.
//!
//! Always true: what is found is a treaty whose title has all other characters.

use super::{Names, title::Lookup};
use crate::extract::law::wording::is_han;

/// What the titles of treaties end with.
const HEADS: [&str; 4] = ["公约", "条约", "协定", "议定书"];

impl Names<'_> {
    /// The treaty that a title means which is nearly its own.
    pub(super) fn treaty(&self, key: &str) -> Option<u32> {
        if !HEADS.iter().any(|head| key.ends_with(head)) || !key.chars().all(is_han) {
            return None;
        }
        let mut found = variants(key).into_iter().filter_map(|title| match self.index.lookup(&title) {
            Lookup::One(row, _) => Some(row),
            _ => None,
        });
        found.find(|&row| self.rules.registry.law(row).is_some_and(|law| &*law.jurisdiction == "INT"))
    }
}

/// The title with the other joint, with and without 联合国 before it.
fn variants(key: &str) -> Vec<String> {
    let mut titles = vec![key.to_owned(), key.replace('与', "和"), key.replace('和', "与"), key.replace('及', "和")];
    titles.dedup();
    let whole: Vec<String> = titles.iter().map(|title| format!("联合国{title}")).collect();
    titles.extend(whole);
    titles.extend(key.strip_prefix("联合国").map(str::to_owned));
    titles.retain(|title| title != key);
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_of_titles() {
        assert!(variants("气候变化框架公约").contains(&"联合国气候变化框架公约".to_owned()));
        assert!(variants("公民权利与政治权利国际公约").contains(&"公民权利和政治权利国际公约".to_owned()));
        assert!(!variants("巴黎协定").contains(&"巴黎协定".to_owned()));
    }
}
