//! Articles in the cells of a table whose head names a law for each column: 事项｜《甲办法》｜《乙条例》.
//!
//! A comparison gives each law its column once, in the first row, and below it only 第十四条.
//!
//! Always true: no more than a few thousand bytes are looked back over, and a column without a law says nothing.

use super::super::{EntityIx, Pass};
use crate::{text::Span, value::Kind};

/// So far above an article its table may begin, in bytes.
const HIGHEST: usize = 6_000;
/// What parts the cells of a row.
const BARS: [char; 2] = ['｜', '|'];

impl Pass<'_> {
    /// The law that the head of the column names in which an article stands.
    pub(super) fn column(&self, span: Span) -> Option<EntityIx> {
        let text = self.names.text;
        let from = text.floor_char_boundary(span.start().saturating_sub(HIGHEST));
        let row = text[from..span.start()].rfind('\n').map(|line| from + line + 1)?;
        let bars = |from: usize, to: usize| text[from..to].matches(BARS).count();
        let column = bars(row, span.start());
        if column == 0 {
            return None;
        }
        let mut head = row;
        while let Some(end) = head.checked_sub(1).filter(|&end| end > from) {
            let start = text[from..end].rfind('\n').map_or(from, |line| from + line + 1);
            if !text[start..end].contains(BARS) {
                break;
            }
            head = start;
        }
        if head == row {
            return None;
        }
        let end = text[head..row].find('\n').map_or(row, |end| head + end);
        let first = self.out.partition_point(|r| r.mention.span.start() < head);
        let mut named = self.out[first..].iter().take_while(|r| r.mention.span.start() < end).filter(|r| {
            matches!(r.mention.kind, Kind::Law | Kind::LawAnaphor) && bars(head, r.mention.span.start()) == column
        });
        let law = named.next()?.entity?;
        named.all(|r| r.entity == Some(law)).then_some(law)
    }
}
