//! Tab-separated tables: a header line, `#` comments, columns by name.

use super::PlaceError;
use crate::table::lines;

/// The rows of a table, each with its line number.
pub(super) struct Table<'a> {
    name: &'static str,
    columns: Vec<&'a str>,
    lines: Vec<(usize, &'a str)>,
}

/// One row; cells by column number.
pub(super) struct Row<'a> {
    cells: Vec<&'a str>,
}

impl<'a> Table<'a> {
    /// Reads the header. An empty text is a table without columns or rows.
    pub fn new(name: &'static str, text: &'a str) -> Table<'a> {
        let mut lines = lines(text);
        let header = lines.next().map_or("", |(_, line)| line);
        Table { name, columns: header.split('\t').collect(), lines: lines.collect() }
    }

    /// The number of a column.
    ///
    /// # Errors
    /// Where the header has no such column.
    pub fn column(&self, column: &'static str) -> Result<usize, PlaceError> {
        let found = self.columns.iter().position(|name| *name == column);
        found.ok_or(PlaceError::Column { table: self.name, column })
    }

    /// The rows, each with its line number.
    pub fn rows<'t>(&'t self) -> impl Iterator<Item = (usize, Row<'a>)> + use<'t, 'a> {
        self.lines.iter().map(|&(line, text)| (line, Row { cells: text.split('\t').collect() }))
    }

    /// What is wrong on a line of this table.
    pub fn error(&self, line: usize, what: &'static str) -> PlaceError {
        PlaceError::Row { table: self.name, line, what }
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; empty where the line is too short.
    pub fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or("")
    }

    /// The cell as a number; none where it is empty or no number.
    pub fn number<T: std::str::FromStr>(&self, column: usize) -> Option<T> {
        self.cell(column).parse().ok()
    }
}
