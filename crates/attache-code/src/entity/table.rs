//! Tab-separated tables with a header line: how the registry's files are read.
//!
//! Lines beginning with `#` and empty lines are skipped. Columns are found by name, so a table may
//! have more of them, in any order. A cell that lists several values parts them with `|`, a list of
//! codes with `;` or `+`.

use crate::table::lines;
use jiff::civil::Date;

/// What is wrong with a table of the registry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("table {table}, line {line}, column {column}: {problem}")]
pub struct RegistryError {
    /// The table's name, such as `people`.
    pub table: &'static str,
    /// Line number from 1.
    pub line: usize,
    /// The column's name.
    pub column: String,
    /// What is wrong there, with the value.
    pub problem: String,
}

/// One table, its header understood, its rows not yet.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    name: &'static str,
    columns: Vec<&'a str>,
    lines: Vec<(usize, &'a str)>,
}

impl<'a> Table<'a> {
    /// Reads the header and finds the rows; `required` columns must be there.
    pub(super) fn new(
        name: &'static str,
        text: &'a str,
        required: &[&str],
    ) -> Result<Table<'a>, RegistryError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = lines(text).map(|(line, text)| (line, text.trim_end_matches('\r')));
        let Some((header, columns)) = lines.next() else {
            return Ok(Table { name, columns: Vec::new(), lines: Vec::new() });
        };
        let columns: Vec<&str> = columns.split('\t').map(str::trim).collect();
        if let Some(missing) = required.iter().find(|column| !columns.contains(column)) {
            let problem = "the header does not name this column".to_string();
            return Err(RegistryError { table: name, line: header, column: (*missing).to_string(), problem });
        }
        Ok(Table { name, columns, lines: lines.collect() })
    }

    /// The rows in file order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|&(line, text)| Row { table: self, line, cells: text.split('\t').collect() })
    }
}

/// One row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    table: &'a Table<'a>,
    line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The cell of a column, trimmed; empty where there is none.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let at = self.table.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// The cell of a column that must not be empty.
    pub(super) fn need(&self, column: &str) -> Result<&'a str, RegistryError> {
        match self.get(column) {
            "" => Err(self.error(column, "empty".into())),
            value => Ok(value),
        }
    }

    /// The values of a cell parted by `|`.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// The codes of `sector` and `sectors`, the primary one first, each once.
    pub(super) fn sectors(&self) -> Vec<String> {
        let mut sectors: Vec<String> = Vec::new();
        let lists = [self.get("sector"), self.get("sectors")];
        for code in lists.iter().flat_map(|list| list.split([';', '+', '|', ','])).map(str::trim) {
            if !code.is_empty() && !sectors.iter().any(|known| known == code) {
                sectors.push(code.to_string());
            }
        }
        sectors
    }

    /// The first day a date cell allows (`2021` → 1 January 2021); none where it is empty.
    pub(super) fn first_day(&self, column: &str) -> Result<Option<Date>, RegistryError> {
        self.day(column, false)
    }

    /// The last day a date cell allows (`2021` → 31 December 2021); none where it is empty.
    pub(super) fn last_day(&self, column: &str) -> Result<Option<Date>, RegistryError> {
        self.day(column, true)
    }

    fn day(&self, column: &str, last: bool) -> Result<Option<Date>, RegistryError> {
        let cell = self.get(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let date = partial_date(cell, last);
        date.map(Some).ok_or_else(|| {
            self.error(column, format!("\"{cell}\" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"))
        })
    }

    /// An error at this row.
    pub(super) fn error(&self, column: &str, problem: String) -> RegistryError {
        RegistryError { table: self.table.name, line: self.line, column: column.to_string(), problem }
    }
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the first or last day of what is left open.
pub(super) fn partial_date(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok(),
        (Some(month), None) => {
            Date::new(year, month, 1).ok().map(|date| if last { date.last_of_month() } else { date })
        }
        _ => Date::new(year, 1, 1).ok().map(|date| if last { date.last_of_year() } else { date }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn columns_are_found_by_name() {
        let table = Table::new("people", "# who\nname\tstart\n\nAda\t2021-02\n", &["name"]).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!((row.get("name"), row.get("office")), ("Ada", ""));
        assert_eq!(row.first_day("start"), Ok(Some(date(2021, 2, 1))));
        assert_eq!(row.last_day("start"), Ok(Some(date(2021, 2, 28))));
        assert_eq!(partial_date("2021", true), Some(date(2021, 12, 31)));
    }

    #[test]
    fn errors_name_the_place() {
        let missing = Table::new("people", "name\n", &["person"]).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "table people, line 1, column person: the header does not name this column"
        );
        let table = Table::new("people", "name\tstart\nAda\tsoon\n", &[]).unwrap();
        let error = table.rows().next().unwrap().first_day("start").unwrap_err();
        assert_eq!((error.line, error.column.as_str()), (2, "start"));
        assert!(table.rows().next().unwrap().need("person").is_err());
    }
}
