//! Whose a number is: the body behind 2024年第18号公告, several bodies before one number.

use super::{NumberGrammar, STATE};

impl NumberGrammar {
    /// Who published an announcement that is called by its year and number: 商务部发布2024年第18号公告; behind 上述, or where only
    /// 调查机关 stands there, the body whose announcement was named before.
    pub(super) fn published(&self, left: &str, issued: &dyn Fn() -> Option<String>) -> Option<String> {
        const VERBS: [&str; 8] = ["发布了", "发布", "發布", "公布", "发出", "作出", "出台", "印发"];
        let before = VERBS.iter().find_map(|verb| left.strip_suffix(verb));
        if let Some(before) = before {
            if let Some(body) = self.issuers.ending(before) {
                return Some(body.to_owned());
            }
            return issued();
        }
        ["上述", "前述", "依据", "根据", "按照", "见", "和", "及", "、", "《", "（"]
            .iter()
            .find(|word| left.ends_with(**word))?;
        issued()
    }

    /// Where the issuers begin that are joined to the one at `start`: 商务部、海关总署公告2023年第23号 has several.
    pub(super) fn joined_issuers(&self, left: &str, mut start: usize) -> usize {
        while let Some(before) = left[..start].strip_suffix(['、', ' '])
            && let Some(joint) = self
                .issuers
                .ending(before)
                .into_iter()
                .chain(self.short_issuers.ending(before))
                .max_by_key(|body| body.len())
        {
            start = before.len() - joint.len();
            if left[..start].ends_with(STATE) {
                start -= STATE.len();
            }
        }
        start
    }
}
