//! Whose law a title is where the words around it name a country: "Vietnam's Cybersecurity Law", "Cambodia amended its Advertising
//! Law", "the Advertising Law of Mongolia".
//!
//! Laws of many states have titles that laws of China have, too, and a text about China compares them. The countries are the list
//! `countries` of the rules, all of them, asked in one way.
//!
//! Always true: a country counts right before a title, right behind it, or as the one of whose doings its clause tells; a clause
//! that names China besides others tells nothing.

use rustc_hash::FxHashMap;

use crate::{ruleset::Ruleset, text::Span};

/// Countries by their names and by what is of them.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Countries {
    names: FxHashMap<String, String>,
    deeds: Vec<String>,
}

/// A name has no more words: Lao People's Democratic Republic.
const LONGEST: usize = 5;
/// … and no more bytes.
const NAME: usize = 80;
/// How far before a title its clause is read, in bytes.
const CLAUSE: usize = 160;
/// States whose laws are acts: "In the United States, the Data Security Law" is not theirs.
const OF_ACTS: [&str; 11] = ["AU", "CA", "EU", "GH", "IE", "IN", "MY", "NZ", "SG", "UK", "US"];
/// Forms of states that stand before their short names.
const FORMS: [&str; 9] = [
    "Republic of ",
    "Kingdom of ",
    "Socialist Republic of ",
    "Islamic Republic of ",
    "Federal Republic of ",
    "Federative Republic of ",
    "Democratic Republic of ",
    "Federal Democratic Republic of ",
    "State of ",
];

impl Countries {
    pub(in crate::resolve) fn new(rules: &Ruleset) -> Self {
        let entries = rules.list("en.law.countries").iter().filter_map(|entry| entry.split_once(' '));
        let names = entries
            .flat_map(|(code, names)| names.split('|').map(move |name| (name.to_owned(), code.to_owned())))
            .collect();
        Self { names, deeds: rules.list("en.law.lawmaking").to_vec() }
    }

    /// The code of the country whose law the title at `span` is, as far as the words around it tell.
    pub(in crate::resolve) fn told(&self, text: &str, span: Span) -> Option<&str> {
        let before = &text[text.floor_char_boundary(span.start().saturating_sub(CLAUSE))..span.start()];
        let before = before.trim_end_matches(['“', '"', '‘', ' ']);
        let owner = ["'s", "’s", "s'", "s’"].iter().find_map(|mark| {
            let owner = before.strip_suffix(mark)?;
            Some(if mark.starts_with('s') { &before[..owner.len() + 1] } else { owner })
        });
        if let Some((code, _)) = self.ending(owner.unwrap_or(before)) {
            return Some(code);
        }
        self.behind(&text[span.end()..]).or_else(|| self.doing(before))
    }

    /// "the Advertising Law of Mongolia", "the Labor Law (Vietnam)"
    fn behind(&self, behind: &str) -> Option<&str> {
        if let Some(place) = behind.strip_prefix(" of ") {
            let place = place.strip_prefix("the ").unwrap_or(place);
            let short = FORMS.iter().find_map(|form| place.strip_prefix(form));
            // "of the Republic of Korea" is a name of its own.
            return self
                .beginning(place)
                .or_else(|| short.and_then(|short| self.beginning(short)))
                .map(|(code, _)| code);
        }
        let place = behind.strip_prefix(" (")?;
        self.beginning(place).filter(|(_, end)| place[*end..].starts_with(')')).map(|(code, _)| code)
    }

    /// "Cambodia amended its Advertising Law", "In Japan, the Personal Information Protection Act": the country of the clause
    /// before a title.
    fn doing(&self, before: &str) -> Option<&str> {
        let clause = before.rsplit(['.', ';', '\n', '“', '”']).next().unwrap_or(before).trim();
        let bare = without_article(clause);
        if let Some(place) = bare.strip_suffix(',').and_then(|lead| lead.strip_prefix("In ")) {
            return self.whole(place).filter(|code| !OF_ACTS.contains(code));
        }
        let own = bare.len() < clause.len() && clause[bare.len()..].trim_start().starts_with("its");
        let deed = bare.rsplit(' ').next().filter(|word| self.deeds.iter().any(|deed| deed == word))?;
        let mut doer = bare[..bare.len() - deed.len()].trim_end();
        for aux in ["recently", "also", "had", "has", "later", "first"] {
            doer = doer.strip_suffix(aux).map_or(doer, |rest| rest.trim_end());
        }
        if let Some((code, _)) = self.ending(doer) {
            return Some(code);
        }
        if !own {
            return None;
        }
        // "Vietnam's National Assembly amended its …": of all countries that the clause names none may be China.
        let mut told = None;
        let mut rest = clause;
        while !rest.is_empty() {
            if let Some((code, end)) = self.beginning(rest) {
                if matches!(code, "CN" | "HK" | "MO" | "TW") || told.is_some_and(|known| known != code) {
                    return None;
                }
                told = Some(code);
                rest = &rest[end..];
            }
            let next = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            rest = rest[next..].trim_start_matches(|c: char| !c.is_alphanumeric());
        }
        told
    }

    /// The only country that the clause before a title names: "MOFCOM added 15 firms under the Regulations on …".
    pub(in crate::resolve) fn of_clause(&self, text: &str, span: Span) -> Option<&str> {
        let before = &text[text.floor_char_boundary(span.start().saturating_sub(CLAUSE))..span.start()];
        let mut told = None;
        let mut inside = false;
        let clause = before.rsplit(['.', ';', '\n']).next().unwrap_or(before);
        for (at, c) in clause.char_indices() {
            let begins = !inside && c.is_uppercase();
            inside = c.is_alphanumeric();
            if begins && let Some((code, _)) = self.beginning(&clause[at..]) {
                if told.is_some_and(|known| known != code) {
                    return None;
                }
                told = Some(code);
            }
        }
        told
    }

    /// Whether the clause before a title names a country besides China.
    pub(in crate::resolve) fn is_in_clause(&self, text: &str, span: Span) -> bool {
        let before = &text[text.floor_char_boundary(span.start().saturating_sub(CLAUSE))..span.start()];
        let clause = before.rsplit(['.', ';', '\n']).next().unwrap_or(before);
        self.most(clause) > 0
    }

    /// How often a text names the country that it names most, of all but China, its regions and the Union.
    pub(in crate::resolve) fn most(&self, text: &str) -> usize {
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        let mut most = 0;
        let mut inside = false;
        for (at, c) in text.char_indices() {
            let begins = !inside && c.is_uppercase();
            inside = c.is_alphanumeric();
            if begins
                && let Some((code, _)) = self.beginning(&text[at..])
                && !matches!(code, "CN" | "EU" | "HK" | "MO" | "TW")
            {
                let times = times.entry(code).or_default();
                *times += 1;
                most = most.max(*times);
            }
        }
        most
    }

    fn whole(&self, name: &str) -> Option<&str> {
        let name = name.strip_prefix("the ").unwrap_or(name);
        self.names.get(name).map(String::as_str)
    }

    /// The country whose name ends a text, and where the name begins.
    pub(in crate::resolve) fn ending(&self, text: &str) -> Option<(&str, usize)> {
        let starts = text.rmatch_indices(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-')));
        let mut starts: Vec<usize> = starts.map(|(at, mark)| at + mark.len()).take(LONGEST).collect();
        if starts.len() < LONGEST {
            starts.push(0);
        }
        starts.into_iter().rev().find_map(|start| Some((self.names.get(&text[start..])?.as_str(), start)))
    }

    /// The country whose name begins a text, and where the name ends.
    pub(in crate::resolve) fn beginning(&self, text: &str) -> Option<(&str, usize)> {
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let text = &text[..text.floor_char_boundary(NAME)];
        let ends = text.match_indices(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-')));
        let mut ends: Vec<usize> = ends.map(|(at, _)| at).take(LONGEST).collect();
        if ends.len() < LONGEST {
            ends.push(text.len());
        }
        ends.into_iter().rev().find_map(|end| {
            let word = text[..end].trim_end_matches('.');
            let word = ["'s", "’s"].iter().find_map(|mark| word.strip_suffix(mark)).unwrap_or(word);
            Some((self.names.get(&text[..end]).or_else(|| self.names.get(word))?.as_str(), end))
        })
    }
}

/// A clause without the article before the title that follows it.
fn without_article(clause: &str) -> &str {
    let mut bare = clause;
    for word in ["draft", "new", "revised", "amended", "first", "own", "the", "a", "an", "its"] {
        let rest = bare.strip_suffix(word).filter(|rest| rest.ends_with([' ', ','])).unwrap_or(bare);
        bare = rest.trim_end();
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_a_title_is() {
        let rules = crate::ruleset::load(None).unwrap();
        let countries = Countries::new(&rules);
        let told = |text: &str| {
            let start = text.find("Box Law").unwrap();
            countries.told(text, Span::of(start, start + "Box Law".len())).map(str::to_owned)
        };
        for (text, code) in [
            ("Vietnam's Box Law is new.", Some("VN")),
            ("the Philippines’ Box Law", Some("PH")),
            ("Under Sri Lanka's Box Law", Some("LK")),
            ("Cambodia amended its Box Law.", Some("KH")),
            ("Cuba has recently adopted a new Box Law.", Some("CU")),
            ("Vietnam's National Assembly amended its Box Law", Some("VN")),
            ("After China and Cuba had talked, Cuba's parliament amended its Box Law", None),
            ("The Box Law of the Lao People's Democratic Republic", Some("LA")),
            ("The Box Law of the Republic of Korea", Some("KR")),
            ("The Box Law of the People's Republic of China", Some("CN")),
            ("In Japan, the Box Law applies.", Some("JP")),
            ("China's Box Law", Some("CN")),
            ("In the United States, the Box Law worries firms.", None),
            ("He read Cuba. The Box Law", None),
            ("The Box Law of Texas", None),
        ] {
            assert_eq!(told(text).as_deref(), code, "{text}");
        }
        assert_eq!(countries.most("Vietnam and Sri Lanka met China. Vietnam's law"), 2);
    }
}
