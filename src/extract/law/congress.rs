//! Whose decision a title names that stands behind a session: 第七届全国人民代表大会常务委员会第三十次会议《关于修改〈…〉的决定》.
//!
//! The official title begins with the congress, which the sentence has already said; the same decision is elsewhere called by
//! its official title.
//!
//! Always true: the number of the congress and of its session are no part of a title.

use super::{article, wording::is_han};

/// How far back a session is looked for, in bytes.
const LONGEST: usize = 180;

const CONGRESSES: [(&str, &str); 4] = [
    ("人民代表大会常务委员会", "人民代表大会常务委员会"),
    ("人大常委会", "人民代表大会常务委员会"),
    ("人民代表大会", "人民代表大会"),
    ("人大", "人民代表大会"),
];

/// The congress whose session decided what stands between the marks that open at `open`.
pub(super) fn decided_by(text: &str, open: usize) -> Option<String> {
    let before = &text[text.floor_char_boundary(open.saturating_sub(LONGEST))..open];
    let before = ["通过的", "通过", "作出的", ""].iter().find_map(|word| before.strip_suffix(word))?;
    let before = before.strip_suffix("会议")?;
    let numeral = |c: char| matches!(c, '第' | '次' | '届') || article::is_numeral(c) || c.is_ascii_digit();
    let body = before.trim_end_matches(numeral);
    if body.len() == before.len() {
        return None;
    }
    let (place, name) = CONGRESSES.iter().find_map(|(word, name)| Some((body.strip_suffix(word)?, name)))?;
    // 北京市第十四届人民代表大会, but 第七届全国人民代表大会
    let place = place.trim_end_matches(numeral);
    let place = if place.ends_with("全国") {
        "全国"
    } else {
        let run = place.rfind(|c| !is_han(c)).map_or(place, |at| place[at..].trim_start_matches(|c| !is_han(c)));
        ["年", "月", "日", "经", "由", "在", "根据", "依据"]
            .iter()
            .fold(run, |run, word| run.rsplit(word).next().unwrap_or(run))
    };
    match place {
        "" => Some(format!("全国{name}")),
        "省" | "市" | "自治区" | "州" | "县" | "区" => None,
        place => (place.chars().count() <= 14).then(|| format!("{place}{name}")),
    }
}

/// Whose instrument a title names that stands within another one's: 最高人民法院关于修改《关于办理…的解释》的决定.
///
/// `issues` says whether a body issues instruments.
pub(super) fn amended_by(text: &str, open: usize, issues: impl Fn(&str) -> bool) -> Option<&str> {
    const CHANGES: [&str; 5] = ["修改", "废止", "修订", "调整", "补充"];
    let before = &text[text.floor_char_boundary(open.saturating_sub(LONGEST))..open];
    let before = CHANGES.iter().find_map(|change| before.strip_suffix(change))?.strip_suffix("关于")?.trim_end();
    let run = before.rfind(|c: char| !(is_han(c) || matches!(c, '、' | ' ')));
    let bodies = run.map_or(before, |at| before[at..].trim_start_matches(|c: char| !is_han(c)));
    bodies.split(['、', ' ']).all(issues).then_some(bodies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_say_whose_decision_it_is() {
        let of = |text: &str| decided_by(text, text.len());
        for (text, body) in [
            ("1993年2月22日第七届全国人民代表大会常务委员会第三十次会议", "全国人民代表大会常务委员会"),
            ("根据2013年9月4日上海市第十四届人民代表大会常务委员会第七次会议", "上海市人民代表大会常务委员会"),
            ("一九八三年九月人大常委会第二次会议通过的", "全国人民代表大会常务委员会"),
            ("内蒙古自治区第十届人民代表大会第3次会议通过的", "内蒙古自治区人民代表大会"),
        ] {
            assert_eq!(of(text).as_deref(), Some(body), "{text}");
        }
        let inner = "《最高人民法院、最高人民检察院关于修改";
        let court = |body: &str| body.starts_with("最高");
        assert_eq!(amended_by(inner, inner.len(), court), Some("最高人民法院、最高人民检察院"));
        let inner = "\n最高人民法院\n关于修改";
        assert_eq!(amended_by(inner, inner.len(), court), Some("最高人民法院"));
        assert_eq!(amended_by("《甲关于修改", "《甲关于修改".len(), court), None);
        assert_eq!([of("国务院常务会议"), of("省第九届人大常委会第二次会议"), of("")], [None, None, None]);
    }
}
