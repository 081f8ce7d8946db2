//! Five-year plans without title marks: 第七个五年计划, 国民经济和社会发展第十一个五年规划纲要, “九五”计划.
//!
//! They are the only plans that a text names by a number. Their periods (“九五”期间, 第六个五年计划期间) are stretches of years
//! and no plans.
//!
//! Always true: a plan is found by its number before 五, and the time is proportional to the text.

use memchr::memmem;

use crate::text::Span;

const HEADS: [&str; 5] = ["计划", "规划", "計畫", "計劃", "規劃"];
const LEADS: [&str; 6] = [
    "国民经济和社会发展十年规划和",
    "国民经济和社会发展",
    "國民經濟和社會發展",
    "发展国民经济的",
    "发展国民经济",
    "發展國民經濟的",
];
const STATE: &str = "中华人民共和国";
const NUMERALS: &str = "一二三四五六七八九十";

/// All plans, in text order.
pub(super) fn find(text: &str) -> Vec<Span> {
    memmem::find_iter(text.as_bytes(), "五").filter_map(|at| read(text, at)).collect()
}

fn read(text: &str, at: usize) -> Option<Span> {
    let before = &text[..at];
    let behind = &text[at + "五".len()..];
    let (start, rest) = if let Some(rest) = behind.strip_prefix("年") {
        let number = before.strip_suffix(['个', '個'])?;
        (numeral(number)?.strip_suffix('第')?.len(), without_years(rest))
    } else if let Some(rest) = behind.strip_prefix(['”', '"', '」', '’', '』']) {
        (numeral(before)?.strip_suffix(['“', '"', '「', '‘', '『'])?.len(), rest)
    } else {
        let left = numeral(before)?;
        // 十五计划 may be a day of the month; 三五, 五五 and 二十五 are no plans without marks.
        const PLAIN: [&str; 10] = ["一", "二", "六", "七", "八", "九", "十一", "十二", "十三", "十四"];
        if left.ends_with(['第', '“', '"', '「', '‘', '『', '百', '千', '万'])
            || !PLAIN.contains(&&before[left.len()..])
        {
            return None;
        }
        (left.len(), behind)
    };
    let mut rest = HEADS.iter().find_map(|head| rest.strip_prefix(head))?;
    // 规划师, 规划设计院
    if rest.starts_with(['师', '院', '局', '处', '员', '司', '設', '设']) {
        return None;
    }
    if ["期", "时期", "時期"].iter().any(|period| rest.starts_with(period)) {
        return None;
    }
    rest = outline(rest).unwrap_or(rest);
    let mut start = start;
    if let Some(lead) = LEADS.iter().find(|lead| text[..start].ends_with(**lead)) {
        start -= lead.len();
        start -= text[..start].strip_suffix(STATE).map_or(0, |_| STATE.len());
    }
    Some(Span::of(start, text.len() - rest.len()))
}

/// What follows （2011—2015年）.
fn without_years(text: &str) -> &str {
    let years = |rest: &str| {
        let inside = rest.trim_start_matches(|c: char| super::article::digit(c).is_some() || "—－-–至年".contains(c));
        (inside.len() < rest.len()).then(|| rest.len() - inside.len())
    };
    let Some(rest) = text.strip_prefix(['（', '(']) else { return text };
    years(rest).and_then(|length| rest[length..].strip_prefix(['）', ')'])).unwrap_or(text)
}

/// What stands before the numeral with which a text ends.
fn numeral(text: &str) -> Option<&str> {
    let length = text.chars().rev().take(3).take_while(|c| NUMERALS.contains(*c)).count();
    (1..=2).contains(&length).then(|| &text[..text.len() - length * "一".len()])
}

/// What follows 纲要 or 和2035年远景目标纲要.
fn outline(text: &str) -> Option<&str> {
    let whole = ["纲要", "綱要"];
    if let Some(rest) = whole.iter().find_map(|word| text.strip_prefix(word)) {
        return Some(rest);
    }
    let year = text.strip_prefix('和')?;
    let rest = year.trim_start_matches(|c: char| super::article::digit(c).is_some());
    let goals = rest.strip_prefix("年远景目标")?;
    (rest.len() < year.len()).then(|| goals.strip_prefix("纲要").unwrap_or(goals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, expected: &[&str]) {
        assert_eq!(find(text).into_iter().map(|span| &text[span.range()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn plans_are_found_by_their_number() {
        finds("为完成第二个五年计划而奋斗", &["第二个五年计划"]);
        finds("国民经济和社会发展的第九个五年计划，开始实施“十五”计划", &["第九个五年计划", "“十五”计划"]);
        finds(
            "批准中华人民共和国国民经济和社会发展第十一个五年规划纲要。",
            &["中华人民共和国国民经济和社会发展第十一个五年规划纲要"],
        );
        finds("落实‘十四五’规划，推動「十四五」規劃綱要", &["‘十四五’规划", "「十四五」規劃綱要"]);
        finds("通过第十二个五年（2011—2015年）规划纲要，", &["第十二个五年（2011—2015年）规划纲要"]);
        finds("“十四五”规划和2035年远景目标纲要草案；七五计划", &["“十四五”规划和2035年远景目标纲要", "七五计划"]);
    }

    #[test]
    fn periods_and_other_numbers_are_no_plans() {
        finds("第六个五年计划期间，“七五”计划时期，“八五”规划期内", &[]);
        finds("五年计划、三个五年计划、第十五规划、二百三十五计划", &[]);
        finds("十五计划去北京，二十五规划师，五五规划设计院，他三五计划好了", &[]);
    }
}
