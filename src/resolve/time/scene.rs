//! What stands around a date and tells its year: 今年 in the same paragraph, 将于 before it, a weekday beside it, the
//! articles of a statute.
//!
//! 条例第三十条 says 5月1日前, and the year of its promulgation far above is not meant: in statutes such a day comes every
//! year. The words stand in lists of the date files.

use jiff::civil::{Date, Weekday};

use crate::{
    ruleset::{
        Ruleset,
        pattern::{WordTable, blank_length, literal_end},
    },
    text::Span,
    value::{Point, When},
};

/// A section with the words that are looked for in it.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    text: &'a str,
    /// 今年, 去年: years from the document's.
    years: Option<&'a WordTable>,
    /// 将于: the date is still to come.
    coming: &'a [String],
    /// 比, 较 before 去年: it is only compared with.
    compared: &'a [String],
    /// "of that year"
    that_year: &'a [String],
    /// "will", "scheduled": the clause speaks of what is to come.
    foretold: &'a [String],
    /// 星期六, "Saturday": days from Monday.
    weekdays: [Option<&'a WordTable>; 2],
}

/// Bytes before a date in which a word of its paragraph tells the year.
const WORD_BYTES: usize = 400;
/// So far back at most stands the other date of the same paragraph.
const PARAGRAPH_BYTES: usize = 1_200;
/// Bytes around a month in which its clause says whether it is to come.
const CLAUSE_BYTES: usize = 160;
/// Verbs of the past that do not end like one.
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "began",
    "fell",
    "rose",
    "grew",
    "met",
    "held",
    "made",
    "took",
    "became",
    "sent",
    "said",
    "saw",
    "went",
    "came",
    "won",
    "gave",
    "led",
    "hit",
    "did",
    "struck",
    "broke",
    "drew",
    "drove",
    "got",
    "kept",
    "knew",
    "left",
    "lost",
    "paid",
    "ran",
    "sank",
    "sold",
    "sought",
    "spoke",
    "spent",
    "stood",
    "swore",
    "taught",
    "thought",
    "told",
    "wrote",
    "brought",
    "built",
    "bought",
    "chose",
    "dealt",
    "found",
    "laid",
    "meant",
    "oversaw",
    "withdrew",
    "undertook",
    "shot",
    "shook",
    "swept",
    "threw",
];
/// Participles of the past that do not end like one.
const PARTICIPLES: &[&str] = &["built", "set", "begun", "made", "held", "first", "last", "born", "drawn", "written"];
/// Bytes before a year in which an aside with it begins.
const ASIDE_BYTES: usize = 40;
/// So many articles make a statute.
const ARTICLES: usize = 3;
/// A title is no longer than this.
const TITLE_BYTES: usize = 400;

impl<'a> Scene<'a> {
    pub(super) fn new(rules: &'a Ruleset, text: &'a str) -> Self {
        Self {
            text,
            years: rules.table("zh.date.year_before"),
            coming: rules.list("zh.date.coming"),
            compared: rules.list("zh.date.compared"),
            that_year: rules.list("en.date.that_year"),
            foretold: rules.list("en.date.foretold"),
            weekdays: [rules.table("zh.date.weekday"), rules.table("en.date.weekday")],
        }
    }

    /// Where the articles of a statute begin: 第一条, "Article 1" at the beginning of at least three lines.
    pub(super) fn articles(&self) -> Option<usize> {
        let mut at = 0;
        let mut first = None;
        let mut count = 0;
        for line in self.text.split_inclusive('\n') {
            if is_article(line.trim_start_matches([' ', '*', '#'])) {
                count += 1;
                first = first.or(Some(at));
            }
            if count == ARTICLES {
                return first;
            }
            at += line.len();
        }
        None
    }

    /// Whether a line ends between two places, or so much text stands there that one surely does.
    pub(super) fn parted(&self, from: usize, to: usize) -> bool {
        to.saturating_sub(from) > PARAGRAPH_BYTES || self.between(from, to).contains('\n')
    }

    /// Whether a sentence ends between two places.
    pub(super) fn sentence_ends(&self, from: usize, to: usize) -> bool {
        let between = self.between(from, to);
        let stops = |(at, c): (usize, char)| match c {
            '。' | '！' | '？' | '\n' => true,
            // "since 2017; on 14 April it heard"
            ';' => between[at + 1..].starts_with(' '),
            // "In 2017 there were 237 notices. The rule": neither "U.S. rule" nor "2.5".
            '.' | '?' | '!' => {
                let word = between[..at].trim_end_matches(|c: char| c.is_ascii_lowercase() || c == ')' || c == '”');
                let spoken = at == 0 || at - word.len() > 1 || between[..at].ends_with(|c: char| c.is_ascii_digit());
                let mut behind = between[at + 1..].trim_start_matches(['”', '"', ')']).chars();
                spoken && behind.next() == Some(' ') && behind.next().is_some_and(|c| c.is_ascii_uppercase())
            }
            _ => false,
        };
        between.char_indices().any(stops)
    }

    /// The years between the document's and the one that 今年 or 去年 before a date tells, where no other date stands
    /// between. 今年 holds for its paragraph, 去年 for its clause, if it begins one.
    pub(super) fn told(&self, from: usize, date: usize) -> Option<i8> {
        let between = self.between(from.max(date.saturating_sub(WORD_BYTES)), date);
        let paragraph = &between[between.rfind('\n').map_or(0, |at| at + 1)..];
        let sentence = paragraph.rfind(['。', '；', '！', '？']).map_or(0, |at| at + '。'.len_utf8());
        let entries = &self.years?.entries;
        let nearest = entries.iter().filter_map(|(word, shift)| {
            let at = paragraph.rfind(&**word)?;
            let before = &paragraph[..at];
            let compared = self.compared.iter().any(|word| before.ends_with(word.as_str()));
            let opens = before.is_empty() || before.ends_with(['。', '；', '，', '：', '、', ' ', '\u{3000}']);
            let shift: i8 = shift.parse().ok()?;
            (!compared && (shift == 0 || at >= sentence && opens)).then_some((at, word.len(), shift))
        });
        nearest.max_by_key(|&(at, length, _)| (at, length)).map(|(.., shift)| shift)
    }

    /// 将于9月召开: the words right before a date say that it is still to come.
    pub(super) fn is_coming(&self, date: usize) -> bool {
        let left = self.text[..date].trim_end_matches(' ');
        self.coming.iter().any(|word| left.ends_with(word.as_str()))
    }

    /// "August 9 of that year": the year named before is meant.
    pub(super) fn is_of_that_year(&self, date: usize) -> bool {
        let at = date + blank_length(&self.text.as_bytes()[date..]);
        self.that_year.iter().any(|words| literal_end(self.text.as_bytes(), at, words).is_some())
    }

    /// “8·12”: a day by which an event is called.
    pub(super) fn is_event(&self, span: Span) -> bool {
        self.text[span.range()].contains('·')
    }

    /// 观看“8·12”爆炸事故警示片: an event that is thought of may be of any year.
    pub(super) fn recalls(&self, span: Span) -> bool {
        const WORDS: [&str; 8] = ["纪念", "吸取", "汲取", "教训", "警示", "观看", "追悼", "周年"];
        let from = self.text.floor_char_boundary(span.start().saturating_sub(CLAUSE_BYTES));
        let to = self.text.floor_char_boundary((span.end() + CLAUSE_BYTES).min(self.text.len()));
        let before = self.text[from..span.start()].rsplit(['。', '\n']).next().unwrap_or_default();
        let behind = self.text[span.end()..to].split(['。', '\n']).next().unwrap_or_default();
        WORDS.iter().any(|word| before.contains(word) || behind.contains(word))
    }

    /// 较2020年: a year that another one is compared with.
    pub(super) fn is_compared(&self, span: Span) -> bool {
        let before = &self.text[..span.start()];
        ["较", "較", "比"].iter().any(|word| before.ends_with(word))
            || before.ends_with(['与', '與', '同', '和'])
                && ["相比", "相較", "比较"].iter().any(|word| self.text[span.end()..].starts_with(word))
    }

    /// "In September, the Commission released": an English clause that speaks of nothing to come.
    pub(super) fn tells_past(&self, date: usize) -> bool {
        self.is_english(date) && self.tense(date).unwrap_or(true)
    }

    /// "On April 3 the ministry met": an English clause with a verb of the past.
    pub(super) fn tells_done(&self, date: usize) -> bool {
        self.is_english(date) && self.tense(date) == Some(true)
    }

    /// "October 28", "28 October": a date with an English word.
    pub(super) fn is_english(&self, date: usize) -> bool {
        let word = self.text[date..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        word.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// "By June 1, the Secretary shall report", "It will open on May 5": what is still to be done.
    pub(super) fn tells_duty(&self, date: usize) -> bool {
        let duty = |word: &str| matches!(word, "shall" | "must" | "will" | "should");
        self.is_english(date) && self.tense(date) == Some(false) && {
            let (left, right) = self.clause(date);
            right.split(is_apart).any(duty)
                || left.rsplit(is_apart).find(|word| self.says(word).is_some()).is_some_and(duty)
        }
    }

    /// The clause before and behind a place.
    fn clause(&self, at: usize) -> (&'a str, &'a str) {
        let from = self.text.floor_char_boundary(at.saturating_sub(CLAUSE_BYTES));
        let to = self.text.ceil_char_boundary(at + CLAUSE_BYTES);
        let (left, right) = (self.between(from, at), self.between(at, to));
        let left = &left[left.rfind(". ").map_or(0, |at| at + 1)..];
        (left, &right[..right.find(". ").unwrap_or(right.len())])
    }

    /// Whether a word speaks of what is over (true) or to come (false).
    fn says(&self, word: &str) -> Option<bool> {
        if self.foretold.iter().any(|told| told.eq_ignore_ascii_case(word)) {
            return Some(false);
        }
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
        let past = word.ends_with("ed") && word.len() > 4 || PAST.contains(&word);
        (lower && past).then_some(true)
    }

    /// Whether the clause around a date speaks of what is over (true) or to come (false), where a verb says so.
    fn tense(&self, date: usize) -> Option<bool> {
        let (left, right) = self.clause(date);
        // The verb nearest behind the month decides, else the one before: "In November, he promised that tariffs would remain".
        let month = right.find(is_apart).unwrap_or(right.len());
        let behind = right[month..].split(is_apart).find_map(|word| self.says(word));
        behind.or_else(|| left.rsplit(is_apart).find_map(|word| self.says(word)))
    }

    /// 1949年，战争结束: a year that opens its sentence is the one told of; so is "In 2019, the plan was adopted", if that was
    /// `long_ago`.
    pub(super) fn frames(&self, span: Span, long_ago: bool) -> bool {
        let behind = &self.text[span.end()..];
        let opens = |left: &str| left.strip_suffix("In ").is_some_and(|left| !left.ends_with(char::is_alphanumeric));
        behind.starts_with('，') || long_ago && behind.starts_with(',') && opens(&self.text[..span.start()])
    }

    /// "The mission, established in 2011, was attacked on 3 January": a year of the past between commas or brackets is told
    /// by the way.
    pub(super) fn is_aside(&self, span: Span) -> bool {
        let closes = self.text[span.end()..].starts_with([',', ')']);
        let near = self.between(span.start().saturating_sub(ASIDE_BYTES), span.start());
        let Some(verb) = near.strip_suffix(" in ").or_else(|| near.strip_suffix(" since ")) else { return false };
        let opens = verb.rfind([',', '(']).map(|at| verb[at + 1..].trim_start());
        closes
            && opens.is_some_and(|words| {
                let first = words.split(' ').next().unwrap_or_default();
                first.ends_with("ed") || PARTICIPLES.contains(&first)
            })
    }

    /// Whether a mention stands in a line without an end of a sentence: a title, a heading.
    pub(super) fn is_heading(&self, span: Span) -> bool {
        let from = self.text.floor_char_boundary(span.start().saturating_sub(TITLE_BYTES));
        let to = self.text.ceil_char_boundary(span.end() + TITLE_BYTES);
        let left =
            self.between(from, span.start()).rfind('\n').map_or((from == 0).then_some(0), |at| Some(from + at + 1));
        let right = self.between(span.end(), to).find('\n').map(|at| span.end() + at);
        let right = right.or((to >= self.text.len()).then_some(self.text.len()));
        let Some(line) = left.zip(right).and_then(|(left, right)| self.text.get(left..right)) else { return false };
        let line = line.trim_end_matches([' ', '*', '”', '"', '\u{3000}']);
        !line.contains(['。', '；', '，']) && !line.ends_with(['.', ';', ',', ':', '：', '、']) && !line.contains(". ")
    }

    /// Whether a mention is all that its line says, brackets apart: （2025年3月18日） below a title.
    pub(super) fn is_line(&self, span: Span) -> bool {
        let marks = [' ', '(', ')', '（', '）', '*', '\u{3000}'];
        let left = self.text[..span.start()].trim_end_matches(marks);
        let right = self.text[span.end().min(self.text.len())..].trim_start_matches(marks);
        (left.is_empty() || left.ends_with('\n')) && (right.is_empty() || right.starts_with('\n'))
    }

    /// The weekday beside a date: 2月2日（星期六）, "Wednesday, August 24".
    pub(super) fn weekday(&self, span: Span) -> Option<Weekday> {
        let behind = self.text[span.end()..].trim_start_matches(' ');
        let bracket = behind.strip_prefix(['（', '(']).unwrap_or_default().trim_start_matches(' ');
        let before = self.text[..span.start()].trim_end_matches([',', ' ']);
        let word = |(word, day): &(Box<str>, Box<str>)| {
            let closes =
                bracket.strip_prefix(&**word).is_some_and(|rest| rest.starts_with(['）', ')', '，', ',', '、']));
            let opens = word.len() > "Wed".len() && word.is_ascii() && before.ends_with(&**word);
            (closes || opens).then(|| day.parse().ok()).flatten()
        };
        let entries = self.weekdays.into_iter().flatten().flat_map(|table| &table.entries);
        entries.filter_map(word).next().and_then(|day: i8| Weekday::from_monday_zero_offset(day).ok())
    }

    /// 2月2日（星期六）: where the year found makes it another weekday, the one before or behind it that does not.
    pub(super) fn on_its_weekday(&self, when: When, span: Span) -> When {
        let When::Point(Point::Day(Some(year), month, day)) = when else { return when };
        let Some(weekday) = self.weekday(span) else { return when };
        let fits = |&year: &i16| Date::new(year, month, day).is_ok_and(|date| date.weekday() == weekday);
        let year = [year, year.saturating_add(1), year.saturating_sub(1)].into_iter().find(fits).unwrap_or(year);
        When::Point(Point::Day(Some(year), month, day))
    }

    fn between(&self, from: usize, to: usize) -> &'a str {
        let from = self.text.ceil_char_boundary(from.min(self.text.len()));
        self.text.get(from..to).unwrap_or_default()
    }
}

/// Whether a character parts English words.
const fn is_apart(c: char) -> bool {
    !c.is_ascii_alphabetic()
}

/// 第三十条 and "Article 5" at the beginning of a line.
fn is_article(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('第') {
        let number =
            |c: char| c.is_ascii_digit() || c == ' ' || c == '-' || "一二三四五六七八九十百千〇零两".contains(c);
        return rest.trim_start_matches(number).starts_with(['条', '條']);
    }
    let behind = line.strip_prefix("Article ").unwrap_or_default();
    behind.starts_with(|c: char| c.is_ascii_digit())
}

/// 2019 of 关于2019年部分节假日安排的通知: the only year of a title.
pub(super) fn year_of_title(title: &str) -> Option<i16> {
    let years: Vec<i16> = title
        .match_indices('年')
        .filter_map(|(at, _)| title.get(at.checked_sub(4)?..at)?.parse().ok())
        .filter(|year| (1900..2100).contains(year))
        .collect();
    let [year] = years[..] else { return None };
    let range = title.contains(['-', '—', '－', '～', '至']);
    (!range).then_some(year)
}

/// 2013 of 国办函〔2013〕47号.
pub(super) fn year_of_number(norm: &str) -> Option<i16> {
    norm.split_once('〔')?.1.split_once('〕')?.0.parse().ok().filter(|year| (1949..2100).contains(year))
}
