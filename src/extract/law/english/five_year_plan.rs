//! Finds five-year plans by their ordinal.

use super::{
    Page, class,
    title::ordinal,
    title_behind::connected,
    title_end::suffix,
    words::{Gap, Shape, Words},
};

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
    // '"14th Five-Year Plan" for Marine Economic Development'
    if first > 0
        && quote(first - 1)
        && quote(at + 2)
        && let Some(end) = of_sector(page, at + 1, at + 3)
    {
        page.add_law(page.grammar.ids.five_year_plan, first - 1, end, None);
        return;
    }
    let first = region(page, first);
    // "14th Five-Year Plan (2021-2025) for National Economic and Social Development"
    let years = suffix(page, at + 1, at + 2);
    let end = of_sector(page, at + 1, years).unwrap_or(years);
    let end = suffix(page, at + 1, end);
    page.add_law(page.grammar.ids.five_year_plan, first, end, None);
    if let Some(from) = recommendations(&page.words, first) {
        page.add_law(page.grammar.ids.five_year_plan, from, end, None);
    }
}

/// "for National Economic and Social Development", "for Fisheries": the end of what the plan is for.
fn of_sector(page: &Page<'_>, head: usize, end: usize) -> Option<usize> {
    let words = &page.words;
    let one = end + 1;
    let alone = words.is(end, "for")
        && words.runs_on(one)
        && words.shape(one) == Shape::Capital
        && !words.has(one, class::OPENER | class::MONTH | class::OWNER | class::DETERMINER)
        && !words.capital(one + 1)
        && page.grammar.provinces.iter().all(|(name, _)| name != words.str(one));
    connected(page, head, end, false).or_else(|| alone.then_some(one + 1))
}

/// "Gansu Province 15th Five-Year Plan", "Shanghai 14th Five-Year Plan": the region begins the name of its plan.
fn region(page: &Page<'_>, first: usize) -> usize {
    const REGIONS: [&str; 9] =
        ["Province", "Provincial", "Municipality", "Municipal", "City", "County", "District", "Region", "Prefecture"];
    let words = &page.words;
    let before = first.wrapping_sub(1);
    if words.gap(first) > Gap::Line {
        return first;
    }
    if words.is_any(before, &REGIONS) && words.capital(before) {
        let name = |w: &usize| {
            words.capital(*w)
                && !words.has(*w, class::OPENER | class::DETERMINER | class::HEAD)
                && words.gap(*w + 1) == Gap::Blank
        };
        return (before.saturating_sub(4)..before).rev().take_while(name).last().unwrap_or(first);
    }
    let named = |(name, _): &(String, String)| {
        let from = first.checked_sub(name.split(' ').count())?;
        (words.joined(from, first) == *name).then_some(from)
    };
    page.grammar.provinces.iter().find_map(named).unwrap_or(first)
}

/// "Recommendations of the CPC Central Committee for Formulating the 15th Five-Year Plan", "the Proposals for the 15th Five-Year
/// Plan": where what the party recommended for the plan at `plan` begins.
fn recommendations(words: &Words<'_>, plan: usize) -> Option<usize> {
    const HEADS: [&str; 5] = ["Recommendations", "Proposals", "Suggestions", "Proposal", "Recommendation"];
    const FORMING: [&str; 5] = ["Formulating", "Drafting", "Developing", "Preparing", "Making"];
    const BODY: usize = 14;
    let article = |at: usize| at - usize::from(at > 0 && words.is_any(at - 1, &["the", "China's"]));
    let mut at = article(plan);
    if at > 2 && words.is(at - 1, "of") && words.is_any(at - 2, &["Formulation", "Drafting"]) {
        at = article(at - 2);
    } else if at > 1 && words.is_any(at - 1, &FORMING) {
        at -= 1;
    }
    at = at.checked_sub(1).filter(|&lead| words.is_any(lead, &["for", "on"]))?;
    let head = |w: usize| words.is_any(w, &HEADS) && words.capital(w);
    if at > 0 && head(at - 1) {
        return Some(at - 1);
    }
    let from = (at.saturating_sub(BODY)..at).rev().take_while(|&w| words.runs_on(w + 1)).find(|&w| head(w))?;
    let of = words.is_any(from + 1, &["of", "by", "from"]);
    (of && words.joined(from, at).contains("Central Committee")).then_some(from)
}

/// Whether a plan's name goes on as that of its years: "13th Five-Year Plan period", “13th Five-Year Plan” period.
pub(super) fn is_period(words: &Words<'_>, at: usize) -> bool {
    let at = at + usize::from(matches!(words.str(at), "”" | "\"" | "’"));
    words.is_any(at, &["period", "periods"])
}
