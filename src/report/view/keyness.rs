//! What each group has more or less of than all other documents.

use super::super::{
    Report,
    table::{
        Cell, Field, Table,
        Type::{Flag, Integer, Number, Text},
        field,
    },
};
use super::probability;
use crate::{
    count::{KeyGroup, KeyRow, TermRow},
    text::Language,
};

struct Row<'a> {
    group: &'a KeyGroup,
    key: &'a KeyRow,
    term: &'a TermRow,
}

/// `keyness`: by group; in it what is key first, then by G².
pub(in crate::report) fn keyness<'r>(report: &Report<'r>) -> Table<'r> {
    let summary = report.summary;
    let row = |key: &'r KeyRow| Row {
        group: &summary.keyness.groups[key.group as usize],
        key,
        term: &summary.terms[key.term as usize],
    };
    Table::of("keyness", summary.keyness.rows.iter().map(row).collect::<Vec<_>>(), columns())
}

fn columns<'a>() -> Vec<Field<Row<'a>>> {
    vec![
        field("group", Text, "", |row| row.group.name.as_str().into()),
        field("term", Text, "", |row| (&*row.term.term).into()),
        field("language", Text, "", |row| row.term.language.map(Language::code).into()),
        field("kind", Text, "", |row| row.term.kind.into()),
        field("id", Text, "", |row| row.term.id.as_str().into()),
        field("key", Flag, "", |row| row.key.key.into()),
        field("a", Integer, "occurrences", |row| row.key.split.a.into()),
        field("b", Integer, "occurrences", |row| row.key.split.b.into()),
        field("C", Integer, "tokens", |row| row.key.split.target.into()),
        field("D", Integer, "tokens", |row| row.key.split.rest.into()),
        field("df_target", Integer, "documents", |row| row.key.documents.into()),
        field("df", Integer, "documents", |row| row.term.df.into()),
        field("one_document", Flag, "", |row| row.key.one_document.into()),
        field("sign", Number, "", |row| Cell::number(row.key.split.sign().into())),
        field("g2_2", Number, "", |row| Cell::number(row.key.split.g2())),
        field("log_ratio", Number, "log2", |row| Cell::number(row.key.split.log_ratio())),
        field("lr_lo", Number, "log2", |row| Cell::number(row.key.split.log_ratio_interval().0)),
        field("lr_hi", Number, "log2", |row| Cell::number(row.key.split.log_ratio_interval().1)),
        field("lr_c", Number, "log2", |row| Cell::number(row.key.conservative)),
        field("diff_pct", Number, "%", |row| Cell::number(row.key.split.diff_percent())),
        field("odds_ratio", Number, "", |row| Cell::number(row.key.split.odds_ratio())),
        field("bic", Number, "", |row| Cell::number(row.key.split.bic())),
        field("p", Number, "", |row| probability(row.key.split.p())),
        field("log10_p", Number, "log10", |row| Cell::number(row.key.split.log10_p())),
        field("p_holm", Number, "", |row| probability(row.key.p_holm)),
        field("p_bh", Number, "", |row| probability(row.key.p_bh)),
        field("mw_u", Number, "", |row| tested(row, |test| Cell::number(test.u))),
        field("mw_p", Number, "", |row| tested(row, |test| probability(test.p))),
        field("mw_auc", Number, "", |row| tested(row, |test| Cell::number(test.auc))),
        field("DP", Number, "", |row| Cell::number(row.term.dispersion.dp)),
    ]
}

fn tested<'a>(row: &Row<'a>, cell: fn(&crate::count::MannWhitney) -> Cell<'a>) -> Cell<'a> {
    row.key.documents_test.as_ref().map_or(Cell::Empty, cell)
}
