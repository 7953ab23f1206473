//! Tab-separated tables: a header line, `#` comments, columns by name.

use super::PlaceError;

/// The rows of a table, each with its line number.
pub(super) struct Table<'a> {
    name: &'static str,
    columns: Vec<&'a str>,
    lines: std::iter::Enumerate<std::str::Lines<'a>>,
}

/// One row; cells by column number.
pub(super) struct Row<'a> {
    cells: Vec<&'a str>,
}

impl<'a> Table<'a> {
    /// Reads the header. An empty text is a table without columns or rows.
    pub fn new(name: &'static str, text: &'a str) -> Table<'a> {
        let mut lines = text.lines().enumerate();
        let header =
            lines.by_ref().map(|(_, line)| line).find(|line| !line.starts_with('#') && !line.is_empty());
        Table { name, columns: header.unwrap_or("").split('\t').collect(), lines }
    }

    /// The number of a column.
    ///
    /// # Errors
    /// Where the header has no such column.
    pub fn column(&self, column: &'static str) -> Result<usize, PlaceError> {
        let found = self.columns.iter().position(|name| *name == column);
        found.ok_or(PlaceError::Column { table: self.name, column })
    }

    /// What is wrong on a line of this table.
    pub fn error(&self, line: usize, what: &'static str) -> PlaceError {
        PlaceError::Row { table: self.name, line, what }
    }
}

impl<'a> Iterator for Table<'a> {
    type Item = (usize, Row<'a>);

    fn next(&mut self) -> Option<(usize, Row<'a>)> {
        let (index, line) =
            self.lines.by_ref().find(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())?;
        Some((index + 1, Row { cells: line.split('\t').collect() }))
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
