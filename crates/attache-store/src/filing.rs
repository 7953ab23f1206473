//! An event's row and all tables it is filed and counted in, worked out from its current tellings.

use crate::{StoreError, entities, prepare, record, rollup};
use attache_code::Event;
use rusqlite::{Connection, OptionalExtension, params};

/// Works out an event's row, parties, dyads and roll-ups from its current tellings. An event that nobody
/// tells any more keeps its row, and stands in no table that is counted.
pub fn refresh(connection: &Connection, event: i64) -> Result<(), StoreError> {
    unfile(connection, event)?;
    let tellings = tellings(connection, event)?;
    // The first of the surest: a copy does not take the evidence's place.
    let best = tellings.iter().rev().max_by(|a, b| a.event.confidence.total_cmp(&b.event.confidence));
    match best {
        Some(best) => file(connection, event, best, &tellings),
        None => {
            connection
                .prepare_cached(
                    "UPDATE events SET mentions = 0, reports = 0, best = 0, dyads = '' WHERE id = ?1",
                )?
                .execute([event])?;
            Ok(())
        }
    }
}

/// Adds a telling to an event that was filed before.
pub fn join(connection: &Connection, event: i64, told: &Told) -> Result<(), StoreError> {
    let (day, filed, best): (String, String, i64) = connection
        .prepare_cached("SELECT day, dyads, best FROM events WHERE id = ?1")?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let filed = read_dyads(&filed);
    let is_new = |dyad: &(String, String)| !filed.contains(dyad);
    let sure: Option<f64> = connection
        .prepare_cached("SELECT record ->> 'confidence' FROM mentions WHERE id = ?1")?
        .query_row([best], |row| row.get(0))
        .optional()?;
    // Most tellings after the first are copies: they add to the counts and change nothing else.
    if sure.is_none_or(|sure| told.event.confidence > sure) || prepare::dyads(&told.event).iter().any(is_new)
    {
        return refresh(connection, event);
    }
    rollup::event(connection, event, &filed, -1)?;
    connection
        .prepare_cached(
            "UPDATE events SET mentions = mentions + 1, reports =
             (SELECT count(DISTINCT report) FROM mentions WHERE event = ?1 AND current) WHERE id = ?1",
        )?
        .execute([event])?;
    rollup::event(connection, event, &filed, 1)?;
    parties(connection, event, &day, told)
}

/// Takes an event out of every table that is counted.
fn unfile(connection: &Connection, event: i64) -> rusqlite::Result<()> {
    let (day, dyads): (String, String) = connection
        .prepare_cached("SELECT day, dyads FROM events WHERE id = ?1")?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let dyads = read_dyads(&dyads);
    rollup::event(connection, event, &dyads, -1)?;
    for (actor, recipient) in &dyads {
        connection
            .prepare_cached(
                "DELETE FROM dyads WHERE actor = ?1 AND recipient = ?2 AND day = ?3 AND event = ?4",
            )?
            .execute(params![actor, recipient, day, event])?;
    }
    connection.prepare_cached("DELETE FROM parties WHERE event = ?1")?.execute([event])?;
    Ok(())
}

/// Writes an event's row from its best telling, and files it under all parties and dyads told.
pub fn file(connection: &Connection, event: i64, best: &Told, tellings: &[Told]) -> Result<(), StoreError> {
    let mut dyads = Vec::new();
    for told in tellings {
        for dyad in prepare::dyads(&told.event) {
            if !dyads.contains(&dyad) {
                dyads.push(dyad);
            }
        }
    }
    let mut reports: Vec<i64> = tellings.iter().map(|told| told.report).collect();
    reports.sort_unstable();
    reports.dedup();
    let record = &best.event;
    let place = record.place.as_ref().and_then(|place| place.country.as_deref()).unwrap_or("");
    let precision = record.date_precision.map(|precision| format!("{precision:?}").to_lowercase());
    connection
        .prepare_cached(
            "UPDATE events SET type = ?2, mode = ?3, quad = ?4, score = ?5, status = ?6, day = ?7, precision = ?8,
             contexts = ?9, place = ?10, dyads = ?11, best = ?12, mentions = ?13, reports = ?14 WHERE id = ?1",
        )?
        .execute(params![
            event,
            record.kind.as_str(),
            record.mode.join(" "),
            u8::from(record.quad),
            record.score,
            format!("{:?}", record.status).to_lowercase(),
            best.day,
            precision.unwrap_or_default(),
            record.contexts.join(" "),
            place,
            write_dyads(&dyads),
            best.mention,
            count(tellings.len()),
            count(reports.len()),
        ])?;
    for (actor, recipient) in &dyads {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO dyads (actor, recipient, day, event) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![actor, recipient, best.day, event])?;
    }
    for told in tellings {
        parties(connection, event, &best.day, told)?;
    }
    rollup::event(connection, event, &dyads, 1)?;
    Ok(())
}

/// Files an event under whoever takes part in this telling.
fn parties(connection: &Connection, event: i64, day: &str, told: &Told) -> Result<(), StoreError> {
    for (side, actors) in [("actor", &told.event.actor), ("recipient", &told.event.recipient)] {
        for actor in actors {
            let entity = entities::row(connection, actor)?;
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO parties (entity, side, day, event) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![entity, side, day, event])?;
        }
    }
    Ok(())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A telling as the archive holds it.
pub struct Told {
    pub mention: i64,
    pub report: i64,
    /// The day it is filed under.
    pub day: String,
    pub event: Event,
}

/// The current tellings of an event, the earliest kept first.
fn tellings(connection: &Connection, event: i64) -> Result<Vec<Told>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT m.id, m.report, r.published, m.record FROM mentions m JOIN reports r ON r.id = m.report
         WHERE m.event = ?1 AND m.current ORDER BY m.id",
    )?;
    let mut rows = select.query([event])?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        let (mention, published, record): (i64, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
        let event = record::event(mention, &record)?;
        let day = event.date.map_or(published, |date| date.to_string());
        list.push(Told { mention, report: row.get(1)?, day, event });
    }
    Ok(list)
}

fn write_dyads(dyads: &[(String, String)]) -> String {
    let pairs: Vec<String> = dyads.iter().map(|(actor, recipient)| format!("{actor}>{recipient}")).collect();
    pairs.join(" ")
}

fn read_dyads(dyads: &str) -> Vec<(String, String)> {
    let pairs = dyads.split_whitespace().filter_map(|pair| pair.split_once('>'));
    pairs.map(|(actor, recipient)| (actor.to_owned(), recipient.to_owned())).collect()
}
