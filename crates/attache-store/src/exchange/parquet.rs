//! Our record in Parquet: one row an event, parties as lists of structs, nothing lost.
//!
//! Rows become columns and back by the record's own JSON, so that there is one place that says what a
//! record is. Files are read a batch at a time and written a row group at a time.

use super::codes::Codes;
use super::format::{Events, OpenError, Writer};
use super::jsonl;
use super::problem::{Cause, Problem, WriteError};
use arrow_array::RecordBatch;
use arrow_json::reader::{Decoder, ReaderBuilder};
use arrow_json::writer::LineDelimitedWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use attache_code::Event;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows held at a time.
const BATCH: usize = 1024;
/// Rows of a row group.
const GROUP: usize = 64 * BATCH;

/// The columns, as `docs/record.md` names them.
pub(crate) fn schema() -> SchemaRef {
    let needed = |name: &str, kind: DataType| Field::new(name, kind, false);
    let maybe = |name: &str, kind: DataType| Field::new(name, kind, true);
    let text = DataType::Utf8;
    let list = |kind: DataType| DataType::List(Arc::new(Field::new("item", kind, true)));
    let span = || list(DataType::Int64);
    let party = || {
        list(DataType::Struct(
            vec![
                needed("name", text.clone()),
                maybe("id", text.clone()),
                maybe("country", text.clone()),
                maybe("sector", text.clone()),
                maybe("sectors", list(text.clone())),
                maybe("role", text.clone()),
                needed("text", text.clone()),
                needed("span", span()),
            ]
            .into(),
        ))
    };
    let report = vec![
        needed("id", text.clone()),
        maybe("url", text.clone()),
        maybe("publisher", text.clone()),
        maybe("title", text.clone()),
        maybe("published", DataType::Date32),
    ];
    let place = vec![
        needed("name", text.clone()),
        maybe("city", text.clone()),
        maybe("admin1", text.clone()),
        maybe("country", text.clone()),
        maybe("lat", DataType::Float64),
        maybe("lon", DataType::Float64),
        maybe("geonameid", DataType::Int64),
        needed("text", text.clone()),
        needed("span", span()),
    ];
    let money = vec![needed("value", DataType::Float64), needed("unit", text.clone())];
    let magnitude = vec![
        maybe("dead", DataType::Int64),
        maybe("injured", DataType::Int64),
        maybe("arrested", DataType::Int64),
        maybe("size", DataType::Int64),
        maybe("money", DataType::Struct(money.into())),
    ];
    let evidence = vec![needed("sentence", text.clone()), needed("span", span()), needed("trigger", span())];
    Arc::new(Schema::new(vec![
        needed("id", text.clone()),
        needed("version", text.clone()),
        needed("report", DataType::Struct(report.into())),
        needed("type", text.clone()),
        maybe("mode", list(text.clone())),
        maybe("contexts", list(text.clone())),
        needed("quad", DataType::Int32),
        needed("score", DataType::Float64),
        needed("cameo", text.clone()),
        maybe("goldstein", DataType::Float64),
        needed("status", text.clone()),
        maybe("date", DataType::Date32),
        maybe("date_precision", text.clone()),
        maybe("date_raw", text.clone()),
        maybe("actor", party()),
        maybe("recipient", party()),
        maybe("place", DataType::Struct(place.into())),
        maybe("magnitude", DataType::Struct(magnitude.into())),
        maybe("said_by", party()),
        needed("confidence", DataType::Float64),
        needed("evidence", DataType::Struct(evidence.into())),
        maybe("why", list(text)),
        needed("mentions", DataType::Int64),
        maybe("told", list(span())),
    ]))
}

/// The events of a file. A row that is no event is named; a page that cannot be read ends the file, its
/// byte being that of the row group.
pub(crate) fn read(file: File, codes: &Codes) -> Result<Events<'_>, OpenError> {
    let failed = |error: parquet::errors::ParquetError| OpenError::Parquet(error.to_string());
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(failed)?;
    for name in ["id", "type", "evidence"] {
        if builder.schema().field_with_name(name).is_err() {
            return Err(OpenError::Parquet(format!("there is no column {name}: the file holds no events")));
        }
    }
    let groups: Vec<(u64, u64)> = builder
        .metadata()
        .row_groups()
        .iter()
        .map(|group| (unsigned(group.num_rows()), unsigned(group.file_offset().unwrap_or(0))))
        .collect();
    let mut batches = builder.with_batch_size(BATCH).build().map_err(failed)?;
    let mut waiting: std::vec::IntoIter<Vec<u8>> = Vec::new().into_iter();
    let mut record = 0;
    let mut ended = false;
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(line) = waiting.next() {
                record += 1;
                return Some(jsonl::parse(&line, record, byte_of(&groups, record), codes));
            }
            if ended {
                return None;
            }
            let lines = batches.next()?.and_then(|batch| lines(&batch));
            match lines {
                Ok(lines) => waiting = lines.into_iter(),
                Err(error) => {
                    ended = true;
                    let next = record + 1;
                    let what = error.to_string();
                    let byte = byte_of(&groups, next);
                    return Some(Err(Problem { record: next, byte, what, cause: Cause::Broken }));
                }
            }
        }
    })))
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Where the row group of a record begins.
fn byte_of(groups: &[(u64, u64)], record: u64) -> u64 {
    let mut last = 0;
    for (rows, byte) in groups {
        last += rows;
        if record <= last {
            return *byte;
        }
    }
    0
}

/// The rows of a batch as JSON.
fn lines(batch: &RecordBatch) -> Result<Vec<Vec<u8>>, ArrowError> {
    let mut writer = LineDelimitedWriter::new(Vec::new());
    writer.write(batch)?;
    writer.finish()?;
    let text = writer.into_inner();
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.map(<[u8]>::to_vec).collect())
}

/// Writes a Parquet file.
pub(crate) struct Parquet<W: Write + Send> {
    out: ArrowWriter<W>,
    rows: Decoder,
    held: usize,
}

impl<W: Write + Send> Parquet<W> {
    pub fn new(out: W) -> Result<Self, OpenError> {
        let failed = |error: &dyn ToString| OpenError::Parquet(error.to_string());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let out = ArrowWriter::try_new(out, schema(), Some(properties)).map_err(|error| failed(&error))?;
        let rows = ReaderBuilder::new(schema()).with_batch_size(BATCH).build_decoder();
        Ok(Parquet { out, rows: rows.map_err(|error| failed(&error))?, held: 0 })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.held = 0;
        if let Some(batch) = self.rows.flush().map_err(io::Error::other)? {
            self.out.write(&batch).map_err(io::Error::other)?;
        }
        Ok(())
    }
}

impl<W: Write + Send> Writer for Parquet<W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        self.rows.serialize(std::slice::from_ref(event)).map_err(io::Error::other)?;
        self.held += 1;
        if self.held == BATCH {
            self.flush()?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.flush()?;
        self.out.close().map_err(io::Error::other)?;
        Ok(())
    }
}
