//! A list as every format sees it: named columns with type and unit, rows of typed cells.
//!
//! `view/` writes one line a column — name, type, unit, and where the number comes from — and nothing else
//! computes it again: the CSV cell and the number on the page are the same [`Cell`].

use std::{
    borrow::{Borrow, Cow},
    collections::BTreeMap,
};

use jiff::civil::Date;

/// A list of rows with the same columns. Cells are made when they are asked for: the page shows a few of many.
pub struct Table<'r> {
    /// Name of the list and stem of its files: `laws`.
    pub name: &'static str,
    /// The columns, in the order of the cells.
    pub columns: Vec<Column>,
    len: usize,
    cells: Box<Cells<'r>>,
}

/// Calls back with the cells of a row.
type Cells<'r> = dyn Fn(usize, &mut dyn FnMut(Cell<'_>)) + 'r;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable name in `snake_case`.
    pub name: &'static str,
    /// What its cells are, where they are not empty.
    pub ty: Type,
    /// Unit of its numbers (`mentions`, `bits`, `bytes`); empty where there is none.
    pub unit: &'static str,
}

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number from 0.
    Integer,
    /// A measure.
    Number,
    /// A number of any length, kept as its digits.
    Decimal,
    /// A day.
    Date,
    /// True or false.
    Flag,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Unknown or not applicable.
    Empty,
    /// See [`Type::Text`].
    Text(Cow<'a, str>),
    /// See [`Type::Integer`].
    Integer(u64),
    /// See [`Type::Number`]; always finite.
    Number(f64),
    /// See [`Type::Decimal`].
    Decimal(&'a str),
    /// See [`Type::Date`].
    Date(Date),
    /// See [`Type::Flag`].
    Flag(bool),
}

/// A column together with the place its cells come from.
pub(super) struct Field<R: ?Sized> {
    column: Column,
    cell: for<'a> fn(&'a R) -> Cell<'a>,
}

impl<R: ?Sized> Clone for Field<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: ?Sized> Copy for Field<R> {}

/// One line of a view.
pub(super) const fn field<R: ?Sized>(
    name: &'static str,
    ty: Type,
    unit: &'static str,
    cell: for<'a> fn(&'a R) -> Cell<'a>,
) -> Field<R> {
    Field { column: Column { name, ty, unit }, cell }
}

impl<'r> Table<'r> {
    /// The table of `rows`, complete and sorted, with these fields as columns.
    pub(super) fn of<R: 'r>(
        name: &'static str,
        rows: impl Borrow<[R]> + 'r,
        fields: impl Borrow<[Field<R>]> + 'r,
    ) -> Self {
        let len = rows.borrow().len();
        let columns = fields.borrow().iter().map(|field| field.column).collect();
        let cells = move |at: usize, each: &mut dyn FnMut(Cell<'_>)| {
            let row = &rows.borrow()[at];
            fields.borrow().iter().for_each(|field| each((field.cell)(row)));
        };
        Self { name, columns, len, cells: Box::new(cells) }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Calls back with the cells of a row, in the order of the columns.
    pub fn row(&self, at: usize, mut each: impl FnMut(Cell<'_>)) {
        (self.cells)(at, &mut each);
    }

    /// Whether a cell is empty.
    pub(super) fn is_blank(&self, at: usize, column: usize) -> bool {
        let (mut place, mut blank) = (0, true);
        self.row(at, |cell| {
            blank &= place != column || cell == Cell::Empty;
            place += 1;
        });
        blank
    }

    /// The cells of a row as people read them, by column name.
    pub(super) fn shown(&self, row: usize) -> BTreeMap<&'static str, String> {
        let mut names = self.columns.iter().map(|column| column.name);
        let mut shown = BTreeMap::new();
        self.row(row, |cell| shown.extend(names.next().map(|name| (name, cell.shown()))));
        shown
    }
}

impl<'a> Cell<'a> {
    /// A measure; not-a-number and the infinities are empty.
    pub(super) fn number(value: f64) -> Self {
        if value.is_finite() { Self::Number(value) } else { Self::Empty }
    }

    /// Digits; empty where there are none.
    pub(super) const fn decimal(digits: &'a str) -> Self {
        if digits.is_empty() { Self::Empty } else { Self::Decimal(digits) }
    }

    /// As people read it: thousands in groups, measures with two places where these say something.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.to_string(),
            Self::Integer(number) => grouped(&number.to_string()),
            Self::Number(number) if number.abs() >= 100.0 => grouped(&format!("{number:.0}")),
            Self::Number(number) => format!("{number:.2}"),
            Self::Decimal(digits) => grouped(digits),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Integer(number)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Plain digits with a comma between thousands; what is not plain digits stays as it is.
pub(super) fn grouped(digits: &str) -> String {
    let (sign, unsigned) = digits.strip_prefix('-').map_or(("", digits), |rest| ("−", rest));
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_in_groups() {
        assert_eq!(grouped("7"), "7");
        assert_eq!(grouped("14000000"), "14,000,000");
        assert_eq!(grouped("-1234.5678"), "−1,234.5678");
        assert_eq!(grouped("inf"), "inf");
        assert_eq!(Cell::number(f64::NAN), Cell::Empty);
        assert_eq!(Cell::number(0.256).shown(), "0.26");
    }
}
