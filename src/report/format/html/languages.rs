//! What each language names that the other does not, and titles that the registry does not know yet.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Context, Cut,
    labels::{Title, names},
    quote::Shown,
};
use crate::{count::LawRow, report::view, text::Language};

/// See the module.
#[derive(Serialize)]
pub(super) struct Section {
    /// Whether both languages name anything at all.
    comparable: bool,
    both: usize,
    zh_only: List,
    en_only: List,
    unlisted: List,
}

#[derive(Serialize)]
struct List {
    rows: Vec<Row>,
    cut: Cut,
}

#[derive(Serialize)]
struct Row {
    n: BTreeMap<&'static str, String>,
    zh: Option<Title>,
    en: Option<Title>,
    search: String,
    quote: Option<Shown>,
}

pub(super) fn section(context: &Context<'_>) -> Section {
    let laws = &context.report.summary.laws;
    let only = |language| list(context, move |law| named_only(law, language), false);
    Section {
        comparable: Language::ALL.iter().all(|language| laws.iter().any(|law| names_in(law, *language))),
        both: laws.iter().filter(|law| Language::ALL.iter().all(|language| names_in(law, *language))).count(),
        zh_only: only(Language::Zh),
        en_only: only(Language::En),
        unlisted: list(context, |law| !law.listed, true),
    }
}

/// Whether it is named in this language.
pub(super) fn names_in(law: &LawRow, language: Language) -> bool {
    law.named.get(&language).is_some_and(|count| *count > 0)
}

/// Whether it is named in this language and in no other.
pub(super) fn named_only(law: &LawRow, language: Language) -> bool {
    Language::ALL.iter().all(|other| names_in(law, *other) == (*other == language))
}

fn list(context: &Context<'_>, belongs: impl Fn(&LawRow) -> bool, quoted: bool) -> List {
    let laws = &context.report.summary.laws;
    let table = view::laws(context.report);
    let rows: Vec<usize> = (0..laws.len()).filter(|at| belongs(&laws[*at])).collect();
    let shown = rows.len().min(if quoted { 40 } else { 25 });
    let row = |at: usize| Row {
        n: table.shown(at),
        zh: laws[at].title_zh.as_deref().map(Title::of),
        en: laws[at].title_en.as_deref().map(Title::of),
        search: names(&laws[at]),
        quote: laws[at].quotes.first().filter(|_| quoted).map(|quote| context.sources.sentence(quote)),
    };
    List { cut: Cut::new(shown, rows.len(), "laws.csv"), rows: rows.into_iter().take(shown).map(row).collect() }
}
