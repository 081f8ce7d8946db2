//! Which elements there are, and what each does to the flow of text.
//!
//! Chinese titles are typed with ASCII brackets: 《关于修改<中华人民共和国海洋环境保护法>的决定》. What is not the
//! name of an element is not a tag, it is text.

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends a line.
    Block,
    /// A cell of a row.
    Cell,
    /// Stands in the line (`span`, `a`).
    Inline,
    /// Changes the look only; often unclosed, and never of interest.
    Look,
    /// Has no content.
    Void,
    /// Its content is not text, and not markup either.
    Opaque,
    /// Its content is for other readers: scripts switched off, forms to fill in.
    Aside,
}

const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
const INLINE: &[&str] = &[
    "a", "abbr", "bdi", "bdo", "cite", "data", "del", "dfn", "ins", "label", "map", "math", "q", "ruby", "span", "time",
];
const LOOK: &[&str] = &[
    "acronym",
    "b",
    "big",
    "blink",
    "code",
    "colgroup",
    "em",
    "font",
    "frameset",
    "i",
    "kbd",
    "mark",
    "marquee",
    "nobr",
    "plaintext",
    "rb",
    "s",
    "samp",
    "slot",
    "small",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "xmp",
];
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr",
];
const OPAQUE: &[&str] = &[
    "audio", "canvas", "iframe", "noembed", "noframes", "object", "rp", "rt", "script", "style", "svg", "template",
    "textarea", "title", "video",
];
const ASIDE: &[&str] = &[
    "button", "datalist", "meter", "noscript", "optgroup", "option", "output", "picture", "progress", "rtc", "select",
];

/// The element of a tag name, in lower case, with its role; `None` where there is no such element.
pub(super) fn element(name: &str) -> Option<(&'static str, Role)> {
    let mut lower = [0; 10];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    if *lower == *b"td" || *lower == *b"th" {
        return Some(("td", Role::Cell));
    }
    let lists = [
        (BLOCK, Role::Block),
        (INLINE, Role::Inline),
        (LOOK, Role::Look),
        (VOID, Role::Void),
        (OPAQUE, Role::Opaque),
        (ASIDE, Role::Aside),
    ];
    lists.iter().find_map(|(names, role)| {
        let at = names.binary_search_by(|known| known.as_bytes().cmp(lower)).ok()?;
        names.get(at).map(|name| (*name, *role))
    })
}

/// Whether `<div class="x">`, `</td>` or `<br/>` is the tag of an HTML element; a comment counts as one.
pub(in crate::read) fn is_known_tag(tag: &str) -> bool {
    let Some(inside) = tag.strip_prefix('<') else { return false };
    if inside.starts_with(['!', '?']) {
        return true;
    }
    let name = inside.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.split_at_checked(end).is_some_and(|(name, behind)| {
        behind.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()) && element(name).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_searching() {
        for list in [BLOCK, INLINE, LOOK, VOID, OPAQUE, ASIDE] {
            assert!(list.is_sorted(), "{list:?}");
            assert!(list.iter().all(|name| name.len() <= 10));
        }
    }

    #[test]
    fn titles_in_brackets_are_no_tags() {
        for tag in ["<div class='x'>", "</TD>", "<br/>", "<!-- INFO END -->", "<h1>"] {
            assert!(is_known_tag(tag), "{tag}");
        }
        for text in ["<中华人民共和国建筑法>", "<Law>", "<p值>", "<act of 1934>", "<y and z>", "<>"] {
            assert!(!is_known_tag(text), "{text}");
        }
    }
}
