//! Which styles of a Word document are headings, and of what level, and which belong to a list.
//!
//! `标题 1`, `heading 1` and a style based on either are all the same; what counts is the outline level.

use std::collections::BTreeMap;

use crate::read::xml::{Element, Piece, Pieces, Space};

/// Levels of heading styles, by the id of the style.
#[derive(Default)]
pub(super) struct Styles {
    levels: BTreeMap<String, u8>,
    /// List and level in it, by the id of the style.
    lists: BTreeMap<String, (String, usize)>,
}

#[derive(Default)]
struct Style {
    id: String,
    based_on: Option<String>,
    /// `Some(None)`: said to be no heading.
    level: Option<Option<u8>>,
    list: Option<String>,
    depth: usize,
}

impl Styles {
    /// Reads `styles.xml`; what is broken of it gives no headings.
    pub(super) fn of(text: &str) -> Self {
        let mut all: BTreeMap<String, Style> = BTreeMap::new();
        let mut open = Style::default();
        let mut pieces = Pieces::of(text);
        while let Ok(Some(piece)) = pieces.next() {
            match piece {
                Piece::Open(element) if element.space == Space::Word => match element.name() {
                    "style" => {
                        open = Style { id: element.attribute("styleId").unwrap_or_default(), ..Style::default() }
                    }
                    "name" => {
                        let level = level_of_name(&element.attribute("val").unwrap_or_default());
                        open.level = open.level.or(level.map(Some));
                    }
                    "basedOn" => open.based_on = element.attribute("val"),
                    "numId" => open.list = element.attribute("val"),
                    "ilvl" => open.depth = element.attribute("val").and_then(|level| level.parse().ok()).unwrap_or(0),
                    "outlineLvl" => open.level = Some(outline_level(&element)),
                    _ => {}
                },
                Piece::Close(Space::Word, name) if name == "style" => {
                    let style = std::mem::take(&mut open);
                    all.insert(style.id.clone(), style);
                }
                _ => {}
            }
        }
        let levels = all.values().filter_map(|style| Some((style.id.clone(), inherited(style, &all)?))).collect();
        let list = |style: &Style| Some((style.id.clone(), (style.list.clone()?, style.depth)));
        let lists = all.values().filter_map(list).collect();
        Self { levels, lists }
    }

    /// The list of a style, and the level in it.
    pub(super) fn list(&self, id: &str) -> Option<(String, usize)> {
        self.lists.get(id).cloned()
    }

    /// The level of a style from 1; `None` where it is no heading.
    pub(super) fn level(&self, id: &str) -> Option<u8> {
        self.levels.get(id).copied()
    }
}

/// The level that a style or one that it is based on says.
fn inherited(style: &Style, all: &BTreeMap<String, Style>) -> Option<u8> {
    let mut style = style;
    // Styles may be based on each other in a circle.
    for _ in 0..20 {
        if let Some(level) = style.level {
            return level;
        }
        style = all.get(style.based_on.as_ref()?)?;
    }
    None
}

fn level_of_name(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    match name.as_str() {
        "title" | "标题" | "標題" => Some(1),
        _ => {
            let number = ["heading", "标题", "標題"].iter().find_map(|word| name.strip_prefix(word))?;
            number.trim().parse().ok().filter(|level| (1..=9).contains(level))
        }
    }
}

/// The level of `<w:outlineLvl>`, which counts from 0; 9 is the body of the text.
pub(super) fn outline_level(element: &Element<'_>) -> Option<u8> {
    let level: u8 = element.attribute("val")?.parse().ok()?;
    level.checked_add(1).filter(|level| *level <= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_inherited_and_circles_end() {
        let text = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
            <w:style w:styleId='1'><w:name w:val='标题 2'/></w:style><w:style w:styleId='2'><w:basedOn w:val='1'/></w:style>\
            <w:style w:styleId='3'><w:basedOn w:val='1'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
            <w:style w:styleId='4'><w:basedOn w:val='5'/></w:style><w:style w:styleId='5'><w:basedOn w:val='4'/></w:style></w:styles>";
        let styles = Styles::of(text);
        let levels: Vec<_> = ["1", "2", "3", "4", "6"].iter().map(|id| styles.level(id)).collect();
        assert_eq!(levels, [Some(2), Some(2), None, None, None]);
    }
}
