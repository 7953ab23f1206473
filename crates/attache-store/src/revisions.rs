//! Codings of a report: the first, and a further one for each version that reads it anew. None is lost,
//! and what a new one changed is logged.

use crate::{Prepared, StoreError, record};
use attache_code::Event;
use attache_code::record::Actor;
use rusqlite::{Connection, params};

/// Opens the coding that is current from now on.
pub fn open(
    connection: &Connection,
    report: i64,
    revision: u32,
    run: i64,
    version: &str,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO codings (report, revision, run, version, current) VALUES (?1, ?2, ?3, ?4, 1)",
        )?
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

/// The records of the current coding, with their ids and sentences.
pub fn current(connection: &Connection, report: i64) -> Result<Vec<Event>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, key, record, sentence FROM mentions WHERE report = ?1 AND current ORDER BY id",
    )?;
    let mut rows = select.query([report])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let mut event = record::event(row.get(0)?, &row.get::<_, String>(2)?)?;
        event.id = row.get(1)?;
        event.evidence.sentence = row.get(3)?;
        events.push(event);
    }
    Ok(events)
}

/// Logs how the new coding differs from the old one.
pub fn log(
    connection: &Connection,
    run: i64,
    report: i64,
    old: &[Event],
    new: &Prepared,
    why: &str,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO changes (run, report, event, what, detail, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut unmatched: Vec<&Event> = old.iter().collect();
    for event in new.events.iter().map(|prepared| &prepared.event) {
        // The same telling: by id, else by the trigger's place.
        let place = unmatched
            .iter()
            .position(|old| old.id == event.id)
            .or_else(|| unmatched.iter().position(|old| old.evidence.trigger == event.evidence.trigger));
        match place.map(|place| unmatched.remove(place)) {
            None => {
                insert.execute(params![run, report, event.id, "added", tell(event), why])?;
            }
            Some(old) => {
                let differences = differences(old, event);
                if !differences.is_empty() {
                    insert.execute(params![run, report, event.id, "changed", differences.join("; "), why])?;
                }
            }
        }
    }
    for event in unmatched {
        insert.execute(params![run, report, event.id, "dropped", tell(event), why])?;
    }
    Ok(())
}

/// An event in one line: "CONSULT Colombia > United States, 2026-02-03".
fn tell(event: &Event) -> String {
    let date = event.date.map(|date| format!(", {date}")).unwrap_or_default();
    format!("{} {} > {}{date}", event.kind.as_str(), names(&event.actor), names(&event.recipient))
}

fn names(side: &[Actor]) -> String {
    if side.is_empty() {
        "—".into()
    } else {
        side.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// What a reader of the event would see differ.
fn differences(old: &Event, new: &Event) -> Vec<String> {
    let place = |event: &Event| event.place.as_ref().map_or("—".to_owned(), |place| place.name.clone());
    let date = |event: &Event| event.date.map_or("—".to_owned(), |date| date.to_string());
    let fields = [
        ("type", old.kind.as_str().to_owned(), new.kind.as_str().to_owned()),
        ("mode", old.mode.join(" "), new.mode.join(" ")),
        ("status", format!("{:?}", old.status).to_lowercase(), format!("{:?}", new.status).to_lowercase()),
        ("actor", names(&old.actor), names(&new.actor)),
        ("recipient", names(&old.recipient), names(&new.recipient)),
        ("date", date(old), date(new)),
        ("place", place(old), place(new)),
        ("contexts", old.contexts.join(" "), new.contexts.join(" ")),
        ("score", old.score.to_string(), new.score.to_string()),
        ("confidence", old.confidence.to_string(), new.confidence.to_string()),
    ];
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| format!("{name} {old} → {new}"))
        .collect()
}
