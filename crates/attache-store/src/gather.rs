//! One event of all its tellings over reports.

use crate::prepare::{self, PreparedEvent};
use crate::{StoreError, entities, record, rollup};
use attache_code::Event;
use rusqlite::{Connection, OptionalExtension, params};

/// One telling on its way into the archive.
pub struct Telling<'a> {
    pub coding: i64,
    pub report: i64,
    pub story: i64,
    pub event: &'a PreparedEvent,
}

/// Why a telling belongs to an event.
struct Found {
    event: i64,
    sure: f64,
    why: String,
}

/// Files a telling under the event it tells, or under a new one. True where the event is new.
pub fn gather(connection: &Connection, telling: &Telling<'_>) -> Result<bool, StoreError> {
    match find(connection, telling)? {
        Some(found) => {
            insert_mention(connection, telling, found.event, found.sure, &found.why)?;
            refresh(connection, found.event)?;
            Ok(false)
        }
        None => {
            let event = insert_event(connection, telling)?;
            insert_mention(connection, telling, event, 1.0, "first told here")?;
            refresh(connection, event)?;
            Ok(true)
        }
    }
}

/// The event this telling tells, if the archive has it.
fn find(connection: &Connection, telling: &Telling<'_>) -> Result<Option<Found>, StoreError> {
    let event = &telling.event.event;
    let same_id = connection
        .prepare_cached("SELECT event FROM mentions WHERE report = ?1 AND key = ?2 ORDER BY id DESC LIMIT 1")?
        .query_row(params![telling.report, event.id], |row| row.get(0))
        .optional()?;
    if let Some(event) = same_id {
        return Ok(Some(Found { event, sure: 1.0, why: "the same telling, coded anew".into() }));
    }
    for (actor, recipient) in prepare::dyads(event) {
        let same = connection
            .prepare_cached(
                "SELECT e.id FROM dyads d JOIN events e ON e.id = d.event
                 WHERE d.actor = ?1 AND d.recipient = ?2 AND d.day = ?3 AND e.type = ?4 AND e.story = ?5
                 AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.event = e.id AND m.report = ?6 AND m.current)
                 ORDER BY e.id LIMIT 1",
            )?
            .query_row(
                params![actor, recipient, telling.event.day, event.kind.as_str(), telling.story, telling.report],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(event) = same {
            return Ok(Some(Found { event, sure: 0.9, why: "same story, type, dyad and day".into() }));
        }
    }
    Ok(None)
}

fn insert_event(connection: &Connection, telling: &Telling<'_>) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO events (key, type, mode, quad, score, status, day, precision, contexts, place, dyads, story,
             best, mentions, reports) VALUES (?1, '', '', 1, 0, '', '', '', '', '', '', ?2, 0, 0, 0)",
        )?
        .insert(params![telling.event.event.id, telling.story])
}

fn insert_mention(
    connection: &Connection,
    telling: &Telling<'_>,
    event: i64,
    sure: f64,
    why: &str,
) -> rusqlite::Result<i64> {
    let record = telling.event;
    connection
        .prepare_cached(
            "INSERT INTO mentions (key, coding, report, event, current, sure, why, sentence, record)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![
            record.event.id,
            telling.coding,
            telling.report,
            event,
            sure,
            why,
            record.event.evidence.sentence,
            record.record
        ])
}

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
                .prepare_cached("UPDATE events SET mentions = 0, reports = 0, best = 0, dyads = '' WHERE id = ?1")?
                .execute([event])?;
            Ok(())
        }
    }
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
            .prepare_cached("DELETE FROM dyads WHERE actor = ?1 AND recipient = ?2 AND day = ?3 AND event = ?4")?
            .execute(params![actor, recipient, day, event])?;
    }
    connection.prepare_cached("DELETE FROM parties WHERE event = ?1")?.execute([event])?;
    Ok(())
}

/// Writes an event's row from its best telling, and files it under all parties and dyads told.
fn file(connection: &Connection, event: i64, best: &Told, tellings: &[Told]) -> Result<(), StoreError> {
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
            .prepare_cached("INSERT OR IGNORE INTO dyads (actor, recipient, day, event) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![actor, recipient, best.day, event])?;
    }
    for told in tellings {
        for (side, actors) in [("actor", &told.event.actor), ("recipient", &told.event.recipient)] {
            for actor in actors {
                let entity = entities::row(connection, actor)?;
                connection
                    .prepare_cached("INSERT OR IGNORE INTO parties (entity, side, day, event) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![entity, side, best.day, event])?;
            }
        }
    }
    rollup::event(connection, event, &dyads, 1)?;
    Ok(())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A telling as the archive holds it.
struct Told {
    mention: i64,
    report: i64,
    day: String,
    event: Event,
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
