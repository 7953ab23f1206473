//! Tables of text with a row of names: comma, semicolon or tab between the cells.

use super::open::Context;
use super::problem::Problem;
use super::window::{Fault, Window};
use super::{Body, Document};
use crate::charset;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Most columns a table may have.
const COLUMNS: usize = 4096;

/// The rows of a table.
pub(super) struct Csv {
    window: Window,
    context: Context,
    delimiter: u8,
    columns: Vec<String>,
    number: u64,
    runaways: usize,
    done: bool,
}

/// A row: its cells, and its length in bytes.
struct Row {
    cells: Vec<Vec<u8>>,
    length: usize,
}

impl Csv {
    pub fn new(window: Window, context: Context, delimiter: u8) -> Csv {
        Csv { window, context, delimiter, columns: Vec::new(), number: 0, runaways: 0, done: false }
    }

    /// The row at the start of the window, which stays where it is; `Ok(None)` where it does not end within
    /// the longest record.
    fn row(&mut self) -> Result<Option<Row>, Fault> {
        let most = self.context.options.limits.record;
        let mut reader: Reader = ReaderBuilder::new().delimiter(self.delimiter).build();
        let (mut at, mut cells, mut ends) = (0, vec![0; 1024], vec![0; 64]);
        let (mut written, mut ended) = (0, 0);
        loop {
            if at == self.window.held().len() {
                self.window.grow()?;
            }
            let input = self.window.held().get(at..).unwrap_or(&[]);
            let room =
                (cells.get_mut(written..).unwrap_or(&mut []), ends.get_mut(ended..).unwrap_or(&mut []));
            let (result, taken, put, closed) = reader.read_record(input, room.0, room.1);
            (at, written, ended) = (at + taken, written + put, ended + closed);
            match result {
                _ if at > most || ended > COLUMNS => return Ok(None),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => cells.resize(cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = starts
            .zip(ends.iter().copied())
            .take(ended)
            .map(|(start, end)| cells.get(start..end).unwrap_or(&[]).to_vec())
            .collect();
        Ok(Some(Row { cells, length: at }))
    }

    fn problem(&self, reason: impl Into<String>) -> Problem {
        self.context.problem(Some(self.number), Some(self.window.place()), reason)
    }

    fn step(&mut self) -> Result<Option<Result<Document, Problem>>, Fault> {
        if self.columns.is_empty() {
            let names = self.row()?;
            let length = names.as_ref().map_or(0, |row| row.length);
            let name = |cell: &Vec<u8>| charset::decode(cell).text.trim().to_lowercase();
            self.columns = names.map(|row| row.cells.iter().map(name).collect()).unwrap_or_default();
            self.window.pass(length);
        }
        loop {
            if !self.window.fill(1)? {
                return Ok(None);
            }
            let blank = self.window.held().iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if blank == 0 {
                break;
            }
            self.window.pass(blank);
        }
        self.number += 1;
        let Some(row) = self.row()? else {
            let most = self.context.options.limits.record;
            let problem =
                self.problem(format!("the row does not end within {most} bytes; is a quote left open?"));
            self.runaways += 1;
            self.done = self.runaways > self.context.options.limits.runaway;
            self.window.skip_line()?;
            return Ok(Some(Err(problem)));
        };
        if row.cells.len() != self.columns.len() {
            let problem =
                self.problem(format!("{} cells where the table has {}", row.cells.len(), self.columns.len()));
            // An open quote has swallowed the lines that follow: they are read again.
            self.window.skip_line()?;
            return Ok(Some(Err(problem)));
        }
        Ok(Some(self.document(&row)))
    }

    fn document(&mut self, row: &Row) -> Result<Document, Problem> {
        let cell = |name: &str| {
            let at = self.columns.iter().position(|column| column.eq_ignore_ascii_case(name.trim()))?;
            row.cells.get(at)
        };
        let mut fields = self.context.options.map.fields(|name| {
            let words = charset::decode(cell(name)?).text;
            let none = ["", "NA", "NaN", "nan", "None", "NULL", "null"].contains(&words.trim());
            (!none).then_some(words)
        });
        let all = charset::decode(&row.cells.join(&b' '));
        fields.charset = all.charset;
        fields.notes.extend(all.notes);
        let result = if fields.text.is_empty() {
            Err(self.problem("the row has no text"))
        } else {
            let (record, byte) = (Some(self.number), Some(self.window.place()));
            Ok(Document::new(&self.context, record, byte, Body::Fields(Box::new(fields))))
        };
        self.window.pass(row.length);
        result
    }
}

impl Iterator for Csv {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.context.next(step, &mut self.done, self.number, self.window.place())
    }
}

/// What stands between the cells of a table that begins like this; none where it is no table of reports.
pub(super) fn delimiter(head: &str, context: &Context) -> Option<u8> {
    let first = head.trim_start_matches('\u{feff}').lines().next()?;
    if first.len() > 4096 {
        return None;
    }
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| {
        let cells: Vec<String> = first
            .split(char::from(*delimiter))
            .map(|cell| cell.trim().trim_matches('"').to_owned())
            .collect();
        let names = cells.iter().all(|cell| !cell.is_empty() && cell.len() <= 60 && !cell.ends_with('.'));
        (cells.len() > 1) && names && context.options.map.fits(&cells)
    })
}
