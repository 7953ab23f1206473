//! The tables that sum up, kept in step with every write so that a chart never scans events.

use rusqlite::{Connection, params};

/// Adds (`sign` 1) or takes away (−1) an event in the months of its dyads. Its `dyads` and `events` rows
/// have to be as they were, or will be, counted.
pub fn event(
    connection: &Connection,
    event: i64,
    dyads: &[(String, String)],
    sign: i64,
) -> rusqlite::Result<()> {
    let mut add = connection.prepare_cached(
        "INSERT INTO dyad_months (actor, recipient, month, type, status, events, mentions, score)
         SELECT ?2, ?3, substr(day, 1, 7), type, status, ?4, ?4 * mentions, ?4 * score FROM events WHERE id = ?1
         ON CONFLICT DO UPDATE SET events = events + excluded.events, mentions = mentions + excluded.mentions,
         score = score + excluded.score",
    )?;
    for (actor, recipient) in dyads {
        add.execute(params![event, actor, recipient, sign])?;
    }
    Ok(())
}

/// A report of this day mentions these countries (separated by spaces); `sign` −1 takes it back.
pub fn coverage(connection: &Connection, countries: &str, day: &str, sign: i64) -> rusqlite::Result<()> {
    let mut add = connection.prepare_cached(
        "INSERT INTO coverage (country, day, reports) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET reports = reports + excluded.reports",
    )?;
    for country in countries.split_whitespace() {
        add.execute(params![country, day, sign])?;
    }
    Ok(())
}
