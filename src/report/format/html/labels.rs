//! How a term or an instrument is called on the page, and under which other names a reader may look for it.
//!
//! In the lists of terms an instrument is its canonical title with `_` for blanks; here it gets its title back,
//! and the filter finds 网络安全法 when one types "cyber".

use std::collections::BTreeMap;

use serde::Serialize;

use super::quote::lang_of;
use crate::count::{LawRow, Summary};

/// A name with its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) lang: &'static str,
    pub(super) law: bool,
}

impl Label {
    /// A name as it is written.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: super::super::charts::cut(text, 200.0), lang: lang_of(text), law: false }
    }
}

/// A title whose national part, the same on every row, stands back behind the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Title {
    lead: &'static str,
    text: String,
    tail: &'static str,
    lang: &'static str,
}

const STATE_ZH: &str = "中华人民共和国";
const STATE_EN: &str = " of the People's Republic of China";

impl Title {
    /// The title as it is written.
    pub(super) fn of(title: &str) -> Self {
        let core = short(title);
        let Label { text, lang, .. } = Label::plain(core);
        Self {
            lead: if core.len() < title.len() && title.starts_with(STATE_ZH) { STATE_ZH } else { "" },
            tail: if core.len() < title.len() && title.ends_with(STATE_EN) { STATE_EN } else { "" },
            text,
            lang,
        }
    }
}

/// Instruments by their titles.
pub(super) struct Labels<'a>(BTreeMap<String, &'a LawRow>);

impl<'a> Labels<'a> {
    pub(super) fn of(summary: &'a Summary) -> Self {
        let mut by_title = BTreeMap::new();
        // From the last to the first, so that the most mentioned of two equal titles stays.
        for law in summary.laws.iter().rev() {
            for title in [&law.title_zh, &law.title_en].into_iter().flatten() {
                by_title.insert(key(title), law);
            }
        }
        Self(by_title)
    }

    /// The label of a term of this kind (`word` or `law`).
    pub(super) fn term(&self, term: &str, kind: &str) -> Label {
        if kind != "law" {
            return Label::plain(term);
        }
        let wanted = key(term);
        let titles = self.0.get(&wanted).map(|law| [law.title_zh.as_deref(), law.title_en.as_deref()]);
        let title = titles.into_iter().flatten().flatten().find(|title| key(title) == wanted);
        Label { law: true, ..Label::plain(title.unwrap_or(&term.replace('_', " "))) }
    }

    /// Both titles and all names of a term that is an instrument; empty for words.
    pub(super) fn other_names(&self, term: &str, kind: &str) -> String {
        if kind == "law" { self.0.get(&key(term)).map(|law| names(law)).unwrap_or_default() } else { String::new() }
    }
}

/// Both titles and the names as written, for the filter.
pub(super) fn names(law: &LawRow) -> String {
    let titles = [&law.title_zh, &law.title_en].into_iter().flatten().map(String::as_str);
    let surfaces = law.surfaces.iter().take(12).map(|(name, _)| name.as_str());
    let mut names: Vec<String> = titles.chain(surfaces).chain([law.id.as_str()]).map(str::to_lowercase).collect();
    names.sort();
    names.dedup();
    super::super::charts::cut(&names.join(" · "), 600.0)
}

/// Titles as they are compared: blanks are `_` in terms, and terms are folded.
fn key(title: &str) -> String {
    title.replace('_', " ").to_lowercase()
}

/// The title without the name of the state, for drawings and sentences where room is short.
pub(super) fn short(title: &str) -> &str {
    let title = title.strip_prefix(STATE_ZH).filter(|rest| !rest.is_empty()).unwrap_or(title);
    title.strip_suffix(STATE_EN).filter(|rest| !rest.is_empty()).unwrap_or(title)
}
