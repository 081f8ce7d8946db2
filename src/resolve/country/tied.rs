//! The row of the state that the words around a title name.

use super::super::{
    Link, Names, Tie,
    jurisdiction::state_before,
    title::{Lookup, fold},
};
use crate::{
    extract::{LawName, law::wording::canonical_spelling},
    text::{Language, Span},
};

/// With what a folded title may begin that says whose it is.
const PREFIXES: [(&str, &str); 8] = [
    ("eu ", "EU"),
    ("european ", "EU"),
    ("us ", "US"),
    ("u s ", "US"),
    ("uk ", "UK"),
    ("singapore ", "SG"),
    ("欧盟", "EU"),
    ("美国", "US"),
];

impl Names<'_> {
    /// The row of the state that stands right before a title or begins it ("EU Data Act"); an instrument of that state that
    /// nobody's list has is not the one of another state with the same title.
    pub(in crate::resolve) fn of_state(&mut self, span: Span, name: &LawName, key: &str) -> Option<Tie> {
        let inside = PREFIXES.iter().find_map(|(words, state)| Some((*state, key.strip_prefix(words)?)));
        // 日本个人信息保护法
        let named = || self.index.states.opening(key).filter(|(state, _)| !matches!(*state, "CN" | "HK" | "MO" | "TW"));
        let inside = inside.or_else(|| if key.is_ascii() { None } else { named() });
        let (state, rest) = match inside {
            Some(found) => found,
            None => {
                let before = state_before(self.text, span.start(), self.rules, &self.index.states);
                let told = || self.country(span, name);
                (before.or_else(told).or_else(|| self.state_cited(span, name))?, key)
            }
        };
        let state = state.to_owned();
        let state = state.as_str();
        if matches!(state, "HK" | "MO") && name.language == Some(Language::En) && inside.is_none() {
            return self.of_region(state, name, key);
        }
        if matches!(state, "CN" | "HK" | "MO" | "TW") {
            return self.of_region_told(state, name, key).or_else(|| self.of_other_side(state, name, key));
        }
        let of = |row: &u32| self.rules.registry.law(*row).is_some_and(|law| law.jurisdiction == state);
        let mut rows = match self.index.lookup(rest) {
            Lookup::One(row, _) => vec![row],
            Lookup::Several(rows) => rows,
            Lookup::None => self.index.without_year(rest).to_vec(),
        };
        if rows.is_empty() && !rest.is_ascii() {
            rows.extend(self.with_state(state, rest));
        }
        // 法国《巴黎协定》 is everybody's, and the GDPR holds in many states.
        let shared =
            |row: &u32| self.rules.registry.law(*row).is_some_and(|law| matches!(&*law.jurisdiction, "INT" | "EU"));
        let foreign = !rows.is_empty() && inside.is_none() && !rows.iter().any(|row| of(row) || shared(row));
        rows.retain(of);
        if let [row] = rows[..] {
            return Some(Tie { entity: Some(self.entities.listed(row)), link: Link::Alias, candidates: Vec::new() });
        }
        foreign.then(|| {
            let language = name.language.unwrap_or(Language::Zh);
            let entity = self.entities.unlisted(&format!("{state} {key}"), &canonical_spelling(&name.title), language);
            Tie { entity: Some(entity), link: Link::None, candidates: Vec::new() }
        })
    }

    /// 欧盟《AI法案》, which the registry knows with its state before it: 欧盟AI法案.
    fn with_state(&self, state: &str, title: &str) -> Option<u32> {
        let words = self.rules.list("zh.law.jurisdiction_words").iter();
        let mut words = words.filter_map(|entry| entry.strip_prefix(state)?.strip_prefix(' '));
        words.find_map(|word| match self.index.lookup(&fold(&format!("{word}{title}"))) {
            Lookup::One(row, _) => Some(row),
            _ => None,
        })
    }

    /// The country that the words around an English title tell.
    pub(in crate::resolve) fn country(&self, span: Span, name: &LawName) -> Option<&str> {
        self.index.countries.told(self.text, span).filter(|_| name.language == Some(Language::En))
    }

    /// "the Endangered Species Act (16 U.S.C. 1531 et seq.)": the code in which an act stands says whose it is.
    fn state_cited(&self, span: Span, name: &LawName) -> Option<&'static str> {
        const NEAR: usize = 60;
        if name.language != Some(Language::En) || !name.title.contains("Act") {
            return None;
        }
        let behind = &self.text[span.end()..];
        let behind = behind[..behind.floor_char_boundary(NEAR)].trim_start_matches(['”', '"']);
        if !behind.starts_with(" (") && !behind.starts_with(", ") {
            return None;
        }
        let law = behind.trim_start_matches([' ', '(', ',']);
        // "(ESA; 16 U.S.C. 1531 et seq.)", "(PRA) (44 U.S.C. 3501)"
        let short = |c: char| c.is_ascii_uppercase() || matches!(c, '(' | ')' | '“' | '”' | '"' | ';' | ',' | ' ');
        let behind = behind.trim_start_matches(short);
        let number = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let code = number.len() < behind.len() && number.trim_start().starts_with("U.S.C.");
        (code || ["Public Law ", "Pub. L. ", "P.L. "].iter().any(|word| law.starts_with(word))).then_some("US")
    }
}
