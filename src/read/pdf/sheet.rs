//! One page: what is drawn on it becomes lines of text with their places.
//!
//! Lines are kept in the order in which they were drawn, which is the order of reading for nearly all programs that
//! make PDF files, in two columns too; sorted by place, columns would be mixed.

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::GlyphRun,
    hayro_cmap::{BfString, WritingMode},
    kurbo::{BezPath, Point, Vec2},
};

/// A line of text. Places are in points, from the left and the top of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where it begins and ends, along the direction of writing.
    pub(super) start: f64,
    pub(super) end: f64,
    /// The base line, across the direction of writing; it grows from line to line.
    pub(super) base: f64,
    /// Height of the letters (an em).
    pub(super) size: f64,
    /// The direction of writing; (1, 0) for nearly all text.
    pub(super) along: Vec2,
}

impl Line {
    /// Whether it is written from left to right, or from top to bottom.
    pub(super) fn is_upright(&self) -> bool {
        self.along.x > 0.99 || self.along.y > 0.99
    }
}

/// What is on a page.
pub(super) struct Sheet {
    /// Height in points.
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
    /// What is drawn on it could not be unpacked.
    pub(super) torn: bool,
    pictures: usize,
    glyphs: usize,
    /// Glyphs of which the file does not say what character they are.
    unknown: usize,
    open: Option<Line>,
    /// The first place and the text of the run before, to know shadows by.
    before: (Point, usize),
}

/// A gap of so many ems is a blank.
const BLANK: f64 = 0.2;
/// Beside Han characters, which are often spread to fill the line, and set apart from digits by a quarter.
const BLANK_IN_HAN: f64 = 0.6;
/// A gap of so many ems parts the cells of a table.
const CELL: f64 = 1.5;
/// Two base lines are the same within so many ems; superscripts stay in their line.
const SAME_LINE: f64 = 0.45;

impl Sheet {
    pub(super) fn new(height: f32) -> Self {
        Self {
            height: f64::from(height),
            lines: Vec::new(),
            torn: false,
            pictures: 0,
            glyphs: 0,
            unknown: 0,
            open: None,
            before: (Point::ZERO, 0),
        }
    }

    /// Whether it has pictures and no text.
    pub(super) fn is_picture(&self) -> bool {
        self.lines.is_empty() && self.pictures > 0
    }

    /// Whether the characters of most of its text are not known.
    pub(super) fn is_unreadable(&self) -> bool {
        self.unknown.saturating_mul(5) > self.glyphs
    }

    /// The page is complete.
    pub(super) fn finish(&mut self) {
        self.end_line();
        self.lines.iter_mut().for_each(|line| line.text = close_up(&line.text));
        self.lines.retain(|line| !line.text.trim().is_empty());
    }

    fn end_line(&mut self) {
        self.lines.extend(self.open.take());
    }

    /// A character with its origin, the vector to the next one, and the height of its font.
    fn character(&mut self, at: Point, advance: Vec2, size: f64, text: &str) {
        let length = advance.hypot();
        let along =
            if length > 1e-6 { advance / length } else { self.open.as_ref().map_or(Vec2::new(1.0, 0.0), |l| l.along) };
        let place = at.to_vec2();
        let (start, base) = (place.dot(along), place.cross(-along));
        let end = start + length;
        if let Some(line) = &mut self.open {
            let gap = start - line.end;
            let em = line.size.max(size).max(0.1);
            let same_direction = line.along.dot(along) > 0.99;
            if same_direction && (base - line.base).abs() < SAME_LINE * em && gap > -em * 0.6 {
                let han = line.text.ends_with(is_han) || text.starts_with(is_han);
                let blank = if gap > CELL * em {
                    Some('\t')
                } else {
                    (gap > if han { BLANK_IN_HAN } else { BLANK } * em).then_some(' ')
                };
                if let Some(blank) = blank.filter(|_| !line.text.is_empty() && text != " ") {
                    line.text.truncate(line.text.trim_end_matches(' ').len());
                    if !line.text.ends_with('\t') {
                        line.text.push(blank);
                    }
                }
                line.text.push_str(text);
                line.end = line.end.max(end);
                if size > line.size {
                    (line.size, line.base) = (size, base);
                }
                return;
            }
        }
        self.end_line();
        self.open = Some(Line { text: text.to_owned(), start, end, base, size, along });
    }
}

/// Whether a character is Han or stands with Han: its neighbours have no blank between them.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Lines in which every Han character stands alone (第 一 条) lose their blanks.
fn close_up(text: &str) -> String {
    let text = text.trim_matches([' ', '\t']);
    let chars: Vec<char> = text.chars().collect();
    let together = chars.windows(2).filter(|pair| pair.iter().copied().all(is_han)).count();
    let is_apart = |three: &[char]| matches!(three, [first, ' ', last] if is_han(*first) && is_han(*last));
    let apart = chars.windows(3).filter(|three| is_apart(three)).count();
    if apart < 3 || apart < together {
        return text.to_owned();
    }
    let parts = |i: usize| chars.get(i.checked_sub(1)?..)?.get(..3).map(is_apart);
    let kept = chars.iter().enumerate().filter(|(i, _)| parts(*i) != Some(true));
    kept.map(|(_, c)| c).collect()
}

/// Ligatures are letters; a soft hyphen is none, unless the line breaks at it.
fn push_plain(out: &mut String, c: char) {
    match c {
        '\u{fb00}' => out.push_str("ff"),
        '\u{fb01}' => out.push_str("fi"),
        '\u{fb02}' => out.push_str("fl"),
        '\u{fb03}' => out.push_str("ffi"),
        '\u{fb04}' => out.push_str("ffl"),
        '\u{a0}' => out.push(' '),
        '\n' | '\r' | '\t' => out.push(' '),
        c if c.is_control() => {}
        c => out.push(c),
    }
}

impl Device<'_> for Sheet {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        let glyphs = run.glyphs();
        let Some(first) = glyphs.first() else { return };
        let place = props.transform * first.transform() * Point::ZERO;
        // Outlined and shadowed letters are drawn twice.
        let code = glyphs
            .iter()
            .fold(glyphs.len(), |sum, glyph| sum.wrapping_mul(31).wrapping_add(glyph.char_code() as usize));
        let shadow = code == self.before.1 && place.distance(self.before.0) < 1.0;
        self.before = (place, code);
        if shadow {
            return;
        }
        let mut text = String::new();
        for glyph in glyphs {
            let transform = props.transform * glyph.transform();
            let at = transform * Point::ZERO;
            let em = (transform * Point::new(0.0, 1000.0)).distance(at);
            let vertical = run.writing_mode() == WritingMode::Vertical;
            let width = f64::from(advance(glyph)).max(0.0);
            let next = if vertical { Point::new(0.0, -1000.0) } else { Point::new(width, 0.0) };
            text.clear();
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => push_plain(&mut text, c),
                Some(BfString::String(s)) => s.chars().for_each(|c| push_plain(&mut text, c)),
                None => text.push('\u{fffd}'),
            }
            self.glyphs = self.glyphs.saturating_add(1);
            let private = |c: char| c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c);
            self.unknown = self.unknown.saturating_add(usize::from(text.chars().any(private)));
            if at.is_finite() && em.is_finite() && !text.is_empty() {
                self.character(at, transform * next - at, em, &text);
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures = self.pictures.saturating_add(1);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The width of a glyph in thousandths of an em.
fn advance(glyph: &hayro_interpret::font::Glyph<'_>) -> f32 {
    use hayro_interpret::font::Glyph;
    let width = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    width.unwrap_or(500.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_spaced_lines_are_closed_up() {
        assert_eq!(close_up("第 一 条 為 推 動 Act 之 普 及"), "第一条為推動 Act 之普及");
        assert_eq!(close_up("第一条 为了规范"), "第一条 为了规范");
        assert_eq!(close_up(" the Act of 2016 "), "the Act of 2016");
    }

    #[test]
    fn gaps_are_blanks_and_cells() {
        let mut sheet = Sheet::new(800.0);
        let mut put = |x: f64, y: f64, text: &str| sheet.character(Point::new(x, y), Vec2::new(10.0, 0.0), 10.0, text);
        for (x, text) in [(0.0, "年"), (11.0, "度"), (40.0, "G"), (50.0, "D"), (64.0, "P")] {
            put(x, 100.0, text);
        }
        put(0.0, 120.0, "x");
        sheet.finish();
        let lines: Vec<&str> = sheet.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["年度\tGD P", "x"]);
    }
}
