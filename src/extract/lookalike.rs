//! Tells a count from what only looks like one: 一个, 前两款, 红十字, 三包, 312国道, 五届人大四次会议, 2.2　国务院.
//!
//! A number before a measure word counts, unless the measure word begins a longer word (国道), the number tells which one
//! (第三), opens a heading, or belongs to a name. The words stand in the lists of `rules/zh/figure.toml`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::scan::{self, Match};
use crate::{
    ruleset::{Ruleset, pattern::blank_length},
    value::{
        Kind,
        numeral::{Numeral, Style},
    },
};

/// The word lists, ready to be asked.
#[derive(Debug)]
pub(super) struct Lookalikes {
    /// 前两款 points at divisions.
    divisions: FxHashSet<String>,
    /// 二类, 二级: behind 二 these name a grade.
    grades: FxHashSet<String>,
    /// 风, 震: what has degrees rather than grades.
    scales: Vec<String>,
    /// 召开, 至少: behind these 次会议 counts.
    held: Vec<String>,
    /// 上升, 前移: behind these 位 counts.
    moves: Vec<String>,
    /// 一吨 measures; before other words 一 is an article.
    measures: FxHashSet<String>,
    /// 过去一年, 一年来: the year that was.
    one_behind: Vec<String>,
    one_year_behind: Vec<String>,
    one_before: Vec<String>,
    /// Idioms in two parts, the second of which begins with the number, by its first character: 五花, 八门.
    idioms: FxHashMap<char, Vec<(String, String)>>,
    /// Words before a number that labels, by last character: 北纬, 专栏.
    labels: FxHashMap<char, Vec<String>>,
    /// Measure words that count in slogans: 一港两区三外.
    places: FxHashSet<String>,
    /// Longer words that begin with a measure word, by first character: 国道.
    longer: FxHashMap<char, Vec<String>>,
    /// What begins like such a word and is a measure word with another one: 30部|分拣机.
    apart: FxHashMap<char, Vec<String>>,
    /// Names that begin with a number, by first character: 八项规定.
    names: FxHashMap<char, Vec<String>>,
}

/// Bytes around a grade in which a word says that it is a degree: 最大风力七级以上.
const SCALE_BYTES: usize = 18;

impl Lookalikes {
    pub(super) fn new(rules: &Ruleset) -> Self {
        let list = |name: &str| rules.list(&format!("zh.figure.{name}")).to_vec();
        let set = |name: &str| list(name).into_iter().collect();
        let by_first = |name: &str| {
            let mut by_first: FxHashMap<char, Vec<String>> = FxHashMap::default();
            for word in list(name) {
                if let Some(first) = word.chars().next() {
                    by_first.entry(first).or_default().push(word);
                }
            }
            by_first
        };
        Self {
            divisions: set("divisions"),
            grades: set("grades"),
            scales: list("scales"),
            held: list("held"),
            moves: list("moves"),
            measures: set("measures"),
            one_behind: list("one_behind"),
            one_year_behind: list("one_year_behind"),
            one_before: list("one_before"),
            idioms: {
                let mut by_first: FxHashMap<char, Vec<(String, String)>> = FxHashMap::default();
                for (first, rest) in list("idiom_parts").iter().filter_map(|idiom| idiom.split_once('|')) {
                    let begin = rest.chars().next().unwrap_or_default();
                    by_first.entry(begin).or_default().push((first.to_owned(), rest.to_owned()));
                }
                by_first
            },
            labels: {
                let mut by_last: FxHashMap<char, Vec<String>> = FxHashMap::default();
                for word in list("labels") {
                    by_last.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word);
                }
                by_last
            },
            places: set("places"),
            longer: by_first("longer"),
            apart: by_first("apart"),
            names: by_first("names"),
        }
    }

    /// Whether a match counts nothing although its parts fit. Figures and lengths of time are asked about, and ($000), which
    /// is the unit of a table.
    pub(super) fn holds(&self, hit: &Match<'_>, kind: Kind) -> bool {
        let Some(first) = hit.numeral("low").or_else(|| hit.numeral("n")) else { return false };
        if kind == Kind::Money {
            let digits = &hit.hay.text[first.span.range()];
            return digits.len() > 1 && digits.bytes().all(|byte| byte == b'0');
        }
        if first.span.start() != hit.start || !matches!(kind, Kind::Figure | Kind::Duration) {
            return false;
        }
        let text = hit.hay.text;
        let (left, words) = (&text[..hit.start], &text[first.span.range()]);
        let unit = hit.word("unit").unwrap_or_default();
        let ends_with_one_of = |list: &[String]| list.iter().any(|word| left.ends_with(word.as_str()));
        let lone_one =
            first.style == Style::Han && words == "一" && hit.numeral("low").is_none() && hit.code("half").is_none();
        let idle = if kind == Kind::Figure {
            !self.measures.contains(unit)
        } else {
            unit == "年度"
                || ends_with_one_of(&self.one_behind)
                // 公布的一年期利率
                || unit == "年" && ends_with_one_of(&self.one_year_behind) && !text[hit.end()..].starts_with('期')
                || self.one_before.iter().any(|word| text[hit.end()..].starts_with(word.as_str()))
        };
        if lone_one && idle || scan::tells_which(text, first) {
            return true;
        }
        let unit_at = if text[..hit.end()].ends_with(unit) { hit.end() - unit.len() } else { hit.end() };
        // 经两次常务委员会会议审议, 每年至少召开2次会议 count what 第二次会议 and 十四届二次会议 tell apart.
        let held = unit == "次" && (matches!(words, "两" | "兩") || ends_with_one_of(&self.held));
        let longer = starts_with(&self.longer, &text[unit_at..]) && !starts_with(&self.apart, &text[unit_at..]);
        if longer && !held || starts_with(&self.names, &text[hit.start..]) {
            return true;
        }
        // 五级至十级伤残: a range of ranks.
        let upper = text[hit.end()..].strip_prefix(['至', '到', '～', '—', '-', '、']).and_then(|behind| {
            let unit = behind.trim_start_matches(|c: char| is_digit(c) || c.is_ascii_digit());
            (unit.len() < behind.len()).then(|| unit.trim_start_matches(' '))
        });
        if upper.is_some_and(|behind| behind.starts_with(unit) && starts_with(&self.longer, behind)) {
            return true;
        }
        let idioms = text[hit.start..].chars().next().and_then(|first| self.idioms.get(&first));
        if idioms
            .into_iter()
            .flatten()
            .any(|(first, rest)| text[hit.start..].starts_with(rest) && left.ends_with(first))
        {
            return true;
        }
        if kind == Kind::Duration {
            // 第三个五年计划
            return left.ends_with(['个', '個']) && hit.code("unit") == Some("Y");
        }
        self.is_label(hit, first, unit, unit_at) || self.is_name(hit, first, unit)
    }

    /// 三级及以上航道, 四级（含）以上资质 are grades; 七级以上大风 has so many degrees.
    fn bounds_grade(&self, left: &str, behind: &str) -> bool {
        let behind =
            ["（含）", "(含)", "及其", "及"].iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
        let Some(noun) = behind.strip_prefix("以上").or_else(|| behind.strip_prefix("以下")) else { return false };
        let near = &left[left.floor_char_boundary(left.len().saturating_sub(SCALE_BYTES))..];
        let scaled = |text: &str| self.scales.iter().any(|word| text.contains(word.as_str()));
        !scaled(near) && !scaled(&noun[..noun.floor_char_boundary(SCALE_BYTES)])
    }

    /// 前两款, 第三十七条、三十八条, 2.2　国务院, 北纬29°, 全国前15位: the number tells which.
    fn is_label(&self, hit: &Match<'_>, first: &Numeral, unit: &str, unit_at: usize) -> bool {
        let text = hit.hay.text;
        let (left, words) = (&text[..hit.start], &text[first.span.range()]);
        let division = self.divisions.contains(unit);
        // 41-1 條
        let joined = left.ends_with('-') && left[..left.len() - 1].ends_with(|c: char| c.is_ascii_digit());
        // 12·13国家公祭日
        let dotted = left.ends_with('·') && left[..left.len() - '·'.len_utf8()].ends_with(|c: char| c.is_ascii_digit());
        let points_back = division && joined
            || dotted
            || division && (left.ends_with('前') || continues(left, unit))
            || unit == "次" && left.ends_with('届');
        // 二级, 二、三级
        let ranked = || {
            let before =
                left.strip_suffix('、').and_then(|left| left.strip_suffix(['一', '二', '三', '四', '五', '六']));
            before.is_some_and(|before| before.ends_with(|c: char| is_han(c) || c == '、'))
        };
        let grade = words == "零"
            || self.grades.contains(unit) && (words == "二" || first.style == Style::Han && ranked())
            || matches!(unit, "级" | "級")
                && first.style == Style::Han
                && words != "两"
                && words != "兩"
                && self.bounds_grade(left, &text[hit.end()..]);
        let before = left.trim_end();
        let labels = before.chars().next_back().and_then(|last| self.labels.get(&last));
        let label = labels.is_some_and(|labels| labels.iter().any(|word| before.ends_with(word.as_str())));
        // 2.2　国务院: the number of a heading stands apart from the words behind it.
        let apart = first.style == Style::Arabic
            && unit_at > first.span.end()
            && unit.starts_with(is_han)
            && blank_length(&text.as_bytes()[first.span.end()..]) > 0;
        let opens_line = left.trim_end_matches([' ', '#', '*', '>', '|']).ends_with('\n') || left.trim_end().is_empty();
        let heading = apart && (opens_line && !left.ends_with('|') || left.ends_with(['.', '．', '图', '表', '圖']));
        // 第12—29页
        let ends_pages = || {
            let low = left.strip_suffix(['—', '－', '-', '–', '~', '～', '至', '到']);
            low.map(|low| low.trim_end_matches(|c: char| c.is_ascii_digit()))
                .is_some_and(|before| before.ends_with('第'))
        };
        let han_behind = text[hit.end()..].chars().next().is_some_and(is_han);
        // 排名全国第7、上升1位
        let moves = || self.moves.iter().any(|word| left.ends_with(word.as_str()));
        let rank = unit == "位"
            && (!han_behind && !moves() || left.ends_with(['前', '后', '後', '列', '居', '国', '至', '到']));
        points_back || grade || label || heading || rank || ends_pages()
    }

    /// 内陆省, 二七区, 5G, 一港两区三外: the number belongs to a name.
    fn is_name(&self, hit: &Match<'_>, first: &Numeral, unit: &str) -> bool {
        let text = hit.hay.text;
        let words = &text[first.span.range()];
        let formal = first.style == Style::Formal
            && words.len() == '陆'.len_utf8()
            && !"壹贰貳叁叄".contains(words)
            && unit != "份";
        // 二七区; older reports do count 二七座.
        let digits = first.style == Style::Han
            && matches!(first.digits, 2 | 3)
            && first.between.is_none()
            && self.places.contains(unit)
            && !"座人个所".contains(unit);
        let generation = hit.code("unit") == Some("g") && text[..hit.end()].ends_with('G');
        let slogan = || {
            let (left, right) = (&text[..hit.start], &text[hit.end()..]);
            let mut before = left.trim_end_matches(['、', '，']).chars().rev();
            let mut behind = right.trim_start_matches(['、', '，']).chars();
            let counted_before = before.next().is_some_and(is_han) && before.next().is_some_and(is_digit);
            let counted_behind = behind.next().is_some_and(is_digit) && behind.next().is_some_and(is_han);
            counted_before || counted_behind
        };
        formal || digits || generation || first.style == Style::Han && self.places.contains(unit) && slogan()
    }
}

fn starts_with(words: &FxHashMap<char, Vec<String>>, text: &str) -> bool {
    let found = text.chars().next().and_then(|first| words.get(&first));
    found.is_some_and(|words| words.iter().any(|word| text.starts_with(word.as_str())))
}

/// 第三十七条、三十八条: the text before ends with the same division of a list that began with 第.
fn continues(left: &str, unit: &str) -> bool {
    let listed = left.trim_end_matches(['、', '和', '及', '与', '或', '至', '到', ' ']);
    listed.len() < left.len()
        && listed.strip_suffix(unit).is_some_and(|before| {
            let from = before.floor_char_boundary(before.len().saturating_sub(24));
            before[from..].contains('第')
        })
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

const fn is_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '双' | '多')
}
