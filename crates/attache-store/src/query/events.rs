//! Events with all their tellings.

use super::Filter;
use super::filter::Conditions;
use crate::record::{self as stored, Spans};
use crate::{Archive, StoreError};
use attache_code::Event;
use attache_code::record::ReportRef;
use attache_text::Span;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
    load(archive, &rows)
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
    Ok(load(archive, row.as_slice())?.pop())
}

/// The record of a telling by its own id, in the newest coding of its report.
///
/// # Errors
/// Where the archive cannot be read.
pub fn record(archive: &Archive, id: &str) -> Result<Option<Event>, StoreError> {
    let sql = format!("SELECT {TELLING} FROM mentions m {OF_TELLING} WHERE m.key = ?1 AND m.current LIMIT 1");
    let mut select = archive.connection.prepare_cached(&sql)?;
    let mut rows = select.query([id])?;
    rows.next()?.map(told).transpose()
}

/// What [`told`] and [`mention`] read of a telling.
const TELLING: &str =
    "m.id, m.key, m.sure, m.why, m.sentence, m.record, r.key, r.url, r.publisher, r.title, r.published,
    r.language, c.version, c.revision";
/// Where it stands beside `mentions m`.
const OF_TELLING: &str = "JOIN reports r ON r.id = m.report JOIN codings c ON c.id = m.coding";

/// An event whose tellings are being gathered.
struct Draft {
    key: String,
    story: i64,
    clearest: Option<(Event, u32)>,
    mentions: Vec<(i64, Mention)>,
}

impl Draft {
    /// The event; none where its clearest telling is told no more.
    fn done(mut self) -> Option<Archived> {
        let (event, revision) = self.clearest?;
        self.mentions.sort_unstable_by_key(|(row, _)| *row);
        let mentions = self.mentions.into_iter().map(|(_, mention)| mention).collect();
        Some(Archived { event: Event { id: self.key, ..event }, story: self.story, revision, mentions })
    }
}

/// The events of these rows with their tellings, in this order, without those that nobody tells any more.
/// One query for all of them: looking up each would take most of the time of a long answer.
pub(super) fn load(archive: &Archive, events: &[i64]) -> Result<Vec<Archived>, StoreError> {
    let sql = format!(
        "SELECT {TELLING}, e.id, e.key, e.story, e.best FROM json_each(?1) j CROSS JOIN events e ON e.id = j.value
         JOIN mentions m ON m.event = e.id AND m.current {OF_TELLING}"
    );
    let mut select = archive.connection.prepare_cached(&sql)?;
    let mut rows = select.query([serde_json::json!(events).to_string()])?;
    let mut drafts: HashMap<i64, Draft> = HashMap::with_capacity(events.len());
    while let Some(row) = rows.next()? {
        let draft = match drafts.entry(row.get(14)?) {
            Entry::Occupied(draft) => draft.into_mut(),
            Entry::Vacant(place) => place.insert(Draft {
                key: row.get(15)?,
                story: row.get(16)?,
                clearest: None,
                mentions: Vec::new(),
            }),
        };
        let id: i64 = row.get(0)?;
        let spans = if id == row.get::<_, i64>(17)? {
            let event = told(row)?;
            let spans = Spans { span: event.evidence.span, trigger: event.evidence.trigger };
            draft.clearest = Some((event, row.get(13)?));
            spans
        } else {
            stored::spans(id, row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?
        };
        draft.mentions.push((id, mention(row, spans)?));
    }
    Ok(events.iter().filter_map(|row| drafts.remove(row)?.done()).collect())
}

/// The full record of a telling.
fn told(row: &Row<'_>) -> Result<Event, StoreError> {
    let mut event = stored::event(row.get(0)?, row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?;
    event.id = row.get(1)?;
    event.version = row.get(12)?;
    event.evidence.sentence = row.get(4)?;
    event.report = ReportRef {
        id: row.get(6)?,
        given_id: event.report.given_id.take(),
        url: row.get(7)?,
        publisher: row.get(8)?,
        title: row.get(9)?,
        published: published(row)?,
    };
    Ok(event)
}

fn mention(row: &Row<'_>, spans: Spans) -> rusqlite::Result<Mention> {
    Ok(Mention {
        report: row.get(6)?,
        event_id: row.get(1)?,
        publisher: row.get(8)?,
        url: row.get(7)?,
        title: row.get(9)?,
        published: published(row)?,
        language: row.get(11)?,
        sentence: row.get(4)?,
        span: spans.span,
        trigger: spans.trigger,
        sure: row.get(2)?,
        why: row.get(3)?,
    })
}

fn published(row: &Row<'_>) -> rusqlite::Result<Option<Date>> {
    Ok(day(row.get_ref(10)?.as_str()?))
}

/// A day column's date; none for ''.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}
