//! What the words between two references say of the second: 第三条、第五条; 第五条规定的第（三）项; 原第三项改为第四项.
//!
//! 第二款 alone is a paragraph of the article in which it stands; behind 在第二百八十五条中增加一款作为 it is one of that article.
//!
//! Always true: a gap with other words than these says nothing.

/// Whether a gap joins two references: 第三条、第五条; 第一项和第三项; 第 4 條第 1 項、附表 1、第 2 項.
pub(super) fn joins(gap: &str) -> bool {
    const LONGEST: usize = 60;
    const JOINTS: [&str; 11] = ["、", "，", ",", "以及", "或者", "和", "及", "或", "与", "與", "暨"];
    if gap.len() > LONGEST {
        return false;
    }
    let mut rest = gap.trim_matches(' ');
    let mut joined = false;
    while !rest.is_empty() {
        if let Some(behind) = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint)) {
            joined = true;
            rest = behind.trim_start_matches(' ');
        } else if let Some(behind) = super::without_aside(rest) {
            rest = behind;
        } else {
            return false;
        }
    }
    joined
}

/// Whether the words between two references say that the second is a part of the first.
pub(super) fn points_into(gap: &str) -> bool {
    const WORDS: [&str; 14] = [
        "所列",
        "所列的",
        "规定的",
        "所规定的",
        "所定",
        "所定之",
        "規定之",
        "規定的",
        "所規定之",
        "所稱",
        "所称",
        "中的",
        "的",
        "中",
    ];
    WORDS.contains(&gap.trim_matches(' '))
}

/// Whether the words between two references speak of a change to the article of the first.
pub(super) fn amends(gap: &str) -> bool {
    const LONGEST: usize = 240;
    if gap.len() > LONGEST || gap.contains(['。', '\n']) {
        return false;
    }
    let ends = |words: &[&str]| words.iter().any(|word| gap.ends_with(word));
    let changed = ["增加", "合并", "合併", "移至", "移作", "拆分"].iter().any(|word| gap.contains(word));
    changed && ends(&["作为", "作為"]) || gap.contains("末尾") && ends(&["和", "及", "、"])
}

/// Whether the words between two references of one article give a part of it another number: 原第三项改为第四项.
pub(super) fn renumbers(gap: &str) -> bool {
    matches!(gap, "，原" | "；原" | "。原" | "改为" | "改為" | "移作" | "依次改为" | "依次改為" | "改列为" | "改列為")
}

/// Whether the words around a chapter say that it is changed as a whole: 删去第二节, 第四章章名修改为, 第五章改为第六章.
pub(super) fn changes_chapter(before: &str, behind: &str) -> bool {
    const TAKEN: [&str; 7] = ["删去", "删除", "刪去", "刪除", "增设", "增設", "新增"];
    const CHANGED: [&str; 20] = [
        "章名",
        "节名",
        "節名",
        "编名",
        "編名",
        "改为第",
        "改為第",
        "相应改为第",
        "相應改為第",
        "移作第",
        "移至第",
        "并入第",
        "调整为第",
        "作为第",
        "增加一条",
        "增加一节",
        "后增加一",
        "之后增加一",
        "合并，",
        "合併，",
    ];
    const NUMBERED: [&str; 10] = ["改为", "改為", "移作", "调整为", "并入", "移至", "移入", "移到", "作为", "作為"];
    let before = before.trim_end_matches(' ');
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    // 第五章与第六章合并
    let joined = behind.strip_prefix(['与', '與', '和', '、', '及']).and_then(|rest| rest.strip_prefix('第'));
    let joined = joined.is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| super::digit(c).is_some() || super::is_numeral(c));
        rest.strip_prefix(['章', '节', '節']).is_some_and(|rest| rest.starts_with("合并") || rest.starts_with("合併"))
    });
    let changed = joined || CHANGED.iter().any(|word| behind.starts_with(word));
    // 第五章改为第六章, 增加一章，作为第五章, 将第五十条移至第六章
    let from = before.floor_char_boundary(before.len().saturating_sub(60));
    let divided = before[from..].contains(['章', '节', '節'])
        || ["移至", "移入", "移到"].iter().any(|word| before.ends_with(word))
            && before[from..].contains(['条', '條', '款']);
    ends(&TAKEN) || changed || ends(&NUMBERED) && divided
}

/// Where 附表1 begins that stands right before a reference, and its number.
pub(super) fn schedule(before: &str) -> Option<(usize, &str)> {
    const LONGEST: usize = 4;
    let named = before.trim_end_matches(' ');
    let letters = named.bytes().rev().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let (rest, number) = named.split_at(named.len() - letters);
    let start = rest.trim_end_matches(' ').strip_suffix("附表")?.len();
    number.starts_with(|c: char| c.is_ascii_digit()).then_some((start, number))
}
