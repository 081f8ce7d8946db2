//! What one document has established so far: its own title, its short forms, the law spoken of last.
//!
//! A long document is read in sections, but （以下简称《决定》） on its first page holds on its last one, and
//! 前条第二项 means the article before the one whose heading stood above. Definitions never leave their document.

use rustc_hash::FxHashMap;

use super::{
    Entities, EntityIx, TitleIndex, Whose, antecedent, asked, choice,
    division::ArticleNumber,
    draft::{self, Draft},
    title::{Lookup, fold, without_revision},
};
use crate::{
    extract::law::wording::canonical_spelling,
    ruleset::{Ruleset, Text},
    text::{Document, Language, Span},
};

/// What one document has established so far.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The document's own instrument.
    pub own: Option<EntityIx>,
    /// Its title, for 本条例 and "this Act".
    pub own_title: String,
    /// Short forms by key, with what they stand for.
    pub short_forms: FxHashMap<String, ShortForm>,
    /// Titles named so far, by key, without their issuers too.
    pub named: FxHashMap<String, EntityIx>,
    /// Headings so far: title and instrument.
    pub headings: Vec<(String, EntityIx)>,
    /// The law that was told to be the new one of two.
    pub new_law: Option<EntityIx>,
    /// What the document says to be published with it, where it has no title of its own.
    pub published: Vec<(String, EntityIx)>,
    /// What the document asks about or explains, where it is no instrument itself.
    pub topic: Option<asked::Topic>,
    /// Laws named last, the latest last.
    pub recent: Vec<(String, EntityIx)>,
    /// The title of the draft that the document explains, until it is looked up.
    pub explains: Option<String>,
    /// The draft that the document explains.
    pub draft: Option<Draft>,
    /// Acts of the Union that were called by their numbers last, by their kind: `directive`.
    pub numbered: FxHashMap<String, EntityIx>,
    /// What "these Provisions" means in a text without a name of its own, by the head noun.
    pub spoken_of: FxHashMap<String, Option<EntityIx>>,
    /// What the text says that it makes, with a title of its own: the annexed Regulations.
    pub made: Option<EntityIx>,
    /// The act under which the text says that it is made.
    pub enabling: Option<EntityIx>,
    /// The instrument whose amendment is spoken of.
    pub amended: Option<EntityIx>,
    /// The law that a decision in English amended where the text before ended.
    pub before_amended: Option<EntityIx>,
    /// Whose the text at hand is.
    pub whose: Whose,
    /// The article in which the text stands.
    pub article: Option<ArticleNumber>,
    /// The article or section of an English text in which the text stands: `a28`, `s15`.
    pub place: Option<String>,
    /// How often each jurisdiction was named.
    pub jurisdictions: FxHashMap<Text, u32>,
    /// The document's date, for dates without a year.
    pub date: Option<jiff::civil::Date>,
}

/// What a defined short form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortForm {
    /// The words as defined.
    pub words: String,
    /// The instrument.
    pub entity: EntityIx,
    /// Defined between title marks; it then counts only between title marks.
    pub marked: bool,
}

/// How many laws an anaphor may look back over.
const RECENT: usize = 48;

impl Context {
    /// A context that knows what is declared about the document.
    #[must_use]
    pub fn for_document(document: &Document, rules: &Ruleset, index: &TitleIndex, entities: &mut Entities) -> Self {
        let explains = draft::explained(document.title.as_deref(), &document.text, rules);
        let mut context = Self { date: document.date, explains, ..Self::default() };
        if let Some(title) = document
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty() && !goes_on(title))
            .map(|title| without_excerpt(title, rules))
        {
            let key = fold(title);
            let zh = title.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
            let row = match index.lookup(&key) {
                Lookup::One(row, _) => Some(row),
                Lookup::Several(rows) => choice::of_document(&rows, title, &document.text, rules),
                // "(2019 Revision)"
                Lookup::None => without_revision(title).and_then(|bare| match index.lookup(&fold(bare)) {
                    Lookup::One(row, _) => Some(row),
                    _ => None,
                }),
            };
            let own = match row {
                Some(row) => Some(entities.listed(row)),
                None if antecedent::names_instrument(title, rules) => Some(entities.unlisted(
                    &key,
                    &canonical_spelling(title),
                    if zh { Language::Zh } else { Language::En },
                )),
                None => None,
            };
            context.own = own;
            context.topic = asked::of_title(title, rules, index, entities);
            if own.is_some() {
                context.own_title = title.to_owned();
            } else if let Some(kind) = antecedent::kind_of(title, &document.text, rules) {
                // "A Proclamation", "it is hereby ordered": an instrument whose title names no kind.
                let language = if zh { Language::Zh } else { Language::En };
                context.own = Some(entities.unlisted(&key, &canonical_spelling(title), language));
                context.own_title = format!("{kind}: {title}");
            }
        }
        context
    }

    /// Remembers that an instrument was named.
    pub(super) fn name(&mut self, title: &str, entity: EntityIx) {
        if self.recent.len() >= 2 * RECENT {
            self.recent.drain(..RECENT);
        }
        self.recent.push((title.to_owned(), entity));
    }
}

/// A title without what says that only a part of the text is there: …规划纲要（节选）.
fn without_excerpt<'t>(title: &'t str, rules: &Ruleset) -> &'t str {
    let marks = rules.list("zh.law.excerpts").iter().chain(rules.list("en.law.excerpts"));
    { marks }.find_map(|mark| title.trim_end().strip_suffix(mark.as_str()).map(str::trim_end)).unwrap_or(title)
}

/// Whether what stands for a title is the beginning of a sentence: "By the authority vested in me …, it is hereby ordered as
/// follows:" names nothing.
fn goes_on(title: &str) -> bool {
    title.trim_end().ends_with([':', '：', ',', '，', ';', '；'])
}

/// How far into a text it says how it may be cited, in bytes.
const CITED: usize = 16 << 10;

/// What a text calls itself before its name.
const CITED_AS: [&str; 7] =
    ["This Act", "this Act", "This Ordinance", "These Regulations", "These Rules", "These rules", "This Order"];

/// Whether a title is what a text calls itself: "1 This Act may be cited as the Migratory Birds Convention Act, 1994."
pub(super) fn cites_itself(text: &str, title: Span) -> bool {
    let before = &text[text.floor_char_boundary(title.start().saturating_sub(64))..title.start()];
    let said = [" may be cited as ", " may be called "].iter().find_map(|said| before.rsplit_once(said));
    let Some((clause, article)) = said else { return false };
    // An act that it amends says so in quotes.
    let this = CITED_AS.iter().find_map(|this| clause.rfind(this));
    let own = this.is_some_and(|at| !clause[..at].ends_with(['“', '"']));
    title.start() < CITED && own && matches!(article.trim_matches(['*', '_', ' ', '“', '"', '‘']), "" | "the")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset;

    /// The id of the instrument that a document with this title is.
    fn own(title: &str, text: &str) -> Option<String> {
        let rules = ruleset::load(None).unwrap();
        let index = TitleIndex::new(&rules);
        let mut entities = Entities::new(&rules.registry);
        let document = Document { title: Some(title.to_owned()), text: text.to_owned(), ..Document::default() };
        let context = Context::for_document(&document, &rules, &index, &mut entities);
        context.own.map(|own| entities.id(own, &rules.registry).to_owned())
    }

    #[test]
    fn a_title_of_several_laws_is_the_mainlands_where_title_and_text_are() {
        let text = "为了保障网络安全，制定本法。";
        for title in ["中华人民共和国网络安全法", "网络安全法"] {
            assert_eq!(own(title, text).as_deref(), Some("cn-cybersecurity-law"), "{title}");
        }
        let traditional = own("網絡安全法", "為了保障網絡安全，制定本法。");
        assert_ne!(traditional.as_deref(), Some("cn-cybersecurity-law"));
    }

    #[test]
    fn a_text_says_how_it_may_be_cited() {
        let cites = |text: &str| {
            let at = text.find("Boxes").unwrap();
            cites_itself(text, Span::of(at, text.len()))
        };
        assert!(cites("1 This Act may be cited as the Boxes Act"));
        assert!(!cites("“This Act may be cited as the Boxes Act"));
        assert!(!cites("It amends the Boxes Act"));
        assert!(cites("This Act may be cited as the “Boxes Act"));
        assert!(cites("1. (1) These rules may be called the Boxes Rules"));
    }

    #[test]
    fn the_beginning_of_a_sentence_is_no_title() {
        assert_eq!(
            own("By the authority vested in me as President, it is hereby ordered as follows:", "This order."),
            None
        );
    }
}
