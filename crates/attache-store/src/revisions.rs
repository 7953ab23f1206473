//! Codings of a report: the first, and a further one for each version that reads it anew. None is lost.

use rusqlite::{Connection, params};

/// Opens the coding that is current from now on.
pub fn open(connection: &Connection, report: i64, revision: u32, run: i64, version: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO codings (report, revision, run, version, current) VALUES (?1, ?2, ?3, ?4, 1)")?
        .insert(params![report, revision, run, version])
}

/// Retires the current coding of a report with its mentions; the events that lose a telling by it.
pub fn retire(connection: &Connection, report: i64) -> rusqlite::Result<Vec<i64>> {
    let mut events: Vec<i64> = connection
        .prepare_cached("SELECT event FROM mentions WHERE report = ?1 AND current ORDER BY event")?
        .query_map([report], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    events.dedup();
    connection.prepare_cached("UPDATE mentions SET current = 0 WHERE report = ?1")?.execute([report])?;
    connection.prepare_cached("UPDATE codings SET current = 0 WHERE report = ?1")?.execute([report])?;
    Ok(events)
}
