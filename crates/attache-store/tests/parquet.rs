//! Parquet files: what is written comes back, what is damaged is named. Runs with `--features parquet`.
#![cfg(feature = "parquet")]

mod common;

use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, StructArray};
use arrow_schema::{Field, Schema};
use attache_code::Event;
use attache_store::exchange::{Cause, Format, Input, OpenError, Problem, sniff};
use common::{codes, events, write};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn read(bytes: &[u8]) -> Result<Vec<Result<Event, Problem>>, OpenError> {
    let codes = codes();
    let events = Format::Parquet.read(Input::File(file(bytes)), &codes)?;
    Ok(events.collect())
}

#[test]
fn nothing_is_lost() {
    let (bytes, left) = write(Format::Parquet, &events(), &codes());
    assert!(left.is_empty());
    assert_eq!(sniff(&bytes), Some(Format::Parquet));
    let back: Vec<Event> = read(&bytes).unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(back, events());
}

#[test]
fn more_than_a_batch_is_written_and_read() {
    let many: Vec<Event> = events().into_iter().cycle().take(2500).collect();
    let (bytes, _) = write(Format::Parquet, &many, &codes());
    let back: Vec<Event> = read(&bytes).unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(back, many);
}

#[test]
fn an_empty_file_has_its_columns() {
    let (bytes, _) = write(Format::Parquet, &[], &codes());
    assert!(read(&bytes).unwrap().is_empty());
}

/// The batch of all events with one column put in the place of another.
fn with_column(name: &str, change: impl Fn(&RecordBatch) -> (Field, ArrayRef)) -> Vec<u8> {
    let (bytes, _) = write(Format::Parquet, &events(), &codes());
    let builder = ParquetRecordBatchReaderBuilder::try_new(file(&bytes)).unwrap();
    let batch = builder.build().unwrap().next().unwrap().unwrap();
    let at = batch.schema().index_of(name).unwrap();
    let (field, column) = change(&batch);
    let mut fields: Vec<Field> = batch.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
    let mut columns = batch.columns().to_vec();
    fields[at] = field;
    columns[at] = column;
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

/// One text of the second row changed.
fn with_text(name: &'static str, text: &'static str) -> Vec<u8> {
    with_column(name, |batch| {
        let old = batch.column_by_name(name).unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
        let new: Vec<Option<String>> = old
            .iter()
            .enumerate()
            .map(|(row, old)| Some(if row == 1 { text } else { old? }.to_owned()))
            .collect();
        (Field::new(name, old.data_type().clone(), true), Arc::new(StringArray::from(new)))
    })
}

#[test]
fn a_row_that_is_no_event_is_named_and_the_rest_kept() {
    for (bytes, says) in [
        (with_text("type", "QUARREL"), "QUARREL"),
        (with_text("status", "perhaps"), "perhaps"),
        (with_text("date_precision", "hour"), "hour"),
    ] {
        let seen = read(&bytes).unwrap();
        assert_eq!((seen.len(), seen.iter().filter(|seen| seen.is_ok()).count()), (6, 5));
        let problem = seen[1].as_ref().unwrap_err();
        assert!(problem.record == 2 && problem.what.contains(says), "{problem}");
        assert_eq!(problem.cause, Cause::Damaged);
    }
    // An older label is no damage.
    let seen = read(&with_text("type", "FIGHT")).unwrap();
    assert!(seen.iter().all(Result::is_ok));
}

#[test]
fn a_column_of_another_type_spoils_every_row_by_name() {
    let bytes = with_column("report", |batch| {
        let column = batch.column_by_name("report").unwrap();
        let inner = column.as_any().downcast_ref::<StructArray>().unwrap().column(0).clone();
        (Field::new("report", inner.data_type().clone(), false), inner)
    });
    let seen = read(&bytes).unwrap();
    assert!(seen.iter().enumerate().all(|(index, seen)| {
        seen.as_ref()
            .is_err_and(|problem| problem.record == index as u64 + 1 && problem.what.contains("invalid type"))
    }));
}

#[test]
fn files_that_are_none_are_refused_with_a_reason() {
    let (sound, _) = write(Format::Parquet, &events(), &codes());
    let length = sound.len();
    let mut no_magic = sound.clone();
    no_magic[length - 4..].copy_from_slice(b"NOPE");
    let mut long_footer = sound.clone();
    long_footer[length - 8..length - 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut torn_footer = sound.clone();
    torn_footer[length - 200..length - 100].fill(0xFF);
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("text", b"PAR1 and no more".to_vec()),
        ("cut", sound[..length / 2].to_vec()),
        ("cut by one byte", sound[..length - 1].to_vec()),
        ("no magic", no_magic),
        ("a footer longer than the file", long_footer),
        ("a torn footer", torn_footer),
    ] {
        assert!(matches!(read(&bytes), Err(OpenError::Parquet(_))), "{name}");
    }
    let other = {
        let column: ArrayRef = Arc::new(StringArray::from(vec!["x"]));
        let batch = RecordBatch::try_from_iter([("x", column)]).unwrap();
        let mut out = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        out
    };
    let Err(error) = read(&other) else { panic!("a file without events was read") };
    assert!(error.to_string().contains("no column id"), "{error}");
}

#[test]
fn a_torn_page_ends_the_file_with_a_problem() {
    let (mut bytes, _) = write(Format::Parquet, &events(), &codes());
    bytes[4..200].fill(0xFF);
    let seen = read(&bytes).unwrap();
    let problem = seen.last().unwrap().as_ref().unwrap_err();
    assert_eq!(problem.cause, Cause::Broken);
    assert!(matches!(
        Format::Parquet.read(Input::Stream(Box::new(std::io::empty())), &codes()),
        Err(OpenError::NeedsFile)
    ));
}
