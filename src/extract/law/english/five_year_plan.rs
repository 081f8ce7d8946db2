//! Finds five-year plans by their ordinal.

use super::{Page, class, title::ordinal, title_behind::connected, title_end::suffix, words::Words};

/// "14th Five-Year Plan", "Fourteenth Five-Year Plan"; not its period, which is a stretch of years.
pub(super) fn read(page: &mut Page<'_>, at: usize) {
    let words = &page.words;
    // “14th Five-Year” Plan; the 14th “Five-Year Plan”
    let quote = |at: usize| matches!(words.str(at), "“" | "”" | "\"");
    let plan = at + 1 + usize::from(quote(at + 1));
    if !words.is(plan, "Plan") || at == 0 || is_period(words, plan + 1) {
        return;
    }
    let quoted = quote(at - 1) && at > 1 && plan == at + 1 && quote(at + 2);
    let first = at - 1 - usize::from(quoted);
    if !(words.capital(first) || ordinal(words.str(first))) || words.has(first, class::DETERMINER) || !words.runs_on(at)
    {
        return;
    }
    if quoted || plan > at + 1 {
        let from = first - usize::from(plan > at + 1 && first > 0 && quote(first - 1));
        let end = plan + 1 + usize::from(quoted);
        page.add_law(page.grammar.ids.five_year_plan, from, end, None);
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
