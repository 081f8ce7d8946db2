//! Five-year plans of the nation by their number: "14th Five-Year Plan", 国民经济和社会发展第十一个五年规划纲要, 九五计划.

use crate::extract::law::wording::han_or_arabic;

/// Which plan "14th Five-Year Plan (2021–2025)", "Fifteenth Five-Year Plan" or "Outline of the 13th Five-Year Plan for National
/// Economic and Social Development" is; `None` for plans of other things and for other titles.
pub(super) fn plan_number(key: &str) -> Option<u32> {
    const ORDINALS: [&str; 16] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
    ];
    let key = key.strip_prefix("outline of ").unwrap_or(key);
    let (ordinal, rest) = key.split_once(' ')?;
    let rest = rest.strip_prefix("five year plan").or_else(|| rest.strip_prefix("5 year plan"))?;
    let years = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit() || b == b' ');
    // "… of Guangxi Zhuang Autonomous Region" is another plan.
    let of_region = |rest: &str| {
        rest.split(' ')
            .any(|word| matches!(word, "region" | "province" | "provincial" | "municipality" | "city" | "county"))
    };
    let national = rest.strip_prefix(" for national economic and social development");
    let whole = years(rest) || national.is_some_and(|rest| !of_region(rest));
    let digits = ordinal.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number =
        ORDINALS.iter().position(|word| *word == ordinal).map(|at| at as u32 + 1).or_else(|| digits.parse().ok());
    // The sixth began in 1981; "the Twelfth Five-Year Plan (2012–2017)" is another country's.
    let begins = |number: u32| (1981 + 5 * number).checked_sub(30);
    let said = rest.split_whitespace().next().and_then(|year| year.parse::<u32>().ok());
    number.filter(|&number| whole && (number < 6 || said.is_none_or(|year| begins(number) == Some(year))))
}

/// For which plan the instrument with this key is a recommendation of the party: "proposals for 15th five year plan",
/// 中共中央关于制定国民经济和社会发展第十五个五年规划的建议.
pub(super) fn recommended_plan(key: &str) -> Option<u32> {
    if let Some(plan) = key.strip_prefix("中共中央关于制定").and_then(|rest| rest.strip_suffix("的建议")) {
        return chinese_plan(plan).map(|(number, _)| number);
    }
    let head = ["recommendation", "proposal", "suggestion"].iter().find_map(|head| key.strip_prefix(head))?;
    let lead = [" formulating ", " drafting ", " developing ", " formulation of ", " drawing up ", " for ", " on "];
    let plan = lead.iter().find_map(|lead| head.split_once(lead).map(|(_, plan)| plan))?;
    // "… and the Long-Range Objectives Through the Year 2035"
    plan_number(plan.split_once(" and long range ").map_or(plan, |(plan, _)| plan))
}

/// Which plan a Chinese key names, and what follows: 国民经济和社会发展第十一个五年规划纲要, 九五计划.
pub(super) fn chinese_plan(key: &str) -> Option<(u32, &str)> {
    const LEADS: [&str; 4] = ["国民经济和社会发展十年规划和", "国民经济和社会发展", "发展国民经济的", "发展国民经济"];
    let rest = LEADS.iter().find_map(|lead| key.strip_prefix(lead)).unwrap_or(key);
    let (number, rest) = match rest.strip_prefix('第') {
        Some(rest) => {
            let (number, rest) = rest.split_once("个五年")?;
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            (number, if behind.len() < rest.len() { behind.strip_prefix('年')? } else { rest })
        }
        None => {
            // 十五计划 is the tenth.
            let (short, rest) = rest.split_at(rest.find(['计', '规'])?);
            (short.strip_suffix('五')?, rest)
        }
    };
    let rest = rest.strip_prefix("计划").or_else(|| rest.strip_prefix("规划"))?;
    Some((han_or_arabic(number).filter(|number| (1..100).contains(number))?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_have_a_number_in_both_languages() {
        for key in ["国民经济和社会发展第十一个五年规划纲要", "十一五规划纲要", "第十一个五年规划纲要"]
        {
            assert_eq!(chinese_plan(key), Some((11, "纲要")));
        }
        assert_eq!(chinese_plan("十五计划"), Some((10, "")));
        assert_eq!(chinese_plan("第十二个五年20112015年规划纲要"), Some((12, "纲要")));
        assert_eq!(chinese_plan("开展法治宣传教育的第八个五年规划"), None);
        assert_eq!(plan_number("14th five year plan"), Some(14));
        assert_eq!(recommended_plan("proposals for 15th five year plan"), Some(15));
        assert_eq!(
            recommended_plan("recommendations of cpc central committee for formulating 15th five year plan"),
            Some(15)
        );
        assert_eq!(recommended_plan("中共中央关于制定国民经济和社会发展第十五个五年规划的建议"), Some(15));
        assert_eq!(recommended_plan("proposals for 15th five year plan for energy"), None);
    }
}
