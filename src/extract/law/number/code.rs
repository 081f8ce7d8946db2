//! Codes of offices: 京公（海）行罚决字, 深市监处罚〔2024〕福田, 京金罚决字 behind the name of the body.
//!
//! Always true: a code is cut where something shows that it begins or ends, else it stays as it is.

use super::court::PLACES;
use crate::extract::law::{article, wording::is_han};

/// Last characters of what stands before the place of an office in its code: 京公（海）, 沪税（浦）.
const CODE_ENDS: [char; 6] = ['公', '税', '环', '监', '综', '城'];
/// The name of an office between the year and the serial of a number: 福田 of 〔2024〕福田123号.
pub(super) fn office_behind_year(text: &str) -> Option<&str> {
    const LONGEST: usize = 3;
    let length: usize = text.chars().rev().take(LONGEST).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let (year, office) = text.split_at(text.len() - length);
    let plain = office.chars().count() >= 2 && !office.contains(['第', '字', '号', '號']);
    (plain && year.ends_with(['〕', ']', '］'])).then_some(office)
}

/// The code behind the name of the body whose it is: 京金罚决字 of 北京监管局京金罚决字.
pub(super) fn without_body(run: &str) -> &str {
    const BODIES: [&str; 8] = ["局", "厅", "委员会", "政府", "法院", "检察院", "办公室", "海关"];
    const FIRST: &str = "国法财税教建银证环";
    let code = |at: usize| {
        let code = &run[at..];
        code.starts_with(|c| PLACES.contains(c) || FIRST.contains(c)) && code.chars().count() >= 2
    };
    let ends = BODIES.iter().filter_map(|body| run.rfind(body).map(|at| at + body.len())).max();
    ends.filter(|&end| code(end)).map_or(run, |end| &run[end..])
}

/// Whether 经 between these two is a part of a code: 国经贸投资, 外经贸法发, 浙经信技术, 发改农经, but 经国发, 已经国办发.
pub(super) fn is_economy(before: &str, behind: &str) -> bool {
    let place = before.ends_with(|c| PLACES.contains(c)) || !before.ends_with(is_han);
    behind.is_empty()
        || before.ends_with(['农', '財', '财'])
        || behind.starts_with("贸")
        || place && (behind.starts_with("信") && !behind.starts_with("信访") || behind.starts_with("济"))
}

/// Where the bracket opens with which a text ends and that holds the short name of a place within a code: 京公（海）行罚决字.
pub(super) fn place_in_brackets(text: &str) -> Option<usize> {
    const LONGEST: usize = 2;
    let inside = text.strip_suffix(['）', ')'])?;
    let name: usize = inside.chars().rev().take(LONGEST).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let (before, name) = inside.split_at(inside.len() - name);
    let code = before.strip_suffix(['（', '('])?;
    let plain = !name.is_empty() && !name.contains(article::is_numeral) && !matches!(name, "试行" | "試行" | "草案");
    (plain && code.ends_with(|c| PLACES.contains(c) || CODE_ENDS.contains(&c))).then_some(code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_economy_is_no_lead() {
        assert!(is_economy("国", "贸投资"));
        assert!(is_economy("浙", "信技术"));
        assert!(is_economy("发改农", ""));
        assert!(!is_economy("已", "国办发"));
        assert!(!is_economy("", "国发"));
    }

    #[test]
    fn a_code_is_cut_from_what_stands_around_it() {
        assert_eq!(without_body("北京监管局京金罚决字"), "京金罚决字");
        assert_eq!(without_body("国务院办公厅国办发"), "国办发");
        assert_eq!(without_body("商务部办公厅函"), "商务部办公厅函");
        assert_eq!(place_in_brackets("京公（海）"), Some("京公".len()));
        assert_eq!(place_in_brackets("办法（试行）"), None);
        assert_eq!(office_behind_year("深市监处罚〔2024〕福田"), Some("福田"));
        assert_eq!(office_behind_year("深市监处罚〔2024〕第"), None);
    }
}
