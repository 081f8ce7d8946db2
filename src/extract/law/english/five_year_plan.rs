//! Finds five-year plans by their ordinal.

use super::{Page, class, title::ordinal, title_behind::connected, title_end::suffix, words::Words};

/// "14th Five-Year Plan", "Fourteenth Five-Year Plan"; not its period, which is a stretch of years.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    if !words.is(at + 1, "Plan") || at == 0 || is_period(words, at + 2) {
        return;
    }
    let first = at - 1;
    if !(words.capital(first) || ordinal(words.str(first))) || words.has(first, class::DETERMINER) || !words.runs_on(at)
    {
        return;
    }
    // "14th Five-Year Plan (2021-2025) for National Economic and Social Development"
    let years = suffix(page, at + 1, at + 2);
    let end = connected(page, at + 1, years, false).unwrap_or(years);
    page.add_law(page.grammar.ids.five_year_plan, first, suffix(page, at + 1, end), None);
}

/// Whether a plan's name goes on as that of its years: "13th Five-Year Plan period", “13th Five-Year Plan” period.
pub(super) fn is_period(words: &Words<'_>, at: usize) -> bool {
    let at = at + usize::from(matches!(words.str(at), "”" | "\"" | "’"));
    words.is_any(at, &["period", "periods"])
}
