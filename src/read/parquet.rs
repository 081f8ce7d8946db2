//! Parquet: the rows of a table as JSON lines, for those who read tables with a document in each row.
//!
//! Data sets of documents are handed around as Parquet: pandas, polars and DuckDB write it. Whoever decodes columns believes
//! what the file says of their sizes, so this is done by a child process, which hands the rows on as text.

use std::fmt::Write as _;

use bytes::Bytes;
use parquet::{
    errors::ParquetError,
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use serde_json::{Map, Value};

use super::{Reason, Refusal, declared::Parsed};

/// The first bytes of such a file, and the last.
const MARK: &[u8] = b"PAR1";
/// No more text comes out of a file, like out of an archive.
const MOST: usize = 100 << 20;

/// One JSON object a row.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Refusal> {
    if !bytes.starts_with(MARK) {
        return Err((Reason::Malformed, "its name says parquet, its content does not".to_owned()));
    }
    let broken = |fault: ParquetError| (Reason::Malformed, format!("not a table: {fault}"));
    let table = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(broken)?;
    let mut text = String::new();
    for row in table.get_row_iter(None).map_err(broken)? {
        let row = row.map_err(broken)?;
        let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value(field)));
        let object: Map<String, Value> = fields.collect();
        let _ = writeln!(text, "{}", Value::Object(object));
        if text.len() > MOST {
            return Err((Reason::ExpandsTooMuch, format!("more than {} MiB come out of it", MOST >> 20)));
        }
    }
    Ok(Parsed { text, ..Parsed::default() })
}

/// A cell; what is no text is written as text.
fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(words) => Value::from(words.as_str()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        Field::Bool(truth) => Value::from(*truth),
        Field::Byte(n) => Value::from(*n),
        Field::Short(n) => Value::from(*n),
        Field::Int(n) => Value::from(*n),
        Field::Long(n) => Value::from(*n),
        Field::UByte(n) => Value::from(*n),
        Field::UShort(n) => Value::from(*n),
        Field::UInt(n) => Value::from(*n),
        Field::ULong(n) => Value::from(*n),
        other => Value::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::{
        basic::Compression,
        data_type::{ByteArray, ByteArrayType, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };

    use super::*;

    fn table(compression: Compression) -> Vec<u8> {
        let schema =
            "message rows { REQUIRED BYTE_ARRAY id (UTF8); OPTIONAL BYTE_ARRAY text (UTF8); REQUIRED INT64 year; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
        let mut rows = writer.next_row_group().unwrap();
        let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts(&["a", "乙"]), None, None).unwrap();
        column.close().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts(&["一行\n二行"]), Some(&[1, 0]), None).unwrap();
        column.close().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&[2016, 2017], None, None).unwrap();
        column.close().unwrap();
        rows.close().unwrap();
        writer.close().unwrap();
        bytes
    }

    #[test]
    fn rows_become_lines() {
        let expected =
            "{\"id\":\"a\",\"text\":\"一行\\n二行\",\"year\":2016}\n{\"id\":\"乙\",\"text\":null,\"year\":2017}\n";
        let codecs = [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::ZSTD(Default::default()),
            Compression::GZIP(Default::default()),
            Compression::LZ4_RAW,
        ];
        for codec in codecs {
            let parsed = parse(&table(codec)).map(|parsed| parsed.text);
            assert_eq!(parsed.map_err(|(_, told)| told).as_deref(), Ok(expected), "{codec:?}");
        }
    }

    #[test]
    fn what_is_broken_is_said() {
        let whole = table(Compression::SNAPPY);
        assert!(matches!(parse(b"text"), Err((Reason::Malformed, _))));
        for end in 4..whole.len() {
            assert!(matches!(parse(&whole[..end]), Err((Reason::Malformed, _))), "{end}");
        }
    }
}
