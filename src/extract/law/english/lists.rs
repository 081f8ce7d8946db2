//! Lists of the rule file in the forms in which they are asked.
//!
//! "Ministry of Commerce=商务部" is a pair, "purchase agreement" is looked up by its last word, and every country may own a law.

use rustc_hash::FxHashMap;

use super::{class, words::Lexicon};

/// "Ministry of Commerce=商务部" as two.
pub(super) fn pairs(list: &[String]) -> Vec<(String, String)> {
    list.iter().filter_map(|entry| entry.split_once('=')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// Phrases by their last word.
pub(super) fn by_last_word(list: &[String]) -> FxHashMap<String, Vec<String>> {
    let mut by_last: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for phrase in list {
        if let Some(last) = phrase.rsplit(' ').next() {
            by_last.entry(last.to_owned()).or_default().push(phrase.clone());
        }
    }
    by_last
}

/// Makes owners of countries: "VN Vietnam|Viet Nam|Vietnamese", by the last word of each name.
pub(super) fn own(countries: &[String], lexicon: &mut Lexicon) {
    for entry in countries {
        let names = entry.split_once(' ').map_or("", |(_, names)| names);
        for word in names.split('|').filter_map(|name| name.rsplit(' ').next()) {
            lexicon.add(word, class::OWNER);
        }
    }
}
