//! One document on its way into the counts: analysed section by section, counted, and made into rows.

use std::collections::VecDeque;

use super::{Watch, rows::Rows};
use crate::{
    count::{DocIx, Tally},
    engine::{Engine, Section},
    extract::Layers,
    read::{FileRecord, Reason, Status},
    report::Formats,
    resolve::Entities,
    store::{FoundBefore, Recorder, known},
    text::{Document, GroupBy},
};

/// How documents are counted.
pub(super) struct Counter<'a> {
    pub(super) engine: &'a Engine,
    pub(super) group_by: &'a GroupBy,
    pub(super) formats: Formats,
    /// Whoever may stop it; then the rest of a document is left out.
    pub(super) watch: &'a dyn Watch,
    /// Whether nothing else is read meanwhile, so that other threads may help.
    pub(super) alone: bool,
}

impl Counter<'_> {
    /// Analyses and counts a document; what is lost of it stands in its record.
    pub(super) fn count(
        &self,
        document: &Document,
        record: &mut FileRecord,
        recorder: Option<&mut Recorder>,
        ix: DocIx,
        tally: &mut Tally,
    ) -> Rows {
        let (lost, rows) = self.tell(document, None, recorder, ix, tally);
        if lost > 0 {
            record.status = if rows.is_empty() { Status::Error } else { Status::Partial };
            record.reason = Some(Reason::Internal);
            record.detail = Some(format!("{lost} sections could not be analysed because of a mistake in the program"));
        }
        rows
    }

    /// Counts a document whose mentions are known, as if it had been analysed.
    pub(super) fn count_again(
        &self,
        document: &Document,
        sections: VecDeque<FoundBefore>,
        record: &mut FileRecord,
        ix: DocIx,
        tally: &mut Tally,
    ) -> Rows {
        let (lost, rows) = self.tell(document, Some(sections), None, ix, tally);
        if lost > 0 {
            record.status = Status::Partial;
            record.reason = Some(Reason::Internal);
            record.detail = Some("what was kept of it does not fit; run again with --fresh".to_owned());
        }
        rows
    }

    /// Counts a document and makes its rows; tells how many of its sections were lost.
    fn tell(
        &self,
        document: &Document,
        sections: Option<VecDeque<FoundBefore>>,
        mut recorder: Option<&mut Recorder>,
        ix: DocIx,
        tally: &mut Tally,
    ) -> (usize, Rows) {
        let engine = self.engine;
        let mut rows = Rows::for_text(document.text.len(), self.formats);
        tally.open(ix, document, self.group_by.of(document, None));
        let mut entities = engine.entities();
        let wanted = || self.watch.stopped().is_none();
        let each = |section: &Section<'_>, entities: &Entities| {
            tally.add(engine, ix, section, entities);
            rows.add(engine, document, section, entities);
            if let Some(recorder) = &mut recorder {
                recorder.add(section, entities);
            }
        };
        let lost = match sections {
            Some(sections) => engine.read_with(known(engine, sections), wanted, document, &mut entities, each),
            None if self.alone => engine.read_together(wanted, document, Layers::Top, &mut entities, each),
            None => engine.read_while(wanted, document, Layers::Top, &mut entities, each),
        };
        (lost, rows)
    }
}
