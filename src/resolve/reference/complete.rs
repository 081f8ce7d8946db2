//! The part of a reference that it leaves out: "Paragraph 1 or Paragraph 2 of Article 5", "paragraph (a) of the definition firearm in
//! subsection 84(1)".
//!
//! Always true: what the words beside it say goes before the place in which it stands.

use super::super::{Resolved, division::above, place::Places};
use crate::{
    extract::{ArticleRef, Inherits, Value},
    text::Span,
    value::Kind,
};

/// The complete form of a reference that leaves out its article or section: that of the reference which it continues
/// ("Paragraph 1 or Paragraph 2 of Article 5"), else that in which it stands.
pub(super) fn completed(
    places: &Places<'_>,
    text: &str,
    span: Span,
    article: &ArticleRef,
    [before, behind]: [Option<&Resolved>; 2],
) -> Option<String> {
    let words = &text[span.range()];
    let told = |r: &Resolved| r.mention.kind == Kind::ArticleRef;
    let bare = article.inherits == Inherits::OwnArticle && !words.contains(" this ");
    if article.inherits == Inherits::Nothing || bare && behind.or(before).is_some_and(|r| !told(r)) {
        return None;
    }
    // "paragraph (a) of the definition firearm in subsection 84(1)"
    if let Some(Value::Article(other)) = behind.map(|r| &r.mention.value)
        && text[span.end()..].trim_start().starts_with("of the definition ")
    {
        let stem = behind.and_then(|r| r.reference.as_deref()).unwrap_or(&other.reference);
        let brackets = article.reference.split(',').all(|part| part.starts_with('('));
        let whole = || article.reference.split(',').map(|part| format!("{stem}{part}")).collect::<Vec<_>>().join(",");
        return (brackets && !stem.contains(',') && stem.starts_with('s')).then(whole);
    }
    let continued = [behind, before].into_iter().flatten().filter(|r| bare && told(r)).find_map(|r| {
        let Value::Article(other) = &r.mention.value else { return None };
        let whole = r.reference.as_deref().unwrap_or(&other.reference);
        above(whole, &article.reference).filter(|above| above.starts_with('a'))
    });
    if let Some(above) = continued {
        return Some(format!("{above}.{}", article.reference));
    }
    // "of that Act", "of subsection": of something else that is not known.
    if bare && text[span.end()..].trim_start().starts_with("of ") && behind.is_none() {
        return None;
    }
    places.complete(span.start(), words, &article.reference, article.inherits)
}
