//! Events with all their tellings.

use super::Filter;
use super::filter::Conditions;
use crate::{Archive, StoreError, record};
use attache_code::Event;
use attache_code::record::ReportRef;
use attache_text::Span;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::Serialize;

/// One event of the archive with every telling of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Archived {
    /// The record of its clearest telling. Its id is the event's in this archive and stays when another
    /// telling becomes the clearest; its `mentions` count the tellings in that one report.
    pub event: Event,
    /// The story of the report that told it first.
    pub story: i64,
    /// Which coding of the report the record comes from, from 1.
    pub revision: u32,
    /// Every telling, the earliest kept first.
    pub mentions: Vec<Mention>,
}

/// One telling: which report, by whom, when, in which words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mention {
    /// The report's id.
    pub report: String,
    /// The id of the record in that report, for `attache explain`.
    pub event_id: String,
    /// The news outlet.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The report's title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// ISO 639-1 code of the report's language.
    pub language: Option<String>,
    /// The evidence, as written.
    pub sentence: String,
    /// Where it stands in the report.
    pub span: Span,
    /// Where the trigger stands in the report.
    pub trigger: Span,
    /// How sure it is that this telling tells this event, 0…1.
    pub sure: f64,
    /// Why it was gathered here.
    pub why: String,
}

/// The events of a filter, by day, then in the order they were kept.
///
/// # Errors
/// Where the archive cannot be read.
pub fn events(archive: &Archive, filter: &Filter) -> Result<Vec<Archived>, StoreError> {
    let conditions = Conditions::of(filter, &archive.connection)?;
    let limit = filter.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
    let offset = i64::try_from(filter.offset).unwrap_or(i64::MAX);
    let sql =
        format!("SELECT e.id FROM events e WHERE {} ORDER BY e.day, e.id LIMIT ? OFFSET ?", conditions.sql);
    let values = conditions.values.into_iter().chain([Value::from(limit), Value::from(offset)]);
    let rows: Vec<i64> = archive
        .connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    rows.into_iter().filter_map(|row| load(archive, row).transpose()).collect()
}

/// How many events a filter has, its limit and offset left out.
///
/// # Errors
/// Where the archive cannot be read.
pub fn count(archive: &Archive, filter: &Filter) -> Result<u64, StoreError> {
    let all = Filter { limit: None, ..filter.clone() };
    let conditions = Conditions::of(&all, &archive.connection)?;
    let sql = format!("SELECT count(*) FROM events e WHERE {}", conditions.sql);
    let count: i64 = archive
        .connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(conditions.values), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The event of this id, or of a telling's id.
///
/// # Errors
/// Where the archive cannot be read.
pub fn event(archive: &Archive, id: &str) -> Result<Option<Archived>, StoreError> {
    let row = archive
        .connection
        .prepare_cached(
            "SELECT id FROM events WHERE key = ?1 UNION ALL
             SELECT event FROM mentions WHERE key = ?1 AND current LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    row.map_or(Ok(None), |row| load(archive, row))
}

/// An event with its tellings; none where nobody tells it any more.
pub(super) fn load(archive: &Archive, row: i64) -> Result<Option<Archived>, StoreError> {
    let connection = &archive.connection;
    let (key, story, best): (String, i64, i64) = connection
        .prepare_cached("SELECT key, story, best FROM events WHERE id = ?1")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut select = connection.prepare_cached(
        "SELECT m.id, m.key, m.sure, m.why, m.sentence, m.record, r.key, r.url, r.publisher, r.title, r.published,
         r.language, c.version, c.revision
         FROM mentions m JOIN reports r ON r.id = m.report JOIN codings c ON c.id = m.coding
         WHERE m.event = ?1 AND m.current ORDER BY m.id",
    )?;
    let mut rows = select.query([row])?;
    let mut found: Option<(Event, u32)> = None;
    let mut mentions = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, event) = told(row)?;
        mentions.push(mention(row, &event)?);
        if id == best {
            found = Some((event, row.get(13)?));
        }
    }
    let Some((mut event, revision)) = found else { return Ok(None) };
    event.id = key;
    Ok(Some(Archived { event, story, revision, mentions }))
}

/// The full record of a row of `mentions m`, `reports r`, `codings c` as selected above.
fn told(row: &Row<'_>) -> Result<(i64, Event), StoreError> {
    let id: i64 = row.get(0)?;
    let mut event = record::event(id, &row.get::<_, String>(5)?)?;
    event.id = row.get(1)?;
    event.version = row.get(12)?;
    event.evidence.sentence = row.get(4)?;
    event.report = ReportRef {
        id: row.get(6)?,
        given_id: event.report.given_id.take(),
        url: row.get(7)?,
        publisher: row.get(8)?,
        title: row.get(9)?,
        published: day(&row.get::<_, String>(10)?),
    };
    Ok((id, event))
}

fn mention(row: &Row<'_>, event: &Event) -> rusqlite::Result<Mention> {
    Ok(Mention {
        report: event.report.id.clone(),
        event_id: event.id.clone(),
        publisher: event.report.publisher.clone(),
        url: event.report.url.clone(),
        title: event.report.title.clone(),
        published: event.report.published,
        language: row.get(11)?,
        sentence: event.evidence.sentence.clone(),
        span: event.evidence.span,
        trigger: event.evidence.trigger,
        sure: row.get(2)?,
        why: row.get(3)?,
    })
}

/// A day column's date; none for ''.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}
