//! The square matrices of co-word studies, one file each: a name and a row of numbers for each item, most frequent first,
//! and in the last column the place of the item in the dendrogram.
//!
//! Without that column (and the one of kinds) they are what SPSS, R or UCINET read as a matrix.

use std::io;

use super::{
    super::{Cell, Report},
    Out,
    csv::write_csv,
};
use crate::count::Matrix;

/// `matrix_count.csv`: units with both; on the diagonal units with the item.
pub(super) fn counts(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let matrix = &report.summary.matrix;
    write(matrix, |at| matrix.counts.get(at).copied().into(), out)
}

/// `matrix_ochiai.csv`: Ochiai's coefficient, 1 on the diagonal.
pub(super) fn ochiai(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let matrix = &report.summary.matrix;
    write(matrix, |at| matrix.likeness.get(at).map(|&likeness| Cell::number(likeness)).into(), out)
}

/// `matrix_dissimilarity.csv`: 1 − Ochiai, never below 0.
pub(super) fn dissimilarity(report: &Report<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let matrix = &report.summary.matrix;
    let apart = |at: usize| matrix.likeness.get(at).map(|likeness| Cell::number((1.0 - likeness).max(0.0)));
    write(matrix, |at| apart(at).into(), out)
}

fn write(matrix: &Matrix, cell: impl Fn(usize) -> Cell<'static>, out: &mut Out<'_>) -> io::Result<()> {
    let items = matrix.items.len();
    let mut place = vec![0_u64; items];
    for (number, &item) in (1..).zip(&matrix.order) {
        place[item] = number;
    }
    let names = names(matrix);
    let header = ["term", "kind"].into_iter().chain(names.iter().map(String::as_str)).chain(["order"]);
    let rows = matrix.items.iter().enumerate().map(|(row, item)| {
        let mut cells: Vec<Cell<'_>> = vec![names[row].as_str().into(), item.kind.into()];
        cells.extend((0..items).map(|column| cell(row * items + column)));
        cells.push(place[row].into());
        cells
    });
    write_csv(header, rows, out)
}

/// The names of the items; of a term and an instrument with one name the latter says what it is.
fn names(matrix: &Matrix) -> Vec<String> {
    let name = |(at, item): (usize, &crate::count::MatrixItem)| {
        let taken = matrix.items[..at].iter().any(|other| other.name == item.name);
        if taken { format!("{} ({})", item.name, item.kind) } else { item.name.to_string() }
    };
    matrix.items.iter().enumerate().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::super::fixture, *};

    #[test]
    fn a_matrix_is_square_and_knows_its_dendrogram() {
        let case = fixture::case();
        let of = |write: fn(&Report<'_>, &mut Out<'_>) -> io::Result<()>| {
            let mut out = Vec::new();
            write(&case.report(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(of(counts), "\u{feff}term,kind,安全,数据,order\r\n安全,word,9,4,1\r\n数据,word,4,6,2\r\n");
        assert!(of(ochiai).ends_with("\r\n数据,word,0.25,1,2\r\n"));
        assert!(of(dissimilarity).ends_with("\r\n数据,word,0.75,0,2\r\n"));
    }

    #[test]
    fn an_empty_matrix_is_a_header() {
        let mut out = Vec::new();
        write(&Matrix::default(), |_| Cell::Empty, &mut out).unwrap();
        assert_eq!(out, "\u{feff}term,kind,order\r\n".as_bytes());
    }
}
