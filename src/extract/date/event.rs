//! Whether a day between quotation marks is that of one event: “4·18”长峰医院火灾事故 is, “12·4”国家宪法日 comes every year.
//!
//! The noun stands at the end of the name, with the place between.
//!
//! Always true: only the clause behind the marks is looked at.

use crate::extract::scan::Match;

/// “4·18”长峰医院火灾事故: a day of one year is what the clause calls an accident or a crime; “12·4”国家宪法日 is of every year.
pub(super) fn is_accident(found: &Match<'_>) -> bool {
    const NEAR: usize = 54;
    const NOUNS: [&str; 22] = [
        "事故",
        "火灾",
        "火災",
        "大火",
        "爆炸",
        "氣爆",
        "坍塌",
        "倒塌",
        "地震",
        "泥石流",
        "滑坡",
        "洪灾",
        "踩踏",
        "中毒",
        "空难",
        "空難",
        "沉船",
        "溃坝",
        "惨案",
        "杀人案",
        "诈骗案",
        "专案",
    ];
    let text = found.hay.text;
    let behind = &text[found.end()..text.floor_char_boundary((found.end() + NEAR).min(text.len()))];
    let Some(noun) = behind.strip_prefix(['”', '」']) else { return false };
    let clause = noun.split(['，', '。', '；', '、', '“', '「', '\n', '）']).next().unwrap_or_default();
    let day = ["日", "节", "節", "周", "活动", "行动", "晚会", "期间"].iter().any(|word| clause.contains(word));
    !day && NOUNS.iter().any(|word| clause.contains(word))
}
