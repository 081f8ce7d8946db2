//! The known instruments, both languages in one row.
//!
//! 《网络安全法》, 网安法 and "Cybersecurity Law of the People's Republic of China" are one row here, and
//! therefore one line in a report. Surface forms that fit several rows are never resolved silently: they
//! are listed in `ambiguous_aliases.tsv`, and the resolver needs evidence to choose.

use std::borrow::Cow;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// A cell of the registry: a part of the built-in table, or a user's own.
pub type Text = Cow<'static, str>;

/// One instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    /// Stable slug, `jurisdiction-slug`.
    pub id: Text,
    /// Whether others have it under this id: it stands in the reference registry or in the user's, and is no row that this
    /// project added.
    pub reference: bool,
    /// CN, HK, MO, EU, UK, US, INT or an ISO country code.
    pub jurisdiction: Text,
    /// constitution, law, administrative_regulation, …
    pub level: Text,
    /// Full official (or usual) Chinese title, without 《》.
    pub title_zh: Text,
    /// Full English title; empty where none was established.
    pub title_en: Text,
    /// Other Chinese forms.
    pub aliases_zh: Vec<Text>,
    /// Other English forms.
    pub aliases_en: Vec<Text>,
    /// Issuing bodies.
    pub issuer_zh: Text,
    /// ISO dates; empty where unknown.
    pub promulgated: Text,
    /// Commencement.
    pub effective: Text,
    /// Latest amendment known.
    pub last_amended: Text,
    /// Repeal.
    pub repealed: Text,
    /// in_force, amended, repealed, …
    pub status: Text,
    /// Document numbers.
    pub doc_numbers: Vec<Text>,
}

impl Law {
    /// Official title in the language of the issuing state: Chinese for China (with Hong Kong and Macao),
    /// else the English title where there is one.
    #[must_use]
    pub fn canonical(&self) -> &str {
        // "Executive Order 14028: Improving …" is called by its number.
        if self.level == "executive_order"
            && let Some((number, _)) = self.title_en.split_once(": ")
        {
            return number;
        }
        if self.title_en.is_empty() || matches!(&*self.jurisdiction, "CN" | "HK" | "MO" | "TW") {
            &self.title_zh
        } else {
            &self.title_en
        }
    }

    /// The status on a day, as far as the dates of the registry tell: `not_yet` before it takes effect (before it is
    /// promulgated, where nobody says when it first took effect), `repealed` from its repeal on, `amended_since` where an
    /// amendment came later, else `in_force`. The status of the registry itself without a day, and where it is none of a
    /// law in force or repealed (`draft`, `superseded`, …), or of one repealed on a day that nobody says.
    ///
    /// ```
    /// use jiff::civil::date;
    /// let rules = tongwen::ruleset::load(None)?;
    /// let law = rules.registry.laws.iter().find(|law| law.id == "cn-cybersecurity-law").unwrap();
    /// assert_eq!(law.status_at(Some(date(2017, 5, 31))), "not_yet");
    /// assert_eq!(law.status_at(Some(date(2018, 1, 1))), "amended_since");
    /// // Promulgated in 1989; the revision of 2014 took effect in 2015.
    /// let law = rules.registry.laws.iter().find(|law| law.title_zh == "中华人民共和国环境保护法").unwrap();
    /// assert_eq!(law.status_at(Some(date(2010, 5, 1))), "amended_since");
    /// # Ok::<(), tongwen::Error>(())
    /// ```
    #[must_use]
    pub fn status_at(&self, day: Option<Date>) -> &str {
        let Some(day) = day else { return &self.status };
        // 20170601, of both: nobody needs to know a date to tell which is earlier.
        let day = i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day());
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).fold(0, |n, b| n * 10 + i32::from(b - b'0'));
        let date = |text: &str| Some(text).filter(|text| text.len() == "2017-06-01".len()).map(digits);
        let known = matches!(&*self.status, "in_force" | "amended" | "repealed");
        if !known && self.status != "unverified" {
            return &self.status;
        }
        let (promulgated, effective, amended) =
            (date(&self.promulgated), date(&self.effective), date(&self.last_amended));
        // Of a law that was revised the registry knows the day on which the revision took effect, not the first one.
        let revised = effective.zip(amended).is_some_and(|(effective, amended)| effective >= amended)
            && promulgated.zip(amended).is_some_and(|(promulgated, amended)| promulgated < amended);
        let begin = if revised { promulgated } else { effective.or(promulgated) };
        if begin.is_some_and(|begin| day < begin) {
            return "not_yet";
        }
        match date(&self.repealed) {
            Some(end) if end <= day => return "repealed",
            None if self.status == "repealed" => return &self.status,
            _ => {}
        }
        let amended = if revised { effective } else { amended };
        if amended.is_some_and(|amended| day < amended) {
            return "amended_since";
        }
        if known { "in_force" } else { &self.status }
    }
}

/// A surface form that fits several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// Rows it may mean.
    pub rows: Vec<u32>,
}

/// All instruments.
#[derive(Debug, Default)]
pub struct Registry {
    /// Rows, in file order.
    pub laws: Vec<Law>,
    by_id: FxHashMap<Text, u32>,
    /// Surface forms with several readings, as listed.
    pub ambiguous: FxHashMap<String, Ambiguous>,
}

impl Registry {
    /// From parsed rows, of which each has an id of its own.
    #[must_use]
    pub fn new(laws: Vec<Law>, ambiguous: Vec<(String, Vec<String>)>) -> Self {
        let by_id: FxHashMap<Text, u32> = laws.iter().zip(0..).map(|(law, row)| (law.id.clone(), row)).collect();
        let ambiguous = ambiguous
            .into_iter()
            .map(|(alias, ids)| {
                (alias, Ambiguous { rows: ids.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect() })
            })
            .collect();
        Self { laws, by_id, ambiguous }
    }

    /// Row of an id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The instrument in a row.
    #[must_use]
    pub fn law(&self, row: u32) -> Option<&Law> {
        self.laws.get(row as usize)
    }
}
