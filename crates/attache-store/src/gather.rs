//! One event of all its tellings over reports: finding the event a telling tells.

use crate::filing::{self, Told};
use crate::prepare::{self, PreparedEvent};
use crate::same::{Nearness, same};
use crate::stories::{day_number, days_between};
use crate::{StoreError, record};
use attache_code::Event;
use rusqlite::{Connection, OptionalExtension, params};

/// One telling on its way into the archive.
pub struct Telling<'a> {
    pub coding: i64,
    pub report: i64,
    pub story: i64,
    pub event: &'a PreparedEvent,
}

/// The event a telling belongs to, and why.
struct Found {
    event: i64,
    sure: f64,
    why: String,
}

/// Days around a telling in which its event is looked for.
const WINDOW: i64 = 3;
/// Events of a dyad and day looked at.
const MOST: i64 = 64;

/// Files a telling under the event it tells, or under a new one. True where the event is new.
pub fn gather(connection: &Connection, telling: &Telling<'_>) -> Result<bool, StoreError> {
    let found = match before(connection, telling)? {
        Some(found) => Some(found),
        None => find(connection, telling)?,
    };
    match found {
        Some(found) => {
            let mention = insert_mention(connection, telling, found.event, found.sure, &found.why)?;
            filing::join(connection, found.event, &told(telling, mention))?;
            Ok(false)
        }
        None => {
            let event = insert_event(connection, telling)?;
            let mention = insert_mention(connection, telling, event, 1.0, "first told here")?;
            let told = told(telling, mention);
            filing::file(connection, event, &told, std::slice::from_ref(&told))?;
            Ok(true)
        }
    }
}

fn told(telling: &Telling<'_>, mention: i64) -> Told {
    let PreparedEvent { event, day, .. } = telling.event;
    Told { mention, report: telling.report, day: day.clone(), event: event.clone() }
}

/// The event this very telling was filed under by an earlier coding.
fn before(connection: &Connection, telling: &Telling<'_>) -> Result<Option<Found>, StoreError> {
    let event = connection
        .prepare_cached("SELECT event FROM mentions WHERE report = ?1 AND key = ?2 AND NOT current ORDER BY id DESC LIMIT 1")?
        .query_row(params![telling.report, telling.event.event.id], |row| row.get(0))
        .optional()?;
    Ok(event.map(|event| Found { event, sure: 1.0, why: "the same telling as in an earlier coding".into() }))
}

/// The event of another report that this telling tells too: the surest, the earliest of those.
fn find(connection: &Connection, telling: &Telling<'_>) -> Result<Option<Found>, StoreError> {
    let mut best: Option<Found> = None;
    for candidate in candidates(connection, telling)? {
        let near = Nearness {
            story: candidate.story == telling.story,
            days: days_between(&telling.event.day, &candidate.day),
        };
        if let Some((sure, why)) = same(&telling.event.event, &candidate.event, near)
            && best.as_ref().is_none_or(|best| sure > best.sure)
        {
            best = Some(Found { event: candidate.row, sure, why });
        }
    }
    Ok(best)
}

/// An event a telling may tell.
struct Candidate {
    row: i64,
    story: i64,
    day: String,
    event: Event,
}

/// Events of the telling's type that no current telling of the same report tells: of its dyads within
/// some days, and of its story. The coder has told the events of one report apart already.
fn candidates(connection: &Connection, telling: &Telling<'_>) -> Result<Vec<Candidate>, StoreError> {
    let event = &telling.event.event;
    let mut rows: Vec<i64> = Vec::new();
    let mut dyads = prepare::dyads(event);
    if event.kind.is_mutual() {
        dyads.extend(dyads.clone().into_iter().map(|(actor, recipient)| (recipient, actor)));
    }
    if let Some(number) = day_number(&telling.event.day) {
        let (from, to) = (day_text(number - WINDOW), day_text(number + WINDOW));
        let mut select = connection.prepare_cached(
            "SELECT d.event FROM dyads d JOIN events e ON e.id = d.event
             WHERE d.actor = ?1 AND d.recipient = ?2 AND d.day BETWEEN ?3 AND ?4 AND e.type = ?5 ORDER BY d.event LIMIT ?6",
        )?;
        for (actor, recipient) in dyads {
            let found = select
                .query_map(params![actor, recipient, from, to, event.kind.as_str(), MOST], |row| {
                    row.get(0)
                })?;
            rows.extend(found.collect::<Result<Vec<i64>, _>>()?);
        }
    }
    let of_story = connection
        .prepare_cached(
            "SELECT id FROM events WHERE story = ?1 AND type = ?2 AND mentions > 0 ORDER BY id LIMIT ?3",
        )?
        .query_map(params![telling.story, event.kind.as_str(), MOST], |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    rows.extend(of_story);
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().filter_map(|row| candidate(connection, row, telling.report).transpose()).collect()
}

fn candidate(connection: &Connection, row: i64, report: i64) -> Result<Option<Candidate>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT e.story, e.day, m.id, m.record, m.sentence FROM events e JOIN mentions m ON m.id = e.best
             WHERE e.id = ?1 AND NOT EXISTS
             (SELECT 1 FROM mentions o WHERE o.event = e.id AND o.report = ?2 AND o.current)",
        )?
        .query_row([row, report], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?, row.get::<_, String>(4)?))
        })
        .optional()?;
    let Some((story, day, mention, json, sentence)) = found else { return Ok(None) };
    let mut event = record::event(mention, &json)?;
    event.evidence.sentence = sentence;
    Ok(Some(Candidate { row, story, day, event }))
}

fn day_text(number: i64) -> String {
    let start = jiff::civil::date(1970, 1, 1);
    let day = start.checked_add(jiff::Span::new().try_days(number).unwrap_or_default()).unwrap_or(start);
    day.to_string()
}

/// Ids of other programs may name several events; all but the first are told apart by a number.
fn insert_event(connection: &Connection, telling: &Telling<'_>) -> rusqlite::Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO events (key, type, mode, quad, score, status, day, precision, contexts, place, dyads, story,
         best, mentions, reports) VALUES (?1, '', '', 1, 0, '', '', '', '', '', '', ?2, 0, 0, 0)
         ON CONFLICT (key) DO NOTHING",
    )?;
    let id = &telling.event.event.id;
    if insert.execute(params![id, telling.story])? > 0 {
        return Ok(connection.last_insert_rowid());
    }
    let next: i64 =
        connection.prepare_cached("SELECT max(id) + 1 FROM events")?.query_row([], |row| row.get(0))?;
    insert.insert(params![format!("{id}-{next}"), telling.story])
}

fn insert_mention(
    connection: &Connection,
    telling: &Telling<'_>,
    event: i64,
    sure: f64,
    why: &str,
) -> rusqlite::Result<i64> {
    let PreparedEvent { event: record, record: json, .. } = telling.event;
    let sentence = &record.evidence.sentence;
    connection
        .prepare_cached(
            "INSERT INTO mentions (key, coding, report, event, current, sure, why, sentence, record)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![record.id, telling.coding, telling.report, event, sure, why, sentence, json])
}
