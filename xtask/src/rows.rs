//! Rows of a tab-separated data file, by the names of its columns.

use anyhow::{Context, bail};
use std::fs;
use std::path::Path;

/// A file of rows.
pub struct Rows {
    /// The file's name under `data/`.
    pub name: String,
    columns: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Its line in the file, from 1.
    pub line: usize,
    columns: &'a [String],
    cells: &'a [String],
}

impl Rows {
    /// Reads `data/name`: comment lines begin with `#`, the first other line names the columns.
    ///
    /// # Errors
    /// Where the file cannot be read, has no header, or a row has more cells than columns.
    pub fn read(data: &Path, name: &str) -> anyhow::Result<Rows> {
        let text = fs::read_to_string(data.join(name)).with_context(|| format!("data/{name}"))?;
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(index, line)| (index + 1, line.split('\t').map(str::to_owned).collect::<Vec<_>>()));
        let Some((_, columns)) = lines.next() else { bail!("data/{name}: no header") };
        let rows: Vec<_> = lines.collect();
        if let Some((line, cells)) = rows.iter().find(|(_, cells)| cells.len() > columns.len()) {
            bail!("data/{name}, line {line}: {} cells for {} columns", cells.len(), columns.len());
        }
        Ok(Rows { name: name.to_owned(), columns, rows })
    }

    /// All rows, in file order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { line: *line, columns: &self.columns, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; empty where the row ends before it or the file has no such column.
    pub fn get(&self, column: &str) -> &'a str {
        let index = self.columns.iter().position(|name| name == column);
        index.and_then(|index| self.cells.get(index)).map_or("", |cell| cell.trim())
    }
}
