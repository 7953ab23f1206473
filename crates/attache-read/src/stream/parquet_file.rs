//! Parquet files of reports, a few rows at a time. Row groups are read one by one, so that damage in one
//! costs only that one.

use super::open::Context;
use super::problem::Problem;
use super::zip_file::Place;
use super::{Body, Document};
use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::reader::ChunkReader;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The rows of a Parquet file.
pub(super) struct Parquet {
    source: Source,
    about: ArrowReaderMetadata,
    columns: Vec<String>,
    /// The row group that is next, and the first row of the present one.
    group: usize,
    first: u64,
    rows: Option<ParquetRecordBatchReader>,
    batch: std::vec::IntoIter<Result<Document, Problem>>,
    number: u64,
    context: Context,
}

enum Source {
    File(File),
    Memory(Bytes),
}

impl Parquet {
    pub fn new(place: &Place, context: Context) -> Result<Parquet, Problem> {
        let wrong = |reason: String| context.problem(None, None, format!("damaged Parquet file: {reason}"));
        let source = match place {
            Place::File(path) => Source::File(File::open(path).map_err(|error| wrong(error.to_string()))?),
            Place::Memory(bytes) => Source::Memory(Bytes::from(bytes.to_vec())),
        };
        let about = guarded(|| {
            match &source {
                Source::File(file) => ArrowReaderMetadata::load(file, ArrowReaderOptions::new()),
                Source::Memory(bytes) => ArrowReaderMetadata::load(bytes, ArrowReaderOptions::new()),
            }
            .map_err(|error| error.to_string())
        })
        .map_err(wrong)?;
        let columns: Vec<String> = about.schema().fields().iter().map(|field| field.name().clone()).collect();
        if !context.options.map.fits(&columns) {
            return Err(context.problem(None, None, context.options.map.no_text(&columns)));
        }
        let batch = Vec::new().into_iter();
        Ok(Parquet { source, about, columns, group: 0, first: 0, rows: None, batch, number: 0, context })
    }

    /// Opens the next row group; none at the end of the file.
    fn next_group(&mut self) -> Option<Result<(), Problem>> {
        let group = self.about.metadata().row_groups().get(self.group)?;
        self.first += match self.group.checked_sub(1) {
            Some(before) => self.about.metadata().row_group(before).num_rows().unsigned_abs(),
            None => 0,
        };
        self.number = self.first;
        self.group += 1;
        let size = group.total_byte_size().unsigned_abs();
        let packed = group.compressed_size().unsigned_abs();
        let limits = &self.context.options.limits;
        if size > packed.saturating_mul(limits.ratio).saturating_add(limits.slack).min(limits.unpacked) {
            return Some(Err(
                self.problem(format!("the row group unpacks to {size} bytes, too many for its size"))
            ));
        }
        let (at, options) = (self.group - 1, &self.context.options);
        let wanted: Vec<usize> = (0..self.columns.len())
            .filter(|column| self.columns.get(*column).is_some_and(|name| options.map.uses(name)))
            .collect();
        let open = || match &self.source {
            Source::File(file) => file
                .try_clone()
                .map_err(|error| error.to_string())
                .and_then(|file| rows(file, self.about.clone(), at, wanted.clone(), limits.batch)),
            Source::Memory(bytes) => {
                rows(bytes.clone(), self.about.clone(), at, wanted.clone(), limits.batch)
            }
        };
        match guarded(open) {
            Ok(rows) => {
                self.rows = Some(rows);
                Some(Ok(()))
            }
            Err(reason) => Some(Err(self.problem(format!("damaged row group: {reason}")))),
        }
    }

    /// The problem of the row that would come next; the byte is where its row group begins.
    fn problem(&self, reason: String) -> Problem {
        self.context.problem(Some(self.number + 1), self.byte(), reason)
    }

    fn byte(&self) -> Option<u64> {
        let group = self.about.metadata().row_groups().get(self.group.checked_sub(1)?)?;
        group.columns().first().map(|column| column.byte_range().0)
    }

    fn documents(&mut self, batch: &RecordBatch) -> Vec<Result<Document, Problem>> {
        let format = FormatOptions::new();
        let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
        let columns: Vec<Option<ArrayFormatter<'_>>> =
            batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &format).ok()).collect();
        (0..batch.num_rows())
            .map(|row| {
                let fields = self.context.options.map.fields(|name| {
                    let at = names.iter().position(|column| column.eq_ignore_ascii_case(name))?;
                    let there = batch.columns().get(at)?.is_valid(row);
                    there.then(|| columns.get(at)?.as_ref()?.value(row).try_to_string().ok())?
                });
                if fields.text.is_empty() {
                    let problem = self.problem("the row has no text".into());
                    self.number += 1;
                    return Err(problem);
                }
                self.number += 1;
                let (record, byte) = (Some(self.number), self.byte());
                Ok(Document::new(&self.context, record, byte, Body::Fields(Box::new(fields))))
            })
            .collect()
    }
}

fn rows<R: ChunkReader + 'static>(
    source: R,
    about: ArrowReaderMetadata,
    group: usize,
    wanted: Vec<usize>,
    batch: usize,
) -> Result<ParquetRecordBatchReader, String> {
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(source, about);
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
    let builder = builder.with_row_groups(vec![group]).with_batch_size(batch).with_projection(mask);
    builder.build().map_err(|error| error.to_string())
}

/// The format's library promises no errors for every damage; a panic of its becomes one here.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("it cannot be read".into()))
}

impl Iterator for Parquet {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.batch.next() {
                return Some(found);
            }
            let Some(rows) = &mut self.rows else {
                match self.next_group()? {
                    Ok(()) => continue,
                    Err(problem) => return Some(Err(problem)),
                }
            };
            match guarded(|| rows.next().transpose().map_err(|error| error.to_string())) {
                Ok(Some(batch)) => self.batch = self.documents(&batch).into_iter(),
                Ok(None) => self.rows = None,
                Err(reason) => {
                    self.rows = None;
                    return Some(Err(
                        self.problem(format!("damaged row group: {reason}; the rest of it is left out"))
                    ));
                }
            }
        }
    }
}
