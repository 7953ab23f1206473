//! Records of comma-separated values, one at a time. A quotation mark that is never closed costs its own
//! line, not the rest of the file.

use super::cells::{Cell, Row, decode, too_long};
use super::lines::{LONGEST, Line, Lines};
use super::problem::{Cause, Problem};
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// The most lines one record may span.
const MOST_LINES: usize = 256;

/// The records of a file with a header, their cells in the order of `names`.
pub(crate) struct Records<R> {
    lines: Lines<R>,
    waiting: VecDeque<Line>,
    names: &'static [&'static str],
    needed: &'static [&'static str],
    header: Option<(Vec<Option<usize>>, usize)>,
    number: u64,
    ended: bool,
}

impl<R: BufRead> Records<R> {
    pub fn new(input: R, names: &'static [&'static str], needed: &'static [&'static str]) -> Self {
        Records {
            lines: Lines::verbatim(input),
            waiting: VecDeque::new(),
            names,
            needed,
            header: None,
            number: 0,
            ended: false,
        }
    }

    /// The next line that is not blank; blank ones only count within a record.
    fn line(&mut self) -> io::Result<Option<Line>> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    /// The cells of the next record and its first byte. Lines are added as long as a quotation mark is
    /// open; where none closes it, or the sum of cells is wrong, the first line stands alone.
    fn record(&mut self) -> io::Result<Option<(u64, Option<Vec<String>>)>> {
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(Line { bytes: Some(bytes), .. }) if bytes.trim_ascii().is_empty() => {}
                Some(line) => break line,
            }
        };
        let Some(mut bytes) = first.bytes else { return Ok(Some((first.byte, None))) };
        let alone = bytes.len();
        let mut open = is_open(&bytes);
        let mut more: Vec<Line> = Vec::new();
        while open && more.len() < MOST_LINES && bytes.len() < LONGEST {
            let Some(line) = self.line()? else { break };
            bytes.push(b'\n');
            bytes.extend(line.bytes.as_deref().unwrap_or_default());
            open = open != is_open(line.bytes.as_deref().unwrap_or_default());
            more.push(line);
        }
        let cells = parse(&bytes)?;
        let width = self.header.as_ref().map_or(cells.len(), |(_, width)| *width);
        if more.is_empty() || (!open && cells.len() == width) {
            return Ok(Some((first.byte, Some(cells))));
        }
        for line in more.into_iter().rev() {
            self.waiting.push_front(line);
        }
        bytes.truncate(alone);
        Ok(Some((first.byte, Some(parse(&bytes)?))))
    }

    fn read_header(&mut self, byte: u64, cells: &[String]) -> Result<(), Problem> {
        let place = |name: &&str| cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        if let Some(missing) = self.needed.iter().find(|name| place(name).is_none()) {
            let what = format!("the header has no column {missing}");
            return Err(Problem { record: 0, byte, what, cause: Cause::Broken });
        }
        self.header = Some((self.names.iter().map(place).collect(), cells.len()));
        Ok(())
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let (byte, cells) = match self.record() {
                Ok(record) => record?,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Problem::broken(self.number + 1, self.lines.byte(), &error)));
                }
            };
            let Some((places, width)) = &self.header else {
                if let Err(problem) = self.read_header(byte, &cells.unwrap_or_default()) {
                    self.ended = true;
                    return Some(Err(problem));
                }
                continue;
            };
            self.number += 1;
            let damaged = |what| Problem { record: self.number, byte, what, cause: Cause::Damaged };
            let Some(cells) = cells else { return Some(Err(damaged(too_long()))) };
            if cells.len() != *width {
                return Some(Err(damaged(format!("{} columns where {width} are wanted", cells.len()))));
            }
            let text =
                |place: &Option<usize>| place.and_then(|at| cells.get(at).cloned()).unwrap_or_default();
            let cells = places.iter().map(|place| Cell { byte, text: text(place) }).collect();
            return Some(Ok(Row { number: self.number, byte, names: self.names, cells }));
        }
        None
    }
}

/// True where a line leaves a quotation mark open.
fn is_open(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

fn parse(bytes: &[u8]) -> io::Result<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(bytes.len().clamp(64, 1 << 16))
        .from_reader(bytes);
    let mut record = ::csv::ByteRecord::new();
    reader.read_byte_record(&mut record).map_err(io::Error::from)?;
    Ok(record.iter().map(decode).collect())
}
