//! Tab-separated rows: cells with the byte each begins at, and text that cannot break a row.

use super::lines::{LONGEST, Line, Lines};
use super::problem::{Cause, Problem};
use jiff::civil::Date;
use std::io::{BufRead, Write};

/// A record of a tabular file.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The record's number, from 1.
    pub number: u64,
    /// Where it begins in the file.
    pub byte: u64,
    /// What the columns are called.
    pub names: &'static [&'static str],
    /// The cells, in the order of `names`.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// Where it begins in the file.
    pub byte: u64,
    /// What it holds.
    pub text: String,
}

/// What stands for nothing in the formats of the field.
const MISSING: [&str; 7] = ["", "None", "NA", "NULL", "null", "nan", "---"];

impl Row {
    /// What a cell holds; empty where there is no such cell.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// What a cell holds, where that is not one of the words for nothing.
    pub fn given(&self, column: usize) -> Option<&str> {
        Some(self.text(column)).filter(|text| !MISSING.contains(text))
    }

    /// The same, owned.
    pub fn owned(&self, column: usize) -> Option<String> {
        self.given(column).map(str::to_owned)
    }

    /// A cell's number.
    pub fn number(&self, column: usize) -> Result<Option<f64>, Problem> {
        let Some(text) = self.given(column) else { return Ok(None) };
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.map(Some).ok_or_else(|| self.damaged(column, "is not a number"))
    }

    /// A cell's number, within bounds.
    pub fn between(&self, column: usize, least: f64, most: f64) -> Result<Option<f64>, Problem> {
        match self.number(column)? {
            Some(number) if !(least..=most).contains(&number) => {
                Err(self.damaged(column, &format!("is not between {least} and {most}")))
            }
            number => Ok(number),
        }
    }

    /// A cell's whole number.
    pub fn count(&self, column: usize) -> Result<Option<u64>, Problem> {
        let Some(text) = self.given(column) else { return Ok(None) };
        let text = text.strip_suffix(".0").unwrap_or(text);
        text.parse().map(Some).map_err(|_| self.damaged(column, "is not a whole number"))
    }

    /// A cell's day: `YYYY-MM-DD`, `YYYYMMDD` (hours may follow either) or, in some files, `M/D/YYYY`.
    pub fn day(&self, column: usize) -> Result<Option<Date>, Problem> {
        let Some(text) = self.given(column) else { return Ok(None) };
        day(text).map(Some).ok_or_else(|| self.damaged(column, "is not a day"))
    }

    /// A cell's day, which must be there.
    pub fn needed_day(&self, column: usize) -> Result<Date, Problem> {
        self.day(column)?.ok_or_else(|| self.damaged(column, "is not a day"))
    }

    /// The problem of a cell.
    pub fn damaged(&self, column: usize, what: &str) -> Problem {
        let cell = self.cells.get(column);
        let name = self.names.get(column).copied().unwrap_or("?");
        let text: String = self.text(column).chars().take(60).collect();
        Problem {
            record: self.number,
            byte: cell.map_or(self.byte, |cell| cell.byte),
            what: format!("{name} `{text}` {what}"),
            cause: Cause::Damaged,
        }
    }

    /// A problem of the whole record.
    pub fn problem(&self, cause: Cause, what: String) -> Problem {
        Problem { record: self.number, byte: self.byte, what, cause }
    }
}

/// The day a text begins with.
pub(crate) fn day(text: &str) -> Option<Date> {
    if text.contains('/') {
        let mut parts = text.split(' ').next()?.split('/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
        return date.filter(|_| parts.next().is_none()).filter(plausible);
    }
    let mut parts = text.split(['T', ' ']);
    let text = parts.next()?;
    if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // With hours, minutes and seconds behind it in GDELT 2.0.
        let known = text.len() == 8 || text.len() == 14;
        let number = |from, to| text.get(from..to).and_then(|digits: &str| digits.parse::<i16>().ok());
        let part = |from, to| number(from, to).and_then(|value| i8::try_from(value).ok());
        let date = Date::new(number(0, 4)?, part(4, 6)?, part(6, 8)?).ok();
        return date.filter(|_| known).filter(plausible);
    }
    text.parse().ok().filter(plausible)
}

/// Dates of year 0 or 9999 stand for nothing known.
fn plausible(date: &Date) -> bool {
    (1000..=2999).contains(&date.year())
}

/// A line's cells; with `quotes` a cell may stand in double quotes, a doubled one for one.
pub(crate) fn split(byte: u64, line: &[u8], quotes: bool) -> Vec<Cell> {
    let mut at = byte;
    line.split(|byte| *byte == b'\t')
        .map(|cell| {
            let text = decode(cell);
            let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let text = match inner {
                Some(inner) if quotes => inner.replace("\"\"", "\""),
                _ => text,
            };
            let cell_byte = at;
            at += cell.len() as u64 + 1;
            Cell { byte: cell_byte, text }
        })
        .collect()
}

/// UTF-8, else Windows-1252: the files of the field hold both, cell by cell.
pub(crate) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The rows of an input without header, one a line; `fits` says which numbers of cells are right.
pub(crate) fn rows<'a>(
    input: impl BufRead + 'a,
    names: &'static [&'static str],
    fits: impl Fn(usize) -> bool + 'a,
) -> impl Iterator<Item = Result<Row, Problem>> + 'a {
    let mut lines = Lines::new(input);
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let next = lines.next_written();
        number += 1;
        match next {
            Ok(line) => Some(row(&line?, number, names, &fits)),
            Err(error) => {
                ended = true;
                Some(Err(Problem::broken(number, lines.byte(), &error)))
            }
        }
    })
}

fn row(
    line: &Line,
    number: u64,
    names: &'static [&'static str],
    fits: &impl Fn(usize) -> bool,
) -> Result<Row, Problem> {
    let damaged = |what| Problem { record: number, byte: line.byte, what, cause: Cause::Damaged };
    let Some(bytes) = &line.bytes else { return Err(damaged(too_long())) };
    let mut cells = split(line.byte, bytes, false);
    while !fits(cells.len()) && cells.len() > names.len() && cells.last().is_some_and(|c| c.text.is_empty()) {
        cells.pop();
    }
    if !fits(cells.len()) {
        return Err(damaged(format!("{} columns where {} are wanted", cells.len(), names.len())));
    }
    Ok(Row { number, byte: line.byte, names, cells })
}

/// What is said of a line over the limit.
pub(crate) fn too_long() -> String {
    format!("the record is longer than {LONGEST} bytes")
}

/// Text that cannot break a row: control characters, line ends of any kind and direction marks become
/// spaces.
pub(crate) fn flat(text: &str) -> String {
    text.chars().map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// The same for files read without quoting, in which some readers take a quotation mark for a quoted cell.
pub(crate) fn bare(text: &str) -> String {
    flat(text).replace('"', "'").trim().to_owned()
}

fn breaks(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Writes one row without quoting.
pub(crate) fn write_row(out: &mut impl Write, cells: &[String]) -> std::io::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.write_all(b"\t")?;
        }
        out.write_all(bare(cell).as_bytes())?;
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_every_kind_are_read() {
        for text in ["2024-02-29", "20240229", "20240229061500", "2/29/2024", "2024-02-29 00:00:00"] {
            assert_eq!(day(text), Some(date(2024, 2, 29)), "{text}");
        }
        for text in ["2023-02-29", "0000-01-01", "202402", "29/2/2024", "2024022", "soon", "2/29/2024/1"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn cells_know_their_byte_and_charset() {
        let cells = split(100, b"a\t\xE9t\xE9\t\"x \"\"y\"\"\"", true);
        let seen: Vec<_> = cells.iter().map(|cell| (cell.byte, cell.text.as_str())).collect();
        assert_eq!(seen, [(100, "a"), (102, "été"), (106, "x \"y\"")]);
    }

    #[test]
    fn hostile_text_stays_in_its_cell() {
        let mut out = Vec::new();
        write_row(&mut out, &["a\tb\r\n\0\u{2028}\u{202E}".into(), "\"c".into()]).unwrap();
        assert_eq!(out, b"a b\t'c\n");
    }
}
