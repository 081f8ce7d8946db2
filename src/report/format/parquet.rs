//! `tables/*.parquet`: typed columns for `DuckDB`, pandas, polars, Spark.
//!
//! Text is UTF-8 (decimals too: they have any number of digits), whole numbers are 64 bits with a sign, measures
//! doubles, days days. Text is what the documents say, without the apostrophes that protect spreadsheets. A cell that
//! is unknown is null.
//!
//! Rows are gathered column by column and leave as a row group when there are [`ROWS`] of them or they hold [`BYTES`]
//! bytes of text. So memory is bounded, and as groups end by rows and bytes alone, equal rows give equal bytes.

use std::{
    io::{self, Write},
    sync::Arc,
};

use jiff::civil::Date;
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::{EnabledStatistics, WriterProperties},
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type as Schema,
};

use super::{
    super::table::{Cell, Column, Table, Type},
    Out,
};

/// Most rows of a row group.
const ROWS: usize = 1 << 17;
/// A row group with so many bytes of text is closed.
const BYTES: usize = 8 << 20;

/// The list and column whose texts are all different, so that a dictionary of them would be the texts again.
const PLAIN: (&str, &str) = ("sentences", "sentence");

/// Writes a list.
pub(super) fn write(table: &Table<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let mut rows = Rows::new(table.name, &table.columns, out)?;
    for at in 0..table.len() {
        let mut column = 0;
        table.row(at, |cell| {
            rows.push(column, &cell);
            column += 1;
        });
        rows.end()?;
    }
    rows.close()?;
    Ok(())
}

/// A list on its way into a file.
pub(in crate::report) struct Rows<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Values>,
    /// Rows since the last row group.
    rows: usize,
}

/// The cells of a column since the last row group: which of them are known, and those.
struct Values {
    /// 1 where the cell is known, as Parquet wants it.
    known: Vec<i16>,
    kind: Kind,
}

enum Kind {
    Text(Texts),
    Whole(Vec<i64>),
    Measure(Vec<f64>),
    Day(Vec<i32>),
    Flag(Vec<bool>),
}

/// Texts one behind the other; one that follows itself is kept once.
#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    /// Start and length of each known cell.
    places: Vec<(usize, usize)>,
    /// The cell before, where it was known; it outlives its row group.
    last: Option<(usize, usize)>,
}

impl<W: Write + Send> Rows<W> {
    /// An empty list of that name with these columns.
    pub(in crate::report) fn new(name: &str, columns: &[Column], to: W) -> io::Result<Self> {
        let mut properties = WriterProperties::builder()
            .set_created_by(format!("tongwen {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_dictionary_page_size_limit(8 << 20);
        for column in columns.iter().filter(|column| matches!(column.ty, Type::Text | Type::Decimal)) {
            // Nobody looks for a range of sentences; of documents they do.
            if column.name != "document" {
                properties = properties.set_column_statistics_enabled(column.name.into(), EnabledStatistics::None);
            }
            properties = properties.set_column_dictionary_enabled(column.name.into(), (name, column.name) != PLAIN);
        }
        // Measures are nearly all different.
        for column in columns.iter().filter(|column| column.ty == Type::Number) {
            properties = properties.set_column_dictionary_enabled(column.name.into(), false);
        }
        let file = SerializedFileWriter::new(to, schema(name, columns).map_err(fault)?, Arc::new(properties.build()))
            .map_err(fault)?;
        Ok(Self { file, columns: columns.iter().map(|column| Values::new(column.ty)).collect(), rows: 0 })
    }

    /// Adds a cell to the row at hand.
    pub(in crate::report) fn push(&mut self, column: usize, cell: &Cell<'_>) {
        let Some(values) = self.columns.get_mut(column) else { return };
        values.push(cell);
    }

    /// Adds a text to the row at hand: UTF-8, or nothing.
    pub(in crate::report) fn push_text(&mut self, column: usize, text: Option<&[u8]>) {
        let Some(Values { known, kind: Kind::Text(texts) }) = self.columns.get_mut(column) else { return };
        known.push(texts.push(text).into());
    }

    /// Adds the text of the row before to the row at hand.
    pub(in crate::report) fn repeat_text(&mut self, column: usize) {
        let Some(Values { known, kind: Kind::Text(texts) }) = self.columns.get_mut(column) else { return };
        known.push(texts.repeat().into());
    }

    /// Ends the row at hand.
    pub(in crate::report) fn end(&mut self) -> io::Result<()> {
        self.rows += 1;
        if self.rows >= ROWS || self.columns.iter().map(Values::bytes).sum::<usize>() >= BYTES {
            self.write_group().map_err(fault)?;
        }
        Ok(())
    }

    /// Writes what is left and hands back what was written to.
    pub(in crate::report) fn close(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.write_group().map_err(fault)?;
        }
        self.file.into_inner().map_err(fault)
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for values in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            values.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl Values {
    fn new(ty: Type) -> Self {
        let kind = match ty {
            Type::Text | Type::Decimal => Kind::Text(Texts::default()),
            Type::Integer => Kind::Whole(Vec::new()),
            Type::Number => Kind::Measure(Vec::new()),
            Type::Date => Kind::Day(Vec::new()),
            Type::Flag => Kind::Flag(Vec::new()),
        };
        Self { known: Vec::new(), kind }
    }

    /// A cell of another type than its column's counts as unknown; `table.rs` makes none.
    fn push(&mut self, cell: &Cell<'_>) {
        let known = match (&mut self.kind, cell) {
            (Kind::Text(texts), Cell::Text(text)) => texts.push(Some(text.as_bytes())),
            (Kind::Text(texts), Cell::Decimal(text)) => texts.push(Some(text.as_bytes())),
            (Kind::Text(texts), _) => texts.push(None),
            (Kind::Whole(values), Cell::Integer(value)) => {
                values.push(i64::try_from(*value).unwrap_or(i64::MAX));
                true
            }
            (Kind::Measure(values), Cell::Number(value)) => {
                values.push(*value);
                true
            }
            (Kind::Day(values), Cell::Date(value)) => {
                values.push(days(*value));
                true
            }
            (Kind::Flag(values), Cell::Flag(value)) => {
                values.push(*value);
                true
            }
            _ => false,
        };
        self.known.push(known.into());
    }

    const fn bytes(&self) -> usize {
        match &self.kind {
            Kind::Text(texts) => texts.bytes.len(),
            _ => 0,
        }
    }

    fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let known = Some(self.known.as_slice());
        match &mut self.kind {
            Kind::Text(texts) => {
                to.typed::<ByteArrayType>().write_batch(&texts.take(), known, None)?;
            }
            Kind::Whole(values) => {
                to.typed::<Int64Type>().write_batch(values, known, None)?;
                values.clear();
            }
            Kind::Measure(values) => {
                to.typed::<DoubleType>().write_batch(values, known, None)?;
                values.clear();
            }
            Kind::Day(values) => {
                to.typed::<Int32Type>().write_batch(values, known, None)?;
                values.clear();
            }
            Kind::Flag(values) => {
                to.typed::<BoolType>().write_batch(values, known, None)?;
                values.clear();
            }
        }
        self.known.clear();
        Ok(())
    }
}

impl Texts {
    /// Whether the cell is known.
    fn push(&mut self, text: Option<&[u8]>) -> bool {
        let Some(text) = text else {
            self.last = None;
            return false;
        };
        if self.last.is_none_or(|(start, len)| self.bytes[start..start + len] != *text) {
            self.last = Some((self.bytes.len(), text.len()));
            self.bytes.extend_from_slice(text);
        }
        self.repeat()
    }

    fn repeat(&mut self) -> bool {
        self.places.extend(self.last);
        self.last.is_some()
    }

    /// All cells since the last row group; the last one stays to be repeated.
    fn take(&mut self) -> Vec<ByteArray> {
        let last = self.last.map(|(start, len)| self.bytes[start..start + len].to_vec());
        self.last = last.as_ref().map(|text| (0, text.len()));
        let bytes = ByteArray::from(std::mem::replace(&mut self.bytes, last.unwrap_or_default()));
        self.places.drain(..).map(|(start, len)| bytes.slice(start, len)).collect()
    }
}

fn schema(name: &str, columns: &[Column]) -> Result<Arc<Schema>, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.ty {
            Type::Text | Type::Decimal => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Type::Integer => (Physical::INT64, None),
            Type::Number => (Physical::DOUBLE, None),
            Type::Date => (Physical::INT32, Some(LogicalType::Date)),
            Type::Flag => (Physical::BOOLEAN, None),
        };
        Schema::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Schema::group_type_builder(name).with_fields(fields).build().map(Arc::new)
}

/// Days since 1970-01-01.
///
/// Source: Hinnant (2013), *chrono-Compatible Low-Level Date Algorithms*, `days_from_civil`.
fn days(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// A fault of the disk comes back as itself.
fn fault(cause: ParquetError) -> io::Error {
    match cause {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use parquet::{
        file::reader::{FileReader as _, SerializedFileReader},
        record::Field as Value,
    };

    use super::{
        super::super::{fixture, view::VIEWS},
        *,
    };

    #[test]
    fn days_count_from_1970() {
        for (day, count) in
            [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(2000, 3, 1), 11_017), (date(1600, 2, 29), -135_081)]
        {
            assert_eq!(days(day), count, "{day}");
            assert_eq!(date(1970, 1, 1).checked_add(jiff::Span::new().days(count)).unwrap(), day);
        }
    }

    #[test]
    fn a_text_is_repeated_across_row_groups() {
        let mut texts = Texts::default();
        assert!(texts.push(Some(b"a")) && texts.repeat() && texts.bytes.len() == 1);
        assert_eq!(texts.take(), vec![ByteArray::from("a"); 2]);
        assert!(texts.repeat() && !texts.push(None) && !texts.repeat() && texts.push(Some(b"b")));
        assert_eq!(texts.take(), [ByteArray::from("a"), ByteArray::from("b")]);
    }

    #[test]
    fn every_list_reads_back_as_its_cells() {
        let case = fixture::case();
        for view in VIEWS {
            let table = (view.table)(&case.report());
            let mut out = Vec::new();
            write(&table, &mut out).unwrap();
            let reader = SerializedFileReader::new(bytes_of(out)).unwrap();
            let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            assert_eq!(rows.len(), table.len());
            for (at, row) in rows.iter().enumerate() {
                let mut values = row.get_column_iter();
                table.row(at, |cell| {
                    let (name, value) = values.next().unwrap();
                    let same = match (&cell, value) {
                        (Cell::Empty, Value::Null) => true,
                        (Cell::Text(text), Value::Str(value)) => text == value,
                        (Cell::Decimal(text), Value::Str(value)) => text == value,
                        (Cell::Integer(number), Value::Long(value)) => i64::try_from(*number) == Ok(*value),
                        (Cell::Number(number), Value::Double(value)) => number.to_bits() == value.to_bits(),
                        (Cell::Date(date), Value::Date(value)) => days(*date) == *value,
                        (Cell::Flag(flag), Value::Bool(value)) => flag == value,
                        _ => false,
                    };
                    assert!(same, "{} {name}: {cell:?} {value:?}", view.name);
                });
            }
        }
    }

    fn bytes_of(out: Vec<u8>) -> std::fs::File {
        use std::io::Seek as _;
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&out).unwrap();
        file.rewind().unwrap();
        file
    }
}
