//! Abbreviations that nothing defines, by the first letters of titles of the registry: DPA 2018, the CCPA, Article 58 of the EPL.
//!
//! Writers for those who know the law never spell it out. With its year an abbreviation is one act; without, four letters of an act of
//! the United States are, in a text that speaks of them.
//!
//! Always true: one row alone has these letters, and the text explains them nowhere.

use rustc_hash::FxHashMap;

use super::{
    Page, class, known,
    words::{Gap, Lexicon, Shape},
};
use crate::{extract::mention::Value, ruleset::Registry};

/// Bodies with the letters of an act, and acts that are nobody's alone.
const BODIES: [&str; 20] = [
    "CISA", "OSHA", "NTIA", "FEMA", "NNSA", "DCSA", "HRSA", "NASA", "USDA", "NOAA", "FINRA", "CFAA", "ARPA", "CETA",
    "IDEA", "AAPA", "ASPA", "PROA", "CSRA", "FAAA",
];

/// Rows by the first letters of their titles; none where several have them.
#[derive(Debug, Default)]
pub(super) struct Initials {
    /// "DPA 2018"
    dated: FxHashMap<String, Option<u32>>,
    /// "CCPA"
    acts: FxHashMap<String, Option<u32>>,
    /// "EPL"
    laws: FxHashMap<String, Option<u32>>,
}

impl Initials {
    pub(super) fn new(registry: &Registry, lexicon: &mut Lexicon) -> Self {
        let mut this = Self::default();
        for (row, law) in (0_u32..).zip(&registry.laws) {
            for title in std::iter::once(&*law.title_en).chain(law.aliases_en.iter().map(|alias| &**alias)) {
                let title = title.split(" of the People's Republic").next().unwrap_or(title);
                let (bare, year) = dated(title).map_or((title, None), |(bare, year)| (bare, Some(year)));
                let Some(letters) = letters(bare) else { continue };
                if let Some(year) = year.filter(|_| bare.ends_with(" Act")) {
                    note(&mut this.dated, format!("{letters} {year}"), row);
                }
                match &*law.jurisdiction {
                    "US" if bare.ends_with(" Act") && letters.len() >= 4 => note(&mut this.acts, letters.clone(), row),
                    "CN" if bare.ends_with(" Law") => note(&mut this.laws, letters.clone(), row),
                    _ if year.is_some() => {}
                    _ => continue,
                }
                lexicon.add(&letters, class::KNOWN);
            }
        }
        this
    }
}

fn note(map: &mut FxHashMap<String, Option<u32>>, letters: String, row: u32) {
    let kept = map.entry(letters).or_insert(Some(row));
    if *kept != Some(row) {
        *kept = None;
    }
}

/// "Data Protection Act" and "2018".
fn dated(title: &str) -> Option<(&str, &str)> {
    let (rest, year) = title.rsplit_once(' ')?;
    let rest = rest.strip_suffix(" of").unwrap_or(rest).trim_end_matches(',');
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then_some((rest, year))
}

/// The first letters of a title's words in capitals, three at least.
fn letters(title: &str) -> Option<String> {
    let plain = title.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-' | b'\'' | b','));
    let first = |word: &str| word.chars().next().filter(char::is_ascii_uppercase);
    let letters: String = title.split([' ', '-']).filter_map(first).collect();
    // "USA Act": a word that is an abbreviation itself has more letters than one.
    let spelled = title.split([' ', '-']).all(|word| word.bytes().skip(1).all(|b| !b.is_ascii_uppercase()));
    (plain && spelled && (3..=6).contains(&letters.len())).then_some(letters)
}

/// Reads an abbreviation at the word `at`.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    let word = words.str(at);
    if words.shape(at) != Shape::Upper || BODIES.contains(&word) || known::glued(words, at, at + 1) {
        return;
    }
    if read_dated(page, at) {
        return;
    }
    let words = &page.words;
    let initials = &page.grammar.initials;
    let row = |map: &FxHashMap<String, Option<u32>>| map.get(word).copied().flatten();
    let ends = !words.capital(at + 1) && words.shape(at + 1) != Shape::Number || words.gap(at + 1) >= Gap::Line;
    let told = words.is_any(at.wrapping_sub(1), &["the", "of", "under"]);
    let law = row(&initials.laws).filter(|&law| known::vouched(page, at, Some(law)));
    let act = || row(&initials.acts).filter(|_| told && page.speaks_of_america());
    let Some(row) = law.or_else(act).filter(|_| ends) else { return };
    let explained = page.explained.get(word).copied().unwrap_or_else(|| is_explained(page, word));
    page.explained.insert(word.to_owned(), explained);
    if !explained {
        add(page, at, at + 1, row);
    }
}

/// Reads "DPA 2018"; whether there is one.
pub(super) fn read_dated(page: &mut Page<'_>, at: usize) -> bool {
    let words = &page.words;
    if words.shape(at + 1) != Shape::Number || words.gap(at + 1) != Gap::Blank || known::glued(words, at, at + 2) {
        return false;
    }
    let row = page.grammar.initials.dated.get(&words.joined(at, at + 2)).copied().flatten();
    if let Some(row) = row {
        add(page, at, at + 2, row);
    }
    row.is_some()
}

fn add(page: &mut Page<'_>, from: usize, to: usize, row: u32) {
    page.add_law(page.grammar.ids.registry, from, to, None);
    if let Some((law, _)) = page.laws.last_mut()
        && let Value::Law(name) = &mut law.value
    {
        name.row = Some(row);
    }
}

/// Whether a bracket or quotes around the letters stand somewhere in the first part of the text: then it says what they mean.
fn is_explained(page: &Page<'_>, word: &str) -> bool {
    const FIRST: usize = 20_000;
    let text = page.words.text;
    let text = &text[..text.floor_char_boundary(FIRST)];
    [format!("({word}"), format!("“{word}"), format!("\"{word}"), format!("the {word})")]
        .iter()
        .any(|told| memchr::memmem::find(text.as_bytes(), told.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters() {
        assert_eq!(letters("California Consumer Privacy Act").as_deref(), Some("CCPA"));
        assert_eq!(letters("USA Patriot Act"), None);
        assert_eq!(dated("Data Protection Act 2018"), Some(("Data Protection Act", "2018")));
        assert_eq!(dated("Privacy Act of 1974"), Some(("Privacy Act", "1974")));
    }
}
