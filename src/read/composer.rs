//! Puts paragraphs, tables and notes into one text, in the order in which a person reads them.
//!
//! A footnote stands behind the paragraph that refers to it, and so does a text box that is anchored in it; written
//! where the file holds them they would tear the sentence apart. Cells are parted by tabs and rows by line ends.
//!
//! Always true: blocks end with a line feed, and headings lie on their words.

use crate::text::{Heading, Span};

/// The text of a document as it grows.
#[derive(Default)]
pub(super) struct Composer {
    /// The text proper, and inside it notes and text boxes that are not yet complete.
    layers: Vec<Layer>,
    base: Layer,
}

#[derive(Default)]
struct Layer {
    text: String,
    /// Start, end and level.
    headings: Vec<(usize, usize, u8)>,
    /// Where the open paragraph began.
    paragraph: usize,
    tables: Vec<Table>,
    /// Complete notes and text boxes that wait for the end of the paragraph, or of the row.
    asides: Vec<Layer>,
}

#[derive(Default)]
struct Table {
    /// Where the open row began.
    row: usize,
    /// Whether the row has a cell already.
    has_cell: bool,
}

impl Composer {
    fn layer(&mut self) -> &mut Layer {
        self.layers.last_mut().unwrap_or(&mut self.base)
    }

    /// Whether nothing has been written.
    pub(super) fn is_empty(&self) -> bool {
        self.base.text.is_empty() && self.layers.iter().all(|layer| layer.text.is_empty())
    }

    /// Whether the open paragraph has text in its last line.
    pub(super) fn in_paragraph(&mut self) -> bool {
        let layer = self.layer();
        layer.text.len() > layer.paragraph && !layer.text.ends_with(['\n', '\t'])
    }

    /// Text of the open paragraph.
    pub(super) fn push(&mut self, text: &str) {
        self.layer().text.push_str(text);
    }

    /// A line end inside a paragraph.
    pub(super) fn break_line(&mut self) {
        let layer = self.layer();
        if !layer.text.is_empty() && !layer.text.ends_with(['\n', '\t']) {
            layer.text.push('\n');
        }
    }

    /// A paragraph begins here; `push` may follow.
    pub(super) fn begin_paragraph(&mut self) {
        let layer = self.layer();
        layer.paragraph = layer.text.len();
    }

    /// The paragraph is complete; with a level it is a heading.
    pub(super) fn end_paragraph(&mut self, level: Option<u8>) {
        let layer = self.layer();
        let words = layer.text.get(layer.paragraph..).unwrap_or_default();
        let end = layer.paragraph.saturating_add(words.trim_end().len());
        let start = end.saturating_sub(words.trim().len());
        if let Some(level) = level.filter(|_| end > start) {
            layer.headings.push((start, end, level.clamp(1, 9)));
        }
        layer.end_line();
        layer.paragraph = layer.text.len();
        if layer.tables.is_empty() {
            layer.write_asides();
        }
    }

    /// A table begins.
    pub(super) fn begin_table(&mut self) {
        let layer = self.layer();
        layer.end_line();
        layer.tables.push(Table { row: layer.text.len(), has_cell: false });
    }

    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        let layer = self.layer();
        let row = layer.text.len();
        if let Some(table) = layer.tables.last_mut() {
            *table = Table { row, has_cell: false };
        }
    }

    /// A cell begins.
    pub(super) fn begin_cell(&mut self) {
        let layer = self.layer();
        let Some(table) = layer.tables.last_mut() else { return };
        if std::mem::replace(&mut table.has_cell, true) {
            // What the cell before ended its lines with becomes one tab.
            while layer.text.len() > table.row && layer.text.ends_with('\n') {
                layer.text.pop();
            }
            layer.text.push('\t');
        }
        layer.paragraph = layer.text.len();
    }

    /// The tab behind the last cell of a row, where each cell was ended by one, is none between cells.
    pub(super) fn drop_tab(&mut self) {
        let layer = self.layer();
        if layer.text.ends_with('\t') {
            layer.text.pop();
        }
    }

    /// A row is complete.
    pub(super) fn end_row(&mut self) {
        let layer = self.layer();
        layer.end_line();
        if layer.tables.len() <= 1 {
            layer.write_asides();
        }
    }

    /// A table is complete.
    pub(super) fn end_table(&mut self) {
        let layer = self.layer();
        layer.tables.pop();
        layer.end_line();
        layer.paragraph = layer.text.len();
        if layer.tables.is_empty() {
            layer.write_asides();
        }
    }

    /// A note or a text box begins; it will stand behind the paragraph.
    pub(super) fn begin_aside(&mut self) {
        self.layers.push(Layer::default());
    }

    /// The note or the text box is complete.
    pub(super) fn end_aside(&mut self) {
        if let Some(mut aside) = self.layers.pop() {
            aside.end_line();
            aside.write_asides();
            if !aside.text.is_empty() {
                self.layer().asides.push(aside);
            }
        }
    }

    /// A complete note.
    pub(super) fn aside(&mut self, text: &str) {
        self.begin_aside();
        self.push(text);
        self.end_aside();
    }

    /// The note that is open, taken out of the text.
    pub(super) fn take_aside(&mut self) -> String {
        let mut aside = self.layers.pop().unwrap_or_default();
        aside.end_line();
        aside.write_asides();
        aside.text
    }

    /// The text with its headings.
    pub(super) fn finish(mut self) -> (String, Vec<Heading>) {
        while !self.layers.is_empty() {
            self.end_aside();
        }
        self.base.end_line();
        self.base.write_asides();
        let heading =
            |(start, end, level): &(usize, usize, u8)| Heading { span: Span::of(*start, *end), level: *level };
        let headings = self.base.headings.iter().map(heading).collect();
        (self.base.text, headings)
    }
}

impl Layer {
    fn end_line(&mut self) {
        let kept = self.text.trim_end_matches([' ', '\u{a0}', '\u{3000}']).len();
        self.text.truncate(kept);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn write_asides(&mut self) {
        for aside in std::mem::take(&mut self.asides) {
            let shift = self.text.len();
            self.text.push_str(&aside.text);
            let moved = |at: usize| at.saturating_add(shift);
            self.headings.extend(aside.headings.iter().map(|&(start, end, level)| (moved(start), moved(end), level)));
        }
        self.paragraph = self.text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(composer: &mut Composer, text: &str, level: Option<u8>) {
        composer.begin_paragraph();
        composer.push(text);
        composer.end_paragraph(level);
    }

    #[test]
    fn notes_stand_behind_their_paragraph() {
        let mut composer = Composer::default();
        paragraph(&mut composer, "通知", Some(1));
        composer.begin_paragraph();
        composer.push("第一条");
        composer.begin_aside();
        paragraph(&mut composer, "注：见附件。", None);
        composer.end_aside();
        composer.push("　为了规范 ");
        composer.end_paragraph(None);
        let (text, headings) = composer.finish();
        assert_eq!(text, "通知\n第一条　为了规范\n注：见附件。\n");
        assert_eq!(&text[headings[0].span.range()], "通知");
    }

    #[test]
    fn tables_have_tabs_and_line_ends() {
        let mut composer = Composer::default();
        composer.begin_table();
        for row in [["年", "GDP"], ["", "74.6"]] {
            composer.begin_row();
            for cell in row {
                composer.begin_cell();
                composer.begin_paragraph();
                composer.push(cell);
                composer.aside(if cell == "GDP" { "注" } else { "" });
                composer.end_paragraph(None);
            }
            composer.end_row();
        }
        composer.end_table();
        paragraph(&mut composer, "后", None);
        assert_eq!(composer.finish().0, "年\tGDP\n注\n\t74.6\n后\n");
    }
}
