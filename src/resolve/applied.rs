//! Rules of application and the law that they apply (國籍法施行細則 and 國籍法), a notice and what it issues.
//!
//! 本法 in the rules is the law that their title names, where no definition says so; rules that do not show their title open
//! with 本細則依…法第三十一條規定訂定之.
//!
//! Always true: what the text defines goes before what is inferred here.

use super::{EntityIx, Link, Names, Pass, antecedent::fits, context::Context, title::fold};
use crate::{
    extract::{LawName, Value, law::wording::without_additions},
    text::{Language, Span},
};

impl Names<'_> {
    /// 本法 in its rules of application: the law whose name their title begins with (國籍法施行細則). 本办法 below a notice that
    /// issues 《X办法》: these.
    pub(super) fn applied(&mut self, head: &str, context: &Context) -> Option<EntityIx> {
        const RULES: [&str; 10] = [
            "施行細則",
            "施行细则",
            "实施细则",
            "實施細則",
            "实施条例",
            "實施條例",
            "施行条例",
            "实施办法",
            "施行辦法",
            "实施规定",
        ];
        let title = without_additions(context.headings.last().map_or(&context.own_title, |(title, _)| title));
        let law = RULES.iter().find_map(|rules| title.strip_suffix(rules)).or_else(|| issued(title))?;
        let law = law.trim_matches(['《', '》', '〈', '〉']);
        if head.is_ascii() || law.contains(['《', '〈']) || !fits(law, head) {
            return None;
        }
        self.named(law, context)
    }
}

impl Names<'_> {
    /// 《政府采购法》及其《实施条例》: the rules of the law named right before.
    pub(super) fn rules_of_last(&mut self, span: Span, name: &LawName, context: &Context) -> Option<EntityIx> {
        if !self.rules.list("zh.law.dependent_rules").contains(&name.title) {
            return None;
        }
        let lead = &self.text[..span.start()];
        let before = lead.trim_end_matches(['《', '〈', '“', '「']);
        // 该法实施条例
        if ["该法", "該法", "同法", "本法"].iter().any(|law| before.ends_with(law)) {
            let mut recent = context.recent.iter().rev();
            let own = context.own.filter(|_| before.ends_with("本法") && fits(&context.own_title, "法"));
            let law = own.or_else(|| recent.find(|(title, _)| fits(title, "法")).map(|(_, law)| *law))?;
            let title = format!("{}{}", self.entities.canonical(law, &self.rules.registry), name.title);
            return self.named(&title, context);
        }
        let joint = self.rules.list("zh.law.dependent_joints").iter();
        // 《食品安全法》及《实施条例》
        let marked = || {
            let joint = ["及", "和", "与", "與", "、"].iter().find_map(|joint| before.strip_suffix(joint));
            joint.filter(|law| lead.ends_with('《') && law.ends_with('》'))
        };
        let before = { joint }.find_map(|joint| before.strip_suffix(joint.as_str())).or_else(marked)?;
        let (named, law) = context.recent.last()?;
        let ends = before.trim_end_matches(['》', '〉', '”', '」']).ends_with(named.as_str());
        let law = self.entities.canonical(*law, &self.rules.registry);
        let divided = before.ends_with(['》', '条', '款', '项', '條', '項', '章', '节', '節', '编', '編']);
        let title = (ends || divided).then(|| format!("{law}{}", name.title))?;
        self.named(&title, context)
    }

    /// 個資法施行細則, 税收征管法实施细则: the rules of the law whose abbreviation opens their title.
    pub(super) fn rules_of_abbreviation(&mut self, name: &LawName, context: &Context) -> Option<EntityIx> {
        let rules = self.rules.list("zh.law.dependent_rules").iter();
        let (law, head) = { rules }.find_map(|head| Some((name.title.strip_suffix(head.as_str())?, head)))?;
        if law.chars().count() < 2 || law.contains(['《', '〈']) {
            return None;
        }
        let entity = self.named(law, context)?;
        self.entities.row(entity)?;
        let full = self.entities.canonical(entity, &self.rules.registry);
        let title = (fold(full) != fold(law)).then(|| format!("{full}{head}"))?;
        self.named(&title, context)
    }

    /// 主體條例 in a paper on a bill: the ordinance that the bill amends, else the one named last.
    pub(super) fn principal(&self, name: &LawName, context: &Context) -> Option<EntityIx> {
        if !self.rules.list("zh.law.principal").contains(&name.title) {
            return None;
        }
        let kind = name.title.chars().skip(2).collect::<String>();
        let ordinance = |title: &str| title.ends_with(&kind) && title != name.title;
        let last = || context.recent.iter().rev().find(|(title, _)| ordinance(title)).map(|(_, entity)| *entity);
        context.amended.or_else(last)
    }

    /// Whether the words around a title say that the text publishes it: 现公布《X办法》, 《X条例》已经…通过, a line of its own.
    pub(super) fn is_published(&self, span: Span) -> bool {
        let text = self.text;
        let Some(behind) = text[span.end()..].strip_prefix('》') else { return false };
        let Some(before) = text[..span.start()].strip_suffix('《') else { return false };
        // Its number may stand in brackets.
        let rest = behind.strip_prefix('（').and_then(|note| note.split_once('）')).map_or(behind, |(_, rest)| rest);
        let told =
            |text: &str| self.rules.list("zh.law.published_behind").iter().any(|word| text.starts_with(word.as_str()));
        let line = (before.is_empty() || before.ends_with('\n')) && rest.starts_with('\n');
        line || self.rules.list("zh.law.published_before").iter().any(|word| before.ends_with(word.as_str()))
            || told(behind)
            || told(rest)
    }
}

impl Context {
    /// 本办法 in a text that shows no title but says 现公布《X办法》.
    pub(super) fn publishes(&self, head: &str) -> Option<EntityIx> {
        if self.own.is_some() {
            return None;
        }
        self.published.iter().find(|(title, _)| fits(title, head)).map(|(_, entity)| *entity)
    }
}

impl Pass<'_> {
    /// 本細則依公益勸募條例第三十一條規定訂定之: so do all rules of application open that do not show their title.
    pub(super) fn rules_of_application(&mut self, context: &mut Context) {
        let [.., anaphor, law] = self.out.as_slice() else { return };
        let (Value::Anaphor(words), Value::Law(name)) = (&anaphor.mention.value, &law.mention.value) else { return };
        let gap =
            &self.names.text[anaphor.mention.span.end()..law.mention.span.start().max(anaphor.mention.span.end())];
        if anaphor.entity.is_some()
            || !words.own
            || !words.head.ends_with("细则") && !words.head.ends_with("細則")
            || !matches!(gap, "依" | "依據" | "依照")
        {
            return;
        }
        let title = format!("{}施行細則", name.title);
        let entity = self.names.entities.unlisted(&fold(&title), &title, Language::Zh);
        context.own.get_or_insert(entity);
        if context.own_title.is_empty() {
            context.own_title = title;
        }
        let at = self.out.len() - 2;
        self.out[at].entity = Some(entity);
        self.out[at].link = Some(Link::Inferred);
    }
}

/// What a notice issues: 国务院办公厅关于印发《X管理办法》的通知. 本办法 in what follows it is no notice.
fn issued(title: &str) -> Option<&str> {
    const VERBS: [&str; 6] = ["印发", "印發", "发布", "發布", "公布", "颁布"];
    const NOTICES: [&str; 4] = ["的通知", "的公告", "的通告", "的决定"];
    let behind = VERBS.iter().find_map(|verb| title.split_once(verb).map(|(_, behind)| behind))?;
    NOTICES.iter().find_map(|notice| behind.strip_suffix(notice))
}

#[cfg(test)]
mod tests {
    use super::issued;

    #[test]
    fn a_notice_says_what_it_issues() {
        let title = "国务院办公厅关于印发《某某管理办法》的通知";
        assert_eq!(issued(title), Some("《某某管理办法》"));
        assert_eq!(issued("财政部关于印发某某资金管理办法的通知"), Some("某某资金管理办法"));
        assert_eq!(issued("国务院关于某某的决定"), None);
    }
}
