//! How much is published about a side, for normalising.

use super::Side;
use super::events::day;
use crate::{Archive, StoreError};
use jiff::civil::Date;
use rusqlite::{Row, params};

/// Reports published per day that mention a side; days without any are left out.
///
/// For a country these are all reports that name it or anybody of it. For a sector, person or
/// organisation, those that tell an event of it.
///
/// # Errors
/// Where the archive cannot be read.
pub fn coverage(
    archive: &Archive,
    side: &Side,
    from: Date,
    to: Date,
) -> Result<Vec<(Date, u64)>, StoreError> {
    let connection = &archive.connection;
    let (from, to) = (from.to_string(), to.to_string());
    let counts = match side.settle(connection)? {
        Side::Country { code, sector: None } => connection
            .prepare_cached(
                "SELECT day, reports FROM coverage WHERE country = ?1 AND day BETWEEN ?2 AND ?3 AND reports > 0 ORDER BY day",
            )?
            .query_map(params![code, from, to], count)?
            .collect::<Result<Vec<_>, _>>()?,
        Side::Country { code, sector } => connection
            .prepare_cached(concat!(
                "SELECT r.published, count(DISTINCT r.id) FROM parties p JOIN mentions m ON m.event = p.event AND m.current
                 JOIN reports r ON r.id = m.report WHERE r.published BETWEEN ?3 AND ?4 AND p.entity IN ",
                "(SELECT id FROM entities WHERE country = ?1 AND sector = ?2) GROUP BY r.published ORDER BY r.published"
            ))?
            .query_map(params![code, sector, from, to], count)?
            .collect::<Result<Vec<_>, _>>()?,
        Side::Named(name) => connection
            .prepare_cached(concat!(
                "SELECT r.published, count(DISTINCT r.id) FROM parties p JOIN mentions m ON m.event = p.event AND m.current
                 JOIN reports r ON r.id = m.report WHERE r.published BETWEEN ?2 AND ?3 AND p.entity IN ",
                "(SELECT id FROM entities WHERE name = ?1 COLLATE NOCASE OR key = ?1) GROUP BY r.published ORDER BY r.published"
            ))?
            .query_map(params![name, from, to], count)?
            .collect::<Result<Vec<_>, _>>()?,
    };
    Ok(counts.into_iter().filter_map(|(text, count)| Some((day(&text)?, count.unsigned_abs()))).collect())
}

fn count(row: &Row<'_>) -> rusqlite::Result<(String, i64)> {
    Ok((row.get(0)?, row.get(1)?))
}
