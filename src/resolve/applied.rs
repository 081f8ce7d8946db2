//! Rules of application and the law that they apply: 國籍法施行細則 and 國籍法.
//!
//! 本法 in the rules is the law that their title names, where no definition says so; rules that do not show their title open
//! with 本細則依…法第三十一條規定訂定之.
//!
//! Always true: what the text defines goes before what is inferred here.

use super::{EntityIx, Link, Names, Pass, antecedent::fits, context::Context, title::fold};
use crate::{
    extract::{Value, law::wording::without_additions},
    text::Language,
};

impl Names<'_> {
    /// 本法 in its rules of application: the law whose name their title begins with (國籍法施行細則).
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
        let law = RULES.iter().find_map(|rules| title.strip_suffix(rules))?;
        let law = law.trim_matches(['《', '》', '〈', '〉']);
        if head.is_ascii() || law.contains(['《', '〈']) || !fits(law, head) {
            return None;
        }
        self.named(law, context)
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
