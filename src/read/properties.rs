//! What an office document says of itself: title, author, when it was made.
//!
//! The day on which a file was typed is not the day of the document: a law of 2016 typed again in 2026 would have
//! its 去年 counted from 2025. So `created` and `modified` are kept as said, among the fields.

use super::{
    Refusal,
    declared::Declared,
    xml::{Piece, Pieces, Space},
};

/// Declarations of `docProps/core.xml`, `meta.xml` or the `<metadata>` of a book.
///
/// Faults cost the declarations only: the text is what a document is about.
pub(super) fn declare(text: &str) -> Declared {
    let mut declared = Declared::default();
    let _ = read(text, &mut declared);
    declared
}

fn read(text: &str, declared: &mut Declared) -> Result<(), Refusal> {
    let mut pieces = Pieces::of(text);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        if element.space != Space::Properties {
            continue;
        }
        let name = element.name().to_owned();
        match name.as_str() {
            "title" if declared.title.is_none() => declared.title = title(&pieces.text()?),
            "creator" | "initial-creator" => keep(declared, "author", &pieces.text()?),
            "created" | "creation-date" => keep(declared, "created", &pieces.text()?),
            "modified" => keep(declared, "modified", &pieces.text()?),
            "subject" | "publisher" => keep(declared, &name, &pieces.text()?),
            "keywords" | "keyword" => keep(declared, "keywords", &pieces.text()?),
            _ => {}
        }
    }
    Ok(())
}

/// The first of its kind counts.
fn keep(declared: &mut Declared, key: &str, value: &str) {
    if !declared.fields.contains_key(key) {
        declared.say(key, value);
    }
}

/// A title, unless a program made it up: `Microsoft Word - 通知.doc`, `文档1`, `untitled`.
pub(super) fn title(words: &str) -> Option<String> {
    let words = words.trim();
    let made_up =
        ["untitled", "无标题", "無標題", "document", "文档", "文檔", "幻灯片", "powerpoint presentation", "title"];
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_lowercase();
    let file = words.starts_with("Microsoft Word - ")
        || [".doc", ".docx", ".wps", ".pdf", ".odt", ".rtf"]
            .iter()
            .any(|end| words.to_ascii_lowercase().ends_with(end));
    (!bare.is_empty() && !file && !made_up.contains(&bare.as_str())).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_typing_is_not_the_day_of_the_document() {
        let core = "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \
            xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'>\
            <dc:title>数据安全法</dc:title><dc:creator> 办公厅 </dc:creator><dcterms:created>2026-01-02T03:04:05Z</dcterms:created>\
            </cp:coreProperties>";
        let declared = declare(core);
        assert_eq!((declared.title.as_deref(), declared.date), (Some("数据安全法"), None));
        assert_eq!(
            (declared.fields["author"].as_str(), declared.fields["created"].as_str()),
            ("办公厅", "2026-01-02T03:04:05Z")
        );
    }

    #[test]
    fn titles_that_programs_make_up_are_none() {
        for words in ["Microsoft Word - 通知.doc", "文档1", "Untitled", "", "  ", "x.docx", "2016"] {
            assert_eq!(title(words), None, "{words}");
        }
        assert_eq!(title(" 关于2016年节假日的通知 ").as_deref(), Some("关于2016年节假日的通知"));
    }
}
