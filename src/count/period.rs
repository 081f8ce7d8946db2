//! Periods of time that documents fall into: years, quarters, months, five-year plans.

use std::collections::BTreeSet;

use crate::{ruleset::Ruleset, text::DeclaredDate};

/// How time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// Calendar years: `2021`.
    #[default]
    Year,
    /// Quarters: `2021-Q3`.
    Quarter,
    /// Months: `2021-07`.
    Month,
    /// The periods of the five-year plans in the table `plan` of `rules/zh/date.toml`: `2021/2025`.
    Plan,
}

impl Period {
    /// All, by name.
    pub const ALL: [(&'static str, Self); 4] =
        [("year", Self::Year), ("quarter", Self::Quarter), ("month", Self::Month), ("plan", Self::Plan)];

    /// By its name.
    ///
    /// ```
    /// use tongwen::count::Period;
    /// assert_eq!(Period::named("quarter"), Some(Period::Quarter));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, period)| period)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, period)| *period == self).map_or("", |(name, _)| name)
    }
}

/// The periods from the first to the last document, those without documents included.
pub(super) struct Calendar {
    period: Period,
    /// Years of the plans, first and last.
    plans: Vec<(i16, i16)>,
    first: i32,
    /// Their names, in order.
    pub(super) names: Vec<String>,
}

impl Calendar {
    pub(super) fn new(period: Period, dates: impl Iterator<Item = DeclaredDate> + Clone, rules: &Ruleset) -> Self {
        let mut calendar = Self { period, plans: plans(rules), first: 0, names: Vec::new() };
        let numbers = || dates.clone().filter_map(|date| calendar.number(date));
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return calendar };
        let names = (first..=last).map(|number| calendar.name(number)).collect();
        calendar.first = first;
        calendar.names = names;
        calendar
    }

    /// The place of a date among the periods; none where no plan covers it, or where its month is not known.
    pub(super) fn place(&self, date: DeclaredDate) -> Option<usize> {
        usize::try_from(self.number(date)? - self.first).ok().filter(|&at| at < self.names.len())
    }

    fn number(&self, date: DeclaredDate) -> Option<i32> {
        let year = i32::from(date.year);
        let month = || date.month.map(|month| i32::from(month) - 1);
        match self.period {
            Period::Year => Some(year),
            Period::Quarter => Some(year * 4 + month()? / 3),
            Period::Month => Some(year * 12 + month()?),
            Period::Plan => {
                let at = self.plans.iter().position(|&(from, to)| (from..=to).contains(&date.year))?;
                i32::try_from(at).ok()
            }
        }
    }

    fn name(&self, number: i32) -> String {
        match self.period {
            Period::Year => format!("{number:04}"),
            Period::Quarter => format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Period::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Period::Plan => {
                let plan = usize::try_from(number).ok().and_then(|at| self.plans.get(at));
                plan.map(|(from, to)| format!("{from}/{to}")).unwrap_or_default()
            }
        }
    }
}

fn plans(rules: &Ruleset) -> Vec<(i16, i16)> {
    let years = |meaning: &str| {
        let (from, to) = meaning.split_once('/')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    let table = rules.table("zh.date.plan");
    let plans: BTreeSet<(i16, i16)> =
        table.iter().flat_map(|table| &table.entries).filter_map(|(_, meaning)| years(meaning)).collect();
    plans.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_without_documents_have_their_place() {
        let rules = crate::ruleset::load(None).unwrap();
        let date = |year, month| DeclaredDate { year, month, day: None };
        let dates = [date(2021, Some(12)), date(2019, Some(11))];
        for (period, names) in [
            (Period::Year, "2019 2020 2021"),
            (Period::Quarter, "2019-Q4 2020-Q1 2020-Q2 2020-Q3 2020-Q4 2021-Q1 2021-Q2 2021-Q3 2021-Q4"),
            (Period::Plan, "2016/2020 2021/2025"),
        ] {
            let calendar = Calendar::new(period, dates.into_iter(), &rules);
            assert_eq!(calendar.names.join(" "), names);
            assert_eq!(calendar.place(dates[1]), Some(0));
            assert_eq!(calendar.place(date(2020, None)).is_some(), period != Period::Quarter);
            assert_eq!(calendar.place(dates[0]), Some(calendar.names.len() - 1));
        }
        assert_eq!(Calendar::new(Period::Month, dates.into_iter(), &rules).names.len(), 26);
        assert!(Calendar::new(Period::Plan, [date(1964, None)].into_iter(), &rules).names.is_empty());
        assert!(Calendar::new(Period::Year, [].into_iter(), &rules).names.is_empty());
    }
}
