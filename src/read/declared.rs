//! What a document says of itself: title, date, issuer, language.
//!
//! Front matter (`date: '2023-09-22'`), a page's `<meta>` and the metadata table use many names for few
//! things; here they become fields of the document. What is not clearly a date is kept as said, in
//! `fields`, and never guessed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Reason;
use crate::text::{Heading, Language};

/// What a reader makes of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Parsed {
    /// The text.
    pub(super) text: String,
    /// Headings that the format marks.
    pub(super) headings: Vec<Heading>,
    /// Declarations.
    pub(super) declared: Declared,
    /// What was lost, and how to say so.
    pub(super) notes: Vec<(Reason, String)>,
}

/// Declarations of a document, or about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// Title.
    pub(super) title: Option<String>,
    /// Date to the day.
    pub(super) date: Option<Date>,
    /// Issuing body.
    pub(super) issuer: Option<String>,
    /// Language.
    pub(super) language: Option<Language>,
    /// Everything else, by lower-case key.
    pub(super) fields: BTreeMap<String, String>,
}

impl Declared {
    /// Takes over one `key: value`. Empty values say nothing.
    pub(super) fn say(&mut self, key: &str, value: &str) {
        let (key, value) = (key.trim().to_lowercase(), value.trim());
        if key.is_empty() || value.is_empty() {
            return;
        }
        match key.as_str() {
            "title" | "标题" | "標題" => self.title = Some(value.to_owned()),
            "issuer" | "发文机关" | "發文機關" => self.issuer = Some(value.to_owned()),
            "lang" | "language" if Language::from_code(value).is_some() => self.language = Language::from_code(value),
            "date" | "日期" if date(value).is_some() => self.date = date(value),
            _ => {
                self.fields.insert(key, value.to_owned());
            }
        }
    }
}

/// A day: `2016-11-07`, `2016/11/7`, `2016年11月7日`, `20161107`, with a time of day behind it or not.
pub(super) fn date(words: &str) -> Option<Date> {
    let words = words.trim();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (year, behind) = words.split_at_checked(4)?;
    let (month, day, rest) = match digits {
        8 => {
            let (month, rest) = behind.split_at_checked(2)?;
            let (day, rest) = rest.split_at_checked(2)?;
            (month, day, rest)
        }
        4 => {
            let (month, rest) = number_after(behind, &['-', '/', '.', '年'])?;
            let (day, rest) = number_after(rest, &['-', '/', '.', '月'])?;
            (month, day, rest.strip_prefix('日').unwrap_or(rest))
        }
        _ => return None,
    };
    if rest.starts_with(|c: char| c.is_alphanumeric() && c != 'T') {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn number_after<'a>(words: &'a str, marks: &[char]) -> Option<(&'a str, &'a str)> {
    let words = words.strip_prefix(marks)?;
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    words.split_at_checked(digits).filter(|_| (1..=2).contains(&digits))
}

/// A year or a month alone: true, but no day to count from.
pub(super) fn is_coarse_date(words: &str) -> bool {
    let Some((year, behind)) = words.split_at_checked(4) else { return false };
    let is_month = |month: &str| month.len() == 2 && matches!(month.parse(), Ok(1..=12_u8));
    year.bytes().all(|b| b.is_ascii_digit()) && (behind.is_empty() || behind.strip_prefix('-').is_some_and(is_month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_usual_forms() {
        let day = Date::new(2016, 11, 7).ok();
        for words in [
            "2016-11-07",
            "2016/11/7",
            "2016.11.7",
            "2016年11月7日",
            "20161107",
            "2016-11-07T08:00:00+08:00",
            "2016-11-07 17:03:22-04:00",
        ] {
            assert_eq!(date(words), day, "{words}");
        }
        for words in ["2016-02-30", "2016", "2016-11", "7 November", "20161107123", "2016-11-071", ""] {
            assert_eq!(date(words), None, "{words}");
        }
        assert!(is_coarse_date("2016") && is_coarse_date("2016-11"));
        assert!(!is_coarse_date("2016-13") && !is_coarse_date("年年") && !is_coarse_date("201"));
    }

    #[test]
    fn what_is_not_clearly_a_date_is_kept_as_said() {
        let mut declared = Declared::default();
        declared.say("Date", "spring 2016");
        declared.say("TAGS", "law");
        declared.say("lang", "zh-Hant");
        assert_eq!((declared.date, declared.language), (None, Some(Language::Zh)));
        assert_eq!(
            declared.fields.into_iter().collect::<Vec<_>>(),
            [("date".into(), "spring 2016".into()), ("tags".into(), "law".into())]
        );
    }
}
