//! Whether the words between title marks name an instrument: 《取水许可管理办法》 does, 《教学方法》 does not.
//!
//! The head noun says it; some heads do so only with 关于 or with a number behind the title: 《体育场地统计调查制度》（国统制〔2023〕98号）.
//!
//! Always true: a name that is cut from the title of a statute is one, though it ends like a word that is none: 《劳合法》.

use super::{LawGrammar, amendment, article, wording::without_additions};

/// Heads with which a title names an instrument where a number stands behind it.
const NUMBERED: [&str; 6] = ["制度", "清单", "框架", "体系", "目录", "要求"];

/// 「優化殯葬設施中程計畫」, 「前瞻基礎建設計畫」: a plan of the government between quotation marks; 「優化升降機資助計劃」 gives money.
pub(super) fn is_plan(words: &str) -> bool {
    const PLANS: [&str; 9] =
        ["中程計畫", "中長程計畫", "長程計畫", "發展計畫", "建設計畫", "行動計畫", "行動方案", "發展方案", "推動方案"];
    let named = |plan: &str| words.strip_suffix(plan).is_some_and(|rest| rest.chars().count() >= 2);
    PLANS.into_iter().any(named) && !words.contains(['，', '。', '、', '《'])
}

impl LawGrammar {
    /// Whether the words of a title say that it is an instrument; `numbered` says that its number stands behind it.
    pub(super) fn is_title(&self, title: &str, numbered: bool, of_macao: bool) -> bool {
        if amendment::number(title).is_some() {
            return true;
        }
        let bare = without_serial(without_additions(title));
        // 《民法典侵权责任编（草案）》
        let Some(head) = self.heads.ending(bare) else { return bare.ends_with('编') && title.contains("草案") };
        // 《目录》 alone is that of a book.
        if head == bare && ["目录", "计划", "措施", "名录", "举措", "清单"].contains(&bare) {
            return false;
        }
        let weak = self.weak_heads.ending(bare).is_some_and(|weak| weak.len() >= head.len());
        if self.no_heads.ending(bare).is_some() && !bare.contains("关于") && !self.bare.is_cut_statute(bare) {
            return false;
        }
        !weak
            || numbered && head != bare && NUMBERED.contains(&head)
            // 《公務人員職程制度》
            || of_macao && head == "制度"
            || bare.contains("关于")
            || bare.contains("關於")
            || self.lone_short_forms.ending(title).is_some_and(|whole| whole == title)
    }
}

/// 企业会计准则解释 of 企业会计准则解释第2号, 企业会计准则 of 企业会计准则第14号——收入.
fn without_serial(title: &str) -> &str {
    let named = title.split_once('—').map(|(series, _)| series).filter(|series| series.ends_with('号'));
    let title = named.unwrap_or(title);
    let Some(numbered) = title.strip_suffix('号') else { return title };
    let serial = numbered.trim_end_matches(|c: char| c.is_ascii_digit() || article::is_numeral(c));
    serial.strip_suffix('第').filter(|rest| serial.len() < numbered.len() && !rest.is_empty()).unwrap_or(title)
}
